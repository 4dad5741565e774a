"""The same amounts at other times: shares and schedules by hand, and answers of a city whose best dates are known."""

import json

import numpy as np
import pytest
import xarray as xr

import jiju
from jiju.commands import timing as timing_command
from jiju.decisions.openings import open_plan
from jiju.decisions.outcomes import Outcome
from jiju.decisions.profiles import begins, growth_of, has_amounts, moved, reshaped, shares_of, shifted, shifts
from jiju.decisions.timing import pair_rows
from jiju.decisions.timing_arms import Judge
from jiju.inputs.schedules import at_steps
from made_decisions import RIVER, base_of_river, dose_of, runner

SCHEDULES = [
    2.0, {"step": 3.0, "from": "2011Q3"}, {"ramp": [1.0, 2.0], "from": "2011Q3", "to": "2013Q1"},
    {"by_year": {"2011": 0.8, "2013": 1.6}}, {"table": [["2012Q2", 1.0], ["2013Q3", 4.0]]},
]  # fmt: skip
GROWTH = np.array([0.13, 0.02, 0.10, 0.06, 0.12])
QUIET = {"progress": False, "replicates": 40}


@pytest.fixture(scope="module")
def base():
    return base_of_river()


@pytest.fixture(scope="module")
def plan(base):
    return open_plan(RIVER, base)


class TestProfiles:
    @pytest.mark.parametrize("profile", ["early", "even", "late", "counter_cyclical"])
    def test_shares_are_all_of_it(self, profile):
        assert shares_of(profile, GROWTH, 1.5).sum() == pytest.approx(1)

    def test_tilts(self):
        early, even, late = (shares_of(name, GROWTH, 1.5) for name in ("early", "even", "late"))
        assert early[:-1] / early[1:] == pytest.approx(1.5) and late[1:] / late[:-1] == pytest.approx(1.5)
        assert even == pytest.approx(0.2)

    def test_against_the_cycle_most_goes_where_growth_is_least(self):
        """As much more than where it is most as the first year of the early profile has more than the last."""
        found, early = shares_of("counter_cyclical", GROWTH, 1.5), shares_of("early", GROWTH, 1.5)
        assert list(np.argsort(-found)) == list(np.argsort(GROWTH))
        assert found.max() / found.min() == pytest.approx(early[0] / early[-1])
        assert shares_of("counter_cyclical", np.full(5, 0.1), 1.5) is None

    def test_growth_is_that_of_the_path_as_the_engine_reads_it(self, plan):
        """From 13 to 10 % from 2011 to 2015, read at the beginning of each quarter, and held after."""
        assert growth_of(plan.tables)[[0, 4]] == pytest.approx([0.13 - 0.03 / 4 * 0.375, 0.10])

    @pytest.mark.parametrize("schedule", SCHEDULES)
    @pytest.mark.parametrize("profile", ["early", "even", "late", "counter_cyclical"])
    def test_amounts_are_kept_and_years_have_their_shares(self, schedule, profile):
        shares = shares_of(profile, GROWTH, 1.5)
        before = at_steps(schedule, 2011, 5, 4)
        after = at_steps(reshaped(schedule, shares, 2011, 4), 2011, 5, 4)
        assert after.sum() == pytest.approx(before.sum(), rel=1e-12)
        active = before.sum(axis=1) > 0
        wanted = np.where(active, shares, 0) / shares[active].sum()
        assert after.sum(axis=1) / after.sum() == pytest.approx(wanted)
        # a lever begins in the quarter in which it does as written
        np.testing.assert_array_equal(after > 0, before > 0)

    def test_effort_keeps_its_dates(self, plan):
        assert not has_amounts(plan, "land_guarantee")
        assert moved(plan, "land_guarantee", np.full(5, 0.2)) == {}


