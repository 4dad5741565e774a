"""Calibration by regression-adjusted approximate Bayesian computation, for any simulator.

Parameters are drawn from their priors, the simulator turns each draw into summaries, and the draws whose summaries
come nearest to the accepted ranges are kept and moved along a linear regression into them (Beaumont, Zhang, Balding
2002). Since the data are ranges and not points, a summary inside its range asks for nothing.

How well the summaries tell a parameter at all is asked first, by predicting it from them (Carrella, Bailey, Madsen
2020): what cannot be predicted out of sample is not identified and must keep its prior.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import qmc
from sklearn.linear_model import LassoCV, Ridge
from sklearn.model_selection import cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

IDENTIFIED = 0.10  # share of a parameter's prior variance that the summaries must predict out of sample
KEPT = 0.25  # share of the draws that is accepted
MARGIN = 0.25  # summaries are moved to the middle of a range, leaving this share of its width at either side


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


@dataclass(frozen=True)
class Posterior:
    """Accepted draws (rows) of each parameter, their weights, and what each parameter learnt."""

    draws: pd.DataFrame
    weights: np.ndarray
    findings: (
        pd.DataFrame
    )  # by parameter: median, low, high (5 and 95 %), predicted, spread (over the prior's), identified
    misfit: pd.Series  # by summary: mean distance to its range among accepted draws, in prior standard deviations

    def quantile(self, name: str, share: float) -> float:
        return weighted_quantile(self.draws[name].to_numpy(), self.weights, share)


def sample_priors(priors: Mapping[str, Prior], points: int, seed: int) -> pd.DataFrame:
    """A Latin hypercube of shares: each prior's range is cut into as many parts as points, each visited once."""
    shares = qmc.LatinHypercube(d=len(priors), rng=np.random.default_rng(seed)).random(points)
    return pd.DataFrame(shares, columns=list(priors))


def values_at(shares: pd.DataFrame, priors: Mapping[str, Prior]) -> pd.DataFrame:
    return pd.DataFrame({name: prior.at(shares[name].to_numpy()) for name, prior in priors.items()})


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


def weighted_quantile(values: np.ndarray, weights: np.ndarray, share: float) -> float:
    order = np.argsort(values)
    cumulated = np.cumsum(weights[order]) - 0.5 * weights[order]
    return float(np.interp(share, cumulated / weights.sum(), values[order]))


def weighted_deviation(values: np.ndarray, weights: np.ndarray) -> float:
    mean = np.average(values, weights=weights)
    return float(np.sqrt(np.average((values - mean) ** 2, weights=weights)))


def gaps(summaries: pd.DataFrame, ranges: pd.DataFrame) -> pd.DataFrame:
    """How far each summary lies outside its range; negative below it, zero inside."""
    return summaries - summaries.clip(ranges["low"], ranges["high"], axis=1)


def infer(
    shares: pd.DataFrame, summaries: pd.DataFrame, ranges: pd.DataFrame, priors: Mapping[str, Prior]
) -> Posterior:
    """The posterior of the parameters, given draws from their priors and the summaries these led to.

    `ranges` has a row `low`, `high` for every column of `summaries`. Draws with a missing summary are left out.
    """
    whole = np.isfinite(summaries.to_numpy()).all(axis=1)
    shares, summaries = (table.loc[whole].reset_index(drop=True) for table in (shares, summaries))
    scale = summaries.std()
    distance = np.sqrt(((gaps(summaries, ranges) / scale) ** 2).mean(axis=1))
    kept = distance.nsmallest(max(int(KEPT * len(distance)), 10)).index
    reach = distance[kept].max()
    weights = np.maximum(1 - (distance[kept] / reach) ** 2, 1e-3).to_numpy() if reach > 0 else np.ones(len(kept))

    # Parameters move on the log-odds of their share, which keeps them within their priors.
    width = ranges["high"] - ranges["low"]
    inner = pd.DataFrame({"low": ranges["low"] + MARGIN * width, "high": ranges["high"] - MARGIN * width})
    near = summaries.loc[kept]
    odds = np.log(shares.loc[kept] / (1 - shares.loc[kept]))
    line = Ridge(alpha=1.0).fit((near - near.mean()) / scale, odds, sample_weight=weights)
    moved = odds - (gaps(near, inner) / scale).to_numpy() @ line.coef_.T
    accepted = (1 / (1 + np.exp(-moved))).reset_index(drop=True)
    draws = values_at(accepted, priors)

    predicted = predicted_share(shares, summaries)
    rows = {}
    for name in priors:
        low, median, high = (weighted_quantile(draws[name].to_numpy(), weights, q) for q in (0.05, 0.5, 0.95))
        spread = weighted_deviation(accepted[name].to_numpy(), weights) * math.sqrt(12)
        rows[name] = {"median": median, "low": low, "high": high, "predicted": predicted[name],
                      "spread": spread, "identified": predicted[name] >= IDENTIFIED}  # fmt: skip
    findings = pd.DataFrame.from_dict(rows, orient="index").astype({"identified": bool})
    misfit = (gaps(near, ranges) / scale).apply(lambda gap: np.average(gap.abs(), weights=weights))
    return Posterior(draws, weights, findings, misfit)
