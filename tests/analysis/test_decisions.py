"""Plans chosen: openings and schedules by hand, words of outcomes and limits, and answers on a city made by hand."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import xarray as xr

import jiju
from jiju.commands import equal as equal_command
from jiju.commands import frontier as frontier_command
from jiju.commands import optimise as optimise_command
from jiju.commands import reach as reach_command
from jiju.decisions.evaluation import Evaluator
from jiju.decisions.openings import open_plan
from jiju.decisions.optimise import JUDGING, Effort, Question, Solver
from jiju.decisions.outcomes import limit_of, outcome_of, smoothed
from jiju.inputs.schedules import delayed, scaled, total, value_at
from jiju.runs.engine import EngineRunner
from jiju.studies.appraisal import accounts

RIVER = "tutorial/river-city"
SMALL = Effort(points=40, replicates=8, compared=12, judged=24)
SCHEDULES = [
    2.0, {"step": 3.0, "from": "2011Q3"}, {"ramp": [1.0, 2.0], "from": "2011Q3", "to": "2013Q1"},
    {"by_year": {"2011": 0.8, "2013": 1.6}}, {"table": [["2011Q2", 1.0], [2012.5, 4.0]]},
    {"line": [["2011Q3", 1.0], ["2012Q3", 2.0], ["2013Q1", 2.0], ["2013Q1", 4.0]]},  # as the engine writes changes
    {"table": [["start", 3.0], ["2013Q1", 6.0]]},
]  # fmt: skip


@pytest.fixture(scope="module")
def base():
    found = jiju.Scenario.load(RIVER)
    for lever in ("platforms", "special_fund"):
        found[f"levers.{lever}.budget"] = 0
    found["levers.land_guarantee.effort"] = 0
    found.key = "base"
    return found


@pytest.fixture(scope="module")
def plan(base):
    return open_plan(RIVER, base)


@pytest.fixture(scope="module")
def data():
    return jiju.run(RIVER, replicates=1, progress=False)


class TestSchedules:
    @pytest.mark.parametrize("schedule", SCHEDULES)
    def test_scaled_is_so_many_times_as_much_at_any_time(self, schedule):
        for time in np.arange(2011, 2016, 0.25):
            assert value_at(scaled(schedule, 1.5), time) == pytest.approx(1.5 * value_at(schedule, time))
            assert value_at(scaled(schedule, 1.5, 2.0), time) <= 2.0

    @pytest.mark.parametrize("schedule", SCHEDULES)
    def test_delayed_is_what_was_a_year_before(self, schedule):
        for time in np.arange(2011, 2016, 0.25):
            before = value_at(schedule, time - 1) if time >= 2012 else 0.0
            assert value_at(delayed(schedule, 1.0, 2011), time) == pytest.approx(before)

    @pytest.mark.parametrize("schedule", SCHEDULES)
    def test_the_total_is_the_sum_of_many_small_steps(self, schedule):
        step = 1 / 64  # whose middle never meets a knot
        middle = np.arange(2011, 2016, step) + step / 2
        assert total(schedule, 2011, 2016) == pytest.approx(step * sum(value_at(schedule, t) for t in middle))


class TestOpenings:
    def test_the_plan_as_written_sets_nothing(self, plan):
        assert plan.names == ["platforms", "special_fund", "land_guarantee"]
        assert plan.settings(plan.as_written) == {}
        assert plan.arm(plan.as_written).scenario == plan.scenario

    def test_none_of_a_lever_switches_it_off(self, plan):
        assert plan.settings([0, 1, 1]) == {"levers.platforms.on": False}

    def test_money_is_what_the_engine_books(self, plan):
        """Of the fund, 0.2 a year from the third quarter of 2011 on: 0.9 in all, of platforms 1.5."""
        assert plan.money(plan.as_written) == pytest.approx(5 * 0.3 + 4.5 * 0.2)
        assert plan.money([2, 0, 1]) == pytest.approx(2 * 5 * 0.3)
        assert plan.money(plan.as_written, 2011) == pytest.approx(0.3 + 0.1)
        assert plan.money(plan.as_written, purse="none") == 0

    def test_effort_stays_within_the_full_measure(self, plan):
        assert plan.settings([1, 1, 2])["levers.land_guarantee.effort"]["ramp"] == [0.0, 1.0]

    def test_what_is_chosen_is_a_scenario(self, base):
        opened = open_plan(RIVER, base, ["special_fund"], ways=("scale", "start"))
        found = opened.scenario.copy()
        for key, value in opened.settings([1.5, 1.0]).items():
            found[key] = value
        assert found["levers.special_fund.budget"] == {"table": [["2012Q3", pytest.approx(0.3)]]}

    @pytest.mark.parametrize(("levers", "said"), [
        (["specail_fund"], "did you mean 'special_fund'"), (["credit"], "'credit' does nothing in the plan"),
        (["platforms", "special_fund", "platforms"], "'platforms' is named twice"),
        ({"special_fund": (2, 1)}, "between 2 and 1: the lowest value must be 0 or more"),
    ])  # fmt: skip
    def test_what_cannot_be_open_is_refused(self, base, levers, said):
        with pytest.raises(jiju.UsageError, match=said):
            open_plan(RIVER, base, levers)


class TestWords:
    @pytest.mark.parametrize(("words", "columns"), [
        ("value_added", ("value_added",)), ("p(T1)", ("p(T1)",)), ("T2", ("T2",)), ("output", ("output",)),
        ("min over  targets", ("p(T1)", "p(T2)", "p(T3)")),
    ])  # fmt: skip
    def test_outcomes(self, data, words, columns):
        assert outcome_of(words, data).columns == columns

    def test_limits(self, data, plan):
        found = limit_of("public_cost <= 8.5", data, plan)
        assert (found.outcome.text, found.slack(8), found.slack(9)) == ("public_cost", 0.5, -0.5)
        assert limit_of("p(T1) ≥ 0.3", data, plan).slack(0.5) == pytest.approx(0.2)
        assert limit_of("money(2013) <= 1", data, plan).year == 2013

    @pytest.mark.parametrize(("words", "said"), [
        ("public_cost 80", "is no limit"), ("public_cots <= 8", "did you mean 'public_cost'"),
        ("money(2031) <= 1", "simulates 2011 to 2015"), ("money(city) <= 1", "no purse 'city'"),
    ])  # fmt: skip
    def test_words_that_are_no_limits_are_refused(self, data, plan, words, said):
        with pytest.raises(jiju.UsageError, match=said):
            limit_of(words, data, plan)

    def test_smoothing_keeps_the_probability_and_lets_it_move(self):
        random = np.random.default_rng(1)
        margins = random.normal(-0.5, 1, (400, 40))
        found = smoothed(margins, 1.0).mean(axis=1)
        assert found.mean() == pytest.approx((margins >= 0).mean(), abs=0.01)
        assert found.std() < (margins >= 0).mean(axis=1).std()
        assert (smoothed(margins + 0.001, 1.0).mean(axis=1) > found).all()

    def test_counts_meet_their_target_at_it(self):
        assert (smoothed(np.array([[0.0, -1.0]]), 0.4)[0] > 0.5).tolist() == [True, False]


class TestEvaluation:
    def test_the_plan_is_what_comparing_says(self, plan, base):
        """Points share their draws with the base: accounts are those of `jiju.compare` on the same seed."""
        [[cost, value]] = jiju.evaluate(plan, [plan.as_written], ["public_cost", "T1"], replicates=10, seed=5)
        both = jiju.run(plan.scenario, base, replicates=10, seed=5, progress=False)
        books = accounts(both)["public_cost"]
        assert cost == pytest.approx(float((books[0] - books[1]).mean()))
        assert value == pytest.approx(float(both["target_value"].sel(target="T1")[0].mean()))

    def test_a_file_goes_on_where_a_study_stopped(self, plan, tmp_path):
        file = tmp_path / "points.nc"
        points = [[1, 1, 1], [0, 2, 1]]
        first = jiju.evaluate(plan, points, ["T1"], replicates=4, file=file)

        def no_more(arms):
            assert len(arms) == 1 and arms[0].settings == {}, "all points are there already"
            return jiju.run(arms[0].scenario, replicates=1, progress=False)

        np.testing.assert_array_equal(jiju.evaluate(plan, points, ["T1"], replicates=4, file=file, run=no_more), first)
        with xr.open_dataset(file) as kept:
            assert json.loads(kept.attrs["about"])["openings"] == plan.names

    def test_a_file_of_another_study_is_refused(self, plan, tmp_path):
        file = tmp_path / "points.nc"
        jiju.evaluate(plan, [[1, 1, 1]], ["T1"], replicates=2, file=file)
        with pytest.raises(jiju.UsageError, match="another study"):
            jiju.evaluate(plan, [[1, 1, 1]], ["T1"], replicates=3, file=file)

    def test_points_are_matched_by_name(self, plan):
        frame = pd.DataFrame({"land_guarantee": [0.5], "platforms": [2.0], "special_fund": [1.0]})
        by_name = jiju.evaluate(plan, frame, ["T1"], replicates=2)
        np.testing.assert_array_equal(by_name, jiju.evaluate(plan, [[2.0, 1.0, 0.5]], ["T1"], replicates=2))

    @pytest.mark.parametrize(("points", "said"), [
        ([[1, 1]], "have 2 numbers each, and the plan leaves 3 open"), ([[1, 3, 1]], "special_fund = 3; allowed"),
        (pd.DataFrame({"platforms": [1]}), "lack the column 'special_fund'"),
    ])  # fmt: skip
    def test_points_outside_are_refused(self, plan, points, said):
        with pytest.raises(jiju.UsageError, match=said):
            jiju.evaluate(plan, points, ["T1"])

    def test_a_runner_of_ones_own_is_asked(self, plan):
        seen = []

        def counting(arms):
            seen.append(len(arms))
            return EngineRunner(3)(arms)

        evaluator = Evaluator(plan, ["T1"], 3, 1, run=counting, progress=False)
        evaluator.simulate(np.array([[1, 1, 1], [1, 1, 1], [0, 0, 0]]))
        assert seen == [3], "two points and the base, in one batch"


@pytest.fixture(scope="module")
def best(base):
    return jiju.optimise(RIVER, base, "output", ["money <= 3"], also=["public_cost", "p(T1)"], effort=SMALL,
                         control=False, progress=False)  # fmt: skip


class TestAnswers:
    def test_limits_are_kept_and_the_plan_as_written_is_not_surely_better(self, best):
        assert best.feasible and best.limits[0].is_kept
        assert best.plan.money(best.point.to_numpy()) <= 3 + 1e-6
        # few draws chose it: by four standard errors of those that judge it, not by two
        assert best.goal.gain.high + (best.goal.gain.high - best.goal.gain.value) >= 0
        assert best.goal.gain.value == pytest.approx(best.goal.chosen.value - best.goal.written.value)

    def test_the_plan_of_an_answer_goes_to_other_packages(self, best):
        assert best.plan.salib()["names"] == best.plan.names

    def test_the_curse_is_what_the_search_said_too_much(self, best):
        assert best.curse == pytest.approx(best.searched - best.goal.chosen.value)
        assert best.gap.bound >= best.gap.estimate >= 0

    def test_the_chosen_scenario_gives_the_answer(self, best):
        fresh = jiju.run(best.scenario(), replicates=SMALL.judged, seed=1003, progress=False)
        found = float(jiju.indicator(fresh, "output").mean())
        assert found == pytest.approx(best.goal.chosen.value, rel=1e-12)

    def test_a_longer_base_tells_more_of_the_same_plan(self, base, best):
        """The choice is that without a control; what it brings is estimated with one."""
        found = jiju.optimise(RIVER, base, "output", ["money <= 3"], also=["public_cost", "p(T1)"], effort=SMALL,
                              progress=False)  # fmt: skip
        assert found.point.equals(best.point) and found.searched == best.searched
        assert any("96 further replicates" in note for note in found.notes) and not best.notes
        goal, plain = found.goal.chosen, best.goal.chosen
        assert goal.worth > 1.5 * SMALL.judged
        assert goal.high - goal.low < plain.high - plain.low
        assert "plain replicates it is worth" in found.to_markdown() and "worth" not in best.to_markdown()

    @pytest.mark.parametrize("lang", ["en", "zh"])
    def test_its_picture_shows_chosen_and_written_within_the_bounds(self, best, lang):
        ax = jiju.plot.solution(best, lang=lang)
        low, high = best.plan.bounds.T
        written, chosen = (line.get_xdata() for line in ax.lines[:2])
        np.testing.assert_allclose(low + chosen * (high - low), best.point)
        np.testing.assert_allclose(low + written * (high - low), best.plan.as_written)
        assert ax.get_title(loc="left") == best.goal.names[lang]

    @pytest.mark.parametrize("lang", ["en", "zh"])
    def test_it_prints(self, best, lang, tmp_path):
        shown = replace(best, lang=lang)
        assert ("政策工具" if lang == "zh" else "winner's curse") in repr(shown)
        assert "money <= 3" in shown.to_markdown(tmp_path / "best.md")

    def test_the_smallest_is_minimised(self, base):
        found = jiju.optimise(RIVER, base, "public_cost", minimise=True, effort=SMALL, progress=False)
        np.testing.assert_allclose(found.point, 0, atol=0.05)

    def test_a_search_that_is_resumed_takes_the_same_steps_and_simulates_none_of_them(self, base, tmp_path):
        file, asked = tmp_path / "points.nc", {"effort": SMALL, "control": False, "progress": False}
        first = jiju.optimise(RIVER, base, "output", ["money <= 3"], file=file, **asked)
        searching = []

        def maker(replicates, seed):
            engine = EngineRunner(replicates, seed=seed)

            def run(arms):
                searching.append(len(arms) * (seed == 1001))  # the draws of the search
                return engine(arms)

            return run

        again = jiju.optimise(RIVER, base, "output", ["money <= 3"], file=file, run=maker, **asked)
        assert sum(searching) == 0
        pd.testing.assert_series_equal(again.point, first.point)
        assert again.points == first.points

    @pytest.mark.parametrize(("limits", "rivals", "gap"), [(["T3 >= 0.5"], 1, 0), ([], 2, 6)])
    def test_what_breaks_a_limit_is_no_rival(self, base, data, limits, rivals, gap):
        """Of two plans the cheaper one, by 6, breaks the limit on fresh draws."""
        opened = open_plan(RIVER, base, ["platforms"])
        kept = tuple(limit_of(text, data, opened) for text in limits)
        question = Question("", outcome_of("public_cost", data), False, kept)
        solver = Solver(opened, ["public_cost", "T3"], SMALL, 1, confidence=0.95, file=None, run=None, progress=False)
        store = solver.draws[JUDGING].store
        store.base = np.zeros((2, SMALL.judged))
        store.values = {(x,): np.outer(means, np.ones(SMALL.judged)) for x, means in ((1.0, (10, 1)), (0.5, (4, 0)))}
        found = solver.gap(question, np.array([[1.0], [0.5]]), np.array([1.0]))
        assert (found.points, found.estimate) == (rivals, pytest.approx(gap))

    def test_money_that_others_ask_for_is_known_at_once(self, base):
        with pytest.raises(jiju.UsageError, match=r"levers that are not open ask for 1\.5 already"):
            jiju.optimise(RIVER, base, "output", ["money <= 1"], levers=["special_fund"], effort=SMALL, progress=False)

    def test_reach_keeps_what_can_be_kept_and_says_what_cannot(self, base):
        near = jiju.reach(RIVER, base, "T3 >= 0.2", effort=SMALL, progress=False)
        assert near.feasible and near.goal.text == "public_cost"
        far = jiju.reach(RIVER, base, "T1 >= 1000", effort=SMALL, progress=False)
        assert not far.feasible and far.goal.text == "T1"
        assert "none of" in far.notes[-1]

    def test_a_frontier_rises_and_names_what_enters(self, base):
        found = jiju.frontier(RIVER, base, "output", [0.5, 3], effort=SMALL, progress=False)
        low, high = found.table.to_dict("records")
        assert low["cost"] < high["cost"] and high["step"] == pytest.approx(high["goal"] - low["goal"])
        assert high["price"] == pytest.approx(high["step"] / (high["cost"] - low["cost"]))
        ax = jiju.plot.frontier(found)
        np.testing.assert_allclose(ax.lines[0].get_xydata(), found.table[["cost", "goal"]])
        assert set(found.entry()["opening"]) == set(found.plan.names)
        with pytest.raises(jiju.UsageError, match="two budgets"):
            jiju.frontier(RIVER, base, budgets=[1])

    def test_equal_plans_cost_the_same(self, base):
        """A plan of twice the money is halved, and then the same plan."""
        double = jiju.Scenario.load(RIVER).copy(key="double")
        for lever in ("platforms", "special_fund"):
            double[f"levers.{lever}.budget"] = scaled(double[f"levers.{lever}.budget"], 2.0)
        double["levers.land_guarantee.effort"] = 0
        single = jiju.Scenario.load(RIVER).copy(key="single")
        single["levers.land_guarantee.effort"] = 0
        found = jiju.equal([single, double], base, ["output"], replicates=30, searched=30, progress=False)
        assert found.factors["double"] == pytest.approx(0.5, rel=0.03)
        costs = found.table[found.table["outcome"] == "public_cost"].set_index("plan")["value"]
        assert costs["double"] == pytest.approx(costs["single"], rel=0.05)
        gain = found.table[(found.table["plan"] == "double") & (found.table["outcome"] == "output")].iloc[0]
        assert jiju.plot.equal(found).lines[1].get_xdata() == [gain["gain"]]
        with pytest.raises(jiju.UsageError, match=r"no outcome 'outputs'.*output"):
            jiju.plot.equal(found, "outputs")
        assert gain["gain_low"] <= 0 <= gain["gain_high"] or abs(gain["gain"]) < 0.01 * gain["value"]

    def test_a_plan_that_costs_nothing_has_no_equal(self, base):
        with pytest.raises(jiju.UsageError, match="nothing to be compared with"):
            jiju.equal([RIVER], base)
        with pytest.raises(jiju.UsageError, match="is no cost"):
            jiju.equal([RIVER, RIVER], base, cost="p(T1)", progress=False)


class TestCommands:
    @pytest.fixture
    def files(self, base, tmp_path):
        base.save(tmp_path / "base.toml")
        return [RIVER, str(tmp_path / "base.toml")]

    FEW = ("--points", "24", "--replicates", "4", "--judged", "20", "--levers", "special_fund", "--quiet")

    def test_optimise_saves_the_plan_and_writes_tables(self, files, tmp_path, capsys):
        best, table = tmp_path / "best.toml", tmp_path / "best.md"
        asked = ["--maximise", "output", "--limit", "money <= 2.5", "--save", str(best), "-o", str(table),
                 "--plot", str(tmp_path / "best.png")]  # fmt: skip
        words = [*files, *asked, *self.FEW]
        assert optimise_command.main(words) == 0
        assert jiju.Scenario.load(best)["levers.platforms.budget"] == 0.3
        assert (tmp_path / "best.png").read_bytes().startswith(b"\x89PNG")
        assert "jiju optimise" in table.read_text(encoding="utf-8")
        with pytest.raises(jiju.FileError):
            optimise_command.main(words)
        assert capsys.readouterr().out == ""

    def test_reach_says_by_its_code_that_nothing_reaches_the_aim(self, files, capsys):
        assert reach_command.main([*files, "T1 >= 1000", *self.FEW]) == 1
        assert "out of reach" in capsys.readouterr().out

    def test_frontier(self, files, capsys):
        words = [*files, "--budgets", "0.3,1", "--maximise", "output", *self.FEW, "--lang", "zh"]
        assert frontier_command.main(words) == 0
        assert "各工具进入方案的次序" in capsys.readouterr().out

    def test_equal(self, files, capsys):
        words = [RIVER, RIVER, "--base", files[1], "--replicates", "8", "--outcomes", "output", "--quiet"]
        assert equal_command.main(words) == 0
        assert "over the first" in capsys.readouterr().out

    def test_a_picture_of_no_known_form_is_refused_before_the_work(self, files, capsys):
        with pytest.raises(SystemExit):
            frontier_command.main([*files, "--budgets", "1,2", "--plot", "line.jpeg"])
        assert "--plot line.jpeg" in capsys.readouterr().err

    @pytest.mark.parametrize("words", [["--budgets", "1,many"], ["--budgets", "1,2", "--most", "much"]])
    def test_what_is_no_number_is_refused(self, files, words, capsys):
        with pytest.raises(SystemExit):
            frontier_command.main([*files, *words])
        assert "is no number" in capsys.readouterr().err
