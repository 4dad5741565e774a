"""Replication packages: what a referee needs to make results again, in one archive that checks itself.

    jiju.bundle("status-quo.h5", "plan.h5", output="replication.zip")
    jiju.verify_bundle("replication.zip").holds.all()

An archive holds, besides what people read, the effective scenarios with the tables of firms that they start from, the
results files or their digests, and the command that made each. Equal results give equal archives, byte for byte.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import platform
import shlex
import zipfile
from collections.abc import Mapping, Sequence
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Any

import xarray as xr

from jiju import __version__, _engine
from jiju.errors import UsageError
from jiju.languages import translated
from jiju.new_files import check, write_all
from jiju.papers.citation import cite
from jiju.papers.methods import methods
from jiju.papers.withheld import check_no_firms, described, note
from jiju.results import files
from jiju.results.pairing import check_file
from jiju.results.provenance import about

MANIFEST, SUMS, README = "manifest.json", "SHA256SUMS", "README.md"
FORMAT, FORMAT_VERSION = "jiju bundle", 1
CHUNK = 1 << 20
EPOCH = (1980, 1, 1, 0, 0, 0)  # of every entry: nothing in an archive depends on the clock
LIBRARIES = ("h5netcdf", "h5py", "numpy", "pandas", "scipy", "statsmodels", "xarray")

PAGE = """# Replication package

{methods}

## Verify

Install Jiju {version} (commit {commit}).
Then one command checks every file of this package against its checksum, every results file against its digests and its
scenarios, and simulates {replayed}:

```console
$ jiju bundle --verify {name}
```

It ends with `verified`, or says what differs (exit code 4). `--sample all` simulates every replicate again.

{withheld}## Contents

| file | what it is |
|---|---|
{contents}

## Make the results again by hand

Each command gives the file of that name, byte for byte where the program is built alike; `jiju verify` and the digests
in `manifest.json` compare them.

```console
{commands}
```

{citation}
"""


def bundle(
    *results: str | os.PathLike[str],
    output: str | os.PathLike[str],
    digests_only: bool = False,
    without_firms: bool = False,
    force: bool = False,
) -> Path:
    """Packs results files for a referee; returns the archive.

    With `digests_only` the results stay out, and who verifies simulates all of them. With `without_firms` tables of
    firms stay out: the package says which they are, and who verifies it simulates only with a table at hand. FileError
    where a file is damaged or the archive is there already; UsageError where results are not whole runs.

    Example:

        package = jiju.bundle("both.h5", output="replication.zip")
        jiju.verify_bundle(package).holds.all()                # what a referee does
    """
    if not results:
        raise UsageError(translated(
            "bundle() needs results files, such as jiju.bundle('plan.h5', output='replication.zip')"
        ))
    if digests_only and without_firms:
        raise UsageError(translated(
            "without results and without tables of firms nothing of a package can be verified; leave one of them in"
        ))
    target = Path(output)
    if target.suffix != ".zip":
        raise UsageError(translated("{target}: the name of a replication package ends in .zip", target=target))
    paths = [Path(each) for each in results]
    names = [path.name for path in paths]
    for name in names:
        if names.count(name) > 1:
            raise UsageError(translated(
                "two results files are called {name}; rename one, for the package keeps them by name",
                name=name,
            ))
    check([target], force)
    entries, manifest = texts_of(paths, digests_only, without_firms, target.name)
    data = {} if digests_only else {f"results/{path.name}": path for path in paths}
    entries[MANIFEST] = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    sums = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in entries.items()}
    sums |= {name: digest_of(path) for name, path in data.items()}
    entries[SUMS] = "".join(f"{sums[name]}  {name}\n" for name in sorted(sums))
    write_all({target: lambda path: write_archive(path, entries, data)}, force)
    return target


def digest_of(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_archive(target: Path, entries: Mapping[str, str], data: Mapping[str, Path]) -> None:
    """Texts compressed, results as they are: deflate makes little of doubles."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, strict_timestamps=True) as archive:
        for name in sorted(entries):
            archive.writestr(entry(name, zipfile.ZIP_DEFLATED), entries[name])
        for name in sorted(data):
            with open(data[name], "rb") as source, archive.open(entry(name, zipfile.ZIP_STORED), "w") as copy:
                while piece := source.read(CHUNK):
                    copy.write(piece)


def entry(name: str, how: int) -> zipfile.ZipInfo:
    found = zipfile.ZipInfo(name, EPOCH)
    found.compress_type, found.external_attr = how, 0o644 << 16
    return found


