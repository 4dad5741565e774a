"""Arms as the page names them, made scenarios: from the catalogue or from a text, and never from any other file.

A page can be opened by all who have its address, and a scenario file that is dropped into it may come from anywhere. So
neither names a file: a scenario is a key of the catalogue, and a text may extend such a key alone.
"""

from __future__ import annotations

import os
import re
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jiju import _engine
from jiju.errors import ScenarioError, UsageError
from jiju.inputs.scenario import Scenario
from jiju.languages import translated
from jiju.results.validation import nearest
from jiju.runs import answers

MOST_TEXT = 4_000_000  # bytes; the effective flagship has a tenth of it
# Settings whose value would name a file.
OPENING = re.compile(r"(extends|include|population|population\.(firms|sha256)(\..*)?)")
EXTENDS = re.compile(r"""^\s*["']?extends["']?\s*=\s*["']([^"']*)["']""", re.MULTILINE)


@dataclass(frozen=True)
class Entry:
    """A scenario that can be chosen: its key, its file, its names, and the scenario it is compared with."""

    key: str
    path: Path
    name: str
    name_zh: str
    base: str | None
    first: bool  # the one that the page opens with

    def to_json(self) -> dict[str, Any]:
        title = {"en": self.name, "zh": self.name_zh}
        return {"scenario": self.key, "title": title, "base": self.base, "first": self.first}


@dataclass(frozen=True)
class Arm:
    scenario: str
    text: str | None
    set: tuple[str, ...]

    @classmethod
    def of(cls, given: object) -> Arm:
        """UsageError where it is not what web/app/src/engine/engine.ts calls an arm."""
        if isinstance(given, Mapping):
            scenario, text, settings = given.get("scenario"), given.get("text"), given.get("set", [])
            if (
                isinstance(scenario, str) and (text is None or isinstance(text, str)) and isinstance(settings, list)
                and all(isinstance(each, str) for each in settings)
            ):  # fmt: skip
                return cls(scenario, text, tuple(settings))
        raise UsageError(translated("an arm has a scenario, perhaps a text, and a list of settings key=value"))


class Shelf:
    """All scenarios that may be simulated: those of the package, and the files that the command line names."""

    def __init__(self, files: Sequence[str | os.PathLike[str]] = ()) -> None:
        rows = [row for row in answers.list()["scenarios"] if not row["own"] and "problem" not in row]
        found = {row["key"]: Path(row["path"]) for row in rows}
        names = {row["key"]: (row["name"], row["name_zh"]) for row in rows}
        self.first: list[str] = []
        for file in files:
            scenario = Scenario.load(file)
            path = Path(scenario._engine.path).resolve()
            known = next((key for key, other in found.items() if other.resolve() == path), None)
            key = known or free(path.name, found)
            found.setdefault(key, path)
            names.setdefault(key, (scenario.name, scenario.name_zh))
            self.first.append(key)
        keys = {path.resolve(): key for key, path in found.items()}
        order = [*self.first, *(key for key in found if key not in self.first)]
        self.entries = {
            key: Entry(key, found[key], *names[key], base_of(found[key], keys), key in self.first[:1]) for key in order
        }
        self._opened: dict[str, Scenario] = {}

    def open(self, arm: Arm) -> Scenario:
        """The scenario of an arm. ScenarioError and UsageError say what is wrong with it, in the program's words."""
        for setting in arm.set:
            if OPENING.fullmatch(re.sub(r"[\s\"']", "", setting.partition("=")[0])):
                raise UsageError(translated("--set {setting}: the page names no files", setting=setting))
        scenario = self._of_text(arm) if arm.text is not None else self._of_key(arm.scenario)
        return scenario.with_settings(arm.set)

    def _of_key(self, key: str) -> Scenario:
        if key not in self.entries:
            raise UsageError(
                translated("there is no scenario {key!r} to explore", key=key) + nearest(key, list(self.entries))
            )
        if key not in self._opened:
            self._opened[key] = Scenario.load(self.entries[key].path)
            self._opened[key].key = key
        return self._opened[key]

    def _of_text(self, arm: Arm) -> Scenario:
        text, name = arm.text or "", file_name(arm.scenario)
        if len(text.encode()) > MOST_TEXT:
            raise UsageError(translated("{name}: a scenario of over {most} bytes is none", name=name, most=MOST_TEXT))
        try:
            tables = tomllib.loads(text)
        except tomllib.TOMLDecodeError:
            _engine.Scenario.parse(text, name)  # which says in the program's words what is wrong and where
            raise UsageError(translated("{name}: is no TOML", name=name)) from None
        refuse_files(tables, text, name)
        extended = tables.get("extends")
        if extended is None:
            return Scenario.parse(text, name)
        if extended not in self.entries:
            raise refusal(name, text, {"extends": translated(
                "extends = {extended!r}: a file that is dropped into the page can extend scenarios of the catalogue "
                "alone{nearest}",
                extended=extended, nearest=nearest(str(extended), list(self.entries)),
            )})  # fmt: skip
        with tempfile.TemporaryDirectory(prefix="jiju-") as folder:
            place = Path(folder) / name
            path = str(self.entries[extended].path)
            place.write_text(EXTENDS.sub(lambda _: f"extends = {_quoted(path)}", text, count=1), encoding="utf-8")
            try:
                scenario = Scenario.load(place)
            except ScenarioError as error:
                raise without_folder(error, folder) from None
        scenario.key = name.removesuffix(".toml")
        return scenario


