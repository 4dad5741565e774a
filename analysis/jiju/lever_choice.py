"""Which levers a scenario pulls, what they are called, how they group, and how one is switched off."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import xarray as xr

from jiju.indicators import scenario_tables
from jiju.labels import key_names

LeverChoice = str | Sequence[str] | Mapping[str, Sequence[str]] | None


def switched_off(keys: Iterable[str]) -> dict[str, bool]:
    """Settings of a scenario without these levers."""
    return {f"levers.{key}.on": False for key in keys}


def pulled(plan: Mapping[str, Any], base: Mapping[str, Any]) -> list[str]:
    """Keys of the levers that two effective scenarios set differently, in the plan's order."""
    there = base.get("levers", {})
    return [key for key, lever in plan.get("levers", {}).items() if lever != there.get(key)]


def groups_of(plan: Mapping[str, Any], keys: Iterable[str]) -> dict[str, list[str]]:
    """The plan's own groups of instruments: the number that begins a lever's id (6a, 6b, 6c are group 6)."""
    found: dict[str, list[str]] = {}
    for key in keys:
        number = re.match(r"\d+", str(plan["levers"][key].get("id", "")))
        found.setdefault(number.group() if number else key, []).append(key)
    return found


def chosen(data: xr.Dataset, levers: LeverChoice) -> dict[str, list[str]]:
    """What to divide among: name to levers. `data` holds the plan first and the base second.

    None: every lever in which the two differ. "groups": the plan's groups of them. A list of keys: these. A mapping:
    named groups of keys.
    """
    plan, base = scenario_tables(data)[:2]
    if isinstance(levers, Mapping):
        found = {str(name): list(keys) for name, keys in levers.items()}
    elif levers == "groups":
        found = groups_of(plan, pulled(plan, base))
    else:
        found = {key: [key] for key in ([levers] if isinstance(levers, str) else levers or pulled(plan, base))}
    known = plan.get("levers", {})
    for key in (key for keys in found.values() for key in keys):
        if key not in known:
            raise ValueError(f"no lever {key!r} in the plan; it has: {', '.join(known)}")
    if not found:
        raise ValueError("plan and base set their levers alike: there is nothing to divide")
    return found


def lever_names(data: xr.Dataset, groups: Mapping[str, Sequence[str]], lang: str) -> list[str]:
    """Names of levers, and of groups by what is in them."""
    names = key_names(data, "lever", lang) if "lever" in data.dims else {}
    between = "、" if lang == "zh" else ", "
    return [
        names.get(name, name) if list(keys) == [name] else f"{name}: {between.join(names.get(k, k) for k in keys)}"
        for name, keys in groups.items()
    ]
