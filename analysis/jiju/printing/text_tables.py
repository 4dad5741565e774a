"""Tables as people read them: few digits, intervals in brackets, headings in English or Chinese, plain or as HTML."""

from __future__ import annotations

import html
import math
import re
import unicodedata
from typing import Any, Protocol

import pandas as pd

from jiju.languages import Lang

HEADINGS_ZH = {
    "scenario": "情景",
    "indicator": "指标",
    "name": "名称",
    "unit": "单位",
    "target": "目标",
    "base": "基准",
    "other": "对比",
    "difference": "差异",
    "interval": "区间",
    "relative": "相对变化",
    "correlation": "配对相关系数",
    "runs saved": "节省的独立运行数",
    "worth": "等效重复次数",
    "p(base)": "基准概率",
    "p(other)": "对比概率",
    "industry": "产业",
    "cluster": "集聚区",
    "tier": "梯队",
    "lever": "政策工具",
    "origin": "企业来源",
    "value": "数值",
    "error": "标准误",
    "alone": "单独实施",
    "left out": "单独取消",
    "probability": "概率",
    "wanted": "目标值",
    "variable": "变量",
    "share": "占比",
    "change": "改变选择的占比",
    "fact": "事实",
    "use": "用途",
    "verdict": "判断",
    "at least": "不低于",
    "at most": "不高于",
    "published": "已发表",
    "simulated": "模拟",
    "trial": "试验",
    "year": "年份",
    "place": "地区",
    "field": "领域",
    "p value": "p值",
}

NUMBER_LIKE = re.compile(r"^[-+–<∞\[\d]")


class Tables(Protocol):
    """What forms of tables print: `printed.Printed` says what each part is."""

    @property
    def title(self) -> str: ...
    @property
    def tables(self) -> list[tuple[str, pd.DataFrame]]: ...
    @property
    def reading(self) -> str: ...
    @property
    def remarks(self) -> list[str]: ...
    @property
    def made(self) -> str: ...
    @property
    def lang(self) -> Lang: ...


def heading(word: str, lang: Lang = "en") -> str:
    return HEADINGS_ZH.get(word, word) if lang == "zh" else word


def number(value: float, digits: int = 3) -> str:
    """Three significant digits, none after the point for large numbers, a dash for missing ones."""
    if value is None or math.isnan(value):
        return "–"
    if math.isinf(value):
        return "∞" if value > 0 else "-∞"
    if value == 0:
        return "0"
    decimals = max(0, digits - 1 - math.floor(math.log10(abs(value))))
    return f"{value:,.{min(decimals, 6)}f}"


def signed(value: float, digits: int = 3) -> str:
    text = number(value, digits)
    return f"+{text}" if value > 0 and text != "0" else text


def interval(low: float, high: float) -> str:
    return f"[{signed(low)}, {signed(high)}]"


def percent(share: float) -> str:
    return "–" if math.isnan(share) else f"{100 * share:+.1f} %"


def p_value(value: float) -> str:
    return "<0.001" if value < 0.001 else f"{value:.3f}"


def in_habit(what: Any, lang: Lang) -> Any:
    """Texts, tables of texts and lists of both, with the sign of percent as the language writes it after a number."""
    if lang == "en":
        return what
    if isinstance(what, str):
        return re.sub(r"(?<=\d) %", "%", what)
    if isinstance(what, pd.DataFrame):
        return what.rename(columns=lambda name: in_habit(name, lang)).map(lambda entry: in_habit(entry, lang))
    return type(what)(in_habit(each, lang) for each in what) if isinstance(what, list | tuple) else what


def columns_wide(text: str) -> int:
    """Columns of a terminal; Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def is_numeric(column: pd.Series) -> bool:
    """Whether a column of text holds numbers alone, which stand to the right."""
    return all(NUMBER_LIKE.match(str(entry)) for entry in column)


def plain(table: pd.DataFrame) -> str:
    """Text for a terminal: words to the left, numbers to the right."""
    columns = []
    for name in table.columns:
        entries = [str(name), *map(str, table[name])]
        width = max(map(columns_wide, entries))
        numeric = is_numeric(table[name])
        spaces = [" " * (width - columns_wide(entry)) for entry in entries]
        padded = zip(entries, spaces, strict=True)
        columns.append([space + entry if numeric else entry + space for entry, space in padded])
    return "\n".join("  ".join(row).rstrip() for row in zip(*columns, strict=True))


def markdown(table: pd.DataFrame) -> str:
    """A table of a Markdown page."""
    entries = [[each.replace("|", "\\|").replace("\n", " ") for each in row] for row in table.astype(str).values]
    rows = [[str(name) for name in table.columns], ["---"] * table.shape[1], *entries]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def as_html(title: str, parts: list[tuple[str, pd.DataFrame]], notes: list[str]) -> str:
    """A small page for a notebook: a title, what to beware of, and tables with captions."""
    pieces = [f"<h4>{html.escape(title)}</h4>"]
    if notes:
        pieces.append("<ul>" + "".join(f"<li>⚠ {html.escape(note)}</li>" for note in notes) + "</ul>")
    for caption, table in parts:
        pieces.append(f"<p><b>{html.escape(caption)}</b></p>")
        pieces.append(table.to_html(index=False, border=0, justify="left"))
    return "\n".join(pieces)
