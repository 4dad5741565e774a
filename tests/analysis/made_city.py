"""A city of three levers whose effects are known: what `run` would answer, without a model.

Output is chance, plus 6 for the fund, 4 for credit, 2 more for both together, and 0 for land; they cost 3, 1 and 0 a
year. Value added is a quarter of output; land takes 2 a year from the rest of industry. Prices double in the second
year, and a year is discounted by a fifth.
"""

import numpy as np

from made_results import YEARS, results

CHANCE = np.random.default_rng(4).normal(90, 10, size=25)
NAMES = {"fund": ("6a", "Fund", "基金"), "credit": ("6c", "Credit", "信贷"), "land": ("7c", "Land", "土地")}
NAMES_OF = list(NAMES)
COSTS = np.array([3.0, 1.0, 0.0])

APPRAISAL = """
[appraisal]
discount_rate = 0.25
excess_burden = 0.25
production_taxes = 0.15
years = 30
"""

# A year, by lever: of the fund a third buys services and 0.5 are refunds, credit loses all of its money on loans.
BOOKS = {
    "lever_services": [1.0, 1.0, 0.0], "lever_forgone": [0.5, 0.0, 0.0], "lever_loan_cost": [0.0, 1.0, 0.0],
    "lever_administration": [0.2, 0.1, 0.1], "lever_land_loss": [0.0, 0.0, 2.0],
}  # fmt: skip

# A year, of the city without levers, and what each lever adds.
CITY = {
    "research": (5.0, [0.4, 0.0, 0.0]), "income_tax": (7.0, [0.0, 0.0, 0.0]), "tax_relief": (1.0, [0.3, 0.0, 0.0]),
    "plants": (50.0, [0.0, 4.0, 0.0]), "plant_wear": (5.0, [0.0, 0.4, 0.0]),
    "employment": (1000.0, [10.0, 0.0, 0.0]), "rest_employment": (500.0, [0.0, 0.0, -5.0]),
}  # fmt: skip


def levers_on(arm):
    """Which levers an arm has: the plan's three except those switched off, none in the base."""
    if arm.scenario == "base":
        return set()
    return {key for key in NAMES if arm.settings.get(f"levers.{key}.on", True)}


def output_of(on):
    return 6 * ("fund" in on) + 4 * ("credit" in on) + 2 * ({"fund", "credit"} <= on)


def table_of(arm):
    """The arm's levers, as its effective scenario lists them."""
    on = levers_on(arm)
    rows = []
    for key, (number, name, name_zh) in NAMES.items():
        budget = 0 if arm.scenario == "base" else 1
        switch = str(key in on or arm.scenario == "base").lower()
        grade = "D" if key == "land" else "B"
        section = "四(六)" if number.startswith("6") else "四(七)"
        rows.append(f'[levers.{key}]\nid = "{number}"\nname = "{name}"\nname_zh = "{name_zh}"\n'
                    f'section = "{section}"\n'
                    f'budget = {budget}\non = {switch}\n'
                    f'[responses.{key}_works]\nlever = "{key}"\ngrade = "{grade}"\non = true\n')
    return "".join(rows)


def on_off(on):
    return np.array([[float(key in levers) for key in NAMES] for levers in on])


def city_of(data, on):
    """What an appraisal reads of the city besides the books of its levers."""
    over = ("scenario", "replicate", "year")
    shape = tuple(data.sizes[dim] for dim in over)

    def by_year(values, unit="1e8 CNY", method="sum"):
        return over, np.broadcast_to(values, shape), {"units": unit, "cell_methods": f"year: {method}"}

    found = {}
    for name, (without, more) in CITY.items():
        unit, method = ("person", "point") if "employment" in name else ("1e8 CNY", "sum")
        found[name] = by_year((without + on_off(on) @ np.array(more))[:, None, None], unit, method)
    gross = 0.25 * data["output"]
    rest = 100 - 2 * on_off(on)[:, NAMES_OF.index("land")]
    everyone = gross.sum(("industry", "cluster")).values + rest[:, None, None]
    return found | {
        "value_added": gross.assign_attrs(data["output"].attrs),
        "all_industry_value_added": by_year(everyone),
        "price_level": by_year(np.array([1.0, 2.0]), "1", "mean"),
    }


def run(arms):
    on = [levers_on(arm) for arm in arms]
    data = results({f"arm{k}": CHANCE + output_of(levers) for k, levers in enumerate(on)})
    texts = [str(text) + APPRAISAL + table_of(arm) for text, arm in zip(data.scenario_toml.values, arms, strict=True)]
    spent = np.array([[key in levers for key in NAMES] for levers in on]) * COSTS
    money = np.broadcast_to(spent[:, None, None, :], (len(arms), len(CHANCE), len(YEARS), len(NAMES)))
    names = {language: [names[place] for names in NAMES.values()] for place, language in ((1, ""), (2, "_zh"))}
    flow = {"units": "1e8 CNY", "cell_methods": "year: sum"}
    ledgers = {name: money * 0 + on_off(on)[:, None, None, :] * np.array(each) for name, each in BOOKS.items()}
    return data.assign(
        {name: (("scenario", "replicate", "year", "lever"), each, flow)
         for name, each in {"lever_money": money, **ledgers}.items()} | city_of(data, on)
    ).assign_coords(
        scenario_toml=("scenario", texts), lever=list(NAMES),
        **{f"lever_name{language}": ("lever", words) for language, words in names.items()},
    )
