"""What policy does, lever by lever: from the base to the target step by step, and the levers' shares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from matplotlib.axes import Axes

from jiju.languages import Lang, checked
from jiju.plot import appearance, captions
from jiju.plot.captions import entitle, less, with_unit
from jiju.printing.text_tables import number, signed

if TYPE_CHECKING:
    from jiju.studies.attribution import Attribution

WORDS = {
    "rest": {"en": "the other {n} levers", "zh": "其余{n}项工具"},
    "rest_sections": {"en": "the other {n} sections", "zh": "其余{n}个部分"},
    "elsewhere": {"en": "what no lever carries", "zh": "不属于任何工具"},
    "gap": {"en": "gap to the target", "zh": "与目标的差距"},
    "beyond": {"en": "beyond the target", "zh": "超出目标"},
    "target": {"en": "target", "zh": "目标"},
    "shapley": {"en": "Shapley values with {sure} intervals", "zh": "Shapley值及{sure}区间"},
    "more": {"en": "{first} and {n} more", "zh": "{first}等{all}项"},
    "none": {"en": "under no heading", "zh": "无章节"},
}
NUMERALS = str.maketrans("一二三四五六七八九（）", "123456789()")


@dataclass(frozen=True)
class Step:
    """A row of a waterfall: a level where `change` is zero, else a change from there; ends of the change's interval."""

    name: str
    level: float
    change: float = 0.0
    low: float = np.nan
    high: float = np.nan
    colour: str = appearance.BLACK


def waterfall(
    found: Attribution, base: float, wanted: float, *, most: int = 7, by: Literal["lever", "section"] = "lever",
    lang: Lang = "en", ax: Axes | None = None,
) -> Axes:  # fmt: skip
    """From where the city is without the plan, lever by lever, to where it is with it, and what is left to the target.

    `base` is the mean without the plan, `wanted` the target's value. `by="section"` adds levers up under the headings
    of the plan they stand under. The smallest beyond `most` are put together. The thin line on a step is the interval
    of its Monte Carlo error.

    `lang` is the language of names and words: "en" or "zh".

    Example:

        found = jiju.attribute("shaoxing-2011/plan", "shaoxing-2011/status-quo", levers="groups", replicates=100)
        jiju.plot.waterfall(found, base=2966, wanted=4000)
    """
    checked(lang)
    steps = steps_of(found, most, by, lang)
    plan, without = found.arms[lang]
    rows, level = [Step(without, base)], base
    for name, (value, low, high) in steps:
        colour = appearance.GAIN if value >= 0 else appearance.LOSS
        rows.append(Step(name, level, value, low, high, colour))
        level += value
    gap = "gap" if wanted >= level else "beyond"
    rows += [Step(plan, level), Step(WORDS[gap][lang], level, wanted - level, colour=appearance.YELLOW),
             Step(WORDS["target"][lang], wanted)]  # fmt: skip
    ax = appearance.apply(ax, lang, (8, 0.36 * len(rows) + 1.2), rows=True)
    draw_steps(ax, rows)
    entitle(ax, with_unit(found.values, lang), less(plan, without, lang), *year_and_interval(found, lang))
    return ax


def year_and_interval(found: Attribution, lang: Lang) -> list[str]:
    sure = f"{100 * found.confidence:g}%" if lang == "zh" else f"{100 * found.confidence:g} %"
    year = [] if found.year is None else [captions.year_of(found.year, lang)]
    return [*year, WORDS["shapley"][lang].format(sure=sure), captions.count(found.values.sizes["replicate"], lang)]


