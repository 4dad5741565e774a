"""Differences between scenarios that share their draws, with intervals.

The same replicate has the same draws in both scenarios (common random numbers), so most of the chance cancels in a
replicate's difference. Pairs are found by the number of the replicate, never by its place; what is in one scenario
alone is left out. Errors go by draws of the parameters where replicates share them (clusters.py).
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import pandas as pd
import xarray as xr
from scipy import stats

from jiju.statistics.clusters import Clusters, Mean, interval_of, mean_of, p_value_of_mean, quantile_of, sign_test
from jiju.statistics.proportions import interval_of_share, size_of, tango

Values = xr.DataArray | np.ndarray


def along_replicates(values: Values) -> xr.DataArray:
    """Plain numbers are replicates in order."""
    return values if isinstance(values, xr.DataArray) else xr.DataArray(values, dims="replicate")


def pairs_of(base: Values, other: Values) -> tuple[xr.DataArray, xr.DataArray]:
    """The replicates that are in both, in one order; missing in both where they are missing in one."""
    a, b = along_replicates(base), along_replicates(other)
    if not (set(a.dims) == set(b.dims) and all(alike(a, b, str(dim)) for dim in a.dims)):
        a, b = xr.align(a, b, join="inner")
    if set(a.dims) != set(b.dims):
        a, b = xr.broadcast(a, b)
    b = b.transpose(*a.dims)
    one, two = a.values.astype(float), b.values.astype(float)
    missing = np.isnan(one) | np.isnan(two)
    return a.copy(data=np.where(missing, np.nan, one)), b.copy(data=np.where(missing, np.nan, two))


def alike(a: xr.DataArray, b: xr.DataArray, dim: str) -> bool:
    """Whether two arrays have the same labels in the same order along a dimension, or none and the same length."""
    if (dim in a.indexes) != (dim in b.indexes):
        return False
    return a.indexes[dim].equals(b.indexes[dim]) if dim in a.indexes else a.sizes[dim] == b.sizes[dim]


class Average(NamedTuple):
    """As `clusters.Mean`, along whatever dimensions there are besides replicates."""

    n: xr.DataArray
    draws: xr.DataArray
    mean: xr.DataArray
    variance: xr.DataArray
    freedom: xr.DataArray


def average(values: xr.DataArray, clusters: Clusters | None = None) -> Average:
    of = clusters or Clusters.along(values)
    found = xr.apply_ufunc(
        lambda array: tuple(mean_of(array, of)), values, input_core_dims=[["replicate"]], output_core_dims=[[]] * 5
    )
    return Average(*found)


def student(mean: xr.DataArray, variance: xr.DataArray, freedom: xr.DataArray, confidence: float
            ) -> tuple[xr.DataArray, xr.DataArray]:
    """Student's interval around means. A variance of zero leaves no width, one cluster leaves no interval."""
    half = xr.apply_ufunc(quantile_of, freedom, kwargs={"confidence": confidence}) * variance**0.5
    return mean - half, mean + half


def paired_difference(base: Values, other: Values, confidence: float = 0.95) -> xr.Dataset:
    """Other less base, replicate by replicate, along whatever dimensions they have besides.

    n, draws      pairs, and draws of the parameters among them
    correlation   of the two over replicates: what sharing the draws has reached
    unpaired_runs as many independent runs, of both scenarios together and each with a draw of its own, would know the
                  difference equally well
    runs_saved    that number less the runs that were made; below zero where shared draws cost more than pairing gains
    """
    a, b = pairs_of(base, other)
    difference = b.copy(data=b.values - a.values)
    clusters = Clusters.along(a)
    found = average(difference, clusters)
    variance_a, variance_b, variance = (x.var("replicate", ddof=1) for x in (a, b, difference))
    low, high = student(found.mean, found.variance, found.freedom, confidence)
    spread = (variance_a * variance_b) ** 0.5
    covariance = (variance_a + variance_b - variance) / 2
    # Where all pairs differ alike, no number of unpaired runs would do.
    unpaired = 2 * (variance_a + variance_b) / found.variance.where(found.variance > 0)
    return xr.Dataset(
        {
            "n": found.n,
            "draws": found.draws,
            "base": a.mean("replicate"),
            "other": b.mean("replicate"),
            "difference": found.mean,
            "low": low,
            "high": high,
            "standard_error": np.sqrt(found.variance),
            "correlation": (covariance / spread.where(spread > 0)).clip(-1, 1),
            "unpaired_runs": unpaired,
            "runs_saved": unpaired - 2 * found.n,
        }
    )


def unpaired_difference(base: Values, other: Values, confidence: float = 0.95) -> xr.Dataset:
    """Welch's interval, for results that do not share their draws."""
    values = xr.align(along_replicates(base), along_replicates(other), join="inner", exclude=["replicate"])
    a, b = (average(each) for each in values)
    error = a.variance + b.variance
    freedom = error**2 / (a.variance**2 / a.freedom + b.variance**2 / b.freedom).where(lambda x: x > 0)
    mean = b.mean - a.mean
    low, high = student(mean, error, freedom, confidence)
    return xr.Dataset(
        {
            "n": np.minimum(a.n, b.n),
            "draws": np.minimum(a.draws, b.draws),
            "base": a.mean,
            "other": b.mean,
            "difference": mean,
            "low": low.where(error != 0, mean),
            "high": high.where(error != 0, mean),
            "standard_error": np.sqrt(error),
        }
    )


