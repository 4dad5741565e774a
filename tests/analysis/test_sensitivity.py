"""Sensitivity indices of functions whose indices are known, and values drawn by the engine's rules."""

import sys
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from jiju.errors import UsageError
from jiju.studies.sensitivity import RANKS, Problem, morris, problem, sobol, value_at
from made_results import results

TABLES = {
    "parameters": {
        "a": {"x": {"median": 2.0, "low": 1.0, "high": 4.0, "distribution": "lognormal"}, "fixed": 3.0},
        "b": {"y": {"median": 0.3, "low": 0.1, "high": 0.6, "distribution": "logitnormal"}},
    },
    "levers": {"fund": {"on": True, "budget": 1.0}},
}


def uniform(*names):
    """A problem of factors uniform between 0 and 1."""
    rows = {name: {"distribution": "uniform", "median": 0.5, "low": 0.0, "high": 1.0} for name in names}
    return Problem("scenario", pd.DataFrame.from_dict(rows, orient="index"))


def simulating(function):
    """A runner whose output is a function of the settings, the same in each of three replicates except for chance."""

    def run(arms):
        return results({f"p{k}": function(**arm.settings) + np.array([-1.0, 0, 1]) for k, arm in enumerate(arms)})

    return {"run": run, "progress": False}


def test_sobol_indices_of_a_sum_and_a_product():
    """y = 4 a + 2 b + 0 c has variances 16/12 and 4/12: shares of 0.8 and 0.2, nothing shared."""
    found = sobol(uniform("a", "b", "c"), points=256, **simulating(lambda a, b, c: 4 * a + 2 * b))
    assert found.loc[["a", "b", "c"], "first"].tolist() == pytest.approx([0.8, 0.2, 0], abs=0.03)
    assert found.loc[["a", "b", "c"], "total"].tolist() == pytest.approx([0.8, 0.2, 0], abs=0.03)
    found = sobol(uniform("a", "b"), points=512, **simulating(lambda a, b: (a - 0.5) * (b - 0.5)))
    assert found["first"].tolist() == pytest.approx([0, 0], abs=0.06)
    assert found["total"].tolist() == pytest.approx([1, 1], abs=0.1)


def test_morris_effects_of_a_sum():
    """Over the whole range of each factor, whatever the others; and a product's depend on the other."""
    found = morris(uniform("a", "b", "c"), **simulating(lambda a, b, c: 4 * a - 2 * b))
    assert found.loc[["a", "b", "c"], "mean"].tolist() == pytest.approx([4, -2, 0])
    assert found.loc[["a", "b", "c"], "effect"].tolist() == pytest.approx([4, 2, 0])
    assert found["spread"].max() == pytest.approx(0, abs=1e-9)
    assert morris(uniform("a", "b"), **simulating(lambda a, b: a * b))["spread"].min() > 0.05


def test_a_switch_is_off_and_on():
    rows = {"s": {"distribution": "switch", "median": True, "low": False, "high": True}}
    found = morris(Problem("x", pd.DataFrame.from_dict(rows, orient="index")), **simulating(lambda s: 7.0 * s))
    assert found.loc["s", "mean"] == pytest.approx(7)


def test_factors_are_the_uncertain_values_that_match():
    found = problem(TABLES, levers=True, ranges={"levers.fund.budget": (0, 5)})
    assert list(found.factors.index) == ["parameters.a.x", "parameters.b.y", "levers.fund.on", "levers.fund.budget"]
    assert list(problem(TABLES, ["parameters.b.*"]).factors.index) == ["parameters.b.y"]
    with pytest.raises(UsageError, match=r"no uncertain value matches 'parameters\.c"):
        problem(TABLES, ["parameters.c.*"])
    with pytest.raises(UsageError, match=r"no value 'levers\.fund\.bugdet'"):
        problem(TABLES, ranges={"levers.fund.bugdet": (0, 1)})


