"""Plans held against each other, on a city made by hand: what a plan brings more is normal by draw, so that regret, the
chance of being best and the value of knowing have closed forms, and failures lie in a known box."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import jiju
from jiju.commands import robust as command
from jiju.decisions.futures import futures_of
from jiju.statistics import failing_regions, regret
from jiju.statistics.clusters import DRAW
from made_results import results

RIVER = "tutorial/river-city"
DRAWS, EACH = 400, 2
LEAD, SPREAD = 0.5, 1.0  # of the first plan over the second, by draw
GROWTH = "industries.medicine.demand_growth"


def loss(mean, spread):
    """What a normal gain loses below zero on average: E max(0, -gain)."""
    return spread * stats.norm.pdf(mean / spread) - mean * stats.norm.cdf(-mean / spread)


def value_of_knowing(mean, spread):
    """Of a normal gain, before choosing between it and nothing."""
    return loss(abs(mean), spread)


def toy(random, draws=200, shift=(0.0, 0.5), spread=1.0, chance=1.0, each=2):
    """Halves of plans' values: the draw's own, chance that plans share, and chance of their own."""
    own = np.array(shift) + spread * random.normal(size=(draws, len(shift)))
    common = 3 * random.normal(size=(draws, 1, 1))
    values = own[:, None, :] + common + chance * random.normal(size=(draws, each, len(shift)))
    return regret.halves_of(values[..., None], lambda means: means[..., 0])


class TestRegret:
    def test_by_hand(self):
        """Two plans, two draws: the second is better by 2 in the first draw on both halves, worse by 1 in the other."""
        halves = regret.Halves(np.array([[0.0, 2.0], [1.0, 0.0]]), np.array([[0.0, 2.0], [1.0, 0.0]]))
        np.testing.assert_allclose(regret.regret_of_means(halves), [[2, 0], [0, 1]])
        np.testing.assert_allclose(regret.without_chance(halves), halves.mean, atol=1e-9)
        ones = np.ones(2)
        np.testing.assert_allclose(regret.best_shares(halves.mean, ones), [0.5, 0.5])
        np.testing.assert_allclose(regret.mean_regrets(halves.mean, ones), [1, 0.5])
        np.testing.assert_allclose(regret.high_regrets(halves.mean, ones), [2, 1])

    def test_plans_that_are_best_together_share_a_draw(self):
        np.testing.assert_allclose(regret.best_shares(np.zeros((3, 2)), np.ones(3)), [0.5, 0.5])

    def test_an_odd_number_has_no_halves(self):
        with pytest.raises(ValueError, match="3"):
            regret.halves_of(np.zeros((4, 3, 2, 1)), lambda means: means[..., 0])

    def test_the_spread_of_chance_is_taken_out(self):
        """Values of the draws vary by 1, chance in the mean of two by 1/2 more, and what is left varies by 1."""
        halves = toy(np.random.default_rng(1), draws=40_000)
        apart = [values[:, 1] - values[:, 0] for values in (halves.mean, regret.without_chance(halves))]
        assert apart[0].var() == pytest.approx(2 + 1, rel=0.03)
        assert apart[1].var() == pytest.approx(2, rel=0.03)
        assert apart[1].mean() == pytest.approx(apart[0].mean())
        assert regret.share_of_chance(halves) == pytest.approx(1 / 3, abs=0.02)

    def test_the_truth_lies_between_the_two_bounds(self):
        """The second plan leads by 0.5, give or take sqrt 2, so each loses by a closed form."""
        halves = toy(np.random.default_rng(2), draws=40_000)
        truth = np.array([loss(-0.5, 2**0.5), loss(0.5, 2**0.5)])
        low, high = regret.crossed_regret(halves).mean(axis=0), regret.regret_of_means(halves).mean(axis=0)
        assert (low < truth - 0.03).all() and (truth + 0.03 < high).all()
        ones = np.ones(len(halves.one))
        values = regret.without_chance(halves)
        np.testing.assert_allclose(regret.mean_regrets(values, ones), truth, atol=0.02)
        np.testing.assert_allclose(regret.best_shares(values, ones)[1], stats.norm.cdf(0.5 / 2**0.5), atol=0.01)

    def test_where_chance_is_all_no_plan_is_regretted_that_is_best_on_average(self):
        halves = toy(np.random.default_rng(3), draws=4000, spread=0.0)
        assert regret.crossed_regret(halves).mean(axis=0)[1] == pytest.approx(0, abs=0.02)
        assert regret.regret_of_means(halves).mean(axis=0)[1] == pytest.approx(loss(0.5, 1.0), abs=0.03)

    def test_intervals_hold_the_truth_as_often_as_they_say(self):
        """Of the crossed regret where chance is small, of the others where it is as large as what draws do; of thirty
        intervals at least so many that a true 95 % would fall below in one of a thousand."""
        random, held = np.random.default_rng(4), np.zeros(3)
        truth, best = loss(-0.5, 2**0.5), stats.norm.cdf(-0.5 / 2**0.5)
        for _ in range(30):
            found = [
                regret.mean_over_draws(regret.crossed_regret(toy(random, 100, chance=0.1)), 0.95)[0],
                *(regret.resampled(toy(random, 100), statistic, 0.95, shares=shares)[0]
                  for statistic, shares in ((regret.mean_regrets, False), (regret.best_shares, True))),
            ]  # fmt: skip
            held += [each.low <= wanted <= each.high for each, wanted in zip(found, (truth, truth, best), strict=True)]
        assert (held >= 24).all(), held


def uniform(random, draws, parameters=12):
    return pd.DataFrame(random.random((draws, parameters)), columns=[f"p{k}" for k in range(parameters)])


class TestRegions:
    def test_a_known_box_is_found_and_is_as_dense_on_fresh_draws_as_it_says(self):
        random = np.random.default_rng(5)

        def fails_of(known):
            inside = (known["p0"] > 0.6) & (known["p1"] < 0.5)
            return np.where(inside, random.random(len(known)) < 0.9, random.random(len(known)) < 0.1)

        known = uniform(random, 600)
        fails = fails_of(known)
        found = failing_regions.region(known, fails)
        assert set(found.box) == {"p0", "p1"} and found.judged.p_value < 1e-6
        assert found.box["p0"] == (pytest.approx(0.6, abs=0.1), np.inf)
        assert found.box["p1"] == (-np.inf, pytest.approx(0.5, abs=0.1))
        fresh = uniform(random, 20_000)
        there = failing_regions.inside(found.box, fresh)
        assert found.judged.density_low < fails_of(fresh)[there].mean() < found.judged.density_high
        assert found.judged.mass == pytest.approx(there.mean(), abs=0.06)
        assert max(found.judged.quasi_p.values()) < 0.01
        named = failing_regions.named_again(known, fails, ["p0", "p1", "p2"])
        assert min(named["p0"], named["p1"]) > 0.9 and named["p2"] < 0.3

    def test_noise_has_no_region(self):
        """Of 30 searches of pure noise as many pass as a level of 5 % lets in one case of a hundred at most. What the
        search says of its own draws would pass nearly always."""
        random, found = np.random.default_rng(6), 0
        for seed in range(30):
            known = uniform(random, 120)
            region = failing_regions.region(known, random.random(120) < 0.4, seed=seed)
            found += region is not None and region.judged.p_value <= 0.05
        assert found <= 5

    def test_too_few_failures_are_not_searched(self):
        known = uniform(np.random.default_rng(7), 100)
        assert failing_regions.region(known, np.arange(100) < 19) is None
        assert failing_regions.region(known, np.arange(100) < 81) is None

    def test_what_does_not_vary_is_no_limit(self):
        known = uniform(np.random.default_rng(8), 200).assign(fixed=1.0)
        assert "fixed" in known and "fixed" not in failing_regions.screened(known, known["p0"].to_numpy() > 0.5)

    def test_without_the_package_a_user_reads_what_to_install(self, monkeypatch):
        monkeypatch.setitem(__import__("sys").modules, "prim", None)
        with pytest.raises(jiju.UsageError, match=r"pip install 'jiju\[decisions\]'"):
            failing_regions.algorithm()


class TestFutures:
    @pytest.fixture
    def base(self):
        return jiju.Scenario.load(RIVER)

    def test_settings_of_one_name_make_one_future(self, base):
        drawn, slow = futures_of([f"slow={GROWTH}=0.02", "slow=places.east_zone.governance=0.7"], base)
        assert drawn.settings == {} and list(slow.settings) == [GROWTH, "places.east_zone.governance"]
        assert slow.scenario(base)[GROWTH] == 0.02 and base[GROWTH] == 0.14

    def test_a_file_is_laid_over_every_plan(self, base, tmp_path):
        file = tmp_path / "slow.toml"
        file.write_text("extends = 'x'\n[scenario]\nname = 'Slow'\n[levers.special_fund]\n"
                        "budget = { ramp = [0.1, 0.4], from = 2012, to = 2014 }\n", encoding="utf-8")  # fmt: skip
        [_, slow] = futures_of([f"slow={file}"], base)
        found = slow.scenario(base)
        assert found["levers.special_fund.budget"]["ramp"] == [0.1, 0.4] and found.name == base.name
        [_, same] = futures_of({"slow": file}, base)
        assert same.settings == slow.settings

    def test_macro_paths_evidence_and_pessimism_are_those_of_the_scenario(self):
        flagship = jiju.Scenario.load("shaoxing-2011/status-quo")
        asked = ["macro", "evidence", "optimistic", "pessimistic"]
        found = {future.key: future for future in futures_of(asked, flagship)}
        assert list(found) == ["as drawn", "hindcast", "without D", "without C, D", "optimistic", "pessimistic"]
        good, bad = found["optimistic"].settings, found["pessimistic"].settings
        for key, end in bad.items():
            prior = flagship[key]
            assert end in (prior["low"], prior["high"]) and abs(end - good[key]) >= abs(prior["median"] - good[key])
        assert found["pessimistic"].scenario(flagship)["places.zhuji.governance"] == 0.6

    @pytest.mark.parametrize(("words", "said"), [
        ("makro", "did you mean 'macro'"), ("=a=1", "expected NAME=KEY=VALUE"), ("macro", "one macro path only"),
        ("pessimistic", "no optimistic.toml stands beside it"),
    ])  # fmt: skip
    def test_what_is_no_future_is_refused(self, base, words, said):
        with pytest.raises(jiju.UsageError, match=said):
            futures_of([words], base)

    def test_a_setting_that_does_not_fit_names_its_future(self, base):
        [_, bad] = futures_of([f"bad={GROWTH}=many"], base)
        with pytest.raises(jiju.ScenarioError, match=f"(?s)in the future 'bad'.*{GROWTH}"):
            bad.scenario(base)


def made(replicates, seed):
    """A runner on the city made by hand. A platform's budget is the plan's number; where medicine grows by 0.05, the
    second plan is better by as much as the first is elsewhere. Plans share the draw's value and its chance."""

    def run(arms):
        draw = np.arange(replicates) // EACH if replicates > 1 else np.zeros(1, int)
        random = np.random.default_rng(seed)
        known = random.random((draw.max() + 1, 6))
        common, own = random.normal(size=(2, replicates)), random.normal(size=(9, replicates))
        normal = stats.norm.ppf(known)
        outputs = {}
        for place, (scenario, settings) in enumerate(arms):
            assert settings == {}
            kind = int(scenario["levers.platforms.budget"])
            lead = LEAD if scenario[GROWTH] != 0.05 else -LEAD
            fall = 10 * ((known[:, 1] > 0.5) & (known[:, 2] > 0.4))[draw]
            value = 100 + 2 * common[0] + 0.5 * own[kind] - fall
            outputs[f"arm{place}"] = value + (kind == 1) * (lead + SPREAD * normal[:, 0])[draw]
        data = results(outputs)
        data = data.assign_coords({DRAW: ("replicate", draw), "draw": np.arange(len(known)),
                                   "parameter": [f"parameters.toy.p{k}" for k in range(6)]})  # fmt: skip
        return data.assign(parameter_value=(("draw", "parameter"), known))

    return run


