"""What one arm changes against another: over the years, in every cell of the city, and entry by entry."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, TwoSlopeNorm
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter

from jiju.errors import UsageError
from jiju.labels import arm_names, key_names, variable_name
from jiju.languages import Lang, checked, translated
from jiju.plot import appearance, captions
from jiju.plot.captions import entitle, less, with_unit
from jiju.plot.outcomes import thinned
from jiju.plot.series import quantiles, series_of
from jiju.printing.text_tables import signed
from jiju.results import validation
from jiju.results.indicators import adds_up, over_time, yearly
from jiju.results.validation import REPLICATES
from jiju.statistics.paired import paired_difference, pairs_of
from jiju.studies.comparison import arms_of, compare

WORDS = {
    "mean": {"en": "mean of the differences, with its {sure} interval", "zh": "差值均值及其{sure}区间"},
    "spread": {"en": "90 % of replicates: how differences spread", "zh": "中间90%的重复试验（差值的离散）"},
    "relative": {"en": "change in %", "zh": "变化率（%）"},
    "unsure": {"en": "grey: the 95 % interval holds zero", "zh": "灰色数字：95%区间包含零"},
}


def difference_fan(
    base: xr.Dataset, *others: xr.Dataset, variable: str = "output", relative: bool = False, confidence: float = 0.95,
    lang: Lang = "en", ax: Axes | None = None, **where: str,
) -> Axes:  # fmt: skip
    """Paired differences from the base by year, with bands of two kinds.

    The dark band is the interval of the mean difference, and shrinks with more replicates. The light one holds nine
    tenths of the replicates' differences, and stays as wide as chance and uncertain parameters make it. `base` and
    `others` are as for `jiju.compare`: one dataset of several scenarios will do, whose first is the base. With
    `relative` differences are in percent of the base, replicate by replicate. `where` picks a key, as
    industry="energy". Several others have a panel each, and the first panel's axes are returned.

    `lang` is the language of names and words: "en" or "zh".

    Example:

        both = jiju.open("both.h5")
        jiju.plot.difference_fan(both, relative=True, industry="biomedicine")
    """
    checked(lang)
    arms = arms_to_compare(base, others)
    names = arm_names(arms, lang)
    compare(*arms, confidence=confidence)  # refuses what are no pairs
    found = [series_of(arm, variable, where) for arm in arms]
    count = len(arms) - 1
    if count > 1 and ax is not None:
        raise UsageError(translated(
            "{count} scenarios against the base need a panel each: give no `ax`, or one other scenario",
            count=count,
        ))
    title = with_unit(found[0].variable, lang, per_year=True)
    if relative:
        title = f"{variable_name(found[0].variable, lang)}{'：' if lang == 'zh' else ': '}{WORDS['relative'][lang]}"
    details = found[0].details(arms[0], lang)
    figure, axes = None, [appearance.apply(ax, lang)] if count == 1 else []
    if count > 1:
        figure, axes = appearance.panels(count, 3, (3.6, 3.2), lang)
    for each, series, name in zip(axes, found[1:], names[1:], strict=True):
        draw_differences(each, found[0].values, series.values, relative, confidence)
        whose = less(name, names[0], lang)
        if count == 1:
            entitle(each, title, whose, *details)
        else:
            each.set_title(appearance.lines(whose, appearance.fitting(appearance.width_of(each))))
    mean = WORDS["mean"][lang].format(sure=sure(confidence, lang))
    handles = [Patch(color=appearance.BLUE, alpha=0.6, linewidth=0, label=mean),
               Patch(color=appearance.BLUE, alpha=0.15, linewidth=0, label=WORDS["spread"][lang])]  # fmt: skip
    if figure is None:
        axes[0].legend(handles=handles, frameon=False, loc="upper left", fontsize="small")
    else:
        room = appearance.fitting(figure.get_figwidth())
        dot = " · "
        figure.suptitle(appearance.lines(dot.join(part for part in (title, *details) if part), room), x=0.01, ha="left",
                        fontsize="medium")  # fmt: skip
        figure.legend(handles=handles, frameon=False, loc="outside lower left", ncols=1, fontsize="small")
    return axes[0]


def arms_to_compare(base: xr.Dataset, others: tuple[xr.Dataset, ...]) -> list[xr.Dataset]:
    """Each scenario as results of its own, the base first; at least two."""
    arms = [arm for place, each in enumerate((base, *others)) for arm in arms_of(each, place)]
    if len(arms) < 2:
        raise UsageError(translated(
            "one scenario alone has no differences; give another, or results of several scenarios"
        ))
    return arms


def sure(confidence: float, lang: Lang) -> str:
    return f"{100 * confidence:g}%" if lang == "zh" else f"{100 * confidence:g} %"


def draw_differences(ax: Axes, base: xr.DataArray, other: xr.DataArray, relative: bool, confidence: float) -> None:
    a, b = (each.isel(scenario=0, drop=True) for each in (base, other))
    a, b = pairs_of(a, b)
    gain = (b - a) / abs(a) if relative else b - a
    found = paired_difference(0 * gain, gain, confidence)
    years = gain["year"].values.astype(int)
    q05, *_, q95 = quantiles(gain.transpose("replicate", "year").values)
    ax.axhline(0, color=appearance.BLACK, linewidth=0.8)
    ax.fill_between(years, q05, q95, color=appearance.BLUE, alpha=0.15, linewidth=0)
    ax.fill_between(years, found["low"], found["high"], color=appearance.BLUE, alpha=0.6, linewidth=0)
    ax.plot(years, found["difference"], color=appearance.BLACK, linewidth=1.2)
    if relative:
        ax.yaxis.set_major_formatter(FuncFormatter(lambda share, _: f"{100 * share:g}"))
    ax.set_xticks(thinned(years, appearance.width_of(ax)))
    if len(years) > 1:
        ax.set_xlim(years[0], years[-1])
    low, high = ax.get_ylim()
    ax.set_ylim(low, high + 0.25 * (high - low))  # for the key


def heat_map(
    base: xr.Dataset, other: xr.Dataset | None = None, variable: str = "output", *, year: int | None = None,
    relative: bool = False, rows: str = "cluster", columns: str = "industry", lang: Lang = "en", ax: Axes | None = None,
    **where: str,
) -> Axes:  # fmt: skip
    """The mean effect on every industry in every cluster, or along two other dimensions; shaded where there is neither.

    Without `other` the two scenarios of `base` are compared. `where` picks a key of a further dimension; what is left
    of those is added up. Numbers whose 95 % interval holds zero are grey.

    `lang` is the language of names and words: "en" or "zh".

    Example:

        jiju.plot.heat_map(jiju.open("both.h5"), year=2015)
    """
    checked(lang)
    given = [base] if other is None else [base, other]
    whole = [validation.results(data, needs=(*REPLICATES, *dims_in(data, rows, columns)), uses=(variable,))
             for data in given]  # fmt: skip
    arms = [data.isel(scenario=[place]) for data in whole for place in range(data.sizes["scenario"])]
    if other is not None:
        arms = [whole[0].isel(scenario=[0]), whole[1].isel(scenario=[0])]
    if len(arms) != 2:
        raise UsageError(translated(
            "a map shows one scenario less another, and these results have {arms}; select two",
            arms=len(arms),
        ))
    names = arm_names(arms, lang)
    tables = [entries(arm, variable, year, rows, columns, where) for arm in arms]
    if not np.intersect1d(tables[0]["replicate"].values, tables[1]["replicate"].values).size:
        raise UsageError(translated("the two results have no replicate in common"))
    before, after = pairs_of(*tables)
    found = paired_difference(before, after)
    shown = found["difference"].where((found["base"] != 0) | (found["other"] != 0)).transpose(rows, columns)
    scale = 100 / found["base"].transpose(rows, columns) if relative else 1.0
    values = np.asarray((shown * scale).values)
    held = ((found["low"] <= 0) & (found["high"] >= 0)).transpose(rows, columns).values
    ax = appearance.apply(ax, lang, (9.5, 0.34 * shown.sizes[rows] + 2.0), rows=True)
    # One entry that grew out of nothing must not bleach the others.
    finite = np.abs(values[np.isfinite(values)])
    most = (float(np.quantile(finite, 0.95)) if finite.size else 0.0) or 1.0
    draw_map(ax, values, held, most)
    label_map(ax, arms[0], shown, (rows, columns), lang)
    found_variable = arms[0][variable]
    title = with_unit(found_variable, lang)
    if relative:
        title = f"{variable_name(found_variable, lang)}{'：' if lang == 'zh' else ': '}{WORDS['relative'][lang]}"
    when = int(tables[0]["year"]) if "year" in tables[0].coords else None
    rest = [dim for dim in yearly(found_variable).dims if dim not in (*REPLICATES, "year", rows, columns, *where)]
    entitle(ax, title, less(names[1], names[0], lang), captions.year_of(when, lang) if when else "",
            captions.picked(arms[0], where, lang), captions.summed(arms[0], rest, lang),
            captions.count(before.sizes["replicate"], lang), WORDS["unsure"][lang])  # fmt: skip
    return ax


def dims_in(data: object, *dims: str) -> tuple[str, ...]:
    """Dimensions that results must have; what is none is said by `results`."""
    return dims if isinstance(data, xr.Dataset) else ()


def entries(
    data: xr.Dataset, variable: str, year: int | None, rows: str, columns: str, where: Mapping[str, str]
) -> xr.DataArray:
    """One arm's values along replicates, rows and columns in a year."""
    known = validation.variable(data, variable, over_time(data))
    array = yearly(known).isel(scenario=0, drop=True)
    array = validation.picked(validation.in_year(array, year), dict(where))
    for dim in (rows, columns):
        if dim not in array.dims:
            there = validation.listed(str(each) for each in array.dims if each != "replicate")
            raise UsageError(translated(
                "{variable} has no dimension {dim!r}; a map needs rows and columns, and it has {there}",
                variable=variable, dim=dim, there=there,
            ))
    rest = [str(dim) for dim in array.dims if dim not in ("replicate", rows, columns)]
    if rest and not adds_up(known):
        raise UsageError(translated(
            "{variable} cannot be added up over {rest}; pick one",
            variable=variable, rest=", ".join(rest),
        ))
    return array.sum(rest, skipna=False).transpose("replicate", rows, columns)


