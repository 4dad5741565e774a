"""Runs and sweeps: the engine works on its own threads, Python shows how far it is and listens to Ctrl-C."""

import json
import os
import tempfile
import warnings
from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Any, Self, Unpack

import numpy as np
import xarray as xr

from jiju import _engine
from jiju.errors import InvariantError, UsageError
from jiju.inputs.scenario import Scenario, ScenarioLike
from jiju.languages import translated
from jiju.progress import tqdm
from jiju.results import files
from jiju.runs import executors
from jiju.runs.campaign_options import Interrupt, Options, Progress, completed, engine_options, shows_options, whole
from jiju.runs.simulation import Simulation


@shows_options
def run(*scenarios: ScenarioLike, **options: Unpack[Options]) -> xr.Dataset:
    """Runs scenarios side by side, with the same draws, and returns their results.

    What is not given is as the scenarios say. `set` changes values in all of them, as `--set` does; `record` says what
    is kept of every replicate, `outputs` which variables over time; `precision="p(T1)=0.01@95%"` stops when that is
    reached; `failures` is "continue", "stop" or the most replicates that may fail.

    Without `output` the results stay in memory. With it they are a file, read as it is used; `resume` continues a run
    that was stopped, `force` overwrites an existing file, `checkpoint` is after how many seconds what is done is safe.

    With `executor`, one of `concurrent.futures`, a client of Dask or a `joblib.Parallel`, its workers simulate the
    replicates in `parts` pieces (four a worker), each on one thread or as many as `threads` says; the result has the
    same bits. With `output`, what they have sent waits in a folder beside the file, where `resume` finds it.

    `replicates=range(200, 300)` runs these replicates only, and `shard="3/16"`, which needs `output`, the third of
    sixteen parts; `jiju.merge` makes one result of parts. `dry_run` runs a short pilot and returns estimates of time,
    memory and disk.

    Ctrl-C, or a notebook's stop button, ends the run within a moment and returns the replicates that are done, with the
    attribute `status` = "partial"; with `on_interrupt="raise"` it raises KeyboardInterrupt instead.

    Example:

        both = jiju.run("shaoxing-2011/status-quo", "shaoxing-2011/plan", replicates=100)
        both.target_met.mean("replicate").to_pandas()          # the probability of each target, by scenario
        both.output.sum(["industry", "cluster"]).median("replicate")
        double = jiju.run("shaoxing-2011/plan", set={"levers.special_fund.budget": 4}, replicates=100)
    """
    return run_warm(None, *scenarios, **options)


def run_warm(warm: _engine.Warm | None, *scenarios: ScenarioLike, **options: Unpack[Options]) -> xr.Dataset:
    """As `run`, with states after the burn-in that earlier runs left in `warm`, where this one leaves its own."""
    asked = completed("run", options)
    if not scenarios:
        raise TypeError(translated("run() needs a scenario, such as jiju.run('shaoxing-2011/plan')"))
    opened = tuple(scenario if isinstance(scenario, Scenario) else Scenario.load(scenario) for scenario in scenarios)
    return _carry_out(Simulation(opened, set=asked["set"], warm=warm), asked)


@shows_options
def sweep(design: str | os.PathLike[str] | Mapping[str, Any], **options: Unpack[Options]) -> xr.Dataset:
    """Runs one scenario at every point of a design, all points with the same draws.

    `design` is a file, the bare name of one that comes with the package (fund-and-land), or the same as a dictionary
    (docs/sweeps.md)::

        jiju.sweep({"base": "shaoxing-2011/plan", "method": "grid", "factors": {
            "fund": {"key": "levers.special_fund.budget", "low": 0, "high": 4, "levels": 5}}})

    Points are along the dimension `scenario`; the variable `design` has the values of the factors. Everything else is
    as in `run`, but where neither `record` nor `outputs` is given nothing over time is kept.

    Example:

        sweep = jiju.sweep("fund-and-land", replicates=20)
        sweep.design.to_pandas()                               # what each point sets
        jiju.indicator(sweep, "p(T14)").mean("replicate")      # the probability of T14 at each
    """
    asked = completed("sweep", options)
    if not isinstance(design, Mapping):
        design = os.fspath(design)
    return _carry_out(Simulation(design=design, set=asked["set"]), asked)


