"""A plan whose answers are known: what levers bring adds up and wears off, so that optima and Pareto fronts have closed
forms, and what chance adds has a mean of zero.

Of River City so many levers are open, each with the same dose. With x times that dose a lever costs `cost` x, and
brings `worth` sqrt(x) to value added, `hiring` sqrt(x) to jobs, and `aims` sqrt(x) to what each target counts. With
costs in all at most b and nothing at its upper end, the most of m1 sqrt(x1) + m2 sqrt(x2) + … is
sqrt(b sum of m^2 / cost), where x is as (m / cost)^2 (Cauchy-Schwarz).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import xarray as xr
from scipy import optimize, stats

import jiju
from jiju.runs.runner import Arm, Runner
from jiju.statistics.clusters import DRAW
from jiju.studies.appraisal import NEEDED

SCENARIO = "tutorial/river-city"
LEVERS = ("platforms", "special_fund", "enterprise_research", "growing_firms", "credit", "start_up_firms",
          "leading_firms", "venture_fund")  # fmt: skip
DOSE = 0.3
MOST = 2.0  # times the dose that levers are allowed
LEVEL = 100.0  # of value added and of jobs without levers

TOML = """
[scenario]
name = "Toy"
macro = "expected"
years = 1
[appraisal]
discount_rate = 0.0
excess_burden = 0.0
production_taxes = 0.0
years = 1
"""
TARGET = """
[targets.{key}]
name = "Aim {key}"
name_zh = "目标{key}"
output = "sales"
value = 0.0
"""


@dataclass(frozen=True)
class Toy:
    """`worth`, `hiring` and `cost` by lever; `aims` targets x levers, what targets count above `thresholds`.

    spread  of the factor that a draw of the parameters makes of all that a lever brings, normal around one
    rough   deviation of chance of each arm's own in what it brings, over the root of all levers' worth
    chance  deviation of what targets count
    each    replicates that share a draw
    """

    worth: np.ndarray
    hiring: np.ndarray
    cost: np.ndarray
    aims: np.ndarray
    thresholds: np.ndarray
    spread: float = 0.3
    rough: float = 0.02
    chance: float = 1.0
    each: int = 1

    @property
    def levers(self) -> tuple[str, ...]:
        return LEVERS[: len(self.worth)]

    @cached_property
    def base(self) -> jiju.Scenario:
        found = jiju.Scenario.load(SCENARIO).copy(key="base")
        doses = {"budget": 0, "effort": 0, "loans": 0, "land": 0, "persons": 0}
        for lever, row in found.to_dict()["levers"].items():
            found.set({f"levers.{lever}.{dose}": none for dose, none in doses.items() if row.get(dose, 0) != 0})
        return found

    @cached_property
    def plan(self) -> jiju.Scenario:
        found = self.base.copy(key="plan")
        found.set({f"levers.{lever}.budget": DOSE for lever in self.levers})
        return found

    @property
    def bounds(self) -> dict[str, tuple[float, float]]:
        return {"scale": (0.0, MOST)}

    def times(self, arm: Arm) -> np.ndarray:
        """Of its dose, each lever in an arm."""
        found = []
        for lever in self.levers:
            on = arm.settings.get(f"levers.{lever}.on", arm.scenario[f"levers.{lever}.on"])
            dose = arm.settings.get(f"levers.{lever}.budget", arm.scenario[f"levers.{lever}.budget"])
            found.append(float(dose) / DOSE if on else 0.0)
        return np.array(found)

    # ---- truths, of points: how many times its dose each lever has

    def value_added(self, x: np.ndarray) -> np.ndarray:
        return np.asarray(np.sqrt(x) @ self.worth)

    def jobs(self, x: np.ndarray) -> np.ndarray:
        return np.asarray(np.sqrt(x) @ self.hiring)

    def public_cost(self, x: np.ndarray) -> np.ndarray:
        return np.asarray(x @ self.cost)

    def probabilities(self, x: np.ndarray) -> np.ndarray:
        """Of each target: that what it counts, normal by the draw's factor and by chance, exceeds nothing."""
        brought = np.sqrt(x) @ self.aims.T
        deviation = np.hypot(self.chance, self.spread * brought)
        return np.asarray(stats.norm.cdf((brought - self.thresholds) / deviation))

    def highest(self, weights: np.ndarray, budget: float) -> tuple[float, np.ndarray]:
        """The most that weights times roots bring within a budget and the bounds, and where: some levers at their upper
        end, the rest as Cauchy-Schwarz has it."""
        full = np.zeros(len(weights), bool)
        x = np.zeros(len(weights))
        while True:
            left, free = budget - MOST * self.cost[full].sum(), ~full
            x[full] = MOST
            share = (weights[free] / self.cost[free]) ** 2
            if not free.any() or not share.sum() > 0:
                break
            x[free] = left * share / (share @ self.cost[free])
            over = free & (x > MOST)
            if not over.any():
                break
            full |= over
        return float(np.sqrt(x) @ weights), x

    def front(self, budget: float, number: int = 200) -> np.ndarray:
        """Value added and jobs of Pareto-optimal plans within a budget."""
        found = []
        for share in np.linspace(0, 1, number):
            _, x = self.highest(share * self.worth + (1 - share) * self.hiring, budget)
            found.append((self.value_added(x), self.jobs(x)))
        return np.array(found)

    def reach_beyond(self, goals: np.ndarray, budget: float) -> float:
        """By what share both goals could be larger at once within the budget: zero on the front (the set of what can
        be had is convex, so its support function says where the ray through the goals leaves it)."""

        def over(share: float) -> float:
            top, _ = self.highest(share * self.worth + (1 - share) * self.hiring, budget)
            return top / float(share * goals[0] + (1 - share) * goals[1])

        found = optimize.minimize_scalar(over, bounds=(0, 1), method="bounded", options={"xatol": 1e-4})
        return min(float(found.fun), over(0.0), over(1.0)) - 1

    # ---- simulated

    def runner(self, replicates: int, seed: int) -> Runner:
        """As `run` of the decisions. Arms share the draw's factor and the chance of outputs; what is an arm's own hangs
        on what it does, so that it is the same whenever it is simulated."""
        draws = np.arange(replicates) // self.each
        random = np.random.default_rng([seed, 1])
        factor = (1 + self.spread * random.normal(size=draws[-1] + 1))[draws]
        shared = random.normal(0, 10, (2, replicates))
        own_chance = self.chance * random.normal(size=(len(self.aims), replicates))

        def run(arms: Sequence[Arm]) -> xr.Dataset:
            columns: dict[str, list[np.ndarray]] = {"value": [], "jobs": [], "cost": [], "targets": []}
            for arm in arms:
                x = self.times(arm)
                own = np.random.default_rng([seed, *np.round(1e6 * x).astype(int)]).normal(size=(2, replicates))
                top = self.rough * np.linalg.norm(self.worth)
                columns["value"].append(LEVEL + shared[0] + factor * self.value_added(x) + top * own[0])
                columns["jobs"].append(LEVEL + shared[1] + factor * self.jobs(x) + top * own[1])
                columns["cost"].append(self.public_cost(x) * (1 + 0.1 * (factor - 1)))
                counted = factor * (self.aims @ np.sqrt(x))[:, None] + own_chance
                columns["targets"].append(counted - self.thresholds[:, None])
            data = dataset({name: np.array(each) for name, each in columns.items()}, seed)
            return data.assign_coords({DRAW: ("replicate", draws)}) if self.each > 1 else data

        return run


