"""Where the city gets to: a variable over the years with its spread, and the probability of each target."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from jiju.errors import UsageError
from jiju.labels import arm_names, key_names
from jiju.languages import Lang, checked, translated
from jiju.plot import appearance, captions
from jiju.plot.captions import entitle, with_unit
from jiju.plot.series import Series, quantiles, series_of
from jiju.printing.text_tables import number
from jiju.results import validation
from jiju.results.indicators import target_table, targets_of
from jiju.results.validation import REPLICATES
from jiju.statistics.clusters import Clusters
from jiju.statistics.paired import probability

WORDS = {
    "median": {"en": "median", "zh": "中位数"},
    "half": {"en": "50 % of replicates", "zh": "中间50%的重复试验"},
    "most": {"en": "90 % of replicates", "zh": "中间90%的重复试验"},
    "target": {"en": "target", "zh": "目标"},
    "probability": {"en": "Probability of meeting the target", "zh": "目标实现概率"},
    "wilson": {"en": "95 % interval (Wilson)", "zh": "95%区间（Wilson）"},
}
TOGETHER = 2  # arms that one panel shows with their bands
LEGEND: dict[str, Any] = {"fontsize": "small", "framealpha": 0.85, "edgecolor": "none"}
TARGET_LINE: dict[str, Any] = {"color": appearance.BLACK, "linestyle": ":", "linewidth": 1.2}


def fan(
    data: xr.Dataset, variable: str = "output", *, target: str | None = None, lang: Lang = "en", ax: Axes | None = None,
    **where: str,
) -> Axes:  # fmt: skip
    """A variable by year: the median of each scenario, bands that hold half and nine tenths of the replicates.

    `target` is a target's key; its value stands as a line. `where` picks one key, as industry="energy". Of a mean over
    replicates only the line is drawn. One scenario has shaded bands, two have one shaded and one outlined each. More
    have a panel each, with the first scenario's median in all, and the first panel's axes are returned; on a given
    `ax` they have medians, and their bands at the last year.

    `lang` is the language of names and words: "en" or "zh".

    Example:

        both = jiju.open("both.h5")
        jiju.plot.fan(both, "output", target="T1")
        jiju.plot.fan(both, "employment", industry="biomedicine", lang="zh")
    """
    checked(lang)
    data = with_replicates(data, variable)
    found = series_of(data, variable, where)
    wanted = None if target is None else value_of_target(data, target)
    names = arm_names([data], lang)
    title, details = with_unit(found.variable, lang, per_year=True), found.details(data, lang)
    # in the legend and not at the line, where it would lie under the legend of a small picture
    aim = [] if wanted is None else [
        Line2D([], [], **TARGET_LINE, label=f"{target} {WORDS['target'][lang]}: {number(wanted, 4)}")
    ]  # fmt: skip
    if len(names) > TOGETHER and ax is None:
        figure, axes = appearance.panels(len(names), 3, (3.6, 2.6), lang)
        for place, (each, name) in enumerate(zip(axes, names, strict=True)):
            if place:
                draw_median(each, found, 0, names[0])
            draw_arm(each, found, place, name, shaded=True)
            finish(each, found, wanted)
            each.set_title(appearance.lines(name, appearance.fitting(appearance.width_of(each))), fontsize="medium")
        axes[0].legend(handles=[*key(found, range(1), names, lang), *aim], loc="best", **LEGEND)
        dot = " · "
        room = appearance.fitting(figure.get_figwidth())
        figure.suptitle(appearance.lines(dot.join(part for part in (title, *details) if part), room), x=0.01,
                        ha="left", fontsize="medium")  # fmt: skip
        return axes[0]
    ax = appearance.apply(ax, lang)
    many = len(names) > TOGETHER
    for place in range(len(names)):
        if many:
            draw_ends(ax, found, place, names[place])
        else:
            draw_arm(ax, found, place, names[place], shaded=len(names) == 1)
    finish(ax, found, wanted)
    if many:
        ax.set_xlim(found.years[0], found.years[-1] + 0.2 + 0.14 * len(names))
    entitle(ax, title, *(names if len(names) == 1 else []), *details)
    ax.legend(handles=[*key(found, range(len(names)), names, lang), *aim],
              loc="upper left" if wanted is None else "best", **LEGEND)  # fmt: skip
    return ax


def look_of(found: Series, place: int) -> tuple[str, Any]:
    """Colour and line of an arm; a single arm is no base, and not grey."""
    alone = found.values.sizes["scenario"] == 1
    at = place + alone
    return appearance.SERIES[at % len(appearance.SERIES)], appearance.LINES[at % len(appearance.LINES)]


def draw_median(ax: Axes, found: Series, place: int, name: str) -> None:
    colour, line = look_of(found, place)
    median = quantiles(found.values.isel(scenario=place).values)[2]
    ax.plot(found.years, median, color=colour, linestyle=line, linewidth=2, zorder=3, label=name)


def draw_arm(ax: Axes, found: Series, place: int, name: str, shaded: bool) -> None:
    """Median and bands: both shaded, or the wide one as an outline, so that two arms can lie over each other."""
    values = found.values.isel(scenario=place).values
    colour, line = look_of(found, place)
    draw_median(ax, found, place, name)
    if len(values) > 1:
        q05, q25, _, q75, q95 = quantiles(values)
        ax.fill_between(found.years, q25, q75, color=colour, alpha=0.3 if shaded else 0.2, linewidth=0)
        if shaded:
            ax.fill_between(found.years, q05, q95, color=colour, alpha=0.15, linewidth=0)
        else:
            for edge in (q05, q95):
                ax.plot(found.years, edge, color=colour, linestyle=line, linewidth=0.8)


def draw_ends(ax: Axes, found: Series, place: int, name: str) -> None:
    """The median over the years, and the bands beside the last year only."""
    draw_median(ax, found, place, name)
    values = found.values.isel(scenario=place).values[:, -1]
    if len(values) > 1:
        q05, q25, q50, q75, q95 = quantiles(values[:, None])[:, 0]
        colour, _ = look_of(found, place)
        x = found.years[-1] + 0.2 + 0.14 * place
        ax.vlines(x, q05, q95, color=colour, linewidth=1)
        ax.vlines(x, q25, q75, color=colour, linewidth=4)
        ax.plot(x, q50, marker="_", color=appearance.BLACK, markersize=6)


def finish(ax: Axes, found: Series, wanted: float | None) -> None:
    """Years, the zero, and the target's line."""
    years = found.years
    if wanted is not None:
        ax.axhline(wanted, **TARGET_LINE, zorder=2)
    ax.set_xticks(thinned(years, appearance.width_of(ax)))
    if len(years) > 1:
        ax.set_xlim(years[0], years[-1])
    every = np.nanquantile(found.values.values, 0.95, axis=1)
    highest = max(float(np.nanmax(every)), 1.08 * wanted if wanted is not None else 0.0)
    lowest = min(0.0, float(np.nanmin(found.values)))
    ax.set_ylim(lowest, highest + 0.05 * (highest - lowest or 1.0))


