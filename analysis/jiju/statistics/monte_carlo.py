"""Population Monte Carlo for approximate Bayesian computation: points go where the data can be met.

The first generation fills the priors evenly. Each later one is drawn from a mixture of kernels around the points that
are nearest to the accepted ranges so far (Beaumont et al. 2009); the kernels are drawn in so that the mixture is as
wide as those points are, and no wider (West 1993). Every point of every generation counts, weighted by the prior's
density over that of all generations together (deterministic mixture weights; Cornuet et al. 2012), so the tolerance
falls from generation to generation while no simulation is lost, and no weight exceeds the number of all points over
that of the first generation.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import norm, qmc

from jiju.errors import UsageError
from jiju.languages import translated

EVEN = 0.4  # share of the points that fill the priors; the rest is drawn in the later generations
GENERATIONS = 4  # after the first
KEPT = 0.15  # effective number of points kept, over all points
FEW, KEPT_OF_FEW = 100, 0.3  # below so many, quantiles are rough and intervals short, so more of the points are kept
LEAST_KEPT, MOST_KEPT = 5, 300  # beyond the latter, more points make the tolerance smaller instead
EDGE = 1e-6  # shares are kept this far from 0 and 1, where normal scores have no end


@dataclass(frozen=True)
class Prior:
    """Even between low and high, on the logarithm if `log`."""

    low: float
    high: float
    log: bool = False

    def at(self, share: np.ndarray) -> np.ndarray:
        """The value that lies at a share of the way from low to high."""
        if self.log:
            return self.low * (self.high / self.low) ** share
        return self.low + share * (self.high - self.low)

    def share(self, value: np.ndarray) -> np.ndarray:
        """The share of the way from low to high at which a value lies."""
        if self.log:
            return np.log(np.asarray(value) / self.low) / math.log(self.high / self.low)
        return (np.asarray(value) - self.low) / (self.high - self.low)


# Shares (rows are points, columns parameters) and the number of the generation to summaries, one row a point.
Simulator = Callable[[pd.DataFrame, int], pd.DataFrame]


@dataclass(frozen=True)
class Points:
    """Simulated points: their shares, their summaries, and what each counts."""

    shares: pd.DataFrame
    summaries: pd.DataFrame
    weights: np.ndarray  # density of the prior over that with which they were drawn, mean about 1
    generation: np.ndarray
    scale: pd.Series  # standard deviation of each summary over the prior

    @property
    def first(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Shares and summaries of the first generation, which are draws from the prior."""
        own = self.generation == 0
        return self.shares[own], self.summaries[own]


def sample_priors(priors: Mapping[str, Prior], points: int, seed: int) -> pd.DataFrame:
    """A Latin hypercube of shares: each prior's range is cut into as many parts as points, each visited once."""
    shares = qmc.LatinHypercube(d=len(priors), rng=np.random.default_rng(seed)).random(points)
    return pd.DataFrame(shares, columns=list(priors))


def values_at(shares: pd.DataFrame, priors: Mapping[str, Prior]) -> pd.DataFrame:
    return pd.DataFrame({name: prior.at(shares[name].to_numpy()) for name, prior in priors.items()}, shares.index)


def gaps(summaries: pd.DataFrame, ranges: pd.DataFrame) -> pd.DataFrame:
    """How far each summary lies outside its range; negative below it, zero inside."""
    return summaries - summaries.clip(ranges["low"], ranges["high"], axis=1)


def distances(summaries: pd.DataFrame, ranges: pd.DataFrame, scale: pd.Series) -> np.ndarray:
    """Root mean square of the gaps over the summaries' scale, by point; infinite where a summary is missing."""
    used = list(ranges.index)
    squares = (gaps(summaries[used], ranges) / scale[used]) ** 2
    return np.asarray(np.sqrt(squares.mean(axis=1, skipna=False)).fillna(np.inf))


def scale_of(summaries: pd.DataFrame) -> pd.Series:
    scale = summaries.std()
    return scale.where(scale > 0, 1.0)  # what never moves is met or not, whatever the scale


def effective(weights: np.ndarray) -> float:
    """The number of points of equal weight that tell as much (Kish 1965)."""
    return float(weights.sum() ** 2 / (weights**2).sum()) if weights.any() else 0.0


def nearest(distance: np.ndarray, weights: np.ndarray, enough: float) -> np.ndarray:
    """Positions of the nearest points, as many as make `enough` effective ones, or all that have a distance; of those
    at one distance all or none."""
    order = np.argsort(distance, kind="stable")
    order = np.asarray(order[np.isfinite(distance[order])])
    if len(order) < 2:
        raise UsageError(translated(
            "hardly a point has all summaries; widen no prior further than the model can simulate"
        ))
    first, second = np.cumsum(weights[order]), np.cumsum(weights[order] ** 2)
    many = np.flatnonzero(first**2 / second >= enough)
    if not len(many):
        return order
    # Effective numbers fall where a heavy point joins, so the last crossing would depend on a single point.
    reach = distance[order[max(int(many[0]), 1)]]
    return np.asarray(order[distance[order] <= reach])


def kernel(distance: np.ndarray, reach: float) -> np.ndarray:
    """Epanechnikov's: what a point counts at a distance; all alike where all are inside the ranges."""
    return np.asarray(np.maximum(1 - (distance / reach) ** 2, 1e-3)) if reach > 0 else np.ones(len(distance))


