"""Fan charts: what was observed on top of what was simulated of the same years."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from jiju.errors import UsageError
from jiju.evidence.hindcasts import Hindcast
from jiju.evidence.observations import MEASURES, Observation
from jiju.evidence.simulated_series import Series
from jiju.labels import arm_names, unit_name
from jiju.languages import Lang, checked, translated
from jiju.plot import appearance, captions, saving
from jiju.plot.captions import entitle
from jiju.results import validation
from jiju.statistics.forecast_scores import BANDS, ends_of_band

WORDS = {
    "bands": {"en": "{} of replicates", "zh": "{}的重复试验"},
    "median": {"en": "median", "zh": "中位数"},
    "observed": {"en": "observed", "zh": "观测值"},
    "range": {"en": "observed, as a range", "zh": "观测值（范围）"},
    "growth": {"en": "growth a year, %", "zh": "年增速（%）"},
}
SHADES = ("#559ECB", "#9FC8E1", "#DAEAF4")  # of the bands, the narrowest first
MOST_PANELS = 24


def hindcast(
    found: Hindcast, variable: str | None = None, *, measure: str | None = None, scenario: str | None = None,
    lang: Lang = "en", ax: Axes | None = None, **where: str,
) -> Axes:  # fmt: skip
    """The fan of one simulated series with its observations, from what `jiju.hindcast` found.

    Bands hold 50, 80 and 95 % of replicates. `variable`, `measure` ("level" or "growth") and keys such as
    industry="energy" say which of the series that were observed, where there are several; `scenario` which scenario,
    the first unless said otherwise.

    `lang` is the language of names and words: "en" or "zh".

    Example:

        import pandas as pd

        observed = pd.DataFrame({"variable": ["output"], "year": [2012], "value": [1900.0]})   # made up
        jiju.plot.hindcast(jiju.hindcast("both.h5", observed), "output")
    """
    checked(lang)
    series = chosen(found, variable, measure, where)
    key = str(found.results["scenario"].values[0]) if scenario is None else scenario
    validation.key(found.results, "scenario", key)
    ax = appearance.apply(ax, lang)
    draw_fan(ax, series, key, lang)
    draw_observed(ax, [each for each in found.observed if each.series.key == series.key], lang)
    if not series.growth:
        ax.set_ylim(bottom=min(0.0, ax.get_ylim()[0]))
    names = dict(zip(map(str, found.results["scenario"].values), arm_names([found.results], lang), strict=True))
    entitle(ax, title(series, lang), names[key], captions.count(found.results.sizes["replicate"], lang))
    ax.legend(frameon=False, fontsize="small", loc="best")
    return ax


def all_series(found: Hindcast) -> list[Series]:
    """Those observed, in the order of the table."""
    return list({each.series.key: each.series for each in found.observed}.values())


def chosen(found: Hindcast, variable: str | None, measure: str | None, where: dict[str, str]) -> Series:
    """The one series that is asked for."""
    if measure is not None and measure not in MEASURES:
        raise UsageError(translated(
            "measure = {measure!r}: allowed are {MEASURES}",
            measure=measure, MEASURES=", ".join(MEASURES),
        ))
    every = all_series(found)
    fitting = [
        each for each in every
        if variable in (None, each.variable, each.target) and measure in (None, MEASURES[each.growth])
        and all(each.where.get(dim) == key for dim, key in where.items())
    ]  # fmt: skip
    if not fitting:
        raise UsageError(translated(
            "no such series was observed; there are {every}",
            every="; ".join(each.key_text for each in every),
        ))
    if len(fitting) > 1 and (variable is not None or measure is not None or where):
        raise UsageError(translated(
            "several series are meant: {fitting}; say which",
            fitting="; ".join(each.key_text for each in fitting),
        ))
    return fitting[0]


def draw_fan(ax: Axes, series: Series, scenario: str, lang: Lang) -> None:
    values = {year: at[~np.isnan(at)] for year, at in series.values(scenario).items()}
    years = [year for year in sorted(values) if len(values[year]) > 1]
    for band, shade in reversed(list(zip(BANDS, SHADES, strict=True))):
        low, high = np.array([ends_of_band(values[year], band) for year in years]).T
        label = WORDS["bands"][lang].format(f"{100 * band:g}%" if lang == "zh" else f"{100 * band:g} %")
        if len(years) == 1:
            ax.vlines(years, low, high, color=shade, linewidth=14, label=label)
        else:
            ax.fill_between(years, low, high, color=shade, linewidth=0, label=label)
    medians = [float(np.median(values[year])) for year in years]
    alone = len(years) == 1
    ax.plot(years, medians, color=appearance.BLUE, linewidth=2, marker="_" if alone else None, markersize=14,
            label=WORDS["median"][lang])  # fmt: skip
    ax.set_xticks(years)
    ax.set_xlim(years[0] - 0.3, years[-1] + 0.3)
    if series.growth:
        ax.axhline(0, color=appearance.GREY, linewidth=0.8)
        ax.yaxis.set_major_formatter(FuncFormatter(lambda rate, _: f"{100 * rate:g}"))


def draw_observed(ax: Axes, observed: Sequence[Observation], lang: Lang) -> None:
    """Points, and ranges with both ends; a range that has no value of its own is a bar without a point."""
    for ranged, label in ((False, "observed"), (True, "range")):
        mine = [each for each in observed if each.ranged == ranged]
        if not mine:
            continue
        years, values = [each.year for each in mine], np.array([each.value for each in mine])
        ends = np.array([[each.low, each.high] for each in mine]).T
        reach = np.abs(ends - values) if ranged else None
        ax.errorbar(years, values, yerr=reach, fmt="o", markersize=5, color=appearance.VERMILION,
                    markeredgecolor="white", elinewidth=2.5, capsize=5, capthick=2, zorder=5,
                    label=WORDS[label][lang])  # fmt: skip


def title(series: Series, lang: Lang) -> str:
    """Name and unit."""
    name = series.name(lang)
    unit = WORDS["growth"][lang] if series.growth else unit_name(series.unit, lang)
    if not unit:
        return name
    if lang == "zh":
        return f"{name}，{unit}" if series.growth else f"{name}（{unit}）"
    return f"{name}, {unit}"


def save(found: Hindcast, path: str | os.PathLike[str]) -> None:
    """A picture of every series that was observed, under every scenario; of equal results the same bytes.

    The file appears as a whole, in place of one of that name.
    """
    panels = [(series, scenario) for series in all_series(found) for scenario in found.scenarios]
    if len(panels) > MOST_PANELS:
        raise UsageError(translated(
            "{panels} series and scenarios are too many for one picture, which takes {MOST_PANELS}; name a scenario, "
            "or give fewer series",
            panels=len(panels), MOST_PANELS=MOST_PANELS,
        ))  # fmt: skip
    columns = min(len(panels), 2)
    rows = math.ceil(len(panels) / columns)
    figure, axes = plt.subplots(rows, columns, figsize=(6.4 * columns, 4.4 * rows), layout="constrained", squeeze=False)
    for ax, (series, scenario) in zip(axes.flat, panels, strict=False):
        place = {dim: key for dim, key in series.where.items() if dim != "target"}
        hindcast(found, series.target or series.variable, measure=MEASURES[series.growth], scenario=scenario,
                 lang=found.lang, ax=ax, **place)  # fmt: skip
    for ax in axes.flat[len(panels):]:
        ax.remove()
    saving.save(figure, path)
