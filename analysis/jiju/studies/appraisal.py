"""What policy costs and what it brings, over all years: public cost, social cost, value added, net present value.

    accounts(data)                  # of each scenario and replicate; the difference of two scenarios is an effect

Who pays what and why each account holds what it holds: docs/costs.md. Every account is a sum of recorded flows, at
prices of the base year and discounted as the scenario's [appraisal] says, so that accounts of levers and of years add
up. Boardman, Greenberg, Vining, Weimer 2018, Cost-Benefit Analysis.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import xarray as xr

from jiju.errors import UsageError
from jiju.languages import translated
from jiju.results import validation
from jiju.results.indicators import scenario_tables, yearly
from jiju.results.validation import REPLICATES
from jiju.statistics.clusters import DRAW

OF_LEVERS = ("lever_money", "lever_services", "lever_forgone", "lever_loan_cost", "lever_administration",
             "lever_land_loss")  # fmt: skip
OF_CITY = ("value_added", "all_industry_value_added", "research", "income_tax", "tax_relief", "plants", "plant_wear",
           "price_level", "employment", "rest_employment")  # fmt: skip
NEEDED = (*OF_LEVERS, *OF_CITY)

# What is shown of each account: its names in English and Chinese.
NAMES = {
    "budget": ("Budget money of levers", "预算资金"),
    "forgone": ("Tax forgone and costs refunded", "减免税与费用返还"),
    "loans": ("Loan losses and interest paid", "贷款损失与贴息"),
    "administration": ("Administration", "行政成本"),
    "public_cost": ("Public cost", "公共成本"),
    "services": ("Services and sites bought or built", "公共服务与建设"),
    "land": ("Land at its alternative use", "用地机会成本"),
    "plant_use": ("Use of plants: wear and return", "固定资产占用成本"),
    "research": ("R&D of firms", "企业研发投入"),
    "excess_burden": ("Excess burden of public cost", "公共资金超额负担"),
    "social_cost": ("Social cost", "社会成本"),
    "revenue": ("Tax on value added and profit, at full rates", "税收回流"),
    "value_added_gross": ("Value added of emerging industries", "新兴产业增加值"),
    "value_added": ("Value added of all industry", "全市工业增加值"),
    "value_added_with_land": ("Value added, land at its alternative use not taken off", "增加值（未扣用地机会成本）"),
    "value_added_end": ("Value added of all industry, last year", "末年全市工业增加值"),
    "jobs": ("Jobs in all industry, end of the last year", "末年工业从业人员"),
    "net_value": ("Net present value", "净现值"),
}


@dataclass(frozen=True)
class Appraisal:
    """How costs and gains are valued: the scenario's table of that name, docs/costs.md.

    discount_rate      real, a year; the first simulated year counts as one year after the base year
    excess_burden      what raising public money costs beyond the money, over it
    production_taxes   taxes on production over value added
    years              how many are counted, from the first
    """

    discount_rate: float
    excess_burden: float
    production_taxes: float
    years: int

    @classmethod
    def of(cls, data: xr.Dataset) -> Appraisal:
        """As the first scenario of results states it."""
        table: Mapping[str, Any] = scenario_tables(data)[0].get("appraisal", {})
        missing = [each.name for each in fields(cls) if each.name not in table]
        if missing:
            raise UsageError(translated(
                "the scenario of these results has no appraisal.{missing}; simulate it again",
                missing=missing[0],
            ))
        return cls(**{each.name: table[each.name] for each in fields(cls)})

    def weights(self, data: xr.Dataset) -> xr.DataArray:
        """By year: what a unit of money of the base year's prices counts; nothing after the years counted."""
        years = years_of(data)
        since = np.asarray(years) - base_year_of(data)
        counted = np.where(since <= self.years, (1 + self.discount_rate) ** -since.astype(float), 0.0)
        return xr.DataArray(counted, dims="year", coords={"year": years})


def base_year_of(data: xr.Dataset) -> int:
    return int(data.attrs.get("base_year", min(years_of(data)) - 1))


def years_of(data: xr.Dataset) -> list[int]:
    return [int(year) for year in yearly(data["price_level"])["year"].values]


def has_books(data: xr.Dataset) -> bool:
    """Whether results hold all that is appraised, of every year."""
    return all(name in data.variables for name in (*NEEDED, "scenario_toml")) and is_whole(data)


def is_whole(data: xr.Dataset) -> bool:
    first, years = base_year_of(data) + 1, years_of(data)
    return years == list(range(first, first + len(years)))


def flows(data: xr.Dataset, names: tuple[str, ...], *also: str) -> dict[str, xr.DataArray]:
    """By scenario, replicate and year, and along `also`; at prices of the base year where they are money."""
    found = {}
    price = plain(yearly(data["price_level"]))
    for name in names:
        array = plain(yearly(data[name]))
        array = array.sum([dim for dim in array.dims if dim not in (*REPLICATES, "year", *also)], skipna=False)
        found[name] = array / price if is_money(data[name]) else array
    return found


