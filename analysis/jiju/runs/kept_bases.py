"""Scenarios that are simulated once, long, and kept: controls of every plan that is held against them later.

    jiju.keep("shaoxing-2011/status-quo", 2000)          # simulates what is not there yet
    jiju.bases()                                         # what is kept

A file is named after all that its numbers hang on: the program, byte for byte, the effective scenario with its table of
firms and its seed, and what is recorded. So nothing that was made otherwise is ever taken. Each process writes a file
of its own and renames it when it is whole: several may keep at a time, at the worst they do the same work.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import uuid
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import platformdirs
import xarray as xr

from jiju import _engine
from jiju.errors import FileError, ScenarioError, UsageError
from jiju.inputs.scenario import Scenario, ScenarioLike, Value
from jiju.languages import translated
from jiju.results import files
from jiju.results.indicators import scenario_tables
from jiju.runs.campaign_options import Detail
from jiju.runs.running import run

FOLDER = "JIJU_BASES"  # environment variable: another folder; empty where nothing is to be kept
LONG = 2000  # replicates
PROGRAM, SCENARIO, RECORD = 8, 24, 8  # hexadecimal digits of the parts of a name

# What says how much is simulated and recorded, and moves no number of a replicate.
NEUTRAL: dict[str, Value] = {
    "scenario.replicates": 1, "record.detail": "yearly", "record.outputs": [], "record.panels": 1
}  # fmt: skip


def folder() -> Path | None:
    """Where bases are kept: the user's cache, or what JIJU_BASES names; None where that is empty."""
    named = os.environ.get(FOLDER)
    if named == "":
        return None
    return Path(named) if named else platformdirs.user_cache_path("jiju") / "bases"


@cache
def program() -> str:
    """Digest of the engine's bytes: a commit would not do, since sources may differ from it."""
    with open(_engine.__file__, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:PROGRAM]


def digest_of(scenario: Scenario, seed: int | None = None, replicates_per_draw: int | None = None) -> str:
    """Of all that the numbers of a replicate hang on, except the program."""
    own = {"scenario.seed": seed, "scenario.replicates_per_draw": replicates_per_draw}
    twin = scenario.copy()
    twin.set(NEUTRAL | {key: value for key, value in own.items() if value is not None})
    told = hashlib.sha256(twin.to_toml().encode())
    firms = scenario._engine.firms()
    told.update(firms[1] if firms else b"")
    return told.hexdigest()[:SCENARIO]


def name_of(scenario: str, record: str, outputs: Sequence[str] | None) -> str:
    seen = hashlib.sha256(f"{record} {sorted(outputs or ())}".encode()).hexdigest()[:RECORD]
    return f"{program()}-{scenario}-{seen}.h5"


def keep(
    scenario: ScenarioLike,
    replicates: int = LONG,
    *,
    seed: int | None = None,
    replicates_per_draw: int | None = None,
    record: Detail = "yearly",
    outputs: Sequence[str] | None = None,
    threads: int | None = None,
    progress: bool = True,
) -> xr.Dataset:
    """The results of so many replicates of a scenario, from the file that is kept of it.

    Where there is none, they are simulated; where it has fewer, the missing ones are. Of a longer file the first
    replicates are taken, so that what happens to be kept changes no number. `record` and `outputs` are as in `run`.

    Example:

        base = jiju.keep("shaoxing-2011/status-quo", 100, record="targets")
        plan = jiju.run("shaoxing-2011/plan", replicates=20, record="targets")
        jiju.compare(base, plan)                               # the longer base is the control
    """
    opened = scenario.copy() if isinstance(scenario, Scenario) else Scenario.load(scenario)
    opened.set({key: NEUTRAL[key] for key in ("record.outputs", "record.panels")})
    options = {
        "seed": seed, "replicates_per_draw": replicates_per_draw, "record": record, "outputs": outputs,
        "threads": threads, "progress": progress, "on_interrupt": "raise",
    }  # fmt: skip
    place = folder()
    if place is None:
        return run(opened, replicates=replicates, **options)  # type: ignore[arg-type]
    path = place / name_of(digest_of(opened, seed, replicates_per_draw), record, outputs)
    data = opened_or_none(path)
    if data is None or data.sizes["replicate"] < replicates:
        if data is not None:
            data.close()
        with own_file(path) as mine:
            longer = run(opened, replicates=replicates, output=mine, resume=mine.exists(), **options)  # type: ignore[arg-type]
            longer.close()
            os.replace(mine, path)
        data = files.open(path)
    return data.isel(replicate=slice(0, replicates))


def opened_or_none(path: Path) -> xr.Dataset | None:
    """None where it is not there, and where it was damaged: then it goes away."""
    if not path.exists():
        return None
    try:
        return files.open(path)
    except FileError:
        path.unlink(missing_ok=True)
        return None


