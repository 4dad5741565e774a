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
from jiju.decisions.front_search import dominated
from jiju.decisions.outcomes import OVER_TARGETS, SMALLEST, Outcome, margin_of
from jiju.statistics.clusters import (
    Clusters,
    bootstrap_interval,
    interval_of,
    mean_of,
    weights_of_resamples,
)
from jiju.statistics.control import Controlled, chances, controlled_mean, controlled_share
from jiju.statistics.minima import by_draw, difference_of_smallest, smallest_share
from jiju.statistics.paired import gain_of, paired_probability, probability

BATCHES = 10
SHARES = 1000  # resamples that a share is counted in


@dataclass(frozen=True)
class Estimate:
    """`worth` is how many plain replicates would know it equally well, where a control has narrowed its interval."""

    value: float
    low: float
    high: float
    worth: float = math.nan


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
        return over_targets(outcome, values, None, clusters, confidence)
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
        return over_targets(outcome, values, others, clusters, confidence)
    one, other = by_draw(values[0], clusters), by_draw(others[0], clusters)
    if outcome.is_probability:
        found = paired_probability(other, one, confidence)
        return Estimate(float(found["difference"]), float(found["low"]), float(found["high"]))
    gain = gain_of(other, one, confidence)
    plain = Estimate(gain["effect"], gain["low"], gain["high"])
    return by_control(outcome, plain, values[0] - others[0], None, clusters, confidence, control)


def over_targets(
    outcome: Outcome, values: np.ndarray, others: np.ndarray | None, clusters: Clusters, confidence: float
) -> Estimate:
    """Of targets' probabilities together, of one point or of its gain over another: the smallest by statistics/minima,
    the mean by resampled draws."""
    below = np.zeros_like(values) if others is None else others
    known = np.isfinite(values).all(axis=0) & np.isfinite(below).all(axis=0)
    kept = Clusters.of(clusters.codes[known])
    above, below = values[:, known], below[:, known]
    if outcome.text == SMALLEST:
        if others is None:
            return Estimate(*smallest_share(above, kept, confidence))
        return Estimate(*difference_of_smallest(above, below, kept, confidence))
    rows = len(above)

    def difference(number: np.ndarray, *totals: np.ndarray) -> np.ndarray:
        means = np.stack(totals, axis=-1) / number[..., None]
        return np.asarray(outcome.of_means(means[..., :rows]) - outcome.of_means(means[..., rows:]))

    low, high = bootstrap_interval(difference, (np.ones(known.sum()), *above, *below), kept, confidence)
    value = float(outcome.of_means(above.mean(axis=1)) - outcome.of_means(below.mean(axis=1)))
    return Estimate(value, low, high)


def price_of(
    outcome: Outcome, values: np.ndarray, others: np.ndarray, costs: np.ndarray, clusters: Clusters, confidence: float
) -> Estimate:
    """What one more unit of cost buys between two points: the outcome's gain over the rise of the cost, with an
    interval by resampled draws. Columns x replicates of each point, and the rise by replicate.

    Unknown where the cost does not surely rise.
    """
    known = np.isfinite(values).all(axis=0) & np.isfinite(others).all(axis=0) & np.isfinite(costs)
    kept, unknown = Clusters.of(clusters.codes[known]), Estimate(math.nan, math.nan, math.nan)
    above, below, rise = values[:, known], others[:, known], costs[known]
    if not len(rise):
        return unknown
    low = float(interval_of(mean_of(rise, kept), confidence)[0])
    # A cost that no replicate varies is as sure as one can be.
    if not (low > 0 or (math.isnan(low) and np.ptp(rise) == 0 and rise[0] > 0)):
        return unknown
    rows = len(above)

    def ratio(number: np.ndarray, paid: np.ndarray, *totals: np.ndarray) -> np.ndarray:
        means = np.stack(totals, axis=-1) / number[..., None]
        gained = outcome.of_means(means[..., :rows]) - outcome.of_means(means[..., rows:])
        return np.asarray(gained * number / paid)

    ends = bootstrap_interval(ratio, (np.ones(len(rise)), rise, *above, *below), kept, confidence)
    gained = float(outcome.of_means(above.mean(axis=1)) - outcome.of_means(below.mean(axis=1)))
    return Estimate(gained / float(rise.mean()), *ends)


def often_dominated(objectives: list[tuple[Outcome, np.ndarray, bool]], clusters: Clusters) -> np.ndarray:
    """Of each point, in what share of resampled draws another one dominates it. Each objective has points x columns x
    replicates, and whether it is to be large."""
    known = np.all([np.isfinite(values).all(axis=(0, 1)) for _, values, _ in objectives], axis=0)
    kept = Clusters.of(clusters.codes[known])
    weights = weights_of_resamples(kept.count, SHARES, np.random.default_rng(0))
    number = weights @ kept.totals(np.ones(known.sum()))
    found = []
    for outcome, values, largest in objectives:
        means = np.moveaxis(kept.totals(values[..., known]) @ weights.T / number, -1, 0)  # resamples x points x columns
        found.append(outcome.of_means(means) * (1 if largest else -1))
    return np.asarray(dominated(np.stack(found, axis=-1)).mean(axis=0))


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
