"""What further money buys: goals against cost, the price of the last unit, and which levers enter."""

from __future__ import annotations

from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from jiju.decisions.frontier import Frontier
from jiju.languages import Lang, checked
from jiju.plot import appearance
from jiju.plot.captions import entitle
from jiju.plot.forests import sure_of
from jiju.printing import text_tables

WORDS = {
    "fresh": {"en": "{n} fresh draws", "zh": "{n}次新抽样"},
    "dominated": {"en": "hollow: another plan is as good in all, or no plan keeps the limits",
                  "zh": "空心：另有方案各方面都不差，或没有方案满足约束"},
    "price": {"en": "For one more unit of cost", "zh": "每增加一单位成本的所得"},
    "budget": {"en": "budget", "zh": "预算"},
    "entry": {"en": "Levers in the plan, in the order in which they enter", "zh": "方案中的政策工具（按纳入次序）"},
    "size": {"en": "area: dose, over the highest allowed", "zh": "面积：力度占允许上界的比例"},
    "mean": {"en": "mean over balances", "zh": "各组权重的平均"},
    "weights": {"en": "weights of goals", "zh": "目标权重"},
}  # fmt: skip
WIDE, HIGH, ROW = 10.0, 3.4, 0.3  # inches: of the figure, of a goal's panels, of a lever
AREA = 90.0  # of a full dose's dot, square points
ASIDE = 0.5  # of the room between budgets is shared by the balances


def frontier(found: Frontier, *, lang: Lang = "en", ax: Axes | None = None) -> Axes:
    """Each goal against the cost, a plan a point, with both intervals and a line for each balance of the goals; beside
    it what one more unit of cost buys, with its interval; below, which levers are in the plans of each budget, in the
    order in which they enter. On axes that are given, the first goal alone.

    `lang` is the language of names and words: "en" or "zh".

    Example:

        found = jiju.frontier("shaoxing-2011/plan", "shaoxing-2011/status-quo", "value_added", [20, 40, 60],
                              levers=["special_fund", "land_guarantee"],
                              effort=jiju.Effort(points=60, replicates=20, compared=50, judged=100))
        jiju.plot.frontier(found)
    """
    checked(lang)
    if ax is not None:
        ax = appearance.apply(ax, lang)
        draw_goal(found, found.goals[0], ax, lang)
        return ax
    appearance.check_letters(lang)
    goals, levers = len(found.goals), len(found.plan.openings)
    below = ROW * levers + 1.1
    size = appearance.size_of((WIDE, HIGH * goals + below))
    figure: Figure = plt.figure(figsize=size, layout="constrained")
    grid = figure.add_gridspec(goals + 1, 2, height_ratios=[*([HIGH] * goals), below], width_ratios=[1.15, 1])
    first = None
    for row, goal in enumerate(found.goals):
        left, right = (appearance.bare(figure.add_subplot(grid[row, column])) for column in (0, 1))
        draw_goal(found, goal, left, lang, titled=row == 0)
        draw_prices(found, goal, right, lang)
        first = first or left
    draw_entry(found, appearance.bare(figure.add_subplot(grid[goals, :])), lang)
    assert first is not None  # a frontier has a goal
    return first


def colour(found: Frontier, balance: int) -> str:
    return appearance.BLUE if len(found.goals) == 1 else appearance.SERIES[balance % len(appearance.SERIES)]


def marker(balance: int) -> str:
    return appearance.MARKERS[(balance + 1) % len(appearance.MARKERS)]


def parts_of(found: Frontier, goal: str) -> list[pd.DataFrame]:
    rows = found.table[found.table["goal_name"] == goal]
    return [part for _, part in rows.groupby("balance", sort=True)]


