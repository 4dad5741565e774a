"""The tables of `robust`, as people read them in either language."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from jiju.decisions.judgement import Estimate
from jiju.decisions.solution import shown
from jiju.languages import Lang
from jiju.printing import text_tables

Robust = Any  # robustness.py, which imports this module

WIDEST = 48  # columns of a parameter's name; a longer one leaves its path to speak
MOST_INFORMATION = 8  # parameters in print; the data have all

WORDS = {
    "rules": ("What each rule chooses", "各决策准则的选择"),
    "regions": ("Where plans break the limits", "方案不满足约束的参数区域"),
    "information": ("What knowing a parameter before choosing is worth", "决策前获知参数的价值"),
    "plan": ("plan", "方案"),
    "future": ("future", "未来情形"),
    "regret": ("mean regret", "平均后悔值"),
    "bracket": ("at least – at most", "下限–上限"),
    "high_regret": ("exceeded in 5 % of draws", "5%抽样中超过"),
    "best": ("best, % of draws", "最优抽样占比（%）"),
    "kept": ("within limits, % of draws", "满足约束抽样占比（%）"),
    "rule": ("rule", "准则"),
    "chooses": ("chooses", "选择"),
    "number": ("number", "数值"),
    "tie": ("a tie", "并列"),
    "next": ("next", "其次"),
    "where": ("where", "参数范围"),
    "density": ("fail there, %", "区域内失败（%）"),
    "failing": ("fail anywhere, %", "总体失败（%）"),
    "coverage": ("of all failures, %", "占全部失败（%）"),
    "mass": ("of all draws, %", "占全部抽样（%）"),
    "named": ("named again, %", "重复搜索中出现（%）"),
    "p_value": ("p value", "p值"),
    "none": ("no such region found", "未发现此类区域"),
    "few": ("too few draws fail, or too few do not", "失败或未失败的抽样过少"),
    "parameter": ("parameter", "参数"),
    "value": ("worth", "价值"),
    "share": ("of knowing all, %", "占全部信息价值（%）"),
    "change": ("other choice, % of draws", "改变选择的抽样（%）"),
    "all": ("all parameters", "全部参数"),
    "noise": ("below this is chance", "低于此值属偶然"),
}
RULES = {
    "expected": ("best {outcome} as drawn (expected value)", "按抽样{outcome}最优（期望值）"),
    "worst_outcome": ("best {outcome} in its worst future (maximin)", "最不利未来情形下{outcome}最优（最大最小）"),
    "mean_regret": ("least mean regret as drawn", "按抽样平均后悔值最小"),
    "largest_regret": (
        "least high regret in its worst future (minimax regret)", "最不利未来情形下高位后悔值最小（最小最大后悔）"),
    "best": ("most often best as drawn, %", "按抽样最常最优（%）"),
    "kept": ("most often within limits in its worst future, %", "最不利未来情形下最常满足约束（%）"),
}


def word(key: str, lang: Lang) -> str:
    return WORDS[key][lang == "zh"]


def plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(key): value for key, value in row.items()}


def triple(row: Mapping[str, Any], name: str, times: float = 1.0) -> str:
    return shown(Estimate(*(times * row[each] for each in (name, f"{name}_low", f"{name}_high"))))


def between(row: Mapping[str, Any]) -> str:
    return " – ".join(text_tables.number(max(row[name], 0.0)) for name in ("regret_at_least", "regret_at_most"))


def percent_of(value: float) -> str:
    return "–" if math.isnan(value) else f"{100 * value:.0f}"


def percents(value: float, low: float, high: float) -> str:
    return percent_of(value) + ("" if math.isnan(low) else f" [{percent_of(low)}, {percent_of(high)}]")


def plan_table(found: Robust, part: pd.DataFrame, plans: Mapping[str, str]) -> pd.DataFrame:
    """Of one future, a plan a row."""
    rows = []
    for each in map(plain, part.to_dict("records")):
        row = {word("plan", found.lang): plans[each["plan"]], found.outcome: triple(each, "outcome"),
               word("regret", found.lang): triple(each, "regret"), word("bracket", found.lang): between(each),
               word("high_regret", found.lang): triple(each, "high_regret")}  # fmt: skip
        for name in ("best", "kept"):
            if name in each:
                row[word(name, found.lang)] = percents(each[name], each[f"{name}_low"], each[f"{name}_high"])
        rows.append(row)
    return pd.DataFrame(rows)


def rule_table(found: Robust, plans: Mapping[str, str]) -> pd.DataFrame:
    lang, rows = found.lang, []
    for each in found.choices().to_dict("records"):
        write = percent_of if each["rule"] in ("best", "kept") else text_tables.number
        rows.append({
            word("rule", lang): RULES[each["rule"]][lang == "zh"].format(outcome=found.outcome),
            word("chooses", lang): word("tie", lang) if each["value"] == each["next_value"] else plans[each["plan"]],
            word("number", lang): write(each["value"]),
            word("next", lang): f"{plans[each['next']]} ({write(each['next_value'])})",
        })  # fmt: skip
    return pd.DataFrame(rows)


def limits_in_words(low: float, high: float, name: str) -> str:
    if math.isinf(low):
        return f"{name} ≤ {text_tables.number(high)}"
    if math.isinf(high):
        return f"{name} ≥ {text_tables.number(low)}"
    return f"{name} {text_tables.number(low)} – {text_tables.number(high)}"


def region_table(found: Robust, plans: Mapping[str, str], futures: Mapping[str, str]) -> pd.DataFrame:
    """A limit a row; what the whole region is stands in its first."""
    lang, rows = found.lang, []
    for each in found.searches:
        row = {word("plan", lang): plans[each.plan], word("future", lang): futures[each.future]}
        whole = ("density", "coverage", "mass", "named", "p_value")
        if not (each.found and each.region):
            row[word("where", lang)] = word("none" if each.enough else "few", lang)
            row[word("failing", lang)] = percent_of(each.failing / each.draws)
            rows.append(row | {word(name, lang): "–" for name in whole})
            continue
        judged = each.region.judged
        for place, (name, (low, high)) in enumerate(each.region.box.items()):
            told = row if not place else dict.fromkeys(row, "")
            told = told | {
                word("where", lang): limits_in_words(low, high, label_of(found, name)),
                word("failing", lang): percent_of(judged.failing),
                word("density", lang): percents(judged.density, judged.density_low, judged.density_high),
                word("coverage", lang): percents(judged.coverage, judged.coverage_low, judged.coverage_high),
                word("mass", lang): percent_of(judged.mass),
            }  # fmt: skip
            if place:
                told |= {word(key, lang): "" for key in ("failing", "density", "coverage", "mass")}
            told[word("named", lang)] = percent_of(each.region.named.get(name, math.nan))
            told[word("p_value", lang)] = "" if place else text_tables.p_value(each.p_value)
            rows.append(told)
    return pd.DataFrame(rows)


def label_of(found: Robust, path: str) -> str:
    """A parameter's name with its path, which alone is unambiguous."""
    name = found.label_of(path)
    return path if name == path or text_tables.columns_wide(name) > WIDEST else f"{name} ({path})"


def information_table(found: Robust) -> pd.DataFrame:
    """All together, the parameters that are worth most, and below what chance alone brings."""
    table, lang = found.information, found.lang
    assert table is not None
    rows = []
    for place, (path, each) in enumerate(table.head(1 + MOST_INFORMATION).iterrows()):
        rows.append({
            word("parameter", lang): label_of(found, str(path)) if place else word("all", lang),
            word("value", lang): f"{text_tables.number(each['value'])} ± {text_tables.number(each['error'])}",
            word("share", lang): percent_of(each["share"]), word("change", lang): percent_of(each["change"]),
        })  # fmt: skip
    noise = dict.fromkeys(rows[0], "–") | {word("parameter", lang): word("noise", lang),
                                           word("value", lang): text_tables.number(table.attrs["noise"])}  # fmt: skip
    return pd.DataFrame([*rows, noise])
