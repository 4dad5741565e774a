"""What a decision gains by knowing some numbers before it is taken: the gain over the plan that is best on average,
regressed on those numbers.

Strong, Oakley and Brennan 2014, Medical Decision Making 34, 311-326: the expectation of the net benefit given a
parameter is a smooth curve through the simulated points, so no simulation within the simulation is needed. Curves are
cubic splines of the parameter's normal scores, shrunk by ridge regression to the mean as far as leaving out one point
at a time asks for (scikit-learn). Knows no scenario; rows are draws of the parameters.
"""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

import numpy as np
from scipy import stats
from sklearn.linear_model import RidgeCV
from sklearn.preprocessing import SplineTransformer

from jiju.statistics.clusters import weights_of_resamples

# Of the penalty over the number of draws; columns are standardised.
PENALTIES = np.logspace(-4, 3, 15)
# Curves of resamples are shrunk by no more than this: what shrinking takes away must not be missing in the error.
LARGEST_OF_RESAMPLES = 0.05

RESAMPLES = 200

# Of more parameters that are known together, draws are too few to see more than straight lines.
MOST_CURVED = 5


class Gain(NamedTuple):
    """Of knowing something: its value, its standard error, and how often the choice would be another."""

    value: float
    error: float
    change: float


def knots_for(draws: int) -> int:
    """Two make a line: a few draws say no more of a curve."""
    return 2 if draws < 40 else 3 if draws < 100 else 5


def columns_of(known: np.ndarray) -> np.ndarray:
    """What curves of the columns of `known` are made of: splines of each, and products of each two.

    Standardised; none where nothing varies.
    """
    scores = [normal_scores(column) for column in known.T if np.ptp(column) > 0]
    if not scores:
        return np.empty((len(known), 0))
    found = scores
    if len(scores) <= MOST_CURVED:
        found = [curve for each in scores for curve in splines(each, knots_for(len(known))).T]
        found += [one * two for one, two in combinations(scores, 2)]
    columns = np.column_stack(found)
    columns = columns - columns.mean(axis=0)
    spread = columns.std(axis=0)
    return np.asarray(columns[:, spread > 1e-9] / spread[spread > 1e-9])


def normal_scores(column: np.ndarray) -> np.ndarray:
    """By rank, so that no draw far out pulls the curve."""
    return np.asarray(stats.norm.ppf(stats.rankdata(column) / (len(column) + 1)))


def splines(score: np.ndarray, knots: int) -> np.ndarray:
    places = np.unique(np.quantile(score, np.linspace(0, 1, knots)))
    if len(places) < 3:
        return score[:, None]
    curves = SplineTransformer(degree=3, knots=places[:, None], include_bias=False, extrapolation="constant")
    return np.asarray(curves.fit_transform(score[:, None]))


def resamples(draws: int, seed: int) -> np.ndarray:
    """Weights of draws, one row a resample."""
    return weights_of_resamples(draws, RESAMPLES, np.random.default_rng(seed)).astype(float)


def gain_of_knowing(known: np.ndarray, benefit: np.ndarray, weights: np.ndarray) -> Gain:
    """Of knowing the columns of `known` (draw, parameter) before choosing among the columns of `benefit` (draw, plan).
    `weights` are resamples of the draws, or none where the error is not wanted.

    The value is the mean, over draws, of the best of the curves, less that of the plan that is best on average. Its
    error is the larger of two. One is that of the rule "choose by the curves", from what the rule gains in each draw;
    to first order it holds, as a slightly wrong curve gains as much. The other is the spread over resampled draws with
    curves fitted again, which sees curves so flat that they change no choice here and would in another sample.
    """
    best = int(np.argmax(benefit.mean(axis=0)))
    against = np.delete(benefit - benefit[:, [best]], best, axis=1)
    columns = columns_of(known)
    if not columns.shape[1]:
        return Gain(0.0, 0.0, 0.0)
    penalties = [float(penalty_of(columns, plan)) for plan in against.T]
    alike = np.ones(len(against))
    curves = np.column_stack(
        [fitted(columns, plan, alike, penalty) for plan, penalty in zip(against.T, penalties, strict=True)]
    )
    gains = np.maximum(curves.max(axis=1), 0.0)
    chosen = np.where(gains > 0, curves.argmax(axis=1), -1)
    of_rule = np.where(chosen >= 0, against[np.arange(len(against)), chosen], 0.0)
    error = float(of_rule.std(ddof=1) / np.sqrt(len(of_rule)))
    if len(weights):
        error = max(error, spread_of_resamples(columns, against, penalties, weights))
    return Gain(float(gains.mean()), error, float(np.mean(chosen >= 0)))


def penalty_of(columns: np.ndarray, values: np.ndarray) -> float:
    if np.ptp(values) == 0:
        return float(PENALTIES[-1] * len(values))
    return float(RidgeCV(alphas=PENALTIES * len(values)).fit(columns, values).alpha_)


def fitted(columns: np.ndarray, values: np.ndarray, weights: np.ndarray, penalty: float) -> np.ndarray:
    """The curve at all draws, of draws with weights; the mean is not shrunk."""
    design = np.column_stack([np.ones(len(columns)), columns])
    weighted = (design * weights[:, None]).T
    penalties = np.full(design.shape[1], penalty)
    penalties[0] = 0
    return np.asarray(design @ np.linalg.solve(weighted @ design + np.diag(penalties), weighted @ values))


def spread_of_resamples(
    columns: np.ndarray, against: np.ndarray, penalties: list[float], weights: np.ndarray
) -> float:
    """Standard deviation of the value over resampled draws, with curves that are hardly shrunk."""
    largest = LARGEST_OF_RESAMPLES * len(columns)
    found = []
    for each in weights:
        best = np.zeros(len(columns))
        for plan, penalty in zip(against.T, penalties, strict=True):
            best = np.maximum(best, fitted(columns, plan, each, min(penalty, largest)))
        found.append((each @ best - max(0.0, float((each @ against).max()))) / each.sum())
    return float(np.std(found, ddof=1))


def gain_of_knowing_all(benefit: list[np.ndarray]) -> Gain:
    """Of knowing everything that was drawn; `benefit` has an array (replicate, plan) for each draw.

    The best of means over the few replicates of a draw is too large, by about one over their number. A jackknife takes
    that away: with m replicates, m times the best of all less m - 1 times what it is with one left out (Quenouille
    1956, Biometrika 43, 353-360). With one replicate a draw nothing can be taken away, and the value is that of knowing
    chance too.
    """
    means = np.stack([each.mean(axis=0) for each in benefit])
    best = int(np.argmax(means.mean(axis=0)))
    gains = np.array([best_of_means(each) for each in benefit]) - means[:, best]
    change = float(np.mean(means.argmax(axis=1) != best))
    return Gain(float(gains.mean()), float(gains.std(ddof=1) / np.sqrt(len(gains))), change)


def best_of_means(replicates: np.ndarray) -> float:
    size = len(replicates)
    whole = float(replicates.mean(axis=0).max())
    if size == 1:
        return whole
    without = (replicates.sum(axis=0) - replicates) / (size - 1)
    return size * whole - (size - 1) * float(without.max(axis=1).mean())


def excess_of_best(benefit: np.ndarray, weights: np.ndarray) -> float:
    """By how much the best of means over draws exceeds the mean of what is best: all values here are too small by
    that. From resamples; next to nothing where one plan is clearly best."""
    means = weights @ benefit / weights.sum(axis=1, keepdims=True)
    return float((means.max(axis=1) - means[:, benefit.mean(axis=0).argmax()]).mean())
