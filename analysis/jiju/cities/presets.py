"""Presets: what a country decides, as data files that scenarios include (docs/scenarios.md).

A scenario made of a table of firms takes from its preset the units of money and land, and what the table does not have.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jiju.errors import UsageError
from jiju.inputs.scenario_differences import median_of, unit_in
from jiju.languages import translated
from jiju.reading.table_reader import text_of
from jiju.shelves import SHELF

UNITS = ("currency", "money", "area")


@dataclass(frozen=True)
class Preset:
    """A preset by the name that a scenario includes it by."""

    name: str
    tables: Mapping[str, Any]

    @property
    def money(self) -> float:
        """The unit of money, of the currency."""
        return float(self.tables["units"]["money"])

    def unit(self, words: str) -> str:
        """`1e8 CNY` for `money`."""
        return unit_in(self.tables, words)

    def number(self, *path: str) -> float:
        """One of its numbers, the median where it is uncertain."""
        place: Any = self.tables
        for key in path:
            place = place.get(key) if isinstance(place, Mapping) else None
        value = median_of(place)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise UsageError(translated(
                "{name}: {key}: a number is wanted, which a scenario of a table needs",
                name=self.name, key=".".join(path),
            ))  # fmt: skip
        return float(value)


def preset_of(name: str) -> Preset:
    """By a path, or by a name such as presets/china-2010 of those that come with the package."""
    given = Path(name if name.endswith(".toml") else f"{name}.toml")
    places = [given] if given.is_absolute() or SHELF is None else [given, SHELF / given]
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        raise UsageError(translated("{name}: there is no such file, nor a preset of this name", name=name))
    try:
        tables = tomllib.loads(text_of(found))
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{name}: {error}") from None
    missing = [key for key in UNITS if key not in tables.get("units", {})]
    if missing:
        raise UsageError(translated(
            "{name}: units.{key} is missing; a preset says what money and land are counted in",
            name=name, key=missing[0],
        ))  # fmt: skip
    return Preset(str(found.resolve()) if found == given else given.as_posix(), tables)
