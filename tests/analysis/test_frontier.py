"""Frontiers of several goals on a toy whose Pareto front has a closed form (benchmarks/toy_plan.py)."""

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import jiju
from jiju.decisions.front_search import SHARP, Aim, Seen, achievement, dominated, lattice

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
from toy_plan import MOST, toy

BUDGETS = [1.5, 3.5]
FEW = jiju.Effort(points=48, replicates=16, compared=30, judged=100)


@pytest.fixture(scope="module")
def known():
    return toy(levers=4)


@pytest.fixture(scope="module")
def found(known):
    return jiju.frontier(
        known.plan, known.base, ["value_added", "jobs"], BUDGETS, levers=list(known.levers), bounds=known.bounds,
        balances=3, effort=FEW, run=known.runner, progress=False,
    )  # fmt: skip


class TestToy:
    def test_the_best_spending_is_that_of_cauchy_and_schwarz(self, known):
        budget = 0.2 * MOST * known.cost.min()
        top, x = known.highest(known.worth, budget)
        assert top == pytest.approx(np.sqrt(budget * (known.worth**2 / known.cost).sum()))
        assert known.public_cost(x) == pytest.approx(budget)

    def test_no_plan_at_random_lies_beyond_the_front(self, known):
        random = np.random.default_rng(1)
        for x in random.uniform(0, MOST, (50, 4)):
            goals = np.array([known.value_added(x), known.jobs(x)])
            assert known.reach_beyond(goals, float(known.public_cost(x))) > -1e-6
        for goals in known.front(4.0, 5):
            assert known.reach_beyond(goals, 4.0) == pytest.approx(0, abs=1e-3)

    def test_a_point_is_simulated_alike_whenever_it_is(self, known):
        """Means of many replicates are the truths, and a point has the same numbers alone and among others."""
        plan = jiju.open_plan(known.plan, known.base, list(known.levers), bounds=known.bounds)
        told = ["value_added", "jobs", "public_cost", "p(T2)"]
        points = np.array([[1.0, 0.5, 1.5, 0.2], [0, 2.0, 0.3, 1.0]])
        both = jiju.evaluate(plan, points, told, replicates=40_000, run=known.runner(40_000, 1))
        truth = np.column_stack([known.value_added(points), known.jobs(points), known.public_cost(points),
                                 known.probabilities(points)[:, 1]])  # fmt: skip
        np.testing.assert_allclose(both, truth, rtol=0.01, atol=0.01)
        alone = jiju.evaluate(plan, points[1:], told, replicates=40_000, run=known.runner(40_000, 1))
        np.testing.assert_array_equal(alone[0], both[1])


class TestPieces:
    def test_what_is_dominated(self):
        rows = np.array([[1, 1], [2, 0], [0, 1], [1, 1], [2, 2]])
        assert dominated(rows[:4]).tolist() == [False, False, True, True]
        assert dominated(rows).tolist() == [True, True, True, True, False]

    @pytest.mark.parametrize(("goals", "least", "number"), [(1, 5, 1), (2, 5, 5), (2, 1, 2), (3, 5, 6), (3, 10, 10)])
    def test_balances_are_spread_and_add_up(self, goals, least, number):
        weights = np.array(lattice(goals, least))
        assert weights.shape == (number, goals) and (weights >= 0).all()
        np.testing.assert_allclose(weights.sum(axis=1), 1)
        assert len(np.unique(weights, axis=0)) == number

    def test_achievement_is_nearly_the_smallest_gain_and_rises_with_every_goal(self):
        ends = np.array([[0.0, 10.0], [2.0, 30.0]])
        one = achievement(np.array([1.0, 15.0]), (0.5, 0.5), ends)
        assert 0.5 - np.log(2) / SHARP <= one <= 0.5
        assert achievement(np.array([1.0, 15.1]), (0.5, 0.5), ends) > one

    def test_weights_lead_along_a_front_that_bends_inwards(self):
        """On x^2 + y^2 = 1 seen from outside, the sum is best at the ends alone; achievements find the middle."""
        angle = np.linspace(0, np.pi / 2, 91)
        goals = 1 - np.column_stack([np.sin(angle), np.cos(angle)])
        seen = Seen(angle[:, None], goals, np.zeros(91), np.zeros((91, 0)))
        best = seen.best(Aim(1.0, (0.5, 0.5)), {1.0: seen.ends(1.0)})[0]
        assert best == 45 and goals.sum(axis=1).argmax() in (0, 90)

    def test_of_points_that_break_the_budget_the_nearest_is_the_best(self):
        seen = Seen(np.zeros((3, 1)), np.array([[5.0], [1.0], [9.0]]), np.array([4.0, 2.0, 3.0]), np.zeros((3, 0)))
        assert seen.best(Aim(1.0, (1.0,)), {1.0: seen.ends(1.0)})[0] == 1
        assert seen.best(Aim(3.5, (1.0,)), {3.5: seen.ends(3.5)})[0] == 2


