"""What each lever contributes to the difference between a plan and a base, whatever the others do.

    jiju.attribute("shaoxing-2011/plan", "shaoxing-2011/status-quo", indicator="p(T4)")

A lever's effect depends on which others act. Its Shapley value is its mean gain over all orders in which levers could
be switched on; the values add up to the whole difference.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr
from scipy import stats

from jiju import shapley, text_tables
from jiju.indicators import IndicatorLike, indicator, scenario_tables
from jiju.labels import checked, unit_name, variable_name
from jiju.lever_choice import LeverChoice, chosen, lever_names, switched_off
from jiju.runner import Arm, Runner, play

EXACT_UP_TO = 8


@dataclass(frozen=True)
class Attribution:
    """Shapley values with their Monte Carlo errors.

    table         one lever a row: its value, error and interval, its share of the whole, its effect alone (all others
                  off) and what is lost where it alone is left out
    interactions  one pair a row: what the two reach together beyond the sum of each
    values        by replicate and lever
    total         plan less base; `remainder` is the part that no lever carries, because the plan without its levers is
                  not the base
    """

    table: pd.DataFrame
    interactions: pd.DataFrame
    values: xr.DataArray
    total: float
    total_error: float
    remainder: float
    method: str
    lang: str = "en"

    def title(self, lang: str | None = None) -> str:
        """What is divided, and the whole."""
        lang = lang or self.lang
        name, unit = variable_name(self.values, lang), unit_name(str(self.values.attrs["units"]), lang)
        whole = text_tables.signed(self.total)
        if lang == "zh":
            return f"{name}：方案与基准相差{whole}{unit}"
        return f"{name}: plan less base {whole}" + (f" ({unit})" if unit else "")

    def display(self) -> pd.DataFrame:
        frame = self.table
        rows = zip(frame["low"], frame["high"], strict=True)
        shown = pd.DataFrame(
            {
                "lever": frame["name_zh" if self.lang == "zh" else "name"],
                "value": frame["value"].map(text_tables.signed),
                "interval": [text_tables.interval(low, high) for low, high in rows],
                "share": frame["share"].map(text_tables.percent),
                "alone": frame["alone"].map(text_tables.signed),
                "left out": frame["left_out"].map(text_tables.signed),
            }
        )
        return shown.rename(columns=lambda word: text_tables.heading(word, self.lang))

    @property
    def notes(self) -> list[str]:
        """What no lever of these carries, if it is more than rounding."""
        if abs(self.remainder) <= 1e-9 * abs(self.total):
            return []
        carried, rest = text_tables.signed(self.total - self.remainder), text_tables.signed(self.remainder)
        if self.lang == "zh":
            return [f"所列工具合计{carried}，占比以此为分母；其余{rest}来自别处"]
        return [f"these levers carry {carried}, of which the shares are; the other {rest} comes from elsewhere"]

    def __repr__(self) -> str:
        notes = "".join(f"! {note}\n" for note in self.notes)
        return f"{self.title()}\n{self.method}\n{notes}\n{text_tables.plain(self.display())}"

    def _repr_html_(self) -> str:
        return text_tables.as_html(self.title(), [(self.method, self.display())], self.notes)


def attribute(
    plan: Any,
    base: Any,
    levers: LeverChoice = None,
    indicator: IndicatorLike = "output",
    *,
    year: int | None = None,
    replicates: int = 100,
    permutations: int | None = None,
    interactions: bool = True,
    confidence: float = 0.95,
    order_seed: int = 1,
    run: Runner | None = None,
    progress: bool = True,
    lang: str = "en",
) -> Attribution:
    """Divides the difference between plan and base among levers, or groups of them (levers="groups", or a mapping).

    Up to 8 levers or groups every coalition is played (2^n arms); beyond, or where `permutations` is given, so many
    random orders are, each with its reverse. Interactions of sampled orders cost as many arms again. `run` plays arms;
    by default `jiju.run` does, with `replicates` each.
    """
    if run is None:
        from jiju.engine import engine_runner, outputs_for

        run = engine_runner(replicates, outputs_for(indicator))
    checked(lang)
    first = run([Arm(plan), Arm(base)])
    groups = chosen(first, levers)
    players = list(groups)
    n = len(players)
    orders = None
    if permutations is not None or n > EXACT_UP_TO:
        orders = shapley.sample_permutations(n, permutations or 2 * n, order_seed)
    wanted = needed(n, orders, interactions)
    arms = [Arm(plan, off(groups, coalition)) for coalition in wanted]
    worth = dict(zip(wanted, play(arms, run, indicator, year, progress), strict=True))
    division = (
        shapley.exact(n, worth, interactions) if orders is None else shapley.sampled(n, orders, worth, interactions)
    )
    count = f"{len(arms)} coalitions" if orders is None else f"{len(orders)} orders, {len(arms)} coalitions"
    return assemble(first, groups, worth, division, indicator, year, confidence, count, lang)


def off(groups: dict[str, list[str]], coalition: shapley.Coalition) -> dict[str, bool]:
    """Settings that leave only the coalition's levers on."""
    return switched_off(key for place, keys in enumerate(groups.values()) if place not in coalition for key in keys)