class TestBegins:
    @pytest.fixture
    def late(self, base):
        """A fund that begins in the second quarter of 2013 as written, of 0.3 a year."""
        found = jiju.Scenario.load(RIVER).copy(key="late")
        found["levers.special_fund.budget"] = {"step": 0.3, "from": "2013Q2"}
        return open_plan(found, base)

    def test_back_to_the_first_year_and_on_while_something_is_left(self, late, plan):
        assert begins(late, "special_fund") == 2013.25
        assert shifts(late, "special_fund", 5) == [-2, -1, 0, 1, 2]
        assert shifts(plan, "platforms", 3) == [0, 1, 2, 3]

    @pytest.mark.parametrize(("years", "times"), [(-2, 2.75 / 4.75), (1, 2.75 / 1.75)])
    def test_money_is_kept_or_doses_are(self, late, years, times):
        key = "levers.special_fund.budget"
        money, doses = (shifted(late, "special_fund", years, keep)[key] for keep in (True, False))
        written = at_steps(late.tables["levers"]["special_fund"]["budget"], 2011, 5, 4)
        assert at_steps(money, 2011, 5, 4).sum() == pytest.approx(written.sum())
        assert doses["table"] == [[2013.25 + years, 0.3]]
        assert money["table"][0][1] == pytest.approx(0.3 * times)

    def test_as_written_sets_nothing(self, late):
        assert shifted(late, "special_fund", 0, True) == {}


def worth(weights):
    """Money of the fund is worth so much by the year in which it is given."""
    return lambda arm: float(dose_of(arm, "special_fund", "budget") @ np.array(weights, float))


