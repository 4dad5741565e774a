"""The best plan within limits.

    best = jiju.optimise("shaoxing-2011/plan", "shaoxing-2011/status-quo", "value_added", ["public_cost <= 80"])
    best                                # what it brings on fresh draws, and how far to trust that
    jiju.compare(jiju.run("shaoxing-2011/plan"), jiju.run(best.scenario()))

Sample-average approximation on shared draws (search.py), a choice among the best few on draws of their own, and a
judgement on a third set, with the winner's curse and the optimality gap (judgement.py).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from jiju.decisions.evaluation import Evaluator, try_out
from jiju.decisions.judgement import Estimate, Gap, gain_over, gap_of, own_value
from jiju.decisions.open_plans import OpenPlan, handed_on, open_plan
from jiju.decisions.openings import Plan
from jiju.decisions.outcomes import Limit, Outcome, limit_of, margin_of, names_of, outcome_of
from jiju.decisions.search import Search, search
from jiju.decisions.solution import Kept, Outcomes, Solution
from jiju.errors import UsageError
from jiju.languages import Lang, checked, translated
from jiju.results.indicators import indicator
from jiju.results.provenance import made_with, program_of
from jiju.runs.warm import Warm

COMPARED = 6  # of the best points of the search, on draws of their own
SEARCHING, CHOOSING, JUDGING = 1, 2, 3  # sets of draws
LONGER = 5  # times the judged replicates has their base
SEEDS = 1000  # between those of one seed and the next


@dataclass(frozen=True)
class Effort:
    """How much is simulated: points of the search and replicates of each; replicates of the few that are compared, and
    of the one that is judged, with its rivals.

    Example:

        first_look = jiju.Effort(points=60, replicates=20, compared=50, judged=100)     # for `effort=` of the searches
    """

    points: int = 160
    replicates: int = 40
    compared: int = 100
    judged: int = 300


USUAL: Effort = Effort()


@dataclass(frozen=True)
class Question:
    """The goal (the larger the better, or the smaller), limits, and what else is to be told."""

    text: str
    goal: Outcome
    largest: bool
    limits: tuple[Limit, ...]
    also: tuple[Outcome, ...] = ()

    @property
    def simulated(self) -> list[Limit]:
        return [limit for limit in self.limits if limit.outcome]

    @property
    def planned(self) -> list[Limit]:
        return [limit for limit in self.limits if not limit.outcome]

    @property
    def columns(self) -> list[str]:
        told = [self.goal, *self.also, *(limit.outcome for limit in self.simulated if limit.outcome)]
        return [name for each in told for name in each.columns]


class Solver:
    """Answers questions about one open plan; points that one question had simulated serve the next."""

    def __init__(
        self, plan: OpenPlan, columns: Sequence[str], effort: Effort, seed: int, *, confidence: float,
        file: str | os.PathLike[str] | None, run: Any, progress: bool, control: bool = True,
    ) -> None:  # fmt: skip
        self.plan, self.effort, self.seed, self.confidence = plan, effort, seed, confidence
        self.seen: list[np.ndarray] = []  # by earlier questions
        warm = None if run else Warm()
        self.controlled = control and run is None
        margins = [margin_of(name) for name in columns] if self.controlled else []
        sizes = {SEARCHING: effort.replicates, CHOOSING: effort.compared, JUDGING: effort.judged}
        self.draws = {
            which: Evaluator(
                plan, [*columns, *(margins if which == JUDGING else [])], size, SEEDS * seed + which,
                smooth=which == SEARCHING,
                path=file if which == SEARCHING else None,
                run=run(size, SEEDS * seed + which) if run else None, progress=progress,
                warm=warm, longer=LONGER if which == JUDGING and self.controlled else 1,
            )
            for which, size in sizes.items()
        }  # fmt: skip

    def cube(self, points: np.ndarray) -> np.ndarray:
        low, high = self.plan.bounds.T
        return np.asarray((points - low) / (high - low))

    def points(self, cube: np.ndarray) -> np.ndarray:
        low, high = self.plan.bounds.T
        return np.asarray(low + cube * (high - low))

    def values(self, question: Question, points: np.ndarray, which: int) -> np.ndarray:
        """Of the goal, the larger the better."""
        found = self.draws[which].means(question.goal, points)
        return found if question.largest else -found

    def slacks(self, question: Question, points: np.ndarray, which: int) -> np.ndarray:
        """Of limits that must be simulated: points x limits."""
        columns = [
            [limit.slack(value) for value in self.draws[which].means(limit.outcome, points)]
            for limit in question.simulated
            if limit.outcome
        ]
        return np.array(columns).T.reshape(len(points), len(question.simulated))

    def planned(self, question: Question, points: np.ndarray) -> np.ndarray:
        """Of limits on planned money: points x limits."""
        return np.array(
            [[limit.slack(self.plan.money(point, limit.year, limit.purse)) for limit in question.planned]
             for point in points]
        ).reshape(len(points), len(question.planned))  # fmt: skip

    def starts(self) -> np.ndarray:
        """In the unit cube: the plan as written, half of it, nothing, and what earlier questions saw."""
        low, high = self.plan.bounds.T
        written = np.clip(self.plan.as_written, low, high)
        starts = [written, (written + self.plan.nothing) / 2, self.plan.nothing]
        cube = self.cube(np.array([*starts, *self.seen]))
        return np.asarray(cube[np.sort(np.unique(np.round(cube, 9), axis=0, return_index=True)[1])])

    def search(self, question: Question) -> Search:
        """Over the unit cube.

        What a file keeps is no start: a search that is resumed takes the steps that it took, and simulates none again.
        """

        def simulate(cube: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
            points = self.points(cube)
            self.draws[SEARCHING].simulate(points)
            return self.values(question, points, SEARCHING), self.slacks(question, points, SEARCHING)

        cube = self.starts()
        most = max(self.effort.points, len(cube))
        found = search(simulate, lambda each: self.planned(question, self.points(each)), cube, most, self.seed)
        self.seen = list(self.points(found.points))
        return found

    def chosen(self, question: Question, found: Search) -> tuple[np.ndarray, np.ndarray]:
        """The best of a few points on draws of their own: the best of the search, and the plan as written where it
        keeps the limits; and these few."""
        low, high = self.plan.bounds.T
        written = self.cube(np.clip(self.plan.as_written, low, high))
        is_written = (np.abs(found.points - written) < 1e-9).all(axis=1)
        places = dict.fromkeys([*found.best(COMPARED), *np.flatnonzero(is_written & found.feasible)])
        few = self.points(found.points[list(places)])
        self.draws[CHOOSING].simulate(few)
        values = self.values(question, few, CHOOSING)
        slacks = np.column_stack([self.slacks(question, few, CHOOSING), self.planned(question, few)])
        whole = Search(few, values, slacks, [], 0, True)
        return few[whole.best()[0]], few

    def solve(self, question: Question, data: xr.Dataset, lang: Lang, notes: Sequence[str] = ()) -> Solution:
        found = self.search(question)
        best, few = self.chosen(question, found)
        judge = self.draws[JUDGING]
        judge.simulate(np.vstack([few, self.plan.as_written]))
        searched = float(self.draws[SEARCHING].means(question.goal, best[None])[0])
        emulated = [question.goal.text, *(limit.text for limit in question.simulated)]
        return Solution(
            question.text, question.largest, self.plan, pd.Series(best, self.plan.names),
            [self.told(outcome, best, data, lang) for outcome in dict.fromkeys([question.goal, *question.also])],
            [self.kept(limit, best) for limit in question.limits], searched,
            self.gap(question, few, best),
            {name: each.explained for name, each in zip(emulated, found.emulators, strict=True)},
            bool(found.feasible.any()), len(found.points), self.effort.replicates, self.effort.judged, self.confidence,
            [*notes, *self.remarks()],
            made_with(str(self.effort.judged), str(judge.clusters.count), str(judge.seed), program_of(data), lang),
            lang,
        )  # fmt: skip

    def remarks(self) -> list[str]:
        """How long the base of the judgement is."""
        control = self.draws[JUDGING].control
        if control is None:
            return []
        return [translated(
            "what it brings: {further} further replicates of the base are a control where that narrows an interval",
            further=len(control.sample.clusters.codes) - self.effort.judged,
        )]  # fmt: skip

    def gap(self, question: Question, few: np.ndarray, best: np.ndarray) -> Gap:
        """Of the chosen point, among those that keep the limits on fresh draws: one that breaks them is no rival."""
        slacks = np.column_stack([self.slacks(question, few, JUDGING), self.planned(question, few)])
        is_best = (few == best).all(axis=1)
        rivals = Search(few, np.zeros(len(few)), slacks, [], 0, True).feasible | is_best
        judge = self.draws[JUDGING]
        values = judge.replicates_of(question.goal, few[rivals])
        place = int(np.flatnonzero(is_best[rivals])[0])
        return gap_of(question.goal, values, place, judge.clusters, self.confidence, question.largest)

    def told(self, outcome: Outcome, point: np.ndarray, data: xr.Dataset, lang: Lang) -> Outcomes:
        judge, points = self.draws[JUDGING], np.vstack([point, self.plan.as_written])
        own, written = judge.replicates_of(outcome, points)
        margins = judge.margins_of(outcome, points)
        beside = [None, None] if margins is None else list(margins)
        rest, unit = (judge.clusters, self.confidence, judge.control), unit_of(outcome, data)
        return Outcomes(
            outcome.text, names_of(outcome, data, unit), unit, own_value(outcome, own, *rest, beside[0]),
            own_value(outcome, written, *rest, beside[1]), gain_over(outcome, own, written, *rest),
        )  # fmt: skip

    def kept(self, limit: Limit, point: np.ndarray) -> Kept:
        if limit.outcome is None:
            money = self.plan.money(point, limit.year, limit.purse)
            return Kept(limit.text, Estimate(money, np.nan, np.nan), limit.slack(money))
        judge = self.draws[JUDGING]
        values, margins = judge.replicates_of(limit.outcome, point)[0], judge.margins_of(limit.outcome, point)
        found = own_value(
            limit.outcome, values, judge.clusters, self.confidence, judge.control,
            None if margins is None else margins[0],
        )  # fmt: skip
        return Kept(limit.text, found, limit.slack(found.value))


def unit_of(outcome: Outcome, data: xr.Dataset) -> str:
    if outcome.is_probability:
        return ""
    if outcome.is_account:
        unit = data["employment" if outcome.text == "jobs" else "lever_money"].attrs.get("units", "")
    else:
        unit = indicator(data, outcome.text).attrs.get("units", "")
    return "" if unit == "1" else str(unit)


def prepared(
    plan: Any, base: Any, levers: Any, ways: Sequence[Any], bounds: Any, run: Any
) -> tuple[OpenPlan, xr.Dataset]:
    """The open plan, and results of one replicate of it, which say what there is to ask for."""
    opened = handed_on(plan) if isinstance(plan, Plan) else open_plan(plan, base, levers, ways=ways, bounds=bounds)
    return opened, try_out(opened, run(1, 1) if run else None)


def optimise(
    plan: Any,
    base: Any,
    maximise: str = "value_added",
    limits: Sequence[str] = (),
    *,
    levers: Any = None,
    ways: Sequence[Any] = ("scale",),
    bounds: Any = None,
    also: Sequence[str] = ("public_cost",),
    minimise: bool = False,
    effort: Effort = USUAL,
    seed: int = 1,
    confidence: float = 0.95,
    control: bool = True,
    file: str | os.PathLike[str] | None = None,
    run: Any = None,
    progress: bool = True,
    lang: Lang = "en",
) -> Solution:
    """The plan that makes an outcome largest within limits, both in words (outcomes.py): "value_added", "p(T5)", "min
    over targets"; "public_cost <= 80", "money(2013) <= 10", "p(T1) >= 0.3".

    `levers`, `ways` and `bounds` say what is open (`jiju.open_plan`); `also` what else is reported of the chosen plan;
    `minimise` asks for the smallest. `file` keeps every point of the search: a study that was stopped goes on from it.
    With `control` the base is simulated LONGER times as long as what is judged, and kept: a control of all that is
    reported of the chosen plan. `run` makes a runner from replicates and seed, in place of this machine's engine, and
    without a control.
    `lang` is the language of names and words: "en" or "zh".

    UsageError where words name nothing that there is, or a limit on planned money is broken by every plan.

    Example:

        best = jiju.optimise("shaoxing-2011/plan", "shaoxing-2011/status-quo", "value_added", ["public_cost <= 60"],
                             levers=["special_fund", "land_guarantee"],
                             effort=jiju.Effort(points=60, replicates=20, compared=50, judged=100))
        print(best)
        best.scenario().save("best.toml")                      # a scenario as any other: run it, compare it
    """
    checked(lang)
    opened, data = prepared(plan, base, levers, ways, bounds, run)
    goal = outcome_of(maximise, data)
    read = tuple(limit_of(text, data, opened) for text in limits)
    check_planned(opened, read)
    told = tuple(outcome_of(text, data) for text in also)
    question = Question(question_text(goal, read, not minimise, lang), goal, not minimise, read, told)
    solver = Solver(
        opened, question.columns, effort, seed, confidence=confidence, file=file, run=run, progress=progress,
        control=control,
    )
    found = solver.solve(question, data, lang)
    if not found.feasible:
        note = "没有方案满足全部约束；所示为最接近者" if lang == "zh" else (
            "no plan that was looked at keeps all limits: this is the one that comes nearest"
        )  # fmt: skip
        found.notes.append(note)
    return found


def question_text(goal: Outcome, limits: Sequence[Limit], largest: bool, lang: Lang) -> str:
    within = [limit.text for limit in limits]
    if lang == "zh":
        return f"{'最大化' if largest else '最小化'} {goal.text}" + (f"，约束：{'；'.join(within)}" if within else "")
    return f"{'Largest' if largest else 'Smallest'} {goal.text}" + (f" with {', '.join(within)}" if within else "")


def check_planned(plan: Plan, limits: Sequence[Limit]) -> None:
    """Money that is planned is known: a limit that not even doing least keeps need not be searched for."""
    for limit in limits:
        if limit.outcome is None and limit.at_most:
            least = plan.money(plan.nothing, limit.year, limit.purse)
            if least > limit.value:
                raise UsageError(translated(
                    "{limit!r}: levers that are not open ask for {least:g} already", limit=limit.text, least=least
                ))
