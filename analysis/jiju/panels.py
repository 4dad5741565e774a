"""Firm panels of a results file as the annual surveys see them: one row a firm and year, at the year's end."""

from __future__ import annotations

import numpy as np
import pandas as pd
import xarray as xr

from jiju.errors import UsageError

# Columns of the panel that a firm-year needs; the names are those of the results file without "firm_".
STATES = ["industry", "place", "cluster", "born", "origin", "tier", "capital", "labour", "year_sales", "last_sales",
          "year_investment", "intensity", "high_tech", "patents", "efficiency", "transitory", "debt", "talents",
          "teams", "listed", "guaranteed", "support", "treated"]  # fmt: skip
RATES = ["output", "output_value", "research"]  # a year's mean
FLOWS = ["value_added"]  # a year's sum


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


def _keys(dataset: xr.Dataset) -> pd.DataFrame:
    if "firm_id" not in dataset or dataset.sizes.get("observation", 0) == 0:
        raise NoPanels
    return pd.DataFrame(
        {
            "scenario": dataset["panel_scenario"].values.astype(int),
            "replicate": dataset["panel_replicate"].values.astype(int),
            "step": dataset["firm_step"].values.astype(int),
            "id": dataset["firm_id"].values.astype(np.int64),
        }
    )


def _column(dataset: xr.Dataset, name: str, rows: slice) -> np.ndarray:
    if f"firm_{name}" not in dataset:
        raise NoPanels(f"with the column firm_{name}")
    return dataset[f"firm_{name}"].isel(observation=rows).values


def _prices(dataset: xr.Dataset, row: int) -> np.ndarray:
    """Prices of the replicate that a row belongs to, by step and industry."""
    scenario = int(dataset["panel_scenario"].values[row])
    replicate = int(dataset["panel_replicate"].values[row])
    return dataset["price"].isel(scenario=scenario).sel(replicate=replicate).values


def replicates(dataset: xr.Dataset, scenario: str) -> list[tuple[int, slice]]:
    """The replicates of a scenario whose firms are kept, each with its rows, which the file holds together."""
    names = [str(name) for name in dataset["scenario"].values]
    if scenario not in names:
        raise NoScenario(f"no scenario {scenario} in the file; it has {', '.join(names)}")
    keys = _keys(dataset)
    mine = np.flatnonzero((keys["scenario"] == names.index(scenario)).to_numpy())
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
    step = _column(dataset, "step", rows).astype(int)
    step -= int(dataset["firm_step"].values.min())
    year = dataset["calendar_year"].values[step].astype(int)
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
