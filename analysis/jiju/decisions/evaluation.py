"""Many points of an open plan, simulated with the same draws, and kept.

    plan = jiju.open_plan("shaoxing-2011/plan", "shaoxing-2011/status-quo", ["special_fund", "credit"])
    jiju.evaluate(plan, [[1, 1], [2, 1]], ["value_added", "public_cost", "p(T5)"], replicates=100)

What was simulated before is not simulated again: a `Store` keeps every point, in memory or in a file from which
a study that was stopped resumes.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import xarray as xr

from jiju import __version__, new_files
from jiju.decisions.openings import Plan
from jiju.decisions.outcomes import Outcome, margin_of, measured, needed, outcome_of, smoothed
from jiju.errors import FileError, UsageError
from jiju.languages import translated
from jiju.progress import tqdm
from jiju.runs.engine import EngineRunner
from jiju.runs.runner import BATCH, Arm, Runner, simulated
from jiju.runs.warm import Warm
from jiju.statistics.clusters import DRAW, Clusters
from jiju.statistics.control import Sample


class Control(NamedTuple):
    """Columns of the base in more replicates than points have, whose own are the first."""

    values: dict[str, np.ndarray]
    sample: Sample


BASE = "base"  # in place of a point
CHUNK = 8  # points that an executor is given at a time: they share their burn-in, and few workers wait for the last
DIGITS = 9  # of a number in a point: closer ones are the same point


@dataclass
class Store:
    """Columns of every simulated point by replicate, of one plan, seed and number of replicates.

    `path` is a file (netCDF-4) that each batch is added to; where it is there already, its points are taken over, and
    a UsageError is raised where they are of another study.
    """

    about: dict[str, Any]
    columns: tuple[str, ...]
    path: Path | None = None
    values: dict[tuple[float, ...], np.ndarray] = field(default_factory=dict)  # by point: columns x replicates
    base: np.ndarray | None = None
    draws: np.ndarray | None = None

    def __post_init__(self) -> None:
        if self.path and self.path.exists():
            self._read(self.path)

    @property
    def digest(self) -> str:
        """Of all that the values hang on, but the points."""
        text = json.dumps(self.about | {"columns": self.columns, "version": __version__}, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def dataset(self) -> xr.Dataset:
        points = np.array(list(self.values))
        names = self.about["openings"]
        stacked = np.stack(list(self.values.values()))
        found = xr.Dataset(
            {name: (("point", "replicate"), stacked[:, place]) for place, name in enumerate(self.columns)},
            attrs={"filetype": "jiju points", "digest": self.digest, "about": json.dumps(self.about)},
        )
        found["point_value"] = (("point", "opening"), points)
        found = found.assign_coords(opening=("opening", np.array(names, dtype=object)))
        if self.base is not None:
            for place, name in enumerate(self.columns):
                found[f"base_{place}"] = (("replicate",), self.base[place], {"long_name": f"{name} of the base"})
        if self.draws is not None:
            found = found.assign_coords({DRAW: ("replicate", self.draws)})
        return found

    def save(self) -> None:
        if self.path:
            data = self.dataset()
            new_files.write_all({self.path: lambda file: data.to_netcdf(file, engine="h5netcdf")}, force=True)

    def _read(self, path: Path) -> None:
        try:
            with xr.open_dataset(path, engine="h5netcdf") as data:
                data.load()
        except (OSError, ValueError) as problem:
            raise FileError(translated(
                "{path} is no file of simulated points: {problem}", path=path, problem=problem
            )) from None
        if data.attrs.get("digest") != self.digest:
            raise UsageError(translated(
                "{path} holds points of another study (plan, levers, outcomes, seed or version): name another file",
                path=path,
            ))  # fmt: skip
        values = np.stack([data[name].values for name in self.columns], axis=1)
        self.values = {key_of(point): each for point, each in zip(data["point_value"].values, values, strict=True)}
        if "base_0" in data:
            self.base = np.stack([data[f"base_{place}"].values for place in range(len(self.columns))])
        if DRAW in data.coords:
            self.draws = data[DRAW].values


def key_of(point: Sequence[float] | np.ndarray) -> tuple[float, ...]:
    return tuple(float(round(float(value), DIGITS)) + 0.0 for value in point)


def columns_of(arms: Sequence[Arm], run: Runner, columns: Sequence[str]) -> tuple[np.ndarray, np.ndarray | None]:
    """What is measured of some arms, arms x columns x replicates, and the draw of each replicate: numbers alone, which
    an executor's workers send back."""
    data = measured(simulated(arms, run), columns)
    found = np.stack([data[name].values for name in columns], axis=1).astype(float)
    return found, data[DRAW].values if DRAW in data.coords else None


