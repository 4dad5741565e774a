"""What the experiments of benchmarks/economy change: names of the model's parameters, shocks off, constant growth, a
larger city. A name that the model no longer has is an error that says so."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from typing import Any

import jiju
from jiju.inputs.scenario import toml_of
from jiju.inputs.scenario_differences import median_of

ORDER_NOISE = "parameters.demand.order_volatility"
EFFICIENCY_NOISE = "parameters.innovation.volatility"
FRONTIER_REACH = "parameters.innovation.frontier_reach"
IMITATION_STEP = "parameters.innovation.imitation_step"
FRONTIER_GROWTH, VALUE_ADDED = "frontier_growth", "value_added_ratio"  # of an industry
NORMAL_GROWTH = "parameters.macro.normal_growth"
NORMAL_RATE = "parameters.investment.normal_lending_rate"
ALL_SALES = "scenario.base_all_industry_sales"
SALES_RATIO = "parameters.production.sales_ratio"
WAGE_GROWTH = "parameters.macro.burn_in_wage_growth"
CAPITAL_SHARE = "parameters.production.capital_share"
UNCERTAINTY = "scenario.parameter_uncertainty"
# What moves industries apart for good where technique advances alike: R&D, margins, and who comes from outside.
UNLIKE = ["research_share", "research_intensity", VALUE_ADDED, "capital_output_ratio", "sales_per_worker"]
COMING = ["attraction_share", "traditional_relatedness"]  # weights of industries among attracted and grafted plants
YEARS, BURN_IN, STEPS = "scenario.years", "scenario.burn_in_years", "scenario.steps_per_year"
# What moves from year to year without a cause in the city; firms' own noise stays.
SHOCKS_OF_FACTOR = ["volatility", "jump_rate"]
SHOCKS_OF_INDUSTRY = ["demand_volatility", "price_volatility"]
SHOCKS_OF_FIELD = ["price_volatility"]
PHOTOVOLTAIC = "pv_"  # how names of its fields begin

# What a city n times as large has n times as much of; * stands for every row. Rates by firm, shares and sizes of firms
# stay. A site serves its whole cluster, so that of a larger cluster costs more and does no more to each firm.
SIZES = [
    "scenario.base_all_industry_sales", "scenario.base_investment",
    "industries.*.base_sales", "industries.*.above_scale_firms", "industries.*.fringe_firms", "places.*.land_supply",
    "parameters.entry.attracted_rate", "parameters.entry.grafted_rate",
    "parameters.talent.arrivals", "parameters.talent.team_quota", "parameters.standing.national_quota",
    "purses.*.money", "levers.*.budget", "levers.*.loans", "levers.*.land", "levers.*.persons",
    "credits.*.scale", "treatments.*.most", "sites.*.cost", "sites.*.running_cost", "sites.*.land",
]  # fmt: skip
SPREAD_DOSES = {"budget", "loans", "land", "persons"}  # spread over the sales that a lever reaches (E47)

RENAMED = "if the model calls it otherwise now, change the name in benchmarks/economy_settings.py"

Settings = dict[str, Any]
City = Mapping[str, Any]


def number(value: Any) -> float:
    """A value of a scenario as a number; of an uncertain one the median."""
    return float(median_of(value))


def found_in(city: City, path: str) -> Any:
    place: Any = city
    for part in path.split("."):
        if part not in place:
            sys.exit(f"the scenario has no {path}; {RENAMED}")
        place = place[part]
    return place


def arm(base: jiju.Scenario, key: str, settings: Settings) -> jiju.Scenario:
    """A copy with values changed; a number replaces an uncertain value as a whole, which is checked."""
    changed = base.copy(key=key)
    changed.set(settings)
    city = changed.to_dict()
    for path, value in settings.items():
        if found_in(city, path) != value:
            sys.exit(f"{path} is {found_in(city, path)} where {value} was set")
    return changed


def shocks_off(city: City) -> Settings:
    """No shocks to the macro economy, industries and fields; firms keep their own noise."""
    rows = [f"industries.{key}.{name}" for key in city["industries"] for name in SHOCKS_OF_INDUSTRY]
    rows += [f"fields.{key}.{name}" for key in city.get("fields", {}) for name in SHOCKS_OF_FIELD]
    rows += [f"factors.{key}.{name}" for key in city.get("factors", {}) for name in SHOCKS_OF_FACTOR]
    return dict.fromkeys(rows, 0.0)


def mean_by_sales(city: City, values: Mapping[str, float]) -> float:
    """Mean of a figure of industries, weighted by base-year sales."""
    sales = {key: number(row["base_sales"]) for key, row in city["industries"].items()}
    return sum(sales[key] * value for key, value in values.items()) / sum(sales.values())


def national_efficiency_growth(city: City) -> float:
    """Growth of efficiency in value added, g / v (E76), mean over industries by base-year sales."""
    rows = city["industries"].items()
    return mean_by_sales(city, {key: number(row[FRONTIER_GROWTH]) / number(row[VALUE_ADDED]) for key, row in rows})


def industries_alike(city: City) -> Settings:
    """Industries that differ in number and size of firms alone: all have their mean of what is unlike, and plants from
    outside come to each by its sales."""
    rows = city["industries"]
    settings: Settings = {}
    for name in UNLIKE:
        mean = mean_by_sales(city, {key: number(row[name]) for key, row in rows.items()})
        settings |= {f"industries.{key}.{name}": mean for key in rows}
    total = sum(number(row["base_sales"]) for row in rows.values())
    shares = {key: number(row["base_sales"]) / total for key, row in rows.items()}
    return settings | {f"industries.{key}.{name}": shares[key] for key in rows for name in COMING}


def constant_growth(city: City, growth: float | None = None, technique: float | None = None) -> Settings:
    """Shocks off, and the years simulated continue the burn-in: each industry's growth in the burn-in with its wages,
    or the growth given, then and after, and prices and lending rate as there.

    Where growth is given, it is balanced: all industries' technique advances at the nation's mean g, or at the rate
    given, and real wages grow by g / (1 - alpha), with which capital over output stands still (E8, E72). Else one wage
    would meet industries whose labour productivity drifts apart, and no ratio could settle."""
    path = f"macro.{city['scenario']['macro']}"
    technique = national_efficiency_growth(city) if technique is None else technique
    balanced = technique / (1 - number(found_in(city, CAPITAL_SHARE)))
    wages = number(found_in(city, WAGE_GROWTH)) if growth is None else balanced
    settings = shocks_off(city) | {
        f"{path}.industrial_growth": number(found_in(city, NORMAL_GROWTH)),
        NORMAL_GROWTH: number(found_in(city, NORMAL_GROWTH)),  # it has a prior, and the path must be at it
        f"{path}.lending_rate": number(found_in(city, NORMAL_RATE)),
        f"{path}.price_growth": 0.0,
        f"{path}.wage_growth": wages,
        WAGE_GROWTH: wages,
    }
    for key, industry in city["industries"].items():
        steady = number(industry["burn_in_demand_growth"]) if growth is None else growth
        for name, value in (("burn_in_demand_growth", steady), ("demand_growth", steady), ("price_growth", 0.0)):
            settings[f"industries.{key}.{name}"] = value
        if growth is not None:
            settings[f"industries.{key}.{FRONTIER_GROWTH}"] = technique * number(industry[VALUE_ADDED])
    rows = [f"fields.{key}" for key in city.get("fields", {})]
    paths = city.get("industry_paths", {})
    rows += [f"industry_paths.{key}" for key, row in paths.items() if row["macro"] == city["scenario"]["macro"]]
    return settings | {f"{row}.{name}": 0.0 for row in rows for name in ("demand_growth", "price_growth")}


# A larger city


def times(value: Any, factor: float) -> Any:
    """A number, an uncertain one or one that changes over time, each of its figures by the factor."""
    match value:
        case {"median": _, "low": _, "high": _}:
            return {**value, **{end: value[end] * factor for end in ("median", "low", "high")}}
        case {"quantiles": quantiles}:
            return {"quantiles": [[share, item * factor] for share, item in quantiles]}
        case {"step": step}:
            return {**value, "step": step * factor}
        case {"ramp": ends}:
            return {**value, "ramp": [end * factor for end in ends]}
        case {"by_year": years}:
            return {**value, "by_year": {year: item * factor for year, item in years.items()}}
        case {"table": points}:
            return {**value, "table": [[when, item * factor] for when, item in points]}
        case bool() | str() | Mapping() | list() | None:
            raise TypeError(f"{value!r} is no size")
    return value * factor


def with_values(city: Any) -> Any:
    """Without what has no value, which a file leaves out."""
    if not isinstance(city, Mapping):
        return city
    return {key: with_values(value) for key, value in city.items() if value is not None}


def places_of(city: City, path: str) -> Iterator[tuple[dict[str, Any], str]]:
    """The tables of a path, in which * stands for every row, with the name of its last part."""
    *tables, name = path.split(".")
    found: list[Any] = [city]
    for part in tables:
        found = [row for each in found for row in (each.values() if part == "*" else [each.get(part, {})])]
    for table in found:
        if table and name not in table:
            sys.exit(f"the scenario has no {path}; {RENAMED}")
        if table:
            yield table, name


def larger(base: jiju.Scenario, key: str, factor: int) -> jiju.Scenario:
    """A city that many times as large: sizes as the list has them, each named firm so many times, the targets of output
    against which an assessment holds it, and the doses at which its channels respond."""
    city = with_values(base.to_dict())
    for path in SIZES:
        for table, name in places_of(city, path):
            table[name] = times(table[name], factor)
    named = city.get("firms", {})
    city["firms"] = {f"{row}_{copy}" if copy else row: firm for copy in range(factor) for row, firm in named.items()}
    for target in city["targets"].values():
        if target["output"] == "output" and target["measure"] == "level" and target["count"] == "nothing":
            target["value"] = times(target["value"], factor)
    kinds = jiju.channels()["kind"]
    for row, response in city.get("responses", {}).items():
        spread, saturates = response["dose"] in SPREAD_DOSES, response["scale"] > 0
        quantity = kinds[response["channel"]] == "quantity"
        if spread and not saturates and not quantity:
            sys.exit(f"responses.{row} is linear in money: what it is in a larger city is not known")
        if spread and saturates:
            response["scale"] = times(response["scale"], factor)
        if quantity and not (spread and not saturates):
            response["effect"] = times(response["effect"], factor)
    text = "".join(f"{name} = {toml_of(table)}\n" for name, table in city.items())
    grown = jiju.Scenario.parse(text, key)
    grown.key = key
    return grown
