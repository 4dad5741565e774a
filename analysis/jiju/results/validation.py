"""Every function that takes results checks them here: they are named and in one shape.

Selections are usual in xarray: `both.sel(scenario="plan")`, `both[["output"]]`, `plan.isel(replicate=0)`. What they
leave is brought back into the shape of a results file where that is possible. Where not, an error says what is
missing and which names come near.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any

import numpy as np
import xarray as xr

from jiju.errors import UsageError
from jiju.languages import translated
from jiju.statistics.clusters import DRAW

REPLICATES = ("scenario", "replicate")

# Dimensions that a selection of one key takes away, and that come back with a single key.
PROMOTED = ("scenario", "replicate", "target", "year", "time")


def results(
    data: Any, *, needs: Sequence[str] = REPLICATES, of: str = "these results", uses: Sequence[str] = ()
) -> xr.Dataset:
    """A results file as a dataset that has the dimensions in `needs`, with one draw number a replicate.

    Dimensions that were selected down to one key are there again, with that key. To bring one back reads the variables;
    `uses` names those that are looked at, the first before all, so that no others are read.
    """
    if isinstance(data, xr.DataArray):
        raise UsageError(translated(
            "wanted is the dataset of results, not one variable of it ({name}); name the variable",
            name=data.name,
        ))
    if not isinstance(data, xr.Dataset):
        raise UsageError(translated(
            "wanted is a dataset of results, as jiju.run or jiju.open gives, not {name}",
            name=type(data).__name__,
        ))
    lost = [dim for dim in PROMOTED if dim not in data.dims and dim in data.coords]
    if lost and uses and uses[0] in data.data_vars:
        data = data[[name for name in uses if name in data.data_vars]]
    for dim in lost:
        data = promoted(data, dim)
    for dim in needs:
        if dim not in data.dims:
            raise UsageError(
                translated("no dimension {dim!r} in {of}", dim=dim, of=of)
                + (
                    translated(
                        ", as if a mean or a sum had been taken over it; differences and intervals need each of them"
                    )
                    if dim in REPLICATES
                    else translated("; there are {listed}", listed=listed(map(str, data.dims)))
                )
            )
    if "replicate" in data.dims:
        if "replicate" not in data.coords:
            raise UsageError(translated(
                "no coordinate 'replicate' in {of}: nothing says which replicates belong together",
                of=of,
            ))
        numbers, counts = np.unique(data["replicate"].values, return_counts=True)
        if (counts > 1).any():
            raise UsageError(translated(
                "replicate {numbers} stands more than once in {of}",
                numbers=numbers[counts > 1][0], of=of,
            ))
    return with_draws(data)


def promoted(data: xr.Dataset, dim: str) -> xr.Dataset:
    """With a dimension of length one for what is a single key."""
    variables = {
        str(name): with_dim(each, dim) if belongs(str(name), each, dim) else each
        for name, each in data.variables.items()
        if name != dim
    }
    coords = [str(name) for name in data.coords if name != dim]
    key = xr.Variable((dim,), np.atleast_1d(data[dim].values), data[dim].attrs)
    return xr.Dataset({dim: key, **variables}, attrs=data.attrs).set_coords(coords)


def with_dim(variable: xr.Variable, dim: str) -> xr.Variable:
    return xr.Variable((dim, *variable.dims), variable.values[np.newaxis], variable.attrs, variable.encoding)


def belongs(name: str, variable: xr.Variable, dim: str) -> bool:
    """Whether a variable of a results file lies along a dimension that is gone; docs/output_format.md."""
    if {"observation", "failure", "draw", "parameter", "scenario_parameter"} & set(variable.dims):
        return False
    if name.startswith("factor"):
        return False
    if "bnds" in variable.dims:
        return name == f"{dim}_bnds"
    of_scenario = name.startswith("scenario_")
    match dim:
        case "scenario":
            return of_scenario or not is_name(name)
        case "replicate":
            each = not (of_scenario or {"statistic", "factor"} & set(variable.dims))
            return name == DRAW or (each and not is_name(name))
        case "target":
            return name.startswith("target_")
        case "time":
            return "time:" in methods(variable) or name in ("calendar_year", "quarter")
    return f"{dim}:" in methods(variable)


def is_name(name: str) -> bool:
    """Coordinates that tell keys rather than values."""
    keys = ("industry", "field", "cluster", "place", "tier", "origin", "lever", "recipient", "factor")
    seen = ("target_name", "target_name_zh", "target_unit", "target_threshold", "target_upper", "target_comparison",
            "target_judged", "lever_purse")  # fmt: skip
    axes = (*keys, *PROMOTED, "statistic", "calendar_year", "quarter", "bnds", DRAW)
    return name in axes or name in seen or any(name in (f"{key}_name", f"{key}_name_zh") for key in keys)


def methods(variable: xr.Variable) -> str:
    return str(variable.attrs.get("cell_methods", ""))


def with_draws(data: xr.Dataset) -> xr.Dataset:
    """With the draw of each replicate, which files say where draws are shared, also after it was dropped."""
    if DRAW in data.variables or "replicate" not in data.dims or "scenario_toml" not in data:
        return data
    # All scenarios of a run have the same number; to parse the whole text of one takes a while.
    seen = re.search(r"(?m)^\s*replicates_per_draw\s*=\s*(\d+)", str(data["scenario_toml"].values.reshape(-1)[0]))
    size = int(seen.group(1)) if seen else 1
    if size == 1:
        return data
    return data.assign_coords({DRAW: ("replicate", data["replicate"].values // size)})


def nearest(name: object, known: Iterable[object], there: str | None = None) -> str:
    """The rest of a sentence about a name that is not there."""
    names = [str(each) for each in known]
    close = get_close_matches(str(name), names, n=1)
    if close:
        return translated("; did you mean {close!r}?", close=close[0])
    return f"; {there or translated('there are')} {listed(names)}"


def listed(names: Iterable[str], most: int = 40) -> str:
    found = list(names)
    rest = translated(" and {value} more", value=len(found) - most) if len(found) > most else ""
    return (", ".join(found[:most]) or translated("none")) + rest


def variable(data: xr.Dataset, name: str, known: Iterable[str] | None = None) -> xr.DataArray:
    """A variable of results by name, of those in `known`, which are those over time."""
    there = [str(each) for each in data.data_vars] if known is None else list(known)
    if name in there:
        return data[name]
    if name in data.variables:
        raise UsageError(translated(
            "{name} has no values by year of each replicate; what has: {listed}",
            name=name, listed=listed(there),
        ))
    raise UsageError(translated(
        "no variable {name!r} in these results{nearest}",
        name=name, nearest=nearest(name, there, translated("they have")),
    ))


def needed(data: xr.Dataset, names: Iterable[str], what: str, how: str) -> None:
    """Refuses results without what a function reads, and says how to get it."""
    missing = [name for name in names if name not in data.variables]
    if missing:
        raise UsageError(translated(
            "{what} needs {listed}, which these results do not have; {how}",
            what=what, listed=listed(missing), how=how,
        ))


def dimension(data: xr.Dataset, dim: str) -> str:
    if dim not in data.dims:
        raise UsageError(translated(
            "no dimension {dim!r} in these results{nearest}",
            dim=dim, nearest=nearest(dim, data.dims, translated("they have")),
        ))
    return dim


def key(data: xr.Dataset | xr.DataArray, dim: str, wanted: object) -> object:
    """A key along a dimension."""
    if wanted not in data[dim].values:
        raise UsageError(translated(
            "no {dim} {wanted!r} in these results{nearest}",
            dim=dim, wanted=wanted, nearest=nearest(wanted, data[dim].values),
        ))
    return wanted


def picked(array: xr.DataArray, where: dict[str, str]) -> xr.DataArray:
    """One key of each dimension in `where`."""
    for dim, wanted in where.items():
        if dim not in array.dims:
            raise UsageError(translated(
                "{name} has no dimension {dim!r}{nearest}",
                name=array.name, dim=dim, nearest=nearest(dim, array.dims, translated("it has")),
            ))
        array = array.sel({dim: key(array, dim, wanted)})
    return array


def in_year(array: xr.DataArray, year: int | None) -> xr.DataArray:
    """The values of a year along the dimension `year`, the last one unless said otherwise."""
    years = [int(each) for each in array["year"].values]
    year = max(years) if year is None else year
    if year not in years:
        raise UsageError(translated(
            "no year {year} in these results; they have {listed}",
            year=year, listed=listed(map(str, years)),
        ))
    return array.sel(year=year)
