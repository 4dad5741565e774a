"""What can be set and what comes out, as DataFrames: the same descriptions as those of `jiju describe`."""

import json
import os
from typing import Any

import pandas as pd

from jiju import _engine


def _rows(topic: str, scenario: str = "") -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(_engine.describe(topic, scenario))[topic]
    return rows


def levers() -> pd.DataFrame:
    """The instruments of policy: one row a lever, with its names, its evidence and what it works on."""
    return pd.DataFrame([{k: v for k, v in row.items() if k != "settings"} for row in _rows("levers")]).set_index("key")


def lever_settings() -> pd.DataFrame:
    """What can be set of every lever: one row a setting, by its path in a scenario."""
    return pd.DataFrame([setting for row in _rows("levers") for setting in row["settings"]]).set_index("path")


def parameters() -> pd.DataFrame:
    """The parameters of the model by their path: default, unit, bounds, prior, meaning and source."""
    return pd.DataFrame(_rows("parameters")).set_index("path")


def targets(scenario: str | os.PathLike[str] = "") -> pd.DataFrame:
    """The targets of a scenario, of shaoxing-2011/plan where none is named."""
    return pd.DataFrame(_rows("targets", os.fspath(scenario))).set_index("key")


def outputs() -> pd.DataFrame:
    """The variables of results: unit, dimensions and meaning in both languages."""
    return pd.DataFrame(_rows("outputs")).set_index("name")
