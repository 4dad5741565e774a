"""Firm panels of a results file as the annual surveys see them: one row a firm and year, at the year's end."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from jiju import validation
from jiju.errors import UsageError
from jiju.indicators import scenario_tables

# Columns of the panel that a firm-year needs; the names are those of the results file without "firm_".
STATES = ["industry", "place", "cluster", "born", "origin", "tier", "capital", "labour", "year_sales", "last_sales",
          "year_investment", "intensity", "high_tech", "patents", "efficiency", "transitory", "debt", "talents",
          "teams", "listed", "guaranteed", "support", "treated", "measurement_error"]  # fmt: skip
PARTS_OF_YEAR = {"half": 2, "quarter": 4, "month": 12}
PART_NAMES = {*(f"panel_{part}" for part in PARTS_OF_YEAR), "panel_part"}
RATES = ["output", "output_value", "research"]  # a year's mean
FLOWS = ["value_added", "surplus", "interest", "wages", "investment", "refunds"]  # a year's sum


class NoPanels(UsageError):
    """The file keeps no firms one by one."""

    def __init__(self, why: str = ""):
        super().__init__(
            "the results file keeps no firms one by one"
            + (f" {why}" if why else "")
            + "; run the scenario again with --record firms and, say, --panels 40"
        )


class NoScenario(UsageError):
    """The file has no scenario of that name."""


def meanings(array: xr.DataArray | xr.Variable) -> dict[str, int]:
    """The keys that a column of numbers tells of itself."""
    words = str(array.attrs.get("flag_meanings", "")).split()
    numbers = np.atleast_1d(array.attrs.get("flag_values", []))
    return dict(zip(words, numbers.astype(int).tolist(), strict=False))


def scenario_number(dataset: xr.Dataset, scenario: str) -> int:
    """How the panel numbers a scenario: by its place in the whole file, which a selection of scenarios loses."""
    if "panel_scenario" not in dataset.variables or dataset["panel_scenario"].size == 0:
        raise NoPanels
    names = [str(name) for name in np.atleast_1d(dataset["scenario"].values)]
    if scenario not in names:
        raise NoScenario(f"no scenario {scenario!r} in these results{validation.nearest(scenario, names, 'they have')}")
    known = meanings(dataset["panel_scenario"])
    if scenario in known:
        return known[scenario]
    if int(dataset["panel_scenario"].max()) >= len(names):
        raise UsageError(
            "these results keep the firms of more scenarios than they list, as after a selection of scenarios, and "
            "firms go by the place of their scenario in the whole file: give the whole file, and name the scenario"
        )
    return names.index(scenario)


def keys_of(dataset: xr.Dataset, dim: str) -> list[str]:
    """The keys that the panel's numbers along a dimension stand for, whatever the order of the dimension is now."""
    known = meanings(dataset[f"firm_{dim}"])
    if known:
        return sorted(known, key=lambda key: known[key])
    keys = [str(key) for key in np.atleast_1d(dataset[dim].values)] if dim in dataset.coords else []
    seen = dim == "industry" and "scenario_toml" in dataset
    whole = list(scenario_tables(dataset)[0].get("industries", {})) if seen else []
    if whole and set(keys) <= set(whole):
        return whole
    if keys and int(dataset[f"firm_{dim}"].max()) >= len(keys):
        raise UsageError(
            f"these results keep firms along more of the dimension {dim!r} than they list, as after a selection; give "
            "the whole file"
        )
    return keys


def steps_of(dataset: xr.Dataset) -> np.ndarray:
    """The step of each observation, counted from the panel's first."""
    years = dataset["panel_year"].values.astype(int)
    [part] = [str(name) for name in dataset.variables if str(name) in PART_NAMES]
    parts = dataset[part].values.astype(int)
    in_year = PARTS_OF_YEAR.get(part.removeprefix("panel_"), int(parts.max(initial=1)))
    steps: np.ndarray = years * in_year + parts
    return steps - (int(steps.min()) if steps.size else 0)


def firms(dataset: xr.Dataset) -> pd.DataFrame:
    """The panel of firms as a frame: a row a firm and step, with keys in place of codes (as categories), whole numbers
    as such, and the year and its quarter. Columns are called as in the results file, without "panel_" and "firm_"."""
    if dataset.sizes.get("observation", 0) == 0:
        raise NoPanels
    columns: dict[str, Any] = {}
    for name, array in dataset.variables.items():
        if array.dims != ("observation",):
            continue
        known = meanings(array)
        column = str(name).removeprefix("panel_").removeprefix("firm_")
        if not known:
            columns[column] = array.values
            continue
        places = {number: place for place, number in enumerate(known.values())}
        codes = np.array([places.get(int(value), -1) for value in array.values])
        columns[column] = pd.Categorical.from_codes(codes, categories=pd.Index(list(known)))
    return pd.DataFrame(columns)


