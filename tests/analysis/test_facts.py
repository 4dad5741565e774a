"""The statistics of the score card on samples whose answer is known, and the reading of firm panels."""

import math

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from scipy import stats

import jiju
from jiju import cli
from jiju.evidence import fact_accounts as accounts
from jiju.evidence import fact_sample as sampling
from jiju.evidence import fact_statistics as measured
from jiju.evidence import facts
from jiju.results import panels

RULES = facts.card()["measurement"]


def sampled(base_firms=math.nan, **columns):
    """Firm-years of one industry, above scale and alive all along unless said otherwise."""
    table = pd.DataFrame(columns)
    defaults = {"industry": 0.0, "born": 1990.0, "quarters": 4, "year_sales": 1.0, "last_sales": 1.0,
                "measurement_error": 0.0}
    for name, value in defaults.items():
        if name not in table:
            table[name] = value
    return sampling.sample(table, sampling.BaseYear(np.ones(1), base_firms), RULES)


def panel_of(rates):
    """Firms (rows) over years (columns) in long form."""
    firms, years = rates.shape
    return {"id": np.repeat(np.arange(firms), years), "year": np.tile(2011 + np.arange(years), firms)}, rates.ravel()


def test_every_fact_has_a_statistic_and_every_statistic_a_fact():
    named = [entry["key"] for fact in facts.card()["facts"].values() for entry in fact["statistics"]]
    assert sorted(named) == sorted(sampling.STATISTICS)


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


def growing(sales, **columns):
    """A panel of firms (rows) from 2011 on, whose sales begin with those of 2010."""
    keys, flat = panel_of(sales[:, 1:])
    return sampled(**keys, year_sales=flat, last_sales=sales[:, :-1].ravel(), **columns)


def test_growth_of_a_class_is_that_of_its_total_two_years_after():
    sizes = np.array([0.1, 0.15, 0.5, 2.0, 3.0, 10.0])
    growth = np.array([1.0, -0.8, 0.1, 0.3, 0.2, 0.2])
    sales = np.stack([sizes, sizes, sizes * (1 + growth)], axis=1)  # classes by 2010, growth of 2012; 2 falls to 0.03
    expected = [(0.2 + 0.03) / 0.25 - 1, 0.1, (2.6 + 3.6) / 5 - 1, 0.2]
    s = growing(sales)
    assert measured.growth_by_class(s) == pytest.approx(expected)
    gaps = [measured.growth_gap_smallest(s), measured.growth_gap_small(s), measured.growth_gap_middle(s),
            measured.growth_gap_largest(s)]  # fmt: skip
    assert gaps == pytest.approx(np.array(expected) - np.mean(expected))


def test_growth_of_a_class_spares_who_did_not_live_the_whole_first_year():
    sales = np.array([[0.1, 0.1, 0.1], [0.1, 0.5, 5.0]])
    s = growing(sales, born=np.repeat([1990.0, 2010.4], 2))
    assert measured.growth_by_class(s)[0] == pytest.approx(0)
    assert math.isnan(measured.growth_gap_smallest(s))  # the other classes are empty


def test_fluctuations_of_a_year_are_not_taken_for_growth_of_the_small():
    draws = np.random.default_rng(8)
    firms = 100000
    steps = draws.normal(0.08 - 0.3**2 / 2, 0.3, (firms, 5))  # Gibrat: every size grows by 8 % on average
    core = np.exp(draws.normal(-0.5, 1.2, (firms, 1)) + np.cumsum(steps, axis=1))
    s = growing(core * np.exp(draws.normal(0, 0.3, core.shape)))
    rates = measured.growth_by_class(s)
    assert rates == pytest.approx(math.exp(0.08) - 1, abs=0.02)
    assert measured.growth_gap_smallest(s) == pytest.approx(0, abs=0.01)
    by_year_before = s.everyone[s.everyone["last_sales"].between(0.05, 0.2)]
    assert by_year_before["year_sales"].sum() / by_year_before["last_sales"].sum() - 1 > 0.15


