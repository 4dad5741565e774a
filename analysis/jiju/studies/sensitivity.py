"""What the outcome hangs on: parameters and levers as the factors of a sensitivity study.

    problem = jiju.problem("shaoxing-2011/plan", ["parameters.investment.*"], levers=True)
    jiju.morris(problem, indicator="output")           # which factors matter at all: few runs
    jiju.sobol(problem, indicator="p(T4)")             # shares of the variance: many runs
    problem.salib(), problem.ema()                     # for SALib, and for the EMA workbench

Morris 1991, Technometrics 33, 161-174; Sobol' 2001, Mathematics and Computers in Simulation 55, 271-280. SALib samples
and analyses; the engine simulates every point with the same draws.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatchcase
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr
from scipy import special, stats

from jiju.errors import UsageError
from jiju.inputs.scenario import Scenario
from jiju.inputs.scenario_differences import is_value, reference
from jiju.languages import translated
from jiju.results.indicators import IndicatorLike
from jiju.results.pairing import flat
from jiju.runs.engine import runner_of
from jiju.runs.runner import Arm, Runner, simulate
from jiju.statistics.clusters import Clusters, weights_of_resamples

# Priors are given by these points of theirs.
RANKS = (0.05, 0.95)
# The levels of Morris stand at the ends of what is varied, and the ends of a prior are nowhere: it screens this part.
SCREENED = RANKS
LEVELS = 4
SWITCH, RANGE = "switch", "uniform"
# A rank of 0 or 1 is no value of a prior without bounds; this is six standard deviations out.
OUTERMOST = 2.0**-32

RESAMPLES = 400
CONFIDENCE = 0.95


@dataclass(frozen=True, eq=False)
class Problem:
    """Factors by key in the scenario: distribution, median, 5 and 95 % (the ends of a range, off and on), bounds."""

    scenario: Any
    factors: pd.DataFrame

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Problem):
            return NotImplemented
        return bool(self.scenario == other.scenario) and self.factors.equals(other.factors)

    def salib(self, screening: bool = False) -> dict[str, Any]:
        """SALib's definition. Every factor is given by its rank in its distribution, uniform between 0 and 1.

        Indices do not depend on such a change of scale, and SALib does not know all distributions of priors. `settings`
        turns its samples into values. For methods that put points at the ends of what is varied, as Morris does,
        `screening` keeps priors between their 5 and 95 % points.
        """
        kinds = self.factors["distribution"]
        bounds = [[0.0, 1.0] if kind in (SWITCH, RANGE) or not screening else list(SCREENED) for kind in kinds]
        return {"num_vars": len(kinds), "names": list(self.factors.index), "bounds": bounds}

    def settings(self, ranks: np.ndarray) -> list[dict[str, float | bool]]:
        """Values by key for each row of ranks, as `--set` takes them."""
        rows = np.atleast_2d(ranks)
        columns = [value_at(row, rows[:, place]) for place, row in enumerate(self.factors.to_dict("records"))]
        keys = list(self.factors.index)
        return [
            {key: bool(value) if kind == SWITCH else float(value)
             for key, value, kind in zip(keys, values, self.factors["distribution"], strict=True)}
            for values in zip(*columns, strict=True)
        ]  # fmt: skip

    def ema(self) -> list[Any]:
        """The same as parameters of the EMA workbench: switches as booleans, everything else as ranges of values."""
        try:
            from ema_workbench import BooleanParameter, RealParameter
        except ImportError as error:
            raise UsageError(translated("the EMA workbench is not installed; pip install ema_workbench")) from error
        return [
            BooleanParameter(identifier(key)) if row["distribution"] == SWITCH
            else RealParameter(identifier(key), float(row["low"]), float(row["high"]))
            for key, row in self.factors.iterrows()
        ]  # fmt: skip

    def arms(self, ranks: np.ndarray) -> list[Arm]:
        return [Arm(self.scenario, settings) for settings in self.settings(ranks)]


def identifier(key: object) -> str:
    """A key as a Python name, which the EMA workbench asks for."""
    return str(key).replace(".", "__")


def value_at(factor: Mapping[Any, Any], rank: np.ndarray) -> np.ndarray:
    """Quantiles of a factor's distribution, by the engine's rules (docs/parameters.md), held within its bounds."""
    median, low, high = (float(factor[part]) for part in ("median", "low", "high"))
    z = stats.norm.ppf(np.clip(rank, OUTERMOST, 1 - OUTERMOST)) / (2 * stats.norm.ppf(RANKS[1]))
    match factor["distribution"]:
        case "switch":
            return np.asarray(rank >= 0.5)
        case "uniform":
            return np.asarray(low + rank * (high - low))
        case "normal":
            value = median + z * (high - low)
        case "lognormal":
            value = median * np.exp(z * np.log(high / low))
        case "logitnormal":
            value = special.expit(special.logit(median) + z * (special.logit(high) - special.logit(low)))
        case "quantiles":
            shares, values = zip(*factor["quantiles"], strict=True)
            value = np.interp(np.clip(rank, OUTERMOST, 1 - OUTERMOST), shares, values)
        case other:
            raise UsageError(translated("no distribution {other!r}", other=other))
    return np.asarray(np.clip(value, factor.get("lower", -np.inf), factor.get("upper", np.inf)))


def as_factor(value: Mapping[str, Any]) -> dict[str, Any]:
    """An uncertain value by median, 5 and 95 %, with all its quantiles where it is written by them."""
    if "quantiles" not in value:
        return dict(value)
    at = dict(value["quantiles"])
    return {"median": at[0.5], "low": at[0.05], "high": at[0.95], "distribution": "quantiles"} | dict(value)


def problem(
    scenario: Any,
    factors: Sequence[str] = ("parameters.*",),
    *,
    levers: bool = False,
    ranges: Mapping[str, tuple[float, float]] | None = None,
) -> Problem:
    """The uncertain values of a scenario whose keys match `factors` (as "parameters.investment.*") as a problem.

    `levers` adds a switch for every lever; `ranges` varies any other number between two ends, as
    {"levers.special_fund.budget": (0, 5)}.

    Example:

        problem = jiju.problem("tutorial/river-city", ["parameters.demand.*"])
        budget = jiju.problem("tutorial/river-city", [], ranges={"levers.special_fund.budget": (0, 5)})
    """
    loaded = scenario if isinstance(scenario, Scenario | Mapping) else Scenario.load(scenario)
    tables = loaded if isinstance(loaded, Mapping) else loaded.to_dict()
    values = dict(flat(tables))
    uncertain = {key: value for key, value in values.items() if isinstance(value, Mapping)}
    rows: dict[str, dict[str, Any]] = {}
    for pattern in factors:
        found = [key for key in uncertain if fnmatchcase(key, pattern)]
        if not found:
            raise UsageError(translated(
                "no uncertain value matches {pattern!r}; give a key or a pattern such as parameters.*",
                pattern=pattern,
            ))
        rows |= {key: as_factor(uncertain[key]) for key in found}
    if levers:
        switch = {"median": True, "low": False, "high": True, "distribution": SWITCH}
        rows |= {f"levers.{key}.on": dict(switch) for key in tables.get("levers", {})}
    for key, (low, high) in (ranges or {}).items():
        check_range(tables, key, low, high)
        rows[key] = {"median": (low + high) / 2, "low": low, "high": high, "distribution": RANGE}
    if not rows:
        raise UsageError(translated("nothing to vary"))
    columns = ["distribution", "median", "low", "high", "lower", "upper"]
    columns += ["quantiles"] * any("quantiles" in row for row in rows.values())
    for key, row in rows.items():
        row["lower"], row["upper"] = bounds_of(key)
    frame = pd.DataFrame.from_dict(rows, orient="index")[columns].rename_axis("factor")
    return Problem(loaded if not isinstance(loaded, Mapping) else scenario, frame)


def check_range(tables: Mapping[str, Any], key: str, low: float, high: float) -> None:
    """A number, or what stands in a number's place: an uncertain value, or a schedule, which the range replaces."""
    place: Any = tables
    for depth, part in enumerate(parts := key.split(".")):
        if not isinstance(place, Mapping) or part not in place:
            known = {".".join([*parts[:depth], str(each)]) for each in place} if isinstance(place, Mapping) else set()
            near = get_close_matches(".".join(parts[: depth + 1]), sorted(known), 1)
            raise UsageError(
                translated("ranges: the scenario has no value {key!r}", key=key) + (translated(
                    "; did you mean {near!r}?",
                    near=near[0],
                ) if near else "")
            )
        place = place[part]
    if isinstance(place, bool | str | list) or (isinstance(place, Mapping) and not is_value(place)):
        raise UsageError(translated("ranges: {key!r} is no number", key=key))
    if not low < high:
        raise UsageError(translated(
            "ranges: {key!r} is to vary from {low} to {high}, which is no range",
            key=key, low=low, high=high,
        ))
    least, most = bounds_of(key)
    if low < least or high > most:
        raise UsageError(translated(
            "ranges: {key!r} is to vary from {low} to {high}; allowed are {least:g} to {most:g}",
            key=key, low=low, high=high, least=least, most=most,
        ))


