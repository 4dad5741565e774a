"""The bench of coverage on made results: it counts what it says, and sees intervals that are too narrow."""

import importlib.machinery
import importlib.util
from pathlib import Path

import numpy as np
import pytest

from jiju.statistics.clusters import DRAW

PATH = Path(__file__).parents[2] / "benchmarks" / "coverage"


@pytest.fixture(scope="module")
def bench():
    loader = importlib.machinery.SourceFileLoader("coverage_bench", str(PATH))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("coverage_bench", loader))
    loader.exec_module(module)
    return module


@pytest.mark.parametrize("size", [1, 10])
def test_made_batches_have_the_truth_that_is_said(bench, size):
    source = bench.made("made", size)
    data = source.batch(40000, np.random.default_rng(1))
    value, met = (data[name].mean("replicate").values for name in ("target_value", "target_met"))
    found = bench.truths(value, met)
    assert found == pytest.approx(source.truth, rel=0.05, abs=0.01)


def test_the_bench_distinguishes_right_intervals_from_narrow_ones(bench):
    """Nested batches, once as they are and once as if each replicate had a draw of its own."""
    source = bench.made("nested", 10)
    right = bench.coverage(source, 100, 40, seed=1)
    blind = bench.Source("blind", lambda n, random: source.batch(n, random).drop_vars(DRAW), source.truth)
    wrong = bench.coverage(blind, 100, 40, seed=1)
    assert right["mean"][0] > wrong["mean"][0] and right["P(frequent)"][0] > wrong["P(frequent)"][0]
    assert bench.verdict(*wrong["mean"], 40).endswith("−")
    assert not bench.verdict(*right["mean"], 40).endswith("−")


def test_errors_of_the_value_of_information_are_held_against_a_closed_form(bench):
    samples = np.random.default_rng(1).normal(0.3, 0.6, size=1_000_000)
    assert bench.value_of_knowing(0.3, 0.6) == pytest.approx(np.maximum(samples, 0).mean() - 0.3, abs=0.002)
    assert bench.value_of_knowing(0.3, 0) == 0
    assert 16 <= bench.coverage_of_information((0.5, 1, 1), 200, 20) <= 20


def test_too_few_draws_are_a_refusal_and_marks_ask_for_more_than_chance(bench):
    assert bench.coverage(bench.made("nested", 10), 40, 2, seed=1) is None
    assert bench.verdict(190, 200, 200) == "0.950"
    assert bench.verdict(180, 200, 200) == "0.900"  # 0.850 to 0.938
    assert bench.verdict(170, 200, 200) == "0.850 −"
    assert bench.verdict(200, 200, 200) == "1.000 +"
    assert bench.verdict(40, 40, 200) == "– (40 told)"


def test_a_pools_own_mean_is_the_truth_of_its_batches(bench, short, tmp_path):
    import jiju

    path = tmp_path / "pool.h5"
    jiju.run(short, short, replicates=60, replicates_per_draw=3, record="targets", output=path, progress=False).close()
    with jiju.open(path) as data:
        keys = [str(data["target"].values[0])] * 4
        mean = float(data["target_value"].isel(scenario=0, target=0).mean())
    with np.errstate(divide="ignore"):  # the same scenario twice has no gain that a cost could be told of
        source = bench.pool("pool", path, keys)
    assert source.truth["mean"] == pytest.approx(mean)
    batch = source.batch(30, np.random.default_rng(2))
    assert np.unique(batch[DRAW].values, return_counts=True)[1].tolist() == [3] * 10
    with jiju.open(path) as data:
        known = set(data["target_value"].isel(scenario=0, target=0).values.tolist())
    assert set(batch["target_value"].isel(scenario=0, target=0).values.tolist()) <= known
