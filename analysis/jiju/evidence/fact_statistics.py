"""The statistics of facts.toml about sizes, growth, productivity, turnover, age, R&D and the whole.

Estimators come from scipy and statsmodels.
"""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.genmod import families
from statsmodels.genmod.generalized_linear_model import GLM
from statsmodels.tools.tools import add_constant

from jiju.evidence.fact_sample import Sample, net_of, over_years, shared, slope, statistic, trimmed, with_year_before
from jiju.languages import translated

# Sizes


def largest(sales: pd.Series | np.ndarray, share: float) -> np.ndarray:
    ordered = np.sort(np.asarray(sales))[::-1]
    return ordered[: max(round(share * ordered.size), 3)]


def rank_exponent(sales: pd.Series | np.ndarray, share: float) -> float:
    """Gabaix and Ibragimov (2011): slope of log(rank - 1/2) on log size, over the largest firms."""
    tail = largest(sales, share)
    rank = np.arange(1, tail.size + 1)
    return -slope(np.log(rank - 0.5), np.log(tail))


def hill_exponent(sales: pd.Series | np.ndarray, share: float) -> float:
    """Hill (1975): maximum likelihood of a Pareto law from the smallest of the largest firms on."""
    tail = largest(sales, share)
    return float(stats.pareto.fit(tail[:-1], floc=0, fscale=tail[-1])[0])


@statistic
def tail_exponent_rank(s: Sample) -> float:
    return over_years(s, lambda year: rank_exponent(year["year_sales"], s.rules["tail"]))


@statistic
def tail_exponent_likelihood(s: Sample) -> float:
    return over_years(s, lambda year: hill_exponent(year["year_sales"], s.rules["tail"]))


@statistic
def log_size_spread(s: Sample) -> float:
    return over_years(s, lambda year: float(np.log(year["year_sales"]).std()))


@statistic
def firms_above_50_in_base_year(s: Sample) -> float:
    first = s.everyone["year"] == s.everyone["year"].min()
    return float((s.everyone.loc[first, "last_sales"] >= 50).sum())


@statistic
def top_four_share(s: Sample) -> float:
    return over_years(s, lambda year: year["year_sales"].nlargest(4).sum() / year["year_sales"].sum())


# Growth: of firms above scale in both years and alive through both, net of what their industry did that year


@shared
def growth(s: Sample) -> pd.DataFrame:
    lived = (s.firms["born"] <= s.firms["year"] - 1) & (s.firms["last_sales"] >= s.rules["threshold"])
    rates: pd.DataFrame = s.firms.loc[lived, ["id", "year", "industry", "last_sales"]].copy()
    raw = np.log(s.firms.loc[lived, "year_sales"] / rates["last_sales"])
    rates["growth"] = net_of(raw, rates["industry"], rates["year"])
    return rates


def subbotin_fit(rates: np.ndarray) -> float:
    """Exponent of the Subbotin law (generalised normal) by maximum likelihood, centred on the median."""
    centred = rates - np.median(rates)
    return float(stats.gennorm.fit(centred, 1.0, floc=0, scale=np.mean(np.abs(centred)))[0])


def spread_scaling(size: np.ndarray, rates: np.ndarray, bins: int) -> float:
    """b of spread ~ size^-b: log spread on mean log size over bins of equal numbers."""
    order = np.argsort(size, kind="stable")
    parts = [part for part in np.array_split(order, bins) if part.size > 2]
    log_size = [np.log(size[part]).mean() for part in parts]
    log_spread = [np.log(rates[part].std(ddof=1)) for part in parts]
    return -slope(log_spread, log_size)


@statistic
def subbotin_exponent(s: Sample) -> float:
    return subbotin_fit(growth(s)["growth"].to_numpy())


@statistic
def growth_excess_kurtosis(s: Sample) -> float:
    return float(stats.kurtosis(growth(s)["growth"]))


@statistic
def growth_spread_scaling(s: Sample) -> float:
    rates = growth(s)
    return spread_scaling(rates["last_sales"].to_numpy(), rates["growth"].to_numpy(), s.rules["size_bins"])


@statistic
def growth_spread(s: Sample) -> float:
    return float(growth(s)["growth"].std())


@statistic
def growth_autocorrelation(s: Sample) -> float:
    pairs = with_year_before(growth(s), "growth")
    return float(stats.pearsonr(pairs["growth"], pairs["before"]).statistic)


# Growth of means: of classes of size, in levels