def test_ranks_become_values_of_the_prior():
    found = problem(TABLES, levers=True, ranges={"levers.fund.budget": (0, 5)})
    low, middle, high = found.settings(np.array([[RANKS[0]] * 4, [0.5] * 4, [RANKS[1]] * 4]))
    assert (low["parameters.a.x"], middle["parameters.a.x"], high["parameters.a.x"]) == pytest.approx((1, 2, 4))
    first, last = found.settings(np.array([[0.0] * 4, [1.0] * 4]))
    assert (first["levers.fund.budget"], last["levers.fund.budget"]) == pytest.approx((0, 5))
    assert 0 < first["parameters.a.x"] < 0.2 and 20 < last["parameters.a.x"] < np.inf
    assert (low["levers.fund.on"], high["levers.fund.on"]) == (False, True)
    ranks = np.full((1, 4), stats.norm.cdf(1.0))
    sd = (np.log(0.6 / 0.4) - np.log(0.1 / 0.9)) / (2 * stats.norm.ppf(0.95))
    assert found.settings(ranks)[0]["parameters.b.y"] == pytest.approx(1 / (1 + np.exp(-(np.log(0.3 / 0.7) + sd))))


def test_values_stay_within_what_the_scenario_allows():
    """A normal prior may reach beyond a bound; the engine holds its draws there."""
    skewed = {"parameters": {"demand": {"level_response": {"median": 0.04, "low": 0.0, "high": 0.1,
                                                           "distribution": "normal"}}}}  # fmt: skip
    low, high = problem(skewed).settings(np.array([[RANKS[0]], [RANKS[1]]]))
    assert low["parameters.demand.level_response"] == 0
    assert high["parameters.demand.level_response"] == pytest.approx(0.09)
    # Of the whole prior: as much of it as lies beyond a bound stands at the bound, as the engine's draws do.
    row = problem(skewed).factors.iloc[0].to_dict() | {"lower": 0.0, "upper": 0.1}
    ranks = (np.arange(10000) + 0.5) / 10000
    sd = 0.1 / (2 * stats.norm.ppf(0.95))
    values = value_at(row, ranks)
    assert np.mean(values == 0) == pytest.approx(stats.norm.cdf(-0.04 / sd), abs=2e-4)
    assert np.mean(values == 0.1) == pytest.approx(stats.norm.sf(0.06 / sd), abs=2e-4)


def test_the_engine_simulates_every_point_of_a_problem(short):
    """Also the corners of ranges, and switches; and a change of the factor changes the outcome."""
    from jiju.studies.sensitivity import outcomes

    ranged = problem(short, ["parameters.demand.*"], ranges={"industries.equipment.base_sales": (300, 900)})
    corners = np.array([[RANKS[0]] * len(ranged.factors), [RANKS[1]] * len(ranged.factors)])
    low, high = outcomes(ranged, corners, "output", None, 2, None, False)
    assert low.mean() < high.mean()


def gaussian(*names):
    """A problem of factors with a standard normal prior."""
    z = stats.norm.ppf(0.95)
    rows = {name: {"distribution": "normal", "median": 0.0, "low": -z, "high": z} for name in names}
    return Problem("scenario", pd.DataFrame.from_dict(rows, orient="index"))


def test_indices_are_of_the_whole_prior():
    """y = a + b^2 / 2 of normal a, b: variances 1 and 1/2, shares 2/3 and 1/3; of priors cut at 5 and 95 %, others."""
    found = sobol(gaussian("a", "b"), points=1024, **simulating(lambda a, b: a + b**2 / 2))
    assert found.loc[["a", "b"], "first"].tolist() == pytest.approx([2 / 3, 1 / 3], abs=0.05)
    assert found.loc[["a", "b"], "total"].tolist() == pytest.approx([2 / 3, 1 / 3], abs=0.05)


