"""What a plan leaves open, and how a point, one number for each opening, becomes a scenario.

A lever can be open in three ways:

    scale    every dose of the lever times a number; 1 is the plan as written, 0 nothing. Effort stays at most 1.
    start    every dose so many years later, in steps of the scenario
    switch   the lever is there or not
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np

from jiju.errors import UsageError
from jiju.inputs.scenario import Scenario, Value
from jiju.inputs.schedules import DOSES, delayed, scaled, total
from jiju.languages import translated
from jiju.results import validation
from jiju.runs.lever_choice import pulled
from jiju.runs.runner import Arm

Way = Literal["scale", "start", "switch"]
WAYS: dict[Way, tuple[float, float]] = {"scale": (0.0, 2.0), "start": (0.0, 2.0), "switch": (0.0, 1.0)}
AS_WRITTEN: dict[Way, float] = {"scale": 1.0, "start": 0.0, "switch": 1.0}


@dataclass(frozen=True)
class Opening:
    """One number that is to be chosen between two ends."""

    lever: str
    way: Way
    low: float
    high: float

    @property
    def name(self) -> str:
        return self.lever if self.way == "scale" else f"{self.lever}.{self.way}"

    @property
    def as_written(self) -> float:
        return AS_WRITTEN[self.way]


@dataclass(frozen=True, eq=False)
class Plan:
    """A plan whose levers are open, and the base that it is held against. Make one by `open_plan`."""

    scenario: Scenario
    base: Scenario
    openings: tuple[Opening, ...]

    @cached_property
    def tables(self) -> dict[str, Any]:
        return self.scenario.to_dict()

    @property
    def names(self) -> list[str]:
        return [opening.name for opening in self.openings]

    @property
    def bounds(self) -> np.ndarray:
        """Lowest and highest value of each opening: openings x 2."""
        return np.array([[opening.low, opening.high] for opening in self.openings])

    @property
    def as_written(self) -> np.ndarray:
        """The point that is the plan itself."""
        return np.array([opening.as_written for opening in self.openings])

    @property
    def nothing(self) -> np.ndarray:
        """The point at which every open lever does least."""
        return np.array([opening.high if opening.way == "start" else opening.low for opening in self.openings])

    def by_lever(self, point: Sequence[float] | np.ndarray) -> dict[str, dict[Way, float]]:
        found: dict[str, dict[Way, float]] = {}
        for opening, value in zip(self.openings, point, strict=True):
            found.setdefault(opening.lever, {})[opening.way] = float(value)
        return found

    def doses(self, lever: str, chosen: Mapping[Way, float]) -> dict[str, Any]:
        """Every dose of a lever that is not zero, as chosen."""
        row, steps = self.tables["levers"][lever], self.tables["scenario"]["steps_per_year"]
        years = round(chosen.get("start", 0.0) * steps) / steps
        found: dict[str, Any] = {}
        for dose in DOSES:
            if row[dose] == 0:
                continue
            most = 1.0 if dose == "effort" else np.inf
            found[dose] = delayed(scaled(row[dose], chosen.get("scale", 1.0), most), years, self.first_year)
        return found

    @property
    def first_year(self) -> int:
        return int(self.tables["scenario"]["start_year"])

    @property
    def last_year(self) -> int:
        return self.first_year + int(self.tables["scenario"]["years"]) - 1

    def settings(self, point: Sequence[float] | np.ndarray) -> dict[str, Value]:
        """What the point sets differently from the plan; nothing where it is the plan."""
        found: dict[str, Value] = {}
        for lever, chosen in self.by_lever(point).items():
            if chosen.get("scale", 1.0) == 0.0 or chosen.get("switch", 1.0) < 0.5:
                found[f"levers.{lever}.on"] = False
            elif chosen.get("scale", 1.0) != 1.0 or chosen.get("start", 0.0) != 0.0:
                found |= {f"levers.{lever}.{dose}": value for dose, value in self.doses(lever, chosen).items()}
        return found

    def arm(self, point: Sequence[float] | np.ndarray) -> Arm:
        return Arm(self.scenario, self.settings(point))

    def money(self, point: Sequence[float] | np.ndarray, year: int | None = None, purse: str | None = None) -> float:
        """Budget money that the point asks for as planned, in the scenario's unit: of all levers, open or not, over
        all years or in one; of those that share a purse."""
        chosen = self.by_lever(point)
        begin, end = (self.first_year, self.last_year + 1) if year is None else (year, year + 1)
        asked = 0.0
        for lever, row in self.tables["levers"].items():
            if not row["on"] or (purse is not None and row["purse"] != purse):
                continue
            ways = chosen.get(lever, {})
            if ways.get("switch", 1.0) >= 0.5:
                dose = self.doses(lever, ways).get("budget", 0.0) if lever in chosen else row["budget"]
                asked += total(dose, begin, end)
        return asked


def open_plan(
    plan: Any,
    base: Any,
    levers: Sequence[str] | Mapping[str, tuple[float, float]] | None = None,
    *,
    ways: Sequence[Way] = ("scale",),
    bounds: Mapping[Way, tuple[float, float]] | None = None,
) -> Plan:
    """As `jiju.open_plan` (open_plans.py), without what hands a plan on to other packages."""
    scenarios = [each if isinstance(each, Scenario) else Scenario.load(each) for each in (plan, base)]
    there, without = (each.to_dict() for each in scenarios)
    active = (lever for lever in pulled(there, without) if does_something(there["levers"][lever]))
    names = list(active if levers is None else levers)
    ends = {**WAYS, **(bounds or {})}
    for way in ways:
        if way not in WAYS:
            raise UsageError(translated("no way {way!r} of opening a lever", way=way) + validation.nearest(way, WAYS))
    openings = []
    for lever in names:
        check_lever(there, lever)
        if names.count(lever) > 1:
            raise UsageError(translated("lever {lever!r} is named twice", lever=lever))
        for way in ways:
            own = levers[lever] if isinstance(levers, Mapping) and way == "scale" else ends[way]
            openings.append(checked_opening(Opening(lever, way, float(own[0]), float(own[1]))))
    if not openings:
        raise UsageError(translated("plan and base set their levers alike: name the levers that are open"))
    return Plan(scenarios[0], scenarios[1], tuple(openings))


def check_lever(plan: Mapping[str, Any], lever: str) -> None:
    if lever not in plan["levers"]:
        raise UsageError(
            translated("no lever {lever!r} in the plan", lever=lever) + validation.nearest(lever, plan["levers"])
        )
    if not does_something(plan["levers"][lever]):
        raise UsageError(translated(
            "lever {lever!r} does nothing in the plan, so no multiple of it does: give it a dose there", lever=lever
        ))


def does_something(lever: Mapping[str, Any]) -> bool:
    return bool(lever["on"]) and any(lever[dose] != 0 for dose in DOSES)


def checked_opening(opening: Opening) -> Opening:
    if not (0 <= opening.low < opening.high < np.inf):
        raise UsageError(translated(
            "{name} between {low:g} and {high:g}: the lowest value must be 0 or more, and less than the highest",
            name=opening.name, low=opening.low, high=opening.high,
        ))  # fmt: skip
    return opening
