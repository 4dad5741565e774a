"""Scenarios and designs are found by name, by path and on the shelves, wherever they are named."""

import os
import shutil

import pytest
from jiju_command import REFUSED, SCENARIOS, good, jiju, opened, summary

FUND = '[scenario]\nname = "More"\nyears = 1\nburn_in_years = 1\n[levers.special_fund]\nbudget = 5\n'


def effective(tmp_path, scenario, name="out.h5", **how):
    path = tmp_path / name
    good("run", scenario, "--replicates", 1, "-o", path, **how)
    return opened(path).scenario_toml.item()


def shelf_of(folder, text, name="mine/own.toml"):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "base",
    ["shaoxing-2011/plan", "shaoxing-2011/plan.toml", "../shaoxing-2011/plan", str(SCENARIOS / "shaoxing-2011/plan"),
     "RELATIVE"],
    ids=["bare name", "with its ending", "as bundled scenarios do", "absolute path", "path above"],
)  # fmt: skip
def test_one_s_own_scenario_extends_a_bundled_one(base, tmp_path):
    own = tmp_path / "own.toml"
    base = base.replace("RELATIVE", os.path.relpath(SCENARIOS / "shaoxing-2011" / "plan", tmp_path))
    own.write_text(f'extends = "{base}"\n' + FUND, encoding="utf-8")
    assert good("validate", own).startswith(f"ok: {own}: More, Shaoxing")
    text = effective(tmp_path, own)
    assert "extends" not in text and "budget = 5.0" in text, "results hold all of it"


def test_all_ways_give_the_same_scenario_and_its_results_verify_without_it(tmp_path):
    texts = []
    for place, base in enumerate(["shaoxing-2011/plan", str(SCENARIOS / "shaoxing-2011" / "plan.toml")]):
        own = shelf_of(tmp_path / f"{place}", f'extends = "{base}"\n' + FUND)
        texts.append(effective(tmp_path, own, f"{place}.h5"))
    assert texts[0] == texts[1]
    shutil.rmtree(tmp_path / "0")
    assert "verified" in good("verify", tmp_path / "0.h5", "--sample", 1, env={"JIJU_SCENARIOS": "/nowhere"})


def test_data_are_included_by_the_same_names(tmp_path):
    two = 'include = ["shaoxing-2011/posterior", "shaoxing-2011/uncalibrated"]\n'
    own = shelf_of(tmp_path, 'extends = "shaoxing-2011/plan"\n' + two)
    seen = jiju("validate", own)
    assert seen.returncode == REFUSED and "an included file holds only data" in seen.stderr
    shelf_of(tmp_path, 'extends = "shaoxing-2011/plan"\ninclude = ["shaoxing-2011/posterior"]\n')
    assert good("validate", own).startswith("ok: ")


