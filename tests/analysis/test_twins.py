"""Firm twins with known histories: who would have grown anyway, who lost, and where the money went."""

import numpy as np
import pytest
import xarray as xr

from jiju.errors import UsageError
from jiju.firm_twins import deadweight, twins, winners

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
                rows.append([scenario, 0, step, firm, 0, place, place, 3, 0, start, sales, support, 0, 10])
    names = ["panel_scenario", "panel_replicate", "firm_step", "firm_id", "firm_industry", "firm_place", "firm_cluster",
             "firm_tier", "firm_named", "firm_last_sales", "firm_year_sales", "firm_support", "firm_guaranteed",
             "firm_labour"]  # fmt: skip
    columns = np.array(rows, float).T
    toml = "[scenario]\nsteps_per_year = 4\n[places.shangyu]\n[places.zhuji]\n"
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
    data["firm_support"] = data["firm_support"].where(data["panel_scenario"] == 1, 0.5 * (data["firm_step"] == 1))
    found = twins(data).set_index("firm")
    assert found.loc[[1, 2, 4], "money"].tolist() == pytest.approx([1.5, 0.5, -0.5])


def test_results_without_firms_are_refused():
    with pytest.raises(UsageError, match="--record firms"):
        twins(xr.Dataset())
