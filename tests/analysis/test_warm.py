"""States kept between runs: the results of a cold run, to the bit, whatever ran before and however little room is."""

import pickle

import numpy as np
import pytest

import jiju
from jiju.runs.engine import EngineRunner
from jiju.runs.runner import Arm
from jiju.runs.running import run_warm
from jiju.runs.warm import Warm

QUIET = {"replicates": 6, "seed": 5, "progress": False}


@pytest.fixture(scope="module")
def scenarios(short):
    """A scenario, one with another dose, one with another target, and one that does not begin alike."""
    first = jiju.Scenario.load(short)
    dose, target, start = (first.copy(key) for key in ("dose", "target", "start"))
    dose["levers.tax.effort"] = 0.1
    target["targets.T1.value"] = 1.0
    start["parameters.population.mean_age"] = 3.0
    return [first, dose, target, start]


def test_results_are_those_of_a_cold_run(scenarios):
    warm = Warm()
    for scenario in (*scenarios, *scenarios[:2]):
        expected = jiju.run(scenario, **QUIET)
        assert run_warm(warm.states, scenario, **QUIET).identical(expected), scenario.key
    assert len(warm) == 12, "six of what begins alike, six of what does not"
    side_by_side = run_warm(warm.states, *scenarios, **QUIET)
    assert side_by_side.identical(jiju.run(*scenarios, **QUIET))


def test_more_replicates_and_other_seeds(scenarios):
    warm = Warm()
    for options in ({}, {"replicates": 9}, {"seed": 6}, {"replicates_per_draw": 2}, {"record": "targets"}):
        asked = QUIET | options
        assert run_warm(warm.states, scenarios[1], **asked).identical(jiju.run(scenarios[1], **asked)), options


def test_there_is_no_more_room_than_was_given(scenarios):
    plenty = Warm()
    run_warm(plenty.states, scenarios[0], **QUIET)
    each = plenty.megabytes / len(plenty)
    tight = Warm(2.5 * each)
    assert run_warm(tight.states, scenarios[1], **QUIET).identical(jiju.run(scenarios[1], **QUIET))
    assert len(tight) == 2 and tight.megabytes <= 2.5 * each


def test_a_runner_is_warm_here_and_empty_elsewhere(scenarios):
    warm = Warm(300)
    runner = EngineRunner(6, ["output"], seed=5, warm=warm)
    arms = [Arm(scenarios[0], {"levers.tax.effort": effort}) for effort in (0.0, 0.2)]
    cold = EngineRunner(6, ["output"], seed=5)(arms)
    assert runner(arms).identical(cold) and runner(arms).identical(cold)
    assert len(warm) == 6
    elsewhere = pickle.loads(pickle.dumps(runner))
    assert len(elsewhere.warm) == 0 and elsewhere.warm.megabytes_at_most == 300
    np.testing.assert_array_equal(elsewhere(arms).output, cold.output)
