"""How all pictures look: colours that colour-blind readers tell apart, letters for Chinese, and presets of sizes.

Colours: Okabe and Ito 2008, Color Universal Design. Arms also differ by the line, so that a grey print is enough.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import matplotlib as mpl
import matplotlib.pyplot as plt
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure, SubFigure

from jiju.errors import UsageError
from jiju.languages import Lang, translated
from jiju.printing.text_tables import columns_wide

BLACK, ORANGE, SKY, GREEN, YELLOW, BLUE, VERMILION, PURPLE = (
    "#000000", "#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7",
)  # fmt: skip
GREY = "#6B6B6B"

# In the order of scenarios: the base first.
SERIES = (GREY, BLUE, VERMILION, GREEN, ORANGE, PURPLE, SKY)
LINES: tuple[Any, ...] = ((0, (4, 1.2)), "-", (0, (6, 1.5, 1.5, 1.5)), (0, (1.5, 1.2)), (0, (8, 2)))
MARKERS = ("s", "o", "D", "^", "v", "P", "X")
GAIN, LOSS = BLUE, VERMILION

CHINESE_FONTS = ("Noto Sans CJK SC", "Noto Sans CJK JP", "Source Han Sans CN", "WenQuanYi Micro Hei", "SimHei")
INCH = 25.4  # mm


@dataclass(frozen=True)
class Preset:
    """Sizes of a medium. `width` is that of a column in inches; without one each picture has its own size."""

    points: float = 9.5
    width: float | None = None
    settings: tuple[tuple[str, Any], ...] = ()


# Columns of journals: 88 mm and 180 mm are those of Elsevier, Springer Nature and Science, to some millimetres.
PAPER_WIDTHS = {1: 88 / INCH, 1.5: 134 / INCH, 2: 180 / INCH}
PAPER = (
    ("axes.linewidth", 0.6), ("lines.linewidth", 1.2), ("lines.markersize", 3.5), ("patch.linewidth", 0.6),
    ("legend.fontsize", 7.0), ("savefig.dpi", 600), ("figure.dpi", 150), ("savefig.format", "pdf"),
    ("savefig.bbox", "standard"), ("pdf.fonttype", 42), ("ps.fonttype", 42), ("svg.fonttype", "path"),
)  # fmt: skip
SCREEN = Preset()
in_use: ContextVar[Preset] = ContextVar("preset", default=SCREEN)


@contextmanager
def style(name: Literal["screen", "paper"] = "paper", *, columns: float = 1) -> Iterator[None]:
    """Within it, pictures have the sizes of a medium: `with jiju.plot.style("paper"): ...`.

    "paper": as wide as 1, 1.5 or 2 `columns` of a journal (88, 134, 180 mm), letters of 7.5 points, thin lines, saved
    as PDF with its fonts inside unless the file's name says otherwise. "screen": how pictures look without.

    Example:

        found = jiju.compare(jiju.open("both.h5"))
        with jiju.plot.style("paper", columns=1.5):
            jiju.plot.forest(found, "target").figure.savefig("targets.pdf")
    """
    presets = {"screen": SCREEN, "paper": Preset(7.5, PAPER_WIDTHS.get(columns), PAPER)}
    if name not in presets:
        raise UsageError(translated(
            "style {name!r}: allowed are {presets}",
            name=name, presets=", ".join(presets),
        ))
    if columns not in PAPER_WIDTHS:
        raise UsageError(translated(
            "columns = {columns}: allowed are {PAPER_WIDTHS}",
            columns=columns, PAPER_WIDTHS=", ".join(f"{each:g}" for each in PAPER_WIDTHS),
        ))
    preset = presets[name]
    token = in_use.set(preset)
    try:
        with mpl.rc_context(letters(preset) | dict(preset.settings)):
            yield
    finally:
        in_use.reset(token)


@cache
def chinese_font() -> str | None:
    """A font with Chinese letters, if the machine has one (Debian: fonts-noto-cjk)."""
    there = {font.name for font in font_manager.fontManager.ttflist}
    return next((name for name in CHINESE_FONTS if name in there), None)


def check_letters(lang: Lang) -> None:
    if lang == "zh" and chinese_font() is None:
        raise RuntimeError(translated(
            "no font with Chinese letters is installed; on Debian install fonts-noto-cjk"
        ))


def size_of(size: tuple[float, float], rows: bool = False) -> tuple[float, float]:
    """A picture's size in the preset: as wide as its column, and as high as its rows of text need or its shape asks."""
    preset = in_use.get()
    if preset.width is None:
        return size
    shrunk = preset.width / size[0]
    return preset.width, size[1] * (preset.points / SCREEN.points if rows else max(shrunk, 0.62))


