"""What replicates drew for the uncertain parameters, by draw and by replicate, however a results file keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from jiju.inputs.scenario_differences import median_of
from jiju.results.indicators import scenario_tables
from jiju.statistics.clusters import DRAW


def parameter_draws(data: xr.Dataset, scenario: str) -> pd.DataFrame:
    """A row a draw, a column a parameter that the scenario draws, by its path; none where nothing is drawn.

    Files keep parameters that all scenarios draw alike apart from those in which scenarios differ
    (docs/output_format.md).
    """
    if "draw" not in data.dims:
        return pd.DataFrame()
    parts = []
    if "parameter_value" in data.variables:
        parts.append(by_draw(data["parameter_value"], "parameter"))
    if "scenario_parameter_value" in data.variables:
        own = data["scenario_parameter_value"]
        own = own.sel(scenario=scenario) if "scenario" in own.dims else own
        parts.append(by_draw(own, "scenario_parameter").dropna(axis="columns", how="all"))
    return pd.concat(parts, axis="columns") if parts else pd.DataFrame()


def by_draw(values: xr.DataArray, dim: str) -> pd.DataFrame:
    rows = values.transpose("draw", dim)
    return pd.DataFrame(rows.values, index=rows["draw"].values, columns=[str(key) for key in rows[dim].values])


def draw_of_replicate(data: xr.Dataset) -> np.ndarray:
    """The number of each replicate's draw: its own where none are shared."""
    return np.asarray(data[DRAW].values if DRAW in data.coords else data["replicate"].values)


def value_by_replicate(data: xr.Dataset, scenario: str, path: str) -> np.ndarray | None:
    """A parameter of a scenario along replicates: as drawn, or the plain value; None where neither is known."""
    draws = parameter_draws(data, scenario)
    if path in draws.columns:
        return np.asarray(draws[path].reindex(draw_of_replicate(data)).to_numpy(float))
    value = plain_value(data, scenario, path)
    return None if value is None else np.full(data.sizes["replicate"], value)


def plain_value(data: xr.Dataset, scenario: str, path: str) -> float | None:
    """A number of a file's effective scenario; of an uncertain one its median."""
    if "scenario_toml" not in data:
        return None
    place: Any = scenario_tables(data)[[str(key) for key in data["scenario"].values].index(scenario)]
    for part in path.split("."):
        if not isinstance(place, Mapping) or part not in place:
            return None
        place = place[part]
    place = median_of(place)
    return float(place) if isinstance(place, int | float) else None