def draw_goal(found: Frontier, goal: str, ax: Axes, lang: Lang, titled: bool = True) -> None:
    names = found.balance_names()
    for balance, part in enumerate(parts_of(found, goal)):
        shade = colour(found, balance)
        x, y = part["cost"].to_numpy(float), part["goal"].to_numpy(float)
        ax.plot(x, y, color=shade, linewidth=1.1, alpha=0.7, zorder=2)
        ax.hlines(y, part["cost_low"], part["cost_high"], color=shade, linewidth=1, zorder=2)
        ax.vlines(x, part["goal_low"], part["goal_high"], color=shade, linewidth=1, zorder=2)
        hollow = (part["dominated"] | ~part["feasible"]).to_numpy(bool)
        for empty in (False, True):
            if (hollow == empty).any():
                ax.plot(x[hollow == empty], y[hollow == empty], marker(balance), color=shade, markersize=6, zorder=3,
                        markerfacecolor="white" if empty else shade,
                        label=names[balance] if empty == hollow.all() else None)  # fmt: skip
    ax.set_xlabel(found.names[found.cost][lang])
    ax.set_ylabel(appearance.cut(found.names[goal][lang], 34))
    ax.grid(color="#E4E4E4", linewidth=0.8)
    ax.set_axisbelow(True)
    if len(found.goals) > 1 and titled:
        ax.legend(frameon=False, fontsize="x-small", title=WORDS["weights"][lang], title_fontsize="x-small")
    if titled:
        hollow_any = bool((found.table["dominated"] | ~found.table["feasible"]).any())
        entitle(ax, found.names[goal][lang], sure_of(found.confidence, lang),
                WORDS["fresh"][lang].format(n=found.fresh),
                WORDS["dominated"][lang] if hollow_any else "")  # fmt: skip


def draw_prices(found: Frontier, goal: str, ax: Axes, lang: Lang) -> None:
    budgets = sorted(set(found.table["budget"]))
    parts = parts_of(found, goal)
    for balance, part in enumerate(parts):
        aside = ASIDE * ((balance + 0.5) / len(parts) - 0.5) if len(parts) > 1 else 0.0
        places = np.array([budgets.index(each) for each in part["budget"]]) + aside
        known = np.isfinite(part["price"].to_numpy(float))
        shade = colour(found, balance)
        ax.vlines(places[known], part["price_low"][known], part["price_high"][known], color=shade, linewidth=1.2)
        ax.plot(places[known], part["price"][known], marker(balance), color=shade, markersize=5)
    ax.axhline(0, color=appearance.GREY, linewidth=0.8, zorder=0)
    ax.set_xlim(0.4, len(budgets) - 0.4)
    amounts = [text_tables.number(each) for each in budgets]
    steps = [f"{low}–{high}" for low, high in pairwise(amounts)]
    ax.set_xticks(range(1, len(budgets)), steps)
    ax.set_xlabel(WORDS["budget"][lang])
    ax.set_title(appearance.cut(WORDS["price"][lang], 40), loc="left", fontsize="medium")
    ax.grid(axis="y", color="#E4E4E4", linewidth=0.8)
    ax.set_axisbelow(True)


def draw_entry(found: Frontier, ax: Axes, lang: Lang) -> None:
    """A row for each opening: dots at budgets, as large as the mean over balances of what is chosen."""
    budgets = sorted(set(found.table["budget"]))
    plans = found.table.drop_duplicates("plan").set_index("plan")
    shares = found.shares().groupby(plans["budget"]).mean()
    order = found.entry().groupby("opening")["from_budget"].mean()
    names = sorted(found.plan.names, key=lambda name: (np.nan_to_num(order[name], nan=np.inf), -shares[name].sum()))
    levers, key = found.plan.tables["levers"], "name_zh" if lang == "zh" else "name"
    of = {each.name: each for each in found.plan.openings}
    labels = [levers[of[name].lever][key] + ("" if of[name].way == "scale" else f" ({of[name].way})") for name in names]
    rows = np.arange(len(names))[::-1]
    for row, name in zip(rows, names, strict=True):
        ax.hlines(row, 0, len(budgets) - 1, color="#EEEEEE", linewidth=1, zorder=1)
        ax.scatter(range(len(budgets)), [row] * len(budgets), s=AREA * shares.loc[budgets, name].clip(lower=0),
                   color=appearance.BLUE, zorder=2)  # fmt: skip
    ax.set_yticks(rows, [appearance.cut(label, 40) for label in labels])
    ax.set_xticks(range(len(budgets)), [text_tables.number(each) for each in budgets])
    ax.set_xlim(-0.5, len(budgets) - 0.5)
    ax.set_ylim(-0.7, len(names) - 0.3)
    ax.set_xlabel(WORDS["budget"][lang])
    details = [WORDS["size"][lang], *([WORDS["mean"][lang]] if len(found.weights) > 1 else [])]
    entitle(ax, WORDS["entry"][lang], *details)
