"""Ablation on a city whose levers' effects and costs are known."""

from functools import partial

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from jiju_command import SCENARIOS

import jiju
from jiju import cli
from jiju.errors import UsageError
from jiju.studies import ablation
from jiju.studies.ablation import Study, ablate, verdict
from jiju.studies.expectations import Expectation, expectations
from made_city import CHANCE, run

QUIET = {"run": run, "progress": False}


@pytest.fixture(scope="module")
def found():
    return ablate("plan", "base", **QUIET)


def row(found, lever, way, outcome="output"):
    return found.effects.set_index(["lever", "way", "outcome"]).loc[(lever, way, outcome)]


def cost(found, lever, way):
    return found.costs.set_index(["lever", "way"]).loc[(lever, way)]


def seen(found, lever):
    return found.levers.set_index("lever").loc[lever]


def test_alone_and_removed_are_the_citys(found):
    effects = {way: [row(found, lever, way)["effect"] for lever in ("fund", "credit", "land")]
               for way in ("alone", "removed")}
    assert effects["alone"] == pytest.approx([6, 4, 0])
    assert effects["removed"] == pytest.approx([8, 6, 0])


def test_money_is_of_all_years_and_costs_are_those_of_the_city(found):
    assert cost(found, "fund", "alone")["money"] == pytest.approx(6)
    assert cost(found, "fund", "alone")["public_cost"] == pytest.approx(3.5 * 1.12)
    assert cost(found, "fund", "alone")["per_public"] == pytest.approx(1.08 / 3.92)
    # within the plan the fund brings the 2 that it makes together with credit
    assert cost(found, "fund", "removed")["per_public"] == pytest.approx(0.25 * (4 * 0.8 + 8 * 0.32) / 3.92)
    assert cost(found, "land", "alone")["money"] == 0
    assert cost(found, "land", "alone")["net_value"] == pytest.approx(-2.125 * 1.12)
    assert cost(found, "land", "removed")["p_positive"] == 0


def test_targets_move_as_counted(found):
    expected = np.mean(CHANCE + 6 >= 95) - np.mean(CHANCE >= 95)
    assert row(found, "fund", "alone", "p(T1)")["effect"] == pytest.approx(expected)
    assert row(found, "land", "removed", "p(T1)")["effect"] == 0


def test_verdicts():
    def said(effect, way="removed", **expected):
        measurable = abs(effect) > 1
        return verdict({"effect": effect, "measurable": measurable}, Expectation(**expected), way)

    assert said(2, sign="+") == said(-2, sign="-") == "as expected"
    assert said(-2, sign="+") == said(2, sign="-") == "against its evidence"
    assert said(0.5) == said(-0.5, sign="-") == said(0, "alone") == said(0, alone=False) == "no clear effect"
    assert said(2, sign="") == "measurable, no sign expected"
    assert said(0, "alone", alone=False) == "none expected, none found"


def test_a_lever_is_judged_by_what_its_evidence_speaks_of():
    expected = {"fund": Expectation(sign="-"), "credit": Expectation(outcome="p(T1)"),
                "land": Expectation(outcome="T1", alone=False, reason="no use for it", reason_zh="无用")}  # fmt: skip
    found = ablate("plan", "base", expected=expected, **QUIET)
    assert seen(found, "fund")[["verdict_alone", "verdict_removed"]].tolist() == ["against its evidence"] * 2
    assert seen(found, "credit")["outcome"] == "p(T1)"
    assert row(found, "land", "alone", "T1")["effect"] == 0
    assert seen(found, "land")["verdict_alone"] == "none expected, none found"
    assert "no use for it" in found.to_markdown()


def test_few_marks_are_false():
    """Of 300 levers that do nothing none is marked, though one in twenty intervals misses zero."""
    random = np.random.default_rng(3)
    arms = [random.normal(size=(1, 20)) for _ in range(600)]
    names = [f"l{k}" for k in range(300)]

    def results_of(chance):
        values = xr.DataArray(chance, dims=("scenario", "replicate"), attrs={"units": "1"}, name="output")
        return values.to_dataset()

    study = Study(results_of(np.zeros((2, 20))), results_of(np.concatenate([np.zeros((1, 20)), *arms])), names, 0.95)
    effects = study.effects({key: ["output"] for key in names})
    missed = (effects["low"] > 0) | (effects["high"] < 0)
    assert 0.02 < missed.mean() < 0.08
    assert effects["measurable"].sum() == 0


def made_study(random, long):
    """One lever. Alone it adds 5 and a fifth to nothing, and its removal takes half of the plan: exactly, or nearly."""
    plan, nothing = random.normal(100, 10, size=(2, long))

    def arms(*values):
        over = ("scenario", "replicate")
        values = np.stack(values)
        numbers = {"replicate": np.arange(values.shape[1])}
        margins = xr.DataArray(values - 100, dims=over, coords=numbers)
        return xr.Dataset({"output": xr.DataArray(values, dims=over, coords=numbers, attrs={"units": "1"}),
                           "p(T1)": (margins >= 0).astype(float), "margin(T1)": margins})  # fmt: skip

    own = slice(0, 20)
    alone, removed = 5 + 1.2 * nothing[own], 0.5 * plan[own]
    study = Study(arms(plan[own], nothing[own]), arms(nothing[own], alone, removed), ["fund"], 0.95,
                  arms(plan, nothing))  # fmt: skip
    return study, plan, nothing


