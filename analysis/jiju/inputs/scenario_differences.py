"""What distinguishes two scenarios, in words: which value of which row, from what to what.

Names, meanings and units are those with which the code describes its own values.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from jiju import _engine
from jiju.labels import unit_name
from jiju.languages import Lang, speaking, translated

Path = tuple[str, ...]


@cache
def reference() -> dict[str, dict[str, Any]]:
    """What is known of every value, by its path with rows as <key>."""
    return {entry["path"]: entry for entry in json.loads(_engine.reference())}


def unit_in(scenario: Mapping[str, Any], unit: str) -> str:
    """The unit of a description, such as money/year, as an effective scenario counts: 1e8 CNY/year."""
    units = scenario.get("units", {})
    if {"currency", "money", "area"} <= units.keys():
        return _engine.unit_in(unit, units["currency"], units["money"], units["area"])
    return unit


def median_of(value: Any) -> Any:
    """The value itself, or of an uncertain one the median."""
    if isinstance(value, Mapping) and "quantiles" in value:
        return dict(value["quantiles"])[0.5]
    return value.get("median") if isinstance(value, Mapping) else value


# A table with one of these is a single value: a number that is uncertain, or one that changes over time.
_FORMS = ({"median"}, {"quantiles"}, {"step"}, {"ramp"}, {"line"}, {"table"}, {"by_year"})


def is_value(item: Any) -> bool:
    return not isinstance(item, dict) or any(form <= item.keys() for form in _FORMS)


def _leaves(values: Mapping[str, Any], path: Path = ()) -> Iterator[tuple[Path, Any]]:
    for key, item in values.items():
        if is_value(item):
            yield (*path, key), item
        else:
            yield from _leaves(item, (*path, key))


# Tables whose members are rows, each with a key of its own.
@cache
def tables_of_rows() -> frozenset[str]:
    return frozenset(path.split(".")[0] for path in reference() if ".<key>." in path)


class Difference(NamedTuple):
    """A value that two scenarios do not share, or a row that only one of them has: then `path` ends with its key, and
    `before` or `after` is the whole row."""

    path: Path
    before: Any
    after: Any
    names: tuple[str, str]  # of the row, in English and Chinese; empty where there is none
    meaning: tuple[str, str]
    unit: str

    @property
    def is_row(self) -> bool:
        return isinstance(self.after if self.before is None else self.before, Mapping) and len(self.path) == 2

    def sentence(self, lang: Lang = "en") -> str:
        return _row_sentence(self, lang) if self.is_row else _sentence(self, lang)

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "path": ".".join(self.path),
            "before": self.before,
            "after": self.after,
            "name": self.names[0],
            "name_zh": self.names[1],
            "text": self.meaning[0],
            "text_zh": self.meaning[1],
            "unit": self.unit,
            "sentence": self.sentence("en"),
            "sentence_zh": self.sentence("zh"),
        }


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Difference]:
    """What differs between two effective scenarios, in the order of the first; what only the second has comes last.

    Rows that only one of them has are one difference each, of all their values.
    """
    found = []
    lone: dict[Path, tuple[Any, Any]] = {
        (table, key): (old.get(table, {}).get(key), new.get(table, {}).get(key))
        for table in sorted(tables_of_rows())
        for key in old.get(table, {}).keys() ^ new.get(table, {}).keys()
    }
    before, after = dict(_leaves(old)), dict(_leaves(new))
    for path in [*before, *(path for path in after if path not in before)]:
        if path[:2] in lone:
            row = lone.pop(path[:2])
            if row != (None, None):
                found.append(_described(path[:2], *row, new if row[0] is None else old))
            lone[path[:2]] = (None, None)  # told
        elif before.get(path) != after.get(path):
            found.append(_described(path, before.get(path), after.get(path), new if path in after else old))
    return found


def _described(path: Path, before: Any, after: Any, values: Mapping[str, Any]) -> Difference:
    """With what a path is about: the name of its row, the member's meaning, its unit."""
    names, entry, place = ("", ""), None, values
    for depth, part in enumerate(path):
        place = place[part]
        if isinstance(place, Mapping) and place.get("name"):
            names = str(place["name"]), str(place.get("name_zh") or place["name"])
        for known in (path[: depth + 1], (path[0], "<key>", *path[2 : depth + 1])):
            entry = reference().get(".".join(known), entry)
    text, unit = (entry["text"], entry["unit"]) if entry else ("", "")
    with speaking("zh"):
        zh = (entry["zh"] or translated(text)) if entry else ""
    return Difference(path, before, after, names, (text, zh), "" if unit == "1" else unit_in(values, unit))


