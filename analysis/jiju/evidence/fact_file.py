"""The grammar of fact files (docs/facts.md): which statistics of firms are measured, and the range that counts.

The package's own card, facts.toml, is such a file. A statistic is one of the package's by its key, or one of the
general ones over formulas of columns.
"""

from __future__ import annotations

import math
import os
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd
from statsmodels.regression.linear_model import OLS
from statsmodels.tools.tools import add_constant

from jiju.errors import UsageError
from jiju.evidence import fact_accounts, fact_statistics  # noqa: F401 (the statistics register themselves)
from jiju.evidence.fact_sample import STATISTICS, Sample
from jiju.languages import translated
from jiju.reading import expressions
from jiju.reading.table_reader import Reader, text_of
from jiju.results import panels
from jiju.results.validation import nearest

WHICH = ("above_scale", "whole_year", "all")  # firms
TRUST = ("found", "recalled", "judged")
HOW = ("statistic", "of", "on", "where", "firms", "within", "level", "each_year")
USE = ("fit", "judge")  # what a statistic is for
PUBLISHED = ("name", "name_zh", "low", "high", "source", "trust", "use")


def _ratio(of: pd.Series, on: pd.Series) -> float:
    return float(of.sum() / on.sum())


def _slope(of: pd.Series, on: pd.Series) -> float:
    return float(OLS(of.to_numpy(), add_constant(on.to_numpy())).fit().params[1])


# General statistics, of one formula or of two.
OF_ONE: Mapping[str, Callable[[pd.Series, float], float]] = {
    "mean": lambda values, _: float(values.mean()),
    "median": lambda values, _: values.median(),
    "quantile": lambda values, level: float(values.quantile(level)),
    "standard_deviation": lambda values, _: float(values.std()),
    "total": lambda values, _: values.sum(),
    "share_above": lambda values, level: (values > level).mean(),
}
OF_TWO: Mapping[str, Callable[[pd.Series, pd.Series], float]] = {
    "ratio": _ratio, "correlation": lambda of, on: of.corr(on), "slope": _slope
}  # fmt: skip


def parsed(text: str, name: str, standard: Mapping[str, Any]) -> dict[str, Any]:
    """The tables of a fact file, checked, with the rules of measurement that it does not set; UsageError with every
    mistake."""
    reader = Reader(name)
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{name}: {error}") from None
    reader.known(tree, "", ("measurement", "facts"))
    rules = reader.table(tree, "", "measurement")
    if standard:
        reader.known(rules, "measurement", tuple(standard))
    rows = reader.table(tree, "", "facts")
    if not rows and not reader.problems:
        reader.wrong("", translated("no fact; a fact is a table [facts.KEY]"))
    seen: list[str] = []
    found = {key: _fact(reader, f"facts.{key}", row, seen) for key, row in rows.items()}
    reader.finish()
    return {"measurement": {**standard, **rules}, "facts": found}


@cache
def own() -> dict[str, Any]:
    return parsed((files("jiju.evidence") / "facts.toml").read_text(encoding="utf-8"), "facts.toml", {})


def read(path: str | os.PathLike[str]) -> dict[str, Any]:
    return parsed(text_of(path), os.fspath(path), own()["measurement"])


def _fact(reader: Reader, place: str, row: Any, seen: list[str]) -> dict[str, Any]:
    row = reader.is_table(row, place)
    name = reader.text(row, place, "name", needed=True)
    statistics = reader.items(row, place, "statistics")
    if not statistics:
        reader.wrong(f"{place}.statistics", translated("none; a statistic is a table [[facts.KEY.statistics]]"))
    listed = [_statistic(reader, f"{place}.statistics[{k}]", each, seen) for k, each in enumerate(statistics)]
    essential = reader.switch(row, place, "essential", False)
    return {**row, "name_zh": reader.text(row, place, "name_zh", name), "essential": essential, "statistics": listed}


