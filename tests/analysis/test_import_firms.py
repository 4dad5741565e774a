"""`jiju import`: the figures of a scenario are those of the table, what is missing is asked for, what is wrong said."""

import math
import re
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from jiju import cli
from jiju.cities.city_figures import Asked, figures_of, tail_exponent
from jiju.cities.firm_table import read
from jiju.cities.marked_figures import Figure
from jiju.cities.presets import preset_of
from jiju.inputs.scenario import Scenario
from jiju.runs.answers import validate

ROOT = Path(__file__).parents[2]
FIRMS = ROOT / "scenarios" / "tutorial" / "firms.csv"
PRESET = ["--preset", "presets/china-2010"]
ANSWERS = ["--city", "River City", "--year", "2010", *PRESET, "--unit", "1e4", "--threshold", "500",
           "--all-industry-sales", "12e6", "--investment", "7e5", "--growth", "0.12"]  # fmt: skip


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def asked(threshold=0.05):
    given = {"all_industry_sales": 100.0, "investment": 5.0, "growth": 0.1, "threshold": threshold}
    figures = {key: Figure(value, "given") for key, value in given.items()}
    return Asked(city="X", city_zh="", year=2010, named=0, preset=preset_of("presets/china-2010"), **figures)


def table(folder, rows, unit=1.0, year=2010, **columns):
    path = folder / "table.csv"
    pd.DataFrame(rows).to_csv(path, index=False)
    return read(path, columns, unit, year, "Here")


def small(n=40, **more):
    """Firms of two industries at one place, with figures that can be worked out by hand."""
    sales = [0.1 * (k + 1) for k in range(n)]
    research = [0.02 * each for each in sales]
    return {"industry": ["A"] * n, "sales": sales, "employees": [20.0] * n, "research": research} | more


def test_the_shipped_table_is_what_its_script_makes(tmp_path):
    made = tmp_path / "firms.csv"
    subprocess.run([sys.executable, ROOT / "tools" / "make_tutorial_firms", made], check=True)
    assert made.read_bytes() == FIRMS.read_bytes() and len(made.read_text().splitlines()) == 301


def test_a_scenario_that_validates_with_the_totals_of_the_table(folder, capsys):
    assert cli.main(["import", str(FIRMS), *ANSWERS]) == 0
    scenario = Scenario.load("river-city/status-quo.toml")
    values = scenario.to_dict()
    raw = pd.read_csv(FIRMS)
    raw = raw[raw.sales >= 500]
    by_industry = raw.groupby("industry").sales.agg(["sum", "size"])
    for row in values["industries"].values():
        assert row["base_sales"] == pytest.approx(by_industry["sum"][row["name"]] / 1e4, rel=1e-5)
        assert row["above_scale_firms"] == by_industry["size"][row["name"]]
    assert values["scenario"]["start_year"] == 2011
    assert values["scenario"]["base_all_industry_sales"] == 1200 and values["scenario"]["base_investment"] == 70
    assert sum(row["attraction_share"] for row in values["industries"].values()) == pytest.approx(1)
    assert values["firms"] == {} and values["population"]["firms"] == "firms.csv"
    assert "300 rows" in capsys.readouterr().out


def test_the_engine_reads_the_rows_of_the_table(folder, capsys):
    assert cli.main(["import", str(FIRMS), *ANSWERS]) == 0
    raw, rows = pd.read_csv(FIRMS), pd.read_csv("river-city/firms.csv")
    raw = raw[raw.sales > 0]
    assert rows.sales.to_list() == pytest.approx((raw.sales / 1e4).to_list(), rel=1e-9)
    assert rows.employees.to_list() == pytest.approx(raw.employees.to_list(), nan_ok=True)
    capsys.readouterr()
    validate("river-city/status-quo.toml")  # totals of [industries] and rows agree, so there is nothing to report
    assert "rows of firms.csv" not in capsys.readouterr().out


def test_without_rows_the_largest_are_followed(folder):
    assert cli.main(["import", str(FIRMS), *ANSWERS, "--without-rows"]) == 0
    raw = pd.read_csv(FIRMS)
    largest = sorted(raw.sales / 1e4)[-10:]
    values = Scenario.load("river-city/status-quo.toml").to_dict()
    assert sorted(row["base_sales"] for row in values["firms"].values()) == pytest.approx(largest, rel=1e-3)
    assert not Path("river-city/firms.csv").exists() and values["population"]["firms"] == ""


