"""Costs and gains: accounts worked out by hand, identities, and intervals of ratios that cover."""

import dataclasses

import numpy as np
import pytest

import jiju
from jiju.errors import UsageError
from jiju.runs.runner import Arm
from jiju.studies.appraisal import NAMES, Appraisal, accounts, lever_accounts, units_a_million
from jiju.studies.attribution import attribute
from jiju.studies.comparison import compare
from jiju.studies.returns import ratio_of, returns_of
from made_city import run
from made_results import results

OFF = {key: False for key in ("levers.fund.on", "levers.credit.on", "levers.land.on")}


def arm(*levers):
    return Arm("plan", {key: value for key, value in OFF.items() if key.split(".")[1] not in levers})


def changes(*levers, valued=None):
    """What these levers add to the accounts of the city, which is the same in every replicate."""
    found = accounts(run([arm(), arm(*levers)]), valued)
    return {name: float((found[name][1] - found[name][0]).mean()) for name in NAMES}


def test_the_accounts_of_a_lever_by_hand():
    """The fund: money 3, relief 0.3 and staff 0.2 a year, of which 1 buys services; years count 0.8 and 0.64 / 2."""
    found, twice = changes("fund"), 0.8 + 0.64 / 2
    assert found["budget"] == pytest.approx(2.5 * twice)
    assert found["forgone"] == pytest.approx(0.8 * twice)
    assert found["public_cost"] == pytest.approx(3.5 * twice)
    assert found["services"] == pytest.approx(1.0 * twice)
    assert found["excess_burden"] == pytest.approx(0.25 * 3.5 * twice)
    assert found["social_cost"] == pytest.approx((1 + 0.2 + 0.4 + 0.25 * 3.5) * twice)
    assert found["value_added"] == pytest.approx(0.25 * (3 * 0.8 + 6 * 0.64 / 2))
    assert found["value_added_end"] == pytest.approx(0.25 * 6 / 2)
    assert found["revenue"] == pytest.approx(0.15 * found["value_added"] + 0.3 * twice)
    assert found["net_value"] == pytest.approx(1.08 - 2.475 * 1.12)
    assert found["jobs"] == pytest.approx(10)


def test_what_loans_cost_is_a_transfer_and_plants_are_not():
    found, twice = changes("credit"), 0.8 + 0.64 / 2
    assert found["loans"] == pytest.approx(twice)
    assert found["services"] == pytest.approx(0)
    assert found["plant_use"] == pytest.approx((0.25 * 4 + 0.4) * twice)


def test_land_is_counted_once():
    """The rest of industry lacks 2 a year: a cost of the lever, and in the value added of all industry already."""
    found, twice = changes("land"), 0.8 + 0.64 / 2
    assert found["land"] == pytest.approx(2 * twice)
    assert found["value_added"] == pytest.approx(-2 * twice)
    assert found["value_added_with_land"] == pytest.approx(0)
    assert found["net_value"] == pytest.approx(-(2 + 0.1 + 0.25 * 0.1) * twice)


def test_without_discounting_the_accounts_are_plain_sums():
    data = run([arm("fund")])
    plain = accounts(data, Appraisal(0, 0, 0, 30))
    price = data["price_level"]
    money = (data["lever_money"] - data["lever_forgone"] - data["lever_loan_cost"]).sum("lever")
    assert plain["budget"].values == pytest.approx((money / price).sum("year").values)
    assert plain["excess_burden"].values == pytest.approx(0)
    assert plain["value_added"].values == pytest.approx((data["all_industry_value_added"] / price).sum("year").values)


def test_years_that_are_not_counted_count_for_nothing():
    valued = dataclasses.replace(Appraisal.of(run([arm()])), years=1)
    assert changes("fund", valued=valued)["budget"] == pytest.approx(2.5 * 0.8)
    assert changes("fund", valued=valued)["value_added_end"] == pytest.approx(0.25 * 3)


def test_nothing_done_costs_nothing():
    data = run([arm()])
    books = lever_accounts(data)
    assert all(float(np.abs(books[name]).max()) == 0 for name in books.data_vars)
    assert all(value == 0 for value in changes().values())


