"""Elementary effects: what one opening does at many places of the others, and how much of that is replicates' chance.

Morris 1991, Technometrics 33, 161-174: trajectories through a grid, each step of which moves one factor. mu* is the
mean size of a factor's effects (Campolongo, Cariboni, Saltelli 2007, Environmental Modelling & Software 22,
1509-1518), sigma their standard deviation. Points share their draws, so that an effect is a mean of paired differences:
its replicates tell how it would be with other draws.

Knows no engine and no plan.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from jiju.statistics.clusters import Clusters, weights_of_resamples

LEVELS = 4
FLIPS, RESAMPLES = 1999, 400


def trajectories_of(factors: int, number: int, seed: int) -> np.ndarray:
    """Points of the unit cube: trajectories x (factors + 1) x factors; neighbours differ in one factor."""
    from SALib.sample import morris

    names = [f"x{place}" for place in range(factors)]
    definition = {"num_vars": factors, "names": names, "bounds": [[0.0, 1.0]] * factors}
    found = morris.sample(definition, number, num_levels=LEVELS, seed=seed)
    return np.asarray(found).reshape(number, factors + 1, factors)


def effects_of(values: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Of each trajectory, factor and replicate the change over the factor's whole range.

    `values` are trajectories x points x replicates, `points` trajectories x points x factors as they were simulated:
    a factor that is rounded moved by what the rounding left. Zero where it left nothing.
    """
    steps, changes = np.diff(points, axis=1), np.diff(values, axis=1)
    size = steps.sum(axis=1)  # each factor moves once in a trajectory
    moved = np.abs(steps) > 1e-12
    found = np.einsum("tsf,tsr->tfr", moved, changes)
    return np.asarray(np.divide(found, size[:, :, None], out=np.zeros_like(found), where=size[:, :, None] != 0))


@dataclass(frozen=True)
class Screened:
    """By factor.

    size       mu*, the mean size of its effects, with an interval over trajectories and replicates
    mean       their mean, with its sign
    spread     sigma, their standard deviation over trajectories
    noise      what mu* would be below, as often as the confidence says, if the factor did nothing
    p_value    how often mu* is as large as it is, or larger, if it does nothing
    """

    size: np.ndarray
    low: np.ndarray
    high: np.ndarray
    mean: np.ndarray
    spread: np.ndarray
    noise: np.ndarray
    p_value: np.ndarray


def screened(effects: np.ndarray, clusters: Clusters, confidence: float, seed: int) -> Screened:
    """Of effects by trajectory, factor and replicate; replicates that lack one are passed over.

    A factor that does nothing has effects of mean zero, and a replicate is as likely to have all of them with the other
    sign. So the signs of whole replicates, or of all that share a draw, are flipped, and mu* taken again: a test that
    holds whatever the spread and however trajectories hang together. The variance of mu* is that over trajectories and
    that over replicates, added; some of the latter is in the former too, so that intervals are rather too wide.
    """
    known = np.isfinite(effects).all(axis=(0, 1))
    kept, of = effects[:, :, known], Clusters.of(clusters.codes[known])
    number, count = len(kept), kept.shape[2]
    totals = of.totals(kept)  # trajectories x factors x clusters
    random = np.random.default_rng([seed, 11])
    means = totals.sum(axis=2) / count
    size = np.abs(means).mean(axis=0)
    signs = random.choice([-1.0, 1.0], size=(totals.shape[2], FLIPS))
    flipped = np.stack([np.abs(each @ signs).mean(axis=0) / count for each in totals.transpose(1, 0, 2)])
    # Equal sums in another order differ by rounding.
    reached = flipped >= size[:, None] * (1 - 1e-9)
    p_value = np.where(size > 0, (1 + reached.sum(axis=1)) / (1 + FLIPS), 1.0)
    weights = weights_of_resamples(of.count, RESAMPLES, random)
    sizes = of.totals(np.ones(count))
    again = np.stack([np.abs(totals @ w / (sizes @ w)).mean(axis=0) for w in weights])
    parts = np.abs(means).var(axis=0, ddof=1) / number, again.var(axis=0, ddof=1)
    half = half_width(parts, (number - 1, of.count - 1), confidence)
    return Screened(
        size, np.maximum(size - half, 0.0), size + half, means.mean(axis=0), means.std(axis=0, ddof=1),
        np.quantile(flipped, confidence, axis=1), p_value,
    )  # fmt: skip


def half_width(parts: tuple[np.ndarray, ...], freedom: tuple[int, ...], confidence: float) -> np.ndarray:
    """Of an interval around a mean whose variance is a sum of estimates, each with its degrees of freedom.

    Student's at those of the sum (Satterthwaite 1946, Biometrics Bulletin 2, 110-114).
    """
    total = np.sum(parts, axis=0)
    squares = np.sum([part**2 / free for part, free in zip(parts, freedom, strict=True)], axis=0)
    free = np.divide(total**2, squares, out=np.ones_like(total), where=squares > 0)
    return np.asarray(stats.t.ppf(0.5 + confidence / 2, free) * np.sqrt(total))
