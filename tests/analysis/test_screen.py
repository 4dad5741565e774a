"""Screening: effects of functions that are known, false alarms counted, and answers on a city made by hand."""

import json
import shlex

import numpy as np
import pytest

import jiju
from jiju.commands import optimise as optimise_command
from jiju.commands import screen as screen_command
from jiju.decisions.elementary import effects_of, screened, trajectories_of
from jiju.decisions.openings import open_plan
from jiju.decisions.screen import Design
from jiju.statistics.clusters import Clusters
from made_decisions import RIVER, base_of_river, dose_of, runner


@pytest.fixture(scope="module")
def base():
    return base_of_river()


class TestElementaryEffects:
    def effects(self, function, factors=3, number=6):
        cube = trajectories_of(factors, number, 1)
        values = function(cube.reshape(-1, factors)).reshape(number, factors + 1, 1)
        return effects_of(values, cube)[:, :, 0]

    def test_of_a_sum_they_are_its_slopes_everywhere(self):
        found = self.effects(lambda x: x @ [4.0, -2.0, 0.0])
        np.testing.assert_allclose(found, np.tile([4.0, -2.0, 0.0], (6, 1)), atol=1e-12)

    def test_of_a_product_they_are_the_other_factor(self):
        cube = trajectories_of(2, 8, 3)
        values = (cube[..., 0] * cube[..., 1])[..., None]
        found = effects_of(values, cube)[:, 0, 0]
        moved = np.abs(np.diff(cube[..., 0], axis=1)) > 0
        others = np.array([each[place, 1] for each, place in zip(cube, moved.argmax(axis=1), strict=True)])
        np.testing.assert_allclose(found, others)

    def test_one_factor_and_one_that_rounding_left_where_it_was(self):
        assert self.effects(lambda x: 7 * x[:, 0], factors=1) == pytest.approx(7)
        still = np.zeros((2, 2, 1))
        assert (effects_of(np.random.default_rng(1).random((2, 2, 3)), still) == 0).all()

    def test_begins_are_simulated_in_whole_quarters_and_counted_so(self, base):
        plan = open_plan(RIVER, base, ["special_fund"], ways=("start", "switch"))
        design = Design(plan, trajectories_of(2, 5, 1))
        seen = design.simulated_cube()
        assert set(np.unique(seen[..., 0] * 2 * 4 % 1)) == {0.0}
        assert set(np.unique(seen[..., 1])) == {0.0, 1.0}


