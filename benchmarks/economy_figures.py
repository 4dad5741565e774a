"""The arithmetic of benchmarks/economy: estimates with their 95 % intervals, verdicts, and the rows of the table.

Values lie along `replicate`; what is compared replicate by replicate is aligned by its label, never by its place.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import xarray as xr

from jiju.results.panels import PARTS_OF_YEAR
from jiju.statistics.clusters import Clusters
from jiju.statistics.paired import average, student
from jiju.statistics.proportions import interval_of_share

CONFIDENCE = 0.95
RESAMPLES = 2000
ERROR = 0.01  # half an interval at most, where two arms should be the same
SOLD = 1e-6  # sales of a year, 1e8 CNY; less is what rounding leaves of a firm whose plant is not open yet
BUILDING = 1.5  # years after which the plant of a start-up is open: one to build, and what a lever may add


@dataclass(frozen=True)
class Estimate:
    """A value and the ends of its interval; NaN where there are too few replicates for one."""

    value: float
    low: float = math.nan
    high: float = math.nan

    def moved(self, by: float) -> Estimate:
        return Estimate(self.value + by, self.low + by, self.high + by)


@dataclass(frozen=True)
class Row:
    figure: str
    goal: str
    found: str
    met: str = ""


def mean_of(values: xr.DataArray) -> Estimate:
    """Mean over replicates with Student's interval; replicates without a value are left out."""
    found = average(values)
    low, high = student(found.mean, found.variance, found.freedom, CONFIDENCE)
    return Estimate(float(found.mean), float(low), float(high))


def ratio_of_means(top: xr.DataArray, bottom: xr.DataArray) -> Estimate:
    """Mean of one over mean of the other, pair by pair; the interval by the delta method (Cochran 1977, Sampling
    Techniques, section 6.3), good where the mean below lies many standard errors from zero."""
    top, bottom = xr.align(top, bottom, join="inner")
    known = top.notnull() & bottom.notnull()
    top, bottom = top.where(known), bottom.where(known)
    below = float(bottom.mean("replicate"))
    if below == 0 or math.isnan(below):
        return Estimate(math.nan)
    ratio = float(top.mean("replicate")) / below
    return mean_of((top - ratio * bottom) / below).moved(ratio)


def change_of_mean(base: xr.DataArray, other: xr.DataArray) -> Estimate:
    """By how much of its mean the base differs from the other, pairs sharing their draws."""
    return ratio_of_means(other, base).moved(-1)


def share_of(met: xr.DataArray) -> Estimate:
    """Share of replicates, with Wilson's interval."""
    low, high = interval_of_share(met.values.astype(bool), Clusters.along(met), CONFIDENCE)
    return Estimate(float(met.mean()), low, high)


