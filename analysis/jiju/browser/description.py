"""What the page shows of a scenario before anything is simulated: axes, targets, levers with their doses and evidence.

The shape is `Description` of web/app/src/engine/engine.ts. Names, units and bounds are those of the program's own
descriptions, in both languages.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from jiju import _engine
from jiju.inputs.scenario import Scenario
from jiju.inputs.schedules import DOSES, at_steps
from jiju.results.validation import REPLICATES

# What the page draws, in the order in which `simulate` sends it.
SHOWN = ["target_met", "target_value", "output", "value_added", "employment", "place_output", "place_value_added",
         "place_employment", "lever_asked", "lever_allotted", "lever_beyond", "net_value_added"]  # fmt: skip
KINDS = ["responses", "grants", "deals", "credits", "subsidies", "treatments", "sites"]
# Of the plan's own words, by lever and target, in both languages; beside the scenarios of a city that has a plan.
SENTENCES = "sentences.json"

Text = dict[str, str]


def describe(scenario: Scenario, sample: xr.Dataset) -> dict[str, Any]:
    """`sample` is a run of it, of one replicate, that keeps what is SHOWN."""
    tables = scenario.to_dict()
    units, said = tables["units"], sentences(Path(scenario._engine.path), tables)
    return {
        "scenario": scenario.key,
        "title": names(tables["scenario"]),
        "years": [int(year) for year in sample["year"].values],
        **together(sample),
        "targets": [target(sample, tables, key, said) for key in map(str, sample["target"].values)],
        "levers": [lever(tables, key, row, units, said) for key, row in tables["levers"].items() if does(row)],
        "purses": [purse(tables, key, row, units) for key, row in tables.get("purses", {}).items()],
        "sections": said.get("sections", {}),
        "places": [
            {"key": key, "name": names(row), "tile": said.get("tiles", {}).get(key)}
            for key, row in tables["places"].items()
        ],
        "clusters": [
            {"key": key, "name": names(row), "industry": row["industry"], "places": row["places"]}
            for key, row in tables["clusters"].items()
        ],
        "firms": [{"key": key, "name": names(row)} for key, row in tables["firms"].items()],
        "steps_per_year": tables["scenario"]["steps_per_year"],
        "money": in_both(_engine.unit_in("money", units["currency"], units["money"], units["area"])),
        "seed": tables["scenario"]["seed"],
        "replicates_per_draw": tables["scenario"]["replicates_per_draw"],
    }


def together(sample: xr.Dataset) -> dict[str, Any]:
    """Axes and outputs of the arms that were run."""
    return {
        "axes": {dim: axis(sample, dim) for name in SHOWN for dim in own_dims(sample[name])},
        "outputs": [output(sample[name]) for name in SHOWN],
    }


def own_dims(array: xr.DataArray) -> list[str]:
    return [str(dim) for dim in array.dims if dim not in REPLICATES]


def names(row: Mapping[str, Any]) -> Text:
    return {"en": str(row["name"]), "zh": str(row.get("name_zh") or row["name"])}


def in_both(unit: str) -> Text:
    return {"en": unit, "zh": _engine.unit_in_chinese(unit)}


def axis(sample: xr.Dataset, dim: str) -> dict[str, Any]:
    keys = [str(key) for key in sample[dim].values]
    if f"{dim}_name" not in sample.coords:
        return {"keys": keys, "names": [{"en": key, "zh": key} for key in keys]}
    pairs = zip(sample[f"{dim}_name"].values, sample[f"{dim}_name_zh"].values, strict=True)
    return {"keys": keys, "names": [{"en": str(en), "zh": str(zh)} for en, zh in pairs]}


def output(array: xr.DataArray) -> dict[str, Any]:
    text = {"en": array.attrs.get("long_name", array.name), "zh": array.attrs.get("long_name_zh", array.name)}
    return {"name": array.name, "dims": own_dims(array), "unit": array.attrs.get("units", ""), "text": text}


def target(sample: xr.Dataset, tables: Mapping[str, Any], key: str, said: Mapping[str, Any]) -> dict[str, Any]:
    row, seen = tables["targets"][key], sample.sel(target=key)
    upper = float(seen["target_upper"])
    return {
        "key": key,
        "label": names(row),
        "section": row.get("section", ""),
        "year": int(seen["target_judged"]),
        "comparison": str(seen["target_comparison"].item()),
        "value": float(seen["target_threshold"]),
        "upper": upper if math.isfinite(upper) else None,
        "unit": in_both(str(seen["target_unit"].item())),
        "plan": said.get("targets", {}).get(key),
        "output": row["output"],
        "measure": row["measure"],
        "where": {dim: word for dim, word in row["where"].items() if word},
    }


def does(row: Mapping[str, Any]) -> bool:
    return bool(row["on"]) and any(row[dose] != 0 for dose in DOSES)


def lever(
    tables: Mapping[str, Any], key: str, row: Mapping[str, Any], units: Mapping[str, Any], said: Mapping[str, Any]
) -> dict[str, Any]:
    return {
        "key": key,
        "id": row["id"] or key,
        "name": names(row),
        "section": row["section"],
        "plan": said.get("levers", {}).get(key),
        "doses": [dose(tables, f"levers.{key}.{name}", row, units) for name in DOSES if row[name] != 0],
        "switch": f"levers.{key}.on",
        "realised": row["realised"],
        "components": [
            {
                "key": name, "mechanism": kind, "grade": each.get("grade", ""), "evidence": each.get("source", ""),
                "text": names(each),
            }
            for kind in KINDS for name, each in tables.get(kind, {}).items() if each["lever"] == key and each["on"]
        ],
    }  # fmt: skip


def dose(tables: Mapping[str, Any], path: str, row: Mapping[str, Any], units: Mapping[str, Any]) -> dict[str, Any]:
    member = path.rsplit(".", 1)[1]
    found = described()[f"levers.<key>.{member}"]
    return {
        "key": path,
        "purse": (row["purse"] or None) if member == "budget" else None,
        "unit": in_both(_engine.unit_in(found["unit"], units["currency"], units["money"], units["area"])),
        **values(tables, row[member]),
        "bounds": [float(found["lower"]), float(found["upper"])],
    }


def purse(tables: Mapping[str, Any], key: str, row: Mapping[str, Any], units: Mapping[str, Any]) -> dict[str, Any]:
    unit = in_both(_engine.unit_in("money/year", units["currency"], units["money"], units["area"]))
    return {
        "key": key, "name": names(row), "setting": f"purses.{key}.money", "unit": unit, **values(tables, row["money"])
    }  # fmt: skip


def values(tables: Mapping[str, Any], schedule: Any) -> dict[str, Any]:
    """By year, and by step, which the engine reads where a step begins."""
    general = tables["scenario"]
    first, years = int(general["start_year"]), int(general["years"])
    steps: np.ndarray = at_steps(schedule, first, years, int(general["steps_per_year"]))
    by_year = {"years": list(range(first, first + years)), "values": steps.mean(axis=1).tolist()}
    return by_year | {"steps": steps.ravel().tolist()}


@cache
def described() -> dict[str, dict[str, Any]]:
    """What the program says of every key of a scenario."""
    return {row["path"]: row for row in json.loads(_engine.reference())}


def sentences(path: Path, tables: Mapping[str, Any]) -> dict[str, Any]:
    """Of the plan that the scenario simulates: those beside it, or beside the city it is of; nothing where none are."""
    from jiju.shelves import SHELF

    folders = [path.parent, *(sorted(SHELF.iterdir()) if SHELF is not None else [])]
    for folder in folders:
        if (file := folder / SENTENCES).is_file():
            found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
            if found["city"] == tables["scenario"]["city"]:
                return found
    return {}
