"""What is done and what becomes of it: levers with their money and effects, and who wins and who loses."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd
from markupsafe import Markup

from jiju.inputs.tables import grades_of
from jiju.labels import money_of, unit_name, variable_name
from jiju.languages import Lang, translated
from jiju.reports.content import (
    Cell,
    Column,
    Part,
    Remarks,
    Section,
    Table,
    Text,
    plain,
    sentence,
    share,
    signed,
    whole,
    worded,
)
from jiju.reports.figures import Drawer
from jiju.reports.outcomes import present
from jiju.reports.subject import CONFIDENCE, Arm, Subject, names_along, spread
from jiju.reports.tables import along, of_city, share_of_change
from jiju.results.shared_purses import ALLOTTED, ASKED, purses
from jiju.statistics.clusters import Clusters, interval_of, mean_of
from jiju.studies.ablation_tables import ALONE, REMOVED, Ablation
from jiju.studies.appraisal import OF_LEVERS, has_books, lever_accounts
from jiju.studies.attribution import Attribution
from jiju.studies.comparison_costs import ACCOUNTS
from jiju.studies.comparison_tables import EFFECTS
from jiju.studies.return_tables import RATIO_NAMES, how_valued, name_of

OF_LEVER = ("public_cost", "budget", "forgone", "administration", "land")


def levers(subject: Subject, draw: Drawer, lang: Lang, ablation: Ablation | pd.DataFrame | None,
           attribution: Attribution | None) -> Section:  # fmt: skip
    parts: list[Part | None] = [what_is_done(subject, lang), paid(subject, lang), short(subject, lang),
                                *accounts(subject, lang)]  # fmt: skip
    if isinstance(ablation, Ablation):
        parts.append(draw.ablation(ablation))
    if ablation is not None:
        parts.append(effects(ablation, lang))
    if attribution is not None:
        parts += [draw.attribution(attribution), shares(attribution, lang)]
    if ablation is None and attribution is None:
        parts.append(Text(translated(
            "What each lever does by itself is not in these results: jiju ablate simulates each lever alone and each "
            "removed, and its table can be added here (--ablation effects.csv)."
        )))  # fmt: skip
    return Section("levers", translated("Levers, costs and gains"), present(*parts))


def acting(arm: Arm) -> dict[str, Mapping[str, object]]:
    """The levers of a scenario that are switched on and given something, or of which the results tell money."""
    rows = {str(key): row for key, row in arm.table.get("levers", {}).items() if row.get("on", True)}
    money = spread(arm, "lever_money", "lever", over_all=True)
    dosed = ("budget", "loans", "land", "persons", "effort")
    return {
        key: row for key, row in rows.items()
        if any(row.get(name) not in (None, 0, 0.0) for name in dosed) or (key in money.index and money["mean"][key] > 0)
    }  # fmt: skip


def what_is_done(subject: Subject, lang: Lang) -> Table | None:
    names = names_along(subject.plan, "lever", lang) if "lever" in subject.plan.data.dims else {}
    rows: list[list[Cell]] = []
    for key, row in acting(subject.plan).items():
        grades = grades_of(subject.plan.table, key).replace("none", "–")
        rows.append([str(row.get("id") or key), names.get(key, key), str(row.get("section") or ""), grades,
                     translated(str(row.get("source") or ""))])  # fmt: skip
    return Table("levers-done", translated("Levers that act in {plan}", plan=subject.names(lang)[1]), [
        *worded(translated("id"), translated("lever"), translated("section of the plan"),
                translated("grade of evidence"), translated("evidence")),
    ], rows, [translated(
        "Grades are the best and the worst among the components of a lever: A experiment, B several observational "
        "studies, C one or indirect, D judgement."
    )]) if rows else None  # fmt: skip


def paid(subject: Subject, lang: Lang) -> Table | None:
    """What each lever's own books say of the plan."""
    data = subject.plan.data
    if not has_books(data) or any(name not in data for name in OF_LEVERS):
        return None
    told, names = lever_accounts(data).isel(scenario=0), names_along(subject.plan, "lever", lang)
    clusters = Clusters.along(data[["lever_money"]])
    unit = money_of(data)
    rows: list[list[Cell]] = []
    for key in map(str, told["lever"].values):
        values = {name: told[name].sel(lever=key).values for name in OF_LEVER}
        if not any(float(np.nanmax(np.abs(each))) > 0 for each in values.values()):
            continue
        found = mean_of(values["public_cost"], clusters)
        low, high = interval_of(found, CONFIDENCE)
        place = f"plan/levers/{key}"
        rows.append([
            names.get(key, key), plain(float(found.mean), f"{place}/public_cost"),
            plain(float(low), f"{place}/public_cost/low"), plain(float(high), f"{place}/public_cost/high"),
            *(plain(float(np.nanmean(values[name])), f"{place}/{name}") for name in OF_LEVER[1:]),
        ])  # fmt: skip
    rows.sort(key=lambda row: -row[1].value)  # type: ignore[union-attr]
    if not rows:
        return None
    shown = unit_name(unit, lang)
    return Table("levers-paid", translated("What each lever costs in all years, present value, {unit}", unit=shown), [
        Column(translated("lever"), "text"), Column(name_of("public_cost", unit, lang)),
        Column(translated("95 % interval"), span=2), *(Column(name_of(name, unit, lang)) for name in OF_LEVER[1:]),
    ], rows)  # fmt: skip


