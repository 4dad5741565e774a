"""The panel of firms as a table that other programs read: keys and names, whole years, treatments one column each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
import xarray as xr

from jiju.evidence.trials import WITH_LOTS, lots_of
from jiju.exports.export_tables import Column, Form, Table, known_columns, named
from jiju.labels import axis_name, key_names, unit_name, variable_name
from jiju.results.indicators import scenario_tables
from jiju.results.panels import CODES, NoPanels, firms, scenario_number

LOTS = ("drawn by lot", "抽签抽中")
TREATED = ("treated", "受处理")


def firm_rows(data: xr.Dataset, form: Form, scenario: Sequence[str] | None, years: Sequence[int] | None) -> Table:
    """A row a firm and step of the scenarios and years that are asked for; NoPanels where the file keeps no firms."""
    if data.sizes.get("observation", 0) == 0:
        raise NoPanels
    kept = np.ones(data.sizes["observation"], bool)
    if scenario is not None:
        kept &= np.isin(data["panel_scenario"].values, [scenario_number(data, key) for key in scenario])
    if years is not None:
        kept &= np.isin(data["panel_year"].values, years)
    rows = np.flatnonzero(kept)
    treatments = meanings_of_bits(data)
    columns = [*described_columns(data, form), *bit_columns(data, form, treatments), *known_columns(form)]

    def build() -> pd.DataFrame:
        chosen = data.isel(observation=rows)
        return readable(firms(chosen), data, form, treatments)

    return Table("firms", form.word(("Firms", "企业")), len(rows), build, columns)


def meanings_of_bits(data: xr.Dataset) -> dict[str, list[str]]:
    """The keys of the bits of `treated`, and of those of `drawn` by scenario, in their order."""
    found = {}
    if "firm_treated" in data:
        found["treated"] = str(data["firm_treated"].attrs.get("flag_meanings", "")).split()
    if "firm_drawn" in data and "scenario_toml" in data:
        keys = [str(key) for key in data["scenario"].values]
        found |= {f"drawn {key}": lots_of(table) for key, table in zip(keys, scenario_tables(data), strict=True)}
    return found


def described_columns(data: xr.Dataset, form: Form) -> Iterator[Column]:
    for name, array in data.variables.items():
        if array.dims != ("observation",):
            continue
        column = str(name).removeprefix("panel_").removeprefix("firm_")
        text = variable_name(data[name], form.lang)
        yield Column(column, text, unit_name(str(array.attrs.get("units", "1")), form.lang),
                     str(array.attrs.get("source", "")))  # fmt: skip
        if column in CODES and column in data.dims:
            yield Column(f"{column}_name", axis_name(data, column, form.lang))


def bit_columns(data: xr.Dataset, form: Form, treatments: dict[str, list[str]]) -> Iterator[Column]:
    by = levers_of_components(data, form)
    for what, keys in treatments.items():
        which, word = ("treated", form.word(TREATED)) if what == "treated" else ("drawn", form.word(LOTS))
        yield from (Column(f"{which}_{key}", f"{word}: {by.get(key, key)}") for key in keys)


def levers_of_components(data: xr.Dataset, form: Form) -> dict[str, str]:
    """Of each component its key and the name of its lever."""
    found: dict[str, str] = {}
    names = key_names(data, "lever", form.lang) if "lever" in data.dims else {}
    for tables in scenario_tables(data) if "scenario_toml" in data else []:
        for mechanism in WITH_LOTS:
            for key, row in tables.get(mechanism, {}).items():
                found[key] = f"{key} ({names.get(row['lever'], row['lever'])})"
    return found


def readable(frame: pd.DataFrame, data: xr.Dataset, form: Form, treatments: dict[str, list[str]]) -> pd.DataFrame:
    """With names beside keys and a column of 0 and 1 for each treatment, in place of bits."""
    columns: dict[str, object] = {}
    names = {"scenario": key_names(data, "scenario", form.lang)}
    names |= {dim: key_names(data, dim, form.lang) for dim in CODES if dim in data.dims and dim in frame}
    for name, values in frame.items():
        if name == "treated":
            columns |= bits(values.to_numpy(), {f"treated_{key}": place for place, key in enumerate(treatments[name])})
        elif name == "drawn":
            columns |= lots(values.to_numpy(), frame["scenario"].astype(str).to_numpy(), treatments)
        else:
            columns[str(name)] = values
            if name in names and isinstance(values.dtype, pd.CategoricalDtype):
                known = {str(key): names[str(name)].get(str(key), str(key)) for key in values.cat.categories}
                columns[f"{name}_name"] = named(values.cat.codes.to_numpy(), known)
    return pd.DataFrame(columns)


def bits(numbers: np.ndarray, places: dict[str, int]) -> dict[str, np.ndarray]:
    return {name: ((numbers >> place) & 1).astype(np.int8) for name, place in places.items()}


def lots(numbers: np.ndarray, scenario: np.ndarray, treatments: dict[str, list[str]]) -> dict[str, np.ndarray]:
    """Whether a firm may be reached by a component with a lot; scenarios may have others, in another order."""
    found: dict[str, np.ndarray] = {}
    for what, keys in treatments.items():
        if not what.startswith("drawn "):
            continue
        mine = scenario == what.removeprefix("drawn ")
        for place, key in enumerate(keys):
            column = found.setdefault(f"drawn_{key}", np.zeros(len(numbers), np.int8))
            column[mine] = (numbers[mine] >> place) & 1
    return found
