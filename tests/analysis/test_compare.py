"""Comparison of results: effects of known size, what is refused, what is remarked on, both languages."""

import json

import numpy as np
import pytest

import jiju
from jiju import cli
from jiju.commands import terminal
from jiju.results.indicators import indicator, yearly
from jiju.results.pairing import SCHEMA_MAJOR, PairingError
from jiju.studies.comparison import compare
from made_results import results

CHANCE = np.random.default_rng(2).normal(90, 10, size=30)


def test_an_effect_without_chance_is_found_exactly():
    found = compare(results({"base": CHANCE, "plan": CHANCE + 12})).indicators.set_index("indicator").loc["output"]
    assert found[["difference", "low", "high"]].tolist() == pytest.approx([12, 12, 12])
    assert found["relative"] == pytest.approx(12 / CHANCE.mean())
    assert found["correlation"] == pytest.approx(1)
    assert (found["year"], found["unit"], found["name_zh"]) == (2012, "1e8 CNY", "产值")


def test_parts_add_up_to_the_whole():
    found = compare(results({"base": CHANCE, "plan": CHANCE * 1.2}))
    whole = found.by(None, ["output"])["difference"].item()
    industries = found.by("industry", ["output"])
    assert industries["difference"].sum() == pytest.approx(whole)
    assert industries["industry_name_zh"].tolist() == ["装备", "材料"]
    assert found.clusters["difference"].sum() == pytest.approx(whole)


def test_earlier_years_can_be_asked_for():
    found = compare(results({"base": CHANCE, "plan": CHANCE + 12}))
    assert found.by(None, ["output"], year=2011)["difference"].item() == pytest.approx(6)


def test_the_net_effect_stands_beside_the_gross_one():
    base, plan = (results({key: CHANCE + more}) for key, more in (("base", 0), ("plan", 12)))
    for data, lost in ((base, 0), (plan, 9)):  # of the 12 that the plan brings, the rest of industry loses 9
        attrs = data["output"].attrs
        data["value_added"] = data["output"]
        everyone = data["output"].sum(("industry", "cluster")) + 500 - lost
        data["all_industry_value_added"] = everyone.assign_attrs(attrs)
    for lang, gross, net in (("en", "gross: emerging industries", "net: all industry"), ("zh", "毛效应", "净效应")):
        lines = repr(compare(base, plan, lang=lang)).splitlines()
        assert [line for line in lines if gross in line and "+12.0" in line], lang
        assert [line for line in lines if net in line and "+3.00" in line], lang


def test_what_does_not_add_up_is_reported_along_its_own_dimension_only():
    found = compare(results({"base": CHANCE, "plan": CHANCE}))
    assert "price" not in set(found.indicators["indicator"]) | set(found.clusters["indicator"])
    assert "price" in set(found.industries["indicator"])


def test_targets_side_by_side():
    base, plan = np.full(20, 90.0), np.where(np.arange(20) < 15, 99.0, 90.0)
    row = compare(results({"base": base, "plan": plan})).targets.iloc[0]
    assert (row["base"], row["other"], row["difference"], row["only_other"]) == (0, 0.75, 0.75, 15)
    assert 0.4 < row["low"] < 0.75 < row["high"] <= 1
    assert row["value_difference"] == pytest.approx(9 * 0.75)
    assert row["p_value"] == pytest.approx(2 * 0.5**15)


def test_several_files_and_equal_names():
    base, plan, other = (results({key: CHANCE + more}) for key, more in (("base", 0), ("plan", 1), ("plan", 2)))
    found = compare(base, plan, other).by(None, ["output"])
    assert dict(zip(found["scenario"], found["difference"].round(9), strict=True)) == {"plan": 1, "plan #2": 2}


def test_only_common_replicates_are_compared_whatever_their_order():
    base = results({"base": CHANCE})
    part = results({"plan": CHANCE + 5}).isel(replicate=[9, 3, 20])
    found = compare(base, part)
    row = found.by(None, ["output"]).iloc[0]
    assert (row["n"], row["difference"]) == (3, pytest.approx(5))
    assert any("3 replicates are in both, of 30 and 3" in note for note in found.notes)


def test_other_seeds_are_refused_unless_they_are_meant():
    one, two = results({"base": CHANCE}, seed=7), results({"plan": CHANCE[::-1] + 1}, seed=8)
    with pytest.raises(PairingError, match="seed of base is 7, of plan 8"):
        compare(one, two)
    found = compare(one, two, paired=False).by(None, ["output"]).iloc[0]
    assert found["difference"] == pytest.approx(1)
    assert found["high"] - found["low"] > CHANCE.std()


def test_other_schemas_are_refused():
    base = results({"base": CHANCE})
    with pytest.raises(PairingError, match="differ in their keys along industry"):
        compare(base, results({"plan": CHANCE}).assign_coords(industry=["equipment", "energy"]))
    with pytest.raises(PairingError, match="format 3"):
        compare(base, results({"plan": CHANCE}).assign_attrs(schema_version=[3, 0]))
    with pytest.raises(PairingError, match="jiju shard"):
        compare(base, results({"plan": CHANCE}).assign_attrs(filetype="jiju shard"))
    with pytest.raises(PairingError, match="no replicate in common"):
        compare(base, results({"plan": CHANCE}, first=100))