def _keys(dataset: xr.Dataset) -> pd.DataFrame:
    if any(name not in dataset for name in ("firm_id", "panel_year", "panel_scenario", "panel_replicate")) or (
        dataset.sizes.get("observation", 0) == 0
    ):
        raise NoPanels
    return pd.DataFrame(
        {
            "scenario": dataset["panel_scenario"].values.astype(int),
            "replicate": dataset["panel_replicate"].values.astype(int),
            "step": steps_of(dataset),
            "id": dataset["firm_id"].values.astype(np.int64),
        }
    )


def _column(dataset: xr.Dataset, name: str, rows: slice) -> np.ndarray:
    if f"firm_{name}" not in dataset:
        raise NoPanels(f"with the column firm_{name}")
    return dataset[f"firm_{name}"].isel(observation=rows).values


def _prices(dataset: xr.Dataset, row: int) -> np.ndarray:
    """Prices of the replicate that a row belongs to, by step and industry."""
    number = int(dataset["panel_scenario"].values[row])
    replicate = int(dataset["panel_replicate"].values[row])
    names = [str(name) for name in dataset["scenario"].values]
    place = next(place for place, name in enumerate(names) if scenario_number(dataset, name) == number)
    price = dataset["price"].isel(scenario=place).sel(replicate=replicate)
    return by_number(price, dataset).transpose("time", "industry").values


def by_number(array: xr.DataArray, dataset: xr.Dataset) -> xr.DataArray:
    """Along industries as the panel numbers them."""
    keys = keys_of(dataset, "industry")
    return array.reindex(industry=keys) if keys else array


def replicates(dataset: xr.Dataset, scenario: str) -> list[tuple[int, slice]]:
    """The replicates of a scenario whose firms are kept, each with its rows, which the file holds together."""
    place = scenario_number(dataset, scenario)
    keys = _keys(dataset)
    there = keys["replicate"].isin(dataset["replicate"].values)
    mine = np.flatnonzero(((keys["scenario"] == place) & there).to_numpy())
    if mine.size == 0:
        raise NoPanels(f"of the scenario {scenario}")
    number = keys["replicate"].to_numpy()[mine]
    starts = np.flatnonzero(np.diff(number, prepend=number[0] - 1))
    ends = np.append(starts[1:], mine.size)
    return [(int(number[a]), slice(int(mine[a]), int(mine[b - 1]) + 1)) for a, b in zip(starts, ends, strict=True)]


def firm_years(dataset: xr.Dataset, rows: slice) -> pd.DataFrame:
    """One replicate's firms, year by year.

    Who is gone at the end of a year is not in that year. `quarters` is how much of the year the firm lived;
    `output_value` is output at current prices; `opening_capital` is of the first step it lived in; `new_patents` are
    the year's, unknown in the first.
    """
    step = steps_of(dataset)[rows]
    if step.max() >= dataset.sizes["time"]:
        raise UsageError("these results keep firms at more times than they list; give the whole file, all its times")
    year = dataset["panel_year"].values[rows].astype(int)
    steps_a_year = int(np.unique(dataset["calendar_year"].values, return_counts=True)[1][0])
    frame = pd.DataFrame({"id": _column(dataset, "id", rows).astype(np.int64), "year": year, "step": step})
    for name in [*STATES, "output", "research", *FLOWS, "opening_capital"]:
        frame[name] = _column(dataset, name, rows)
    frame["output_value"] = frame["output"] * _prices(dataset, rows.start)[step, frame["industry"].astype(int)]
    frame = frame.sort_values(["id", "step"], kind="stable")
    groups = frame.groupby(["id", "year"], sort=True)
    last = groups.tail(1).set_index(["id", "year"])
    table: pd.DataFrame = last[STATES].copy()
    table["quarters"] = groups.size() * 4 // steps_a_year
    for name in RATES:
        table[name] = groups[name].mean()
    for name in FLOWS:
        table[name] = groups[name].sum()
    table["opening_capital"] = groups["opening_capital"].first()
    table = table.loc[last["step"].to_numpy() % steps_a_year == steps_a_year - 1].reset_index()
    before = table.groupby("id")["patents"].shift()
    newborn = table["born"] >= table["year"]
    table["new_patents"] = table["patents"] - before.where(before.notna(), np.where(newborn, 0.0, np.nan))
    return table
