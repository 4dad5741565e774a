"""What goes along targets, draws and panels says what the scenario says."""

import json

import numpy as np
import pytest
import xarray
from jiju_command import good, opened

import jiju as package


@pytest.fixture(scope="module")
def arms(tmp_path_factory):
    """Two scenarios that differ in the value of a target, in a prior and in a number that only one of them draws."""
    folder = tmp_path_factory.mktemp("arms")
    (folder / "one.toml").write_text('extends = "river-city.toml"\n', encoding="utf-8")
    (folder / "two.toml").write_text(
        'extends = "river-city.toml"\n[targets.T1]\nvalue = 900\n[parameters.rest]\ngrowth = 0.05\n'
        '[parameters.exit]\nmerger_rate = { median = 0.005, low = 0.001, high = 0.02, distribution = "lognormal" }\n',
        encoding="utf-8",
    )
    city = json.loads(good("describe", "targets", "tutorial/river-city", "--json"))
    assert "T1" in json.dumps(city)
    package.Scenario.load("tutorial/river-city").save(folder / "river-city.toml")
    path = folder / "arms.h5"
    good("run", folder / "one.toml", folder / "two.toml", "--replicates", 10, "--replicates-per-draw", 4, "--quiet",
         "-o", path)  # fmt: skip
    return opened(path)


def test_targets_are_met_exactly_from_their_threshold_on(arms):
    assert arms.target_threshold.dims == ("scenario", "target") and arms.target_unit.dims == ("target",)
    reached = xarray.where(
        arms.target_comparison == "at_least",
        arms.target_value >= arms.target_threshold,
        arms.target_value <= arms.target_threshold,
    )
    np.testing.assert_array_equal(reached.transpose(*arms.target_met.dims), arms.target_met)
    assert arms.target_value.attrs["units"] == "target_unit"
    one, two = arms.target_threshold.sel(target="T1")
    assert one != two and two <= 900


def test_units_are_those_of_the_targets(arms):
    seen = package.targets("tutorial/river-city")
    assert arms.target_unit.values.tolist() == [seen.loc[key, "unit"] for key in arms.target.values]


def test_every_draw_is_reported_once_and_apart_where_scenarios_differ(arms):
    assert arms.sizes["draw"] == 3 and arms.replicate_draw.values.tolist() == [0] * 4 + [1] * 4 + [2] * 2
    own = set(arms.scenario_parameter.values)
    assert own == {"parameters.rest.growth", "parameters.exit.merger_rate"}
    assert not own & set(arms.parameter.values) and arms.sizes["parameter"] > 20
    growth = arms.scenario_parameter_value.sel(scenario_parameter="parameters.rest.growth")
    assert len(np.unique(growth.sel(scenario="one"))) == 3 and np.all(growth.sel(scenario="two") == 0.05)
    assert not arms.parameter_value.isnull().any()
    assert all(arms.parameter_name.values != arms.parameter_name_zh.values)
    assert (arms.parameter_unit != "").all()


def test_a_drawn_value_is_that_of_a_scenario_with_this_value(arms, tmp_path):
    """Set to the values of a draw, without uncertainty, a scenario simulates the replicates of that draw."""
    city = package.Scenario.load("tutorial/river-city")
    values = arms.parameter_value.sel(draw=1).to_series()
    own = arms.scenario_parameter_value.sel(scenario="one", draw=1).to_series()
    for path, value in {**values, **own}.items():
        city[path] = float(value)
    simulated = package.run(city, replicates=10, set={"scenario.parameter_uncertainty": False}, progress=False)
    same = arms.sel(scenario="one", replicate=slice(4, 7))
    found = simulated.isel(scenario=0).sel(replicate=slice(4, 7))
    np.testing.assert_array_equal(found.output, same.output)
    assert "parameter_value" not in simulated


def test_panels_count_in_whole_numbers_and_say_what_codes_stand_for(tmp_path):
    path = tmp_path / "firms.h5"
    good("run", "tutorial/river-city", "--replicates", 3, "--record", "firms", "--panels", 2, "--quiet", "-o", path)
    with package.open(path) as data:
        firms = package.firms(data)
        whole = ["panel_year", "panel_quarter", "panel_scenario", "panel_replicate", "firm_id", "firm_tier"]
        assert all(data[name].dtype.kind == "i" for name in whole)
        assert set(firms["year"]) == set(data.year.values) and set(firms["quarter"]) == {1, 2, 3, 4}
        assert firms["industry"].cat.categories.tolist() == data.industry.values.tolist()
        assert firms["field"].cat.categories.tolist() == data.field.values.tolist()
        assert firms["cluster"].cat.categories.tolist() == data.cluster.values.tolist()
        debt = firms[firms["replicate"] == 1].groupby(["year", "quarter", "industry"], observed=False)["debt"].sum()
        seen = data.debt.isel(scenario=0).sel(replicate=1)
        np.testing.assert_allclose(debt.to_numpy().reshape(seen.shape), seen, rtol=1e-9, atol=1e-12)
        assert (firms["refunds"] <= firms["grants"] + 1e-12).all()


def test_who_was_chosen_for_support_differs_from_who_got_refunds(tmp_path):
    path = tmp_path / "firms.h5"
    good("run", "shaoxing-2011/plan", "--replicates", 1, "--record", "firms", "--panels", 1, "--quiet", "-o", path)
    with package.open(path) as data:
        firms = package.firms(data)
    chosen = firms["grants"] - firms["refunds"] > 1e-9
    assert (firms["grants"] > 0).mean() > 10 * chosen.mean() > 0, "many have refunds, few are chosen"
    assert 0.001 < firms["supported"].mean() < 0.5
    kept = firms["support"] > 1e-3 * firms["sales"]
    np.testing.assert_array_equal(firms["supported"] == 1, kept)
