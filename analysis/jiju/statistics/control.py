"""What replicates of the base beyond those of a plan tell of the plan: the base as a control variate.

A plan's replicate follows that of the base with the same draws closely. Where the base was run more often than the
plan, its further replicates say how far the plan's own ones lie from all: the regression estimator of two-phase
sampling (Cochran 1977, Sampling Techniques, section 12.6; Lavenberg and Welch 1981, Management Science 27, 322-335).

For an event the control is its chance in the plan given the base's replicate. It is fitted to nine tenths of the plan's
replicates and held against the tenth that is left out, so that the estimate is as true as the plain one however badly
the chance fits (Särndal, Swensson and Wretman 1992, Model Assisted Survey Sampling, section 6.3; Chernozhukov et al.
2018, Econometrics Journal 21, C1-C68).

Errors go by draws of the parameters (clusters.py). Values are arrays whose last dimension is the replicates.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from jiju.statistics import smoothing
from jiju.statistics.clusters import LEAST, Clusters, quantile_of

FOLDS = 10
GRID = 129  # points at which chances are calculated; between them they are interpolated
FEWEST = 8  # replicates of the plan: fewer say nothing of a line and of what it leaves

# What the base says of an event that the plan's few replicates may have missed: the variance that the chances lead one
# to expect counts as ten replicates, and a quarter of a surprise is added. Chosen so that intervals of rare events
# cover (benchmarks/coverage --control); those of frequent ones become a little too wide below a hundred replicates.
EXPECTED, SURPRISE = 10, 0.25


class Controlled(NamedTuple):
    """An estimate along whatever dimensions there are, its variance, and the freedom of that."""

    value: np.ndarray
    variance: np.ndarray
    freedom: np.ndarray

    def interval(self, confidence: float) -> tuple[np.ndarray, np.ndarray]:
        half = quantile_of(self.freedom, confidence) * np.sqrt(self.variance)
        return self.value - half, self.value + half


@dataclass(frozen=True)
class Sample:
    """Which replicates of the base the plan has as well, and which share a draw.

    places     of the plan's replicates among those of the base
    clusters   of all replicates of the base
    """

    places: np.ndarray
    clusters: Clusters

    @property
    def own(self) -> Clusters:
        return Clusters.of(self.clusters.codes[self.places])

    @property
    def own_clusters(self) -> np.ndarray:
        """The clusters of the plan's replicates among all."""
        return np.unique(self.clusters.codes[self.places])

    @property
    def few(self) -> bool:
        return self.own.count < (LEAST if self.clusters.nested else FEWEST)


