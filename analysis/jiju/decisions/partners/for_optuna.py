"""An open plan as an objective of Optuna (5.0 or later): a function over trials, which tells them how limits stand."""

from __future__ import annotations

import numpy as np
from optuna.trial import BaseTrial, FrozenTrial

from jiju.decisions.partners.answers import Answers


class Objective:
    """Suggests a value for each opening, sets a constraint for each limit, by its words, and returns the goals in the
    order of `directions`.

        objective = plan.optuna("value_added", limits=["public_cost <= 60"])
        study = optuna.create_study(directions=objective.directions)
        study.optimize(objective, n_trials=100)
    """

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.directions = ["maximize" if sign > 0 else "minimize" for sign in answers.signs]

    def __call__(self, trial: BaseTrial) -> float | tuple[float, ...]:
        values: list[float] = []
        for opening in self.answers.plan.openings:
            # A switch is there or not: halves of its range are two choices.
            if opening.way == "switch" and (opening.low, opening.high) == (0.0, 1.0):
                values.append(float(trial.suggest_int(opening.name, 0, 1)))
            else:
                values.append(trial.suggest_float(opening.name, opening.low, opening.high))
        point = np.array([values])
        for limit, slack in zip(self.answers.limits, self.answers.slacks(point)[0], strict=True):
            trial.set_constraint(limit.text, -float(slack))
        found = tuple(float(value) for value in self.answers.outcomes(point)[0])
        return found if len(found) > 1 else found[0]

    def point(self, trial: FrozenTrial) -> np.ndarray:
        """Of a trial, the value of each opening in the order of the plan."""
        return np.array([float(trial.params[name]) for name in self.answers.plan.names])
