"""What could have been said without a model: points that a simulation should come nearer to the truth than.

All are made in the year before the start, from what the results hold of it and what observers knew by then, except that
national growth is the macro path that the scenario itself goes by.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from jiju.evidence.observations import Observation
from jiju.evidence.simulated_series import Series
from jiju.inputs.scenario import last_year
from jiju.results.indicators import filter_of, is_level, scenario_tables

NO_GROWTH, LAST_GROWTH, NATIONAL_GROWTH, PLAN_PATH = NAIVE = (
    "no_growth", "last_growth", "national_growth", "plan_path"
)  # fmt: skip


@dataclass(frozen=True)
class Naive:
    """Growth that each naive forecast gives a series in each year; NaN where it has nothing to say of it."""

    series: Series
    scenario: str
    history: Sequence[Observation]

    def forecast(self, which: str, year: int) -> float:
        """Of the level or the growth of a simulated year; NaN where there is none."""
        rates = [self.growth(which, each) for each in range(self.series.base_year + 1, year + 1)]
        if self.series.growth:
            return rates[-1]
        base = self.base
        return math.nan if base is None else float(base * np.prod(1 + np.array(rates)))

    def growth(self, which: str, year: int) -> float:
        match which:
            case "no_growth":
                return 0.0
            case "last_growth":
                return self.last_growth
            case "national_growth":
                return self.national_growth(year)
        return self.plan_growth

    @property
    def base(self) -> float | None:
        """The level of the year before the start: the median of replicates, which differ where they draw how it is
        measured."""
        level = self.series.base_level(self.scenario)
        return None if level is None else float(np.nanmedian(level))

    @property
    def last_growth(self) -> float:
        """The last that was observed by the year before the start, as growth or as two levels in a row."""
        mine = [each for each in self.history if each.series.key[:2] == self.series.key[:2]]
        levels = {each.year: each.value for each in mine if not each.series.growth}
        rates = {year: level / levels[year - 1] - 1 for year, level in levels.items() if levels.get(year - 1, 0) > 0}
        rates |= {each.year: each.value for each in mine if each.series.growth}
        return rates[max(rates)] if rates else math.nan

    def national_growth(self, year: int) -> float:
        """Of industry on the scenario's macro path, with its prices where the series is money at current prices; of
        counts, persons and shares none."""
        basis = self.series.subject.array.attrs.get("price_basis")
        general, tables = self.general, self.tables
        if basis is None or general is None:
            return math.nan
        path = tables.get("macro", {}).get(str(general.get("macro")), {})
        real = growth_of(path.get("industrial_growth"), year)
        prices = growth_of(path.get("price_growth"), year) if basis == "current prices" else 0.0
        return (1 + real) * (1 + prices) - 1

    @property
    def plan_growth(self) -> float:
        """Even growth from the year before the start to what the scenario's target asks for in its last year."""
        base, own = self.base, self.series.subject
        if self.general is None or base is None or not base > 0:
            return math.nan
        wanted = [
            float(row["value"]) for row in self.tables.get("targets", {}).values()
            if row.get("output") == own.variable and is_level(row) and dict(own.where) == filter_of(row)
        ]  # fmt: skip
        if len(wanted) != 1 or not wanted[0] > 0:
            return math.nan
        return float((wanted[0] / base) ** (1 / (last_year(self.general) - self.series.base_year)) - 1)

    @property
    def tables(self) -> dict[str, Any]:
        if "scenario_toml" not in self.series.data:
            return {}
        return scenario_tables(self.series.data)[self.series.scenarios.index(self.scenario)]

    @property
    def general(self) -> Mapping[str, Any] | None:
        """What the scenario says of itself, where it says from when to when it goes."""
        found: Mapping[str, Any] = self.tables.get("scenario", {})
        return found if {"start_year", "years"} <= found.keys() else None


def growth_of(schedule: Any, year: int) -> float:
    """Growth of the mean of a year on that of the year before: the mean of a schedule's rates from the middle of the
    one to that of the other, where the last rate known lasts. NaN of steps and ramps."""
    if isinstance(schedule, int | float):
        return float(schedule)
    match schedule:
        case {"by_year": rates}:
            known = [(float(key), float(rate)) for key, rate in rates.items()]
        case {"table": rates}:
            known = [(time_of(when), float(rate)) for when, rate in rates]
        case _:
            return math.nan
    first, last = year - 0.5, year + 0.5
    known = [(-math.inf, 0.0), *sorted(known), (math.inf, 0.0)]
    return sum(rate * max(min(end, last) - max(start, first), 0.0) for (start, rate), (end, _) in pairwise(known))


def time_of(when: Any) -> float:
    """2011.5 of "2011Q3"; of a year its beginning."""
    year, _, quarter = str(when).partition("Q")
    return float(year) + (float(quarter) - 1) / 4 if quarter else float(year)