def test_rows_that_cannot_be_are_drawn_and_reported(folder, capsys):
    frame = pd.DataFrame(small(research=[9.0] + [0.001] * 39, employees=[0.0] + [20.0] * 39))
    frame["name"], frame["place"] = "Same", "P"
    frame.to_csv("odd.csv", index=False)
    words = ["--city", "Odd", "--year", "2010", *PRESET, "--unit", "1e8", "--judge-missing", "--names"]
    assert cli.main(["import", "odd.csv", *words]) == 0
    said = capsys.readouterr().out
    assert "research: 1 cannot be, and are drawn instead" in said and "employees: 1 cannot be" in said
    rows = pd.read_csv("odd/firms.csv")
    assert rows.research.isna().sum() == rows.employees.isna().sum() == 1
    assert rows.name.to_list()[:2] == ["Same", "Same (row 2)"]


def test_names_stay_out_unless_asked_for(folder):
    names = set(pd.read_csv(FIRMS).firm)
    assert cli.main(["import", str(FIRMS), *ANSWERS, "-o", "quiet"]) == 0
    assert cli.main(["import", str(FIRMS), *ANSWERS, "-o", "loud", "--names"]) == 0
    texts = {where: "".join(path.read_text() for path in Path(where).iterdir()) for where in ("quiet", "loud")}
    assert not [name for name in names if f"{name}," in texts["quiet"]]
    assert all(f"{name}," in texts["loud"] for name in names)


def test_every_figure_is_marked(folder):
    assert cli.main(["import", str(FIRMS), *ANSWERS]) == 0
    for path in Path("river-city").glob("*.toml"):
        for line in path.read_text().splitlines():
            if " = " in line and not line.startswith(("#", "extends", "include", "name")):
                assert line.split("  # ")[1].startswith(("table", "given", "judged")), (path, line)


def test_what_is_missing_is_asked_for_at_once(folder, capsys):
    assert cli.main(["import", str(FIRMS), "--city", "X"]) == 2
    problems = capsys.readouterr().err
    for option in ("year", "preset", "unit", "threshold", "growth", "investment"):
        assert f"--{option} is missing" in problems
    (folder / "bare.csv").write_text("branch,turnover_total\nA,1\n")
    assert cli.main(["import", "bare.csv", *ANSWERS]) == 2
    problems = capsys.readouterr().err
    assert "--column industry=HEADING" in problems and "--column sales=HEADING" in problems and "branch" in problems
    assert not (folder / "x").exists()


def test_judged_answers_are_marked(folder):
    words = ["import", str(FIRMS), "--city", "X", "--year", "2010", *PRESET, "--unit", "1e4", "--judge-missing"]
    assert cli.main(words) == 0
    text = Path("x/status-quo.toml").read_text()
    assert "base_all_industry_sales" in text and text.count("judged: ") >= 2


def test_known_figures(folder):
    city = figures_of(table(folder, small(founded=[2000] * 40, capital=[0.05 * (k + 1) for k in range(40)])), asked())
    row = city.industries["a"]
    assert row["base_sales"].value == pytest.approx(sum(0.1 * (k + 1) for k in range(40)))
    assert row["above_scale_firms"].value == 40 and row["fringe_firms"].value == 0
    assert row["research_share"].value == 1 and row["research_intensity"].value == pytest.approx(0.02)
    assert row["capital_output_ratio"].value == pytest.approx(0.5)
    assert row["sales_per_worker"].value == pytest.approx(2.05 / 20, rel=1e-3)
    assert city.parameters["population"]["mean_age"].value == 10


def test_weights_count_firms_more_than_once(folder):
    city = figures_of(table(folder, small(weight=[2.0] * 40)), asked())
    assert city.industries["a"]["above_scale_firms"].value == 80
    assert city.industries["a"]["base_sales"].value == pytest.approx(2 * sum(0.1 * (k + 1) for k in range(40)))


def test_firms_below_the_threshold_are_the_fringe(folder):
    city = figures_of(table(folder, small()), asked(threshold=1.05))
    row = city.industries["a"]
    assert (row["above_scale_firms"].value, row["fringe_firms"].value) == (30, 10)
    assert city.parameters["population"]["fringe_median"].value == pytest.approx(0.55)


def test_a_city_in_euros_has_the_units_of_its_preset(folder):
    """The same table in euros of a ninth, with a preset that is China's in euros and hectares: the same city."""
    china = (ROOT / "scenarios" / "presets" / "china-2010.toml").read_text(encoding="utf-8")
    words = {'currency = "CNY"': 'currency = "EUR"', "money = 1e8": "money = 1e6", 'area = "mu"': 'area = "hectare"',
             'country = "China"': 'country = "Nowhere"'}  # fmt: skip
    for old, new in words.items():
        assert old in china
        china = china.replace(old, new)
    (folder / "nowhere.toml").write_text(china, encoding="utf-8")
    rest = [*ANSWERS[:4], "--preset", "nowhere.toml", *ANSWERS[6:]]
    assert cli.main(["import", str(FIRMS), *rest]) == 0
    values = Scenario.load("river-city/status-quo.toml").to_dict()
    assert values["units"] == {"currency": "EUR", "money": 1e6, "area": "hectare"} and list(values["levers"]) == ["own"]
    assert values["scenario"]["base_all_industry_sales"] == 120_000 and values["scenario"]["country"] == "Nowhere"
    assert "extends" not in Path("river-city/status-quo.toml").read_text()


