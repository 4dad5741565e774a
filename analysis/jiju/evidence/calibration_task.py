"""A calibration file, read: which parameters are drawn from where, and what simulations must meet.

The format is described in docs/calibration.md.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from jiju.errors import UsageError
from jiju.evidence.facts import FIT, statistics
from jiju.inputs.scenario_differences import median_of
from jiju.languages import translated
from jiju.results.validation import nearest
from jiju.runs.engine import scenario_of
from jiju.runs.runner import Arm
from jiju.statistics.monte_carlo import Prior

GAIN = "gain_of_double_research"  # the moment that needs a second arm
PARTS = ("base", "facts", "parameters", "moments", "doubling")
OF_PARAMETER = ("keys", "name", "name_zh", "low", "high", "scale", "source")
OF_MOMENT = ("output", "year", "over", "low", "high", "name", "name_zh", "source")


@dataclass(frozen=True)
class Parameter:
    """What one draw sets: a value at one key, or a factor on what the base says at several."""

    prior: Prior
    name: str
    name_zh: str
    keys: tuple[str, ...]  # as written, with stars
    base: Mapping[str, float]  # by key
    factor: bool

    def settings(self, value: float) -> dict[str, float]:
        return {key: value * was if self.factor else value for key, was in self.base.items()}


@dataclass(frozen=True)
class Moment:
    """An output of the results at one key of some of its dimensions, in a year if it has years, or a ratio of two."""

    output: str
    over: str | None = None
    year: int | None = None
    where: Mapping[str, str] = field(default_factory=dict)

    @property
    def outputs(self) -> list[str]:
        return [self.output, self.over] if self.over else [self.output]


@dataclass(frozen=True)
class Task:
    """A calibration file, read."""

    path: Path
    scenario: str
    parameters: Mapping[str, Parameter]
    ranges: pd.DataFrame  # low, high, name and name_zh by summary
    moments: Mapping[str, Moment]  # those that are outputs
    facts: bool  # whether statistics of firms are among the summaries
    doubled: str | None  # the industry whose R&D doubles in the second arm
    doubling: Mapping[str, float]  # the keys whose values double there, and their base

    @property
    def priors(self) -> dict[str, Prior]:
        return {name: parameter.prior for name, parameter in self.parameters.items()}


def value_at(tree: Mapping[str, Any], key: str) -> float:
    """The number at a key, the median where it is uncertain."""
    node: Any = tree
    for part in key.split("."):
        if not isinstance(node, Mapping) or part not in node:
            raise UsageError(translated("the scenario has no {key}", key=key))
        node = node[part]
    node = median_of(node)
    if isinstance(node, bool) or not isinstance(node, int | float):
        raise UsageError(translated("{key} is no number", key=key))
    return float(node)


def expanded(tree: Mapping[str, Any], key: str) -> list[str]:
    """The keys that a key with a star stands for."""
    if "*" not in key:
        return [key]
    table, _, rest = key.partition(".*.")
    if table not in tree:
        raise UsageError(translated("the scenario has no {table}", table=table))
    return [f"{table}.{row}.{rest}" for row in tree[table]]


def only(row: Mapping[str, Any], known: tuple[str, ...]) -> None:
    for key in row:
        if key not in known:
            raise UsageError(translated(
                "unknown key {key!r}{nearest}",
                key=key, nearest=nearest(key, known, translated("it has")),
            ))


def ends(row: Mapping[str, Any]) -> tuple[float, float]:
    low, high = row["low"], row["high"]
    if not all(isinstance(end, int | float) and math.isfinite(end) for end in (low, high)) or not low < high:
        raise UsageError(translated(
            "low = {low} and high = {high}: both are numbers, and low is less than high",
            low=low, high=high,
        ))
    return float(low), float(high)


def read_prior(row: Mapping[str, Any]) -> Prior:
    low, high = ends(row)
    scale = row.get("scale", "linear")
    if scale not in ("linear", "log"):
        raise UsageError(translated("scale is \"{scale}\", and can be \"linear\" or \"log\"", scale=scale))
    if scale == "log" and low <= 0:
        raise UsageError(translated(
            "low = {low} and high = {high}: low must be above 0 on a log scale",
            low=low, high=high,
        ))
    return Prior(low, high, scale == "log")


def read_parameter(tree: Mapping[str, Any], row: Mapping[str, Any]) -> Parameter:
    only(row, OF_PARAMETER)
    keys = [each for key in row["keys"] for each in expanded(tree, key)]
    base = {key: value_at(tree, key) for key in keys}
    name = row["name"]
    return Parameter(read_prior(row), name, row.get("name_zh", name), tuple(row["keys"]), base, factor=len(keys) > 1)


def fitted() -> pd.DataFrame:
    """The facts that a fit may meet as they stand: marked so, and with a range that has two ends."""
    table = statistics()
    return table[(table["use"] == FIT) & table[["low", "high"]].map(math.isfinite).all(axis=1)]


def read_moment(name: str, row: Mapping[str, Any], tree: Mapping[str, Any]) -> Moment | None:
    """The moment, or nothing where it is a statistic that facts.toml knows or the gain from doubled R&D."""
    if "output" in row:
        where = {key: value for key, value in row.items() if key not in OF_MOMENT}
        for key, value in where.items():
            if not isinstance(value, str):
                raise UsageError(translated(
                    "unknown key {key!r}{nearest}",
                    key=key, nearest=nearest(key, OF_MOMENT, translated("it has, beside dimensions,")),
                ))
        year = row.get("year")
        start, years = tree["scenario"]["start_year"], tree["scenario"]["years"]
        if year is not None and year not in range(start, start + years):
            raise UsageError(translated(
                "year = {year}: the scenario simulates {start} to {value}",
                year=year, start=start, value=start + years - 1,
            ))
        return Moment(row["output"], row.get("over"), year, where)
    only(row, OF_MOMENT)
    known = statistics()
    if name != GAIN and name not in known.index:
        raise UsageError(translated(
            "needs output = \"...\": without it, a moment is a fact or {GAIN}",
            GAIN=GAIN,
        )
                         + nearest(name, [*known.index, GAIN], translated("facts are")))  # fmt: skip
    if name != GAIN and known["use"][name] != FIT:
        raise UsageError(translated("this fact is kept for judging fits (facts.toml), and no fit may meet it"))
    return None


def read_task(path: Path) -> Task:
    """UsageError where the file is no calibration file or does not fit its scenario."""
    try:
        text = tomllib.loads(path.read_text(encoding="utf-8"))
        base, parameters = text["base"], text["parameters"]
    except tomllib.TOMLDecodeError as problem:
        raise UsageError(f"{path}: {problem}") from None
    except KeyError as missing:
        raise UsageError(translated(
            "{path}: no {missing}: this is no calibration file (docs/calibration.md)",
            path=path, missing=missing,
        )) from None
    where = ""
    try:
        only(text, PARTS)
        scenario = str(path.parent / base) if (path.parent / base).exists() else str(base)
        tree = scenario_of(Arm(scenario)).to_dict()
        read: dict[str, Parameter] = {}
        for name, row in parameters.items():
            where = f"[parameters.{name}]: "
            read[name] = read_parameter(tree, row)
        with_facts = bool(text.get("facts", True))
        columns = ["low", "high", "name", "name_zh"]
        ranges = fitted()[columns] if with_facts else pd.DataFrame(columns=columns)
        moments: dict[str, Moment] = {}
        for name, row in text.get("moments", {}).items():
            where = f"[moments.{name}]: "
            if moment := read_moment(name, row, tree):
                moments[name] = moment
            label = row.get("name", name)
            ranges.loc[name] = [*ends(row), label, row.get("name_zh", label)]
        where = "[doubling]: "
        doubled, doubling = None, {}
        if GAIN in ranges.index:
            doubled = text["doubling"]["industry"]
            key = f"industries.{doubled}.research_intensity"
            doubling = {key: value_at(tree, key)}
        elif "doubling" in text:
            raise UsageError(translated("only the moment {GAIN} asks for it", GAIN=GAIN))
    except KeyError as missing:
        raise UsageError(translated(
            "{path}: {where}no {missing} (docs/calibration.md)",
            path=path, where=where, missing=missing,
        )) from None
    except UsageError as problem:
        raise UsageError(f"{path}: {where}{problem}") from None
    if ranges.empty:
        raise UsageError(translated("{path}: nothing to meet: give [moments.NAME], or facts = true", path=path))
    needs_firms = any(name in card_keys() or name == GAIN for name in ranges.index)
    ranges = ranges.astype({"low": float, "high": float})
    return Task(path, scenario, read, ranges, moments, needs_firms, doubled, doubling)


def card_keys() -> set[str]:
    return set(statistics().index)


def settings_of(task: Task, values: Mapping[str, float]) -> dict[str, float]:
    settings: dict[str, float] = {}
    for name, parameter in task.parameters.items():
        settings |= parameter.settings(values[name])
    return settings
