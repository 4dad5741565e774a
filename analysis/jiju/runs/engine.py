"""The runner of this machine: simulates the arms of a study with the engine, and keeps what the study looks at."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import xarray as xr

from jiju.inputs.scenario import Scenario
from jiju.results.indicators import IndicatorLike
from jiju.runs.campaign_options import Detail
from jiju.runs.kept_bases import keep
from jiju.runs.runner import Arm, Runner, nested
from jiju.runs.running import run_warm
from jiju.runs.warm import Warm


@dataclass(frozen=True)
class EngineRunner:
    """A runner on this machine; it can be pickled, so that executors can call it on others.

    It keeps the targets and the given outputs, all of them where none are named, in the detail of `record`; with
    "firms" those of every replicate.
    """

    replicates: int
    outputs: Sequence[str] | None = None
    seed: int | None = None
    record: Detail = "yearly"
    threads: int | None = None
    replicates_per_draw: int | None = None
    warm: Warm | None = field(default=None, compare=False, repr=False)

    @property
    def detail(self) -> Detail:
        return "targets" if self.outputs is not None and not self.outputs else self.record

    def kept(self, arm: Arm, replicates: int, progress: bool = True) -> xr.Dataset:
        """So many replicates of one arm with the same draws, out of what is kept of it (kept_bases.py)."""
        return keep(
            scenario_of(arm), replicates, seed=self.seed, replicates_per_draw=self.replicates_per_draw,
            record=self.detail, outputs=self.outputs or None, threads=self.threads, progress=progress,
        )  # fmt: skip

    def __call__(self, arms: Sequence[Arm]) -> xr.Dataset:
        load = cache(Scenario.load)
        scenarios = []
        for place, (given, settings) in enumerate(arms):
            base = given if isinstance(given, Scenario) else load(os.fspath(given))
            scenarios.append(scenario_of(Arm(base, settings)))
            scenarios[-1].key = f"arm{place:04d}"
        return run_warm(
            None if self.warm is None else self.warm.states, *scenarios, replicates=self.replicates,
            replicates_per_draw=self.replicates_per_draw, seed=self.seed,
            threads=self.threads,
            record=self.detail,
            outputs=self.outputs or None, panels=self.replicates if self.record == "firms" else None,
            progress=False, on_interrupt="raise",
        )  # fmt: skip


def scenario_of(arm: Arm) -> Scenario:
    """Settings are laid over the scenario table by table, as it is checked again each time."""
    given = arm.scenario
    scenario = given.copy() if isinstance(given, Scenario) else Scenario.load(given)
    for table, values in nested(arm.settings).items():
        scenario[table] = values
    return scenario


def runner_of(replicates: int, *indicators: IndicatorLike) -> Runner:
    """A runner that keeps what these indicators need; everything, where one is a function."""
    if any(callable(each) for each in indicators):
        return EngineRunner(replicates)
    # Targets are in every file, and their keys are no outputs.
    names = {str(each) for each in indicators}
    return EngineRunner(replicates, sorted(name for name in names if name.isidentifier() and not name[0].isupper()))
