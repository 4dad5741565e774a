"""The statistics of the score card on samples whose answer is known, and the reading of firm panels."""

import math

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from scipy import stats

import jiju
from jiju import cli, facts, panels
from jiju import fact_statistics as measured

RULES = facts.card()["measurement"]


def sampled(**columns):
    """Firm-years of one industry, above scale and alive all along unless said otherwise."""
    table = pd.DataFrame(columns)
    defaults = {"industry": 0.0, "born": 1990.0, "quarters": 4, "year_sales": 1.0, "last_sales": 1.0}
    for name, value in defaults.items():
        if name not in table:
            table[name] = value
    return measured.sample(table, np.ones(1), RULES)


def panel_of(rates):
    """Firms (rows) over years (columns) in long form."""
    firms, years = rates.shape
    return {"id": np.repeat(np.arange(firms), years), "year": np.tile(2011 + np.arange(years), firms)}, rates.ravel()


def test_every_fact_has_a_statistic_and_every_statistic_a_fact():
    named = [entry["key"] for fact in facts.card()["facts"].values() for entry in fact["statistics"]]
    assert sorted(named) == sorted(measured.STATISTICS)


@pytest.mark.parametrize("exponent", [0.9, 1.06, 1.5])
def test_tail_exponents_of_an_exact_pareto_law(exponent):
    ranks = (np.arange(1, 20001) - 0.5) / 20000
    sizes = ranks ** (-1 / exponent)
    assert measured.hill_exponent(sizes, 0.1) == pytest.approx(exponent, rel=0.01)
    assert measured.rank_exponent(sizes, 0.1) == pytest.approx(exponent, rel=0.01)


def test_a_lognormal_body_has_a_thinner_tail_than_zipf():
    sizes = np.exp(np.random.default_rng(1).normal(0, 0.7, 20000))
    assert measured.rank_exponent(sizes, 0.05) > 1.8


def test_subbotin_exponent_distinguishes_laplace_from_normal():
    draws = np.random.default_rng(2)
    assert measured.subbotin_fit(draws.laplace(0.05, 0.3, 20000)) == pytest.approx(1, abs=0.05)
    assert measured.subbotin_fit(draws.normal(0.05, 0.3, 20000)) == pytest.approx(2, abs=0.12)


def test_spread_that_falls_with_size_is_found():
    draws = np.random.default_rng(3)
    size = np.exp(draws.normal(0, 1.5, 50000))
    rates = draws.laplace(0, 1, size.size) * 0.2 * size**-0.15
    assert measured.spread_scaling(size, rates, 12) == pytest.approx(0.15, abs=0.02)


def test_growth_is_net_of_what_the_industry_did_and_spares_the_newborn():
    s = sampled(id=[1, 2, 3, 4], year=2012, year_sales=[1.1, 1.1, 2.2, 9.0], industry=[0.0, 0.0, 1.0, 1.0],
                last_sales=[1.0, 1.0, 2.0, 1.0], born=[2000, 2000, 2000, 2011.5])  # fmt: skip
    rates = measured.growth(s)
    assert rates["id"].tolist() == [1, 2, 3]
    assert rates["growth"].to_numpy() == pytest.approx(0)


def test_memory_of_growth_pairs_a_firm_with_itself_a_year_before():
    draws = np.random.default_rng(4)
    rates = np.zeros((4000, 5))
    for year in range(1, 5):
        rates[:, year] = 0.4 * rates[:, year - 1] + draws.normal(0, 1, 4000)
    keys, growth = panel_of(rates[:, 1:])
    assert measured.growth_autocorrelation(sampled(**keys, year_sales=np.exp(0.1 * growth))) == pytest.approx(
        np.corrcoef(rates[:, 1:-1].ravel(), rates[:, 2:].ravel())[0, 1], abs=0.03
    )


