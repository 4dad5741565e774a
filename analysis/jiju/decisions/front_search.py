"""The best points of an expensive function for several budgets and several goals. Knows no engine and no plan.

Each pair of a budget and weights of the goals is an aim: the highest *achievement* within the budget, the smallest of
the goals' gains over their weights (Wierzbicki 1980). With other weights it leads to another place of the Pareto front,
also where that bends inwards, which weighted sums miss. All aims share their points, and so one emulator of each goal
and of the cost; each is climbed as in search.py.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from threadpoolctl import threadpool_limits

from jiju.decisions.emulator import Emulator, emulator_of
from jiju.decisions.search import (
    BATCH,
    GAIN,
    NEAR,
    PATIENCE,
    TOLERANCE,
    Known,
    Slope,
    climbed,
    first_points,
    is_new,
    scale_of,
    worst,
)

LEAST_WEIGHT = 0.02  # of a goal that an aim passes over: of plans that are equal otherwise, the better one
SHARP = 30.0  # of the smooth minimum: it lies below the true one by the logarithm of the goals over this, at the most
# Deviations added to goals, reach around an aim's best point, and room left below limits, in errors out of sample: a
# point that should lie on a limit breaks it as often as not.
TRUST = ((0.0, 1.0, 1.0), (0.0, 0.2, 1.0), (1.0, 1.0, 0.0))
HEADS = 2  # of an aim's best points are starts; and one point anywhere

# Goals, the larger the better (n x goals), costs (n) and simulated slacks (n x limits) of points.
Simulate = Callable[[np.ndarray], tuple[np.ndarray, np.ndarray, np.ndarray]]


@dataclass(frozen=True)
class Aim:
    """A budget, and how much each goal weighs; weights add up to one."""

    budget: float
    weights: tuple[float, ...]


@dataclass(frozen=True)
class Seen:
    """Points with their goals (n x goals), costs (n) and slacks (n x limits), simulated ones first."""

    points: np.ndarray
    goals: np.ndarray
    costs: np.ndarray
    slacks: np.ndarray

    def all_slacks(self, aim: Aim) -> np.ndarray:
        return np.column_stack([aim.budget - self.costs, self.slacks])

    def feasible(self, aim: Aim) -> np.ndarray:
        slacks = self.all_slacks(aim)
        return np.asarray((slacks >= -TOLERANCE * scale_of(slacks)).all(axis=1))

    def ends(self, budget: float) -> np.ndarray:
        """Of each goal its value at the worst and at the best of the points that are best by one goal each, the payoff
        table, within a budget: 2 x goals."""
        good = self.feasible(Aim(budget, ()))
        kept = self.goals[good] if good.any() else self.goals
        table = kept[kept.argmax(axis=0)]
        low = table.min(axis=0) if len(table) > 1 else kept.min(axis=0)
        high = table.max(axis=0)
        return np.array([low, np.where(high > low, high, low + 1.0)])

    def best(self, aim: Aim, ends: dict[float, np.ndarray], number: int = 1) -> np.ndarray:
        """Places of the points that an aim holds for best, by the ends of its budget; of the nearest to its limits
        where none keeps them."""
        good = self.feasible(aim)
        if not good.any():
            return np.asarray(np.argsort(-worst(self.all_slacks(aim)), kind="stable")[:number])
        reached = achievement(self.goals, aim.weights, ends[aim.budget])
        order = np.argsort(np.where(good, -reached, np.inf), kind="stable")
        return np.asarray(order[: min(number, int(good.sum()))])


@dataclass(frozen=True)
class FrontSearch:
    """All points that were looked at; emulators of the goals, the cost and each simulated slack."""

    seen: Seen
    emulators: list[Emulator]
    ended: bool  # for want of better points, and not of points


def lattice(goals: int, least: int) -> list[tuple[float, ...]]:
    """Weights of the goals in equal steps, at least so many where there is a choice, the first goal's falling
    (Das, Dennis 1998)."""
    if goals == 1:
        return [(1.0,)]
    steps = 0
    found: list[tuple[float, ...]] = []
    while len(found) < max(least, goals):
        steps += 1
        found = []
        for bars in combinations(range(steps + goals - 1), goals - 1):
            ends = np.array([-1, *bars, steps + goals - 1])
            found.append(tuple(float(each) for each in (np.diff(ends) - 1) / steps))
    return sorted(found, reverse=True)


def gains_over_weights(goals: np.ndarray, weights: Sequence[float], ends: np.ndarray) -> np.ndarray:
    low, high = ends
    return np.asarray((goals - low) / (high - low) / np.maximum(weights, LEAST_WEIGHT))


def achievement(goals: np.ndarray, weights: Sequence[float], ends: np.ndarray) -> np.ndarray:
    """The smooth minimum of the goals' gains over their weights: it rises with every goal, so that its highest point
    is never dominated."""
    gains = gains_over_weights(goals, weights, ends)
    least = gains.min(axis=-1)
    return np.asarray(least - np.log(np.exp(-SHARP * (gains - least[..., None])).sum(axis=-1)) / SHARP)


def achievement_of(emulators: list[Emulator], weights: Sequence[float], ends: np.ndarray, daring: float) -> Slope:
    """Of emulated goals, with its slopes."""
    width = (ends[1] - ends[0]) * np.maximum(weights, LEAST_WEIGHT)

    def value(point: np.ndarray) -> tuple[float, np.ndarray]:
        found = [each.upper(point, daring) for each in emulators]
        goals = np.array([each.level + each.spread * top for each, (top, _) in zip(emulators, found, strict=True)])
        gains = gains_over_weights(goals, weights, ends)
        shares = np.exp(-SHARP * (gains - gains.min()))
        slopes = [each.spread / wide * slope for each, (_, slope), wide in zip(emulators, found, width, strict=True)]
        return float(achievement(goals, weights, ends)), np.asarray(shares / shares.sum() @ np.array(slopes))

    return value


def within(emulator: Emulator, least: float, sign: float) -> Slope:
    """How far an emulated number, times its sign, is above the least one, over its spread."""
    spread = emulator.spread or 1.0

    def left(point: np.ndarray) -> tuple[float, np.ndarray]:
        value, slopes = emulator.upper(point, 0)
        return (sign * emulator.level - least) / spread + sign * value, sign * slopes

    return left


def candidates(
    found: FrontSearch, aims: Sequence[Aim], ends: dict[float, np.ndarray], known: Known, chosen: np.ndarray,
    daring: float, reach: float, room: float, random: np.random.Generator,
) -> np.ndarray:  # fmt: skip
    """Points that are worth simulating, beside those that are chosen already: of each aim, in order, the best by the
    emulators that is new, or else one laid around its best."""
    seen, goals = found.seen, found.seen.goals.shape[1]
    size = seen.points.shape[1]
    kept: list[np.ndarray] = []
    price = found.emulators[goals]
    rest = [within(each, room * each.error, 1) for each in found.emulators[goals + 1 :]]
    for aim in aims:
        heads = seen.points[seen.best(aim, ends, HEADS)]
        starts = np.vstack([heads, random.random(size)]) if reach == 1 else heads
        goal = achievement_of(found.emulators[:goals], aim.weights, ends[aim.budget], daring)
        limits = [within(price, room * price.error - aim.budget, -1), *rest]
        tops = np.array([climbed(goal, limits, known, start, heads[0], reach) for start in starts])
        order = np.argsort([-promise(goal, limits, known, top) for top in tops], kind="stable")
        new = [top for top in tops[order] if is_new(top, [seen.points, chosen, *kept])]
        kept.append(new[0] if new else np.clip(heads[0] + random.normal(0, NEAR, size), 0, 1))
    return np.array(kept).reshape(-1, size)


def promise(goal: Slope, limits: list[Slope], known: Known, point: np.ndarray) -> float:
    """What is expected of a point, less much for every limit that it breaks."""
    exact = known(point[None])
    broken = sum(min(0.0, each(point)[0]) for each in limits)
    return goal(point)[0] + 100 * (broken + float(np.minimum(0.0, exact / scale_of(exact)).sum()))


def search_front(
    simulate: Simulate, known: Known, aims: Sequence[Aim], starts: np.ndarray, most: int, seed: int
) -> FrontSearch:
    """Looks for each aim's best point over the unit cube, from at most so many points in all.

    `starts` are simulated first; `known` gives slacks that need no simulating (n x limits).
    """
    with threadpool_limits(1):  # the matrices are small, and the simulator needs the processors
        return _search(simulate, known, aims, starts, most, seed)


def _search(
    simulate: Simulate, known: Known, aims: Sequence[Aim], starts: np.ndarray, most: int, seed: int
) -> FrontSearch:
    random = np.random.default_rng([seed, 7])
    points = first_points(starts, most, seed)
    goals, costs, slacks = simulate(points)
    turns, idle, first = 0, 0, 0
    while True:
        told = [*goals.T, costs, *slacks.T]
        seen = Seen(points, goals, costs, np.column_stack([slacks, known(points)]))
        found = FrontSearch(seen, [emulator_of(points, each) for each in told], idle >= PATIENCE)
        room = most - len(points)
        if room <= 0 or found.ended:
            return found
        ends = ends_of(seen, aims)
        number = min(max(BATCH, len(aims)), room)
        order = [aims[(first + place) % len(aims)] for place in range(len(aims))]
        new = np.zeros((0, points.shape[1]))
        while len(new) < number:  # with more and less trust, where there are fewer aims than places in a batch
            asked = order[: number - len(new)]
            more = candidates(found, asked, ends, known, new, *TRUST[turns % len(TRUST)], random)
            new, turns = np.vstack([new, more]), turns + 1
        first += number
        before = reached(seen, aims, ends)
        more_goals, more_costs, more_slacks = simulate(new)
        points, goals = np.vstack([points, new]), np.vstack([goals, more_goals])
        costs, slacks = np.concatenate([costs, more_costs]), np.vstack([slacks, more_slacks])
        after = reached(Seen(points, goals, costs, np.column_stack([slacks, known(points)])), aims, ends)
        idle = 0 if (after > before + GAIN).any() else idle + 1


def ends_of(seen: Seen, aims: Sequence[Aim]) -> dict[float, np.ndarray]:
    return {budget: seen.ends(budget) for budget in dict.fromkeys(aim.budget for aim in aims)}


def reached(seen: Seen, aims: Sequence[Aim], ends: dict[float, np.ndarray]) -> np.ndarray:
    """The highest achievement of each aim so far; of one that no point keeps the limits of, none."""
    found = [
        achievement(seen.goals[seen.best(aim, ends)[0]], aim.weights, ends[aim.budget])
        if seen.feasible(aim).any() else -np.inf
        for aim in aims
    ]
    return np.array(found, dtype=float)


def dominated(objectives: np.ndarray) -> np.ndarray:
    """Which rows another row dominates: at least as good in every objective (all to be large) and better in one; of
    equal rows, all after the first. Along the last but one axis: ... x rows x objectives."""
    one, other = objectives[..., :, None, :], objectives[..., None, :, :]
    as_good, better = (other >= one).all(axis=-1), (other > one).any(axis=-1)
    earlier = np.tri(objectives.shape[-2], k=-1, dtype=bool)  # [one, other]
    return np.asarray((as_good & (better | earlier)).any(axis=-1))
