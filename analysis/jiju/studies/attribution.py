"""What each lever contributes to the difference between a plan and a base, whatever the others do.

    jiju.attribute("shaoxing-2011/plan", "shaoxing-2011/status-quo", indicator="p(T4)")

A lever's effect depends on which others act. Its Shapley value is its mean gain over all orders in which levers could
be switched on; the values add up to the whole difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from jiju.labels import arm_names, unit_name, variable_name
from jiju.languages import LANGUAGES, Lang, checked, translated
from jiju.printing import text_tables
from jiju.printing.printed import Printable, Printed
from jiju.results.indicators import IndicatorLike, indicator, over_time, scenario_tables, yearly
from jiju.results.provenance import note_of
from jiju.runs.engine import runner_of
from jiju.runs.lever_choice import LeverChoice, chosen, lever_names, sections_of, switched_off
from jiju.runs.runner import Arm, Runner, one_number, simulate_all, simulated
from jiju.statistics import shapley
from jiju.statistics.clusters import Clusters, Mean, mean_of, quantile_of
from jiju.statistics.paired import pairs_of
from jiju.studies.appraisal import NAMES, NEEDED, Appraisal, accounts, has_books
from jiju.studies.return_tables import return_columns
from jiju.studies.returns import returns_of

EXACT_UP_TO = 8

Worth = dict[shapley.Coalition, xr.DataArray]


@dataclass(frozen=True)
class Attribution(Printable):
    """Shapley values with their Monte Carlo errors.

    table         one lever a row: the section of the plan it stands in, its value, error and interval, its share of the
                  whole, its effect alone (all others off) and what is lost where it alone is left out
    interactions  one pair a row: what the two reach together beyond the sum of each
    values        by replicate and lever
    costs         one lever a row: its Shapley value of every account of appraisal.NAMES, and what it returns
    total         plan less base; `remainder` is the part that no lever carries, because the plan without its levers is
                  not the base
    division      the values by replicate with what their errors are made of, in the order of `values`
    arms          names of plan and base, by language
    year          in which the indicator is taken, if it is one of a year
    """

    table: pd.DataFrame
    interactions: pd.DataFrame
    values: xr.DataArray
    costs: pd.DataFrame
    total: float
    total_error: float
    remainder: float
    method: str
    division: shapley.Division
    arms: dict[str, tuple[str, str]]
    year: int | None = None
    confidence: float = 0.95
    lang: Lang = "en"
    made: str = ""  # replicates, seed and version

    def together(self, levers: Sequence[str]) -> tuple[float, float, float]:
        """The value of several levers added up, and the ends of its interval."""
        keys = [str(key) for key in self.values["lever"].values]
        found = self.division.together([keys.index(lever) for lever in levers])
        value = float(found.mean[0])
        half = float(quantile_of(found.freedom, self.confidence)[0] * found.error[0])
        return value, value - half, value + half

    def title(self, lang: Lang | None = None) -> str:
        """What is divided, and the whole."""
        lang = lang or self.lang
        name, unit = variable_name(self.values, lang), unit_name(str(self.values.attrs["units"]), lang)
        whole = text_tables.signed(self.total)
        plan, base = self.arms[lang]
        if lang == "zh":
            return f"{name}：{plan}与{base}之差{whole}{unit}"
        return f"{name}: {plan} less {base}, {whole}" + (f" ({unit})" if unit else "")

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

    def display_costs(self) -> pd.DataFrame:
        """Costs and gains of each lever in all years, in the order of the levers' values."""
        if not len(self.costs):
            return self.costs
        frame = self.costs.set_index("lever").loc[list(self.table["lever"])].reset_index()
        names = {"lever": list(frame["name_zh" if self.lang == "zh" else "name"])}
        shown = pd.DataFrame(names | return_columns(frame.to_dict("records"), self.lang))
        return shown.rename(columns=lambda word: text_tables.heading(word, self.lang))

    @property
    def notes(self) -> list[str]:
        """What no lever of these carries, if it is more than rounding."""
        if abs(self.remainder) <= 1e-9 * abs(self.total):
            return []
        carried, rest = text_tables.signed(self.total - self.remainder), text_tables.signed(self.remainder)
        if self.lang == "zh":
            return [f"所列工具合计{carried}，占比以此为分母；其余{rest}来自别处"]
        return [translated(
            "these levers carry {carried}, of which the shares are; the other {rest} comes from elsewhere",
            carried=carried, rest=rest,
        )]

    def printed(self) -> Printed:
        shown = [(self.title(), self.display())]
        if len(self.costs):
            shown.append((costs_caption(self.lang), self.display_costs()))
        return Printed(self.title(), shown, self.table, self.method, self.notes, self.made, lang=self.lang)

    def __repr__(self) -> str:
        notes = "".join(f"! {note}\n" for note in self.notes)
        shown = [text_tables.in_habit(table, self.lang) for table in (self.display(), self.display_costs())]
        tables = [self.title(), text_tables.in_habit(f"{self.method}\n{notes}", self.lang), text_tables.plain(shown[0])]
        if len(self.costs):
            tables += ["", costs_caption(self.lang), text_tables.plain(shown[1])]
        return "\n".join(tables)

    def _repr_html_(self) -> str:
        costs = [(costs_caption(self.lang), self.display_costs())] if len(self.costs) else []
        return text_tables.as_html(self.title(), [(self.method, self.display()), *costs], self.notes)


