"""Costs and gains as people read them: columns of `jiju ablate` and `attribute`, rows of `jiju compare`."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from jiju.labels import currency_of, unit_name
from jiju.languages import Lang
from jiju.printing import text_tables
from jiju.studies.appraisal import NAMES, Appraisal
from jiju.studies.returns import MONEY_UNIT

# Headings of ratios and of the probability; those of accounts are in appraisal.NAMES.
RATIO_NAMES = {
    "per_public": ("Value added for each unit of public cost", "每单位公共成本的增加值"),
    "per_social": ("Value added for each unit of social cost", "每单位社会成本的增加值"),
    "jobs_per_million": ("Jobs per million {currency} of public cost", "每百万{currency}公共成本的就业"),
    "p_positive": ("Probability that the net present value is above zero", "净现值为正的概率"),
}

# Short headings of wide tables.
COLUMNS = {
    "public_cost": ("public cost", "公共成本"),
    "social_cost": ("social cost", "社会成本"),
    "value_added": ("value added", "增加值"),
    "value_added_end": ("value added, last year", "末年增加值"),
    "per_public": ("for each unit of public cost", "每单位公共成本"),
    "per_social": ("for each unit of social cost", "每单位社会成本"),
    "jobs_per_million": ("jobs per million {currency}", "每百万{currency}就业"),
    "revenue": ("tax that comes back", "税收回流"),
    "net_value": ("net present value", "净现值"),
    "p_positive": ("P(above zero)", "为正的概率"),
}

# Of these the frames have the interval, and wide tables do not.
WITHOUT_INTERVAL = ("public_cost", "social_cost", "revenue")

VALUED = (
    "Costs and gains are of all years, in prices of the base year, discounted at {rate:g} % a year. Public cost is "
    "budget money, tax forgone, losses and interest of loans, and administration. Social cost is services, "
    "administration, land at its alternative use, use of plants, R&D, and {burden:g} for each unit of public cost; "
    "transfers to firms are none. Value added is that of all industry of the city, so what the rest of industry lacks "
    "in land, workers and loans is taken off. Net present value is value added less social cost, land counted once. "
    "Tax that comes back is subtracted nowhere; what lasts beyond the last year counts for nothing. Ratios "
    "stand where the cost is surely above zero (docs/costs.md).",
    "各年金额按基年价格、以{rate:g}%的社会折现率折现。公共成本含预算资金、减免税、贷款损失与贴息、行政成本；"
    "社会成本含公共服务、行政成本、用地机会成本、固定资产占用、企业研发，以及每单位公共成本{burden:g}的超额负担，"
    "对企业的转移支付不计入。增加值为全市工业口径，已扣除其余工业因土地、劳动力、信贷减少的部分。"
    "净现值为增加值减社会成本，用地只计一次。税收回流未从任何成本中扣除，末年之后的收益不计。仅在成本显著为正时给出比值（docs/costs.md）。",
)


def how_valued(valued: Appraisal, lang: Lang) -> str:
    return VALUED[lang == "zh"].format(rate=100 * valued.discount_rate, burden=valued.excess_burden)


def return_columns(rows: Sequence[Mapping[Any, Any]], lang: Lang) -> dict[str, list[str]]:
    """One column a key of COLUMNS, of rows as `returns_of` tells them."""
    money = next((str(row[MONEY_UNIT]) for row in rows), "")
    return {in_currency(names, money, lang): [entry(row, key) for row in rows] for key, names in COLUMNS.items()}


def entry(row: Mapping[Any, Any], key: str) -> str:
    """A number, with its interval where there is one and it is of interest."""
    if math.isnan(row[key]):
        return "–"
    shown = text_tables.number if key in RATIO_NAMES else text_tables.signed
    low, high = row[f"{key}_low"], row[f"{key}_high"]
    if key in WITHOUT_INTERVAL or math.isnan(low):
        return shown(row[key])
    return f"{shown(row[key])} [{shown(low)}, {shown(high)}]"


def name_of(key: str, money: str, lang: Lang) -> str:
    """What an account or ratio is called, of results whose money is in this unit."""
    return in_currency((NAMES | RATIO_NAMES)[key], money, lang)


def in_currency(names: tuple[str, str], money: str, lang: Lang) -> str:
    return names[lang == "zh"].format(currency=unit_name(currency_of(money), lang))
