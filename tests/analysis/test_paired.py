"""Intervals of paired differences against published and independently computed values."""

import numpy as np
import pytest
import xarray as xr
from scipy import stats

from jiju.statistics.paired import (
    paired_difference,
    paired_probability,
    unpaired_difference,
    unpaired_probability,
)


def along_replicates(values):
    return xr.DataArray(np.asarray(values, float), dims="replicate")


def numbered(values, replicates, draws=None):
    coords = {"replicate": replicates} | ({} if draws is None else {"replicate_draw": ("replicate", draws)})
    return xr.DataArray(np.asarray(values, float), dims="replicate", coords=coords)


def two_correlated(n=40, correlation=0.9):
    draws = np.random.default_rng(1).normal(size=(2, n))
    return draws[0] * 3 + 10, 3 * (correlation * draws[0] + np.sqrt(1 - correlation**2) * draws[1]) + 11


def test_mean_difference_is_that_of_scipys_paired_test():
    a, b = two_correlated()
    found = paired_difference(along_replicates(a), along_replicates(b), confidence=0.9)
    expected = stats.ttest_rel(b, a)
    low, high = expected.confidence_interval(0.9)
    assert float(found.difference) == pytest.approx((b - a).mean())
    assert [float(found.low), float(found.high)] == pytest.approx([low, high])
    assert float(found.correlation) == pytest.approx(np.corrcoef(a, b)[0, 1])


def test_unpaired_runs_would_know_it_equally_well():
    a, b = two_correlated(n=50)
    found = paired_difference(along_replicates(a), along_replicates(b))
    each = float(found.unpaired_runs) / 2
    unpaired_error = np.sqrt((a.var(ddof=1) + b.var(ddof=1)) / each)
    assert unpaired_error == pytest.approx(float(found.standard_error))
    assert float(found.runs_saved) == pytest.approx(2 * each - 100)


def test_pairing_saves_nothing_where_chance_is_not_shared():
    draws = np.random.default_rng(3).normal(size=(2, 20000))
    found = paired_difference(*map(along_replicates, draws))
    assert float(found.correlation) == pytest.approx(0, abs=0.03)
    assert abs(float(found.runs_saved)) < 0.05 * 40000


def test_failed_replicates_drop_out_of_both_arms():
    a, b = [1, 2, np.nan, 4], [2, np.nan, 9, 7]
    found = paired_difference(along_replicates(a), along_replicates(b))
    assert (int(found.n), float(found.base), float(found.other), float(found.difference)) == (2, 2.5, 4.5, 2)


def test_equal_differences_leave_no_width_and_one_pair_no_interval():
    sure = paired_difference(along_replicates([1, 2, 3]), along_replicates([2, 3, 4]))
    assert (float(sure.low), float(sure.high)) == (1, 1)
    single = paired_difference(along_replicates([1]), along_replicates([3]))
    assert float(single.difference) == 2 and np.isnan(float(single.low))


def test_unpaired_difference_is_welchs():
    a, b = two_correlated()
    found = unpaired_difference(along_replicates(a), along_replicates(b[:25]))
    low, high = stats.ttest_ind(b[:25], a, equal_var=False).confidence_interval(0.95)
    assert [float(found.low), float(found.high)] == pytest.approx([low, high])


def test_pairs_are_found_by_number_whatever_their_order():
    """Reordered, shifted, unequal and partly missing: the same as the same data in order."""
    random = np.random.default_rng(5)
    a, b = (numbered(random.normal(size=40) + shift, np.arange(40)) for shift in (0, 0.5))
    a, b = (x.where(x["replicate"] != hole) for x, hole in ((a, 7), (b, 21)))
    part = slice(5, 33)
    for method in (paired_difference, lambda *arms: paired_probability(*(arm.where(arm.isnull(), arm > 0.3)
                                                                         for arm in arms))):
        expected = method(a[part], b[part])
        order = random.permutation(40)
        for one, two in ((a[:33], b[5:]), (a[part], b[order].sel(replicate=a["replicate"][::-1][7:35])),
                         (a[order], b[part][::-1])):
            found = method(one, two)
            for name in expected.keys():
                assert float(found[name]) == pytest.approx(float(expected[name]), nan_ok=True), name