def draw_map(ax: Axes, values: np.ndarray, unsure: np.ndarray, most: float) -> None:
    """Colours and numbers; `most` is where colours end."""
    colours = LinearSegmentedColormap.from_list("effect", [appearance.LOSS, "white", appearance.GAIN])
    ax.set_facecolor("#E4E4E4")
    picture = ax.imshow(values, aspect="auto", cmap=colours, norm=TwoSlopeNorm(0, -most, most))
    ax.spines[:].set_visible(False)
    for (row, column), value in np.ndenumerate(values):
        if not np.isnan(value):
            dark = abs(value) > 0.6 * most
            colour = "white" if dark else "#737373" if unsure[row, column] else "black"
            ax.text(column, row, entry(value), ha="center", va="center", fontsize="small", color=colour)
    figure = ax.get_figure()
    assert figure is not None
    bar = figure.colorbar(picture, ax=ax, shrink=0.6, pad=0.02, extend="both")
    bar.outline.set_visible(False)
    bar.ax.tick_params(length=0, labelsize="small")


def entry(value: float) -> str:
    """A number with its sign, in as few signs as tell two digits of it."""
    if abs(value) >= 10:
        return f"{value:+,.0f}"
    text = signed(value, 2)
    return text.rstrip("0").rstrip(".") if "." in text else text


def label_map(ax: Axes, data: xr.Dataset, shown: xr.DataArray, dims: tuple[str, str], lang: Lang) -> None:
    """Names of rows and columns, those of columns in lines as narrow as their column."""
    rows, columns = (key_names(data, dim, lang) for dim in dims)
    narrow = appearance.fitting(0.62 * appearance.width_of(ax) / max(shown.sizes[dims[1]], 1))
    ax.set_xticks(range(shown.sizes[dims[1]]),
                  [appearance.lines(columns[str(key)], narrow) for key in shown[dims[1]].values])  # fmt: skip
    ax.set_yticks(range(shown.sizes[dims[0]]),
                  [appearance.cut(rows[str(key)], 44) for key in shown[dims[0]].values])  # fmt: skip
