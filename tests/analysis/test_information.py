"""Values of information against closed forms, how often their errors hold the truth, and what of results is refused."""

import numpy as np
import pytest
import xarray as xr
from scipy import stats

import jiju
from jiju.statistics import conditional_gain as gain
from jiju.studies.information import ALL, ALL_AND_CHANCE
from made_results import results

NONE = np.empty(0)


def exact(mean, spread):
    """Of knowing a normal gain before choosing between it and nothing: s phi(m / s) - |m| Phi(-|m| / s)."""
    return spread * stats.norm.pdf(mean / spread) - abs(mean) * stats.norm.cdf(-abs(mean) / spread)


def plans(mean, slopes, noise, draws, random):
    """Parameters, and the benefit of two plans: what the second brings more is linear in the parameters, and noise."""
    known = random.normal(size=(draws, len(slopes)))
    common = 10 * random.normal(size=draws)  # shared by both plans, as pairs share their chance
    more = mean + known @ np.array(slopes) + noise * random.normal(size=draws)
    return known, np.column_stack([common, common + more])


@pytest.mark.parametrize(
    ("mean", "slope", "noise"), [(0.5, 1.0, 1.0), (-0.3, 0.6, 1.0), (0.2, 1.0, 0.1), (1, 0.5, 0.5)]
)
def test_the_value_of_a_normal_parameter_is_that_of_the_closed_form(mean, slope, noise):
    known, benefit = plans(mean, [slope], noise, 20_000, np.random.default_rng(1))
    found = gain.gain_of_knowing(known, benefit, NONE)
    assert found.value == pytest.approx(exact(mean, slope), abs=4 * found.error)
    assert found.value == pytest.approx(exact(mean, slope), abs=0.012)
    assert found.change == pytest.approx(stats.norm.cdf(-abs(mean) / slope), abs=0.02)


def test_a_curve_is_found_as_well_as_a_line():
    """The second plan is better in the middle only: 1 - x^2 for a normal x, worth 2 phi(1) = E max(0, 1 - x^2)."""
    random = np.random.default_rng(2)
    x = random.normal(size=20_000)
    benefit = np.column_stack([np.zeros(20_000), 1 - x**2 + random.normal(size=20_000)])
    found = gain.gain_of_knowing(x[:, None], benefit, NONE)
    assert found.value == pytest.approx(2 * stats.norm.pdf(1), abs=0.02)
    assert found.change == pytest.approx(2 * stats.norm.cdf(-1), abs=0.02) or found.change == pytest.approx(
        1 - 2 * stats.norm.cdf(-1), abs=0.02
    )


def test_the_error_holds_the_truth_as_often_as_it_says():
    """Where nearly no choice changes it holds it less often (docs/analysis.md)."""
    for draws, mean, slope, least in ((500, 0.5, 1.0, 0.90), (500, 0.3, 0.3, 0.86), (100, 0.5, 1.0, 0.87)):
        random, held = np.random.default_rng([3, draws]), 0
        weights = gain.resamples(draws, 0)
        for _ in range(120):
            found = gain.gain_of_knowing(*plans(mean, [slope], 1.0, draws, random), weights)
            held += abs(found.value - exact(mean, slope)) <= 1.96 * found.error
        assert least <= held / 120 <= 1, (draws, mean, slope, held)


def test_a_parameter_that_tells_nothing_is_worth_nothing():
    random, held, values = np.random.default_rng(4), 0, []
    weights = gain.resamples(300, 0)
    for _ in range(100):
        known, benefit = plans(0.2, [0.0], 1.0, 300, random)
        found = gain.gain_of_knowing(known, benefit, weights)
        held += found.value <= 1.96 * found.error
        values.append(found.value)
    assert held >= 92 and np.mean(values) < 0.005
    known = np.column_stack([np.full(300, 3.0)])
    assert gain.gain_of_knowing(known, benefit, weights) == (0, 0, 0)


def test_parameters_known_together_are_worth_what_their_sum_is_worth():
    known, benefit = plans(0.4, [0.8, 0.6, 0.0], 0.5, 5000, np.random.default_rng(5))
    together = ([0], [1], [2], [0, 1], [0, 1, 2])
    values = [gain.gain_of_knowing(known[:, columns], benefit, NONE).value for columns in together]
    assert values[3] == pytest.approx(exact(0.4, 1.0), abs=0.02)
    assert values[4] == pytest.approx(values[3], abs=0.01) and values[2] < 0.01
    assert values[:2] == pytest.approx([exact(0.4, 0.8), exact(0.4, 0.6)], abs=0.02)


