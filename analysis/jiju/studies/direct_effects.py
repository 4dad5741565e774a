"""What goes into a simulation of levers, and what of it is found again: the direct effect of every component on the
outcome that it moves at once, beside what the lever changes in that outcome.

A direct effect is the first round alone, from the scenario's own numbers and the results without the lever: the
response of its channel to the dose given (E38, E45, E46; docs/model.md) where everything is delivered and nothing
stands in the way, times what there is to move; of a grant its money times what honest spending adds (E39); of a refund
what firms spend more at the lower cost (E41, E52). What the simulation leaves of it is what delivery, misuse,
displacement, capacity, land, workers and rivals leave.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import xarray as xr

from jiju.inputs.schedules import value_at
from jiju.results.indicators import scenario_tables, yearly
from jiju.results.parameter_draws import value_by_replicate
from jiju.results.validation import REPLICATES

Kind = Literal["factor", "amount", "growth", "per_sales"]


@dataclass(frozen=True)
class Own:
    """An outcome that something moves at once.

    output  the variable of results, at `where` and summed over its other dimensions
    since   it counts from a start on: what is moved is its increase
    end     what stands at the end of the last year is compared, not all years together
    kind    how a response moves it: a factor on it; so much a year of it; a growth rate of it; or so much for each unit
            of the sales of the tiers reached
    """

    output: str
    kind: Kind = "factor"
    where: tuple[tuple[str, str], ...] = ()
    since: bool = False
    end: bool = False

    @property
    def key(self) -> str:
        """As expressions name it: entries[start_up]."""
        return self.output + "".join(f"[{value}]" for _, value in self.where)

    def of(self, data: xr.Dataset) -> xr.DataArray:
        """By scenario, replicate and year."""
        array = yearly(data[self.output]).sel(dict(self.where))
        return array.sum([dim for dim in array.dims if dim not in (*REPLICATES, "year")], skipna=False)


def entries(origin: str) -> Own:
    return Own("entries", where=(("origin", origin),))


# The outcome that a channel moves at once. Of channels that are not here none is recorded: what they move is a trait of
# firms, a chance or a delay, or they act through other levers.
CHANNELS: dict[str, Own] = {
    "start_ups": entries("start_up"),
    "spin_offs": entries("spin_off"),
    "attracted": entries("attracted"),
    "grafted": entries("grafted"),
    "closure": Own("closures"),
    "own_research": Own("research"),
    "reported_research": Own("research_reported"),
    "patents": Own("patents", since=True),
    "patents_reported": Own("patents_reported", since=True),
    "talents": Own("talents_arrived", "amount", since=True),
    "procurement": Own("sales", "amount"),
    "land_supply": Own("land", "amount", end=True),
    "reporting": Own("output_reported", "growth"),
    "credit_limit": Own("debt", "per_sales", end=True),
}
# The same of what grants are for, and of what subsidies refund.
USES: dict[str, Own] = {"research": Own("research"), "equipment": Own("investment"), "investment": Own("investment")}
OUTCOMES = tuple(dict.fromkeys([*CHANNELS.values(), *USES.values()]))
NEEDED = tuple(dict.fromkeys([*(own.output for own in OUTCOMES), "tier_sales", "lever_allotted"]))
PREFIX = "direct "  # before an outcome's key, so that it is no other variable of that name
LEAST_FACTOR = 0.01  # a factor drawn from a wide prior may lie below any that makes sense


def recorded(data: xr.Dataset) -> dict[str, xr.DataArray]:
    """Of results what direct effects need, by year; what they lack is left out."""
    found = {PREFIX + own.key: own.of(data) for own in OUTCOMES if has(data, own)}
    found |= {PREFIX + name: yearly(data[name]) for name in ("tier_sales", "lever_allotted") if name in data}
    return {name: array.reset_coords(drop=True) for name, array in found.items()}


def has(data: xr.Dataset, own: Own) -> bool:
    return own.output in data and all(dim in data.dims and key in data[dim] for dim, key in own.where)


def change(own: Own, array: xr.DataArray) -> xr.DataArray:
    """What an outcome amounts to: over all years, or at the end; of a count from a start on, its increase."""
    if own.end:
        return array.isel(year=-1, drop=True)
    return array.isel(year=-1, drop=True) - array.isel(year=0, drop=True) if own.since else array.sum("year")


def flow(own: Own, array: xr.DataArray) -> np.ndarray:
    """Year x replicate: what there is to move in each year; of a count from a start on the first is not known."""
    values = array.transpose("year", "replicate").values.astype(float)
    if own.since:
        values = np.diff(values, axis=0, prepend=values[:1])
    return values


@dataclass(frozen=True, eq=False)
class Sources:
    """What direct effects are computed from: the scenario with its draws, and the results without and with a lever."""

    plan: xr.Dataset  # results of the plan as they are, for its tables and draws
    without: xr.Dataset
    having: xr.Dataset

    @property
    def tables(self) -> Mapping[str, Any]:
        return scenario_tables(self.plan)[0]

    def value(self, path: str) -> np.ndarray:
        """A number of the plan by replicate, as drawn."""
        found = value_by_replicate(self.plan, str(self.plan["scenario"].values[0]), path)
        return np.full(self.plan.sizes["replicate"], np.nan) if found is None else found

    @property
    def whole(self) -> bool:
        """Whether a runner of the reader's own has kept what every direct effect needs."""
        return all(PREFIX + name in self.without for name in ("tier_sales", "lever_allotted"))

    def eligible(self, lever: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.tables["levers"][lever].get("eligible", {})
        return found

    def in_some_cells(self, lever: str) -> bool:
        """Whether a lever acts in some industries, clusters or places alone."""
        return any(self.eligible(lever).get(dim) for dim in ("industries", "clusters", "places"))

    def tiers(self, row: Mapping[str, Any]) -> list[str]:
        """Those that a component reaches of those that its lever does; all where none are named."""
        own, levers = (list(table.get("tiers", [])) for table in (row, self.eligible(row["lever"])))
        return [tier for tier in own if tier in levers] if own and levers else own or levers

    @property
    def steps(self) -> int:
        return int(self.tables["scenario"]["steps_per_year"])

    @property
    def years(self) -> list[int]:
        return [int(year) for year in self.without["year"].values]

    def array(self, name: str) -> xr.DataArray:
        return self.without[PREFIX + name]

    def schedule(self, lever: str, dose: str) -> np.ndarray:
        """Step x 1: as the scenario says, before what is realised of it."""
        times = [year + step / self.steps for year in self.years for step in range(self.steps)]
        return np.array([value_at(self.tables["levers"][lever][dose], time) for time in times])[:, None]

    def dose(self, lever: str, dose: str) -> np.ndarray:
        """Step x replicate, a year: of money what was allotted, else the schedule times what is realised of it."""
        planned = self.schedule(lever, dose)
        if dose != "budget":
            given = planned * self.value(f"levers.{lever}.realised")[None, :]
            return np.asarray(np.minimum(given, 1.0) if dose == "effort" else given)
        allotted = self.having[PREFIX + "lever_allotted"].sel(lever=lever).transpose("year", "replicate").values
        shape = planned.reshape(len(self.years), self.steps)
        whole = shape.mean(axis=1, keepdims=True)
        shape = np.divide(shape, whole, out=np.zeros_like(shape), where=whole > 0).reshape(-1, 1)
        return np.asarray(shape * np.repeat(allotted, self.steps, axis=0))

    def share_of_tiers(self, tiers: list[str]) -> np.ndarray:
        """Year x replicate: share of all sales that firms of these tiers have; 1 where none are named."""
        sales = self.array("tier_sales").transpose("year", "replicate", "tier")
        if not tiers:
            return np.ones(sales.shape[:2], float)
        return np.asarray((sales.sel(tier=tiers).sum("tier") / sales.sum("tier")).values)

    def sales_of_tiers(self, tiers: list[str]) -> np.ndarray:
        sales = self.array("tier_sales").sum("tier").transpose("year", "replicate").values
        return np.asarray(sales * self.share_of_tiers(tiers))


def followed(dose: np.ndarray, lag: np.ndarray, memory: np.ndarray, steps: int) -> np.ndarray:
    """A dose as its response sees it, step x replicate: late by an Erlang-2 lag (E45), and kept for a while (E46)."""
    found, (first, second, kept) = np.empty_like(dose), np.zeros((3, dose.shape[1]))
    a = np.divide(2 / steps, lag, out=np.full_like(lag, np.inf), where=lag > 0)
    left, slope = np.exp(-a), np.where(np.isfinite(a), a, 0.0)
    fade = np.where(memory > 0, np.exp(-np.divide(1 / steps, memory, out=np.zeros_like(memory), where=memory > 0)), 0.0)
    for step, given in enumerate(dose):
        second = given + left * (second - given + slope * (first - given))
        first = given + left * (first - given)
        kept = np.maximum(second, kept * fade)
        found[step] = kept
    return found


def response(sources: Sources, key: str, row: Mapping[str, Any]) -> tuple[Own, np.ndarray] | None:
    """What a response adds to the outcome of its channel, by replicate; None where it is not recorded."""
    own = CHANNELS.get(row.get("channel", ""))
    # sites are not recorded by cluster, nor what there is to move in the cells that a lever reaches alone
    if own is None or row.get("dose") == "sites" or (own.kind != "amount" and sources.in_some_cells(row["lever"])):
        return None

    def number(name: str) -> np.ndarray:
        return sources.value(f"responses.{key}.{name}")

    seen = followed(sources.dose(row["lever"], row["dose"]), number("lag_years"), number("memory_years"), sources.steps)
    scale, effect = number("scale"), number("effect")
    full = np.log(np.maximum(effect, LEAST_FACTOR)) if own.kind == "factor" else effect
    part = np.where(scale > 0, 1 - np.exp(-seen / np.where(scale > 0, scale, 1.0)), seen)
    strength = number("reach") * full * part
    return own, moved(sources, own, strength, sources.tiers(row))


def moved(sources: Sources, own: Own, strength: np.ndarray, tiers: list[str]) -> np.ndarray:
    """By replicate: what a channel at this strength, step x replicate, adds to its outcome."""
    by_year = (len(sources.years), sources.steps, -1)
    if own.kind == "amount":
        return np.asarray(strength.sum(axis=0) / sources.steps)
    if own.kind == "per_sales":
        return np.asarray(strength[-1] * sources.sales_of_tiers(tiers)[-1])
    there = flow(own, sources.array(own.key))
    if own.kind == "growth":
        strength = np.cumsum(strength, axis=0) / sources.steps
    added = np.expm1(strength).reshape(by_year).mean(axis=1)
    return np.asarray((there * sources.share_of_tiers(tiers) * added).sum(axis=0))


def grant(sources: Sources, key: str, row: Mapping[str, Any]) -> tuple[Own, np.ndarray] | None:
    """Its money times what honest spending adds, midway between small and large firms."""
    own = USES.get(row["use"])
    if own is None:
        return None
    adds = sum(sources.value(f"grants.{key}.additionality_{size}") for size in ("small", "large")) / 2
    allotted = sources.having[PREFIX + "lever_allotted"].sel(lever=row["lever"]).sum("year")
    return own, np.asarray(adds * sources.value(f"grants.{key}.share") * allotted.values)


def subsidy(sources: Sources, key: str, row: Mapping[str, Any]) -> tuple[Own, np.ndarray] | None:
    """What firms spend more where a share of the cost is refunded, midway between small and large firms."""
    own = USES.get(row["base"])
    if own is None or sources.in_some_cells(row["lever"]):
        return None
    rate, take_up = (sources.value(f"subsidies.{key}.{name}") for name in ("rate", "take_up"))
    refunded = rate * sources.dose(row["lever"], "effort")
    answers = [(1 - refunded) ** -sources.value(f"subsidies.{key}.elasticity_{size}") for size in ("small", "large")]
    strength = np.log1p(take_up * (sum(answers) / 2 - 1))
    return own, moved(sources, own, strength, sources.tiers(row))


KINDS = {"responses": response, "grants": grant, "subsidies": subsidy}
# Components whose direct effect is on traits of single firms, on their cash or debt, or on places.
OTHERS = ("deals", "credits", "treatments", "sites")


def of_lever(sources: Sources, lever: str) -> Iterator[tuple[str, Own | None, np.ndarray]]:
    """Every component of a lever with the outcome that it moves at once, None where that is not recorded, and by how
    much by replicate."""
    for kind in (*KINDS, *OTHERS):
        for key, row in sources.tables.get(kind, {}).items():
            if row["lever"] != lever or not row.get("on", True):
                continue
            found = KINDS[kind](sources, key, row) if kind in KINDS and sources.whole else None
            if found is None or PREFIX + found[0].key not in sources.without:
                yield key, None, np.zeros(0)
            else:
                yield key, *found


def direct_effects(sources: Sources, lever: str) -> tuple[dict[Own, dict[str, np.ndarray]], list[str]]:
    """By outcome the components that move it at once, with what each puts in by replicate; and the components of which
    none is recorded."""
    found: dict[Own, dict[str, np.ndarray]] = {}
    unknown = []
    for key, own, amount in of_lever(sources, lever):
        if own is None:
            unknown.append(key)
        else:
            found.setdefault(own, {})[key] = amount
    return found, unknown
