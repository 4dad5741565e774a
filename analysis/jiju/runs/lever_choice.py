"""Which levers a scenario pulls, what they are called, how they group, and how one is switched off."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import xarray as xr

from jiju.errors import UsageError
from jiju.languages import Lang, translated
from jiju.results import validation
from jiju.results.indicators import scenario_tables

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
            raise UsageError(translated(
                "no lever {key!r} in the plan{nearest}",
                key=key, nearest=validation.nearest(key, known, translated("it has")),
            ))
    if not found:
        raise UsageError(translated("plan and base set their levers alike: there is nothing to divide"))
    return found


def lever_names(plan: Mapping[str, Any], groups: Mapping[str, Sequence[str]], lang: Lang) -> list[str]:
    """Names of levers as the plan has them; of the plan's groups by their first lever; of the reader's, as he said."""
    numbered = groups_of(plan, [key for keys in groups.values() for key in keys])

    def name(key: str) -> str:
        lever = plan["levers"][key]
        return str(lever.get("name_zh" if lang == "zh" else "name") or key)

    def label(group: str, keys: Sequence[str]) -> str:
        if list(keys) == [group]:
            return name(group)
        if list(keys) != numbered.get(group):
            return group
        more = f"等{len(keys)}项" if lang == "zh" else f" and {len(keys) - 1} more"
        return f"{group} {name(keys[0])}{more if len(keys) > 1 else ''}"

    return [label(group, keys) for group, keys in groups.items()]


def sections_of(plan: Mapping[str, Any], groups: Mapping[str, Sequence[str]]) -> list[str]:
    """The heading of the plan that each group of levers stands under; empty where they stand under several, or none."""
    found = [{str(plan["levers"][key].get("section", "")) for key in keys} for keys in groups.values()]
    return [each.pop() if len(each) == 1 else "" for each in found]