def bounds_of(key: str) -> tuple[float, float]:
    """What the scenario allows; draws are held within, as the engine does."""
    parts = key.split(".")
    for known in (key, ".".join([parts[0], "<key>", *parts[2:]])):
        entry = reference().get(known)
        if entry is not None and entry.get("lower") is not None and entry.get("upper") is not None:
            return float(entry["lower"]), float(entry["upper"])
    return -np.inf, np.inf


def outcomes(
    problem: Problem, ranks: np.ndarray, what: IndicatorLike, year: int | None, replicates: int, run: Runner | None,
    progress: bool,
) -> xr.DataArray:  # fmt: skip
    """The indicator at every point and in every replicate."""
    values = simulate(problem.arms(ranks), run or runner_of(replicates, what), what, year, progress)
    Clusters.along(values).check()
    return values


@dataclass(frozen=True)
class Sampled:
    """The indicator at every point and in every replicate, and how it would be if others had been drawn."""

    values: np.ndarray  # point, replicate
    clusters: Clusters

    @classmethod
    def of(cls, values: xr.DataArray) -> Sampled:
        return cls(values.transpose("scenario", "replicate").values, Clusters.along(values))

    @property
    def mean(self) -> np.ndarray:
        """Over replicates, at every point."""
        return np.asarray(np.nanmean(self.values, axis=1))

    def signed(self, table: pd.DataFrame) -> pd.DataFrame:
        """With what its errors are made of as attributes of the frame: replicates, and draws of the parameters."""
        table.attrs |= {"replicates": self.values.shape[1], "draws": self.clusters.count}
        return table

    def resampled(self, random: np.random.Generator) -> Iterator[np.ndarray]:
        """Means at every point of resampled replicates, by draws of the parameters where these are shared.

        All points share their replicates, so that a resample of them is one for all points.
        """
        known = ~np.isnan(self.values)
        totals = self.clusters.totals(np.where(known, self.values, 0.0))
        counts = self.clusters.totals(known.astype(float))
        for weights in weights_of_resamples(self.clusters.count, RESAMPLES, random):
            with np.errstate(invalid="ignore"):
                yield (totals @ weights) / (counts @ weights)