def _statistic(reader: Reader, place: str, row: Any, seen: list[str]) -> dict[str, Any]:
    row = reader.is_table(row, place)
    key = reader.text(row, place, "key", needed=True)
    if key in seen:
        reader.wrong(f"{place}.key", translated("{key!r} is the key of another statistic as well", key=key))
    seen.append(key)
    name = reader.text(row, place, "name", needed=True)
    low, high = reader.number(row, place, "low", -math.inf), reader.number(row, place, "high", math.inf)
    if "low" not in row and "high" not in row:
        reader.wrong(place, translated("neither low nor high given; a range has one of them at least"))
    if low is not None and high is not None and low > high:
        reader.wrong(f"{place}.high", translated("{high:g} is less than low = {low:g}", high=high, low=low))
    trust = reader.word(row, place, "trust", TRUST, "judged")
    use = reader.word(row, place, "use", USE, "judge")
    if "statistic" in row:
        _check_general(reader, place, row)
    else:
        if key and key not in STATISTICS:
            other = translated("; or give `statistic` and `of`")
            reader.wrong(f"{place}.key", translated(
                "no statistic {key!r}{nearest}{other}",
                key=key, nearest=nearest(key, STATISTICS), other=other,
            ))
        for word in HOW[1:]:
            if word in row:
                reader.wrong(f"{place}.{word}", translated("given without `statistic`"))
    told = {"name_zh": reader.text(row, place, "name_zh", name), "source": reader.text(row, place, "source")}
    return {**row, **told, "trust": trust, "use": use}


def _check_general(reader: Reader, place: str, row: Mapping[str, Any]) -> None:
    reader.known(row, place, ("key", *PUBLISHED, *HOW))
    statistic = reader.word(row, place, "statistic", (*OF_ONE, *OF_TWO))
    of, on = reader.text(row, place, "of", needed=True), reader.text(row, place, "on", needed=statistic in OF_TWO)
    if on and statistic in OF_ONE:
        reader.wrong(f"{place}.on", translated("has no meaning for {statistic!r}", statistic=statistic))
    level = reader.number(row, place, "level")
    if (level is None) == (statistic in ("quantile", "share_above")):
        reader.wrong(f"{place}.level", translated("not given") if level is None else translated(
            "has no meaning for {statistic!r}",
            statistic=statistic,
        ))
    if statistic == "quantile" and level is not None and not 0 <= level <= 1:
        reader.wrong(f"{place}.level", translated("{level:g}; a quantile lies between 0 and 1", level=level))
    reader.word(row, place, "firms", WHICH)
    reader.switch(row, place, "each_year", False)
    known = panels.columns()
    for text in (of, on, reader.text(row, place, "where"), *reader.texts(row, place, "within")):
        if text:
            reader.formula(place, text, known, "columns")


def columns(card: Mapping[str, Any]) -> list[str]:
    """What the general statistics of a card ask of firm-years."""
    entries = [entry for fact in card["facts"].values() for entry in fact["statistics"] if "statistic" in entry]
    texts = [[each["of"], each.get("on"), each.get("where"), *each.get("within", [])] for each in entries]
    return list(dict.fromkeys(name for each in texts for text in each if text for name in expressions.names(text)))


def general(entry: Mapping[str, Any], s: Sample) -> float:
    """A general statistic of one replicate, over all firm-years or as the mean over years."""
    table = s.named
    if table is None:
        raise UsageError(translated("general statistics need firm-years with keys in place of codes"))
    which = entry.get("firms", "above_scale")
    if which != "all":
        table = table[table["year_sales"] >= s.rules["threshold"]]
    if which == "whole_year":
        table = table[table["quarters"] == 4]
    if where := entry.get("where"):
        table = table[expressions.evaluate(where, table).astype(bool)]
    parts = [part for _, part in table.groupby("year")] if entry.get("each_year") else [table]
    return float(np.mean([_of_part(entry, part) for part in parts]))


def _of_part(entry: Mapping[str, Any], table: pd.DataFrame) -> float:
    texts = [entry["of"], *([entry["on"]] if entry["statistic"] in OF_TWO else [])]
    values = pd.DataFrame({k: expressions.evaluate(text, table).astype(float) for k, text in enumerate(texts)})
    values = values.loc[np.isfinite(values.to_numpy()).all(axis=1)]
    if groups := [expressions.evaluate(text, table.loc[values.index]) for text in entry.get("within", [])]:
        values = pd.DataFrame({k: values[k] - values[k].groupby(groups).transform("mean") for k in values})
    if entry["statistic"] in OF_TWO:
        return float(OF_TWO[entry["statistic"]](values[0], values[1]))
    return float(OF_ONE[entry["statistic"]](values[0], entry.get("level", math.nan)))
