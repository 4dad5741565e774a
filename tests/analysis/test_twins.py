"""Firm twins with known histories: who would have grown anyway, who lost, and where the money went."""

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from scipy import stats

from jiju.errors import UsageError
from jiju.studies.firm_twins import deadweight, twins, winners

FADES = np.exp(-0.25)  # in a quarter

# firm: place, sales before, sales at the end without and with the policy (0: gone), support in the second step with it
FIRMS = {
    1: (0, 10.0, 12.0, 12.0, 2.0),  # would have grown anyway
    2: (0, 10.0, 10.0, 14.0, 1.0),  # grew through the policy alone
    3: (1, 10.0, 8.0, 9.0, 1.0),  # shrank less
    4: (1, 10.0, 12.0, 11.0, 0.0),  # lost to the others
    5: (1, 0.0, 0.0, 3.0, 0.0),  # exists only with the policy
    6: (1, 0.1, 0.0, 0.0, 0.0),  # gone either way
}


def panel():
    rows = []
    for scenario in (0, 1):
        for step in (0, 1, 2, 3):
            for firm, (place, start, without, having, money) in FIRMS.items():
                end = (without, having)[scenario]
                if (end == 0 and step > 1) or (start == 0 and (scenario == 0 or step == 0)):
                    continue
                support = money * FADES ** (step - 1) if scenario and step else 0.0
                sales = end * (step + 1) / 4
                rows.append([scenario, 0, 2011, step + 1, firm, 0, place, place, 3, 0, start, sales, support, 0, 10])
    names = ["panel_scenario", "panel_replicate", "panel_year", "panel_quarter", "firm_id", "firm_industry",
             "firm_place", "firm_cluster", "firm_tier", "firm_named", "firm_last_sales", "firm_year_sales",
             "firm_support", "firm_guaranteed", "firm_labour"]  # fmt: skip
    columns = np.array(rows, float).T
    toml = (
        "[scenario]\nsteps_per_year = 4\n[places.shangyu]\n[places.zhuji]\n[parameters.population]\n"
        "base_threshold = 0.05\nnew_threshold = 0.2\n[parameters.standing]\nleading_sales = 10\n"
    )
    return xr.Dataset(
        {name: ("observation", column) for name, column in zip(names, columns, strict=True)}
        | {"scenario_toml": ("scenario", [toml, toml])},
        coords={"scenario": ["base", "plan"]},
    )


@pytest.fixture(scope="module")
def pairs():
    return twins(panel())


def test_pairs_are_the_same_firms(pairs):
    found = pairs.set_index("firm")
    assert found["change"].to_dict() == pytest.approx({1: 0, 2: 4, 3: 1, 4: -1, 5: 3, 6: 0})
    assert found["money"].to_dict() == pytest.approx({1: 2, 2: 1, 3: 1, 4: 0, 5: 0, 6: 0})
    assert found["treated"].sum() == 3 and found.loc[5, "new"] and not found.loc[6, "alive"]
    assert found.loc[3, "place"] == "zhuji" and found.loc[6, "size"] == "0.05 to 0.2"


def test_deadweight_shares(pairs):
    """Of 4 in all, 2 went to growth that came anyway, 1 to growth that did not, 1 to a firm that did not grow."""
    row = deadweight(pairs).loc["all"]
    assert row[["money", "deadweight", "additional", "no_growth"]].tolist() == pytest.approx([4, 0.5, 0.25, 0.25])
    assert row["additionality"] == pytest.approx((0 + 4 + 1) / 4)
    assert row["all_firms"] == pytest.approx((0 + 4 + 1 - 1 + 3) / 4)


def test_half_of_a_growth_may_be_deadweight(pairs):
    half = pairs[pairs["firm"] == 2].assign(end_base=12.0, change=2.0)
    row = deadweight(half).loc["all"]
    assert row[["deadweight", "additional"]].tolist() == pytest.approx([0.5, 0.5])


