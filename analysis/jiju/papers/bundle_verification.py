"""What a referee finds out about a replication package: is it whole, and do its scenarios give its results?"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

import pandas as pd

from jiju.errors import FileError, InvariantError, ScenarioError, UsageError
from jiju.inputs.scenario import Scenario
from jiju.languages import translated
from jiju.papers.bundle import CHUNK, FORMAT, FORMAT_VERSION, MANIFEST, SUMS, scenario_texts
from jiju.papers.withheld import supplied
from jiju.results import files
from jiju.runs import answers as commands
from jiju.runs.running import run

ALL = 10_000_000  # replicates, the most that `jiju verify` takes
MOST_TEXT = 256 << 20  # bytes of a text in a package; results may be larger


class Finding(NamedTuple):
    check: str
    file: str
    holds: bool
    detail: str


WITHHELD = "withheld"  # the check of what a package does without


def verify_bundle(
    path: str | os.PathLike[str],
    *,
    sample: int | None = 5,
    seed: int | None = None,
    firms: Sequence[str | os.PathLike[str]] = (),
) -> pd.DataFrame:
    """Checks a replication package: one check a row, with `holds` and what was seen.

    Every file is held against its checksum, results against their digests, the manifest and the scenarios beside them,
    and `sample` replicates of each are simulated again, drawn by `seed`; all of them with None. Results that are not in
    the package are simulated whole, and their digest is compared. Of a package without its tables of firms nothing is
    simulated, which a check `withheld` says, unless `firms` gives them. FileError where it is no replication package.

    Example:

        package = jiju.bundle("both.h5", output="for-referee.zip", digests_only=True)
        checks = jiju.verify_bundle(package, sample=2)
        checks[~checks.holds]                                  # empty if everything holds
    """
    with tempfile.TemporaryDirectory(prefix="jiju-") as folder, opened(path) as archive:
        found = [*checksums(archive)]
        if all(each.holds for each in found):
            extract(archive, Path(folder))
            manifest = json.loads((Path(folder) / MANIFEST).read_text(encoding="utf-8"))
            lacking = supplied(manifest.get(WITHHELD, []), [Path(each) for each in firms], Path(folder))
            found += [missing(row) for row in lacking]
            for row in manifest["results"]:
                lacks = any(uses(row, table, Path(folder)) for table in lacking)
                found += results(row, Path(folder), 0 if lacks else sample, seed)
    return pd.DataFrame(found)


def uses(row: Mapping[str, Any], table: Mapping[str, Any], folder: Path) -> bool:
    """Whether results start from a table of firms."""
    places = [folder / str(place) for place in row["scenario_files"]]
    return any(str(table["sha256"]) in place.read_text(encoding="utf-8") for place in places)


def missing(row: Mapping[str, Any]) -> Finding:
    return Finding(WITHHELD, str(row["file"]), True, translated(
        "is not in the package, and what starts from it was NOT simulated again; who has the table of firms with "
        "SHA-256 {sha256} gives it with --firms", sha256=row["sha256"],
    ))  # fmt: skip


def opened(path: str | os.PathLike[str]) -> zipfile.ZipFile:
    """An archive that says of itself that it is a replication package."""
    name = os.fspath(path)
    try:
        archive = zipfile.ZipFile(name)
    except OSError as error:
        raise FileError(f"{name}: {error.strerror or error}") from error
    except zipfile.BadZipFile as error:
        raise FileError(translated(
            "{name}: no zip archive ({error}); wanted is what jiju bundle has written",
            name=name, error=error,
        )) from None
    try:
        seen = json.loads(text_of(archive, MANIFEST))
        known = seen.get("format") == FORMAT and isinstance(seen.get("results"), list)
        version = seen.get("version")
    except (KeyError, ValueError, AttributeError, zipfile.BadZipFile):
        known, version = False, None
    if not known:
        archive.close()
        raise FileError(translated(
            "{name}: no replication package (it has no {MANIFEST} of one); jiju bundle writes them",
            name=name, MANIFEST=MANIFEST,
        ))
    if version != FORMAT_VERSION:
        archive.close()
        raise FileError(translated(
            "{name}: a package of version {version}, and this program knows {FORMAT_VERSION}",
            name=name, version=version, FORMAT_VERSION=FORMAT_VERSION,
        ))
    return archive


def text_of(archive: zipfile.ZipFile, name: str) -> str:
    """A text of the package, if it is of a size that a text has."""
    if archive.getinfo(name).file_size > MOST_TEXT:
        raise FileError(translated("{name} is larger than any text of a replication package", name=name))
    return archive.read(name).decode("utf-8")


def checksums(archive: zipfile.ZipFile) -> Iterator[Finding]:
    """Every file is in the list of checksums once, and has the one that the list gives."""
    names = [info.filename for info in archive.infolist() if not info.is_dir()]
    try:
        lines = text_of(archive, SUMS).splitlines()
    except (KeyError, UnicodeDecodeError):
        yield Finding("files", SUMS, False, translated("is not in the package, or no text"))
        return
    listed = {line[66:]: line[:64] for line in lines if len(line) > 66}
    for name in sorted({*names, *listed} - {SUMS}):
        if name not in names:
            yield Finding("files", name, False, translated("is listed and not in the package"))
        elif name not in listed:
            yield Finding("files", name, False, translated("is in the package and not in the list of checksums"))
        elif names.count(name) > 1:
            yield Finding("files", name, False, translated("is in the package more than once"))
        elif not is_plain(name):
            yield Finding("files", name, False, translated("would lie outside of the package's folder"))
        elif (seen := digest_in(archive, name)) != listed[name]:
            yield Finding("files", name, False, translated(
                "has the checksum {seen}…, the list says {listed}…",
                seen=seen[:12], listed=listed[name][:12],
            ))
        else:
            yield Finding("files", name, True, translated("has its checksum"))


def is_plain(name: str) -> bool:
    """A path within the package: what a forged one could write elsewhere is not unpacked."""
    place = PurePosixPath(name)
    return not place.is_absolute() and ".." not in place.parts and "\\" not in name and ":" not in name


def digest_in(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    try:
        with archive.open(name) as file:
            while piece := file.read(CHUNK):
                digest.update(piece)
    except (zipfile.BadZipFile, OSError, EOFError):
        return translated("of damaged data")
    return digest.hexdigest()


def extract(archive: zipfile.ZipFile, folder: Path) -> None:
    for name in archive.namelist():
        if not name.endswith("/"):
            archive.extract(name, folder)


def results(row: Mapping[str, Any], folder: Path, sample: int | None, seed: int | None) -> Iterator[Finding]:
    """One results file of the manifest."""
    name = str(row["file"])
    if not row["included"]:
        yield simulated_again(row, folder)
        return
    file = folder / name
    if not file.is_file():
        yield Finding("results", name, False, translated("is not in the package"))
        return
    try:
        for check, each in commands.verify(file, sample=ALL if sample is None else sample, seed=seed).iterrows():
            yield Finding(str(check), name, bool(each["holds"]), str(each["detail"]))
        with files.open(file) as data:
            digest = str(data.attrs["content_digest"])
            yield Finding("manifest", name, digest == row["content_digest"],
                          translated("its digest is that of the manifest") if digest == row["content_digest"] else
                          translated(
                              "its digest is {digest}, the manifest says {row}",
                              digest=digest, row=row["content_digest"],
                          ))  # fmt: skip
            yield from scenarios(scenario_texts(data, file.stem), folder, name)
    except (FileError, ScenarioError) as error:
        yield Finding("results", name, False, str(error))


def scenarios(texts: Mapping[str, str], folder: Path, name: str) -> Iterator[Finding]:
    """The scenarios beside the results are those that the results hold."""
    for place, text in texts.items():
        file = folder / place
        same = file.is_file() and file.read_bytes() == text.encode()
        yield Finding("scenarios", place, same, translated(
            "is {also}the scenario of {name}",
            also="" if same else translated("NOT "), name=name,
        ))


def simulated_again(row: Mapping[str, Any], folder: Path) -> Finding:
    """Results that are not in the package: made from its scenarios, and their data held against the digest."""
    name = str(row["file"])
    try:
        opened = [Scenario.load(folder / str(place)) for place in row["scenario_files"]]
        again = folder / "again.h5"
        run(*opened, output=again, precision=row.get("stopping_rule"), progress=False, on_interrupt="raise",
            force=True).close()  # fmt: skip
        with files.open(again) as data:
            digest, wanted = str(data.attrs["data_digest"]), row["data_digest"]
    except (ScenarioError, UsageError, InvariantError, KeyError, TypeError) as error:
        return Finding("simulation", name, False, translated(
            "its scenarios cannot be simulated: {error}",
            error=error,
        ))
    if digest == wanted:
        return Finding("simulation", name, True, translated("simulated again: the same data"))
    return Finding("simulation", name, False, translated(
        "simulated again: the data's digest is {digest}, wanted is {wanted}",
        digest=digest, wanted=wanted,
    ))
