"""A sweep: an outcome over the values of one factor, or of two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr
from matplotlib.axes import Axes

from jiju.errors import UsageError
from jiju.languages import Lang, checked, translated
from jiju.plot import appearance, captions
from jiju.plot.captions import entitle, with_unit
from jiju.printing.text_tables import number
from jiju.results import validation
from jiju.results.indicators import IndicatorLike, indicator, over_time, scenario_tables, targets_of, yearly
from jiju.statistics.clusters import Clusters
from jiju.statistics.paired import average, probability, student

WORDS = {
    "mean": {"en": "mean with {sure} interval", "zh": "均值及{sure}区间"},
    "share": {"en": "share of replicates with {sure} interval", "zh": "重复试验占比及{sure}区间"},
    "means": {"en": "mean", "zh": "均值"},
    "shares": {"en": "share of replicates", "zh": "重复试验占比"},
    "base": {"en": "base", "zh": "基准"},
}
MOST_TICKS = 12


@dataclass(frozen=True)
class Factor:
    """A factor of a design: key, name, its value at each point (NaN where it is as in the base), words of values."""

    key: str
    name: str
    values: np.ndarray
    words: dict[float, str]

    @property
    def levels(self) -> np.ndarray:
        return np.unique(self.values[~np.isnan(self.values)])

    def label(self, value: Any) -> str:
        return self.words.get(value) or f"{value:.3g}"


def design(
    data: xr.Dataset, what: IndicatorLike | None = None, factors: str | Sequence[str] | None = None, *,
    at: Mapping[str, float | str] | None = None, year: int | None = None, confidence: float = 0.95, lang: Lang = "en",
    ax: Axes | None = None,
) -> Axes:  # fmt: skip
    """What comes out at the points of a sweep: over one factor a curve with intervals, over two a map.

    `what` is an indicator as elsewhere: "T4", "p(T4)" or a variable that the sweep kept; without it the probability of
    the first target. `factors` says which one or two are the axes, where the design has more; `at` holds others, as
    {"land": 1.0}. Points of a sample, which lie on no grid, are dots. Intervals are those of each point; points share
    their draws, so differences between them are known better.

    `lang` is the language of names and words: "en" or "zh".

    Example:

        sweep = jiju.open("sweep.h5")
        jiju.plot.design(sweep, "p(T14)")                      # two factors: a map
        jiju.plot.design(sweep, "T1", "fund", at={"land": 1.0})
    """
    checked(lang)
    data = validation.results(data)
    validation.needed(data, ["design", "factor_name"], "plot.design", translated("give the results of a sweep"))
    what = what or f"p({targets_of(data)[0]})"
    every = factors_of(data, lang)
    rows = np.full(data.sizes["scenario"], True)
    for key, value in (at or {}).items():
        rows &= at_level(one_of(every, key), value)
    axes = chosen(every, factors, at or {}, rows)
    values = indicator(data, what, year)
    table = points(values, confidence, isinstance(what, str) and what.startswith("p("))
    ax = appearance.apply(ax, lang, (7.5, 4.2) if len(axes) == 1 else (7.5, 4.8))
    if len(axes) == 1:
        kind = curve(ax, axes[0], table, rows, lang)
    else:
        kind = surface(ax, axes, table, rows)
    share = isinstance(what, str) and what.startswith("p(")
    sure = f"{100 * confidence:g}%" if lang == "zh" else f"{100 * confidence:g} %"
    word = ("share" if share else "mean") + ("s" if kind == "map" else "")
    said = {key: value if isinstance(value, str) else f"{float(value):.3g}" for key, value in (at or {}).items()}
    held = [f"{one_of(every, key).name} = {value}" for key, value in said.items()]
    entitle(ax, with_unit(values, lang), *held, *when(data, what, year, lang), WORDS[word][lang].format(sure=sure),
            captions.count(values.sizes["replicate"], lang))  # fmt: skip
    return ax


def when(data: xr.Dataset, what: IndicatorLike, year: int | None, lang: Lang) -> list[str]:
    """The year of a variable over time."""
    if callable(what) or what not in over_time(data):
        return []
    return [captions.year_of(int(yearly(data[what])["year"].max()) if year is None else year, lang)]


def factors_of(data: xr.Dataset, lang: Lang) -> list[Factor]:
    keys = [str(key) for key in data["factor"].values]
    names = [str(name) for name in data["factor_name_zh" if lang == "zh" else "factor_name"].values]
    settings = [str(path) for path in data["factor_setting"].values] if "factor_setting" in data else [""] * len(keys)
    table = data["design"].transpose("scenario", "factor").values.astype(float)
    return [
        Factor(key, name or key, table[:, place], words_of(data, setting, table[:, place]))
        for place, (key, name, setting) in enumerate(zip(keys, names, settings, strict=True))
    ]


def words_of(data: xr.Dataset, setting: str, values: np.ndarray) -> dict[float, str]:
    """Of a factor of words or switches, what each number stands for: what the scenario of a point says there."""
    if "scenario_toml" not in data or not setting or np.any(values[~np.isnan(values)] % 1):
        return {}
    found = {}
    for value in np.unique(values[~np.isnan(values)]):
        place = int(np.flatnonzero(values == value)[0])
        said: object = scenario_tables(data.isel(scenario=[place]))[0]
        for part in setting.split("."):
            said = said.get(part) if isinstance(said, Mapping) else None
        if isinstance(said, bool):
            found[float(value)] = str(said).lower()
        elif isinstance(said, str):
            found[float(value)] = said
    return found


def one_of(factors: list[Factor], key: str) -> Factor:
    for each in factors:
        if each.key == key:
            return each
    raise UsageError(translated(
        "no factor {key!r} in this design{nearest}",
        key=key, nearest=validation.nearest(key, [each.key for each in factors]),
    ))


def at_level(factor: Factor, value: float | str) -> np.ndarray:
    """The points at which a factor has a value, given as a number or as its word."""
    known = {word: level for level, word in factor.words.items()}
    level = known.get(value) if isinstance(value, str) else float(value)
    if level is None or not np.isclose(factor.values, level).any():
        raise UsageError(translated(
            "no point has {key} = {value}; there are {levels}",
            key=factor.key, value=value, levels=", ".join(factor.label(each) for each in factor.levels),
        ))  # fmt: skip
    return np.asarray(np.isclose(factor.values, level))


def chosen(
    every: list[Factor], asked: str | Sequence[str] | None, at: Mapping[str, float | str], rows: np.ndarray
) -> list[Factor]:
    """The one or two factors that are the axes; all others must be held, or left as in the base."""
    varied = [each for each in every if len(each.levels) > 1 and each.key not in at]
    names = [asked] if isinstance(asked, str) else list(asked) if asked is not None else [each.key for each in varied]
    found = [one_of(every, key) for key in names]
    if not 1 <= len(found) <= 2:
        raise UsageError(translated(
            "a figure has one or two factors as axes, and {found} vary ({found_2}): name them with `factors`, and "
            "hold the others with `at`",
            found=len(found), found_2=", ".join(each.key for each in found),
        ))  # fmt: skip
    own = rows & np.all([~np.isnan(each.values) for each in found], axis=0)
    for each in varied:
        if each not in found and len(np.unique(each.values[own])) > 1 and not np.isnan(each.values[own]).all():
            example = f"{{{each.key!r}: {each.label(each.levels[0])}}}"
            raise UsageError(translated(
                "{key} varies too: hold it, as at={example}, or make it an axis with `factors`",
                key=each.key, example=example,
            ))
    return found


def points(values: xr.DataArray, confidence: float, share: bool) -> pd.DataFrame:
    """The outcome at each point with its interval: a probability's Wilson interval, a mean's of Student's t."""
    Clusters.along(values).check()
    if share:
        rows = [probability(values.isel(scenario=place), confidence) for place in range(values.sizes["scenario"])]
        return pd.DataFrame(rows, columns=["value", "low", "high"])
    found = average(values.transpose("scenario", "replicate"))
    low, high = student(found.mean, found.variance, found.freedom, confidence)
    return pd.DataFrame({"value": found.mean.values, "low": low.values, "high": high.values})


