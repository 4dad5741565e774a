"""The score card of stylised facts, whose ranges facts.toml fixes."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from jiju.errors import UsageError
from jiju.evidence import fact_file
from jiju.evidence.fact_sample import STATISTICS, BaseYear, Sample, sample
from jiju.languages import Lang, checked, translated
from jiju.printing.printed import labelled
from jiju.results import validation
from jiju.results.panels import by_number, firm_years, replicates, with_keys
from jiju.results.provenance import note_of

NEEDED = ("price", "base_sales", "base_firms", "calendar_year", "scenario_toml")

FIT, JUDGE = fact_file.USE

VERDICTS = ["pass", "near", "fail"]
VERDICTS_ZH = {"pass": "通过", "near": "接近", "fail": "未通过"}
CAPTION = ("Score card of stylised facts", "典型事实评分卡")
USES = {FIT: {"en": "fit", "zh": "拟合"}, JUDGE: {"en": "judge", "zh": "检验"}}


File = str | os.PathLike[str]


def card(file: File | None = None) -> dict[str, Any]:
    """The facts of a file (docs/facts.md), those of the package unless one is given."""
    return fact_file.own() if file is None else fact_file.read(file)


def entries(asked: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [entry for fact in asked["facts"].values() for entry in fact["statistics"]]


def statistics() -> pd.DataFrame:
    """One row a statistic of facts.toml, by key: its fact, range (open ends infinite), names, source, trust and use."""
    rows = [
        {"fact": code, "low": -math.inf, "high": math.inf} | entry
        for code, fact in card()["facts"].items()
        for entry in fact["statistics"]
    ]
    return pd.DataFrame(rows).set_index("key").astype({"low": float, "high": float})


def measure(s: Sample, asked: Mapping[str, Any] | None = None) -> dict[str, float]:
    """Every statistic of a card of one replicate; NaN where there is nothing to measure."""
    values = {}
    for entry in entries(asked or card()):
        try:
            with np.errstate(invalid="ignore"):  # logarithms of negative value added are left out
                own = "statistic" not in entry
                values[entry["key"]] = STATISTICS[entry["key"]](s) if own else fact_file.general(entry, s)
        except (ValueError, ZeroDivisionError, np.linalg.LinAlgError):
            values[entry["key"]] = math.nan
    return values


def check_money(dataset: xr.Dataset, asked: Mapping[str, Any]) -> None:
    """Refuses results in other money than the card's bounds are in."""
    here, there = dataset.attrs.get("money_unit"), asked["measurement"]["money"]
    if here and here != there:
        raise UsageError(translated(
            'the bounds of these facts are in {there}, the results in {here}; give a file of facts with [measurement] '
            'money = "{here}" and threshold and size_classes in it (docs/facts.md)',
            there=there, here=here,
        ))  # fmt: skip


def measurements(dataset: xr.Dataset, scenario: str | None = None, file: File | None = None) -> pd.DataFrame:
    """One row a replicate whose firms are kept, one column a statistic."""
    asked = card(file)
    check_money(dataset, asked)
    columns = fact_file.columns(asked)
    general = any("statistic" in entry for entry in entries(asked))
    rows = {}
    for number, table, base in firms_by_year(dataset, scenario, columns):
        named = with_keys(table, dataset) if general else None
        rows[number] = measure(sample(table, base, asked["measurement"], named), asked)
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("replicate")


def base_year(dataset: xr.Dataset, scenario: str, number: int) -> BaseYear:
    """What the results tell of a replicate's year before the start; industries as the panel numbers them."""
    there = {"scenario": scenario, "replicate": number}
    sales = by_number(dataset["base_sales"].sel(there), dataset)
    return BaseYear(np.asarray(sales.values, float), float(dataset["base_firms"].sel(there)))


def firms_by_year(
    dataset: xr.Dataset, scenario: str | None, columns: Sequence[str] = ()
) -> Iterator[tuple[int, pd.DataFrame, BaseYear]]:
    """Of every replicate whose firms are kept its number, its firm-years, and the year before the start."""
    dataset = validation.results(dataset)
    how = translated("run again with --record firms and without --outputs, or with --outputs sales,price")
    validation.needed(dataset, NEEDED, translated("the score card"), how)
    scenario = scenario or str(dataset["scenario"].values[0])
    kept = replicates(dataset, scenario)
    for number, rows in kept:
        yield number, firm_years(dataset, rows, columns), base_year(dataset, scenario, number)


def verdict(low: float, high: float, band: tuple[float, float, float]) -> str:
    """How the 5, 50 and 95 % of a statistic over replicates stand to a range; an open end of the range is infinite.

    "pass" where the median lies inside, ends included; "near" where it does not and the band overlaps the range; "fail"
    otherwise, and where a quantile is NaN.
    """
    q05, median, q95 = band
    if any(math.isnan(quantile) for quantile in band):
        return "fail"
    if low <= median <= high:
        return "pass"
    return "near" if q05 <= high and q95 >= low else "fail"


