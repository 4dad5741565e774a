"""An open plan that hands itself to other packages: samplers, explorers, optimisers.

    plan = jiju.open_plan("shaoxing-2011/plan", "shaoxing-2011/status-quo", ["special_fund", "credit"])
    plan.pymoo("value_added", limits=["public_cost <= 60"])     # for pymoo's algorithms
    plan.ema(["value_added", "p(T5)"], uncertainties=["parameters.investment.*"])

The packages are none of Jiju's own: each is imported when it is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Unpack

from jiju.decisions import openings
from jiju.decisions.openings import Plan, Way
from jiju.decisions.partners.answers import How, Words, answers_of, partner
from jiju.studies.sensitivity import Problem, problem


class OpenPlan(Plan):
    """A plan whose levers are open, and the base that it is held against. Make one by `jiju.open_plan`.

    Goals and limits are words, as `jiju.optimise` takes them ("value_added", "p(T5)", "public_cost <= 60"). Further
    arguments say how points are simulated, as in `jiju.evaluate`: `replicates`, `seed`, `file`, `run`, `executor`.
    UsageError where a package is not installed.
    """

    def salib(self) -> dict[str, Any]:
        """SALib's definition: openings by name with their bounds. Its samples are points for `jiju.evaluate`."""
        return {"num_vars": len(self.openings), "names": self.names, "bounds": self.bounds.tolist()}

    def ema(
        self, outcomes: Words = (), *, maximise: Words = (), minimise: Words = (), limits: Words = (),
        uncertainties: Problem | Sequence[str] | None = None, **how: Unpack[How],
    ) -> Any:  # fmt: skip
        """A `Model` of the EMA workbench: openings are levers; outcomes have Python names ("p(T5)" is p_T5), those of
        `maximise` and `minimise` a direction. `model.constraints` has the limits, for `optimize`.

        `uncertainties` are what is uncertain, by patterns of keys ("parameters.investment.*") between their 5 and 95 %
        points, or a `jiju.problem` with ranges of one's own; a value counts in plan and base alike.
        """
        with partner("ema_workbench"):
            from jiju.decisions.partners.for_ema import model_of
        varied = uncertainties
        if varied is not None and not isinstance(varied, Problem):
            varied = problem(self.scenario, varied)
        return model_of(self, varied, outcomes, maximise, minimise, limits, how)

    def pymoo(
        self, maximise: Words = (), *, minimise: Words = (), limits: Words = (), **how: Unpack[How]
    ) -> Any:
        """A `Problem` of pymoo: its objectives are to be small, so those of `maximise` have the other sign; limits are
        inequality constraints."""
        with partner("pymoo"):
            from jiju.decisions.partners.for_pymoo import PlanProblem
        return PlanProblem(answers_of(self, maximise, minimise, limits, **how))

    def optuna(
        self, maximise: Words = (), *, minimise: Words = (), limits: Words = (), **how: Unpack[How]
    ) -> Any:
        """An objective of Optuna: a function of a trial, which sets the trial's constraints; its `directions` are for
        `create_study`."""
        with partner("optuna"):
            from jiju.decisions.partners.for_optuna import Objective
        return Objective(answers_of(self, maximise, minimise, limits, **how))

    def botorch(
        self, maximise: Words = (), *, minimise: Words = (), limits: Words = (), **how: Unpack[How]
    ) -> Any:
        """A test problem of BoTorch, to be made large: `problem(X)` of tensors, batch x openings, gives goals, those of
        `minimise` with the other sign, and `problem.evaluate_slack(X)` what is left of each limit."""
        with partner("botorch"):
            from jiju.decisions.partners.for_botorch import PlanProblem
        return PlanProblem(answers_of(self, maximise, minimise, limits, **how))


def open_plan(
    plan: Any,
    base: Any,
    levers: Sequence[str] | Mapping[str, tuple[float, float]] | None = None,
    *,
    ways: Sequence[Way] = ("scale",),
    bounds: Mapping[Way, tuple[float, float]] | None = None,
) -> OpenPlan:
    """A plan (a name, a file or a `Scenario`) with levers to choose; those that do something and differ from the base
    where none are named.

    A mapping gives lowest and highest scale of each; `bounds` those of each way for all others, at first 0 to 2 times
    the plan's doses, 0 to 2 years later.

    UsageError where a lever is not in the plan, is off, has no dose, or is named twice.

    Example:

        plan = jiju.open_plan("shaoxing-2011/plan", "shaoxing-2011/status-quo", ["special_fund", "land_guarantee"])
        plan.names, plan.bounds                                # what a point holds, and between which ends
    """
    found = openings.open_plan(plan, base, levers, ways=ways, bounds=bounds)
    return handed_on(found)


def handed_on(plan: Plan) -> OpenPlan:
    """The plan with what other packages take."""
    return plan if isinstance(plan, OpenPlan) else OpenPlan(plan.scenario, plan.base, plan.openings)
