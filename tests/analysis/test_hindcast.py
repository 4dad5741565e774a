"""Hindcasts of series whose answers are known: growth of the first year, naive forecasts, skill; what a wrong table is
told; pictures and the command."""

import json

import matplotlib
import numpy as np
import pandas as pd
import pytest
import xarray as xr
from jiju_command import OK, REFUSED, ROOT, good
from jiju_command import jiju as program

import jiju
from jiju import plot
from jiju.evidence import hindcasts
from jiju.evidence.naive_forecasts import growth_of
from jiju.evidence.observations import observations
from jiju.plot.hindcasts import save
from jiju.statistics.clusters import DRAW

matplotlib.use("Agg")

OBSERVED = ROOT / "scenarios" / "shaoxing-2011" / "observed.csv"

TOML = """
[scenario]
macro = "path"
start_year = 2011
years = 2
base_all_industry_sales = 500.0
[macro.path]
industrial_growth.table = [["2008Q3", 0.3], ["2009Q3", 0.5], ["2010Q3", 0.10], ["2011Q3", 0.05]]
price_growth.table = [["2010Q3", 0.02]]
[parameters.production]
sales_ratio = { median = 0.9, low = 0.8, high = 0.95, distribution = "logitnormal" }
[targets.T1]
name = "All"
name_zh = "全部"
unit = "1e8 CNY/year"
output = "output"
value = 400
[targets.T2]
name = "Equipment"
name_zh = "装备"
unit = "1e8 CNY/year"
output = "output"
where = { industry = "equipment" }
value = 150
"""

GROWTHS = np.linspace(-0.1, 0.3, 41)  # of the first year, a replicate each
RATIOS = np.where(np.arange(41) % 2, 0.8, 0.9)


def made(draws=None):
    """Two industries with sales of 90 and 110 in 2010; all output grows by GROWTHS, in 2012 by 10 % of that of 2011."""
    over = ("scenario", "replicate")
    sales = np.array([90.0, 110.0])
    output = np.empty((1, 41, 2, 2))
    output[0, :, 0] = (sales / RATIOS[:, None]) * (1 + GROWTHS)[:, None]
    output[0, :, 1] = output[0, :, 0] * 1.1
    attrs = {"units": "1e8 CNY", "long_name": "Output", "long_name_zh": "产值", "price_basis": "current prices"}
    path = np.stack([output.sum(axis=3), output[..., 0]], axis=3)
    return xr.Dataset(
        {
            "output": ((*over, "year", "industry"), output, attrs | {"cell_methods": "year: sum"}),
            "share": ((*over, "year", "industry"), output / 100, {"units": "1", "cell_methods": "year: mean"}),
            "workers": ((*over, "year"), output.sum(axis=3), {"units": "person", "cell_methods": "year: point"}),
            "target_path": ((*over, "year", "target"), path, {"cell_methods": "year: point"}),
            "base_sales": ((*over, "industry"), np.broadcast_to(sales, (1, 41, 2))),
            "parameter_value": (("draw", "parameter"), RATIOS[:, None]),
        },
        coords={
            "scenario": ["plan"], "scenario_name": ("scenario", ["The plan"]),
            "scenario_name_zh": ("scenario", ["规划"]),
            "scenario_toml": ("scenario", [TOML]), "replicate": np.arange(41), "year": [2011, 2012],
            "industry": ["equipment", "materials"], "industry_name": ("industry", ["Equipment", "Materials"]),
            "industry_name_zh": ("industry", ["装备", "材料"]), "draw": np.arange(41),
            "parameter": ["parameters.production.sales_ratio"], "target": ["T1", "T2"],
            **({} if draws is None else {DRAW: ("replicate", draws)}),
        },
        attrs={"filetype": "jiju results", "schema_version": [2, 0], "base_year": 2010},
    )  # fmt: skip


def table(*rows, columns="variable,industry,year,measure,value,low,high"):
    return pd.DataFrame([row.split(",") for row in rows], columns=columns.split(","))


# ---- series


def only(found):
    [row] = found.observations.to_dict("records")
    return row


