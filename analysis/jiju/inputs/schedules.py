"""A quantity of a scenario as a function of calendar time, as sim/describe/schedule.hpp reads it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import numpy as np

TOLERANCE = 1e-9  # of a year: sums of 1/12 do not meet a quarter exactly
ALWAYS = "start"  # as the engine writes the first knot of a constant that was changed from some time on
DOSES = ("budget", "loans", "land", "persons", "effort")  # of a lever, in the order of models/growth/policy/levers.cpp


def time_of(given: str | float) -> float:
    """2011Q3 is 2011.5; a number is itself; "start" is before all that is simulated."""
    if given == ALWAYS:
        return -math.inf
    if isinstance(given, str):
        year, _, quarter = given.partition("Q")
        return int(year) + (int(quarter) - 1) / 4 if quarter else float(year)
    return float(given)


def value_at(schedule: float | Mapping[str, Any], time: float) -> float:
    """Of a number, { step, from }, { ramp, from, to }, { table }, { line } or { by_year }: zero before the first knot,
    except of a number; held after the last."""
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
    joined = "line" in schedule
    return [(time_of(time), float(value)) for time, value in schedule["line" if joined else "table"]], joined


def scaled(schedule: float | Mapping[str, Any], factor: float, most: float = math.inf) -> Any:
    """Every value times the factor, at most `most`; the form stays as it is."""

    def times(value: float) -> float:
        return min(factor * float(value), most)

    if not isinstance(schedule, Mapping):
        return times(schedule)
    found = dict(schedule)
    if "step" in found:
        found["step"] = times(found["step"])
    elif "ramp" in found:
        found["ramp"] = [times(value) for value in found["ramp"]]
    elif "by_year" in found:
        found["by_year"] = {year: times(value) for year, value in found["by_year"].items()}
    else:
        form = "line" if "line" in found else "table"
        found[form] = [[time, times(value)] for time, value in found[form]]
    return found


def delayed(schedule: float | Mapping[str, Any], years: float, first_year: int) -> Any:
    """The same so many years later; a number, which holds always, then begins as late after the first year."""
    if years == 0:
        return schedule
    if not isinstance(schedule, Mapping):
        return {"step": float(schedule), "from": first_year + years}
    knots, joined = knots_of(schedule)
    if "ramp" in schedule:
        (begin, first), (end, last) = knots
        return {"ramp": [first, last], "from": begin + years, "to": end + years}
    later = [[(first_year if time == -math.inf else time) + years, value] for time, value in knots]
    return {"line" if joined else "table": later}


def at_steps(schedule: float | Mapping[str, Any], first_year: int, years: int, steps: int) -> np.ndarray:
    """Its value in every step, years x steps: the engine reads a schedule where a step begins, and books that value for
    the whole step. So what is asked for in a year is the mean of the year's row."""
    times = first_year + np.arange(years * steps) / steps
    return np.array([value_at(schedule, time) for time in times]).reshape(years, steps)


def total(schedule: float | Mapping[str, Any], begin: float, end: float) -> float:
    """The integral over calendar time: of money a year, the money of these years."""
    if not isinstance(schedule, Mapping):
        return float(schedule) * (end - begin)
    times = [time for time, _ in knots_of(schedule)[0] if begin < time < end]
    points = [begin, *times, end]
    # Between knots a schedule is a line, or stays: its middle tells the mean.
    return sum((b - a) * value_at(schedule, (a + b) / 2) for a, b in pairwise(points))