def test_turnover_at_the_start_is_against_all_firms_of_the_year_before():
    # 2010: ten firms, of whom 1 to 8 are left at the end of 2011; 9 fell below the threshold, 10 left before any step.
    # 11 and 12 rose above it or were born. In 2012 one of these ten has gone and one is new.
    ids = [*range(1, 9), 9, 11, 12, *range(1, 9), 11, 13]
    s = sampled(
        base_firms=10,
        id=ids,
        year=[2011] * 11 + [2012] * 10,
        year_sales=[1.0] * 8 + [0.01] + [1.0] * 12,
        last_sales=[1.0] * 9 + [0.01, 1.0] + [1.0] * 10,
        born=[1990.0] * 10 + [2011.3] + [1990.0] * 10,
    )
    assert measured.turnover_of_first_year(s) == pytest.approx((0.2, 0.2))
    assert measured.exit_at_start(s) == pytest.approx(0.2 / 0.1)
    assert measured.entry_at_start(s) == pytest.approx(0.2 / 0.1)


def test_turnover_at_the_start_is_refused_where_the_thresholds_differ():
    with pytest.raises(ValueError, match="3 firms stayed of 2"):
        measured.turnover_of_first_year(sampled(base_firms=2, id=[1, 2, 3], year=2011))


def test_investment_through_time_is_of_all_firms_together():
    s = sampled(id=[1, 2, 1, 2, 1, 3], year=[2011, 2011, 2012, 2012, 2013, 2013], quarters=[4, 4, 4, 4, 4, 2],
                investment=[0.0, 0.3, 0.1, 0.1, 0.2, 9.0], output_value=[1.0, 2.0, 1, 1, 1, 1])  # fmt: skip
    assert accounts.investment_over_output(s) == pytest.approx((0.1 + 0.1 + 0.2) / 3)
    assert accounts.investment_at_start(s) == pytest.approx(0.1 / 0.15)


def test_profit_is_surplus_less_interest_and_depreciation():
    s = sampled(id=[1, 2, 3], year=2011, year_sales=[2.0, 1.0, 1.0], surplus=[0.5, 0.1, 5.0], interest=[0.1, 0.05, 0.0],
                opening_capital=[0.5, 1.0, 1.0], capital=[1.5, 1.0, 1.0], quarters=[4, 4, 3])  # fmt: skip
    assert accounts.profits(s)["profit"].to_numpy() == pytest.approx([0.3, -0.05])
    assert accounts.profit_over_sales(s) == pytest.approx(0.25 / 3)
    assert accounts.loss_share(s) == pytest.approx(0.5)


def test_persistence_of_profit_is_that_of_the_rate_across_firms():
    draws = np.random.default_rng(9)
    rates = np.zeros((5000, 5))
    rates[:, 0] = draws.normal(0, 0.1, 5000)
    for year in range(1, 5):
        rates[:, year] = 0.6 * rates[:, year - 1] + draws.normal(0, 0.08, 5000)
    rates[0, 2] = 50.0  # a year of hardly any sales
    industry = np.repeat(np.arange(5000) % 2, 5)
    keys, rate = panel_of(rates)
    sales = np.exp(draws.normal(0, 1, rate.size))  # the amount of profit has no memory
    surplus = sales * (rate + 0.1 + 0.5 * industry)  # and an industry's level is none
    s = sampled(**keys, year_sales=sales, surplus=surplus, interest=0.0, opening_capital=0.0, capital=0.0,
                industry=industry.astype(float))  # fmt: skip
    assert accounts.profit_persistence(s) == pytest.approx(0.6, abs=0.02)


def test_labour_share_is_of_all_firms_together():
    s = sampled(id=[1, 2, 3], year=2011, wages=[0.2, 0.4, 0.5], value_added=[1.0, 0.5, 0.5], quarters=[4, 4, 3])
    assert accounts.labour_share(s) == pytest.approx(0.4)


def test_ages_are_those_at_the_end_of_the_year():
    s = sampled(id=[1, 2, 3, 4, 5], year=2011, born=[2011.5, 2007.0, 2007.1, 1992.0, 1992.1],
                year_sales=[1.0, 1.0, 1.0, 1.0, 1.0])  # fmt: skip
    assert measured.ages(s).to_numpy() == pytest.approx([0.5, 5, 4.9, 20, 19.9])
    assert measured.median_age(s) == pytest.approx(5)
    assert measured.young_share(s) == pytest.approx(2 / 5)
    assert measured.old_share(s) == pytest.approx(1 / 5)


def test_four_firms_share_of_the_sales_of_all():
    s = sampled(id=[1, 2, 3, 4, 5, 6, 1], year=[2011] * 6 + [2012], year_sales=[4.0, 3.0, 2.0, 1.0, 0.5, 0.01, 1.0])
    assert measured.top_four_share(s) == pytest.approx((10 / 10.5 + 1) / 2)