def test_growth_of_the_first_year_is_against_sales_over_the_drawn_ratio():
    row = only(jiju.hindcast(made(), table("output,,2011,growth,0.205,,")))
    assert row["median"] == pytest.approx(0.1) and row["quantile"] == pytest.approx(31 / 41)
    assert (row["low50"], row["high50"]) == pytest.approx((GROWTHS[0] + 0.01 * 9.5, GROWTHS[-1] - 0.01 * 9.5))
    assert (row["inside50"], row["inside80"], row["inside95"]) == (False, True, True)
    assert (row["n"], row["draws"], row["unit"]) == (41, 41, "1")
    distances = np.abs(GROWTHS[:, None] - GROWTHS).sum() / (41 * 40)
    assert row["crps"] == pytest.approx(np.abs(GROWTHS - 0.205).mean() - distances / 2)
    assert only(jiju.hindcast(made(), table("output,equipment,2011,growth,0.2,,")))["median"] == pytest.approx(0.1)


def test_later_growth_is_against_the_year_before_and_levels_are_as_they_are():
    rows = ["output,,2012,growth,0.1,,", "output,materials,2012,,150,,", "workers,,2012,,9,,"]
    found = jiju.hindcast(made(), table(*rows))
    growth, level, workers = found.observations.to_dict("records")
    assert (growth["median"], growth["low95"], growth["high95"]) == pytest.approx((0.1, 0.1, 0.1))
    assert level["median"] == pytest.approx(np.median(110 / RATIOS * (1 + GROWTHS) * 1.1))
    assert (level["unit"], workers["unit"], workers["measure"]) == ("1e8 CNY", "person", "level")
    assert workers["quantile"] == 0 and not workers["inside95"]


def test_a_target_is_its_indicator_by_year():
    found = jiju.hindcast(made(), table("T2,,2012,,100,,", "T2,,2011,growth,0.2,,")).observations
    expected = jiju.hindcast(made(), table("output,equipment,2012,,100,,", "output,equipment,2011,growth,0.2,,"))
    same = ["median", "low95", "high95", "quantile", "crps", "no_growth", "national_growth", "plan_path"]
    pd.testing.assert_frame_equal(found[same], expected.observations[same])
    assert found["variable"].tolist() == ["T2", "T2"] and found["unit"].tolist() == ["1e8 CNY/year", "1"]


def test_a_range_is_its_middle_and_both_ends():
    row = only(jiju.hindcast(made(), table("output,,2011,growth,,0.105,0.295")))
    assert row["value"] == pytest.approx(0.2)
    assert (row["quantile_low"], row["quantile_high"]) == pytest.approx((21 / 41, 40 / 41))
    assert only(jiju.hindcast(made(), table("output,,2011,growth,0.11,0.1,0.3")))["value"] == 0.11


