"""The same amounts at other times: shares of the years, and schedules that keep a lever's sum and move it.

Amounts are what adds up over years: budgets, loans (as loan-years), land, persons. Effort does not, and is at most the
full measure: it keeps its dates here.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from jiju.decisions.openings import Plan
from jiju.inputs.scenario import Value
from jiju.inputs.schedules import DOSES, at_steps, delayed, knots_of, scaled

AMOUNTS = tuple(dose for dose in DOSES if dose != "effort")
EARLY, EVEN, LATE, COUNTER = "early", "even", "late", "counter_cyclical"
PROFILES = (EARLY, EVEN, LATE, COUNTER)
STEADY = 1e-9  # growth that differs by no more over the years has no cycle to lean against


def growth_of(tables: Mapping[str, Any]) -> np.ndarray:
    """Growth of national industry by year on the macro path that the scenario names.

    The path is the scenario's expectation, the same in all replicates: shocks of industries and factors come on top of
    it in each, and are not known to a plan.
    """
    about = tables["scenario"]
    path = tables["macro"][about["macro"]]["industrial_growth"]
    first, years, steps = (int(about[key]) for key in ("start_year", "years", "steps_per_year"))
    return np.asarray(at_steps(path, first, years, steps).mean(axis=1))


def shares_of(profile: str, growth: np.ndarray, tilt: float) -> np.ndarray | None:
    """Of each year, adding up to one; none where growth is the same in all years, and nothing can lean against it.

    early, late       every year has `tilt` times as much as the next one, or as the one before (geometric)
    counter_cyclical  geometric too, but along growth and not along time: the year of least growth has as much more than
                      the year of most as the first year of the early profile has more than the last
    """
    years = len(growth)
    place = np.arange(years, dtype=float)
    if profile == COUNTER:
        span = float(np.ptp(growth))
        if not span > STEADY:
            return None
        place = (years - 1) * (growth - growth.min()) / span
    power = {EARLY: -place, EVEN: 0 * place, LATE: place, COUNTER: -place}[profile]
    weights = tilt**power
    return np.asarray(weights / weights.sum())


def reshaped(schedule: Any, shares: np.ndarray, first_year: int, steps: int) -> Any:
    """A schedule of the same sum over the plan's years, of which each year has its share.

    Within a year the course stays, so that a lever begins in the quarter in which it does; a year in which it has
    nothing has nothing, and the others share what is there.
    """
    given = at_steps(schedule, first_year, len(shares), steps)
    yearly = given.mean(axis=1)
    own = np.where(yearly > 0, shares, 0.0)
    if not own.any():
        return schedule
    wanted = yearly.sum() * own / own.sum()
    times = np.divide(wanted, yearly, out=np.zeros(len(shares)), where=yearly > 0)
    return table_of(given * times[:, None], first_year, steps)


def table_of(values: np.ndarray, first_year: int, steps: int) -> dict[str, Any]:
    """Of values by step a schedule that holds each until the next that differs."""
    knots: list[list[float]] = []
    for place, value in enumerate(values.ravel().tolist()):
        if value != (knots[-1][1] if knots else 0.0):
            knots.append([first_year + place / steps, value])
    return {"table": knots or [[float(first_year), 0.0]]}


def moved(plan: Plan, lever: str, shares: np.ndarray) -> dict[str, Value]:
    """Settings under which a lever's amounts have these shares of the years."""
    row = plan.tables["levers"][lever]
    return {
        f"levers.{lever}.{dose}": reshaped(row[dose], shares, plan.first_year, steps_of(plan))
        for dose in AMOUNTS
        if row[dose] != 0
    }


def has_amounts(plan: Plan, lever: str) -> bool:
    return any(plan.tables["levers"][lever][dose] != 0 for dose in AMOUNTS)


def steps_of(plan: Plan) -> int:
    return int(plan.tables["scenario"]["steps_per_year"])


def years_of(plan: Plan) -> int:
    return plan.last_year - plan.first_year + 1


def begins(plan: Plan, lever: str) -> float:
    """When the lever first does something, as written; infinite where it does nothing in the plan's years."""
    row, steps = plan.tables["levers"][lever], steps_of(plan)
    return min(begin_of(row[dose], plan.first_year, years_of(plan), steps) for dose in DOSES)


def begin_of(schedule: Any, first_year: int, years: int, steps: int) -> float:
    there = np.flatnonzero(at_steps(schedule, first_year, years, steps).ravel() > 0)
    return first_year + there[0] / steps if len(there) else math.inf


def shifts(plan: Plan, lever: str, latest: int) -> list[int]:
    """Whole years by which the lever's begin can move: back as far as its schedules allow, on by `latest`, while
    something of each of its doses is left within the plan's years."""
    row, steps = plan.tables["levers"][lever], steps_of(plan)
    doses = [row[dose] for dose in DOSES if row[dose] != 0]
    knots = [knots_of(each)[0][0][0] if isinstance(each, Mapping) else plan.first_year for each in doses]
    back = math.floor(min(knots) - plan.first_year + 1e-9)
    last = max(begin_of(each, plan.first_year, years_of(plan), steps) for each in doses)
    return [years for years in range(-back, latest + 1) if years == 0 or last + years < plan.last_year + 1]


def shifted(plan: Plan, lever: str, years: int, keep_amounts: bool) -> dict[str, Value]:
    """Settings under which all doses of a lever come so many years later, or earlier.

    With `keep_amounts` what is asked for over the plan's years stays: fewer years have more each. Otherwise doses stay,
    and what falls beyond the end is not asked for. Effort moves and keeps its height either way.
    """
    if years == 0:
        return {}
    row, steps = plan.tables["levers"][lever], steps_of(plan)
    found: dict[str, Value] = {}
    for dose in DOSES:
        if row[dose] == 0:
            continue
        later = delayed(row[dose], years, plan.first_year)
        if keep_amounts and dose in AMOUNTS:
            before, after = (
                at_steps(each, plan.first_year, years_of(plan), steps).sum() for each in (row[dose], later)
            )
            later = scaled(later, before / after) if after > 0 else later
        found[f"levers.{lever}.{dose}"] = later
    return found


def asked_by_year(plan: Plan, settings: Mapping[str, Value], levers: list[str]) -> np.ndarray:
    """Budget money of these levers as planned, by year."""
    rows = [settings.get(f"levers.{lever}.budget", plan.tables["levers"][lever]["budget"]) for lever in levers]
    each = [at_steps(row, plan.first_year, years_of(plan), steps_of(plan)).mean(axis=1) for row in rows]
    return np.asarray(np.sum(each, axis=0))