@contextlib.contextmanager
def own_file(path: Path) -> Iterator[Path]:
    """A name beside it that no other process has; what is kept already is under it, to be extended."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(translated(
            "{folder}: {problem}; JIJU_BASES names another folder, and an empty one keeps nothing",
            folder=path.parent, problem=error.strerror,
        )) from error
    mine = path.with_name(f".{path.stem}-{uuid.uuid4().hex[:12]}.h5")
    with contextlib.suppress(FileNotFoundError):
        shutil.copyfile(path, mine)
    try:
        yield mine
    finally:
        mine.unlink(missing_ok=True)
        shutil.rmtree(mine.with_name(mine.name + ".parts"), ignore_errors=True)


def longer(base: xr.Dataset, is_file: bool) -> xr.Dataset | None:
    """What is kept of the one scenario of these results, where it is longer and has all that they have; None else.

    The replicates that both have must have the same numbers: those of targets where the results are a file as it was
    written, and all where they came from memory, since they may have been changed.
    """
    place = folder()
    if place is None or "scenario_toml" not in base or "replicate" not in base.indexes:
        return None
    scenario = scenario_of(base)
    for path in sorted(place.glob(f"{program()}-{digest_of(scenario)}-*.h5")) if scenario else ():
        data = opened_or_none(path)
        if data is None:
            continue
        data = data.assign_coords(scenario=base["scenario"])
        if is_longer(data, base, is_file):
            return data
        data.close()
    return None


def scenario_of(base: xr.Dataset) -> Scenario | None:
    """None where this program does not read it, since another one made it, or its table of firms is not at hand."""
    try:
        return Scenario.parse(str(base["scenario_toml"].values.reshape(-1)[0]))
    except (ScenarioError, UsageError, FileError):
        return None


def is_longer(data: xr.Dataset, base: xr.Dataset, is_file: bool) -> bool:
    own = base["replicate"].values
    if data.sizes["replicate"] <= own.size or not np.isin(own, data["replicate"].values).all():
        return False
    shared = [str(name) for name, array in base.data_vars.items() if "replicate" in array.dims]
    if "target_value" not in shared or not all(is_like(data, base, name) for name in shared):
        return False
    common = data.sel(replicate=own)
    return all(
        np.array_equal(common[name].values, base[name].transpose(*common[name].dims).values, equal_nan=True)
        for name in (["target_value"] if is_file else shared)
    )


def is_like(data: xr.Dataset, base: xr.Dataset, name: str) -> bool:
    """Whether a variable is there along the same labels, replicates apart."""
    if name not in data or set(data[name].dims) != set(base[name].dims):
        return False
    return all(base.indexes[dim].equals(data.indexes[dim]) if dim in base.indexes and dim in data.indexes
               else base.sizes[dim] == data.sizes[dim] for dim in base[name].dims if dim != "replicate")  # fmt: skip


def bases() -> pd.DataFrame:
    """What is kept, one file a row, the oldest first: scenario, seed, replicates, what is recorded, size in megabytes,
    when it was written, and whether this program made it; others are not taken any more.

    Example:

        jiju.bases()[["scenario", "replicates", "megabytes"]]
    """
    columns = ["file", "scenario", "seed", "replicates", "record", "megabytes", "written", "usable"]
    place = folder()
    rows = [row_of(path) for path in (place.glob("[!.]*.h5") if place else ())]
    return pd.DataFrame([row for row in rows if row], columns=columns).sort_values("written", ignore_index=True)


def row_of(path: Path) -> dict[str, object] | None:
    with contextlib.suppress(FileError, FileNotFoundError):
        seen = path.stat()
        with files.open(path, verify=False) as data:
            return {
                "file": path.name, "scenario": str(data["scenario_name"].values.reshape(-1)[0]),
                "seed": int(data.attrs["seed"]), "replicates": data.sizes["replicate"],
                "record": scenario_tables(data)[0]["record"]["detail"], "megabytes": seen.st_size / 1e6,
                "written": pd.Timestamp(seen.st_mtime, unit="s").floor("s"),
                "usable": path.name.startswith(program()),
            }  # fmt: skip
    return None


def forget(*names: str, stale: bool = False) -> list[str]:
    """Deletes these files; with `stale`, all that another program made; without either all. The names of the deleted.

    UsageError where a name is not among the kept.

    Example:

        jiju.forget(stale=True)                                # what this program will not take any more
    """
    place = folder()
    there = {path.name: path for path in (place.glob("[!.]*.h5") if place else ())}
    for name in names:
        if name not in there:
            raise UsageError(translated(
                "no base {name!r} is kept; there are: {known}", name=name, known=", ".join(there) or "–"
            ))
    asked = [name for name in there if name in names] if names else list(there)
    gone = [name for name in asked if not (stale and name.startswith(program()))]
    for name in gone:
        there[name].unlink(missing_ok=True)
    return gone
