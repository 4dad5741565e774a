"""An open plan as a model of the EMA workbench, run by its evaluators: levers, uncertainties, outcomes, constraints."""

import numpy as np
import pytest

import jiju

pytest.importorskip("ema_workbench")

from ema_workbench import MultiprocessingEvaluator, Policy, Scenario, SequentialEvaluator, perform_experiments

from river import HOW, LIMIT

KEYS = ["parameters.investment.*"]


def test_outcomes_are_those_of_evaluate(plan, points, found):
    model = plan.ema(["output", "p(T1)"], minimise="public_cost", limits=[LIMIT], **HOW)
    policies = [Policy(str(place), **dict(zip(plan.names, point, strict=True))) for place, point in enumerate(points)]
    _, outcomes = perform_experiments(model, policies=policies)
    np.testing.assert_array_equal(np.column_stack([outcomes["output"], outcomes["public_cost"]]), found)
    np.testing.assert_array_equal(outcomes["slack_of_public_cost_2_2"], 2.2 - found[:, 1])
    assert set(outcomes["p_T1"] * HOW["replicates"] % 1) == {0}


def test_an_uncertain_value_counts_in_plan_and_base(plan, base):
    """One experiment by hand: the value set in both scenarios, then evaluated."""
    model = plan.ema(["public_cost", "output"], uncertainties=KEYS, **HOW)
    assert len(model.uncertainties) > 1 and [lever.name for lever in model.levers] == plan.names
    drawn = {each.name: each.upper_bound for each in model.uncertainties}
    _, outcomes = perform_experiments(
        model, scenarios=[Scenario("high", **drawn)], policies=[Policy("plan", **dict.fromkeys(plan.names, 1.0))]
    )
    settings = {name.replace("__", "."): value for name, value in drawn.items()}
    scenarios = [plan.scenario.copy(), base.copy()]
    for each in scenarios:
        each.set(settings)
    expected = jiju.evaluate(jiju.open_plan(*scenarios), [[1, 1, 1]], ["public_cost", "output"], **HOW)[0]
    np.testing.assert_array_equal([outcomes["public_cost"][0], outcomes["output"][0]], expected)
    assert expected[1] != jiju.evaluate(plan, [[1, 1, 1]], ["output"], **HOW)[0, 0]


def test_its_processes_give_the_same(plan):
    model = plan.ema(["output"], uncertainties=KEYS, **HOW)
    found = []
    for evaluator in (SequentialEvaluator(model), MultiprocessingEvaluator(model, n_processes=2)):
        with evaluator:
            experiments, outcomes = evaluator.perform_experiments(
                scenarios=[Scenario(str(end), **{u.name: getattr(u, end) for u in model.uncertainties})
                           for end in ("lower_bound", "upper_bound")],
                policies=[Policy("plan", **dict.fromkeys(plan.names, 1.0))],
            )  # fmt: skip
        found.append(dict(zip(experiments["scenario"], outcomes["output"], strict=True)))
    assert found[0] == found[1]


def test_a_short_search_keeps_the_limit_and_beats_doing_nothing(plan, nothing, judged):
    model = plan.ema(maximise="output", limits=[LIMIT], **HOW)
    with SequentialEvaluator(model) as evaluator:
        result = evaluator.optimize(nfe=30, searchover="levers", epsilons=[0.1], constraints=model.constraints,
                                    population_size=10)  # fmt: skip
    best = result.iloc[result["output"].argmax()]
    output, cost = judged(best[plan.names].to_numpy(float))
    assert output == pytest.approx(best["output"], rel=1e-12) and cost <= 2.2 + 1e-9
    assert output > nothing
