"""Results of separate runs on common axes: what one has alone along levers or clusters, the other has none of.

A lever that a scenario does not have costs nothing there, and a cluster that it does not have holds nothing. A target
is another matter: whether it would have been met is not in a file that was made without it. Simulated in one run,
scenarios have all targets of each other.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import xarray as xr

from jiju.languages import translated

NOTHING_ALONG = ("lever", "cluster")


def on_common_axes(arms: Sequence[xr.Dataset], names: Sequence[str]) -> tuple[list[xr.Dataset], list[str]]:
    """The arms with the same keys along levers, clusters and targets, and what must be said of it."""
    found = list(arms)
    for dim in NOTHING_ALONG:
        if all(dim in data.dims and dim in data.coords for data in found):
            found = with_all_keys(found, dim)
    return without_lone_targets(found, names)


def keys_along(data: xr.Dataset, dim: str) -> list[str]:
    return [str(key) for key in data[dim].values]


def with_all_keys(arms: list[xr.Dataset], dim: str) -> list[xr.Dataset]:
    """Zero along what an arm lacks; texts along the dimension are those of the first that has the key."""
    keys = list(dict.fromkeys(key for data in arms for key in keys_along(data, dim)))
    if all(keys_along(data, dim) == keys for data in arms):
        return arms
    texts: dict[str, dict[str, str]] = {}
    for data in arms:
        for name, variable in data.variables.items():
            if variable.dims == (dim,) and name != dim and variable.dtype.kind in "OUST":
                known = texts.setdefault(str(name), {})
                for key, text in zip(keys_along(data, dim), variable.values, strict=True):
                    known.setdefault(key, text)
    filled = []
    for data in arms:
        nothing = {name: "" if data[name].dtype.kind in "OUST" else 0 for name in data.variables}
        wider = data.reindex({dim: keys}, fill_value=nothing) if set(keys_along(data, dim)) != set(keys) else data
        for name, known in texts.items():
            if name in wider.variables and dim in wider[name].dims:
                values = np.array([known[key] for key in keys_along(wider, dim)], dtype=object)
                wider[name] = xr.Variable((dim,), values, data[name].attrs)
        filled.append(wider)
    return filled


def without_lone_targets(arms: list[xr.Dataset], names: Sequence[str]) -> tuple[list[xr.Dataset], list[str]]:
    if not all("target" in data.dims and "target" in data.coords for data in arms):
        return arms, []
    common = [key for key in keys_along(arms[0], "target") if all(key in keys_along(data, "target") for data in arms)]
    remarks = []
    for name, data in zip(names, arms, strict=True):
        lone = [key for key in keys_along(data, "target") if key not in common]
        if lone:
            remarks.append(translated(
                "{name} has targets that are not in all results ({lone}) and are not compared; scenarios that are "
                "simulated in one run are judged by all of them",
                name=name, lone=", ".join(lone),
            ))  # fmt: skip
    return [data if keys_along(data, "target") == common else data.sel(target=common) for data in arms], remarks