def plain(array: xr.DataArray) -> xr.DataArray:
    """With years as whole numbers, and no names beside its keys and the draw of each replicate."""
    bare = array.drop_vars([name for name in array.coords if name not in (*array.dims, DRAW)])
    return bare.assign_coords(year=[int(year) for year in bare["year"].values])


def is_money(array: xr.DataArray) -> bool:
    return bool(re.search(r"\b[A-Z]{3}$", str(array.attrs.get("units", ""))))


def accounts(data: xr.Dataset, valued: Appraisal | None = None) -> xr.Dataset:
    """Every account of NAMES by scenario and replicate.

    Money is in the unit of the results, at prices of the base year: present values, except `value_added_end`, which is
    of the last year counted and not discounted; jobs are persons at its end.
    """
    validation.needed(data, NEEDED, translated("an appraisal"), translated(
        "let the runner keep them, or record all outputs"
    ))
    if not is_whole(data):
        first, there = base_year_of(data) + 1, validation.listed(map(str, years_of(data)))
        raise UsageError(translated(
            "an appraisal needs every year from {first} on; these results have {there}; select no year",
            first=first, there=there,
        ))
    valued = valued or Appraisal.of(data)
    weights = valued.weights(data)
    flow = flows(data, NEEDED)
    last = int(weights["year"].values[weights.values > 0][-1])

    def present(value: xr.DataArray) -> xr.DataArray:
        return (value * weights).sum("year", skipna=False)

    found = {
        "forgone": present(flow["lever_forgone"] + flow["tax_relief"]),
        "loans": present(flow["lever_loan_cost"]),
        "administration": present(flow["lever_administration"]),
        "services": present(flow["lever_services"] - flow["lever_loan_cost"]),
        "land": present(flow["lever_land_loss"]),
        "plant_use": present(valued.discount_rate * flow["plants"] + flow["plant_wear"]),
        "research": present(flow["research"]),
        "value_added_gross": present(flow["value_added"]),
        "value_added": present(flow["all_industry_value_added"]),
        "value_added_end": flow["all_industry_value_added"].sel(year=last, drop=True),
        "jobs": (flow["employment"] + flow["rest_employment"]).sel(year=last, drop=True),
        "budget": present(flow["lever_money"] - flow["lever_forgone"] - flow["lever_loan_cost"]),
    }
    found["public_cost"] = found["budget"] + found["forgone"] + found["loans"] + found["administration"]
    found["excess_burden"] = valued.excess_burden * found["public_cost"]
    resources = ("services", "administration", "plant_use", "research", "excess_burden")
    found["social_cost"] = sum((found[name] for name in resources), found["land"])
    found["value_added_with_land"] = found["value_added"] + found["land"]
    found["net_value"] = found["value_added_with_land"] - found["social_cost"]
    found["revenue"] = present(
        valued.production_taxes * flow["all_industry_value_added"] + flow["income_tax"] + flow["tax_relief"]
    )
    return named(found, data)


def named(found: Mapping[str, xr.DataArray], data: xr.Dataset) -> xr.Dataset:
    money = str(data["lever_money"].attrs.get("units", "1"))
    arrays = {}
    for name, (english, chinese) in NAMES.items():
        unit = str(data["employment"].attrs.get("units", "1")) if name == "jobs" else money
        arrays[name] = found[name].assign_attrs(long_name=english, long_name_zh=chinese, units=unit)
    return xr.Dataset(arrays)


def lever_accounts(data: xr.Dataset, valued: Appraisal | None = None) -> xr.Dataset:
    """What each lever's own books say, by scenario, replicate and lever, as present values at prices of the base year.

    `public_cost` is its money and its administration; over all levers it adds up to that of `accounts`, except for the
    income tax that the rate for high-tech firms forgoes, which no lever books. `land` adds up to that of `accounts`.
    """
    validation.needed(
        data, (*OF_LEVERS, "price_level"), translated("an appraisal"), translated("let the runner keep them")
    )
    valued = valued or Appraisal.of(data)
    weights = valued.weights(data)
    flow = {name: (each * weights).sum("year", skipna=False) for name, each in flows(data, OF_LEVERS, "lever").items()}
    return xr.Dataset(
        {
            "budget": flow["lever_money"] - flow["lever_forgone"] - flow["lever_loan_cost"],
            "forgone": flow["lever_forgone"],
            "loans": flow["lever_loan_cost"],
            "administration": flow["lever_administration"],
            "public_cost": flow["lever_money"] + flow["lever_administration"],
            "services": flow["lever_services"] - flow["lever_loan_cost"],
            "land": flow["lever_land_loss"],
        }
    )


def units_a_million(unit: str) -> float:
    """A million of the currency in a unit such as "1e8 CNY" or "CNY": 0.01 of the former."""
    met = re.fullmatch(r"\s*(?:([0-9.]+(?:e[+-]?[0-9]+)?)\s+)?[A-Z]{3}\s*", unit)
    if not met:
        raise UsageError(translated(
            "money in {unit!r}: wanted is a currency, with a number before it or none, as 1e8 CNY",
            unit=unit,
        ))
    return 1e6 / float(met.group(1) or 1)