def test_other_parameters_are_remarked_on():
    found = compare(results({"base": CHANCE}), results({"plan": CHANCE}, depreciation=0.2))
    (note,) = found.notes
    assert "parameters.knowledge.depreciation" in note and "parameter draws" in note
    assert note in repr(found) and note in found._repr_html_()
    assert not compare(results({"base": CHANCE, "plan": CHANCE})).notes


def test_one_scenario_alone_is_refused():
    with pytest.raises(ValueError, match="cannot be compared"):
        compare(results({"base": CHANCE}))


def test_failed_replicates_are_left_out():
    broken = CHANCE.copy()
    broken[4] = np.nan
    row = compare(results({"base": CHANCE, "plan": broken + 3})).by(None, ["output"]).iloc[0]
    assert (row["n"], row["difference"]) == (29, pytest.approx(3))


def test_indicators_by_name():
    data = results({"base": CHANCE})
    assert indicator(data, "output").values == pytest.approx(CHANCE[None, :])
    assert indicator(data, "output", industry="materials").values == pytest.approx(CHANCE[None, :] / 2)
    assert indicator(data, "T1").attrs["units"] == "1e8 CNY/year"
    assert float(indicator(data, "p(T1)").mean()) == pytest.approx((CHANCE >= 95).mean())
    assert float(indicator(data, "price", industry="materials").mean()) == 1
    with pytest.raises(ValueError, match="cannot be added up over industry"):
        indicator(data, "price")
    with pytest.raises(ValueError, match="no indicator 'outptu'"):
        indicator(data, "outptu")


def test_years_are_made_of_steps_as_the_file_says():
    quarters = results({"base": CHANCE})["output"].isel(year=[0, 0, 1, 1]).rename(year="time")
    quarters = quarters.assign_coords(calendar_year=("time", [2011, 2011, 2012, 2012]))
    for method, expected in (("sum", 2.0), ("mean", 1.0), ("point", 1.0)):
        years = yearly(quarters.assign_attrs(cell_methods=f"time: {method}"))
        assert years["year"].values.tolist() == [2011, 2012]
        assert years.isel(year=1).sum(["industry", "cluster"]).values[0] == pytest.approx(expected * CHANCE)


def test_chinese_tables_are_chinese():
    found = compare(results({"base": CHANCE, "plan": CHANCE + 3}), lang="zh")
    for text in (repr(found), found._repr_html_()):
        assert all(word in text for word in ("情景plan", "产值达到100", "装备", "亿元", "配对相关系数"))
        assert "Equipment" not in text and "difference" not in text
    with pytest.raises(ValueError, match="allowed are en, zh"):
        compare(results({"base": CHANCE, "plan": CHANCE}), lang="fr")


@pytest.fixture(scope="module")
def files(short, tmp_path_factory):
    """Results files of the engine: of two policies, and of another seed."""
    folder = tmp_path_factory.mktemp("files")
    plan = jiju.Scenario.load(short).copy("plan")
    plan["levers.special_fund.budget"] = 5
    for name, scenario, seed in (("base", short, 3), ("plan", plan, 3), ("other", plan, 4)):
        jiju.run(scenario, replicates=6, seed=seed, output=folder / f"{name}.h5", progress=False).close()
    return folder


def test_the_command_prints_tables_and_json(files, capsys):
    base, plan = str(files / "base.h5"), str(files / "plan.h5")
    assert cli.main(["compare", base, plan]) == 0
    assert "Probability of each target" in capsys.readouterr().out
    assert cli.main(["compare", base, plan, "--json"]) == 0
    seen = json.loads(capsys.readouterr().out)
    row = next(row for row in seen["indicators"] if row["indicator"] == "output")
    with jiju.open(base) as one, jiju.open(plan) as two:
        before, after = (data.output.isel(year=-1, scenario=0).sum(["industry", "cluster"]) for data in (one, two))
        assert row["difference"] == pytest.approx(float((after - before).mean("replicate")))
    assert row["n"] == row["draws"] == 6
    assert row["runs_saved"] is None or row["runs_saved"] == pytest.approx(row["unpaired_runs"] - 12)


def test_the_command_says_what_is_wrong(files, capsys):
    assert cli.main(["compare", str(files / "base.h5"), str(files / "other.h5")]) == terminal.REFUSED
    assert "do not share their draws" in capsys.readouterr().err
    assert cli.main(["compare", str(files / "base.h5"), str(files / "absent.h5")]) == terminal.FILE
    assert "absent.h5" in capsys.readouterr().err


def test_the_format_is_that_of_the_engine(files):
    with jiju.open(files / "base.h5") as data:
        assert int(data.attrs["schema_version"][0]) == SCHEMA_MAJOR
