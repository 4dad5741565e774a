"""Any frame that a function returns as a table for a paper: names in one language, units in headings, intervals.

    jiju.table(jiju.compare(both).targets, lang="zh").to_latex("targets.tex")
    jiju.table("plan.h5").to_word("plan.docx")          # the targets of a results file

Tidy frames name things in both languages and give an estimate, its error and the ends of its interval in columns of
their own. A table of a paper has one column for all of these.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence

import numpy as np
import pandas as pd
import xarray as xr

from jiju.errors import UsageError
from jiju.exports.export_tables import Form, targets_summed
from jiju.labels import unit_name
from jiju.languages import Lang, checked, translated
from jiju.printing import text_tables
from jiju.printing.printed import Printed, labelled
from jiju.results import files, validation
from jiju.results.provenance import note_of

# Keys that a name beside them says in words.
KEYS = ("indicator", "account", "lever", "parameter", "variable", "outcome", "trial")
# What `low` and `high` are the ends of, the first that is there.
ESTIMATES = ("difference", "effect", "simulated", "probability", "value", "share")
SIGNED = ("difference", "effect", "relative")
PERCENT = ("relative",)
CHANCES = ("p_value", "p_adjusted")

OF_TARGETS = ("scenario_name", "target", "target_name", "unit", "wanted", "probability", "low", "high", "q05", "q50",
              "q95")  # fmt: skip
TARGETS = (
    "Targets: probability with 95 % interval, and quantiles of the value",
    "目标：实现概率（95%区间）与数值分位数",
)
HEADINGS = {
    "low": "at least", "high": "at most",
    "q05": "5 %", "q25": "25 %", "q50": "50 %", "q75": "75 %", "q95": "95 %", "p_value": "p value",
}  # fmt: skip


def table(
    found: pd.DataFrame | xr.Dataset | str | os.PathLike[str],
    caption: str | None = None,
    *,
    columns: Iterable[str] | None = None,
    lang: Lang | None = None,
) -> Printed:
    """A table with `to_latex`, `to_markdown`, `to_word` and `to_csv`.

    `found` is a tidy frame as functions of this package return, or results (a dataset or file), whose targets are
    tabled. `columns` chooses columns of the frame, in their order; the ends of an interval (`low`, `high`) and an error
    follow what they belong to. `lang` is the language of names and words: "en" or "zh". A frame that knows its language
    keeps it where none is given.

    Example:

        found = jiju.compare(jiju.open("both.h5"))
        print(jiju.table(found.targets, "Probabilities of targets").to_markdown())
        jiju.table("both.h5", lang="zh").to_word("targets-zh.docx")
    """
    if lang is not None:
        checked(lang)
    if isinstance(found, str | os.PathLike):
        with files.open(found) as data:
            return of_targets(data, lang or "en", caption)
    if isinstance(found, xr.Dataset):
        return of_targets(found, lang or "en", caption)
    if not isinstance(found, pd.DataFrame):
        raise UsageError(translated("wanted is a frame or results, not {name}", name=type(found).__name__))
    language = checked(lang or found.attrs.get("lang", "en"))
    seen = found.attrs.get("caption")
    title = caption or (seen[language == "zh"] if seen else "表" if language == "zh" else "Table")
    chosen = list(columns) if columns is not None else list(found.attrs.get("columns", []))
    entries, unit = entries_of(found, chosen, language)
    titled = f"{title}（{unit}）" if unit and language == "zh" else f"{title}, {unit}" if unit else title
    return Printed(titled, [(titled, entries)], found.reset_index() if named_index(found) else found,
                   remarks=[str(note) for note in found.attrs.get("notes", [])],
                   made=str(found.attrs.get("made", "")), lang=language)  # fmt: skip


def of_targets(results: xr.Dataset, lang: Lang, caption: str | None) -> Printed:
    """The targets of results: what is wanted, how likely it is, and what came of it."""
    data = validation.results(results)
    validation.needed(data, ["target_met", "target_value"], translated("a table of targets"), translated(
        "give the whole file"
    ))
    frame = targets_summed(data, Form(lang=lang))
    frame["unit"] = frame.get("unit", "")
    columns = OF_TARGETS if data.sizes["scenario"] > 1 else OF_TARGETS[1:]
    return table(labelled(frame, TARGETS, note_of([data], lang), columns, lang), caption)


def named_index(frame: pd.DataFrame) -> bool:
    return any(name is not None for name in frame.index.names)


def entries_of(frame: pd.DataFrame, columns: Sequence[str], lang: Lang) -> tuple[pd.DataFrame, str]:
    """Entries as text under headings, and the unit of all where it is one."""
    flat = frame.reset_index() if named_index(frame) else frame
    there = [str(name) for name in flat.columns]
    for name in columns:
        if name not in there and f"{name}_zh" not in there:
            raise UsageError(translated(
                "no column {name!r} in this frame{nearest}",
                name=name, nearest=validation.nearest(name, there, translated("it has")),
            ))
    chosen = list(columns) or shown(there)
    joint = joint_columns(there)
    unit = one_unit(flat, lang) if "unit" in chosen else None
    made: dict[str, list[str]] = {}
    for name in chosen:
        if name in joint or (name == "unit" and unit is not None) or part_of(name, there):
            continue
        source = f"{name}_zh" if lang == "zh" and f"{name}_zh" in there else name
        made[headed(name, chosen, lang)] = column_of(flat, source, name, there, lang)
    return pd.DataFrame(made), unit or ""


def shown(there: Sequence[str]) -> list[str]:
    """All but what another column says better: the other language, keys that have names."""
    named = {"name"} & set(there)
    return [
        name for name in there
        if not name.endswith("_zh") and not (named and name in KEYS) and f"{name}_name" not in there
    ]  # fmt: skip


def joint_columns(there: Sequence[str]) -> set[str]:
    """The plain columns `low`, `high` and `error`, where there is something that they belong to."""
    if estimate_of(there) is None:
        return set()
    return ({"low", "high"} if {"low", "high"} <= set(there) else set()) | ({"error"} & set(there))


def estimate_of(there: Sequence[str]) -> str | None:
    return next((name for name in ESTIMATES if name in there), None)


def part_of(name: str, there: Sequence[str]) -> bool:
    """Whether a column is the error or an end of the interval of another."""
    return any(name.endswith(end) and name.removesuffix(end) in there for end in ("_low", "_high", "_error"))


def one_unit(frame: pd.DataFrame, lang: Lang) -> str | None:
    """The unit of all rows; None where rows differ in it."""
    units = {unit_name(str(unit), lang) for unit in frame["unit"].dropna()}
    return units.pop() if len(units) == 1 else None


def headed(name: str, chosen: Sequence[str], lang: Lang) -> str:
    """The heading of a column; of a name beside its key, "name"."""
    key = name.removesuffix("_name")
    word = HEADINGS.get(name, "name" if key != name and key in chosen else key.replace("_", " "))
    return text_tables.heading(word, lang)


def column_of(frame: pd.DataFrame, source: str, name: str, there: Sequence[str], lang: Lang) -> list[str]:
    """Entries of a column: numbers with their interval or error, yes and no, names."""
    values = list(frame[source])
    if name == "unit":
        return [unit_name(str(value), lang) for value in values]
    words = frame.attrs.get("words", {}) if lang == "zh" else {}
    shown_as = number_of(name, frame, source)
    texts = [
        shown_as(float(value)) if is_number(value) else words.get(value, word_of(value, lang)) for value in values
    ]
    own = estimate_of(there) == name
    low, high, error = ("low", "high", "error") if own else (f"{name}_low", f"{name}_high", f"{name}_error")
    sign = text_tables.signed if name in SIGNED else text_tables.number
    if low in there and high in there:
        ends = zip(texts, frame[low], frame[high], strict=True)
        return [text if np.isnan(a) else f"{text} [{sign(a)}, {sign(b)}]" for text, a, b in ends]
    if error in there:
        errors = zip(texts, frame[error], strict=True)
        return [text if np.isnan(each) else f"{text} ({text_tables.number(each)})" for text, each in errors]
    return texts


def number_of(name: str, frame: pd.DataFrame, source: str) -> Callable[[float], str]:
    """How numbers of a column are shown."""
    if name in PERCENT:
        return text_tables.percent
    if name in CHANCES:
        return text_tables.p_value
    known = frame[source].dropna()
    if known.dtype != object and (known == known.round()).all() and name not in SIGNED:
        # A year has no thousands.
        return lambda value: f"{value:.0f}" if "year" in name or "seed" in name else f"{value:,.0f}"
    return text_tables.signed if name in SIGNED else text_tables.number


def is_number(value: object) -> bool:
    return isinstance(value, int | float | np.integer | np.floating) and not isinstance(value, bool | np.bool_)


def word_of(value: object, lang: Lang) -> str:
    if isinstance(value, bool | np.bool_):
        return ("是" if value else "否") if lang == "zh" else ("yes" if value else "no")
    return "–" if value is None or (isinstance(value, str) and not value) else str(value)
