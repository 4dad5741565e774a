"""Plays scenarios with some settings over them side by side, and keeps their firms, for studies that look at firms."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import xarray as xr

from jiju.errors import UsageError
from jiju.files import open as open_results


class Arm(NamedTuple):
    """A scenario file, and what is set differently in it: dotted keys to values."""

    scenario: Path
    settings: Mapping[str, object] = {}


def program() -> str:
    """The command that plays scenarios."""
    found = os.environ.get("JIJU_PROGRAM") or shutil.which("jiju")
    if not found:
        raise UsageError("the program jiju is not on the path; install it, or name it in JIJU_PROGRAM")
    return found


def as_toml(value: object) -> str:
    """Numbers, text, lists and tables as TOML writes them."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {as_toml(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(as_toml(inner) for inner in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def scenario_text(arm: Arm, folder: Path) -> str:
    """A scenario file in a folder: it extends the arm's, by the relative path that scenarios ask for."""
    lines = [f"extends = {as_toml(os.path.relpath(Path(arm.scenario).resolve(), folder.resolve()))}"]
    lines += [f"{key} = {as_toml(value)}" for key, value in arm.settings.items()]
    return "\n".join(lines) + "\n"


@contextmanager
def played(
    arms: Sequence[Arm], replicates: int, seed: int, panels: int | None = None, threads: int | None = None,
    outputs: Sequence[str] = ("sales", "price"),
) -> Iterator[xr.Dataset]:  # fmt: skip
    """Results of the arms, with the firms of the first `panels` replicates; gone when the block ends."""
    # Scenario files may only name files near them, so those of arms with settings stand beside the scenarios.
    with (
        tempfile.TemporaryDirectory(prefix="jiju-") as folder,
        tempfile.TemporaryDirectory(prefix=".arms-", dir=Path(arms[0].scenario).resolve().parents[1]) as beside,
    ):
        results = Path(folder) / "results.h5"
        paths = []
        for number, arm in enumerate(arms):
            path = Path(arm.scenario)
            if arm.settings:
                path = Path(beside) / f"arm{number:04d}.toml"
                path.write_text(scenario_text(arm, path.parent), encoding="utf-8")
            paths.append(str(path))
        command = [program(), "run", *paths, "--quiet", "--replicates", str(replicates), "--seed", str(seed)]
        command += ["--record", "firms", "--panels", str(replicates if panels is None else panels)]
        command += ["--outputs", ",".join(outputs), "-o", str(results)]
        command += ["--threads", str(threads)] if threads else []
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise UsageError(f"{' '.join(command)}\n{done.stderr.strip()}")
        with open_results(results) as dataset:
            yield dataset


def effective(arm: Arm) -> dict:
    """The scenario of an arm with every default written out, as a tree."""
    with played([arm], replicates=1, seed=0, panels=1) as dataset:
        return tomllib.loads(str(dataset["scenario_toml"].values[0]))
