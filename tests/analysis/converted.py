"""A scenario in other units of money and land: every value that has them, by what descriptions say of it."""

import tomllib

import jiju
from jiju import _engine
from jiju.inputs.scenario import toml_of
from jiju.inputs.scenario_differences import is_value, reference

MONEY, AREA = "money", "area"


def power(unit, word):
    """How often a word of a unit is a factor: 1 of money/area for money, -1 for area."""
    above, *below = unit.split("/")
    return int(above.split(" ")[-1] == word) - sum(part == word for part in below)


def factor_of(unit, money, area):
    return money ** power(unit, MONEY) * area ** power(unit, AREA)


def scaled(value, factor):
    """A number, a prior, a schedule; years of schedules stay."""
    match value:
        case bool() | str():
            return value
        case int() | float():
            return value * factor
        case {"quantiles": pairs}:
            return {"quantiles": [[share, number * factor] for share, number in pairs]}
        case {"table": rows}:
            return {"table": [[time, number * factor] for time, number in rows]}
        case {"line": rows}:
            return {"line": [[time, number * factor] for time, number in rows]}
        case {"by_year": years}:
            return {"by_year": {year: number * factor for year, number in years.items()}}
        case {"ramp": ends, **times}:
            return {"ramp": [end * factor for end in ends], **times}
        case {"step": number, **times}:
            return {"step": number * factor, **times}
        case {"median": median, "low": low, "high": high, "distribution": shape}:
            return {"median": median * factor, "low": low * factor, "high": high * factor, "distribution": shape}
    raise AssertionError(f"{value!r} has a unit of money or land and is no number")


DOSES = {"budget": "money/year", "loans": "money", "land": "area/year"}


def response_factors(row, channels, money, area):
    """Of effect and scale: an effect without a scale is for each unit of the dose."""
    dose = factor_of(DOSES.get(row["dose"], "1"), money, area)
    effect = factor_of(channels[row["channel"]], money, area)
    return {"effect": effect / dose if row["scale"] == 0 else effect, "scale": dose}


def converted(scenario, money, area, units):
    """The effective scenario as tables, with all its money and land times these factors, and its targets in `units`.

    `units` is the new [units]. Targets state their unit; their values and bounds follow what they count.
    """
    tables = tomllib.loads(scenario.to_toml())
    channels = {row["channel"]: row["unit"] for row in jiju.describe("channels")["channels"]}
    old = tables["units"]
    tables["units"] = units

    def walk(values, path):
        for key, value in values.items():
            inner = (*path, key)
            if not is_value(value):
                walk(value, inner)
                continue
            entry = reference().get(".".join(inner)) or reference().get(".".join((inner[0], "<key>", *inner[2:])))
            factor = factor_of(entry["unit"] if entry else "1", money, area)
            if inner[0] == "responses" and key in ("effect", "scale"):
                factor = response_factors(values, channels, money, area)[key]
            if factor != 1:
                values[key] = scaled(value, factor)

    walk({name: rows for name, rows in tables.items() if name not in ("units", "targets")}, ())
    for target in tables["targets"].values():
        convert(target, old, units, money, area)
    return tables


def convert(target, old, new, money, area):
    for unit in (f"{MONEY}/year", MONEY, AREA):
        if target["unit"] == _engine.unit_in(unit, old["currency"], old["money"], old["area"]):
            target["unit"] = _engine.unit_in(unit, new["currency"], new["money"], new["area"])
            for key in ("value", "upper"):
                if key in target:
                    target[key] = scaled(target[key], factor_of(unit, money, area))
    if target.get("column") == "year_sales" or target.get("output") == "place_invested":
        target["bound"] *= money


def text_of(tables):
    """As a file."""
    lines = []

    def write(values, path):
        plain = {key: value for key, value in values.items() if is_value(value)}
        if path and plain:
            lines.append(f"[{'.'.join(path)}]")
        lines.extend(f"{key} = {toml_of(value)}" for key, value in plain.items())
        for key, value in values.items():
            if key not in plain:
                write(value, (*path, key))

    write(tables, ())
    return "\n".join(lines) + "\n"
