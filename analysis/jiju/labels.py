"""Names for readers, in English or Chinese, as results files carry them.

Every table and picture takes its words from here, so that a file of another city or model labels itself.
"""

from __future__ import annotations

from collections.abc import Iterable

import xarray as xr

from jiju.languages import Lang

# Of a variable whose unit differs from target to target, and stands in the coordinate of that name.
TARGET_UNIT = "target_unit"

UNITS_ZH = {
    "1e8 CNY": "亿元",
    "1e8 CNY/year": "亿元/年",
    "person": "人",
    "persons": "人",
    "firms": "家",
    "centres": "个",
    "teams": "个",
    "clusters": "个",
    "zones": "个",
    "industries": "个",
    "1e8 CNY/person/year": "亿元/人/年",
    "1/year": "/年",
    "mu": "亩",
    TARGET_UNIT: "目标单位",
    "1": "",
}


def variable_name(array: xr.DataArray, lang: Lang = "en") -> str:
    """What a variable is called; its key where the file does not say."""
    key = "long_name_zh" if lang == "zh" else "long_name"
    return str(array.attrs.get(key) or array.attrs.get("long_name") or array.name)


def unit_name(unit: str, lang: Lang = "en") -> str:
    """A unit as it is printed: nothing for pure numbers."""
    if lang == "zh":
        return UNITS_ZH.get(unit, unit)
    return {"1": "", TARGET_UNIT: "in the target's unit"}.get(unit, unit)


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
