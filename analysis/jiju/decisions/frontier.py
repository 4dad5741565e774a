"""What every further unit of cost buys: the best plan for each of several budgets.

    jiju.frontier("shaoxing-2011/plan", "shaoxing-2011/status-quo", "value_added", budgets=[20, 40, 60, 80])

One search after the other over the same points: what was simulated for one budget serves the next. Each step from a
budget to the next is a paired difference on fresh draws, so that the price of the last unit has an interval.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from jiju.decisions.judgement import Estimate, gain_over
from jiju.decisions.optimise import JUDGING, USUAL, Effort, Question, Solver, check_planned, prepared
from jiju.decisions.outcomes import limit_of, outcome_of
from jiju.decisions.solution import Solution, shown
from jiju.errors import UsageError
from jiju.inputs.scenario import Scenario
from jiju.languages import Lang, checked, translated
from jiju.printing import text_tables
from jiju.printing.printed import Printable, Printed
from jiju.studies.returns import ratio_of

ENTERS = 0.05  # of an opening's width above its lowest value: from there on a lever is in the plan


@dataclass(frozen=True)
class Frontier(Printable):
    """The best plans by budget.

    table      one budget a row: cost and goal of its plan on fresh draws; `step`, what the goal gains over the row
               before; `price`, that over the cost's rise, the shadow price; each with `NAME_low` and `NAME_high`;
               `dominated`, whether a cheaper row's plan does as well
    solutions  what stands behind each row
    """

    table: pd.DataFrame
    solutions: list[Solution]
    goal: str
    cost: str
    confidence: float
    notes: list[str] = field(default_factory=list)
    made: str = ""
    lang: Lang = "en"

    def scenario(self) -> Scenario:
        """The plan of the largest budget."""
        return self.solutions[-1].scenario()

    def entry(self) -> pd.DataFrame:
        """The lowest budget from which on each lever is in the plan; missing where it is in none."""
        rows = []
        plan = self.solutions[0].plan
        for place, opening in enumerate(plan.openings):
            least = opening.low + ENTERS * (opening.high - opening.low)
            inside = [each.point.iloc[place] > least for each in self.solutions]
            stays = [budget for budget, rest in zip(self.table["budget"], range(len(inside)), strict=True)
                     if all(inside[rest:])]  # fmt: skip
            rows.append({"opening": opening.name, "from_budget": min(stays) if stays else np.nan})
        return pd.DataFrame(rows).sort_values("from_budget", kind="stable").reset_index(drop=True)

    def printed(self, command: str = "") -> Printed:
        zh = self.lang == "zh"
        rows = []
        for row in self.table.to_dict("records"):
            triple = {name: Estimate(row[name], row[f"{name}_low"], row[f"{name}_high"])
                      for name in ("cost", "goal", "step", "price")}  # fmt: skip
            rows.append({
                "预算" if zh else "budget": text_tables.number(row["budget"]),
                self.cost: shown(triple["cost"]), self.goal: shown(triple["goal"]),
                "较上一档增加" if zh else "over the row before": shown(triple["step"], signed=True),
                "每增加一单位成本" if zh else "for one more unit of cost": shown(triple["price"], signed=True),
                "被支配" if zh else "dominated": ("是" if zh else "yes") if row["dominated"] else "–",
            })  # fmt: skip
        names = {
            "opening": "可选量" if zh else "opening",
            "from_budget": "自此预算起纳入" if zh else "in the plan from budget",
        }
        entry = self.entry().rename(columns=names)
        entry[names["from_budget"]] = [text_tables.number(value) for value in entry[names["from_budget"]]]
        title = f"{self.goal} 与 {self.cost} 的前沿" if zh else f"{self.goal} against {self.cost}"
        order = "各工具进入方案的次序" if zh else "The order in which levers enter"
        return Printed(title, [(title, pd.DataFrame(rows)), (order, entry)], self.table, self.reading(), self.notes,
                       self.made, command, self.lang)  # fmt: skip

    def reading(self) -> str:
        sure, fresh = f"{100 * self.confidence:g} %", self.solutions[0].fresh
        if self.lang == "zh":
            return (
                f"每档预算的最优方案，{fresh}次新抽样，区间{sure}；相邻两档按配对差异比较。"
                "搜索未必找到最优，可选量与界限之外的方案不在其中。"
            )
        return (
            f"The best plan found for each budget, {fresh} fresh draws, {sure} intervals; rows are compared with the "
            "one before by paired differences. A search need not find the best, and knows nothing beyond openings and "
            "bounds."
        )

    def __repr__(self) -> str:
        return f"{self.printed()!r}\n\n{self.reading()}"

    def _repr_html_(self) -> str:
        return self.printed()._repr_html_()


def frontier(
    plan: Any,
    base: Any,
    maximise: str = "value_added",
    budgets: Sequence[float] = (),
    *,
    cost: str = "public_cost",
    limits: Sequence[str] = (),
    levers: Any = None,
    ways: Sequence[Any] = ("scale",),
    bounds: Any = None,
    effort: Effort = USUAL,
    seed: int = 1,
    confidence: float = 0.95,
    file: str | os.PathLike[str] | None = None,
    run: Any = None,
    progress: bool = True,
    lang: Lang = "en",
) -> Frontier:
    """The best plan for each budget of `cost`, from the smallest on.

    Rows are held against each other, replicate by replicate: no base is a control.

    Everything else is as in `optimise`; the first search has `effort.points`, each later one a quarter of them more.
    `lang` is the language of names and words: "en" or "zh".
    UsageError where there are fewer than two budgets.

    Example:

        found = jiju.frontier("shaoxing-2011/plan", "shaoxing-2011/status-quo", "value_added", [20, 40, 60],
                              levers=["special_fund", "land_guarantee"],
                              effort=jiju.Effort(points=60, replicates=20, compared=50, judged=100))
        print(found)
    """
    checked(lang)
    amounts = sorted(dict.fromkeys(float(each) for each in budgets))
    if len(amounts) < 2:
        raise UsageError(translated("a frontier needs two budgets or more, such as 20, 40, 60"))
    opened, data = prepared(plan, base, levers, ways, bounds, run)
    goal, price = outcome_of(maximise, data), outcome_of(cost, data)
    rest = tuple(limit_of(text, data, opened) for text in limits)
    check_planned(opened, rest)
    whole = Question("", goal, True, rest, (price,))
    solver = Solver(
        opened, whole.columns, effort, seed, confidence=confidence, file=file, run=run, progress=progress,
        control=False,
    )
    found = []
    for place, amount in enumerate(reversed(amounts)):  # the dearest first: its points teach most
        limit = limit_of(f"{cost} <= {amount:.12g}", data, opened)
        question = Question(f"{goal.text}, {limit.text}", goal, True, (limit, *rest), (price,))
        solver.effort = replace(effort, points=effort.points + place * max(effort.points // 4, 1))
        found.append(solver.solve(question, data, lang))
    found.reverse()
    judge = solver.draws[JUDGING]
    rows: list[dict[str, Any]] = []
    for place, (amount, each) in enumerate(zip(amounts, found, strict=True)):
        row: dict[str, Any] = {"budget": amount, "feasible": each.feasible}
        row |= spread("cost", each.outcomes[1].chosen) | spread("goal", each.outcomes[0].chosen)
        step = ratio = Estimate(np.nan, np.nan, np.nan)
        if place:
            pair = np.vstack([each.point.to_numpy(), found[place - 1].point.to_numpy()])
            (now, before), (dear, cheap) = (judge.replicates_of(what, pair) for what in (goal, price))
            step = gain_over(goal, now, before, judge.clusters, confidence)
            if len(goal.columns) == 1:
                bought = ratio_of(now[0] - before[0], dear[0] - cheap[0], confidence)
                ratio = Estimate(bought.ratio, bought.low, bought.high)
        row |= spread("step", step) | spread("price", ratio)
        row["dominated"] = any(
            other["goal"] >= row["goal"] and other["cost"] <= row["cost"] for other in rows
        )
        rows.append(row)
    notes = [note for each in found for note in each.notes]
    return Frontier(pd.DataFrame(rows), found, goal.text, price.text, confidence, notes, found[0].made, lang)


def spread(name: str, found: Estimate) -> dict[str, float]:
    return {name: found.value, f"{name}_low": found.low, f"{name}_high": found.high}
