"""Targets of any output: what they count is what the results file says by label, and what they cannot is said."""

import numpy as np
import pytest
from jiju_command import REFUSED, SHORT, good, jiju, opened, summary

ROWS = {
    "jobs": 'output = "employment"\nwhere = { cluster = "zhuji_equipment" }\nmeasure = "change"\nvalue = 5000',
    "workers": 'output = "employment"\nwhere = { cluster = "zhuji_equipment" }\nunit = "1e4 persons"\nvalue = 1',
    "place": 'output = "output"\nwhere = { place = "zhuji" }\nvalue = 100\nname = "Zhuji"\nname_zh = "诸暨"',
    "share": 'output = "output"\nwhere = { place = "zhuji" }\nmeasure = "share"\ncomparison = "about"\n'
             "value = 0.2\ntolerance = 0.5",
    "field": 'output = "sales"\nwhere = { field = "textile_machinery" }\nvalue = 10\nyear = 2011',
    "intensity": 'output = "research"\nwhere = { industry = "energy" }\nmeasure = "share"\nof = "output"\n'
                 'value = 0.01\nupper = 0.03\ncomparison = "between"',
    "productivity": 'output = "output"\nwhere = { place = "zhuji" }\nmeasure = "per_worker"\nvalue = 0.01',
    "growth": 'output = "output"\nmeasure = "growth"\nvalue = 20\nunit = "%/year"',
    "loss": 'output = "employment"\nmeasure = "change"\ncomparison = "at_most"\nvalue = -1',
    "money": 'output = "lever_money"\nwhere = { lever = "special_fund", recipient = "leading" }\nvalue = 0.1\n'
             'comparison = "at_most"',
    "entrants": 'output = "entries"\nwhere = { origin = "attracted" }\nvalue = 3',
    "leaders": 'output = "tier_firms"\nwhere = { tier = "leading" }\nvalue = 10',
    "large": 'count = "firms"\ncolumn = "labour"\nbound = 1000\nvalue = 20',
}  # fmt: skip


def scenario_with(city, rows, name="trial.toml"):
    return city.write(SHORT + "".join(f"[targets.{key}]\n{row}\n" for key, row in rows.items()), name)


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    from jiju_command import City

    return City(tmp_path_factory.mktemp("grammar"))


@pytest.fixture(scope="module")
def run(city, tmp_path_factory):
    path = tmp_path_factory.mktemp("run") / "out.h5"
    scenario = scenario_with(city, ROWS)
    table = good("run", scenario, "--replicates", 12, "-o", path)
    return scenario, path, table, opened(path).isel(scenario=0)


def test_values_are_those_of_the_file_by_label(run):
    data = run[3]
    value = {key: data.target_value.sel(target=key) for key in ROWS}
    last = data.isel(year=-1)
    jobs = last.employment.sel(cluster="zhuji_equipment").sum("industry")
    zhuji, output = last.place_output.sel(place="zhuji"), last.output.sum(["industry", "cluster"])
    base = {key: data.target_base.sel(target=key) for key in ("jobs", "growth")}
    money = last.lever_money.sel(lever="special_fund", recipient="leading")
    expected = {
        "jobs": jobs - base["jobs"],
        "workers": jobs / 1e4,
        "place": zhuji,
        "share": zhuji / output,
        "field": data.field_sales.sel(field="textile_machinery").isel(year=0),
        "intensity": (last.research / 1).sel(industry="energy").sum("cluster")
        / last.output.sel(industry="energy").sum("cluster"),
        "productivity": zhuji / last.place_employment.sel(place="zhuji"),
        "growth": 100 * ((output / base["growth"]) ** (1 / 2) - 1),
        "money": money,
        "entrants": last.entries.sel(origin="attracted"),
        "leaders": last.tier_firms.sel(tier="leading"),
    }
    for key, wanted in expected.items():
        np.testing.assert_allclose(value[key], wanted, rtol=1e-9, atol=1e-12, err_msg=key)
    assert ((value["share"] >= 0) & (value["share"] <= 1)).all()
    # The year before the start is that of the data: sales over the sales ratio.
    assert (base["growth"] > 1363).all() and (base["growth"] < 1363 / 0.85).all()
    assert (base["jobs"] > 0).all() and base["jobs"].std() > 0


def test_places_add_up_to_the_city(run):
    data = run[3]
    for name in ("output", "sales", "value_added", "investment", "firms", "employment", "capital", "land", "research",
                 "wages", "profits"):  # fmt: skip
        total = data[name].sum(["industry", "cluster"])
        np.testing.assert_allclose(data[f"place_{name}"].sum("place"), total, rtol=1e-9, err_msg=name)
    for name in ("income_tax", "land_payments", "rest_employment"):
        np.testing.assert_allclose(data[f"place_{name}"].sum("place"), data[name], rtol=1e-9, atol=1e-9, err_msg=name)
    np.testing.assert_allclose(data.net_output + data.rest_lost, data.output.sum(["industry", "cluster"]))
    rate = 0.15  # appraisal.production_taxes
    np.testing.assert_allclose(data.production_tax, rate * data.value_added.sum(["industry", "cluster"]))
    assert data.lever_purse.sel(lever="special_fund").item() != "" and data.place_wage.min() > 0