def half_width(resampled: list[np.ndarray]) -> np.ndarray:
    """Of an interval around an index, from what it is in resamples of points and of replicates."""
    return np.asarray(stats.norm.ppf(0.5 + CONFIDENCE / 2) * np.nanstd(np.stack(resampled), axis=0, ddof=1))


def sobol(
    problem: Problem, indicator: IndicatorLike = "output", *, points: int = 64, replicates: int = 20,
    year: int | None = None, seed: int = 1, run: Runner | None = None, progress: bool = True,
) -> pd.DataFrame:  # fmt: skip
    """Shares of the outcome's variance over the factors' whole priors, by factor, with 95 % half-widths.

    first  what the factor does by itself
    total  what it does alone and together with others; what would remain uncertain if only it were

    Simulates points x (factors + 2) arms; `points` a power of two. The errors hold both what was sampled: points, and
    replicates, which all points share; the frame's attributes say how many replicates and draws of the other parameters
    these are.

    Example:

        ranges = {"levers.special_fund.budget": (0, 5), "levers.land_guarantee.effort": (0, 1)}
        problem = jiju.problem("tutorial/river-city", [], ranges=ranges)
        jiju.sobol(problem, "output", points=64, replicates=20)
    """
    from SALib.sample import sobol as sampling

    definition = problem.salib()
    ranks = sampling.sample(definition, points, calc_second_order=False, seed=seed)
    sampled = Sampled.of(outcomes(problem, ranks, indicator, year, replicates, run, progress))
    count = len(problem.factors)
    first, total = sobol_indices(sampled.mean, count, np.arange(points))
    random = np.random.default_rng(seed)
    again = [
        sobol_indices(mean, count, random.integers(points, size=points)) for mean in sampled.resampled(random)
    ]
    table = pd.DataFrame(
        {
            "first": first,
            "first_error": half_width([each[0] for each in again]),
            "total": total,
            "total_error": half_width([each[1] for each in again]),
        },
        index=problem.factors.index,
    )
    return sampled.signed(table.sort_values("total", ascending=False))


