"""The posterior of parameters from simulated points, for any simulator.

Points nearest to the ranges are moved to them along a linear regression (`adjustment.py`). Enough are taken for the
regression to be known: the move makes draws of the posterior of them, and the kernel only keeps it local.

How well the summaries tell a parameter at all is asked first, by predicting it from them (Carrella, Bailey, Madsen
2020): what cannot be predicted out of sample is not identified and must keep its prior.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.linear_model import LassoCV
from sklearn.model_selection import cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from jiju.errors import UsageError
from jiju.languages import translated
from jiju.statistics.adjustment import moved
from jiju.statistics.copula import Joint, joint_of, weighted_quantile
from jiju.statistics.monte_carlo import (
    LEAST_KEPT,
    Points,
    Prior,
    distances,
    gaps,
    kernel,
    nearest,
    scale_of,
    scores,
    shares_of,
    values_at,
    wanted,
)

IDENTIFIED = 0.10  # share of a parameter's prior variance that the summaries must predict out of sample
PAIRS = 6  # correlations shown
EACH = 12  # effective points accepted for each summary: with fewer, a regression follows the points' own noise
HALF = 0.5  # no more of all points than this count
EDGE = 0.05  # a posterior that ends within this share of its prior's range is at the edge
LEARNT = 0.9  # spread over the prior's below which a parameter has learnt enough to be at an edge


@dataclass(frozen=True)
class Posterior:
    """Accepted draws (rows) of each parameter, their weights, and what each parameter learnt."""

    draws: pd.DataFrame
    weights: np.ndarray
    # By parameter: median, low, high (5 and 95 %), predicted, spread (over the prior's), identified, edge ("low",
    # "high" or nothing).
    findings: pd.DataFrame
    misfit: pd.Series  # what `missed` says

    def joint(self) -> Joint:
        """Of the identified parameters."""
        return joint_of(self.draws[list(self.findings.index[self.findings["identified"]])], self.weights)

    def strongest(self) -> list[tuple[str, str, float]]:
        """The pairs of identified parameters whose correlations are largest, as a page shows them."""
        return self.joint().strongest(PAIRS) if self.findings["identified"].sum() > 1 else []


def accepted_of(points: int, summaries: int) -> float:
    """The effective number of points that are accepted of so many."""
    return min(HALF * points, max(EACH * summaries, wanted(points)))


def counted(points: Points, ranges: pd.DataFrame, enough: float) -> tuple[np.ndarray, np.ndarray]:
    """Positions of the nearest points, as many as count for `enough`, and what each counts."""
    distance = distances(points.summaries, ranges, points.scale)
    near = nearest(distance, points.weights, enough)
    return near, points.weights[near] * kernel(distance[near], float(distance[near].max()))


def as_points(shares: pd.DataFrame, summaries: pd.DataFrame) -> Points:
    """Draws from the priors, each of which counts alike."""
    shares, summaries = shares.reset_index(drop=True), summaries.reset_index(drop=True)
    return Points(shares, summaries, np.ones(len(shares)), np.zeros(len(shares), int), scale_of(summaries))


def predicted_share(shares: pd.DataFrame, summaries: pd.DataFrame) -> pd.Series:
    """Of each parameter, the share of variance that summaries and their squares predict out of sample."""
    scaled = StandardScaler().fit_transform(summaries)
    features = np.hstack([scaled, scaled**2])
    model = make_pipeline(StandardScaler(), LassoCV(cv=4, alphas=20, max_iter=5000, tol=1e-3))
    found = {}
    for name, share in shares.items():
        predicted = cross_val_predict(model, features, share, cv=5)
        found[name] = 1 - np.mean((share - predicted) ** 2) / np.var(share)
    return pd.Series(found)


def weighted_deviation(values: np.ndarray, weights: np.ndarray) -> float:
    mean = np.average(values, weights=weights)
    return float(np.sqrt(np.average((values - mean) ** 2, weights=weights)))


def accept(points: Points, ranges: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray]:
    """Shares of the accepted points, moved to the ranges, and their weights."""
    near, weights = counted(points, ranges, accepted_of(len(points.weights), len(ranges)))
    # Parameters move on normal scores, which keeps them within their priors.
    at = scores(points.shares.iloc[near])
    shares = shares_of(moved(at, points.summaries.iloc[near], weights, ranges))
    return pd.DataFrame(shares, columns=points.shares.columns), weights


def missed(points: Points, ranges: pd.DataFrame) -> pd.Series:
    """By summary: mean distance to its range among the points next to the ranges, in prior standard deviations."""
    near, weights = counted(points, ranges, wanted(len(points.weights)))
    used = list(ranges.index)
    outside = (gaps(points.summaries[used].iloc[near], ranges) / points.scale[used]).abs()
    return pd.Series(np.average(outside, axis=0, weights=weights), used)


def edge_of(low: float, high: float, spread: float) -> str:
    """At which end of its prior a posterior lies, given its 5 and 95 % as shares of the way; nothing if at none."""
    if spread >= LEARNT:
        return ""
    ends = {"low": low, "high": 1 - high}
    end = min(ends, key=lambda name: ends[name])
    return end if ends[end] < EDGE else ""


def posterior_of(points: Points, ranges: pd.DataFrame, priors: Mapping[str, Prior]) -> Posterior:
    """The posterior of the parameters; `ranges` has a row `low`, `high` for every summary that is used.

    Points with a missing summary are left out. UsageError where hardly any has all.
    """
    accepted, weights = accept(points, ranges)
    draws = values_at(accepted, priors)
    shares, summaries = points.first
    whole = np.isfinite(summaries[list(ranges.index)].to_numpy()).all(axis=1)
    if whole.sum() < 2 * LEAST_KEPT:
        raise UsageError(translated(
            "only {sum} points of the first generation have all summaries",
            sum=whole.sum(),
        ))
    predicted = predicted_share(shares[whole], summaries.loc[whole, list(ranges.index)])
    rows = {}
    for name in priors:
        low, median, high = weighted_quantile(draws[name].to_numpy(), weights, np.array([0.05, 0.5, 0.95]))
        spread = weighted_deviation(accepted[name].to_numpy(), weights) * math.sqrt(12)
        identified = bool(predicted[name] >= IDENTIFIED)
        ends = priors[name].share(np.array([low, high]))
        edge = edge_of(float(ends[0]), float(ends[1]), spread) if identified else ""
        rows[name] = {"median": median, "low": low, "high": high, "predicted": predicted[name],
                      "spread": spread, "identified": identified, "edge": edge}  # fmt: skip
    findings = pd.DataFrame.from_dict(rows, orient="index").astype({"identified": bool})
    return Posterior(draws, weights, findings, missed(points, ranges))


def infer(
    shares: pd.DataFrame, summaries: pd.DataFrame, ranges: pd.DataFrame, priors: Mapping[str, Prior]
) -> Posterior:
    """The posterior from draws of the priors alone, without later generations; those with a missing summary are left
    out."""
    whole = np.isfinite(summaries[list(ranges.index)].to_numpy()).all(axis=1)
    return posterior_of(as_points(shares[whole], summaries[whole]), ranges, priors)

