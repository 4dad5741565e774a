"""What a picture says of itself: the variable and its unit, which arm, what was picked, what was added up.

A picture is cut out of its page and shown alone; so all of this stands on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import xarray as xr
from matplotlib.axes import Axes

from jiju.labels import axis_name, key_names, unit_name, variable_name
from jiju.languages import Lang
from jiju.plot import appearance
from jiju.printing.text_tables import HEADINGS_ZH, columns_wide

WORDS = {
    "less": {"en": "{other} less {base}", "zh": "{other}与{base}之差"},
    "all": {"en": "sum over {dims}", "zh": "按{dims}合计"},
    "replicates": {"en": "{n} replicates", "zh": "{n}次重复试验"},
    "and": {"en": " and ", "zh": "、"},
}


def with_unit(array: xr.DataArray, lang: Lang, per_year: bool = False) -> str:
    """Name and unit of a variable, for an axis."""
    unit = unit_of(array, lang, per_year)
    name = variable_name(array, lang)
    return f"{name}（{unit}）" if unit and lang == "zh" else f"{name}, {unit}" if unit else name


def unit_of(array: xr.DataArray, lang: Lang, per_year: bool = False) -> str:
    """The unit of a variable as it is printed; of a yearly sum, a year."""
    unit = unit_name(str(array.attrs.get("units", "1")), lang)
    if per_year and unit and "/" not in unit and "sum" in str(array.attrs.get("cell_methods", "")):
        unit += "/年" if lang == "zh" else "/year"
    return unit


def entitle(ax: Axes, title: str, *details: str) -> None:
    """A title at the left, and below it in smaller letters what was chosen and what was added up."""
    room = room_right_of(ax)
    under = in_lines([detail for detail in details if detail], appearance.fitting(room, 0.87))
    height = 1.25 * 0.87 * appearance.in_use.get().points
    count = under.count("\n") + 1 if under else 0
    ax.set_title(appearance.lines(title, appearance.fitting(room)), pad=6 + height * count + 2 * max(count - 1, 0))
    if under:
        ax.annotate(under, (0, 1), xycoords="axes fraction", xytext=(0, 5), textcoords="offset points",
                    ha="left", va="bottom", fontsize="small", color=appearance.GREY, annotation_clip=False)  # fmt: skip


def room_right_of(ax: Axes) -> float:
    """Inches from the left end of the axes to the next axes, or to the edge, once labels have taken their room."""
    figure = appearance.figure_of(ax)
    figure.draw_without_rendering()
    mine = ax.get_position()
    others = [each.get_position().x0 for each in figure.axes if each.get_label() != "<colorbar>"]
    ends = [x0 for x0 in others if x0 > mine.x1 - 1e-6]
    return float((min(ends, default=1.0) - mine.x0) * figure.get_figwidth())


def in_lines(details: list[str], most: int) -> str:
    """Details between dots, in lines that end between two of them where they can."""
    found: list[str] = []
    for detail in details:
        joined = f"{found[-1]} · {detail}" if found else detail
        if found and columns_wide(joined) <= most:
            found[-1] = joined
        else:
            found.append(detail)
    return "\n".join(appearance.lines(line, most) for line in found)


def less(other: str, base: str, lang: Lang) -> str:
    """Which arm less which."""
    return WORDS["less"][lang].format(other=other, base=base)


def picked(data: xr.Dataset, where: Mapping[str, str], lang: Lang) -> str:
    """The keys that were picked, by their names: "Industry: Biomedicine"."""
    colon = "：" if lang == "zh" else ": "
    found = [f"{dim_word(data, dim, lang)}{colon}{key_names(data, dim, lang).get(str(key), str(key))}"
             for dim, key in where.items()]  # fmt: skip
    return ("，" if lang == "zh" else ", ").join(found)


def summed(data: xr.Dataset, dims: Iterable[object], lang: Lang) -> str:
    """What was added up, if there was more than one of it."""
    names = [dim_word(data, str(dim), lang) for dim in dims if data.sizes.get(str(dim), 1) > 1]
    if not names:
        return ""
    if lang == "en":
        names = [plural(name) for name in names]
    return WORDS["all"][lang].format(dims=WORDS["and"][lang].join(names))


def dim_word(data: xr.Dataset, dim: str, lang: Lang) -> str:
    """What a key of a dimension is called, in a word."""
    if lang == "en":
        return dim.replace("_", " ")
    return HEADINGS_ZH.get(dim) or axis_name(data, dim, lang)


def plural(name: str) -> str:
    return f"{name[:-1]}ies" if name.endswith("y") else f"{name}s"


def count(replicates: int, lang: Lang) -> str:
    """How many replicates there are; nothing of one, which may be a mean."""
    return WORDS["replicates"][lang].format(n=replicates) if replicates > 1 else ""


def year_of(year: int, lang: Lang) -> str:
    return f"{year}年" if lang == "zh" else str(year)
