"""One firm under two policies: the same firm, the same draws, another life."""

from __future__ import annotations

import pandas as pd
import xarray as xr
from matplotlib.axes import Axes

from jiju.errors import UsageError
from jiju.labels import arm_names, key_names
from jiju.languages import Lang, checked, translated
from jiju.plot import appearance
from jiju.plot.captions import entitle, unit_of, with_unit
from jiju.results import validation
from jiju.results.indicators import scenario_tables
from jiju.results.panels import keys_of, scenario_number, steps_of

NEEDED = ("time", "firm_id", "panel_year", "firm_support", "firm_industry", "firm_named", "panel_scenario",
          "panel_replicate", "scenario_toml")  # fmt: skip

WORDS = {
    "support": {"en": "support over about a year, {unit}", "zh": "近一年所获支持（{unit}）"},
    "sales": {"en": "Sales at current prices, {unit}", "zh": "销售收入（{unit}）"},
    "gone": {"en": "gone", "zh": "退出"},
    "firm": {"en": "firm {id}", "zh": "企业 {id}"},
    "run": {"en": "replicate {number}", "zh": "第{number}次重复试验"},
}


def life(
    data: xr.Dataset, firm: int, replicate: int = 0, *, scenarios: tuple[int, int] = (0, 1), variable: str = "sales",
    lang: Lang = "en", ax: Axes | None = None,
) -> Axes:  # fmt: skip
    """A firm's sales, or another column of the panel, quarter by quarter under two scenarios of a file.

    Bars at the foot are the support that it received; a cross is the last quarter of a firm that left.

    `lang` is the language of names and words: "en" or "zh".

    Example:

        firms = jiju.open("firms.h5")
        most = jiju.twins(firms).nlargest(1, "money").iloc[0]
        jiju.plot.life(firms, int(most.firm), int(most.replicate))
    """
    checked(lang)
    data = validation.results(data, needs=("scenario",))
    panel_column = f"firm_{variable}"
    if panel_column not in data:
        kept = [str(name)[5:] for name in data.data_vars if str(name).startswith("firm_")]
        there = validation.nearest(variable, kept) if kept else translated(
            "; run the scenarios with --record firms"
        )
        raise UsageError(translated(
            "these results keep no {panel_column}{there}",
            panel_column=panel_column, there=there,
        ))
    validation.needed(data, NEEDED, "plot.life", translated("give the whole file"))
    ax = appearance.apply(ax, lang)
    keys = [str(key) for key in data["scenario"].values]
    for place in scenarios:
        if not 0 <= place < len(keys):
            raise UsageError(translated(
                "no scenario at place {place}: these results have {keys}, counted from 0",
                place=place, keys=len(keys),
            ))
    numbers = {place: scenario_number(data, keys[place]) for place in scenarios}
    rows = (data["firm_id"].values == firm) & (data["panel_replicate"].values == replicate)
    if not rows.any():
        raise UsageError(translated(
            "no firm {firm} in replicate {replicate} of these results",
            firm=firm, replicate=replicate,
        ))
    columns = ["panel_scenario", panel_column, "firm_support", "firm_industry", "firm_named"]
    steps = steps_of(data)
    panel = pd.DataFrame({name: data[name].values[rows] for name in columns} | {"step": steps[rows]})
    starts = pd.DatetimeIndex(data["time"].values)
    times = starts.to_numpy().astype("datetime64[D]").astype(float)
    last = int(steps.max())
    names = arm_names([data], lang)
    foot = ax.twinx()
    for place, colour in zip(scenarios, appearance.SERIES, strict=False):
        mine = panel[panel["panel_scenario"] == numbers[place]].sort_values("step")
        if mine.empty:
            continue
        when = times[mine["step"].to_numpy(int)]
        ax.plot(when, mine[panel_column], color=colour, linewidth=2, label=names[place])
        if mine["step"].max() < last:
            ax.plot(when[-1], mine[panel_column].iloc[-1], "x", color=colour, markersize=9, markeredgewidth=2)
            ax.annotate(WORDS["gone"][lang], (when[-1], mine[panel_column].iloc[-1]), xytext=(8, 4),
                        textcoords="offset points", color=colour)
        if place == scenarios[-1]:
            foot.bar(when, mine["firm_support"], width=70, color=appearance.ORANGE, alpha=0.5)
    most = float(panel["firm_support"].max())
    foot.set_ylim(0, 5 * most if most > 0 else 1)
    foot.set_yticks([0, most] if most > 0 else [], [f"{value:.2g}" for value in ([0, most] if most > 0 else [])])
    foot.spines[:].set_visible(False)
    foot.tick_params(length=0)
    unit = unit_of(data["firm_support"], lang)
    foot.set_ylabel(WORDS["support"][lang].format(unit=unit), color=appearance.ORANGE, loc="bottom", fontsize="small")
    ax.set_zorder(foot.get_zorder() + 1)
    ax.set_facecolor("none")
    ax.set_ylim(bottom=0)
    ax.set_xlim(times[0], times[-1] + 60)
    januaries = starts.month == 1
    ax.set_xticks(times[januaries], list(starts.year[januaries].astype(str)))
    run = WORDS["run"][lang].format(number=replicate)
    column = data[panel_column]
    # Columns of the panel have English names only.
    sales = WORDS["sales"][lang].format(unit=unit_of(column, lang))
    entitle(ax, sales if variable == "sales" else with_unit(column, lang), firm_label(data, panel, firm, lang), run)
    ax.legend(frameon=False, loc="upper left")
    return ax


def firm_label(data: xr.Dataset, panel: pd.DataFrame, firm: int, lang: Lang) -> str:
    """The name of a named firm, else its number, and its industry."""
    key = keys_of(data, "industry")[int(panel["firm_industry"].iloc[0])]
    industry = key_names(data, "industry", lang).get(key, key)
    bracketed = f"（{industry}）" if lang == "zh" else f" ({industry})"
    row = int(panel["firm_named"].iloc[0])
    firms = list(scenario_tables(data)[0].get("firms", {}).values())
    if 0 < row <= len(firms):
        return f"{firms[row - 1]['name_zh' if lang == 'zh' else 'name']}{bracketed}"
    return f"{WORDS['firm'][lang].format(id=firm)}{bracketed}"
