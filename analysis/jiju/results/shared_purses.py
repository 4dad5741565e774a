"""Money that binds: what levers asked of the purses they share, and what they were given."""

from __future__ import annotations

import tomllib

import pandas as pd
import xarray as xr

from jiju.errors import UsageError
from jiju.labels import key_names, money_of, unit_name
from jiju.languages import Lang, translated
from jiju.results import validation

ASKED, ALLOTTED = "lever_asked_total", "lever_allotted_total"
OWN = ("", "own")  # a lever that draws on no purse of others
ROUNDING = 1e-9  # of what was asked, by which what was given may lie below it
MOST_NAMED = 3


def purses(data: xr.Dataset) -> pd.DataFrame:
    """What each lever asked of its purse over all years and what it was given, money, means over replicates.

    One row a scenario and lever that shares a purse; `share` is what was given of what was asked, `cut` the share of
    replicates in which it was less than all.

    Example:

        purses = jiju.purses(jiju.open("both.h5"))
        purses[purses["share"] < 1]                            # levers that were given less than they asked
    """
    data = validation.results(data)
    missing = [name for name in (ASKED, ALLOTTED, "scenario_toml") if name not in data.variables]
    if missing:
        raise UsageError(translated(
            "these results have no {missing}; jiju.run and jiju.open return all of them",
            missing=", ".join(missing),
        ))
    rows = []
    for place in range(data["scenario"].size):
        arm = data.isel(scenario=[place])
        asked, allotted = (arm[name].isel(scenario=0).dropna("replicate", how="all") for name in (ASKED, ALLOTTED))
        levers = tomllib.loads(str(arm["scenario_toml"].values[0])).get("levers", {})
        names = {lang: key_names(data, "lever", lang) for lang in ("en", "zh")}
        for key in map(str, asked["lever"].values):
            purse = str(levers.get(key, {}).get("purse", ""))
            wanted, given = asked.sel(lever=key), allotted.sel(lever=key)
            if purse in OWN or not float(wanted.mean()) > 0:
                continue
            rows.append(
                {
                    "scenario": str(arm["scenario"].values[0]),
                    "purse": purse,
                    "lever": key,
                    "name": names["en"].get(key, key),
                    "name_zh": names["zh"].get(key, key),
                    "asked": float(wanted.mean()),
                    "allotted": float(given.mean()),
                    "share": float(given.mean() / wanted.mean()),
                    "cut": float((wanted - given > ROUNDING * wanted).mean()),
                }
            )
    columns = ["scenario", "purse", "lever", "name", "name_zh", "asked", "allotted", "share", "cut"]
    return pd.DataFrame(rows, columns=columns)


def notes(data: xr.Dataset, name: str, lang: Lang) -> list[str]:
    """A sentence for each purse of one scenario that was short; none where the results do not tell."""
    if not {ASKED, ALLOTTED, "scenario_toml"} <= set(data.variables) or "scenario" not in data.dims:
        return []
    found = []
    money = money_of(data)
    for purse, rows in purses(data).groupby("purse", sort=False):
        if not rows["cut"].max() > 0:
            continue
        most = rows.assign(gap=rows["asked"] - rows["allotted"]).nlargest(MOST_NAMED, "gap")
        label = "name_zh" if lang == "zh" else "name"
        each = [f"{row[label]} {row['allotted']:.2f} / {row['asked']:.2f}" for _, row in most.iterrows()]
        given, asked, cut = rows["allotted"].sum(), rows["asked"].sum(), 100 * rows["cut"].max()
        found.append(
            f"{name}：资金池 {purse} 不足，申请{asked:.2f}、拨付{given:.2f}{unit_name(money, lang)}（各年合计的均值，"
            f"{cut:.0f}%的试验被削减）：" + "、".join(each)
            if lang == "zh"
            else f"{name}: the purse {purse!r} was short: its levers asked for {asked:.2f} and were given {given:.2f} "
            f"({money} in all years, means; cut in {cut:.0f} % of replicates); given / asked: " + ", ".join(each)
        )
    return found
