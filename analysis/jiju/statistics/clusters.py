"""Replicates that share a draw of the uncertain parameters are one cluster; every error of a mean over replicates goes
by clusters, and is made here.

With `replicates_per_draw` above one, ten replicates of one draw tell little more of the parameters than one does. So a
mean over replicates is seen as a ratio: the sum of the clusters' totals over the sum of their sizes. With a draw for
each replicate all of this is the ordinary mean, and Student's interval around it.

Knows no scenario; values are arrays whose last dimension is the replicates.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import xarray as xr
from scipy import stats

from jiju import _engine
from jiju.errors import UsageError
from jiju.languages import Lang, translated

# The coordinate along replicates in results files that numbers the draw of each.
DRAW = "replicate_draw"

# Fewer clusters than these say too little of how clusters vary.
LEAST = _engine.least_clusters

# Of the variance by clusters over that of independent replicates: lower estimates are chance.
LEAST_EFFECT = 0.2

RESAMPLES = 2000


@dataclass(frozen=True)
class Clusters:
    """Which replicates belong together: of each replicate the number of its draw, counted from 0."""

    codes: np.ndarray
    count: int

    @classmethod
    def of(cls, draws: np.ndarray) -> Clusters:
        labels, codes = np.unique(draws, return_inverse=True)
        return cls(codes.reshape(-1), len(labels))

    @classmethod
    def along(cls, data: xr.DataArray | xr.Dataset) -> Clusters:
        """Those of data along replicates; without the coordinate each replicate has a draw of its own."""
        if DRAW in data.coords and data[DRAW].dims == ("replicate",):
            return cls.of(data[DRAW].values)
        return cls(np.arange(data.sizes["replicate"]), data.sizes["replicate"])

    @property
    def nested(self) -> bool:
        return self.count < len(self.codes)

    def totals(self, values: np.ndarray) -> np.ndarray:
        """Sums over the replicates of each cluster."""
        if not self.nested:
            return values
        order = np.argsort(self.codes, kind="stable")
        starts = np.searchsorted(self.codes[order], np.arange(self.count))
        return np.asarray(np.add.reduceat(values[..., order], starts, axis=-1))

    def check(self) -> None:
        """Refuses what has too few clusters for any interval."""
        if self.nested and self.count < LEAST:
            replicates, size = len(self.codes), int(np.bincount(self.codes).max())
            raise UsageError(
                translated(
                    "these {replicates} replicates share {count} draws of the uncertain parameters, up to {size} a "
                    "draw, and an interval needs {LEAST} draws at least: give {value} replicates or more, or at most "
                    "{value_2} replicates a draw (replicates_per_draw)",
                    replicates=replicates,
                    count=self.count,
                    size=size,
                    LEAST=LEAST,
                    value=LEAST * size,
                    value_2=max(replicates // LEAST, 1),
                )
            )

    def remark(self, lang: Lang = "en") -> str:
        """What a reader must know of nested replicates."""
        if lang == "zh":
            return f"{len(self.codes)}次重复试验共用{self.count}组参数抽样；区间与检验按参数抽样计算"
        return (
            translated(
                "{codes} replicates share {count} draws of the uncertain parameters; intervals and tests go by draw",
                codes=len(self.codes), count=self.count,
            )
        )


class Mean(NamedTuple):
    """Of values over replicates: how many are known, of how many draws, the mean, its variance, its freedom."""

    n: np.ndarray
    draws: np.ndarray
    mean: np.ndarray
    variance: np.ndarray
    freedom: np.ndarray


def mean_of(values: np.ndarray, clusters: Clusters) -> Mean:
    """The mean over the last dimension; its variance is that of a ratio estimator, by the residual totals of clusters.

    Each total is enlarged by what its cluster has pulled the mean towards itself (Bell and McCaffrey 2002, Survey
    Methodology 28, 169-181), and the degrees of freedom are those of as many clusters of equal size as would be as
    unequal (Kish 1965). The variance is unknown (NaN) of one cluster, and of fewer than LEAST that are true clusters.
    """
    known = ~np.isnan(values)
    n = known.sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(known, values, 0.0).sum(axis=-1) / np.where(n > 0, n, np.nan)
        residuals = clusters.totals(np.where(known, values - mean[..., None], 0.0))
        sizes = clusters.totals(known.astype(float))
        share = sizes / np.where(n > 0, n, np.nan)[..., None]
        draws = (sizes > 0).sum(axis=-1)
        variance = (residuals**2 / np.where(share < 1, 1 - share, np.nan)).sum(axis=-1) / n.astype(float) ** 2
        freedom = 1 / (share**2).sum(axis=-1) - 1
    few = (draws < 2) | ((draws < LEAST) & (sizes.max(axis=-1, initial=0) > 1))
    return Mean(n, draws, mean, np.where(few, np.nan, variance), np.where(few, np.nan, freedom))


def quantile_of(freedom: np.ndarray, confidence: float) -> np.ndarray:
    """Student's; NaN where nothing is free."""
    return np.asarray(stats.t.ppf(0.5 + confidence / 2, np.where(freedom > 0, freedom, np.nan)))


