"""What is wanted of a plan and what is limited, as words.

An outcome is an account of docs/costs.md (value_added, public_cost, net_value, jobs …), of which the plan's difference
from its base is meant; a variable of the results in the last year (output), a target's value (T1) or the probability
that it is met (p(T1)), of which the plan's own value is meant; "min over targets" or "mean over targets", of the
probabilities of all targets. A limit is an outcome, <= or >=, and a number; the outcome may also be the money that the
plan itself asks for: `money`, `money(2013)`, `money(municipal)`, which is known without simulating.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr

from jiju.decisions.openings import Plan
from jiju.errors import UsageError
from jiju.labels import unit_name, variable_name
from jiju.languages import LANGUAGES, Lang, translated
from jiju.results import validation
from jiju.results.indicators import indicator, margin, over_time, targets_of
from jiju.statistics import smoothing
from jiju.statistics.clusters import DRAW
from jiju.studies import appraisal

NUMBER = r"[-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?"
SMALLEST = "min over targets"
OVER_TARGETS_ZH = {SMALLEST: "各目标实现概率的最小值", "mean over targets": "各目标实现概率的均值"}
OVER_TARGETS: dict[str, Callable[..., Any]] = {SMALLEST: np.min, "mean over targets": np.mean}


@dataclass(frozen=True)
class Outcome:
    """Columns that are simulated by replicate, and how their means make one number."""

    text: str
    columns: tuple[str, ...]

    @property
    def is_account(self) -> bool:
        """Whether the difference from the base is meant."""
        return self.text in appraisal.NAMES

    @property
    def is_probability(self) -> bool:
        return self.text.startswith("p(") or self.text in OVER_TARGETS

    def of_means(self, means: np.ndarray) -> np.ndarray:
        """From means of the columns, along the last axis."""
        return np.asarray(OVER_TARGETS.get(self.text, np.mean)(means, axis=-1))


@dataclass(frozen=True)
class Limit:
    """An outcome, or planned money, at most or at least so much."""

    text: str
    outcome: Outcome | None  # none: planned money
    at_most: bool
    value: float
    year: int | None = None
    purse: str | None = None

    def slack(self, found: float) -> float:
        """How much is left; below zero where the limit is broken."""
        return self.value - found if self.at_most else found - self.value


def known_outcomes(data: xr.Dataset) -> list[str]:
    targets = targets_of(data)
    return [*appraisal.NAMES, *OVER_TARGETS, *over_time(data), *targets, *(f"p({key})" for key in targets)]


def outcome_of(text: str, data: xr.Dataset) -> Outcome:
    """UsageError where results such as `data` have no such outcome."""
    words = " ".join(text.split())
    targets = targets_of(data)
    if words in OVER_TARGETS:
        return Outcome(words, tuple(f"p({key})" for key in targets))
    if words in known_outcomes(data):
        return Outcome(words, (words,))
    raise UsageError(
        translated("no outcome {text!r}", text=text) + validation.nearest(words, known_outcomes(data))
    )


def names_of(outcome: Outcome, data: xr.Dataset, unit: str) -> dict[Lang, str]:
    """What an outcome is called, with its unit, in either language."""
    if outcome.text in appraisal.NAMES:
        names = dict(zip(LANGUAGES, appraisal.NAMES[outcome.text], strict=True))
    elif outcome.text in OVER_TARGETS:
        names = {"en": outcome.text, "zh": OVER_TARGETS_ZH[outcome.text]}
    else:
        array = indicator(data, outcome.text)
        names = {lang: variable_name(array, lang) for lang in LANGUAGES}
    units = {lang: unit_name(unit, lang) if unit else "" for lang in LANGUAGES}
    form = {"en": "{name}, {unit}", "zh": "{name}（{unit}）"}
    return {
        lang: form[lang].format(name=names[lang], unit=units[lang]) if units[lang] else names[lang]
        for lang in LANGUAGES
    }  # fmt: skip


def limit_of(text: str, data: xr.Dataset, plan: Plan) -> Limit:
    """UsageError where the words are no limit, or speak of what is not there."""
    met = re.fullmatch(rf"\s*(.+?)\s*(<=|>=|≤|≥)\s*({NUMBER})\s*", text)
    if not met:
        raise UsageError(translated(
            '{text!r} is no limit: expected an outcome, <= or >=, and a number, such as "public_cost <= 80"', text=text
        ))
    words, sign, value = met.groups()
    at_most, number = sign in ("<=", "≤"), float(value)
    money = re.fullmatch(r"money(?:\((\w+)\))?", words)
    if not money:
        return Limit(text, outcome_of(words, data), at_most, number)
    what = money.group(1)
    if what is None:
        return Limit(text, None, at_most, number)
    if re.fullmatch(r"\d{4}", what):
        if not plan.first_year <= int(what) <= plan.last_year:
            raise UsageError(translated(
                "{text!r}: the scenario simulates {first} to {last}",
                text=text, first=plan.first_year, last=plan.last_year,
            ))  # fmt: skip
        return Limit(text, None, at_most, number, year=int(what))
    purses = plan.tables.get("purses", {})
    if what not in purses:
        raise UsageError(
            translated("{text!r}: no purse {purse!r}", text=text, purse=what) + validation.nearest(what, purses)
        )
    return Limit(text, None, at_most, number, purse=what)


def margin_of(text: str) -> str:
    """The column that says by how much a target is met, for the column that says whether it is."""
    return f"margin({text[2:-1]})" if text.startswith("p(") else text


def smoothed(margins: np.ndarray, scale: float) -> np.ndarray:
    """Of each replicate, how nearly it meets a target: between 0 and 1, so that the mean over few replicates moves with
    every change and not in steps. The scale is the spread of the margins in the base.

    The width of the slope (statistics/smoothing.py) adds a few percent to the spread at forty replicates.
    """
    if not scale > 0:
        return np.asarray(np.where(np.isnan(margins), np.nan, margins >= 0))
    width = smoothing.width_of(scale, margins.shape[-1])
    return smoothing.chance(margins + smoothing.half_step(margins), width)


def needed(columns: Sequence[str]) -> list[str]:
    """Names of the outputs over time that columns are made of; targets are in all results."""
    own = [name for name in columns if name.isidentifier() and name not in appraisal.NAMES and not name[0].isupper()]
    return [*own, *(appraisal.NEEDED if any(name in appraisal.NAMES for name in columns) else ())]


def measured(data: xr.Dataset, columns: Sequence[str]) -> xr.Dataset:
    """Each column by scenario and replicate, with the draw of each replicate."""
    books = appraisal.accounts(data) if any(name in appraisal.NAMES for name in columns) else xr.Dataset()
    found = {name: column(data, books, name) for name in columns}
    bare = {name: array.reset_coords(drop=True).transpose("scenario", "replicate") for name, array in found.items()}
    draws = {DRAW: data[DRAW].reset_coords(drop=True)} if DRAW in data.coords else {}
    return xr.Dataset(bare).assign_coords(draws)


def column(data: xr.Dataset, books: xr.Dataset, name: str) -> xr.DataArray:
    if name in books:
        return books[name]
    return margin(data, name[7:-1]) if name.startswith("margin(") else indicator(data, name)
