"""The engine's Industry-60 and the one in NumPy share no line of code: that they agree speaks for both."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BUILD = Path(os.environ.get("JIJU_BUILD", ROOT / "build" / "release"))
ENGINE = BUILD / "benchmarks" / "industry60" / "industry60"
sys.path.append(str(ROOT / "benchmarks" / "industry60"))

import numpy_model  # noqa: E402
import rules  # noqa: E402
from agreement import disagreements, read_reports, with_sums  # noqa: E402

SUBSIDY = 0.3


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    path = tmp_path_factory.mktemp("industry60") / "engine.csv"
    subprocess.run([ENGINE, "--runs", "200", "--subsidy", str(SUBSIDY), "--out", path], check=True, timeout=60)
    return read_reports(path)


def by_numpy(runs):
    return with_sums([[row[2:] for row in numpy_model.reports_of(seed, SUBSIDY)] for seed in range(runs)])


def test_engine_and_numpy_agree(engine):
    assert disagreements(engine, by_numpy(50))[1] == []


@pytest.mark.parametrize(("number", "factor"), [("MEAN_GAIN", 1.5), ("DEPRECIATION", 1.3)])
def test_a_slip_in_one_number_is_noticed(engine, monkeypatch, number, factor):
    monkeypatch.setattr(rules, number, factor * getattr(rules, number))
    assert disagreements(engine, by_numpy(25))[1]


def test_one_seed_is_one_run(tmp_path):
    """Seeds 3 and 4 of a long run are those of a short one: batches can be split anywhere."""
    lines = {}
    for first, runs in ((0, 6), (3, 2)):
        out = tmp_path / f"{first}.csv"
        subprocess.run([ENGINE, "--seed-first", str(first), "--runs", str(runs), "--out", out], check=True, timeout=60)
        lines[first] = out.read_text().splitlines()
    assert lines[3][1:] == [line for line in lines[0] if line.startswith(("3,", "4,"))]
