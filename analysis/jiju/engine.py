"""Simulates the arms of a study with the engine, keeping no more of them than the study looks at."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

import xarray as xr

from jiju.indicators import IndicatorLike
from jiju.runner import Arm, Runner, nested
from jiju.running import Detail, ScenarioLike, run
from jiju.scenario import Scenario


def outputs_for(*indicators: IndicatorLike) -> list[str] | None:
    """The outputs over time that indicators given by name need; None, which is all of them, for functions."""
    if any(callable(each) for each in indicators):
        return None
    return sorted({str(each) for each in indicators if str(each).isidentifier() and not is_target(str(each))})


def is_target(name: str) -> bool:
    """Targets are in every file, and their keys are no outputs."""
    return name[:1].isupper()


@dataclass(frozen=True)
class EngineRunner:
    """A runner on this machine; it can be pickled, so that executors can call it on others."""

    replicates: int
    outputs: Sequence[str] | None = None
    seed: int | None = None

    def __call__(self, arms: Sequence[Arm]) -> xr.Dataset:
        loaded: dict[str, Scenario] = {}

        def opened(given: ScenarioLike) -> Scenario:
            if isinstance(given, Scenario):
                return given
            name = os.fspath(given)
            if name not in loaded:
                loaded[name] = Scenario.load(name)
            return loaded[name]

        scenarios = []
        for place, arm in enumerate(arms):
            scenario = opened(arm.scenario).copy(f"arm{place:04d}")
            for table, values in nested(arm.settings).items():
                scenario[table] = values
            scenarios.append(scenario)
        detail: Detail = "yearly" if self.outputs is None or self.outputs else "targets"
        return run(
            *scenarios, replicates=self.replicates, seed=self.seed, record=detail, outputs=self.outputs or None,
            progress=False, on_interrupt="raise",
        )  # fmt: skip


def engine_runner(replicates: int, outputs: Sequence[str] | None = None, seed: int | None = None) -> Runner:
    """A runner that keeps yearly values of the given outputs, the targets, and nothing else; all outputs by default."""
    return EngineRunner(replicates, outputs, seed)
