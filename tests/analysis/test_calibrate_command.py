"""`jiju calibrate` on the engine: what it reads, refuses and writes, and that replicates draw what it finds."""

import tomllib

import numpy as np
import pandas as pd
import pytest
from jiju_command import SCENARIOS

import jiju
from jiju import cli
from jiju.evidence.calibrate import simulate_point
from jiju.evidence.calibration_task import read_task
from jiju.evidence.facts import JUDGE, statistics

FLAGSHIP = SCENARIOS / "shaoxing-2011" / "calibration.toml"
CITY = """
base = "tutorial/river-city"
facts = false

[parameters.demand]
keys = ["industries.*.demand_growth"]
name = "Growth of demand, factor"
name_zh = "需求增长（倍数）"
low = 0.3
high = 2.0

[parameters.closure_rate]
keys = ["parameters.exit.closure_rate"]
name = "Closure"
low = 0.004
high = 0.04
scale = "log"

[moments.machines]
output = "sales"
industry = "machines"
year = 2013
low = 80
high = 100

[moments.workers]
output = "employment"
year = 2013
over = "sales"
low = 50
high = 150
"""


@pytest.fixture
def city(tmp_path):
    def write(text=CITY):
        path = tmp_path / "city.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_fit_of_any_city_is_drawn_by_its_replicates(city, tmp_path, capsys):
    posterior, page = tmp_path / "posterior.toml", tmp_path / "report.md"
    words = ["calibrate", str(city()), "--points", "200", "--jobs", "2", "-o", str(posterior), "--page", str(page)]
    assert cli.main(words) == 0
    report = capsys.readouterr().out
    assert report.startswith("Misfit\n") and "Growth of demand, factor" in report
    assert {file.name for file in tmp_path.glob("report*")} >= {"report.md", "report-margins.png", "report-checks.png"}
    text = page.read_text(encoding="utf-8")
    assert text.index("## Misfit") < text.index("## What was learnt") and "](report-margins.png)" in text
    assert cli.main(words) == 3 and "give --force" in capsys.readouterr().err

    found = tomllib.loads(posterior.read_text(encoding="utf-8"))
    assert found["joint"]["demand"]["keys"] == ["industries.*.demand_growth"]
    study = tmp_path / "fitted.toml"
    study.write_text(f'extends = "tutorial/river-city"\ninclude = ["{posterior.name}"]\n', encoding="utf-8")
    data = jiju.run(str(study), replicates=400, record="targets", progress=False)
    drawn = data["parameter_value"].to_pandas()
    keys = ["industries.machines.demand_growth", "industries.medicine.demand_growth"]
    machines, medicine = (drawn[key] for key in keys)
    ratio = found["industries"]["medicine"]["demand_growth"]["quantiles"][5][1]
    ratio /= found["industries"]["machines"]["demand_growth"]["quantiles"][5][1]
    assert np.allclose(medicine, ratio * machines, rtol=2e-3), "one draw moves both"
    for share, value in found["industries"]["machines"]["demand_growth"]["quantiles"][1:-1]:
        assert np.mean(machines <= value) == pytest.approx(share, abs=4 * np.sqrt(share * (1 - share) / 400))


def test_replicates_draw_the_correlations_of_the_file(tmp_path):
    shares = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1]
    wages, closures = [0.02, 0.03, 0.05, 0.06, 0.065, 0.09, 0.1], [0.005, 0.006, 0.009, 0.012, 0.016, 0.02, 0.03]

    def quantiles(values):
        return "{ quantiles = [" + ", ".join(f"[{s}, {v}]" for s, v in zip(shares, values, strict=True)) + "] }"

    study = tmp_path / "fitted.toml"
    study.write_text(f"""extends = "tutorial/river-city"
[parameters.rest]
growth = {quantiles(wages)}
[parameters.exit]
closure_rate = {quantiles(closures)}
[joint.growth]
keys = ["parameters.rest.growth"]
[joint.closures]
keys = ["parameters.exit.closure_rate"]
correlation = [0.8]
""", encoding="utf-8")  # fmt: skip
    drawn = jiju.run(str(study), replicates=500, record="targets", progress=False)["parameter_value"].to_pandas()
    growth, closure = drawn["parameters.rest.growth"], drawn["parameters.exit.closure_rate"]
    expected = 6 / np.pi * np.arcsin(0.8 / 2)  # Spearman's of a Gaussian copula
    assert growth.rank().corr(closure.rank()) == pytest.approx(expected, abs=4 * (1 - expected**2) / np.sqrt(500))
    for name, values in (("growth", wages), ("closure", closures)):
        column = growth if name == "growth" else closure
        assert column.between(values[0], values[-1]).all()
        for share, value in zip(shares[1:-1], values[1:-1], strict=True):
            assert np.mean(column <= value) == pytest.approx(share, abs=4 * np.sqrt(share * (1 - share) / 500)), name


