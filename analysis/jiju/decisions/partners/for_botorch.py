"""An open plan as a problem of BoTorch: tensors in, tensors out, on any batch; the larger the better."""

from __future__ import annotations

import torch
from botorch.test_functions.base import ConstrainedBaseTestProblem
from torch import Tensor

from jiju.decisions.partners.answers import Answers


class PlanProblem(ConstrainedBaseTestProblem):  # type: ignore[misc]  # BoTorch is not there where types are checked
    """Goals as objectives to be made large, those to be small with the other sign; slacks of limits from
    `evaluate_slack`, above zero where a limit is kept.

    There are no gradients, which Bayesian optimisation does without. Points of a batch are simulated at once.
    """

    continuous_inds: list[int]

    def __init__(self, answers: Answers) -> None:
        low, high = answers.plan.bounds.T
        self.dim = len(low)
        self.num_objectives = len(answers.goals)
        self.num_constraints = len(answers.limits)
        self.continuous_inds = list(range(self.dim))
        self._bounds = [(float(a), float(b)) for a, b in zip(low, high, strict=True)]
        super().__init__(noise_std=None, negate=False, dtype=torch.double)
        self.answers = answers

    def _evaluate_true(self, X: Tensor) -> Tensor:
        """Of batch x openings: batch, or batch x goals where there are several."""
        found = self._tensor(self.answers.values(self._points(X)), X)
        return found[..., 0] if self.num_objectives == 1 else found

    def _evaluate_slack_true(self, X: Tensor) -> Tensor:
        """Of batch x openings: batch x limits."""
        return self._tensor(self.answers.slacks(self._points(X)), X)

    @staticmethod
    def _points(given: Tensor):  # type: ignore[no-untyped-def]
        return given.detach().reshape(-1, given.shape[-1]).cpu().double().numpy()

    @staticmethod
    def _tensor(found, given: Tensor) -> Tensor:  # type: ignore[no-untyped-def]
        shape = (*given.shape[:-1], found.shape[-1])
        return torch.as_tensor(found, dtype=torch.double, device=given.device).reshape(shape)
