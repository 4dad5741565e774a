"""An open plan as a model of the EMA workbench: openings as levers, uncertain values as uncertainties.

An experiment sets its uncertain values in plan and base alike, so that accounts are differences within one draw; all
experiments share the draws of everything else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from ema_workbench import BooleanParameter, Constraint, Model, RealParameter, ScalarOutcome

from jiju.decisions.openings import Opening, Plan
from jiju.decisions.partners.answers import Answers, How, Words, answers_of, listed
from jiju.studies.sensitivity import Problem, identifier

DRAWS = 64  # of the last uncertain values, whose points and base are kept


def name_of(text: str) -> str:
    """Words of an outcome as a Python name: "p(T5)" as p_T5."""
    return "_".join("".join(letter if letter.isalnum() else " " for letter in text).split())


def lever_of(opening: Opening) -> Any:
    name = identifier(opening.name)
    if opening.way == "switch" and (opening.low, opening.high) == (0.0, 1.0):
        return BooleanParameter(name)
    return RealParameter(name, opening.low, opening.high)


class Experiment:
    """The function of the model: openings and uncertain values by name in, outcomes by name out."""

    def __init__(
        self, plan: Plan, uncertain: Sequence[str], maximise: Words, minimise: Words, limits: Words, how: How
    ) -> None:
        self.plan, self.uncertain = plan, tuple(uncertain)
        self.asked = (listed(maximise), listed(minimise), listed(limits))
        self.how = how
        self.draws: dict[tuple[Any, ...], Answers] = {}

    def draw(self, values: tuple[Any, ...]) -> Answers:
        """Plan and base with these uncertain values."""
        if values not in self.draws:
            scenarios = [each.copy() for each in (self.plan.scenario, self.plan.base)]
            for scenario in scenarios:
                scenario.set(dict(zip(self.uncertain, values, strict=True)))
            plan = replace(self.plan, scenario=scenarios[0], base=scenarios[1])
            if len(self.draws) >= DRAWS:
                self.draws.pop(next(iter(self.draws)))
            self.draws[values] = answers_of(plan, *self.asked, **self.how)
        return self.draws[values]

    def __call__(self, **given: Any) -> dict[str, float]:
        plain = {name: value.item() if isinstance(value, np.generic) else value for name, value in given.items()}
        answers = self.draw(tuple(plain[identifier(key)] for key in self.uncertain))
        point = np.array([[float(plain[identifier(name)]) for name in self.plan.names]])
        goals = zip(answers.goals, answers.outcomes(point)[0], strict=True)
        found = {name_of(goal.text): float(value) for goal, value in goals}
        slacks = zip(answers.limits, answers.slacks(point)[0], strict=True)
        return found | {slack_name(limit.text): float(slack) for limit, slack in slacks}


def slack_name(limit: str) -> str:
    return f"slack_of_{name_of(limit)}"


def broken(slack: float) -> float:
    """What the workbench's constraints want: how far away, zero where kept."""
    return max(0.0, -float(slack))


def model_of(
    plan: Plan, uncertainties: Problem | None, outcomes: Words, maximise: Words, minimise: Words, limits: Words,
    how: How,
) -> Any:  # fmt: skip
    """A `Model` with an attribute `constraints`, for `optimize`."""
    keys = [] if uncertainties is None else list(uncertainties.factors.index)
    told = [each for each in listed(outcomes) if each not in (*listed(maximise), *listed(minimise))]
    # What is only told has no direction: its sign is never used.
    function = Experiment(plan, keys, [*listed(maximise), *told], minimise, limits, how)
    model = Model("".join(letter for letter in plan.scenario.key if letter.isalnum()) or "plan", function=function)
    model.levers = [lever_of(each) for each in plan.openings]
    if uncertainties is not None:
        model.uncertainties = uncertainties.ema()
    kinds = [(maximise, ScalarOutcome.MAXIMIZE), (minimise, ScalarOutcome.MINIMIZE), (told, ScalarOutcome.INFO)]
    slacks = [slack_name(limit) for limit in listed(limits)]
    model.outcomes = [ScalarOutcome(name_of(text), kind) for words, kind in kinds for text in listed(words)] + [
        ScalarOutcome(slack, ScalarOutcome.INFO) for slack in slacks
    ]
    model.constraints = [Constraint(f"kept_{slack}", outcome_names=slack, function=broken) for slack in slacks]
    return model
