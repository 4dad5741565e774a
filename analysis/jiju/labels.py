"""Names for readers, in English or Chinese, as results files carry them.

Every table and picture takes its words from here, so that a file of another city or model labels itself.
"""

from __future__ import annotations

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
