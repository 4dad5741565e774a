"""Fits the parameters that a calibration file names, with the engine as the simulator."""

from __future__ import annotations

import math
import os
from collections.abc import Collection, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import numpy as np
import pandas as pd
import xarray as xr

from jiju import _engine
from jiju.errors import UsageError
from jiju.evidence.calibration import Posterior, posterior_of
from jiju.evidence.calibration_checks import Misfit, misfit, predictive, simulation_based, uniformity
from jiju.evidence.calibration_task import GAIN, Moment, Task, read_task, settings_of
from jiju.evidence.fact_sample import STATISTICS, sample
from jiju.evidence.facts import base_year, card, measure, statistics
from jiju.languages import translated
from jiju.progress import tqdm
from jiju.results.indicators import indicator, over_time
from jiju.results.panels import firm_years, replicates
from jiju.runs.campaign_options import Detail
from jiju.runs.engine import EngineRunner
from jiju.runs.executors import pool_around
from jiju.runs.runner import Arm, simulated
from jiju.runs.workers import end_with_parent
from jiju.statistics.monte_carlo import Points, explore, sample_priors, sizes, values_at

DRAWN = "drawn."  # before the name of a parameter, in a file of draws
OUTPUTS = ("sales", "price")  # what reading firm-years and measuring facts needs
SEEDS = 10**5  # of one seed of the user's, within a generation
GENERATION = 10**9  # seeds of a generation
PREDICTED = 0.1  # simulations from the posterior for predictive checks, over points
LEAST_PREDICTED, MOST_PREDICTED = 12, 200
MISSING = 0.05  # a summary that is missing in more of the first generation's points is left out


@dataclass(frozen=True)
class Fit:
    """All that a call of `calibrate` finds."""

    task: Task
    points: Points
    posterior: Posterior
    misfit: Misfit
    predictive: pd.DataFrame  # by statistic or moment, with its name and use
    left_out: list[str]  # summaries that could not be measured often enough


def gain_of_double_research(base: pd.DataFrame, double: pd.DataFrame, industry: int) -> float:
    """Mean gain of log efficiency, over performers of an industry that stand in both arms in the last year."""
    last = base["year"].max()
    both = base.merge(double, on=["id", "year"], suffixes=("", "_double"))
    both = both[(both["year"] == last) & (both["industry"] == industry) & (both["intensity"] > 0)]
    return float((both["efficiency_double"] - both["efficiency"]).mean()) if len(both) else math.nan


def moment_of(dataset: xr.Dataset, moment: Moment) -> float:
    """Of the first scenario of results of one replicate."""

    def value(output: str) -> float:
        if output in dataset and set(dataset[output].dims) == {"scenario", "replicate"}:
            if moment.year is not None or moment.where:
                raise UsageError(translated("{output} has no years and no dimensions", output=output))
            values = dataset[output]
        else:
            values = indicator(dataset, output, moment.year, None, **moment.where)
        return float(values.isel(scenario=0).squeeze())

    top = value(moment.output)
    return top / bottom if moment.over and (bottom := value(moment.over)) else math.nan if moment.over else top


def summarise(task: Task, dataset: xr.Dataset) -> dict[str, float]:
    """The summaries of a point: of the first scenario, and of the second one with R&D doubled."""
    found = {name: moment_of(dataset, moment) for name, moment in task.moments.items()}
    if not task.facts:
        return found
    names = [str(name) for name in dataset["scenario"].values]
    [(number, rows)] = replicates(dataset, names[0])
    years = firm_years(dataset, rows)
    found |= measure(sample(years, base_year(dataset, names[0], number), card()["measurement"]))
    if task.doubled:
        [(_, doubled)] = replicates(dataset, names[1])
        industry = [str(key) for key in dataset["industry"].values].index(task.doubled)
        found[GAIN] = gain_of_double_research(years, firm_years(dataset, doubled), industry)
    return found


def simulate_point(task: Task, outputs: tuple[str, ...], values: dict[str, float], seed: int) -> dict[str, float]:
    """Summaries of a point: of one replicate, and of another with R&D doubled if asked for."""
    settings = settings_of(task, values)
    arms = [Arm(task.scenario, settings)]
    if task.doubled:
        double = {key: 2 * settings.get(key, was) for key, was in task.doubling.items()}
        arms.append(Arm(task.scenario, settings | double))
    record: Detail = "firms" if task.facts else "yearly" if outputs else "targets"
    dataset = simulated(arms, EngineRunner(1, outputs, seed=seed, record=record, threads=1))
    return summarise(task, dataset)


