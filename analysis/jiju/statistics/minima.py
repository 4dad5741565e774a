"""The smallest of several probabilities, each estimated by the same replicates.

The smallest estimate is too low: of targets that are about equally likely, the one that chance was against. An interval
must hold the smallest of the true ones all the same. With t the smallest of the true probabilities,

    lower end   that of Wilson's interval of the smallest estimate: where it lies above t, the interval of the target
                that is the smallest in truth does too, so that this errs no more often than one interval does
    upper end   Wilson's again, with the quantile of the smallest of as many correlated normal deviates as there are
                targets that cannot be told from the smallest (Chernozhukov, Lee, Rosen 2013)

Where targets tie the lower end hardly ever errs, and where none does both do: the lower one has two fifths of the error
and the upper one three, which keeps the whole near what is asked in both.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import xarray as xr
from scipy import stats

from jiju.statistics.clusters import DRAW, LEAST, Clusters, effective_size
from jiju.statistics.paired import paired_probability

DISTINGUISHED = 2.0  # standard errors of a difference: what is nearer to the smallest may be the smallest
BELOW = 0.4  # of the error is the lower end's
DEVIATES = 4000


class Smallest(NamedTuple):
    """The smallest probability with its interval."""

    value: float
    low: float
    high: float


def covariances(values: np.ndarray, clusters: Clusters) -> np.ndarray:
    """Of the means of rows over replicates, by residual totals of clusters (clusters.mean_of)."""
    n = values.shape[-1]
    sizes = clusters.totals(np.ones(n))
    totals = clusters.totals(values - values.mean(axis=-1, keepdims=True)) / np.sqrt(1 - sizes / n)
    return np.asarray(totals @ totals.T / n**2)


def wilson_end(share: float, deviate: float, size: float) -> float:
    """The probability from which a share is so many standard errors of that probability away; above the share where
    the number is negative (Wilson 1927)."""
    squared = deviate**2 / size
    half = math.sqrt(squared * (share * (1 - share) + squared / 4))
    return (share + squared / 2 - math.copysign(half, deviate)) / (1 + squared)


def smallest_share(values: np.ndarray, clusters: Clusters, confidence: float) -> Smallest:
    """Of events by replicate (rows x replicates, 0 or 1), the smallest probability: the smallest share, less the bias
    that resampling it would show. NaN where there are too few clusters for an interval.

    Coverage: benchmarks/decisions.
    """
    shares = values.mean(axis=-1)
    place = int(shares.argmin())
    least = float(shares[place])
    if clusters.count < 2 or (clusters.nested and clusters.count < LEAST):
        return Smallest(least, math.nan, math.nan)
    found = covariances(values, clusters)
    errors = np.sqrt(np.diag(found))
    size = effective_size(values[place], clusters)
    scaled = np.divide(found, np.outer(errors, errors), out=np.eye(len(errors)), where=np.outer(errors, errors) > 0)
    levels, axes = np.linalg.eigh(scaled)
    chance = np.random.default_rng(0).normal(size=(DEVIATES, len(errors)))
    deviates = chance @ (axes * np.sqrt(np.maximum(levels, 0))).T
    near = perhaps_smallest(shares, found)
    error = 1 - confidence
    lowest = float(np.quantile(deviates[:, near].min(axis=1), (1 - BELOW) * error))
    low = wilson_end(least, float(stats.norm.ppf(1 - BELOW * error)), size)
    high = wilson_end(least, lowest, size)
    varied = (shares + deviates * errors).min(axis=1)
    value = min(max(2 * least - float(varied.mean()), low), high)
    return Smallest(value, low, high)


def perhaps_smallest(shares: np.ndarray, found: np.ndarray) -> np.ndarray:
    """Which shares cannot be told from the smallest, by their covariances."""
    place = int(shares.argmin())
    apart = np.sqrt(np.maximum(np.diag(found) + found[place, place] - 2 * found[place], 0))
    near = np.asarray(shares - shares[place] <= DISTINGUISHED * apart)
    near[place] = True
    return near


def difference_of_smallest(
    values: np.ndarray, others: np.ndarray, clusters: Clusters, confidence: float
) -> tuple[float, float, float]:
    """By how much the smallest probability of some events exceeds that of others of the same replicates.

    With i the smallest of the first in truth, the difference is at least that of i from any of the others: from i
    itself, which is paired, and from the smallest of the others as estimated. So the lower end is the lowest, over all
    i that may be the smallest, of the higher of Tango's two lower ends; the upper end likewise from the other side.
    Where one event is the smallest of both, this is Tango's interval; where several may be, it is wider.
    """
    one, other = (smallest_share(each, clusters, confidence).value for each in (values, others))
    first, second = (int(each.mean(axis=-1).argmin()) for each in (values, others))
    arrays = [[by_draw(row, clusters) for row in each] for each in (values, others)]

    def ends(i: int, j: int) -> tuple[float, float]:
        found = paired_probability(arrays[1][j], arrays[0][i], confidence)
        return float(found["low"]), float(found["high"])

    mine, theirs = (
        [int(i) for i in np.flatnonzero(perhaps_smallest(each.mean(axis=-1), covariances(each, clusters)))]
        for each in (values, others)
    )
    low = min(max(ends(i, i)[0], ends(i, second)[0]) for i in mine)
    high = max(min(ends(j, j)[1], ends(first, j)[1]) for j in theirs)
    return min(max(one - other, low), high), low, high


def by_draw(values: np.ndarray, clusters: Clusters) -> xr.DataArray:
    """With the draw of each replicate, by which errors go."""
    return xr.DataArray(values, dims="replicate", coords={DRAW: ("replicate", clusters.codes)})
