"""The best point of an expensive function under limits, from few of its values. Knows no engine and no plan.

Points are simulated in batches. The first spread over the box; each later one holds what emulators of the values so
far take for best, with more or less trust in where they know little, near the best point and everywhere (Jones,
Schonlau, Welch 1998; batches after Ginsbourger, Le Riche, Carraro 2010). On the emulators, SLSQP climbs from many
starts (SciPy). With draws shared by all points the function that is climbed is a sample average (Kleywegt, Shapiro,
Homem-de-Mello 2002); that its best point is not quite that of the mean is what judgement.py is for.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from scipy import optimize, stats
from threadpoolctl import threadpool_limits

from jiju.decisions.emulator import LEAST_POINTS, Emulator, emulator_of

BATCH = 16
FIRST = 2.0  # points of the first design, over openings, beside the starts
TRUST = ((0.0, 1.0), (0.0, 0.3), (1.0, 1.0), (2.0, 1.0), (0.0, 0.1), (1.0, 0.3))  # deviations added; reach
CLIMBS = 3  # starts for each of them: from the best points, and as many from anywhere
APART = 0.01  # points of the unit cube that are closer, in every opening, are one
NEAR = 0.1  # standard deviation of points that are laid around the best one
STEP = 1e-4  # of finite differences in the unit cube
TOLERANCE = 1e-6  # of a limit, over its scale
PATIENCE = 3  # batches without a better point before the search ends
GAIN = 1e-3  # of the range of values: less is not better

# Values and slacks of points: n, and n x limits; a slack below zero breaks its limit.
Simulate = Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]
Known = Callable[[np.ndarray], np.ndarray]
# A number at one point of the unit cube, and its slopes.
Slope = Callable[[np.ndarray], tuple[float, np.ndarray]]


@dataclass(frozen=True)
class Search:
    """All points that were looked at, in order, with their values (higher is better), simulated and known slacks."""

    points: np.ndarray
    values: np.ndarray
    slacks: np.ndarray
    emulators: list[Emulator]  # of the value, then of each simulated slack
    batches: int
    ended: bool  # for want of better points, and not of points

    @property
    def feasible(self) -> np.ndarray:
        return np.asarray((self.slacks >= -TOLERANCE * scale_of(self.slacks)).all(axis=1))

    def best(self, number: int = 1) -> np.ndarray:
        """Places of the best points that keep all limits; of the nearest to keeping them where none does."""
        good = self.feasible
        if good.any():
            order = np.argsort(np.where(good, -self.values, np.inf), kind="stable")
            return np.asarray(order[: min(number, int(good.sum()))])
        return np.asarray(np.argsort(-worst(self.slacks), kind="stable")[:number])


def scale_of(slacks: np.ndarray) -> np.ndarray:
    """What a slack of each limit is measured in."""
    spread = slacks.std(axis=0) if len(slacks) else np.ones(slacks.shape[1])
    return np.where(spread > 0, spread, 1.0)


def worst(slacks: np.ndarray) -> np.ndarray:
    """The most broken limit of each point; above zero where none is."""
    if not slacks.shape[1]:
        return np.full(len(slacks), np.inf)
    return np.asarray((slacks / scale_of(slacks)).min(axis=1))


def first_points(starts: np.ndarray, most: int, seed: int) -> np.ndarray:
    """The starts, and a scrambled Sobol' sequence, every other point of it drawn towards the origin, where money is
    short; in the unit cube."""
    size = starts.shape[1]
    wanted = max(int(FIRST * size), 2 * LEAST_POINTS) + 1
    number = max(min(wanted, most - len(starts)), 0)
    power = int(np.ceil(np.log2(max(number, 2))))
    cube = stats.qmc.Sobol(size + 1, seed=seed).random_base2(power)[:number]
    reach = np.where(np.arange(len(cube)) % 2, 1.0, cube[:, -1])
    return np.vstack([starts, cube[:, :-1] * reach[:, None]])


def climbed(
    goal: Slope, limits: list[Slope], known: Known, start: np.ndarray, centre: np.ndarray, reach: float
) -> np.ndarray:
    """The best point within reach of a centre that keeps limits at zero or more, as the emulators have it."""
    low, high = np.clip(centre - reach, 0, 1), np.clip(centre + reach, 0, 1)
    exact = known(start[None])
    scale = np.maximum(np.abs(exact[0]), 1.0) if exact.shape[1] else np.ones(0)

    def slopes_of_known(point: np.ndarray) -> np.ndarray:
        steps = np.where(point + STEP > high, -STEP, STEP)  # backwards at the upper end
        found = np.asarray(known(np.vstack([point, point + np.diag(steps)])) / scale)
        return np.asarray((found[1:] - found[0]).T / steps)

    def value(point: np.ndarray) -> tuple[float, np.ndarray]:
        top, slopes = goal(point)
        return -top, np.asarray(-slopes)

    kept = [
        {"type": "ineq", "fun": lambda point, each=each: each(point)[0], "jac": lambda point, each=each: each(point)[1]}
        for each in limits
    ]
    if len(scale):
        kept.append({"type": "ineq", "fun": lambda point: known(point[None])[0] / scale, "jac": slopes_of_known})
    with warnings.catch_warnings():
        # SciPy of Debian 12 steps over a bound by rounding, says so, and goes back to it.
        warnings.filterwarnings("ignore", "Values in x were outside bounds", RuntimeWarning)
        found = optimize.minimize(
            value, np.clip(start, low, high), jac=True, method="SLSQP", bounds=list(zip(low, high, strict=True)),
            constraints=kept, options={"maxiter": 60},
        )  # fmt: skip
    return np.asarray(np.clip(found.x, low, high))


def slack_of(emulator: Emulator) -> Slope:
    """What an emulated slack leaves, over its spread: that is of the size of one."""
    level = emulator.level / (emulator.spread or 1.0)

    def left(point: np.ndarray) -> tuple[float, np.ndarray]:
        value, slopes = emulator.upper(point, 0)
        return level + value, slopes

    return left


def candidates(
    found: Search, known: Known, number: int, random: np.random.Generator
) -> np.ndarray:
    """Points of the unit cube that are worth simulating: the most promising, none of them near one that was, and where
    there are few, some around the best one."""
    size = found.points.shape[1]
    centre = found.points[found.best()[0]]
    heads = found.points[found.best(CLIMBS)]
    kept: list[np.ndarray] = []

    # Each way of climbing gives its best by the emulators, then its second best: none fills the batch.
    limits = [slack_of(each) for each in found.emulators[1:]]
    ways = []
    for daring, reach in TRUST:
        starts = np.vstack([heads, random.random((CLIMBS, size))]) if reach == 1 else heads
        goal = partial(found.emulators[0].upper, daring=daring)
        tops = [climbed(goal, limits, known, start, centre, reach) for start in starts]
        ways.append(sorted(tops, key=lambda point: -promise(found.emulators, known, point, daring)))
    for rank in range(max(map(len, ways))):
        for tops in ways:
            if rank < len(tops) and len(kept) < number and is_new(tops[rank], [found.points, *kept]):
                kept.append(tops[rank])
    # What the emulators know least well is how the best point's own surroundings bend.
    while len(kept) < max(number // 2, 1):
        point = np.clip(centre + random.normal(0, NEAR, size), 0, 1)
        kept.append(point)
    return np.array(kept).reshape(-1, size)


def is_new(point: np.ndarray, there: list[np.ndarray]) -> bool:
    """Whether none of the points that are there lies near it."""
    return bool((np.abs(np.vstack(there) - point).max(axis=1) > APART).all())


def promise(emulators: list[Emulator], known: Known, point: np.ndarray, daring: float) -> float:
    """What the emulators expect of a point, less much for every limit that it breaks."""
    mean, error = emulators[0](point[None])
    broken = sum(min(0.0, float(each(point[None])[0][0]) / (each.spread or 1.0)) for each in emulators[1:])
    exact = known(point[None])
    broken += float(np.minimum(0.0, exact / scale_of(exact)).sum())
    return float(mean[0] + daring * error[0]) / (emulators[0].spread or 1.0) + 100 * broken


def search(simulate: Simulate, known: Known, starts: np.ndarray, most: int, seed: int) -> Search:
    """Looks for the highest value that keeps all limits, over the unit cube, from at most so many points.

    `starts` are simulated first; `simulate` gives values and slacks that must be simulated, `known` slacks that need
    not.
    """
    with threadpool_limits(1):  # the matrices are small, and the simulator needs the processors
        return _search(simulate, known, starts, most, seed)


def _search(simulate: Simulate, known: Known, starts: np.ndarray, most: int, seed: int) -> Search:
    random = np.random.default_rng([seed, 7])
    points = first_points(starts, most, seed)
    values, slacks = simulate(points)
    own = slacks.shape[1]
    batches, idle = 1, 0
    while True:
        emulators = [emulator_of(points, values), *(emulator_of(points, slacks[:, place]) for place in range(own))]
        found = Search(points, values, np.column_stack([slacks, known(points)]), emulators, batches, idle >= PATIENCE)
        room = most - len(points)
        if room <= 0 or found.ended:
            return found
        new = candidates(found, known, min(BATCH, room), random)
        before = best_value(found)
        more, more_slacks = simulate(new)
        points, values = np.vstack([points, new]), np.concatenate([values, more])
        slacks, batches = np.vstack([slacks, more_slacks]), batches + 1
        after = best_value(Search(points, values, np.column_stack([slacks, known(points)]), emulators, batches, False))
        idle = 0 if after > before + GAIN * max(float(np.ptp(values)), 1e-12) else idle + 1


def best_value(found: Search) -> float:
    return float(found.values[found.best()[0]]) if found.feasible.any() else -np.inf
