"""The page for the reader in a hurry: lights of targets, three sentences made of numbers, largest gaps, the money."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

from markupsafe import Markup

from jiju.labels import currency_of, money_in, money_of, unit_name
from jiju.languages import Lang, to_translate, translated
from jiju.reports.content import (
    Cell,
    Column,
    FrontPage,
    Light,
    Number,
    Table,
    exact,
    plain,
    sentence,
    share,
    signed,
    whole,
)
from jiju.reports.subject import Subject
from jiju.studies.appraisal import Appraisal, base_year_of
from jiju.studies.return_tables import name_of

Colour = Literal["likely", "open", "unlikely"]

# Chances in words: Mastrandrea and others 2010, IPCC guidance note on uncertainties ("likely": 66 to 100 %, "about as
# likely as not": 33 to 66 %, "unlikely": 0 to 33 %).
LIKELY, UNLIKELY = 2 / 3, 1 / 3
WORDS: dict[Colour, str] = {
    "likely": to_translate("likely"), "open": to_translate("as likely as not"), "unlikely": to_translate("unlikely"),
}  # fmt: skip
MOST_GAPS = 5
SHORT = 4  # letters of a key that stands beside a name
MONEY = ("public_cost", "social_cost", "value_added", "net_value", "jobs")


def front_page(subject: Subject, lang: Lang) -> FrontPage:
    lights = lights_of(subject, lang)
    money, missing = money_table(subject, lang), []
    if subject.base is None:
        missing.append(translated(
            "One scenario stands alone in these results. What it changes, and at what price, can only be said against "
            "a base: simulate both into one file (jiju run BASE PLAN -o both.h5), or give the base's file first."
        ))
    elif money is None:
        missing.append(translated(
            "These results lack outputs, years or the appraisal that costs are made of, so nothing is said of money."
        ))
    if not lights:
        missing.append(translated("These scenarios have no targets."))
    sentences = (of_targets(subject, lights, lang), of_change(subject, lang), of_money(subject, lang))
    return FrontPage(
        [each for each in sentences if each], of_chance(subject, lang), lights, translated(
            "likely: chance of two thirds or more; unlikely: below one third; as likely as not: between. Shares of the "
            "simulated replicates; a question mark: the 95 % interval reaches into another band."
        ), gaps_table(subject, lang), money, missing,
    )  # fmt: skip


def colour_of(chance: float) -> Colour:
    return "likely" if chance >= LIKELY else "open" if chance >= UNLIKELY else "unlikely"


def chances(told: dict[str, Any]) -> tuple[float, float, float]:
    """Of a target as `jiju show` tells it: the share of replicates that meet it, with Wilson's interval."""
    ends = told["interval"]
    low, high = (ends["low"], ends["high"]) if ends else (None, None)
    return number_of(told["probability"]), number_of(low), number_of(high)


def number_of(value: float | None) -> float:
    """JSON has no NaN."""
    return math.nan if value is None else float(value)


def lights_of(subject: Subject, lang: Lang) -> list[Light]:
    found = []
    before = subject.base.targets if subject.base else {}
    for key, told in subject.plan.targets.items():
        chance, low, high = chances(told)
        colour = colour_of(chance)
        was = None
        if key in before:
            was = share(chances(before[key])[0], f"front/base/targets/{key}/probability", lang)
        found.append(Light(
            key, name_of_target(told, lang), colour, translated(WORDS[colour]),
            colour_of(low) == colour_of(high), share(chance, f"front/plan/targets/{key}/probability", lang), was,
        ))  # fmt: skip
    return found


def name_of_target(told: dict[str, Any], lang: Lang) -> str:
    return str(told["name_zh" if lang == "zh" else "name"])


# ---- three sentences


def of_targets(subject: Subject, lights: list[Light], lang: Lang) -> Markup | None:
    if not lights:
        return None
    count: dict[str, Cell] = {
        colour: whole(sum(light.colour == colour for light in lights), f"front/count/{colour}") for colour in WORDS
    }
    best = max(lights, key=lambda light: light.chance.value)
    _, low, high = chances(subject.plan.targets[best.target])
    place = f"front/best/{best.target}"
    return sentence(
        translated(
            "Of the {n} targets, {plan} is likely to meet {likely}, as likely as not to meet {open}, and unlikely to "
            "meet {unlikely}; the highest probability is {chance} (between {low} and {high}), for {target}."
        ),
        n=whole(len(lights), "front/count/targets"), plan=named(subject.names(lang)[1], lang), **count,
        chance=share(best.chance.value, f"{place}/probability", lang), low=share(low, f"{place}/low", lang),
        high=share(high, f"{place}/high", lang), target=labelled(best.target, best.name),
    )  # fmt: skip


def labelled(key: str, name: str) -> str:
    """A target within a sentence: with its key where that is a number of the plan, as T4."""
    return f"{key} ({name})" if len(key) <= SHORT else name


