"""How studies that need many arms get them played: a function from arms to results.

An arm is a scenario with some settings over it. All arms of a study share seed and replicates, so that differences
between arms are effects. Attribution, ablation and sensitivity take any such function, and are tested on games whose
answers are known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import xarray as xr

from jiju.indicators import IndicatorLike, indicator
from jiju.progress import tqdm
from jiju.scenario import Value

# Arms of one call begin alike and share their burn-in; more of them would only make the progress bar coarser.
BATCH = 16


class Arm(NamedTuple):
    """A scenario (a name, a path or an object that `jiju.run` takes) and what is set differently in it."""

    scenario: Any
    settings: Mapping[str, Value] = {}


def nested(settings: Mapping[str, Value]) -> dict[str, Any]:
    """Dotted keys as tables within tables: a scenario is checked anew at every value that is set, so few are set."""
    tree: dict[str, Any] = {}
    for key, value in settings.items():
        *tables, last = key.split(".")
        place = tree
        for part in tables:
            place = place.setdefault(part, {})
        place[last] = value
    return tree


Runner = Callable[[Sequence[Arm]], xr.Dataset]


def batches(arms: Sequence[Arm], run: Runner, progress: bool = True) -> list[xr.Dataset]:
    """Results of the arms, a batch a dataset, in order; with a progress bar."""
    found = []
    with tqdm(total=len(arms), unit="arm", disable=None if progress else True) as bar:
        for first in range(0, len(arms), BATCH):
            batch = arms[first : first + BATCH]
            data = run(batch)
            if data.sizes["scenario"] != len(batch):
                raise ValueError(f"the runner was given {len(batch)} arms and returned {data.sizes['scenario']}")
            found.append(data)
            bar.update(len(batch))
    return found


def play(
    arms: Sequence[Arm], run: Runner, what: IndicatorLike, year: int | None = None, progress: bool = True
) -> np.ndarray:
    """The indicator of every arm by replicate: arm x replicate. Only these numbers are kept."""

    def measured(batch: Sequence[Arm]) -> xr.Dataset:
        return indicator(run(batch), what, year).to_dataset(name="value")

    parts = batches(arms, measured, progress)
    return np.concatenate([part["value"].values for part in parts])