class Evaluator:
    """Simulates points of a plan; all of them, and the base, share seed and replicates.

    With `smooth`, replicates say how nearly they meet a target and not whether (outcomes.smoothed): for searching.
    With an executor its workers simulate, each on one thread; runner and points must then be such as can be sent to
    them. Without, states after the burn-in are kept in `warm` from point to point.

    The base is simulated `longer` times as many replicates by `control`, which are kept (runs/kept_bases.py).
    """

    def __init__(
        self, plan: Plan, columns: Sequence[str], replicates: int, seed: int, *, smooth: bool = False,
        path: str | os.PathLike[str] | None = None, run: Runner | None = None, executor: Executor | None = None,
        progress: bool = True, warm: Warm | None = None, longer: int = 1,
    ) -> None:  # fmt: skip
        self.smooth, self.longer = smooth, longer
        columns = tuple(dict.fromkeys(map(self._column, columns)))
        about = {
            "plan": plan.scenario.to_toml(), "base": plan.base.to_toml(), "openings": plan.names, "seed": seed,
            "replicates": replicates,
        }  # fmt: skip
        self.plan, self.replicates, self.seed, self.progress = plan, replicates, seed, progress
        self.store = Store(about, columns, Path(path) if path else None)
        self._executor = executor
        self._run = run or EngineRunner(
            replicates, needed(columns), seed=seed, threads=1 if executor else None,
            warm=None if executor else Warm() if warm is None else warm,
        )  # fmt: skip

    def _column(self, name: str) -> str:
        return margin_of(name) if self.smooth else name

    @property
    def clusters(self) -> Clusters:
        draws = self.store.draws
        return Clusters.of(np.arange(self.replicates) if draws is None else draws)

    @cached_property
    def control(self) -> Control | None:
        """Further replicates of the base; None where they are not asked for, or another engine than this machine's runs
        the points."""
        if self.longer == 1 or not isinstance(self._run, EngineRunner) or self._executor is not None:
            return None
        with self._run.kept(Arm(self.plan.base), self.longer * self.replicates, self.progress) as data:
            seen = measured(data.assign_coords(scenario=[BASE]), self.store.columns).load()
        values = {name: seen[name].values[0].astype(float) for name in self.store.columns}
        return Control(values, Sample(np.arange(self.replicates), Clusters.along(seen)))

    def simulate(self, points: np.ndarray) -> None:
        """Those that are not kept yet."""
        keys = dict.fromkeys(key_of(point) for point in np.atleast_2d(points))
        new = [key for key in keys if key not in self.store.values]
        arms: list[tuple[tuple[float, ...] | str, Arm]] = [(key, self.plan.arm(key)) for key in new]
        if self.store.base is None:
            arms.insert(0, (BASE, Arm(self.plan.base)))
        with tqdm(total=len(arms), unit="plan", disable=None if self.progress else True, leave=False) as bar:
            size = CHUNK if self._executor else BATCH
            batches = [arms[first : first + size] for first in range(0, len(arms), size)]
            asked = [[arm for _, arm in batch] for batch in batches]
            for batch, (stacked, draws) in zip(batches, self._simulated(asked), strict=True):
                for (key, _), values in zip(batch, stacked, strict=True):
                    if isinstance(key, str):
                        self.store.base = values
                    else:
                        self.store.values[key] = values
                if draws is not None:
                    self.store.draws = draws
                self.store.save()
                bar.update(len(batch))

    def _simulated(self, batches: Sequence[Sequence[Arm]]) -> Iterator[tuple[np.ndarray, np.ndarray | None]]:
        """Of each batch in order, here or by the executor."""
        if self._executor is None:
            yield from (columns_of(batch, self._run, self.store.columns) for batch in batches)
            return
        waiting = [self._executor.submit(columns_of, batch, self._run, self.store.columns) for batch in batches]
        try:
            yield from (each.result() for each in waiting)
        finally:
            for each in waiting:
                each.cancel()

    def replicates_of(self, outcome: Outcome, points: np.ndarray) -> np.ndarray:
        """Points x columns of the outcome x replicates; of accounts the difference from the base."""
        self.simulate(points)
        places = [self.store.columns.index(self._column(name)) for name in outcome.columns]
        found = np.stack([self.store.values[key_of(point)][places] for point in np.atleast_2d(points)])
        base = self.store.base
        assert base is not None  # it is simulated before any point
        if outcome.is_account:
            found = found - base[places]
        if self.smooth and outcome.is_probability:
            for row, place in enumerate(places):
                found[:, row] = smoothed(found[:, row], float(np.nanstd(base[place])))
        return found

    def margins_of(self, outcome: Outcome, points: np.ndarray) -> np.ndarray | None:
        """Of the one target whose probability it is: by how much each point's replicates meet it; None where that is
        not among the columns."""
        name = margin_of(outcome.columns[0])
        if not outcome.is_probability or len(outcome.columns) > 1 or name not in self.store.columns:
            return None
        place = self.store.columns.index(name)
        return np.stack([self.store.values[key_of(point)][place] for point in np.atleast_2d(points)])

    def means(self, outcome: Outcome, points: np.ndarray) -> np.ndarray:
        """Of each point the outcome over all replicates; missing ones are passed over."""
        with np.errstate(all="ignore"):
            return outcome.of_means(np.nanmean(self.replicates_of(outcome, points), axis=-1))


