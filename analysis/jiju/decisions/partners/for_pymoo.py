"""An open plan as a problem of pymoo, whose algorithms minimise and want limits as numbers at most zero."""

from __future__ import annotations

from typing import Any

import numpy as np
from pymoo.core.problem import Problem

from jiju.decisions.partners.answers import Answers


class PlanProblem(Problem):  # type: ignore[misc]  # pymoo has no types
    """Goals as objectives, those to be large with the other sign; limits as inequality constraints.

    A population is simulated at once, so that its points share their burn-in.
    """

    def __init__(self, answers: Answers) -> None:
        low, high = answers.plan.bounds.T
        super().__init__(
            n_var=len(low), n_obj=len(answers.goals), n_ieq_constr=len(answers.limits), xl=low, xu=high, vtype=float
        )
        self.answers = answers

    def _evaluate(self, x: np.ndarray, out: dict[str, Any], *_: Any, **__: Any) -> None:
        out["F"] = -self.answers.values(x)
        if self.answers.limits:
            out["G"] = -self.answers.slacks(x)