def merge(
    *shards: xr.Dataset | str | os.PathLike[str],
    output: str | os.PathLike[str] | None = None,
    force: bool = False,
    dry_run: bool = False,
) -> xr.Dataset:
    """One result of the parts of a run: datasets of `run(replicates=range(…))` or `sweep`, and files of shards.

    They must be of one run and hold all of its replicates from 0 on, each once; else `jiju.FileError` says what is
    missing, double or foreign. The result is that of the run in one piece, statistics too; with `output` it is a
    results file, byte for byte. A dataset counts as it was run: what was computed or selected since changes nothing.
    `dry_run` estimates what writing the file takes.

    Example:

        first = jiju.run("shaoxing-2011/plan", replicates=range(0, 20))
        second = jiju.run("shaoxing-2011/plan", replicates=range(20, 40))     # on another machine, say
        whole = jiju.merge(first, second)                                     # as one run of 40
    """
    if not shards:
        raise TypeError(translated("merge() needs shards, such as jiju.merge(first, second)"))
    with tempfile.TemporaryDirectory(prefix="jiju-") as folder:
        paths = []
        for place, shard in enumerate(shards):
            if isinstance(shard, xr.Dataset):
                if SHARD not in shard:
                    raise UsageError(
                        translated(
                            "shard {value} of {shards} is no part of a run: parts are what jiju.run(…, "
                            "replicates=range(first, end)) returns",
                            value=place + 1, shards=len(shards),
                        )
                    )
                path = Path(folder) / f"{place:06d}.h5"
                path.write_bytes(shard[SHARD].values.astype(np.uint8).tobytes())
                paths.append(os.fspath(path))
            else:
                paths.append(os.fspath(shard))
        if dry_run:
            words = ["merge", "--dry-run", "--json", "--output", os.fspath(output or Path(folder) / "whole.h5")]
            return _scalars(_engine.answer([*words, "--", *paths])[1])
        if output is None:
            outcome = _engine.gather(paths, True)
            return files.dataset_of(outcome.take_variables(), outcome.attributes)
        words = ["merge", "--quiet", "--output", os.fspath(output), *(["--force"] if force else []), "--", *paths]
        _engine.answer(words)
        return files.open(output)


# The variable of a part of a run that holds its shard, a file in bytes: what merging needs, statistics above all.
SHARD = "shard"


def _part(path: str) -> xr.Dataset:
    outcome = _engine.gather([path], False)
    data = files.dataset_of(outcome.take_variables(), outcome.attributes)
    data[SHARD] = xr.Variable(
        ("shard_byte",), np.fromfile(path, np.uint8),
        {"long_name": "Shard of the run, for jiju.merge", "long_name_zh": "供 jiju.merge 合并的分片"},
    )  # fmt: skip
    return data


def _carry_out(simulation: Simulation, asked: Options) -> xr.Dataset:
    """A part of a run is always a file first, a shard: in a temporary folder where none was asked for."""
    options = engine_options(asked)
    if asked["dry_run"]:
        return _estimate(simulation, options)
    if executors.current(asked) is not None:
        return _shared_out(simulation, asked)
    is_part, file = bool(options.range or options.shard), options.output
    with tempfile.TemporaryDirectory(prefix="jiju-") if is_part and not file else nullcontext() as folder:
        if folder is not None:
            options.output = os.path.join(folder, "part.h5")
        with _Bar(asked["progress"]) as bar:
            outcome = simulation.simulate(options, bar.show)
        kept = translated("; {file} can be finished with resume=True", file=file) if file else ""
        if is_part and _is_whole(outcome):
            _warn_of_failures(outcome)
            return _part(options.output)
        return _results(outcome, options, asked["on_interrupt"], kept)


