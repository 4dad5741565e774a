"""A city of three levers whose effects are known: what `run` would answer, without a model.

Output is chance, plus 6 for the fund, 4 for credit, 2 more for both together, and 0 for land; they cost 3, 1 and 0 a
year.
"""

import numpy as np

from made_results import YEARS, results

CHANCE = np.random.default_rng(4).normal(90, 10, size=25)
NAMES = {"fund": ("6a", "Fund", "基金"), "credit": ("6c", "Credit", "信贷"), "land": ("7c", "Land", "土地")}
COSTS = np.array([3.0, 1.0, 0.0])


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
        rows.append(f'[levers.{key}]\nid = "{number}"\nname = "{name}"\nname_zh = "{name_zh}"\n'
                    f'grade = "{"D" if key == "land" else "B"}"\nbudget = {budget}\non = {switch}\n')
    return "".join(rows)


def run(arms):
    on = [levers_on(arm) for arm in arms]
    data = results({f"arm{k}": CHANCE + output_of(levers) for k, levers in enumerate(on)})
    texts = [str(text) + table_of(arm) for text, arm in zip(data.scenario_toml.values, arms, strict=True)]
    spent = np.array([[key in levers for key in NAMES] for levers in on]) * COSTS
    money = np.broadcast_to(spent[:, None, None, :], (len(arms), len(CHANCE), len(YEARS), len(NAMES)))
    names = {language: [names[place] for names in NAMES.values()] for place, language in ((1, ""), (2, "_zh"))}
    return data.assign(
        lever_money=(
            ("scenario", "replicate", "year", "lever"), money, {"units": "1e8 CNY", "cell_methods": "year: sum"}
        ),
    ).assign_coords(
        scenario_toml=("scenario", texts), lever=list(NAMES),
        **{f"lever_name{language}": ("lever", words) for language, words in names.items()},
    )