def mean_over(values: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Over the known of the last dimension, which is kept."""
    count = known.sum(-1, keepdims=True)
    return np.asarray(np.where(known, values, 0.0).sum(-1, keepdims=True) / np.where(count > 0, count, np.nan))


def centred(values: np.ndarray, known: np.ndarray) -> np.ndarray:
    return np.where(known, values - mean_over(values, known), 0.0)


def controlled_mean(
    values: np.ndarray, control: np.ndarray, sample: Sample, less: np.ndarray | None = None
) -> Controlled:
    """The mean of the plan's values by a control that is known of every replicate of the base; less the mean of
    another quantity of the base, where one is given: of the control itself, for what the plan adds.

    values    ... x the plan's replicates
    control   ... x the base's, as `less`
    """
    inside = control[..., sample.places]
    known = ~(np.isnan(values) | np.isnan(inside))
    count = known.sum(-1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        y, x = centred(values, known), centred(inside, known)
        squares = (x**2).sum(-1, keepdims=True)
        level = np.where(known, inside, 0.0)
        squares = np.where(squares > 1e-24 * (level**2).sum(-1, keepdims=True), squares, np.inf)
        slope = (x * y).sum(-1, keepdims=True) / squares
        gap = mean_over(control, ~np.isnan(control)) - mean_over(inside, known)
        value = mean_over(values, known) + slope * gap
        # How much each replicate weighs in the estimate, and how far it has pulled the line towards itself.
        weights = np.where(known, 1 / count + gap * x / squares, 0.0)
        leverage = np.where(known, 1 / count + x**2 / squares, 0.0)
        residuals = y - slope * x
    return with_error(value, slope * control, weights * residuals, leverage, sample, less)


class Chances(NamedTuple):
    """Of an event in the plan: its chance given each replicate of the base, and by how much the event in each of the
    plan's replicates surprises those who know the others."""

    of_all: np.ndarray
    surprise: np.ndarray


def chances(margins: np.ndarray, control: np.ndarray, sample: Sample) -> Chances:
    """Those of one event.

    margins   by how much each of the plan's replicates lies on the event's side; below zero it does not happen
    control   the same of the base's
    """
    inside = control[sample.places]
    known = ~(np.isnan(margins) | np.isnan(inside))
    there = ~np.isnan(control)
    count = max(int(known.sum()), 1)
    fold = sample.own.codes % min(FOLDS, sample.own.count)
    of_all, surprise = np.where(there, 0.0, np.nan), np.full(margins.shape, np.nan)
    for number in range(int(fold.max()) + 1):
        tenth, rest = known & (fold == number), known & (fold != number)
        if tenth.any() and rest.any():
            line, chance = chance_of(margins[rest], inside[rest])
            of_all[there] += np.interp(control[there], line, chance) * tenth.sum() / count
            surprise[tenth] = (margins[tenth] >= 0) - np.interp(inside[tenth], line, chance)
    return Chances(of_all, surprise)


def controlled_share(found: Chances, sample: Sample, less: np.ndarray | None = None) -> Controlled:
    """The probability of an event in the plan; less its share in the base, where `less` has the base's events."""
    known = ~np.isnan(found.surprise)
    count = int(known.sum())
    if count < FEWEST:
        missing = np.asarray(np.nan)
        return Controlled(missing, missing, missing)
    value = np.nanmean(found.of_all) + np.nanmean(found.surprise)
    parts = centred(found.surprise, known) / count
    estimate = with_error(np.asarray([value]), found.of_all, parts, np.where(known, 1 / count, 0.0), sample, less)
    seen = float(np.nanvar(found.surprise, ddof=1)) / count
    likely = float(np.nanmean(found.of_all * (1 - found.of_all)))
    told = (float(np.nansum(found.surprise**2)) + EXPECTED * likely + SURPRISE) / (count + EXPECTED) / count
    return estimate._replace(variance=estimate.variance + max(told - seen, 0.0))


def chance_of(margins: np.ndarray, control: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The probability that a margin is not below zero, at values of the base's: by a line through both, and what it
    leaves, smoothed (smoothing.py)."""
    apart = control - control.mean()
    squares = float(apart @ apart)
    slope = float(apart @ margins) / squares if squares > 1e-24 * float(control @ control) else 0.0
    residuals = margins - margins.mean() - slope * apart
    counts = smoothing.half_step(margins)
    least = 1e-9 * float(np.abs(margins).max(initial=1e-300))
    width = max(smoothing.width_of(float(residuals.std()), len(residuals)), least)
    reach = float(np.abs(residuals).max()) + 6 * width
    grid = np.linspace(-reach, reach, GRID)  # of what the line says
    chance = smoothing.chance(grid[:, None] + residuals, width).mean(-1)
    if slope == 0.0:
        flat = float(np.interp(margins.mean() + counts, grid, chance))
        return np.asarray([0.0, 1.0]), np.asarray([flat, flat])
    at = control.mean() + (grid - counts - margins.mean()) / slope
    return (at, chance) if slope > 0 else (at[::-1], chance[::-1])


def with_error(
    value: np.ndarray, told: np.ndarray, parts: np.ndarray, leverage: np.ndarray, sample: Sample,
    less: np.ndarray | None,
) -> Controlled:  # fmt: skip
    """An estimate (... x 1) with its variance, which has two sources: what the plan's replicates leave open, and how
    the base's vary. A draw's parts are added before they are squared.

    told    what the base's replicates say of the plan, each
    parts   of the plan's replicates in the estimate: weights times residuals
    """
    everywhere = ~np.isnan(told) if less is None else ~(np.isnan(told) | np.isnan(less))
    own = sample.own
    spread = told if less is None else told - less
    if less is not None:
        value = value - mean_over(less, ~np.isnan(less))
    size = everywhere.sum(-1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        held = own.totals(leverage)
        within = own.totals(parts) / np.sqrt(np.where(held < 1, 1 - held, np.nan))
        share = sample.clusters.totals(everywhere / size)
        beyond = sample.clusters.totals(centred(spread, everywhere) / size) / np.sqrt(1 - share)
        both = beyond.copy()
        both[..., sample.own_clusters] += within
        variance = (both**2).sum(-1)
        # Satterthwaite 1946, Biometrics Bulletin 2, 110-114, of both sources.
        of_within, of_beyond = (within**2).sum(-1), (beyond**2).sum(-1)
        freedom = (of_within + of_beyond) ** 2 / (
            of_within**2 / (1 / (own_shares(leverage, own) ** 2).sum(-1) - 2)
            + of_beyond**2 / (1 / (share**2).sum(-1) - 1)
        )
    unknown = sample.few | (variance <= 0)
    return Controlled(
        value[..., 0], np.where(sample.few, np.nan, variance), np.where(unknown, own.count - 2, freedom)
    )


def own_shares(leverage: np.ndarray, own: Clusters) -> np.ndarray:
    """Of each of the plan's clusters the share of the known replicates."""
    known = own.totals((leverage > 0).astype(float))
    return np.asarray(known / np.maximum(known.sum(-1, keepdims=True), 1.0))