def test_productivity_is_value_added_over_both_inputs_within_industry():
    draws = np.random.default_rng(5)
    rates = np.zeros((3000, 6))
    rates[:, 0] = draws.normal(0, 0.5, 3000)
    for year in range(1, 6):
        rates[:, year] = 0.7 * rates[:, year - 1] + draws.normal(0, 0.5 * math.sqrt(1 - 0.49), 3000)
    keys, level = panel_of(rates)
    capital, labour = np.exp(draws.normal(0, 1, level.size)), np.exp(draws.normal(4, 1, level.size))
    s = sampled(**keys, capital=capital, labour=labour, value_added=np.exp(level) * capital**0.4 * labour**0.6)
    assert measured.productivity_persistence(s) == pytest.approx(0.7, abs=0.02)
    assert measured.productivity_gap_90_10(s) == pytest.approx(-2 * 0.5 * stats.norm.ppf(0.01 + 0.98 * 0.1), rel=0.03)


def test_incumbents_productivity_growth_counts_purchases_as_inputs():
    s = sampled(id=[1, 1], year=[2011, 2012], output=[1.0, 1.1], output_value=[2.0, 2.2], value_added=[0.5, 0.55],
                capital=[1.0, 1.0], labour=[10.0, 10.0])  # fmt: skip
    assert measured.incumbent_productivity_growth(s) == pytest.approx(0.25 * math.log(1.1))


def test_turnover_separates_closure_from_crossing_the_threshold():
    s = sampled(id=[1, 2, 3, 4, 1, 2, 5], year=[2011] * 4 + [2012] * 3, year_sales=[1, 1, 1, 1, 1, 0.01, 1])
    table = measured.turnover(s).iloc[0]
    assert table["entry"] == pytest.approx(1 / 2)  # 5 beside 1
    assert table["exit"] == pytest.approx(3 / 4)  # 2 shrank, 3 and 4 are gone
    assert table["closure"] == pytest.approx(2 / 4)


def test_spikes_are_measured_against_the_capital_of_the_years_opening():
    s = sampled(id=[1, 2, 3], year=2011, year_investment=[0.1, 0.3, 0.9], opening_capital=[1.0, 1.0, 3.0])
    assert measured.spike_share(s) == pytest.approx(2 / 3)
    assert measured.investment_in_spikes(s) == pytest.approx(1.2 / 1.3)


def test_bunching_at_the_notch_is_seen_and_its_absence_too():
    smooth = np.random.default_rng(6).lognormal(math.log(0.015), 0.7, 200000)
    assert measured.excess_at(smooth, 0.03) < 0.95
    moved = np.where((smooth > 0.027) & (smooth < 0.03), 0.0301, smooth)
    assert measured.excess_at(moved, 0.03) > 1.5


def test_patent_elasticity_is_that_of_a_poisson_law():
    draws = np.random.default_rng(7)
    research = np.exp(draws.normal(-3, 1, 8000))
    s = sampled(id=np.arange(8000), year=2012, research=research, new_patents=draws.poisson(3 * research**0.5))
    assert measured.patent_elasticity(s) == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize(
    ("band", "expected"), [((0.5, 1.0), "pass"), ((1.1, 1.3), "pass"), ((1.45, 2.0), "pass"), ((1.55, 2.0), "near"),
                           ((0.7, 0.86), "near"), ((1.7, 2.0), "fail"), ((math.nan, 1.0), "fail")]
)  # fmt: skip
def test_verdicts(band, expected):
    assert facts.verdict(0.9, 1.5, 0.15, band) == expected


