"""Where a plan fails: a box of parameters in which failures crowd, found by PRIM on half of the draws and judged on the
other half.

The patient rule induction method peels a slice off the box as long as failures become denser (Friedman and Fisher 1999,
Statistics and Computing 9, 123-143; for scenarios Bryant and Lempert 2010, Technological Forecasting and Social Change
77, 34-49). It finds a dense box in pure noise too. So nothing that is said of a box comes from the draws that made it,
and whether there is one is Fisher's exact test on the others: how often shuffled labels would fall as densely into it.
Knows no scenario; the algorithm is that of the package prim, which is
the EMA workbench's by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from jiju.errors import UsageError
from jiju.languages import translated
from jiju.statistics.clusters import Clusters
from jiju.statistics.proportions import interval_of_share

MOST_PARAMETERS = 8  # that PRIM looks at: those whose ranks differ most between failures and the rest
PEELED, LEAST_MASS = 0.1, 0.1  # of the draws, at a time and at least
CLEAR = 0.05  # a side of the box whose quasi-p exceeds this is opened again
FEWEST = 10  # failures, and other draws, in either half
RESAMPLES = 20

Box = dict[str, tuple[float, float]]  # only what it restricts; an open side is infinite


@dataclass(frozen=True)
class Judged:
    """A box on draws that did not make it.

    density   share of the draws in the box that fail
    coverage  share of the failures that lie in it
    mass      share of the draws that lie in it
    failing   share of all draws that fail
    p_value   of Fisher's exact test, one-sided: that shuffled labels are as dense in the box
    quasi_p   by parameter: that as many failures lie in the box by chance if it were as dense without that parameter
    """

    density: float
    density_low: float
    density_high: float
    coverage: float
    coverage_low: float
    coverage_high: float
    mass: float
    failing: float
    p_value: float
    quasi_p: dict[str, float]


@dataclass(frozen=True)
class Region:
    """A box and what it is on other draws; `named` is the share of resampled searches that name each parameter."""

    box: Box
    judged: Judged
    named: dict[str, float]
    made_of: int
    judged_on: int


def algorithm() -> Any:
    """PRIM's class; UsageError where the package is not installed."""
    try:
        from prim import Prim
    except ImportError:
        raise UsageError(translated(
            "failing regions are found by the Python package prim, which is not installed: pip install "
            "'jiju[decisions]', or prim by itself; or ask for no regions"
        )) from None
    return Prim


def inside(box: Mapping[str, tuple[float, float]], known: pd.DataFrame) -> np.ndarray:
    found = np.ones(len(known), bool)
    for name, (low, high) in box.items():
        found &= ((known[name] >= low) & (known[name] <= high)).to_numpy()
    return found


def screened(known: pd.DataFrame, fails: np.ndarray) -> pd.DataFrame:
    """The parameters whose ranks differ most between draws that fail and others, by the area under the curve."""
    varied = known.loc[:, known.nunique() > 1]
    ranks = stats.rankdata(varied.to_numpy(float), axis=0)
    apart = np.abs(ranks[fails].mean(axis=0) - ranks[~fails].mean(axis=0))
    return varied.iloc[:, np.sort(np.argsort(-apart, kind="stable")[:MOST_PARAMETERS])].astype(float)


def peeled(known: pd.DataFrame, fails: np.ndarray) -> Box:
    """Of the boxes that PRIM peels one within the other, the one that holds most failures beyond what as many draws
    have on average: weighted relative accuracy (Lavrac, Flach and Zupan 1999, Inductive Logic Programming, 174-185)
    weighs density against size."""
    few = screened(known, fails).reset_index(drop=True)
    found = algorithm()(few, fails, peel_alpha=PEELED, mass_min=LEAST_MASS).find_box()
    steps = found.peeling_trajectory
    found.select(int(np.argmax(steps["mass"] * (steps["density"] - fails.mean()))))
    limits, least, most = found.limits, few.min(), few.max()
    return {
        str(name): (float(low) if low > least[name] else -np.inf, float(high) if high < most[name] else np.inf)
        for name, low, high in zip(limits.index, limits["min"], limits["max"], strict=True)
    }


def quasi_p(box: Box, known: pd.DataFrame, fails: np.ndarray) -> dict[str, float]:
    """Bryant and Lempert's: of as many failures as lie in the box or more, if each draw there failed as often as one in
    the box without that parameter."""
    there = inside(box, known)
    found = {}
    for name in box:
        wider = inside({key: ends for key, ends in box.items() if key != name}, known)
        share = float(fails[wider].mean()) if wider.any() else 0.0
        found[name] = float(stats.binom.sf(fails[there].sum() - 1, there.sum(), share)) if there.any() else 1.0
    return found


def made(known: pd.DataFrame, fails: np.ndarray) -> Box:
    """What PRIM peels, without parameters that do not clearly help; empty where none does. All from the draws it is
    given."""
    box = peeled(known, fails)
    while box:
        values = quasi_p(box, known, fails)
        worst = max(values, key=lambda name: values[name])
        if values[worst] <= CLEAR:
            break
        del box[worst]
    return box


def judged(box: Box, known: pd.DataFrame, fails: np.ndarray, confidence: float) -> Judged:
    there = inside(box, known)
    table = [[(there & fails).sum(), (there & ~fails).sum()], [(~there & fails).sum(), (~there & ~fails).sum()]]
    p_value = float(stats.fisher_exact(table, alternative="greater")[1]) if box else 1.0
    ends = []
    for events in (fails[there], there[fails]):
        alone = Clusters(np.arange(len(events)), len(events))
        ends.append((float(events.mean()) if len(events) else np.nan, *interval_of_share(events, alone, confidence)))
    return Judged(*ends[0], *ends[1], float(there.mean()), float(fails.mean()), p_value, quasi_p(box, known, fails))


def divided(fails: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Draws that make the box and draws that judge it, of failures and of others as many in either."""
    random = np.random.default_rng(seed)
    making = np.zeros(len(fails), bool)
    for kind in (True, False):
        places = random.permutation(np.flatnonzero(fails == kind))
        making[places[: len(places) // 2]] = True
    return np.flatnonzero(making), np.flatnonzero(~making)


def enough(fails: np.ndarray) -> bool:
    return min(int(fails.sum()), int((~fails).sum())) >= 2 * FEWEST


def region(known: pd.DataFrame, fails: np.ndarray, *, seed: int = 0, confidence: float = 0.95) -> Region | None:
    """The box that half of the draws make, and what it is on the other half; None where there are too few failures or
    others to tell, or no parameter clearly helps. Whether it is a finding is for `judged.p_value` to say."""
    if not enough(fails):
        return None
    making, judging = divided(fails, seed)
    box = made(known.iloc[making], fails[making])
    if not box:
        return None
    found = judged(box, known.iloc[judging], fails[judging], confidence)
    return Region(box, found, {}, len(making), len(judging))


def named_again(known: pd.DataFrame, fails: np.ndarray, names: list[str], seed: int = 0) -> dict[str, float]:
    """Of searches on resampled draws, the share whose box restricts each parameter: how stable a box is (Bryant and
    Lempert 2010). Resamples are of half the draws without repetition, as the first search had."""
    random = np.random.default_rng([seed, 1])
    counts = dict.fromkeys(names, 0)
    for _ in range(RESAMPLES):
        making, _judging = divided(fails, int(random.integers(2**31)))
        for name in made(known.iloc[making], fails[making]):
            if name in counts:
                counts[name] += 1
    return {name: count / RESAMPLES for name, count in counts.items()}
