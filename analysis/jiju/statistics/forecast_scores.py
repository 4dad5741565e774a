"""How well an ensemble of replicates foresaw a number: quantile of the truth, bands, and the score that rewards both
being near and being as sure as one can be.

Scores and their names are those of Gneiting and Raftery 2007, Journal of the American Statistical Association 102,
359-378. Knows no scenario; values are arrays whose last dimension is the replicates.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import stats

from jiju.statistics.clusters import Clusters, mean_of

BANDS = (0.5, 0.8, 0.95)

# As many draws take the place of the truth, at most, to see how scores come out where the simulation is right.
PSEUDO_TRUTHS = 200


def ends_of_band(values: np.ndarray, band: float) -> tuple[np.ndarray, np.ndarray]:
    """The central band that holds one more draw of the same kind with this chance.

    Between the k-th of n values and the next lies another draw with a chance of 1 / (n + 1), so ends are taken at
    p (n + 1) (Hyndman and Fan 1996, American Statistician 50, 361-365, definition 6) and not, as elsewhere, at
    1 + p (n - 1), whose bands are too narrow. They cannot lie outside of the values: see `fewest_of`.
    """
    low, high = np.quantile(values, [(1 - band) / 2, (1 + band) / 2], axis=-1, method="weibull")
    return low, high


def fewest_of(band: float) -> int:
    """Replicates below which the smallest and the largest value are nearer than a band's ends."""
    return math.ceil(2 / (1 - band) - 1 - 1e-9)


def quantile_of_truth(values: np.ndarray, truth: float) -> float:
    """The probability integral transform: the share of replicates below the truth, and half of those that equal it."""
    return float(np.mean(values < truth) + np.mean(values == truth) / 2)


def error_of_quantile(values: np.ndarray, truth: float, clusters: Clusters) -> float:
    """Standard error of `quantile_of_truth` from the number of replicates, by draws where these are shared."""
    below = (values < truth) + (values == truth) / 2
    return float(np.sqrt(mean_of(below, clusters).variance))


def mean_distance(values: np.ndarray, clusters: Clusters) -> float:
    """The mean distance of two replicates, of different draws where draws are shared; NaN of one draw alone."""
    sizes = np.bincount(clusters.codes, minlength=clusters.count)
    pairs = len(values) ** 2 - int((sizes**2).sum())
    if pairs == 0:
        return math.nan
    apart = sum_of_distances(values)
    if clusters.nested:
        apart -= sum(sum_of_distances(values[clusters.codes == code]) for code in range(clusters.count))
    return apart / pairs


def sum_of_distances(values: np.ndarray) -> float:
    """Over all ordered pairs, by ranks in place of pairs."""
    ordered, n = np.sort(values), len(values)
    return float(2 * np.sum((2 * np.arange(1, n + 1) - n - 1) * ordered))


def crps(values: np.ndarray, truth: float, clusters: Clusters) -> float:
    """The continuous ranked probability score, in the unit of the values; smaller is better.

    E |X - y| - E |X - X'| / 2 (Gneiting and Raftery 2007, equation 21), the second mean taken over pairs of different
    replicates: the fair score (Ferro 2014, Quarterly Journal of the Royal Meteorological Society 140, 1917-1923), whose
    expectation does not depend on how many replicates there are. Over all pairs it is Hersbach's (2000, Weather and
    Forecasting 15, 559-570), and punishes few replicates. Of a single number it is the absolute error.
    """
    spread = mean_distance(values, clusters)
    return float(np.mean(np.abs(values - truth))) - (0.0 if math.isnan(spread) else spread / 2)


def scores_of_pseudo_truths(values: np.ndarray, clusters: Clusters) -> tuple[np.ndarray, np.ndarray]:
    """What scores come to where the truth is a draw of the simulation itself: inside (draw, observation, band) and CRPS
    (draw, observation).

    `values` has a row an observation. The replicates of a draw take the place of the truth, and those of all others
    judge it. So the numbers have the dependence between observations that the simulation has: of years, of industries.
    """
    chosen = np.unique(np.linspace(0, clusters.count - 1, PSEUDO_TRUTHS).round().astype(int))
    inside = np.zeros((len(chosen), len(values), len(BANDS)), bool)
    score = np.zeros((len(chosen), len(values)))
    for place, code in enumerate(chosen):
        mine = clusters.codes == code
        others = Clusters.of(clusters.codes[~mine])
        for row, known in enumerate(values):
            truth, rest = float(known[mine][0]), known[~mine]
            score[place, row] = crps(rest, truth, others)
            for column, band in enumerate(BANDS):
                low, high = ends_of_band(rest, band)
                inside[place, row, column] = low <= truth <= high
    return inside, score


def interval_of_coverage(inside: np.ndarray, years: np.ndarray, confidence: float = 0.95) -> tuple[float, float]:
    """Of the share of observations that bands hold, in the long run; `years` are the years of the observations.

    What is observed of one year shares its macro economy, so that each year counts once, however much is known of it:
    the exact interval of Clopper and Pearson (1934, Biometrika 26, 404-413) at that number, as Korn and Graubard (1998,
    Survey Methodology 24, 193-201) have it for samples of clusters. It still takes one year to be independent of the
    next.
    """
    n = len(np.unique(years))
    held, tail = float(np.mean(inside)) * n, (1 - confidence) / 2
    low = stats.beta.ppf(tail, held, n - held + 1) if held > 0 else 0.0
    high = stats.beta.ppf(1 - tail, held + 1, n - held) if held < n else 1.0
    return float(low), float(high)
