"""Accepted points moved to the data by regression (Beaumont, Zhang, Balding 2002), each by a regression without it.

Data are ranges. A number that lies evenly within a range is the middle of the range less an even error as wide as it.
So to every simulated summary such an error is added, and what it must meet is the middle: the draws are then those of
the exact posterior of the ranges (Wilkinson 2013), and a wide range hardly moves anything. The regression knows the
error by its variance, which keeps it stiff along wide ranges.

A regression lies nearer to the points that it was fitted to than to others, the more so the more summaries it has, and
points moved by it would lie too closely together. Each is moved by the regression that all others give, without those
that share its random numbers (jackknife+; Barber, Candes, Ramdas, Tibshirani 2021): residuals are then as wide as for
new data, and the draws hold the regression's own uncertainty too.
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


def members_of(together: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Positions of each group's points, one group a row, and where a row has one."""
    kinds, group = np.unique(together, return_inverse=True)
    if len(kinds) < 2:  # nothing would be left without the only group
        group = np.arange(len(together))
    order = np.argsort(group, kind="stable")
    sizes = np.bincount(group)
    place = np.arange(len(group)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    members = np.zeros((len(sizes), sizes.max()), int)
    there = np.zeros(members.shape, bool)
    members[group[order], place], there[group[order], place] = order, True
    return members, there


def moved(at: np.ndarray, summaries: pd.DataFrame, weights: np.ndarray, ranges: pd.DataFrame,
          together: np.ndarray) -> np.ndarray:  # fmt: skip
    """Parameters (columns) of accepted points (rows), moved to where the summaries are the data.

    One ridge regression a parameter, as stiff as predicts best what it was not fitted to. Points of one number in
    `together` share random numbers.
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
    members, there = members_of(together)
    counted = np.where(there, own[members], 0.0)[:, :, None]
    of_group, asked = scaled[members], step[members]
    best, found = np.full(at.shape[1], np.inf), np.empty_like(at)
    for stiffness in STIFFNESS:
        inverse = 1 / (roots + stiffness)
        slopes = moments * inverse[:, None]
        residuals = (response - scaled @ slopes)[members]
        # Leverage within each group; a unit of each point's weight also moves the regression's constant.
        leverage = ((of_group * inverse) @ of_group.transpose(0, 2, 1) + 1 / own.sum()) * counted.transpose(0, 2, 1)
        without = np.linalg.solve(np.eye(members.shape[1]) - leverage, residuals)  # those of fits without the group
        error = (counted * without**2).sum(axis=(0, 1))
        back = (asked * inverse) @ of_group.transpose(0, 2, 1) @ (counted * without)  # what the group did to slopes
        result = np.empty_like(at)
        result[members[there]] = (at[members] - asked @ slopes + back)[there]
        better = error < best
        best[better], found[:, better] = error[better], result[:, better]
    return found
