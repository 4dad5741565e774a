"""Handing an open plan on: executors change no bit, and a package that is missing is named."""

import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import numpy as np
import pytest

import jiju
from jiju.decisions.partners.answers import answers_of
from jiju.runs.engine import EngineRunner

RIVER = "tutorial/river-city"


@pytest.fixture(scope="module")
def plan():
    base = jiju.Scenario.load(RIVER).copy(key="base")
    base.set({"levers.platforms.budget": 0, "levers.special_fund.budget": 0, "levers.land_guarantee.effort": 0})
    return jiju.open_plan(RIVER, base)


@pytest.fixture(scope="module")
def points():
    return np.random.default_rng(1).uniform(0, 2, (11, 3))


@pytest.mark.parametrize("pool", [
    lambda: ThreadPoolExecutor(2), lambda: ProcessPoolExecutor(2, mp_context=get_context("spawn")),
])  # fmt: skip
def test_an_executor_changes_no_bit(plan, points, pool):
    asked = {"outcomes": ["output", "public_cost", "p(T1)"], "replicates": 3, "by_replicate": True}
    with pool() as executor:
        there = jiju.evaluate(plan, points, executor=executor, **asked)
    np.testing.assert_array_equal(there, jiju.evaluate(plan, points, **asked))


def test_what_fails_in_an_executor_is_raised(plan, points):
    def failing(arms):
        if len(arms) > 1:
            raise RuntimeError("no such machine")
        return jiju.run(plan.scenario, replicates=1, progress=False)

    with ThreadPoolExecutor(1) as executor, pytest.raises(RuntimeError, match="no such machine"):
        jiju.evaluate(plan, points, ["output"], replicates=1, run=failing, executor=executor)


@pytest.mark.parametrize(("package", "module"), [
    ("ema_workbench", "for_ema"), ("pymoo", "for_pymoo"), ("optuna", "for_optuna"), ("botorch", "for_botorch"),
])  # fmt: skip
def test_a_missing_package_is_named(plan, package, module, monkeypatch):
    monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.delitem(sys.modules, f"jiju.decisions.partners.{module}", raising=False)
    with pytest.raises(jiju.UsageError, match=f"pip install {package}"):
        getattr(plan, "ema" if package == "ema_workbench" else package)("output")


def test_goals_and_limits_of_a_point_cost_one_simulation(plan, points):
    asked = []

    def counted(arms):
        asked.extend(arms)
        return EngineRunner(2, seed=1)(arms)

    found = answers_of(plan, "output", "public_cost", ["public_cost <= 2", "money <= 3"], replicates=2, run=counted)
    values, slacks = found.values(points), found.slacks(points)
    assert len(asked) == 1 + 1 + len(points), "one to see what there is, the base, the points"
    np.testing.assert_allclose(slacks[:, 0], 2 + values[:, 1])
    np.testing.assert_allclose(slacks[:, 1], [3 - plan.money(point) for point in points])
    with pytest.raises(jiju.UsageError, match="nothing is asked for"):
        answers_of(plan, (), (), ())