def curve(ax: Axes, factor: Factor, table: pd.DataFrame, rows: np.ndarray, lang: Lang) -> str:
    """Points in order of the factor, each with its interval; the base, where it is a point of its own, as a line."""
    mine = rows & ~np.isnan(factor.values)
    order = np.argsort(factor.values[mine], kind="stable")
    x, shown = factor.values[mine][order], table[mine].iloc[order]
    if factor.words:
        ax.vlines(x, shown["low"], shown["high"], color=appearance.BLUE, linewidth=1.6)
        ax.plot(x, shown["value"], "o", color=appearance.BLUE)
        ax.set_xlim(x.min() - 0.5, x.max() + 0.5)
    else:
        ax.fill_between(x, shown["low"], shown["high"], color=appearance.BLUE, alpha=0.25, linewidth=0)
        ax.plot(x, shown["value"], "o-", color=appearance.BLUE, linewidth=1.6)
    base = np.all([np.isnan(factor.values), rows], axis=0)
    if base.sum() == 1:
        ax.axhline(float(table["value"][base].iloc[0]), color=appearance.GREY, linestyle="--", linewidth=1,
                   label=WORDS["base"][lang])  # fmt: skip
        ax.legend(frameon=False, fontsize="small", loc="best")
    ticks(ax, factor, "x")
    return "curve"