def texts_of(
    paths: Sequence[Path], digests_only: bool, without_firms: bool, name: str
) -> tuple[dict[str, str], dict[str, Any]]:
    """The texts of an archive, and its manifest."""
    entries: dict[str, str] = {}
    withheld: dict[str, dict[str, Any]] = {}
    rows = []
    with contextlib.ExitStack() as stack:
        datas = [stack.enter_context(files.open(path)) for path in paths]
        for path, data in zip(paths, datas, strict=True):
            check_whole(data, path)
            if digests_only and "factor" in data.dims:
                raise UsageError(translated(
                    "{path}: results of a design are bundled with their file, not by digest alone",
                    path=path,
                ))
            texts = scenario_texts(data, path.stem)
            entries |= texts
            if without_firms:
                check_no_firms(data, path)
                withheld |= {table["sha256"]: table for table in described(texts.values(), path)}
            else:
                add_firms(entries, texts, path)
            rows.append({
                "file": f"results/{path.name}", "included": not digests_only, "scenario_files": list(texts),
                "command": command_of(data, list(texts), f"results/{path.name}"), **about(data),
            })  # fmt: skip
        entries["methods.md"] = methods(*datas) + "\n"
        entries["methods.zh.md"] = methods(*datas, lang="zh") + "\n"
        entries["citation.bib"] = cite("bibtex", datas[0]) + "\n"
    manifest = {"format": FORMAT, "version": FORMAT_VERSION, "results": rows, "environment": environment()}
    if withheld:
        manifest["withheld"] = list(withheld.values())
    entries["environment.json"] = json.dumps(manifest["environment"], indent=2) + "\n"
    entries["run.sh"] = "\n".join(["#!/bin/sh", "# Makes the results again.", "set -e", "mkdir -p results",
                                   *commands(rows)]) + "\n"  # fmt: skip
    entries[README] = readme(rows, entries, list(withheld.values()), digests_only, name)
    return entries, manifest


def add_firms(entries: dict[str, str], texts: Mapping[str, str], results: Path) -> None:
    """The tables of firms that scenarios start from, in the folder above theirs, where the engine looks for them."""
    for text in texts.values():
        found = _engine.firms_of_results(text, str(results))
        if found is None:
            continue
        place, content = f"scenarios/{found[0]}", found[1].decode("utf-8")
        if entries.setdefault(place, content) != content:
            raise UsageError(translated(
                "two tables of firms are called {name}; rename one, for the package keeps them by name", name=found[0]
            ))


def commands(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Of those results that a command makes: a design's file verifies itself."""
    return [shlex.join(row["command"]) for row in rows if row["command"]]


def check_whole(data: xr.Dataset, path: Path) -> None:
    check_file(data, str(path))
    if data.attrs.get("status") != "complete":
        raise UsageError(translated(
            "{path}: a run that is not finished cannot be bundled; resume it",
            path=path,
        ))
    if "scenario_toml" not in data:
        raise UsageError(translated("{path}: these results do not hold their scenarios", path=path))


def scenario_texts(data: xr.Dataset, folder: str) -> dict[str, str]:
    """The effective scenarios by their place in the archive; names are their keys, which files are called by."""
    keys = [str(key) for key in data["scenario"].values]
    if any(set(key) & set('/\\:') or key.startswith(".") for key in keys):
        places = [f"scenarios/{folder}/{place:05d}.toml" for place in range(len(keys))]
    else:
        places = [f"scenarios/{folder}/{key}.toml" for key in keys]
    return dict(zip(places, map(str, data["scenario_toml"].values), strict=True))


def command_of(data: xr.Dataset, texts: Sequence[str], output: str) -> list[str]:
    """The command that makes the file from its effective scenarios, which hold everything else; none of a design."""
    if "factor" in data.dims:
        return []
    words = ["jiju", "run", *texts, "-o", output]
    rule = data.attrs.get("stopping_rule")
    return [*words, "--precision", str(rule)] if rule else words


def environment() -> dict[str, Any]:
    """Versions of what made this package; nothing that names the machine or its user."""
    return {
        "jiju": __version__, "python": platform.python_version(), "system": platform.system(),
        "machine": platform.machine(), "libraries": {name: version_of(name) for name in LIBRARIES},
    }  # fmt: skip


def readme(
    rows: Sequence[Mapping[str, Any]],
    entries: Mapping[str, str],
    withheld: Sequence[Mapping[str, Any]],
    digests_only: bool,
    name: str,
) -> str:
    told = {
        README: "this page", "run.sh": "the commands below", MANIFEST: "digests, seeds, commands, versions",
        "environment.json": "versions of the libraries that packed this", "methods.md": "how the results were made",
        "methods.zh.md": "the same in Chinese", "citation.bib": "how to cite Jiju",
        SUMS: "SHA-256 of every other file (`sha256sum -c SHA256SUMS`)",
    }  # fmt: skip
    scenarios = [text for text in entries if text.startswith("scenarios/")]
    told |= dict.fromkeys(scenarios, "an effective scenario, every value written out")
    told |= {
        text: "the table of firms that scenarios start from, row by row" for text in scenarios if text.count("/") == 1
    }
    if not digests_only:
        told |= {str(row["file"]): "results (docs/output_format.md)" for row in rows}
    replayed = "all results, which are not in it" if digests_only else "a random sample of their replicates again"
    if withheld:
        replayed = "none of their replicates, for which tables of firms are missing (see below)"
    return PAGE.format(
        methods=entries["methods.md"].strip(), version=rows[0].get("software_version", __version__),
        commit=rows[0].get("git_sha1", "unknown"), replayed=replayed, name=name, withheld=note(withheld, name),
        contents="\n".join(f"| `{file}` | {what} |" for file, what in sorted(told.items())),
        commands="\n".join(f"$ {line}" for line in ["mkdir -p results", *commands(rows)]),
        citation=cite("apa"),
    )  # fmt: skip
