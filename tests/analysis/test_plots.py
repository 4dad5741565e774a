"""Pictures show the numbers of the results, in both languages, with every letter there is."""

import warnings

import matplotlib
import numpy as np
import pytest
from scipy import stats

from jiju import plot
from jiju.errors import UsageError
from jiju.evidence.facts import card
from jiju.labels import arm_names
from jiju.plot import appearance
from jiju.plot import facts as facts_plot
from jiju.plot.appearance import SERIES
from jiju.results.panels import steps_of
from jiju.studies.ablation import ablate
from jiju.studies.attribution import attribute
from jiju.studies.comparison import compare
from made_city import CHANCE, run
from made_results import results

matplotlib.use("Agg")


@pytest.fixture(autouse=True)
def closed():
    yield
    matplotlib.pyplot.close("all")


@pytest.fixture(scope="module")
def city():
    return results({"base": CHANCE, "plan": CHANCE + 12})


@pytest.fixture(scope="module")
def firms(short, tmp_path_factory):
    import jiju

    path = tmp_path_factory.mktemp("firms") / "firms.h5"
    plan = jiju.Scenario.load(short).copy("plan")
    plan["levers.special_fund.budget"] = 5
    jiju.run(short, plan, replicates=2, record="firms", panels=2, output=path, progress=False).close()
    with jiju.open(path) as data:
        yield data.load()