def short(subject: Subject, lang: Lang) -> Table | None:
    """What levers asked of the purses that they share, and what they were given."""
    data = subject.plan.data
    if any(name not in data.variables for name in (ASKED, ALLOTTED)):
        return None
    frame = purses(data)
    rows: list[list[Cell]] = []
    told = subject.plan.table.get("purses", {})
    for row in frame.to_dict("records"):
        place = f"plan/purses/{row['lever']}"
        purse = told.get(row["purse"], {})
        rows.append([
            str(purse.get("name_zh" if lang == "zh" else "name") or row["purse"]),
            str(row["name_zh" if lang == "zh" else "name"]), plain(row["asked"], f"{place}/asked"),
            plain(row["allotted"], f"{place}/given"), share(row["share"], f"{place}/share", lang),
            share(row["cut"], f"{place}/cut", lang),
        ])  # fmt: skip
    return Table("levers-purses", translated("Asked of a shared purse, and given: all years, {unit}",
                                             unit=unit_name(money_of(data), lang)), [
        Column(translated("purse"), "text"), Column(translated("lever"), "text"), Column(translated("asked")),
        Column(translated("given")), Column(translated("share given")),
        Column(translated("replicates in which it was cut")),
    ], rows) if rows else None  # fmt: skip


def accounts(subject: Subject, lang: Lang) -> list[Part]:
    """Costs and gains of all years, and what they return."""
    if not subject.costs or subject.base is None:
        return []
    unit = money_of(subject.base.data)
    base, plan = subject.names(lang)
    rows: list[list[Cell]] = []
    for account in ACCOUNTS:
        row = subject.costs[account]
        place = f"costs/{account}"
        levels: list[Cell] = ["–", "–"] if account == "net_value" else [
            plain(row["base"], f"{place}/base"), plain(row["other"], f"{place}/plan")]  # fmt: skip
        rows.append([name_of(account, unit, lang), unit_name(str(row["unit"]), lang), *levels, *(
            signed(row[part], f"{place}/{part}") for part in ("difference", "low", "high"))])  # fmt: skip
    interval = Column(translated("95 % interval"), span=2)
    found: list[Part] = [Table("costs", translated("Costs and gains of all years"), [
        Column(translated("account"), "text"), Column(translated("unit"), "text"), Column(base), Column(plan),
        Column(translated("difference")), interval,
    ], rows)]  # fmt: skip
    ratios: list[list[Cell]] = []
    for name in RATIO_NAMES if subject.returns else ():
        value, low, high = (float(subject.returns[f"{name}{part}"]) for part in ("", "_low", "_high"))
        if not math.isnan(value):
            ratios.append([name_of(name, unit, lang), plain(value, f"returns/{name}"),
                           plain(low, f"returns/{name}/low"), plain(high, f"returns/{name}/high")])  # fmt: skip
    if ratios:
        found.append(Table("returns", translated("What costs have bought"), [
            Column(translated("ratio"), "text"), Column(translated("value")), interval], ratios))  # fmt: skip
    assert subject.comparison is not None
    return [*found, Text(how_valued(subject.comparison.books.valued, lang))]


