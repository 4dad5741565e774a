"""How studies that need many arms get them simulated: a function from arms to results.

An arm is a scenario with some settings over it. All arms of a study share seed and replicates, so that differences
between arms are effects. Attribution, ablation and sensitivity take any such function, and are tested on games whose
answers are known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import xarray as xr

from jiju.errors import UsageError
from jiju.inputs.scenario import Value
from jiju.languages import translated
from jiju.progress import tqdm
from jiju.results import validation
from jiju.results.indicators import IndicatorLike, indicator
from jiju.statistics.clusters import DRAW

# Arms of one call begin alike and share their burn-in; more of them would only make the progress bar coarser.
BATCH = 16


class Arm(NamedTuple):
    """A scenario (a name, a path or an object that `jiju.run` takes) and what is set differently in it."""

    scenario: Any
    settings: Mapping[str, Value] = {}


def nested(settings: Mapping[str, Value]) -> dict[str, Any]:
    """Dotted keys as tables within tables: a scenario is checked again at every value that is set, so few are set."""
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
    with tqdm(total=len(arms), unit=translated("arm"), disable=None if progress else True) as bar:
        for first in range(0, len(arms), BATCH):
            batch = arms[first : first + BATCH]
            found.append(simulated(batch, run))
            bar.update(len(batch))
    return found


def simulated(arms: Sequence[Arm], run: Runner) -> xr.Dataset:
    """Results of a few arms, checked."""
    data = validation.results(run(arms), of=translated("the runner's results"))
    if data.sizes["scenario"] != len(arms):
        raise UsageError(translated(
            "the runner was given {arms} arms and returned {sizes}",
            arms=len(arms), sizes=data.sizes["scenario"],
        ))
    return data


def together(parts: Sequence[xr.Dataset]) -> xr.Dataset:
    """Batches along the dimension `scenario`, replicates matched by number; missing where a batch has none of that
    number. The draw of each replicate is kept."""
    draws: dict[int, int] = {}
    for part in parts:
        if DRAW in part.coords:
            draws |= dict(zip(part["replicate"].values.tolist(), part[DRAW].values.tolist(), strict=True))
    bare = [part.drop_vars(DRAW, errors="ignore") for part in parts]
    found = xr.concat(bare, "scenario", join="outer", combine_attrs="override")
    if not draws:
        return found
    numbers = [draws[number] for number in found["replicate"].values.tolist()]
    return found.assign_coords({DRAW: ("replicate", numbers)})


def one_number(data: xr.Dataset, what: IndicatorLike, year: int | None = None) -> xr.Dataset:
    """The indicator as "value" by scenario and replicate, with the draw of each replicate and no other name."""
    values = indicator(data, what, year)
    kept = values.reset_coords([name for name in values.coords if name not in (*values.dims, DRAW)], drop=True)
    return kept.to_dataset(name="value")


def simulate_all(
    arms: Sequence[Arm], run: Runner, measure: Callable[[xr.Dataset], xr.Dataset], progress: bool = True
) -> xr.Dataset:
    """What is measured of every arm, along scenario and replicate; of the arms' results nothing else is kept."""
    return together(batches(arms, lambda batch: measure(simulated(batch, run)), progress))


def simulate(
    arms: Sequence[Arm], run: Runner, what: IndicatorLike, year: int | None = None, progress: bool = True
) -> xr.DataArray:
    """The indicator of every arm by replicate: scenario x replicate. Only these numbers are kept."""
    return simulate_all(arms, run, lambda data: one_number(data, what, year), progress)["value"]
