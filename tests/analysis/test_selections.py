"""Selections as xarray's users make them: they work where they make sense, and are refused by name where not."""

import matplotlib
import numpy as np
import pandas as pd
import pytest
import xarray as xr

import jiju
from jiju import plot
from jiju.errors import UsageError
from jiju.evidence.facts import facts
from jiju.results import validation
from jiju.results.indicators import indicator
from jiju.studies.comparison import compare
from made_results import results

matplotlib.use("Agg")

CHANCE = np.random.default_rng(6).normal(90, 10, size=30)


@pytest.fixture(autouse=True)
def closed():
    yield
    matplotlib.pyplot.close("all")


@pytest.fixture
def both():
    return results({"base": CHANCE, "plan": CHANCE + 12 + np.sin(np.arange(30))})


def equal(found, expected):
    pd.testing.assert_frame_equal(found.indicators, expected.indicators)
    pd.testing.assert_frame_equal(found.targets, expected.targets)


def test_scenarios_may_be_selected_or_squeezed(both):
    expected = compare(both)
    base, plan = both.sel(scenario="base"), both.sel(scenario="plan")
    equal(compare(base, plan), expected)
    equal(compare(both.sel(scenario=["base"]).squeeze(), plan), expected)
    assert compare(base, plan).title == "The plan against The base"
    line = plot.fan(plan, target="T1").lines[0]
    assert line.get_ydata()[-1] == pytest.approx(np.median(plan.output.sum(["industry", "cluster"]).isel(year=-1)))
    plot.targets(base, plan)
    plot.heat_map(base, plan)
    assert indicator(plan, "output").sizes == {"scenario": 1, "replicate": 30}


def test_one_replicate_may_be_selected(both):
    one = both.isel(replicate=4)
    row = compare(one).by(None, ["output"]).iloc[0]
    assert row["n"] == 1 and row["difference"] == pytest.approx(12 + np.sin(4)) and np.isnan(row["low"])
    plot.fan(one, target="T1")
    assert float(indicator(one, "T1").sel(scenario="base").item()) == pytest.approx(CHANCE[4])


def test_targets_and_years_may_be_selected(both):
    expected = compare(both)
    equal(compare(both.sel(target="T1")), expected)
    equal(compare(both.isel(target=0)), expected)
    pd.testing.assert_frame_equal(compare(both.sel(year=2012)).indicators, expected.indicators)
    plot.fan(both.sel(year=2012), target="T1")


def test_variables_may_be_selected(both):
    some = both[["output"]]
    found, expected = compare(some), compare(both)
    pd.testing.assert_frame_equal(found.by(None, ["output"]), expected.by(None, ["output"]))
    assert "cannot" not in repr(found) and len(found.targets) == 0
    assert found._repr_html_() and found.to_dict()["indicators"]
    targets = compare(both[["target_met", "target_value"]])
    columns = ["base", "other", "low", "high", "value_difference"]
    pd.testing.assert_frame_equal(targets.targets[columns], expected.targets[columns])
    only_met = compare(both[["target_met"]]).targets
    assert only_met.loc[0, "low"] == expected.targets.loc[0, "low"] and "value_base" not in only_met
    plot.fan(some)
    bare = both.drop_vars(["scenario_toml", "target_met"])
    with pytest.raises(UsageError, match=r"plot\.targets needs target_met"):
        plot.targets(bare)
    with pytest.raises(UsageError, match="what T1 asks for stands in scenario_toml"):
        plot.fan(bare, target="T1")


def test_without_the_scenarios_text_the_comparison_says_what_it_cannot_know(both):
    found = compare(both.drop_vars("scenario_toml"))
    assert found.targets["difference"].tolist() == compare(both).targets["difference"].tolist()
    assert any("without scenario_toml" in note for note in found.notes)


