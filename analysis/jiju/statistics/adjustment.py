"""Accepted points moved to the data by regression (Beaumont, Zhang, Balding 2002), each by a regression without it.

Data are ranges. A number that lies evenly within a range is the middle of the range less an even error as wide as it.
So to every simulated summary such an error is added, and what it must meet is the middle: the draws are then those of
the exact posterior of the ranges (Wilkinson 2013), and a wide range hardly moves anything. The regression knows the
error by its variance, which keeps it stiff along wide ranges.

A regression lies nearer to the points that it was fitted to than to others, the more so the more summaries it has, and
points moved by it would lie too closely together. Each is moved by the regression that all others give (jackknife+;
Barber, Candes, Ramdas, Tibshirani 2021): residuals are then as wide as for new data, and the draws hold the
regression's own uncertainty too. Points must not share random numbers: what they share would be fitted again.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from jiju.statistics.copula import weighted_quantile
from jiju.statistics.monte_carlo import effective

STIFFNESS = np.logspace(-1, 5, 13)  # penalties that are tried, on summaries of variance 1
OUTERMOST = 0.02  # no data ask for more than this share of the accepted points, at either end, can do


def even_errors(points: int, widths: np.ndarray) -> np.ndarray:
    """By point (rows) and summary: spread evenly over each width, in an order that is random but always the same."""
    generator = np.random.default_rng(0)
    places = (np.arange(points) + 0.5) / points - 0.5
    return np.column_stack([generator.permutation(places) * width for width in widths])


def aims(values: np.ndarray, weights: np.ndarray, ranges: pd.DataFrame) -> np.ndarray:
    """The middle of each range, or the outermost that points reach where the middle lies beyond."""
    ends = [weighted_quantile(column, weights, np.array([OUTERMOST, 1 - OUTERMOST])) for column in values.T]
    return np.asarray(np.clip(ranges.mean(axis=1).to_numpy(), *np.transpose(ends)))


def moved(at: np.ndarray, summaries: pd.DataFrame, weights: np.ndarray, ranges: pd.DataFrame) -> np.ndarray:
    """Parameters (columns) of accepted points (rows), moved to where the summaries are the data.

    One ridge regression a parameter, as stiff as predicts best what it was not fitted to.
    """
    values = summaries[list(ranges.index)].to_numpy()
    spread = values.std(axis=0)
    spread = np.where(spread > 0, spread, 1.0)
    mean = np.average(values, axis=0, weights=weights)
    scaled = (values - mean) / spread
    widths = (ranges["high"] - ranges["low"]).to_numpy() / spread
    step = scaled + even_errors(len(values), widths) - (aims(values, weights, ranges) - mean) / spread
    own = weights / weights.sum() * effective(weights)
    squares = (scaled * own[:, None]).T @ scaled + own.sum() * np.diag(widths**2 / 12)
    roots, axes = np.linalg.eigh(squares)
    scaled, step = scaled @ axes, step @ axes
    response = at - np.average(at, axis=0, weights=weights)
    moments = scaled.T @ (response * own[:, None])
    best, found = np.full(at.shape[1], np.inf), np.empty_like(at)
    for stiffness in STIFFNESS:
        inverse = 1 / (roots + stiffness)
        slopes = moments * inverse[:, None]
        # A unit of a point's weight also moves the regression's constant.
        leverage = own * ((scaled**2 * inverse).sum(axis=1) + 1 / own.sum())
        without = (response - scaled @ slopes) / (1 - leverage)[:, None]  # residuals of the fits without each point
        error = (own[:, None] * without**2).sum(axis=0)
        back = (own * (step * inverse * scaled).sum(axis=1))[:, None] * without  # what each point did to the slopes
        better = error < best
        best[better], found[:, better] = error[better], (at - step @ slopes + back)[:, better]
    return found
