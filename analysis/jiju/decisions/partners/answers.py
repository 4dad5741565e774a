"""What optimisers of other packages ask of an open plan: goals, and what is left of each limit, at any points.

Points are simulated as by `jiju.evaluate`, with the same draws, and kept, so that goals and limits of one point cost
one simulation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypedDict

import numpy as np

from jiju.decisions.evaluation import Evaluator, array_of, try_out
from jiju.decisions.openings import Plan
from jiju.decisions.outcomes import Limit, Outcome, limit_of, outcome_of
from jiju.errors import UsageError
from jiju.languages import translated
from jiju.runs.runner import Runner

Words = str | Sequence[str]


class How(TypedDict, total=False):
    """How points are simulated, as in `jiju.evaluate`."""

    replicates: int
    seed: int
    file: str | None
    run: Runner | None
    executor: Executor | None


@contextmanager
def partner(package: str) -> Iterator[None]:
    """UsageError where the package, or what it needs, is not installed."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("jiju"):
            raise
        raise UsageError(translated(
            "{package} is not installed (no module {module!r}); pip install {package}",
            package=package, module=error.name or package,
        )) from error  # fmt: skip


def listed(words: Words) -> list[str]:
    return [words] if isinstance(words, str) else list(words)


@dataclass(frozen=True)
class Answers:
    """An open plan with goals and limits.

    signs   of each goal: 1 where it is to be large, -1 where it is to be small
    """

    plan: Plan
    goals: tuple[Outcome, ...]
    signs: np.ndarray
    limits: tuple[Limit, ...]
    evaluator: Evaluator

    def outcomes(self, points: np.ndarray) -> np.ndarray:
        """Points x goals, as `jiju.evaluate` gives them."""
        rows = array_of(self.plan, points)
        self.evaluator.simulate(rows)
        return np.stack([self.evaluator.means(each, rows) for each in self.goals], axis=1)

    def values(self, points: np.ndarray) -> np.ndarray:
        """The same, the larger the better."""
        return np.asarray(self.signs * self.outcomes(points))

    def slacks(self, points: np.ndarray) -> np.ndarray:
        """Points x limits: how much is left of each, below zero where it is broken."""
        rows = array_of(self.plan, points)
        found = np.empty((len(rows), len(self.limits)))
        for place, limit in enumerate(self.limits):
            if limit.outcome is None:
                means = np.array([self.plan.money(row, limit.year, limit.purse) for row in rows])
            else:
                means = self.evaluator.means(limit.outcome, rows)
            found[:, place] = [limit.slack(float(mean)) for mean in means]
        return found


def answers_of(
    plan: Plan, maximise: Words, minimise: Words, limits: Words, *, replicates: int = 100, seed: int = 1,
    file: str | None = None, run: Runner | None = None, executor: Executor | None = None,
) -> Answers:  # fmt: skip
    """From words, as `jiju.optimise` takes them. UsageError where they name nothing that there is."""
    data = try_out(plan, run)
    large, small = listed(maximise), listed(minimise)
    goals = tuple(outcome_of(text, data) for text in (*large, *small))
    if not goals:
        raise UsageError(translated("nothing is asked for: name an outcome, such as value_added"))
    read = tuple(limit_of(text, data, plan) for text in listed(limits))
    columns = [name for each in (*goals, *(limit.outcome for limit in read if limit.outcome)) for name in each.columns]
    evaluator = Evaluator(plan, columns, replicates, seed, path=file, run=run, executor=executor, progress=False)
    return Answers(plan, goals, np.array([1.0] * len(large) + [-1.0] * len(small)), read, evaluator)