def needed(n: int, orders: list[tuple[int, ...]] | None, interactions: bool) -> list[shapley.Coalition]:
    """Coalitions to play: what the method needs, and each lever alone and left out."""
    if orders is None:
        return shapley.all_coalitions(n)
    everyone = frozenset(range(n))
    also = [frozenset({player}) for player in range(n)] + [everyone - {player} for player in range(n)]
    return list(dict.fromkeys([*shapley.sampled_coalitions(orders, interactions), *also]))


def assemble(
    first: xr.Dataset,
    groups: dict[str, list[str]],
    worth: shapley.Worth,
    division: shapley.Division,
    what: IndicatorLike,
    year: int | None,
    confidence: float,
    count: str,
    lang: str,
) -> Attribution:
    measured = indicator(first, what, year)
    difference = measured.isel(scenario=0).values - measured.isel(scenario=1).values
    everyone, nobody = frozenset(range(len(groups))), frozenset[int]()
    known = int(np.sum(~np.isnan(worth[everyone] - worth[nobody])))
    whole = float(np.nanmean(worth[everyone] - worth[nobody]))
    quantile = float(stats.t.ppf(0.5 + confidence / 2, max(known - 1, 1)))
    mean, error = division.mean, division.error
    alone = [worth[frozenset({player})] - worth[nobody] for player in everyone]
    left_out = [worth[everyone - {player}] - worth[everyone] for player in everyone]
    tables = scenario_tables(first)[0]
    table = pd.DataFrame(
        {
            "lever": list(groups),
            "name": lever_names(tables, groups, "en"),
            "name_zh": lever_names(tables, groups, "zh"),
            "value": mean,
            "error": error,
            "low": mean - quantile * error,
            "high": mean + quantile * error,
            "share": mean / whole if whole else np.nan,
            "alone": [float(np.nanmean(gain)) for gain in alone],
            "alone_error": standard_errors(alone),
            "left_out": [float(np.nanmean(gain)) for gain in left_out],
            "left_out_error": standard_errors(left_out),
        }
    )
    values = xr.DataArray(
        division.values,
        dims=("replicate", "lever"),
        coords={"replicate": measured["replicate"].values, "lever": list(groups)},
        attrs=measured.attrs | {"units": measured.attrs.get("units", "1")},
    )
    return Attribution(
        table=table.sort_values("value", ascending=False, key=abs, ignore_index=True),
        interactions=interaction_table(division, list(groups)),
        values=values,
        total=float(np.nanmean(difference)),
        total_error=standard_errors([difference])[0],
        remainder=float(np.nanmean(difference)) - whole,
        method=f"{count}, {known} replicates, {100 * confidence:g} % intervals",
        lang=lang,
    )


def standard_errors(gains: Iterable[np.ndarray]) -> list[float]:
    return [float(np.sqrt(shapley.variance_of_mean(np.asarray(gain)))) for gain in gains]


def interaction_table(division: shapley.Division, names: list[str]) -> pd.DataFrame:
    rows = [
        {
            "lever": names[one],
            "with": names[two],
            "value": float(np.nanmean(synergy)),
            "error": float(np.sqrt(shapley.variance_of_mean(synergy) + division.pairs_between[one, two])),
        }
        for (one, two), synergy in division.pairs.items()
    ]
    found = pd.DataFrame(rows, columns=["lever", "with", "value", "error"])
    return found.sort_values("value", ascending=False, key=abs, ignore_index=True)