def costs_caption(lang: Lang) -> str:
    return "各年合计：成本与收益" if lang == "zh" else "Costs and gains, all years"


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
    lang: Lang = "en",
) -> Attribution:
    """Divides the difference between plan and base among levers, or groups of them (levers="groups", or a mapping).

    Up to 8 levers or groups every coalition is simulated (2^n arms); beyond, or where `permutations` is given, so many
    random orders are, each with its reverse. Interactions of sampled orders cost as many arms again. `run` simulates
    arms; by default `jiju.run` does, with `replicates` each.

    `lang` is the language of names and words: "en" or "zh".

    Example:

        found = jiju.attribute("shaoxing-2011/plan", "shaoxing-2011/status-quo", levers="groups", replicates=100)
        found.table                                            # shares that add up to the whole difference
    """
    checked(lang)
    run = run or runner_of(replicates, indicator, *NEEDED)
    first = simulated([Arm(plan), Arm(base)], run)
    Clusters.along(first).check()
    groups = chosen(first, levers)
    players = list(groups)
    n = len(players)
    orders = None
    if permutations is not None or n > EXACT_UP_TO:
        orders = shapley.sample_permutations(n, permutations or 2 * n, order_seed)
    wanted = needed(n, orders, interactions)
    arms = [Arm(plan, off(groups, coalition)) for coalition in wanted]
    valued = Appraisal.of(first) if has_books(first) else None
    found = simulate_all(arms, run, lambda data: measures(data, indicator, year, valued), progress)
    values = found["value"]
    # Over the replicates that no arm has lost: so values add up to the whole.
    values = values.where(values.notnull().all("scenario"))
    worth = {coalition: values.isel(scenario=place, drop=True) for place, coalition in enumerate(wanted)}
    division = divided(n, worth, orders, interactions)
    costs = cost_table(groups, wanted, found, orders, confidence) if valued else pd.DataFrame()
    count = f"{len(arms)} coalitions" if orders is None else f"{len(orders)} orders, {len(arms)} coalitions"
    return assemble(first, groups, worth, division, costs, indicator, year, confidence, count, lang)


def measures(data: xr.Dataset, what: IndicatorLike, year: int | None, valued: Appraisal | None) -> xr.Dataset:
    """The indicator of some arms as "value", and their accounts where results tell them."""
    return xr.merge(
        [one_number(data, what, year), *([accounts(data, valued).reset_coords(drop=False)] if valued else [])],
        combine_attrs="drop_conflicts",
    )


def cost_table(
    groups: dict[str, list[str]], wanted: list[shapley.Coalition], found: xr.Dataset,
    orders: list[tuple[int, ...]] | None, confidence: float,
) -> pd.DataFrame:  # fmt: skip
    """Every account divided among the levers as the indicator is; so costs and gains add up to those of all levers.

    Where orders are sampled, ratios have no interval: it would leave out what the sample of orders adds.
    """
    empty = xr.zeros_like(found.isel(scenario=0, drop=True)[list(NAMES)])
    parts = {}
    for name in NAMES:
        array = found[name].where(found[name].notnull().all("scenario"))
        worth = {coalition: array.isel(scenario=place, drop=True) for place, coalition in enumerate(wanted)}
        parts[name] = divided(len(groups), worth, orders, interactions=False)
    rows = []
    for player, lever in enumerate(groups):
        own = empty.assign({name: empty[name].copy(data=parts[name].values[:, player]) for name in NAMES})
        returns = returns_of(empty, own, confidence)
        if orders is not None:
            returns = {name: np.nan if name.endswith(("_low", "_high")) else each for name, each in returns.items()}
            for name, part in parts.items():
                half = quantile_of(part.freedom[player], confidence) * part.error[player]
                returns |= {f"{name}_low": returns[name] - half, f"{name}_high": returns[name] + half}
        rows.append({"lever": lever, **returns})
    return pd.DataFrame(rows)


def divided(
    n: int, worth: Worth, orders: list[tuple[int, ...]] | None, interactions: bool
) -> shapley.Division:
    """The values from the worth of coalitions, exactly or by orders."""
    numbers = {coalition: gains.values for coalition, gains in worth.items()}
    clusters = Clusters.along(next(iter(worth.values())))
    if orders is None:
        return shapley.exact(n, numbers, interactions, clusters)
    return shapley.sampled(n, orders, numbers, interactions, clusters)


