"""Intervals for probabilities: of one event, and for the difference of one event in two arms that share their draws.

Score intervals, because they cover as often as they say where events are rare and where no pair disagrees. That of one
event is the program's own (docs/precision.md). For a difference, where replicates share draws of the parameters, counts
are taken at the effective size of the sample and the quantile is Student's on the draws (Korn and Graubard 1998). A
bootstrap over the draws was tried and covers too rarely: where no draw shows the event it has no width.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import stats
from scipy.optimize import brentq

from jiju import _engine
from jiju.statistics.clusters import Clusters, effective_size, mean_of


@dataclass(frozen=True)
class Size:
    """What a sample of events is worth: independent replicates, and the quantile that goes with them."""

    n: float
    quantile: float


def size_of(values: np.ndarray, clusters: Clusters, confidence: float) -> Size | None:
    """None where there are too few replicates or draws for an interval."""
    known = ~np.isnan(values)
    if not known.any():
        return None
    kept = Clusters.of(clusters.codes[known])
    if not kept.nested:
        return Size(float(known.sum()), float(stats.norm.ppf(0.5 + confidence / 2)))
    found = mean_of(values[known], kept)
    if np.isnan(found.variance):
        return None
    return Size(
        effective_size(values[known], kept), float(stats.t.ppf(0.5 + confidence / 2, max(float(found.freedom), 1.0)))
    )


def interval_of_share(met: np.ndarray, clusters: Clusters, confidence: float) -> tuple[float, float]:
    """Of the share of `met`, as the program's own tables have it: Wilson's score interval (Wilson 1927, Journal of the
    American Statistical Association 22, 209-212), where replicates share draws at their effective number
    (docs/precision.md). NaN where there is no replicate, or there are too few draws."""
    if not len(met):
        return math.nan, math.nan
    order = np.argsort(clusters.codes, kind="stable")
    return _engine.interval_of_probability(
        np.ascontiguousarray(met[order], dtype=bool), clusters.codes[order].astype(np.int64), confidence
    )


def score_of_difference(only_base: float, only_other: float, n: float, difference: float) -> float:
    """Tango's score of a difference P(other) - P(base), given how many of n pairs have the event in one arm only.

    Tango 1998, Statistics in Medicine 17, 891-908, equations 5 to 8. The chance of an event in the base only is taken
    at its most likely value under that difference.
    """
    b, c = only_other, only_base
    linear = -b - c + (2 * n - b + c) * difference
    constant = -c * difference * (1 - difference)
    nuisance = (math.sqrt(max(linear**2 - 8 * n * constant, 0.0)) - linear) / (4 * n)
    variance = n * (2 * nuisance + difference * (1 - difference))
    gap = b - c - n * difference
    if abs(gap) <= 1e-12 * n:
        return 0.0
    return gap / math.sqrt(variance) if variance > 0 else math.copysign(math.inf, gap)


def tango(only_base: float, only_other: float, n: float, quantile: float) -> tuple[float, float]:
    """The differences that the score test does not refuse: at the two ends the score is the quantile."""
    if n <= 0:
        return math.nan, math.nan
    estimate = (only_other - only_base) / n

    def end(side: float) -> float:
        def excess(difference: float) -> float:
            # The score is infinite at an end of the range that the data rule out; any large number will do there.
            score = score_of_difference(only_base, only_other, n, difference)
            return min(max(score, -1e9), 1e9) + side * quantile

        # Within the range of differences unless the data lie at its very end.
        if estimate == side or excess(side) * excess(estimate) >= 0:
            return side
        return float(brentq(excess, estimate, side, xtol=1e-12))

    return end(-1.0), end(1.0)