def surface(ax: Axes, axes: list[Factor], table: pd.DataFrame, rows: np.ndarray) -> str:
    """A grid as a map with a number in each entry; other samples as dots by colour."""
    x, y = axes
    mine = rows & ~np.isnan(x.values) & ~np.isnan(y.values)
    places = pd.DataFrame({"x": x.values[mine], "y": y.values[mine], "value": table["value"].to_numpy()[mine]})
    figure = ax.get_figure()
    assert figure is not None
    if len(places) == len(x.levels) * len(y.levels) == len(places.drop_duplicates(["x", "y"])):
        grid = places.pivot(index="y", columns="x", values="value")
        picture = ax.imshow(grid.to_numpy(), origin="lower", aspect="auto", cmap="cividis")
        ax.set_xticks(range(len(grid.columns)), [x.label(value) for value in grid.columns])
        ax.set_yticks(range(len(grid.index)), [y.label(value) for value in grid.index])
        ax.spines[:].set_visible(False)
        low, high = picture.get_clim()
        for (row, column), value in np.ndenumerate(grid.to_numpy()):
            dark = value < low + 0.55 * (high - low)
            ax.text(column, row, number(value), ha="center", va="center", fontsize="small",
                    color="white" if dark else "black")  # fmt: skip
    else:
        drawn = ax.scatter(places["x"], places["y"], c=places["value"], cmap="cividis", s=28)
        bar = figure.colorbar(drawn, ax=ax, shrink=0.8, pad=0.02)
        bar.outline.set_visible(False)
        ticks(ax, x, "x")
        ticks(ax, y, "y")
    ax.set_xlabel(x.name)
    ax.set_ylabel(y.name)
    return "map"


def ticks(ax: Axes, factor: Factor, axis: str) -> None:
    """Ticks at the factor's own values, where they are few."""
    levels = factor.levels
    if len(levels) <= MOST_TICKS or factor.words:
        labels = [factor.label(value) for value in levels]
        if axis == "x":
            ax.set_xticks(levels, labels)
        else:
            ax.set_yticks(levels, labels)
    if axis == "x":
        ax.set_xlabel(factor.name)