def test_units_do_not_matter(folder):
    one, other = small(), small()
    for column in ("sales", "research"):
        other[column] = [value * 1e4 for value in other[column]]
    assert figures_of(table(folder, one), asked()) == figures_of(table(folder, other, 1e-4), asked())


def test_the_order_of_rows_does_not_matter(folder):
    frame = pd.DataFrame(small(place=["P", "Q"] * 20))
    one = figures_of(table(folder, frame), asked())
    other = figures_of(table(folder, frame.sample(frac=1, random_state=3)), asked())
    assert one.industries == other.industries and one.parameters == other.parameters
    assert one.places == other.places


def test_the_tail_is_found_again():
    sales = np.random.default_rng(2).pareto(1.4, 20_000) + 1
    assert tail_exponent(pd.DataFrame({"sales": sales})).value == pytest.approx(1.4, abs=0.1)


def test_clusters_are_where_firms_of_an_industry_are_many(folder):
    rows = [("A", "North", 30), ("A", "South", 5), ("B", "North", 10), ("B", "South", 40)]
    frame = pd.DataFrame([{"industry": i, "place": p, "sales": 1.0} for i, p, n in rows for _ in range(n)])
    city = figures_of(table(folder, frame), asked())
    # quotients by hand: A in North 30/35 over 40/85 = 1.82; B in South 40/50 over 45/85 = 1.51; others below 1
    assert set(city.clusters) == {"a_north", "b_south"}
    assert city.clusters["a_north"]["share"].value == pytest.approx(30 / 35, abs=1e-5)
    weights = {key: row["weight"].value for key, row in city.places.items()}
    assert weights["north"] / weights["south"] == pytest.approx(10 / 5, rel=1e-3)


def test_an_industry_wholly_in_clusters_leaves_no_rest(folder):
    where = [("A", "N"), ("B", "S")] * 20
    frame = pd.DataFrame([{"industry": industry, "place": place, "sales": 1.0} for industry, place in where])
    frame.to_csv("two.csv", index=False)
    words = ["--city", "Two", "--year", "2010", *PRESET, "--unit", "1e8", "--judge-missing", "--named", "0"]
    assert cli.main(["import", "two.csv", *words]) == 0
    assert [row["share"] for row in Scenario.load("two/status-quo.toml")["clusters"].values()] == [1, 1]


@pytest.mark.parametrize(
    "change, note",
    [
        ({"sales": [-1.0] + [1.0] * 39}, "1 rows have sales of zero or less"),
        ({"sales": [5000.0] + [1.0] * 39}, "in another unit: row 1"),
        ({"founded": [2030] + [2000] * 39}, "founded: 1 are after 2010"),
        ({"research": [9.0] + [0.1] * 39}, "research: 1 exceed sales: row 1"),
        ({"name": ["Same", "Same"] + [f"F{k}" for k in range(38)]}, "1 rows have the name and place of an earlier one"),
        ({"group_sales": [0.01] + [9.0] * 39}, "group_sales: 1 are below"),
        ({"employees": ["many"] + ["20"] * 39}, "employees: 1 entries are no numbers, such as 'many'"),
    ],
)
def test_what_looks_wrong_is_reported_with_its_row(change, note, folder):
    assert any(note in each for each in table(folder, small() | change).notes)


def test_a_wrong_unit_of_all_is_seen(folder, capsys):
    words = ["--city", "X", "--year", "2010", *PRESET, "--unit", "1", "--judge-missing", "--check"]
    assert cli.main(["import", str(FIRMS), *words]) == 2
    assert "is --unit what a unit of the money columns is?" in capsys.readouterr().out
    assert cli.main(["import", str(FIRMS), *ANSWERS, "--unit", "1", "--check"]) == 2
    assert "--threshold" in capsys.readouterr().err


def test_given_totals_are_compared(folder, capsys):
    raw = pd.read_csv(FIRMS)
    there = raw[raw.industry == "Machines"].sales.sum()
    Path("totals.csv").write_text(f"industry,sales,firms\nMachines,{there + 1000},120\n,,310\n")
    assert cli.main(["import", str(FIRMS), *ANSWERS, "--check", "--totals", "totals.csv"]) == 0
    shown = capsys.readouterr().out
    assert "-1,000" in shown and "-10" in shown


