"""The plan of River City, whose levers other packages choose. Tests of a package that is not installed are passed over:
tools/check_partners runs them with the real ones."""

import numpy as np
import pytest

import jiju
from river import HOW, RIVER


@pytest.fixture(scope="session")
def base():
    found = jiju.Scenario.load(RIVER).copy(key="base")
    found.set({"levers.platforms.budget": 0, "levers.special_fund.budget": 0, "levers.land_guarantee.effort": 0})
    return found


@pytest.fixture(scope="session")
def plan(base):
    return jiju.open_plan(RIVER, base)


@pytest.fixture(scope="session")
def points():
    return np.array([[1.0, 1.0, 1.0], [0.5, 1.5, 0.0], [2.0, 2.0, 2.0]])


@pytest.fixture(scope="session")
def found(plan, points):
    """Output and public cost at these points, by jiju.evaluate."""
    return jiju.evaluate(plan, points, ["output", "public_cost"], **HOW)


@pytest.fixture(scope="session")
def nothing(plan):
    """Output without any lever."""
    return float(jiju.evaluate(plan, plan.nothing[None], ["output"], **HOW)[0, 0])


@pytest.fixture(scope="session")
def judged(plan):
    """Output and public cost of one point, by jiju.evaluate."""
    return lambda point: jiju.evaluate(plan, np.atleast_2d(point), ["output", "public_cost"], **HOW)[0]
