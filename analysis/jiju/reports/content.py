"""What a report consists of: numbers, sentences, tables and figures, as data. How they look is said in templates/.

A number keeps its value unrounded and a key that no other has, so that a reader's program, or a test, finds it on the
page: <data value="0.27" data-key="plan/targets/T1/probability">27 %</data>.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from markupsafe import Markup

from jiju.languages import Lang
from jiju.printing import text_tables

Align = Literal["text", "number"]


@dataclass(frozen=True)
class Number:
    """`shown` is what people read; `value` is what the results say, and may stand in another unit than `shown`."""

    value: float
    shown: str
    key: str

    def __html__(self) -> Markup:
        return Markup('<data value="{}" data-key="{}">{}</data>').format(repr(float(self.value)), self.key, self.shown)


Cell = str | Markup | Number


def sentence(text: str, /, **values: Cell) -> Markup:
    """A translated text with its values put in; what they hold is escaped, numbers stay numbers."""
    return Markup(text).format(**values)


def plain(value: float, key: str, digits: int = 3) -> Number:
    return Number(value, text_tables.number(visible(value), digits).replace("-", "−"), key)


def signed(value: float, key: str, digits: int = 3) -> Number:
    return Number(value, text_tables.signed(visible(value), digits).replace("-", "−"), key)


def visible(value: float) -> float:
    """What rounding leaves of a difference of equal amounts is shown as nothing."""
    return 0.0 if abs(value) < 5e-7 else value


def exact(value: float, key: str) -> Number:
    """A number that somebody has set, as it was set."""
    return Number(value, f"{value:,.10g}", key)


def whole(value: float, key: str) -> Number:
    return Number(value, f"{value:,.0f}", key)


def share(value: float, key: str, lang: Lang, sign: bool = False) -> Number:
    """In percent: as many digits as a share of some hundred replicates has."""
    if math.isnan(value):
        return Number(value, "–", key)
    shown = f"{100 * value:+.0f}" if sign else f"{100 * value:.0f}"
    shown = "0" if shown in ("+0", "-0") else shown.replace("-", "−")
    return Number(value, f"{shown}%" if lang == "zh" else f"{shown} %", key)


@dataclass(frozen=True)
class Column:
    """`span`: over how many cells its heading stands, as that of an interval over its two ends."""

    title: str
    align: Align = "number"
    span: int = 1


def worded(*titles: str) -> list[Column]:
    """Columns of text."""
    return [Column(title, "text") for title in titles]


@dataclass(frozen=True)
class Table:
    kind: ClassVar[str] = "table"
    key: str
    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str | Markup] = ()

    @property
    def aligned(self) -> list[Align]:
        """Of each cell of a row."""
        return [column.align for column in self.columns for _ in range(column.span)]


@dataclass(frozen=True)
class Figure:
    kind: ClassVar[str] = "figure"
    key: str
    svg: Markup
    caption: str


@dataclass(frozen=True)
class Text:
    kind: ClassVar[str] = "text"
    text: str | Markup


@dataclass(frozen=True)
class Remarks:
    """What a reader must know before believing a number."""

    kind: ClassVar[str] = "remarks"
    items: Sequence[str | Markup]


@dataclass(frozen=True)
class Code:
    kind: ClassVar[str] = "code"
    text: str


Part = Table | Figure | Text | Remarks | Code


@dataclass(frozen=True)
class Section:
    key: str
    title: str
    parts: Sequence[Part]


@dataclass(frozen=True)
class Light:
    """A target by its chance: "likely", "open" or "unlikely"; `sure` where its interval lies within that band."""

    target: str
    name: str
    colour: Literal["likely", "open", "unlikely"]
    word: str
    sure: bool
    chance: Number
    before: Number | None  # in the base


@dataclass(frozen=True)
class FrontPage:
    """For the reader in a hurry."""

    sentences: Sequence[Markup]
    chance: str | Markup
    lights: Sequence[Light]
    legend: str
    gaps: Table
    money: Table | None
    missing: Sequence[str] = ()


@dataclass(frozen=True)
class Edition:
    """The report in one language."""

    lang: Lang
    title: str
    subtitle: str
    front: FrontPage
    sections: Sequence[Section] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)  # of the page itself: headings, buttons
