"""Shapley values: a fair division of what players reach together, by the worth of every coalition or of a sample.

Knows no lever and no scenario. A player is a number from 0, a coalition a frozenset of players, and its worth an array
along replicates, so that every value comes with its Monte Carlo error.

Shapley 1953, A value for n-person games. Pairs: Grabisch and Roubens 1999, Int. J. Game Theory 28, 547-565. Sampling by
permutations: Castro, Gomez, Tejada 2009, Computers & OR 36, 1726-1730, each with its reverse (antithetic).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from math import factorial

import numpy as np

from jiju.statistics.clusters import Clusters, Mean, mean_of

Coalition = frozenset[int]
Worth = Mapping[Coalition, np.ndarray]


@dataclass(frozen=True)
class Division:
    """Shapley values by replicate and player, pairs' interactions by replicate, and how sampling spreads them.

    `between` is the variance of the mean that comes from having sampled orders; zero where all were counted. An order
    and its reverse are one draw, not two: `couples` is their number, and of a pair that of the couples it was met in.
    """

    values: np.ndarray  # replicate, player
    between: np.ndarray  # player
    pairs: dict[tuple[int, int], np.ndarray]  # replicate; pairs that were never met are absent
    pairs_between: dict[tuple[int, int], float]
    clusters: Clusters
    couples: float = np.inf
    by_couple: np.ndarray | None = None  # couple, player: means over replicates, where orders are sampled

    @property
    def over_replicates(self) -> Mean:
        return mean_of(self.values.T, self.clusters)

    @property
    def mean(self) -> np.ndarray:
        return self.over_replicates.mean

    @property
    def error(self) -> np.ndarray:
        """Monte Carlo standard error of the mean over replicates, and over permutations where they are sampled."""
        return np.asarray(np.sqrt(self.over_replicates.variance + self.between))

    @property
    def freedom(self) -> np.ndarray:
        """Degrees of freedom of the error: of replicates and of couples, each by its part (Satterthwaite 1946)."""
        found = self.over_replicates
        parts = found.variance**2 / found.freedom + self.between**2 / max(self.couples - 1, 1)
        return np.where(parts > 0, (found.variance + self.between) ** 2 / np.where(parts > 0, parts, 1), found.freedom)

    def together(self, players: Sequence[int]) -> Division:
        """The same of several players' values added up, as one player's."""
        own = list(players)
        between, by_couple = np.zeros(1), None
        if self.by_couple is not None:
            by_couple = self.by_couple[:, own].sum(axis=1, keepdims=True)
            between = variance_over_couples(by_couple)
        values = self.values[:, own].sum(axis=1, keepdims=True)
        return Division(values, between, {}, {}, self.clusters, self.couples, by_couple)

    def pair_error(self, pair: tuple[int, int]) -> float:
        return float(np.sqrt(mean_of(self.pairs[pair], self.clusters).variance + self.pairs_between[pair]))


def variance_over_couples(means: np.ndarray) -> np.ndarray:
    """Of the mean along the first dimension; unknown from one couple alone."""
    if len(means) < 2:
        return np.full(means.shape[1:], np.nan)
    return np.asarray(means.var(axis=0, ddof=1) / len(means))


def all_coalitions(players: int) -> list[Coalition]:
    numbers = range(players)
    return [frozenset(c) for c in chain.from_iterable(combinations(numbers, size) for size in range(players + 1))]


def by_replicate(worth: Worth, clusters: Clusters | None) -> Clusters:
    """The clusters of the replicates; each by itself unless said otherwise."""
    count = len(next(iter(worth.values())))
    return clusters or Clusters(np.arange(count), count)


def exact(players: int, worth: Worth, interactions: bool = True, clusters: Clusters | None = None) -> Division:
    """From the worth of all 2^n coalitions."""
    values = []
    for player in range(players):
        weighted = [
            weight(len(rest), players - 1) * (worth[rest | {player}] - worth[rest])
            for rest in all_coalitions(players)
            if player not in rest
        ]
        values.append(np.sum(weighted, axis=0))
    pairs = {}
    for one, two in combinations(range(players), 2) if interactions else ():
        weighted = [
            weight(len(rest), players - 2) * synergy(worth, rest, one, two)
            for rest in all_coalitions(players)
            if one not in rest and two not in rest
        ]
        pairs[one, two] = np.sum(weighted, axis=0)
    return Division(
        np.stack(values, axis=-1), np.zeros(players), pairs, dict.fromkeys(pairs, 0.0), by_replicate(worth, clusters)
    )


def weight(size: int, others: int) -> float:
    """Chance that exactly these players, `size` of the `others`, come first in a random order."""
    return factorial(size) * factorial(others - size) / factorial(others + 1)


def synergy(worth: Worth, rest: Coalition, one: int, two: int) -> np.ndarray:
    """What two players reach beyond the sum of what each does, in company of the rest."""
    return worth[rest | {one, two}] - worth[rest | {one}] - worth[rest | {two}] + worth[rest]


def sample_permutations(players: int, count: int, seed: int) -> list[tuple[int, ...]]:
    """Random orders, each followed by its reverse; an odd count is rounded up."""
    random = np.random.default_rng(seed)
    half = [tuple(int(player) for player in random.permutation(players)) for _ in range((count + 1) // 2)]
    return [order for one in half for order in (one, one[::-1])]


def prefixes(order: Sequence[int]) -> list[Coalition]:
    return [frozenset(order[:size]) for size in range(len(order) + 1)]


def skipping(order: Sequence[int]) -> list[Coalition]:
    """Each prefix with the player after the next in place of the next: what adjacent pairs need besides prefixes."""
    return [frozenset((*order[:place], order[place + 1])) for place in range(len(order) - 1)]


def sampled_coalitions(orders: Iterable[Sequence[int]], interactions: bool) -> list[Coalition]:
    """The coalitions whose worth `sampled` needs, each once."""
    wanted: dict[Coalition, None] = {}
    for order in orders:
        wanted.update(dict.fromkeys(prefixes(order)))
        if interactions:
            wanted.update(dict.fromkeys(skipping(order)))
    return list(wanted)


def sampled(
    players: int, orders: Sequence[Sequence[int]], worth: Worth, interactions: bool = False,
    clusters: Clusters | None = None,
) -> Division:  # fmt: skip
    """From the gains of players who join in the given orders, an order and its reverse next to each other.

    A pair's interaction comes from the orders in which the two stand side by side: given that, those before them are a
    coalition as the index weighs it.
    """
    gains = np.stack([gains_along(order, worth) for order in orders])  # order, replicate, player
    of_couples = gains.reshape(len(orders) // 2, 2, *gains.shape[1:]).mean(axis=1)
    by_couple = np.nanmean(of_couples, axis=1)
    between = variance_over_couples(by_couple)
    # Side by side in an order is side by side in its reverse, so a couple gives a pair two synergies or none.
    found: dict[tuple[int, int], dict[int, list[np.ndarray]]] = {}
    for number, order in enumerate(orders if interactions else ()):
        for place, rest in enumerate(prefixes(order)[: players - 1]):
            one, two = sorted(order[place : place + 2])
            found.setdefault((one, two), {}).setdefault(number // 2, []).append(synergy(worth, rest, one, two))
    met = {
        pair: np.stack([np.mean(synergies, axis=0) for synergies in couples.values()])
        for pair, couples in sorted(found.items())
    }
    pairs = {pair: couples.mean(axis=0) for pair, couples in met.items()}
    pairs_between = {pair: float(variance_over_couples(np.nanmean(couples, axis=1))) for pair, couples in met.items()}
    return Division(
        gains.mean(axis=0), between, pairs, pairs_between, by_replicate(worth, clusters), len(of_couples), by_couple
    )


def gains_along(order: Sequence[int], worth: Worth) -> np.ndarray:
    """By replicate and player: what each adds when it joins."""
    steps = [worth[coalition] for coalition in prefixes(order)]
    gains = np.empty((len(steps[0]), len(order)))
    for place, player in enumerate(order):
        gains[:, player] = steps[place + 1] - steps[place]
    return gains
