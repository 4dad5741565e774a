"""Plans held against each other: regret by plan and future, and the region of parameters in which a plan fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from jiju.errors import UsageError
from jiju.labels import unit_name
from jiju.languages import Lang, checked, translated
from jiju.plot import appearance, captions
from jiju.plot.captions import entitle
from jiju.printing.text_tables import number

if TYPE_CHECKING:
    from jiju.decisions.robustness import Robust, Searched

WORDS = {
    "regret": {"en": "Mean regret", "zh": "平均后悔值"},
    "of": {"en": "the best plan's {outcome} less the plan's own, draw by draw",
           "zh": "各抽样中最优方案的{outcome}减去本方案的{outcome}"},
    "draws": {"en": "{n} draws of the parameters", "zh": "{n}组参数抽样"},
    "fails": {"en": "Where the plan breaks its limits: {plan}", "zh": "方案不满足约束的参数区域：{plan}"},
    "density": {"en": "{inside} of the draws there fail, {all} of all", "zh": "区域内{inside}的抽样失败，总体{all}"},
    "coverage": {"en": "{share} of all failures", "zh": "占全部失败的{share}"},
    "judged": {"en": "by {n} draws that did not make it", "zh": "由未用于划定区域的{n}组抽样衡量"},
    "failing": {"en": "fails", "zh": "失败"},
    "keeping": {"en": "keeps its limits", "zh": "满足约束"},
    "region": {"en": "region", "zh": "区域"},
    "lowest": {"en": "lowest draw", "zh": "抽样最低值"},
    "highest": {"en": "highest draw", "zh": "抽样最高值"},
}  # fmt: skip
APART = 0.17  # of a row: dots of draws that fail stand above its middle, others below


def regret(found: Robust, *, lang: Lang = "en", ax: Axes | None = None) -> Axes:
    """Mean regret of every plan in every future as a map: the darker, the more a plan leaves undone there.

    `lang` is the language of names and words: "en" or "zh".

    Example:

        plan = jiju.Scenario.load("shaoxing-2011/plan")
        fund = plan.copy(key="fund-alone")
        fund["levers.land_guarantee.effort"] = 0
        found = jiju.robust([plan, fund], "shaoxing-2011/status-quo", "value_added", replicates=100, regions=False)
        jiju.plot.regret(found)
    """
    checked(lang)
    grid = found.table.pivot(index="plan", columns="future", values="regret")
    plans, futures = found.names(lang), found.future_names(lang)
    grid = grid.loc[list(plans), list(futures)]
    ax = appearance.apply(ax, lang, (7.5, 0.42 * len(plans) + 2.2), rows=True)
    values = grid.to_numpy(float)
    most = max(float(values.max()), 1e-12)
    ax.imshow(values, aspect="auto", cmap="cividis_r", vmin=0, vmax=most)
    ax.spines[:].set_visible(False)
    for (row, column), value in np.ndenumerate(values):
        ax.text(column, row, number(value), ha="center", va="center", fontsize="small",
                color="white" if value > 0.55 * most else "black")  # fmt: skip
    narrow = appearance.fitting(0.75 * appearance.width_of(ax) / len(futures))
    ax.set_xticks(range(len(futures)), [appearance.lines(name, narrow) for name in futures.values()])
    ax.set_yticks(range(len(plans)), [appearance.cut(name, 30) for name in plans.values()])
    unit = unit_name(found.unit, lang)
    title = WORDS["regret"][lang] + ((f"（{unit}）" if lang == "zh" else f", {unit}") if unit else "")
    entitle(ax, title, WORDS["of"][lang].format(outcome=found.outcome_name(lang)),
            WORDS["draws"][lang].format(n=found.draws), captions.count(found.replicates, lang))  # fmt: skip
    return ax


def failing(
    found: Robust, plan: str | None = None, future: str | None = None, *, lang: Lang = "en", ax: Axes | None = None
) -> Axes:
    """The region in which a plan fails, a parameter a row: all draws between the lowest and the highest, those that
    fail above the line, and the limits of the region.

    `plan` and `future` are keys; the first region that was found where none are given. UsageError where there is none.
    `lang` is the language of names and words: "en" or "zh".

    Example:

        plan = jiju.Scenario.load("shaoxing-2011/plan")
        found = jiju.robust([plan], "shaoxing-2011/status-quo", limits=["p(T1) >= 0.5"])
        jiju.plot.failing(found, "plan")
    """
    checked(lang)
    chosen = region_of(found, plan, future)
    region = chosen.region
    assert region is not None
    ax = appearance.apply(ax, lang, (7.5, 0.85 * len(region.box) + 1.9), rows=True)
    for row, (name, (low, high)) in enumerate(region.box.items()):
        values = chosen.values[name].to_numpy(float)
        least, most = values.min(), values.max()
        places = (values - least) / (most - least)
        ends = [(max(low, least) - least) / (most - least), (min(high, most) - least) / (most - least)]
        ax.add_patch(Rectangle((ends[0], row - 0.33), ends[1] - ends[0], 0.66, color=appearance.SKY, alpha=0.3,
                               linewidth=0))  # fmt: skip
        for fails, side, colour in ((True, -APART, appearance.VERMILION), (False, APART, appearance.GREY)):
            own = places[chosen.fails == fails]
            ax.plot(own, np.full(len(own), row + side), "o", color=colour, markersize=3.5, alpha=0.55,
                    markeredgewidth=0)  # fmt: skip
        for place, value in ((ends[0], low), (ends[1], high)):
            if np.isfinite(value):
                ax.text(place, row - 0.36, number(value), ha="center", va="bottom", fontsize="small")
    ax.set_yticks(range(len(region.box)), [appearance.cut(found.label_of(name, lang), 30) for name in region.box])
    ax.set_ylim(len(region.box) - 0.35, -0.75)
    ax.set_xlim(-0.03, 1.03)
    ax.set_xticks([0, 1], [WORDS["lowest"][lang], WORDS["highest"][lang]])
    judged = region.judged
    entitle(
        ax, WORDS["fails"][lang].format(plan=found.names(lang)[chosen.plan]), found.future_names(lang)[chosen.future],
        WORDS["density"][lang].format(inside=percent(judged.density, lang), all=percent(judged.failing, lang)),
        WORDS["coverage"][lang].format(share=percent(judged.coverage, lang)),
        WORDS["judged"][lang].format(n=region.judged_on),
    )  # fmt: skip
    marks = [Line2D([], [], marker="o", linestyle="", color=colour, markersize=4, label=WORDS[key][lang])
             for key, colour in (("failing", appearance.VERMILION), ("keeping", appearance.GREY))]  # fmt: skip
    box = Rectangle((0, 0), 1, 1, color=appearance.SKY, alpha=0.3, linewidth=0, label=WORDS["region"][lang])
    ax.legend(handles=[*marks, box], frameon=False, fontsize="small", ncols=3, loc="upper center",
              bbox_to_anchor=(0.5, -0.02 - 0.16 / len(region.box)))  # fmt: skip
    return ax


def percent(share: float, lang: Lang) -> str:
    return f"{100 * share:.0f}%" if lang == "zh" else f"{100 * share:.0f} %"


def region_of(found: Robust, plan: str | None, future: str | None) -> Searched:
    for each in found.searches:
        if each.found and plan in (None, each.plan) and future in (None, each.future):
            return each
    there = ", ".join(f"{each.plan} ({each.future})" for each in found.searches if each.found)
    raise UsageError(translated(
        "no region in which {plan} fails was found; regions are there of {there}",
        plan=plan or translated("a plan"), there=there or translated("none"),
    ))  # fmt: skip
