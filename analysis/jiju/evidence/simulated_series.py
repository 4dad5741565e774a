"""One series of the results, as observations are held against it: a variable, or a target's indicator, by year and
replicate, as level or as growth on the year before, with what is known of the year before the start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import xarray as xr

from jiju.labels import key_names, variable_name
from jiju.languages import Lang, translated
from jiju.results import validation
from jiju.results.indicators import adds_up, filter_of, is_level, over_time, target_table, targets_of, yearly
from jiju.results.parameter_draws import plain_value, value_by_replicate
from jiju.results.validation import REPLICATES, listed, nearest

# Sales over output, which the scenario draws: the year before the start is known by its sales.
SALES_RATIO = "parameters.production.sales_ratio"
ALL_SALES = "scenario.base_all_industry_sales"

# Of these variables the results hold the year before the start, summed over all dimensions but those named.
BASE = {"sales": "base_sales", "output": "base_sales", "investment": "base_investment", "firms": "base_firms"}
# These are measured against that year.
INDICES = ("price", "field_price")
ALL_INDUSTRY = ("all_industry_output", "rest_output")


class SeriesError(ValueError):
    """What is asked of the results is not there; `column` is the column of the table that asks for it."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column = column


@dataclass(frozen=True, eq=False)
class Series:
    """A variable over time of results, at one key of some dimensions and summed over the others.

    `target` is the key of the target whose indicator it is, where a target was named in place of a variable.
    """

    data: xr.Dataset
    variable: str
    where: Mapping[str, str]
    growth: bool = False
    target: str | None = None
    # What was read of each scenario: a file may be large, and every table and picture asks again.
    read: dict[str, dict[int, np.ndarray]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, data: xr.Dataset, name: str, where: Mapping[str, str], *, growth: bool = False) -> Series:
        """SeriesError where the results have no such series."""
        if not name:
            raise SeriesError("variable", translated(
                "empty; wanted is an output, as 'jiju describe outputs' names them"
            ))
        known, targets = over_time(data), targets_of(data)
        if name in targets and "target_path" in known:
            series = cls(data, "target_path", {**where, "target": name}, growth, name)
        elif name in known:
            series = cls(data, name, dict(where), growth, where.get("target") if name == "target_path" else None)
        else:
            near = nearest(name, [*known, *targets], translated("these results have"))
            raise SeriesError("variable", translated("no variable {name!r}{near}", name=name, near=near))
        dims = [str(dim) for dim in data[series.variable].dims if dim not in (*REPLICATES, "year", "time")]
        for dim, key in series.where.items():
            if dim not in dims:
                raise SeriesError(dim, translated(
                    "{name} has no dimension {dim!r}, which is to be {key!r}; leave the cell empty",
                    name=name, dim=dim, key=key,
                ))
            keys = [str(each) for each in data[dim].values]
            if key not in keys:
                raise SeriesError(dim, translated(
                    "no {dim} {key!r} in these results{nearest}",
                    dim=dim, key=key, nearest=nearest(key, keys),
                ))
        rest = [dim for dim in dims if dim not in series.where]
        if rest and (not adds_up(data[series.variable]) or "target" in rest):
            raise SeriesError(
                rest[0], translated(
                    "{name} cannot be added up over {rest}; name one {rest_2} in a column {rest_2!r}",
                    name=name, rest=", ".join(rest), rest_2=rest[0],
                )
            )
        return series

    @property
    def key(self) -> tuple[object, ...]:
        return self.variable, tuple(sorted(self.where.items())), self.growth

    @property
    def key_text(self) -> str:
        """As a table names it."""
        where = [f"{dim} {key}" for dim, key in self.where.items() if dim != "target" or self.target is None]
        return ", ".join([self.target or self.variable, *where, *(["growth"] if self.growth else [])])

    @property
    def array(self) -> xr.DataArray:
        return self.data[self.variable]

    @property
    def unit(self) -> str:
        """Of its values; a growth is a pure number."""
        return "1" if self.growth else self.unit_of_level

    @property
    def unit_of_level(self) -> str:
        if self.target is None:
            return str(self.array.attrs.get("units", "1"))
        unit = target_table(self.data)["unit"].get(self.target)
        return unit if isinstance(unit, str) else "1"

    def name(self, lang: Lang = "en") -> str:
        """What it is called, with the names of the keys it is of."""
        if self.target is not None:
            return f"{self.target} {key_names(self.data, 'target', lang)[self.target]}"
        keys = [key_names(self.data, dim, lang)[key] for dim, key in self.where.items()]
        return ("：" if lang == "zh" else ": ").join([variable_name(self.array, lang), *keys])

    @cached_property
    def subject(self) -> Series:
        """The variable behind a target, where it counts the level of one; else itself."""
        if self.target is None:
            return self
        row = target_table(self.data).loc[self.target]
        if row["output"] not in over_time(self.data) or not is_level(row.to_dict()):
            return self
        variable = str(row["output"])
        where = filter_of(row.to_dict())
        # Of a place or a field there is a table of its own.
        for name in (variable, *(f"{dim}_{variable}" for dim in where)):
            if name in over_time(self.data) and set(where) <= set(map(str, self.data[name].dims)):
                return Series(self.data, name, where, self.growth)
        return self

    @property
    def years(self) -> list[int]:
        """Those simulated."""
        coordinate = "year" if "year" in self.array.dims else "calendar_year"
        return sorted({int(year) for year in self.data[coordinate].values})

    @property
    def base_year(self) -> int:
        """The year before the start, where the simulation stands on data."""
        return int(self.data.attrs.get("base_year", self.years[0] - 1))

    def check(self, year: int) -> None:
        """SeriesError where the growth of a simulated year has no year before it."""
        if not self.growth or year not in self.years or year - 1 in self.years:
            return
        reason = self.why_no_base() if year - 1 == self.base_year else translated(
            "which these results do not have"
        )
        if reason:
            what = self.key_text.removesuffix(", growth")
            raise SeriesError("measure", translated(
                "growth of {what} in {year} is against {value}, {reason}; give its level, or its growth from "
                "{value_2} on",
                what=what, year=year, value=year - 1, reason=reason, value_2=year + 1,
            ))  # fmt: skip

    def why_no_base(self) -> str:
        """Why the year before the start is not known; empty where it is."""
        own = self.subject
        if own.variable in INDICES:
            return ""
        if own.variable in ALL_INDUSTRY:
            known = all(plain_value(self.data, key, ALL_SALES) is not None for key in self.scenarios)
            return "" if known and "base_sales" in self.data else translated(
                "which needs base_sales and scenario_toml"
            )
        if own.variable not in BASE:
            there = [*BASE, *ALL_INDUSTRY, *INDICES]
            return translated(
                "of which results hold no {variable}, only {listed}",
                variable=own.variable, listed=listed(there),
            )
        base = BASE[own.variable]
        if base not in self.data:
            return translated(
                "which needs {base}, which these results do not have; it is in every file, so select it too",
                base=base,
            )
        without = [dim for dim in own.where if dim not in self.data[base].dims]
        if without:
            by = [str(dim) for dim in self.data[base].dims if dim not in REPLICATES]
            return translated(
                "of which {base} is known {also} and not by {without}",
                base=base, also="by " + ", ".join(by) if by else translated("as a whole"), without=without[0],
            )
        if own.variable == "output" and value_by_replicate(self.data, self.scenarios[0], SALES_RATIO) is None:
            return translated(
                "which needs {SALES_RATIO} of scenario_toml or parameter_value; select them too",
                SALES_RATIO=SALES_RATIO,
            )
        return ""

    @property
    def scenarios(self) -> list[str]:
        return [str(key) for key in self.data["scenario"].values]

    def base_level(self, scenario: str) -> np.ndarray | None:
        """Of the year before the start, along replicates; None where it is not known.

        The results hold it for sales, investment and firms. Output is those sales over the scenario's sales ratio, as
        drawn for each replicate, and so is that of all industry and of the rest of it. Prices are measured against it.
        """
        if self.why_no_base():
            return None
        own, count = self.subject, self.data.sizes["replicate"]
        if own.variable in INDICES:
            return np.ones(count)
        ratio = value_by_replicate(self.data, scenario, SALES_RATIO)
        if own.variable in ALL_INDUSTRY:
            whole = plain_value(self.data, scenario, ALL_SALES)
            if ratio is None or whole is None:
                return None
            emerging = summed(self.data["base_sales"], scenario, {})
            return (whole - (emerging if own.variable == "rest_output" else 0.0)) / ratio
        base = summed(self.data[BASE[own.variable]], scenario, own.where)
        if own.variable != "output":
            return base
        return None if ratio is None else base / ratio

    def levels(self, scenario: str) -> np.ndarray:
        """By year and replicate, without the year before the start."""
        picked = yearly(self.array.sel(scenario=scenario)).sortby("year")
        picked = validation.picked(picked, dict(self.where))
        rest = [dim for dim in picked.dims if dim not in ("replicate", "year")]
        return np.asarray(picked.sum(rest, skipna=False).transpose("year", "replicate").values, float)

    def values(self, scenario: str) -> dict[int, np.ndarray]:
        """Along replicates, by year: levels from the year before the start where that is known, or growth."""
        if scenario not in self.read:
            self.read[scenario] = self.values_by_year(scenario)
        return self.read[scenario]

    def values_by_year(self, scenario: str) -> dict[int, np.ndarray]:
        base = self.base_level(scenario)
        by_year = dict(zip(self.years, self.levels(scenario), strict=True))
        if base is not None:
            by_year = {self.base_year: base} | by_year
        if not self.growth:
            return by_year
        growing = [year for year in by_year if year - 1 in by_year]
        return {year: relative_change(by_year[year - 1], by_year[year]) for year in growing}


def summed(array: xr.DataArray, scenario: str, where: Mapping[str, str]) -> np.ndarray:
    """Along replicates, at some keys and over all others."""
    picked = array.sel({"scenario": scenario, **where})
    return np.asarray(picked.sum([dim for dim in picked.dims if dim != "replicate"], skipna=False).values, float)


def relative_change(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Missing where it has no meaning: after nothing, or after less than that."""
    return np.asarray(np.divide(after, before, out=np.full_like(after, np.nan), where=before > 0) - 1)
