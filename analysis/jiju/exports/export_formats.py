"""Tables as files of other programs, with labels: CSV with a dictionary, Parquet, Stata, Excel.

What labels a format has: CSV none, so `variables.csv` beside it is the dictionary; Parquet metadata of file and
columns; Stata variable labels of 80 characters and value labels; Excel a sheet `variables`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
import pandas as pd

from jiju.errors import UsageError
from jiju.exports.choices import To
from jiju.exports.export_tables import Column, Form, Table
from jiju.languages import translated
from jiju.new_files import Write, with_library

MOST_ROWS_OF_A_SHEET = 2**20 - 1
LONGEST_NAME, LONGEST_LABEL = 32, 80  # of Stata, in characters
MOST_VALUE_LABELS = 65_536  # of Stata, in one set of labels

DICTIONARY = ("table", "name", "text", "unit", "source")
HEADINGS = {
    "table": ("table", "表"), "name": ("name", "名称"), "text": ("text", "说明"), "unit": ("unit", "单位"),
    "source": ("source", "来源"),
}  # fmt: skip


def files_of(tables: Sequence[Table], path: Path, to: To) -> dict[str, Path]:
    """The files that will be written, by the table's key; under "variables" and "about" what explains them."""
    if to == "xlsx":
        return {"workbook": path}
    if path.suffix == f".{to}":
        if len(tables) != 1:
            raise UsageError(
                translated(
                    "{path} is one file, and these are {tables} tables ({tables_2}): choose one by tables, outputs "
                    "or by, or name a folder",
                    path=path, tables=len(tables), tables_2=", ".join(t.key for t in tables),
                )
            )
        names = {tables[0].key: path}
        return names | ({"variables": path.with_suffix(".variables.csv")} if to == "csv" else {})
    names = {table.key: path / f"{table.key}.{to}" for table in tables}
    return names | {"variables": path / "variables.csv", "about": path / "about.json"}


def writers(
    tables: Sequence[Table], files: Mapping[str, Path], to: To, form: Form, about: Mapping[str, Any]
) -> dict[Path, Write]:
    """What writes each file. Each frame is made when it is written, and once."""
    library = {"parquet": "pyarrow", "xlsx": "openpyxl"}.get(to)
    if library:
        with_library(library, translated("a file of the format {to}", to=to))
    if to == "xlsx":
        return {files["workbook"]: lambda path: workbook(path, tables, form, about)}
    kinds: dict[str, Callable[..., None]] = {"csv": csv, "parquet": parquet, "dta": stata}
    seen: list[pd.DataFrame] = []
    found: dict[Path, Write] = {}

    def writer(table: Table) -> Write:
        def write(path: Path) -> None:
            frame = table.build()
            seen.append(dictionary(table, frame, form))
            kinds[to](path, table, frame, about)

        return write

    for table in tables:
        found[files[table.key]] = writer(table)
    if "variables" in files:
        found[files["variables"]] = lambda path: text_csv(path, pd.concat(seen, ignore_index=True))
    if "about" in files:
        found[files["about"]] = lambda path: text_file(
            path, json.dumps(about, ensure_ascii=False, indent=2) + "\n"
        )
    return found


def dictionary(table: Table, frame: pd.DataFrame, form: Form) -> pd.DataFrame:
    """A row a column of the frame, and one a variable of a long table."""
    rows = [[table.key, *one] for one in explained(table, frame)]
    rows += [[table.key, f"variable = {one.name}", one.text, one.unit, one.source] for one in table.variables]
    return pd.DataFrame(rows, columns=[form.word(HEADINGS[name]) for name in DICTIONARY])


def explained(table: Table, frame: pd.DataFrame) -> list[tuple[str, str, str, str]]:
    """Name, text, unit and source of each column."""
    known = {column.name: column for column in table.columns}
    found = [known.get(str(name), Column(str(name), str(name))) for name in frame.columns]
    return [(one.name, one.text, one.unit, one.source) for one in found]