def named(name: str, lang: Lang) -> Markup:
    """A scenario's name within a sentence."""
    return sentence("“{name}”", name=name)


def of_change(subject: Subject, lang: Lang) -> Markup | None:
    """What the plan moves beyond chance."""
    changes = {key: row for key, row in subject.target_changes.items() if key in subject.plan.targets}
    if not changes:
        return None
    moved = {key: float(row["difference"]) for key, row in changes.items() if row["measurable"]}
    up, down = (sum(sign * change > 0 for change in moved.values()) for sign in (1, -1))
    values: dict[str, Cell] = {
        "base": named(subject.names(lang)[0], lang), "n": whole(len(changes), "front/count/changes"),
        "up": whole(up, "front/count/up"), "down": whole(down, "front/count/down"),
    }  # fmt: skip
    if not moved:
        return sentence(translated(
            "Against {base}, it moves the probability of none of the {n} targets by more than chance among the "
            "replicates explains."
        ), **values)  # fmt: skip
    key = max(moved, key=lambda each: abs(moved[each]))
    row = changes[key]
    values |= {
        "target": labelled(key, name_of_target(subject.plan.targets[key], lang)),
        "before": share(float(row["base"]), f"front/largest/{key}/base", lang),
        "after": share(float(row["other"]), f"front/largest/{key}/plan", lang),
        "rest": whole(len(changes) - len(moved), "front/count/unmoved"),
    }  # fmt: skip
    return sentence(translated(
        "Against {base}, it raises the probability of {up} targets and lowers that of {down} by more than chance "
        "explains, most that of {target}, from {before} to {after}; for the other {rest} no difference "
        "stands out."
    ), **values)  # fmt: skip


def of_money(subject: Subject, lang: Lang) -> Markup | None:
    if subject.base is None or not subject.returns:
        return None
    costs, returns = subject.costs, subject.returns
    data = subject.base.data
    unit = str(costs["public_cost"]["unit"])
    net, gain, positive = costs["net_value"], costs["value_added"], float(returns["p_positive"])
    values: dict[str, Cell] = {
        "cost": amount(float(costs["public_cost"]["difference"]), unit, "front/money/public_cost", lang),
        "gain": amount(float(gain["difference"]), unit, "front/money/value_added", lang, sign=True),
        "net": amount(float(net["difference"]), unit, "front/money/net_value", lang, sign=True),
        **ends_of(net, unit, "net_value", lang), **ends_of(gain, unit, "value_added", lang, "gain_"),
        "n": whole(float(net["n"]), "front/money/replicates"), "year": str(base_year_of(data)),
        "first": str(subject.plan.summary["first_year"]), "last": str(subject.plan.summary["last_year"]),
        "positive": share(positive, "front/money/p_positive", lang),
    }  # fmt: skip
    is_sure = gain["low"] > 0 or gain["high"] < 0  # a ratio to what may be nothing would say more than is known
    if is_sure and not math.isnan(float(returns["per_public"])):
        values["ratio"] = plain(float(returns["per_public"]), "front/money/per_public", 2)
        first = sentence(translated(
            "From {first} to {last} it costs {cost} of public money and changes the value added of the city's industry "
            "by {gain} (between {gain_low} and {gain_high}), {ratio} for each unit spent;"
        ), **values)  # fmt: skip
    else:
        first = sentence(translated(
            "From {first} to {last} it costs {cost} of public money and changes the value added of the city's industry "
            "by {gain} (between {gain_low} and {gain_high});"
        ), **values)  # fmt: skip
    rest = sentence(translated(
        "after all the resources that it uses, the net gain of these years is {net} (between {low} and {high}), and it "
        "is above zero in {positive} of the {n} replicates."
    ), **values) if not math.isnan(positive) else sentence(translated(
        "after all the resources that it uses, the net gain of these years is {net} (between {low} and {high})."
    ), **values)  # fmt: skip
    return first + ("" if lang == "zh" else " ") + rest


def ends_of(row: dict[str, Any], unit: str, account: str, lang: Lang, before: str = "") -> dict[str, Cell]:
    """An interval's ends on the scale of its estimate, whose unit they share."""
    scale = Scale.of(unit, float(row["difference"]), lang)
    return {f"{before}{end}": scale.signed(float(row[end]), f"front/money/{account}/{end}") for end in ("low", "high")}


def of_chance(subject: Subject, lang: Lang) -> Markup:
    return sentence(translated(
        "Every number is a mean or a share over {n} simulated replicates of the years {first} to {last}, each with its "
        "own chance events and its own draw of what is not known. Intervals are of 95 % and say how well so many "
        "replicates know the number, not whether the model is right: on that, see what is assumed."
    ), n=whole(subject.plan.replicates, "front/replicates"), first=str(subject.plan.summary["first_year"]),
       last=str(subject.plan.summary["last_year"]))  # fmt: skip