def test_a_product_of_two_is_found_only_together():
    random = np.random.default_rng(6)
    known = random.normal(size=(5000, 2))
    benefit = np.column_stack([np.zeros(5000), known[:, 0] * known[:, 1]])
    values = [gain.gain_of_knowing(known[:, columns], benefit, NONE).value for columns in ([0], [1], [0, 1])]
    assert max(values[:2]) < 0.03
    assert values[2] == pytest.approx(1 / np.pi, abs=0.03)  # E |x y| / 2


def test_of_three_plans_the_best_is_chosen():
    """Two plans that gain x and -x over the first, which costs nothing: E |x|."""
    random = np.random.default_rng(7)
    x = random.normal(size=5000)
    benefit = np.column_stack([np.full(5000, 0.1), x, -x]) + 0.5 * random.normal(size=(5000, 3))
    found = gain.gain_of_knowing(x[:, None], benefit, NONE)
    assert found.value == pytest.approx(np.sqrt(2 / np.pi) + 0.1 * (2 * stats.norm.cdf(0.1) - 1) - 0.1, abs=0.03)
    assert found.change == pytest.approx(2 * stats.norm.cdf(-0.1), abs=0.03)


@pytest.mark.parametrize("replicates", [2, 5])
def test_what_chance_adds_to_the_value_of_knowing_all_is_taken_away(replicates):
    random, jackknifed, plain = np.random.default_rng(8), [], []
    for _ in range(60):
        more = random.normal(0.5, 1, size=(300, 1)) + 1.5 * random.normal(size=(300, replicates))
        benefit = [np.column_stack([np.zeros(replicates), each]) for each in more]
        jackknifed.append(gain.gain_of_knowing_all(benefit))
        plain.append(np.maximum(more.mean(axis=1), 0).mean() - max(0, more.mean()))
    values, errors = np.array([[each.value, each.error] for each in jackknifed]).T
    truth = exact(0.5, 1)
    assert abs(values.mean() - truth) < 0.4 * (np.mean(plain) - truth)
    if replicates == 5:
        assert values.mean() == pytest.approx(truth, abs=0.02)
        assert np.mean(np.abs(values - truth) <= 1.96 * errors) >= 0.9


def test_the_best_of_two_like_plans_is_too_good_by_chance():
    random = np.random.default_rng(9)
    benefit = np.column_stack([np.zeros(400), random.normal(size=400)])
    benefit[:, 1] -= benefit[:, 1].mean()
    assert gain.excess_of_best(benefit, gain.resamples(400, 0)) == pytest.approx(stats.norm.pdf(0) / 20, rel=0.2)
    assert gain.excess_of_best(benefit + np.array([0, 1]), gain.resamples(400, 0)) == pytest.approx(0)


# ---- results files


DRAWS = 200


def city(size=1, mean=0.5, seed=10):
    """Output of a base and a plan, which brings 0.5 + x + noise more; beside x a parameter that does nothing, and one
    of the plan alone that is a plain value in the base."""
    random = np.random.default_rng(seed)
    known = random.normal(size=(DRAWS, 2))
    chance = np.repeat(90 + random.normal(size=DRAWS), size)
    more = mean + np.repeat(known[:, 0], size) + 0.5 * random.normal(size=DRAWS * size)
    data = results({"base": chance, "plan": chance + more})
    own = np.stack([np.ones((DRAWS, 1)), known[:, :1] ** 3])
    draws = {} if size == 1 else {"replicate_draw": ("replicate", np.repeat(np.arange(DRAWS), size))}
    return data.assign(
        parameter_value=(("draw", "parameter"), known),
        scenario_parameter_value=(("scenario", "draw", "scenario_parameter"), own),
    ).assign_coords(
        draw=np.arange(DRAWS), parameter=["parameters.x", "parameters.y"], parameter_name=("parameter", ["X", "Y"]),
        parameter_name_zh=("parameter", ["甲", "乙"]), scenario_parameter=["levers.fund.realised"], **draws,
    )  # fmt: skip


def test_a_table_of_results():
    data = city()
    table = jiju.voi(data, "output")
    assert table.index[0] == ALL_AND_CHANCE and table.index[-1] == "parameters.y"
    row = table.loc["parameters.x"]
    assert row["value"] == pytest.approx(exact(0.5, 1), abs=2.5 * row["error"])
    assert (row["name"], row["name_zh"]) == ("X", "甲")
    whole = table["value"].iloc[0]
    assert row["value"] < whole and row["share"] == pytest.approx(row["value"] / whole)
    # Of the plan alone, and a monotone function of x: known by it as well.
    assert table.loc["levers.fund.realised", "value"] == pytest.approx(row["value"])
    assert table.loc["parameters.y", "value"] <= max(table.attrs["noise"], 2 * table.loc["parameters.y", "error"])
    assert table.attrs["choice"] == "plan"
    more = data["target_value"].diff("scenario").values.ravel()
    assert table.attrs["lead"] == pytest.approx(more.mean())
    assert table.attrs["lead_error"] == pytest.approx(more.std(ddof=1) / np.sqrt(DRAWS))
    assert (table.attrs["replicates"], table.attrs["draws"]) == (DRAWS, DRAWS)


