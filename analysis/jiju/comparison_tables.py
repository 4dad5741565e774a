"""How a comparison is shown: the tables of a notebook and of the command `jiju compare`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import xarray as xr

from jiju.labels import axis_name, unit_name, variable_name
from jiju.languages import Lang
from jiju.text_tables import heading, interval, number, p_value, percent, signed

if TYPE_CHECKING:
    from jiju.comparison import Comparison


def display_tables(comparison: Comparison) -> list[tuple[str, pd.DataFrame]]:
    from jiju.comparison import HEADLINE, comparable

    base, lang = comparison.base, comparison.lang
    sure = f"{100 * comparison.confidence:g} %"
    city = f"全市，末年（{sure}区间）" if lang == "zh" else f"The city in the last year ({sure} intervals)"
    targets = f"目标实现概率（{sure}区间）" if lang == "zh" else f"Probability of each target ({sure} intervals)"
    shown = [(targets, target_view(comparison))] if "difference" in comparison.targets else []
    in_all = {name for name in comparable(base, None) if all(name in other for other in comparison.others.values())}
    headline = [name for name in HEADLINE if name in in_all]
    if headline:
        shown.append((city, difference_view(comparison, comparison.by(None, headline), None)))
    for dim in ("industry", "cluster", "tier"):
        along = [name for name in comparable(base, dim) if all(name in other for other in comparison.others.values())]
        variable = next((name for name in ("output", "tier_sales") if name in along), None)
        if variable is not None:
            view = difference_view(comparison, comparison.by(dim, [variable]), dim)
            shown.append((caption(base, variable, dim, lang), view))
    return shown


def caption(data: xr.Dataset, variable: str, dim: str, lang: Lang) -> str:
    what, unit = variable_name(data[variable], lang), unit_name(str(data[variable].attrs.get("units", "1")), lang)
    by = axis_name(data, dim, lang)
    return f"{what}（{unit}），按{by}" if lang == "zh" else f"{what}, {unit}, by {by[0].lower()}{by[1:]}"


def pick(frame: pd.DataFrame, column: str, lang: Lang) -> pd.Series:
    return frame[f"{column}_zh" if lang == "zh" else column]


def with_headings(table: pd.DataFrame, comparison: Comparison) -> pd.DataFrame:
    """Translates the headings; the scenario is reported only where there are several."""
    if len(comparison.others) == 1:
        table = table.drop(columns="scenario")
    return table.rename(columns=lambda word: heading(str(word), comparison.lang))


def target_view(comparison: Comparison) -> pd.DataFrame:
    frame = comparison.targets
    rows = zip(frame["low"], frame["high"], strict=True)
    table = pd.DataFrame(
        {
            "scenario": frame["scenario"],
            "target": frame["target"],
            "name": pick(frame, "name", comparison.lang),
            "p(base)": frame["base"].map("{:.3f}".format),
            "p(other)": frame["other"].map("{:.3f}".format),
            "difference": frame["difference"].map("{:+.3f}".format),
            "interval": [f"[{low:+.3f}, {high:+.3f}]" for low, high in rows],
            "p value": frame["p_value"].map(p_value),
        }
    )
    return with_headings(table, comparison)


def difference_view(comparison: Comparison, frame: pd.DataFrame, dim: str | None) -> pd.DataFrame:
    lang = comparison.lang
    units = [unit_name(unit, lang) for unit in frame["unit"]]
    # A table along a dimension is of one variable, which its caption names.
    what = {"indicator": pick(frame, "name", lang), "unit": units}
    if dim is not None:
        what = {dim: frame[f"{dim}_name_zh" if lang == "zh" else f"{dim}_name"]}
    columns = {
        "scenario": frame["scenario"],
        **what,
        "base": frame["base"].map(number),
        "other": frame["other"].map(number),
        "difference": frame["difference"].map(signed),
        "interval": [interval(low, high) for low, high in zip(frame["low"], frame["high"], strict=True)],
        "relative": frame["relative"].map(percent),
    }
    if "correlation" in frame and dim is None:
        columns["correlation"] = frame["correlation"].map("{:.3f}".format)
        columns["runs saved"] = frame["runs_saved"].map(number)
    return with_headings(pd.DataFrame(columns), comparison)