@shared
def growth_by_class(s: Sample) -> np.ndarray:
    """Growth a year of the total sales of the survivors of each class of size, mean over years, as a share.

    A firm's class is that of its sales two years before, `size_classes`. By the size of the year before, a firm with a
    good year would count as large and then fall back, and the small would seem to grow (regression to the mean: Davis,
    Haltiwanger, Schuh 1996, ch. 4). Their remedy, the mean of both years' sizes, hides a real tendency back to the mean
    as well: in a population that stays as it is, it shows no growth of any class. The year two before shares no
    passing fluctuation of one year with the growth that follows.

    Totals and not logarithms, whose mean lies below by half the variance, more so for the volatile small. Survivors
    count wherever their sales fall to: a class cut off at the threshold would lose its losers.
    """
    classes = s.rules["size_classes"]
    pairs = with_year_before(s.everyone, "last_sales")  # last year's row tells the sales of the year before it
    lived = (pairs["born"] <= pairs["year"] - 2) & (pairs["before"] >= classes[0])
    kept = pairs[lived]
    size = pd.Series(np.searchsorted(classes, kept["before"], side="right") - 1, index=kept.index)
    totals = kept.groupby([kept["year"], size])[["year_sales", "last_sales"]].sum()
    rates = (totals["year_sales"] / totals["last_sales"] - 1).unstack()
    return np.asarray(rates.reindex(columns=range(len(classes))).mean(), float)


def growth_gap(s: Sample, place: int) -> float:
    """Growth of one class less the mean of all classes, each counting once; NaN where a class has no firm."""
    rates = growth_by_class(s)
    return float(rates[place] - rates.mean())


@statistic
def growth_gap_smallest(s: Sample) -> float:
    return growth_gap(s, 0)


@statistic
def growth_gap_small(s: Sample) -> float:
    return growth_gap(s, 1)


@statistic
def growth_gap_middle(s: Sample) -> float:
    return growth_gap(s, 2)


@statistic
def growth_gap_largest(s: Sample) -> float:
    return growth_gap(s, 3)


# Productivity


@shared
def productivity(s: Sample) -> pd.DataFrame:
    """Of firms that lived the whole year, with both inputs and value added, as the surveys' users clean them.

    Value added is as surveys see it, with its error: productivity looks more spread and less persistent than it is.
    """
    positive = (s.firms[["value_added", "labour", "capital"]] > 0).all(axis=1)
    whole = s.firms[(s.firms["quarters"] == 4) & positive]
    share = s.rules["capital_share"]
    table = whole[["id", "year", "industry"]].copy()
    value_added = np.log(whole["value_added"]) + whole["measurement_error"]
    table["labour_productivity"] = value_added - np.log(whole["labour"])
    inputs = share * np.log(whole["capital"]) + (1 - share) * np.log(whole["labour"])
    table["productivity"] = value_added - inputs
    for name in ["labour_productivity", "productivity"]:
        table[name] = net_of(table[name], table["industry"], table["year"])
    return table


@statistic
def productivity_gap_90_10(s: Sample) -> float:
    low, high = trimmed(productivity(s)["productivity"], s.rules["trim"]).quantile([0.1, 0.9])
    return float(high - low)


@statistic
def labour_productivity_spread(s: Sample) -> float:
    return float(trimmed(productivity(s)["labour_productivity"], s.rules["trim"]).std())


@statistic
def productivity_persistence(s: Sample) -> float:
    pairs = with_year_before(productivity(s), "productivity")
    return slope(pairs["productivity"], pairs["before"])


@statistic
def incumbent_productivity_growth(s: Sample) -> float:
    """Growth of real output less that of all inputs, intermediate ones moving with output as in (E6)."""
    whole = s.whole_years
    table = whole[["id", "year"]].copy()
    share = s.rules["capital_share"]
    inputs = share * np.log(whole["capital"]) + (1 - share) * np.log(whole["labour"])
    table["level"] = np.log(whole["output"]) - inputs
    table["weight"] = whole["year_sales"]
    table["value_added_ratio"] = whole["value_added"] / whole["output_value"]
    pairs = with_year_before(table, "level")
    change = pairs["value_added_ratio"] * (pairs["level"] - pairs["before"])
    return float(np.average(change, weights=pairs["weight"]))


# Turnover


@shared
def turnover(s: Sample) -> pd.DataFrame:
    """Above-scale firms of each year but the last, and what became of them."""
    rows = []
    years = sorted(s.firms["year"].unique())
    for before, now in itertools.pairwise(years):
        then = set(s.firms.loc[s.firms["year"] == before, "id"])
        still = set(s.firms.loc[s.firms["year"] == now, "id"])
        alive = set(s.everyone.loc[s.everyone["year"] == now, "id"])
        rows.append({"entry": len(still - then) / len(still), "exit": len(then - still) / len(then),
                     "closure": len(then - alive) / len(then)})  # fmt: skip
    return pd.DataFrame(rows)


