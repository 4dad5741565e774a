"""Simulated firms against what publications found of real ones: sizes, and growth.

The published ranges are those of facts.toml, which the score card uses as well.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from scipy import special, stats

from jiju.evidence.fact_sample import sample
from jiju.evidence.fact_statistics import growth
from jiju.evidence.facts import card, firms_by_year
from jiju.labels import key_names, unit_name
from jiju.languages import Lang, checked
from jiju.plot import appearance, captions
from jiju.plot.captions import entitle
from jiju.results import validation

WORDS = {
    "size": {"en": "sales a year, {unit}", "zh": "年销售收入（{unit}）"},
    "larger": {"en": "share of firms as large or larger", "zh": "不小于该规模的企业比例"},
    "sizes": {"en": "Firm sizes", "zh": "企业规模分布"},
    "tail": {"en": "published exponents {low:g} to {high:g}", "zh": "文献指数 {low:g} 至 {high:g}"},
    "growths": {"en": "Growth of firms", "zh": "企业增长率分布"},
    "growth": {
        "en": "growth of log sales in a year, less the mean of year and industry, in mean absolute deviations",
        "zh": "销售收入对数年增长（扣除年份与产业均值），以平均绝对偏差计",
    },
    "density": {"en": "density", "zh": "密度"},
    "shape": {"en": "published shapes {low:g} to {high:g}", "zh": "文献形状参数 {low:g} 至 {high:g}"},
    "normal": {"en": "normal", "zh": "正态分布"},
    "simulated": {"en": "simulated, a line a replicate", "zh": "模拟结果（每次重复试验一条线）"},
    "points": {"en": "simulated", "zh": "模拟结果"},
    "least": {"en": "sales of at least {least}", "zh": "年销售收入{least}以上"},
    "years": {"en": "{first} to {last}", "zh": "{first}至{last}年"},
}


def published(fact: str, statistic: str) -> tuple[float, float]:
    """The range of facts.toml."""
    rows: list[dict[str, Any]] = card()["facts"][fact]["statistics"]
    row = next(row for row in rows if row["key"] == statistic)
    return float(row["low"]), float(row["high"])


def size_distribution(
    data: xr.Dataset, scenario: str | None = None, *, lang: Lang = "en", ax: Axes | None = None
) -> Axes:
    """Firms of the last year by size, one line a recorded replicate, with the slopes that publications found.

    Both axes are logarithmic: a power law is a straight line. The band starts where the tail does.

    `lang` is the language of names and words: "en" or "zh".

    Example:

        jiju.plot.size_distribution(jiju.open("firms.h5"), "plan")
    """
    checked(lang)
    ax = appearance.apply(ax, lang, size=(6.5, 4.4))
    rules = card()["measurement"]
    corner: list[tuple[float, float]] = []
    year, panels = 0, 0
    for _, table, _ in firms_by_year(data, scenario):
        year = int(table["year"].max())
        of_year = table.loc[table["year"] == year, "year_sales"]
        sales = np.sort(of_year[of_year >= rules["threshold"]].to_numpy())
        share = 1 - np.arange(len(sales)) / len(sales)
        ax.plot(sales, share, color=appearance.BLUE, alpha=0.5, linewidth=1,
                label=None if panels else WORDS["simulated"][lang])  # fmt: skip
        corner.append((float(np.quantile(sales, 1 - rules["tail"])), rules["tail"]))
        panels += 1
    start, level = np.mean(corner, axis=0)
    low, high = published("C1", "tail_exponent_rank")
    reach = np.geomspace(start, ax.get_xlim()[1] if ax.get_xscale() == "log" else 40 * start, 50)
    ax.fill_between(reach, level * (reach / start) ** -high, level * (reach / start) ** -low, color=appearance.ORANGE,
                    alpha=0.35, linewidth=0, label=WORDS["tail"][lang].format(low=low, high=high))
    ax.set_xscale("log")
    ax.set_yscale("log")
    unit = unit_name(str(data["firm_year_sales"].attrs.get("units", "1")), lang)
    ax.set_xlabel(WORDS["size"][lang].format(unit=unit))
    ax.set_ylabel(WORDS["larger"][lang])
    least = f"{rules['threshold']:g}{unit}" if lang == "zh" else f"{rules['threshold']:g} ({unit})"
    entitle(ax, WORDS["sizes"][lang], scenario_label(data, scenario, lang), captions.year_of(year, lang),
            WORDS["least"][lang].format(least=least), captions.count(panels, lang))  # fmt: skip
    ax.legend(frameon=False, loc="lower left")
    return ax


def scenario_label(data: xr.Dataset, scenario: str | None, lang: Lang) -> str:
    names = key_names(validation.results(data), "scenario", lang)
    return names[scenario] if scenario is not None else next(iter(names.values()))


def subbotin_density(x: np.ndarray, shape: float) -> np.ndarray:
    """Subbotin's density with a mean absolute deviation of one: shape 1 is Laplace's, 2 the normal."""
    scale = special.gamma(1 / shape) / special.gamma(2 / shape)
    return np.asarray(stats.gennorm.pdf(x, shape, scale=scale))


def growth_distribution(
    data: xr.Dataset, scenario: str | None = None, *, lang: Lang = "en", ax: Axes | None = None
) -> Axes:
    """Density of firms' growth, all recorded replicates together, between the shapes that publications found.

    `lang` is the language of names and words: "en" or "zh".

    Example:

        jiju.plot.growth_distribution(jiju.open("firms.h5"), "plan")
    """
    checked(lang)
    ax = appearance.apply(ax, lang, size=(6.5, 4.4))
    rules = card()["measurement"]
    panels = list(firms_by_year(data, scenario))
    rates = np.concatenate([growth(sample(table, base, rules))["growth"].to_numpy() for _, table, base in panels])
    rates = rates[np.isfinite(rates)] / np.mean(np.abs(rates[np.isfinite(rates)]))
    edges = np.linspace(-8, 8, 65)
    count, _ = np.histogram(rates, edges)
    middle = (edges[1:] + edges[:-1]) / 2
    density = count / len(rates) / np.diff(edges)
    low, high = published("C3", "subbotin_exponent")
    x = np.linspace(-8, 8, 401)
    ends = subbotin_density(x, low), subbotin_density(x, high)
    ax.fill_between(x, np.minimum(*ends), np.maximum(*ends), color=appearance.ORANGE, alpha=0.35, linewidth=0,
                    label=WORDS["shape"][lang].format(low=low, high=high))
    ax.plot(x, subbotin_density(x, 2), color=appearance.GREY, linestyle="--", linewidth=1, label=WORDS["normal"][lang])
    ax.plot(middle[count > 0], density[count > 0], "o", color=appearance.BLUE, markersize=4,
            label=WORDS["points"][lang])
    ax.set_yscale("log")
    ax.set_ylim(1e-4, 2)
    ax.set_xlabel(appearance.cut(WORDS["growth"][lang], 60))
    ax.set_ylabel(WORDS["density"][lang])
    years = [int(each) for _, table, _ in panels for each in (table["year"].min(), table["year"].max())]
    when = WORDS["years"][lang].format(first=min(years), last=max(years))
    entitle(ax, WORDS["growths"][lang], scenario_label(data, scenario, lang), when, captions.count(len(panels), lang))
    ax.legend(frameon=False, loc="upper left")
    return ax
