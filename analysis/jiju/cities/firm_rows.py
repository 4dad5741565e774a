"""The rows of a table of firms as the engine reads them: `firms.csv` beside the scenario, named by its [population].

Money in the unit of the scenario, industries and places by its keys, nothing in a cell that is not known.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from jiju.cities.city_figures import City, keys_of
from jiju.cities.firm_table import MONEY, FirmTable
from jiju.languages import translated

FILE = "firms.csv"
COLUMNS = ("name", "industry", "place", "sales", "employees", "founded", "research", "capital", "patents",
           "group_sales", "exports_share", "listed", "weight")  # fmt: skip
LEAST_SALES = 1e-6  # units of money a year: the engine's bound
DIGITS = 10


def engine_rows(table: FirmTable, city: City) -> tuple[pd.DataFrame, list[str]]:
    """Rows of the city's industries in columns of COLUMNS, those that the table has, and what was changed in them.

    What contradicts itself is left to be drawn: R&D above sales, less than one worker, no capital.
    """
    firms = table.firms.copy()
    firms["industry"] = firms["industry"].map(keys_of(firms["industry"], "industry"))
    firms["place"] = firms["place"].map(keys_of(firms["place"], "place"))
    used = firms["industry"].isin(list(city.industries)) & (firms["sales"] >= LEAST_SALES)
    notes = []
    if not used.all():
        notes.append(translated(
            "{count} rows are left out: too small, or of an industry all below the threshold", count=int((~used).sum())
        ))  # fmt: skip
    firms = firms[used]
    known = firms.reindex(columns=["employees", "research", "capital"]).astype(float)
    unsure = {
        "employees": known["employees"] < 1,
        "research": known["research"] > firms["sales"],
        "capital": known["capital"] < 1e-6,
    }
    for column, wrong in unsure.items():
        if column in firms and wrong.any():
            notes.append(translated(
                "{column}: {count} cannot be, and are drawn instead", column=column, count=int(wrong.sum())
            ))  # fmt: skip
            firms.loc[wrong, column] = np.nan
    if "group_sales" in firms:
        firms["group_sales"] = firms["group_sales"].where(
            firms["group_sales"].isna() | (firms["group_sales"] > firms["sales"]), firms["sales"]
        )
    firms["name"] = names_of(firms, city.asked.with_names)
    for column in MONEY:
        if column in firms:
            firms[column] = [float(f"{value:.{DIGITS}g}") for value in firms[column]]
    if "listed" in firms:
        firms["listed"] = np.where(firms["listed"], "yes", "no")
    if (firms["weight"] == 1).all():
        firms = firms.drop(columns="weight")
    return firms[[column for column in COLUMNS if column in firms]], notes


def names_of(firms: pd.DataFrame, with_names: bool) -> pd.Series[str]:
    """As the table has them where that is asked for, a second of the same with its row; else the row alone."""
    rows = "row " + firms["row"].astype(str)
    if not with_names or "name" not in firms:
        return rows
    names = firms["name"].fillna(rows).astype(str)
    return names.where(~firms.assign(name=names).duplicated(["name", "industry", "place"]), names + " (" + rows + ")")


def text_of(rows: pd.DataFrame) -> str:
    """As CSV; whole numbers without a point."""
    shown = rows.copy()
    for column in shown.columns:
        if pd.api.types.is_float_dtype(shown[column]):
            shown[column] = ["" if pd.isna(value) else f"{value:.{DIGITS}g}" for value in shown[column]]
    return shown.to_csv(index=False, lineterminator="\n")
