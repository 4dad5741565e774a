"""Runs and sweeps: the engine works on its own threads, Python shows how far it is and listens to Ctrl-C."""

import os
import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, Self

import xarray as xr

from jiju import _engine, files
from jiju.errors import InvariantError, UsageError
from jiju.progress import tqdm
from jiju.scenario import Scenario, Value, settings_of, toml_of

ScenarioLike = str | os.PathLike[str] | Scenario
Detail = Literal["targets", "yearly", "quarterly", "firms"]
# True: a bar on anything longer than a second; a function: called with the runs done and their number.
Progress = bool | Callable[[int, int], None]
Interrupt = Literal["return", "raise"]


def run(
    *scenarios: ScenarioLike,
    set: Mapping[str, Value] | None = None,
    replicates: int | None = None,
    replicates_per_world: int | None = None,
    seed: int | None = None,
    threads: int | None = None,
    record: Detail | None = None,
    outputs: Sequence[str] | None = None,
    panels: int | None = None,
    precision: str | None = None,
    failures: str | int = "continue",
    out: str | os.PathLike[str] | None = None,
    resume: bool = False,
    replace: bool = False,
    progress: Progress = True,
    on_interrupt: Interrupt = "return",
) -> xr.Dataset:
    """Plays scenarios forward side by side, with the same draws, and returns their results.

    What is not given is as the scenarios say. `set` changes values in all of them, as `--set` does; `record` says what
    is kept of every replicate, `outputs` which variables over time; `precision="p(T1)=0.01@95%"` stops when that is
    reached; `failures` is "continue", "stop" or the most replicates that may fail.

    Without `out` the results stay in memory. With it they are a file, read as it is used; `resume` goes on with a run
    that was stopped, `replace` overwrites an existing file.

    Ctrl-C, or a notebook's stop button, ends the run within a moment and returns the replicates that are done, with the
    attribute `status` = "partial"; with `on_interrupt="raise"` it raises KeyboardInterrupt instead.
    """
    if not scenarios:
        raise TypeError("run() needs a scenario, such as jiju.run('shaoxing-2011/plan')")
    opened = [scenario if isinstance(scenario, Scenario) else Scenario.load(scenario) for scenario in scenarios]
    options = _options(
        replicates, replicates_per_world, seed, threads, record, outputs, panels, precision, failures, out, resume,
        replace,
    )  # fmt: skip
    with _Bar(progress) as bar:
        outcome = _engine.run([each._engine for each in opened], settings_of(set), options, bar.show)
    return _results(outcome, options, on_interrupt)


def sweep(
    design: str | os.PathLike[str] | Mapping[str, Any],
    *,
    set: Mapping[str, Value] | None = None,
    replicates: int | None = None,
    replicates_per_world: int | None = None,
    seed: int | None = None,
    threads: int | None = None,
    record: Detail | None = None,
    outputs: Sequence[str] | None = None,
    panels: int | None = None,
    precision: str | None = None,
    failures: str | int = "continue",
    out: str | os.PathLike[str] | None = None,
    resume: bool = False,
    replace: bool = False,
    progress: Progress = True,
    on_interrupt: Interrupt = "return",
) -> xr.Dataset:
    """Plays one scenario at every point of a design, all points with the same draws.

    `design` is a file, or the same as a dictionary (docs/sweeps.md)::

        jiju.sweep({"base": "shaoxing-2011/plan", "method": "grid", "factors": {
            "fund": {"key": "levers.special_fund.budget", "low": 0, "high": 4, "levels": 5}}})

    Points are along the dimension `scenario`; the variable `design` has the values of the factors. Everything else is
    as in `run`, but where neither `record` nor `outputs` is given nothing over time is kept.
    """
    options = _options(
        replicates, replicates_per_world, seed, threads, record, outputs, panels, precision, failures, out, resume,
        replace,
    )  # fmt: skip
    if isinstance(design, Mapping):
        text, file = "".join(f"{key} = {toml_of(value)}\n" for key, value in design.items()), "design"
    else:
        text, file = "", os.fspath(design)
    with _Bar(progress) as bar:
        outcome = _engine.sweep(text, file, settings_of(set), options, bar.show)
    return _results(outcome, options, on_interrupt)


def _options(
    replicates: int | None,
    replicates_per_world: int | None,
    seed: int | None,
    threads: int | None,
    record: Detail | None,
    outputs: Sequence[str] | None,
    panels: int | None,
    precision: str | None,
    failures: str | int,
    out: str | os.PathLike[str] | None,
    resume: bool,
    replace: bool,
) -> _engine.Options:
    if isinstance(outputs, str):
        raise TypeError(f"outputs takes a list of names, such as [{outputs!r}]")
    if resume and out is None:
        raise UsageError("resume needs out, the file to go on with")
    if resume and replace:
        raise UsageError("resume goes on with what replace would throw away: give one of them")
    if seed is not None and seed >= 2**63:
        raise UsageError(f"seed = {seed}: allowed are 0 to {2**63 - 1}, the largest whole number a scenario can hold")
    options = _engine.Options()
    options.replicates, options.replicates_per_world = replicates, replicates_per_world
    options.seed, options.threads = seed, threads
    options.detail, options.panels = record, panels
    options.outputs = None if outputs is None else ",".join(outputs)
    options.precision = precision or ""
    options.failures = str(failures)
    options.output = "" if out is None else os.fspath(out)
    options.resume, options.force = resume, replace
    return options


class _Bar:
    """Shows how many runs of one scenario have ended, as the caller wants to see it."""

    def __init__(self, progress: Progress) -> None:
        self._tell = progress if callable(progress) else None
        self._bar = None if callable(progress) else tqdm(disable=not progress, delay=1, unit="run", leave=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def show(self, ended: int, total: int) -> None:
        if self._tell is not None:
            self._tell(ended, total)
        if self._bar is not None:
            self._bar.total = total
            self._bar.update(ended - self._bar.n)


def _results(outcome: _engine.Outcome, options: _engine.Options, on_interrupt: Interrupt) -> xr.Dataset:
    kept = f"; {options.output} can be finished with resume=True" if options.output else ""
    if outcome.gave_up:
        _, replicate, step, cause = outcome.failures[-1]
        raise InvariantError(
            f"replicate {replicate} failed at step {step}: {cause} ({len(outcome.failures)} failed in all, and "
            f"failures={options.failures} allows no more{kept})"
        )
    if outcome.interrupted and (on_interrupt == "raise" or not outcome.has_dataset):
        raise KeyboardInterrupt(f"stopped after {outcome.done} of {outcome.planned} replicates{kept}")
    if outcome.failures:
        warnings.warn(
            f"{len(outcome.failures)} runs failed and are missing in the results (variables failure_*); the first, "
            f"replicate {outcome.failures[0][1]}: {outcome.failures[0][3]}",
            RuntimeWarning,
            stacklevel=3,
        )
    if not outcome.has_dataset:
        return files.open(options.output)
    data = files.dataset_of(outcome.take_variables(), outcome.attributes)
    if outcome.interrupted:
        data.attrs["planned_replicates"] = outcome.planned
        warnings.warn(
            f"stopped after {outcome.done} of {outcome.planned} replicates{kept}", RuntimeWarning, stacklevel=3
        )
    return data