def test_shared_draws_make_the_quantile_less_sure():
    rows = [only(jiju.hindcast(made(draws), table("output,,2012,,300,,"))) for draws in (None, np.arange(41) // 4)]
    assert rows[0]["quantile"] == rows[1]["quantile"] and rows[1]["draws"] == 11
    assert rows[1]["quantile_error"] > 1.5 * rows[0]["quantile_error"]
    with pytest.raises(jiju.UsageError, match="share 9 draws"):
        jiju.hindcast(made(np.arange(41) // 5), table("output,,2011,growth,0.2,,"))


# ---- naive forecasts


def test_naive_forecasts_of_growth_and_level():
    rows = ["output,,2010,growth,0.25,,", "output,,2012,growth,0.1,,", "output,,2012,,300,,",
            "output,equipment,2012,,99,,"]  # fmt: skip
    growth, level, part = jiju.hindcast(made(), table(*rows)).observations.to_dict("records")
    base = np.median(200 / RATIOS)
    names = ["no_growth", "last_growth", "national_growth", "plan_path"]
    assert [growth[name] for name in names] == pytest.approx([0, 0.25, 1.05 * 1.02 - 1, (400 / base) ** 0.5 - 1])
    national = base * 1.1 * 1.02 * 1.05 * 1.02
    assert [level[name] for name in names] == pytest.approx([base, base * 1.25**2, national, 400])
    assert part["plan_path"] == pytest.approx(150) and np.isnan(part["last_growth"])


def test_growth_of_a_year_goes_from_middle_to_middle():
    # half of what is in force in 2010, half of what is in 2011; a rate that starts in the third quarter of 2010, whole
    assert growth_of({"by_year": {"2010": 0.5, "2011": 0.1}}, 2011) == pytest.approx(0.3)
    assert growth_of({"table": [["2010Q3", 0.1], ["2011Q3", 0.9]]}, 2011) == pytest.approx(0.1)
    assert growth_of({"table": [["2011Q2", 0.4]]}, 2011) == pytest.approx(0.4 / 4)
    assert growth_of(0.07, 2011) == 0.07 and np.isnan(growth_of({"step": 1, "from": "2011Q1"}, 2011))


def test_last_growth_may_be_two_levels():
    rows = ["output,,2008,,80,,", "output,,2009,,100,,", "output,,2010,,130,,", "output,,2011,growth,0.1,,"]
    assert only(jiju.hindcast(made(), table(*rows)))["last_growth"] == pytest.approx(0.3)


def test_what_is_no_money_has_no_national_growth():
    row = only(jiju.hindcast(made(), table("workers,,2012,growth,0.1,,")))
    assert np.isnan([row["national_growth"], row["plan_path"], row["last_growth"]]).all() and row["no_growth"] == 0


def test_skill_compares_over_what_both_foresee():
    rows = ["output,,2010,growth,0.25,,", "output,,2011,growth,0.2,,", "output,equipment,2011,growth,0.15,,"]
    found = jiju.hindcast(made(), table(*rows))
    by_forecast = found.scores.set_index("forecast")
    crps = found.observations["crps"].to_numpy()
    assert by_forecast.loc["simulation", "crps"] == pytest.approx(crps.mean())
    assert by_forecast.loc["no_growth", "skill"] == pytest.approx(1 - crps.mean() / np.mean([0.2, 0.15]))
    assert by_forecast.loc["last_growth", "skill"] == pytest.approx(1 - crps[0] / 0.05)
    assert by_forecast.loc["last_growth", "observations"] == 1
    assert by_forecast["skill_low"].isna().all() and any("below 10 years" in note for note in found.notes)


def test_levels_are_scored_by_variable():
    found = jiju.hindcast(made(), table("output,,2012,,300,,", "workers,,2012,,280,,", "output,,2012,growth,0,,"))
    assert found.scores.groupby(["measure", "variable"]).size().to_dict() == {
        ("growth", ""): 5, ("level", "output"): 5, ("level", "workers"): 5
    }  # fmt: skip


def test_the_interval_of_skill_holds_the_truth():
    """Years whose observations move together; skill of one half."""
    random, held = np.random.default_rng(6), 0
    for _ in range(200):
        year = np.repeat(np.arange(2000, 2020), 3)
        of_year = np.repeat(random.gamma(2, 1, 20), 3)
        own, naive = 0.5 * of_year * random.gamma(4, 0.25, 60), of_year * random.gamma(4, 0.25, 60)
        low, high = hindcasts.interval_of_skill(own, naive, pd.DataFrame({"year": year, "measure": "growth"}))
        held += low <= 0.5 <= high
    assert 0.91 <= held / 200 <= 0.99


def test_there_is_no_interval_of_skill_of_few_years_or_of_levels():
    nine, ten = (pd.DataFrame({"year": np.arange(n), "measure": "growth"}) for n in (9, 10))
    for frame in (nine, ten.assign(measure="level")):
        assert np.isnan(hindcasts.interval_of_skill(np.ones(len(frame)), np.ones(len(frame)), frame)).all()
    assert not np.isnan(hindcasts.interval_of_skill(np.ones(10), np.ones(10), ten)).any()


# ---- tables


WRONG = {
    "outptu,,2011,,1,,": r"row 0: variable: no variable 'outptu'; did you mean 'output'\?",
    ",,2011,,1,,": "row 0: variable: empty",
    "output,equipmnt,2011,,1,,": r"row 0: industry: no industry 'equipmnt' in .*; did you mean 'equipment'\?",
    "workers,equipment,2012,,1,,": "row 0: industry: workers has no dimension 'industry'",
    "share,,2011,,1,,": "row 0: industry: share cannot be added up over industry",
    "output,,2011.5,,1,,": r"row 0: year: '2011\.5' is no year",
    "output,,,,1,,": "row 0: year: '' is no year",
    "output,,2011,grwth,1,,": r"row 0: measure: no measure 'grwth'; did you mean 'growth'\?",
    "output,,2011,,1.5.2,,": "row 0: value: '1.5.2' is no number",
    "output,,2011,,12%,,": "row 0: value: '12%' is no number; a share is meant",
    "output,,2011,,nan,,": "row 0: value: 'nan' is no number",
    "output,,2011,,,,": "row 0: value: empty, and there is no range",
    "output,,2011,,,1,": "row 0: high: empty, and low is 1",
    "output,,2011,,,3,1": "row 0: low: 3 is above high, 1",
    "output,,2011,,5,1,3": "row 0: value: 5 lies outside of its range, 1 to 3",
    "output,,2012,growth,-20,,": "row 0: value: -20 is a growth below -1",
    "workers,,2011,growth,0.1,,": "row 0: measure: growth of workers in 2011 is against 2010, of which results hold no",
    "output,,2025,,1,,": "no observation is of a year that these results have: 2011, 2012",
}


@pytest.mark.parametrize("row", WRONG)
def test_a_wrong_row_hears_what_would_be_right(row):
    with pytest.raises(jiju.UsageError, match=WRONG[row]):
        jiju.hindcast(made(), table(row))


def test_all_mistakes_are_found_at_once(tmp_path):
    path = tmp_path / "observed.csv"
    path.write_text("\ufeffvariable,year,value\noutptu,2011,1\n\noutput,2011,x\noutput,2011,1,2\noutput,2012,1\noutput,2012,2\n",
                    encoding="utf-8")  # fmt: skip
    with pytest.raises(jiju.UsageError) as error:
        observations(path, made())
    text = str(error.value)
    for part in ("observed.csv:2: variable:", "observed.csv:4: value: 'x'", "observed.csv:5: 4 cells",
                 "observed.csv:7: year: output of 2012 stands in"):  # fmt: skip
        assert part in text
    assert len(text.splitlines()) == 4


@pytest.mark.parametrize(("text", "message"), [
    ("", "the file is empty"),
    ("variable;year;value\n", "columns are separated by commas"),
    ("variable,year\noutput,2011\n", "no column value"),
    ("variable,year,value,indstry\noutput,2011,1,equipment\n", "no column 'indstry' is known; did you mean 'industry'"),
    ("variable,year,value,year\n", "column 'year' stands more than once"),
    ("variable,year,value\n", "no row below"),
])  # fmt: skip
def test_a_table_without_what_is_needed(tmp_path, text, message):
    path = tmp_path / "observed.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(jiju.UsageError, match=message):
        observations(path, made())


def test_a_table_in_another_encoding_is_refused(tmp_path):
    path = tmp_path / "observed.csv"
    path.write_bytes("variable,year,value,source\noutput,2011,1,统计".encode("gbk"))
    with pytest.raises(jiju.UsageError, match="no CSV file in UTF-8"):
        observations(path, made())


def test_years_beyond_the_simulated_are_left_out_and_named():
    found = jiju.hindcast(made(), table("output,,2012,,300,,", "output,,2013,,300,,"))
    assert len(found.observations) == 1 and any("row 1" in note for note in found.notes)


def test_a_large_growth_is_asked_about():
    found = jiju.hindcast(made(), table("output,,2011,growth,20,,"))
    assert any("a growth of 20 is 2000 %" in note for note in found.notes)


# ---- shown


def test_both_languages_and_json():
    rows = table("output,,2011,growth,,0.1,0.3", "output,equipment,2012,,500,,")
    english, chinese = (repr(jiju.hindcast(made(), rows, lang=lang)) for lang in ("en", "zh"))
    assert "Output: Equipment" in english and "10.0 – 30.0 %" in english and "national growth" in english
    assert "产值：装备" in chinese and "全国增速" in chinese and "规划" in chinese and "coverage" not in chinese
    found = json.loads(json.dumps(jiju.hindcast(made(), rows).to_dict()))
    assert found["observations"][1]["quantile_low"] is None and found["coverage"][0]["band"] == 0.5


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_fan_shows_bands_median_and_observations(lang):
    rows = table("output,,2011,growth,,0.1,0.3", "output,equipment,2012,,120,,")
    found = jiju.hindcast(made(), rows, lang=lang)
    ax = plot.hindcast(found, "output", industry="equipment", lang=lang)
    ax.figure.canvas.draw()
    [median] = [line for line in ax.lines if line.get_linewidth() == 2 and len(line.get_xdata()) == 3]
    assert median.get_xdata().tolist() == [2010, 2011, 2012]
    assert median.get_ydata()[0] == pytest.approx(np.median(90 / RATIOS))
    assert any(120 in np.atleast_1d(line.get_ydata()) for line in ax.lines)
    assert ("装备" in ax.get_title("left")) == (lang == "zh")
    with pytest.raises(jiju.UsageError, match="was observed; there are output, growth; output, industry"):
        plot.hindcast(found, "sales")
    matplotlib.pyplot.close("all")


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf"])
def test_equal_results_give_equal_pictures(tmp_path, suffix):
    found = jiju.hindcast(made(), table("output,,2011,growth,,0.1,0.3", "workers,,2012,,500,,"))
    for name in ("one", "two"):
        save(found, tmp_path / f"{name}.{suffix}")
    one, two = ((tmp_path / f"{name}.{suffix}").read_bytes() for name in ("one", "two"))
    assert one == two and len(one) > 5000
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"one.{suffix}", f"two.{suffix}"]


# ---- the command, and what is shipped


def test_what_is_shipped_ends_in_2012_and_says_what_it_is():
    shipped = pd.read_csv(OBSERVED)
    assert shipped["year"].max() == 2012
    assert shipped["source"].str.match("(found|derived|guess)").all()


def test_steps_are_put_together_to_years(short, simulated):
    rows = table("output,,2011,growth,0.2,,", "firms,,2012,,700,,", "T1,,2012,,1900,,")
    steps = jiju.run(short, replicates=20, seed=5, record="quarterly", progress=False)
    one, two = (jiju.hindcast(data, rows).observations for data in (steps, simulated.memory))
    pd.testing.assert_frame_equal(one, two)


def test_the_command(simulated, tmp_path):
    text = good("hindcast", simulated.path, OBSERVED)
    assert "20.0 – 31.0 %" in text and "2 observations of 2 years" in text
    assert "观测值" in good("hindcast", simulated.path, OBSERVED, "--lang", "zh")
    rows = json.loads(good("hindcast", simulated.path, OBSERVED, "--scenario", "short", "--json"))["observations"]
    expected = jiju.hindcast(simulated.memory, OBSERVED).observations
    assert [row["quantile"] for row in rows] == pytest.approx(expected["quantile"].tolist())
    output = simulated.memory["output"].isel(scenario=0).sum(["industry", "cluster"])
    growth = output.sel(year=2012) / output.sel(year=2011) - 1
    assert rows[1]["median"] == pytest.approx(float(growth.median()))
    picture = tmp_path / "fan.png"
    good("hindcast", simulated.path, OBSERVED, "-o", picture)
    assert picture.stat().st_size > 5000
    for words, said in (
        (["-o", picture], "exists"),
        (["-o", tmp_path / "fan.bmp"], ".csv, .png, .svg, .pdf"),
        (["--scenario", "long"], "no scenario 'long'"),
    ):
        result = program("hindcast", simulated.path, OBSERVED, *words)
        assert result.returncode != OK and said in result.stderr, result.stderr
    assert program("hindcast", simulated.path, OBSERVED, "-o", picture, "--force").returncode == OK
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("variable,year,value\noutput,2011,1\noutptu,2011,1\n")
    result = program("hindcast", simulated.path, wrong)
    assert result.returncode == REFUSED and f"{wrong}:3: variable: no variable 'outptu'" in result.stderr
