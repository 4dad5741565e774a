"""What the statistics of facts.toml look at, and the register of them.

A statistic is a function of one replicate's firm-years that gives one number. It says nothing about what is right; the
ranges stand in facts.toml under the same keys. fact_statistics and fact_accounts hold them all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from statsmodels.regression.linear_model import OLS
from statsmodels.tools.tools import add_constant


@dataclass(frozen=True)
class BaseYear:
    """What is known of the year before the start, which no panel holds."""

    sales: np.ndarray  # by industry, 1e8 CNY
    firms: float  # above the scenario's base threshold


@dataclass(frozen=True)
class Sample:
    """What is measured: one replicate's firm-years of above-scale firms, all firm-years, and the year before."""

    firms: pd.DataFrame  # above scale in the year
    everyone: pd.DataFrame
    base: BaseYear
    rules: Mapping[str, Any]  # [measurement] of facts.toml
    named: pd.DataFrame | None = None  # everyone, with keys in place of codes
    known: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)  # what several statistics begin with

    @property
    def whole_years(self) -> pd.DataFrame:
        """Above-scale firms that lived the whole year, so that the year's flows are those of four quarters."""
        return self.firms[self.firms["quarters"] == 4]


def sample(
    firm_years: pd.DataFrame, base: BaseYear, rules: Mapping[str, Any], named: pd.DataFrame | None = None
) -> Sample:
    above = firm_years["year_sales"] >= rules["threshold"]
    return Sample(firm_years[above], firm_years, base, rules, named)


Found = TypeVar("Found")


def shared(function: Callable[[Sample], Found]) -> Callable[[Sample], Found]:
    """What several statistics of a sample begin with: made once, not to be changed."""

    @wraps(function)
    def once(s: Sample) -> Found:
        if function.__name__ not in s.known:
            s.known[function.__name__] = function(s)
        found: Found = s.known[function.__name__]
        return found

    return once


STATISTICS: dict[str, Callable[[Sample], float]] = {}


def statistic(function: Callable[[Sample], float]) -> Callable[[Sample], float]:
    STATISTICS[function.__name__] = function
    return function


def over_years(s: Sample, measure: Callable[[pd.DataFrame], float]) -> float:
    return float(np.mean([measure(year) for _, year in s.firms.groupby("year")]))


def net_of(values: pd.Series, *groups: pd.Series) -> pd.Series:
    return values - values.groupby(list(groups)).transform("mean")


def slope(y: ArrayLike, x: ArrayLike) -> float:
    """Of y on x and a constant, by least squares."""
    return float(OLS(np.asarray(y), add_constant(np.asarray(x))).fit().params[1])


def with_year_before(table: pd.DataFrame, column: str) -> pd.DataFrame:
    """Rows whose firm is in the table of the year before too, with that year's value as `before`."""
    earlier = table[["id", "year", column]].rename(columns={column: "before"})
    return table.merge(earlier.assign(year=earlier["year"] + 1), on=["id", "year"])


def trimmed(values: pd.Series, share: float) -> pd.Series:
    return values[values.between(*values.quantile([share, 1 - share]))]


def start_over_later(yearly: pd.Series) -> float:
    """The first year's value over the mean of the later ones; NaN where there is no later year."""
    ordered = yearly.sort_index()
    return float(ordered.iloc[0] / ordered.iloc[1:].mean())
