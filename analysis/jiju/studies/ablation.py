"""Each lever alone on the status quo, and each removed from the plan: what it moves, and what it costs.

    jiju.ablate("shaoxing-2011/plan", "shaoxing-2011/status-quo", replicates=500).to_markdown()

Every arm meets the same draws, so effects are differences within a replicate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr
from statsmodels.stats.multitest import multipletests

from jiju.inputs.tables import grades_of
from jiju.labels import key_names, variable_name
from jiju.languages import Lang, checked, translated
from jiju.results.indicators import MARGIN, indicator, margin, scenario_tables, targets_of, yearly
from jiju.results.provenance import note_of
from jiju.results.validation import REPLICATES
from jiju.runs.engine import EngineRunner, runner_of
from jiju.runs.lever_choice import chosen, switched_off
from jiju.runs.runner import Arm, Runner, batches, simulated, together
from jiju.statistics.clusters import DRAW, Clusters
from jiju.statistics.paired import gain_of
from jiju.studies import controlled
from jiju.studies.ablation_tables import (
    AGAINST,
    ALONE,
    AS_EXPECTED,
    NO_EFFECT,
    NO_SIGN,
    NONE_EXPECTED,
    REMOVED,
    WAYS,
    Ablation,
    rows_by,
)
from jiju.studies.appraisal import NEEDED, Appraisal, accounts
from jiju.studies.direct_effects import NEEDED as DIRECT
from jiju.studies.direct_effects import PREFIX, Sources, change, direct_effects, recorded
from jiju.studies.expectations import Expectation, Expected, expectations
from jiju.studies.returns import ratio_of, returns_of

LONGER = 4  # times the replicates of the arms: as many more arms as six, of more than fifty

# Before the name of an account, so that it is no outcome of that name.
ACCOUNT = "account "


def ablate(
    plan: Any,
    base: Any,
    indicator: str = "output",
    *,
    replicates: int = 500,
    year: int | None = None,
    expected: Expected = None,
    confidence: float = 0.95,
    control: bool = True,
    run: Runner | None = None,
    progress: bool = True,
    lang: Lang = "en",
) -> Ablation:
    """Simulates each lever of the plan alone, and the plan without each.

    The plan, and the plan without its levers, are simulated longer (LONGER times the replicates) and kept
    (runs/kept_bases.py): they are controls of the effects, which then have `worth`, as many plain pairs as would know
    them equally well. With control=False, or with a runner of one's own, effects are plain paired differences.

    `expected` says what the evidence of each lever lets one expect: a file, as
    scenarios/instruments/expected_effects.toml, or a mapping of keys to `Expectation`; without it a gain of the
    indicator is expected of every lever.

    `lang` is the language of names and words: "en" or "zh".

    Example:

        found = jiju.ablate("shaoxing-2011/plan", "shaoxing-2011/status-quo", replicates=500)
        found.to_markdown()
        jiju.plot.forest(found)
    """
    checked(lang)
    said = expectations(expected)
    outcomes = list(dict.fromkeys([indicator, *(each.outcome for each in said.values() if each.outcome)]))
    is_controlled = control and run is None
    run = run or runner_of(replicates, *outcomes, *NEEDED, *DIRECT)
    first = simulated([Arm(plan), Arm(base)], run)
    clusters = Clusters.along(first)
    clusters.check()
    keys = list(chosen(first, None))
    wanted = {key: said.get(key, Expectation()) for key in keys}
    arms = [Arm(plan, switched_off(keys))]
    arms += [Arm(plan, switched_off(key for key in keys if key != lever)) for lever in keys]
    arms += [Arm(plan, switched_off([lever])) for lever in keys]
    valued = Appraisal.of(first)
    rest = together([seen(data, outcomes, year, valued) for data in batches(arms, run, progress)])
    kept = kept_arms([Arm(plan), arms[0]], replicates, outcomes, year, progress) if is_controlled else None
    study = Study(seen(first, outcomes, year, valued), rest, keys, confidence, kept)
    plan_alone = first.isel(scenario=[0])
    effects = study.effects({key: [indicator, each.outcome or indicator] for key, each in wanted.items()})
    return Ablation(
        lever_rows(first, wanted, effects, indicator), effects, study.costs(), study.direct(plan_alone), wanted,
        first.sizes["replicate"], confidence, indicator,
        study.notes(indicator) + study.remarks() + ([clusters.remark(lang)] if clusters.nested else []), valued, lang,
        note_of([first], lang),
    )  # fmt: skip


def seen(data: xr.Dataset, outcomes: list[str], year: int | None, valued: Appraisal) -> xr.Dataset:
    """Of an arm's results what an ablation needs: outcomes, targets, accounts, each lever's money over all years."""
    money = yearly(data["lever_money"])
    money = money.sum([dim for dim in money.dims if dim not in (*REPLICATES, "lever")], skipna=False)
    books = {f"{ACCOUNT}{name}": array for name, array in accounts(data, valued).items()}
    return slim(data, outcomes_of(data, outcomes, year) | {"money": money} | books | recorded(data))


def outcomes_of(data: xr.Dataset, outcomes: list[str], year: int | None) -> dict[str, xr.DataArray]:
    """All that effects are of, and what a control of them needs."""
    found = {what: indicator(data, what, year) for what in outcomes}
    found |= {f"p({key})": indicator(data, f"p({key})") for key in targets_of(data)}
    if all(name in data.variables for name in MARGIN):
        found |= {f"margin({key})": margin(data, key) for key in targets_of(data)}
    return found


def slim(data: xr.Dataset, arrays: Mapping[str, xr.DataArray]) -> xr.Dataset:
    """The arrays alone, loaded, with the draw of each replicate."""
    bare = {name: array.reset_coords(drop=True) for name, array in arrays.items()}
    draws = {DRAW: data[DRAW].reset_coords(drop=True)} if DRAW in data.coords else {}
    return xr.Dataset(bare).assign_coords(draws).load()


def kept_arms(
    arms: list[Arm], replicates: int, outcomes: list[str], year: int | None, progress: bool
) -> xr.Dataset:  # fmt: skip
    """Outcomes of arms in more replicates, from what is kept of them."""
    runner = runner_of(replicates, *outcomes)
    assert isinstance(runner, EngineRunner)
    parts = []
    for arm in arms:
        with runner.kept(arm, LONGER * replicates, progress) as data:
            parts.append(slim(data, outcomes_of(data, outcomes, year)))
    return together(parts)


def accounts_in(data: xr.Dataset) -> xr.Dataset:
    names = [str(name) for name in data.data_vars if str(name).startswith(ACCOUNT)]
    return data[names].rename({name: name.removeprefix(ACCOUNT) for name in names})


@dataclass(frozen=True)
class Study:
    """The arms of an ablation: plan and base in `first`; in `rest` nothing, each alone, each removed, in that order.

    `kept` has further replicates of the plan, and of nothing, which are controls.
    """

    first: xr.Dataset
    rest: xr.Dataset
    keys: list[str]
    confidence: float
    kept: xr.Dataset | None = None

    def arms(self, place: int) -> dict[str, tuple[xr.Dataset, xr.Dataset]]:
        """Without and with the lever, for either way."""
        nothing, alone, removed = (
            self.rest.isel(scenario=arm, drop=True) for arm in (0, 1 + place, 1 + len(self.keys) + place)
        )
        return {ALONE: (nothing, alone), REMOVED: (removed, self.first.isel(scenario=0, drop=True))}

    def effects(self, outcomes: Mapping[str, list[str]]) -> pd.DataFrame:
        targets = [str(name) for name in self.first.data_vars if str(name).startswith("p(")]
        rows = [
            {"lever": key, "way": way, "outcome": what, **self.effect(what, way, *pair)}
            for place, key in enumerate(self.keys)
            for way, pair in self.arms(place).items()
            for what in dict.fromkeys([*outcomes[key], *targets])
        ]
        frame = pd.DataFrame(rows)
        for name, get in (("name", variable_name), ("name_zh", lambda array: variable_name(array, "zh"))):
            frame[name] = [get(self.first[what]) for what in frame["outcome"]]
        frame["unit"] = [str(self.first[what].attrs.get("units", "1")) for what in frame["outcome"]]
        frame["measurable"] = False
        kind = np.where(frame["outcome"].isin(targets), "target", "outcome")
        for _, family in frame.groupby(["way", kind]):
            found = multipletests(family["p_value"].fillna(1.0), 1 - self.confidence, method="fdr_bh")[0]
            frame.loc[family.index, "measurable"] = found
        return frame

    def effect(self, what: str, way: str, without: xr.Dataset, having: xr.Dataset) -> dict[str, float]:
        """By the control where there is one: alone that is nothing, and what is removed goes from the plan."""
        is_removed = way == REMOVED
        base, other = (having, without) if is_removed else (without, having)
        if self.kept is not None:
            base = self.kept.isel(scenario=0 if is_removed else 1, drop=True)
        if not what.startswith("p("):
            found = controlled.gain(base[what], other[what], self.confidence)
        else:
            name = f"margin({what[2:-1]})"
            events, margins = ((base[each], other[each]) for each in (what, name if name in other else what))
            told = controlled.probability_of(events, margins, self.confidence)
            names = {"effect": "difference", "low": "low", "high": "high", "p_value": "p_value"}
            found = {part: float(told[each]) for part, each in names.items()}
            found["worth"] = float(told.get("worth", told["n"]))
        if is_removed:
            found |= {"effect": 0.0 - found["effect"], "low": 0.0 - found["high"], "high": 0.0 - found["low"]}
        return found

    def costs(self) -> pd.DataFrame:
        rows = []
        for place, key in enumerate(self.keys):
            for way, (without, having) in self.arms(place).items():
                spent = having["money"].sel(lever=key) if key in having["lever"] else 0 * having["money"].sum("lever")
                returns = returns_of(accounts_in(without), accounts_in(having), self.confidence)
                rows.append({"lever": key, "way": way, "money": float(spent.mean()), **returns})
        return pd.DataFrame(rows)

    def direct(self, plan: xr.Dataset) -> pd.DataFrame:
        """What goes into each lever and what is found again, alone on the base: one lever and outcome a row, and one
        for the components whose own outcome is not recorded."""
        rows: list[dict[str, Any]] = []
        for place, key in enumerate(self.keys):
            without, having = self.arms(place)[ALONE]
            parts, unknown = direct_effects(Sources(plan, without, having), key)
            for own, members in parts.items():
                amount = np.sum(list(members.values()), axis=0)
                before, after = (change(own, arm[PREFIX + own.key]) for arm in (without, having))
                put_in = before.copy(data=amount)
                sign = 1.0 if float(amount.mean()) >= 0 else -1.0
                ratio = ratio_of(sign * (after - before), sign * put_in, self.confidence)
                found = gain_of(before, after, self.confidence)
                rows.append({
                    "lever": key, "outcome": own.key, "components": list(members),
                    "each": [float(each.mean()) for each in members.values()], "put_in": float(amount.mean()),
                    "found": found["effect"], "found_low": found["low"], "found_high": found["high"],
                    **dict(zip(("ratio", "ratio_low", "ratio_high"), ratio, strict=True)),
                })  # fmt: skip
            if unknown:
                rows.append({"lever": key, "outcome": "", "components": unknown, "each": []})
        columns = ["lever", "outcome", "components", "each", "put_in", "found", "found_low", "found_high", "ratio",
                   "ratio_low", "ratio_high"]  # fmt: skip
        return pd.DataFrame(rows, columns=columns)

    def remarks(self) -> list[str]:
        """How long the controls are."""
        if self.kept is None:
            return []
        return [translated(
            "effects: {further} further replicates of the plan, and of the plan without its levers, are a control "
            "where that narrows an interval",
            further=self.kept.sizes["replicate"] - self.rest.sizes["replicate"],
        )]  # fmt: skip

    def notes(self, what: str) -> list[str]:
        """Whether the plan without its levers is the base, as "alone on the base" takes for granted."""
        bare, base = self.rest[what].isel(scenario=0, drop=True), self.first[what].isel(scenario=1, drop=True)
        gap = abs(bare - base)
        if not float(gap.max()) > 0:
            return []
        return [translated(
            "the plan without its levers is not the base: they differ by {mean:.4g} on average",
            mean=float(gap.mean()),
        )]


def lever_rows(
    first: xr.Dataset, wanted: Mapping[str, Expectation], effects: pd.DataFrame, what: str
) -> pd.DataFrame:
    """What a reader is given of each lever besides numbers."""
    tables = scenario_tables(first)[0]
    levers = tables["levers"]
    names, names_zh = (key_names(first, "lever", lang) for lang in ("en", "zh"))
    found = rows_by(effects, "lever", "way", "outcome")
    rows = []
    for key, each in wanted.items():
        about = {part: str(levers[key].get(part, "")) for part in ("id", "section")}
        about["grade"] = grades_of(tables, key)
        verdicts = {
            f"verdict_{way}": verdict(found[key, way, each.outcome or what], each, way) for way in WAYS
        }
        rows.append(
            {"lever": key, "name": names.get(key, key), "name_zh": names_zh.get(key, key), **about,
             "outcome": each.outcome or what, "sign": each.sign, "alone": each.alone, **verdicts}
        )  # fmt: skip
    return pd.DataFrame(rows)


def verdict(effect: Mapping[Any, Any], expected: Expectation, way: str) -> str:
    """An effect against what its evidence lets one expect."""
    if not effect["measurable"]:
        return NONE_EXPECTED if way == ALONE and not expected.alone else NO_EFFECT
    if not expected.sign:
        return NO_SIGN
    return AS_EXPECTED if (effect["effect"] > 0) == (expected.sign == "+") else AGAINST
