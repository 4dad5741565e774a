"""Scenarios as objects follow the rules of scenario files, and say what is wrong in the same words."""

import json

import pytest
import xarray
from jiju_command import REFUSED, good, opened
from jiju_command import jiju as program

import jiju


@pytest.fixture
def plan():
    return jiju.Scenario.load("shaoxing-2011/plan")


def test_values_are_read_and_set(plan):
    assert plan["scenario.years"] == 5
    assert plan["levers.special_fund.budget"] == {"ramp": [1.0, 2.0], "from": "2011Q3", "to": "2012Q3"}
    plan["levers.special_fund.budget"] = 5
    assert plan["levers.special_fund.budget"] == 5
    plan["levers.special_fund.budget"] = {"step": 2, "from": "2012Q1"}
    assert plan["levers.special_fund.budget"] == {"step": 2.0, "from": "2012Q1"}
    assert plan.changes == {"levers.special_fund.budget": '{ step = 2, from = "2012Q1" }'}
    plan["scenario.name"] = 'The "plan" \\ 计划'
    assert plan.name == 'The "plan" \\ 计划'
    assert "levers.special_fund" in plan and "levers.nothing" not in plan
    with pytest.raises(KeyError):
        plan["levers.nothing"]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("levers.special_fund.budget", -1),
        ("levers.special_fund.budget", "much"),
        ("levers.special_fund.budgt", 1),
        ("levers.specialfund.budget", 1),
        ("scenario.years", 2.5),
        ("scenario.macro", "ex_post"),
        ("scenario.parameter_uncertainty", 1),
    ],
)
def test_bad_values_fail_at_assignment_in_the_engines_words(plan, path, value):
    before = plan.to_toml()
    with pytest.raises(jiju.ScenarioError) as raised:
        plan[path] = value
    assert plan.to_toml() == before and plan.changes == {}
    seen = program("validate", "shaoxing-2011/plan", "--set", f"{path}={json.dumps(value)}").stderr
    lines = [f"{problem.place}: error: {problem.message}" for problem in raised.value.problems]
    assert lines and "\n".join(lines) == str(raised.value)
    assert seen.replace(f"--set {path}:", f'scenario["{path}"]:') == str(raised.value) + "\n"
    assert isinstance(raised.value, ValueError)


def test_what_no_file_can_hold_is_refused(plan):
    for value in (float("nan"), object(), {1, 2}, None):
        with pytest.raises(ValueError, match="cannot stand in a scenario"):
            plan["levers.special_fund.budget"] = value


def test_errors_of_files_have_the_same_positions(city):
    path = city.write(
        'extends = "../shaoxing-2011/plan.toml"\n[scenario]\nyears = 500\nseeed = 1\n[levers.tax]\ntake_up = "x"\n'
    )
    seen = program("validate", path)
    assert seen.returncode == REFUSED
    with pytest.raises(jiju.ScenarioError) as raised:
        jiju.run(path)
    assert str(raised.value) + "\n" == seen.stderr
    places = [f"{path}:{position}" for position in ("3:9", "4:1", "6:1")]
    assert [problem.place for problem in raised.value.problems] == places
    with pytest.raises(jiju.ScenarioError, match="shaoxing-2011/plan"):
        jiju.Scenario.load("shaoxing-2011/paln")


def test_settings_of_a_run_name_their_place(short):
    with pytest.raises(jiju.ScenarioError, match=r'^set\["scenario.yeers"\]: error: unknown key'):
        jiju.run(short, set={"scenario.yeers": 1})


def test_a_copy_is_independent(plan):
    twin = plan.copy(key="more")
    twin["levers.special_fund.budget"] = 9
    assert (twin.key, plan.key) == ("more", "plan") and plan.changes == {}
    assert plan["levers.special_fund.budget"] != 9


# ---- in words


def test_difference_in_words(plan):
    more = plan.copy()
    more["levers.special_fund.budget"] = 5
    more["scenario.parameter_uncertainty"] = False
    assert plan.diff(plan.copy()) == []
    english = plan.diff(more)
    assert len(english) == 2
    budget = next(sentence for sentence in english if "(budget)" in sentence)
    assert budget.endswith("from 1 rising to 2 (2011Q3 to 2012Q3) to 5 1e8 CNY/year")
    switch = next(sentence for sentence in english if "(parameter_uncertainty)" in sentence)
    assert switch.endswith("from yes to no")
    chinese = plan.diff(more, lang="zh")
    assert any("由1渐变到2（2011Q3至2012Q3）改为5" in sentence for sentence in chinese)
    assert any("由是改为否" in sentence for sentence in chinese)