def steps_of(
    found: Attribution, most: int, by: str, lang: Lang
) -> list[tuple[str, tuple[float, float, float]]]:
    """Name, value and ends of its interval of each step, the largest first, what is small put together last.

    One lever alone is never put together with nothing: it stands by its name.
    """
    table = found.table.assign(label=found.table["name_zh" if lang == "zh" else "name"])
    groups = [(str(row["label"]), [str(row["lever"])]) for _, row in table.iterrows()]
    if by == "section":
        groups = [(heading(str(section), list(part["label"]), lang), list(map(str, part["lever"])))
                  for section, part in table.groupby("section", sort=False)]  # fmt: skip
    valued = [(name, levers, found.together(levers)) for name, levers in groups]
    valued.sort(key=lambda each: -abs(each[2][0]))
    shown = len(valued) if len(valued) == most + 1 else most
    steps = [(name, value) for name, _, value in valued[:shown]]
    if small := valued[shown:]:
        rest = "rest_sections" if by == "section" else "rest"
        together = found.together([lever for _, levers, _ in small for lever in levers])
        steps.append((WORDS[rest][lang].format(n=len(small)), together))
    if abs(found.remainder) > 1e-9 * abs(found.total):
        steps.append((WORDS["elsewhere"][lang], (found.remainder, np.nan, np.nan)))
    return steps


def heading(section: str, names: list[str], lang: Lang) -> str:
    """A heading of the plan by its number and the lever that carries most under it."""
    first, n = names[0], len(names)
    if n > 1:
        first = WORDS["more"][lang].format(first=first, n=n - 1, all=n)
    if not section:
        return f"{WORDS['none'][lang]}{'：' if lang == 'zh' else ': '}{first}"
    return f"{section}{first}" if lang == "zh" else f"{section.translate(NUMERALS)} {first}"


def draw_steps(ax: Axes, rows: list[Step]) -> None:
    """From top to bottom; levels are points and changes are bars, so that the axis need not begin at zero."""
    places = np.arange(len(rows))[::-1]
    ends = [row.level + row.change for row in rows]
    whiskers = [row.level + each for row in rows for each in (row.low, row.high) if not np.isnan(each)]
    span = max(ends + whiskers) - min([row.level for row in rows] + ends + whiskers)
    for place, row, end in zip(places, rows, ends, strict=True):
        right = max(row.level, end)
        if row.change:
            ax.barh(place, row.change, left=row.level, color=row.colour, height=0.62)
            if not np.isnan(row.low):
                low, high = row.level + row.low, row.level + row.high
                ax.hlines(place, low, high, color=appearance.BLACK, linewidth=1.2)
                right = max(right, high)
        else:
            ax.plot(row.level, place, "D", color=row.colour, markersize=6)
        text = signed(row.change) if row.change else number(row.level, 4)
        ax.annotate(text, (right, place), xytext=(7, 0), textcoords="offset points", va="center")
        if place:
            ax.vlines(end, place - 1, place, color=appearance.GREY, linewidth=0.7, zorder=0)
    ax.set_yticks(places, [appearance.cut(row.name, 40) for row in rows])
    least = min([row.level for row in rows] + ends + whiskers)
    ax.set_xlim(least - 0.06 * span, max(ends + whiskers) + 0.2 * span)


def attribution(found: Attribution, *, lang: Lang = "en", ax: Axes | None = None) -> Axes:
    """Each lever's share in the difference, with the interval of its Monte Carlo error.

    `lang` is the language of names and words: "en" or "zh".

    Example:

        found = jiju.attribute("shaoxing-2011/plan", "shaoxing-2011/status-quo", levers="groups", replicates=100)
        jiju.plot.attribution(found)
    """
    checked(lang)
    table = found.table.iloc[::-1]
    ax = appearance.apply(ax, lang, size=(8, 0.4 * len(table) + 1.4), rows=True)
    rows = np.arange(len(table))
    colours = [appearance.GAIN if value >= 0 else appearance.LOSS for value in table["value"]]
    ax.barh(rows, table["value"], color=colours, height=0.6)
    ax.hlines(rows, table["low"], table["high"], color=appearance.BLACK, linewidth=1.5)
    ax.axvline(0, color=appearance.BLACK, linewidth=0.8)
    ax.set_yticks(rows, [appearance.cut(name, 44) for name in table["name_zh" if lang == "zh" else "name"]])
    ax.set_xlabel(with_unit(found.values, lang))
    entitle(ax, found.title(lang), *year_and_interval(found, lang))
    return ax
