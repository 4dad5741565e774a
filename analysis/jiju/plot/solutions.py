"""Plans that a search has found: what was chosen of each opening, what equal money buys."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from jiju.decisions.equal import Equal
from jiju.decisions.openings import Way
from jiju.decisions.solution import Solution, shown
from jiju.errors import UsageError
from jiju.languages import Lang, checked, translated
from jiju.plot import appearance, captions
from jiju.plot.captions import entitle
from jiju.plot.forests import Forest, draw, sure_of
from jiju.printing import text_tables
from jiju.results.validation import nearest

WORDS = {
    "chosen": {"en": "chosen", "zh": "所选"},
    "written": {"en": "as written", "zh": "原方案"},
    "allowed": {"en": "allowed", "zh": "允许范围"},
    "lowest": {"en": "lowest allowed", "zh": "允许的最低值"},
    "highest": {"en": "highest allowed", "zh": "允许的最高值"},
    "brings": {"en": "{value}, over the plan as written {gain}", "zh": "{value}，比原方案增加{gain}"},
    "limits": {"en": "{kept} of {all} limits kept on fresh draws", "zh": "新抽样上满足{all}项约束中的{kept}项"},
    "nearest": {"en": "out of reach: the plan that comes nearest", "zh": "所求未能达到：最接近的方案"},
    "fresh": {"en": "{n} fresh draws", "zh": "{n}次新抽样"},
    "gain": {"en": "over {first}, at one cost", "zh": "同等成本，与{first}之差"},
    "hollow": {"en": "hollow: interval holds zero", "zh": "空心：区间包含零"},
}  # fmt: skip
WAYS: dict[Way, dict[Lang, str]] = {
    "scale": {"en": "doses, times", "zh": "力度倍数"},
    "start": {"en": "begin, years later", "zh": "推迟年数"},
    "switch": {"en": "on, 1, or off, 0", "zh": "启用为1"},
}


def solution(found: Solution, *, lang: Lang = "en", ax: Axes | None = None) -> Axes:
    """What `jiju.optimise` or `jiju.reach` has chosen, one opening a row: between the lowest and the highest value that
    it is allowed, with the value as written, and both numbers at the right.

    `lang` is the language of names and words: "en" or "zh".

    Example:

        found = jiju.optimise("shaoxing-2011/plan", "shaoxing-2011/status-quo", "value_added", ["public_cost <= 60"],
                              levers=["special_fund", "land_guarantee"],
                              effort=jiju.Effort(points=60, replicates=20, compared=50, judged=100))
        jiju.plot.solution(found)
    """
    checked(lang)
    table = found.frame()
    ax = appearance.apply(ax, lang, (8, 0.36 * len(table) + 2.1), rows=True)
    width = (table["high"] - table["low"]).where(table["high"] > table["low"], 1.0)
    chosen, written = ((table[name] - table["low"]) / width for name in ("chosen", "as_written"))
    rows = np.arange(len(table))[::-1]
    ax.hlines(rows, 0, 1, color="#DDDDDD", linewidth=3, zorder=1)
    ax.hlines(rows, chosen, written, color=appearance.BLUE, linewidth=1.2, zorder=2)
    ax.plot(written, rows, "D", color=appearance.GREY, markerfacecolor="white", markersize=5, zorder=3)
    ax.plot(chosen, rows, "o", color=appearance.BLUE, markersize=6, zorder=4)
    for height, row in zip(rows, table.to_dict("records"), strict=True):
        ax.text(1.03, height, f"{row['as_written']:.2f} → {row['chosen']:.2f}", va="center", fontsize="small")
    ax.set_yticks(rows, [appearance.cut(label, 40) for label in labels_of(found, lang)])
    ax.set_ylim(-0.6, len(table) - 0.4)
    ax.set_xlim(-0.03, 1.22)
    ax.set_xticks([0, 1], [WORDS["lowest"][lang], WORDS["highest"][lang]])
    kept = sum(each.is_kept for each in found.limits)
    limits = WORDS["limits"][lang].format(kept=kept, all=len(found.limits)) if found.limits else ""
    goal = found.goal
    entitle(
        ax, goal.names[lang],
        WORDS["brings"][lang].format(value=shown(goal.chosen), gain=shown(goal.gain, signed=True)),
        "" if found.feasible else WORDS["nearest"][lang], limits, sure_of(found.confidence, lang),
        WORDS["fresh"][lang].format(n=found.fresh),
    )  # fmt: skip
    marks = [
        Line2D([], [], color=appearance.BLUE, marker="o", linestyle="none", label=WORDS["chosen"][lang]),
        Line2D([], [], color=appearance.GREY, marker="D", linestyle="none", markerfacecolor="white",
               label=WORDS["written"][lang]),
        Line2D([], [], color="#DDDDDD", linewidth=3, label=WORDS["allowed"][lang]),
    ]  # fmt: skip
    ax.legend(handles=marks, frameon=False, fontsize="small", ncols=3, loc="upper center",
              bbox_to_anchor=(0.42, -0.02 - 0.5 / (len(table) + 1)))  # fmt: skip
    return ax


def labels_of(found: Solution, lang: Lang) -> list[str]:
    """The lever of each opening; how it is open where there are several ways."""
    levers, key = found.plan.tables["levers"], "name_zh" if lang == "zh" else "name"
    several = len({opening.way for opening in found.plan.openings}) > 1
    form = "{name}（{way}）" if lang == "zh" else "{name} ({way})"
    return [
        form.format(name=levers[each.lever][key], way=WAYS[each.way][lang]) if several else levers[each.lever][key]
        for each in found.plan.openings
    ]


def equal(found: Equal, outcome: str | None = None, *, lang: Lang = "en", ax: Axes | None = None) -> Axes:
    """What each plan brings more than the first at one cost, a plan a row; of one outcome, the first unless said.

    `lang` is the language of names and words: "en" or "zh".

    Example:

        plan = jiju.Scenario.load("shaoxing-2011/plan")
        fund = plan.copy(key="fund-alone")
        fund["levers.land_guarantee.effort"] = 0
        jiju.plot.equal(jiju.equal([plan, fund], "shaoxing-2011/status-quo", replicates=100))
    """
    checked(lang)
    known = [text for text in dict.fromkeys(found.table["outcome"]) if text != found.cost]
    chosen = outcome or (known[0] if known else found.cost)
    rows = found.table[(found.table["outcome"] == chosen) & found.table["gain"].notna()]
    if rows.empty:
        if chosen in known:
            raise UsageError(translated("no second plan has this cost: there is nothing to compare"))
        raise UsageError(translated(
            "no outcome {outcome!r} in this comparison{nearest}", outcome=chosen, nearest=nearest(chosen, known)
        ))  # fmt: skip
    names = {key: (each.name_zh or each.name) if lang == "zh" else each.name for key, each in found.scenarios.items()}
    first = names[next(iter(found.scenarios))]
    frame = pd.DataFrame(
        {"effect": rows["gain"].to_numpy(), "low": rows["gain_low"].to_numpy(), "high": rows["gain_high"].to_numpy(),
         "sure": ((rows["gain_low"] > 0) | (rows["gain_high"] < 0)).to_numpy()},
        index=[f"{names[key]}  ×{text_tables.number(found.factors[key])}" for key in rows["plan"]],
    )  # fmt: skip
    cost = f"{found.names[found.cost][lang]} = {text_tables.number(found.wanted)}"
    details = [WORDS["gain"][lang].format(first=first), cost, sure_of(found.confidence, lang),
               captions.count(found.replicates, lang)]  # fmt: skip
    name = found.names[chosen][lang]
    return draw(Forest({name: frame}, name, details, name, [WORDS["hollow"][lang]]), lang, ax)
