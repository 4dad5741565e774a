"""Score intervals against published examples, the inversion of their tests, and the truth that they should cover."""

import json

import numpy as np
import pytest
from jiju_command import good
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

import jiju
from jiju.results import indicators
from jiju.statistics.clusters import Clusters
from jiju.statistics.paired import probability
from jiju.statistics.proportions import interval_of_share, score_of_difference, tango

Z95, Z90 = stats.norm.ppf(0.975), stats.norm.ppf(0.95)


@pytest.mark.parametrize(
    ("only_base", "only_other", "n", "quantile", "expected"),
    [
        (3, 9, 32, Z95, (-0.027, 0.390)),  # Tango 1998, section 6.2: sleeping difficulties
        (1, 0, 44, Z90, (-0.096, None)),  # section 6.1: disinfection of contact lenses
        (7, 1, 21, Z95, (-0.517, -0.026)),  # Fagerland, Lydersen, Laake 2014, Statistics in Medicine 33, 2850-2875
    ],
)
def test_tangos_interval_is_the_published_one(only_base, only_other, n, quantile, expected):
    found = tango(only_base, only_other, n, quantile)
    for end, value in zip(found, expected, strict=True):
        assert value is None or round(end, 3) == value


def test_the_score_is_the_published_one_and_mcnemars_at_zero():
    assert score_of_difference(1, 0, 44, -0.1) == pytest.approx(1.709, abs=5e-4)  # Tango 1998, section 6.1
    for only_base, only_other, n in ((3, 9, 32), (40, 20, 160), (5, 0, 9)):
        mcnemar = (only_other - only_base) / np.sqrt(only_other + only_base)
        assert score_of_difference(only_base, only_other, n, 0.0) == pytest.approx(mcnemar)


def test_the_score_is_that_of_the_most_likely_chances():
    """Equations 5 to 8 against the likelihood of a trinomial, its chance of an event in the base only by search."""
    from scipy.optimize import minimize_scalar

    c, b, n, d = 4, 11, 50, 0.05
    rest = n - b - c

    def unlikely(q):
        return -(b * np.log(q + d) + c * np.log(q) + rest * np.log(1 - 2 * q - d))

    q = minimize_scalar(unlikely, bounds=(1e-9, (1 - d) / 2 - 1e-9), method="bounded", options={"xatol": 1e-12}).x
    expected = (b - c - n * d) / np.sqrt(n * (2 * q + d * (1 - d)))
    assert score_of_difference(c, b, n, d) == pytest.approx(expected, rel=1e-5)


def test_the_ends_are_where_the_test_turns_and_turn_round_with_the_arms():
    random = np.random.default_rng(3)
    for _ in range(200):
        n = int(random.integers(1, 60))
        b, c, _rest = random.multinomial(n, random.dirichlet([1, 1, 2]))
        low, high = tango(int(c), int(b), n, Z95)
        assert -1 <= low <= (b - c) / n <= high <= 1 and low < high
        assert tango(int(b), int(c), n, Z95) == pytest.approx((-high, -low), abs=1e-9)
        for end, score in ((low, Z95), (high, -Z95)):
            assert abs(end) == 1 or score_of_difference(c, b, n, end) == pytest.approx(score, abs=1e-6)


def test_no_pair_that_disagrees_leaves_a_width_and_none_at_all_no_interval():
    low, high = tango(0, 0, 200, Z95)
    assert -0.02 < low < 0 < high < 0.02
    assert np.isnan(tango(0, 0, 0, Z95)).all()
    assert tango(0, 10, 10, Z95)[1] == 1.0


@pytest.mark.parametrize("n", [20, 40, 100])
@pytest.mark.parametrize(("q_base", "q_other"), [(0.05, 0.15), (0.15, 0.15), (0.10, 0.40)])
def test_tango_covers_the_truth_as_often_as_it_says(n, q_base, q_other):
    """The exact chance, summed over all samples that can be; Newcombe's interval has 0.89 to 0.92 in places."""
    counts = np.array([(c, b) for c in range(n + 1) for b in range(n + 1 - c)])
    chances = stats.multinomial.pmf(np.column_stack([counts, n - counts.sum(axis=1)]), n, [q_base, q_other,
                                                                                        1 - q_base - q_other])
    likely = chances > 1e-7
    truth = q_other - q_base
    covered = [low <= truth <= high for low, high in (tango(int(c), int(b), n, Z95) for c, b in counts[likely])]
    assert 0.93 < chances[likely][covered].sum() < 0.975


def test_wilsons_interval_is_that_of_statsmodels():
    for met, n in ((0, 10), (3, 10), (10, 10), (55, 1000)):
        expected = proportion_confint(met, n, method="wilson")
        events = np.arange(n) < met
        assert interval_of_share(events, Clusters.of(np.arange(n)), 0.95) == pytest.approx(expected, abs=1e-12)


def share_covered(draws, size, chance, within, seed, batches=1500):
    """How often Wilson's interval at the effective size holds the truth; events of one draw are alike by `within`."""
    random = np.random.default_rng(seed)
    of_draw = np.sqrt(within) * random.normal(size=(batches, draws, 1))
    met = of_draw + np.sqrt(1 - within) * random.normal(size=(batches, draws, size)) < stats.norm.ppf(chance)
    clusters = Clusters.of(np.repeat(np.arange(draws), size))
    found = []
    for batch in met.reshape(batches, -1):
        low, high = interval_of_share(batch, clusters, 0.95)
        found.append(low <= chance <= high)
    return np.mean(found)


def test_nested_events_are_covered_where_independent_ones_would_not_be():
    """The share itself has a standard error of 0.6 %."""
    assert 0.93 < share_covered(10, 10, 0.5, 0.5, seed=1) < 0.975
    assert 0.93 < share_covered(40, 10, 0.4, 0.3, seed=2) < 0.97
    assert 0.92 < share_covered(100, 10, 0.05, 0.3, seed=3) < 0.97


def test_intervals_are_those_that_the_program_prints(short, tmp_path):
    """Of the same file, whether replicates share draws or not."""
    for words in ([], ["--replicates-per-draw", "4"]):
        path = tmp_path / f"run{len(words)}.h5"
        good("run", short, "--replicates", 48, *words, "-o", path)
        printed = json.loads(good("show", path, "--json"))["scenarios"][0]["targets"]
        with jiju.open(path) as data:
            for target in printed:
                met = indicators.target_indicator(data.isel(scenario=0), target["key"], met=True)
                share, low, high = probability(met)
                interval = target["interval"]
                assert share == pytest.approx(target["probability"], abs=1e-12)
                assert (low, high) == pytest.approx((interval["low"], interval["high"]), abs=1e-12)