class TestAnswers:
    def test_early_is_best_where_early_money_is_worth_most(self, base):
        """Worth 5, 4, 3, 2, 1 by year: of 0.9 with shares s, 0.9 times their product."""
        weights = [5, 4, 3, 2, 1]
        found = jiju.timing(RIVER, base, "output", run=runner(worth(weights)), latest=0, **QUIET)
        rows = found.profiles.set_index("profile")
        written = 0.1 * 5 + 0.2 * (4 + 3 + 2 + 1)
        for name in ("early", "even", "late"):
            gain = 0.9 * float(shares_of(name, GROWTH, 1.5) @ weights) - written
            assert rows.loc[name, "gain"] == pytest.approx(gain)
        assert found.chosen == "early" and rows.loc["early", "fresh"] == pytest.approx(rows.loc["early", "searched"])
        late = found.pairs.set_index(["first", "second"]).loc[("early", "late")]
        assert late["difference_low"] > 0
        assert len(found.pairs) == 10

    def test_the_least_is_chosen_where_little_is_wanted(self, base):
        found = jiju.timing(RIVER, base, "output", run=runner(worth([5, 4, 3, 2, 1])), latest=0, minimise=True, **QUIET)
        assert found.chosen == "late"

    def test_the_best_year_to_begin_is_found(self, base):
        """With money kept, 0.9 is worth 9 / 10 of the mean of 2, 1, 1 from 2013 on, less from any other year on."""
        run = runner(worth([0, 0, 2, 1, 1]), rough=0.05)
        found = jiju.timing(RIVER, base, "output", levers=["special_fund", "platforms"], run=run, **QUIET)
        best = found.best.set_index("lever")
        assert best.loc["special_fund", "best"] == 2013
        assert bool(best.loc["special_fund", "sure"]) and not bool(best.loc["platforms", "sure"])
        own = 0.2 * (2 + 1 + 1)
        # the half year of the beginning moves with it
        moved_money = 0.9 * (0.5 * 2 + 1 + 1) / 2.5
        assert best.loc["special_fund", "gain"] == pytest.approx(moved_money - own, abs=0.05)
        starts = found.starts[found.starts["lever"] == "special_fund"]
        assert starts["year"].tolist() == [2011, 2012, 2013, 2014]

    def test_chance_that_chooses_is_shown_and_not_counted(self, base):
        """Where dates do nothing, the choice sees gains that fresh draws do not: the winner's curse."""
        run = runner(lambda arm: 0.0, rough=1.0)
        rows = []
        for seed in range(12):
            found = jiju.timing(RIVER, base, "output", run=run, seed=seed + 1, **QUIET).best
            rows += found.loc[found["best"] != found["written"], ["gain", "searched", "sure"]].values.tolist()
        fresh, searched, sure = np.array(rows, float).T
        assert searched.mean() > 0.2
        assert abs(fresh.mean()) < 3 * fresh.std() / np.sqrt(len(fresh))
        assert sure.mean() <= 0.1

    def test_intervals_of_pairs_hold_together(self):
        """Five arms that are alike: all ten intervals hold zero in 95 % of studies, or in some more."""
        random, all_hold = np.random.default_rng(3), []
        names = ["as_written", "early", "even", "late", "counter_cyclical"]
        for _ in range(100):
            data = xr.Dataset({"output": (("scenario", "replicate"), random.normal(0, 1, (6, 30)))})
            rows = pair_rows(Judge(data, tuple(names), Outcome("output", ("output",)), True, 0.95), names)
            all_hold.append(((rows["difference_low"] <= 0) & (rows["difference_high"] >= 0)).all())
        assert np.mean(all_hold) >= 0.9

    def test_the_ledger_is_asked_for_the_same_money(self, base):
        found = jiju.timing(RIVER, base, "T1", latest=1, progress=False, replicates=8)
        assert found.profiles["asked"].to_numpy() == pytest.approx(5 * 0.3 + 4.5 * 0.2, rel=1e-12)
        assert found.years.groupby("profile")["asked"].sum().to_numpy() == pytest.approx(2.4, rel=1e-12)
        assert any("land_guarantee" in note for note in found.notes)
        chosen = found.scenario("early")
        assert chosen["levers.special_fund.budget"] != found.plan.scenario["levers.special_fund.budget"]

    def test_a_purse_that_binds_is_named(self, base):
        found = jiju.Scenario.load(RIVER).copy(key="bound")
        found["purses.city"] = {"name": "City", "name_zh": "市", "money": 0.25}
        found["levers.special_fund.purse"] = "city"
        told = jiju.timing(found, base, "T1", levers=["special_fund"], latest=0, progress=False, replicates=8)
        rows = told.profiles.set_index("profile")
        assert rows.loc["as_written", "allotted"] == pytest.approx(rows.loc["as_written", "asked"])
        assert rows.loc["early", "allotted"] < 0.95 * rows.loc["early", "asked"]
        assert any(note.startswith("a purse was short") and "early" in note for note in told.notes)

    @pytest.mark.parametrize(("asked", "said"), [
        ({"tilt": 1.0}, "above 1"), ({"keep": "monye"}, "did you mean 'money'"),
        ({"levers": ["land_guarantee"], "latest": 0}, "nothing to move"),
    ])  # fmt: skip
    def test_what_cannot_be_moved_is_refused(self, base, asked, said):
        with pytest.raises(jiju.UsageError, match=said):
            jiju.timing(RIVER, base, "output", run=runner(lambda arm: 0.0), **QUIET, **asked)


def test_the_command(base, tmp_path, capsys):
    base.save(tmp_path / "base.toml")
    best, page = tmp_path / "when.toml", tmp_path / "when.md"
    words = [RIVER, str(tmp_path / "base.toml"), "--maximise", "output", "--levers", "special_fund", "--latest", "1",
             "--replicates", "8", "--quiet"]  # fmt: skip
    assert timing_command.main([*words, "--save", str(best), "-o", str(page), "--lang", "zh"]) == 0
    assert jiju.Scenario.load(best) is not None
    assert "逆周期" in page.read_text(encoding="utf-8")
    capsys.readouterr()
    assert timing_command.main([*words, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["format"] == "jiju timing" and {row["profile"] for row in told["profiles"]} >= {"early", "late"}
    assert timing_command.main(words) == 0
    assert "counter-cyclical" in capsys.readouterr().out
