"""What can be set and what comes out, as DataFrames: what `jiju describe` tells, from the same descriptions."""

import json
from collections.abc import Mapping
from typing import Any

import pandas as pd

from jiju import _engine
from jiju.inputs.scenario import Scenario, ScenarioLike

# Whose levers and targets are listed where no scenario is named, as by `jiju describe`.
DEFAULT = "shaoxing-2011/plan"


def _described(topic: str, index: str, rows: str = "") -> pd.DataFrame:
    return pd.DataFrame(json.loads(_engine.describe(topic))[rows or topic]).set_index(index)


def _values(scenario: ScenarioLike) -> dict[str, Any]:
    return (scenario if isinstance(scenario, Scenario) else Scenario.load(scenario)).to_dict()


def _rows(rows: Mapping[str, Mapping[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame([{"key": key, **row} for key, row in rows.items()]).set_index("key")


def grades_of(tables: Mapping[str, Any], lever: str) -> str:
    """The best and the worst grade of a lever's components: what rests on judgement alone must not pass for more."""
    grades = {
        row["grade"]
        for rows in tables.values() if isinstance(rows, dict)
        for row in rows.values() if isinstance(row, dict) and row.get("lever") == lever and row.get("on", True)
        and "grade" in row
    }  # fmt: skip
    return "–".join(dict.fromkeys((min(grades), max(grades)))) if grades else "none"


def levers(scenario: ScenarioLike = DEFAULT) -> pd.DataFrame:
    """The instruments of policy by their key: names, section of the plan, evidence and its grades, doses in this
    scenario, who may receive.

    Example:

        levers = jiju.levers("shaoxing-2011/plan")
        levers.loc["special_fund"]
    """
    values = _values(scenario)
    return _rows({key: {**row, "grades": grades_of(values, key)} for key, row in values["levers"].items()})


def components(scenario: ScenarioLike = DEFAULT) -> pd.DataFrame:
    """What follows of the levers' doses: one row a component, by its mechanism and key; a setting that its mechanism
    does not have is missing.

    Example:

        components = jiju.components("shaoxing-2011/plan")
        components.head()
    """
    rows = [
        {"mechanism": mechanism, "key": key, **row}
        for mechanism, table in _values(scenario).items()
        for key, row in table.items()
        if mechanism != "targets" and isinstance(row, Mapping) and "lever" in row
    ]
    return pd.DataFrame(rows).set_index(["mechanism", "key"])


def targets(scenario: ScenarioLike = DEFAULT) -> pd.DataFrame:
    """The targets by their key: names in both languages where given, what is counted, unit, the value to reach.

    Example:

        jiju.targets("shaoxing-2011/plan")
    """
    return _rows(_values(scenario)["targets"])


def channels() -> pd.DataFrame:
    """What components of levers can move.

    Example:

        jiju.channels()                                        # productivity, imitation, credit and so on
    """
    return _described("channels", "channel")


def parameters() -> pd.DataFrame:
    """The parameters of the model by their path in a scenario: default, unit, bounds, prior, meaning and source.

    Example:

        parameters = jiju.parameters()
        parameters[parameters.index.str.startswith("parameters.demand.")]
    """
    return _described("parameters", "path")


def outputs() -> pd.DataFrame:
    """The variables of results by name: unit, dimensions, and meaning in both languages.

    Example:

        outputs = jiju.outputs()
        outputs.loc["output"]
    """
    return _described("outputs", "name")


def panel() -> pd.DataFrame:
    """The columns of the panel of firms, which `record="firms"` keeps: unit, and meaning in both languages.

    Example:

        jiju.panel()
    """
    return _described("panel", "name", "columns")