@statistic
def entry_share(s: Sample) -> float:
    return float(turnover(s)["entry"].mean())


@statistic
def exit_share(s: Sample) -> float:
    return float(turnover(s)["exit"].mean())


@statistic
def closure_share(s: Sample) -> float:
    return float(turnover(s)["closure"].mean())


def turnover_of_first_year(s: Sample) -> tuple[float, float]:
    """Entries and exits of the first simulated year, as in `turnover`, against the firms of the year before.

    Panels begin with the first step, which some of those firms do not live to see: their number is the base year's.
    ValueError where more are seen than there were, as when the scenario's base threshold is not `threshold`.
    """
    first = s.firms[s.firms["year"] == s.firms["year"].min()]
    there_before = (first["born"] < first["year"]) & (first["last_sales"] >= s.rules["threshold"])
    stayed = int(there_before.sum())
    if stayed > s.base.firms:
        raise ValueError(translated("{stayed} firms stayed of {firms:g}", stayed=stayed, firms=s.base.firms))
    return 1 - stayed / len(first), 1 - stayed / s.base.firms


@statistic
def entry_at_start(s: Sample) -> float:
    return turnover_of_first_year(s)[0] / entry_share(s)


@statistic
def exit_at_start(s: Sample) -> float:
    return turnover_of_first_year(s)[1] / exit_share(s)


# Age


def ages(s: Sample) -> pd.Series:
    """Of above-scale firms at the end of each year, in years."""
    return s.firms["year"] + 1 - s.firms["born"]


@statistic
def median_age(s: Sample) -> float:
    return float(ages(s).median())


@statistic
def young_share(s: Sample) -> float:
    return float((ages(s) < s.rules["young"]).mean())


@statistic
def old_share(s: Sample) -> float:
    return float((ages(s) >= s.rules["old"]).mean())


# R&D and patents


def intensities(s: Sample) -> pd.DataFrame:
    performers = s.firms[s.firms["research"] > 0]
    return performers.assign(ratio=performers["research"] / performers["year_sales"])


@statistic
def performer_share(s: Sample) -> float:
    return float((s.firms["research"] > 0).mean())


@statistic
def research_over_sales(s: Sample) -> float:
    return float(s.firms["research"].sum() / s.firms["year_sales"].sum())


@statistic
def research_skewness(s: Sample) -> float:
    return float(stats.skew(trimmed(intensities(s)["ratio"], s.rules["trim"])))


@statistic
def research_size_slope(s: Sample) -> float:
    performers = intensities(s)
    return slope(np.log(performers["ratio"]), np.log(performers["year_sales"]))


def excess_at(ratio: np.ndarray, notch: float) -> float:
    above = ((ratio >= notch) & (ratio < notch * 7 / 6)).sum()
    below = ((ratio >= notch * 5 / 6) & (ratio < notch)).sum()
    return float(above / below) if below else float("nan")


@statistic
def notch_excess(s: Sample) -> float:
    performers = intensities(s)
    return excess_at((performers["ratio"] + performers["relabelled"]).to_numpy(), s.rules["notch"])  # as reported


@statistic
def patent_elasticity(s: Sample) -> float:
    known = intensities(s).dropna(subset=["new_patents"])
    model = GLM(known["new_patents"], add_constant(np.log(known["research"])), family=families.Poisson())
    return float(model.fit().params["research"])


@statistic
def without_patents(s: Sample) -> float:
    return float((s.firms["new_patents"].dropna() == 0).mean())


# The whole


@shared
def industry_growth(s: Sample) -> tuple[np.ndarray, np.ndarray]:
    """Growth of sales of above-scale firms by year: of all, and by industry."""
    sales = s.firms.pivot_table(index="year", columns="industry", values="year_sales", aggfunc="sum")
    levels = np.vstack([s.base.sales[sales.columns.astype(int)], sales.to_numpy()])
    return np.diff(np.log(levels.sum(axis=1))), np.diff(np.log(levels), axis=0)


@statistic
def total_growth_spread(s: Sample) -> float:
    return float(industry_growth(s)[0].std(ddof=1))


@statistic
def industry_correlation(s: Sample) -> float:
    table = np.corrcoef(industry_growth(s)[1], rowvar=False)
    return float(table[np.triu_indices_from(table, 1)].mean())
