"""The proof: what made the results, how to make them again, and what `jiju verify` found as the report was written."""

from __future__ import annotations

import platform
import shlex
from importlib.metadata import version as version_of
from pathlib import Path

import pandas as pd

from jiju import __version__
from jiju.languages import Lang, to_translate, translated
from jiju.papers.bundle import command_of
from jiju.papers.citation import cite
from jiju.papers.methods import methods
from jiju.reports.content import Cell, Code, Column, Part, Section, Table, Text, worded
from jiju.reports.outcomes import present
from jiju.reports.subject import Subject
from jiju.results.provenance import about

LIBRARIES = ("matplotlib", "numpy", "pandas", "scipy", "xarray")
FACTS = {
    "software_version": to_translate("version of Jiju"), "git_sha1": to_translate("commit"),
    "compiler": to_translate("compiler"), "build_flags": to_translate("options of the compiler"),
    "seed": to_translate("seed"), "rng": to_translate("random numbers"), "replicates": to_translate("replicates"),
    "stopping_rule": to_translate("stopping rule"), "run_sha256": to_translate("digest of the run"),
    "data_digest": to_translate("digest of the data"), "content_digest": to_translate("digest of the content"),
}  # fmt: skip


def proof(subject: Subject, checks: dict[Path, pd.DataFrame], lang: Lang) -> Section:
    parts: list[Part | None] = [
        Text(methods(*subject.runs.values(), lang=lang)),
        facts_table(subject), scenarios_table(subject, lang),
        Text(translated(
            "Every file below holds its effective scenarios, of every value that the results depend on. These commands "
            "write them out and simulate again: the same program gives the same bytes on any number of threads."
        )), Code(commands(subject)),
        *(checks_table(path, found) for path, found in checks.items()),
        Text(translated("This report was written by jiju {version}, Python {python}, {libraries}.",
                        version=__version__, python=platform.python_version(),
                        libraries=", ".join(f"{name} {version_of(name)}" for name in LIBRARIES))),
        Text(cite("apa", next(iter(subject.runs.values())))),
    ]  # fmt: skip
    return Section("proof", translated("How it was made, and the proof"), present(*parts))


def facts_table(subject: Subject) -> Table:
    """What each file says of its making."""
    told = {path: {**about(data), **{name: str(data.attrs[name]) for name in FACTS if name in data.attrs}}
            for path, data in subject.runs.items()}  # fmt: skip
    rows: list[list[Cell]] = []
    for name in FACTS:
        if any(name in each for each in told.values()):
            rows.append([translated(FACTS[name]), *(str(each.get(name, "–")) for each in told.values())])
    dirty = [bool(int(data.attrs.get("git_dirty", 0))) for data in subject.runs.values()]
    if any(dirty):
        rows.insert(2, [translated("sources as committed"), *(
            translated("no: changed since that commit") if each else translated("yes") for each in dirty)])
    return Table("proof-files", translated("What made each file"), [
        Column(translated("fact"), "text"), *(Column(path.name, "text") for path in told),
    ], rows)  # fmt: skip


def scenarios_table(subject: Subject, lang: Lang) -> Table:
    rows: list[list[Cell]] = [
        [path.name, row["key"], row["name_zh" if lang == "zh" else "name"], row["sha256"] or "–"]
        for path, data in subject.runs.items() for row in about(data)["scenarios"]
    ]
    return Table("proof-scenarios", translated("The scenarios, with digests of their effective text"), [
        *worded(translated("file"), translated("key"), translated("name"), "SHA-256"),
    ], rows)  # fmt: skip


def commands(subject: Subject) -> str:
    """From the results files alone: their scenarios, packed by `jiju bundle`, and the run of each."""
    files = [path.name for path in subject.runs]
    lines = [shlex.join(["jiju", "bundle", *files, "-o", "replication.zip"]),
             "unzip replication.zip -d again && cd again && mkdir -p results"]  # fmt: skip
    for path, data in subject.runs.items():
        texts = [f"scenarios/{path.stem}/{key}.toml" for key in map(str, data["scenario"].values)]
        lines.append(shlex.join([*command_of(data, texts, f"results/{path.name}.again"), "--seed",
                                 str(data.attrs["seed"]), "--replicates", str(data.sizes["replicate"])]))  # fmt: skip
        lines.append(shlex.join(["jiju", "verify", f"results/{path.name}"]))
    return "\n".join(lines)


def checks_table(path: Path, found: pd.DataFrame) -> Table:
    """The verification record."""
    seed = found.attrs.get("sample_seed", "?")
    rows: list[list[Cell]] = [
        [str(check), translated("holds") if row["holds"] else translated("FAILS"), str(row["detail"])]
        for check, row in found.iterrows()
    ]
    return Table(f"proof-verify-{path.stem}", translated("Verification of {path} (jiju verify --seed {seed})",
                                                         path=path.name, seed=seed), [
        *worded(translated("check"), translated("result"), translated("what was seen")),
    ], rows)  # fmt: skip
