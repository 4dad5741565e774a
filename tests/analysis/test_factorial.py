"""Factorial designs: effects of a city whose effects are known, and against all arms of the tutorial's city."""

from itertools import product

import numpy as np
import pytest

import jiju
from jiju import cli
from jiju.runs.engine import EngineRunner
from jiju.runs.lever_choice import switched_off
from jiju.runs.runner import Arm, simulate
from jiju.studies.ablation import ablate
from jiju.studies.factorial import design_of, factorial, sums_of_pairs
from made_city import run
from made_decisions import RIVER, base_of_river

QUIET = {"run": run, "progress": False}


@pytest.mark.parametrize("levers", [1, 2, 3, 5, 8, 26])
def test_main_effects_are_clear_of_one_another_and_of_all_pairs(levers):
    signs = design_of(levers)
    assert (signs.sum(axis=0) == 0).all()
    np.testing.assert_array_equal(signs.T @ signs, len(signs) * np.eye(levers, dtype=int))
    for column in sums_of_pairs(signs):
        assert (signs.T @ np.array(column) == 0).all()


def test_few_levers_have_interactions_of_their_own_and_many_share_them():
    assert all(len(pairs) == 1 for pairs in sums_of_pairs(design_of(3)).values())
    many = sums_of_pairs(design_of(26))
    assert len(design_of(26)) == 64 and sum(map(len, many.values())) == 26 * 25 // 2 and len(many) == 31


def test_effects_are_the_citys_and_agree_with_the_full_table():
    """6 and 4, and 2 more for both: on average 7 and 5, half of the 2 together; between alone and within the plan."""
    found = factorial("plan", "base", **QUIET)
    main = found.main.set_index("lever")
    assert main.loc[["fund", "credit", "land"], "effect"].tolist() == pytest.approx([7, 5, 0])
    assert main["measurable"].tolist() == [True, True, False]
    both = ablate("plan", "base", **QUIET).effects
    output = both[both["outcome"] == "output"].groupby("lever")["effect"].mean()
    for key in main.index:
        assert main.loc[key, "effect"] == pytest.approx(output[key])
    pairs = {row["levers"][0]: row["effect"] for row in found.interactions.to_dict("records")}
    assert pairs == pytest.approx({"fund x credit": 1, "fund x land": 0, "credit x land": 0})
    assert found.interactions["levers"].iloc[0] == ["fund x credit"]


def test_of_the_tutorials_city_it_says_what_all_arms_say():
    """Three levers: the design is all eight arms, and a main effect the mean of four paired differences."""
    base = base_of_river()
    engine = EngineRunner(8, ["output"], seed=3)
    found = factorial(RIVER, base, run=engine, progress=False).main.set_index("lever")
    keys = list(found.index)
    assert keys == ["platforms", "special_fund", "land_guarantee"]
    on = list(product([True, False], repeat=3))
    arms = [Arm(RIVER, switched_off(key for key, there in zip(keys, each, strict=True) if not there)) for each in on]
    values = dict(zip(on, simulate(arms, engine, "output", progress=False).mean("replicate").values, strict=True))
    for place, key in enumerate(keys):
        having = [each for each in on if each[place]]
        gains = [values[each] - values[(*each[:place], False, *each[place + 1 :])] for each in having]
        assert found.loc[key, "effect"] == pytest.approx(np.mean(gains), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_prints(lang):
    text = repr(factorial("plan", "base", lang=lang, **QUIET))
    assert ("基金 × 信贷" if lang == "zh" else "Fund × Credit") in text


def test_the_option_of_ablate(tmp_path, capsys):
    base_of_river().save(tmp_path / "base.toml")
    words = ["ablate", RIVER, str(tmp_path / "base.toml"), "--design", "--replicates", "4", "--quiet"]
    assert cli.main(words) == 0
    assert "Two-way interactions" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        cli.main([*words, "--expected", "expected.toml"])
    assert isinstance(jiju.factorial("plan", "base", **QUIET).main["effect"].iloc[0], float)