def test_means_have_lines_but_no_intervals(both):
    mean = both.mean("replicate", keep_attrs=True).assign(scenario_toml=both.scenario_toml)
    ax = plot.fan(mean)
    assert ax.lines[0].get_ydata()[-1] == pytest.approx(CHANCE.mean())
    assert not ax.collections and ax.get_legend().get_title().get_text() == ""
    with pytest.raises(UsageError, match="no dimension 'replicate' in base, as if a mean"):
        compare(mean)
    with pytest.raises(UsageError, match="no dimension 'scenario' in base"):
        compare(both.mean("scenario"))


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda d: compare(d).by("industri"), "no dimension 'industri' in these results; did you mean 'industry'"),
        (lambda d: compare(d).by("industry", ["outptu"]), "no variable 'outptu' in .*; did you mean 'output'"),
        (lambda d: compare(d).by(None, "outptu"), "did you mean 'output'"),
        (lambda d: compare(d).by(None, ["price"]), "price cannot be given of the whole city"),
        (lambda d: compare(d).by("industry", ["output"], 2020), "no year 2020 in these results; they have 2011, 2012"),
        (lambda d: compare(d).by(None, ["target_met"]), "target_met has no values by year"),
        (lambda d: compare([d]), "not list"),
        (lambda d: compare(d["output"]), "not one variable of it"),
        (lambda d: compare(d, confidence=95), "a number between 0 and 1"),
        (lambda d: compare(d.drop_vars("replicate")), "no coordinate 'replicate'"),
        (lambda d: compare(d.isel(replicate=[0, 1, 1])), "replicate 1 stands more than once"),
        (lambda d: plot.fan(d, "outptu"), "did you mean 'output'"),
        (lambda d: plot.fan(d, target="T9"), "no target 'T9' in these results; there are T1"),
        (lambda d: plot.fan(d, industry="materal"), "no industry 'materal' in these results; did you mean 'materials'"),
        (lambda d: plot.fan(d, industri="materials"), "no dimension 'industri'; did you mean 'industry'"),
        (lambda d: plot.fan(d["output"]), "not one variable of it"),
        (lambda d: plot.targets(d[["output"]]), "no dimension 'target'"),
        (lambda d: plot.targets(), "which results"),
        (lambda d: plot.heat_map(d, d, "price"), "price has no dimension 'cluster'"),
        (lambda d: plot.heat_map(d, d.isel(cluster=0, drop=True)), "no dimension 'cluster'"),
        (lambda d: plot.life(d, 3), "--record firms"),
        (lambda d: plot.size_distribution(d), "needs price|keeps no firms|needs base_sales"),
        (lambda d: jiju.twins(d), "--record firms"),
        (lambda d: jiju.twins("firms.h5"), "not str"),
        (lambda d: facts(d), "the score card needs base_sales"),
        (lambda d: indicator(d, "output", 2020), "no year 2020"),
        (lambda d: indicator(d, "output", industry="material"), "did you mean 'materials'"),
        (lambda d: indicator(d, "output", by="clusters"), "did you mean 'cluster'"),
        (lambda d: indicator(d, "p(T2)"), "did you mean"),
        (lambda d: indicator(d.drop_vars("target_met"), "p(T1)"), "needs target_met"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_by_name(both, ask, message):
    with pytest.raises(UsageError, match=message):
        ask(both)


def test_facts_of_a_file_with_few_outputs_say_what_is_missing(short):
    data = jiju.run(short, replicates=1, record="firms", panels=1, outputs=["sales"], progress=False)
    with pytest.raises(UsageError, match=r"the score card needs price, .*; run again with --record firms"):
        facts(data)
    with pytest.raises(UsageError, match="the score card needs price"):
        plot.size_distribution(data)


def test_a_real_file_bears_every_selection(simulated):
    """Each scalar selection, of one file of each kind of variables, promotes to the shape of the whole file."""
    data = simulated.memory
    for dim in ("scenario", "replicate", "target", "year"):
        one, listed = data.isel({dim: 0}), data.isel({dim: [0]})
        found = validation.results(one, needs=())
        for name in listed.variables:
            assert set(found[name].dims) == set(listed[name].dims), (dim, name)
            xr.testing.assert_equal(found[name].drop_vars(found[name].coords).transpose(*listed[name].dims),
                                    listed[name].drop_vars(listed[name].coords))  # fmt: skip


def test_draws_stay_known_through_selections(short):
    data = jiju.run(short, replicates=24, replicates_per_draw=2, record="targets", progress=False)
    backwards = data.isel(replicate=slice(None, None, -1))
    for each in (data, data.drop_vars("replicate_draw"), backwards.drop_vars("replicate_draw")):
        found = validation.results(each)
        assert (found["replicate_draw"].values == found["replicate"].values // 2).all()
    assert validation.results(data.isel(replicate=5))["replicate_draw"].values.tolist() == [2]
    twin = jiju.run(short, replicates=24, record="targets", progress=False)
    with pytest.raises(UsageError, match="same replicates_per_draw"):
        compare(data, twin)
    found = compare(data, data)
    assert found.targets["draws"].tolist() == [12] * len(found.targets)
    assert any("24 replicates share 12 draws" in note for note in found.notes)
    with pytest.raises(UsageError, match=r"18 replicates share 9 draws .* give 20 replicates or more"):
        compare(data.isel(replicate=slice(18)), data)


def test_a_lever_that_one_side_has_alone_costs_nothing_on_the_other(both):
    def with_levers(data, levers):
        money = np.ones((1, 30, 2, len(levers)))
        attrs = {"units": "1e8 CNY", "cell_methods": "year: sum"}
        over = ("scenario", "replicate", "year", "lever")
        names = {f"lever_name{lang}": ("lever", [f"{key}{lang}" for key in levers]) for lang in ("", "_zh")}
        return data.assign(lever_money=(over, money, attrs)).assign_coords(lever=levers).assign(names)

    base, plan = (both.isel(scenario=[place]) for place in (0, 1))
    found = compare(with_levers(base, ["fund", "rail"]), with_levers(plan, ["metro", "fund"]))
    levers = found.levers.set_index("lever")
    assert levers.index.tolist() == ["fund", "rail", "metro"]
    assert levers["lever_name_zh"].tolist() == ["fund_zh", "rail_zh", "metro_zh"]
    assert levers["difference"].tolist() == pytest.approx([0, -2, 2])
    assert levers["base"].tolist() == pytest.approx([2, 2, 0])
    assert found.by(None, ["lever_money"])["difference"].item() == pytest.approx(0)


def test_a_target_that_one_side_has_alone_is_named_and_left_out(both):
    base, plan = (both.isel(scenario=[place]) for place in (0, 1))
    more = plan.reindex(target=["T1", "T99"])
    found = compare(base, more)
    assert found.targets["target"].tolist() == ["T1"]
    assert any("T99" in note and "one run" in note for note in found.notes)
