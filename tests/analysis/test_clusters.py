"""Errors by clusters against known answers: equal and unequal sizes, missing values, and what is refused."""

import itertools

import numpy as np
import pytest
import xarray as xr
from scipy import stats

from jiju.errors import UsageError
from jiju.statistics.clusters import (
    Clusters,
    bootstrap_interval,
    effective_size,
    interval_of,
    mean_of,
    p_value_of_mean,
    sign_test,
)


def grouped(sizes):
    return Clusters.of(np.repeat(np.arange(len(sizes)), sizes))


def test_without_shared_draws_it_is_the_ordinary_mean():
    values = np.random.default_rng(1).normal(3, 2, size=(2, 25))
    found = mean_of(values, Clusters.of(np.arange(25)))
    assert found.mean == pytest.approx(values.mean(axis=1))
    assert found.variance == pytest.approx(values.var(axis=1, ddof=1) / 25)
    assert found.freedom == pytest.approx(24)
    low, high = interval_of(found, 0.9)
    for row, a, b in zip(values, low, high, strict=True):
        assert (a, b) == pytest.approx(tuple(stats.ttest_1samp(row, 0).confidence_interval(0.9)))
    assert p_value_of_mean(mean_of(values[0], Clusters.of(np.arange(25)))) == pytest.approx(
        stats.ttest_1samp(values[0], 0).pvalue)


def test_clusters_of_one_size_are_a_sample_of_their_means():
    values = np.random.default_rng(2).normal(size=(12, 5)) + np.arange(12)[:, None]
    found = mean_of(values.reshape(-1), grouped([5] * 12))
    means = values.mean(axis=1)
    assert float(found.variance) == pytest.approx(means.var(ddof=1) / 12)
    assert (int(found.n), int(found.draws), float(found.freedom)) == (60, 12, pytest.approx(11))


def test_a_variance_does_not_depend_on_order_and_missing_values_drop_out():
    random = np.random.default_rng(3)
    sizes = random.integers(1, 9, size=14)
    values, clusters = random.normal(size=sizes.sum()), grouped(sizes)
    order = random.permutation(len(values))
    found, turned = mean_of(values, clusters), mean_of(values[order], Clusters.of(clusters.codes[order]))
    assert [float(x) for x in turned] == pytest.approx([float(x) for x in found])
    holes = values.copy()
    holes[::4] = np.nan
    kept = mean_of(values[~np.isnan(holes)], Clusters.of(clusters.codes[~np.isnan(holes)]))
    assert [float(x) for x in mean_of(holes, clusters)] == pytest.approx([float(x) for x in kept])


def test_unequal_clusters_cover_the_truth():
    """One draw in four has ten times as many replicates; each draw moves its replicates by one, chance by one."""
    random = np.random.default_rng(4)
    clusters = grouped([20, 2, 2, 2] * 6)
    covered = []
    for _ in range(3000):
        values = random.normal(size=24)[clusters.codes] + random.normal(size=len(clusters.codes))
        low, high = interval_of(mean_of(values, clusters), 0.95)
        covered.append(low <= 0 <= high)
    assert 0.93 < np.mean(covered) < 0.97


def test_too_few_clusters_are_refused_with_what_would_do():
    with pytest.raises(UsageError, match=r"these 27 replicates share 9 draws .* up to 3 a draw, .* 10 draws at least: "
                                         r"give 30 replicates or more, or at most 2 replicates a draw"):
        grouped([3] * 9).check()
    grouped([3] * 10).check()
    grouped([1] * 3).check()
    assert np.isnan(mean_of(np.arange(27.0), grouped([3] * 9)).variance)
    assert np.isnan(bootstrap_interval(lambda a: a, (np.arange(27.0),), grouped([3] * 9), 0.95)).all()


def test_draws_are_read_from_the_coordinate_of_the_file():
    data = xr.DataArray(np.zeros(6), dims="replicate", coords={"replicate_draw": ("replicate", [4, 4, 5, 5, 9, 9])})
    assert Clusters.along(data).codes.tolist() == [0, 0, 1, 1, 2, 2]
    assert Clusters.along(data.drop_vars("replicate_draw")).count == 6


def test_an_effective_size_counts_draws_where_replicates_of_one_draw_are_alike():
    events = np.repeat(np.random.default_rng(5).integers(0, 2, size=40), 10).astype(float)
    assert effective_size(events, grouped([10] * 40)) == pytest.approx(39)  # Bessel's correction of 40
    assert effective_size(np.zeros(400), grouped([10] * 40)) == 40


def test_the_sign_test_is_mcnemars_of_single_pairs_and_counts_all_signs_of_clusters():
    for plus, minus in ((3, 1), (0, 6), (5, 5), (12, 3)):
        totals = np.repeat([1, -1, 0], [plus, minus, 7])
        assert sign_test(totals) == pytest.approx(stats.binomtest(minus, plus + minus).pvalue)
    totals = np.array([3, 2, -1, 1, 4, 0])
    signed = np.array(list(itertools.product([1, -1], repeat=6))) @ totals
    assert sign_test(totals) == pytest.approx(np.mean(np.abs(signed) >= abs(totals.sum())))
    assert sign_test(np.zeros(4)) == 1


def test_the_sign_test_of_many_clusters_is_near_the_normal_one():
    totals = np.random.default_rng(7).integers(-9, 10, size=4000) + 0.0
    score = totals.sum() / np.sqrt((totals**2).sum())
    assert sign_test(totals) == pytest.approx(2 * stats.norm.sf(abs(score)), rel=0.02)


def test_the_test_of_a_mean_knows_what_never_varies():
    def p(values):
        return p_value_of_mean(mean_of(np.array(values), Clusters.of(np.arange(len(values)))))

    assert p([2.0, 2.0]) == 0
    assert p([0.1 + 0.2, 0.3, 0.3]) == 0
    assert p(np.zeros(5)) == p([3.0]) == 1
    assert p([1.0, 2.0, 3.0]) == pytest.approx(0.0742, abs=1e-4)


@pytest.mark.parametrize("size", [1, 8])
def test_a_bootstrap_of_a_mean_is_students_interval(size):
    values = np.repeat(np.random.default_rng(6).normal(size=30), size)
    clusters = grouped([size] * 30)
    n = len(values)
    low, high = bootstrap_interval(lambda total: total / (n * 29 / 30), (values,), clusters, 0.95, resamples=20000)
    expected = interval_of(mean_of(values, clusters), 0.95)
    assert (low, high) == pytest.approx([float(x) for x in expected], abs=0.02)
