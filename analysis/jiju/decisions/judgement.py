"""What was found, on draws that it was not chosen by.

A point that is best on some draws is good in part and by chance in part: its value there is too high (the winner's
curse). On fresh draws it is not, and how far it may lie below the best is bounded from above (Mak, Morton, Wood 1999):
in every batch of fresh replicates some point is best, and the mean of those bests is at least as high as the best mean.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import xarray as xr
from scipy import stats

from jiju.decisions.evaluation import Control
from jiju.decisions.outcomes import OVER_TARGETS, Outcome, margin_of
from jiju.statistics.clusters import DRAW, Clusters, bootstrap_interval, mean_of
from jiju.statistics.control import Controlled, chances, controlled_mean, controlled_share
from jiju.statistics.paired import gain_of, paired_probability, probability

BATCHES = 10


@dataclass(frozen=True)
class Estimate:
    """`worth` is how many plain replicates would know it equally well, where a control has narrowed its interval."""

    value: float
    low: float
    high: float
    worth: float = math.nan


def by_draw(values: np.ndarray, clusters: Clusters) -> xr.DataArray:
    """With the draw of each replicate, by which errors go."""
    return xr.DataArray(values, dims="replicate", coords={DRAW: ("replicate", clusters.codes)})


def narrowed(
    plain: Estimate, found: Controlled, values: np.ndarray, clusters: Clusters, confidence: float,
    least: float = -math.inf,
) -> Estimate:  # fmt: skip
    """The estimate by a control where its variance is the smaller one."""
    variance = float(mean_of(values, clusters).variance)
    own = float(np.squeeze(found.variance))
    if not own < variance:
        return plain
    ends = [float(np.squeeze(each)) for each in (found.value, *found.interval(confidence))]
    most = 1.0 if least == 0.0 else math.inf
    value, low, high = (min(max(each, least), most) for each in ends)
    return Estimate(value, low, high, float(np.isfinite(values).sum()) * variance / own)


def by_control(
    outcome: Outcome, plain: Estimate, values: np.ndarray, margins: np.ndarray | None, clusters: Clusters,
    confidence: float, control: Control | None,
) -> Estimate:  # fmt: skip
    """Of one column; a probability by its margins, or it stays the plain one."""
    if control is None:
        return plain
    name = outcome.columns[0]
    if not outcome.is_probability:
        found = controlled_mean(values, control.values[name], control.sample)
        return narrowed(plain, found, values, clusters, confidence)
    if margins is None:
        return plain
    chance = chances(margins, control.values[margin_of(name)], control.sample)
    return narrowed(plain, controlled_share(chance, control.sample), values, clusters, confidence, 0.0)


def own_value(
    outcome: Outcome, values: np.ndarray, clusters: Clusters, confidence: float, control: Control | None = None,
    margins: np.ndarray | None = None,
) -> Estimate:  # fmt: skip
    """Of one point, from columns x replicates; with further replicates of the base as a control, and of a probability
    the margins of its replicates, by these where that narrows the interval."""
    if outcome.text in OVER_TARGETS:
        return by_resampling(outcome, values, np.zeros_like(values), clusters, confidence)
    one = by_draw(values[0], clusters)
    if outcome.is_probability:
        plain = Estimate(*probability(one, confidence))
    else:
        found = gain_of(xr.zeros_like(one), one, confidence)
        plain = Estimate(found["effect"], found["low"], found["high"])
    return by_control(outcome, plain, values[0], margins, clusters, confidence, control)


def gain_over(
    outcome: Outcome, values: np.ndarray, others: np.ndarray, clusters: Clusters, confidence: float,
    control: Control | None = None,
) -> Estimate:  # fmt: skip
    """Of one point over another, replicate by replicate; of means by a control too."""
    if outcome.text in OVER_TARGETS:
        return by_resampling(outcome, values, others, clusters, confidence)
    one, other = by_draw(values[0], clusters), by_draw(others[0], clusters)
    if outcome.is_probability:
        found = paired_probability(other, one, confidence)
        return Estimate(float(found["difference"]), float(found["low"]), float(found["high"]))
    gain = gain_of(other, one, confidence)
    plain = Estimate(gain["effect"], gain["low"], gain["high"])
    return by_control(outcome, plain, values[0] - others[0], None, clusters, confidence, control)


def by_resampling(
    outcome: Outcome, values: np.ndarray, others: np.ndarray, clusters: Clusters, confidence: float
) -> Estimate:
    """Of a function of several means, by resampled draws."""
    known = np.isfinite(values).all(axis=0) & np.isfinite(others).all(axis=0)
    kept = Clusters.of(clusters.codes[known])
    above, below = values[:, known], others[:, known]
    rows = len(above)

    def difference(number: np.ndarray, *totals: np.ndarray) -> np.ndarray:
        means = np.stack(totals, axis=-1) / number[..., None]
        return np.asarray(outcome.of_means(means[..., :rows]) - outcome.of_means(means[..., rows:]))

    low, high = bootstrap_interval(difference, (np.ones(known.sum()), *above, *below), kept, confidence)
    value = float(outcome.of_means(above.mean(axis=1)) - outcome.of_means(below.mean(axis=1)))
    return Estimate(value, low, high)


@dataclass(frozen=True)
class Gap:
    """By how much the chosen point may lie below the best of the points that were compared on fresh draws.

    estimate   the mean over batches of the best point's lead over the chosen one; never below zero, and too high
    bound      above which the gap does not lie, at the given confidence
    points     how many were compared
    """

    estimate: float
    bound: float
    points: int
    batches: int


def gap_of(
    outcome: Outcome, values: np.ndarray, chosen: int, clusters: Clusters, confidence: float, largest: bool = True
) -> Gap:
    """From points x columns x replicates, the largest being best, or the smallest.

    A draw of the parameters is never divided between batches.
    """
    batches = min(BATCHES, clusters.count // 2)
    if batches < 2:
        return Gap(math.nan, math.nan, len(values), batches)
    part = np.array_split(np.arange(clusters.count), batches)
    leads = []
    for each in part:
        means = outcome.of_means(np.nanmean(values[:, :, np.isin(clusters.codes, each)], axis=-1))
        leads.append(float((means.max() - means[chosen]) if largest else (means[chosen] - means.min())))
    mean, error = float(np.mean(leads)), float(np.std(leads, ddof=1)) / math.sqrt(batches)
    return Gap(mean, mean + float(stats.t.ppf(confidence, batches - 1)) * error, len(values), batches)