@pytest.fixture(scope="module")
def plans():
    found = []
    for number, name in enumerate(("none", "first", "second")):
        found.append(jiju.Scenario.load(RIVER).copy(key=name))
        words = {"scenario.name": name.title(), "scenario.name_zh": "方案" + "零一二"[number]}
        found[-1].set({"levers.platforms.budget": number} | words)
    return found


@pytest.fixture(scope="module")
def found(plans):
    base, *rest = plans
    return jiju.robust(rest, base, "output", ["output >= 95"], futures={"turned": {GROWTH: 0.05}},
                       replicates=DRAWS * EACH, run=made, progress=False)  # fmt: skip


class TestAnswer:
    def rows(self, found, future):
        return found.table[found.table["future"] == future].set_index("plan")

    def test_regret_and_the_chance_of_being_best_are_those_of_the_closed_form(self, found):
        drawn, turned = self.rows(found, "as drawn"), self.rows(found, "turned")
        for part, lead in ((drawn, LEAD), (turned, -LEAD)):
            for plan, sign in (("first", 1), ("second", -1)):
                row = part.loc[plan]
                assert row["regret_low"] < loss(sign * lead, SPREAD) < row["regret_high"]
                assert row["regret_at_least"] < row["regret"] < row["regret_at_most"]
                assert row["best_low"] < stats.norm.cdf(sign * lead / SPREAD) < row["best_high"]
        exceeded = -LEAD - stats.norm.ppf(0.05) * SPREAD
        assert drawn.loc["first", "high_regret"] == pytest.approx(exceeded, abs=0.4)

    def test_the_share_that_will_do_is_that_of_the_box(self, found):
        """Both fall by ten in three draws of ten, and are 95 then with next to no chance."""
        for kept in found.table[found.table["plan"] == "second"]["kept"]:
            assert kept == pytest.approx(0.7, abs=0.07)

    def test_rules_choose_as_their_numbers_say(self, found):
        chosen = found.choices().set_index("rule")
        assert chosen.loc[["expected", "mean_regret", "best"], "plan"].tolist() == ["first"] * 3
        worst = found.table.groupby("plan")["outcome"].min()
        assert chosen.loc["worst_outcome", "value"] == worst.max()

    def test_the_failing_region_is_the_known_box(self, found):
        for plan in ("first", "second"):
            rows = found.regions()
            rows = rows[(rows["plan"] == plan) & (rows["future"] == "as drawn")].set_index("parameter")
            assert {"parameters.toy.p1", "parameters.toy.p2"} <= set(rows.index)
            assert rows.loc["parameters.toy.p1", "low"] == pytest.approx(0.5, abs=0.12)
            assert rows.loc["parameters.toy.p2", "low"] == pytest.approx(0.4, abs=0.15)
            assert rows["density"].iloc[0] > 0.7 > rows["failing"].iloc[0] and rows["p_value"].iloc[0] < 0.001

    def test_the_value_of_knowing_is_that_of_the_closed_form(self, found):
        table = found.information
        exact = value_of_knowing(LEAD, SPREAD)
        assert table.index[1] == "parameters.toy.p0"
        value, error = table.loc["parameters.toy.p0", ["value", "error"]]
        assert value == pytest.approx(exact, abs=4 * error)
        assert table["value"].iloc[2:].max() < 0.2 * exact

    def test_the_smallest_may_be_wanted(self, plans):
        base, *rest = plans
        asked = {"replicates": DRAWS * EACH, "run": made, "progress": False, "regions": False, "information": False}
        small = jiju.robust(rest, base, "output", [], minimise=True, **asked)
        assert small.choices().set_index("rule").loc["expected", "plan"] == "second"
        assert small.information is None and small.searches == [] and "kept" not in small.table

    @pytest.mark.parametrize("lang", ["en", "zh"])
    def test_it_prints_and_writes(self, found, lang, tmp_path):
        shown = replace(found, lang=lang)
        text = repr(shown)
        assert ("各决策准则的选择" if lang == "zh" else "What each rule chooses") in text
        assert ("方案一" if lang == "zh" else "First") in text
        assert "parameters.toy.p1 ≥" in text
        assert "parameters.toy.p1" in shown.to_csv(tmp_path / "robust.csv")
        kept = json.loads(json.dumps(shown.to_dict(), allow_nan=False))
        assert len(kept["table"]) == 4 and kept["futures"][1]["settings"] == {GROWTH: 0.05}

    @pytest.mark.parametrize(("asked", "said"), [
        ({"replicates": 9}, "an even number must share"), ({"replicates_per_draw": 3, "replicates": 9}, "an even"),
        ({"replicates": 20}, "10 draws of the parameters say too little"), ({"outcome": "outptu"}, "did you mean"),
    ])  # fmt: skip
    def test_what_says_nothing_is_refused(self, plans, asked, said):
        base, *rest = plans
        with pytest.raises(jiju.UsageError, match=said):
            jiju.robust(rest, base, **{"outcome": "output", "limits": [], "run": made, "progress": False} | asked)

    def test_one_plan_is_refused(self, plans):
        with pytest.raises(jiju.UsageError, match="nothing to be compared with"):
            jiju.robust(plans[:1], plans[0])


