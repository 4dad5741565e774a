"""Mistakes in instruments and their components: each is reported at its place, with what would be right."""

import pytest
from jiju_command import REFUSED, jiju

BASE = 'extends = "../shaoxing-2011/status-quo.toml"\n'
RESPONSE = '[responses.trial]\nlever = "platforms"\nchannel = "search"\neffect = 1.1\n'
LEVER = '[levers.trial]\nid = "9a"\nname = "Trial"\nname_zh = "试验"\n'


def treatment(number, dose="budget"):
    return (f'[treatments.trial_{number}]\nlever = "tax"\nshare = 0.01\ndose = "{dose}"\ngain = "search"\n'
            "effect = 0.1\ncost = 0.01\n")  # fmt: skip


def problems(city, text):
    result = jiju("validate", path := city.write(BASE + text))
    assert (result.returncode, result.stdout) == (REFUSED, "")
    return [line.removeprefix(f"{path}:") for line in result.stderr.splitlines()]


@pytest.mark.parametrize(
    "text, problem",
    [
        (RESPONSE.replace("platforms", "platfroms"),
         '3:9: error: responses.trial.lever = "platfroms" is not a key of [levers]; did you mean "platforms"?'),
        (RESPONSE.replace("effect = 1.1", "effect = 0"),
         '5:10: error: "search" is a factor: its effect must be above 0, 1 being none'),
        (RESPONSE.replace("effect = 1.1", "effect = { median = 0, low = -1, high = 1, distribution = \"normal\" }"),
         '5:10: error: "search" is a factor: its effect must be above 0, 1 being none'),
        (RESPONSE.replace("effect = 1.1", "effect = 101"),
         '5:10: error: responses.trial.effect = 101 is above 100, the most for the channel "search" (Search efficiency '
         'of R&D); allowed: 0.01 to 100'),
        (RESPONSE.replace("search", "entrant_efficiency").replace("effect = 1.1", "effect = -271"),
         '5:10: error: responses.trial.effect = -271 is below -3, the least for the channel "entrant_efficiency" '
         '(Efficiency of entrants, in logarithms); allowed: -3 to 3'),
        (RESPONSE.replace("search", "reporting").replace(
            "effect = 1.1", 'effect = { median = 0.1, low = -0.1, high = 0.3, distribution = "normal" }'),
         'error: responses.trial.effect.high = 0.3 is above 0.2, the most for the channel "reporting" (Growth by which '
         'reports outrun output); allowed: -0.2 to 0.2'),
        (RESPONSE.replace("platforms", "tax") + 'dose = "sites"\n',
         '6:8: error: "sites" are counted, but no row of [sites] belongs to "tax"'),
        (RESPONSE + "lag = 1\n", '6:1: error: unknown key "lag" in [responses.trial]; did you mean "lag_years"?'),
        (RESPONSE + "displacement = 1.5\n",
         "6:16: error: responses.trial.displacement = 1.5 is above 1; allowed: 0 to 1"),
        (RESPONSE + 'tiers = ["leadng"]\n',
         '6:10: error: responses.trial.tiers[0] = "leadng" is not one of other, start_up, growing, leading, grafted; '
         'did you mean "leading"?'),
        ('[grants.trial]\nlever = "special_fund"\nshare = 0.5\nsize = 0.02\n',
         'the components of "special_fund" share 1.5 of its budget; at most 1'),
        ('[credits.trial]\nlever = "credit"\nshare = 0.25\nscale = 10\n',
         'the components of "credit" share 1.25 of its loans; at most 1'),
        ("".join(treatment(k) for k in range(6)), "treatments are too many; at most 16"),
        (treatment(0, "land"), '5:8: error: firms are treated by "budget", "persons" or "effort"'),
        (LEVER.replace("9a", "1a"), '3:6: error: "1a" is already the id of "platforms"'),
        (LEVER + "effort = 1\n[responses.trial]\nlever = \"trial\"\nchannel = \"funds\"\neffect = 1\n",
         '9:11: error: "funds" fill the purse of the lever, and "trial" has none'),
        ('[levers.tax]\npurse = "muncipal"\n',
         '3:9: error: levers.tax.purse = "muncipal" is not a key of [purses]; did you mean "municipal"?'),
    ],
)  # fmt: skip
def test_each_mistake_is_reported_at_its_place(city, text, problem):
    lines = problems(city, text)
    assert len(lines) == 1 and lines[0].endswith(problem), lines


def test_an_unknown_channel_names_those_there_are(city):
    (line,) = problems(city, RESPONSE.replace('"search"', '"serach"'))
    assert line.startswith('4:11: error: responses.trial.channel = "serach" is not one of imitation, search, ')
    assert line.endswith('did you mean "search"?')


def test_what_a_component_needs_is_asked_for(city):
    lines = problems(city, "[responses.trial]\nscale = 1\n")
    assert len(lines) == 3 and all(line.startswith("2:") for line in lines)
    for key, line in zip(("lever", "channel", "effect"), lines, strict=True):
        assert key in line


def test_a_misspelt_lever_is_no_new_one(city):
    lines = problems(city, "[levers.special_fond]\nbudget = 1\n")
    assert all(line.startswith("2:") for line in lines) and any("special_fond" in line for line in lines)
