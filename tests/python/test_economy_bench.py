"""The bench of the simulated economy: its arithmetic on made data, what it changes in a scenario, and a short run."""

import importlib.machinery
import importlib.util
import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from scipy import stats

import jiju

PATH = Path(__file__).parents[2] / "benchmarks" / "economy"
STATUS_QUO = "shaoxing-2011/status-quo"


@pytest.fixture(scope="module")
def bench():
    loader = importlib.machinery.SourceFileLoader("economy_bench", str(PATH))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("economy_bench", loader))
    loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def figures(bench):
    return bench.figures


@pytest.fixture(scope="module")
def city():
    return jiju.Scenario.load(STATUS_QUO)


def replicates(*values):
    return xr.DataArray(list(values), dims="replicate", coords={"replicate": range(len(values))}).astype(float)


def by_year(*rows):
    """A row a replicate, a column a year from 2011 on."""
    array = np.array(rows, float)
    labels = {"replicate": range(len(array)), "year": range(2011, 2011 + array.shape[1])}
    return xr.DataArray(array, dims=("replicate", "year"), coords=labels)


def test_a_short_run_prints_its_rows():
    words = [sys.executable, PATH, "--replicates", "4", "--only", "start,noise", "--threads", "1"]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    head, line, *rows = done.stdout.splitlines()
    assert head == "| figure | goal | found | met? |" and line == "|---|---|---|---|"
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    assert all(len(row) == 4 for row in cells)
    start = [row for row in cells if row[0].startswith("start: ")]
    assert len(start) == 5 * 5 and all(row[1] == "−10.0 to 10.0 %" for row in start)
    noise = [row for row in cells if row[0].startswith("noise: ")]
    assert len(noise) == 6 and len(cells) == len(start) + len(noise)
    assert [row[1] for row in noise] == ["−2.0 to 2.0 %"] * 5 + ["–"]
    assert {row[3] for row in cells if row[1] != "–"} <= {"yes", "no", "unsure"}
    assert not any("nan" in row[2] for row in cells)


def test_the_long_run_has_a_row_a_decade_of_both_kinds_of_industries(bench, monkeypatch):
    monkeypatch.setattr(bench, "LONG_PANELS", 2)
    monkeypatch.setattr(bench, "GROWTHS", [0.03])
    scenario = jiju.Scenario.load(STATUS_QUO)
    rows = list(bench.long_run(bench.Bench(scenario, scenario, scenario, replicates=2, threads=1)))
    decades = [row for row in rows if "year 30 against 20" in row.figure]
    assert len(rows) == 2 * (2 * 8 + 1) and len(decades) == 2 * 8 and not any("nan" in row.found for row in rows)
    # at a rate with which the city's firms keep up, their technique does not fall behind what is set
    [alike] = [row for row in decades if "alike" in row.figure and "of technique" in row.figure]
    assert float(alike.found.split()[0]) == pytest.approx(100 * bench.KEPT_UP, abs=1.5)


def test_cheaper_investment_has_a_row_a_year_with_what_others_lose():
    words = [sys.executable, PATH, "--replicates", "2", "--only", "investment", "--threads", "1"]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    rows = [row for row in done.stdout.splitlines() if row.startswith("| investment: ")]
    assert len(rows) == 6 * 3 and all("against the others" in row and "nan" not in row for row in rows)


def test_every_name_of_a_parameter_is_the_models(bench, city):
    for name, path in vars(bench.names).items():
        if name.isupper() and isinstance(path, str) and path.startswith(("parameters.", "scenario.")):
            assert bench.names.found_in(city.to_dict(), path) is not None, name


def test_a_wrong_name_is_an_error_that_lists_the_right_ones():
    done = subprocess.run([sys.executable, PATH, "--only", "nise"], capture_output=True, text=True, check=False)
    assert done.returncode != 0 and "no experiment 'nise'; there are noise, size" in done.stderr


