"""What every further unit of cost buys: the best plan for each of several budgets, by one to three goals.

    jiju.frontier("shaoxing-2011/plan", "shaoxing-2011/status-quo", "value_added", budgets=[20, 40, 60, 80])
    jiju.frontier("shaoxing-2011/plan", "shaoxing-2011/status-quo", ["value_added", "p(T5)"], budgets=[20, 40, 60])

One search for all plans, whose points they share. Several goals are held in several balances, so that the plans lie
spread over the Pareto front. Each step from a budget to the next in one balance is a paired difference on fresh draws,
so that the price of the last unit has an interval.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from jiju.decisions.front_search import Aim, FrontSearch, Seen, dominated, ends_of, lattice, search_front
from jiju.decisions.judgement import Estimate, gain_over, often_dominated, own_value, price_of
from jiju.decisions.open_plans import OpenPlan
from jiju.decisions.optimise import (
    CHOOSING,
    JUDGING,
    SEARCHING,
    USUAL,
    Effort,
    Question,
    Solver,
    check_planned,
    prepared,
    unit_of,
)
from jiju.decisions.outcomes import Outcome, limit_of, names_of, outcome_of
from jiju.decisions.solution import shown
from jiju.errors import UsageError
from jiju.inputs.scenario import Scenario
from jiju.languages import Lang, checked, translated
from jiju.printing import text_tables
from jiju.printing.printed import Printable, Printed
from jiju.results.provenance import made_with, program_of

ENTERS = 0.05  # of an opening's width above its lowest value: from there on a lever is in the plan
MOST_GOALS = 3
RIVALS = 3  # for each plan, on draws of their own
FURTHER = 12  # each plan after the first has one of so many points of the effort more
LEAST_FURTHER = 4


@dataclass(frozen=True)
class Frontier(Printable):
    """The best plans by budget and balance of the goals.

    table      a row for each plan and goal. `plan` and `balance` number them from 0, `weight` is that of the goal in
               the balance; cost and goal of the plan on fresh draws; `step`, what the goal gains over the plan of the
               same balance and the next smaller budget; `price`, that over the cost's rise, the shadow price; each with
               `NAME_low` and `NAME_high`. `searched` is the goal on the draws of the search, `feasible` whether any
               plan there kept budget and limits. `dominated` says whether another plan is as good in cost and all
               goals, `dominated_in` in what share of resampled draws one is
    points     the chosen value of each opening: plans x openings
    explained  of each emulated number, the share of its variance that is predicted out of sample
    """

    table: pd.DataFrame
    points: pd.DataFrame
    plan: OpenPlan
    names: dict[str, dict[Lang, str]]
    goals: list[str]
    cost: str
    explained: dict[str, float]
    looked_at: int
    runs: int
    fresh: int
    confidence: float
    notes: list[str] = field(default_factory=list)
    made: str = ""
    lang: Lang = "en"

    @property
    def weights(self) -> list[tuple[float, ...]]:
        """Of the goals in each balance."""
        parts = self.table.groupby("balance", sort=True)
        return [tuple(part.drop_duplicates("goal_name")["weight"]) for _, part in parts]

    def plans_of(self, balance: int) -> pd.DataFrame:
        """A row for each plan of a balance, by budget."""
        first = self.table[self.table["goal_name"] == self.goals[0]]
        return first[first["balance"] == balance]

    def scenario(self, plan: int | None = None) -> Scenario:
        """One plan by its number; unless said, that of the largest budget in the most even balance."""
        if plan is None:
            even = int(np.argmax([min(each) for each in self.weights]))
            plan = int(self.plans_of(even)["plan"].iloc[-1])
        if plan not in self.points.index:
            raise UsageError(translated(
                "no plan {plan}: they are numbered from 0 to {last}", plan=plan, last=len(self.points) - 1
            ))
        found = self.plan.scenario.copy(key="chosen")
        for key, value in self.plan.settings(self.points.loc[plan].to_numpy()).items():
            found[key] = value
        return found

    def shares(self) -> pd.DataFrame:
        """How far each opening is above its lowest value, as a share of what is allowed: plans x openings."""
        low, high = self.plan.bounds.T
        return pd.DataFrame((self.points - low) / (high - low))

    def entry(self) -> pd.DataFrame:
        """The lowest budget from which on each lever is in the plans of a balance; missing where it is in none."""
        inside = self.shares() > ENTERS
        rows = []
        for balance in range(len(self.weights)):
            plans = self.plans_of(balance)
            for name in self.plan.names:
                there = inside.loc[plans["plan"], name].to_numpy()
                stays = [budget for rest, budget in enumerate(plans["budget"]) if there[rest:].all()]
                rows.append({"opening": name, "balance": balance, "from_budget": min(stays) if stays else np.nan})
        return pd.DataFrame(rows).sort_values(["balance", "from_budget"], kind="stable").reset_index(drop=True)

    def balance_names(self) -> list[str]:
        """Weights in percent, in the order of the goals."""
        return [" : ".join(f"{100 * each:.0f}" for each in weights) for weights in self.weights]

    def printed(self, command: str = "") -> Printed:
        zh = self.lang == "zh"
        title = (f"{'、'.join(self.goals)} 与 {self.cost} 的前沿" if zh
                 else f"{', '.join(self.goals)} against {self.cost}")  # fmt: skip
        order = "各工具进入方案的次序" if zh else "The order in which levers enter"
        tables = [(title, self._plan_table()), (order, self._entry_table())]
        return Printed(title, tables, self.table, self.reading(), self.notes, self.made, command, self.lang)

    def _plan_table(self) -> pd.DataFrame:
        zh, several = self.lang == "zh", len(self.goals) > 1
        rows = []
        for _, part in self.table.groupby("plan", sort=True):
            first = part.iloc[0]
            row: dict[str, str] = {}
            if several:
                row["方案" if zh else "plan"] = str(first["plan"])
                row["目标权重" if zh else "weights of goals"] = self.balance_names()[int(first["balance"])]
            row["预算" if zh else "budget"] = text_tables.number(first["budget"])
            row[self.cost] = shown(triple(first, "cost"))
            for _, each in part.iterrows():
                of = f"{each['goal_name']}{'：' if zh else ': '}" if several else ""
                row[str(each["goal_name"])] = shown(triple(each, "goal"))
                if not several:
                    row["较上一档增加" if zh else "over the row before"] = shown(triple(each, "step"), signed=True)
                row[of + ("每增加一单位成本" if zh else "for one more unit of cost")] = shown(
                    triple(each, "price"), signed=True
                )
            worse = f"{'是' if zh else 'yes'}, " if first["dominated"] else ""
            row["被支配（重抽样占比）" if zh else "dominated (of resamples)"] = (
                f"{worse}{100 * first['dominated_in']:.0f} %"
            )
            rows.append(row)
        return pd.DataFrame(rows)

    def _entry_table(self) -> pd.DataFrame:
        zh = self.lang == "zh"
        wide = self.entry().pivot(index="opening", columns="balance", values="from_budget")
        wide = wide.loc[wide.mean(axis=1).sort_values(kind="stable", na_position="last").index]
        head = "自此预算起纳入" if zh else "in the plan from budget"
        names = [head] if len(self.goals) == 1 else [f"{head}, {each}" for each in self.balance_names()]
        frame = wide.set_axis(names, axis=1).reset_index(names="可选量" if zh else "opening")
        for name in names:
            frame[name] = [text_tables.number(value) for value in frame[name]]
        return frame

    def reading(self) -> str:
        """What the answer does not know."""
        sure = f"{100 * self.confidence:g} %"
        if self.lang == "zh":
            of = "与每组目标权重" if len(self.goals) > 1 else ""
            return (
                f"在{self.looked_at}个方案、每个{self.runs}次共用抽样的重复试验中搜索；所示为每档预算{of}的最优方案，"
                f"{self.fresh}次未参与选择的新抽样，区间{sure}；"
                "相邻两档按配对差异比较。搜索未必找到最优；所示各点之间的前沿、可选量与界限之外的方案、本模型之外的情形均属未知。"
            )
        each = "each budget and balance of the goals" if len(self.goals) > 1 else "each budget"
        return (
            f"Searched among {self.looked_at} plans of {self.runs} replicates that share their draws: the best found "
            f"for {each}, on {self.fresh} fresh draws that no choice saw, with {sure} intervals; plans of neighbouring "
            "budgets are compared by paired differences. A search need not find the best, and nothing is known of the "
            "front between these plans, beyond these openings and bounds, or outside this model."
        )

    def __repr__(self) -> str:
        return f"{self.printed()!r}\n\n{self.reading()}"

    def _repr_html_(self) -> str:
        return self.printed()._repr_html_()


def triple(row: pd.Series, name: str) -> Estimate:
    return Estimate(float(row[name]), float(row[f"{name}_low"]), float(row[f"{name}_high"]))


def spread(name: str, found: Estimate) -> dict[str, float]:
    return {name: found.value, f"{name}_low": found.low, f"{name}_high": found.high}


@dataclass(frozen=True)
class Front:
    """What is asked: goals and cost, limits, and an aim for each plan, by balance and rising budget."""

    solver: Solver
    question: Question  # of limits alone
    goals: list[Outcome]
    price: Outcome
    aims: list[Aim]

    def seen(self, points: np.ndarray, which: int) -> Seen:
        draws = self.solver.draws[which]
        draws.simulate(points)
        goals = np.column_stack([draws.means(each, points) for each in self.goals])
        slacks = self.solver.slacks(self.question, points, which)
        return Seen(points, goals, draws.means(self.price, points), slacks)

    def search(self) -> FrontSearch:
        def simulate(cube: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
            found = self.seen(self.solver.points(cube), SEARCHING)
            return found.goals, found.costs, found.slacks

        def known(cube: np.ndarray) -> np.ndarray:
            return self.solver.planned(self.question, self.solver.points(cube))

        effort = self.solver.effort
        further = (len(self.aims) - 1) * max(effort.points // FURTHER, LEAST_FURTHER)
        return search_front(simulate, known, self.aims, self.solver.starts(), effort.points + further,
                            self.solver.seed)  # fmt: skip

    def chosen(self, found: Seen) -> np.ndarray:
        """Of each aim the best of a few points on draws of their own: aims x openings."""
        ends = ends_of(found, self.aims)
        few = [found.best(aim, ends, RIVALS) for aim in self.aims]
        places = np.unique(np.concatenate(few))
        again = self.seen(self.solver.points(found.points[places]), CHOOSING)
        planned = found.slacks[places, again.slacks.shape[1] :]
        rows = []
        for aim, own in zip(self.aims, few, strict=True):
            rivals = np.flatnonzero(np.isin(places, own))
            part = Seen(again.points[rivals], again.goals[rivals], again.costs[rivals],
                        np.column_stack([again.slacks, planned])[rivals])  # fmt: skip
            rows.append(part.points[part.best(aim, ends)[0]])
        return np.array(rows)

    def judged(self, points: np.ndarray, found: Seen) -> pd.DataFrame:
        """The rows of the table, on fresh draws."""
        judge, sure = self.solver.draws[JUDGING], self.solver.confidence
        judge.simulate(points)
        rest = (judge.clusters, sure)
        costs = judge.replicates_of(self.price, points)
        values = [judge.replicates_of(goal, points) for goal in self.goals]
        searched = self.seen(points, SEARCHING).goals
        often = often_dominated([*((goal, each, True) for goal, each in zip(self.goals, values, strict=True)),
                                 (self.price, costs, False)], judge.clusters)  # fmt: skip
        rows: list[dict[str, Any]] = []
        weights = list(dict.fromkeys(aim.weights for aim in self.aims))
        nothing = Estimate(np.nan, np.nan, np.nan)
        for plan, aim in enumerate(self.aims):
            follows = plan > 0 and self.aims[plan - 1].weights == aim.weights
            cost = own_value(self.price, costs[plan], *rest)
            for place, goal in enumerate(self.goals):
                now, before = values[place][plan], values[place][plan - 1]
                rise = self.price.of_means(np.moveaxis(costs[plan] - costs[plan - 1], 0, -1))
                row = {
                    "plan": plan, "balance": weights.index(aim.weights), "budget": aim.budget, "goal_name": goal.text,
                    "weight": aim.weights[place], "feasible": bool(found.feasible(aim).any()),
                    "searched": searched[plan, place],
                }  # fmt: skip
                row |= spread("cost", cost) | spread("goal", own_value(goal, now, *rest))
                row |= spread("step", gain_over(goal, now, before, *rest) if follows else nothing)
                row |= spread("price", price_of(goal, now, before, rise, *rest) if follows else nothing)
                rows.append(row | {"dominated_in": often[plan]})
        table = pd.DataFrame(rows)
        first = table["goal_name"] == self.goals[0].text
        objectives = [-table.loc[first, "cost"].to_numpy()]
        objectives += [table.loc[table["goal_name"] == goal.text, "goal"].to_numpy() for goal in self.goals]
        worse = dominated(np.column_stack(objectives))
        table.insert(len(table.columns) - 1, "dominated", worse[table["plan"]])
        return table


def frontier(
    plan: Any,
    base: Any,
    maximise: str | Sequence[str] = "value_added",
    budgets: Sequence[float] = (),
    *,
    cost: str = "public_cost",
    limits: Sequence[str] = (),
    levers: Any = None,
    ways: Sequence[Any] = ("scale",),
    bounds: Any = None,
    balances: int = 5,
    effort: Effort = USUAL,
    seed: int = 1,
    confidence: float = 0.95,
    file: str | os.PathLike[str] | None = None,
    run: Any = None,
    progress: bool = True,
    lang: Lang = "en",
) -> Frontier:
    """The best plan for each budget of `cost`, from the smallest on; of two or three goals for each of `balances` or
    some more balances between them, in equal steps of weights.

    A balance asks for the highest achievement (Wierzbicki 1980): the smallest of the goals' gains over their weights,
    where a goal's gain counts from its value at the worst to that at the best of the plans that are best by one goal
    each within the budget. Plans are held against each other, replicate by replicate: no base is a control.

    Everything else is as in `optimise`; each plan after the first adds a twelfth of `effort.points`.
    `lang` is the language of names and words: "en" or "zh".
    UsageError where there are fewer than two budgets, more than three goals, or one is named twice.

    Example:

        found = jiju.frontier("shaoxing-2011/plan", "shaoxing-2011/status-quo", ["value_added", "jobs"], [20, 40, 60],
                              levers=["special_fund", "land_guarantee"], balances=3,
                              effort=jiju.Effort(points=60, replicates=20, compared=50, judged=100))
        print(found)
    """
    checked(lang)
    amounts = sorted(dict.fromkeys(float(each) for each in budgets))
    if len(amounts) < 2:
        raise UsageError(translated("a frontier needs two budgets or more, such as 20, 40, 60"))
    opened, data = prepared(plan, base, levers, ways, bounds, run)
    goals = goals_of([maximise] if isinstance(maximise, str) else maximise, data)
    price = outcome_of(cost, data)
    if price in goals:
        raise UsageError(translated("{cost!r} is the cost, and cannot be a goal too", cost=price.text))
    rest = tuple(limit_of(text, data, opened) for text in limits)
    check_planned(opened, rest)
    question = Question("", goals[0], True, rest, (*goals, price))
    solver = Solver(
        opened, question.columns, effort, seed, confidence=confidence, file=file, run=run, progress=progress,
        control=False,
    )
    aims = [Aim(amount, weights) for weights in lattice(len(goals), balances) for amount in amounts]
    front = Front(solver, question, goals, price, aims)
    found = front.search()
    points = front.chosen(found.seen)
    table = front.judged(points, found.seen)
    emulated = [*(each.text for each in (*goals, price)), *(limit.text for limit in question.simulated)]
    judge = solver.draws[JUDGING]
    return Frontier(
        table, pd.DataFrame(points, columns=opened.names), opened,
        {each.text: names_of(each, data, unit_of(each, data)) for each in (*goals, price)},
        [each.text for each in goals], price.text,
        {name: each.explained for name, each in zip(emulated, found.emulators, strict=True)},
        len(found.seen.points), effort.replicates, effort.judged, confidence,
        broken(table, rest, front, points, lang),
        made_with(str(effort.judged), str(judge.clusters.count), str(judge.seed), program_of(data), lang), lang,
    )  # fmt: skip


def goals_of(texts: Sequence[str], data: xr.Dataset) -> list[Outcome]:
    found = [outcome_of(text, data) for text in texts]
    if not 1 <= len(found) <= MOST_GOALS:
        raise UsageError(translated(
            "a frontier has one to {most} goals beside the cost; here are {given}", most=MOST_GOALS, given=len(found)
        ))
    if len(set(found)) < len(found):
        raise UsageError(translated("a goal is named twice: {goals}", goals=", ".join(each.text for each in found)))
    return found


def broken(table: pd.DataFrame, limits: Sequence[Any], front: Front, points: np.ndarray, lang: Lang) -> list[str]:
    """Notes on budgets and limits that no plan kept, and on those that fresh draws do not keep."""
    zh, notes = lang == "zh", []
    plans = table.drop_duplicates("plan")
    never = sorted(set(plans.loc[~plans["feasible"], "budget"]))
    if never:
        amounts = ", ".join(text_tables.number(each) for each in never)
        notes.append(
            f"预算{amounts}：搜索中没有方案满足预算与全部约束；所示为最接近者" if zh
            else f"budget {amounts}: no plan that was looked at keeps it and all limits: shown is the nearest"
        )  # fmt: skip
    over = int((plans["feasible"] & (plans["cost_low"] > plans["budget"])).sum())
    if over:
        notes.append(
            f"{over}个方案在新抽样上的成本高于预算（区间整体在其上）" if zh
            else f"{over} plans cost more than their budget on fresh draws, with their whole intervals"
        )  # fmt: skip
    slacks = front.solver.slacks(front.question, points, JUDGING)
    for limit, left in zip(front.question.simulated, slacks.T, strict=True):
        if (left < 0).any():
            count = int((left < 0).sum())
            notes.append(f"{count}个方案在新抽样上不满足 {limit.text}" if zh else
                         f"{count} plans do not keep {limit.text} on fresh draws")  # fmt: skip
    return notes
