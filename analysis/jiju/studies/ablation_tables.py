"""What an ablation has found, and how it is shown: frames, a page of documentation, tables of notebook and command."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import pandas as pd

from jiju.labels import unit_name
from jiju.languages import Lang
from jiju.printing import text_tables
from jiju.printing.printed import Printable, Printed
from jiju.studies.appraisal import Appraisal
from jiju.studies.expectations import Expectation
from jiju.studies.return_tables import how_valued, return_columns

ALONE, REMOVED = "alone", "removed"
WAYS = (ALONE, REMOVED)
DIRECT = "direct"  # in a table of all effects, the way of what was put in and found again

AS_EXPECTED = "as expected"
NO_EFFECT = "no clear effect"
AGAINST = "against its evidence"
NO_SIGN = "measurable, no sign expected"
NONE_EXPECTED = "none expected, none found"

VERDICTS_ZH = {
    AS_EXPECTED: "与证据方向一致",
    NO_EFFECT: "无可测效果",
    AGAINST: "与证据方向相反",
    NO_SIGN: "可测，证据未给方向",
    NONE_EXPECTED: "预期无单独效果，结果一致",
}

WORDS = {
    "title": ("Lever by lever", "逐项检验"),
    "id": ("id", "编号"),
    "lever": ("lever", "政策工具"),
    "section": ("section", "章节"),
    "grade": ("evidence", "证据等级"),
    ALONE: ("alone on the base", "单独实施"),
    "removed": ("within the plan", "在方案之中"),
    "money": ("public money, all years", "历年政策资金"),
    "outcome": ("outcome", "指标"),
    "sign": ("expected", "预期方向"),
    "verdict_alone": ("verdict, alone", "判断（单独）"),
    "verdict_removed": ("verdict, in the plan", "判断（方案中）"),
    "components": ("components, and what each puts in", "组成机制及其投入"),
    "put_in": ("put in", "投入的直接效果"),
    "found": ("found again", "模拟所得"),
    "ratio": ("found over put in", "所得与投入之比"),
    "unrecorded": ("not recorded", "未记录"),
    "why": ("evidence, and the reason where it does not show", "证据；未显现时的原因"),
    "none": ("none", "无"),
}

DIRECT_COLUMNS = ("id", "lever", "outcome", "components", "put_in", "found", "ratio")

READ = (
    "{n} replicates, paired draws, {sure} intervals. *Alone*: the lever on the base less the base. *Within the plan*: "
    "the plan less the plan without the lever. An asterisk marks what is measurable: it stands out among the effects "
    "of all levers, with at most {rest} of such marks false (Benjamini and Hochberg 1995). {valued}",
    "{n}次重复试验，配对抽样，{sure}区间。“单独实施”：基准加该工具与基准之差。“在方案之中”：方案与取消该工具的方案之差。"
    "星号表示效果可测：在全部工具的效果中仍显著，此类标记中误判不超过{rest}（Benjamini、Hochberg 1995）。{valued}",
)


@dataclass(frozen=True)
class Ablation(Printable):
    """What each lever does, alone and removed. Every frame is tidy.

    levers   one lever a row: names, the plan's section, grade, what its evidence lets one expect, and the verdicts
    effects  one lever, way and outcome a row: the effect of having the lever, its interval, whether it is measurable
    direct   one lever and outcome a row, alone on the base: the direct effect that its components put in (each, and all
             together), what is found of it in the simulation, and the ratio (direct_effects.py); an empty outcome where
             that of the components is not recorded
    costs    one lever and way a row: money the lever spent in all years, what having it adds to every account of the
             city (appraisal.NAMES), value added and jobs over cost, net present value and how likely it is above zero

    The effect of having it: alone less nothing, and plan less plan without it. So both ways have the same sign. An
    effect is measurable where it stands out among all levers', the false ones being no more than 1 - confidence.
    """

    levers: pd.DataFrame
    effects: pd.DataFrame
    costs: pd.DataFrame
    direct: pd.DataFrame
    expected: dict[str, Expectation]
    replicates: int
    confidence: float
    outcome: str
    notes: list[str]
    valued: Appraisal
    lang: Lang = "en"
    made: str = ""  # replicates, seed and version

    def every_effect(self) -> pd.DataFrame:
        """Every effect, and below them what was put in and found again: the way is then "direct"."""
        direct = self.direct.rename(columns={"found": "effect", "found_low": "low", "found_high": "high"})
        for name in ("components", "each"):
            direct[name] = [" ".join(f"{part:.6g}" if name == "each" else part for part in row) for row in direct[name]]
        return pd.concat([self.effects, direct.assign(way=DIRECT)], ignore_index=True)

    def printed(self, command: str = "") -> Printed:
        """The tables, with the command that makes them if there is one; as data every effect."""
        return Printed(word("title", self.lang), tables(self), self.every_effect(), how_to_read(self), self.notes,
                       self.made, command, self.lang)  # fmt: skip

    def __repr__(self) -> str:
        return plain_text(self)

    def _repr_html_(self) -> str:
        return html_text(self)


def word(key: str, lang: Lang) -> str:
    return WORDS[key][lang == "zh"]


def tables(found: Ablation) -> list[tuple[str, pd.DataFrame]]:
    """With their captions: effect, costs and gains, the outcome that evidence speaks of, targets moved."""
    zh = found.lang == "zh"
    main = found.effects[found.effects["outcome"] == found.outcome].iloc[0]
    what, unit = main["name_zh" if zh else "name"], unit_name(str(main["unit"]), found.lang)
    effect = f"效果：{what}（{unit}）" if zh else f"Effect: {what}, {unit}"
    evidence = "各工具证据所指的指标" if zh else "The outcome that each lever's evidence speaks of"
    targets = "目标实现概率的可测变化" if zh else "Measurable changes in the probability of targets"
    books = "成本与收益：" if zh else "Costs and gains, "
    direct = "投入的直接效果与模拟所得，单独实施" if zh else "Put in, found again: direct effects alone on the base"
    costs = [(books + word(way, found.lang), cost_table(found, way)) for way in WAYS]
    shown = [(effect, effect_table(found)), *costs, (evidence, evidence_table(found)),
             (direct, direct_table(found)), (targets, target_table(found))]  # fmt: skip
    told: list[tuple[str, pd.DataFrame]] = text_tables.in_habit(shown, found.lang)
    return told


def front(found: Ablation) -> dict[str, list[str]]:
    """What begins every row."""
    rows = found.levers
    names = rows["name_zh"] if found.lang == "zh" else rows["name"] + " " + rows["name_zh"]
    return {word("id", found.lang): list(rows["id"]), word("lever", found.lang): list(names)}


def entry(row: Any) -> str:
    """An effect with its interval, marked if it is measurable."""
    if row["effect"] == row["low"] == row["high"] == 0:
        return "0"
    mark = "*" if row["measurable"] else ""
    return f"{text_tables.signed(row['effect'])}{mark} {text_tables.interval(row['low'], row['high'])}"


def rows_by(frame: pd.DataFrame, *columns: str) -> dict[tuple[str, ...], dict[Any, Any]]:
    """The rows of a tidy frame by their keys."""
    return {tuple(str(row[column]) for column in columns): row for row in frame.to_dict("records")}


def effect_table(found: Ablation) -> pd.DataFrame:
    lang, rows = found.lang, found.levers
    effects = rows_by(found.effects, "lever", "way", "outcome")
    costs = rows_by(found.costs, "lever", "way")
    shown: dict[str, list[str]] = front(found)
    shown[word("section", lang)] = list(rows["section"])
    shown[word("grade", lang)] = list(rows["grade"])
    for way in WAYS:
        shown[word(way, lang)] = [entry(effects[key, way, found.outcome]) for key in rows["lever"]]
    shown[word("money", lang)] = [text_tables.number(costs[key, ALONE]["money"]) for key in rows["lever"]]
    return pd.DataFrame(shown)


def cost_table(found: Ablation, way: str) -> pd.DataFrame:
    costs = rows_by(found.costs, "lever", "way")
    rows = [costs[key, way] for key in found.levers["lever"]]
    return pd.DataFrame(front(found) | return_columns(rows, found.lang))


def evidence_table(found: Ablation) -> pd.DataFrame:
    lang, rows = found.lang, found.levers
    effects = rows_by(found.effects, "lever", "way", "outcome")
    shown: dict[str, list[str]] = front(found)
    outcomes = list(zip(rows["lever"], rows["outcome"], strict=True))
    names = [effects[key, ALONE, what] for key, what in outcomes]
    units = [unit_name(str(row["unit"]), lang) for row in names]
    titles = [str(row["name_zh" if lang == "zh" else "name"]) for row in names]
    shown[word("outcome", lang)] = [
        f"{name}, {unit}" if unit else name for name, unit in zip(titles, units, strict=True)
    ]
    shown[word("sign", lang)] = [sign or word("none", lang) for sign in rows["sign"]]
    for way in WAYS:
        shown[word(way, lang)] = [entry(effects[key, way, what]) for key, what in outcomes]
    for way in WAYS:
        said = rows[f"verdict_{way}"]
        shown[word(f"verdict_{way}", lang)] = [VERDICTS_ZH[each] if lang == "zh" else each for each in said]
    shown[word("why", lang)] = [why(found, row) for row in rows.to_dict("records")]
    return pd.DataFrame(shown)


def direct_table(found: Ablation) -> pd.DataFrame:
    """What components put in, in the unit of the outcome that they move at once, and what is found of it."""
    lang = found.lang
    names = dict(zip(found.levers["lever"], zip(*front(found).values(), strict=True), strict=True))
    rows = []
    for row in found.direct.to_dict("records"):
        identity, name = names[row["lever"]]
        shown = {"id": identity, "lever": name}
        if not row["outcome"]:
            shown |= {"outcome": word("unrecorded", lang), "components": ", ".join(row["components"]), "put_in": "–",
                      "found": "–", "ratio": "–"}  # fmt: skip
        else:
            each = [f"{key} {text_tables.signed(value)}"
                    for key, value in zip(row["components"], row["each"], strict=True)]  # fmt: skip
            ratio = "–" if math.isnan(row["ratio"]) else (
                f"{text_tables.number(row['ratio'])} [{text_tables.number(row['ratio_low'])}, "
                f"{text_tables.number(row['ratio_high'])}]"
            )  # fmt: skip
            shown |= {
                "outcome": row["outcome"], "components": ", ".join(each), "put_in": text_tables.signed(row["put_in"]),
                "found": f"{text_tables.signed(row['found'])} "
                f"{text_tables.interval(row['found_low'], row['found_high'])}",
                "ratio": ratio,
            }  # fmt: skip
        rows.append({word(key, lang): value for key, value in shown.items()})
    return pd.DataFrame(rows, columns=[word(key, lang) for key in DIRECT_COLUMNS])


def why(found: Ablation, row: dict[Any, Any]) -> str:
    """What the evidence says; and where it does not show within the plan, the reason that the data file gives."""
    expected = found.expected[str(row["lever"])]
    said = [expected.text("evidence", found.lang)]
    if AS_EXPECTED not in (row["verdict_alone"], row["verdict_removed"]) or AGAINST in row.values():
        said.append(expected.text("reason", found.lang))
    stop = "。" if found.lang == "zh" else ". "
    return stop.join(part for part in said if part) or "–"


def target_table(found: Ablation) -> pd.DataFrame:
    shown: dict[str, list[str]] = front(found)
    targets = found.effects[found.effects["outcome"].str.startswith("p(") & found.effects["measurable"]]
    for way in WAYS:
        words = {
            str(key): "; ".join(f"{row['outcome'][2:-1]} {entry(row).replace('*', '')}" for _, row in part.iterrows())
            for key, part in targets[targets["way"] == way].groupby("lever")
        }
        shown[word(way, found.lang)] = [words.get(key, "–") for key in found.levers["lever"]]
    return pd.DataFrame(shown)


def how_to_read(found: Ablation) -> str:
    sure, rest = f"{100 * found.confidence:g} %", f"{100 * (1 - found.confidence):.3g} %"
    return READ[found.lang == "zh"].format(
        n=found.replicates, sure=sure, rest=rest, valued=how_valued(found.valued, found.lang)
    )


def plain_text(found: Ablation) -> str:
    parts = [f"{caption}\n{text_tables.plain(table)}" for caption, table in tables(found)]
    reading = text_tables.in_habit(how_to_read(found), found.lang).replace("*", "")
    return "\n\n".join([*(f"! {note}" for note in found.notes), reading, *parts])


def html_text(found: Ablation) -> str:
    return text_tables.as_html(word("title", found.lang), tables(found), found.notes)
