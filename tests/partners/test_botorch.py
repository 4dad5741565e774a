"""An open plan as a problem of BoTorch: tensors of any batch, slacks, and a short Bayesian optimisation."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("botorch")

from botorch.acquisition.logei import qLogExpectedImprovement
from botorch.acquisition.objective import GenericMCObjective
from botorch.fit import fit_gpytorch_mll
from botorch.models import ModelListGP, SingleTaskGP
from botorch.models.transforms import Normalize, Standardize
from botorch.optim import optimize_acqf
from botorch.sampling import SobolQMCNormalSampler
from botorch.utils.sampling import draw_sobol_samples
from gpytorch.mlls import SumMarginalLogLikelihood

from river import HOW, LIMIT


def test_values_and_slacks_are_those_of_evaluate(plan, points, found):
    problem = plan.botorch("output", minimise="public_cost", limits=[LIMIT], **HOW)
    given = torch.tensor(points)
    np.testing.assert_array_equal(problem(given).numpy(), found * [1, -1])
    np.testing.assert_array_equal(problem.evaluate_slack(given).numpy()[:, 0], 2.2 - found[:, 1])
    np.testing.assert_array_equal(problem.bounds.numpy(), plan.bounds.T)
    assert problem.is_feasible(given).tolist() == (found[:, 1] <= 2.2).tolist()


def test_batches_keep_their_shape(plan, points, found):
    problem = plan.botorch("output", limits=[LIMIT], **HOW)
    given = torch.tensor(np.stack([points, points[::-1].copy()]))
    assert problem(given).shape == (2, 3) and problem.evaluate_slack(given).shape == (2, 3, 1)
    np.testing.assert_array_equal(problem(given)[1].numpy(), found[::-1, 0])


def test_a_short_search_keeps_the_limit_and_beats_doing_nothing(plan, nothing, judged):
    torch.manual_seed(1)
    problem = plan.botorch("output", limits=[LIMIT], **HOW)
    x = draw_sobol_samples(problem.bounds, n=8, q=1, seed=1).squeeze(1).double()
    for _ in range(2):
        y = torch.column_stack([problem(x), problem.evaluate_slack(x)])
        models = [SingleTaskGP(x, y[:, [place]], input_transform=Normalize(3), outcome_transform=Standardize(1))
                  for place in range(2)]  # fmt: skip
        model = ModelListGP(*models)
        fit_gpytorch_mll(SumMarginalLogLikelihood(model.likelihood, model))
        kept = y[:, 1] >= 0
        wanted = qLogExpectedImprovement(
            model, best_f=float(y[kept, 0].max() if kept.any() else y[:, 0].min()),
            sampler=SobolQMCNormalSampler(torch.Size([32]), seed=1),
            objective=GenericMCObjective(lambda samples, X=None: samples[..., 0]),
            constraints=[lambda samples: -samples[..., 1]],
        )  # fmt: skip
        new, _ = optimize_acqf(wanted, problem.bounds.double(), q=2, num_restarts=2, raw_samples=16)
        x = torch.vstack([x, new])
    y = torch.column_stack([problem(x), problem.evaluate_slack(x)])
    best = int(torch.where(y[:, 1] >= 0, y[:, 0], -torch.inf).argmax())
    output, cost = judged(x[best].numpy())
    assert output == float(y[best, 0]) and cost <= 2.2
    assert output > nothing
