"""benchmarks/priors varies what it says, and knows how far an effect has moved."""

import importlib.util
from importlib.machinery import SourceFileLoader
from pathlib import Path

import numpy as np
import pytest

PATH = Path(__file__).parents[2] / "benchmarks" / "priors"


@pytest.fixture(scope="module")
def bench():
    loader = SourceFileLoader("priors_bench", str(PATH))
    spec = importlib.util.spec_from_loader("priors_bench", loader)
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def test_certain_numbers_alone_are_varied(bench):
    tree = {"a": {"rate": 0.5, "prior": {"median": 1.0, "low": 0.5, "high": 2.0}, "steps": 4, "on": True, "name": "x",
                  "fitted": {"quantiles": [[0, 1.0]]}}}  # fmt: skip
    assert bench.numbers(tree) == {"a.rate": 0.5}


def test_a_quarter_either_way_ends_at_the_bound(bench):
    assert bench.moved("of_no_parameter", -4.0, 0.25) == {"lower": -5.0, "higher": -3.0}
    upper = bench.reference()["parameters.production.utilisation_max"]["upper"]
    assert bench.moved("parameters.production.utilisation_max", 0.95, 0.25) == pytest.approx(
        {"lower": 0.7125, "higher": upper}
    )


def test_a_change_has_the_error_of_a_ratio_of_means(bench):
    draws = np.random.default_rng(1)
    found, told = [], []
    for _ in range(300):
        base = draws.normal(10, 3, 40)
        ratio, error = bench.change(base, 1.2 * base + draws.normal(0, 1, 40))
        found.append(ratio)
        told.append(error)
    assert np.mean(found) == pytest.approx(0.2, abs=0.003)
    assert np.mean(told) == pytest.approx(np.std(found), rel=0.1)
    base = draws.normal(10, 3, 40)
    assert bench.change(base, 1.5 * base) == pytest.approx((0.5, 0))


def test_what_may_or_surely_does_exceed_a_tenth_is_listed(bench):
    def row(key, direction, size, error):
        both = {what: size for what in bench.OUTCOMES} | {f"{what}_error": error for what in bench.OUTCOMES}
        return {"key": key, "value": 2.0, "direction": direction, "tried": 1.5, "replicates": 9} | both

    rows = [row("small", "lower", 0.05, 0.1), row("sure", "lower", -0.2, 0.04), row("sure", "higher", 0.01, 0.04),
            row("maybe", "higher", 0.12, 0.04)]  # fmt: skip
    lines = bench.table(rows).splitlines()[2:]
    assert [line.split("`")[1] for line in lines] == ["sure", "maybe"]
    assert "surely" in lines[0] and "−20.0 (4.0) %" in lines[0]
    assert "probably" in lines[1] and "| – |" in lines[1]
