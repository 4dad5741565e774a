"""Tables of firms that a replication package does without, since they are confidential: what it says of them."""

from __future__ import annotations

import csv
import hashlib
import io
import shutil
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import xarray as xr

from jiju import _engine
from jiju.errors import FileError, ScenarioError, UsageError
from jiju.languages import translated

NOTE = """## What is not in this package

The tables of firms that its scenarios start from are confidential. Without them no replicate can be simulated again;
all else is verified: checksums, digests, scenarios, statistics, and that targets are met where the results reach them.
Who has a table verifies everything:

```console
$ jiju bundle --verify {name} {options}
```

| table | SHA-256 | firms | columns |
|---|---|---|---|
{rows}
"""


def described(texts: Iterable[str], results: Path) -> list[dict[str, Any]]:
    """Each table that effective scenarios name, once: name and SHA-256, and where it is at hand its size."""
    found: dict[str, dict[str, Any]] = {}
    for text in texts:
        named = tomllib.loads(text).get("population", {})
        if not named.get("firms"):
            continue
        row: dict[str, Any] = {"file": f"scenarios/{Path(named['firms']).name}", "sha256": named["sha256"]}
        try:
            table = _engine.firms_of_results(text, str(results))
        except ScenarioError:
            table = None
        content = b"" if table is None else table[1]
        lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        if lines:
            row |= {"bytes": len(content), "rows": len(lines) - 1, "columns": lines[0]}
        found.setdefault(row["sha256"], row)
    return list(found.values())


def check_no_firms(data: xr.Dataset, path: Path) -> None:
    """Results that hold firms one by one would give away what is withheld."""
    if "observation" in data.dims:
        raise UsageError(translated(
            "{path}: holds firms one by one (--record firms); without them: jiju run … --record yearly", path=path
        ))


def note(rows: Sequence[Mapping[str, Any]], name: str) -> str:
    """The part of the page that says what a referee does not have."""
    if not rows:
        return ""
    lines = [
        f"| `{row['file']}` | `{row['sha256']}` | {row.get('rows', 'unknown')} | "
        f"{', '.join(row.get('columns', ['unknown']))} |"
        for row in rows
    ]
    options = " ".join(f"--firms {Path(row['file']).name}" for row in rows)
    return NOTE.format(name=name, options=options, rows="\n".join(lines)) + "\n"


def supplied(rows: Sequence[Mapping[str, Any]], given: Iterable[Path], folder: Path) -> list[Mapping[str, Any]]:
    """Puts tables that were given where the package's scenarios look for them; returns those that still lack.

    FileError where a file is none of those that are withheld, by its SHA-256.
    """
    by_digest = {str(row["sha256"]): row for row in rows}
    lacking = dict(by_digest)
    for file in given:
        try:
            digest = hashlib.sha256(file.read_bytes()).hexdigest()
        except OSError as error:
            raise FileError(f"{file}: {error.strerror or error}") from error
        if digest not in by_digest:
            raise FileError(translated(
                "{file}: is no table that this package was made with; its SHA-256 is {digest}, wanted are: {wanted}",
                file=file, digest=digest, wanted=", ".join(by_digest) or translated("none"),
            ))  # fmt: skip
        shutil.copyfile(file, folder / str(by_digest[digest]["file"]))
        lacking.pop(digest, None)
    return list(lacking.values())