def test_shelves_of_one_s_own_in_their_order(tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    shelf_of(one, 'extends = "shaoxing-2011/plan"\n[scenario]\nname = "One"\n', "town/first.toml")
    shelf_of(two, 'extends = "town/first"\n[scenario]\nname_zh = "二"\n', "town/second.toml")
    shelf_of(two, 'extends = "shaoxing-2011/plan"\n[scenario]\nname = "Hidden"\n', "town/first.toml")
    env = {"JIJU_SCENARIOS": f"{one}::{two}"}
    assert ": One, " in good("validate", "town/second", env=env)
    assert ": Hidden, " in good("validate", "town/second", env={"JIJU_SCENARIOS": f"{two}:{one}"})
    assert jiju("validate", "town/second").returncode == REFUSED


def test_a_folder_copied_elsewhere_works(tmp_path):
    shutil.copytree(SCENARIOS / "shaoxing-2011", tmp_path / "copy")
    for name in ("plan", "plan-double-fund", "credit-only"):
        assert good("validate", tmp_path / "copy" / f"{name}.toml").startswith("ok: ")
    first = effective(tmp_path, tmp_path / "copy" / "status-quo.toml")
    assert first == effective(tmp_path, "shaoxing-2011/status-quo", "bundled.h5")


def test_what_is_not_there_is_reported_with_where_it_was_sought(tmp_path):
    own = shelf_of(tmp_path, 'extends = "shaoxing-2011/paln"\n')
    seen = jiju("validate", own, env={"JIJU_SCENARIOS": str(SCENARIOS)})
    assert seen.returncode == REFUSED
    said = f'{own}:1:11: error: extends: "shaoxing-2011/paln" does not exist; looked in {own.parent}, {SCENARIOS}'
    assert seen.stderr.startswith(said)
    assert seen.stderr.endswith('; did you mean "shaoxing-2011/plan"?\n')


def test_circles_are_refused(tmp_path):
    one = shelf_of(tmp_path, 'extends = "mine/two"\n', "mine/one.toml")
    shelf_of(tmp_path, 'extends = "mine/one"\n', "mine/two.toml")
    seen = jiju("validate", one, env={"JIJU_SCENARIOS": str(tmp_path)})
    assert seen.returncode == REFUSED and "forms a circle: one.toml -> two.toml -> one.toml" in seen.stderr


# ---- designs


QUICK = ["--replicates", 1, "--set", "scenario.years=1", "--set", "scenario.burn_in_years=1"]


@pytest.mark.parametrize("folder", ["", "shaoxing-2011/", "shaoxing-2011/designs/"])
def test_designs_have_bare_names(folder):
    seen = summary("sweep", f"{folder}fund-and-land", *QUICK)
    assert len(seen["scenarios"]) == 30


def test_a_design_names_its_base_by_any_name(tmp_path):
    text = 'base = "{}"\nmethod = "grid"\n[factors.fund]\nkey = "levers.special_fund.budget"\nvalues = [1, 2]\n'
    mine = shelf_of(tmp_path, 'extends = "shaoxing-2011/plan"\n', "mine.toml")
    design = tmp_path / "design.toml"
    for base in ("shaoxing-2011/plan", "mine", "mine.toml", mine):
        design.write_text(text.format(base), encoding="utf-8")
        assert len(summary("sweep", design, *QUICK)["scenarios"]) == 2
    design.write_text(text.format("shaoxing-2011/paln"), encoding="utf-8")
    seen = jiju("sweep", design)
    assert seen.returncode == REFUSED and 'did you mean "shaoxing-2011/plan"?' in seen.stderr


def test_a_design_that_is_not_there(tmp_path):
    seen = jiju("sweep", "fund-and-lnad")
    assert seen.returncode == REFUSED and "known designs: shaoxing-2011/fund-and-land" in seen.stderr
    for shelf in ("a", "b"):
        shelf_of(tmp_path / shelf, "", f"{shelf}-town/designs/same.toml")
    seen = jiju("sweep", "same", env={"JIJU_SCENARIOS": f"{tmp_path}/a:{tmp_path}/b"})
    assert seen.returncode == REFUSED and "is the name of several designs" in seen.stderr


def test_what_all_points_have_in_common(tmp_path):
    design = tmp_path / "design.toml"
    text = (
        'base = "shaoxing-2011/plan"\nmethod = "grid"\nset = ["scenario.name = Common", {}]\n'
        '[factors.fund]\nkey = "levers.special_fund.budget"\nvalues = [1, 2]\n'
    )
    design.write_text(text.format('"levers.tax.effort = { step = 0.5, from = \\"2012Q1\\" }"'), encoding="utf-8")
    path = tmp_path / "sweep.h5"
    good("sweep", design, *QUICK, "-o", path)
    for toml in opened(path).scenario_toml.values:
        assert 'name = "Common: fund = ' in toml and 'effort = { step = 0.5, from = "2012Q1" }' in toml
    for wrong, reason in [
        ('"levers.tax.efort = 1"', 'design.toml:3:34: error: unknown key "efort"'),
        ('"levers.tax.effort"', "design.toml:3:34: error: set[1] = \"levers.tax.effort\": expected key=value"),
    ]:
        design.write_text(text.format(wrong), encoding="utf-8")
        seen = jiju("sweep", design, *QUICK)
        assert seen.returncode == REFUSED and reason in seen.stderr, seen.stderr
