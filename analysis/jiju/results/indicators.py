"""One number a replicate: what comparison, attribution and sensitivity ask of a results file.

An indicator is named as in the file: a variable (`output`), the value of a target (`T1`), or whether the target is met
(`p(T1)`, whose mean over replicates is the probability). It may also be a function of the file.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Hashable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from jiju.errors import UsageError
from jiju.labels import key_names, variable_name
from jiju.languages import Lang, translated
from jiju.results import validation
from jiju.results.validation import REPLICATES
from jiju.statistics.clusters import DRAW

MARGIN = ("target_value", "target_threshold", "target_upper", "target_comparison")  # what margins are made of

IndicatorLike = str | Callable[[xr.Dataset], xr.DataArray]


def scenario_tables(data: xr.Dataset) -> list[dict[str, Any]]:
    """The effective scenarios of a file, as nested tables, in its order; not to be changed."""
    validation.needed(data, ["scenario_toml"], "this", translated(
        "select it too, as in data[[\"output\", \"scenario_toml\"]]"
    ))
    return [tables_of(str(text)) for text in data["scenario_toml"].values.reshape(-1)]


# A study asks for the targets of the same scenario again and again, and a scenario is some thousand lines.
@lru_cache(maxsize=64)
def tables_of(text: str) -> dict[str, Any]:
    return tomllib.loads(text)


def target_table(data: xr.Dataset) -> pd.DataFrame:
    """The targets of a file's first scenario, one a row: names, unit, value to reach, tolerance, and what is counted.

    Names are those of the coordinates, which have one also where the scenario gives none. Where the scenario's text is
    not there, all is what the coordinates along `target` tell.
    """
    columns = ["name", "name_zh", "unit", "value", "tolerance", "output", "measure", "count", "where"]
    seen = {"name": "target_name", "name_zh": "target_name_zh", "unit": "target_unit", "value": "target_threshold"}
    # Where scenarios differ in what a target asks for, its coordinates lie along both.
    there = {
        column: (data[name].isel(scenario=0) if "scenario" in data[name].dims else data[name]).values
        for column, name in seen.items()
        if name in data.variables
    }
    rows = pd.DataFrame(there, index=pd.Index(targets_of(data), dtype=object))
    if "scenario_toml" in data:
        told = pd.DataFrame.from_dict(scenario_tables(data)[0].get("targets", {}), orient="index")
        rows = told.where(told != "").combine_first(rows).reindex(told.index)
    return rows.reindex(columns=columns).rename_axis("target")


def filter_of(target: Mapping[Any, Any]) -> dict[str, str]:
    """What of an output a target counts, of its row in a scenario: dimension to key."""
    where = target.get("where")
    return {dim: str(key) for dim, key in where.items() if key} if isinstance(where, Mapping) else {}


def is_level(target: Mapping[Any, Any]) -> bool:
    """Whether a target counts an output as it is: no change, growth or share, and no number of firms or clusters."""
    plain = {"measure": (None, "level"), "count": (None, "nothing")}
    return all(target.get(key) in words or pd.isna(target.get(key)) for key, words in plain.items())


def yearly(array: xr.DataArray) -> xr.DataArray:
    """A variable by calendar year, however finely the file keeps it; the file says how steps make a year."""
    if "time" not in array.dims:
        return array
    validation.needed(array.coords.to_dataset(), ["calendar_year"], translated(
        "{name} by year",
        name=array.name,
    ), translated(
        "keep that coordinate"
    ))
    if not array.indexes["time"].is_monotonic_increasing:
        array = array.sortby("time")
    method = str(array.attrs.get("cell_methods", ""))
    groups = array.groupby("calendar_year")
    if "sum" in method:
        # min_count: a failed replicate is missing, not zero.
        years = groups.sum("time", skipna=False)
    elif "mean" in method:
        years = groups.mean("time", skipna=False)
    else:
        years = groups.last(skipna=False)
    return years.rename(calendar_year="year").assign_attrs(array.attrs)


def adds_up(array: xr.DataArray) -> bool:
    """Whether values of several industries or clusters may be added: true for amounts and counts, false for means."""
    return "mean" not in str(array.attrs.get("cell_methods", ""))


def over_time(data: xr.Dataset) -> list[str]:
    """Variables of each replicate by year or step, in the file's order."""

    def wanted(dims: tuple[Hashable, ...]) -> bool:
        return set(REPLICATES) <= set(dims) and bool({"year", "time"} & set(dims))

    return [str(name) for name, array in data.data_vars.items() if wanted(array.dims)]