def off(groups: dict[str, list[str]], coalition: shapley.Coalition) -> dict[str, bool]:
    """Settings that leave only the coalition's levers on."""
    return switched_off(key for place, keys in enumerate(groups.values()) if place not in coalition for key in keys)


def needed(n: int, orders: list[tuple[int, ...]] | None, interactions: bool) -> list[shapley.Coalition]:
    """Coalitions to simulate: what the method needs, and each lever alone and left out."""
    if orders is None:
        return shapley.all_coalitions(n)
    everyone = frozenset(range(n))
    also = [frozenset({player}) for player in range(n)] + [everyone - {player} for player in range(n)]
    return list(dict.fromkeys([*shapley.sampled_coalitions(orders, interactions), *also]))


def assemble(
    first: xr.Dataset,
    groups: dict[str, list[str]],
    worth: Worth,
    division: shapley.Division,
    costs: pd.DataFrame,
    what: IndicatorLike,
    year: int | None,
    confidence: float,
    count: str,
    lang: Lang,
) -> Attribution:
    measured = indicator(first, what, year)
    difference = measured.isel(scenario=0, drop=True) - measured.isel(scenario=1, drop=True)
    everyone, nobody = frozenset(range(len(groups))), frozenset[int]()
    carried = mean_over(worth[everyone] - worth[nobody])
    known, whole = int(carried.n), float(carried.mean)
    quantile = quantile_of(division.freedom, confidence)
    mean, error = division.mean, division.error
    alone = [mean_over(worth[frozenset({player})] - worth[nobody]) for player in everyone]
    left_out = [mean_over(worth[everyone - {player}] - worth[everyone]) for player in everyone]
    tables = scenario_tables(first)[0]
    table = pd.DataFrame(
        {
            "lever": list(groups),
            "name": lever_names(tables, groups, "en"),
            "name_zh": lever_names(tables, groups, "zh"),
            "section": sections_of(tables, groups),
            "value": mean,
            "error": error,
            "low": mean - quantile * error,
            "high": mean + quantile * error,
            "share": mean / whole if whole else np.nan,
            "alone": [float(gain.mean) for gain in alone],
            "alone_error": [float(np.sqrt(gain.variance)) for gain in alone],
            "left_out": [float(gain.mean) for gain in left_out],
            "left_out_error": [float(np.sqrt(gain.variance)) for gain in left_out],
        }
    )
    values = xr.DataArray(
        division.values,
        dims=("replicate", "lever"),
        coords={"replicate": worth[everyone]["replicate"].values, "lever": list(groups)},
        attrs=measured.attrs | {"units": measured.attrs.get("units", "1")},
    )
    total = mean_over(pairs_of(difference, worth[everyone])[0])
    of_draws = f" of {int(carried.draws)} parameter draws" if division.clusters.nested else ""
    return Attribution(
        table=table.sort_values("value", ascending=False, key=abs, ignore_index=True),
        interactions=interaction_table(division, list(groups)),
        values=values,
        costs=costs.merge(table[["lever", "name", "name_zh"]]) if len(costs) else costs,
        total=float(total.mean),
        total_error=float(np.sqrt(total.variance)),
        remainder=float(total.mean) - whole,
        method=f"{count}, {known} replicates{of_draws}, {100 * confidence:g} % intervals",
        division=division,
        arms=arms_by_language(first),
        year=year_of(first, what, year),
        confidence=confidence,
        lang=lang,
        made=note_of([first], lang),
    )


def arms_by_language(first: xr.Dataset) -> dict[str, tuple[str, str]]:
    """Names of plan and base."""
    found = {}
    for lang in LANGUAGES:
        plan, base = arm_names([first], lang)
        found[str(lang)] = (plan, base)
    return found


def year_of(first: xr.Dataset, what: IndicatorLike, year: int | None) -> int | None:
    """The year in which a variable over time is taken; none of a target, or of a function of the results."""
    if callable(what) or what not in over_time(first):
        return None
    return int(yearly(first[what])["year"].max()) if year is None else year


def mean_over(gain: xr.DataArray) -> Mean:
    return mean_of(gain.values, Clusters.along(gain))


def interaction_table(division: shapley.Division, names: list[str]) -> pd.DataFrame:
    rows = [
        {
            "lever": names[one],
            "with": names[two],
            "value": float(np.nanmean(synergy)),
            "error": division.pair_error((one, two)),
        }
        for (one, two), synergy in division.pairs.items()
    ]
    found = pd.DataFrame(rows, columns=["lever", "with", "value", "error"])
    return found.sort_values("value", ascending=False, key=abs, ignore_index=True)
