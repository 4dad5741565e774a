"""Results as tables of other programs: CSV, Parquet, Stata or Excel, with labels in English or Chinese.

    jiju.export("plan.h5", "plan-dta", to="dta")
    jiju.export(both, "both.xlsx", outputs=["output", "employment"], by=["industry"])

What it will write is counted before anything is read, so that no results ask for more memory than there is.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import xarray as xr

from jiju.errors import UsageError
from jiju.exports.choices import FORMATS, MOST_ROWS, PARTS, Part, To
from jiju.exports.export_firms import firm_rows
from jiju.exports.export_formats import files_of, writers
from jiju.exports.export_tables import Form, Table, chosen_of, output_tables, parameter_rows, target_rows, variables_of
from jiju.languages import Lang, checked, translated
from jiju.new_files import write_all
from jiju.results import files, validation
from jiju.results.pairing import check_file
from jiju.results.provenance import about

USUAL: tuple[Part, ...] = ("outputs", "targets", "parameters")


def export(
    results: xr.Dataset | str | os.PathLike[str],
    path: str | os.PathLike[str],
    to: To | None = None,
    *,
    tables: Sequence[Part] | None = None,
    outputs: Sequence[str] | None = None,
    by: Sequence[str] | None = None,
    scenario: Sequence[str] | None = None,
    years: Sequence[int] | None = None,
    replicates: Literal["summary", "each"] = "summary",
    panel: bool = False,
    wide: bool = False,
    max_rows: int = MOST_ROWS,
    lang: Lang = "en",
    force: bool = False,
) -> list[Path]:
    """Writes tables of results, and returns the files written.

    `to` is "csv", "parquet", "dta" (Stata 14 and later) or "xlsx"; by the end of `path` where it is not given. `path`
    is a workbook, a folder of files, one a table, or, where there is one table alone, that file.

    tables      of "outputs", "targets", "parameters" (as drawn) and "firms"; all but the firms unless said otherwise
    outputs     variables, by name; all that each replicate has unless said otherwise. Those of the same dimensions are
                one table
    by          the dimensions that outputs are given by beside time, as ["industry"]; the rest is added up
    replicates  "summary": mean, standard error by draws of the parameters, standard deviation and quantiles over
                replicates; "each": a row a replicate
    panel       firms too, one a row and step (of runs with record="firms")
    wide        a column a variable, not a row

    `lang` is the language of names and words: "en" or "zh". Years and quarters are integers, keys have their names
    beside them. Missing values are empty; Stata and Excel know no infinite ones, and have them missing too.
    UsageError where it would be more than `max_rows` rows, with how many each table has; FileError where a file is
    there already, unless `force`.

    Example:

        both = jiju.open("both.h5")
        jiju.export(both, "industries.csv", outputs=["output"], by=["industry"], years=[2015])
        jiju.export(both, "results", to="csv")                 # a folder, a file a table
    """
    form = Form(each(replicates), wide, checked(lang))
    target, kind = Path(path), format_of(path, to)
    data = files.open(results) if isinstance(results, str | os.PathLike) else results
    try:
        if isinstance(data, xr.Dataset):
            check_file(data, translated("these results"))
        checked_data = chosen_of(validation.results(data), scenario, years)
        parts = parts_of(tables, panel, outputs)
        asked = list(tables_of(checked_data, data, parts, form, outputs, by, scenario, years))
        refuse_too_many(asked, max_rows)
        named = files_of(asked, target, kind)
        write_all(writers(asked, named, kind, form, about(data)), force)
        return list(named.values())
    finally:
        if data is not results:
            data.close()


def format_of(path: str | os.PathLike[str], to: str | None) -> To:
    """As asked, or as the name of the file ends; a workbook's name ends in .xlsx."""
    end = Path(path).suffix.removeprefix(".")
    for known in FORMATS:
        if known == (to or end):
            if known == "xlsx" and end != "xlsx":
                raise UsageError(translated("{fspath}: a workbook's name ends in .xlsx", fspath=os.fspath(path)))
            if to is not None and end in FORMATS and end != to:
                raise UsageError(translated(
                    "{fspath}: the name ends in .{end}, and wanted is {to}",
                    fspath=os.fspath(path), end=end, to=to,
                ))
            return known
    allowed = ", ".join(FORMATS)
    if to is not None:
        raise UsageError(translated("to = {to!r}: allowed are {allowed}", to=to, allowed=allowed))
    raise UsageError(translated("{path}: say which format: {allowed}", path=os.fspath(path), allowed=allowed))


def each(replicates: str) -> bool:
    if replicates not in ("summary", "each"):
        raise UsageError(translated(
            "replicates = {replicates!r}: allowed are 'summary' and 'each'",
            replicates=replicates,
        ))
    return replicates == "each"


def parts_of(tables: Sequence[Part] | None, panel: bool, outputs: Sequence[str] | None) -> list[Part]:
    if tables is None:
        chosen = list(USUAL if outputs is None else ("outputs",))
    else:
        for name in tables:
            if name not in PARTS:
                raise UsageError(translated(
                    "no table {name!r}{nearest}",
                    name=name, nearest=validation.nearest(name, PARTS),
                ))
        chosen = [name for name in PARTS if name in tables]
    return [*chosen, "firms"] if panel and "firms" not in chosen else chosen


def tables_of(
    data: xr.Dataset, whole: xr.Dataset, parts: Sequence[Part], form: Form, outputs: Sequence[str] | None,
    by: Sequence[str] | None, scenario: Sequence[str] | None, years: Sequence[int] | None,
) -> list[Table]:  # fmt: skip
    """The tables asked for, none of them read yet."""
    found: list[Table] = []
    if "outputs" in parts:
        known = variables_of(data)
        for name in outputs or ():
            if name not in known:
                raise UsageError(translated(
                    "no output {name!r} in these results{nearest}",
                    name=name, nearest=validation.nearest(name, known, translated("they have")),
                ))
        for dim in by or ():
            validation.dimension(data, dim)
        found += output_tables(data, form, outputs, by)
    if "targets" in parts and "target" in data.dims and any(name.startswith("target_") for name in map(str, data)):
        found.append(target_rows(data, form))
    if "parameters" in parts and (drawn := parameter_rows(data, form)):
        found.append(drawn)
    if "firms" in parts:
        found.append(firm_rows(whole, form, scenario, years))
    if not found:
        raise UsageError(translated("these results have nothing of {parts}", parts=", ".join(parts)))
    return found


def refuse_too_many(tables: Sequence[Table], most: int) -> None:
    rows = sum(table.rows for table in tables)
    if rows <= most:
        return
    largest = sorted(tables, key=lambda table: -table.rows)[:4]
    listed = ", ".join(f"{table.key} {table.rows:,}" for table in largest)
    raise UsageError(
        translated(
            "these tables would have {rows:,} rows ({listed}), and {most:,} are allowed; take fewer by outputs, by, "
            "scenario, years or tables (--outputs and so on), a column a variable (--wide), statistics in place of "
            "each replicate, or allow more by max_rows (--max-rows)",
            rows=rows, listed=listed, most=most,
        )
    )