def _shared_out(simulation: Simulation, asked: Options) -> xr.Dataset:
    executors.check(asked)
    total = executors.total_of(simulation, whole("replicates", asked["replicates"]))
    with executors.shards_of(asked) as shards:
        with _Bar(asked["progress"]) as bar:
            paths = executors.simulate_parts(simulation, asked, total, shards, bar.show)
        data = merge(*paths, output=asked["output"], force=asked["force"])
        shards.clear()
    if "failure_replicate" in data:
        causes = data["failure_cause"].values
        _warn(len(causes), int(data["failure_replicate"][0]), str(causes[0]))
    return data


def _is_whole(outcome: _engine.Outcome) -> bool:
    return not (outcome.gave_up or outcome.interrupted)


def _estimate(simulation: Simulation, options: _engine.Options) -> xr.Dataset:
    """What a dry run says, a scalar variable each."""
    if options.range is not None:  # a part costs what so many replicates cost
        (first, end), options.range = options.range, None
        options.replicates = end - first
    return _scalars(simulation.estimate(options))


def _scalars(seen: str) -> xr.Dataset:
    units = {"seconds": "s", "memory_mb": "1e6 byte", "disk_mb": "1e6 byte", "disk_while_running_mb": "1e6 byte"}
    numbers = {key: value for key, value in json.loads(seen).items() if isinstance(value, int | float)}
    numbers.pop("version", None)
    return xr.Dataset({key: ((), value, {"units": units.get(key, "1")}) for key, value in numbers.items()})


class _Bar:
    """Shows how many runs of one scenario have ended, as the caller wants to see it."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress if callable(progress) else None
        unit = translated("run")
        self._bar = None if callable(progress) else tqdm(disable=not progress, delay=1, unit=unit, leave=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def show(self, ended: int, total: int) -> None:
        if self._progress is not None:
            self._progress(ended, total)
        if self._bar is not None:
            self._bar.total = total
            self._bar.update(ended - self._bar.n)


def _results(
    outcome: _engine.Outcome, options: _engine.Options, on_interrupt: Interrupt, kept: str = ""
) -> xr.Dataset:
    if outcome.gave_up:
        _, replicate, step, cause = outcome.failures[-1]
        raise InvariantError(
            translated(
                "replicate {replicate} failed at step {step}: {cause} ({failures} failed in all, and "
                "failures={failures_2} allows no more{kept})",
                replicate=replicate,
                step=step,
                cause=cause,
                failures=len(outcome.failures),
                failures_2=options.failures,
                kept=kept,
            )
        )
    if outcome.interrupted and (on_interrupt == "raise" or not outcome.has_dataset):
        raise KeyboardInterrupt(translated(
            "stopped after {done} of {planned} replicates{kept}",
            done=outcome.done, planned=outcome.planned, kept=kept,
        ))
    _warn_of_failures(outcome)
    if not outcome.has_dataset:
        return files.open(options.output)
    data = files.dataset_of(outcome.take_variables(), outcome.attributes)
    if outcome.interrupted:
        data.attrs["planned_replicates"] = outcome.planned
        warnings.warn(
            translated(
                "stopped after {done} of {planned} replicates{kept}",
                done=outcome.done, planned=outcome.planned, kept=kept,
            ), RuntimeWarning, stacklevel=4
        )
    return data


def _warn_of_failures(outcome: _engine.Outcome) -> None:
    if outcome.failures:
        _, replicate, _, cause = outcome.failures[0]
        _warn(len(outcome.failures), replicate, cause)


def _warn(failures: int, replicate: int, cause: str) -> None:
    warnings.warn(
        translated(
            "{failures} runs failed and are missing in the results (variables failure_*); the first, replicate "
            "{failures_2}: {failures_3}",
            failures=failures, failures_2=replicate, failures_3=cause,
        ),
        RuntimeWarning,
        stacklevel=6,
    )
