"""An open plan as Optuna's objective: what a trial returns are outcomes, its constraints are limits."""

import numpy as np
import pytest

import jiju

optuna = pytest.importorskip("optuna")

from river import HOW, LIMIT, RIVER

optuna.logging.set_verbosity(optuna.logging.ERROR)


def test_values_and_constraints_are_those_of_evaluate(plan, points, found):
    objective = plan.optuna("output", minimise="public_cost", limits=[LIMIT], **HOW)
    assert objective.directions == ["maximize", "minimize"]
    study = optuna.create_study(directions=objective.directions)
    for point in points:
        study.enqueue_trial(dict(zip(plan.names, map(float, point), strict=True)))
    study.optimize(objective, n_trials=len(points))
    np.testing.assert_array_equal([trial.values for trial in study.trials], found)
    assert [trial.constraints[LIMIT] for trial in study.trials] == list(found[:, 1] - 2.2)
    np.testing.assert_array_equal([objective.point(trial) for trial in study.trials], points)


def test_a_short_search_keeps_the_limit_and_beats_doing_nothing(plan, nothing, judged):
    objective = plan.optuna("output", limits=[LIMIT], **HOW)
    study = optuna.create_study(directions=objective.directions, sampler=optuna.samplers.TPESampler(seed=1))
    study.optimize(objective, n_trials=24)
    output, cost = judged(objective.point(study.best_trial))
    assert (output, cost <= 2.2) == (study.best_value, True)
    assert output > nothing


def test_a_switch_is_a_choice_of_two(base):
    plan = jiju.open_plan(RIVER, base, ["platforms"], ways=("switch",))
    study = optuna.create_study(direction="minimize", sampler=optuna.samplers.RandomSampler(seed=1))
    study.optimize(plan.optuna(minimise="public_cost", **HOW), n_trials=6)
    assert {trial.params["platforms.switch"] for trial in study.trials} == {0, 1}
    assert study.best_params == {"platforms.switch": 0}
