"""Pictures show the numbers of the results, in both languages, with every letter there is."""

import warnings

import matplotlib
import numpy as np
import pytest

from jiju import plot
from jiju.attribution import attribute
from jiju.errors import UsageError
from jiju.facts import card
from jiju.panels import steps_of
from jiju.plot import facts as facts_plot
from jiju.plot.appearance import SERIES
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