def apply(ax: Axes | None, lang: Lang = "en", size: tuple[float, float] = (7.5, 4.2), rows: bool = False) -> Axes:
    """The axes to draw on, new ones if there are none, without the lines that tell nothing.

    `rows`: the height is that of rows of text.
    """
    check_letters(lang)
    if ax is None:
        _, ax = plt.subplots(figsize=size_of(size, rows), layout="constrained")
    return bare(ax)


def bare(ax: Axes) -> Axes:
    ax.spines[["top", "right"]].set_visible(False)
    ax.tick_params(length=0, pad=0.64 * in_use.get().points)
    return ax


def panels(number: int, columns: int, size: tuple[float, float], lang: Lang) -> tuple[Figure, list[Axes]]:
    """So many axes of one scale, in rows of at most so many; `size` is that of each."""
    check_letters(lang)
    preset = in_use.get()
    columns = 2 if number == 4 else columns
    columns = min(number, columns if preset.width is None or preset.width > PAPER_WIDTHS[1.5] else 2)
    rows = -(-number // columns)
    width, height = size_of((size[0] * columns, size[1] * rows))
    figure, axes = plt.subplots(rows, columns, figsize=(width, height), layout="constrained", squeeze=False,
                                sharex=True, sharey=True)  # fmt: skip
    flat = list(axes.flat)
    for unused in flat[number:]:
        unused.set_axis_off()
    # A panel without another below it keeps the labels of its axis.
    for place, ax in enumerate(flat[:number]):
        ax.tick_params(labelbottom=place + columns >= number)
    return figure, [bare(ax) for ax in flat[:number]]


def width_of(ax: Axes) -> float:
    """Inches that the axes take, before their labels take some of it."""
    return float(ax.get_position(original=True).width * figure_of(ax).get_figwidth())


def figure_of(ax: Axes) -> Figure:
    """The whole figure that the axes are in."""
    figure = ax.get_figure()
    while isinstance(figure, SubFigure):
        figure = figure.figure
    assert figure is not None
    return figure


def letters(preset: Preset = SCREEN) -> dict[Any, Any]:
    """Settings under which both languages render; latin letters come from the first font that has them."""
    chinese = chinese_font()
    return {
        "font.family": ["DejaVu Sans", *([chinese] if chinese else [])],
        "axes.unicode_minus": True,
        "axes.titlesize": "medium",
        "axes.titlelocation": "left",
        "font.size": preset.points,
    }


def use() -> None:
    """Makes these the settings of the session's pictures."""
    mpl.rcParams.update(letters())


def fitting(inches: float, scale: float = 1.0) -> int:
    """How many latin letters of the usual size, times `scale`, a line of this width takes."""
    return max(8, int(inches * 72 / (0.58 * in_use.get().points * scale)))


def cut(text: str, most: int = 34) -> str:
    """A label in lines of at most so many letters, of which Chinese ones count twice; less where the preset is narrow.

    Latin words are not divided, Chinese ones may be.
    """
    preset = in_use.get()
    if preset.width is not None:
        most = max(11, int(most * min(1.0, preset.width / 7.5 * SCREEN.points / preset.points)))
    return lines(text, most)


def lines(text: str, most: int) -> str:
    """Text in lines of at most so many letters, as far as its words allow."""
    if columns_wide(text) <= most:
        return text
    pieces = pieces_of(text)
    found = [""]
    for piece in pieces:
        if found[-1].strip() and columns_wide(found[-1] + piece.rstrip()) > most:
            found.append("")
        found[-1] += piece if found[-1] else piece.lstrip()
    return "\n".join(line.rstrip() for line in found)


CLOSING = "，。、；：）》”’！？%·"  # no line begins with these
OPENING = "（《“‘"  # none ends with these


def pieces_of(text: str) -> list[str]:
    """Where a line may end: after a space, and beside a Chinese letter."""
    found: list[str] = []
    for sign in text:
        wide = columns_wide(sign) == 2
        joins = found and (sign in CLOSING or sign == " " or found[-1][-1] in OPENING
                           or (not wide and found[-1][-1] != " " and columns_wide(found[-1][-1]) == 1))  # fmt: skip
        if joins:
            found[-1] += sign
        else:
            found.append(sign)
    return found
