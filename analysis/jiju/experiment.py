"""Simulates arms side by side and keeps their firms, for studies that look at firms one by one."""

from __future__ import annotations

from collections.abc import Sequence

import xarray as xr

from jiju.runner import Arm, nested
from jiju.running import run
from jiju.scenario import Scenario

OUTPUTS = ("sales", "price")  # what reading firm-years and measuring facts needs


def load(arm: Arm) -> Scenario:
    """Settings are laid over the scenario table by table, as it is checked again each time."""
    scenario = Scenario.load(arm.scenario)
    for table, values in nested(arm.settings).items():
        scenario[table] = values
    return scenario


def simulate_arms(
    arms: Sequence[Arm],
    replicates: int,
    seed: int,
    outputs: Sequence[str] = OUTPUTS,
    threads: int | None = None,
    firms: bool = True,
) -> xr.Dataset:
    """Results of the arms in order, step by step, with the firms of every replicate unless nobody looks at them."""
    scenarios = [load(arm) for arm in arms]
    for number, scenario in enumerate(scenarios):
        scenario.key = f"arm{number:03d}"
    return run(*scenarios, replicates=replicates, seed=seed, threads=threads, outputs=outputs, progress=False,
               record="firms" if firms else "quarterly", panels=replicates if firms else None,
               on_interrupt="raise")  # fmt: skip