def test_each_is_judged_by_its_comparison_in_its_year(run):
    _, path, _, data = run
    for key in ROWS:
        of = data.sel(target=key)
        low, high = of.target_threshold.item(), of.target_upper.item()
        match str(of.target_comparison.item()):
            case "at_most":
                met, low = of.target_value <= high, -np.inf
            case _:
                met = (of.target_value >= low) & (of.target_value <= high)
        np.testing.assert_array_equal(of.target_met, met, err_msg=key)
        year = of.target_judged.item()
        assert year == (2011 if key == "field" else 2012)
        np.testing.assert_array_equal(of.target_path.sel(year=year), of.target_value)
        np.testing.assert_array_equal(of.target_met > 0, of.target_year <= year, err_msg=key)
    share = data.sel(target="share")
    assert [share.target_threshold.item(), share.target_upper.item()] == pytest.approx([0.1, 0.3])
    assert jiju("verify", path, "--sample", 0).returncode == 0


def test_names_are_made_and_follow_the_value(run, city):
    scenario, _, table, data = run
    name = {key: str(data.target_name.sel(target=key).item()) for key in ROWS}
    zh = {key: str(data.target_name_zh.sel(target=key).item()) for key in ROWS}
    assert name["place"] == "Zhuji" and zh["place"] == "诸暨"
    assert name["jobs"].startswith("Workers (") and name["jobs"].endswith("change since 2010 ≥ 5000 person in 2012")
    assert zh["jobs"].startswith("从业人员（") and zh["jobs"].endswith("较2010年变化 ≥ 5000 人（2012年）")
    assert "in 2011" in name["field"] and "0.01–0.03" in name["intensity"] and "≥ 20 %/year" in name["growth"]
    assert name["large"] == "Firms with workers ≥ 1000, number ≥ 20 firms in 2012"
    assert name["jobs"] in " ".join(table.split()) or "Workers (" in table
    more = summary("run", scenario, "--replicates", 2, "--set", "targets.jobs.value=6000")["scenarios"][0]["targets"]
    assert {row["key"]: row["name"] for row in more}["jobs"] == name["jobs"].replace("5000", "6000")
    assert "≥ 5000" in good("describe", "targets", scenario)
    assert "5000 人" in good("describe", "targets", scenario, "--lang", "zh")


def test_a_target_of_the_command_line_stops_a_run(city):
    """What --precision asks for need not stand in the scenario."""
    scenario = city.write(SHORT, "plain.toml")
    row = '{ output = "employment", where = { place = "zhuji" }, value = 60000 }'
    seen = summary("run", scenario, "--replicates", 400, "--set", f"targets.zhuji={row}", "--precision",
                   "mean(zhuji)=100000@90%")  # fmt: skip
    assert seen["replicates"] == 100
    assert "zhuji" in {target["key"] for target in seen["scenarios"][0]["targets"]}


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ('output = "emploiment"\nvalue = 1', ':5:10: error: targets.X.output = "emploiment" is no output over time; '
         'did you mean "employment"?'),
        ("value = 1", ":4:1: error: targets.X.output is missing: what is counted"),
        ('output = "output"\nwhere = { cluster = "zhuji_equipmnt" }\nvalue = 1',
         'targets.X.where.cluster = "zhuji_equipmnt" is no key of the dimension cluster; did you mean '
         '"zhuji_equipment"?'),
        ('output = "output"\nwhere = { industry = "equipmnt" }\nvalue = 1', 'did you mean "equipment"?'),
        ('output = "output"\nwhere = { plase = "zhuji" }\nvalue = 1', 'did you mean "place"?'),
        ('output = "output"\nwhere = { tier = "leading" }\nvalue = 1',
         'targets.X.where asks for "output" by tier; there is output by industry and cluster, place_output by place, '
         "field_output by field"),
        ('output = "price"\nvalue = 1', "does not add up over industry: name one in `where`"),
        ('output = "unemployment"\nmeasure = "change"\nvalue = 1', "needs the year before the start, which is not"),
        ('output = "output"\nmeasure = "share"\nvalue = 1', "a share of itself needs a filter"),
        ('output = "output"\nmeasure = "share"\nof = "employment"\nvalue = 1', "a share is of one unit"),
        ('output = "land"\nunit = "1e8 CNY"\nvalue = 1', 'cannot be converted: what is counted is in "mu"'),
        ('output = "output"\nyear = 2013\nvalue = 1', "= 2013 is none of the years simulated, 2011 to 2012"),
        ('output = "output"\ncomparison = "between"\nvalue = 1', "upper is missing"),
        ('output = "output"\ncomparison = "between"\nvalue = 2\nupper = 1', "upper = 1 is below `value` = 2"),
        ('output = "output"\ncomparison = "about"\nvalue = 1', "tolerance is missing"),
        ('output = "output"\ncount = "clusters"\nvalue = 1', "bound is missing"),
        ('count = "firms"\nbound = 1\nvalue = 1', "column is missing"),
        ('count = "firms"\ncolumn = "labor"\nbound = 1\nvalue = 1', 'did you mean "labour"?'),
        ('output = "output"\nrevenue_scope = "group"\nvalue = 1', 'revenue_scope = "group" goes with count = "firms"'),
    ],
)  # fmt: skip
def test_what_cannot_be_counted_is_said(city, row, problem):
    head = 'extends = "../shaoxing-2011/status-quo.toml"\n[scenario]\nyears = 2\n'
    path = city.write(f"{head}[targets.X]\n{row}\n", "x.toml")
    result = jiju("validate", path)
    assert result.returncode == REFUSED
    assert problem in result.stderr and result.stderr.startswith(f"{path}:"), result.stderr
