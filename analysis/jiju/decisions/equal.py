"""Plans made equally costly, and then compared.

    jiju.equal(["shaoxing-2011/plan", "shaoxing-2011/credit-only"], "shaoxing-2011/status-quo")

A dear plan brings more than a cheap one; which is better shows at one cost. All doses of a plan are multiplied by one
number, found by the method of Illinois on the draws of a search, where the cost rises with the number; costs are then
told on fresh draws, as they came out.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from jiju.decisions.evaluation import Evaluator, try_out
from jiju.decisions.judgement import Estimate, gain_over, own_value
from jiju.decisions.openings import Plan, open_plan
from jiju.decisions.optimise import SEEDS, unit_of
from jiju.decisions.outcomes import Outcome, names_of, outcome_of
from jiju.decisions.solution import shown
from jiju.errors import UsageError
from jiju.inputs.scenario import Scenario
from jiju.languages import Lang, checked, translated
from jiju.printing import text_tables
from jiju.printing.printed import Printable, Printed
from jiju.results.provenance import made_with, program_of

MOST = 8.0  # times a plan's doses
EXACT = 0.01  # of the cost
TRIES = 12


@dataclass(frozen=True)
class Equal(Printable):
    """Plans at one cost.

    factors   by plan: what all its doses were multiplied by; NaN where no factor up to the highest makes it so costly
    names     of each outcome and of the cost, with units
    table     one plan and outcome a row: value, low, high; and over the first plan: gain, gain_low, gain_high
    """

    factors: pd.Series
    names: dict[str, dict[Lang, str]]
    table: pd.DataFrame
    scenarios: dict[str, Scenario]
    cost: str
    wanted: float
    replicates: int
    confidence: float
    notes: list[str] = field(default_factory=list)
    made: str = ""
    lang: Lang = "en"

    def printed(self, command: str = "") -> Printed:
        zh = self.lang == "zh"
        names = {key: each.name_zh or each.name if zh else each.name for key, each in self.scenarios.items()}
        rows = []
        for key, part in self.table.groupby("plan", sort=False):
            row = {"方案" if zh else "plan": names[str(key)],
                   "力度倍数" if zh else "doses times": text_tables.number(self.factors[key])}  # fmt: skip
            for _, each in part.iterrows():
                value = shown(Estimate(each["value"], each["low"], each["high"]))
                row[f"{each['outcome']}, {each['unit']}" if each["unit"] else each["outcome"]] = value
                if not math.isnan(each["gain"]) and each["outcome"] != self.cost:
                    gain = shown(Estimate(each["gain"], each["gain_low"], each["gain_high"]), signed=True)
                    row[f"{each['outcome']}{' 较首个方案' if zh else ' over the first'}"] = gain
            rows.append(row)
        title = f"同等{self.cost}：{text_tables.number(self.wanted)}" if zh else (
            f"Plans at one {self.cost}: {text_tables.number(self.wanted)}"
        )  # fmt: skip
        frame = pd.DataFrame(rows).fillna("–")
        return Printed(title, [(title, frame)], self.table, self.reading(), self.notes, self.made, command, self.lang)

    def reading(self) -> str:
        """What the answer does not know."""
        sure = f"{100 * self.confidence:g} %"
        if self.lang == "zh":
            return (
                f"各方案全部力度乘以同一倍数，使{self.cost}相等；{self.replicates}次新抽样，配对，区间{sure}。"
                "方案内部的力度比例保持不变：同样的钱换一种分配可能更好；其他成本水平、原力度之外的效果与本模型之外的情形均属未知。"
            )
        return (
            f"All doses of a plan times one number that makes its {self.cost} equal; {self.replicates} fresh draws, "
            f"paired, {sure} intervals. A plan keeps its mixture: the same money divided otherwise may do better. "
            "Nothing is known of other costs, or outside this model, and little of doses far from those as written."
        )

    def __repr__(self) -> str:
        return f"{self.printed()!r}\n\n{self.reading()}"

    def _repr_html_(self) -> str:
        return self.printed()._repr_html_()


def all_times(plan: Plan, factor: float) -> np.ndarray:
    return np.full(len(plan.openings), factor)


def factor_for(evaluator: Evaluator, outcome: Outcome, wanted: float) -> float:
    """The factor at which the plan costs so much; NaN where it costs less even at the highest."""

    def excess(factor: float) -> float:
        return float(evaluator.means(outcome, all_times(evaluator.plan, factor)[None])[0]) - wanted

    low, high = (0.0, -wanted), (1.0, excess(1.0))
    while high[1] < 0:
        if high[0] >= MOST:
            return math.nan
        low, high = high, (2 * high[0], excess(2 * high[0]))
    below = above = 1.0  # an end that stays twice counts half: else the other creeps (Illinois)
    for _ in range(TRIES):
        if high[1] <= EXACT * wanted:
            return high[0]
        middle = (low[0] * above * high[1] - high[0] * below * low[1]) / (above * high[1] - below * low[1])
        found = excess(middle)
        if abs(found) <= EXACT * wanted:
            return middle
        if found < 0:
            low, below, above = (middle, found), 1.0, above / 2 if below == 1.0 else above
        else:
            high, above, below = (middle, found), 1.0, below / 2 if above == 1.0 else below
    return high[0] if abs(high[1]) < abs(low[1]) else low[0]


def equal(
    plans: Sequence[Any],
    base: Any,
    outcomes: Sequence[str] = ("value_added", "net_value", "jobs"),
    *,
    cost: str = "public_cost",
    at: float | None = None,
    replicates: int = 300,
    searched: int = 60,
    seed: int = 1,
    confidence: float = 0.95,
    run: Any = None,
    progress: bool = True,
    lang: Lang = "en",
) -> Equal:
    """Rescales plans to one public (or, with `cost="social_cost"`, social) cost and compares them, paired.

    `at` is that cost, by default the first plan's own. `searched` replicates find the factors, `replicates` fresh ones
    compare. `lang` is the language of names and words: "en" or "zh".

    UsageError where a cost is no account, or nothing is spent by the first plan.

    Example:

        plan = jiju.Scenario.load("shaoxing-2011/plan")
        fund = plan.copy(key="fund-alone")
        fund["levers.land_guarantee.effort"] = 0
        print(jiju.equal([plan, fund], "shaoxing-2011/status-quo", replicates=100))
    """
    checked(lang)
    if len(plans) < 2:
        raise UsageError(translated("one plan has nothing to be compared with: give two or more"))
    # Effort ends at the full measure, whatever the factor: a plan of effort alone may never cost so much.
    opened = [open_plan(plan, base, bounds={"scale": (0.0, MOST)}) for plan in plans]
    data = try_out(opened[0], run(1, 1) if run else None)
    price, told = outcome_of(cost, data), [outcome_of(text, data) for text in outcomes]
    if not price.is_account:
        raise UsageError(translated(
            "{cost!r} is no cost: give an account, such as public_cost or social_cost", cost=cost
        ))
    columns = [name for each in (price, *told) for name in each.columns]
    keys = distinct([each.scenario.key for each in opened])

    def evaluator(plan: Plan, size: int, draws: int) -> Evaluator:
        runner = run(size, SEEDS * seed + draws) if run else None
        return Evaluator(plan, columns, size, SEEDS * seed + draws, run=runner, progress=progress)

    searching = [evaluator(plan, searched, 1) for plan in opened]
    wanted = at if at is not None else float(searching[0].means(price, all_times(opened[0], 1.0)[None])[0])
    if not wanted > 0:
        raise UsageError(translated(
            "the first plan's {cost} is {wanted:.3g}: there is nothing to make others equal to; say at what cost (at)",
            cost=cost, wanted=wanted,
        ))  # fmt: skip
    factors = pd.Series([factor_for(each, price, wanted) for each in searching], keys)
    notes = []
    for search, (key, factor) in zip(searching, factors.items(), strict=True):
        if math.isnan(factor):
            zh = lang == "zh"
            most = float(search.means(price, all_times(search.plan, MOST)[None])[0])
            notes.append(f"{key}：力度为{MOST:g}倍时{cost}也只有{most:.4g}，未参与比较；可用 at 给出较低的成本" if zh
                         else f"{key}: {MOST:g} times its doses cost {most:.4g} at most, and it is left out; compare "
                         "at a lower cost (at)")  # fmt: skip
    judges = {key: evaluator(plan, replicates, 3) for key, plan in zip(keys, opened, strict=True)}
    rows, first = [], None
    scenarios = {}
    for key, plan in zip(keys, opened, strict=True):
        if math.isnan(factors[key]):
            continue
        point = all_times(plan, float(factors[key]))
        scenarios[key] = plan.scenario.copy(key=key)
        for name, value in plan.settings(point).items():
            scenarios[key][name] = value
        judge = judges[key]
        values = {outcome.text: judge.replicates_of(outcome, point)[0] for outcome in (price, *told)}
        for outcome in dict.fromkeys((price, *told)):
            own = own_value(outcome, values[outcome.text], judge.clusters, confidence)
            gain = Estimate(math.nan, math.nan, math.nan)
            if first is not None:
                gain = gain_over(outcome, values[outcome.text], first[outcome.text], judge.clusters, confidence)
            rows.append({"plan": key, "outcome": outcome.text, "unit": unit_of(outcome, data), "value": own.value,
                         "low": own.low, "high": own.high, "gain": gain.value, "gain_low": gain.low,
                         "gain_high": gain.high})  # fmt: skip
        first = first or values
    judge = judges[keys[0]]
    made = made_with(str(replicates), str(judge.clusters.count), str(judge.seed), program_of(data), lang)
    names = {each.text: names_of(each, data, unit_of(each, data)) for each in (price, *told)}
    return Equal(
        factors, names, pd.DataFrame(rows), scenarios, price.text, wanted, replicates, confidence, notes, made, lang
    )


def distinct(keys: Sequence[str]) -> list[str]:
    """With a number behind those that there are twice."""
    return [key if keys.index(key) == place else f"{key}-{place + 1}" for place, key in enumerate(keys)]