def sobol_indices(means: np.ndarray, factors: int, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """First and total indices by SALib's estimators (Saltelli et al. 2010), of some of the design's rows.

    A row of the design is a point A, the points that have one coordinate of B, and B.
    """
    from SALib.analyze.sobol import first_order, total_order

    centred = (means - means.mean()) / (means.std() or 1.0)
    design = centred.reshape(-1, factors + 2)[rows]
    a, b = design[:, 0], design[:, -1]
    with np.errstate(invalid="ignore", divide="ignore"):
        found = [(first_order(a, ab, b), total_order(a, ab, b)) for ab in design[:, 1:-1].T]
    first, total = np.array(found, float).reshape(factors, 2).T
    return first, total


def morris(
    problem: Problem, indicator: IndicatorLike = "output", *, trajectories: int = 10, replicates: int = 20,
    year: int | None = None, seed: int = 1, run: Runner | None = None, progress: bool = True,
) -> pd.DataFrame:  # fmt: skip
    """Elementary effects of each factor, in the indicator's unit over the whole range of the factor.

    effect  mean of their size: does the factor matter?
    mean    with its sign: which way does it work?
    spread  standard deviation: does its effect depend on where the others stand?

    Of a prior the range is from its 5 to its 95 % point. Simulates trajectories x (factors + 1) arms. `effect_error` is
    a 95 % half-width over what was sampled: trajectories, and replicates, which all points share.

    Example:

        problem = jiju.problem("tutorial/river-city", ["parameters.demand.*"])
        effects = jiju.morris(problem, "output", trajectories=10, replicates=20)
        effects.nlargest(5, "effect")                          # which parameters matter at all
    """
    from SALib.sample import morris as sampling

    definition = problem.salib(screening=True)
    ranks = sampling.sample(definition, trajectories, num_levels=LEVELS, seed=seed)
    sampled = Sampled.of(outcomes(problem, ranks, indicator, year, replicates, run, progress))
    steps = np.sign(np.round(np.diff(ranks.reshape(trajectories, -1, ranks.shape[1]), axis=1), 12))
    switches = (problem.factors["distribution"] == SWITCH).to_numpy()
    effects = elementary_effects(sampled.mean, steps, switches)
    random = np.random.default_rng(seed)
    again = [
        np.abs(elementary_effects(mean, steps, switches)[random.integers(trajectories, size=trajectories)]).mean(axis=0)
        for mean in sampled.resampled(random)
    ]
    table = pd.DataFrame(
        {
            "effect": np.abs(effects).mean(axis=0),
            "effect_error": half_width(again),
            "mean": effects.mean(axis=0),
            "spread": effects.std(axis=0, ddof=1),
        },
        index=problem.factors.index,
    )
    return sampled.signed(table.sort_values("effect", ascending=False))


def elementary_effects(means: np.ndarray, steps: np.ndarray, switches: np.ndarray) -> np.ndarray:
    """By trajectory and factor; each step of a trajectory moves one factor, by the same part of its range.

    That part is LEVELS / (2 (LEVELS - 1)), two thirds, but a switch goes all the way.
    """
    changes = np.diff(means.reshape(len(steps), -1), axis=1)
    part = np.where(switches, 1.0, LEVELS / (2 * (LEVELS - 1)))
    return np.asarray((changes[:, :, None] * steps).sum(axis=1) / part)
