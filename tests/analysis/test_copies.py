"""Scenarios and problems are values: they can be copied, sent to other processes, and compared."""

import copy
import pickle
import subprocess
import sys

import pytest
import xarray

import jiju


@pytest.fixture
def edited():
    plan = jiju.Scenario.load("shaoxing-2011/plan")
    plan.key = "edited"
    plan["levers.special_fund.budget"] = {"step": 2, "from": "2012Q1"}
    plan["levers.new_city.eligible"] = {"tiers": ["leading"], "max_sales": 4}
    plan["scenario.name"] = '"plan" \\ 计划'
    return plan


WAYS = {
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "method": lambda scenario: scenario.copy(),
    **{f"pickle {number}": lambda it, number=number: pickle.loads(pickle.dumps(it, number)) for number in range(2, 6)},
}


@pytest.mark.parametrize("way", WAYS)
def test_a_copy_is_equal_and_independent(edited, way):
    twin = WAYS[way](edited)
    assert twin == edited and twin.to_toml() == edited.to_toml() and twin.changes == edited.changes
    assert (twin.key, twin.name, repr(twin)) == (edited.key, edited.name, repr(edited))
    twin["levers.special_fund.budget"] = 9
    assert twin != edited and edited["levers.special_fund.budget"] == {"step": 2.0, "from": "2012Q1"}


@pytest.mark.parametrize("name", ["shaoxing-2011/plan", "shaoxing-2011/counter-cyclical", "tutorial/river-city"])
def test_what_is_set_after_a_journey_means_the_same(name):
    """An inline table replaces one, but is merged into a section: the difference must survive."""
    for path, value in [
        ("levers.new_city.eligible", {"tiers": ["leading"]}),
        ("levers.functional_zones.eligible", {"max_sales": 4}),
        ("levers.special_fund.budget", {"step": 1, "from": "2012Q1"}),
        ("scenario.years", 3),
    ]:
        here = jiju.Scenario.load(name)
        there = pickle.loads(pickle.dumps(here))
        try:
            here[path] = value
        except jiju.ScenarioError:
            with pytest.raises(jiju.ScenarioError):
                there[path] = value
        else:
            there[path] = value
        assert here == there


def test_equality_is_of_contents_and_key(edited, tmp_path):
    plan = jiju.Scenario.load("shaoxing-2011/plan")
    assert plan == jiju.Scenario.load("shaoxing-2011/plan") and plan != edited and plan != "shaoxing-2011/plan"
    assert plan.copy(key="other") != plan
    plan.save(tmp_path / "plan.toml")
    assert jiju.Scenario.load(tmp_path / "plan.toml") == plan, "where it comes from does not matter"
    with pytest.raises(TypeError, match="unhashable"):
        hash(plan)


def test_other_processes_run_the_same(short, tmp_path):
    """Its files need not be there."""
    scenario = jiju.Scenario.load(short)
    scenario["levers.special_fund.budget"] = 3
    (tmp_path / "scenario.pickle").write_bytes(pickle.dumps(scenario))
    body = (
        "import pickle, jiju; scenario = pickle.load(open('scenario.pickle', 'rb'));"
        "print(jiju.run(scenario, replicates=3, progress=False).attrs['content_digest'])"
    )
    there = subprocess.run([sys.executable, "-c", body], cwd=tmp_path, capture_output=True, text=True, check=True)
    here = jiju.run(scenario, replicates=3, progress=False)
    assert there.stdout.strip() == here.attrs["content_digest"]


def test_a_scenario_is_read_once(city):
    path = city.write('extends = "../shaoxing-2011/plan.toml"\n[scenario]\nyears = 2\n')
    scenario = jiju.Scenario.load(path)
    path.write_text("no scenario at all", encoding="utf-8")
    scenario["scenario.seed"] = 3
    assert (scenario["scenario.years"], scenario["scenario.seed"]) == (2, 3)


def test_several_values_are_set_together(edited):
    edited.set({"scenario.years": 3, "scenario.seed": 4})
    assert (edited["scenario.years"], edited["scenario.seed"]) == (3, 4)
    before = edited.to_toml()
    with pytest.raises(jiju.ScenarioError) as raised:
        edited.set({"scenario.years": 4, "scenario.seeed": 4, "levers.tax.effort": 2})
    assert len(raised.value.problems) == 2 and edited.to_toml() == before


def test_errors_travel_with_their_problems():
    with pytest.raises(jiju.ScenarioError) as raised:
        jiju.Scenario.load("shaoxing-2011/plan")["scenario.yeers"] = 1
    there = pickle.loads(pickle.dumps(raised.value))
    assert str(there) == str(raised.value) and there.problems == raised.value.problems != []


# ---- problems of sensitivity studies


def test_problems_are_values_too():
    made = [jiju.problem("shaoxing-2011/plan", ["parameters.investment.*"], levers=True) for _ in range(2)]
    assert made[0] == made[1] == copy.deepcopy(made[0]) == pickle.loads(pickle.dumps(made[0]))
    assert made[0] != jiju.problem("shaoxing-2011/plan", ["parameters.investment.*"])
    assert made[0] != jiju.problem("shaoxing-2011/status-quo", ["parameters.investment.*"], levers=True)


def test_ranges_of_whatever_holds_a_number(short):
    ranges = {
        "levers.special_fund.budget": (0, 5),  # a schedule
        "levers.special_fund.realised": (0.5, 1),  # an uncertain value
        "levers.tax.eligible.max_sales": (1, 4),  # a plain number
    }
    made = jiju.problem("shaoxing-2011/plan", [], ranges=ranges)
    assert {key: (row["low"], row["high"]) for key, row in made.factors.iterrows()} == ranges
    settings = made.settings([[0, 0.5, 1]])[0]
    assert settings == pytest.approx(
        {"levers.special_fund.budget": 0, "levers.special_fund.realised": 0.75, "levers.tax.eligible.max_sales": 4}
    )
    plan = jiju.Scenario.load("shaoxing-2011/plan")
    plan.set(settings)
    assert plan["levers.special_fund.budget"] == 0


@pytest.mark.parametrize(
    ("key", "range_", "reason"),
    [
        ("levers.special_fund.budgt", (0, 1), "did you mean 'levers.special_fund.budget'"),
        ("levers.special_funds.budget", (0, 1), "did you mean 'levers.special_fund'"),
        ("levers.special_fund", (0, 1), "is no number"),
        ("levers.special_fund.on", (0, 1), "is no number"),
        ("scenario.name", (0, 1), "is no number"),
        ("scenario.name.more", (0, 1), "has no value"),
        ("levers.special_fund.budget", (2, 2), "which is no range"),
        ("levers.special_fund.budget", (-1, 2), r"allowed are 0 to 1e\+06"),
    ],
)
def test_ranges_that_make_no_sense(key, range_, reason):
    with pytest.raises(jiju.UsageError, match=reason):
        jiju.problem("shaoxing-2011/plan", [], ranges={key: range_})


def test_the_example_of_the_docstring_runs(short):
    made = jiju.problem(short, [], ranges={"levers.special_fund.budget": (0, 5)})
    found = jiju.morris(made, "output", trajectories=2, replicates=2, progress=False)
    assert found.index.tolist() == ["levers.special_fund.budget"]
    data = jiju.run(short, set=made.settings([[1.0]])[0], replicates=2, progress=False)
    assert isinstance(data, xarray.Dataset)