def test_the_books_of_levers_add_up_to_those_of_the_city():
    data = run([arm("fund", "credit", "land")])
    books, whole = lever_accounts(data).sum("lever"), accounts(data)
    twice = 0.8 + 0.64 / 2
    for name in ("budget", "loans", "administration", "services", "land"):
        assert books[name].values == pytest.approx(whole[name].values), name
    assert books["public_cost"].values + 1.3 * twice == pytest.approx(whole["public_cost"].values)  # the tax relief


def test_money_is_deflated_and_persons_are_not():
    with pytest.raises(UsageError, match="wanted is a currency"):
        units_a_million("person")
    assert units_a_million("1e8 CNY") == pytest.approx(0.01)
    assert units_a_million("CNY") == pytest.approx(1e6)
    assert accounts(run([arm()]))["jobs"].values == pytest.approx(1500)


def test_years_that_were_selected_are_not_taken_for_all():
    data = run([arm(), arm("fund")]).assign_attrs(base_year=2010).assign_coords(scenario=["base", "plan"])
    assert float(accounts(data)["budget"].max()) == pytest.approx(2.5 * 1.12)
    last = data.sel(year=[2012])
    with pytest.raises(UsageError, match="needs every year from 2011 on; these results have 2012"):
        accounts(last)
    assert compare(last).costs.empty


def test_what_is_missing_is_named():
    data = run([arm()])
    with pytest.raises(UsageError, match="an appraisal needs plants"):
        accounts(data.drop_vars("plants"))
    texts = [str(text).replace("discount_rate", "rate") for text in data.scenario_toml.values]
    with pytest.raises(UsageError, match=r"has no appraisal\.discount_rate"):
        accounts(data.assign_coords(scenario_toml=("scenario", texts)))


def test_returns_by_hand():
    found = accounts(run([arm(), arm("fund")]))
    told = returns_of(found.isel(scenario=0), found.isel(scenario=1))
    assert told["per_public"] == pytest.approx(1.08 / 3.92)
    assert told["per_social"] == pytest.approx(1.08 / (2.475 * 1.12))
    assert told["jobs_per_million"] == pytest.approx(0.01 * 10 / 3.92)
    assert (told["p_positive"], told["net_value_low"]) == (0, pytest.approx(1.08 - 2.475 * 1.12))
    nothing = returns_of(found.isel(scenario=0), found.isel(scenario=0))
    assert all(np.isnan(nothing[name]) for name in ("per_public", "per_social", "jobs_per_million", "p_positive"))


def test_the_interval_of_a_ratio_is_that_of_fieller():
    """Which is exact for normal values."""
    random = np.random.default_rng(1)
    cost = random.normal(10, 3, 400)
    gain = 0.5 * cost + random.normal(0, 4, 400)
    ratio, low, high = ratio_of(gain, cost)
    n, q = len(gain), 1.9659**2
    a = cost.mean() ** 2 - q * cost.var(ddof=1) / n
    b = cost.mean() * gain.mean() - q * np.cov(cost, gain)[0, 1] / n
    c = gain.mean() ** 2 - q * gain.var(ddof=1) / n
    root = np.sqrt(b**2 - a * c)
    assert ratio == pytest.approx(gain.mean() / cost.mean())
    assert (low, high) == (pytest.approx((b - root) / a, rel=0.02), pytest.approx((b + root) / a, rel=0.02))


def test_a_loss_has_a_ratio_and_a_cost_that_may_be_none_has_none():
    random = np.random.default_rng(2)
    cost = random.normal(10, 1, 50)
    assert ratio_of(-2 * cost, cost).high == pytest.approx(-2)
    assert np.isnan(ratio_of(cost, random.normal(0, 1, 50)).ratio)
    assert np.isnan(ratio_of(cost, -cost).ratio)
    assert np.isnan(ratio_of(cost, np.zeros(50)).ratio)


def test_replicates_that_are_missing_in_one_are_left_out():
    cost, gain = np.array([2.0, 2.1, 2.2, np.nan]), np.array([4.0, 4.2, 4.4, 100])
    assert ratio_of(gain, cost).ratio == pytest.approx(2)


