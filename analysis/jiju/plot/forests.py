"""Effects one under the other, each with its interval: by industry, place or cluster, by lever, by target."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from jiju.errors import UsageError
from jiju.labels import arm_names, unit_name, variable_name
from jiju.languages import Lang, checked, translated
from jiju.plot import appearance, captions
from jiju.plot.captions import entitle, less, with_unit
from jiju.results.indicators import yearly
from jiju.results.validation import REPLICATES, nearest
from jiju.studies.ablation_tables import WAYS, Ablation
from jiju.studies.attribution import Attribution
from jiju.studies.comparison_tables import Comparison

if TYPE_CHECKING:
    import xarray as xr

WORDS = {
    "interval": {"en": "{sure} intervals", "zh": "{sure}区间"},
    "alone": {"en": "alone on the base", "zh": "单独实施"},
    "removed": {"en": "within the plan", "zh": "在方案之中"},
    "hollow": {"en": "hollow: not measurable among all levers", "zh": "空心：在全部工具中不可测"},
    "probability": {"en": "Change in the probability of each target", "zh": "目标实现概率的变化"},
    "relative": {"en": "in % of the base's mean", "zh": "占基准均值的百分比"},
    "all": {"en": "all years together", "zh": "各年合计"},
    "shapley": {"en": "Shapley value", "zh": "Shapley值"},
    "effect": {"en": "effect", "zh": "效果"},
}


@dataclass(frozen=True)
class Forest:
    """Rows and what stands in them: by group (an arm, a way) a frame with effect, low, high and `sure` by label."""

    groups: dict[str, pd.DataFrame]
    title: str
    details: list[str]
    axis: str
    notes: list[str] = field(default_factory=list)


def forest(
    found: Comparison | Ablation | Attribution, by: str = "industry", variable: str | None = None, *,
    year: int | str | None = None, relative: bool = False, lang: Lang = "en", ax: Axes | None = None,
) -> Axes:  # fmt: skip
    """Effects one a row with their intervals.

    Of a comparison `by` is a dimension such as "industry", "place" or "cluster", "lever" (what each spends), or
    "target" (probabilities); `variable`, output unless said otherwise, and `year` (the last, or "all") are as for
    `Comparison.by`; with `relative` effects are in percent of the base's mean. Of an ablation rows are levers, alone
    and within the plan, and `variable` is one of its outcomes; of an attribution they are levers or groups.

    `lang` is the language of names and words: "en" or "zh".

    Example:

        found = jiju.compare(jiju.open("both.h5"))
        jiju.plot.forest(found, "cluster", relative=True)
    """
    checked(lang)
    if isinstance(found, Comparison):
        shown = of_targets(found, lang) if by == "target" else of_comparison(found, by, variable, year, relative, lang)
    elif isinstance(found, Ablation):
        shown = of_ablation(found, variable, lang)
    elif isinstance(found, Attribution):
        shown = of_attribution(found, lang)
    else:
        raise UsageError(translated(
            "wanted is what jiju.compare, jiju.ablate or jiju.attribute gives, not {name}",
            name=type(found).__name__,
        ))  # fmt: skip
    return draw(shown, lang, ax)


def draw(shown: Forest, lang: Lang, ax: Axes | None) -> Axes:
    labels = list(next(iter(shown.groups.values())).index)
    several = len(shown.groups) > 1
    ax = appearance.apply(ax, lang, (8, (0.34 + 0.1 * (len(shown.groups) - 1)) * len(labels) + 1.6), rows=True)
    ax.axvline(0, color=appearance.BLACK, linewidth=0.8)
    rows = np.arange(len(labels))[::-1]
    step = min(0.26, 0.7 / len(shown.groups))
    for place, frame in enumerate(shown.groups.values()):
        at = (place + 1) % len(appearance.SERIES)
        colour, marker = appearance.SERIES[at], appearance.MARKERS[at]
        y = rows + step * ((len(shown.groups) - 1) / 2 - place)
        ax.hlines(y, frame["low"], frame["high"], color=colour, linewidth=1.6)
        for height, (_, row) in zip(y, frame.iterrows(), strict=True):
            face = colour if row["sure"] else "white"
            ax.plot(row["effect"], height, marker, color=colour, markerfacecolor=face, markersize=5.5)
    ax.set_yticks(rows, [appearance.cut(label, 44) for label in labels])
    ax.set_ylim(-0.6, len(labels) - 0.4)
    ax.set_xlabel(shown.axis)
    ax.margins(x=0.04)
    ax.grid(axis="x", color="#E4E4E4", linewidth=0.8)
    ax.set_axisbelow(True)
    entitle(ax, shown.title, *shown.details, *shown.notes)
    if several:
        handles = [
            Line2D([], [], color=appearance.SERIES[(place + 1) % len(appearance.SERIES)], linewidth=1.6,
                   marker=appearance.MARKERS[(place + 1) % len(appearance.MARKERS)], label=name)
            for place, name in enumerate(shown.groups)
        ]  # fmt: skip
        ax.legend(handles=handles, frameon=False, fontsize="small", loc="best")
    return ax


def sure_of(confidence: float, lang: Lang) -> str:
    share = f"{100 * confidence:g}%" if lang == "zh" else f"{100 * confidence:g} %"
    return WORDS["interval"][lang].format(sure=share)


def of_comparison(
    found: Comparison, by: str, variable: str | None, year: int | str | None, relative: bool, lang: Lang
) -> Forest:
    variable = variable or ("lever_money" if by == "lever" else "output")
    if by == "lever" and year is None:
        year = "all"
    table = found.by(by, [variable], year)  # type: ignore[arg-type]
    names = named_arms(found, lang)
    groups = {}
    for name, other in zip(found.others, names[1:], strict=True):
        part = table[table["scenario"] == name].set_index(f"{by}_name_zh" if lang == "zh" else f"{by}_name")
        scale = 100 / part["base"].abs().where(part["base"] != 0) if relative else 1.0
        frame = pd.DataFrame({"effect": part["difference"] * scale, "low": part["low"] * scale,
                              "high": part["high"] * scale, "sure": True})  # fmt: skip
        groups[less(other, names[0], lang)] = frame[(part["base"] != 0) | (part["other"] != 0)]
    array = found.base[variable]
    rest = [dim for dim in yearly(array).dims if dim not in (*REPLICATES, "year", by)]
    when = WORDS["all"][lang] if year == "all" else captions.year_of(int(table["year"].iloc[0]), lang)
    whose = list(groups) if len(groups) == 1 else []
    title = variable_name(array, lang) if relative else with_unit(array, lang)
    return Forest(
        same_rows(groups), title,
        [*whose, when, captions.summed(found.base, rest, lang), captions.count(int(table["n"].max()), lang)],
        WORDS["relative"][lang] if relative else captions.unit_of(array, lang), [sure_of(found.confidence, lang)],
    )  # fmt: skip


def same_rows(groups: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Every group with the rows of any, in order of the first's."""
    labels = list(dict.fromkeys(label for frame in groups.values() for label in frame.index))
    return {name: frame.reindex(labels).assign(sure=True) for name, frame in groups.items()}