def text_file(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")


def text_csv(path: Path, frame: pd.DataFrame) -> None:
    # With the mark of its byte order, without which Excel takes Chinese for another encoding.
    frame.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n")


def csv(path: Path, table: Table, frame: pd.DataFrame, about: Mapping[str, Any]) -> None:
    """Numbers as short as they are exact; missing values are empty, infinite ones `inf`."""
    text_csv(path, frame)


def parquet(path: Path, table: Table, frame: pd.DataFrame, about: Mapping[str, Any]) -> None:
    """With `jiju` (how the results were made) in the metadata of the file, text and unit in those of the columns."""
    import pyarrow as arrow
    import pyarrow.parquet as files

    whole = arrow.Table.from_pandas(frame, preserve_index=False)
    for place, (name, text, unit, source) in enumerate(explained(table, frame)):
        known = {"long_name": text, "units": unit, "source": source}
        labels = {key: value for key, value in known.items() if value}
        whole = whole.set_column(place, whole.schema.field(name).with_metadata(labels), whole.column(place))
    told = {"jiju": json.dumps(about, ensure_ascii=False), "title": table.title}
    if table.variables:
        told["variables"] = json.dumps([vars(one) for one in table.variables], ensure_ascii=False)
    files.write_table(whole.replace_schema_metadata({**(whole.schema.metadata or {}), **told}), path)


# ---- Stata


def stata(path: Path, table: Table, frame: pd.DataFrame, about: Mapping[str, Any]) -> None:
    """Version 118 (Stata 14 and later), which is UTF-8: variable labels, and value labels of keys and names.

    Stata has no infinite number, so those are missing.
    """
    names = stata_names([str(name) for name in frame.columns])
    labels = {}
    for name, text, unit, _ in explained(table, frame):
        labels[names[name]] = shortened(text, unit)
    columns = {}
    for column, values in frame.items():
        if isinstance(values.dtype, pd.CategoricalDtype):
            values = values.cat.remove_unused_categories()
            if len(values.cat.categories) > MOST_VALUE_LABELS:
                values = values.astype(str)
        elif values.dtype == np.float64:
            values = values.replace([np.inf, -np.inf], np.nan)
        elif values.dtype == object:
            values = values.where(values.notna(), "")
        columns[names[str(column)]] = values
    whole = pd.DataFrame(columns)
    whole.to_stata(path, write_index=False, version=118, variable_labels=labels,
                   data_label=f"{table.title}; {about['program']}"[:LONGEST_LABEL])  # fmt: skip


def stata_names(names: Sequence[str]) -> dict[str, str]:
    """Names that Stata takes: letters, digits and underscores, at most 32 of them, no two alike."""
    found: dict[str, str] = {}
    for name in names:
        plain = re.sub(r"\W", "_", name, flags=re.ASCII)
        plain = plain if re.match(r"[A-Za-z_]", plain) and plain not in RESERVED else f"_{plain}"
        short = plain[:LONGEST_NAME]
        count = 1
        while short in found.values():
            count += 1
            short = f"{plain[: LONGEST_NAME - len(str(count)) - 1]}_{count}"
        found[name] = short
    return found


RESERVED = {"byte", "double", "float", "if", "in", "int", "long", "str", "strL", "using", "with"}


def shortened(text: str, unit: str) -> str:
    """A label of at most 80 characters that keeps its unit."""
    end = f" ({unit})" if unit else ""
    room = LONGEST_LABEL - len(end)
    return (text if len(text) <= room else text[: room - 1] + "…") + end


# ---- Excel


def workbook(path: Path, tables: Sequence[Table], form: Form, about: Mapping[str, Any]) -> None:
    """A sheet a table, then `variables` (what columns mean) and `about` (how the results were made)."""
    for table in tables:
        if table.rows > MOST_ROWS_OF_A_SHEET:
            raise UsageError(
                translated(
                    "{key} has {rows:,} rows, and a sheet of Excel {MOST_ROWS_OF_A_SHEET:,} at most: choose less of "
                    "it, or another format",
                    key=table.key, rows=table.rows, MOST_ROWS_OF_A_SHEET=MOST_ROWS_OF_A_SHEET,
                )
            )
    with pd.ExcelWriter(path, engine="openpyxl") as book:
        told = []
        for table in tables:
            frame = table.build()
            told.append(dictionary(table, frame, form))
            sheet(book, frame, table.key)
        sheet(book, pd.concat(told, ignore_index=True), form.word(("variables", "变量")))
        facts = [(key, value if isinstance(value, str | int | float) else json.dumps(value, ensure_ascii=False))
                 for key, value in about.items()]  # fmt: skip
        sheet(book, pd.DataFrame(facts, columns=["", " "]), form.word(("about", "说明")))


def sheet(book: Any, frame: pd.DataFrame, name: str) -> None:
    """With its first line fixed, and columns as wide as their headings need."""
    # Excel has no infinite number; openpyxl would write an error.
    shown = frame.replace([np.inf, -np.inf], np.nan) if len(frame.select_dtypes("number").columns) else frame
    shown.to_excel(book, sheet_name=name[:31], index=False)
    page = cast(Any, book.sheets[name[:31]])
    page.freeze_panes = "A2"
    for place, heading in enumerate(shown.columns, start=1):
        letters = page.cell(row=1, column=place).column_letter
        page.column_dimensions[letters].width = max(10, min(40, len(str(heading)) + 4))