def scores(shares: pd.DataFrame | np.ndarray) -> np.ndarray:
    """Normal scores, which have no ends: over the prior they are standard normal."""
    return np.asarray(norm.ppf(np.clip(np.asarray(shares, float), EDGE, 1 - EDGE)))


def shares_of(scores: np.ndarray) -> np.ndarray:
    return np.asarray(np.clip(norm.cdf(scores), EDGE, 1 - EDGE))


@dataclass(frozen=True)
class Mixture:
    """Normal kernels of one covariance around weighted centres, on normal scores."""

    centres: np.ndarray  # points x parameters
    weights: np.ndarray  # add up to 1
    root: np.ndarray  # Cholesky factor of the kernels' covariance
    numbers: np.ndarray  # of the points that are the centres, among all points

    @staticmethod
    def around(points: np.ndarray, weights: np.ndarray, numbers: np.ndarray) -> Mixture:
        """As wide as the points are: kernels of Silverman's width, their centres drawn to the mean (West 1993)."""
        own = weights / weights.sum()
        mean = own @ points
        spread = (points - mean).T @ ((points - mean) * own[:, None])
        spread += 1e-4 * np.diag(np.maximum(np.diag(spread), 1e-4))  # few points span no volume
        size = points.shape[1]
        width = min((4 / ((size + 2) * effective(own))) ** (1 / (size + 4)), 0.99)
        centres = mean + math.sqrt(1 - width**2) * (points - mean)
        return Mixture(centres, own, np.linalg.cholesky(width**2 * spread), numbers)

    def draw(self, points: int, generator: np.random.Generator) -> np.ndarray:
        chosen = generator.choice(len(self.centres), points, p=self.weights)
        return np.asarray(self.centres[chosen] + generator.standard_normal((points, len(self.root))) @ self.root.T)

    def density(self, points: np.ndarray) -> np.ndarray:
        """Over that of the prior, which is standard normal, at all points so far.

        A point's own kernel does not count: it stands where the point is because the point is there, and would make
        sparse places seem well covered.
        """
        size = len(self.root)
        constant = np.log(np.diag(self.root)).sum()
        found = np.empty(len(points))
        for first in range(0, len(points), 256):
            block = points[first : first + 256]
            apart = np.linalg.solve(self.root, (block[:, None, :] - self.centres).reshape(-1, size).T)
            exponents = -0.5 * (apart**2).sum(axis=0).reshape(len(block), -1) - constant
            exponents += 0.5 * (block**2).sum(axis=1)[:, None]
            own = np.arange(first, first + len(block))[:, None] == self.numbers
            exponents[own] = -np.inf
            top = exponents.max(axis=1)
            found[first : first + 256] = (
                np.exp(top) * (np.exp(exponents - top[:, None]) @ self.weights) / (1 - own @ self.weights)
            )
        return found


def wanted(points: int) -> float:
    """The effective number of points that are kept of so many."""
    return min(max(KEPT * points, min(FEW, KEPT_OF_FEW * points), LEAST_KEPT), MOST_KEPT)


def sizes(points: int) -> list[int]:
    """How many points each generation has."""
    first = max(math.ceil(EVEN * points), min(points, 2 * LEAST_KEPT))
    rest = points - first
    return [first, *(rest // GENERATIONS + (k < rest % GENERATIONS) for k in range(GENERATIONS))]


def explore(
    priors: Mapping[str, Prior],
    simulate: Simulator,
    ranges: pd.DataFrame,
    points: int,
    seed: int,
    first: tuple[pd.DataFrame, pd.DataFrame] | None = None,
) -> Points:
    """Simulates `points` points in generations that close in on the ranges (rows `low` and `high` by summary).

    `first` are shares and summaries of an earlier first generation of the same size, which then is not simulated again.
    """
    numbers = sizes(points)
    shares = first[0] if first else sample_priors(priors, numbers[0], seed)
    summaries = first[1] if first else simulate(shares, 0)
    shares, summaries = shares.reset_index(drop=True), summaries.reset_index(drop=True)
    scale = scale_of(summaries)
    generation = np.zeros(len(shares), int)
    weights = np.ones(len(shares))
    generator = np.random.default_rng([seed, 1])
    mixtures: list[tuple[int, Mixture]] = []
    for number, size in enumerate(numbers[1:], start=1):
        if size == 0:
            continue
        distance = distances(summaries, ranges, scale)
        near = nearest(distance, weights, wanted(points))
        counted = weights[near] * kernel(distance[near], distance[near].max())
        mixture = Mixture.around(scores(shares.iloc[near]), counted, near)
        drawn = pd.DataFrame(shares_of(mixture.draw(size, generator)), columns=list(priors))
        mixtures.append((size, mixture))
        shares = pd.concat([shares, drawn], ignore_index=True)
        summaries = pd.concat([summaries, simulate(drawn, number)], ignore_index=True)
        generation = np.concatenate([generation, np.full(size, number)])
        at = scores(shares)
        density = numbers[0] + sum(count * each.density(at) for count, each in mixtures)
        weights = len(shares) / np.asarray(density)
    return Points(shares, summaries, weights, generation, scale)
