"""Series that somebody observed, as a tidy table: read from CSV or a frame, and checked against the results that they
are held against, every mistake at once with row, column and the nearest valid name."""

from __future__ import annotations

import csv
import math
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd
import xarray as xr

from jiju.errors import UsageError
from jiju.evidence.simulated_series import Series, SeriesError
from jiju.languages import translated
from jiju.results.indicators import over_time
from jiju.results.validation import REPLICATES, listed, nearest

Table = pd.DataFrame | str | os.PathLike[str]

LEVEL, GROWTH = MEASURES = ("level", "growth")
NEEDED = ("variable", "year", "value")
OPTIONAL = ("measure", "low", "high", "source")
MOST_PROBLEMS = 20


@dataclass(frozen=True)
class Observation:
    """One number, or range of numbers, that was observed; `value` is the middle of a range that has none of its own."""

    place: str  # where it stands, for messages
    series: Series
    year: int
    value: float
    low: float = math.nan
    high: float = math.nan
    source: str = ""

    @property
    def ranged(self) -> bool:
        return not math.isnan(self.low)


@dataclass
class Rows:
    """A table as text: what it is called, its columns, and each row's place and cells."""

    name: str
    columns: list[str]
    rows: list[tuple[str, dict[str, str]]]
    problems: list[str] = field(default_factory=list)

    def refuse(self) -> None:
        if not self.problems:
            return
        shown = self.problems[:MOST_PROBLEMS]
        more = len(self.problems) - len(shown)
        raise UsageError("\n".join(shown) + (translated("\nand {more} more like these", more=more) if more else ""))


def rows_of(table: Table) -> Rows:
    """The cells of a CSV file, or of a frame, as text."""
    if isinstance(table, str | os.PathLike):
        return rows_of_file(table)
    if not isinstance(table, pd.DataFrame):
        raise UsageError(translated(
            "wanted are observations as a frame or the name of a CSV file, not {name}",
            name=type(table).__name__,
        ))
    columns = [str(column) for column in table.columns]
    cells = [["" if pd.isna(cell) else str(cell).strip() for cell in row] for row in table.itertuples(index=False)]
    places = [translated("row {label}", label=label) for label in table.index]
    rows = [(place, dict(zip(columns, row, strict=True))) for place, row in zip(places, cells, strict=True)]
    return Rows(translated("the table"), columns, rows)


def rows_of_file(path: str | os.PathLike[str]) -> Rows:
    name = os.fspath(path)
    with open(path, encoding="utf-8-sig", newline="") as file:
        try:
            lines = [(reader.line_num, row) for reader in [csv.reader(file, strict=True)] for row in reader if row]
        except (csv.Error, UnicodeDecodeError) as error:
            raise UsageError(translated("{name}: no CSV file in UTF-8: {error}", name=name, error=error)) from None
    if not lines:
        raise UsageError(translated(
            "{name}: the file is empty; wanted is a line of column names, with {listed}",
            name=name, listed=listed(NEEDED),
        ))
    columns = [word.strip() for word in lines[0][1]]
    if len(columns) == 1 and any(mark in columns[0] for mark in ";\t"):
        raise UsageError(translated("{name}:1: columns are separated by commas", name=name))
    found = Rows(name, columns, [])
    for number, cells in lines[1:]:
        if len(cells) != len(columns):
            found.problems.append(
                translated(
                    "{name}:{number}: {cells} cells, and the first line names {columns} columns; a cell with a comma "
                    "stands in quotes, as \"a, b\"",
                    name=name, number=number, cells=len(cells), columns=len(columns),
                )
            )
        elif any(cells):
            found.rows.append((f"{name}:{number}", dict(zip(columns, map(str.strip, cells), strict=True))))
    return found


def observations(table: Table, data: xr.Dataset) -> list[Observation]:
    """The rows of a table as observations of these results; UsageError says everything that is wrong with them."""
    rows = rows_of(table)
    dims = check_columns(rows, data)
    found: list[Observation] = []
    known: dict[Any, Series] = {}
    for place, cells in rows.rows:
        cell = Cells(rows, place, cells)
        seen = observation(cell, data, dims)
        if seen is not None:
            found.append(replace(seen, series=known.setdefault(seen.series.key, seen.series)))
    for problem in repeated(found):
        rows.problems.append(problem)
    rows.refuse()
    if not found:
        raise UsageError(translated("{name}: no row below the names of the columns", name=rows.name))
    return found


