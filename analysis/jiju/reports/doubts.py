"""How sure one can be: what is uncertain, what was assumed and on what evidence, and how the model was fitted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from jiju.labels import key_names
from jiju.languages import Lang, to_translate, translated
from jiju.papers.methods import jointly_drawn
from jiju.reports.content import Cell, Column, Part, Remarks, Section, Table, Text, plain, share, whole, worded
from jiju.reports.front_page import chances, colour_of, name_of_target
from jiju.reports.outcomes import CITY, present
from jiju.reports.subject import Arm, Subject, draws_shared, spread
from jiju.reports.tables import spreads
from jiju.results.parameter_draws import parameter_draws

GRADES = {
    "A": to_translate("experiment"), "B": to_translate("several observational studies"),
    "C": to_translate("one study, or indirect"), "D": to_translate("judgement"),
}  # fmt: skip
JUDGED = "judged"  # how a source says that there is none


def uncertain(subject: Subject, lang: Lang) -> Section:
    names = {each: str(subject.plan.data[each].attrs.get("long_name_zh" if lang == "zh" else "long_name", each))
             for each in CITY if each in subject.plan.data}  # fmt: skip
    parts: list[Part | None] = [
        Text(translated(
            "Two things vary from replicate to replicate: chance (demand, prices, which firms grow) and what nobody "
            "knows of the economy (uncertain parameters, of which each draw is one possible truth). Bands and "
            "quantiles show both. Intervals show neither: they are the error of having simulated a finite number of "
            "replicates."
        )),
        spread_of_city(subject, names, lang), close(subject, lang), variances(subject, lang),
    ]  # fmt: skip
    return Section("uncertain", translated("What is uncertain"), present(*parts))


def spread_of_city(subject: Subject, names: Mapping[str, str], lang: Lang) -> Table | None:
    found = [part.set_axis([each]) for each in names if len(part := spread(subject.plan, each))]
    if not found:
        return None
    return spreads("spread", translated("How far replicates of {plan} lie apart: the city in the last year",
                                        plan=subject.names(lang)[1]),
                   Column(translated("indicator"), "text"), names, pd.concat(found), lang)  # fmt: skip


def close(subject: Subject, lang: Lang) -> Remarks | None:
    """Targets whose light could be another with more replicates."""
    found = []
    for key, told in subject.plan.targets.items():
        chance, low, high = chances(told)
        if colour_of(low) != colour_of(high):
            found.append(f"{key} {100 * chance:.0f}{'%' if lang == 'zh' else ' %'} "
                         f"[{100 * low:.0f}, {100 * high:.0f}]")  # fmt: skip
    if not found:
        return None
    return Remarks([translated(
        "With {n} replicates the light of these targets is not sure: {targets}. More replicates would settle it.",
        n=subject.plan.replicates, targets=("、" if lang == "zh" else ", ").join(found),
    )])  # fmt: skip


def variances(subject: Subject, lang: Lang) -> Part:
    """How much of the spread comes of parameters, where replicates share draws."""
    nothing = float("nan")
    told = {key: each["variance"] for key, each in subject.plan.targets.items() if each["variance"]}
    if not told or not draws_shared(subject.plan):
        return Text(translated(
            "How much of the spread is chance and how much is not knowing the parameters cannot be told from these "
            "results, in which each replicate has a draw of its own: simulate with several replicates a draw "
            "(--replicates-per-draw 10)."
        ))  # fmt: skip
    rows: list[list[Cell]] = [
        [key, name_of_target(subject.plan.targets[key], lang), *(
            share(nothing if each[part] is None else float(each[part]), f"plan/variance/{key}/{part}", lang)
            for part in ("parameters", "low", "high"))]
        for key, each in told.items()
    ]
    return Table("variance", translated("What part of the spread of each target's value comes of the parameters"), [
        *worded(translated("id"), translated("target")), Column(translated("share of the variance")),
        Column(translated("95 % interval"), span=2),
    ], rows, [translated("The rest is chance. An estimate of a share near zero may fall below zero.")])  # fmt: skip


# ---- what was assumed


def assumed(subject: Subject, lang: Lang) -> Section:
    parts: list[Part | None] = [
        grades_table(subject.plan, lang), weakest(subject.plan, lang), sources(subject.plan),
        settings(subject.plan, lang), Remarks(said) if (said := subject.remarks(lang)) else None,
    ]  # fmt: skip
    return Section("assumed", translated("What was assumed"), present(*parts))


def components(arm: Arm) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Parts of levers that are switched on, with their grades."""
    for rows in arm.table.values():
        if isinstance(rows, Mapping):
            for key, row in rows.items():
                if isinstance(row, Mapping) and "grade" in row and row.get("on", True):
                    yield str(key), row


