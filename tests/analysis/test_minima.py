"""The smallest of several probabilities: by hand, at its limits, and how often its interval holds the truth."""

import numpy as np
import pytest
from scipy import stats

from jiju.statistics.clusters import Clusters
from jiju.statistics.minima import difference_of_smallest, smallest_share, wilson_end


def alone(replicates):
    return Clusters.of(np.arange(replicates))


def test_an_end_solves_wilsons_equation():
    for share, deviate in ((0.3, 1.96), (0.3, -2.5), (0.0, -2.0), (1.0, 1.5)):
        end = wilson_end(share, deviate, 80)
        assert share - end == pytest.approx(deviate * np.sqrt(end * (1 - end) / 80))


def test_where_one_target_is_far_below_all_others_the_interval_is_wilsons_with_its_own_tails():
    values = np.vstack([np.arange(200) < 40, np.arange(200) < 190]).astype(float)
    found = smallest_share(values, alone(200), 0.95)
    low, high = (stats.binomtest(40, 200).proportion_ci(sure, "wilson")[end] for end, sure in enumerate((0.96, 0.94)))
    assert found.value == pytest.approx(0.2, abs=0.003)
    assert found.low == pytest.approx(low, abs=1e-3) and found.high == pytest.approx(high, abs=4e-3)


def test_targets_that_are_met_together_are_one_target():
    row = (np.arange(100) < 30).astype(float)
    one, many = (smallest_share(np.tile(row, (size, 1)), alone(100), 0.95) for size in (1, 9))
    np.testing.assert_allclose(many, one, atol=0.006)


def test_what_never_happens_may_still_happen():
    found = smallest_share(np.zeros((3, 100)), alone(100), 0.95)
    assert found.value == found.low == 0 and 0.03 < found.high < 0.1


@pytest.mark.parametrize(("truth", "together"), [
    ([0.2, 0.7, 0.7, 0.7], 0.0), ([0.4] * 4, 0.0), ([0.4] * 4, 0.6), ([0.5] * 12, 0.0),
])  # fmt: skip
def test_the_interval_holds_the_truth_as_often_as_it_says(truth, together):
    """Of 400 intervals at least as many as a true 92.5 % would miss in one of a thousand; resampling held 0 of those
    with twelve equal targets."""
    random, held, size = np.random.default_rng(5), 0, 150
    edges = stats.norm.ppf(truth)[:, None]
    for _ in range(400):
        common = random.normal(size=size)
        values = np.sqrt(together) * common + np.sqrt(1 - together) * random.normal(size=(len(truth), size))
        found = smallest_share((values < edges).astype(float), alone(size), 0.95)
        held += found.low <= min(truth) <= found.high
    assert held >= stats.binom.ppf(0.001, 400, 0.925), held


def test_a_difference_of_nothing_is_nothing_and_others_cover():
    random, held = np.random.default_rng(6), 0
    same = (random.random((3, 80)) < 0.4).astype(float)
    nothing, low, high = difference_of_smallest(same, same, alone(80), 0.95)
    assert nothing == 0 and low == pytest.approx(-high) and high < 0.05
    for _ in range(300):
        uniform = random.random((4, 200))
        one = (uniform < np.array([0.4, 0.4, 0.6, 0.8])[:, None]).astype(float)
        other = (uniform < np.array([0.3, 0.35, 0.5, 0.8])[:, None]).astype(float)
        _, low, high = difference_of_smallest(one, other, alone(200), 0.95)
        held += low <= 0.1 <= high
    assert held >= stats.binom.ppf(0.001, 300, 0.93), held
