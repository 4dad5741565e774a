"""A joint distribution as scenarios write it: quantiles of each parameter, and correlations of a Gaussian copula."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import norm, rankdata

SHARES = (0.0, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1.0)  # at which quantiles are given
DIGITS = 2  # of a correlation: some hundred draws know no more


def weighted_quantile(values: np.ndarray, weights: np.ndarray, share: float | np.ndarray) -> np.ndarray:
    """Between the values, at the middle of each one's weight; beyond the outermost middles the outermost values."""
    order = np.argsort(values)
    cumulated = np.cumsum(weights[order]) - 0.5 * weights[order]
    return np.asarray(np.interp(share, cumulated / weights.sum(), values[order]))


def weighted_correlation(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    apart = values - np.average(values, axis=0, weights=weights)
    covariance = apart.T @ (apart * weights[:, None])
    spread = np.sqrt(np.diag(covariance))
    return np.asarray(covariance / np.outer(spread, spread))


def normal_scores(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """What a standard normal number is at the rank of each value."""
    order = np.argsort(values, kind="stable")
    below = np.empty(len(values))
    below[order] = (np.cumsum(weights[order]) - 0.5 * weights[order]) / weights.sum()
    # Equal values have equal ranks.
    ranks = rankdata(values, method="dense") - 1
    below = (np.bincount(ranks, below * weights) / np.bincount(ranks, weights))[ranks]
    return np.asarray(norm.ppf(below))


@dataclass(frozen=True)
class Joint:
    """Quantiles of each parameter (rows) at shares (columns), and the correlation of their normal scores."""

    quantiles: pd.DataFrame
    correlation: pd.DataFrame

    def sample(self, draws: int, seed: int) -> pd.DataFrame:
        """As the engine draws (E110, E111), by other random numbers."""
        generator = np.random.default_rng(seed)
        root = np.linalg.cholesky(self.correlation.to_numpy())
        ranks = norm.cdf(generator.standard_normal((draws, len(root))) @ root.T)
        shares = self.quantiles.columns.to_numpy(float)
        return pd.DataFrame(
            {name: np.interp(ranks[:, k], shares, row) for k, (name, row) in enumerate(self.quantiles.iterrows())}
        )

    def strongest(self, pairs: int) -> list[tuple[str, str, float]]:
        """The pairs of parameters with the largest correlations, by size."""
        names = [str(name) for name in self.correlation]
        table = self.correlation.to_numpy()
        found = [(names[j], names[i], float(table[i, j])) for i in range(len(names)) for j in range(i)]
        return sorted(found, key=lambda pair: -abs(pair[2]))[:pairs]


def joint_of(draws: pd.DataFrame, weights: np.ndarray) -> Joint:
    """The joint distribution that weighted draws (rows) of parameters (columns) describe.

    Correlations are rounded, and drawn towards 0 as far as it takes to leave a positive definite matrix.
    """
    quantiles = {name: weighted_quantile(draws[name].to_numpy(), weights, np.array(SHARES)) for name in draws}
    frame = pd.DataFrame.from_dict(quantiles, orient="index", columns=list(SHARES))
    scores = np.column_stack([normal_scores(draws[name].to_numpy(), weights) for name in draws])
    found = np.nan_to_num(weighted_correlation(scores, weights))
    table = np.eye(len(found))
    for kept in np.linspace(1, 0, 101):
        table = np.round(kept * found, DIGITS)
        np.fill_diagonal(table, 1)
        if np.linalg.eigvalsh(table).min() > 1e-6:
            break
    return Joint(frame, pd.DataFrame(table, index=list(draws), columns=list(draws)))
