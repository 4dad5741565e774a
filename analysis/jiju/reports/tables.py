"""Tables that several chapters make: differences from the base, and of one arm alone what replicates spread over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from jiju.labels import axis_name, unit_name, variable_name
from jiju.languages import Lang, translated
from jiju.reports.content import Cell, Column, Table, plain, share, signed
from jiju.reports.subject import Subject, names_along, spread


def along(subject: Subject, key: str, variable: str, dim: str, lang: Lang, over_all: bool = False) -> Table | None:
    """A variable by the keys of a dimension: base, plan and difference, or the plan's spread where there is no base."""
    if variable not in subject.plan.data or dim not in subject.plan.data[variable].dims:
        return None
    array = subject.plan.data[variable]
    unit = unit_name(str(array.attrs.get("units", "1")), lang)
    what = variable_name(array, lang)
    when = translated("all years together") if over_all else translated("the last year")
    caption = translated("{what} by {dim}, {when}", what=f"{what}（{unit}）" if unit and lang == "zh" else
                         f"{what}, {unit}" if unit else what, dim=in_sentence(axis_name(subject.plan.data, dim, lang)),
                         when=when)  # fmt: skip
    names = names_along(subject.plan, dim, lang)
    head = Column(axis_name(subject.plan.data, dim, lang), "text")
    changes = subject.changes(variable, dim, over_all)
    if not changes.empty:
        frame = changes.set_index(changes[dim].astype(str))
        frame = frame[(frame["base"] != 0) | (frame["other"] != 0)]
        return differences(subject, key, caption, head, names, frame, lang)
    return spreads(key, caption, head, names, spread(subject.plan, variable, dim, over_all), lang)


def in_sentence(name: str) -> str:
    return name[:1].lower() + name[1:]


def of_city(subject: Subject, key: str, caption: str, variables: Sequence[str], lang: Lang,
            names: Mapping[str, str] | None = None) -> Table | None:  # fmt: skip
    """Variables of the whole city in the last year, one a row; `names` replace those of the file."""
    data = subject.plan.data
    told = {each: f"{(names or {}).get(each) or variable_name(data[each], lang)}" for each in variables if each in data}
    units = {each: unit_name(str(data[each].attrs.get("units", "1")), lang) for each in told}
    told = {each: (f"{name}（{units[each]}）" if lang == "zh" else f"{name}, {units[each]}") if units[each] else name
            for each, name in told.items()}  # fmt: skip
    head = Column(translated("indicator"), "text")
    if subject.comparison is None:
        parts = {each: spread(subject.plan, each) for each in told}
        found = [part.set_axis([each]) for each, part in parts.items() if len(part)]
        return spreads(key, caption, head, told, pd.concat(found), lang) if found else None
    parts = {each: subject.changes(each) for each in told}
    found = [part.set_axis([each]) for each, part in parts.items() if len(part)]
    return differences(subject, key, caption, head, told, pd.concat(found), lang) if found else None


def differences(subject: Subject, key: str, caption: str, head: Column, names: Mapping[str, str], frame: pd.DataFrame,
                lang: Lang) -> Table:  # fmt: skip
    base, plan = subject.names(lang)
    rows: list[list[Cell]] = []
    for label, row in frame.iterrows():
        place = f"{key}/{label}"
        rows.append([
            names.get(str(label), str(label)), plain(row["base"], f"{place}/base"),
            plain(row["other"], f"{place}/plan"), signed(row["difference"], f"{place}/difference"),
            signed(row["low"], f"{place}/low"), signed(row["high"], f"{place}/high"),
            share_of_change(row["relative"], f"{place}/relative", lang),
        ])  # fmt: skip
    return Table(key, caption, [
        head, Column(base), Column(plan), Column(translated("difference")), Column(translated("95 % interval"), span=2),
        Column(translated("relative")),
    ], rows)  # fmt: skip


def share_of_change(value: float, key: str, lang: Lang) -> Cell:
    """With one digit after the point: effects are often of some percent."""
    number = share(value, key, lang, sign=True)
    if pd.isna(value):
        return number
    shown = f"{100 * value:+.1f}".replace("-", "−")
    return type(number)(number.value, f"{shown}%" if lang == "zh" else f"{shown} %", key)


def spreads(key: str, caption: str, head: Column, names: Mapping[str, str], frame: pd.DataFrame, lang: Lang
            ) -> Table | None:  # fmt: skip
    if frame.empty:
        return None
    rows: list[list[Cell]] = []
    for label, row in frame.iterrows():
        place = f"{key}/{label}"
        told = (plain(row[part], f"{place}/{part}") for part in ("mean", "low", "high", "q05", "q50", "q95"))
        rows.append([names.get(str(label), str(label)), *told])
    return Table(key, caption, [
        head, Column(translated("mean")), Column(translated("95 % interval"), span=2), Column("5 %"), Column("50 %"),
        Column("95 %"),
    ], rows, [translated("5, 50, 95 %: below these lie so many of the replicates.")])  # fmt: skip