def test_moments_are_what_the_results_say(city):
    task = read_task(city())
    found = simulate_point(task, ("employment", "sales"), {"demand": 1.0, "closure_rate": 0.01}, seed=3)
    data = jiju.run("tutorial/river-city", replicates=1, seed=3, progress=False,
                    set={"parameters.exit.closure_rate": 0.01,
                         "industries.machines.demand_growth": 0.10})  # fmt: skip
    year = data.sel(year=2013)
    assert found["machines"] == pytest.approx(float(year["sales"].sel(industry="machines").sum()))
    assert found["workers"] == pytest.approx(float(year["employment"].sum() / year["sales"].sum()))


def test_no_judged_fact_enters_a_fit():
    table = statistics()
    judged = set(table.index[table["use"] == JUDGE])
    assert judged and not judged & set(read_task(FLAGSHIP).ranges.index)
    assert set(table["use"]) == {"fit", "judge"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("facts = false", "fact = false", "unknown key 'fact'; did you mean 'facts'?"),
        ('keys = ["parameters.exit.closure_rate"]', 'keys = ["parameters.exit.closure_rat"]',
         "[parameters.closure_rate]: the scenario has no parameters.exit.closure_rat"),
        ("low = 0.3", "low = 3", "[parameters.demand]: low = 3 and high = 2.0: both are numbers, and low is less"),
        ('scale = "log"', 'scale = "lg"', '[parameters.closure_rate]: scale is "lg"'),
        ("low = 0.3", "lower = 0.3", "[parameters.demand]: unknown key 'lower'"),
        ("year = 2013", "year = 2010", "[moments.machines]: year = 2010: the scenario simulates 2011 to 2015"),
        ('output = "sales"', 'output = "slaes"', "[moments.machines]: no indicator 'slaes' in these results"),
        ('industry = "machines"', 'industry = "machine"', "[moments.machines]: "),
        ('industry = "machines"', "industri = 3", "[moments.machines]: unknown key 'industri'"),
        ('output = "sales"\nindustry = "machines"', "", "[moments.machines]: needs output"),
        ("[moments.workers]\noutput = \"employment\"", "[moments.loss_share]",
         "[moments.loss_share]: this fact is kept for judging fits"),
        ("high = 100", "", "[moments.machines]: no 'high'"),
        ("[moments.workers]", "[doubling]\nindustry = 'machines'\n[moments.workers]", "[doubling]: only the moment"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_file_is_said_before_anything_runs(city, capsys, old, new, said):
    assert old in CITY
    path = city(CITY.replace(old, new, 1))
    assert cli.main(["calibrate", str(path), "--points", "12"]) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"jiju: error: {path}: ") and said in error


def test_the_flagship_is_fitted_reported_and_its_first_points_kept(tmp_path, capsys):
    posterior, draws = tmp_path / "p.toml", tmp_path / "d.csv"
    words = ["calibrate", str(FLAGSHIP), "--points", "20", "--jobs", "2", "--draws", str(draws), "-o", str(posterior)]
    assert cli.main(words) == 0
    report = capsys.readouterr().out
    assert "Predictive checks" in report and "Firms with a loss" in report
    assert len(pd.read_csv(draws)) == 10
    assert cli.main([*words, "--force"]) == 0, "from the points that were kept"
    assert capsys.readouterr().out == report
    pd.read_csv(draws).drop(columns=["median_age", "exit_share"]).to_csv(draws, index=False)
    assert cli.main([*words, "--force"]) == 2
    assert "d.csv lacks exit_share, median_age" in capsys.readouterr().err


def test_the_check_ranks_every_parameter(city, capsys):
    words = ["calibrate", str(city()), "--check", "10", "--points", "20", "--jobs", "2"]
    assert cli.main(words) == 0
    report = capsys.readouterr().out
    assert report.startswith("Simulation-based calibration: ") and "Growth of demand, factor" in report
    assert cli.main([*words, "-o", "x.toml"]) == 2


def test_the_command_says_what_is_no_calibration_file(tmp_path, capsys):
    assert cli.main(["calibrate", str(tmp_path / "none.toml")]) == 3
    assert "none.toml" in capsys.readouterr().err
    (tmp_path / "city.toml").write_text("[scenario]\n", encoding="utf-8")
    assert cli.main(["calibrate", str(tmp_path / "city.toml")]) == 2
    assert capsys.readouterr().err.startswith("jiju: error: ")