@dataclass(frozen=True)
class Scale:
    """How numbers of a unit are shown to people who do not count in 1e8: a factor, and the unit that is left."""

    factor: float
    unit: str

    @classmethod
    def of(cls, unit: str, size: float, lang: Lang) -> Scale:
        """For numbers of about this size: money in million or billion, in Chinese in 万 or 亿; all else as it is."""
        money = money_in(unit)
        if not money:
            return cls(1.0, unit_name(unit, lang))
        count, currency = money.rpartition(" ")[0], currency_of(unit)
        factor = float(count) if count else 1.0
        rest = unit[len(money) :]
        if lang == "zh":
            step, word = (1e8, "亿") if abs(size * factor) >= 1e8 else (1e4, "万")
            return cls(factor / step, f"{word}{unit_name(currency + rest, lang)}")
        step, word = (1e9, "billion") if abs(size * factor) >= 1e9 else (1e6, "million")
        return cls(factor / step, f"{word} {currency}{rest}")

    def plain(self, value: float, key: str) -> Number:
        return Number(value, plain(value * self.factor, key).shown, key)

    def signed(self, value: float, key: str) -> Number:
        return Number(value, signed(value * self.factor, key).shown, key)


def amount(value: float, unit: str, key: str, lang: Lang, sign: bool = False) -> Number:
    """Money within a sentence: 6.41 billion CNY, 64.1亿元."""
    scale = Scale.of(unit, value, lang)
    number = scale.signed(value, key) if sign else scale.plain(value, key)
    return Number(value, f"{number.shown}{'' if lang == 'zh' else ' '}{scale.unit}", key)


# ---- gaps and money


def gaps_table(subject: Subject, lang: Lang) -> Table:
    """The targets that are missed by most: what is missing on average, as a share of the target."""
    told = [each for each in subject.plan.targets.values() if each["expected_shortfall"] is not None]
    rows: list[list[Cell]] = []
    for each in sorted(told, key=lambda row: -row["expected_shortfall"])[:MOST_GAPS]:
        place, scale = f"front/gaps/{each['key']}", Scale.of(str(each["unit"]), float(each["value"]), lang)
        rows.append([
            shown_name(each, lang), scale.unit, wanted(each, f"{place}/wanted", scale),
            scale.plain(number_of(each["p50"]), f"{place}/q50"),
            share(each["expected_shortfall"], f"{place}/shortfall", lang),
        ])  # fmt: skip
    return Table("front-gaps", translated("The largest gaps"), [
        Column(translated("target"), "text"), Column(translated("unit"), "text"), Column(translated("wanted")),
        Column(translated("median")),
        Column(translated("missing on average")),
    ], rows, [translated(
        "Missing on average: of what is wanted, over all replicates; those that meet the target count as zero."
    )])  # fmt: skip


def shown_name(told: dict[str, Any], lang: Lang) -> str:
    key, name = str(told["key"]), name_of_target(told, lang)
    return f"{key}  {name}" if len(key) <= SHORT else name


def wanted(told: dict[str, Any], key: str, scale: Scale) -> Number:
    """What a target asks for, with its sign."""
    value = float(told["value"])
    about = "≈" if told["tolerance"] else {"at_most": "≤"}.get(str(told["comparison"]), "≥")
    shown = exact(value * scale.factor, key).shown
    if told["upper"] is not None:
        return Number(value, f"{shown}–{exact(float(told['upper']) * scale.factor, key).shown}", key)
    return Number(value, f"{about} {shown}", key)


def money_table(subject: Subject, lang: Lang) -> Table | None:
    if not subject.costs or subject.base is None:
        return None
    unit = money_of(subject.base.data)
    largest = float(subject.costs["public_cost"]["difference"])
    rows: list[list[Cell]] = []
    for account in MONEY:
        row = subject.costs[account]
        place = f"front/money-table/{account}"
        scale = Scale.of(str(row["unit"]), largest if money_in(str(row["unit"])) else 1.0, lang)
        rows.append([
            name_of(account, unit, lang), scale.unit,
            *(scale.signed(float(row[part]), f"{place}/{part}") for part in ("difference", "low", "high")),
        ])  # fmt: skip
    valued = Appraisal.of(subject.base.data)
    return Table("front-money", translated("The money: plan less base, all years"), [
        Column(translated("account"), "text"), Column(translated("unit"), "text"), Column(translated("difference")),
        Column(translated("95 % interval"), span=2),
    ], rows, [translated(
        "Prices of {year}, discounted at {rate} % a year; jobs are those at the end of the last year.",
        year=base_year_of(subject.base.data), rate=f"{100 * valued.discount_rate:g}",
    )])  # fmt: skip