def rows_of(values: pd.DataFrame) -> list[dict[str, float]]:
    return [{str(name): float(value) for name, value in row.items()} for row in values.to_dict("records")]


class Engine:
    """The simulator: points to summaries, the same for any number of processes: its own, or those of an executor that
    it finds around it (`jiju.workers`)."""

    def __init__(self, task: Task, seed: int, jobs: int, total: int) -> None:
        self.task, self.seed, self.outputs = task, seed, self._tried(task, seed)
        self._own = None if pool_around() else ProcessPoolExecutor(jobs, initializer=end_with_parent)
        self._pool: Executor | None = self._own or pool_around()
        self._bar = tqdm(total=total, unit=translated("point"), disable=None)

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:  # fmt: skip
        if self._own:
            self._own.shutdown(cancel_futures=True)
        self._bar.close()

    @staticmethod
    def _tried(task: Task, seed: int) -> tuple[str, ...]:
        """The outputs over time that summaries need; UsageError where the results have no such moment.

        One replicate of the scenario as it is, with all that there is to see, tells so before anything long begins.
        """
        data = simulated([Arm(task.scenario)], EngineRunner(1, seed=seed, record="firms" if task.facts else "yearly"))
        for name, moment in task.moments.items():
            try:
                moment_of(data, moment)
            except (UsageError, KeyError) as problem:
                raise UsageError(translated(
                    "{path}: [moments.{name}]: {problem}",
                    path=task.path, name=name, problem=problem,
                )) from None
        named = {output for moment in task.moments.values() for output in moment.outputs}
        return tuple(sorted({*(OUTPUTS if task.facts else ()), *(named & set(over_time(data)))}))

    def __call__(self, shares: pd.DataFrame, generation: int) -> pd.DataFrame:
        return self.simulate(rows_of(values_at(shares, self.task.priors)), generation)

    def simulate(self, points: list[dict[str, float]], generation: int) -> pd.DataFrame:
        """Summaries of the points, each of a seed of its own."""
        start = SEEDS * self.seed + GENERATION * (generation + 1)
        seeds = [start + number for number in range(len(points))]
        found = []
        tasks, outputs = [self.task] * len(points), [self.outputs] * len(points)
        assert self._pool is not None  # either its own or the one around it
        for summaries in self._pool.map(simulate_point, tasks, outputs, points, seeds):
            found.append(summaries)
            self._bar.update()
        return pd.DataFrame(found)