def test_means_and_ratios_have_students_interval(figures):
    values = replicates(1, 2, 4, 7)
    found = figures.mean_of(values)
    low, high = stats.t.interval(0.95, 3, loc=3.5, scale=stats.sem(values.values))
    assert (found.value, found.low, found.high) == pytest.approx((3.5, low, high))
    same = figures.change_of_mean(values, 1.1 * values)
    assert (same.value, same.low, same.high) == pytest.approx((0.1, 0.1, 0.1))
    base, other = replicates(10, 12, 14), replicates(11, 12, 16)
    ratio = figures.ratio_of_means(other, base)
    half = stats.t.ppf(0.975, 2) * stats.sem((other - 13 / 12 * base).values) / 12
    assert (ratio.value, ratio.high - ratio.value) == pytest.approx((13 / 12, half))


def test_pairs_are_found_by_the_number_of_the_replicate(figures):
    base, other = replicates(10, 20, 30), replicates(11, 22, 33).isel(replicate=[2, 0, 1])
    assert figures.change_of_mean(base, other).high == pytest.approx(0.1)


def test_shares_and_medians(figures):
    none = figures.share_of(xr.DataArray(np.zeros(20, bool), dims="replicate"))
    assert none.value == 0 and none.high == pytest.approx(0.1611, abs=1e-4)  # Wilson: z²/(n + z²)
    values = replicates(*range(101))
    found = figures.median_of([values, values / 2], lambda one, two: one - two)
    assert found.value == 25 and 15 < found.low < 25 < found.high < 35


def test_a_verdict_needs_the_whole_interval(bench, figures):
    def verdict(*ends):
        return figures.verdict(figures.Estimate(0.0, *ends), -0.1, 0.1)

    assert [verdict(-0.05, 0.05), verdict(0.11, 0.2), verdict(-0.3, -0.2)] == ["yes", "no", "no"]
    assert [verdict(0.05, 0.2), verdict(-1, 1), verdict(math.nan, math.nan)] == ["unsure"] * 3
    row = figures.row_of("x", figures.Estimate(-0.051, -0.062, -0.04), (-0.1, 0.1), "; note")
    assert row == figures.Row("x", "−10.0 to 10.0 %", "−5.1 (−6.2 to −4.0) %; note", "yes")
    assert figures.row_of("x", figures.Estimate(0.95, 0.9, 1), (0.9, math.inf)).goal == "≥ 90.0 %"
    ends = [(-0.004, 0.004), (-0.02, 0.02), (0.001, 0.002)]
    assert [bench.same("x", figures.Estimate(0, *each)).met for each in ends] == ["yes", "unsure", "no"]


def test_output_is_deflated_industry_by_industry(figures):
    output = by_year([10, 20]).expand_dims(industry=["a", "b"], cluster=["x", "y"])
    price = xr.DataArray([1.0, 2.0], dims="industry", coords={"industry": ["b", "a"]}) * by_year([1, 2])
    data = xr.Dataset({"output": output, "price": price})
    assert figures.real_output(data).values.tolist() == [[20 + 10, (20 + 10)]]


def test_the_first_year_is_held_against_the_mean_of_the_others(figures):
    assert figures.first_to_following(by_year([12, 9, 10, 11], [24, 18, 20, 22])).value == pytest.approx(0.2)


def test_correlation_is_the_mean_over_pairs_of_industries(figures):
    growth = xr.concat([by_year([1, 2, 4]), by_year([2, 4, 8]), by_year([-1, -2, -4])], "industry")
    growth = growth.assign_coords(industry=["a", "b", "c"])
    assert figures.mean_correlation(growth).values == pytest.approx([(1 - 1 - 1) / 3])


def made_firms(slower):
    """Two replicates of two industries; small firms grow by 10 % less what is given, large ones so that the industry's
    survivors grow by 10 %; an entrant of the year before, and one firm that is gone."""
    rows = []
    for replicate in (0, 1):
        for industry in ("a", "b"):
            rows += [(replicate, 2012, industry, 2000.0, 1.0, 1.1 - slower)] * 5
            rows += [(replicate, 2012, industry, 2000.0, 50.0, 55.0 + 5 * slower)]
            rows += [(replicate, 2012, industry, 2011.5, 0.1, 9.0)]
    return pd.DataFrame(rows, columns=["replicate", "year", "industry", "born", "last_sales", "year_sales"])


