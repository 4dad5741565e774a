"""What a measurement is, and the file in docs/measured that keeps what it found.

Of the first replicates every value that can be compared is kept one by one: the program gives the same bits for the
same replicate, so a change of the model shows in a few of them, long before means differ by more than chance.
"""

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

import jiju

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "measured"
DIGITS = 6

Tables = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Found:
    """What was measured.

    tables   what the pages show, in numbers and words
    values   one replicate a row, one comparable value a column; NaN where a replicate has none
    about    single numbers and texts
    """

    tables: Tables
    values: pd.DataFrame
    about: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Kept:
    """A file of docs/measured. `first` holds the values of the first replicates, `errors` the standard error, by value,
    of the mean over all of them."""

    name: str
    date: date
    replicates: int
    tables: Tables
    first: pd.DataFrame
    errors: pd.Series
    about: dict[str, Any]

    @property
    def day(self) -> str:
        return f"{self.date.day} {self.date:%B %Y}"

    @property
    def day_zh(self) -> str:
        return f"{self.date.year}年{self.date.month}月{self.date.day}日"


Part = Callable[..., str]


@dataclass(frozen=True)
class Measurement:
    """How numbers of pages are measured and written.

    does     what is measured, in words for the help
    measure  the number of replicates, and which part of the work (None: all of it), to what was found. The first
             replicates are the same whatever their number
    small    for a test: few replicates, and the part of the work that takes seconds
    parts    what pages can show of it, by name
    some     whether that part of the work finds some of the values alone
    """

    name: str
    does: str
    replicates: int
    measure: Callable[[int, Any], Found]
    small: tuple[int, Any]
    parts: Mapping[str, Part]
    some: bool = False


def file_of(name: str) -> Path:
    return FOLDER / f"{name}.json"


def plain(value: Any) -> Any:
    """For JSON: six digits, and None for what is no number."""
    value = value.item() if hasattr(value, "item") else value
    if isinstance(value, float):
        return None if not math.isfinite(value) else float(f"{value:.{DIGITS}g}")
    return value


def lines(rows: list[Any]) -> str:
    """A row a line, so that a change of one number is a change of one line."""
    return "[\n    " + ",\n    ".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n  ]"


def as_json(measurement: Measurement, found: Found, replicates: int, first: int) -> str:
    head: dict[str, Any] = {
        "measured_by": f"tools/measure_docs {measurement.name}", "date": date.today().isoformat(),
        "version": jiju.__version__, "replicates": replicates, "about": found.about,
    }  # fmt: skip
    parts = {key: json.dumps(value, ensure_ascii=False) for key, value in head.items()}
    for name, table in found.tables.items():
        parts[f"table {name}"] = lines([{str(k): plain(v) for k, v in row.items()} for row in table.to_dict("records")])
    values = found.values
    errors = values.sem()
    parts["values"] = lines([
        [column, plain(errors[column]), *(plain(value) for value in values[column].head(first))] for column in values
    ])  # fmt: skip
    return "{\n  " + ",\n  ".join(f"{json.dumps(key)}: {value}" for key, value in parts.items()) + "\n}\n"


def keep(measurement: Measurement, found: Found, replicates: int) -> Path:
    """Writes the file; of every value those of as many replicates as the test of it simulates."""
    FOLDER.mkdir(exist_ok=True)
    path = file_of(measurement.name)
    path.write_text(as_json(measurement, found, replicates, measurement.small[0]), encoding="utf-8")
    return path


def read(name: str) -> Kept:
    return parsed(name, file_of(name).read_text(encoding="utf-8"))


def parsed(name: str, text: str) -> Kept:
    told = json.loads(text)
    tables = {key.removeprefix("table "): framed(rows) for key, rows in told.items() if key.startswith("table ")}
    keys = [row[0] for row in told["values"]]
    first = pd.DataFrame([row[2:] for row in told["values"]], index=keys, dtype=float).T
    errors = pd.Series([row[1] for row in told["values"]], index=keys, dtype=float)
    day = date.fromisoformat(told["date"])
    return Kept(name, day, told["replicates"], tables, first, errors, told["about"])


def framed(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows of JSON, in which None is a number that is missing."""
    table = pd.DataFrame(rows)
    empty = [name for name in table if table[name].isna().all()]
    return table.astype(dict.fromkeys(empty, float))