def test_spikes_are_measured_against_the_capital_of_the_years_opening():
    s = sampled(id=[1, 2, 3], year=2011, year_investment=[0.1, 0.3, 0.9], opening_capital=[1.0, 1.0, 3.0])
    assert accounts.spike_share(s) == pytest.approx(2 / 3)
    assert accounts.investment_in_spikes(s) == pytest.approx(1.2 / 1.3)


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
    ("band", "expected"),
    [
        ((0.8, 1.0, 2.0), "pass"),
        ((0.9, 0.9, 0.9), "pass"),  # ends belong to the range
        ((1.4, 1.5, 1.6), "pass"),
        ((1.4, 1.51, 1.6), "near"),
        ((1.5, 1.7, 2.0), "near"),
        ((0.5, 0.6, 0.9), "near"),
        ((0.5, 0.89, 2.0), "near"),  # however far the band reaches
        ((1.51, 1.52, 1.53), "fail"),  # however close it comes
        ((0.5, 0.6, 0.89), "fail"),
        ((math.nan, 1.0, 1.1), "fail"),
    ],
)
def test_verdicts_go_by_the_median(band, expected):
    assert facts.verdict(0.9, 1.5, band) == expected


def test_an_open_end_of_a_range_is_never_passed():
    assert facts.verdict(2.0, math.inf, (1.0, 2.5, 1e9)) == "pass"
    assert facts.verdict(2.0, math.inf, (1.0, 1.5, 2.5)) == "near"
    assert facts.verdict(-math.inf, 0.0, (-1e9, 0.1, 0.2)) == "near"


def test_judging_takes_the_median_over_replicates():
    values = pd.DataFrame({key: np.zeros(20) for key in sampling.STATISTICS})
    values["tail_exponent_rank"] = [1.0] * 11 + [2.0] * 9  # 0.9 to 1.5
    values["tail_exponent_likelihood"] = [1.0] * 9 + [2.0] * 11
    table = facts.judge(values)
    assert table.loc[("C1", "tail_exponent_rank"), "verdict"] == "pass"
    assert table.loc[("C1", "tail_exponent_likelihood"), "verdict"] == "near"
    assert facts.by_fact(table).loc["C1", "verdict"] == "near"


def results_file():
    """Two firms over two years of two steps; the second closes in the last step, a third is born in it."""
    rows = [(1, 8, 1.0), (1, 9, 2.0), (1, 10, 3.0), (1, 11, 4.0), (2, 8, 5.0), (2, 9, 6.0), (2, 10, 7.0), (3, 11, 0.5)]
    ids, steps, sales = (np.array(column, float) for column in zip(*rows, strict=True))
    frame = pd.DataFrame({"id": ids, "year_sales": sales, "last_sales": 1.0, "value_added": sales / 2})
    frame["industry"] = np.where(ids == 2, 1.0, 0.0)
    frame["born"] = np.where(ids == 3, 2012.5, 2000.0)
    frame["patents"] = steps - 8
    frame["output"] = 10.0
    for name in [*panels.STATES, *panels.FLOWS, "research", "opening_capital"]:
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
    assert table.loc[(1, 2012), "surplus"] == 10 + 11
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
    assert facts.measurements(data).shape == (2, len(sampling.STATISTICS))


def test_a_fact_is_as_good_as_its_worst_statistic():
    one = pd.DataFrame({key: [0.0, 0.0] for key in sampling.STATISTICS})
    one["tail_exponent_rank"] = 1.2
    table = facts.judge(one)
    assert table.loc[("C1", "tail_exponent_rank"), "verdict"] == "pass"
    assert facts.by_fact(table).loc["C1", "verdict"] == "fail"
    assert "Essential facts that do not pass: C1" in facts.render(table)
    assert "未达到通过的必要事实：C1" in facts.render(table, lang="zh")


def test_an_essential_fact_that_is_only_near_is_named():
    one = pd.DataFrame({key: [0.0, 0.0] for key in sampling.STATISTICS})
    for fact in facts.card()["facts"].values():
        for entry in fact["statistics"]:
            one[entry["key"]] = entry.get("low", entry.get("high"))
    one["spike_share"] = [0.3, 0.5]  # median 0.4, of 0.2 to 0.35
    text = facts.render(facts.judge(one))
    assert "Essential facts that do not pass: C15" in text
    assert "pass 22, near 1, fail 0" in text
