"""Names for readers, in English or Chinese, as results files carry them.

Every table and picture takes its words from here, so that a file of another city or model labels itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import xarray as xr

from jiju import _engine
from jiju.languages import Lang

# A currency by its letters, with a number before it or none.
MONEY = re.compile(r"(?:[0-9.]+(?:e[+-]?[0-9]+)? )?[A-Z]{3}(?=/|$)")

# Of a variable whose unit differs from target to target, and stands in the coordinate of that name.
TARGET_UNIT = "target_unit"

def variable_name(array: xr.DataArray, lang: Lang = "en") -> str:
    """What a variable is called; its key where the file does not say."""
    key = "long_name_zh" if lang == "zh" else "long_name"
    return str(array.attrs.get(key) or array.attrs.get("long_name") or array.name)


def unit_name(unit: str, lang: Lang = "en") -> str:
    """A unit as it is printed: nothing for pure numbers; 亿元/年 for 1e8 CNY/year."""
    if unit == TARGET_UNIT:
        return "目标单位" if lang == "zh" else "in the target's unit"
    if unit == "1":
        return ""
    if lang == "zh":
        return "/年" if unit == "1/year" else _engine.unit_in_chinese(unit)
    return unit


def money_of(data: xr.Dataset) -> str:
    """The unit of a dataset's money, such as "1e8 CNY", by the file or by the first of its variables of money."""
    told = data.attrs.get("money_unit")
    return str(told) if told else next(filter(None, map(money_in, units_in(data))), "")


def money_in(unit: str) -> str:
    """The money of a unit: "1e8 CNY" of "1e8 CNY/year", nothing of "person"."""
    met = MONEY.match(unit)
    return met.group(0) if met else ""


def currency_of(unit: str) -> str:
    """The currency of a unit: "CNY" of "1e8 CNY/year", nothing of "person"."""
    return money_in(unit).rpartition(" ")[2]


def units_in(data: xr.Dataset) -> list[str]:
    return [str(array.attrs.get("units", "")) for array in data.variables.values()]


def axis_name(data: xr.Dataset, dim: str, lang: Lang = "en") -> str:
    """What a dimension is called."""
    return variable_name(data[dim], lang) if dim in data.coords else dim


def key_names(data: xr.Dataset, dim: str, lang: Lang = "en") -> dict[str, str]:
    """Names of the keys along a dimension: key to name, in the file's order."""
    keys = [str(key) for key in data[dim].values]
    names = f"{dim}_name_zh" if lang == "zh" else f"{dim}_name"
    if names not in data.variables or data[names].size != len(keys):
        return dict(zip(keys, keys, strict=True))
    values = [str(name) for name in data[names].values.reshape(-1)]
    return {key: name or key for key, name in zip(keys, values, strict=True)}


def arm_names(arms: Iterable[xr.Dataset], lang: Lang) -> list[str]:
    """A name for each arm of some results, in their order, no two alike.

    Copies of a scenario share its name: their keys stand behind it then, and numbers where keys are alike too.
    """
    pairs = [pair for data in arms for pair in zip(keys_along(data), names_along(data, lang), strict=True)]
    names = [name for _, name in pairs]
    keyed = [f"{name}（{key}）" if lang == "zh" else f"{name} ({key})" for key, name in pairs]
    told = [
        with_key if names.count(name) > 1 and key != name else name
        for (key, name), with_key in zip(pairs, keyed, strict=True)
    ]
    return [
        f"{name} #{1 + told[:place].count(name)}" if told.count(name) > 1 else name for place, name in enumerate(told)
    ]


def keys_along(data: xr.Dataset) -> list[str]:
    return [str(key) for key in data["scenario"].values.reshape(-1)]


def names_along(data: xr.Dataset, lang: Lang) -> list[str]:
    """As `key_names`, also where a key occurs twice."""
    keys = keys_along(data)
    column = "scenario_name_zh" if lang == "zh" else "scenario_name"
    if column not in data.variables or data[column].size != len(keys):
        return keys
    return [str(name) or key for name, key in zip(data[column].values.reshape(-1), keys, strict=True)]
