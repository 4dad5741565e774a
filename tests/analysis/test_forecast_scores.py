"""Scores of ensembles against closed forms, and how often bands and intervals hold the truth."""

import numpy as np
import pytest
from scipy import stats

from jiju.statistics import forecast_scores as scores
from jiju.statistics.clusters import Clusters


def alone(n):
    return Clusters.of(np.arange(n))


def test_crps_of_a_normal_is_that_of_the_closed_form():
    """sigma (z (2 Phi(z) - 1) + 2 phi(z) - 1 / sqrt(pi)): Gneiting and Raftery 2007, equation 5 of section 4.2."""
    many = 3 + 2 * stats.norm.ppf((np.arange(200_000) + 0.5) / 200_000)
    for truth in (3.0, 0.0, 8.5):
        z = (truth - 3) / 2
        exact = 2 * (z * (2 * stats.norm.cdf(z) - 1) + 2 * stats.norm.pdf(z) - 1 / np.sqrt(np.pi))
        assert scores.crps(many, truth, alone(len(many))) == pytest.approx(exact, rel=1e-4)


def test_crps_is_fair_to_few_replicates():
    draws = np.random.default_rng(1).normal(size=(20_000, 3))
    exact = 2 * stats.norm.pdf(0.5) + 0.5 * (2 * stats.norm.cdf(0.5) - 1) - 1 / np.sqrt(np.pi)
    mean = np.mean([scores.crps(each, 0.5, alone(3)) for each in draws])
    assert mean == pytest.approx(exact, abs=0.01)  # over all pairs it would be 0.19 higher


def test_crps_by_hand():
    assert scores.crps(np.array([1.0, 3.0]), 2.0, alone(2)) == pytest.approx(1 - 2 / 2)
    assert scores.crps(np.array([0.0, 1.0, 5.0]), 1.0, alone(3)) == pytest.approx(5 / 3 - (1 + 5 + 4) / 3 / 2)
    assert scores.crps(np.array([4.0]), 1.0, alone(1)) == 3  # a single number: the distance
    nested = Clusters.of(np.array([0, 0, 1, 1]))
    assert scores.crps(np.array([0.0, 1.0, 3.0, 3.0]), 3.0, nested) == pytest.approx(5 / 4 - (3 + 3 + 2 + 2) / 4 / 2)


def test_distances_are_those_of_all_pairs():
    values = np.random.default_rng(2).normal(size=50).round(1)  # with ties
    apart = np.abs(values[:, None] - values)
    assert scores.mean_distance(values, alone(50)) == pytest.approx(apart.sum() / (50 * 49))
    codes = np.arange(50) // 5
    others = codes[:, None] != codes
    assert scores.mean_distance(values, Clusters.of(codes)) == pytest.approx(apart[others].mean())


def test_bands_hold_one_more_draw_as_often_as_they_say():
    random = np.random.default_rng(3)
    for band in scores.BANDS:
        low, high = scores.ends_of_band(random.normal(size=(20_000, 45)), band)
        one_more = random.normal(size=20_000)
        assert np.mean((low <= one_more) & (one_more <= high)) == pytest.approx(band, abs=0.012)
    assert [scores.fewest_of(band) for band in scores.BANDS] == [3, 9, 39]
    assert scores.ends_of_band(np.arange(39.0), 0.95) == pytest.approx((0, 38))


def test_the_quantile_of_the_truth_counts_half_of_what_equals_it():
    values = np.array([1.0, 2.0, 2.0, 5.0])
    assert [scores.quantile_of_truth(values, truth) for truth in (0, 2, 3, 9)] == [0, 0.5, 0.75, 1]
    assert scores.error_of_quantile(np.arange(100.0), 24.5, alone(100)) == pytest.approx(np.sqrt(0.25 * 0.75 / 99))


def test_the_interval_of_coverage_is_exact_and_counts_a_year_once():
    assert scores.interval_of_coverage(np.zeros(2), np.array([2011, 2012])) == pytest.approx((0, 1 - 0.025**0.5))
    six = np.repeat([1.0, 0.0], 3)
    assert scores.interval_of_coverage(six, np.repeat([2011, 2012], 3)) == pytest.approx(
        scores.interval_of_coverage(six[::3], np.array([2011, 2012]))
    )
    random, held = np.random.default_rng(4), 0
    for _ in range(500):  # of one year all industries lie inside, or none does
        inside = np.repeat(random.random(8) < 0.8, 6)
        low, high = scores.interval_of_coverage(inside, np.repeat(np.arange(8), 6))
        held += low <= 0.8 <= high
    assert held / 500 > 0.94


@pytest.mark.parametrize("size", [1, 5])
def test_where_the_truth_is_a_draw_its_score_is_as_those_of_others(size):
    """Shares inside are the bands', and the p value of the score is uniform: of rows that move together."""
    random = np.random.default_rng(5)
    shares, ranks = [], []
    for _ in range(60):
        of_draw = np.repeat(random.normal(size=41), size)
        values = np.stack([of_draw + 0.5 * random.normal(size=41 * size) for _ in range(3)])
        codes = np.repeat(np.arange(41), size)
        truth, rest, clusters = values[:, 0], values[:, codes > 0], Clusters.of(codes[codes > 0])
        inside, score = scores.scores_of_pseudo_truths(rest, clusters)
        shares.append(inside.mean(axis=(0, 1)))
        own = np.mean([scores.crps(row, seen, clusters) for row, seen in zip(rest, truth, strict=True)])
        ranks.append(np.mean(score.mean(axis=1) < own))
    assert np.mean(shares, axis=0) == pytest.approx(scores.BANDS, abs=0.03)
    assert stats.kstest(ranks, "uniform").pvalue > 0.01
