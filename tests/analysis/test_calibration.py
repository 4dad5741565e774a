"""Calibration finds what was planted in a simulator whose answer is known, and says what it cannot find."""

import numpy as np
import pandas as pd
import pytest

from jiju.evidence import calibration
from jiju.statistics import copula, monte_carlo
from jiju.statistics.monte_carlo import Prior

PRIORS = {"rate": Prior(0.1, 10.0, log=True), "mean": Prior(-2.0, 2.0), "idle": Prior(0.0, 1.0)}


def toy(values, seed):
    """Means of 200 exponential and of 200 normal numbers, and pure noise; `idle` moves none of them."""
    draws = np.random.default_rng(seed)
    size = len(values)
    return pd.DataFrame({
        "waiting": np.log(draws.gamma(200, 1 / 200, size) / values["rate"]),
        "level": values["mean"] + draws.normal(0, 1 / np.sqrt(200), size),
        "noise": draws.normal(0, 1, size),
    })  # fmt: skip


def calibrated(rate, mean, points=800):
    shares = monte_carlo.sample_priors(PRIORS, points, seed=7)
    summaries = toy(monte_carlo.values_at(shares, PRIORS), seed=8)
    ranges = pd.DataFrame({"low": [-np.log(rate) - 0.1, mean - 0.1, -3], "high": [-np.log(rate) + 0.1, mean + 0.1, 3]},
                          index=["waiting", "level", "noise"])  # fmt: skip
    return calibration.infer(shares, summaries, ranges, PRIORS)


@pytest.mark.parametrize(("rate", "mean"), [(0.5, 1.0), (3.0, -1.2)])
def test_planted_parameters_are_recovered(rate, mean):
    found = calibrated(rate, mean).findings
    assert found.loc["rate", "low"] < rate < found.loc["rate", "high"]
    assert found.loc["mean", "low"] < mean < found.loc["mean", "high"]
    assert found.loc["rate", "median"] == pytest.approx(rate, rel=0.25)
    assert found.loc["mean", "median"] == pytest.approx(mean, abs=0.25)
    assert found.loc["rate", "spread"] < 0.4


def test_a_parameter_that_moves_nothing_is_called_unidentified():
    found = calibrated(1.0, 0.0).findings
    assert found["identified"].to_dict() == {"rate": True, "mean": True, "idle": False}
    assert abs(found.loc["idle", "predicted"]) < 0.1
    assert found.loc["idle", "spread"] > 0.75


def test_ranges_that_allow_everything_leave_the_prior():
    shares = monte_carlo.sample_priors(PRIORS, 400, seed=1)
    summaries = toy(monte_carlo.values_at(shares, PRIORS), seed=2)
    ranges = pd.DataFrame({"low": -1e6, "high": 1e6}, index=summaries.columns)
    posterior = calibration.infer(shares, summaries, ranges, PRIORS)
    assert posterior.findings["median"]["mean"] == pytest.approx(0, abs=0.25)
    assert posterior.findings["spread"].between(0.85, 1.15).all()
    assert posterior.misfit.max() == 0


def test_a_missing_summary_costs_its_draw_only():
    shares = monte_carlo.sample_priors(PRIORS, 200, seed=1)
    summaries = toy(monte_carlo.values_at(shares, PRIORS), seed=2)
    ranges = pd.DataFrame({"low": -0.5, "high": 0.5}, index=summaries.columns)
    broken = summaries.copy()
    broken.loc[3, "level"] = np.nan
    without = [k for k in range(200) if k != 3]
    expected = calibration.infer(shares.iloc[without], summaries.iloc[without], ranges, PRIORS)
    found = calibration.infer(shares, broken, ranges, PRIORS)
    pd.testing.assert_frame_equal(found.findings, expected.findings)


def test_a_latin_hypercube_visits_every_part_once():
    shares = monte_carlo.sample_priors(PRIORS, 50, seed=3)
    for name in PRIORS:
        assert sorted((shares[name] * 50).astype(int)) == list(range(50))
    values = monte_carlo.values_at(shares, PRIORS)
    assert values["rate"].median() == pytest.approx(1, rel=0.1)


def test_weighted_quantiles_of_equal_weights_are_quantiles():
    values = np.random.default_rng(4).normal(size=5001)
    assert copula.weighted_quantile(values, np.ones(5001), 0.05) == pytest.approx(
        np.quantile(values, 0.05), abs=1e-3
    )




# A normal mean with an even prior and data given as ranges: inside the prior, the posterior is that of the mean of a
# number that lies evenly within the range, so its variance is that of the noise and a twelfth of the width squared.
NOISE, WIDTH = 0.2, 0.2


def normal_mean(seed):
    calls = iter(range(10**6))

    def simulate(shares, generation):
        values = monte_carlo.values_at(shares, PRIORS)
        draws = np.random.default_rng([seed, next(calls)])
        return pd.DataFrame({
            "level": values["mean"] + draws.normal(0, NOISE, len(values)),
            "waiting": np.log(values["rate"]) + 0.5 * values["mean"] + draws.normal(0, NOISE, len(values)),
        })  # fmt: skip

    return simulate