def dataset(columns: dict[str, np.ndarray], seed: int) -> xr.Dataset:
    """Results in which value added is that of all industry, jobs those of industry, cost the budget money of one lever.

    Targets are met above zero.
    """
    arms, replicates = columns["value"].shape
    over, empty = ("scenario", "replicate", "year"), np.zeros((arms, replicates, 1))
    money = {"units": "1e8 CNY", "cell_methods": "year: sum"}
    units = dict.fromkeys(NEEDED, money) | {
        "employment": {"units": "persons"}, "rest_employment": {"units": "persons"},
        "price_level": {"units": "1", "cell_methods": "year: mean"},
    }  # fmt: skip
    books = {name: (over, empty, units[name] | {"long_name": name, "long_name_zh": name}) for name in NEEDED}
    filled = {"all_industry_value_added": columns["value"], "employment": columns["jobs"],
              "price_level": np.ones((arms, replicates)), "lever_money": columns["cost"]}  # fmt: skip
    for name, values in filled.items():
        books[name] = (over, values[..., None], books[name][2])
    keys = [f"T{place + 1}" for place in range(columns["targets"].shape[1])]
    counted = np.moveaxis(columns["targets"], 1, -1)
    names = {"long_name": "Value", "long_name_zh": "目标值", "units": "1"}
    asked = [TOML + "".join(TARGET.format(key=key) for key in keys)] * arms
    return xr.Dataset(
        {
            **books,
            "target_value": (("scenario", "replicate", "target"), counted, names),
            "target_met": (("scenario", "replicate", "target"), (counted > 0).astype(float), names),
        },
        coords={
            "scenario": [f"arm{place}" for place in range(arms)],
            "scenario_name": ("scenario", [f"Arm {place}" for place in range(arms)]),
            "scenario_name_zh": ("scenario", [f"方案{place}" for place in range(arms)]),
            "scenario_toml": ("scenario", asked),
            "replicate": np.arange(replicates), "year": [2011.0], "target": keys,
            "target_name": ("target", [f"Aim {key}" for key in keys]),
            "target_name_zh": ("target", [f"目标{key}" for key in keys]),
            "target_threshold": ("target", np.zeros(len(keys))),
            "target_upper": ("target", np.full(len(keys), np.inf)),
            "target_comparison": ("target", ["at_least"] * len(keys)),
        },
        attrs={"filetype": "jiju results", "schema_version": [2, 0], "seed": str(seed), "rng": "philox4x32-10",
               "base_year": 2010},
    )  # fmt: skip


def toy(levers: int = 6, targets: int = 4, seed: int = 3, **how: float) -> Toy:
    """With weights drawn once: some levers are worth much, most of them little, and others hire."""
    random = np.random.default_rng(seed)
    worth, hiring = (random.uniform(0.2, 1.5, levers) ** 2 for _ in range(2))
    cost = random.uniform(0.5, 1.5, levers)
    aims = random.uniform(0, 1, (targets, levers)) ** 2
    return Toy(worth, hiring, cost, aims, 0.9 * aims.sum(axis=1), **how)
