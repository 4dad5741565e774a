"""What a comparison has found, and how it is shown: frames, JSON, the tables of a notebook and of `jiju compare`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

import numpy as np
import pandas as pd
import xarray as xr

from jiju.errors import UsageError
from jiju.labels import axis_name, key_names, unit_name, variable_name
from jiju.languages import Lang, translated
from jiju.printing import text_tables
from jiju.printing.printed import Printable, Printed, joined, labelled
from jiju.printing.text_tables import heading, interval, number, p_value, percent, signed
from jiju.results import validation
from jiju.results.indicators import adds_up, over_time, target_table, targets_of, yearly
from jiju.results.provenance import note_of
from jiju.results.validation import REPLICATES
from jiju.statistics.clusters import DRAW
from jiju.statistics.paired import paired_difference, paired_probability, unpaired_difference, unpaired_probability
from jiju.studies import controlled
from jiju.studies.comparison_costs import Costs

Year = int | Literal["all"] | None

# Shown first in tables; every other variable is in the frames.
HEADLINE = ("output", "sales", "value_added", "all_industry_value_added", "investment", "employment", "firms",
            "research")  # fmt: skip

CAPTIONS = {
    "targets": ("Probability of each target", "目标实现概率"),
    "differences": ("Differences", "差异"),
    "costs": ("Costs and gains of all years", "各年成本与收益"),
    "returns": ("What costs have bought", "成本的收益"),
}

# What levers bring to emerging industries, and what is left of it when the rest of industry is counted.
EFFECTS = {
    "en": {"value_added": "Value added, gross: emerging industries",
           "all_industry_value_added": "Value added, net: all industry of the city"},
    "zh": {"value_added": "增加值，毛效应：新兴产业", "all_industry_value_added": "增加值，净效应：全市工业"},
}  # fmt: skip


@dataclass(frozen=True)
class Comparison(Printable):
    """Differences of scenarios against a base. Every frame is tidy: one difference a row, names in both languages."""

    base: xr.Dataset
    others: dict[str, xr.Dataset]
    confidence: float = 0.95
    paired: bool = True
    lang: Lang = "en"
    notes: list[str] = field(default_factory=list)
    control: bool = True

    @property
    def targets(self) -> pd.DataFrame:
        """Probability and value of every target side by side, with the interval of the difference."""
        rows = [target_rows(self, name, other) for name, other in self.others.items()]
        columns = ("target", "name", "base", "other", "difference", "p_value")
        return self.labelled(pd.concat(rows, ignore_index=True), "targets", columns)

    @property
    def indicators(self) -> pd.DataFrame:
        """Every variable that adds up, over the whole city, in the last year."""
        return self.by()

    @property
    def industries(self) -> pd.DataFrame:
        return self.by("industry")

    @property
    def clusters(self) -> pd.DataFrame:
        return self.by("cluster")

    @property
    def tiers(self) -> pd.DataFrame:
        return self.by("tier")

    @property
    def levers(self) -> pd.DataFrame:
        """The ledgers: money, land and persons of each lever, over all years."""
        return self.by("lever", year="all")

    @property
    def costs(self) -> pd.DataFrame:
        """What the scenarios cost and bring over all years, one account a row (docs/costs.md); none where results lack
        an output that they are made of."""
        return self.labelled(self.books.accounts(), "costs", ["name", "unit", "base", "other", "difference"])

    @property
    def returns(self) -> pd.DataFrame:
        """Value added and jobs over cost, and the net present value: one scenario a row, of paired results."""
        return self.labelled(self.books.returns(), "returns")

    @cached_property
    def books(self) -> Costs:
        return Costs(self.base, self.others, self.difference, self.confidence, self.paired, self.lang)

    @property
    def pairing(self) -> pd.DataFrame:
        """What sharing the draws has reached: correlation, and the runs that it has saved."""
        columns = ["scenario", "indicator", "name", "name_zh", "n", "draws", "correlation", "unpaired_runs",
                   "runs_saved"]  # fmt: skip
        return self.indicators.reindex(columns=columns)

    def by(self, dim: str | None = None, variables: Iterable[str] | None = None, year: Year = None) -> pd.DataFrame:
        """Differences along a dimension, or of the whole city, in one year (the last unless said otherwise); with "all"
        flows are sums over the years, and all else is that of the last."""
        if dim is not None:
            validation.dimension(self.base, dim)
        chosen = comparable(self.base, dim) if variables is None else self.chosen_along(dim, variables)
        rows = []
        for name, other in self.others.items():
            common = [key for key in chosen if key in other]
            rows += [difference_rows(self, name, other, variable, dim, year) for variable in common]
        found = pd.concat(rows, ignore_index=True) if rows else pd.DataFrame()
        what = [f"{dim}_name"] if dim else []
        return self.labelled(found, "differences", ["name", *what, "unit", "base", "other", "difference", "relative"])

    def chosen_along(self, dim: str | None, variables: Iterable[str]) -> list[str]:
        """The variables asked for, of which those are left out that have no values along the dimension."""
        asked = [variables] if isinstance(variables, str) else list(variables)
        for name in asked:
            validation.variable(self.base, name, over_time(self.base))
            for arm, other in self.others.items():
                if name not in other:
                    raise UsageError(translated(
                        "no variable {name!r} in the results of {arm}",
                        name=name, arm=arm,
                    ))
        there = comparable(self.base, dim)
        for name in asked:
            if name not in there:
                raise UsageError(translated(
                    "{name} cannot be given {also}: it {also_2}does not add up",
                    name=name,
                    also=translated("by {dim}", dim=dim) if dim else translated("of the whole city"),
                    also_2=translated("has no such dimension or ") if dim else "",
                ))  # fmt: skip
        return asked

    def difference(self, base: xr.DataArray, other: xr.DataArray) -> xr.Dataset:
        if self.paired and self.control:
            return controlled.difference(base, other, self.confidence)
        method = paired_difference if self.paired else unpaired_difference
        return method(base, other, self.confidence)

    def probability(self, other: xr.Dataset, key: str) -> pd.Series:
        """Of a target, in the base and in another scenario."""
        if self.paired and self.control:
            return controlled.probability(self.base, other, key, self.confidence)
        method = paired_probability if self.paired else unpaired_probability
        return method(one_target(self.base, key), one_target(other, key), self.confidence)

    @property
    def frames(self) -> dict[str, pd.DataFrame]:
        """Every difference that is printed, and those of all other variables."""
        headline = [
            name
            for name in HEADLINE
            if name in comparable(self.base, "industry") and all(name in other for other in self.others.values())
        ]
        industries = self.by("industry", headline) if headline else pd.DataFrame()
        frames = {"targets": self.targets, "indicators": self.indicators, "industries": industries,
                  "costs": self.costs, "returns": self.returns}  # fmt: skip
        return {name: frame for name, frame in frames.items() if len(frame)}

    def to_dict(self) -> dict[str, Any]:
        """For JSON: missing numbers are None."""
        return {
            "base": str(self.base["scenario"].values[0]),
            "others": list(self.others),
            "confidence": self.confidence,
            "paired": self.paired,
            "notes": self.notes,
            **{name: records(frame) for name, frame in self.frames.items()},
        }

    def printed(self) -> Printed:
        return Printed(self.title, self.display(), joined(self.frames), remarks=self.notes, made=self.made,
                       lang=self.lang)  # fmt: skip

    def labelled(self, frame: pd.DataFrame, key: str, columns: Iterable[str] = ()) -> pd.DataFrame:
        """A frame with what `jiju.table` needs of it."""
        chosen = [name for name in columns if name in frame.columns]
        front = ["scenario"] if chosen and len(self.others) > 1 else []
        return labelled(frame, CAPTIONS[key], self.made, [*front, *chosen], self.lang)

    @property
    def made(self) -> str:
        return note_of([self.base, *self.others.values()], self.lang)

    def display(self) -> list[tuple[str, pd.DataFrame]]:
        """The tables that a reader sees first, with their captions."""
        told: list[tuple[str, pd.DataFrame]] = text_tables.in_habit(display_tables(self), self.lang)
        return told

    @property
    def title(self) -> str:
        base = first_name(self.base, self.lang)
        others = ", ".join(first_name(other, self.lang) for other in self.others.values())
        return f"{others} 与 {base} 比较" if self.lang == "zh" else f"{others} against {base}"

    def __repr__(self) -> str:
        parts = [self.title, *(f"! {note}" for note in self.notes)]
        for caption, table in self.display():
            parts += ["", caption, text_tables.plain(table)]
        return "\n".join(parts)

    def _repr_html_(self) -> str:
        return text_tables.as_html(self.title, self.display(), self.notes)


def display_tables(comparison: Comparison) -> list[tuple[str, pd.DataFrame]]:
    base, lang = comparison.base, comparison.lang
    sure = f"{100 * comparison.confidence:g} %"
    city = f"全市，末年（{sure}区间）" if lang == "zh" else f"The city in the last year ({sure} intervals)"
    targets = f"目标实现概率（{sure}区间）" if lang == "zh" else f"Probability of each target ({sure} intervals)"
    chances = comparison.targets
    shown = [(targets, target_view(comparison, chances))] if "difference" in chances else []
    in_all = {name for name in comparable(base, None) if all(name in other for other in comparison.others.values())}
    headline = [name for name in HEADLINE if name in in_all]
    if headline:
        shown.append((city, difference_view(comparison, comparison.by(None, headline), None)))
    costs = comparison.books
    if costs.told:
        rate = f"{100 * costs.valued.discount_rate:g} %"
        money = f"Costs and gains of all years at prices of the base year, discounted at {rate} ({sure} intervals)"
        if lang == "zh":
            money = f"成本与收益：各年合计，基年价格，折现率{rate}（{sure}区间）"
        shown.append((money, with_headings(costs.view(), comparison)))
    if "lever_money" in in_all:
        spent = difference_view(comparison, comparison.by("lever", ["lever_money"], "all"), "lever")
        rest = "，各年合计" if lang == "zh" else ", all years"
        shown.append((caption(base, "lever_money", "lever", lang) + rest, spent))
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
    """Translates the headings; the scenario is shown only where there are several."""
    if len(comparison.others) == 1:
        table = table.drop(columns="scenario")
    return table.rename(columns=lambda word: heading(str(word), comparison.lang))


def target_view(comparison: Comparison, frame: pd.DataFrame) -> pd.DataFrame:
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
    if "worth" in frame:
        table["worth"] = frame["worth"].map(number)
    return with_headings(table, comparison)


def difference_view(comparison: Comparison, frame: pd.DataFrame, dim: str | None) -> pd.DataFrame:
    lang = comparison.lang
    units = [unit_name(unit, lang) for unit in frame["unit"]]
    names = pick(frame, "name", lang)
    if (frame["indicator"] == "all_industry_value_added").any():
        names = frame["indicator"].map(EFFECTS[lang]).fillna(names)
    # A table along a dimension is of one variable, which its caption names.
    what = {"indicator": names, "unit": units}
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
    if "worth" in frame:
        columns["worth"] = frame["worth"].map(number)
    return with_headings(pd.DataFrame(columns), comparison)


def first_name(data: xr.Dataset, lang: Lang) -> str:
    return next(iter(key_names(data, "scenario", lang).values()))


def comparable(data: xr.Dataset, dim: str | None) -> list[str]:
    """Variables over time that can be compared along `dim`: what is not along it must add up."""
    found = []
    for name in over_time(data):
        rest = set(data[name].dims) - {*REPLICATES, "year", "time", dim}
        if (dim is None or dim in data[name].dims) and (adds_up(data[name]) or not rest):
            found.append(name)
    return found


def difference_rows(
    comparison: Comparison, name: str, other: xr.Dataset, variable: str, dim: str | None, year: Year
) -> pd.DataFrame:
    def values(data: xr.Dataset) -> xr.DataArray:
        array = yearly(data[variable]).isel(scenario=0, drop=True)
        array = over_years(array) if year == "all" else validation.in_year(array, year)
        array = array.drop_vars([key for key in array.coords if key not in ("replicate", DRAW, dim)])
        rest = [each for each in array.dims if each not in ("replicate", dim)]
        return array.sum(rest, skipna=False)

    found = comparison.difference(values(comparison.base), values(other))
    if dim is None:
        frame = pd.DataFrame({key: [value.item()] for key, value in found.items()})
    else:
        frame = found.to_dataframe().reset_index()
    frame["relative"] = frame["difference"] / frame["base"].where(frame["base"] != 0).abs()
    array = comparison.base[variable]
    front = {
        "scenario": name,
        "indicator": variable,
        "name": variable_name(array),
        "name_zh": variable_name(array, "zh"),
        "unit": str(array.attrs.get("units", "1")),
        "year": year if year is not None else int(max(yearly(array)["year"].values)),
    }
    if dim:
        frame[f"{dim}_name"] = frame[dim].astype(str).map(key_names(comparison.base, dim))
        frame[f"{dim}_name_zh"] = frame[dim].astype(str).map(key_names(comparison.base, dim, "zh"))
    labelled = pd.DataFrame({key: [value] * len(frame) for key, value in front.items()})
    keys = [dim, f"{dim}_name", f"{dim}_name_zh"] if dim else []
    return pd.concat([labelled, frame[keys], frame.drop(columns=keys)], axis=1)


def over_years(array: xr.DataArray) -> xr.DataArray:
    """The sum of a flow over its years; of all else the last."""
    if "sum" in str(array.attrs.get("cell_methods", "")):
        return array.sum("year", skipna=False).assign_attrs(array.attrs)
    return validation.in_year(array, None)


def target_rows(comparison: Comparison, name: str, other: xr.Dataset) -> pd.DataFrame:
    base = comparison.base
    arms = (base, other)
    facts = target_table(base)
    seen = all("target_value" in data for data in arms)
    counted = all("target_met" in data for data in arms)
    values = comparison.difference(*(data["target_value"].isel(scenario=0, drop=True) for data in arms)) if seen else {}
    known = [part for part in ("base", "other", "difference", "low", "high", "correlation") if part in values]
    rows = []
    for key in targets_of(base) if seen or counted else []:
        row = {"scenario": name, "target": key, **named_target(base, key), "unit": facts["unit"].get(key),
               "wanted": facts["value"].get(key)}  # fmt: skip
        if counted:
            row |= {str(part): number for part, number in comparison.probability(other, key).items()}
        row |= {f"value_{part}": float(values[part].sel(target=key)) for part in known}
        rows.append(row)
    return pd.DataFrame(rows)


def one_target(data: xr.Dataset, key: str) -> xr.DataArray:
    return data["target_met"].isel(scenario=0, drop=True).sel(target=key, drop=True)


def named_target(data: xr.Dataset, key: str) -> dict[str, str]:
    return {"name": key_names(data, "target")[key], "name_zh": key_names(data, "target", "zh")[key]}


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    clean = frame.astype(object).where(frame.notna() & ~frame.isin([np.inf, -np.inf]), None)
    return [{str(key): value for key, value in row.items()} for row in clean.to_dict("records")]
