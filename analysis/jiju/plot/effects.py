"""What policy does: from the base to the target step by step, lever by lever, and entry by entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, TwoSlopeNorm

from jiju import validation
from jiju.errors import UsageError
from jiju.indicators import over_time, yearly
from jiju.labels import key_names, unit_name, variable_name
from jiju.languages import Lang, checked
from jiju.paired import pairs_of
from jiju.plot import style
from jiju.plot.outcomes import with_unit
from jiju.text_tables import number, signed
from jiju.validation import REPLICATES

if TYPE_CHECKING:
    from jiju.attribution import Attribution

WORDS = {
    "base": {"en": "without the plan", "zh": "无规划"},
    "rest": {"en": "other levers", "zh": "其他工具"},
    "plan": {"en": "with the plan", "zh": "有规划"},
    "gap": {"en": "gap to the target", "zh": "与目标的差距"},
    "target": {"en": "target", "zh": "目标"},
    "effect": {"en": "plan less base", "zh": "方案与基准之差"},
    "interval": {"en": "Shapley value with 95 % interval", "zh": "Shapley值（95%区间）"},
}


def waterfall(
    found: Attribution, base: float, wanted: float, *, most: int = 7, lang: Lang = "en", ax: Axes | None = None
) -> Axes:
    """From where the city is without the plan, lever by lever, to where it is with it, and what is left to the target.

    `base` is the mean without the plan, `wanted` the target's value; the smallest levers are put together.

    `lang` is the language of names and words: "en" or "zh".
    """
    checked(lang)
    table = found.table
    names = table["name_zh" if lang == "zh" else "name"]
    steps = [(str(name), float(value)) for name, value in zip(names, table["value"], strict=True)][:most]
    rest = float(table["value"].iloc[most:].sum()) + found.remainder
    if len(table) > most or abs(rest) > 1e-9 * abs(found.total):
        steps.append((WORDS["rest"][lang], rest))
    reached = base + sum(value for _, value in steps)
    # Levels are points and changes are bars, so that the axis need not begin at zero, where changes would be slivers.
    rows: list[tuple[str, float, float, str]] = [(WORDS["base"][lang], base, 0.0, style.BLACK)]
    level = base
    for name, value in steps:
        rows.append((style.cut(name, 40), level, value, style.GAIN if value >= 0 else style.LOSS))
        level += value
    rows.append((WORDS["plan"][lang], reached, 0.0, style.BLACK))
    rows.append((WORDS["gap"][lang], reached, wanted - reached, style.YELLOW))
    rows.append((WORDS["target"][lang], wanted, 0.0, style.BLACK))
    ax = style.apply(ax, lang, size=(8, 0.36 * len(rows) + 1))
    draw_steps(ax, rows)
    ax.set_title(with_unit(found.values, lang))
    return ax


def draw_steps(ax: Axes, rows: list[tuple[str, float, float, str]]) -> None:
    """Name, level, change from there and colour of each row, from top to bottom."""
    places = np.arange(len(rows))[::-1]
    ends = [level + change for _, level, change, _ in rows]
    span = max(ends) - min(level for _, level, _, _ in rows)
    for place, (_, level, change, colour), end in zip(places, rows, ends, strict=True):
        if change:
            ax.barh(place, change, left=level, color=colour, height=0.62)
        else:
            ax.plot(level, place, "D", color=colour, markersize=6)
        text = signed(change) if change else number(level, 4)
        ax.annotate(text, (max(level, end), place), xytext=(7, 0), textcoords="offset points", va="center")
        if place:
            ax.vlines(end, place - 1, place, color=style.GREY, linewidth=0.7, zorder=0)
    ax.set_yticks(places, [row[0] for row in rows])
    ax.set_xlim(min(ends) - 0.06 * span, max(ends) + 0.14 * span)


def attribution(found: Attribution, *, lang: Lang = "en", ax: Axes | None = None) -> Axes:
    """Each lever's share in the difference, with the interval of its Monte Carlo error.

    `lang` is the language of names and words: "en" or "zh".
    """
    checked(lang)
    table = found.table.iloc[::-1]
    ax = style.apply(ax, lang, size=(8, 0.4 * len(table) + 1.2))
    rows = np.arange(len(table))
    colours = [style.GAIN if value >= 0 else style.LOSS for value in table["value"]]
    ax.barh(rows, table["value"], color=colours, height=0.6)
    ax.hlines(rows, table["low"], table["high"], color=style.BLACK, linewidth=1.5)
    ax.axvline(0, color=style.BLACK, linewidth=0.8)
    ax.set_yticks(rows, [style.cut(name, 44) for name in table["name_zh" if lang == "zh" else "name"]])
    unit = unit_name(str(found.values.attrs.get("units", "1")), lang)
    comma = "，" if lang == "zh" else ", "
    ax.set_xlabel(comma.join(part for part in (WORDS["interval"][lang], unit) if part))
    ax.set_title(found.title(lang))
    return ax


def heat_map(
    base: xr.Dataset, other: xr.Dataset, variable: str = "output", *, year: int | None = None, relative: bool = False,
    lang: Lang = "en", ax: Axes | None = None,
) -> Axes:  # fmt: skip
    """The mean effect on every industry in every cluster; grey where an industry is not there.

    `lang` is the language of names and words: "en" or "zh".
    """
    checked(lang)
    needs = (*REPLICATES, "cluster", "industry")
    base, other = (validation.results(data, needs=needs, uses=(variable,)) for data in (base, other))

    def entries(data: xr.Dataset) -> xr.DataArray:
        array = yearly(validation.variable(data, variable, over_time(data))).isel(scenario=0, drop=True)
        array = validation.in_year(array, year)
        for dim in ("cluster", "industry"):
            if dim not in array.dims:
                raise UsageError(f"{variable} has no dimension {dim!r}; a map needs industries and clusters")
        return array.transpose("replicate", "cluster", "industry")

    before, after = of_common_replicates(entries(base), entries(other))
    effect = (after - before) / before if relative else after - before
    shown = effect.where((before != 0) | (after != 0))
    values = 100 * shown.values if relative else shown.values
    ax = style.apply(ax, lang, size=(9.5, 0.34 * shown.sizes["cluster"] + 1.8))
    ax.set_facecolor("#EEEEEE")
    # One entry that grew out of nothing must not bleach the others.
    most = float(np.nanquantile(np.abs(values), 0.95)) or 1.0
    colours = LinearSegmentedColormap.from_list("effect", [style.LOSS, "white", style.GAIN])
    picture = ax.imshow(values, aspect="auto", cmap=colours, norm=TwoSlopeNorm(0, -most, most))
    industries, clusters = (key_names(base, dim, lang) for dim in ("industry", "cluster"))
    ax.set_xticks(range(shown.sizes["industry"]),
                  [style.cut(industries[str(key)], 11) for key in shown["industry"].values])  # fmt: skip
    ax.set_yticks(range(shown.sizes["cluster"]), [clusters[str(key)] for key in shown["cluster"].values])
    ax.spines[:].set_visible(False)
    for (row, column), value in np.ndenumerate(values):
        if not np.isnan(value):
            dark = abs(value) > 0.6 * most
            ax.text(column, row, f"{value:+.0f}" if abs(value) >= 10 else f"{value:+.1g}", ha="center", va="center",
                    fontsize="small", color="white" if dark else "black")
    figure = ax.get_figure()
    if figure is not None:
        figure.colorbar(picture, ax=ax, shrink=0.6, pad=0.02, extend="both").outline.set_visible(False)
    label = with_unit(base[variable], lang) if not relative else f"{variable_name(base[variable], lang)}, %"
    ax.set_title(f"{label}{'：' if lang == 'zh' else ': '}{WORDS['effect'][lang]}")
    return ax


def of_common_replicates(base: xr.DataArray, other: xr.DataArray) -> tuple[xr.DataArray, xr.DataArray]:
    """Means over the replicates that are in both, entry by entry; an entry that only one has is missing."""
    if not np.intersect1d(base["replicate"].values, other["replicate"].values).size:
        raise UsageError("the two results have no replicate in common")
    a, b = pairs_of(base, other)
    return a.mean("replicate"), b.mean("replicate")