def named_arms(found: Comparison, lang: Lang) -> list[str]:
    arms: list[xr.Dataset] = [found.base, *found.others.values()]
    return arm_names(arms, lang)


def of_targets(found: Comparison, lang: Lang) -> Forest:
    table, names = found.targets, named_arms(found, lang)
    if "p_value" not in table:
        raise UsageError(translated("these results do not say which targets are met; keep target_met"))
    groups = {}
    for name, other in zip(found.others, names[1:], strict=True):
        part = table[table["scenario"] == name]
        part = part.set_index(part["target"] + "  " + part["name_zh" if lang == "zh" else "name"])
        groups[less(other, names[0], lang)] = part.rename(columns={"difference": "effect"})[["effect", "low", "high"]]
    whose = list(groups) if len(groups) == 1 else []
    n = captions.count(int(table["n"].max()), lang)
    return Forest(same_rows(groups), WORDS["probability"][lang], [*whose, n], "", [sure_of(found.confidence, lang)])


def of_ablation(found: Ablation, variable: str | None, lang: Lang) -> Forest:
    variable = variable or found.outcome
    rows = found.effects[found.effects["outcome"] == variable]
    if rows.empty:
        known = found.effects["outcome"].unique()
        raise UsageError(translated(
            "no outcome {variable!r} in this ablation{nearest}",
            variable=variable, nearest=nearest(variable, known),
        ))
    labels = found.levers.set_index("lever")["name_zh" if lang == "zh" else "name"]
    groups = {}
    for way in WAYS:
        part = rows[rows["way"] == way].set_index("lever").reindex(
            [key for key in found.levers["lever"] if key in set(rows["lever"])])  # fmt: skip
        frame = pd.DataFrame({"effect": part["effect"], "low": part["low"], "high": part["high"],
                              "sure": part["measurable"].astype(bool)})  # fmt: skip
        groups[WORDS[way][lang]] = frame.set_index(pd.Index([str(labels[key]) for key in part.index]))
    first = rows.iloc[0]
    unit = unit_name(str(first["unit"]), lang)
    name = str(first["name_zh" if lang == "zh" else "name"])
    title = f"{name}（{unit}）" if unit and lang == "zh" else f"{name}, {unit}" if unit else name
    return Forest(groups, title, [sure_of(found.confidence, lang), captions.count(found.replicates, lang)], unit,
                  [WORDS["hollow"][lang]])  # fmt: skip


def of_attribution(found: Attribution, lang: Lang) -> Forest:
    table = found.table.set_index("name_zh" if lang == "zh" else "name")
    frame = pd.DataFrame({"effect": table["value"], "low": table["low"], "high": table["high"], "sure": True})
    plan, base = found.arms[lang]
    year = [] if found.year is None else [captions.year_of(found.year, lang)]
    return Forest(
        {WORDS["shapley"][lang]: frame}, with_unit(found.values, lang),
        [less(plan, base, lang), *year, WORDS["shapley"][lang], sure_of(found.confidence, lang),
         captions.count(found.values.sizes["replicate"], lang)],
        captions.unit_of(found.values, lang),
    )  # fmt: skip