def thinned(years: np.ndarray, inches: float) -> np.ndarray:
    """Every year, or every so many that their labels do not touch, the last among them."""
    room = max(1, int(inches * 72 / (4.2 * appearance.in_use.get().points)))
    step = -(-len(years) // room)
    return years[::-1][::step][::-1]


def key(found: Series, places: range, names: list[str], lang: Lang) -> list[Line2D | Patch]:
    """What lines and bands are. A single arm is named by the title."""
    handles: list[Line2D | Patch] = []
    arms = found.values.sizes["scenario"]
    shaded = len(places) == 1 or arms > TOGETHER
    if len(places) > 1:
        for place in places:
            colour, line = look_of(found, place)
            handles.append(Line2D([], [], color=colour, linestyle=line, linewidth=2, label=names[place]))
    colour = look_of(found, 0)[0] if shaded and arms == 1 else appearance.GREY
    if len(places) == 1:
        median = WORDS["median"][lang]
        label = median if arms == 1 else f"{names[0]}{'：' if lang == 'zh' else ': '}{median}"
        handles.append(Line2D([], [], color=colour, linewidth=2, linestyle=look_of(found, 0)[1], label=label))
    if found.values.sizes["replicate"] > 1:
        handles.append(Patch(color=colour, alpha=0.35, linewidth=0, label=WORDS["half"][lang]))
        wide = (Patch(color=colour, alpha=0.15, linewidth=0, label=WORDS["most"][lang]) if shaded
                else Line2D([], [], color=colour, linewidth=0.8, label=WORDS["most"][lang]))  # fmt: skip
        handles.append(wide)
    return handles


def with_replicates(data: xr.Dataset, variable: str) -> xr.Dataset:
    """Results with a dimension of replicates, of one where there is none: a mean, or one replicate."""
    if isinstance(data, xr.Dataset) and "replicate" not in data.dims and "replicate" not in data.coords:
        data = data.assign_coords(replicate=0)
    return validation.results(data, uses=(variable, "scenario_toml"))


def value_of_target(data: xr.Dataset, target: str) -> float:
    """What a target asks for."""
    table = target_table(data)
    if table.empty:
        raise UsageError(translated(
            "what {target} asks for stands in scenario_toml, which these results do not have; keep it",
            target=target,
        ))
    if target not in table.index:
        raise UsageError(translated(
            "no target {target!r} in these results{nearest}",
            target=target, nearest=validation.nearest(target, table.index),
        ))
    value = float(table["value"].to_numpy(float)[list(table.index).index(target)])
    if np.isnan(value):
        raise UsageError(translated(
            "what {target} asks for stands in scenario_toml, which these results do not have; keep it",
            target=target,
        ))
    return value


def targets(*results: xr.Dataset, lang: Lang = "en", ax: Axes | None = None) -> Axes:
    """The probability of every target in every scenario, most likely on top, with 95 % Wilson intervals.

    `lang` is the language of names and words: "en" or "zh".

    Example:

        jiju.plot.targets(jiju.open("both.h5"))
    """
    checked(lang)
    if not results:
        raise UsageError(translated("which results?"))
    needs = (*REPLICATES, "target")
    results = tuple(validation.results(data, needs=needs, uses=("target_met",)) for data in results)
    for data in results:
        validation.needed(data, ["target_met"], "plot.targets", translated(
            "every results file has it; select it too"
        ))
    keys = targets_of(results[0])
    arms = list(zip(
        arm_names(results, lang),
        (data["target_met"].isel(scenario=place).reindex(target=keys)
         for data in results for place in range(data.sizes["scenario"])),
        strict=True,
    ))  # fmt: skip
    row = 0.36 * max(1.0, 0.45 * len(arms))
    ax = appearance.apply(ax, lang, (8.5, row * len(keys) + 1.4), rows=True)
    found = [chances(met, keys) for _, met in arms]
    order = found[-1]["p"].sort_values(kind="stable").index
    rows = np.arange(len(order))
    first = 1 if len(arms) == 1 else 0
    step = min(0.22, 0.8 / len(arms))
    for place, (name, _) in enumerate(arms):
        shown = found[place].loc[order]
        y = rows + step * ((len(arms) - 1) / 2 - place)
        at = (place + first) % len(appearance.SERIES)
        colour = appearance.SERIES[at]
        ax.hlines(y, shown["low"], shown["high"], color=colour, linewidth=1.8, alpha=0.6)
        ax.plot(shown["p"], y, appearance.MARKERS[at], color=colour, markersize=4.5, label=name)
    names = key_names(results[0], "target", lang)
    ax.set_yticks(rows, [f"{appearance.cut(names[key], 46)}  {key}" for key in order])
    ax.set_xlim(0, 1.02)
    ax.set_ylim(-0.7, len(order) - 0.3)
    ax.grid(axis="x", color="#DDDDDD", linewidth=0.8)
    ax.set_axisbelow(True)
    counts = dict.fromkeys(captions.count(met.sizes["replicate"], lang) for _, met in arms)
    alone = [arms[0][0]] if len(arms) == 1 else []
    entitle(ax, WORDS["probability"][lang], *alone, WORDS["wilson"][lang], *counts)
    if len(arms) > 1:
        ax.legend(frameon=False, loc="best", fontsize="small")
    return ax


def chances(met: xr.DataArray, keys: list[str]) -> pd.DataFrame:
    """The probability of each target with its interval, by draws of the parameters where replicates share them."""
    Clusters.along(met).check()
    rows = [probability(met.sel(target=key)) for key in keys]
    return pd.DataFrame(rows, columns=["p", "low", "high"], index=keys)