def judge(values: pd.DataFrame, file: File | None = None) -> pd.DataFrame:
    """One row a statistic: its range, its 5, 50 and 95 % over replicates, and its verdict."""
    rows = []
    for code, fact in card(file)["facts"].items():
        for entry in fact["statistics"]:
            low, high = entry.get("low", -math.inf), entry.get("high", math.inf)
            q05, q50, q95 = np.nanquantile(values[entry["key"]], [0.05, 0.5, 0.95])
            row = {"fact": code, "essential": fact["essential"], "fact_name": fact["name"], "low": low, "high": high}
            row |= {"fact_name_zh": fact["name_zh"], "q05": q05, "q50": q50, "q95": q95}
            row |= {key: entry[key] for key in ["key", "name", "name_zh", "source", "trust", "use"]}
            row["verdict"] = verdict(low, high, (q05, q50, q95))
            rows.append(row)
    return pd.DataFrame(rows).set_index(["fact", "key"])


def facts(dataset: xr.Dataset, scenario: str | None = None, file: File | None = None) -> pd.DataFrame:
    """The score card of a scenario of a results file, the first one unless named; by the facts of a file
    (docs/facts.md), those of the package unless one is given.

    Example:

        card = jiju.facts(jiju.open("firms.h5"))
        card[card.verdict != "met"]                            # where simulated firms are not like real ones
    """
    table = judge(measurements(dataset, scenario, file), file)
    columns = ("fact", "name", "use", "q05", "q50", "q95", "low", "high", "verdict")
    words = VERDICTS_ZH | {use: names["zh"] for use, names in USES.items()}
    return labelled(table, CAPTION, note_of([dataset]), columns, words=words)


def by_fact(table: pd.DataFrame) -> pd.DataFrame:
    """One row a fact: the worst verdict of its statistics, and whether it is essential."""
    grouped = table.groupby(level="fact", sort=False)
    worst = grouped["verdict"].agg(lambda all: max(all, key=VERDICTS.index))
    return pd.DataFrame({"verdict": worst, "essential": grouped["essential"].first()})


def _range(low: float, high: float) -> str:
    if math.isinf(low):
        return f"<= {high:g}"
    return f">= {low:g}" if math.isinf(high) else f"{low:g} to {high:g}"


def render(table: pd.DataFrame, *, lang: Lang = "en") -> str:
    """The card as text a person can read.

    `lang` is the language of names and words: "en" or "zh".
    """
    chinese = checked(lang) == "zh"
    suffix = "_zh" if chinese else ""
    word = VERDICTS_ZH if chinese else {v: v for v in VERDICTS}
    lines = []
    facts_seen = by_fact(table)
    for code, fact in facts_seen.iterrows():
        rows = table.loc[[code]]
        title = rows["fact_name" + suffix].iloc[0]
        essential = ("，必要" if chinese else ", essential") if fact["essential"] else ""
        lines.append(f"{code:4s} {title}{essential}: {word[fact['verdict']]}")
        for _, row in rows.iterrows():
            band = f"{row['q05']:8.3f} {row['q50']:8.3f} {row['q95']:8.3f}"
            lines.append(
                f"     {word[row['verdict']]:5s} {USES[row['use']][lang]:5s} {band}"
                f" {_range(row['low'], row['high']):>14s}  {row['name' + suffix]}"
            )
    counts = facts_seen["verdict"].value_counts().reindex(VERDICTS, fill_value=0)
    summary = ", ".join(f"{word[v]} {counts[v]}" for v in VERDICTS)
    short = facts_seen[facts_seen["essential"] & (facts_seen["verdict"] != "pass")].index.tolist()
    if chinese:
        lines += ["", f"{len(facts_seen)}项事实：{summary}。",
                  "中位数在范围内为通过；在范围外而5–95%区间与范围重叠为接近。",
                  "拟合：校准可以使用；检验：从不用于拟合，只用来检验模型。"]  # fmt: skip
        lines += [f"未达到通过的必要事实：{'、'.join(short)}"] if short else []
    else:
        lines += ["", f"{len(facts_seen)} facts: {summary}.",
                  "Columns: 5, 50, 95 % over replicates, and the accepted range (sources in facts.toml).",
                  "pass: the median lies inside. near: only the 5-95 % band overlaps the range.",
                  "fit: calibration may meet it. judge: no fit ever sees it."]  # fmt: skip
        lines += [f"Essential facts that do not pass: {', '.join(short)}"] if short else []
    return "\n".join(lines)