class TestCommand:
    @pytest.fixture
    def words(self, tmp_path):
        """River City against its fund alone, with few replicates."""
        base = jiju.Scenario.load(RIVER).copy(key="base")
        base.set({"levers.platforms.budget": 0, "levers.land_guarantee.effort": 0})
        base.save(tmp_path / "fund.toml")
        base.set({"levers.special_fund.budget": 0})
        base.save(tmp_path / "base.toml")
        return [RIVER, str(tmp_path / "fund.toml"), "--base", str(tmp_path / "base.toml"), "--replicates", "48",
                "--quiet", "--no-information"]  # fmt: skip

    def test_tables_on_a_real_city(self, words, tmp_path, capsys):
        table = tmp_path / "robust.md"
        asked = ["--outcome", "output", "--limit", "money <= 2", "--future", f"slow={GROWTH}=0.02", "-o", str(table)]
        assert command.main([*words, *asked]) == 0
        text = table.read_text(encoding="utf-8")
        assert "jiju robust" in text and "## slow" in text and "too few draws fail" in text
        with pytest.raises(jiju.FileError):
            command.main([*words, *asked])
        assert capsys.readouterr().out == ""

    def test_json_has_the_numbers_of_the_function(self, words, capsys):
        assert command.main([*words, "--no-regions", "--json"]) == 0
        told = json.loads(capsys.readouterr().out)
        again = jiju.robust(words[:2], words[3], replicates=48, regions=False, information=False, progress=False)
        assert [row["outcome"] for row in told["table"]] == again.table["outcome"].tolist()
        both = jiju.run(words[3], *words[:2], replicates=48, replicates_per_draw=2, seed=1, progress=False)
        books = jiju.studies.appraisal.accounts(both)["value_added"]
        np.testing.assert_allclose(again.table["outcome"], (books[1:] - books[0]).mean("replicate"))
