"""Differences between scenarios that share their draws, with intervals.

The same replicate meets the same luck in both scenarios, so most of the luck cancels in a replicate's difference. What
scipy and statsmodels have is taken from there; the interval for a difference of paired probabilities is not in them.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import xarray as xr
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.proportion import proportion_confint


def mean_interval(
    mean: xr.DataArray, variance_of_mean: xr.DataArray, freedom: xr.DataArray, confidence: float
) -> tuple[xr.DataArray, xr.DataArray]:
    """Student's interval around a mean. A variance of zero leaves no width, one replicate leaves no interval."""
    quantile = xr.apply_ufunc(stats.t.ppf, 0.5 + confidence / 2, freedom.where(freedom > 0))
    half = quantile * variance_of_mean**0.5
    return mean - half, mean + half


def paired_difference(base: xr.DataArray, other: xr.DataArray, confidence: float = 0.95) -> xr.Dataset:
    """Other less base, replicate by replicate, along whatever dimensions they have besides.

    correlation   of the two over replicates: what sharing the draws has reached
    unpaired_runs as many runs, of both scenarios together, would know the difference equally well without pairing
    runs_saved    that number less the runs that were made
    """
    both = base.notnull() & other.notnull()
    a, b = base.where(both), other.where(both)
    difference = b - a
    n = both.sum("replicate")
    variance_a, variance_b, variance = (x.var("replicate", ddof=1) for x in (a, b, difference))
    mean = difference.mean("replicate")
    low, high = mean_interval(mean, variance / n, n - 1, confidence)
    spread = (variance_a * variance_b) ** 0.5
    covariance = (variance_a + variance_b - variance) / 2
    unpaired = 2 * n * (variance_a + variance_b) / variance.where(variance > 0)
    return xr.Dataset(
        {
            "n": n,
            "base": a.mean("replicate"),
            "other": b.mean("replicate"),
            "difference": mean,
            "low": low,
            "high": high,
            "standard_error": np.sqrt(variance / n),
            "correlation": (covariance / spread.where(spread > 0)).clip(-1, 1),
            "unpaired_runs": unpaired,
            "runs_saved": unpaired - 2 * n,
        }
    )


def unpaired_difference(base: xr.DataArray, other: xr.DataArray, confidence: float = 0.95) -> xr.Dataset:
    """Welch's interval, for results that do not share their draws."""
    n_a, n_b = base.notnull().sum("replicate"), other.notnull().sum("replicate")
    part_a = base.var("replicate", ddof=1) / n_a
    part_b = other.var("replicate", ddof=1) / n_b
    error = part_a + part_b
    freedom = error**2 / (part_a**2 / (n_a - 1) + part_b**2 / (n_b - 1)).where(lambda x: x > 0)
    mean = other.mean("replicate") - base.mean("replicate")
    low, high = mean_interval(mean, error, freedom, confidence)
    return xr.Dataset(
        {
            "n": np.minimum(n_a, n_b),
            "base": base.mean("replicate"),
            "other": other.mean("replicate"),
            "difference": mean,
            "low": low.where(error > 0, mean),
            "high": high.where(error > 0, mean),
            "standard_error": np.sqrt(error),
        }
    )


def newcombe_paired(both: int, only_base: int, only_other: int, neither: int, confidence: float = 0.95) -> tuple[
    float, float
]:
    """Interval for P(other) - P(base) from pairs: Wilson's intervals, squared and added, less what pairing explains.

    Newcombe 1998, Statistics in Medicine 17, 2635-2650, method 10. It stays within -1 and 1 and has a width where no
    pair disagrees.
    """
    n = both + only_base + only_other + neither
    if n == 0:
        return math.nan, math.nan
    base, other = (both + only_base) / n, (both + only_other) / n
    (low_base, high_base), (low_other, high_other) = (
        proportion_confint(count, n, alpha=1 - confidence, method="wilson")
        for count in (both + only_base, both + only_other)
    )
    phi = newcombe_phi(both, only_base, only_other, neither)

    def half(one: float, two: float) -> float:
        return math.sqrt(max(0.0, one**2 - 2 * phi * one * two + two**2))

    difference = other - base
    return (
        max(-1.0, difference - half(other - low_other, high_base - base)),
        min(1.0, difference + half(high_other - other, base - low_base)),
    )


def newcombe_phi(both: int, only_base: int, only_other: int, neither: int) -> float:
    """Correlation of the pairs, with Newcombe's correction towards zero where it is positive."""
    margins = (both + only_base) * (only_other + neither) * (both + only_other) * (only_base + neither)
    if margins == 0:
        return 0.0
    product = both * neither - only_base * only_other
    n = both + only_base + only_other + neither
    corrected = max(product - n / 2, 0) if product > 0 else product
    return corrected / math.sqrt(margins)


def paired_probability(base: np.ndarray, other: np.ndarray, confidence: float = 0.95) -> pd.Series:
    """Probabilities of an event in two scenarios that share their draws, and their difference.

    `only_base` and `only_other` are the replicates that disagree; all that is known of the difference comes from them.
    `p_value` is McNemar's exact test of no difference.
    """
    known = ~(np.isnan(base) | np.isnan(other))
    a, b = base[known] > 0.5, other[known] > 0.5
    both, only_base, only_other, neither = (int(np.sum(event)) for event in (a & b, a & ~b, ~a & b, ~a & ~b))
    low, high = newcombe_paired(both, only_base, only_other, neither, confidence)
    exact = mcnemar([[both, only_base], [only_other, neither]], exact=True).pvalue if known.any() else math.nan
    return pd.Series(
        {
            **single_probabilities(a, b, confidence),
            "difference": (only_other - only_base) / max(int(known.sum()), 1) if known.any() else math.nan,
            "low": low,
            "high": high,
            "only_base": only_base,
            "only_other": only_other,
            "p_value": float(exact),
        }
    )


def single_probabilities(a: np.ndarray, b: np.ndarray, confidence: float) -> dict[str, float]:
    """Each scenario's own probability with Wilson's interval."""
    found: dict[str, float] = {"n": min(len(a), len(b))}
    for name, met in (("base", a), ("other", b)):
        low, high = (
            proportion_confint(int(met.sum()), len(met), alpha=1 - confidence, method="wilson")
            if len(met)
            else (math.nan, math.nan)
        )
        found |= {name: float(met.mean()) if len(met) else math.nan, f"{name}_low": low, f"{name}_high": high}
    return found


def unpaired_probability(base: np.ndarray, other: np.ndarray, confidence: float = 0.95) -> pd.Series:
    """The same without shared draws: Newcombe's interval for independent samples, Fisher's exact test."""
    from statsmodels.stats.proportion import confint_proportions_2indep

    a, b = base[~np.isnan(base)] > 0.5, other[~np.isnan(other)] > 0.5
    low, high = confint_proportions_2indep(
        int(b.sum()), len(b), int(a.sum()), len(a), compare="diff", method="newcomb", alpha=1 - confidence
    )
    table = [[int(b.sum()), int((~b).sum())], [int(a.sum()), int((~a).sum())]]
    return pd.Series(
        {
            **single_probabilities(a, b, confidence),
            "difference": float(b.mean() - a.mean()),
            "low": float(low),
            "high": float(high),
            "p_value": float(stats.fisher_exact(table)[1]),
        }
    )
