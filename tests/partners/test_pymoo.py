"""An open plan as pymoo's problem: objectives are outcomes, constraints are limits, and its algorithms find more."""

import numpy as np
import pytest

pytest.importorskip("pymoo")

from pymoo.algorithms.moo.nsga2 import NSGA2
from pymoo.algorithms.soo.nonconvex.ga import GA
from pymoo.optimize import minimize

from river import HOW, LIMIT


def test_objectives_and_constraints_are_those_of_evaluate(plan, points, found):
    problem = plan.pymoo("output", minimise="public_cost", limits=[LIMIT, "money <= 3"], **HOW)
    out = problem.evaluate(points, return_as_dictionary=True)
    np.testing.assert_array_equal(out["F"], found * [-1, 1])
    np.testing.assert_array_equal(out["G"][:, 0], found[:, 1] - 2.2)
    np.testing.assert_allclose(out["G"][:, 1], [plan.money(point) - 3 for point in points])
    np.testing.assert_array_equal([problem.xl, problem.xu], plan.bounds.T)


def test_a_short_search_keeps_the_limit_and_beats_doing_nothing(plan, nothing, judged):
    result = minimize(plan.pymoo("output", limits=LIMIT, **HOW), GA(pop_size=8), ("n_gen", 4), seed=1)
    output, cost = judged(result.X)
    assert (output, cost <= 2.2) == (-result.F[0], True)
    assert output > nothing


def test_a_front_of_two_goals(plan):
    result = minimize(plan.pymoo("output", minimise="public_cost", **HOW), NSGA2(pop_size=8), ("n_gen", 3), seed=1)
    order = np.argsort(result.F[:, 1])
    assert len(order) > 1 and (np.diff(result.F[order, 0]) < 0).all(), "what costs more brings more"