def test_difference_names_rows_in_both_languages(plan):
    more = plan.copy()
    more["targets.T1.value"] = 3000
    assert plan.diff(more)[0].startswith("Total SEI output about 400 billion yuan: ")
    assert plan.diff(more, lang="zh")[0].startswith("战略性新兴产业产值达到4000亿元左右：")
    assert "from 4000 to 3000" in plan.diff(more)[0]


def test_meanings_without_a_chinese_name_are_translated(plan):
    other = plan.copy()
    other["purses.municipal.money"] = 9.0
    (sentence,) = plan.diff(other, lang="zh")
    assert "共用它的政策工具每年的公共资金 (money)" in sentence


def test_difference_is_found_wherever_it_is(plan):
    base = jiju.Scenario.load("shaoxing-2011/status-quo")
    seen = "\n".join(base.diff(plan))
    assert "Status quo" in seen and "The plan" in seen
    assert len(base.diff(plan)) == len(base.diff(plan, lang="zh")) == len(plan.diff(base))


def test_notebooks_show_it_without_trusting_its_names(plan):
    plan["scenario.name"] = "<script>alert(1)</script>"
    plan["levers.special_fund.budget"] = 5
    shown = plan._repr_html_()
    assert "<script>" not in shown and "&lt;script&gt;" in shown
    assert "levers.special_fund.budget" in shown and "绍兴" in shown
    assert "plan" in repr(plan) and "2 changed" in repr(plan)


# ---- saved and run


def test_saved_it_gives_the_same_run(short, tmp_path):
    scenario = jiju.Scenario.load(short)
    scenario["levers.special_fund.budget"] = 3
    path = tmp_path / "short.toml"
    scenario.save(path)
    with pytest.raises(FileExistsError):
        scenario.save(path)
    out = tmp_path / "saved.h5"
    good("run", path, "--replicates", 4, "-o", out)
    data = jiju.run(scenario, replicates=4, progress=False)
    assert data.attrs["content_digest"] == opened(out).attrs["content_digest"]
    assert jiju.Scenario.load(path).diff(scenario) == []


def test_a_results_file_gives_its_scenario_back(simulated, short):
    text = simulated.memory.scenario_toml.item()
    again = jiju.run(jiju.Scenario.parse(text, "short"), progress=False)
    xarray.testing.assert_identical(again, simulated.memory)


def test_keys_are_what_results_call_them(short):
    base = jiju.Scenario.load(short)
    more = base.copy(key="fund-5")
    more["levers.special_fund.budget"] = 5
    data = jiju.run(base, more, replicates=2, progress=False)
    assert data.scenario.values.tolist() == ["short", "fund-5"]
    assert not data.target_value.isel(scenario=0).equals(data.target_value.isel(scenario=1))


# ---- what there is


TABLES = {
    "levers": jiju.levers,
    "targets": jiju.targets,
    "channels": jiju.channels,
    "parameters": jiju.parameters,
    "outputs": jiju.outputs,
}


@pytest.mark.parametrize("topic", TABLES)
def test_tables_are_what_describe_prints(topic):
    rows = json.loads(good("describe", topic, "--json"))[topic]
    table = TABLES[topic]()
    assert len(rows) == len(table) > 10
    compared = 0
    for row in rows:
        for column, value in row.items():
            if column != table.index.name and isinstance(value, str | float) and value != "":
                assert table.loc[row[table.index.name], column] == value
                compared += 1
    assert compared > 2 * len(rows)


def test_components_belong_to_levers():
    seen = json.loads(good("describe", "levers", "--json"))["levers"]
    components = jiju.components()
    expected = {
        (mechanism, row["key"], lever["key"])
        for lever in seen
        for mechanism, rows in lever.get("components", {}).items()
        for row in rows
    }
    assert {(*index, lever) for index, lever in components.lever.items()} == expected
    assert len(expected) == len(components) > 26


def test_tables_show_what_was_set(plan):
    plan["levers.special_fund.budget"] = 7
    plan["targets.T1.value"] = 3000
    assert jiju.levers(plan).loc["special_fund", "budget"] == 7
    assert jiju.targets(plan).loc["T1", "value"] == 3000


def test_targets_of_a_scenario_of_ones_own(city):
    path = city.write('extends = "../shaoxing-2011/plan.toml"\n[scenario]\nname = "x"\n[targets.T1]\nvalue = 3000\n')
    assert jiju.targets(path).loc["T1", "value"] == 3000
    assert jiju.targets().loc["T1", "value"] == 4000