def results_file():
    """Two firms over two years of two steps; the second closes in the last step, a third is born in it."""
    rows = [(1, 8, 1.0), (1, 9, 2.0), (1, 10, 3.0), (1, 11, 4.0), (2, 8, 5.0), (2, 9, 6.0), (2, 10, 7.0), (3, 11, 0.5)]
    ids, steps, sales = (np.array(column, float) for column in zip(*rows, strict=True))
    frame = pd.DataFrame({"id": ids, "year_sales": sales, "last_sales": 1.0, "value_added": sales / 2})
    frame["industry"] = np.where(ids == 2, 1.0, 0.0)
    frame["born"] = np.where(ids == 3, 2012.5, 2000.0)
    frame["patents"] = steps - 8
    frame["output"] = 10.0
    for name in [*panels.STATES, "research", "opening_capital"]:
        if name not in frame:
            frame[name] = steps
    variables = {f"firm_{name}": ("observation", frame[name].to_numpy()) for name in frame}
    variables |= {name: ("observation", np.zeros(len(rows))) for name in ["panel_scenario", "panel_replicate"]}
    variables["panel_year"] = ("observation", 2011 + (steps - 8) // 2)
    variables["panel_half"] = ("observation", 1 + steps % 2)
    variables["price"] = (("scenario", "replicate", "time", "industry"), np.array([1, 9, 2, 9, 1, 9, 3, 9.0])
                          .reshape(1, 1, 4, 2))  # fmt: skip
    variables["calendar_year"] = ("time", np.array([2011, 2011, 2012, 2012]))
    return xr.Dataset(variables, coords={"scenario": ["only"], "replicate": [0]})


def test_firm_years_are_those_there_at_the_years_end():
    data = results_file()
    [(replicate, rows)] = panels.replicates(data, "only")
    table = panels.firm_years(data, rows).set_index(["id", "year"])
    assert replicate == 0
    assert list(table.index) == [(1, 2011), (1, 2012), (2, 2011), (3, 2012)]
    assert table.loc[(1, 2012), "year_sales"] == 4
    assert table.loc[(1, 2012), "value_added"] == (3 + 4) / 2
    assert table.loc[(1, 2012), "opening_capital"] == 10
    assert table["quarters"].tolist() == [4, 4, 4, 2]
    assert table.loc[(1, 2011), "output_value"] == 15
    assert table.loc[(2, 2011), "output_value"] == 90
    assert np.isnan(table.loc[(1, 2011), "new_patents"])
    assert table.loc[(1, 2012), "new_patents"] == 2
    assert table.loc[(3, 2012), "new_patents"] == 3


def test_a_file_without_firms_says_how_to_get_them(simulated, capsys):
    assert cli.main(["facts", str(simulated.path)]) == 2
    assert "--record firms" in capsys.readouterr().err


def test_a_scenario_that_the_file_lacks_is_answered_by_those_it_has(simulated, capsys):
    assert cli.main(["facts", str(simulated.path), "--scenario", "plann"]) == 2
    assert "short" in capsys.readouterr().err


def test_what_is_no_results_file_is_reported(tmp_path, capsys):
    path = tmp_path / "notes.h5"
    path.write_text("no results", encoding="utf-8")
    assert cli.main(["facts", str(path)]) == 3
    assert cli.main(["facts", str(tmp_path / "missing.h5")]) == 3
    assert capsys.readouterr().err.count(".h5") >= 2


def test_a_loss_of_value_added_is_left_out_of_productivity():
    s = sampled(id=[1, 2, 3], year=2012, value_added=[1.0, -0.1, 2.0], labour=[1.0] * 3, capital=[1.0] * 3)
    assert measured.productivity(s)["id"].tolist() == [1, 3]


def test_firms_of_a_run_add_up_to_what_it_records(short):
    data = jiju.run(short, replicates=2, seed=2, record="firms", panels=2, progress=False)
    for number, rows in panels.replicates(data, "short"):
        firms = panels.firm_years(data, rows)
        recorded = data["sales"].sel(scenario="short", replicate=number).sum(["industry", "cluster"])
        for year, recorded_year in recorded.groupby("calendar_year"):
            there = firms[(firms["year"] == year) & (firms["year_sales"] >= RULES["threshold"])]
            # The record also counts the last quarters of who closed, and goes by the size of each quarter: a twentieth
            # of firms leave in a year, the smaller ones.
            assert 0.95 < there["year_sales"].sum() / float(recorded_year.sum()) < 1.01
    assert facts.measurements(data).shape == (2, len(measured.STATISTICS))


def test_a_fact_is_as_good_as_its_worst_statistic():
    one = pd.DataFrame({key: [0.0, 0.0] for key in measured.STATISTICS})
    one["tail_exponent_rank"] = 1.2
    table = facts.judge(one)
    assert table.loc[("C1", "tail_exponent_rank"), "verdict"] == "pass"
    assert facts.by_fact(table).loc["C1", "verdict"] == "fail"
    assert "Essential facts that fail: C1" in facts.render(table)
    assert "必要事实未通过：C1" in facts.render(table, lang="zh")
