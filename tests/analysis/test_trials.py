"""The estimators of the trials find effects that were planted in made-up firms, and the verdicts say what they say."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from jiju import cli
from jiju.commands import trial as trial_command
from jiju.errors import UsageError
from jiju.evidence import trial_estimators as estimators
from jiju.evidence import trial_file, trials
from jiju.evidence.trial_estimators import Arms
from jiju.inputs.scenario import Scenario
from jiju.runs.engine import scenario_of
from jiju.runs.runner import Arm

SCENARIOS = Path(__file__).parents[2] / "scenarios"
YEARS = range(2011, 2016)
CATALOGUE = trial_file.catalogue()


def estimated(key, arms):
    """What the trial of the package finds in one replicate."""
    return estimators.estimates(CATALOGUE[key], arms)


def firms(count=1500, seed=1):
    """Firms of two industries over five years; growth differs by industry and by chance."""
    draws = np.random.default_rng(seed)
    second = draws.integers(0, 2, count)
    industry = np.where(second == 1, "information", "energy")
    place = np.array(["binhai", "zhuji", "shangyu"])[draws.integers(0, 3, count)]
    level = draws.normal(0, 1, count)
    tables = []
    for year in YEARS:
        level = level + 0.05 + 0.1 * second + draws.normal(0, 0.1, count)
        table = pd.DataFrame(
            {"id": np.arange(count), "year": year, "industry": industry, "place": place}
        )
        table["year_sales"] = np.exp(level) + 0.05
        table["treated"], table["drawn"], table["born"], table["intensity"] = 0, 0, 2000.0, 0.02
        table["listed"], table["guaranteed"], table["new_patents"] = 0, 0.0, 10.0
        table["capital"], table["labour"], table["value_added"] = 1.0, 100.0, np.exp(level)
        table["output"], table["investment"], table["refunds"] = np.exp(level), 0.1, 0.0
        tables.append(table)
    return pd.concat(tables, ignore_index=True)


def drawn(table, seed, share=0.2):
    ids = table["id"].unique()
    return set(ids[np.random.default_rng(seed).random(len(ids)) < share])


def outputs(**values):
    time = [year for year in YEARS for _ in range(4)]
    data = xr.Dataset(coords={"time": np.arange(20), "calendar_year": ("time", time),
                              "industry": ["biomedicine", "environment"],
                              "cluster": ["one"], "origin": ["incumbent", "start_up"], "lever": ["fund"]})  # fmt: skip
    for name, (dims, value) in values.items():
        data[name] = (dims, np.broadcast_to(value, [data.sizes[d] for d in dims]).copy(), {"cell_methods": "time: sum"})
    return data


def test_every_trial_has_scenarios_a_row_and_a_source():
    assert len(CATALOGUE) == 22
    rows = [trial.row for trial in CATALOGUE.values()]
    assert len(set(rows)) == len(rows) and None not in rows
    for trial in CATALOGUE.values():
        for arm in trial.arms:
            scenario_of(arm)
        assert any(outcome.judged for outcome in trial.outcomes)
        for outcome in trial.outcomes:
            assert outcome.name_zh != outcome.name
            if outcome.judged:
                assert outcome.source and outcome.trust and outcome.agree


def test_a_lottery_of_two_treatments_drawn_apart_adds_them_up():
    base, trial = firms(), firms()
    for bit, (seed, effect) in enumerate([(2, 0.05), (3, 0.03)]):
        winners = trial["id"].isin(drawn(trial, seed))
        trial.loc[winners & (trial["year"] >= 2012), "treated"] += 1 << bit
        trial.loc[winners & (trial["year"] == 2013), "year_sales"] *= np.exp(effect)
        trial.loc[winners & (trial["year"] == 2014), "year_sales"] *= np.exp(effect / 2)
    trial.loc[trial["year"] >= 2013, "year_sales"] *= np.exp(0.2)  # what happened to all is no effect
    both = ["training_efficiency", "training_partners"]
    found = estimated("peer-groups", Arms([base, trial], [], [both, both]))
    assert found["sales_after_a_year"] == pytest.approx(0.08, abs=1e-9)
    assert found["sales_after_two_years"] == pytest.approx(0.04, abs=1e-9)


def test_a_lottery_takes_a_firms_chance_out_but_not_what_a_winner_did_with_it():
    base, trial = firms(seed=1), firms(seed=1)
    noise = np.random.default_rng(5).normal(0, 0.5, len(trial))
    winners = trial["id"].isin(drawn(trial, 4)) & (trial["year"] >= 2012)
    trial.loc[winners, "treated"] = 1
    for table in (base, trial):
        table["year_sales"] *= np.exp(noise)
    trial.loc[winners, "year_sales"] *= np.exp(0.022)
    found = estimated("contracts", Arms([base, trial], [], [[], ["trial_contract"]]))
    assert found == pytest.approx({"sales_after_a_year": 0.022, "sales_after_three_years": 0.022})


def test_who_had_a_treatment_is_read_from_its_bit():
    table = pd.DataFrame({"treated": [0.0, 1.0, 2.0, 3.0]})
    assert estimators.bit_of(table, "treated", ["a", "b"], "b").tolist() == [False, False, True, True]
    with pytest.raises(UsageError, match=r"no treatment 'bb' in this arm"):
        estimators.bit_of(table, "treated", ["a", "b"], "bb")


def test_doubled_research_is_compared_with_the_same_firm_in_the_other_arm():
    base, other = firms(), firms()
    raised = other["industry"] == "information"
    other.loc[raised, "value_added"] *= np.exp(0.09)
    other.loc[~raised, "value_added"] *= 3
    assert estimated("double-research", Arms([base, other], []))["productivity"] == pytest.approx(0.09)


def test_plants_are_judged_by_incumbents_of_their_place_alone():
    base, other = firms(), firms()
    mine = other["place"] == "shangyu"
    other.loc[mine, "value_added"] *= 1.1
    other.loc[~mine, "value_added"] *= 5
    other.loc[mine & (other["id"] % 10 == 0), "value_added"] = 0  # who stands still in one arm says nothing
    found = estimated("large-plant", Arms([base, other], []))
    assert found["productivity"] == pytest.approx(np.log(1.1))


def test_grants_count_all_research_added_for_all_money_paid():
    cells = ("time", "industry", "cluster")
    base = outputs(research=(cells, 1.0), lever_money=(("time", "lever"), 0.0))
    other = outputs(research=(cells, 1.02), lever_money=(("time", "lever"), 0.08))
    found = estimated("grant-lottery", Arms([], [base, other]))
    assert found["research_per_grant"] == pytest.approx(0.02 * 2 * 20 / (0.08 * 20))


def test_start_ups_added_are_counted_against_those_of_one_year():
    base = outputs(entries=(("time", "origin"), 10.0))
    other = outputs(entries=(("time", "origin"), 10.0))
    other["entries"][4:8, 1] += 1
    other["entries"][4:8, 0] += 7  # not a start-up
    assert estimated("one-stop", Arms([], [base, other]))["entry"] == pytest.approx(4 / 40)


def test_targeted_growth_that_ends_with_the_plan():
    cells = ("time", "industry", "cluster")
    base, other = outputs(sales=(cells, 1.0)), outputs(sales=(cells, 1.0))
    other["sales"][8:] *= np.exp(0.06)
    found = estimated("plan-targeting", Arms([], [base, other]))
    assert found == pytest.approx({"growth_during": 0.02, "growth_after_less_during": -0.02})


def test_the_queue_is_who_lists_in_the_open_arm():
    opened, frozen = firms(), firms()
    queue = opened["id"] < 50
    opened.loc[queue & (opened["year"] >= 2013), "listed"] = 1
    opened.loc[(opened["id"] >= 100) & (opened["year"] >= 2015), "listed"] = 1
    opened.loc[opened["id"].between(50, 60), "listed"] = 1  # long before
    frozen.loc[frozen["id"].between(50, 60), "new_patents"] = 99.0
    frozen.loc[(frozen["id"] < 50) & (frozen["year"] == 2013), "new_patents"] = 7.2
    found = estimated("listing-freeze", Arms([opened, frozen], []))
    assert found == pytest.approx({"patents_during": -0.28, "patents_after": 0.0})


def test_guarantees_that_do_not_scale():
    base, small, large = firms(), firms(), firms()
    for arm, few, factor in [(small, 100, 1.1), (large, 400, 1.04)]:
        arm.loc[arm["id"] < few, "guaranteed"] = 0.1
        arm.loc[arm["id"] < few, "capital"] *= factor
        arm.loc[arm["id"] >= few, "capital"] *= 7  # who got no guarantee says nothing
    base = base[(base["year"] < 2015) | (base["id"] >= 10)]
    large = large[(large["year"] < 2015) | (large["id"] >= 30)]
    found = estimated("guarantees", Arms([base, small, large], []))
    assert found["growth"] == pytest.approx(np.log(1.1))
    assert found["failure"] == pytest.approx(20 / 400)
    assert found["scaling"] == pytest.approx(np.log(1.04 / 1.1))


def test_the_drawn_are_compared_with_themselves_and_with_the_others():
    base, trial = firms(), firms()
    idle = base["id"] >= 1400  # invest nothing at first without the trial: not in the sample
    base.loc[idle & (base["year"] == 2011), "investment"] = 0.0
    winners = trial["id"].isin(drawn(trial, 6, 0.5))
    trial.loc[winners, "drawn"] = 1
    trial.loc[winners, "investment"] *= 1.1
    trial.loc[~winners & (trial["year"] == 2011), "investment"] *= 0.9
    trial.loc[winners & (trial["year"] == 2015), ["capital", "labour"]] *= np.exp(0.04)
    trial.loc[~winners & (trial["year"] == 2015), ["labour", "value_added"]] *= np.exp(-0.01)
    trial.loc[idle, "capital"] *= 9
    found = estimated("cheap-investment", Arms([base, trial], [], [[], []], [[], ["demonstration_projects"]]))
    assert found == pytest.approx({
        "investment": np.log(1.1) - np.log(2.9 / 3), "capital": 0.04, "output": 0.0, "employment": 0.05,
        "productivity": -0.04 - (-0.01 + 0.6 * 0.01)
    })  # fmt: skip


@pytest.mark.parametrize(
    ("effect", "agree", "mean", "low", "high", "expected"),
    [(0.08, "order", 0.05, 0.04, 0.06, "agrees"), (0.08, "order", 0.02, 0.01, 0.03, "sign only"),
     (0.08, "order", 0.30, 0.2, 0.4, "sign only"), (0.08, "order", -0.05, -0.06, -0.04, "disagrees"),
     (0.08, "order", 0.05, -0.01, 0.11, "no effect"), (-1.0, "sign", -0.001, -0.002, -0.0005, "agrees"),
     (1.0, "sign", -0.001, -0.002, -0.0005, "disagrees"), (1.0, "sign", float("nan"), 0.1, 0.2, "no effect"),
     (0.0, "none", 0.002, -0.001, 0.005, "agrees"), (0.0, "none", 0.01, 0.005, 0.015, "agrees"),
     (0.0, "none", 0.02, 0.015, 0.025, "disagrees"), (0.0, "none", 0.0, -0.03, 0.03, "disagrees")],
)  # fmt: skip
def test_verdicts(effect, agree, mean, low, high, expected):
    assert trials.verdict(effect, agree, mean, low, high) == expected


def test_a_trial_agrees_when_all_its_outcomes_do():
    draws = np.random.default_rng(1)
    estimates = pd.DataFrame({"workers": draws.normal(0.2, 0.01, 20), "productivity": draws.normal(0.001, 0.0001, 20)})
    table = trials.judge(CATALOGUE["supply-links"], estimates)
    assert table["verdict"].tolist() == ["agrees", "sign only"]
    assert not trials.agreements(table)["supply-links"]
    assert "0 of 1 trials agree" in trials.render(table)
    assert "1项试验，0项一致" in trials.render(table, lang="zh")


def test_what_is_not_a_trial_is_refused_with_the_nearest_and_the_way_to_the_list(capsys):
    assert cli.main(["trial", "peer-group"]) == 2
    assert "did you mean 'peer-groups'?" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        trial_command.main([])
    assert "--list" in capsys.readouterr().err


def test_the_command_simulates_and_judges(capsys):
    assert cli.main(["trial", "double-research", "--replicates", "10", "--lang", "zh"]) == 0
    assert "double-research" in (seen := capsys.readouterr().out) and "1项试验" in seen


def test_settings_laid_over_a_scenario_at_once_are_those_set_one_by_one():
    settings = {
        "parameters.demand.size_drag": 0.01,
        "parameters.demand.order_volatility": 0.4,
        "industries.energy.size_spread": {"median": 1.0, "low": 0.9, "high": 1.2, "distribution": "normal"},
    }
    slowly = Scenario.load("shaoxing-2011/status-quo")
    for key, value in settings.items():
        slowly[key] = value
    assert scenario_of(Arm("shaoxing-2011/status-quo", settings)).to_toml() == slowly.to_toml()


def test_what_is_doubled_is_doubled_in_every_replicate():
    base, double = CATALOGUE["double-research"].arms
    key = "industries.information.research_intensity"
    once, twice = scenario_of(base)[key], scenario_of(double)[key]
    (shares, values), (same, doubled) = zip(*once["quantiles"], strict=True), zip(*twice["quantiles"], strict=True)
    assert same == shares and doubled == pytest.approx([2 * value for value in values])
