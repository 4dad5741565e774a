"""Where the city gets to: a variable over the years with its spread, and the probability of each target."""

from __future__ import annotations

import numpy as np
import pandas as pd
import xarray as xr
from matplotlib.axes import Axes

from jiju import validation
from jiju.clusters import Clusters
from jiju.errors import UsageError
from jiju.indicators import adds_up, over_time, target_table, targets_of, yearly
from jiju.labels import key_names, unit_name, variable_name
from jiju.languages import Lang, checked
from jiju.paired import probability
from jiju.plot import style
from jiju.validation import REPLICATES

WORDS = {
    "bands": {"en": "50 % and 90 % of replicates", "zh": "中间50%与90%的重复试验"},
    "target": {"en": "target", "zh": "目标"},
    "probability": {"en": "Probability of meeting the target, with 95 % interval", "zh": "目标实现概率（95%区间）"},
}


def with_unit(array: xr.DataArray, lang: Lang, per_year: bool = False) -> str:
    """Name and unit of a variable, for an axis."""
    unit = unit_name(str(array.attrs.get("units", "1")), lang)
    if per_year and unit and "/" not in unit and "sum" in str(array.attrs.get("cell_methods", "")):
        unit += "/年" if lang == "zh" else "/year"
    name = variable_name(array, lang)
    return f"{name}（{unit}）" if unit and lang == "zh" else f"{name}, {unit}" if unit else name


def fan(
    data: xr.Dataset, variable: str = "output", *, target: str | None = None, lang: Lang = "en", ax: Axes | None = None,
    **where: str,
) -> Axes:  # fmt: skip
    """A variable by year: the median line of each scenario, bands that hold half and nine tenths of the replicates.

    `target` is a target's key; its value stands as a line. `where` picks one key, as industry="energy". Of a mean over
    replicates only the line is drawn.

    `lang` is the language of names and words: "en" or "zh".
    """
    checked(lang)
    data = with_replicates(data, variable)
    array = validation.picked(yearly(validation.variable(data, variable, over_time(data))), where).sortby("year")
    wanted = None if target is None else value_of_target(data, target)
    ax = style.apply(ax, lang)
    rest = [dim for dim in array.dims if dim not in (*REPLICATES, "year")]
    if rest and not adds_up(data[variable]):
        raise UsageError(f"{variable} cannot be added up over {', '.join(map(str, rest))}; pick one")
    array = array.sum(rest, skipna=False).transpose("scenario", "replicate", "year")
    years = array["year"].values.astype(int)
    banded = array.sizes["replicate"] > 1
    colours = style.SERIES[1:] if data.sizes["scenario"] == 1 else style.SERIES
    for place, name in enumerate(key_names(data, "scenario", lang).values()):
        values = array.isel(scenario=place).values
        q05, q25, q50, q75, q95 = np.nanquantile(values, [0.05, 0.25, 0.5, 0.75, 0.95], axis=0)
        colour = colours[place % len(colours)]
        if banded:
            ax.fill_between(years, q05, q95, color=colour, alpha=0.15, linewidth=0)
            ax.fill_between(years, q25, q75, color=colour, alpha=0.3, linewidth=0)
        ax.plot(years, q50, color=colour, linewidth=2, label=name)
    if wanted is not None:
        ax.axhline(wanted, color=style.BLACK, linestyle="--", linewidth=1)
        label = f"{target} {WORDS['target'][lang]}: {wanted:g}"
        ax.annotate(label, (years[0], wanted), xytext=(6, -4), textcoords="offset points", va="top")
    ax.set_xticks(years)
    if len(years) > 1:
        ax.set_xlim(years[0], years[-1])
    ax.set_ylim(bottom=0)
    ax.set_title(with_unit(data[variable], lang, per_year=True))
    ax.legend(frameon=False, loc="upper left" if target is None else "lower left",
              title=WORDS["bands"][lang] if banded else None, alignment="left")
    return ax


def with_replicates(data: xr.Dataset, variable: str) -> xr.Dataset:
    """Results with a dimension of replicates, of one where there is none: a mean, or one replicate."""
    if isinstance(data, xr.Dataset) and "replicate" not in data.dims and "replicate" not in data.coords:
        data = data.assign_coords(replicate=0)
    return validation.results(data, uses=(variable, "scenario_toml"))


def value_of_target(data: xr.Dataset, target: str) -> float:
    """What a target asks for."""
    table = target_table(data)
    if table.empty:
        raise UsageError(f"what {target} asks for stands in scenario_toml, which these results do not have; keep it")
    if target not in table.index:
        raise UsageError(f"no target {target!r} in these results{validation.nearest(target, table.index)}")
    value = float(table["value"].to_numpy(float)[list(table.index).index(target)])
    if np.isnan(value):
        raise UsageError(f"what {target} asks for stands in scenario_toml, which these results do not have; keep it")
    return value


def targets(*results: xr.Dataset, lang: Lang = "en", ax: Axes | None = None) -> Axes:
    """The probability of every target in every scenario, most likely on top, with 95 % Wilson intervals.

    `lang` is the language of names and words: "en" or "zh".
    """
    checked(lang)
    if not results:
        raise UsageError("which results?")
    needs = (*REPLICATES, "target")
    results = tuple(validation.results(data, needs=needs, uses=("target_met",)) for data in results)
    for data in results:
        validation.needed(data, ["target_met"], "plot.targets", "every results file has it; select it too")
    keys = targets_of(results[0])
    ax = style.apply(ax, lang, size=(8.5, 0.36 * len(keys) + 1.2))
    arms = [
        (name, data["target_met"].isel(scenario=place).reindex(target=keys))
        for data in results
        for place, name in enumerate(key_names(data, "scenario", lang).values())
    ]
    found = [chances(met, keys) for _, met in arms]
    order = found[-1]["p"].sort_values(kind="stable").index
    rows = np.arange(len(order))
    colours = style.SERIES[1:] if len(arms) == 1 else style.SERIES
    for place, (name, _) in enumerate(arms):
        shown = found[place].loc[order]
        y = rows + 0.22 * ((len(arms) - 1) / 2 - place)
        colour = colours[place % len(colours)]
        ax.hlines(y, shown["low"], shown["high"], color=colour, linewidth=2, alpha=0.5)
        ax.plot(shown["p"], y, "o", color=colour, markersize=5, label=name)
    names = key_names(results[0], "target", lang)
    ax.set_yticks(rows, [f"{names[key]}  {key}" for key in order])
    ax.set_xlim(0, 1.02)
    ax.set_ylim(-0.7, len(order) - 0.3)
    ax.grid(axis="x", color="#DDDDDD", linewidth=0.8)
    ax.set_axisbelow(True)
    ax.set_title(WORDS["probability"][lang])
    ax.legend(frameon=False, loc="lower right")
    return ax


def chances(met: xr.DataArray, keys: list[str]) -> pd.DataFrame:
    """The probability of each target with its interval, by draws of the parameters where replicates share them."""
    Clusters.along(met).check()
    rows = [probability(met.sel(target=key)) for key in keys]
    return pd.DataFrame(rows, columns=["p", "low", "high"], index=keys)
