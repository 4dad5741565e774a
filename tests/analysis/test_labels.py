"""Arithmetic goes by label: what is reordered, shifted, unequal or partly missing gives what the same in order gives.

Every public frame and figure is asked twice: once of two results that are cut to what they have in common and stand in
one order, once of the same numbers in disorder.
"""

import matplotlib
import numpy as np
import pandas as pd
import pytest
import xarray as xr

import jiju
from jiju import plot
from jiju.errors import UsageError
from jiju.evidence.facts import measurements
from jiju.studies.ablation import ablate
from jiju.studies.attribution import attribute
from jiju.studies.comparison import compare
from jiju.studies.sensitivity import morris, sobol
from made_city import NAMES
from made_city import run as run_city
from made_results import results
from test_sensitivity import uniform

matplotlib.use("Agg")

CHANCE = np.random.default_rng(8).normal(90, 10, size=60)
PLAN = CHANCE * 1.05 + np.random.default_rng(9).normal(0, 4, size=60)
BASE_HAS, PLAN_HAS = np.arange(0, 48), np.arange(5, 60)
BOTH = np.arange(5, 48)
HOLES = {"base": 11, "plan": 30}  # failed replicates


def arm(key, values):
    """Of one scenario, with a failed replicate, and with ledgers of levers."""
    values = values.copy()
    values[HOLES[key]] = np.nan
    data = results({key: values})
    money = values[None, :, None, None] * np.array([0.1, 0.3]) * np.ones((1, 60, 2, 1))
    over = ("scenario", "replicate", "year", "lever")
    attrs = {"units": "1e8 CNY", "cell_methods": "year: sum", "long_name": "Money", "long_name_zh": "资金"}
    return data.assign(lever_money=(over, money, attrs)).assign_coords(lever=["fund", "land"])


def disordered(data, replicates, seed):
    """The replicates that it has, in another order, and every axis in another order too."""
    random = np.random.default_rng(seed)
    places = {"replicate": random.permutation(replicates)}
    places |= {dim: random.permutation(data.sizes[dim]) for dim in ("industry", "cluster", "lever", "year")}
    return data.isel(places).transpose(..., "replicate", "scenario")


@pytest.fixture(scope="module")
def ordered():
    return arm("base", CHANCE).isel(replicate=BOTH), arm("plan", PLAN).isel(replicate=BOTH)


@pytest.fixture(scope="module")
def mixed():
    return disordered(arm("base", CHANCE), BASE_HAS, 1), disordered(arm("plan", PLAN), PLAN_HAS, 2)