def effects(ablation: Ablation | pd.DataFrame, lang: Lang) -> Table:
    """What each lever does to the outcome of the ablation, alone and removed."""
    frame = ablation.effects if isinstance(ablation, Ablation) else ablation
    outcome = ablation.outcome if isinstance(ablation, Ablation) else str(frame["outcome"].iloc[0])
    own = frame[frame["outcome"] == outcome].set_index(["lever", "way"])
    if isinstance(ablation, Ablation):
        named = ablation.levers.set_index("lever")["name_zh" if lang == "zh" else "name"].to_dict()
    else:
        named = {}
    rows: list[list[Cell]] = []
    for lever in dict.fromkeys(frame["lever"]):
        cells: list[Cell] = [str(named.get(lever, lever))]
        for way in (ALONE, REMOVED):
            row = own.loc[(lever, way)]
            place = f"ablation/{lever}/{way.replace(' ', '-')}"
            cells += [signed(float(row["effect"]), f"{place}/effect"), signed(float(row["low"]), f"{place}/low"),
                      signed(float(row["high"]), f"{place}/high"), "●" if bool(row["measurable"]) else ""]  # fmt: skip
        rows.append(cells)
    first = own.iloc[0]
    name, unit = str(first["name_zh" if lang == "zh" else "name"]), unit_name(str(first["unit"]), lang)
    interval, stands = Column(translated("95 % interval"), span=2), Column(translated("stands out"), "text")
    return Table("ablation", translated("What each lever does by itself: {what}", what=f"{name} {unit}".strip()), [
        Column(translated("lever"), "text"), Column(translated("alone on the base")), interval, stands,
        Column(translated("within the plan")), interval, stands,
    ], rows, [translated("Of runs of their own, by jiju ablate; ● stands out among all levers.")])  # fmt: skip


def shares(attribution: Attribution, lang: Lang) -> Table:
    frame = attribution.table
    rows: list[list[Cell]] = [
        [str(row["name_zh" if lang == "zh" else "name"]), *(
            signed(float(row[part]), f"attribution/{row['lever']}/{part}") for part in ("value", "low", "high"))]
        for row in frame.to_dict("records")
    ]  # fmt: skip
    return Table("attribution", translated("What each lever contributes, whatever the others do: {what}",
                                           what=variable_name(attribution.values, lang)), [
        Column(translated("lever"), "text"), Column(translated("Shapley value")),
        Column(translated("95 % interval"), span=2),
    ], rows)  # fmt: skip


# ---- winners and losers


def winners(subject: Subject, lang: Lang) -> Section:
    parts: list[Part | None] = []
    if subject.base is None:
        parts.append(Text(translated(
            "Who wins and who loses is a difference from a base, which these results do not hold. Below is how the "
            "plan itself is spread."
        )))  # fmt: skip
    else:
        parts += [who(subject, lang), of_city(subject, "sectors", translated(
            "Emerging industries and the rest of the city's industry, last year"
        ), ("value_added", "all_industry_value_added", "rest_output", "employment", "rest_employment", "wages",
            "profits", "income_tax"), lang, EFFECTS[lang])]  # fmt: skip
    parts += [
        along(subject, "tier/tier_sales", "tier_sales", "tier", lang),
        along(subject, "origin/entries", "entries", "origin", lang, over_all=True), received(subject, lang),
    ]  # fmt: skip
    return Section("winners", translated("Who wins and who loses"), present(*parts))


