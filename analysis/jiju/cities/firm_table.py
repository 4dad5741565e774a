"""A table of firms as a user has it, one row a firm, made into columns of known names and units.

What is wrong with it is counted and reported; rows without industry or positive sales are left out, nothing is imputed.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from jiju.errors import FileError, UsageError
from jiju.languages import plural, translated
from jiju.results.validation import listed, nearest

MONEY = ("sales", "research", "capital", "group_sales", "exports")
NUMBERS = (*MONEY, "exports_share", "employees", "founded", "patents", "weight")
NEEDED = ("industry", "sales")

# The headings that are known without being told, in small letters; the first is the column's own name.
HEADINGS: dict[str, tuple[str, ...]] = {
    "name": ("name", "firm", "company", "企业名称", "单位名称", "名称"),
    "industry": ("industry", "sector", "行业", "产业", "行业名称"),
    "place": ("place", "district", "county", "region", "地区", "区县", "所在地"),
    "sales": ("sales", "revenue", "turnover", "主营业务收入", "营业收入", "销售收入"),
    "employees": ("employees", "employment", "workers", "从业人数", "从业人员", "职工人数"),
    "founded": ("founded", "year_founded", "founding_year", "成立年份", "开业年份", "成立时间"),
    "research": ("research", "r&d", "rd", "r_and_d", "研发费用", "研发支出", "研发经费"),
    "capital": ("capital", "fixed_assets", "固定资产", "固定资产净值", "固定资产原价"),
    "patents": ("patents", "专利", "专利数", "发明专利"),
    "group_sales": ("group_sales", "group_revenue", "集团收入", "集团营业收入"),
    "exports": ("exports", "export_value", "出口交货值", "出口额"),
    "exports_share": ("exports_share", "export_share", "出口占比", "出口比重"),
    "listed": ("listed", "上市", "是否上市"),
    "weight": ("weight", "权重"),
}
YES = frozenset({"1", "1.0", "true", "yes", "y", "t", "是", "有", "上市"})
FACTOR_OF_UNIT_ERROR = 50.0  # sales per worker this far from the industry's median are probably in another unit
EARLIEST_YEAR = 1800


@dataclass
class FirmTable:
    """Columns of `HEADINGS` that the file has; money in the unit of the scenario, `weight` 1 where there is none.

    `row` is the row's number in the file, counted from 1 without the heading; `notes` says what was found.
    """

    firms: pd.DataFrame
    rows: int
    found: dict[str, str]  # column: its heading in the file
    notes: list[str] = field(default_factory=list)

    def missing(self) -> pd.Series[float]:
        """Of each column that is there the share of firms without a value."""
        return self.firms[list(self.found)].isna().mean()


def read(path: str | os.PathLike[str], columns: Mapping[str, str], unit: float, year: int, place: str) -> FirmTable:
    """Reads and checks a table; `unit` is what one unit of its money columns is, in the scenario's unit of
    money, `year` the year of the figures, `place` the place of all firms where the table has no such column."""
    raw = raw_table(Path(path))
    found = headings(raw, columns, str(path))
    if "place" not in found and not place:
        raise UsageError(
            translated(
                "{path}: no column of places; name it by --column place=HEADING, or the one place of all by --place "
                "NAME; there are {listed}",
                path=path, listed=listed(list(map(str, raw.columns))),
            )
        )
    firms = pd.DataFrame({column: raw[heading] for column, heading in found.items()})
    firms["row"] = np.arange(1, len(firms) + 1)
    table = FirmTable(firms, len(firms), found)
    for column in (column for column in NUMBERS if column in found):
        firms[column] = numbers(firms[column], column, table.notes)
    for column in ("industry", "place", "name"):
        if column in found:
            words = firms[column].astype("string").str.strip()
            firms[column] = words.mask(words == "")
    if "place" not in found:
        firms["place"] = place
    if "listed" in found:
        firms["listed"] = firms["listed"].astype("string").str.strip().str.lower().isin(YES)
    if "weight" not in found:
        firms["weight"] = 1.0
    for column in MONEY:
        if column in found:
            firms[column] *= unit
    check(table, year)
    return table


def raw_table(path: Path) -> pd.DataFrame:
    """As the file has it, whatever its kind."""
    if not path.is_file():
        raise FileError(translated("{path}: there is no such file", path=path))
    kind = path.suffix.lower()
    try:
        if kind == ".parquet":
            return pd.read_parquet(path)
        if kind == ".dta":
            return pd.read_stata(path)
        if kind in (".xlsx", ".xls", ".ods"):
            return pd.read_excel(path)
        return delimited(path)
    except ImportError as error:
        raise UsageError(translated(
            "{path}: {error}; 'pip install jiju[tables]' has what is needed",
            path=path, error=error,
        )) from None
    except OSError as error:
        raise FileError(f"{path}: {error}") from error
    except (ValueError, pd.errors.ParserError) as error:
        raise UsageError(translated("{path}: not a table that can be read: {error}", path=path, error=error)) from None


def delimited(path: Path) -> pd.DataFrame:
    """Text with commas, semicolons or tabs, in UTF-8 or, as older Chinese programs write it, GB 18030."""
    content = path.read_bytes()
    try:
        content.decode("utf-8")
        encoding = "utf-8-sig"
    except UnicodeDecodeError:
        encoding = "gb18030"
    first = content.split(b"\n", 1)[0].decode(encoding, errors="replace")
    return pd.read_csv(path, sep=max(",;\t", key=first.count), encoding=encoding, low_memory=False)


def headings(raw: pd.DataFrame, columns: Mapping[str, str], name: str) -> dict[str, str]:
    """The heading of each column: as given, else one that is known."""
    there = [str(heading) for heading in raw.columns]
    small = {heading.strip().lower(): heading for heading in reversed(there)}
    problems, found = [], {}
    for column, heading in columns.items():
        if column not in HEADINGS:
            problems.append(translated(
                "{name}: no column {column!r} is known{nearest}",
                name=name, column=column, nearest=nearest(column, list(HEADINGS)),
            ))
        elif heading not in there:
            problems.append(translated(
                "{name}: {column}: no heading {heading!r}{nearest}",
                name=name, column=column, heading=heading, nearest=nearest(heading, there),
            ))
    for column, known in HEADINGS.items():
        heading = columns.get(column) or next((small[word] for word in known if word in small), "")
        if heading:
            found[column] = heading
    for column in NEEDED:
        if column not in found and column not in columns:
            problems.append(
                translated(
                    "{name}: no column of {column}; name it by --column {column}=HEADING; there are {listed}",
                    name=name, column=column, listed=listed(there),
                )
            )
    if problems:
        raise UsageError("\n".join(problems))
    return found


def numbers(values: pd.Series, column: str, notes: list[str]) -> pd.Series[float]:
    """With thousands separators taken out; what is no number is missing, and counted."""
    if not pd.api.types.is_numeric_dtype(values):
        text = values.astype("string").str.strip().str.replace(",", "", regex=False)
        read = pd.to_numeric(text, errors="coerce")
        wrong = int((read.isna() & text.notna() & (text != "")).sum())
        if wrong:
            example = text[read.isna() & text.notna() & (text != "")].iloc[0]
            notes.append(translated(
                "{column}: {wrong} entries are no numbers, such as {example!r}; taken as missing",
                column=column, wrong=wrong, example=example,
            ))
        values = read
    found = values.astype(float)
    return found.where(np.isfinite(found))


def check(table: FirmTable, year: int) -> None:
    """Leaves out what cannot be used and reports what looks wrong."""
    firms, notes = table.firms, table.notes
    usable = firms["industry"].notna() & firms["place"].notna() & (firms["sales"] > 0) & (firms["weight"] > 0)
    for what, wrong in {
        translated("no industry"): firms["industry"].isna(),
        translated("no place"): firms["place"].isna(),
        translated("no sales"): firms["sales"].isna(),
        translated("sales of zero or less"): firms["sales"] <= 0,
        translated("a weight of zero or less, or none"): ~(firms["weight"] > 0),
    }.items():
        if wrong.any():
            notes.append(translated(
                "{sum} rows have {what} and are left out: {rows_of}",
                sum=int(wrong.sum()), what=what, rows_of=rows_of(firms, wrong),
            ))
    same = [column for column in table.found if column not in ("weight",)]
    twice = firms.duplicated(subset=["name", "place"] if "name" in table.found else same) & (
        firms["name"].notna() if "name" in table.found else True
    )
    if twice.any():
        what = translated("the name and place of") if "name" in table.found else translated("all the values of")
        notes.append(translated(
            "{sum} rows have {what} an earlier one; kept: {rows_of}",
            sum=int(twice.sum()), what=what, rows_of=rows_of(firms, twice),
        ))
    for column in ("employees", "research", "capital", "patents"):
        if column in table.found and (wrong := firms[column] < 0).any():
            notes.append(translated(
                "{column}: {sum} are negative, taken as missing: {rows_of}",
                column=column, sum=int(wrong.sum()), rows_of=rows_of(firms, wrong),
            ))
            firms.loc[wrong, column] = np.nan
    if "founded" in table.found and (wrong := (firms["founded"] > year) | (firms["founded"] < EARLIEST_YEAR)).any():
        notes.append(
            translated(
                "founded: {sum} are after {year} or before {EARLIEST_YEAR}, taken as missing: {rows_of}",
                sum=int(wrong.sum()), year=year, EARLIEST_YEAR=EARLIEST_YEAR, rows_of=rows_of(firms, wrong),
            )
        )
        firms.loc[wrong, "founded"] = np.nan
    if "research" in table.found and (wrong := firms["research"] > firms["sales"]).any():
        notes.append(translated(
            "research: {sum} exceed sales: {rows_of}",
            sum=int(wrong.sum()), rows_of=rows_of(firms, wrong),
        ))
    if "group_sales" in table.found and (wrong := firms["group_sales"] < 0.999 * firms["sales"]).any():
        notes.append(translated(
            "group_sales: {sum} are below the firm's own sales: {rows_of}",
            sum=int(wrong.sum()), rows_of=rows_of(firms, wrong),
        ))
    share_exported(table)
    table.firms = firms[usable].reset_index(drop=True)
    if table.firms.empty:
        raise UsageError(translated("no row has an industry, a place and sales above zero: ") + "; ".join(notes))
    check_units(table)


def share_exported(table: FirmTable) -> None:
    """Of sales: as the table says, else exports over sales; what cannot be is taken as missing."""
    firms = table.firms
    if "exports" in table.found:
        made = firms["exports"] / firms["sales"]
        firms["exports_share"] = firms["exports_share"].fillna(made) if "exports_share" in firms else made
    if "exports_share" in firms and (wrong := (firms["exports_share"] < 0) | (firms["exports_share"] > 1)).any():
        table.notes.append(translated(
            "exports: {sum} are negative or exceed sales, taken as missing: {rows_of}",
            sum=int(wrong.sum()), rows_of=rows_of(firms, wrong),
        ))
        firms.loc[wrong, "exports_share"] = np.nan


def check_units(table: FirmTable) -> None:
    """Sales per worker far from those of the industry: single firms in another unit, or all of them."""
    firms = table.firms
    if "employees" not in table.found:
        return
    ratio = (firms["sales"] / firms["employees"]).where(firms["employees"] > 0)
    median = ratio.groupby(firms["industry"]).transform("median")
    wrong = ((ratio / median > FACTOR_OF_UNIT_ERROR) | (median / ratio > FACTOR_OF_UNIT_ERROR)).fillna(False)
    if wrong.any():
        table.notes.append(
            translated(
                "sales: {sum} firms sell {FACTOR_OF_UNIT_ERROR:g} times more or less a worker than the median of "
                "their industry, perhaps in another unit: {rows_of}",
                sum=int(wrong.sum()), FACTOR_OF_UNIT_ERROR=FACTOR_OF_UNIT_ERROR, rows_of=rows_of(firms, wrong),
            )
        )


def rows_of(firms: pd.DataFrame, which: pd.Series[bool]) -> str:
    """The first few, by number; names stay out."""
    rows = [str(row) for row in firms.loc[which, "row"].head(5)]
    more = " …" if int(np.sum(which)) > 5 else ""
    return plural("row {rows}", "rows {rows}", len(rows)).format(rows=", ".join(rows) + more)
