"""Searching for the best point: toys whose optimum is known by hand, with and without limits."""

import numpy as np
import pytest
from scipy import optimize

from jiju.decisions.emulator import emulator_of
from jiju.decisions.judgement import gain_over, gap_of, own_value
from jiju.decisions.outcomes import Outcome
from jiju.decisions.search import search
from jiju.statistics.clusters import Clusters

VALUE = Outcome("value_added", ("value_added",))


def no_limits(points):
    return np.zeros((len(points), 0))


def roots(weights):
    """What is spent on x brings its root, so that the best spending is by squares of the weights (Lagrange)."""
    return lambda points: np.sqrt(points + 1e-3) @ weights


def best_by_hand(weights, budget):
    found = optimize.minimize(
        lambda x: -np.sqrt(x + 1e-3) @ weights, np.full(len(weights), budget / len(weights)), method="SLSQP",
        bounds=[(0, 1)] * len(weights), constraints=[{"type": "ineq", "fun": lambda x: budget - x.sum()}],
        options={"maxiter": 500},
    )  # fmt: skip
    assert found.success
    return -found.fun


@pytest.mark.parametrize("simulated", [False, True])
def test_the_best_spending_of_a_budget_is_found(simulated):
    """Twelve openings, a budget for a quarter of them; limits that are known and limits that are simulated alike."""
    weights = np.random.default_rng(3).uniform(0, 1, 12) ** 2
    value, budget = roots(weights), 3.0

    def left(points):
        return budget - points.sum(axis=1, keepdims=True)

    def simulate(points):
        return value(points), left(points) if simulated else no_limits(points)

    starts = np.vstack([np.full(12, 0.25), np.zeros(12)])
    found = search(simulate, no_limits if simulated else left, starts, 100, 1)
    best = found.best()[0]
    assert found.slacks[best, 0] >= -1e-6
    even, top = float(value(starts[:1])[0]), best_by_hand(weights, budget)
    assert found.values[best] > top - 0.05 * (top - even)
    assert len(found.points) <= 100


def test_a_limit_that_nothing_keeps_is_reported():
    found = search(lambda x: (x.sum(axis=1), 1 - 0 * x[:, :1]), lambda x: -1 - x[:, :1], np.full((1, 3), 0.5), 40, 1)
    assert not found.feasible.any()
    assert found.points[found.best()[0], 0] == pytest.approx(0, abs=0.01), "the least broken"


def test_a_search_is_the_same_twice():
    value = roots(np.array([1.0, 0.5, 0.2]))
    one, two = (search(lambda x: (value(x), no_limits(x)), no_limits, np.zeros((1, 3)), 40, 5) for _ in range(2))
    np.testing.assert_array_equal(one.points, two.points)


class TestEmulator:
    points = np.random.default_rng(1).random((80, 4))
    values = np.sin(3 * points[:, 0]) + points[:, 1] ** 2 + 0.3 * points[:, 0] * points[:, 2]

    def test_its_error_is_that_of_points_it_has_not_seen(self):
        fresh = np.random.default_rng(2).random((2000, 4))
        truth = np.sin(3 * fresh[:, 0]) + fresh[:, 1] ** 2 + 0.3 * fresh[:, 0] * fresh[:, 2]
        found = emulator_of(self.points, self.values)
        error = np.sqrt(np.mean((found(fresh)[0] - truth) ** 2))
        # Folds leave a fifth of the points out, so that the error told is rather too large.
        assert error < 1.3 * found.error and found.error < 5 * error
        assert found.explained == pytest.approx(1 - (found.error / self.values.std()) ** 2)

    def test_noise_is_not_explained(self):
        noise = np.random.default_rng(3).normal(size=80)
        assert emulator_of(self.points, noise).explained < 0.2

    @pytest.mark.parametrize("daring", [0.0, 1.5])
    def test_slopes_are_those_of_the_value(self, daring):
        found, point, step = emulator_of(self.points, self.values), np.full(4, 0.3), 1e-5
        slopes = found.upper(point, daring)[1]
        for axis, slope in enumerate(slopes):
            moved = [found.upper(point + side * step * np.eye(4)[axis], daring)[0] for side in (1, -1)]
            assert slope == pytest.approx((moved[0] - moved[1]) / (2 * step), abs=1e-3)

    def test_without_daring_the_value_is_the_mean(self):
        found, point = emulator_of(self.points, self.values), np.full(4, 0.6)
        value = found.level + found.spread * found.upper(point, 0)[0]
        assert value == pytest.approx(float(found(point[None])[0][0]), rel=1e-9)

    def test_a_constant_has_no_error(self):
        found = emulator_of(self.points, np.full(80, 7.0))
        assert found.error == 0 and found(self.points[:2])[0].tolist() == [7.0, 7.0]


class TestGap:
    """Points whose means are known: the bound lies above the gap as often as it says (Mak, Morton, Wood 1999)."""

    def bounds(self, means, chosen, studies=300, replicates=100):
        random = np.random.default_rng(4)
        clusters = Clusters.of(np.arange(replicates))
        shape = (len(means), 1, replicates)
        return np.array([
            gap_of(VALUE, np.array(means)[:, None, None] + random.normal(0, 1, shape), chosen, clusters, 0.95).bound
            for _ in range(studies)
        ])  # fmt: skip

    def test_the_bound_covers(self):
        assert np.mean(self.bounds([0.0, 0.3, -0.2], 0) >= 0.3) > 0.93

    def test_the_best_of_unequal_points_has_hardly_a_gap(self):
        assert np.median(self.bounds([2.0, 0.0, 0.0], 0)) < 0.05

    def test_of_costs_the_smallest_is_best(self):
        clusters, values = Clusters.of(np.arange(40)), np.array([3.0, 1.0, 2.0])[:, None, None] * np.ones((3, 1, 40))
        assert gap_of(VALUE, values, 1, clusters, 0.95, largest=False).estimate == 0
        assert gap_of(VALUE, values, 2, clusters, 0.95, largest=False).estimate == 1

    def test_draws_are_not_divided(self):
        """Two draws of the parameters make no two batches of one draw each and more."""
        clusters = Clusters.of(np.repeat([0, 1, 2], 10))
        assert gap_of(VALUE, np.zeros((2, 1, 30)), 0, clusters, 0.95).batches < 2


class TestIntervals:
    """Ten replicates of each draw that are alike know as much as one of each."""

    values = np.random.default_rng(6).normal(0, 1, 20)
    others = values + np.random.default_rng(7).normal(0.2, 0.3, 20)
    codes = np.repeat(np.arange(20), 10)

    @pytest.mark.parametrize("outcome", [VALUE, Outcome("p(T1)", ("p(T1)",))])
    def test_they_go_by_draws(self, outcome):
        one, other = self.values, self.others
        if outcome.is_probability:
            one, other = (one > 0).astype(float), (other > 0).astype(float)
        alone, shared = Clusters.of(np.arange(20)), Clusters.of(self.codes)
        width = {}
        for name, of, index in (("alone", alone, np.arange(20)), ("shared", shared, self.codes)):
            found = [own_value(outcome, one[None, index], of, 0.95),
                     gain_over(outcome, other[None, index], one[None, index], of, 0.95)]  # fmt: skip
            width[name] = [each.high - each.low for each in found]
        assert width["shared"] == pytest.approx(width["alone"], rel=0.15)
