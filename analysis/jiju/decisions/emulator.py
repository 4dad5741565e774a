"""An outcome as a function of what is open, from points that were simulated: a stand-in that answers at once.

A trend by ridge regression, in which each opening has its line, its square and its root, since what levers do adds up
nearly and wears off; and a Gaussian process on what that leaves (Rasmussen, Williams 2006; scikit-learn).
The points share their draws, so what is emulated is a function and not a cloud, yet a rough one: firms cross
thresholds; the process has a nugget for that. An emulator is never better than its error out of sample, which comes
with it.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
from scipy.linalg import cho_solve
from sklearn.exceptions import ConvergenceWarning
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, ConstantKernel, WhiteKernel
from sklearn.linear_model import Ridge, RidgeCV
from sklearn.model_selection import KFold

STIFFNESS = np.logspace(-3, 3, 13)  # penalties that are tried, on points in the unit cube
FOLDS = 5
SHORTEST, LONGEST = 0.1, 30.0  # length scales, in the unit cube
LEAST_POINTS = 2 * FOLDS


ROOT = 0.02  # added below the root, whose slope at zero is then finite


def features(points: np.ndarray) -> np.ndarray:
    """Of points of the unit cube: points x 3 openings."""
    return np.hstack([points, points**2, np.sqrt(points + ROOT)])


def feature_slopes(point: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Of the weighted sum of one point's features."""
    line, square, root = np.split(weights, 3)
    return np.asarray(line + 2 * point * square + 0.5 * root / np.sqrt(point + ROOT))


@dataclass(frozen=True)
class Emulator:
    """Of one number over the unit cube.

    error      root of the mean squared error out of sample (five folds)
    explained  share of the variance over the points that is predicted out of sample
    """

    trend: Ridge
    process: GaussianProcessRegressor | None  # none where the trend leaves nothing
    level: float
    spread: float
    error: float
    explained: float

    def __call__(self, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Mean and standard deviation at points of the unit cube."""
        mean = self.trend.predict(features(points))
        error = np.zeros(len(points))
        if self.process is not None:
            rest, error = self.process.predict(points, return_std=True)
            mean = mean + rest
        return self.level + self.spread * mean, self.spread * error

    def upper(self, point: np.ndarray, daring: float) -> tuple[float, np.ndarray]:
        """The mean and so many standard deviations at one point, over the spread, and its slopes: climbers call this
        some ten thousand times, so slopes are those of the kernel and not differences."""
        weights = self.trend.coef_
        value = float(features(point[None])[0] @ weights + self.trend.intercept_)
        slopes = feature_slopes(point, weights)
        if self.process is None:
            return value, slopes
        part = self.process.kernel_.k1
        scale = part.k2.length_scale
        apart = (point - self.process.X_train_) / scale
        near = part.k1.constant_value * np.exp(-0.5 * (apart**2).sum(axis=1))
        bend = -(apart / scale) * near[:, None]  # of each point's kernel, along each direction
        value, slopes = value + float(near @ self.process.alpha_), slopes + self.process.alpha_ @ bend
        if daring > 0:
            solved = cho_solve((self.process.L_, True), near, check_finite=False)
            error = np.sqrt(max(part.k1.constant_value - float(near @ solved), 1e-12))
            value, slopes = value + daring * error, slopes - daring * (solved @ bend) / error
        return value, slopes


def fitted_process(points: np.ndarray, rest: np.ndarray, seed: int) -> GaussianProcessRegressor:
    size = points.shape[1]
    kernel = ConstantKernel(0.5, (1e-3, 1e2)) * RBF(np.full(size, np.sqrt(size)), (SHORTEST, LONGEST))
    kernel += WhiteKernel(0.1, (1e-6, 1e1))
    with warnings.catch_warnings():
        # A length that runs to its end says that an opening does not matter: nothing is wrong.
        warnings.simplefilter("ignore", ConvergenceWarning)
        return GaussianProcessRegressor(kernel, random_state=seed).fit(points, rest)


def emulator_of(points: np.ndarray, values: np.ndarray, seed: int = 0) -> Emulator:
    """Fitted to points of the unit cube and their values; at least ten."""
    level, spread = float(values.mean()), float(values.std())
    if not spread > 0:
        flat = Ridge().fit(features(points), np.zeros(len(points)))
        return Emulator(flat, None, level, 0.0, 0.0, 1.0)
    scaled = (values - level) / spread
    traits = features(points)
    trend = RidgeCV(STIFFNESS).fit(traits, scaled)
    rest = scaled - trend.predict(traits)
    process = fitted_process(points, rest, seed) if rest.std() > 1e-9 else None
    missed = np.zeros(len(points))
    for known, unknown in KFold(FOLDS, shuffle=True, random_state=seed).split(points):
        line = Ridge(trend.alpha_).fit(traits[known], scaled[known])
        found = line.predict(traits[unknown])
        if process is not None:
            left = scaled[known] - line.predict(traits[known])
            again = GaussianProcessRegressor(process.kernel_, optimizer=None).fit(points[known], left)
            found = found + again.predict(points[unknown])
        missed[unknown] = scaled[unknown] - found
    share = float(np.mean(missed**2))
    return Emulator(trend, process, level, spread, spread * float(np.sqrt(share)), 1 - share)
