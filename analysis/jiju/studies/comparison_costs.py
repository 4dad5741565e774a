"""The part of a comparison that tells costs and gains of all years, and how it is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd
import xarray as xr

from jiju.labels import unit_name, variable_name
from jiju.languages import Lang
from jiju.printing import text_tables
from jiju.studies.appraisal import NAMES, Appraisal, accounts, has_books
from jiju.studies.return_tables import RATIO_NAMES, entry, name_of
from jiju.studies.returns import returns_of

# As rows of a table: what each account is made of, then what it buys.
ACCOUNTS = ("budget", "forgone", "loans", "administration", "public_cost", "services", "land", "plant_use", "research",
            "excess_burden", "social_cost", "value_added_gross", "value_added", "value_added_end", "jobs", "revenue",
            "net_value")  # fmt: skip


@dataclass(frozen=True)
class Costs:
    """Accounts of the base and of the others, valued as the base's scenario says; none where results do not tell.

    `difference` is that of two arrays, as the comparison makes it.
    """

    compared: xr.Dataset
    others: dict[str, xr.Dataset]
    difference: Callable[[xr.DataArray, xr.DataArray], xr.Dataset]
    confidence: float
    paired: bool
    lang: Lang

    @cached_property
    def told(self) -> bool:
        return all(has_books(data) for data in (self.compared, *self.others.values()))

    @cached_property
    def valued(self) -> Appraisal:
        return Appraisal.of(self.compared)

    @cached_property
    def arms(self) -> dict[str, xr.Dataset]:
        return {name: accounts(data, self.valued).isel(scenario=0, drop=True) for name, data in self.others.items()}

    @cached_property
    def base(self) -> xr.Dataset:
        return accounts(self.compared, self.valued).isel(scenario=0, drop=True)

    def accounts(self) -> pd.DataFrame:
        """One row an account of appraisal.NAMES: base, other, difference with its interval."""
        rows = []
        for scenario, other in self.arms.items() if self.told else ():
            for name in NAMES:
                found = self.difference(self.base[name], other[name])
                front = {"scenario": scenario, "account": name, "name": variable_name(self.base[name]),
                         "name_zh": variable_name(self.base[name], "zh"),
                         "unit": str(self.base[name].attrs["units"])}  # fmt: skip
                rows.append(front | {str(key): value.item() for key, value in found.items()})
        return pd.DataFrame(rows)

    def returns(self) -> pd.DataFrame:
        """One row a scenario: ratios and net present value as `returns.returns_of` tells them, of paired results."""
        if not (self.told and self.paired):
            return pd.DataFrame()
        return pd.DataFrame(
            [{"scenario": name, **returns_of(self.base, other, self.confidence)} for name, other in self.arms.items()]
        )

    def view(self) -> pd.DataFrame:
        """Both as one table, in the order of the books."""
        lang = self.lang
        money = str(self.base["public_cost"].attrs["units"])
        frame = self.accounts()
        parts = [part.set_index("account").loc[list(ACCOUNTS)] for _, part in frame.groupby("scenario", sort=False)]
        shown = pd.concat(parts).reset_index()
        ends = zip(shown["low"], shown["high"], strict=True)
        levels = shown["account"] != "net_value"  # which means something as a difference alone
        table = pd.DataFrame(
            {
                "scenario": shown["scenario"],
                "indicator": [name_of(key, money, lang) for key in shown["account"]],
                "unit": [unit_name(unit, lang) for unit in shown["unit"]],
                "base": shown["base"].map(text_tables.number).where(levels, "–"),
                "other": shown["other"].map(text_tables.number).where(levels, "–"),
                "difference": shown["difference"].map(text_tables.signed),
                "interval": [text_tables.interval(low, high) for low, high in ends],
            }
        )
        ratios = [
            {"scenario": row["scenario"], "indicator": name_of(key, money, lang), "unit": "", "base": "–", "other": "–",
             "difference": number, "interval": f"[{rest}" if rest else "–"}
            for row in self.returns().to_dict("records")
            for key in RATIO_NAMES
            for number, _, rest in [entry(row, key).partition(" [")]
        ]  # fmt: skip
        return pd.concat([table, pd.DataFrame(ratios)], ignore_index=True)