def test_indices_and_effects_are_salibs():
    from SALib.analyze import morris as morris_analysis
    from SALib.analyze import sobol as sobol_analysis
    from SALib.sample import morris as morris_sample
    from SALib.sample import sobol as sobol_sample

    def y(a, b, c):
        return a * b + 3 * c**2 + a

    study = uniform("a", "b", "c")
    ranks = sobol_sample.sample(study.salib(), 64, calc_second_order=False, seed=1)
    expected = sobol_analysis.analyze(study.salib(), y(*ranks.T), calc_second_order=False, seed=1)
    found = sobol(study, points=64, **simulating(y)).loc[["a", "b", "c"]]
    assert found["first"].tolist() == pytest.approx(expected["S1"].tolist())
    assert found["total"].tolist() == pytest.approx(expected["ST"].tolist())
    # The replicates share their chance here, so that the error is that of the points alone.
    assert found["total_error"].tolist() == pytest.approx(expected["ST_conf"].tolist(), rel=0.35)
    definition = study.salib(screening=True)
    ranks = morris_sample.sample(definition, 8, num_levels=4, seed=1)
    expected = morris_analysis.analyze(definition, ranks, y(*ranks.T), num_levels=4, seed=1)
    found = morris(study, trajectories=8, **simulating(y)).loc[["a", "b", "c"]]
    for name, key in (("effect", "mu_star"), ("mean", "mu"), ("spread", "sigma")):
        assert found[name].tolist() == pytest.approx([float(x) for x in expected[key]])
    assert found["effect_error"].tolist() == pytest.approx([float(x) for x in expected["mu_star_conf"]], rel=0.4)


def drawn_effects(seed, draws, size):
    """A runner whose factor a works by a strength that each draw of the parameters has of its own, 2 on average."""
    random = np.random.default_rng(seed)
    strength = np.repeat(2 + random.normal(size=draws), size)

    def run(arms):
        values = {f"p{k}": arm.settings["a"] * strength + arm.settings["b"] for k, arm in enumerate(arms)}
        data = results(values)
        return data.assign_coords(replicate_draw=("replicate", np.repeat(np.arange(draws), size))) if size > 1 else data

    return {"run": run, "progress": False}


@pytest.mark.parametrize("size", [1, 5])
def test_errors_hold_what_replicates_add_and_go_by_draws(size):
    """An effect that all trajectories share is known as well as the mean strength over draws: 95 % of intervals hold 2.

    60 studies: at a coverage of 0.95 fewer than 51 would be a chance of one in a thousand.
    """
    held = 0
    for seed in range(60):
        found = morris(uniform("a", "b"), trajectories=4, **drawn_effects(seed, 20, size)).loc["a"]
        held += abs(found["effect"] - 2) < found["effect_error"]
    assert held >= 51
    with pytest.raises(UsageError, match="share 9 draws"):
        sobol(uniform("a", "b"), points=4, **drawn_effects(1, 9, 2))


def test_salib_takes_the_definition():
    from SALib.sample import latin

    definition = problem(TABLES).salib()
    ranks = latin.sample(definition, 10, seed=1)
    assert ranks.shape == (10, 2) and len(problem(TABLES).settings(ranks)) == 10
    assert problem(TABLES).salib(screening=True)["bounds"] == [[0.05, 0.95]] * 2


def test_the_ema_workbench_takes_the_definition(monkeypatch):
    """Its classes, as far as they are used here: it is not among what the tests install."""
    monkeypatch.setitem(sys.modules, "ema_workbench", SimpleNamespace(
        RealParameter=lambda name, low, high: (name, low, high), BooleanParameter=lambda name: (name,)))
    found = problem(TABLES, levers=True).ema()
    assert found == [("parameters__a__x", 1.0, 4.0), ("parameters__b__y", 0.1, 0.6), ("levers__fund__on",)]
    monkeypatch.setitem(sys.modules, "ema_workbench", None)
    with pytest.raises(UsageError, match="pip install ema_workbench"):
        problem(TABLES).ema()
