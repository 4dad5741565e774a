"""Arms that differ in levers, targets and clusters share a run; a policy is changed in a few lines."""

import json

import numpy as np
import pytest
from jiju_command import OK, REFUSED, good, jiju, opened, sha256, summary, table

BASE = """extends = "tutorial/river-city"
[scenario]
years = 2
burn_in_years = 1
replicates = 6
"""
MORE = BASE + """
[levers.small_fund]
like = "special_fund"
budget = 0.5
eligible = { tiers = ["start_up"] }
[clusters.old_medicine]
name = "Old medicine"
name_zh = "老城医药"
industry = "medicine"
places = ["old_town"]
share = 0.5
[targets.T9]
name = "Nine"
name_zh = "九"
section = "1"
output = "output"
unit = "1e8 CNY/year"
value = 150
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("arms")
    for name, text in (("plain", BASE), ("more", MORE)):
        (place / f"{name}.toml").write_text(text, encoding="utf-8")
        good("run", place / f"{name}.toml", "-o", place / f"{name}.h5")
    good("run", place / "plain.toml", place / "more.toml", "-o", place / "both.h5")
    return place


def test_what_arms_have_in_common_is_bit_for_bit_that_of_separate_runs(folder):
    both = opened(folder / "both.h5")
    for name in ("plain", "more"):
        alone = opened(folder / f"{name}.h5")
        for key, apart in alone.data_vars.items():
            if not {"scenario", "replicate"} <= set(apart.dims) or apart.dtype.kind not in "fi":
                continue
            keys = {dim: apart[dim].values for dim in ("lever", "target", "cluster") if dim in apart.dims}
            here = both[key].sel(scenario=name, **keys)
            np.testing.assert_array_equal(here.values, apart.isel(scenario=0).values, err_msg=f"{name} {key}")


def test_what_an_arm_lacks_is_nothing_there_and_targets_are_judged_all_the_same(folder):
    both = opened(folder / "both.h5")
    plain = both.sel(scenario="plain")
    assert float(abs(plain.lever_money.sel(lever="small_fund")).sum()) == 0
    assert float(both.lever_money.sel(scenario="more", lever="small_fund").sum()) > 0
    assert float(abs(plain.output.sel(cluster="old_medicine")).sum()) == 0
    np.testing.assert_array_equal(plain.target_value.sel(target="T9"), plain.target_value.sel(target="T1"))
    shown = good("show", folder / "both.h5")
    assert shown.count("Nine") == 2


def test_the_file_is_verified_and_replayed_and_hangs_on_no_threads_or_shards(folder, tmp_path):
    arms = (folder / "plain.toml", folder / "more.toml")
    assert "verified" in good("verify", folder / "both.h5", "--sample", "all")
    good("replay", folder / "both.h5", "--replicate", 2, "-o", tmp_path / "again.h5")
    good("run", *arms, "--threads", 1, "-o", tmp_path / "one.h5")
    shards = [tmp_path / f"{k}.h5" for k in (1, 2, 3)]
    for k, shard in enumerate(shards, 1):
        good("run", *arms, "--shard", f"{k}/3", "-o", shard)
    good("merge", *shards, "-o", tmp_path / "merged.h5")
    assert sha256(folder / "both.h5") == sha256(tmp_path / "one.h5") == sha256(tmp_path / "merged.h5")


def test_arms_in_another_order_give_the_same(folder, tmp_path):
    good("run", folder / "more.toml", folder / "plain.toml", "-o", tmp_path / "other.h5")
    here, there = opened(folder / "both.h5"), opened(tmp_path / "other.h5")
    np.testing.assert_array_equal(here.output.sel(scenario="plain"),
                                  there.output.sel(scenario="plain", cluster=here["cluster"].values))


# Double the fund for small firms in two counties from 2013: the task of a user, in six lines.
TASK = """extends = "shaoxing-2011/plan"
[levers.special_fund_small]
like = "special_fund"
purse = "own"
budget = { step = 2, from = 2013 }
eligible = { places = ["zhuji", "xinchang"], tiers = ["start_up", "growing"] }
"""


def test_doubling_a_fund_for_some_from_a_year_on_takes_six_lines(tmp_path):
    assert len(TASK.splitlines()) == 6
    path = tmp_path / "task.toml"
    path.write_text(TASK, encoding="utf-8")
    assert "ok:" in good("validate", path)
    described = json.loads(good("describe", "levers", path, "--json"))["levers"]
    (made,) = [lever for lever in described if lever["key"] == "special_fund_small"]
    (original,) = [lever for lever in described if lever["key"] == "special_fund"]
    assert made["components"].keys() == original["components"].keys() and made["like"] == "special_fund"
    good("run", "shaoxing-2011/plan", path, "--replicates", 2, "-o", tmp_path / "task.h5")
    money = opened(tmp_path / "task.h5").lever_money.sel(lever="special_fund_small").sum("recipient")
    by_year = money.sel(scenario="task").mean("replicate")
    years = by_year["time"].dt.year if "time" in by_year.dims else by_year["year"]
    assert float(by_year.where(years < 2013, 0).sum()) == 0
    assert float(by_year.where(years >= 2013, 0).sum()) > 4
    assert float(money.sel(scenario="plan").sum()) == 0


def test_changes_on_the_command_line_and_in_words(tmp_path):
    change = "levers.special_fund.budget={ times = 2, from = 2013 }"
    words = good("diff", "shaoxing-2011/plan", "shaoxing-2011/plan", "--set", change)
    assert "Special development fund" in words and "4 at 2013Q1" in words
    chinese = good("diff", "shaoxing-2011/plan", "shaoxing-2011/plan", "--set", change, "--lang", "zh")
    assert "产业发展专项资金" in chinese
    (found,) = json.loads(good("diff", "shaoxing-2011/plan", "shaoxing-2011/plan", "--set", change, "--json"))[
        "differences"
    ]
    assert found["path"] == "levers.special_fund.budget" and found["unit"] == "1e8 CNY/year"
    assert found["after"] == {"line": [["2011Q3", 1.0], ["2012Q3", 2.0], ["2013Q1", 2.0], ["2013Q1", 4.0]]}
    assert "say the same" in good("diff", "shaoxing-2011/plan", "shaoxing-2011/plan")
    seen = jiju("validate", "shaoxing-2011/plan", "--set", "levers.special_fund.loans.times=2")
    assert seen.returncode == REFUSED and "nothing to scale" in seen.stderr


DESIGN = """base = "{base}"
method = "grid"
[factors.fund]
key = "levers.special_fund.budget.times"
name = "Times the fund"
name_zh = "专项资金倍数"
values = [1, 2]
[factors.land]
key = "levers.land_guarantee.on"
words = ["true", "false"]
[factors.pace]
[factors.pace.choices.plan]
name = "as planned"
name_zh = "按计划"
set = []
[factors.pace.choices.late]
name = "a year late"
name_zh = "晚一年"
set = ['levers.special_fund.effort = 0', 'levers.land_guarantee.effort = {{ step = 1, from = 2012 }}']
"""


def test_designs_sweep_switches_and_choices_and_show_them_by_label(folder, tmp_path):
    path = tmp_path / "design.toml"
    path.write_text(DESIGN.format(base=folder / "plain.toml"), encoding="utf-8")
    words = ("sweep", path, "--replicates", 2)
    text = good(*words, "-o", tmp_path / "sweep.h5")
    rows = [line.split() for line in text.splitlines() if line.startswith("p0")]
    assert len(rows) == 8 and rows[0][1:4] == ["1", "true", "as"] and rows[-1][1:3] == ["2", "false"]
    assert "Times the fund" in text and "a year late" in text
    assert "晚一年" in good("show", tmp_path / "sweep.h5", "--lang", "zh")
    first = summary(*words)["scenarios"][1]
    assert [row["label"] for row in first["factors"]] == ["1", "true", "a year late"]
    data = opened(tmp_path / "sweep.h5")
    assert data.design_label.sel(scenario="p0002", factor="pace").item() == "a year late"
    assert json.loads(data.factor_levels.sel(factor="land").item()) == ["true", "false"]
    assert "verified" in good("verify", tmp_path / "sweep.h5")
    off = data.lever_allotted_total.sel(scenario="p0003", lever="special_fund")
    on = data.lever_allotted_total.sel(scenario="p0007", lever="special_fund")
    np.testing.assert_allclose(on, 2 * off)


def test_one_line_switches_many_components(folder):
    whole = table("run", folder / "plain.toml")
    without = table("run", folder / "plain.toml", "--set", "switches.grants=false")
    assert whole["sha256"] != without["sha256"]
    seen = jiju("validate", folder / "plain.toml", "--set", "switches.grant=false")
    assert seen.returncode == REFUSED and 'did you mean "grants"?' in seen.stderr
    assert jiju("validate", folder / "plain.toml", "--set", "levers.tax.components=false").returncode == OK
