"""Replicates as bytes: what `simulate` and `panel` of the page's engine send, little-endian, 8 bytes a number.

A replicate is its number, the count of numbers an arm, and then each arm's numbers: all that is SHOWN, row-major over
its dimensions, one variable after the other. They are the bits of a results file.
"""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from jiju import _engine
from jiju.browser.description import SHOWN, recorded
from jiju.inputs.scenario import Scenario
from jiju.results import panels
from jiju.runs.running import run

MEGABYTES = 2000.0  # that all simulators together may keep
LAST = -1.0  # in place of the number of a replicate: what follows is not numbers, but how it ended
COLUMNS = _engine.page_columns()


def distinguished(arms: Sequence[Scenario]) -> list[Scenario]:
    """With keys of their own: the same scenario may be there twice."""
    return [arm.copy(f"arm-{number}") for number, arm in enumerate(arms)]


class Simulators:
    """The engine for a page, one simulator a processor, for one question at a time.

    A replicate is always of the same simulator, which keeps its state after the burn-in and the rows of arms that have
    not changed: a lever that is moved costs the years of policy of its own arm. Numbers are those of a run, to the bit.
    """

    def __init__(self, megabytes: float = MEGABYTES) -> None:
        count = _engine.usable_processors()
        self.all = [_engine.Simulator(int(1e6 * megabytes / count)) for _ in range(count)]

    def rows(
        self, arms: Sequence[Scenario], seed: int, first: int, count: int, gone: Callable[[], bool]
    ) -> Iterator[tuple[int, np.ndarray]]:
        """Replicates from `first` on, each as soon as it is there: its number, and arms x numbers. Stops where the
        reader has gone; a replicate that fails is NaN throughout.
        """
        opened = [recorded(arm)._engine for arm in distinguished(arms)]
        ready: queue.SimpleQueue[tuple[int, np.ndarray] | BaseException | None] = queue.SimpleQueue()
        stopped = threading.Event()

        def work(place: int) -> None:
            try:
                simulator = self.all[place]
                places = places_of(simulator.open(opened, seed))
                for replicate in range(first, first + count):
                    if stopped.is_set():
                        break
                    if replicate % len(self.all) == place:
                        rows = [simulator.row(arm, replicate)[places] for arm in range(len(opened))]
                        ready.put((replicate, np.array(rows, "<f8")))
            except BaseException as error:
                ready.put(error)
            ready.put(None)

        workers = [threading.Thread(target=work, args=[place], daemon=True) for place in range(len(self.all))]
        for worker in workers:
            worker.start()
        working = len(workers)
        try:
            while working and not gone():
                found = ready.get()
                if isinstance(found, BaseException):
                    raise found
                if found is None:
                    working -= 1
                else:
                    yield found
        finally:
            stopped.set()
            for worker in workers:
                worker.join()


def places_of(outputs: Sequence[tuple[str, int]]) -> np.ndarray:
    """Of a row of all outputs, each with its length, the numbers that are SHOWN."""
    begins = dict(zip((name for name, _ in outputs), np.cumsum([0, *(length for _, length in outputs)]), strict=False))
    lengths = dict(outputs)
    return np.concatenate([begins[name] + np.arange(lengths[name]) for name in SHOWN])


def frames(
    simulators: Simulators, arms: Sequence[Scenario], seed: int, first: int, count: int, gone: Callable[[], bool]
) -> Iterator[bytes]:
    """Those of `Simulators.rows`."""
    for replicate, rows in simulators.rows(arms, seed, first, count, gone):
        yield np.array([replicate, rows.shape[1]], "<f8").tobytes() + rows.tobytes()


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
