"""Calibration finds what was planted in a simulator whose answer is known, and says what it cannot find."""

import tomllib

import numpy as np
import pandas as pd
import pytest
from jiju_command import SCENARIOS

from jiju import calibration, cli
from jiju.calibration import Prior

PRIORS = {"rate": Prior(0.1, 10.0, log=True), "mean": Prior(-2.0, 2.0), "idle": Prior(0.0, 1.0)}


def toy(values, seed):
    """Means of 200 exponential and of 200 normal numbers, and pure noise; `idle` moves none of them."""
    draws = np.random.default_rng(seed)
    size = len(values)
    return pd.DataFrame({
        "waiting": np.log(draws.gamma(200, 1 / 200, size) / values["rate"]),
        "level": values["mean"] + draws.normal(0, 1 / np.sqrt(200), size),
        "noise": draws.normal(0, 1, size),
    })  # fmt: skip


def calibrated(rate, mean, points=800):
    shares = calibration.sample_priors(PRIORS, points, seed=7)
    summaries = toy(calibration.values_at(shares, PRIORS), seed=8)
    ranges = pd.DataFrame({"low": [-np.log(rate) - 0.1, mean - 0.1, -3], "high": [-np.log(rate) + 0.1, mean + 0.1, 3]},
                          index=["waiting", "level", "noise"])  # fmt: skip
    return calibration.infer(shares, summaries, ranges, PRIORS)


@pytest.mark.parametrize(("rate", "mean"), [(0.5, 1.0), (3.0, -1.2)])
def test_planted_parameters_are_recovered(rate, mean):
    found = calibrated(rate, mean).findings
    assert found.loc["rate", "low"] < rate < found.loc["rate", "high"]
    assert found.loc["mean", "low"] < mean < found.loc["mean", "high"]
    assert found.loc["rate", "median"] == pytest.approx(rate, rel=0.25)
    assert found.loc["mean", "median"] == pytest.approx(mean, abs=0.25)
    assert found.loc["rate", "spread"] < 0.4


def test_a_parameter_that_moves_nothing_is_called_unidentified():
    found = calibrated(1.0, 0.0).findings
    assert found["identified"].to_dict() == {"rate": True, "mean": True, "idle": False}
    assert abs(found.loc["idle", "predicted"]) < 0.1
    assert found.loc["idle", "spread"] > 0.75


def test_ranges_that_allow_everything_leave_the_prior():
    shares = calibration.sample_priors(PRIORS, 400, seed=1)
    summaries = toy(calibration.values_at(shares, PRIORS), seed=2)
    ranges = pd.DataFrame({"low": -1e6, "high": 1e6}, index=summaries.columns)
    posterior = calibration.infer(shares, summaries, ranges, PRIORS)
    assert posterior.findings["median"]["mean"] == pytest.approx(0, abs=0.25)
    assert posterior.findings["spread"].between(0.85, 1.15).all()
    assert posterior.misfit.max() == 0


def test_a_missing_summary_costs_its_draw_only():
    shares = calibration.sample_priors(PRIORS, 200, seed=1)
    summaries = toy(calibration.values_at(shares, PRIORS), seed=2)
    ranges = pd.DataFrame({"low": -0.5, "high": 0.5}, index=summaries.columns)
    broken = summaries.copy()
    broken.loc[3, "level"] = np.nan
    without = [k for k in range(200) if k != 3]
    expected = calibration.infer(shares.iloc[without], summaries.iloc[without], ranges, PRIORS)
    found = calibration.infer(shares, broken, ranges, PRIORS)
    pd.testing.assert_frame_equal(found.findings, expected.findings)


def test_a_latin_hypercube_visits_every_part_once():
    shares = calibration.sample_priors(PRIORS, 50, seed=3)
    for name in PRIORS:
        assert sorted((shares[name] * 50).astype(int)) == list(range(50))
    values = calibration.values_at(shares, PRIORS)
    assert values["rate"].median() == pytest.approx(1, rel=0.1)


def test_weighted_quantiles_of_equal_weights_are_quantiles():
    values = np.random.default_rng(4).normal(size=5001)
    assert calibration.weighted_quantile(values, np.ones(5001), 0.05) == pytest.approx(
        np.quantile(values, 0.05), abs=1e-3
    )


def test_the_command_fits_reports_and_keeps_its_points(tmp_path, capsys):
    task, posterior, draws = SCENARIOS / "shaoxing-2011" / "calibration.toml", tmp_path / "p.toml", tmp_path / "d.csv"
    words = ["calibrate", str(task), "--points", "12", "--jobs", "2", "--draws", str(draws), "-o", str(posterior)]
    assert cli.main(words) == 0
    report = capsys.readouterr().out
    assert report.startswith("    ") and "Identified:" in report
    assert len(pd.read_csv(draws)) == 12 and isinstance(tomllib.loads(posterior.read_text(encoding="utf-8")), dict)
    assert cli.main(words) == 3
    assert "exists; give --force to replace it" in capsys.readouterr().err
    assert cli.main([*words, "--force"]) == 0, "from the points that were kept"
    assert capsys.readouterr().out == report
    pd.read_csv(draws).drop(columns=["median_age", "exit_share"]).to_csv(draws, index=False)
    assert cli.main([*words, "--force"]) == 2
    assert "d.csv lacks exit_share, median_age" in capsys.readouterr().err


def test_the_command_says_what_is_wrong(tmp_path, capsys):
    assert cli.main(["calibrate", str(tmp_path / "none.toml")]) == 3
    assert "none.toml" in capsys.readouterr().err
    (tmp_path / "city.toml").write_text("[scenario]\n", encoding="utf-8")
    assert cli.main(["calibrate", str(tmp_path / "city.toml")]) == 2
    assert capsys.readouterr().err.startswith("jiju: error: ")
