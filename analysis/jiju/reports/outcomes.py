"""What comes of it: targets, industries, places."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from jiju.labels import unit_name
from jiju.languages import Lang, translated
from jiju.reports.content import Cell, Column, Number, Part, Remarks, Section, Table, Text, plain, share, worded
from jiju.reports.figures import Drawer
from jiju.reports.front_page import Scale, chances, name_of_target, number_of, wanted
from jiju.reports.subject import Arm, Subject
from jiju.reports.tables import along, of_city

CITY = ("output", "sales", "value_added", "all_industry_value_added", "investment", "employment", "firms", "research")


def targets(subject: Subject, draw: Drawer, lang: Lang) -> Section:
    parts: list[Part | None] = [
        Text(translated(
            "A target is met in a replicate where its value in the target's year reaches what is wanted. The chance is "
            "the share of replicates that meet it."
        )),
        draw.targets(), values_table(subject, lang), chances_table(subject, lang), groups_table(subject, lang),
        others_table(subject, lang), draw.fan(),
    ]  # fmt: skip
    said = [str(each["text_zh" if lang == "zh" else "text"]) for each in subject.plan.summary.get("warnings") or []]
    return Section("targets", translated("Targets"), present(*parts, Remarks(said) if said else None))


def present(*parts: Part | None) -> list[Part]:
    return [part for part in parts if part is not None]


def values_table(subject: Subject, lang: Lang) -> Table | None:
    rows: list[list[Cell]] = []
    for key, told in subject.plan.targets.items():
        place = f"plan/targets/{key}"
        rows.append([
            key, name_of_target(told, lang), unit_name(str(told["unit"]), lang) or "–",
            wanted(told, f"{place}/wanted", Scale(1.0, "")),
            *(plain(number_of(told[f"p{level}"]), f"{place}/q{level:02d}") for level in (5, 50, 95)),
            gap(told, f"{place}/gap", lang), share(number_of(told["expected_shortfall"]), f"{place}/shortfall", lang),
            year(told["year"]["p50"], f"{place}/year"),
        ])  # fmt: skip
    if not rows:
        return None
    return Table("targets-values", translated("What each target comes to in {plan}", plan=subject.names(lang)[1]), [
        Column(translated("id"), "text"), Column(translated("target"), "text"), Column(translated("unit"), "text"),
        Column(translated("wanted")), Column("5 %"), Column("50 %"), Column("95 %"),
        Column(translated("gap of the median")), Column(translated("missing on average")), Column(translated("met in")),
    ], rows, [translated(
        "5, 50, 95 %: below these lie so many of the replicates. Met in: the median year from which the target is met, "
        "after the last year at that year's growth; ∞: in more than half of the replicates never."
    )])  # fmt: skip


def gap(told: Mapping[str, Any], key: str, lang: Lang) -> Number:
    return share(number_of(told["gap"]), key, lang, sign=True)


def year(value: float | None, key: str) -> Number:
    """Infinite where the target is never met."""
    if value is None:
        return Number(math.inf, "∞", key)
    return Number(value, f"{value:.0f}", key)


def chances_table(subject: Subject, lang: Lang) -> Table | None:
    changes = subject.target_changes
    rows: list[list[Cell]] = []
    alone = not changes
    for key, told in subject.plan.targets.items():
        cells: list[Cell] = [key, name_of_target(told, lang)]
        for whose, arm in (("base", subject.base), ("plan", subject.plan)):
            if arm is None or (alone and whose == "base"):
                continue
            found = chances(arm.targets[key]) if key in arm.targets else (math.nan,) * 3
            cells += [share(value, f"{whose}/targets/{key}/{part}", lang)
                      for part, value in zip(("probability", "low", "high"), found, strict=True)]  # fmt: skip
        if not alone:
            row = changes.get(key, {})  # of a target that the base does not have nothing is known
            cells += [points(float(row.get(part, math.nan)), f"difference/targets/{key}/{part}")
                      for part in ("difference", "low", "high")]  # fmt: skip
            cells.append("●" if row.get("measurable") else "")
        rows.append(cells)
    if not rows:
        return None
    base, plan = subject.names(lang)
    interval = Column(translated("95 % interval"), span=2)
    before = [] if alone else [Column(base), interval]
    columns = [*worded(translated("id"), translated("target")), *before, Column(plan), interval]
    notes = [translated("Intervals are Wilson's.")]
    if not alone:
        columns += [Column(translated("difference in points")), interval, Column(translated("stands out"), "text")]
        notes = [translated(
            "Intervals are Wilson's; of differences, Tango's for pairs of replicates that share their draws. ● stands "
            "out among all targets: of such marks at most 5 % are false (Benjamini and Hochberg 1995)."
        )]  # fmt: skip
    return Table("targets-chances", translated("How likely each target is met"), columns, rows, notes)


def points(value: float, key: str) -> Number:
    """A difference of chances, in percentage points."""
    shown = "–" if math.isnan(value) else f"{100 * value:+.1f}".replace("-", "−")
    return Number(value, shown, key)


def groups_table(subject: Subject, lang: Lang) -> Table | None:
    rows: list[list[Cell]] = []
    for group in subject.plan.summary.get("groups") or []:
        place = f"plan/groups/{group['key']}"
        ends = group["interval"] or {"low": math.nan, "high": math.nan}
        rows.append([
            str(group["name_zh" if lang == "zh" else "name"]), str(group["targets"]),
            share(float(group["probability"]), f"{place}/probability", lang),
            share(ends["low"], f"{place}/low", lang), share(ends["high"], f"{place}/high", lang),
        ])  # fmt: skip
    return Table("targets-groups", translated("All of several targets at once"), [
        Column(translated("all of"), "text"), Column(translated("targets"), "text"), Column(translated("chance")),
        Column(translated("95 % interval"), span=2),
    ], rows) if rows else None  # fmt: skip


def others_table(subject: Subject, lang: Lang) -> Table | None:
    """The chances in every scenario, where the results hold more than base and plan."""
    if len(subject.arms) < 3:
        return None
    rows: list[list[Cell]] = []
    for key, told in subject.plan.targets.items():
        rows.append([key, name_of_target(told, lang), *(
            share(chances(arm.targets[key])[0] if key in arm.targets else math.nan,
                  f"arms/{place}/targets/{key}/probability", lang)
            for place, arm in enumerate(subject.arms)
        )])  # fmt: skip
    names = [name_of_arm(arm, lang) for arm in subject.arms]
    return Table("targets-arms", translated("Chances in every scenario of the results"), [
        Column(translated("id"), "text"), Column(translated("target"), "text"), *map(Column, names),
    ], rows)  # fmt: skip


def name_of_arm(arm: Arm, lang: Lang) -> str:
    return f"{arm.summary['name_zh' if lang == 'zh' else 'name']} ({arm.key})"


# ---- industries and places


def industries(subject: Subject, draw: Drawer, lang: Lang) -> Section:
    parts: list[Part | None] = [
        of_city(subject, "city", translated("The city in the last year"), CITY, lang),
        along(subject, "industry/output", "output", "industry", lang), draw.forest("industry", "output"),
        along(subject, "industry/value_added", "value_added", "industry", lang),
        along(subject, "industry/employment", "employment", "industry", lang), draw.difference_fan("output"),
    ]  # fmt: skip
    return Section("industries", translated("Industries"), present(*parts))


def places(subject: Subject, draw: Drawer, lang: Lang) -> Section:
    money = unit_name(str(subject.plan.data.attrs.get("money_unit", "")), lang)
    lead = Text(translated(
        "Places are where firms are registered; amounts are at the prices of their years ({money} where they are "
        "money).", money=money,
    )) if money else None  # fmt: skip
    parts: list[Part | None] = [
        lead, along(subject, "place/place_output", "place_output", "place", lang), draw.forest("place", "place_output"),
        along(subject, "place/place_employment", "place_employment", "place", lang),
        along(subject, "cluster/output", "output", "cluster", lang), draw.map(),
    ]  # fmt: skip
    found = present(*parts)
    if len(found) == (lead is not None):
        found.append(Text(translated("These results are not kept by place or cluster.")))
    return Section("places", translated("Places and clusters"), found)
