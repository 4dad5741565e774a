"""Scenarios as objects: read from a file, changed value by value, compared in words, saved."""

import html
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np

from jiju import _engine
from jiju.errors import UsageError
from jiju.inputs.scenario_differences import differences
from jiju.languages import Lang, checked, translated

# What a scenario file can hold: numbers, texts, switches, lists, and tables such as {"step": 2, "from": "2011Q3"}.
Value = bool | int | float | str | Sequence["Value"] | Mapping[str, "Value"]


def _plain(value: Any) -> Any:
    """With NumPy's numbers and tuples as those of JSON."""
    if isinstance(value, np.generic | np.ndarray):
        return value.tolist()
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(item) for item in value]
    if value is None:
        raise TypeError(translated("a file leaves out what has no value"))
    return value


def toml_of(value: Value) -> str:
    """A value as a scenario file holds it, on one line."""
    try:
        return _engine.toml_of(json.dumps(_plain(value), allow_nan=False))
    except (TypeError, ValueError) as error:
        raise ValueError(
            translated("{value!r} cannot stand in a scenario: {error}", value=value, error=error)
        ) from None


def settings_of(values: Mapping[str, Value] | None) -> list[tuple[str, str, str]]:
    """The `set` of a run as the engine takes it: key, value as TOML, and what messages call the place."""
    return [(key, toml_of(value), f'set["{key}"]') for key, value in (values or {}).items()]


def _parts(setting: str) -> tuple[str, str]:
    key, equals, value = setting.partition("=")
    if not equals or not key:
        raise UsageError(translated(
            "--set {setting}: expected key=value, such as scenario.name=trial",
            setting=setting,
        ))
    return key, value


