"""How all pictures look: colours that colour-blind readers tell apart, and letters for Chinese.

Colours: Okabe and Ito 2008, Color Universal Design.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
from matplotlib import font_manager
from matplotlib.axes import Axes

from jiju.languages import Lang

BLACK, ORANGE, SKY, GREEN, YELLOW, BLUE, VERMILION, PURPLE = (
    "#000000", "#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7",
)  # fmt: skip
GREY = "#6B6B6B"

# In the order of scenarios: the base first.
SERIES = (GREY, BLUE, VERMILION, GREEN, ORANGE, PURPLE, SKY)
GAIN, LOSS = BLUE, VERMILION

CHINESE_FONTS = ("Noto Sans CJK SC", "Noto Sans CJK JP", "Source Han Sans CN", "WenQuanYi Micro Hei", "SimHei")


@cache
def chinese_font() -> str | None:
    """A font with Chinese letters, if the machine has one (Debian: fonts-noto-cjk)."""
    there = {font.name for font in font_manager.fontManager.ttflist}
    return next((name for name in CHINESE_FONTS if name in there), None)


def apply(ax: Axes | None, lang: Lang = "en", size: tuple[float, float] = (7.5, 4.2)) -> Axes:
    """The axes to draw on, new ones if there are none, without the lines that tell nothing."""
    if lang == "zh" and chinese_font() is None:
        raise RuntimeError("no font with Chinese letters is installed; on Debian install fonts-noto-cjk")
    if ax is None:
        _, ax = plt.subplots(figsize=size, layout="constrained")
    ax.spines[["top", "right"]].set_visible(False)
    ax.tick_params(length=0, pad=6)
    return ax


def letters() -> dict[Any, Any]:
    """Settings under which both languages render; latin letters come from the first font that has them."""
    chinese = chinese_font()
    return {
        "font.family": ["DejaVu Sans", *([chinese] if chinese else [])],
        "axes.unicode_minus": True,
        "axes.titlesize": "medium",
        "axes.titlelocation": "left",
        "font.size": 9.5,
    }


def use() -> None:
    """Makes these the settings of the session's pictures."""
    mpl.rcParams.update(letters())


def cut(text: str, most: int = 34) -> str:
    """A label in one or two lines."""
    if sum(2 if ord(sign) > 0x2E80 else 1 for sign in text) <= most or " " not in text:
        return text
    words, lines = text.split(), [""]
    for word in words:
        if len(lines[-1]) + len(word) > most and lines[-1]:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)
