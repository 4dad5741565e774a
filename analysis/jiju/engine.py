"""Plays the arms of a study with the engine, keeping no more of them than the study looks at."""

from __future__ import annotations

from collections.abc import Sequence

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


def engine_runner(replicates: int, outputs: Sequence[str] | None = None, seed: int | None = None) -> Runner:
    """A runner that keeps yearly values of the given outputs, the targets, and nothing else; all outputs by default."""
    detail: Detail = "yearly" if outputs is None or outputs else "targets"
    loaded: dict[ScenarioLike, Scenario] = {}

    def play(arms: Sequence[Arm]) -> xr.Dataset:
        scenarios = []
        for place, arm in enumerate(arms):
            if arm.scenario not in loaded:
                given = arm.scenario
                loaded[given] = given if isinstance(given, Scenario) else Scenario.load(given)
            scenario = loaded[arm.scenario].copy(f"arm{place:04d}")
            for table, values in nested(arm.settings).items():
                scenario[table] = values
            scenarios.append(scenario)
        return run(
            *scenarios, replicates=replicates, seed=seed, record=detail, outputs=outputs or None, progress=False,
            on_interrupt="raise",
        )  # fmt: skip

    return play