def check_columns(rows: Rows, data: xr.Dataset) -> list[str]:
    """The columns that are dimensions of the results."""
    dims = dimensions(data)
    known = [*NEEDED, *OPTIONAL, *dims]
    problems = []
    for column in dict.fromkeys(rows.columns):
        if column not in known:
            problems.append(translated(
                "{name}: no column {column!r} is known{nearest}",
                name=rows.name, column=column, nearest=nearest(column, known),
            ))
        elif rows.columns.count(column) > 1:
            problems.append(translated(
                "{name}: column {column!r} stands more than once",
                name=rows.name, column=column,
            ))
    missing = [name for name in NEEDED if name not in rows.columns]
    if missing:
        problems.append(translated(
            "{name}: no column {missing}; there are {listed}",
            name=rows.name, missing=", ".join(missing), listed=listed(rows.columns),
        ))
    if problems:
        raise UsageError("\n".join(problems))
    return [dim for dim in dims if dim in rows.columns]


def dimensions(data: xr.Dataset) -> list[str]:
    """What variables over time lie along besides replicates and time."""
    dims = dict.fromkeys(str(dim) for name in over_time(data) for dim in data[name].dims)
    return [dim for dim in dims if dim not in (*REPLICATES, "year", "time")]


@dataclass(frozen=True)
class Cells:
    """A row's cells by column, and where to complain about them."""

    rows: Rows
    place: str
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def wrong(self, column: str, message: str) -> None:
        self.rows.problems.append(f"{self.place}: {column}: {message}")

    def number(self, column: str) -> float:
        """NaN where the cell is empty, or wrong."""
        text = self[column]
        if not text:
            return math.nan
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if math.isfinite(value):
            return value
        hint = translated("; with a decimal point it is ") + text.replace(",", ".") if text.count(",") == 1 else ""
        hint = translated("; a share is meant, as 0.2 for 20 %") if text.endswith("%") else hint
        self.wrong(column, translated("{text!r} is no number{hint}", text=text, hint=hint))
        return math.nan


def observation(cell: Cells, data: xr.Dataset, dims: list[str]) -> Observation | None:
    """None where something is wrong, which is noted."""
    before = len(cell.rows.problems)
    series, year = series_of(cell, data, dims), year_of(cell)
    value, low, high = values_of(cell, before)
    if series is not None and year is not None:
        try:
            series.check(year)
        except SeriesError as error:
            cell.wrong(error.column, str(error))
    if series is None or year is None or len(cell.rows.problems) > before:
        return None
    return Observation(cell.place, series, year, value, low, high, cell["source"])


def series_of(cell: Cells, data: xr.Dataset, dims: list[str]) -> Series | None:
    measure = cell["measure"] or LEVEL
    if measure not in MEASURES:
        cell.wrong("measure", translated(
            "no measure {measure!r}{nearest}",
            measure=measure, nearest=nearest(measure, MEASURES),
        ))
        return None
    where = {dim: cell[dim] for dim in dims if cell[dim]}
    try:
        return Series.of(data, cell["variable"], where, growth=measure == GROWTH)
    except SeriesError as error:
        cell.wrong(error.column, str(error))
        return None


def year_of(cell: Cells) -> int | None:
    number = cell.number("year")
    if math.isnan(number) or number != int(number):
        if not cell["year"] or not math.isnan(number):
            cell.wrong("year", translated("{cell!r} is no year", cell=cell["year"]))
        return None
    return int(number)


def values_of(cell: Cells, before: int) -> tuple[float, float, float]:
    """What was observed, and the ends of its range, both NaN where it has none."""
    value, low, high = (cell.number(column) for column in ("value", "low", "high"))
    growth = cell["measure"] == GROWTH
    if len(cell.rows.problems) > before:
        return value, low, high
    if math.isnan(low) != math.isnan(high):
        there, missing = ("low", "high") if math.isnan(high) else ("high", "low")
        cell.wrong(missing, translated(
            "empty, and {there} is {cell}; a range has both ends",
            there=there, cell=cell[there],
        ))
    elif low > high:
        cell.wrong("low", translated("{cell} is above high, {cell_2}", cell=cell["low"], cell_2=cell["high"]))
    elif math.isnan(value) and math.isnan(low):
        cell.wrong("value", translated("empty, and there is no range in low and high"))
    elif not math.isnan(value) and not math.isnan(low) and not low <= value <= high:
        cell.wrong("value", translated(
            "{cell} lies outside of its range, {cell_2} to {cell_3}",
            cell=cell["value"], cell_2=cell["low"], cell_3=cell["high"],
        ))
    for column, number in (("value", value), ("low", low), ("high", high)):
        if growth and number < -1:
            cell.wrong(column, translated(
                "{cell} is a growth below -1, that is of more than all; -20 % is -0.2",
                cell=cell[column],
            ))
    return (low + high) / 2 if math.isnan(value) else value, low, high


def repeated(found: list[Observation]) -> Iterator[str]:
    """One number that was observed twice would count twice."""
    seen: dict[Any, str] = {}
    for each in found:
        key = (each.series.key, each.year)
        if key in seen:
            yield translated(
                "{place}: year: {key_text} of {year} stands in {seen} already",
                place=each.place, key_text=each.series.key_text, year=each.year, seen=seen[key],
            )
        seen.setdefault(key, each.place)