def _quoted(path: str) -> str:
    return '"' + path.replace("\\", "\\\\").replace('"', '\\"') + '"'


def refuse_files(tables: Mapping[str, Any], text: str, name: str) -> None:
    """ScenarioError where a text names other files than one of the catalogue."""
    problems = {}
    if "include" in tables:
        problems["include"] = translated("include: the page opens no files; write their rows into this one")
    population = tables.get("population")
    if isinstance(population, Mapping) and population.get("firms", ""):
        problems["firms"] = translated(
            "population.firms: the page opens no tables of firms; name the scenario on the command line of jiju explore"
        )
    if problems:
        raise refusal(name, text, problems)


def refusal(name: str, text: str, problems: Mapping[str, str]) -> ScenarioError:
    """As the engine words it: a problem a line, each with its place."""
    found = [(f"{name}:{line_of(key, text)}:1", what) for key, what in problems.items()]
    return ScenarioError("\n".join(f"{place}: {translated('error')}: {what}" for place, what in found), found)


def without_folder(error: ScenarioError, folder: str) -> ScenarioError:
    """With the file's own name in place of where it was kept for the moment."""
    def shown(text: str) -> str:
        return text.replace(f"{folder}{os.sep}", "")

    return ScenarioError(shown(str(error)), [(shown(each.place), shown(each.message)) for each in error.problems])


def line_of(key: str, text: str) -> int:
    """The first line that begins with the key, counted from 1; 1 where none does."""
    lines = enumerate(text.splitlines(), 1)
    return next((number for number, line in lines if line.strip().strip("\"'").startswith(key)), 1)


def file_name(given: str) -> str:
    """The last part of a name that somebody's file has, harmless in a folder and in messages."""
    last = re.sub(r"[^\w.-]", "_", re.split(r"[/\\]", given)[-1]).lstrip(".")
    return (last.removesuffix(".toml") or "scenario")[:80] + ".toml"


def free(name: str, taken: Mapping[str, Any]) -> str:
    return name if name not in taken else next(
        each for number in range(2, len(taken) + 3) if (each := f"{name} ({number})") not in taken
    )


def base_of(path: Path, keys: Mapping[Path, str]) -> str | None:
    """The key of the scenario that a file extends; None where it extends none, or one that cannot be chosen."""
    found = EXTENDS.search(path.read_text(encoding="utf-8"))
    if found is None:
        return None
    given = found[1]
    beside = path.parent / (given if given.endswith(".toml") else f"{given}.toml")
    return keys.get(beside.resolve()) or (given if given in keys.values() else None)