def test_a_mapping_file_answers_and_names_columns(folder, capsys):
    pd.read_csv(FIRMS).rename(columns={"sales": "umsatz"}).to_csv("firms.csv", index=False)
    Path("map.toml").write_text('[columns]\nsales = "umsatz"\n[city]\ncity = "Flussstadt"\nyear = 2010\nunit = 1e4\n'
                                'preset = "presets/china-2010"\n')
    assert cli.main(["import", "firms.csv", "--mapping", "map.toml", "--judge-missing"]) == 0
    assert Path("flussstadt/status-quo.toml").exists()
    Path("map.toml").write_text('[columns]\nsales = "umsats"\n[town]\nx = 1\n')
    assert cli.main(["import", "firms.csv", "--mapping", "map.toml"]) == 2
    assert "town" in capsys.readouterr().err


def test_other_formats_and_encodings_give_the_same(folder):
    frame = pd.read_csv(FIRMS)
    frame.to_stata("firms.dta", write_index=False)
    frame.to_parquet("firms.parquet")
    frame.to_excel("firms.xlsx", index=False)
    chinese = frame.rename(columns={"industry": "行业", "sales": "主营业务收入"})
    chinese.to_csv("firms.csv", index=False, encoding="gb18030")
    files = (FIRMS, "firms.dta", "firms.parquet", "firms.xlsx", "firms.csv")
    first, *others = (figures_of(read(path, {"place": "district"}, 1e-4, 2010, ""), asked()) for path in files)
    assert all(other == first for other in others)


def test_nothing_is_replaced_unless_forced(folder):
    words = ["import", str(FIRMS), *ANSWERS]
    assert cli.main(words) == 0
    Path("river-city/places.toml").write_text("precious")
    assert cli.main(words) == 3 and Path("river-city/places.toml").read_text() == "precious"
    assert cli.main([*words, "--force"]) == 0


def test_a_hundred_thousand_firms_take_seconds(folder):
    random, n = np.random.default_rng(1), 100_000
    sales = np.exp(random.normal(0, 1, n))
    pd.DataFrame({"name": [f"F{k}" for k in range(n)], "industry": random.integers(0, 20, n).astype(str),
                  "place": random.integers(0, 20, n).astype(str), "sales": sales, "employees": 20.0,
                  "research": 0.02 * sales}).to_csv("many.csv", index=False)  # fmt: skip
    began = time.process_time()
    found = read("many.csv", {}, 1.0, 2010, "")
    city = figures_of(found, asked())
    assert time.process_time() - began < 10
    assert sum(row["above_scale_firms"].value + row["fringe_firms"].value for row in city.industries.values()) == n
    assert math.isclose(city.sales, sales[sales >= 0.05].sum(), rel_tol=1e-4)


# What is no English in a Chinese comment: names of commands, files, units and people.
NAMES = re.compile(
    r"jiju [a-z]+( [a-z]+)?|PLAN|River City|--from|firms\.csv|docs/scenarios\.md|shaoxing-2011"
    r"|1e8 CNY(/year)?|\bmu\b|Hill|Student t|R&D"
)


@pytest.mark.parametrize("more", [[], ["--without-rows"]])
def test_comments_follow_the_language(more, folder, capsys):
    past = {"year": [*range(2003, 2011)] * 2, "industry": ["Machines"] * 8 + ["Medicine"] * 8,
            "output": [10 * 1.1**k * (1 + k % 3 / 20) for k in range(16)]}  # fmt: skip
    pd.DataFrame(past).to_csv("history.csv", index=False)
    assert cli.main(["import", str(FIRMS), *ANSWERS, *more, "--history", "history.csv", "--lang", "zh"]) == 0
    comments = [line.split("#", 1)[1] for path in sorted(Path("river-city").glob("*.toml"))
                for line in path.read_text(encoding="utf-8").splitlines() if "#" in line]  # fmt: skip
    assert len(comments) > 50
    english = [line for line in comments if re.search(r"[A-Za-z]{3}", NAMES.sub("", line))]
    assert not english, english
    validate("river-city/status-quo.toml")


def test_exports_are_taken_as_a_share_of_sales(folder):
    """40 firms that sell 1 each; of two of them nothing is known, of one more is said than it sells."""
    exports = [0.5] * 30 + [0.25] * 7 + [3.0, np.nan, np.nan]
    own = table(folder, small() | {"sales": [1.0] * 40, "exports": exports})
    assert list(own.firms["exports_share"].fillna(-1)) == [0.5] * 30 + [0.25] * 7 + [-1] * 3
    assert any("exports: 1 are negative or exceed sales, taken as missing: row 38" in note for note in own.notes)