@pytest.mark.parametrize("slower", [0.0, 0.2])
def test_growth_by_size_of_made_firms(figures, slower):
    table = figures.survivors(made_firms(slower))
    assert len(table) == 2 * 2 * 6  # no entrants
    assert figures.class_growth(table, 0, 10).value == pytest.approx(-slower / 1.1)
    assert figures.class_growth(table, 10, math.inf).value == pytest.approx(5 * slower / 55)
    assert figures.growth_spread(table, 0, 10).value == pytest.approx(0, abs=1e-9)
    wide = table.assign(year_sales=table["expected"] * np.exp([0.3, -0.3] * (len(table) // 2)))
    each = np.array([0.3, -0.3, 0.3, -0.3, 0.3] * 2)  # what the small firms of a replicate got
    assert figures.growth_spread(wide, 0, 10).value == pytest.approx(each.std(ddof=1))


def test_statistics_of_firms_at_the_ends_of_years(figures):
    born, sales = [2000.0, 2000, 2004, 1990], [1.0, 1, 3, 9]
    table = pd.DataFrame({"month": [1, 12, 12, 12], "alive": [1, 1, 1, 0], "born": born, "sales": sales})
    ends = figures.at_ends_of_years(table.assign(replicate=5, year=2011))
    assert ends.index.tolist() == [1, 2]
    assert float(figures.yearly(ends, ends["year"] + 1 - ends["born"], "mean").sel(replicate=5, year=2011)) == 10
    assert float(figures.yearly(ends, ends["sales"], "std").sel(replicate=5, year=2011)) == pytest.approx(2**0.5)


def test_what_is_learnt_is_known_by_where_a_firm_stood(figures):
    def ends(gain):
        rows = [(replicate, 2015, number, "a", 0.02, number / 10 + gain * (number <= 8))
                for replicate in (0, 1) for number in range(1, 11)]  # fmt: skip
        rows += [(0, 2014, 1, "a", 0.02, 9.0), (0, 2015, 11, "a", 0.0, 9.0)]  # the year before, and one without R&D
        return pd.DataFrame(rows, columns=["replicate", "year", "id", "industry", "intensity", "efficiency"])

    table = figures.learnt(figures.last_year([ends(0)]), figures.last_year([ends(0.5)]))
    found = [figures.mean_in_class(table, *shares).value for shares in ((0, 1), (0, 0.5), (0.9, 1))]
    assert len(table) == 20 and found == pytest.approx([0.4, 0.5, 0])


def test_a_set_number_replaces_an_uncertain_value(bench, city):
    path = "industries.equipment.demand_growth"
    assert isinstance(city[path], dict)
    settings = bench.constant_growth(city.to_dict(), 0.1) | {bench.names.ORDER_NOISE: 0.0}
    changed = bench.arm(city, "changed", settings)
    assert changed[path] == 0.1 and isinstance(city[path], dict)
    data = jiju.run(changed, replicates=1, outputs=["output"], threads=1, progress=False)
    assert not set(settings) & set(data["parameter"].values.tolist())
    with pytest.raises(jiju.ScenarioError, match="order_volatilty"):
        bench.arm(city, "wrong", {"parameters.demand.order_volatilty": 0})


def test_without_shocks_industries_grow_as_they_are_set_to(bench, city):
    still = bench.arm(city, "still", bench.constant_growth(city.to_dict(), 0.1))
    outputs = ["national_demand", "price"]
    data = jiju.run(still, replicates=2, outputs=outputs, record="yearly", threads=1, progress=False)
    growth = np.log(data["national_demand"]).diff("year")
    assert growth.values == pytest.approx(0.1)
    assert data["price"].values == pytest.approx(1)


def test_industries_alike_differ_in_size_alone(bench, city):
    alike = bench.arm(city, "alike", bench.industries_alike(city.to_dict())).to_dict()
    rows, before = alike["industries"], city.to_dict()["industries"]
    sales = {key: bench.number(row["base_sales"]) for key, row in before.items()}
    for name in bench.names.UNLIKE:
        mean = sum(sales[key] * bench.number(row[name]) for key, row in before.items()) / sum(sales.values())
        assert [row[name] for row in rows.values()] == pytest.approx([mean] * len(rows)), name
    for name in bench.names.COMING:
        ratios = [bench.number(row[name]) / sales[key] for key, row in rows.items()]
        assert ratios == pytest.approx([1 / sum(sales.values())] * len(rows)), name
    # technique of 3 % in value added is so much less in gross output (E76), and wages follow by 1 / (1 - alpha)
    settings = bench.constant_growth(alike, 0.1, 0.03)
    technique = {key: settings[f"industries.{key}.frontier_growth"] / row["value_added_ratio"]
                 for key, row in rows.items()}  # fmt: skip
    assert list(technique.values()) == pytest.approx([0.03] * len(rows))
    assert settings[bench.names.WAGE_GROWTH] == pytest.approx(0.03 / 0.6)


def test_the_part_of_output_that_changes_its_industry(bench):
    labels = {"replicate": [0, 1], "industry": ["a", "b", "c"]}

    def shares(*rows):
        return xr.DataArray(list(rows), dims=("replicate", "industry"), coords=labels)

    before, after = shares([0.5, 0.3, 0.2], [0.3, 0.5, 0.2]), shares([0.6, 0.2, 0.2], [0.4, 0.4, 0.2])
    assert bench.decades.shares_moved(before, after) == pytest.approx(0.1)  # means 0.4, 0.4, 0.2 become 0.5, 0.3, 0.2
    assert bench.decades.shares_moved(before, before) == 0


def test_a_larger_city_has_more_of_what_is_its_size(bench, city):
    same, three_times = (bench.larger(city, city.key, factor) for factor in (1, 3))
    assert same.to_toml() == city.to_toml()
    for path in ("industries.equipment.base_sales", "scenario.base_investment", "targets.T1.value"):
        assert three_times[path] == pytest.approx(3 * city[path])
    for path in ("places.zhuji.land_supply", "parameters.entry.attracted_rate"):
        assert three_times[path]["high"] == pytest.approx(3 * city[path]["high"])
    assert len(three_times["firms"]) == 3 * len(city["firms"])
    assert three_times["industries.equipment.capital_output_ratio"] == city["industries.equipment.capital_output_ratio"]
    with pytest.raises(SystemExit, match=r"no parameters\.entry\.lost.*change the name"):
        list(bench.names.places_of(city.to_dict(), "parameters.entry.lost"))


@pytest.mark.parametrize(
    ("value", "double"),
    [
        (2, 4),
        ({"median": 1, "low": 0.5, "high": 2, "distribution": "normal"},
         {"median": 2, "low": 1, "high": 4, "distribution": "normal"}),
        ({"ramp": [1, 2], "from": "2011Q1", "to": "2012Q1"}, {"ramp": [2, 4], "from": "2011Q1", "to": "2012Q1"}),
        ({"step": 1, "from": "2011Q1"}, {"step": 2, "from": "2011Q1"}),
        ({"by_year": {"2011": 1}}, {"by_year": {"2011": 2}}),
        ({"table": [["2011Q1", 1]]}, {"table": [["2011Q1", 2]]}),
    ],
)  # fmt: skip
def test_any_form_of_a_size_can_be_multiplied(bench, value, double):
    assert bench.names.times(value, 2) == double


def test_what_is_no_size_cannot(bench):
    with pytest.raises(TypeError, match="no size"):
        bench.names.times("Shaoxing", 2)


def test_national_efficiency_grows_as_industries_by_their_sales(bench):
    # (0.015 / 0.25 x 300 + 0.02 / 0.2 x 100) / 400 = 0.07
    city = {
        "industries": {"one": {"base_sales": 300, "frontier_growth": 0.015, "value_added_ratio": {"median": 0.25}},
                       "two": {"base_sales": 100, "frontier_growth": 0.02, "value_added_ratio": 0.2}},
    }  # fmt: skip
    assert bench.names.national_efficiency_growth(city) == pytest.approx(0.07)
