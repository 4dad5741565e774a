"""Shapley values of games whose values are known."""

from itertools import permutations

import numpy as np
import pytest
from scipy import stats

from jiju.statistics import shapley
from jiju.statistics.clusters import Clusters


def gloves(coalition):
    left = sum(player in coalition for player in (0, 1))
    return float(min(left, 2 in coalition))


def worth_of(game, players, replicates=1):
    return {c: np.full(replicates, float(game(c))) for c in shapley.all_coalitions(players)}


def test_glove_game():
    found = shapley.exact(3, worth_of(gloves, 3))
    assert found.mean == pytest.approx([1 / 6, 1 / 6, 4 / 6])


def test_airport_game():
    """A runway costs what its largest user needs, and who needs a piece shares it (Littlechild, Owen 1973)."""
    needs = [1, 2, 4]
    found = shapley.exact(3, worth_of(lambda c: max((needs[p] for p in c), default=0), 3))
    assert found.mean == pytest.approx([1 / 3, 1 / 3 + 1 / 2, 1 / 3 + 1 / 2 + 2])


def test_pairs_of_a_game_of_pairs():
    """With worth the sum of a_i and of b_ij, a value is a_i plus half its pairs, and an interaction is b_ij."""
    a, b = [3.0, -1, 2, 0], {(0, 1): 2.0, (1, 2): -4, (0, 3): 1}

    def game(coalition):
        return sum(a[p] for p in coalition) + sum(v for pair, v in b.items() if coalition.issuperset(pair))

    found = shapley.exact(4, worth_of(game, 4))
    assert found.mean == pytest.approx([3 + 1 + 0.5, -1 + 1 - 2, 2 - 2, 0.5])
    for pair, values in found.pairs.items():
        assert values[0] == pytest.approx(b.get(pair, 0))


def test_interaction_of_three_who_need_each_other():
    """Worth 1 for all three together and 0 for fewer: 1/3 each, 1/2 for a pair (Grabisch, Roubens 1999)."""
    found = shapley.exact(3, worth_of(lambda c: len(c) == 3, 3))
    assert found.mean == pytest.approx([1 / 3] * 3)
    assert [float(v[0]) for v in found.pairs.values()] == pytest.approx([1 / 2] * 3)


@pytest.fixture
def random_game():
    """Five players, eight replicates, no structure at all."""
    random = np.random.default_rng(5)
    worth = {c: random.normal(size=8) for c in shapley.all_coalitions(5)}
    return worth


def test_values_add_up_in_every_replicate(random_game):
    whole = random_game[frozenset(range(5))] - random_game[frozenset()]
    assert shapley.exact(5, random_game).values.sum(axis=1) == pytest.approx(whole)
    orders = shapley.sample_permutations(5, 6, seed=2)
    assert shapley.sampled(5, orders, random_game).values.sum(axis=1) == pytest.approx(whole)


def test_all_orders_are_the_exact_values_and_interactions(random_game):
    orders = [order for half in permutations(range(5)) if half < half[::-1] for order in (half, half[::-1])]
    assert len(orders) == 120
    one, two = shapley.exact(5, random_game), shapley.sampled(5, orders, random_game, interactions=True)
    assert two.values == pytest.approx(one.values)
    for pair in one.pairs:
        assert two.pairs[pair] == pytest.approx(one.pairs[pair])


def test_only_the_named_coalitions_are_needed(random_game):
    orders = shapley.sample_permutations(5, 4, seed=3)
    for interactions in (False, True):
        few = {c: random_game[c] for c in shapley.sampled_coalitions(orders, interactions)}
        assert len(few) < len(random_game)
        shapley.sampled(5, orders, few, interactions)


def test_dummy_and_symmetry():
    """Who adds nothing gets nothing; who adds the same gets the same."""
    found = shapley.exact(4, worth_of(lambda c: len(c - {3}) ** 2, 4))
    assert found.mean == pytest.approx([3, 3, 3, 0])