def test_replicates_of_one_draw_are_averaged():
    one, five = jiju.voi(city(), "output"), jiju.voi(city(5), "output")
    assert five.index[0] == ALL and five.attrs["draws"] == DRAWS and five.attrs["replicates"] == 5 * DRAWS
    assert five.loc[ALL, "value"] == pytest.approx(exact(0.5, 1), abs=3 * five.loc[ALL, "error"])
    assert five.loc[ALL, "value"] < one["value"].iloc[0]
    once = city(5)
    order = np.random.default_rng(11).permutation(once.sizes["replicate"])
    again = jiju.voi(once.isel(replicate=order, draw=np.arange(DRAWS)[::-1]), "output")
    assert again["value"].to_dict() == pytest.approx(five["value"].to_dict())


def test_costs_move_the_choice():
    data = city()
    dear = jiju.voi(data, "output", minus={"base": 0, "plan": 1.0}, parameters=["parameters.x"])
    assert dear.attrs["choice"] == "base"
    assert dear.loc["parameters.x", "value"] == pytest.approx(exact(0.5, 1), abs=0.15)
    money = data["output"] * 0 + xr.DataArray([0, 2 / 6], dims="scenario", coords={"scenario": data.scenario})
    data["money"] = money.transpose(*data["output"].dims).assign_attrs(data["output"].attrs)
    by_indicator = jiju.voi(data, "output", minus="money", parameters=["parameters.x"])

    def net(arm):
        return (arm.output - arm.money).sel(year=2012).sum(["industry", "cluster"])

    by_function = jiju.voi(data, net, parameters=["parameters.x"])
    assert by_indicator.attrs["lead"] == pytest.approx(by_function.attrs["lead"])
    assert by_indicator.attrs["choice"] == "base"


def test_several_files_and_one_file_say_the_same():
    data = city()
    apart = [data.sel(scenario=["base"]), data.sel(scenario=["plan"])]
    one, two = jiju.voi(data, "T1"), jiju.voi(apart, "T1")
    assert two["value"].to_dict() == pytest.approx(one["value"].to_dict())


def test_groups_are_lists_or_named():
    data = city()
    table = jiju.voi(data, "output", parameters=["parameters.y", ["parameters.x", "parameters.y"]])
    assert set(table.index[1:]) == {"parameters.y", "parameters.x + parameters.y"}
    named = jiju.voi(data, "output", parameters={"both": "parameters.*"})
    assert named.loc["both", "value"] == pytest.approx(table.loc["parameters.x + parameters.y", "value"])


def test_what_cannot_be_answered_is_refused():
    data = city()
    with pytest.raises(jiju.UsageError, match=r"no parameter matches 'parameters\.z'; did you mean 'parameters"):
        jiju.voi(data, "output", parameters=["parameters.z"])
    with pytest.raises(jiju.UsageError, match="one scenario alone leaves no choice"):
        jiju.voi(data.sel(scenario=["plan"]), "output")
    with pytest.raises(jiju.UsageError, match="no indicator 'outptu'"):
        jiju.voi(data, "outptu")
    with pytest.raises(jiju.UsageError, match="minus: no cost of 'base'"):
        jiju.voi(data, "output", minus={"plan": 1})
    with pytest.raises(jiju.UsageError, match="nothing was drawn"):
        jiju.voi(data.drop_dims(["draw"]), "output")
    with pytest.raises(jiju.UsageError, match="9 draws of the parameters say nothing"):
        jiju.voi(data.isel(replicate=np.arange(9)), "output")
    other = data.sel(scenario=["plan"]).assign_attrs(seed="8")
    with pytest.raises(jiju.UsageError, match="do not share their draws"):
        jiju.voi([data.sel(scenario=["base"]), other], "output")


def test_simulated_results(short, tmp_path):
    plan = jiju.Scenario.load(short).copy("plan")
    plan["levers.special_fund.budget"] = 5
    data = jiju.run(short, plan, replicates=24, seed=5, progress=False)
    table = jiju.voi(data, "value_added", minus={"short": 0, "plan": 5}, parameters=["parameters.*", "places.*"])
    assert np.isfinite(table[["value", "error", "change"]].to_numpy()).all() and table["name_zh"].ne("").all()
    assert (table["value"] >= 0).all() and table.attrs["draws"] == 24