def median_of(values: list[xr.DataArray], figure: Callable[..., float] = lambda median: median) -> Estimate:
    """A figure of the medians of several values of the same replicates, with a bootstrap interval over replicates."""
    table = np.stack([each.transpose("replicate").values for each in xr.align(*values, join="exact")])
    picks = np.random.default_rng(1).integers(table.shape[1], size=(RESAMPLES, table.shape[1]))
    drawn = figure(*(np.median(row[picks], axis=1) for row in table))
    low, high = np.quantile(drawn, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return Estimate(float(figure(*np.median(table, axis=1))), float(low), float(high))


# Verdicts and text


def verdict(found: Estimate, low: float, high: float) -> str:
    """Whether the whole interval lies within the goal, or outside; "unsure" where it holds an end of the goal."""
    if low <= found.low and found.high <= high:
        return "yes"
    return "no" if found.high < low or found.low > high else "unsure"


def percent(found: Estimate, digits: int = 1) -> str:
    return text_of(Estimate(100 * found.value, 100 * found.low, 100 * found.high), digits) + " %"


def text_of(found: Estimate, digits: int = 2) -> str:
    value, low, high = (f"{number:.{digits}f}".replace("-", "−") for number in (found.value, found.low, found.high))
    return value if math.isnan(found.low) else f"{value} ({low} to {high})"


def hundredths(found: Estimate) -> str:
    return percent(found, 2)


def thousandths(found: Estimate) -> str:
    return text_of(found, 3)


def short(value: float) -> str:
    """Three figures, and whole numbers in full."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def row_of(figure: str, found: Estimate, goal: tuple[float, float] | None = None, note: str = "",
           written: Callable[[Estimate], str] = percent) -> Row:
    """A row of an estimate; without a goal it is a report."""
    if goal is None:
        return Row(figure, "–", written(found) + note)
    ends = [written(Estimate(end)).removesuffix(" %") for end in goal]
    unit = " %" if written(found).endswith("%") else ""
    low, high = ends
    wanted = f"≥ {low}{unit}" if goal[1] == math.inf else f"{low}{unit}" if low == high else f"{low} to {high}{unit}"
    return Row(figure, wanted, written(found) + note, verdict(found, *goal))


def same(figure: str, found: Estimate) -> Row:
    """Not met where a difference is seen, met only where one of ERROR would be."""
    seen = found.low > 0 or found.high < 0
    met = "no" if seen else "yes" if (found.high - found.low) / 2 <= ERROR else "unsure"
    return Row(figure, f"0, known to ±{100 * ERROR:g} %", percent(found, 2), met)


def table_of(rows: list[Row]) -> str:
    lines = ["| figure | goal | found | met? |", "|---|---|---|---|"]
    return "\n".join([*lines, *(f"| {row.figure} | {row.goal} | {row.found} | {row.met} |" for row in rows)])


# Figures of the simulated city


def times_of(data: xr.Dataset) -> list[str]:
    """The dimension of a variable that counts steps or years."""
    return [str(dim) for dim in data["refused"].dims if dim in ("time", "year")]


def whole(data: xr.Dataset, name: str) -> xr.DataArray:
    """A variable of the whole city, by scenario, replicate and year."""
    return data[name].sum([dim for dim in data[name].dims if dim not in ("scenario", "replicate", "year")])


def real_output(data: xr.Dataset) -> xr.DataArray:
    """Output at prices of the base year: yearly sums over the yearly mean price of each industry."""
    return (data["output"].sum("cluster") / data["price"]).sum("industry")


def first_to_following(values: xr.DataArray) -> Estimate:
    """First year against the mean of the years that follow, less one."""
    first = values["year"].min()
    following = values.sel(year=values["year"] > first).mean("year")
    return change_of_mean(following, values.sel(year=first, drop=True))


def yearly_growth(levels: xr.DataArray) -> xr.DataArray:
    return np.log(levels).diff("year")


def mean_correlation(growth: xr.DataArray) -> xr.DataArray:
    """By replicate: mean correlation over the pairs of industries, over the years."""
    keys = [str(key) for key in growth["industry"].values]
    pairs = [(a, b) for place, a in enumerate(keys) for b in keys[place + 1 :]]
    apart = growth.rename(industry="other")
    table = xr.corr(growth, apart, dim="year")
    found = [table.sel(industry=a, other=b, drop=True) for a, b in pairs]
    return xr.concat(found, "pair").mean("pair")


# Figures of firms one by one


def at_ends_of_years(firms: pd.DataFrame) -> pd.DataFrame:
    """Living firms at the last step of every year, whatever a step is called."""
    [part] = [name for name in firms.columns if name in (*PARTS_OF_YEAR, "part")]
    return firms[(firms["alive"] == 1) & (firms[part] == firms[part].max())]


def survivors(firms: pd.DataFrame) -> pd.DataFrame:
    """Of firms at ends of years, of every size, those that sold through this year and the whole year before: sales of
    both, and what this year's would be had the firm grown as all survivors of its industry together."""
    lived = firms[(firms["born"] + BUILDING < firms["year"] - 1) & (firms["last_sales"] > SOLD)]
    table = lived[["replicate", "year", "industry", "last_sales", "year_sales"]].copy()
    sums = table.groupby(["replicate", "year", "industry"], observed=True)[["last_sales", "year_sales"]]
    totals = sums.transform("sum")
    table["expected"] = table["last_sales"] * totals["year_sales"] / totals["last_sales"]
    table["size"] = (table["last_sales"] + table["year_sales"]) / 2
    return table


def class_growth(table: pd.DataFrame, low: float, high: float, by: str = "last_sales") -> Estimate:
    """Growth of the total of a class of sizes beyond that of its industries, a year; `by` the sales of last year, of
    which Gibrat's law speaks, or "size", their mean with this year's."""
    inside = table[table[by].between(low, high, inclusive="left")]
    sums = inside.groupby("replicate")[["year_sales", "expected"]].sum()
    top, bottom = (xr.DataArray(sums[name], dims="replicate") for name in ("year_sales", "expected"))
    return change_of_mean(bottom, top)


def growth_spread(table: pd.DataFrame, low: float, high: float) -> Estimate:
    """Standard deviation of log growth beyond that of the industry, mean over replicates."""
    chosen = table[table["size"].between(low, high, inclusive="left") & (table["year_sales"] > 0)]
    rates = np.log(chosen["year_sales"] / chosen["expected"])
    return mean_of(xr.DataArray(rates.groupby(chosen["replicate"]).std(), dims="replicate"))


def yearly(firms: pd.DataFrame, values: pd.Series, statistic: str) -> xr.DataArray:
    """A statistic of firms by replicate and year."""
    found = values.groupby([firms["replicate"], firms["year"]]).agg(statistic)
    return xr.DataArray(found.unstack(), dims=("replicate", "year"))


def last_year(panels: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Efficiency of firms at the end of the last year, by replicate and identity."""
    columns = ["replicate", "id", "industry", "intensity", "efficiency"]
    kept = [firms.loc[firms["year"] == firms["year"].max(), columns] for firms in panels]
    return pd.concat(kept).set_index(["replicate", "id"])


def learnt(base: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """Of performers of R&D in both arms: by how much efficiency is above the base's, and the share of the performers of
    the industry that stand below the firm in the base."""
    both = base.join(other.add_suffix("_other"), how="inner")
    both = both[(both["intensity"] > 0) & (both["intensity_other"] > 0)]
    ranks = both.groupby(["replicate", "industry"], observed=True)["efficiency"].rank(pct=True)
    return pd.DataFrame({"gain": both["efficiency_other"] - both["efficiency"], "rank": ranks})


def mean_in_class(table: pd.DataFrame, low: float, high: float) -> Estimate:
    """Mean gain of the firms between two shares, mean over replicates."""
    inside = table[(table["rank"] > low) & (table["rank"] <= high)]
    return mean_of(xr.DataArray(inside.groupby("replicate")["gain"].mean(), dims="replicate"))