def chance(seed, replicates, inert, shared=1, number=8):
    """Effects of a factor of slope 1 and of inert ones: in each replicate, or in those that share a draw, a slope of
    mean zero, and roughness of each point."""
    random = np.random.default_rng(seed)
    cube = trajectories_of(inert + 1, number, seed)
    slopes = np.repeat(random.normal(0, 1, (replicates // shared, inert)), shared, axis=0)
    values = cube[..., :1] + cube[..., 1:] @ slopes.T + random.normal(0, 0.3, (*cube.shape[:2], replicates))
    return effects_of(values, cube), Clusters.of(np.repeat(np.arange(replicates // shared), shared))


class TestWhatNoiseExplains:
    @pytest.mark.parametrize(("replicates", "shared"), [(16, 1), (32, 2)])
    def test_false_alarms_are_as_many_as_is_said(self, replicates, shared):
        """Of 40 studies with five inert factors each, 200 chances: 10 at 5 %, above 20 once in a thousand times."""
        alarms, met = 0, 0
        for seed in range(40):
            found = screened(*chance(seed, replicates, 5, shared), 0.95, seed)
            alarms += int((found.p_value[1:] <= 0.05).sum())
            met += bool(found.p_value[0] <= 0.05)
        assert alarms <= 20 and met >= 38

    def test_p_value_and_what_noise_makes_say_the_same(self):
        found = screened(*chance(5, 16, 30), 0.95, 5)
        clear = np.abs(found.size / found.noise - 1) > 0.02
        np.testing.assert_array_equal((found.p_value <= 0.05)[clear], (found.size > found.noise)[clear])

    def test_intervals_hold_the_mean_size(self):
        """Of x y, whose effects of x have the mean size 1/2, with a slope of chance beside it."""
        held = []
        for seed in range(60):
            random = np.random.default_rng(seed)
            cube = trajectories_of(2, 12, seed)
            product = (cube[..., 0] * cube[..., 1])[..., None]
            found = screened(
                effects_of(product + cube[..., :1] * random.normal(0, 0.2, 20), cube),
                Clusters.of(np.arange(20)), 0.95, seed,
            )  # fmt: skip
            held.append(found.low[0] <= 0.5 <= found.high[0])
        assert np.mean(held) >= 0.87

    def test_what_does_nothing_at_all_is_nothing(self):
        effects = np.zeros((4, 1, 10))
        found = screened(effects, Clusters.of(np.arange(10)), 0.95, 1)
        assert (found.size[0], found.p_value[0], found.low[0], found.high[0]) == (0, 1, 0, 0)

    def test_replicates_that_failed_are_passed_over(self):
        effects, clusters = chance(2, 16, 2)
        whole = screened(effects[:, :, 1:], Clusters.of(np.arange(15)), 0.95, 1)
        effects[0, 0, 0] = np.nan
        np.testing.assert_allclose(screened(effects, clusters, 0.95, 1).size, whole.size)


def known(arm):
    """Six for each unit of the fund's five-year money, and half of one for that of the platforms; land does nothing."""
    return 6 * dose_of(arm, "special_fund", "budget").sum() + 0.5 * dose_of(arm, "platforms", "budget").sum()


@pytest.fixture(scope="module")
def found(base):
    return jiju.screen(RIVER, base, "output", ways=("scale",), run=runner(known, rough=0.05), least=0.02, points=32,
                       progress=False)  # fmt: skip


class TestAnswers:
    def test_the_order_is_known(self, found):
        """Over nothing to twice: of the fund 2 x 0.9 x 6, of the platforms 2 x 1.5 x 0.5."""
        table = found.table.set_index("opening")
        assert list(table.index[:2]) == ["special_fund", "platforms"]
        assert table.loc["special_fund", "mu_star"] == pytest.approx(10.8, abs=0.1)
        assert table.loc["platforms", "mu_star"] == pytest.approx(1.5, abs=0.1)
        assert table.loc["special_fund", "sigma"] < 0.1

    def test_what_does_nothing_is_left_out(self, found):
        assert found.table.set_index("opening").loc["land_guarantee", "verdict"] == "not told from nothing"
        assert found.left_out == ["land_guarantee"] and found.levers == ["special_fund", "platforms"]
        assert found.ways == ["scale"]

    def test_the_surface_divides_the_variance_as_squares_of_slopes(self, found):
        assert found.surface.emulator.explained > 0.98
        table = found.table.set_index("opening")
        share = 10.8**2 / (10.8**2 + 1.5**2)
        assert table.loc["special_fund", "alone"] == pytest.approx(share, abs=0.03)
        assert table.loc["special_fund", "with_others"] == pytest.approx(share, abs=0.03)
        assert np.isnan(table.loc["land_guarantee", "alone"])

    def test_the_command_is_one_that_optimise_takes(self, found):
        words = shlex.split(found.command())
        asked = optimise_command.parser().parse_args(words[2:])
        assert asked.plan == RIVER and asked.base == "BASE"
        assert (asked.maximise, asked.levers, asked.ways) == ("output", ["special_fund", "platforms"], ["scale"])

    def test_what_is_small_beside_the_largest_is_left_out(self, base):
        found = jiju.screen(RIVER, base, "output", ways=("scale",), run=runner(known, rough=0.01), least=0.3,
                            progress=False)  # fmt: skip
        assert found.table.set_index("opening").loc["platforms", "verdict"] == "small"
        assert found.levers == ["special_fund"] and "land_guarantee" in found.left_out

    def test_a_begin_matters_where_later_money_is_lost(self, base):
        found = jiju.screen(RIVER, base, "output", levers=["special_fund"], run=runner(known), progress=False)
        assert found.ways == ["scale", "start"]
        assert found.table.set_index("opening").loc["special_fund.start", "mu"] < 0

    def test_where_all_is_noise_nothing_is_passed_on(self, base):
        found = jiju.screen(RIVER, base, "output", ways=("switch",), run=runner(lambda arm: 0.0), progress=False)
        assert (found.levers, found.surface, found.command()) == ([], None, "")
        assert "replicate noise explains all" in repr(found)

    @pytest.mark.parametrize(("asked", "said"), [
        ({"outcome": "min over targets", "trajectories": 4}, "has no value in one replicate"),
        ({"trajectories": 1}, "wanted are two or more"), ({"ways": ["strat"]}, "did you mean 'start'"),
    ])  # fmt: skip
    def test_what_cannot_be_screened_is_refused(self, base, asked, said):
        with pytest.raises(jiju.UsageError, match=said):
            jiju.screen(RIVER, base, **{"outcome": "output", "progress": False} | asked)


def test_the_command(base, tmp_path, capsys):
    base.save(tmp_path / "base.toml")
    page, kept = tmp_path / "screen.md", tmp_path / "points.nc"
    words = [RIVER, str(tmp_path / "base.toml"), "--maximise", "output", "--levers", "special_fund,land_guarantee",
             "--trajectories", "3", "--replicates", "6", "--points", "10", "--quiet", "--file", str(kept)]  # fmt: skip
    assert screen_command.main([*words, "--lang", "zh", "-o", str(page)]) == 0
    assert "基本效应" in page.read_text(encoding="utf-8") and kept.exists()
    capsys.readouterr()
    assert screen_command.main([*words, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["format"] == "jiju screening" and len(told["openings"]) == 4
    assert set(told["left_out"]) | {row["opening"] for row in told["openings"] if row["verdict"] == "matters"} == {
        row["opening"] for row in told["openings"]
    }
    assert screen_command.main([*words, "--to", "latex"]) == 0
    assert "mu*" in capsys.readouterr().out
