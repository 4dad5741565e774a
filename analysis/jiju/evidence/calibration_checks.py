"""What tells a fit that can be believed from one that cannot, for any simulator.

`misfit` asks whether the model can have made such data at all; `simulation_based` whether the method, given data that
the model did make, says as much as it knows and no more; `predictive` what draws before and after the fit simulate.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from jiju.evidence.calibration import accept
from jiju.statistics.copula import weighted_quantile
from jiju.statistics.monte_carlo import Prior, Simulator, distances, explore, sample_priors, scale_of, sizes

NEAREST = 0.05  # share of the points whose mean distance says how near the model comes to some data
SETS = 300  # synthetic data sets that the real ones are compared with, at most
BINS = 10  # of ranks, for the test of chi-square


def ranges_around(summaries: pd.Series, widths: pd.Series, generator: np.random.Generator) -> pd.DataFrame:
    """Ranges of given widths laid anywhere around summaries, so that each holds its own.

    With data of this kind the accepted points inside all ranges are draws of the exact posterior (Wilkinson 2013).
    """
    low = summaries[widths.index] - generator.random(len(widths)) * widths
    return pd.DataFrame({"low": low, "high": low + widths})


@dataclass(frozen=True)
class Misfit:
    """How far data lie from what a model can produce."""

    distance: float  # mean over the nearest points of the priors, in prior standard deviations
    synthetic: np.ndarray  # the same of data sets that the model made
    p: float  # share of such that lie as far away or further
    met: int  # most ranges that one point meets
    summaries: int


def nearest_distance(summaries: pd.DataFrame, ranges: pd.DataFrame, scale: pd.Series) -> float:
    distance = distances(summaries, ranges, scale)
    distance = np.sort(distance[np.isfinite(distance)])
    return float(distance[: max(int(NEAREST * len(distance)), 1)].mean())


def misfit(summaries: pd.DataFrame, ranges: pd.DataFrame, seed: int = 1) -> Misfit:
    """Compares the data's ranges with those of synthetic data sets, given summaries of points of the priors.

    Each synthetic data set is one point's summaries, with ranges as wide as the data's, held against all other points.
    """
    used = summaries[list(ranges.index)]
    used = used[np.isfinite(used.to_numpy()).all(axis=1)].reset_index(drop=True)
    scale = scale_of(used)
    generator = np.random.default_rng([seed, 2])
    widths = ranges["high"] - ranges["low"]
    chosen = generator.permutation(len(used))[:SETS]
    synthetic = np.array([
        nearest_distance(used.drop(index=one), ranges_around(used.iloc[one], widths, generator), scale)
        for one in chosen
    ])  # fmt: skip
    own = nearest_distance(used, ranges, scale)
    inside = ((used >= ranges["low"]) & (used <= ranges["high"])).sum(axis=1)
    p = (1 + int((synthetic >= own).sum())) / (1 + len(synthetic))
    return Misfit(own, synthetic, p, int(inside.max()), len(ranges))


def rank_of(draws: np.ndarray, weights: np.ndarray, truth: float) -> float:
    """The posterior's share below the truth; uniform over data sets where the posterior is right."""
    below, level = weights[draws < truth].sum(), weights[draws == truth].sum()
    return float((below + 0.5 * level) / weights.sum())


def simulation_based(
    priors: Mapping[str, Prior],
    simulate: Simulator,
    widths: pd.Series,
    sets: int,
    points: int,
    seed: int,
    first: tuple[pd.DataFrame, pd.DataFrame] | None = None,
    done: Callable[[], object] = lambda: None,
) -> pd.DataFrame:
    """Ranks of the truth in posteriors of synthetic data sets: one row a set, one column a parameter.

    Simulation-based calibration (Cook, Gelman, Rubin 2006; Talts et al. 2018): truths are drawn from the priors, one
    simulation of each stands for the data, with ranges of the given widths around it, and the whole method is applied
    to it. The first generation, draws from the priors, is the same for all sets.
    """
    generator = np.random.default_rng([seed, 3])
    truths = pd.DataFrame(generator.random((sets, len(priors))), columns=list(priors))
    data = simulate(truths, -1)[list(widths.index)]
    if first is None:
        shares = sample_priors(priors, sizes(points)[0], seed)
        first = shares, simulate(shares, 0)
    ranks = []
    for number in range(sets):
        if not np.isfinite(data.loc[number].to_numpy()).all():
            continue  # a city in which nothing could be measured is no data
        ranges = ranges_around(data.iloc[number], widths, generator)

        def own(shares: pd.DataFrame, generation: int, number: int = number) -> pd.DataFrame:
            return simulate(shares, 1 + 100 * number + generation)

        found = explore(priors, own, ranges, points, seed + number, first)
        accepted, weights = accept(found, ranges)
        truth = dict(zip(priors, truths.to_numpy()[number], strict=True))
        ranks.append({name: rank_of(accepted[name].to_numpy(), weights, truth[name]) for name in priors})
        done()
    return pd.DataFrame(ranks, columns=list(priors))


def uniformity(ranks: pd.DataFrame) -> pd.DataFrame:
    """Whether ranks are uniform: of each parameter the p values of the tests of Kolmogorov and Smirnov and of
    chi-square, the first adjusted for the number of parameters (Holm 1979), and the share of truths within the 90 %
    interval with its exact 95 % interval."""
    rows = {}
    for name, column in ranks.items():
        bins = min(BINS, max(len(column) // 5, 2))
        counts = np.histogram(column, bins=bins, range=(0, 1))[0]
        inside = int(((column >= 0.05) & (column <= 0.95)).sum())
        interval = stats.binomtest(inside, len(column)).proportion_ci()
        rows[name] = {"sets": len(column), "mean_rank": column.mean(), "p": stats.kstest(column, "uniform").pvalue,
                      "p_chi_square": stats.chisquare(counts).pvalue, "covered": inside / len(column),
                      "covered_low": interval.low, "covered_high": interval.high}  # fmt: skip
    table = pd.DataFrame.from_dict(rows, orient="index")
    order = table["p"].sort_values()
    adjusted = np.maximum.accumulate(order.to_numpy() * np.arange(len(order), 0, -1))
    table["p_adjusted"] = pd.Series(np.minimum(adjusted, 1), order.index)
    return table


def predictive(prior: pd.DataFrame, posterior: pd.DataFrame, ranges: pd.DataFrame) -> pd.DataFrame:
    """Of each summary with a range, one-sided ones too, its 5, 50 and 95 % over draws of the prior and of the
    posterior, the range, and the posterior's tail probability.

    That is twice the smaller of the shares of draws below the range's upper end and above its lower one, at most 1: a
    small one says that the posterior's draws lie beyond the range on one side.
    """
    rows = {}
    for name, row in ranges.iterrows():
        values = {"prior": prior[name].dropna().to_numpy(), "posterior": posterior[name].dropna().to_numpy()}
        found: dict[str, float] = {}
        for kind, numbers in values.items():
            ends = [weighted_quantile(numbers, np.ones(len(numbers)), share) if len(numbers) else np.nan
                    for share in (0.05, 0.5, 0.95)]  # fmt: skip
            found |= {f"{kind}_{part}": float(end) for part, end in zip(["q05", "q50", "q95"], ends, strict=True)}
        after = values["posterior"]
        tails = [np.mean(after <= row["high"]), np.mean(after >= row["low"])] if len(after) else [np.nan]
        rows[name] = found | {"low": row["low"], "high": row["high"], "tail": float(min(1.0, 2 * min(tails)))}
    return pd.DataFrame.from_dict(rows, orient="index")

