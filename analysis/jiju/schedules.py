"""A quantity of a scenario as a function of calendar time, as sim/describe/schedule.hpp reads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

TOLERANCE = 1e-9  # of a year: sums of 1/12 do not meet a quarter exactly


def time_of(given: str | float) -> float:
    """2011Q3 is 2011.5; a number is itself."""
    if isinstance(given, str):
        year, _, quarter = given.partition("Q")
        return int(year) + (int(quarter) - 1) / 4 if quarter else float(year)
    return float(given)


def value_at(schedule: float | Mapping[str, Any], time: float) -> float:
    """Of a number, { step, from }, { ramp, from, to }, { table } or { by_year }: zero before the first knot, except of
    a number; held after the last."""
    if not isinstance(schedule, Mapping):
        return float(schedule)
    knots, joined = knots_of(schedule)
    before = [knot for knot in knots if knot[0] <= time + TOLERANCE]
    after = [knot for knot in knots if knot[0] > time + TOLERANCE]
    if not before:
        return 0.0
    start, value = before[-1]
    if not (joined and after):
        return value
    end, last = after[0]
    return value + (last - value) * (time - start) / (end - start)


def knots_of(schedule: Mapping[str, Any]) -> tuple[list[tuple[float, float]], bool]:
    """Times with their values, and whether lines join them."""
    if "step" in schedule:
        return [(time_of(schedule["from"]), float(schedule["step"]))], False
    if "ramp" in schedule:
        ends = (time_of(schedule["from"]), time_of(schedule["to"]))
        return list(zip(ends, map(float, schedule["ramp"]), strict=True)), True
    if "by_year" in schedule:
        return sorted((float(year), float(value)) for year, value in schedule["by_year"].items()), False
    return [(time_of(time), float(value)) for time, value in schedule["table"]], False
