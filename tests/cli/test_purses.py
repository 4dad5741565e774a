"""Money that binds is reported: by runs, sweeps and results files, and only where a purse is short."""

import json

import numpy as np
import pytest
from jiju_command import REFUSED, good, jiju, opened, table

# Three levers of the plan draw on one purse in one year: 3 + 1 are asked for, and half of it is there.
SHORT_PURSE = """
extends = "shaoxing-2011/status-quo"
[scenario]
years = 1
burn_in_years = 1
replicates = 4
[purses.municipal]
money = {money}
realised = 1
[levers.special_fund]
budget = 3
realised = 1
{purse}
[levers.platforms]
budget = 1
realised = 1
"""


def scenario(folder, money=2, purse=""):
    path = folder / "purse.toml"
    path.write_text(SHORT_PURSE.format(money=money, purse=purse), encoding="utf-8")
    return path


def test_a_short_purse_is_reported_by_lever(tmp_path):
    (purse,) = table("run", scenario(tmp_path))["purses"]
    assert purse["key"] == "municipal" and purse["name_zh"] == "市县战略性新兴产业财政资金"
    assert (purse["asked"], purse["allotted"]) == pytest.approx((4, 2))
    levers = {row["key"]: (row["asked"], row["allotted"], row["replicates_cut"]) for row in purse["levers"]}
    assert levers.keys() == {"special_fund", "platforms"}
    assert levers["special_fund"] == pytest.approx((3, 1.5, 4)) and levers["platforms"] == pytest.approx((1, 0.5, 4))
    text = good("run", scenario(tmp_path))
    assert "A purse was short" in text and "50.0 %" in text and "100 %" in text
    chinese = good("run", scenario(tmp_path), "--lang", "zh")
    assert "资金池不足" in chinese and "市县战略性新兴产业财政资金" in chinese


@pytest.mark.parametrize(("money", "purse"), [(4, ""), (1, 'purse = "own"'), (1, 'purse = ""')])
def test_who_has_enough_is_not_mentioned(tmp_path, money, purse):
    path = scenario(tmp_path, money, purse)
    assert table("run", path)["purses"] == []
    assert "purse" not in good("run", path)


def test_a_purse_of_one_s_own_is_as_large_as_what_is_asked(tmp_path):
    path = tmp_path / "own.h5"
    good("run", scenario(tmp_path, 1, 'purse = "own"'), "--set", "levers.special_fund.budget=50", "-o", path)
    data = opened(path).sel(lever="special_fund")
    np.testing.assert_allclose(data.lever_asked_total, 50)
    np.testing.assert_array_equal(data.lever_allotted_total, data.lever_asked_total)


def test_purses_are_checked_by_name(tmp_path):
    seen = jiju("validate", scenario(tmp_path, purse='purse = "municpal"'))
    assert seen.returncode == REFUSED and 'did you mean "municipal"?' in seen.stderr
    own = tmp_path / "own.toml"
    own.write_text(
        'extends = "shaoxing-2011/plan"\n[purses.own]\nname = "Own"\nname_zh = "自有"\nmoney = 3\n', encoding="utf-8"
    )
    seen = jiju("validate", own)
    assert seen.returncode == REFUSED and "own.toml:2:1: error: " in seen.stderr and "another key" in seen.stderr


def test_files_have_it_again_whatever_they_keep(tmp_path):
    """Asked and given are kept of every replicate; the years add up to the totals."""
    path = tmp_path / "purse.h5"
    words = [scenario(tmp_path), "--set", "scenario.years=2", "-o", path]
    for detail in ("targets", "yearly"):
        first = good("run", *words, "--record", detail, "--force", "--json")
        assert json.loads(good("show", path, "--json")) == json.loads(first)
    data = opened(path)
    for kind in ("asked", "allotted"):
        np.testing.assert_allclose(data[f"lever_{kind}"].sum("year"), data[f"lever_{kind}_total"], rtol=1e-12)


def test_a_sweep_reports_it_by_point(tmp_path):
    scenario(tmp_path)
    design = tmp_path / "design.toml"
    design.write_text(
        'base = "purse"\nmethod = "grid"\n[factors.fund]\nkey = "levers.special_fund.budget"\nvalues = [0, 1, 2, 3]\n',
        encoding="utf-8",
    )
    seen = json.loads(good("sweep", design, "--json"))["scenarios"]
    assert [round(sum(purse["asked"] for purse in each["purses"]), 9) for each in seen] == [0, 0, 3, 4]
    text = good("sweep", design)
    assert "p0003" in text.split("A purse was short")[1] and "66.7 %" in text
    own = design.read_text(encoding="utf-8").replace('method', 'set = ["levers.special_fund.purse = own"]\nmethod')
    design.write_text(own, encoding="utf-8")
    assert "purse" not in good("sweep", design)


def test_the_bundled_design_grows_the_purse_with_the_fund(tmp_path):
    """All that the fund asks for it gets, and none of it is taken from others."""
    path = tmp_path / "sweep.h5"
    good("sweep", "fund-and-land", "--replicates", 1, "-o", path)
    data = opened(path)
    fund = data.lever_asked_total.sel(lever="special_fund")
    np.testing.assert_array_equal(fund, data.lever_allotted_total.sel(lever="special_fund"))
    others = data.lever_allotted_total.drop_sel(lever="special_fund").sum("lever").isel(replicate=0)
    by_fund = data.design.sel(factor="fund")
    assert len(np.unique(by_fund)) == 6
    # what province and state add answers to the city a little
    np.testing.assert_allclose(others, others[0], rtol=1e-5)
