"""Replicates as bytes: what `simulate` and `panel` of the page's engine send, little-endian, 8 bytes a number.

A replicate is its number, the count of numbers an arm, and then each arm's numbers: all that is SHOWN, row-major over
its dimensions, one variable after the other. They are the bits of a results file.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import xarray as xr

from jiju import _engine
from jiju.browser.description import SHOWN
from jiju.inputs.scenario import Scenario
from jiju.results import panels
from jiju.runs.running import run

# A run of so many replicates is what cannot be stopped, and what the first answer waits for.
AT_ONCE = 2 * _engine.usable_processors()
LAST = -1.0  # in place of the number of a replicate: what follows is not numbers, but how it ended
COLUMNS = _engine.page_columns()


def distinguished(arms: Sequence[Scenario]) -> list[Scenario]:
    """With keys of their own: the same scenario may be there twice."""
    return [arm.copy(f"arm-{number}") for number, arm in enumerate(arms)]


def frames(
    arms: Sequence[Scenario], seed: int, first: int, count: int, gone: Callable[[], bool]
) -> Iterator[bytes]:
    """Those from `first` on, each as soon as it is there; stops where the reader has gone."""
    scenarios = distinguished(arms)
    for begin in range(first, first + count, AT_ONCE):
        if gone():
            return
        end = min(begin + AT_ONCE, first + count)
        data = run(
            *scenarios, replicates=range(begin, end), seed=seed, outputs=SHOWN, record="yearly", progress=False
        )  # fmt: skip
        for place, replicate in enumerate(data["replicate"].values):
            rows = numbers_of(data, place)
            yield np.array([replicate, rows.shape[1]], "<f8").tobytes() + rows.tobytes()


def numbers_of(data: xr.Dataset, place: int) -> np.ndarray:
    """Of the replicate at this place: arms x numbers."""
    arrays = (data[name].transpose("scenario", "replicate", ...).values[:, place] for name in SHOWN)
    return np.concatenate([each.reshape(len(each), -1) for each in arrays], axis=1).astype("<f8")


def column_of(name: str) -> str:
    return "panel_year" if name == "year" else f"firm_{name}"


def ending(error: str = "") -> bytes:
    """Whether it went well: no text, or the error's."""
    text = error.encode()
    return np.array([LAST, len(text)], "<f8").tobytes() + text


def panel(arms: Sequence[Scenario], seed: int, replicate: int) -> bytes:
    """The firms of one replicate, of each arm a table: a header of JSON with its length before it, then columns.

    The last step of every year alone, for a page shows years.
    """
    scenarios = distinguished(arms)
    data = run(
        *scenarios, replicates=range(replicate, replicate + 1), seed=seed, record="firms", panels=replicate + 1,
        progress=False,
    )  # fmt: skip
    steps = panels.steps_of(data)
    last = (steps + 1) % round(len(data["time"]) / len(data["year"])) == 0
    head, body, at = [], [], 0
    for number, scenario in enumerate(scenarios):
        of = panels.scenario_number(data, scenario.key) if len(scenarios) > 1 else number
        rows = np.flatnonzero((data["panel_scenario"].values == of) & last)
        columns = {name: data[column_of(name)].values[rows].astype("<f8") for name in COLUMNS}
        places = {}
        for name, values in columns.items():
            places[name] = [at, len(values)]
            body.append(values.tobytes())
            at += len(values)
        firms = scenario.to_dict()["firms"]
        words = {name: panels.keys_of(data, name) for name in ("industry", "place")}
        head.append({"columns": places, "words": words | {"named": ["", *firms]}})
    header = json.dumps(head, ensure_ascii=False).encode()
    header += b" " * (-len(header) % 8)
    return np.array([len(header)], "<f8").tobytes() + header + b"".join(body)
