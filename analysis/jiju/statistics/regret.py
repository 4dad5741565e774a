"""Regret, the chance of being best, and the share of draws that will do, from values that chance has blurred.

Rows are draws of the uncertain parameters; of each there are values in two halves of its replicates. The best of
blurred means is too good on average, so regret of means is too large. A plan that is chosen on one half and measured
on the other is not; but the choice errs, so that regret is too small. The truth lies between the two, whatever chance
is like.

In between, what hangs on how draws are spread (a regret, a share, a quantile) is counted on means that are drawn in
until they vary as much as they would without chance. Knows no scenario and no engine.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import stats
from threadpoolctl import threadpool_limits

from jiju.statistics.clusters import Clusters, interval_of, mean_of, weights_of_resamples
from jiju.statistics.proportions import interval_of_share

RESAMPLES = 400
FOLDS = 5
HIGH = 0.95  # of draws have less regret than the high one


@dataclass(frozen=True)
class Interval:
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Halves:
    """Values by draw and variable (a plan, an outcome of a plan), of two halves of each draw's replicates."""

    one: np.ndarray
    two: np.ndarray

    @property
    def mean(self) -> np.ndarray:
        return np.asarray((self.one + self.two) / 2)

    def take(self, draws: np.ndarray) -> Halves:
        return Halves(self.one[draws], self.two[draws])


