"""What the outcome hangs on: parameters and levers as the factors of a sensitivity study.

    problem = jiju.problem("shaoxing-2011/plan", ["parameters.investment.*"], levers=True)
    jiju.morris(problem, indicator="output")           # which factors matter at all: few runs
    jiju.sobol(problem, indicator="p(T4)")             # shares of the variance: many runs
    problem.salib(), problem.ema()                     # for SALib, and for the EMA workbench

Morris 1991, Technometrics 33, 161-174; Sobol' 2001, Mathematics and Computers in Simulation 55, 271-280. SALib samples
and analyses; the engine plays every point with the same draws.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

import numpy as np
import pandas as pd
from scipy import special, stats

from jiju.errors import UsageError
from jiju.indicators import IndicatorLike
from jiju.pairing import flat
from jiju.runner import Arm, Runner, play
from jiju.scenario import reference

# The part of each prior that is varied, by rank: its 5 to 95 % range.
RANKS = (0.05, 0.95)
LEVELS = 4
SWITCH, RANGE = "switch", "uniform"


@dataclass(frozen=True)
class Problem:
    """Factors by key in the scenario: distribution, median, 5 and 95 % (the ends of a range, off and on), bounds."""

    scenario: Any
    factors: pd.DataFrame

    def salib(self) -> dict[str, Any]:
        """SALib's definition. Every factor is told by its rank in its distribution, uniform between 0.05 and 0.95.

        Indices do not depend on such a change of scale, and SALib does not know all distributions of priors. `settings`
        turns its samples into values.
        """
        count = len(self.factors)
        return {"num_vars": count, "names": list(self.factors.index), "bounds": [list(RANKS)] * count}

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
            raise UsageError("the EMA workbench is not installed; pip install ema_workbench") from error
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
    """Quantiles of a factor's distribution, by the engine's rules (docs/parameters.md)."""
    median, low, high = (float(factor[part]) for part in ("median", "low", "high"))
    z = stats.norm.ppf(rank) / (2 * stats.norm.ppf(RANKS[1]))
    match factor["distribution"]:
        case "switch":
            return np.asarray(rank >= 0.5)
        case "uniform":
            return np.asarray(low + (rank - RANKS[0]) / (RANKS[1] - RANKS[0]) * (high - low))
        case "normal":
            bounds = factor.get("lower", -np.inf), factor.get("upper", np.inf)
            return np.asarray(np.clip(median + z * (high - low), *bounds))
        case "lognormal":
            return np.asarray(median * np.exp(z * np.log(high / low)))
        case "logitnormal":
            return np.asarray(special.expit(special.logit(median) + z * (special.logit(high) - special.logit(low))))
        case other:
            raise UsageError(f"no distribution {other!r}")


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
    """
    from jiju.scenario import Scenario

    loaded = scenario if isinstance(scenario, Scenario | Mapping) else Scenario.load(scenario)
    tables = loaded if isinstance(loaded, Mapping) else loaded.to_dict()
    values = dict(flat(tables))
    uncertain = {key: value for key, value in values.items() if isinstance(value, Mapping)}
    rows: dict[str, dict[str, Any]] = {}
    for pattern in factors:
        found = [key for key in uncertain if fnmatchcase(key, pattern)]
        if not found:
            raise UsageError(f"no uncertain value matches {pattern!r}; give a key or a pattern such as parameters.*")
        rows |= {key: dict(uncertain[key]) for key in found}
    if levers:
        switch = {"median": True, "low": False, "high": True, "distribution": SWITCH}
        rows |= {f"levers.{key}.on": dict(switch) for key in tables.get("levers", {})}
    for key, (low, high) in (ranges or {}).items():
        if key not in values:
            raise UsageError(f"ranges: the scenario has no value {key!r}")
        rows[key] = {"median": (low + high) / 2, "low": low, "high": high, "distribution": RANGE}
    if not rows:
        raise UsageError("nothing to vary")
    columns = ["distribution", "median", "low", "high", "lower", "upper"]
    for key, row in rows.items():
        row["lower"], row["upper"] = bounds_of(key)
    frame = pd.DataFrame.from_dict(rows, orient="index")[columns].rename_axis("factor")
    return Problem(loaded if not isinstance(loaded, Mapping) else scenario, frame)


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
) -> np.ndarray:  # fmt: skip
    """The indicator's mean over replicates at every point."""
    if run is None:
        from jiju.engine import engine_runner, outputs_for

        run = engine_runner(replicates, outputs_for(what))
    return np.asarray(np.nanmean(play(problem.arms(ranks), run, what, year, progress), axis=1))


def sobol(
    problem: Problem, indicator: IndicatorLike = "output", *, points: int = 64, replicates: int = 20,
    year: int | None = None, seed: int = 1, run: Runner | None = None, progress: bool = True,
) -> pd.DataFrame:  # fmt: skip
    """Shares of the outcome's variance over the factors' ranges, by factor, with 95 % half-widths.

    first  what the factor does by itself
    total  what it does alone and together with others; what would remain uncertain if only it were

    Plays points x (factors + 2) arms; `points` a power of two.
    """
    from SALib.analyze import sobol as analysis
    from SALib.sample import sobol as sampling

    definition = problem.salib()
    ranks = sampling.sample(definition, points, calc_second_order=False, seed=seed)
    values = outcomes(problem, ranks, indicator, year, replicates, run, progress)
    found = analysis.analyze(definition, values, calc_second_order=False, seed=seed)
    table = pd.DataFrame(
        {"first": found["S1"], "first_error": found["S1_conf"], "total": found["ST"], "total_error": found["ST_conf"]},
        index=problem.factors.index,
    )
    return table.sort_values("total", ascending=False)


def morris(
    problem: Problem, indicator: IndicatorLike = "output", *, trajectories: int = 10, replicates: int = 20,
    year: int | None = None, seed: int = 1, run: Runner | None = None, progress: bool = True,
) -> pd.DataFrame:  # fmt: skip
    """Elementary effects of each factor, in the indicator's unit over the whole range of the factor.

    effect  mean of their size: does the factor matter?
    mean    with its sign: which way does it work?
    spread  standard deviation: does its effect depend on where the others stand?

    Plays trajectories x (factors + 1) arms.
    """
    from SALib.analyze import morris as analysis
    from SALib.sample import morris as sampling

    definition = problem.salib()
    ranks = sampling.sample(definition, trajectories, num_levels=LEVELS, seed=seed)
    values = outcomes(problem, ranks, indicator, year, replicates, run, progress)
    found = analysis.analyze(definition, ranks, values, num_levels=LEVELS, seed=seed)
    parts = {"effect": "mu_star", "effect_error": "mu_star_conf", "mean": "mu", "spread": "sigma"}
    table = pd.DataFrame({name: np.asarray(found[key], float) for name, key in parts.items()},
                         index=problem.factors.index)
    # A step of the design, two thirds of a range, moves a switch all the way.
    table[problem.factors["distribution"] == SWITCH] *= LEVELS / (2 * (LEVELS - 1))
    return table.sort_values("effect", ascending=False)
