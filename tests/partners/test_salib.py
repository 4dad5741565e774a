"""An open plan as SALib's problem: its samples are points, and effects on planned money are those known by hand."""

import numpy as np
import pytest

import jiju

pytest.importorskip("SALib")

from SALib.analyze import morris as analysis
from SALib.sample import morris as sampling

from river import HOW


def test_its_samples_are_points(plan):
    definition = plan.salib()
    assert definition["names"] == plan.names and definition["num_vars"] == 3
    assert definition["bounds"] == [[0, 2]] * 3
    sample = sampling.sample(definition, 2, num_levels=4, seed=1)
    values = jiju.evaluate(plan, sample, ["public_cost", "output"], **HOW)
    assert values.shape == (len(sample), 2)
    found = analysis.analyze(definition, sample, values[:, 0], num_levels=4)
    assert dict(zip(found["names"], found["mu_star"], strict=True))["platforms"] > 0.1


def test_a_lever_that_costs_nothing_does_not_move_the_cost(plan):
    definition = plan.salib()
    sample = sampling.sample(definition, 2, num_levels=4, seed=1)
    values = np.array([plan.money(point) for point in sample])
    found = analysis.analyze(definition, sample, values, num_levels=4)
    effects = dict(zip(found["names"], found["mu_star"], strict=True))
    assert effects["land_guarantee"] == 0
    # Over its whole range a budget asks for twice what is written.
    assert effects["platforms"] == pytest.approx(2 * 5 * 0.3)
    assert effects["special_fund"] == pytest.approx(2 * 4.5 * 0.2)
