"""Outputs that a file has only where they are asked for or known: exports, and money of levers by place."""

import numpy as np
import pytest
from jiju_command import REFUSED, City, good, jiju, opened, summary

ABROAD = """extends = "../tutorial/river-city.toml"
[scenario]
years = 2
burn_in_years = 1
[industries.machines]
exports_share = 0.4
[industries.medicine]
exports_share = 0.1
[targets.abroad]
output = "exports"
measure = "share"
of = "sales"
value = 0.2
"""


@pytest.fixture
def abroad(tmp_path):
    return City(tmp_path).write(ABROAD)


def run(tmp_path, *words):
    path = tmp_path / "out.h5"
    good("run", *words, "--replicates", 4, "-o", path, "--force")
    return opened(path)


def test_exports_are_kept_where_a_scenario_says_their_share(abroad, tmp_path):
    data = run(tmp_path, abroad)
    share = data["industry"].copy(data=[0.4 if key == "machines" else 0.1 for key in data["industry"].values])
    np.testing.assert_allclose(data["exports"], data["sales"] * share, rtol=1e-12)
    np.testing.assert_allclose(data["place_exports"].sum("place"), data["exports"].sum(["industry", "cluster"]))
    assert data["exports"].attrs["units"] == "1e8 CNY" and data["exports"].attrs["long_name_zh"] == "出口额"
    assert "industry_place_exports" not in data
    exported, sold = (data[name].isel(year=-1).sum(["industry", "cluster"]) for name in ("exports", "sales"))
    np.testing.assert_allclose(data["target_value"].sel(target="abroad"), exported / sold, rtol=1e-12)
    plain = run(tmp_path, abroad.parents[1] / "tutorial" / "river-city.toml")
    assert not [name for name in plain if "exports" in name]


def test_what_is_not_known_is_missing(abroad, tmp_path):
    only = ["--set", "industries.machines.exports_share=0.4"]
    city = abroad.parents[1] / "tutorial" / "river-city.toml"
    data = run(tmp_path, city, *only)
    assert data["exports"].sel(industry="machines").notnull().all()
    assert data["exports"].sel(industry="medicine").isnull().all()
    assert data["place_exports"].isnull().all()
    assert (data["exports_statistics"].sel(industry="medicine", statistic="count") == 0).all()


def test_exports_are_refused_where_no_share_is_said(abroad):
    city = abroad.parents[1] / "tutorial" / "river-city.toml"
    asked = jiju("run", city, "--replicates", 1, "--outputs", "exports")
    assert asked.returncode == REFUSED and "no industry says its exports_share" in asked.stderr
    for lang, said in (("en", 'is not known of "medicine": industries.medicine.exports'), ("zh", "exports_share")):
        target = jiju("validate", city, "--set", 'targets.abroad={output="exports", value=1}',
                      "--set", "industries.machines.exports_share=0.4", "--lang", lang)  # fmt: skip
        assert target.returncode == REFUSED and said in target.stderr
    wrong = jiju("validate", abroad, "--set", "industries.machines.exports_share=1.4")
    assert wrong.returncode == REFUSED and "0 to 1" in wrong.stderr


def test_a_target_of_exports_is_called_by_what_it_asks(abroad):
    (target,) = [row for row in summary("describe", "targets", abroad)["targets"] if row["key"] == "abroad"]
    assert "Exports" in target["name"]
    assert "出口额" in target["name_zh"]


def test_money_of_levers_by_place_is_kept_where_it_is_asked_for(tmp_path):
    plan = ["shaoxing-2011/plan", "--set", "scenario.years=2", "--set", "scenario.burn_in_years=1"]
    data = run(tmp_path, *plan, "--set", "record.place_levers=true")
    everywhere = data["place_lever_money"].sum("place") + data["lever_citywide"]
    np.testing.assert_allclose(everywhere, data["lever_money"].sum("recipient"), atol=1e-12)
    by_purse = data["place_lever_money"].groupby("lever_purse").sum()
    np.testing.assert_allclose(by_purse.sum("lever_purse"), data["place_lever_money"].sum("lever"), atol=1e-12)
    assert (data["place_lever_beyond"] <= data["place_lever_money"]).all()
    assert "place_lever_money" not in run(tmp_path, *plan)