class Scenario:
    """One scenario: a file, and the values that were set on top of it.

        plan = jiju.Scenario.load("shaoxing-2011/plan")
        plan["levers.special_fund.budget"] = 5

    A value that is out of bounds, of the wrong type or misspelt raises `jiju.ScenarioError` and changes nothing.

    Two are equal where they have the same key and the same effective scenario, so that they give the same results. They
    can be copied, and pickled for other processes and machines: all files are carried along, a table of firms too.

    Example:

        plan = jiju.Scenario.load("shaoxing-2011/plan")
        more = plan.copy(key="more")
        more["levers.special_fund.budget"] = {"step": 5, "from": "2012Q1"}
        plan.diff(more)                                        # what differs, in words
        arms = jiju.run(plan, more, replicates=100)
    """

    __hash__ = None  # type: ignore[assignment]  # it can be changed, as a dictionary can

    def __init__(self, engine: _engine.Scenario) -> None:
        self._engine = engine

    @classmethod
    def load(cls, name: str | os.PathLike[str]) -> Self:
        """A file, or a bare name such as shaoxing-2011/plan; read now, and not again when a value is set."""
        return cls(_engine.Scenario.load(os.fspath(name)))

    @classmethod
    def parse(cls, text: str, name: str = "scenario") -> Self:
        """From the text of a whole scenario, such as the `scenario_toml` of a results file."""
        return cls(_engine.Scenario.parse(text, name))

    @property
    def key(self) -> str:
        """What results call it along the dimension `scenario`; the file's name where nothing else was said."""
        return self._engine.key

    @key.setter
    def key(self, key: str) -> None:
        self._engine.key = key

    @property
    def name(self) -> str:
        return str(self["scenario.name"])

    @property
    def name_zh(self) -> str:
        return str(self["scenario.name_zh"])

    @property
    def changes(self) -> dict[str, str]:
        """What was set since it was loaded, as TOML."""
        return dict(self._engine.settings)

    def to_dict(self) -> dict[str, Any]:
        """Every value, defaults too, as nested dictionaries."""
        found: dict[str, Any] = json.loads(self._engine.json())
        return found

    def to_toml(self) -> str:
        """The effective scenario: every value written out, so that the text alone gives the same run."""
        return self._engine.toml()

    def save(self, path: str | os.PathLike[str], *, force: bool = False) -> None:
        """Writes the effective scenario, which `load` and the command line read, and beside it its table of firms.

        FileExistsError where the file is there and `force` is not set, or where another table of that name is.
        """
        table = self._table_beside(Path(path))
        try:
            with Path(path).open("w" if force else "x", encoding="utf-8") as file:
                file.write(self.to_toml())
        except FileExistsError:
            raise FileExistsError(translated(
                "{fspath} exists; save(…, force=True) replaces it",
                fspath=os.fspath(path),
            )) from None

        if table is not None:
            table[0].write_bytes(table[1])

    def _table_beside(self, path: Path) -> tuple[Path, bytes] | None:
        """Where a table of firms is to be written, and its bytes; None where there is none, or it is there already."""
        firms = self._engine.firms()
        if firms is None:
            return None
        file, content = path.parent / firms[0], firms[1]
        if not file.exists():
            return file, content
        if file.read_bytes() != content:
            raise FileExistsError(translated(
                "{file} is another table of firms than this scenario's; save it in another folder", file=file
            ))
        return None

    def copy(self, key: str | None = None) -> Self:
        twin = type(self).__new__(type(self))
        twin.__dict__.update(self.__dict__)
        twin._engine = self._engine.copy()
        if key is not None:
            twin.key = key
        return twin

    def __copy__(self) -> Self:
        return self.copy()

    def __deepcopy__(self, memo: Mapping[int, Any]) -> Self:
        return self.copy()

    def __reduce__(self) -> tuple[Any, ...]:
        engine = self._engine
        return restored, (type(self), engine.document(), engine.path, self.key, self.changes, engine.firms())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Scenario):
            return NotImplemented
        return self.key == other.key and self.to_toml() == other.to_toml()

    def set(self, values: Mapping[str, Value]) -> None:
        """Several values by their dotted paths; checked together, so that they may need each other."""
        self._engine.set([(path, toml_of(value), f'scenario["{path}"]') for path, value in values.items()])

    def with_settings(self, settings: Sequence[str]) -> Self:
        """A copy with settings as the command line takes them: `key=value`."""
        twin = self.copy()
        twin._engine.set([(*_parts(setting), f"--set {setting}") for setting in settings])
        return twin

    def __getitem__(self, path: str) -> Any:
        """The value at a dotted path: a number, a text, a list, or a table as a dictionary."""
        place: Any = self.to_dict()
        for part in path.split("."):
            if not isinstance(place, dict) or part not in place:
                raise KeyError(path)
            place = place[part]
        return place

    def __setitem__(self, path: str, value: Value) -> None:
        self.set({path: value})

    def __contains__(self, path: str) -> bool:
        try:
            self[path]
        except KeyError:
            return False
        return True

    def diff(self, other: "Scenario", *, lang: Lang = "en") -> list[str]:
        """What `other` changes, in words: one sentence a value, or a row that only one of them has.

        `lang` is the language of names and words: "en" or "zh".
        """
        checked(lang)
        return [found.sentence(lang) for found in differences(self.to_dict(), other.to_dict())]

    def __repr__(self) -> str:
        changed = f", {len(self.changes)} changed" if self.changes else ""
        return f"<jiju.Scenario {self.key}: {self.name} {self.name_zh}{changed}>"

    def _repr_html_(self) -> str:
        values = self.to_dict()
        general = values["scenario"]
        head = f"{general['name']} {general['name_zh']}"
        where = f"{general['city']} {general['city_zh']}, {general['start_year']}–{last_year(general)}"
        rows = [
            ("scenario 情景", self.key),
            ("city 城市", where),
            ("replicates 重复次数", general["replicates"]),
            ("seed 种子", general["seed"]),
            ("targets 目标", len(values["targets"])),
        ]
        rows += [(f"set {path}", value) for path, value in self.changes.items()]
        body = "".join(
            f"<tr><th style='text-align:left'>{html.escape(str(name))}</th>"
            f"<td style='text-align:left'>{html.escape(str(value))}</td></tr>"
            for name, value in rows
        )
        return f"<table><caption><b>{html.escape(head)}</b></caption>{body}</table>"


# What functions take that need a scenario: a file, a bare name, or the object.
ScenarioLike = str | os.PathLike[str] | Scenario


def restored(
    kind: type[Scenario],
    document: str,
    path: str,
    key: str,
    changes: Mapping[str, str],
    firms: tuple[str, bytes] | None,
) -> Scenario:
    """A scenario that was pickled: its files as one text, what was set on top, and its table of firms."""
    settings = [(path, toml, f'scenario["{path}"]') for path, toml in changes.items()]
    scenario = kind(_engine.Scenario.restore(document, path, settings, firms))
    scenario.key = key
    return scenario


def last_year(general: Mapping[str, Any]) -> int:
    return int(general["start_year"]) + int(general["years"]) - 1
