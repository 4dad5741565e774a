"""What a page knows of scenarios before anything is simulated: axes, targets, levers with their doses and evidence.

The program writes it (study/description.hpp), to pages that have the model inside as well; here it is cut to what pages
show. The shape is `Description` of web/app/src/engine/engine.ts.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from jiju import _engine
from jiju.inputs.scenario import Scenario

SHOWN = _engine.page_outputs()  # in the order in which `simulate` sends it


def describe(scenario: Scenario) -> dict[str, Any]:
    return _shown(_engine.described(recorded(scenario)._engine))


def together(arms: Sequence[Scenario]) -> dict[str, Any]:
    """Axes and outputs of arms side by side."""
    return _shown(_engine.described_together([recorded(arm)._engine for arm in arms]))


def recorded(scenario: Scenario) -> Scenario:
    """With what the page asks for, whatever the scenario would record."""
    recorded = scenario.copy()
    recorded.set({"record.detail": "yearly", "record.outputs": SHOWN})
    return recorded


def _shown(told: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(told)
    outputs = {each["name"]: each for each in found["outputs"]}
    found["outputs"] = [outputs[name] for name in SHOWN]
    dims = {dim for each in found["outputs"] for dim in each["dims"]}
    return found | {"axes": {dim: axis for dim, axis in found["axes"].items() if dim in dims}}