def _sentence(found: Difference, lang: Lang) -> str:
    zh = lang == "zh"
    before, after = value_text(found.before, lang), value_text(found.after, lang)
    meaning = found.meaning[zh]
    label = f"{meaning} ({found.path[-1]})" if meaning else ".".join(found.path)
    subject = ("：" if zh else ": ").join(filter(None, [found.names[zh], label]))
    if zh:
        return f"{subject}：由{before}改为{after}" + (f"（{unit_name(found.unit, lang)}）" if found.unit else "")
    return f"{subject}: from {before} to {after}" + (f" {found.unit}" if found.unit else "")


def _row_sentence(found: Difference, lang: Lang) -> str:
    """A row that one side lacks: its key, its name, and what it says."""
    zh = lang == "zh"
    is_new = found.before is None
    table, key = found.path
    row = found.after if is_new else found.before
    said = ("，" if zh else ", ").join(
        f"{path[-1]} {value_text(value, lang)}" for path, value in _leaves(row) if _says_something(path[-1], value)
    )
    name = f" {found.names[zh]}" if found.names[zh] else ""
    if zh:
        return f"{table}.{key}{name}：{'新增' if is_new else '取消'}" + (f"（{said}）" if said else "")
    return f"{table}.{key}{name}: {'is new' if is_new else 'is gone'}" + (f" ({said})" if said else "")


def _says_something(name: str, value: Any) -> bool:
    told = ("name", "name_zh", "source", "section", "works_on", "row", "id", "grade")
    return name not in told and value is not True and value not in ("", [], 0)


def _since(start: Any, value: float, lang: Lang) -> str:
    if start == "start":
        return f"起初{value:g}" if lang == "zh" else f"{value:g} at first"
    return f"{start}起{value:g}" if lang == "zh" else f"{value:g} as of {start}"


def value_text(value: Any, lang: Lang) -> str:
    """A value as a person says it: schedules and priors in words."""
    zh = lang == "zh"
    match value:
        case None:
            return "无" if zh else "nothing"
        case bool():
            return ("是" if value else "否") if zh else ("yes" if value else "no")
        case {"median": median, "low": low, "high": high}:
            return f"{median:g}（{low:g}至{high:g}）" if zh else f"{median:g} ({low:g} to {high:g})"
        case {"quantiles": pairs}:
            at = dict(pairs)
            return value_text({"median": at[0.5], "low": at[0.05], "high": at[0.95]}, lang)
        case {"step": step, "from": start}:
            return f"{step:g}（{start}起）" if zh else f"{step:g} as of {start}"
        case {"ramp": [first, last], "from": start, "to": end}:
            if zh:
                return f"{first:g}渐变到{last:g}（{start}至{end}）"
            return f"{first:g} rising to {last:g} ({start} to {end})" if last >= first else (
                f"{first:g} falling to {last:g} ({start} to {end})"
            )
        case {"line": points}:
            return "、".join(f"{start}为{item:g}" for start, item in points) + "（其间线性）" if zh else (
                ", ".join(f"{item:g} at {start}" for start, item in points) + " (lines between)"
            )
        case {"table": points}:
            return ("、" if zh else ", ").join(_since(start, item, lang) for start, item in points)
        case {"by_year": years}:
            return "、".join(f"{year}年{item:g}" for year, item in years.items()) if zh else (
                ", ".join(f"{item:g} in {year}" for year, item in years.items())
            )
        case list():
            return ("、" if zh else ", ").join(value_text(item, lang) for item in value) or ("无" if zh else "none")
        case float() | int():
            return f"{value:g}"
    return f"“{value}”" if isinstance(value, str) else str(value)
