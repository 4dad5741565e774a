"""The bench of the decisions: each part runs, and counts what it should."""

import argparse
import importlib.util
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path

import numpy as np
import pytest

loader = SourceFileLoader("decisions_bench", str(Path(__file__).parents[2] / "benchmarks" / "decisions"))
bench = importlib.util.module_from_spec(importlib.util.spec_from_loader("decisions_bench", loader))
sys.modules["decisions_bench"] = bench
loader.exec_module(bench)

FEW = argparse.Namespace(points=30, replicates=8, judged=40)
OF_STUDIES = {"robust": {"mean regret", "share best"}, "minimum": {"minimum", "difference"}, "equal": {"gain of jobs"},
              "screen": {"mu*", "false alarms"}, "timing": {"gain of a profile"}}  # fmt: skip


@pytest.mark.parametrize("name", list(OF_STUDIES))
def test_each_part_says_which_intervals_held(name):
    told = bench.Told()
    bench.PARTS[name](FEW, 1, told)
    assert OF_STUDIES[name] <= set(told.held) and all(np.isfinite(each).all() for each in told.far.values())
    assert told.runs and "%" in told.cells()


def test_five_plans_that_are_evenly_spread_leave_nothing_uncovered_and_one_does():
    angle = np.linspace(0, np.pi / 2, 200)
    front = np.column_stack([np.sin(angle), np.cos(angle)])
    assert bench.uncovered(front[[0, 50, 100, 150, 199]], front) == 0
    assert bench.uncovered(front[:1], front) > 0.5