def test_pairs_that_disagree_decide():
    base = np.array([1.0, 1, 0, 0, 0, 0, np.nan])
    other = np.array([1.0, 0, 1, 1, 1, 0, 1])
    found = paired_probability(base, other)
    assert (found["n"], found["only_base"], found["only_other"]) == (6, 1, 3)
    assert found["difference"] == pytest.approx(2 / 6)
    assert found["p_value"] == pytest.approx(stats.binomtest(1, 4).pvalue)


def test_unpaired_probability_is_newcombes_for_independent_samples():
    """Newcombe 1998, Statistics in Medicine 17, 873-890, table II, (a) method 10: 56/70 less 48/80."""
    base = np.repeat([1.0, 0.0], [48, 32])
    other = np.repeat([1.0, 0.0], [56, 14])
    found = unpaired_probability(base, other)
    assert (round(found["low"], 4), round(found["high"], 4)) == (0.0524, 0.3339)


def nested(draws, size, seed=1):
    """Pairs whose draws of parameters move the base by much and the difference by a little."""
    random = np.random.default_rng(seed)
    labels = np.repeat(np.arange(draws), size)
    base = (5 * random.normal(size=draws))[labels] + random.normal(size=draws * size)
    gain = 1 + random.normal(size=draws)[labels] + random.normal(size=draws * size)
    return [numbered(values, np.arange(draws * size), labels) for values in (base, base + gain)]


def test_replicates_of_one_draw_are_one_cluster():
    """With as many replicates in each draw: Student's interval of the means of draws."""
    a, b = nested(12, 5)
    found = paired_difference(a, b)
    means = (b - a).values.reshape(12, 5).mean(axis=1)
    low, high = stats.ttest_1samp(means, 0).confidence_interval(0.95)
    assert (int(found.n), int(found.draws)) == (60, 12)
    assert [float(found.low), float(found.high)] == pytest.approx([low, high])
    variances = a.var(ddof=1) + b.var(ddof=1)
    assert float(found.unpaired_runs) == pytest.approx(2 * float(variances) / (means.var(ddof=1) / 12))
    shuffled = np.random.default_rng(2).permutation(60)
    assert float(paired_difference(a, b[shuffled]).high) == pytest.approx(high)


def test_one_replicate_a_draw_is_as_before():
    a, b = nested(60, 1)
    plain = [x.drop_vars("replicate_draw") for x in (a, b)]
    for method in (paired_difference, unpaired_difference):
        assert [float(x) for x in method(a, b).values()] == pytest.approx([float(x) for x in method(*plain).values()])
    events = [x > 0 for x in (a, b)], [x > 0 for x in plain]
    for method in (paired_probability, unpaired_probability):
        assert method(*events[0]).to_dict() == pytest.approx(method(*events[1]).to_dict())


def test_too_few_draws_give_no_interval():
    a, b = nested(9, 5)
    found = paired_difference(a, b)
    assert np.isfinite(float(found.difference)) and np.isnan(float(found.low))
    assert np.isnan(paired_probability(a > 0, b > 0)[["low", "high", "p_value"]].astype(float)).all()
    assert np.isnan(unpaired_probability(a > 0, b > 0)[["low", "high"]].astype(float)).all()


def test_unpaired_nested_difference_is_welchs_on_means_of_draws():
    a, b = nested(15, 4)
    means = a.values.reshape(15, 4).mean(axis=1), b.values[:48].reshape(12, 4).mean(axis=1)
    low, high = stats.ttest_ind(means[1], means[0], equal_var=False).confidence_interval(0.95)
    found = unpaired_difference(a, b[:48])
    assert [float(found.low), float(found.high)] == pytest.approx([low, high])
