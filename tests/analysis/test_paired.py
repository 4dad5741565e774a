"""Intervals of paired differences against published and independently computed values."""

import numpy as np
import pytest
import xarray as xr
from scipy import stats

from jiju.paired import (
    newcombe_paired,
    paired_difference,
    paired_probability,
    unpaired_difference,
    unpaired_probability,
)


def along_replicates(values):
    return xr.DataArray(np.asarray(values, float), dims="replicate")


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


def test_pairing_saves_nothing_where_luck_is_not_shared():
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


def test_newcombe_gives_the_published_interval():
    """Altman, Machin, Bryant, Gardner 2000, Statistics with confidence, table 6.2: 14, 5, 0, 22 of 41 pairs."""
    low, high = newcombe_paired(both=14, only_base=0, only_other=5, neither=22)
    assert (round(low, 3), round(high, 3)) == (0.011, 0.226)


def test_newcombe_turns_round_with_its_arms_and_stays_within_bounds():
    low, high = newcombe_paired(3, 1, 6, 2)
    assert newcombe_paired(3, 6, 1, 2) == pytest.approx((-high, -low))
    assert newcombe_paired(0, 0, 10, 0)[1] == 1.0
    low, high = newcombe_paired(0, 0, 0, 200)
    assert -0.02 < low < 0 < high < 0.02


def test_newcombe_covers_the_truth_as_often_as_it_says():
    """5000 samples of 60 pairs whose probabilities, 0.3 and 0.4, are known; the share has a standard error of 0.3 %."""
    random = np.random.default_rng(11)
    counts = random.multinomial(60, [0.25, 0.05, 0.15, 0.55], size=5000)
    known = {tuple(row): newcombe_paired(*map(int, row)) for row in np.unique(counts, axis=0)}
    covered = np.mean([known[tuple(row)][0] <= 0.1 <= known[tuple(row)][1] for row in counts])
    assert 0.94 < covered < 0.97


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
