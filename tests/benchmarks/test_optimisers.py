"""The trial of optimisers counts points and limits rightly; others' optimisers are not needed for that."""

import importlib.util
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path

import numpy as np
import pytest

loader = SourceFileLoader("optimisers", str(Path(__file__).parents[2] / "benchmarks" / "optimisers"))
bench = importlib.util.module_from_spec(importlib.util.spec_from_loader("optimisers", loader))
sys.modules["optimisers"] = bench
loader.exec_module(bench)


def test_a_run_has_so_many_points_and_the_best_keeps_the_limit():
    toy = bench.toy()
    found = bench.trial_of(toy, "at random", 1, 50)
    assert len(found.values) == 50 and toy.level <= found.best(20) <= found.best(50) < toy.top
    one = bench.Trial(1, lambda x: (x[:, 0], 0.5 - x[:, 0]), np.zeros(1), 1.0, 3)
    with pytest.raises(bench.Enough):
        one(np.array([[0.2], [0.9], [0.4], [0.5]]))
    assert (one.best(2), one.best(3), len(one.values)) == (0.2, 0.4, 3)