def try_out(plan: Plan, run: Runner | None = None) -> xr.Dataset:
    """One replicate of the plan with all outputs, to see what there is to ask for."""
    return simulated([Arm(plan.scenario)], run or EngineRunner(1))


def evaluate(
    plan: Plan,
    points: Sequence[Sequence[float]] | np.ndarray | pd.DataFrame,
    outcomes: Sequence[str],
    *,
    replicates: int = 100,
    seed: int = 1,
    by_replicate: bool = False,
    file: str | os.PathLike[str] | None = None,
    run: Runner | None = None,
    executor: Executor | None = None,
    warm: Warm | None = None,
    progress: bool = False,
) -> np.ndarray:
    """Outcomes of points: an array points x outcomes of means over replicates, or with `by_replicate` points x outcomes
    x replicates. For optimisers and designs of other packages: arrays in, arrays out.

    `points` has a row a point and a column an opening, in the order of `plan.names` (a frame's columns are matched by
    name). All points share seed and replicates. `run` is another runner than this machine's engine
    (`jiju.runs.runner.Runner`). Accounts are differences from the plan's base.

    `executor` is one of `concurrent.futures`, or what has its `submit` (Dask, mpi4py): its workers simulate, some
    points at a time and each on one thread; the numbers are the same, to the last bit.

    `warm` keeps states after the burn-in for further calls (`jiju.Warm`); within a call they are kept anyway.

    Example:

        plan = jiju.open_plan("shaoxing-2011/plan", "shaoxing-2011/status-quo", ["special_fund", "land_guarantee"])
        outcomes = jiju.evaluate(plan, [[1, 1], [2, 0.5]], ["value_added", "public_cost"], replicates=20)
    """
    rows = array_of(plan, points)
    there = try_out(plan, run)
    read = [outcome_of(text, there) for text in outcomes]
    if by_replicate and any(len(each.columns) > 1 for each in read):
        raise UsageError(translated("an outcome over all targets has no value in one replicate"))
    simulator = Evaluator(
        plan, [name for each in read for name in each.columns], replicates, seed, path=file, run=run, executor=executor,
        progress=progress, warm=warm,
    )  # fmt: skip
    simulator.simulate(rows)
    if by_replicate:
        return np.stack([simulator.replicates_of(each, rows)[:, 0] for each in read], axis=1)
    return np.stack([simulator.means(each, rows) for each in read], axis=1)


def array_of(plan: Plan, points: Sequence[Sequence[float]] | np.ndarray | pd.DataFrame) -> np.ndarray:
    """UsageError where the points are not numbers within the bounds, one for each opening."""
    if isinstance(points, pd.DataFrame):
        missing = [name for name in plan.names if name not in points]
        if missing:
            raise UsageError(translated(
                "points lack the column {column!r}; the plan leaves open {names}",
                column=missing[0], names=", ".join(plan.names),
            ))  # fmt: skip
        points = points[plan.names].to_numpy()
    rows = np.atleast_2d(np.asarray(points, dtype=float))
    if rows.ndim != 2 or rows.shape[1] != len(plan.names):
        raise UsageError(translated(
            "points have {given} numbers each, and the plan leaves {open} open",
            given=rows.shape[-1], open=len(plan.names),
        ))  # fmt: skip
    low, high = plan.bounds.T
    outside = ~((rows >= low - 1e-9) & (rows <= high + 1e-9))
    if outside.any():
        point, place = np.argwhere(outside)[0]
        raise UsageError(translated(
            "point {point}: {name} = {value:g}; allowed are {low:g} to {high:g}",
            point=point, name=plan.names[place], value=rows[point, place], low=low[place], high=high[place],
        ))  # fmt: skip
    return rows