def gain_of(without: Values, having: Values, confidence: float) -> dict[str, float]:
    """The mean of paired differences of one number a replicate, with its test."""
    a, b = pairs_of(without, having)
    found = mean_of(b.values - a.values, Clusters.along(a))
    low, high = interval_of(found, confidence)
    return {"effect": float(found.mean), "low": float(low), "high": float(high), "p_value": p_value_of_mean(found)}


def paired_probability(base: Values, other: Values, confidence: float = 0.95) -> pd.Series:
    """Probabilities of an event in two scenarios that share their draws, and their difference.

    `only_base` and `only_other` are the replicates that disagree; all that is known of the difference comes from them.
    The interval is Tango's, `p_value` McNemar's exact test of no difference, or its like by draws.
    """
    first, second = pairs_of(base, other)
    known = first.notnull().values
    clusters = Clusters.of(Clusters.along(first).codes[known])
    a, b = first.values[known] > 0.5, second.values[known] > 0.5
    only_base, only_other = int(np.sum(a & ~b)), int(np.sum(~a & b))
    n = len(a)
    change = b.astype(float) - a
    size = size_of(change, clusters, confidence)
    low, high = (
        tango(only_base * size.n / n, only_other * size.n / n, size.n, size.quantile) if size else (math.nan, math.nan)
    )
    tested = n > 0 and (size is not None)
    return pd.Series(
        {
            **single_probabilities(a, b, clusters, clusters, confidence),
            "difference": (only_other - only_base) / n if n else math.nan,
            "low": low,
            "high": high,
            "only_base": only_base,
            "only_other": only_other,
            "p_value": sign_test(clusters.totals(change)) if tested else math.nan,
        }
    )


def single_probabilities(
    a: np.ndarray, b: np.ndarray, of_a: Clusters, of_b: Clusters, confidence: float
) -> dict[str, float]:
    """Each scenario's own probability with Wilson's interval."""
    found: dict[str, float] = {"n": min(len(a), len(b)), "draws": min(of_a.count, of_b.count)}
    for name, met, clusters in (("base", a, of_a), ("other", b, of_b)):
        share = float(met.mean()) if len(met) else math.nan
        low, high = interval_of_share(met, clusters, confidence)
        found |= {name: share, f"{name}_low": low, f"{name}_high": high}
    return found


def probability(met: Values, confidence: float = 0.95) -> tuple[float, float, float]:
    """Of one event: its share of the replicates that did not fail, with Wilson's interval."""
    values = along_replicates(met)
    known = values.notnull().values
    events = values.values[known] > 0.5
    share = float(events.mean()) if len(events) else math.nan
    low, high = interval_of_share(events, Clusters.of(Clusters.along(values).codes[known]), confidence)
    return share, low, high


def unpaired_probability(base: Values, other: Values, confidence: float = 0.95) -> pd.Series:
    """The same without shared draws: Newcombe's interval for independent samples, Fisher's exact test.

    Newcombe 1998, Statistics in Medicine 17, 873-890, method 10: Wilson's intervals of both, squared and added. Where
    replicates share draws of the parameters, the test is Welch's on the draws.
    """
    arrays = [along_replicates(each) for each in (base, other)]
    known = [each.notnull().values for each in arrays]
    a, b = (each.values[there] > 0.5 for each, there in zip(arrays, known, strict=True))
    of_a, of_b = (Clusters.of(Clusters.along(each).codes[there]) for each, there in zip(arrays, known, strict=True))
    found = single_probabilities(a, b, of_a, of_b, confidence)
    difference = found["other"] - found["base"]
    below = math.hypot(found["other"] - found["other_low"], found["base_high"] - found["base"])
    above = math.hypot(found["other_high"] - found["other"], found["base"] - found["base_low"])
    if of_a.nested or of_b.nested:
        p_value = welch_test(mean_of(a.astype(float), of_a), mean_of(b.astype(float), of_b))
    else:
        table = [[int(b.sum()), int((~b).sum())], [int(a.sum()), int((~a).sum())]]
        p_value = float(stats.fisher_exact(table)[1])
    return pd.Series(
        {
            **found,
            "difference": difference,
            "low": float(np.clip(difference - below, -1, 1)),
            "high": float(np.clip(difference + above, -1, 1)),
            "p_value": p_value,
        }
    )


def welch_test(a: Mean, b: Mean) -> float:
    """Of no difference between two means of independent samples."""
    error = float(a.variance + b.variance)
    if not error > 0:
        return 1.0 if a.mean == b.mean or math.isnan(error) else 0.0
    freedom = error**2 / float(a.variance**2 / a.freedom + b.variance**2 / b.freedom)
    return float(2 * stats.t.sf(abs(float(b.mean - a.mean)) / math.sqrt(error), freedom))

