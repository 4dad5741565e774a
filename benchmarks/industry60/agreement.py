"""Do two implementations of Industry-60 draw their yearly reports from the same distribution?

Every number of the report (year x industry x column), and its sum over industries, is compared by its mean and by its
variance over runs. The limit for |z| is the one that equal implementations exceed once in a thousand comparisons.
"""

from statistics import NormalDist

import numpy as np
from command_line import COLUMNS

YEARS, INDUSTRIES = 5, 6
FALSE_ALARM = 1e-3


def read_reports(path):
    """(run, all numbers)"""
    return with_sums(np.loadtxt(path, delimiter=",", skiprows=1, ndmin=2)[:, 3:])


def with_sums(values):
    values = np.reshape(values, (-1, YEARS, INDUSTRIES, len(COLUMNS)))
    sums = values.sum(axis=2, keepdims=True)
    return np.concatenate((values, sums), axis=2).reshape(len(values), -1)


def moments(sample):
    n, mean = len(sample), sample.mean(axis=0)
    centred = sample - mean
    variance = (centred**2).sum(axis=0) / (n - 1)
    with np.errstate(invalid="ignore"):
        kurtosis = (centred**4).mean(axis=0) / variance**2
    return n, mean, variance, kurtosis


def z_scores(a, b):
    """Of the differences of means and of log variances. What varies in neither must be equal: z is 0 or infinite."""
    (n, mean_a, var_a, kurtosis_a), (m, mean_b, var_b, kurtosis_b) = moments(a), moments(b)
    fixed = (var_a == 0) | (var_b == 0)
    same = np.where((mean_a == mean_b) & (var_a == var_b), 0.0, np.inf)
    kurtosis = np.fmax(kurtosis_a, kurtosis_b)
    with np.errstate(divide="ignore", invalid="ignore"):
        of_means = (mean_a - mean_b) / np.sqrt(var_a / n + var_b / m)
        of_variances = np.log(var_a / var_b) / np.sqrt((kurtosis - 1) * (1 / n + 1 / m))
    return np.where(fixed, same, of_means), np.where(fixed, same, of_variances)


def limit(tests):
    return NormalDist().inv_cdf(1 - FALSE_ALARM / (2 * tests))


def disagreements(a, b):
    """The greatest |z| of means and of variances, and a line for each number beyond the limit."""
    both = z_scores(a, b)
    most = limit(sum(z.size for z in both))
    parts = [*(f"industry {i + 1}" for i in range(INDUSTRIES)), "all industries"]
    names = [f"{column} of {part} in year {y + 1}" for y in range(YEARS) for part in parts for column in COLUMNS]
    lines = [
        f"{what} of {name}: z = {z[k]:.1f}"
        for what, z in zip(("mean", "variance"), both, strict=True)
        for k, name in enumerate(names)
        if not abs(z[k]) <= most
    ]
    return [float(np.abs(z).max()) for z in both], lines
