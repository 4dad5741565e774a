"""What is chosen, judged with further replicates of the base: known answers, limits, and intervals that cover."""

import numpy as np
import pytest

from jiju.decisions.evaluation import Control, Evaluator
from jiju.decisions.judgement import gain_over, own_value
from jiju.decisions.openings import open_plan
from jiju.decisions.outcomes import Outcome
from jiju.statistics.clusters import Clusters
from jiju.statistics.control import Sample
from made_decisions import RIVER, base_of_river

OWN, LONG = 60, 600
MEAN, CHANCE = Outcome("T1", ("T1",)), Outcome("p(T1)", ("p(T1)",))


def control(values, draws=None):
    clusters = Clusters.of(np.arange(len(values)) if draws is None else draws)
    return Control({"T1": values, "margin(T1)": values}, Sample(np.arange(OWN), clusters))


def alone(size=OWN, draws=None):
    return Clusters.of(np.arange(size) if draws is None else draws[:size])


def test_a_point_that_follows_the_base_is_known_as_well_as_the_base():
    base = np.random.default_rng(1).normal(size=LONG)
    found = own_value(MEAN, (3 + 2 * base[:OWN])[None], alone(), 0.95, control(base))
    assert found.value == pytest.approx(3 + 2 * base.mean())
    assert found.worth == pytest.approx(LONG, rel=0.3)
    gain = gain_over(MEAN, (3 + 2 * base[:OWN])[None], (1 + base[:OWN])[None], alone(), 0.95, control(base))
    assert gain.value == pytest.approx(2 + base.mean()) and gain.worth > OWN


def test_a_control_that_says_nothing_leaves_the_plain_answer():
    random = np.random.default_rng(2)
    base, values = random.normal(size=LONG), random.normal(size=(1, OWN))
    for outcome in (MEAN, CHANCE):
        seen = values if outcome is MEAN else (values > 0).astype(float)
        plain = own_value(outcome, seen, alone(), 0.95)
        found = own_value(outcome, seen, alone(), 0.95, control(np.zeros(LONG)), values[0])
        assert found.value == pytest.approx(plain.value, abs=0.03) and np.isnan(plain.worth)
        assert found.high - found.low <= 1.05 * (plain.high - plain.low)
    none = own_value(CHANCE, np.zeros((1, OWN)), alone(), 0.95, control(base - 9), np.full(OWN, -9.0) + values[0])
    assert none.value == 0 and np.isnan(none.worth), "an event that never happens has its exact bound"


@pytest.mark.parametrize("a_draw", [1, 5])
def test_intervals_cover_and_nothing_is_biased(a_draw):
    random, trials = np.random.default_rng(3), 200
    truth = {"T1": 0.2, "p(T1)": 0.0}
    wide = random.normal(size=(2, 400_000))
    truth["p(T1)"] = float((1.1 * wide[0] + 0.3 * wide[1] + 0.2 >= 0).mean())
    held, misses, worth = ({"T1": [], "p(T1)": []} for _ in range(3))
    draws = np.arange(LONG) // a_draw
    for _ in range(trials):
        shared = random.normal(size=LONG)[draws] if a_draw > 1 else random.normal(size=LONG)
        base = shared if a_draw == 1 else np.sqrt(0.5) * shared + np.sqrt(0.5) * random.normal(size=LONG)
        values = 1.1 * base[:OWN] + 0.3 * random.normal(size=OWN) + 0.2
        for outcome, seen in ((MEAN, values), (CHANCE, (values >= 0).astype(float))):
            found = own_value(
                outcome, seen[None], alone(OWN, draws), 0.95, control(base, draws), values
            )
            held[outcome.text].append(found.low <= truth[outcome.text] <= found.high)
            misses[outcome.text].append(found.value - truth[outcome.text])
            worth[outcome.text].append(found.worth)
    for name in truth:
        assert np.mean(held[name]) >= 0.895, (name, np.mean(held[name]))
        assert abs(np.mean(misses[name])) < 4 * np.std(misses[name]) / trials**0.5
        assert np.nanmedian(worth[name]) > 1.5 * OWN


def test_the_base_of_an_evaluator_goes_on_where_its_own_replicates_end():
    plan = open_plan(RIVER, base_of_river())
    judge = Evaluator(plan, ["value_added", "T1", "margin(T1)"], 6, 7, progress=False, longer=3)
    judge.simulate(plan.as_written)
    own = judge.store.base
    assert judge.control.sample.clusters.count == 18
    for place, name in enumerate(judge.store.columns):
        np.testing.assert_array_equal(judge.control.values[name][:6], own[place])
    assert judge.margins_of(Outcome("p(T1)", ("p(T1)",)), plan.as_written).shape == (1, 6)
    assert judge.margins_of(Outcome("p(T2)", ("p(T2)",)), plan.as_written) is None
    assert Evaluator(plan, ["T1"], 6, 7, progress=False).control is None
