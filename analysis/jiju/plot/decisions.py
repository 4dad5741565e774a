"""Plans chosen: what the same money brings at other times, and which openings matter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from jiju.decisions.screening import MATTERS, NOISE, SMALL, Screening
from jiju.decisions.screening import word as screening_word
from jiju.decisions.timing_tables import ENDS, WRITTEN, Timing
from jiju.errors import UsageError
from jiju.languages import Lang, checked, translated
from jiju.plot import appearance, captions
from jiju.plot.captions import entitle
from jiju.plot.forests import Forest, draw, sure_of

WORDS = {
    "profiles": {"en": "gain over the plan as written", "zh": "比原方案增加"},
    "starts": {"en": "gain of the best year, on fresh draws", "zh": "最佳开始年份的增加（新抽样）"},
    "hollow": {"en": "hollow: not surely better among all levers", "zh": "空心：在全部工具中不能确认改善"},
    "star": {"en": "hollow: interval holds zero", "zh": "空心：区间包含零"},
    "size": {"en": "mu*: mean size of its effects", "zh": "μ*：基本效应平均大小"},
    "spread": {"en": "sigma: how much they differ", "zh": "σ：基本效应标准差"},
    "trajectories": {"en": "{n} trajectories", "zh": "{n}条轨迹"},
    "line": {"en": "line: sigma as large as mu*", "zh": "虚线：σ等于μ*"},
}
MOST_NAMED = 8


def timing(
    found: Timing, by: Literal["profile", "start"] = "profile", *, lang: Lang = "en", ax: Axes | None = None
) -> Axes:
    """What other dates gain over the plan as written, one row a profile, or one a lever begun in its best year.

    Of levers the gain is that on draws that did not choose the year.
    `lang` is the language of names and words: "en" or "zh".

    Example:

        found = jiju.timing("shaoxing-2011/plan", "shaoxing-2011/status-quo", "value_added",
                            levers=["special_fund"], replicates=100)
        jiju.plot.timing(found)
    """
    checked(lang)
    if by not in ("profile", "start"):
        raise UsageError(translated("by = {by!r}: allowed are profile and start", by=by))
    rows = found.profiles if by == "profile" else found.best
    if not len(rows):
        raise UsageError(translated("this timing has nothing of the kind {by!r} to draw", by=by))
    table = rows.to_dict("records")
    if by == "profile":
        table = [row for row in table if row["profile"] != WRITTEN]
        names = [ENDS[row["profile"]][lang == "zh"] for row in table]
        sure = [row["gain_low"] > 0 or row["gain_high"] < 0 for row in table]
    else:
        names = [f"{found.name_of(row['lever'], lang)}  {years_of(row)}" for row in table]
        sure = [bool(row["sure"]) for row in table]
    frame = pd.DataFrame(
        {"effect": [row["gain"] for row in table], "low": [row["gain_low"] for row in table],
         "high": [row["gain_high"] for row in table], "sure": sure}, index=names,
    )  # fmt: skip
    what = WORDS["profiles" if by == "profile" else "starts"][lang]
    count = found.replicates if by == "profile" else found.replicates - found.replicates // 2
    details = [what, sure_of(found.confidence, lang), captions.count(count, lang)]
    note = WORDS["star" if by == "profile" else "hollow"][lang]
    return draw(Forest({what: frame}, found.names[lang], details, what, [note]), lang, ax)


def years_of(row: Mapping[Any, Any]) -> str:
    """From the year as written to the best one; one year where they are the same."""
    return str(row["best"]) if row["best"] == row["written"] else f"{row['written']}→{row['best']}"


def screen(found: Screening, *, lang: Lang = "en", ax: Axes | None = None) -> Axes:
    """mu* against sigma: to the right what matters, above the line what hangs on where the others stand.

    Filled is what matters, half filled what is small, hollow what noise explains; lines are intervals of mu*. The
    largest that matter are named, at the right.
    `lang` is the language of names and words: "en" or "zh".

    Example:

        found = jiju.screen("shaoxing-2011/plan", "shaoxing-2011/status-quo", "value_added",
                            trajectories=10, replicates=20)
        jiju.plot.screen(found)
    """
    checked(lang)
    ax = appearance.apply(ax, lang, (9, 4.6))
    faces = {MATTERS: appearance.BLUE, SMALL: appearance.SKY, NOISE: "white"}
    table = found.table
    for verdict, part in table.groupby("verdict", sort=False):
        ax.hlines(part["sigma"], part["mu_star_low"], part["mu_star_high"], color="#C8C8C8", linewidth=1, zorder=1)
        ax.plot(part["mu_star"], part["sigma"], "o", color=appearance.BLUE, markerfacecolor=faces[str(verdict)],
                markersize=6, linestyle="none", zorder=3)  # fmt: skip
    right = 1.05 * float(table["mu_star_high"].max()) or 1.0
    top = 1.12 * float(table["sigma"].max()) or 1.0
    ax.set_xlim(0, right)
    ax.set_ylim(-0.04 * top, top)
    end = min(right, top)
    ax.plot([0, end], [0, end], color=appearance.GREY, linewidth=0.8, linestyle=(0, (4, 3)), zorder=0)
    ax.set_xlabel(WORDS["size"][lang])
    ax.set_ylabel(WORDS["spread"][lang])
    handles = [
        Line2D([], [], color=appearance.BLUE, marker="o", linestyle="none", markerfacecolor=face,
               label=screening_word(verdict, lang))
        for verdict, face in faces.items() if (table["verdict"] == verdict).any()
    ]  # fmt: skip
    name_largest(ax, found, lang)
    entitle(ax, found.names[lang], WORDS["trajectories"][lang].format(n=found.trajectories),
            captions.count(found.replicates, lang), sure_of(found.confidence, lang), WORDS["line"][lang])  # fmt: skip
    ax.legend(handles=handles, frameon=False, fontsize="small", loc="upper center", bbox_to_anchor=(0.5, -0.14),
              ncols=len(handles))  # fmt: skip
    return ax


def name_largest(ax: Axes, found: Screening, lang: Lang) -> None:
    """Names beside the picture, in the order of their points' heights, each with a line to its point."""
    shown = found.table.assign(label=found.labels(lang))
    shown = shown[shown["verdict"] == MATTERS].head(MOST_NAMED).sort_values("sigma", kind="stable")
    top = ax.get_ylim()[1]
    wanted = (shown["sigma"] / top).to_numpy()
    for (_, row), height in zip(shown.iterrows(), spaced(wanted, 0.115), strict=True):
        ax.annotate(
            "", (row["mu_star"], row["sigma"]), xytext=(1.02, height), textcoords="axes fraction",
            annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": appearance.GREY, "linewidth": 0.6, "shrinkA": 0, "shrinkB": 4},
        )  # fmt: skip
        ax.text(1.03, height, appearance.cut(str(row["label"]), 34), transform=ax.transAxes, va="center",
                fontsize="small")  # fmt: skip


def spaced(heights: np.ndarray, apart: float) -> np.ndarray:
    """Rising heights between 0 and 1, moved as little as it takes for them to be so far apart."""
    found = np.array(heights, float)
    for place in range(1, len(found)):
        found[place] = max(found[place], found[place - 1] + apart)
    if len(found) and found[-1] > 1:
        found[-1] = 1.0
        for place in range(len(found) - 2, -1, -1):
            found[place] = min(found[place], found[place + 1] - apart)
    return found