def test_a_control_knows_an_effect_that_follows_it_exactly():
    study, plan, nothing = made_study(np.random.default_rng(5), 200)
    found = study.effects({"fund": ["output"]}).set_index(["way", "outcome"])
    assert found.loc[("alone", "output"), "effect"] == pytest.approx(5 + 0.2 * nothing.mean())
    assert found.loc[("removed", "output"), "effect"] == pytest.approx(0.5 * plan.mean())
    assert (found["low"] <= found["effect"]).all() and (found["effect"] <= found["high"]).all()
    assert (found.loc[(slice(None), "output"), "worth"] > 100).all()
    assert found.loc[("removed", "p(T1)"), "effect"] > 0.2, "half of the plan meets it, and half of it nobody"
    without = Study(study.first, study.rest, study.keys, study.confidence)
    plain = without.effects({"fund": ["output"]}).set_index(["way", "outcome"])
    assert plain.loc[("removed", "output"), "effect"] == pytest.approx(0.5 * plan[:20].mean())
    assert (plain["worth"] == 20).all() and not without.remarks() and "180 further" in study.remarks()[0]


def test_expectations_are_read_and_checked(tmp_path):
    path = tmp_path / "expected.toml"
    path.write_text('[fund]\nsign = "-"\noutcome = "patents"\n', encoding="utf-8")
    assert expectations(path) == {"fund": Expectation(outcome="patents", sign="-")}
    for text, message in [
        ('[fund]\nsing = "+"', "has no 'sing'; it may have: outcome, sign"),
        ('[fund]\nsign = "up"', "sign = 'up': allowed are"),
        ("[fund]\nalone = 1", "wanted is true or false"),
        ("fund = 3", r"\[fund\] is no table"),
    ]:
        path.write_text(text, encoding="utf-8")
        with pytest.raises(UsageError, match=message):
            expectations(path)


def test_the_expectations_that_are_shipped_fit_the_plan():
    """Every lever of the plan has one, of an outcome that results have."""
    shipped = expectations(SCENARIOS / "instruments" / "expected_effects.toml")
    assert set(shipped) == set(jiju.levers().index)
    known = {"", *jiju.outputs().index, *jiju.targets().index}
    assert {each.outcome for each in shipped.values()} <= known
    assert all(each.evidence and each.evidence_zh for each in shipped.values())


def test_a_plan_that_is_more_than_its_levers_is_remarked_on(found):
    def richer(arms):
        data = run(arms)
        more = np.array([5.0 if arm.scenario == "base" else 0.0 for arm in arms])
        output = data.output + more[:, None, None, None, None] / 6
        return data.assign(output=output.assign_attrs(data.output.attrs))

    assert not found.notes
    assert "is not the base: they differ by 5" in ablate("plan", "base", run=richer, progress=False).notes[0]


def test_tables_in_both_languages(found):
    page = found.to_markdown()
    assert "| 6a | Fund 基金 |" in page and "| +6.00* [+6.00, +6.00] | +8.00* [+8.00, +8.00] | 6.00 |" in page
    assert "## Costs and gains, within the plan" in page and "discounted at 25 % a year" in page
    gained = "+1.08 [+1.08, +1.08] | +0.750 [+0.750, +0.750] | 0.276 [0.276, 0.276]"
    assert f"| 6a | Fund 基金 | +3.92 | +2.77 | {gained} |" in page
    chinese = ablate("plan", "base", lang="zh", **QUIET)
    assert "基金" in chinese.to_markdown() and "与证据方向一致" in chinese._repr_html_()
    assert "## 成本与收益：单独实施" in chinese.to_markdown() and "25%的社会折现率" in chinese.to_markdown()


@pytest.fixture
def in_the_city(monkeypatch):
    """The command as it is, of this city in place of the engine's."""
    monkeypatch.setattr(ablation, "ablate", partial(ablate, run=run))


@pytest.mark.usefixtures("in_the_city")
def test_the_command_writes_both_kinds_of_tables(tmp_path, capsys):
    page, numbers = tmp_path / "table.md", tmp_path / "table.csv"
    assert cli.main(["ablate", "plan", "base", "--quiet", "-o", str(page), "-o", str(numbers)]) == 0
    assert f"`jiju ablate plan base --quiet -o {page}" in page.read_text()
    found = pd.read_csv(numbers).query("outcome == 'output'")
    assert found["effect"].tolist() == pytest.approx([6, 8, 4, 6, 0, 0])
    assert cli.main(["ablate", "plan", "base", "--quiet"]) == 0
    assert "as expected" in capsys.readouterr().out
    before = page.read_text(), numbers.read_text()
    assert cli.main(["ablate", "plan", "base", "--quiet", "-o", str(page)]) == 3
    assert "exists; give --force to replace it" in capsys.readouterr().err
    page.write_text("old")
    assert cli.main(["ablate", "plan", "base", "--quiet", "-o", str(page), "-o", str(numbers), "--force"]) == 0
    assert (page.read_text(), numbers.read_text()) == before
    assert sorted(tmp_path.iterdir()) == [numbers, page]


@pytest.mark.usefixtures("in_the_city")
def test_the_command_says_what_is_wrong(tmp_path, capsys):
    assert cli.main(["ablate", "plan", "plan", "--quiet"]) == 2
    assert "set their levers alike" in capsys.readouterr().err
    assert cli.main(["ablate", "plan", "base", "--quiet", "--expected", str(tmp_path / "no.toml")]) == 3
    assert cli.main(["ablate", "plan", "base", "--quiet", "-o", str(tmp_path / "no" / "table.md")]) == 3
    assert f"mkdir -p {tmp_path / 'no'}" in capsys.readouterr().err
    twice = ["-o", "table.md", "-o", "table.md"]
    for words in (["-o", "table.xls"], ["-o", ""], twice, ["--replicates", "1"], ["--replicates", "1e3"]):
        with pytest.raises(SystemExit, match="2"):
            cli.main(["ablate", "plan", "base", *words])