def halves_of(values: np.ndarray, combined: Callable[[np.ndarray], np.ndarray]) -> Halves:
    """From draws x replicates x variables x columns; `combined` makes one number of the columns' means, along the last
    axis. ValueError where the number of replicates a draw is odd."""
    count = values.shape[1]
    if count % 2:
        raise ValueError(count)
    return Halves(*(combined(part.mean(axis=1)) for part in (values[:, : count // 2], values[:, count // 2 :])))


def root(matrix: np.ndarray, power: float) -> np.ndarray:
    """Of a symmetric matrix; directions in which nothing varies stay without variance."""
    values, vectors = np.linalg.eigh(matrix)
    kept = values > 1e-12 * max(float(values.max(initial=0.0)), 0.0)
    scaled = np.where(kept, np.abs(np.where(kept, values, 1.0)) ** power, 0.0)
    return np.asarray((vectors * scaled) @ vectors.T)


def covariance(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    centred = values - np.average(values, axis=0, weights=weights)
    return np.asarray((centred * weights[:, None]).T @ centred / (weights.sum() - 1))


def without_chance(halves: Halves, weights: np.ndarray | None = None) -> np.ndarray:
    """Means by draw, drawn in towards their mean until they vary as the draws' true values do.

    Chance in a mean varies a quarter as much as the difference of the halves. Of all linear maps that leave the rest of
    the covariance, this one moves the points least (Olkin and Pukelsheim 1982, Linear Algebra and its Applications 48,
    257-263); that estimates should vary as what they estimate: Louis 1984, Journal of the American Statistical
    Association 79, 393-398. Exact where all is normal.
    """
    own = np.ones(len(halves.one)) if weights is None else weights
    means = halves.mean
    centre = np.average(means, axis=0, weights=own)
    seen, chance = covariance(means, own), covariance(halves.one - halves.two, own) / 4
    values, vectors = np.linalg.eigh(seen - chance)
    true = (vectors * np.maximum(values, 0.0)) @ vectors.T
    half, back = root(seen, 0.5), root(seen, -0.5)
    return np.asarray(centre + (means - centre) @ (back @ root(half @ true @ half, 0.5) @ back))


def share_of_chance(halves: Halves) -> float:
    """Of the variance of differences between plans over draws, what chance is of it."""
    seen, chance = (
        float((each - each.mean(axis=1, keepdims=True)).var(axis=0, ddof=1).sum())
        for each in (halves.mean, (halves.one - halves.two) / 2)
    )
    return min(chance / seen, 1.0) if seen > 0 else 0.0


def regret_of_means(halves: Halves) -> np.ndarray:
    """By draw and plan: the best mean less its own. Too large on average."""
    means = halves.mean
    return np.asarray(means.max(axis=1, keepdims=True) - means)


def crossed_regret(halves: Halves) -> np.ndarray:
    """By draw and plan: what the plan that one half says is best has on the other half, less the plan's own there; the
    mean of both ways. Too small on average, and for a draw by itself below zero as often as chance will have it.

    One half says what the other will be by linear regression, so that a half of chance alone chooses the plan that is
    best on average; its lines come from the draws of other folds.
    """
    draws = len(halves.one)
    found = np.zeros_like(halves.one)
    for fold in range(FOLDS):
        own = np.arange(draws) % FOLDS == fold
        for here, there in ((halves.one, halves.two), (halves.two, halves.one)):
            chosen = predicted(here[~own], there[~own], here[own]).argmax(axis=1)
            best = there[own][np.arange(own.sum()), chosen]
            found[own] += (best[:, None] - there[own]) / 2
    return found


def predicted(given: np.ndarray, wanted: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Lines of every wanted column on all given ones, by least squares."""
    centre = given.mean(axis=0)
    lines = np.linalg.lstsq(given - centre, wanted - wanted.mean(axis=0), rcond=1e-9)[0]
    return np.asarray(wanted.mean(axis=0) + (at - centre) @ lines)


def mean_over_draws(values: np.ndarray, confidence: float) -> list[Interval]:
    """Of each column, with Student's interval over draws."""
    found = mean_of(values.T, Clusters(np.arange(len(values)), len(values)))
    low, high = interval_of(found, confidence)
    return [Interval(*map(float, each)) for each in zip(found.mean, low, high, strict=True)]


def best_shares(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Share of draws in which each plan is best; plans that are best together share a draw."""
    best = values >= values.max(axis=1, keepdims=True)
    return np.asarray(np.average(best / best.sum(axis=1, keepdims=True), axis=0, weights=weights))


def mean_regrets(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    return np.asarray(np.average(values.max(axis=1, keepdims=True) - values, axis=0, weights=weights))


def high_regrets(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Of each plan the regret that one draw in twenty exceeds."""
    regret = values.max(axis=1, keepdims=True) - values
    found = []
    for own in regret.T:
        order = np.argsort(own)
        found.append(own[order][np.searchsorted(np.cumsum(weights[order]), HIGH * weights.sum() - 1e-9)])
    return np.array(found)


def resampled(
    halves: Halves, statistic: Callable[[np.ndarray, np.ndarray], np.ndarray], confidence: float, *,
    shares: bool = True, seed: int = 0,
) -> list[Interval]:  # fmt: skip
    """A statistic of means without chance, with percentiles over resampled draws; each resample estimates once more
    what chance is. Of shares, which resamples leave without width near 0 and 1, the interval is no shorter than
    Wilson's."""
    draws = len(halves.one)
    ones = np.ones(draws)
    value = np.atleast_1d(statistic(without_chance(halves), ones))
    random = np.random.default_rng(seed)
    weights = weights_of_resamples(draws, RESAMPLES, random).astype(float)
    with threadpool_limits(1):  # the matrices are tiny
        found = np.array([np.atleast_1d(statistic(without_chance(halves, each), each)) for each in weights])
    level = float(stats.norm.cdf(-stats.t.ppf(0.5 + confidence / 2, draws - 1)))
    low, high = np.quantile(found, [level, 1 - level], axis=0)
    if shares:
        wilson = np.array([wilson_of(each, draws, confidence) for each in value])
        low, high = np.minimum(low, wilson[:, 0]), np.maximum(high, wilson[:, 1])
    return [Interval(*map(float, each)) for each in zip(value, low, high, strict=True)]


def wilson_of(share: float, draws: int, confidence: float) -> tuple[float, float]:
    met = np.arange(draws) < round(share * draws)
    return interval_of_share(met, Clusters(np.arange(draws), draws), confidence)
