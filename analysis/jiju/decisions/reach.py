"""The cheapest plan that reaches an aim, or how near any plan comes.

    jiju.reach("shaoxing-2011/plan", "shaoxing-2011/status-quo", "p(T5) >= 0.8")

Two searches over the same points: for the smallest cost that keeps the aim, and, where no point does, for what comes
nearest to it. That none within the bounds does is then a finding of the search, not a proof.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from jiju.decisions.optimise import USUAL, Effort, Question, Solver, check_planned, prepared
from jiju.decisions.outcomes import limit_of, outcome_of
from jiju.decisions.solution import Solution, listed
from jiju.errors import UsageError
from jiju.languages import Lang, checked, translated


def reach(
    plan: Any,
    base: Any,
    aim: str,
    limits: Sequence[str] = (),
    *,
    cost: str = "public_cost",
    levers: Any = None,
    ways: Sequence[Any] = ("scale",),
    bounds: Any = None,
    also: Sequence[str] = (),
    effort: Effort = USUAL,
    seed: int = 1,
    confidence: float = 0.95,
    control: bool = True,
    file: str | os.PathLike[str] | None = None,
    run: Any = None,
    progress: bool = True,
    lang: Lang = "en",
) -> Solution:
    """The plan that keeps `aim` ("p(T5) >= 0.8", "T1 >= 3000") and other limits at the least `cost`.

    Where no plan that was looked at keeps the aim, the one that comes nearest within the other limits: `feasible` is
    then false, the first outcome is the aim's own, and a note says which openings bind. Everything else is as in
    `optimise`. `lang` is the language of names and words: "en" or "zh".

    Example:

        cheapest = jiju.reach("shaoxing-2011/plan", "shaoxing-2011/status-quo", "p(T1) >= 0.3",
                              levers=["special_fund", "land_guarantee"],
                              effort=jiju.Effort(points=60, replicates=20, compared=50, judged=100))
        cheapest.feasible
    """
    checked(lang)
    opened, data = prepared(plan, base, levers, ways, bounds, run)
    target = limit_of(aim, data, opened)
    if target.outcome is None:
        raise UsageError(translated(
            "{aim!r}: planned money is no aim; give an outcome, such as p(T5) >= 0.8", aim=aim
        ))
    price = outcome_of(cost, data)
    rest = tuple(limit_of(text, data, opened) for text in limits)
    check_planned(opened, rest)
    told = tuple(outcome_of(text, data) for text in also)
    zh = lang == "zh"
    cheapest = Question(
        f"{target.text} 的最低成本（{price.text}）" if zh else f"The least {price.text} with {target.text}",
        price, False, (target, *rest), (target.outcome, *told),
    )  # fmt: skip
    solver = Solver(
        opened, cheapest.columns, effort, seed, confidence=confidence, file=file, run=run, progress=progress,
        control=control,
    )
    found = solver.solve(cheapest, data, lang)
    if found.feasible:
        if not found.limits[0].is_kept:
            found.notes.append(
                f"搜索抽样满足 {target.text}，新抽样未满足：可提高要求再搜索" if zh
                else f"{target.text} held on the draws of the search and does not on fresh ones: ask for a little more"
            )  # fmt: skip
        return found
    nearest = Question(
        f"{target.text} 未能达到：最接近的方案" if zh
        else f"{target.text} is out of reach: the plan that comes nearest",
        target.outcome, not target.at_most, rest, (price, *told),
    )  # fmt: skip
    # The points of the first search serve the second, which goes on from them.
    solver.effort = replace(effort, points=effort.points + effort.points // 2)
    found = solver.solve(nearest, data, lang)
    ends = listed(found.at_ends)
    found.notes.append(
        f"在{found.points}个方案中无一满足 {target.text}；到达上界的可选量：{ends or '无'}" if zh
        else f"none of {found.points} plans keeps {target.text}; at their upper ends are: {ends or 'none'}"
    )  # fmt: skip
    return replace(found, feasible=False)
