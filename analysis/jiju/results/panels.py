"""Firm panels of a results file as the annual surveys see them: one row a firm and year, at the year's end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from jiju.errors import UsageError
from jiju.inputs.tables import panel as described_panel
from jiju.languages import translated
from jiju.results import validation
from jiju.results.indicators import scenario_tables

# Columns of the panel that a firm-year needs; the names are those of the results file without "firm_".
STATES = ["industry", "place", "cluster", "born", "origin", "tier", "capital", "labour", "year_sales", "last_sales",
          "year_investment", "intensity", "relabelled", "high_tech", "patents", "efficiency", "transitory", "debt",
          "talents", "teams", "listed", "guaranteed", "support", "treated", "measurement_error"]  # fmt: skip
PARTS_OF_YEAR = {"half": 2, "quarter": 4, "month": 12}
PART_NAMES = {*(f"panel_{part}" for part in PARTS_OF_YEAR), "panel_part"}
RATES = ["output", "output_value", "research"]  # a year's mean
FLOWS = ["value_added", "surplus", "interest", "wages", "investment", "refunds"]  # a year's sum
OPENING = ["opening_capital"]  # of the first step of the year
# Columns that a firm-year has where they are asked for, by the same rules; all others are those of the year's end.
MORE_RATES = ["demand", "sales", "opened"]
MORE_FLOWS = ["tax", "grants", "equity", "borrowed", "land_cost", "payout", "completed"]
MORE_OPENING = ["opening_cash", "opening_debt"]
MADE = {  # what a firm-year has beside columns of the panel: unit, as descriptions say it, and meaning
    "year": ("1", "Calendar year"),
    "quarters": ("1", "How many quarters of the year the firm lived"),
    "output_value": ("money/year", "Output at current prices"),
    "new_patents": ("1", "Patents of the year, unknown in the first"),
}


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
        raise NoScenario(translated(
            "no scenario {scenario!r} in these results{nearest}",
            scenario=scenario, nearest=validation.nearest(scenario, names, translated("they have")),
        ))
    known = meanings(dataset["panel_scenario"])
    if scenario in known:
        return known[scenario]
    if int(dataset["panel_scenario"].max()) >= len(names):
        raise UsageError(
            translated(
                "these results keep the firms of more scenarios than they list, as after a selection of scenarios, "
                "and firms go by the place of their scenario in the whole file: give the whole file, and name the "
                "scenario"
            )
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
            translated(
                "these results keep firms along more of the dimension {dim!r} than they list, as after a selection; "
                "give the whole file",
                dim=dim,
            )
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
    as such, and the year and its quarter. Columns are called as in the results file, without "panel_" and "firm_".

    Example:

        firms = jiju.firms(jiju.open("firms.h5"))
        ends = firms[firms.quarter == 4]                       # states at the end of each year
        ends.groupby(["scenario", "year"], observed=True).year_sales.mean()
    """
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


# Columns of codes, which formulas see as keys.
CODES = ("industry", "place", "cluster", "field", "origin", "tier", "centre")


def with_keys(table: pd.DataFrame, dataset: xr.Dataset) -> pd.DataFrame:
    """Firm-years with keys in place of codes, where the results tell them."""
    told = {}
    for name in [name for name in CODES if name in table]:
        if f"firm_{name}" in dataset and (keys := keys_of(dataset, name)):
            told[name] = np.array(keys, dtype=object)[table[name].to_numpy(int)]
    return table.assign(**told)


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
        raise NoPanels(translated("with the column firm_{name}", name=name))
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
        raise NoPanels(translated("of the scenario {scenario}", scenario=scenario))
    number = keys["replicate"].to_numpy()[mine]
    starts = np.flatnonzero(np.diff(number, prepend=number[0] - 1))
    ends = np.append(starts[1:], mine.size)
    return [(int(number[a]), slice(int(mine[a]), int(mine[b - 1]) + 1)) for a, b in zip(starts, ends, strict=True)]


def columns() -> list[str]:
    """The names that formulas over firm-years may use, as `jiju describe panel` tells them, without "firm_"."""
    names = [name for name in described_panel().index if name.startswith("firm_")]
    return [*MADE, *(name.removeprefix("firm_") for name in names)]


def firm_years(dataset: xr.Dataset, rows: slice, also: Sequence[str] = ()) -> pd.DataFrame:
    """One replicate's firms, year by year, with the usual columns and those in `also`.

    Who is gone at the end of a year is not in that year. `quarters` is how much of the year the firm lived;
    `output_value` is output at current prices; `opening_capital` is of the first step it lived in; `new_patents` are
    the year's, unknown in the first.
    """
    step = steps_of(dataset)[rows]
    if step.max() >= dataset.sizes["time"]:
        raise UsageError(translated(
            "these results keep firms at more times than they list; give the whole file, all its times"
        ))
    year = dataset["panel_year"].values[rows].astype(int)
    steps_a_year = int(np.unique(dataset["calendar_year"].values, return_counts=True)[1][0])
    usual = [*STATES, *RATES, *FLOWS, *OPENING, *MADE, "id"]
    more = [name for name in dict.fromkeys(also) if name not in usual]
    rates, flows, opening = (
        [*known, *(name for name in more if name in others)]
        for known, others in ((RATES, MORE_RATES), (FLOWS, MORE_FLOWS), (OPENING, MORE_OPENING))
    )
    states = [*STATES, *(name for name in more if name not in (*rates, *flows, *opening))]
    kept = {"id": _column(dataset, "id", rows).astype(np.int64), "year": year, "step": step}
    kept |= {
        name: _column(dataset, name, rows)
        for name in [*states, *rates, *flows, *opening]
        if name != "output_value"
    }
    frame = pd.DataFrame(kept)
    frame["output_value"] = frame["output"] * _prices(dataset, rows.start)[step, frame["industry"].astype(int)]
    frame = frame.sort_values(["id", "step"], kind="stable")
    groups = frame.groupby(["id", "year"], sort=True)
    last = groups.tail(1).set_index(["id", "year"])
    table: pd.DataFrame = last[states].copy()
    table["quarters"] = groups.size() * 4 // steps_a_year
    for name in rates:
        table[name] = groups[name].mean()
    for name in flows:
        table[name] = groups[name].sum()
    for name in opening:
        table[name] = groups[name].first()
    table = table.loc[last["step"].to_numpy() % steps_a_year == steps_a_year - 1].reset_index()
    before = table.groupby("id")["patents"].shift()
    newborn = table["born"] >= table["year"]
    table["new_patents"] = table["patents"] - before.where(before.notna(), np.where(newborn, 0.0, np.nan))
    return table