RANGES = pd.DataFrame({"low": [0.5 - WIDTH / 2, -WIDTH / 2], "high": [0.5 + WIDTH / 2, WIDTH / 2]},
                      index=["level", "waiting"])  # fmt: skip
DEVIATION = np.sqrt(NOISE**2 + WIDTH**2 / 12)


@pytest.fixture(scope="module")
def explored():
    """Posteriors of twelve runs with other random numbers."""
    points = [monte_carlo.explore(PRIORS, normal_mean(seed), RANGES, 600, seed) for seed in range(12)]
    return [(each, calibration.posterior_of(each, RANGES, PRIORS)) for each in points]


def test_population_monte_carlo_finds_a_known_posterior(explored):
    means = [np.average(found.draws["mean"], weights=found.weights) for _, found in explored]
    widths = [calibration.weighted_deviation(found.draws["mean"].to_numpy(), found.weights) for _, found in explored]
    # Of some 80 effective draws, twelve times: the mean is known to 0.007, the deviation to a fortieth.
    assert np.mean(means) == pytest.approx(0.5, abs=0.02)
    assert np.mean(widths) == pytest.approx(DEVIATION, rel=0.10)
    logs = [np.average(np.log(found.draws["rate"]), weights=found.weights) for _, found in explored]
    assert np.mean(logs) == pytest.approx(-0.25, abs=0.03)


def test_later_generations_come_nearer_and_leave_the_idle_where_it_was(explored):
    for points, _ in explored:
        distance = monte_carlo.distances(points.summaries, RANGES, points.scale)
        assert np.median(distance[points.generation == 4]) < 0.5 * np.median(distance[points.generation == 0])
        # As many as their number and spread allow; without leaving out a point's own kernel the mean is 0.95.
        assert points.weights.mean() == pytest.approx(1, abs=0.1)
    assert np.mean([points.weights.mean() for points, _ in explored]) == pytest.approx(1, abs=0.03)
    ends = [copula.weighted_quantile(found.draws["idle"].to_numpy(), found.weights, np.array([0.1, 0.5, 0.9]))
            for _, found in explored]  # fmt: skip
    assert np.mean(ends, axis=0) == pytest.approx([0.1, 0.5, 0.9], abs=0.06)


def test_the_joint_posterior_keeps_correlations(explored):
    """log rate is data less half the mean, with as much noise: a covariance of -0.5 s^2 beside s^2 and 1.25 s^2."""
    found = [posterior.joint().correlation.loc["mean", "rate"] for _, posterior in explored]
    assert np.mean(found) == pytest.approx(-0.5 / np.sqrt(1.25), abs=0.1)
    joint = explored[0][1].joint()
    drawn = joint.sample(4000, seed=1)
    rank = drawn.rank().corr().loc["mean", "rate"]
    assert rank == pytest.approx(6 / np.pi * np.arcsin(found[0] / 2), abs=0.05), "Spearman's of a Gaussian copula"
    for name in drawn:
        ends = joint.quantiles.loc[name, [0.05, 0.5, 0.95]]
        assert [np.mean(drawn[name] < end) for end in ends] == pytest.approx([0.05, 0.5, 0.95], abs=0.03)


def test_a_joint_distribution_is_positive_definite_where_draws_are_few():
    draws = pd.DataFrame(np.random.default_rng(3).normal(size=(6, 9)), columns=list("abcdefghi"))
    table = copula.joint_of(draws, np.ones(6)).correlation
    assert np.linalg.eigvalsh(table).min() > 0 and (np.diag(table) == 1).all()


def test_normal_scores_of_equal_weights_are_those_of_ranks():
    scores = copula.normal_scores(np.array([3.0, 1.0, 2.0, 2.0]), np.ones(4))
    assert scores[1] == pytest.approx(-1.1503494) and scores[0] == pytest.approx(1.1503494)  # 1/8 and 7/8
    assert scores[2] == scores[3] == pytest.approx(0)


def test_a_range_out_of_reach_asks_for_no_more_than_points_can_do():
    shares = monte_carlo.sample_priors(PRIORS, 600, seed=7)
    summaries = normal_mean(1)(shares, 0)
    within = RANGES.copy()
    beyond = RANGES.copy()
    within.loc["level"], beyond.loc["level"] = [1.9, 2.1], [50.0, 50.2]
    there = calibration.infer(shares, summaries, within, PRIORS).findings.loc["mean"]
    far = calibration.infer(shares, summaries, beyond, PRIORS).findings.loc["mean"]
    assert far["median"] > 1 and far["spread"] > 0.02, "no draw is carried off to the end of the prior"
    assert there["edge"] == far["edge"] == "high"


@pytest.mark.parametrize(
    ("low", "high", "spread", "edge"),
    [(0.2, 0.8, 0.5, ""), (0.7, 0.97, 0.3, "high"), (0.01, 0.4, 0.4, "low"), (0.04, 0.96, 0.99, "")],
)
def test_edges_are_flagged_where_something_was_learnt(low, high, spread, edge):
    assert calibration.edge_of(low, high, spread) == edge