def same(found, expected, keys):
    one, two = (frame.set_index(keys).sort_index() for frame in (found, expected))
    pd.testing.assert_frame_equal(one[two.columns], two, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("frame", ["targets", "indicators", "industries", "clusters", "levers", "pairing"])
def test_every_frame_of_a_comparison(ordered, mixed, frame):
    keys = {"targets": ["target"], "industries": ["indicator", "industry"], "clusters": ["indicator", "cluster"],
            "levers": ["indicator", "lever"]}.get(frame, ["indicator"])  # fmt: skip
    found, expected = compare(*mixed, control=False), compare(*ordered)
    same(getattr(found, frame), getattr(expected, frame), keys)
    # The replicates that failed on one side are missing on both.
    counts = getattr(found, frame).set_index(keys[0])["n"].drop("price", errors="ignore")
    assert (counts == len(BOTH) - len(HOLES)).all()


def test_a_control_hangs_on_no_order(mixed):
    """Replicates that the base has alone are a control, wherever they stand in its file."""
    base, plan = mixed
    sorted_base = base.sortby(["replicate", "industry", "cluster", "lever", "year"])
    found, expected = compare(base, plan), compare(sorted_base, plan.sortby("replicate"))
    assert (found.indicators["worth"] >= found.indicators["n"]).all()
    for frame, keys in (("targets", ["target"]), ("indicators", ["indicator"])):
        same(getattr(found, frame), getattr(expected, frame), keys)


def test_earlier_years_and_json(ordered, mixed):
    found, expected = (compare(*arms, control=False) for arms in (mixed, ordered))
    same(found.by("industry", ["output"], 2011), expected.by("industry", ["output"], 2011), ["industry"])
    assert found.to_dict()["targets"][0]["p_value"] == pytest.approx(expected.to_dict()["targets"][0]["p_value"])


def test_several_scenarios_each_by_its_own_pairs(ordered, mixed):
    """Against two others, of which one has other replicates than the other."""
    third = arm("plan", PLAN + 3).isel(replicate=[50, 7, 6, 20, 21, 22, 23, 24, 25, 26])
    found = compare(mixed[0], mixed[1], third).targets.set_index("scenario")
    assert found.loc["plan", "n"] == 41
    assert found.loc["plan #2", "n"] == 9
    alone = compare(ordered[0], third).targets.iloc[0]
    assert found.loc["plan #2", "p_value"] == pytest.approx(alone["p_value"])


def test_unpaired_frames_do_not_depend_on_order():
    base, plan = arm("base", CHANCE), arm("plan", PLAN)
    found = compare(disordered(base, np.arange(60), 1), disordered(plan, np.arange(60), 2), paired=False)
    expected = compare(base, plan, paired=False)
    same(found.targets, expected.targets, ["target"])
    same(found.industries, expected.industries, ["indicator", "industry"])


def drawn(ax):
    """What a picture shows: lines and bars by label or place, the numbers of images, and texts."""
    lines = [np.asarray(line.get_xydata(), float) for line in ax.lines]
    segments = [np.asarray(s, float) for c in ax.collections if hasattr(c, "get_segments") for s in c.get_segments()]
    images = [np.ma.filled(np.ma.asarray(image.get_array(), float), np.nan) for image in ax.images]
    ticks = [text.get_text() for text in (*ax.get_yticklabels(), *ax.get_xticklabels())]
    return lines + segments + images, ticks


def test_pictures(ordered, mixed):
    base, plan = ordered
    mixed_base, mixed_plan = mixed
    full = arm("base", CHANCE), arm("plan", PLAN)
    shuffled = disordered(full[0], np.arange(60), 3), disordered(full[1], np.arange(60), 4)
    pictures = [
        (lambda d: plot.fan(d, "output", target="T1"), full[1], shuffled[1]),
        (lambda d: plot.fan(d, "output", industry="materials"), full[1], shuffled[1]),
        (lambda d: plot.targets(*d), full, shuffled),
    ]
    for picture, expected, found in pictures:
        (numbers, words), (wanted, wanted_words) = drawn(picture(found)), drawn(picture(expected))
        assert words == wanted_words
        for one, two in zip(numbers, wanted, strict=True):
            assert np.allclose(one, two, equal_nan=True)
    # A map may have its rows in another order; its cells are the same.
    for relative in (False, True):
        maps = [plot.heat_map(*arms, relative=relative) for arms in ((mixed_base, mixed_plan), (base, plan))]
        found, expected = (cells(ax) for ax in maps)
        assert found == pytest.approx(expected)
    matplotlib.pyplot.close("all")


def cells(ax):
    rows, columns = ([text.get_text() for text in labels] for labels in (ax.get_yticklabels(), ax.get_xticklabels()))
    values = ax.images[0].get_array()
    return {(row, column): float(values[i, j]) for i, row in enumerate(rows) for j, column in enumerate(columns)}


def shuffling(run, seed=3):
    """A runner whose batches come back with their replicates in another order each."""
    random = np.random.default_rng(seed)

    def other(arms):
        data = run(arms)
        return data.isel(replicate=random.permutation(data.sizes["replicate"]))

    return other


def losing(run):
    """A runner that has lost another replicate in each arm, as failures do."""

    def other(arms):
        data = run(arms)
        lost = xr.DataArray([hash(str(sorted(arm.settings.items()))) % 7 for arm in arms], dims="scenario")
        kept = data["replicate"] != lost
        return data.assign({name: data[name].where(kept) if data[name].dims[:2] == ("scenario", "replicate") else
                            data[name] for name in data.data_vars})  # fmt: skip

    return other


@pytest.mark.parametrize("way", [{}, {"permutations": 6}, {"indicator": "p(T1)"}])
def test_attribution_does_not_depend_on_the_order_of_replicates(way):
    expected = attribute("plan", "base", run=run_city, progress=False, **way)
    found = attribute("plan", "base", run=shuffling(run_city), progress=False, **way)
    same(found.table, expected.table, ["lever"])
    same(found.interactions, expected.interactions, ["lever", "with"])
    assert found.total_error == pytest.approx(expected.total_error)


def test_attribution_adds_up_where_arms_have_lost_replicates():
    found = attribute("plan", "base", indicator="p(T1)", run=losing(run_city), progress=False)
    assert found.table["value"].sum() + found.remainder == pytest.approx(found.total)
    assert found.remainder == pytest.approx(0)
    assert found.values.isnull().any("lever").equals(found.values.isnull().all("lever"))


def test_ablation_does_not_depend_on_the_order_of_replicates():
    expected = ablate("plan", "base", run=run_city, progress=False)
    found = ablate("plan", "base", run=shuffling(run_city), progress=False)
    same(found.effects, expected.effects, ["lever", "way", "outcome"])
    same(found.costs, expected.costs, ["lever", "way"])
    assert set(found.levers["lever"]) == set(NAMES)
    lost = ablate("plan", "base", run=losing(run_city), progress=False)
    effects = lost.effects.query("outcome == 'output'").set_index(["lever", "way"])["effect"]
    assert effects["fund", "alone"] == pytest.approx(6) and effects["credit", "removed"] == pytest.approx(6)


def test_sensitivity_does_not_depend_on_the_order_of_replicates():
    def run(arms):
        chance = np.random.default_rng(1).normal(size=12)
        return results({f"p{k}": 5 * a.settings["a"] * chance + a.settings["b"] for k, a in enumerate(arms)})

    for method, size in ((sobol, {"points": 16}), (morris, {"trajectories": 6})):
        expected = method(uniform("a", "b"), run=run, progress=False, **size)
        found = method(uniform("a", "b"), run=shuffling(run), progress=False, **size)
        columns = [name for name in expected if not name.endswith("_error")]
        pd.testing.assert_frame_equal(found[columns], expected[columns])


@pytest.fixture(scope="module")
def firms(short):
    plan = jiju.Scenario.load(short).copy("plan")
    plan["levers.special_fund.budget"] = 5
    data = jiju.run(short, plan, replicates=3, record="firms", panels=3, progress=False)
    order = {"replicate": [2, 0, 1], "industry": list(range(data.sizes["industry"]))[::-1]}
    return data, data.isel(order).transpose(..., "replicate", "scenario")


def test_firms_do_not_depend_on_the_order_of_replicates_and_industries(firms):
    data, turned = firms
    pd.testing.assert_frame_equal(measurements(turned), measurements(data))
    pd.testing.assert_frame_equal(jiju.twins(turned), jiju.twins(data))
    firm = int(data.firm_id.values[-1])
    for ask in (lambda d: plot.life(d, firm, 2), plot.size_distribution, plot.growth_distribution):
        (numbers, words), (wanted, wanted_words) = drawn(ask(turned)), drawn(ask(data))
        assert words == wanted_words and len(numbers) == len(wanted)
        for one, two in zip(numbers, wanted, strict=True):
            assert np.allclose(one, two, equal_nan=True)
    matplotlib.pyplot.close("all")


def test_firms_of_some_replicates_are_those_of_the_whole(firms):
    data, turned = firms
    some = turned.isel(replicate=[0, 2])  # the third and the second of the file
    pd.testing.assert_frame_equal(measurements(some), measurements(data).loc[[1, 2]])
    found, whole = jiju.twins(some), jiju.twins(data)
    pd.testing.assert_frame_equal(found, whole[whole["replicate"] > 0].reset_index(drop=True))


def test_a_selection_that_the_numbers_of_firms_do_not_bear_is_refused(firms):
    data, _ = firms
    names = {"flag_values": [0, 1], "flag_meanings": " ".join(data["scenario"].values)}
    named, bare = (
        data.assign(panel_scenario=data["panel_scenario"].drop_attrs().assign_attrs(attrs)) for attrs in (names, {})
    )
    pd.testing.assert_frame_equal(measurements(named.sel(scenario="plan")), measurements(data, "plan"))
    with pytest.raises(UsageError, match="firms of more scenarios than they list"):
        measurements(bare.sel(scenario="plan"))
    with pytest.raises(UsageError, match="at more times than they list"):
        measurements(data.isel(time=slice(0, 4)))