def drawn(ax):
    """All letters render: a missing glyph is a warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ax.figure.canvas.draw()
    return ax


def words(ax):
    return " ".join(text.get_text() for text in ax.figure.findobj(matplotlib.text.Text))


def test_fan_shows_medians_and_the_target(city):
    ax = drawn(plot.fan(city, "output", target="T1"))
    last = {line.get_label(): line.get_ydata()[-1] for line in ax.lines if len(line.get_ydata()) == 2}
    assert last["The plan"] == pytest.approx(np.median(CHANCE) + 12)
    assert any(np.allclose(line.get_ydata(), 100) for line in ax.lines)
    assert "1e8 CNY" in ax.get_title("left") and ax.get_ylim()[0] == 0
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["2011", "2012"]


def test_fan_picks_a_key_and_refuses_to_add_what_does_not_add_up(city):
    ax = plot.fan(city, "output", industry="materials")
    assert ax.lines[0].get_ydata()[-1] == pytest.approx(np.median(CHANCE) / 2)
    with pytest.raises(ValueError, match="price cannot be added up over industry"):
        plot.fan(city, "price")


def test_targets_show_probabilities(city):
    ax = drawn(plot.targets(city))
    shown = {line.get_label(): line.get_xdata()[0] for line in ax.lines}
    assert shown == pytest.approx({"The base": np.mean(CHANCE >= 95), "The plan": np.mean(CHANCE + 12 >= 95)})


def test_heat_map_shows_the_effect_of_each_cell(city):
    ax = drawn(plot.heat_map(city.isel(scenario=[0]), city.isel(scenario=[1])))
    assert np.allclose(ax.images[0].get_array(), 12 / 6)
    assert ax.images[0].get_array().shape == (3, 2)


def test_waterfall_goes_from_the_base_to_the_target():
    found = attribute("plan", "base", run=run, progress=False)
    ax = drawn(plot.waterfall(found, 90.0, 120.0, most=1))
    bars = [(bar.get_x(), bar.get_width()) for bar in ax.patches]
    assert bars == [pytest.approx(pair) for pair in ((90, 7), (97, 5), (102, 18))]
    assert [line.get_xdata()[0] for line in ax.lines] == pytest.approx([90, 102, 120])


def test_attribution_shows_values_and_the_whole():
    found = attribute("plan", "base", run=run, progress=False)
    ax = drawn(plot.attribution(found, lang="zh"))
    assert sorted(bar.get_width() for bar in ax.patches) == pytest.approx([0, 5, 7])
    assert "基金" in words(ax) and "+12" in ax.get_title("left")


def test_pictures_say_arm_filter_and_what_was_added_up(city):
    ax = plot.fan(city.sel(scenario=["plan"]), "output", industry="materials")
    assert {"The plan", "industry: Materials", "sum over clusters", "25 replicates"} <= set(parts(ax))
    ax = plot.fan(city, "output", industry="materials", cluster="north", lang="zh")
    assert "产业：材料，集聚区：north" in words(ax) and "合计" not in words(ax)
    ax = plot.heat_map(city.isel(scenario=[1]), city.isel(scenario=[0]))
    assert {"The base less The plan", "2012"} <= set(parts(ax))
    with pytest.raises(UsageError, match="no dimension 'tier' in these results"):
        plot.heat_map(city, rows="tier")


def parts(ax):
    """What stands in the title and below it."""
    return [part.strip() for text in (ax.get_title("left"), *(each.get_text() for each in ax.texts))
            for part in text.replace("\n", " ").split("·")]  # fmt: skip


def test_copies_of_an_arm_keep_distinct_names():
    arms = results({"plan": CHANCE, "more": CHANCE + 1, "base": CHANCE - 1})
    arms["scenario_name"] = ("scenario", ["The plan", "The plan", "The base"])
    assert arm_names([arms], "en") == ["The plan (plan)", "The plan (more)", "The base"]
    assert arm_names([arms.isel(scenario=[0]), arms.isel(scenario=[0])], "en") == [
        "The plan (plan) #1", "The plan (plan) #2"]  # fmt: skip
    assert "The plan (more) less The plan (plan)" in parts(plot.difference_fan(arms.isel(scenario=[0, 1])))


def test_more_than_two_arms_have_a_panel_each_or_medians_on_given_axes(city):
    arms = results({"a": CHANCE, "b": CHANCE + 5, "c": CHANCE + 9})
    figure = plot.fan(arms, "output").figure
    drawn(figure.axes[0])
    assert [ax.get_title("left") for ax in figure.axes] == ["The a", "The b", "The c"]
    assert len({ax.get_ylim() for ax in figure.axes}) == 1
    assert figure.axes[0].get_ylim()[1] > np.quantile(CHANCE + 9, 0.95)
    for ax, added in zip(figure.axes, (0, 5, 9), strict=True):
        assert ax.lines[-1].get_ydata()[-1] == pytest.approx(np.median(CHANCE) + added)
    _, ax = matplotlib.pyplot.subplots()
    assert plot.fan(arms, "output", ax=ax) is ax and not ax.collections[0].get_paths()[0].vertices.shape[0] > 10


def test_difference_fan_has_the_interval_of_the_mean_and_the_spread(city):
    arms = results({"base": CHANCE, "plan": CHANCE + np.linspace(0, 10, 25)})
    ax = drawn(plot.difference_fan(arms))
    spread, interval = (each.get_paths()[0].get_extents() for each in ax.collections)
    gain = np.linspace(0, 10, 25)
    assert (spread.y0, spread.y1) == pytest.approx((np.quantile(gain, 0.05) / 2, np.quantile(gain, 0.95)))
    half = stats.t.ppf(0.975, 24) * gain.std(ddof=1) / 5
    assert interval.y1 == pytest.approx(5 + half)
    relative = plot.difference_fan(arms, relative=True)
    assert relative.lines[1].get_ydata()[-1] == pytest.approx(np.mean(gain / CHANCE))
    assert "change in %" in relative.get_title("left")
    with pytest.raises(UsageError, match="one scenario alone has no differences"):
        plot.difference_fan(arms.isel(scenario=[0]))


def test_forest_shows_what_the_comparison_found(city):
    found = compare(city)
    ax = drawn(plot.forest(found, "cluster"))
    frame = found.by("cluster", ["output"])
    assert [line.get_xdata()[0] for line in ax.lines[1:]] == pytest.approx(list(frame["difference"]))
    assert ax.get_xlabel() == "1e8 CNY" and "The plan less The base" in parts(ax)
    relative = plot.forest(found, relative=True)
    assert [line.get_xdata()[0] for line in relative.lines[1:]] == pytest.approx([100 * 12 / CHANCE.mean()] * 2)
    targets = drawn(plot.forest(found, "target", lang="zh"))
    assert targets.lines[1].get_xdata()[0] == pytest.approx(np.mean(CHANCE + 12 >= 95) - np.mean(CHANCE >= 95))
    found = attribute("plan", "base", run=run, progress=False)
    assert [line.get_xdata()[0] for line in drawn(plot.forest(found)).lines[1:]] == pytest.approx([7, 5, 0])
    with pytest.raises(UsageError, match=r"wanted is what jiju\.compare"):
        plot.forest(city)


def test_forest_of_an_ablation_has_both_ways():
    ax = drawn(plot.forest(ablate("plan", "base", run=run, progress=False)))
    shown = [line.get_xdata()[0] for line in ax.lines[1:]]
    assert shown == pytest.approx([6, 4, 0, 8, 6, 0])  # fund, credit, land: alone, and within the plan
    assert [line.get_markerfacecolor() == "white" for line in ax.lines[1:4]] == [False, False, True]


def test_a_lever_is_never_called_other_levers():
    found = attribute("plan", "base", run=run, progress=False)
    for most in (1, 2, 3):
        names = [tick.get_text() for tick in plot.waterfall(found, 90.0, 120.0, most=most).get_yticklabels()]
        assert any("other" in name for name in names) == (most == 1)
        assert names[-2] == "gap to the target" and names[0] == "The arm1" and names[-3] == "The arm0"
    assert "the other 2 levers" in words(plot.waterfall(found, 90.0, 120.0, most=1))
    assert "beyond the target" in words(plot.waterfall(found, 90.0, 95.0))


def test_waterfall_groups_by_the_headings_of_the_plan():
    found = attribute("plan", "base", run=run, progress=False)
    ax = drawn(plot.waterfall(found, 90.0, 120.0, by="section"))
    names = [tick.get_text() for tick in ax.get_yticklabels()]
    assert names[1:3] == ["4(6) Fund and 1 more", "4(7) Land"]
    assert [bar.get_width() for bar in ax.patches][:1] == pytest.approx([12])
    assert "四(六)基金等2项" in words(plot.waterfall(found, 90.0, 120.0, by="section", lang="zh"))


def swept(outputs, design, names=("Fund", "Land")):
    """A sweep whose points reach these outputs."""
    data = results({f"p{place:04d}": CHANCE + each for place, each in enumerate(outputs, 1)})
    keys = [name.lower() for name in names]
    return data.assign(
        design=(("scenario", "factor"), np.array(design, float)), factor_name=("factor", list(names)),
        factor_name_zh=("factor", ["基金", "土地"][: len(names)]),
    ).assign_coords(factor=keys)  # fmt: skip


def test_design_of_one_factor_is_a_curve_at_its_values():
    ax = drawn(plot.design(swept([0, 4, 6], [[0], [2], [5]], ["Fund"]), "output"))
    assert list(ax.lines[0].get_xdata()) == [0, 2, 5] and ax.get_xlabel() == "Fund"
    assert list(ax.lines[0].get_ydata()) == pytest.approx([CHANCE.mean(), CHANCE.mean() + 4, CHANCE.mean() + 6])
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["0", "2", "5"]
    half = stats.t.ppf(0.975, 24) * CHANCE.std(ddof=1) / 5
    assert ax.collections[0].get_paths()[0].get_extents().y1 == pytest.approx(CHANCE.mean() + 6 + half)
    share = plot.design(swept([0, 12], [[0], [1]], ["Fund"]), "p(T1)", lang="zh")
    assert list(share.lines[0].get_ydata()) == pytest.approx([np.mean(CHANCE >= 95), np.mean(CHANCE + 12 >= 95)])


def test_design_of_two_factors_is_a_map_and_of_more_says_what_to_hold():
    grid = swept([0, 1, 2, 3, 4, 5], [[0, 0], [0, 1], [2, 0], [2, 1], [5, 0], [5, 1]])
    ax = drawn(plot.design(grid, "output"))
    assert np.allclose(ax.images[0].get_array() - CHANCE.mean(), [[0, 2, 4], [1, 3, 5]])
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("Fund", "Land")
    held = plot.design(grid, "output", at={"land": 1})
    assert np.allclose(held.lines[0].get_ydata() - CHANCE.mean(), [1, 3, 5]) and "Land = 1" in parts(held)
    with pytest.raises(UsageError, match="land varies too: hold it"):
        plot.design(grid, "output", "fund")
    with pytest.raises(UsageError, match="no point has land = 7"):
        plot.design(grid, "output", at={"land": 7})
    with pytest.raises(UsageError, match="did you mean 'fund'"):
        plot.design(grid, "output", "fond")


def test_points_on_no_grid_are_dots_and_a_base_of_its_own_is_a_line():
    sample = swept([0, 1, 2], [[0.1, 0.7], [0.5, 0.2], [0.9, 0.4]])
    assert np.allclose(plot.design(sample, "output").collections[0].get_offsets()[:, 0], [0.1, 0.5, 0.9])
    single = swept([0, 3, 4, 1], [[np.nan, np.nan], [0, np.nan], [1, np.nan], [np.nan, 1]])
    ax = plot.design(single, "output", "fund")
    assert list(ax.lines[0].get_xdata()) == [0, 1]


def test_style_for_papers_has_a_columns_width_and_ends_with_its_block(city, tmp_path):
    before = matplotlib.rcParams["font.size"]
    with plot.style("paper"):
        figure = drawn(plot.fan(city, lang="zh")).figure
        assert figure.get_figwidth() * 25.4 == pytest.approx(88)
        figure.savefig(tmp_path / "figure")
        assert matplotlib.rcParams["font.size"] == 7.5
    assert (tmp_path / "figure.pdf").read_bytes().startswith(b"%PDF")
    assert matplotlib.rcParams["font.size"] == before
    assert plot.fan(city).figure.get_figwidth() == 7.5
    with pytest.raises(UsageError, match="style 'poster': allowed are screen, paper"), plot.style("poster"):
        pass
    with pytest.raises(UsageError, match=r"columns = 3: allowed are 1, 1.5, 2"), plot.style(columns=3):
        pass


@pytest.mark.parametrize(("text", "found"), [
    ("Energy saving and environment", "Energy saving\nand\nenvironment"),
    ("战略性新兴产业产值达到4000亿元左右", "战略性新兴产\n业产值达到\n4000亿元左右"),
    ("省（区）", "省（区）"),
])  # fmt: skip
def test_lines_keep_latin_words_whole(text, found):
    assert appearance.lines(text, 13) == found


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_picture_renders_in_both_languages(city, lang):
    found = attribute("plan", "base", run=run, progress=False)
    arms = city.isel(scenario=[0]), city.isel(scenario=[1])
    for ax in (
        plot.fan(city, target="T1", lang=lang),
        plot.targets(city, lang=lang),
        plot.heat_map(*arms, relative=True, lang=lang),
        plot.waterfall(found, 90.0, 120.0, lang=lang),
        plot.attribution(found, lang=lang),
        plot.forest(compare(city), lang=lang),
        plot.difference_fan(city, lang=lang),
    ):
        chinese = any("\u4e00" <= letter <= "\u9fff" for letter in words(drawn(ax)))
        assert chinese == (lang == "zh")


def test_a_given_axes_is_drawn_on(city):
    _, ax = matplotlib.pyplot.subplots()
    assert plot.fan(city, ax=ax) is ax


def test_distributions_stand_beside_the_published_ranges(firms):
    ax = drawn(plot.size_distribution(firms))
    assert len(ax.lines) == 2  # one a replicate
    for line in ax.lines:
        assert line.get_ydata()[0] == 1 and np.all(np.diff(line.get_ydata()) < 0)
        assert line.get_xdata()[0] >= card()["measurement"]["threshold"]
    assert "0.9 to 1.5" in words(ax)
    assert "文献形状参数" in words(drawn(plot.growth_distribution(firms, lang="zh")))


def test_densities_of_growth_have_the_spread_they_are_scaled_to():
    x = np.linspace(-60, 60, 200001)
    for shape in (0.7, 1.0, 2.0):
        density = facts_plot.subbotin_density(x, shape)
        step = x[1] - x[0]
        assert np.sum(density) * step == pytest.approx(1, abs=1e-3)
        assert np.sum(np.abs(x) * density) * step == pytest.approx(1, abs=5e-3)


def test_life_shows_both_lives_of_one_firm(firms):
    steps = steps_of(firms)
    firm = int(firms.firm_id.values[(steps == steps.max()) & (firms.panel_replicate.values == 0)][0])
    ax = drawn(plot.life(firms, firm, 0))
    mine = (firms.firm_id.values == firm) & (firms.panel_replicate.values == 0)
    for place, line in enumerate(line for line in ax.lines if len(line.get_xdata()) > 1):
        assert np.allclose(line.get_ydata(), firms.firm_sales.values[mine & (firms.panel_scenario.values == place)])
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["2011", "2012"]
    with pytest.raises(UsageError, match="no firm 99999999 in replicate 0"):
        plot.life(firms, 99999999)


def test_colours_of_scenarios_differ_to_colour_blind_eyes():
    """By lightness or hue as a deuteranope sees them: Machado, Oliveira, Fernandes 2009, severity 1."""
    sees = np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]])
    colours = np.array([matplotlib.colors.to_rgb(colour) for colour in SERIES[:4]]) ** 2.2 @ sees.T
    gaps = [np.linalg.norm(a - b) for k, a in enumerate(colours) for b in colours[:k]]
    assert min(gaps) > 0.1
