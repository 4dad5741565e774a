"""The checks of a fit tell right from wrong: on simulators and posteriors whose answer is known."""

import numpy as np
import pandas as pd
import pytest

from jiju.evidence import calibration_checks as checks
from jiju.statistics import monte_carlo
from jiju.statistics.monte_carlo import Prior

PRIORS = {"mean": Prior(-1.0, 1.0), "spread": Prior(0.5, 2.0, log=True)}


def simulate(shares, generation):
    values = monte_carlo.values_at(shares, PRIORS)
    draws = np.random.default_rng([11, generation + 1])
    return pd.DataFrame({
        "level": values["mean"] + draws.normal(0, 0.2, len(values)),
        "log_variance": 2 * np.log(values["spread"]) + draws.normal(0, 0.2, len(values)),
    })  # fmt: skip


WIDTHS = pd.Series({"level": 0.2, "log_variance": 0.3})


def test_ranks_of_the_whole_method_are_uniform():
    ranks = checks.simulation_based(PRIORS, simulate, WIDTHS, sets=60, points=300, seed=1)
    table = checks.uniformity(ranks)
    assert len(ranks) == 60 and (table["p_adjusted"] > 0.01).all()
    assert (table["covered_low"] < 0.9).all() and (table["covered_high"] > 0.85).all()


@pytest.mark.parametrize(("name", "warp"), [
    ("too narrow", lambda u: np.where(u < 0.5, u**2 * 2, 1 - 2 * (1 - u) ** 2)),
    ("too wide", lambda u: 0.25 + u / 2),
    ("beside the truth", lambda u: u**2),
])  # fmt: skip
def test_wrong_posteriors_are_found_out(name, warp):
    right = (np.arange(200) + 0.5) / 200
    table = checks.uniformity(pd.DataFrame({"right": right, "wrong": warp(right)}))
    assert table.loc["wrong", "p_adjusted"] < 0.02, name
    assert table.loc["right", "p"] > 0.99


def test_adjusted_p_values_follow_holm():
    # p of one uniform and two shifted samples: the least is multiplied by 3, the next by 2, and order is kept.
    draws = np.random.default_rng(5).random((100, 3))
    table = checks.uniformity(pd.DataFrame(draws**[1, 1.5, 1.2], columns=list("abc")))
    least, middle, most = table["p"].sort_values()
    expected = np.maximum.accumulate([3 * least, 2 * middle, most]).clip(max=1)
    assert table["p_adjusted"].sort_values().to_numpy() == pytest.approx(expected)


def test_the_rank_of_a_truth_is_the_weight_below_it():
    assert checks.rank_of(np.array([1.0, 2, 3]), np.array([1.0, 2, 1]), 2.5) == 0.75
    assert checks.rank_of(np.array([1.0, 2, 3]), np.array([1.0, 2, 1]), 2.0) == 0.5, "ties count half"


def test_ranges_hold_their_summaries_and_lie_evenly_around_them():
    draws = np.random.default_rng(6)
    data = pd.Series({"level": 3.0, "log_variance": -1.0})
    found = [checks.ranges_around(data, WIDTHS, draws) for _ in range(400)]
    assert all((each["low"] <= data).all() and (data <= each["high"]).all() for each in found)
    places = [(data["level"] - each.loc["level", "low"]) / 0.2 for each in found]
    assert np.mean(places) == pytest.approx(0.5, abs=0.06) and np.std(places) == pytest.approx(12**-0.5, abs=0.03)


def test_misfit_tells_data_that_the_model_can_make_from_others():
    shares = monte_carlo.sample_priors(PRIORS, 400, 1)
    summaries = simulate(shares, 0)
    can = pd.DataFrame({"low": [0.0, 0.1], "high": [0.2, 0.4]}, index=WIDTHS.index)
    cannot = pd.DataFrame({"low": [0.0, 4.0], "high": [0.2, 4.3]}, index=WIDTHS.index)
    assert checks.misfit(summaries, can).p > 0.1
    far = checks.misfit(summaries, cannot)
    assert far.p == pytest.approx(1 / 301) and far.met == 1 and far.summaries == 2
    assert checks.misfit(summaries, can).met == 2


def test_p_values_of_data_that_the_model_made_are_uniform():
    shares = monte_carlo.sample_priors(PRIORS, 200, 1)
    summaries = simulate(shares, 0)
    others = simulate(monte_carlo.sample_priors(PRIORS, 20, 2), 7)
    draws = np.random.default_rng(8)
    found = [checks.misfit(summaries, checks.ranges_around(row, WIDTHS, draws)).p for _, row in others.iterrows()]
    assert np.mean(np.array(found) <= 0.1) < 0.3 and np.mean(found) == pytest.approx(0.5, abs=0.2)


def test_predictive_bands_and_tails_by_hand():
    prior = pd.DataFrame({"a": np.arange(101.0), "b": np.arange(101.0)})
    posterior = pd.DataFrame({"a": [1.0, 2, 3, 4], "b": [1.0, 2, 3, 4]})
    ranges = pd.DataFrame({"low": [2.5, 5.0], "high": [9.0, np.inf]}, index=["a", "b"])
    table = checks.predictive(prior, posterior, ranges)
    assert table.loc["a", "prior_q50"] == 50 and table.loc["a", "posterior_q50"] == 2.5
    assert table.loc["a", "tail"] == 1, "half of the draws are above the lower end, and twice that is all"
    assert table.loc["b", "tail"] == 0, "no draw reaches the range"