def test_attribution_divides_every_account():
    """Levers' values of an account add up to what all levers together add to it."""
    found = attribute("plan", "base", run=run, progress=False)
    whole = changes("fund", "credit", "land")
    for name in NAMES:
        assert found.costs[name].sum() == pytest.approx(whole[name], abs=1e-12), name
    rows = found.costs.set_index("lever")
    assert rows.loc["land", "land"] == pytest.approx(2 * 1.12)
    # the 2 that fund and credit bring together are halved
    assert rows.loc["fund", "value_added"] == pytest.approx(0.25 * (7 / 2 * 0.8 + 7 * 0.32))
    assert rows.loc["fund", "per_public"] == pytest.approx(rows.loc["fund", "value_added"] / 3.92)
    assert "Costs and gains, all years" in repr(found) and "net present value" in found._repr_html_()


def test_sampled_orders_leave_ratios_without_an_interval():
    found = attribute("plan", "base", run=run, progress=False, permutations=4)
    assert found.costs["per_public_low"].isna().all() and found.costs["per_public"].notna().any()
    # an order and its reverse halve what fund and credit bring together, and nothing else varies
    exact = attribute("plan", "base", run=run, progress=False).costs
    for name in ("value_added", "value_added_low", "value_added_high"):
        assert found.costs[name].tolist() == pytest.approx(exact["value_added"].tolist()), name
    assert "net present value" in repr(found)


def test_compare_tells_all_years():
    data = run([arm(), arm("fund", "land")]).assign_coords(scenario=["base", "plan"])
    found = compare(data)
    costs = found.costs.set_index("account")
    assert costs.loc["public_cost", "difference"] == pytest.approx(changes("fund", "land")["public_cost"])
    assert costs.loc["public_cost", "unit"] == "1e8 CNY"
    ledgers = found.levers.query("indicator == 'lever_money'").set_index("lever")
    assert ledgers.loc["fund", "difference"] == pytest.approx(6)  # of two years
    assert ledgers.loc["fund", "year"] == "all"
    assert found.returns.loc[0, "per_public"] == pytest.approx(
        costs.loc["value_added", "difference"] / costs.loc["public_cost", "difference"]
    )
    assert {"costs", "returns"} <= set(found.to_dict())
    for lang, words in (("en", ("Net present value", "Land at its alternative use", "all years")),
                        ("zh", ("净现值", "用地机会成本", "各年合计"))):  # fmt: skip
        assert all(word in repr(compare(data, lang=lang)) for word in words), lang


def test_results_without_the_books_are_compared_as_before():
    chance = np.random.default_rng(2).normal(90, 10, size=30)
    found = compare(results({"base": chance, "plan": chance + 12}))
    assert found.costs.empty and found.returns.empty
    assert "Costs and gains" not in repr(found) and "costs" not in found.to_dict()


def test_unpaired_results_have_accounts_and_no_ratios():
    data = run([arm(), arm("fund")]).assign_coords(scenario=["base", "plan"])
    found = compare(data, paired=False)
    assert len(found.costs) == len(NAMES) and found.returns.empty
    assert "Public cost" in repr(found)


def test_without_a_plan_the_engines_city_has_no_cost_but_what_the_law_forgoes(simulated):
    found = accounts(simulated.memory)
    for name in ("budget", "loans", "administration", "services", "land"):
        assert float(np.abs(found[name]).max()) == 0, name
    assert found["public_cost"].values == pytest.approx(found["forgone"].values)
    assert float(found["forgone"].min()) > 0 and float(found["plant_use"].min()) > 0


def test_the_plans_costs_are_those_of_its_ledgers():
    plan = jiju.Scenario.load("shaoxing-2011/plan")
    richer = plan.copy()
    for scenario, money in ((plan, 1.0), (richer, 2.0)):
        scenario["levers.special_fund"] = {"budget": money, "purse": "own", "effort": 0, "realised": 1.0}
    richer.key = "richer"
    data = jiju.run(plan, richer, replicates=4, progress=False)
    found, books = accounts(data), lever_accounts(data)
    assert float(found["land"].max()) > 0, "in some replicate levers take land that others would have had"
    for name in ("budget", "loans", "administration", "services"):
        assert float(found[name].min()) > 0, name
    for name in ("budget", "loans", "administration", "services", "land"):
        assert books[name].sum("lever").values == pytest.approx(found[name].values), name
    relief = found["public_cost"] - books["public_cost"].sum("lever")
    assert float(relief.min()) > 0
    assert (books["forgone"].sum("lever") + relief).values == pytest.approx(found["forgone"].values)
    for name in ("budget", "administration"):
        once, twice = books[name].sel(lever="special_fund").values
        assert twice == pytest.approx(2 * once), name
