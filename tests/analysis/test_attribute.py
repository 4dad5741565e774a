"""Attribution on a city whose levers' effects are known."""

import numpy as np
import pytest

from jiju.runs.runner import nested
from jiju.studies.attribution import attribute
from made_city import CHANCE, run

QUIET = {"run": run, "progress": False}


def test_values_are_those_of_the_city():
    found = attribute("plan", "base", **QUIET)
    table = found.table.set_index("lever")
    assert table["value"].to_dict() == pytest.approx({"fund": 7, "credit": 5, "land": 0})
    assert table["alone"].to_dict() == pytest.approx({"fund": 6, "credit": 4, "land": 0})
    assert table["left_out"].to_dict() == pytest.approx({"fund": -8, "credit": -6, "land": 0})
    assert table["share"].sum() == pytest.approx(1)
    assert (found.total, found.remainder) == (pytest.approx(12), pytest.approx(0))
    assert list(table.index[:2]) == ["fund", "credit"]


def test_interactions_are_those_of_the_city():
    for permutations in (None, 6):
        pairs = attribute("plan", "base", permutations=permutations, **QUIET).interactions
        known = {frozenset(row[:2]): row[2] for row in pairs[["lever", "with", "value"]].itertuples(index=False)}
        assert known[frozenset({"fund", "credit"})] == pytest.approx(2)
        assert all(value == pytest.approx(0) for pair, value in known.items() if "land" in pair)


def test_values_add_up_to_the_difference():
    for options in ({}, {"permutations": 4}, {"indicator": "p(T1)"}, {"levers": "groups"}):
        found = attribute("plan", "base", **options, **QUIET)
        assert found.table["value"].sum() == pytest.approx(found.total)


def test_probability_of_a_target():
    found = attribute("plan", "base", indicator="p(T1)", **QUIET)
    chance = {gain: float(np.mean(CHANCE + gain >= 95)) for gain in (0, 4, 6, 12)}
    fund = ((chance[6] - chance[0]) + (chance[12] - chance[4])) / 2
    assert found.table.set_index("lever").loc["fund", "value"] == pytest.approx(fund)
    assert found.table.set_index("lever").loc["fund", "error"] > 0


def test_groups_are_the_plans_own_or_the_readers():
    found = attribute("plan", "base", levers="groups", **QUIET).table.set_index("lever")
    assert found["value"].to_dict() == pytest.approx({"6": 12, "7": 0})
    assert found.loc["6", "name_zh"] == "6 基金等2项"
    found = attribute("plan", "base", levers={"money": ["fund", "credit"]}, **QUIET)
    assert found.table["value"].tolist() == pytest.approx([12])


def test_what_no_lever_carries_is_reported():
    """Against another plan as base, the levers of which are on, nothing is left but a remainder."""

    def richer(arms):
        data = run(arms)
        more = np.array([5.0 if arm.scenario == "base" else 0.0 for arm in arms])
        output = data.output + more[:, None, None, None, None] / 6
        return data.assign(output=output.assign_attrs(data.output.attrs))

    found = attribute("plan", "base", run=richer, progress=False)
    assert (found.total, found.remainder) == (pytest.approx(7), pytest.approx(-5))
    assert "these levers carry +12.0" in repr(found) and "the other -5.00 comes from elsewhere" in repr(found)
    assert not attribute("plan", "base", **QUIET).notes


def test_wrong_levers_are_refused():
    with pytest.raises(ValueError, match="no lever 'found' in the plan; did you mean 'fund'"):
        attribute("plan", "base", levers=["found"], **QUIET)
    with pytest.raises(ValueError, match="set their levers alike"):
        attribute("plan", "plan", **QUIET)


def test_it_shows_itself_in_both_languages():
    found = attribute("plan", "base", lang="zh", **QUIET)
    assert "基金" in repr(found) and "信贷" in found._repr_html_() and "亿元" in found.title()
    assert "Fund" in repr(attribute("plan", "base", **QUIET))


def test_settings_are_given_a_table_at_a_time():
    assert nested({"levers.a.on": False, "levers.b.on": True, "parameters.x.y": 2.0}) == {
        "levers": {"a": {"on": False}, "b": {"on": True}}, "parameters": {"x": {"y": 2.0}}
    }  # fmt: skip