def usable(summaries: pd.DataFrame, ranges: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """The ranges of summaries that nearly every point of the first generation has, and the names of the others."""
    missing = summaries[list(ranges.index)].isna().mean()
    out = [str(name) for name in ranges.index if missing[name] > MISSING]
    kept = ranges.drop(index=out)[["low", "high"]]
    if kept.empty:
        raise UsageError(translated(
            "nothing can be measured in this city: {out} are missing",
            out=", ".join(out),
        ))
    return kept, out


def judged(task: Task) -> pd.DataFrame:
    """Every fact and moment with its range, names and use; what a fit meets is marked as such."""
    columns = ["low", "high", "name", "name_zh", "use"]
    facts = statistics()[columns] if task.facts else pd.DataFrame(columns=columns)
    own = task.ranges.assign(use="fit")[columns]
    table = pd.concat([facts[~facts.index.isin(own.index)], own])
    if task.facts:
        order = [name for name in STATISTICS if name in table.index]
        table = table.loc[[*order, *(name for name in table.index if name not in order)]]
    return table


def read_draws(path: Path, shares: pd.DataFrame, needed: Collection[str]) -> pd.DataFrame:
    """The summaries of an earlier call; UsageError where its points are not these, or a needed summary is missing."""
    table = pd.read_csv(path)
    own = [name for name in table if str(name).startswith(DRAWN)]
    drawn = table[own].rename(columns=lambda name: name[len(DRAWN) :])
    if len(drawn) != len(shares):
        raise UsageError(translated(
            "{path} holds {drawn} points, not {shares}",
            path=path, drawn=len(drawn), shares=len(shares),
        ))
    if list(drawn) != list(shares) or not np.allclose(drawn.to_numpy(), shares.to_numpy(), rtol=1e-12, atol=0):
        raise UsageError(translated("{path} holds points of another calibration file or seed", path=path))
    missing = [name for name in needed if name not in table]
    if missing:
        raise UsageError(translated(
            "{path} lacks {missing}: its points were simulated before these were asked for",
            path=path, missing=", ".join(missing),
        ))
    return table.drop(columns=own)


def first_generation(engine: Engine, points: int, seed: int, draws: Path | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Shares and summaries, read from `draws` if it exists, and kept there otherwise."""
    shares = sample_priors(engine.task.priors, sizes(points)[0], seed)
    if draws and draws.exists():
        return shares, read_draws(draws, shares, engine.task.ranges.index)
    if draws:
        _engine.check_output(str(draws), False)
    summaries = engine(shares, 0)
    if draws:
        kept = pd.concat([shares.add_prefix(DRAWN), summaries], axis="columns")
        _engine.write_file(str(draws), kept.to_csv(index=False), False)
    return shares, summaries


def predictions(points: int) -> int:
    return min(max(int(PREDICTED * points), LEAST_PREDICTED), MOST_PREDICTED)


def calibrate(
    path: str | os.PathLike[str], points: int = 2000, seed: int = 1, jobs: int | None = None, draws: Path | None = None
) -> Fit:
    """Fits what a calibration file (docs/calibration.md) leaves open to the moments it names.

    Simulates `points` in generations, in `jobs` processes (as many as this one may use where none is given), and the
    posterior's own draws once more to see what they predict. `draws` keeps the first generation's summaries, and is
    read where it exists. UsageError for a file that is wrong, with every mistake.

    Example:

        fit = jiju.calibrate("scenarios/shaoxing-2011/calibration.toml", points=2000)
    """
    task = read_task(Path(path))
    jobs = jobs or _engine.usable_processors()
    total = points + predictions(points) - (sizes(points)[0] if draws and draws.exists() else 0)
    with Engine(task, seed, jobs, total) as engine:
        first = first_generation(engine, points, seed, draws)
        ranges, left_out = usable(first[1], task.ranges)
        found = explore(task.priors, engine, ranges, points, seed, first)
        posterior = posterior_of(found, ranges, task.priors)
        drawn = engine.simulate(posterior_points(task, posterior, predictions(points), seed), 90)
    table = judged(task)
    checks = predictive(first[1], drawn, table[["low", "high"]]).join(table[["name", "name_zh", "use"]])
    return Fit(task, found, posterior, misfit(first[1], ranges, seed), checks, left_out)


def posterior_points(task: Task, posterior: Posterior, number: int, seed: int) -> list[dict[str, float]]:
    """Draws as the engine will draw: jointly what is identified; the rest stays where the base has it."""
    base = {name: 1.0 if each.factor else next(iter(each.base.values())) for name, each in task.parameters.items()}
    values = pd.DataFrame(base, index=range(number))
    identified = posterior.findings.index[posterior.findings["identified"]]
    if len(identified):
        values[list(identified)] = posterior.joint().sample(number, seed)[list(identified)]
    return rows_of(values)


def check(path: Path, sets: int, points: int, seed: int, jobs: int, draws: Path | None = None) -> pd.DataFrame:
    """Simulation-based calibration on the engine: `sets` fits of synthetic data, each of `points` points, of which
    the first generation is common to all."""
    task = read_task(path)
    first_size = sizes(points)[0]
    total = (0 if draws and draws.exists() else first_size) + sets * (1 + points - first_size)
    with Engine(task, seed, jobs, total) as engine:
        first = first_generation(engine, points, seed, draws)
        ranges, _ = usable(first[1], task.ranges)
        widths = ranges["high"] - ranges["low"]

        def synthetic(shares: pd.DataFrame, generation: int) -> pd.DataFrame:
            return engine.simulate(rows_of(values_at(shares, task.priors)), 100 + generation)

        ranks = simulation_based(task.priors, synthetic, widths, sets, points, seed, first)
    return uniformity(ranks)


def names_of(task: Task, lang: str) -> Mapping[str, str]:
    return {key: row.name_zh if lang == "zh" else row.name for key, row in task.parameters.items()}