def grades_table(arm: Arm, lang: Lang) -> Table | None:
    count = Counter(str(row["grade"]) for _, row in components(arm))
    rows: list[list[Cell]] = [
        [grade, translated(GRADES[grade]) if grade in GRADES else "", whole(count[grade], f"grades/{grade}/count"),
         share(count[grade] / count.total(), f"grades/{grade}/share", lang)]
        for grade in sorted(count)
    ]  # fmt: skip
    return Table("grades", translated("What the effects of levers rest on: components by grade of evidence"), [
        Column(translated("grade"), "text"), Column(translated("evidence"), "text"), Column(translated("components")),
        Column(translated("share")),
    ], rows) if rows else None  # fmt: skip


def weakest(arm: Arm, lang: Lang) -> Table | None:
    """What rests on judgement alone, with what it says of itself."""
    worst = max((str(row["grade"]) for _, row in components(arm)), default="")
    names = key_names(arm.data, "lever", lang) if "lever" in arm.data.dims else {}
    rows: list[list[Cell]] = [
        [names.get(str(row.get("lever")), str(row.get("lever"))), str(row.get("name_zh" if lang == "zh" else "name")
                                                                      or key), translated(str(row.get("source") or ""))]
        for key, row in components(arm) if row["grade"] == worst and worst in ("C", "D")
    ]  # fmt: skip
    return Table("weakest", translated("The weakest evidence: components of grade {grade}", grade=worst), [
        *worded(translated("lever"), translated("component"), translated("source")),
    ], rows) if rows else None  # fmt: skip


def rows_with_source(tables: Mapping[str, Any]) -> Iterator[str]:
    for rows in tables.values():
        if isinstance(rows, Mapping):
            yield from (str(row["source"]) for row in rows.values() if isinstance(row, Mapping) and row.get("source"))


def sources(arm: Arm) -> Text | None:
    told = list(rows_with_source(arm.table))
    if not told:
        return None
    guessed = sum(JUDGED in each for each in told)
    return Text(translated(
        "Of {n} rows of the scenario that name a source, {guessed} rest on judgement at least in part.", n=len(told),
        guessed=guessed,
    ))  # fmt: skip


def settings(arm: Arm, lang: Lang) -> Table | None:
    """What a reader would ask first: the path of the economy, the years, how costs are valued."""
    told, rows = arm.table, []
    scenario, path = told.get("scenario", {}), {}
    path = told.get("macro", {}).get(scenario.get("macro"), {})
    if path:
        rows.append([translated("path of the national economy"), str(path.get("name_zh" if lang == "zh" else "name")),
                     translated(str(path.get("source") or ""))])  # fmt: skip
    valued = told.get("appraisal", {})
    for key, name in (("discount_rate", translated("social discount rate, a year")),
                      ("excess_burden", translated("excess burden of a unit of public cost")),
                      ("years", translated("years in which costs and gains count"))):  # fmt: skip
        if key in valued:
            rows.append([name, f"{valued[key]:g}", f"appraisal.{key}"])
    return Table("settings", translated("Settings that the numbers hang on"), [
        *worded(translated("setting"), translated("value"), translated("source")),
    ], rows) if rows else None  # fmt: skip


# ---- how it was fitted


def fitted(subject: Subject, lang: Lang) -> Section:
    arm = subject.plan
    joint = jointly_drawn(arm.data)
    if not joint:
        return Section("fitted", translated("How it was fitted"), [Text(translated(
            "Nothing was fitted: every uncertain parameter is drawn from the distribution that the scenario gives it, "
            "or held at its median."
        ))])  # fmt: skip
    lead = Text(translated(
        "{n} parameters come from a calibration (jiju calibrate), which kept the joint draws that agree with its "
        "moments and published facts about firms; the others from their own distributions. What the data left open "
        "stays open in the draws below.", n=joint,
    ))  # fmt: skip
    return Section("fitted", translated("How it was fitted"), present(lead, posterior(arm, lang)))


def posterior(arm: Arm, lang: Lang) -> Table | None:
    """Each fitted parameter as it was drawn in these replicates; those that move together by the first of them."""
    draws = parameter_draws(arm.data, arm.key)
    rows: list[list[Cell]] = []
    for row in arm.table.get("joint", {}).values():
        key = next((str(each) for each in row.get("keys", []) if str(each) in draws.columns), None)
        if key is None:
            continue
        told = zip(("q05", "q50", "q95"), np.nanquantile(draws[key].to_numpy(float), [0.05, 0.5, 0.95]), strict=True)
        count = len(row["keys"])
        rows.append([
            str(row.get("name_zh" if lang == "zh" else "name") or key), key if count == 1 else f"{key} (+{count - 1})",
            *(plain(float(value), f"posterior/{key}/{part}") for part, value in told),
        ])  # fmt: skip
    return Table("posterior", translated("Fitted parameters as these replicates drew them"), [
        Column(translated("parameter"), "text"), Column(translated("key"), "text"), Column("5 %"), Column("50 %"),
        Column("95 %"),
    ], rows) if rows else None  # fmt: skip