def test_winners_and_losers(pairs):
    found = winners(pairs, "place")
    assert found["change"].to_dict() == pytest.approx({"shangyu": 4, "zhuji": 3})
    assert found.loc["zhuji", ["gained", "lost"]].tolist() == pytest.approx([4, -1])
    assert winners(pairs, "treated").loc[False, "worse"] == pytest.approx(1 / 3)
    assert winners(pairs, "size")["change"].sum() == pytest.approx(pairs["change"].sum())


def test_money_that_came_without_the_policy_does_not_count():
    data = panel()
    data["firm_support"] = data["firm_support"].where(data["panel_scenario"] == 1, 0.5 * (data["panel_quarter"] == 2))
    found = twins(data).set_index("firm")
    assert found.loc[[1, 2, 4], "money"].tolist() == pytest.approx([1.5, 0.5, -0.5])


def test_results_without_firms_are_refused():
    with pytest.raises(UsageError, match="--record firms"):
        twins(xr.Dataset())


def many_replicates(size):
    """Twins of 24 replicates, `size` of which share a draw; firm 2 gains more in some draws."""
    one = twins(panel())
    parts = []
    for replicate in range(24):
        draw = replicate // size
        copy = one.assign(replicate=replicate, draw=draw)
        copy.loc[copy["firm"] == 2, ["end", "change"]] += float(np.sin(draw)) + 0.1 * float(np.cos(replicate))
        parts.append(copy)
    return pd.concat(parts, ignore_index=True)


@pytest.mark.parametrize("size", [1, 2])
def test_intervals_go_by_draws(size):
    frame = many_replicates(size)
    found = winners(frame, "place")
    totals = frame[frame["place"] == "shangyu"].groupby("replicate")["change"].sum().to_numpy()
    low, high = stats.ttest_1samp(totals.reshape(-1, size).mean(axis=1), 0).confidence_interval(0.95)
    assert found.loc["shangyu", ["change_low", "change_high"]].tolist() == pytest.approx([low, high])
    row = deadweight(frame).loc["all"]
    assert row["additionality_low"] < row["additionality"] < row["additionality_high"]
    assert row["deadweight_low"] < row["deadweight"] + 1e-12 and row["deadweight"] - 1e-12 < row["deadweight_high"]
    assert (row.name, found.attrs["replicates"], found.attrs["draws"]) == ("all", 24, 24 // size)
    shuffled = frame.sample(frac=1, random_state=1)
    assert winners(shuffled, "place").loc["shangyu"].to_dict() == pytest.approx(found.loc["shangyu"].to_dict())


def test_too_few_draws_and_wrong_names_are_refused():
    with pytest.raises(UsageError, match="24 replicates share 8 draws"):
        deadweight(many_replicates(3))
    with pytest.raises(UsageError, match="did you mean 'place'"):
        winners(many_replicates(1), "plase")
    with pytest.raises(UsageError, match="no column replicate"):
        deadweight(pd.DataFrame({"a": [1]}))


def test_scenarios_go_by_name_and_selections_by_what_is_left():
    data = panel()
    turned = data.isel(scenario=[1, 0])
    assert twins(data, "base", "plan")["change"].sum() == pytest.approx(twins(data)["change"].sum())
    with pytest.raises(UsageError, match="of more scenarios than they list"):
        twins(data.sel(scenario="base"))
    with pytest.raises(UsageError, match=r"no scenario 'paln'.*did you mean 'plan'"):
        twins(data, "base", "paln")
    named = turned.assign(panel_scenario=turned["panel_scenario"].assign_attrs(flag_values=[0, 1],
                                                                             flag_meanings="base plan"))
    assert twins(named, "base", "plan")["change"].sum() == pytest.approx(twins(data)["change"].sum())


def test_replicates_kept_under_one_scenario_alone_are_left_out():
    data = panel()
    other = data.isel(observation=data["panel_scenario"].values == 1)
    more = xr.concat([data, other.assign(panel_replicate=other["panel_replicate"] + 1)], "observation",
                     data_vars="minimal", coords="minimal", compat="override")
    assert twins(more)["change"].sum() == pytest.approx(twins(data)["change"].sum())