def indicator(
    data: xr.Dataset, what: IndicatorLike, year: int | None = None, by: str | None = None, **where: str
) -> xr.DataArray:
    """The values of an indicator along scenario and replicate, and along `by` if asked for.

    `year` is the last one unless said otherwise. `where` picks one key of a dimension, as industry="energy"; what is
    left is added up, or refused where adding makes no sense.

    Example:

        both = jiju.open("both.h5")
        jiju.indicator(both, "output", by="industry").mean("replicate").to_pandas()
        jiju.indicator(both, "output", year=2013, industry="energy")
        jiju.indicator(both, "p(T1)").mean("replicate")        # the probability of a target
    """
    data = validation.results(data)
    if callable(what):
        return checked_shape(what(data), getattr(what, "__name__", "indicator"), by)
    met = re.fullmatch(r"p\((\w+)\)", what)
    key = met.group(1) if met else what
    if key in targets_of(data):
        return target_indicator(data, key, bool(met))
    if met or what not in over_time(data):
        known = [*over_time(data), *targets_of(data), *(f"p({key})" for key in targets_of(data))]
        raise UsageError(translated(
            "no indicator {what!r} in these results{nearest}",
            what=what, nearest=validation.nearest(what, known, translated("they have")),
        ))
    values = yearly(data[what])
    attrs = values.attrs
    values = validation.picked(validation.in_year(values, year), where)
    if by is not None and by not in values.dims:
        raise UsageError(translated(
            "{what} has no dimension {by!r}{nearest}",
            what=what, by=by, nearest=validation.nearest(by, values.dims, translated("it has")),
        ))
    rest = [dim for dim in values.dims if dim not in (*REPLICATES, by)]
    if rest and not adds_up(data[what]):
        raise UsageError(translated(
            "{what} cannot be added up over {map}; pick one, as {rest}=...",
            what=what, map=", ".join(map(str, rest)), rest=rest[0],
        ))
    # Sums of missing values are missing: a failed replicate has no total.
    return checked_shape(values.sum(rest, skipna=False).assign_attrs(attrs), what, by)


def targets_of(data: xr.Dataset) -> list[str]:
    return [str(key) for key in data["target"].values] if "target" in data.dims else []


def target_indicator(data: xr.Dataset, key: str, met: bool) -> xr.DataArray:
    validation.needed(data, ["target_met" if met else "target_value"], f"an indicator of {key}", "select it too")
    values = data["target_met" if met else "target_value"].sel(target=key)
    name, name_zh = key_names(data, "target")[key], key_names(data, "target", "zh")[key]
    attrs = {
        "long_name": f"Probability: {name}" if met else name,
        "long_name_zh": f"实现概率：{name_zh}" if met else name_zh,
        "units": "1" if met else target_unit(data, key),
    }
    return values.rename(f"p({key})" if met else key).assign_attrs(attrs)


def target_unit(data: xr.Dataset, key: str) -> str:
    unit = target_table(data)["unit"].get(key)
    return unit if isinstance(unit, str) else "1"


def margin(data: xr.Dataset, key: str) -> xr.DataArray:
    """By how much a target's value lies within what counts as meeting it; below zero where it does not."""
    # Only what is needed: to select from all variables of a file takes longer than all else.
    data = validation.results(data[[*MARGIN, *(name for name in (DRAW, "scenario_toml") if name in data.variables)]])
    value = checked_shape(data["target_value"].sel(target=key), key, None)
    row = data[["target_threshold", "target_upper", "target_comparison"]].sel(target=key)
    if "scenario" in row.dims:
        row = row.isel(scenario=0)
    threshold, upper = float(row["target_threshold"]), float(row["target_upper"])
    if str(row["target_comparison"].values) == "at_most":
        return threshold - value
    return value.copy(data=np.minimum(value - threshold, upper - value))


def checked_shape(values: xr.DataArray, name: str, by: str | None) -> xr.DataArray:
    wanted = (*REPLICATES, by) if by else REPLICATES
    if set(values.dims) != set(wanted):
        raise UsageError(translated(
            "{name} has dimensions {dims}, wanted are {wanted}",
            name=name, dims=values.dims, wanted=wanted,
        ))
    return values.transpose(*wanted)


def indicator_label(values: xr.DataArray, lang: Lang = "en") -> str:
    """Name of an indicator's values, for headings and axes."""
    return variable_name(values, lang)