def interval_of(found: Mean, confidence: float) -> tuple[np.ndarray, np.ndarray]:
    """Student's interval around a mean. A variance of zero leaves no width, one cluster leaves no interval."""
    half = quantile_of(found.freedom, confidence) * np.sqrt(found.variance)
    return found.mean - half, found.mean + half


def p_value_of_mean(found: Mean) -> float:
    """Student's test that the mean is zero, also where nothing varies; 1 where nothing is known of how it varies."""
    if np.isnan(found.variance):
        return 1.0
    # What is left of equal values by rounding is no variance.
    if found.variance <= (1e-12 * found.mean) ** 2:
        return 1.0 if found.mean == 0 else 0.0
    return float(2 * stats.t.sf(abs(found.mean) / math.sqrt(found.variance), found.freedom))


def effective_size(values: np.ndarray, clusters: Clusters) -> float:
    """As many independent replicates would know the share of an event equally well (Korn and Graubard 1998, Survey
    Methodology 24, 193-201); of events that all or none show, as many as there are clusters."""
    found = mean_of(values, clusters)
    alone = float(np.nanvar(values)) / float(found.n)
    if alone == 0 or np.isnan(found.variance):
        return float(found.draws)
    return float(found.n) / max(float(found.variance) / alone, LEAST_EFFECT)


def sign_test(totals: np.ndarray) -> float:
    """Exact two-sided test that clusters' totals of -1, 0 and 1 are as likely with the other sign.

    It holds where the two arms could change places cluster by cluster. With a draw for each replicate it is McNemar's
    exact test. The distribution of the sum of all signed totals is counted, totals of one size at a time.
    """
    whole = np.rint(totals).astype(np.int64)
    sizes, counts = np.unique(np.abs(whole[whole != 0]), return_counts=True)
    chances = np.ones(1)  # of the sums -reach, ..., reach
    for size, count in zip(sizes, counts, strict=True):
        steps = np.zeros(2 * size * count + 1)
        steps[:: 2 * size] = stats.binom.pmf(np.arange(count + 1), count, 0.5)
        # Counted by Fourier transforms the chances are exact to some 1e-16, which is enough for so many clusters.
        if len(chances) * len(steps) > 10_000_000:
            from scipy import signal  # half a second that others need not wait

            chances = np.clip(signal.fftconvolve(chances, steps), 0, None)
        else:
            chances = np.convolve(chances, steps)
    reach = (len(chances) - 1) // 2
    sums = np.arange(-reach, reach + 1)
    return float(min(1.0, chances[np.abs(sums) >= abs(int(whole.sum()))].sum()))


def weights_of_resamples(clusters: int, resamples: int, random: np.random.Generator) -> np.ndarray:
    """How often each cluster is drawn in each resample: one fewer than there are, with replacement.

    So the spread over resamples is that of the mean itself, not smaller by one part in as many as there are clusters
    (Rao and Wu 1988, Journal of the American Statistical Association 83, 231-241).
    """
    return np.asarray(random.multinomial(max(clusters - 1, 1), np.full(clusters, 1 / clusters), size=resamples))


def bootstrap_interval(
    statistic: Callable[..., np.ndarray], values: tuple[np.ndarray, ...], clusters: Clusters, confidence: float,
    resamples: int = RESAMPLES,
) -> tuple[float, float]:  # fmt: skip
    """Interval of a function of totals over replicates, as a ratio of means is, from resampled clusters.

    Percentiles of the resamples at the levels where Student's interval of a mean would end (Hesterberg 2015, American
    Statistician 69, 371-386, "expanded percentile"): plain ones are too narrow where clusters are few.
    """
    if clusters.count < 2 or (clusters.nested and clusters.count < LEAST):
        return math.nan, math.nan
    totals = [clusters.totals(each) for each in values]
    # Resamples of one cluster fewer spread as the mean does, so that the quantile alone is left to widen.
    level = stats.norm.cdf(-stats.t.ppf(0.5 + confidence / 2, clusters.count - 1))
    random = np.random.default_rng(0)
    at_once = max(1, 4_000_000 // clusters.count)
    found = []
    for first in range(0, resamples, at_once):
        weights = weights_of_resamples(clusters.count, min(at_once, resamples - first), random)
        found.append(statistic(*(weights @ total for total in totals)))
    low, high = np.nanquantile(np.concatenate(found), [level, 1 - level])
    return float(low), float(high)