class TestFrontier:
    def test_plans_lie_near_the_front_and_apart_on_it(self, known, found):
        """By at most 6 %; the extremes of each budget differ in both goals, one for the other."""
        x = found.points.to_numpy()
        for plan, row in found.table.drop_duplicates("plan").set_index("plan").iterrows():
            goals = np.array([known.value_added(x[plan]), known.jobs(x[plan])])
            assert known.reach_beyond(goals, max(row["budget"], float(known.public_cost(x[plan])))) < 0.06
        largest = found.table[found.table["budget"] == BUDGETS[1]]
        of = {goal: part.set_index("balance")["goal"] for goal, part in largest.groupby("goal_name")}
        assert of["value_added"][0] > of["value_added"][2] and of["jobs"][2] > of["jobs"][0]

    def test_steps_and_prices_are_those_of_neighbouring_budgets(self, found):
        rows = found.table.set_index(["goal_name", "balance", "budget"])
        for goal in ("value_added", "jobs"):
            low, high = rows.loc[(goal, 1, BUDGETS[0])], rows.loc[(goal, 1, BUDGETS[1])]
            assert high["step"] == pytest.approx(high["goal"] - low["goal"])
            assert high["price"] == pytest.approx(high["step"] / (high["cost"] - low["cost"]))
            assert high["price_low"] < high["price"] < high["price_high"] and np.isnan(low["price"])

    def test_what_is_dominated_is_so_in_most_resamples(self, found):
        plans = found.table.drop_duplicates("plan")
        assert plans["dominated_in"].between(0, 1).all()
        assert (plans.loc[plans["dominated"], "dominated_in"] > 0.3).all()

    def test_a_plan_is_a_scenario(self, found):
        with pytest.raises(jiju.UsageError, match="no plan 99"):
            found.scenario(99)
        lever = found.plan.openings[0].lever
        chosen = found.scenario(1)[f"levers.{lever}.budget"]
        assert chosen == pytest.approx(0.3 * found.points.loc[1, lever]) or found.points.loc[1, lever] == 0

    @pytest.mark.parametrize("lang", ["en", "zh"])
    def test_it_says_what_it_does_not_know_and_draws_prices_and_entry(self, found, lang, tmp_path):
        shown = replace(found, lang=lang)
        assert ("未知" if lang == "zh" else "nothing is known of the front between") in shown.to_markdown()
        ax = jiju.plot.frontier(shown, lang=lang)
        panels = ax.figure.axes
        assert len(panels) == 5
        assert [label.get_text() for label in panels[4].get_xticklabels()] == ["1.50", "3.50"]
        first = found.table[(found.table["goal_name"] == "value_added") & (found.table["balance"] == 0)]
        assert panels[1].lines[0].get_ydata() == pytest.approx([first["price"].iloc[1]])

    @pytest.mark.parametrize(("goals", "message"), [
        (["value_added", "jobs", "p(T1)", "p(T2)"], "one to 3 goals"), (["jobs", "jobs"], "named twice"),
        (["public_cost"], "cannot be a goal too"), ([], "here are 0"),
    ])  # fmt: skip
    def test_goals_that_make_no_sense_are_refused(self, known, goals, message):
        with pytest.raises(jiju.UsageError, match=message):
            jiju.frontier(known.plan, known.base, goals, BUDGETS, run=known.runner, progress=False)