def test_error_is_that_of_replicates_and_of_sampled_orders():
    random = np.random.default_rng(7)
    chance = random.normal(size=50)
    additive = {c: len(c) * (1 + chance) for c in shapley.all_coalitions(3)}
    expected = chance.std(ddof=1) / np.sqrt(50)
    assert shapley.exact(3, additive).error == pytest.approx([expected] * 3)
    orders = shapley.sample_permutations(3, 10, seed=1)
    assert shapley.sampled(3, orders, additive).error == pytest.approx([expected] * 3)


def test_several_players_together_have_the_error_of_their_sum():
    """What two win from each other by chance is no error of their sum; all together are the worth of all."""
    random = np.random.default_rng(3)
    noise = random.normal(0, 5, 40)
    worth = {c: 3.0 * len(c) + noise * ((0 in c) - (1 in c)) + random.normal(0, 0.1, 40) * (2 in c)
             for c in shapley.all_coalitions(3)}  # fmt: skip
    found = shapley.exact(3, worth)
    both = found.together([0, 1])
    assert both.mean[0] == pytest.approx(found.mean[:2].sum())
    assert both.error[0] < 0.1 < 0.5 < found.error[0]
    assert found.together([2]).error[0] == pytest.approx(found.error[2])
    orders = shapley.sample_permutations(3, 4, 1)
    sampled = shapley.sampled(3, orders, worth)
    assert sampled.together([1]).error[0] == pytest.approx(sampled.error[1])
    assert sampled.together([0, 1, 2]).between[0] == pytest.approx(0, abs=1e-20)


def test_sampling_error_covers_the_truth():
    """Over 300 samples of 20 orders, 95 % intervals hold the exact value about as often as they say."""
    random = np.random.default_rng(9)
    fixed = {c: np.full(2, float(random.normal())) for c in shapley.all_coalitions(6)}
    truth = shapley.exact(6, fixed, interactions=False).mean
    covered = []
    for seed in range(300):
        found = shapley.sampled(6, shapley.sample_permutations(6, 20, seed), fixed)
        covered.append(np.abs(found.mean - truth) < 2.262 * found.error)
    assert 0.92 < np.mean(covered) < 0.98


def test_orders_come_with_their_reverses():
    orders = shapley.sample_permutations(6, 7, seed=1)
    assert len(orders) == 8
    assert all(orders[k + 1] == orders[k][::-1] and sorted(orders[k]) == list(range(6)) for k in (0, 2, 4, 6))


def test_an_order_and_its_reverse_are_one_draw_of_an_interaction():
    """Over 200 samples of 120 orders, 95 % intervals of a pair hold its exact interaction as often as they say."""
    random = np.random.default_rng(12)
    fixed = {c: np.full(2, float(random.normal())) for c in shapley.all_coalitions(4)}
    truth = {pair: values[0] for pair, values in shapley.exact(4, fixed).pairs.items()}
    covered = []
    for seed in range(200):
        orders = shapley.sample_permutations(4, 120, seed)
        found = shapley.sampled(4, orders, fixed, interactions=True)
        for pair, exactly in truth.items():
            met = sum(abs(order.index(pair[0]) - order.index(pair[1])) == 1 for order in orders) // 2
            if met > 1:
                reach = stats.t.ppf(0.975, met - 1) * np.sqrt(found.pairs_between[pair])
                covered.append(abs(found.pairs[pair][0] - exactly) < reach)
    assert 0.93 < np.mean(covered) < 0.97


def test_replicates_of_one_draw_are_one_cluster():
    """Eight draws would say too little; of twelve, the error is that of the twelve means."""
    random = np.random.default_rng(13)
    of_draw, chance = random.normal(size=12), random.normal(size=60)
    clusters = Clusters.of(np.repeat(np.arange(12), 5))
    additive = {c: len(c) * (of_draw[clusters.codes] + chance) for c in shapley.all_coalitions(3)}
    expected = (of_draw[clusters.codes] + chance).reshape(12, 5).mean(axis=1).std(ddof=1) / np.sqrt(12)
    assert shapley.exact(3, additive, clusters=clusters).error == pytest.approx([expected] * 3)
    few = Clusters.of(np.arange(60) // 8)
    assert np.isnan(shapley.exact(3, additive, clusters=few).error).all()