def who(subject: Subject, lang: Lang) -> Remarks | None:
    """By kind of row: what gains surely, and what loses surely, most first."""
    found: list[str | Markup] = []
    kinds = (
        ("industry", "output", translated("Industries by output")),
        ("place", "place_output", translated("Places by output")),
        ("cluster", "output", translated("Clusters by output")),
        ("tier", "tier_sales", translated("Tiers of firms by sales")),
    )  # fmt: skip
    for dim, variable, title in kinds:
        frame = subject.changes(variable, dim)
        if frame.empty:
            continue
        frame = frame[(frame["base"] != 0) | (frame["other"] != 0)]
        names = names_along(subject.plan, dim, lang)
        gain, loss = frame[frame["low"] > 0], frame[frame["high"] < 0]

        def told(rows: pd.DataFrame, dim: str = dim, names: Mapping[str, str] = names) -> Markup:
            order = rows["difference"].abs().sort_values(ascending=False).index[:3]
            each = [sentence("{name} {change}", name=names[str(rows.loc[at, dim])], change=share_of_change(
                float(rows.loc[at, "relative"]), f"who/{dim}/{rows.loc[at, dim]}", lang)) for at in order]  # fmt: skip
            return Markup("、" if lang == "zh" else ", ").join(each) if each else Markup(translated("none"))

        found.append(sentence(translated(
            "{title}: {up} of {n} gain (most: {gainers}) and {down} lose (most: {losers}), each by its own 95 % "
            "interval."
        ), title=title, up=whole(len(gain), f"who/{dim}/up"), down=whole(len(loss), f"who/{dim}/down"),
            n=whole(len(frame), f"who/{dim}/all"), gainers=told(gain),
            losers=told(loss)))  # fmt: skip
    rest = rest_of_industry(subject, lang)
    return Remarks([*found, *([rest] if rest else [])]) if found else None


def rest_of_industry(subject: Subject, lang: Lang) -> Markup | None:
    """Who pays for it by having less land, workers and credit: the industry that no lever supports."""
    frames = {name: subject.changes(name) for name in ("rest_output", "rest_employment")}
    if any(frame.empty for frame in frames.values()):
        return None
    output, jobs = (share_of_change(float(frame["relative"].iloc[0]), f"who/rest/{name}", lang)
                    for name, frame in frames.items())  # fmt: skip
    return sentence(translated(
        "The rest of the city's industry, which no lever supports: output {output}, workers {jobs}."
    ), output=output, jobs=jobs)  # fmt: skip


def received(subject: Subject, lang: Lang) -> Table | None:
    """Public money by who received it, and what of it was lost on the way."""
    parts = {name: spread(subject.plan, name, "recipient", over_all=True)
             for name in ("lever_money", "lever_received", "lever_leaked")}  # fmt: skip
    if any(part.empty for part in parts.values()):
        return None
    names = names_along(subject.plan, "recipient", lang)
    rows: list[list[Cell]] = [
        [names.get(key, key), *(plain(float(part.loc[key, "mean"]), f"plan/recipient/{key}/{name}")
                                for name, part in parts.items())]
        for key in parts["lever_money"].index if parts["lever_money"].loc[key, "mean"] != 0
    ]  # fmt: skip
    heads = [Column(variable_name(subject.plan.data[name], lang)) for name in parts]
    return Table("recipients", translated("Who receives the money: all years, at current prices, {unit}",
                                          unit=unit_name(money_of(subject.plan.data), lang)),
                 [Column(translated("recipient"), "text"), *heads], rows) if rows else None  # fmt: skip
