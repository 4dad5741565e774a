"""What the program says of itself comes from the code that runs."""

import json
import tomllib

import jsonschema
import pytest
from jiju_command import SCENARIOS, good, jiju, summary

STATUS_QUO = SCENARIOS / "shaoxing-2011" / "status-quo.toml"


def test_no_words_give_a_short_help_with_examples():
    text = good()
    assert text == good("--help") and "Examples:\n  jiju run " in text
    for command in ("run", "validate", "describe", "schema", "show"):
        assert f"\n  {command} " in text
        assert good(command, "--help").splitlines()[1].startswith(f"Usage: jiju {command} ")


def test_version():
    lines = good("--version").splitlines()
    assert lines[0].startswith("jiju 0.") and lines[1].startswith("commit ") and lines[2].startswith("compiler ")


def test_topics_are_listed():
    text = good("describe")
    assert all(f"\n  {topic} " in text for topic in ("levers", "channels", "parameters", "targets", "outputs"))


@pytest.mark.parametrize("topic", ["levers", "channels", "parameters", "targets", "outputs"])
def test_three_forms_of_a_topic_say_the_same(topic):
    words = ["describe", topic, *([STATUS_QUO] if topic == "targets" else [])]
    rows = summary(*words)[topic]
    assert rows
    text, page = good(*words), good(*words, "--markdown")
    assert page.startswith(f"# {topic.capitalize()}\n\n")
    for row in rows:
        name = row.get("path") or row.get("key") or row.get("channel") or row["name"]
        assert name in text and name in page


# Instruments of 四(一) to 四(八).
IDS = [f"{group}{letter}" for group, many in enumerate([3, 3, 4, 3, 2, 3, 5, 3], 1) for letter in "abcde"[:many]]
MECHANISMS = {"responses", "grants", "deals", "credits", "subsidies", "treatments", "sites"}


def levers():
    return summary("describe", "levers")["levers"]


def components(lever):
    return [(table, row) for table, rows in lever["components"].items() for row in rows]


def test_levers_are_those_of_the_plan_with_their_components():
    assert len(IDS) == 26 and [lever["id"] for lever in sorted(levers(), key=lambda lever: lever["id"])] == IDS
    for lever in levers():
        grades = {row["grade"] for rows in lever["components"].values() for row in rows}
        assert lever["grades"] == "–".join(sorted({min(grades), max(grades)})) and set(grades) <= set("ABCD")
        assert lever["name_zh"] and lever["section"] and lever["source"]
        assert components(lever) and set(lever["components"]) <= MECHANISMS
        for table, row in components(lever):
            assert row["lever"] == lever["key"] and row["name"] and row["name_zh"], (table, row["key"])
            assert row["grade"] in "ABCD" and row["source"] and row["on"], (table, row["key"])


def test_effects_come_with_their_priors():
    uncertain = [value for lever in levers() for _, row in components(lever) for value in row.values()
                 if isinstance(value, dict)]  # fmt: skip
    assert len(uncertain) > 60
    for prior in uncertain:
        assert prior["low"] < prior["median"] < prior["high"] or prior["low"] in (prior["median"], prior["high"]), prior
        assert prior["distribution"] in ("normal", "lognormal", "logitnormal")


def test_levers_of_a_scenario_have_its_doses(city):
    path = city.write('extends = "../shaoxing-2011/status-quo.toml"\n[levers.tax]\neffort = 0.25\n')
    efforts = {lever["key"]: lever["effort"] for lever in summary("describe", "levers", path)["levers"]}
    assert efforts.pop("tax") == 0.25 and not any(efforts.values())
    assert "dose: effort = 0.25" in good("describe", "levers", path)


def test_every_lever_can_be_set_and_is_a_row_of_the_schema():
    schema = json.loads(good("schema"))
    assert schema["$schema"].startswith("http://json-schema.org/draft-07/")
    row = schema["properties"]["levers"]["additionalProperties"]["properties"]
    for lever in levers():
        assert set(lever) - {"key", "grades", "components"} <= set(row)
        assert "1 of 26 levers active" in good("validate", STATUS_QUO, "--set", f"levers.{lever['key']}.effort=0.5")
    for table in MECHANISMS:
        assert "lever" in schema["properties"][table]["additionalProperties"]["properties"]


def test_the_schema_is_small_and_takes_every_bundled_scenario():
    text = good("schema")
    schema = json.loads(text)
    assert len(text.encode()) < 200 * text.count('"description":')  # what every key says, and little more
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    files = {path: tomllib.loads(path.read_text()) for path in SCENARIOS.glob("*/*.toml")}
    scenarios = {path: content for path, content in files.items() if content.keys() & {"scenario", "extends"}}
    assert len(scenarios) > 20
    for path, content in scenarios.items():
        assert [error.message for error in validator.iter_errors(content)] == [], path


def test_the_schema_refuses_what_is_out_of_bounds():
    validator = jsonschema.Draft7Validator(json.loads(good("schema")))

    def refused(text):
        return not validator.is_valid(tomllib.loads(text))

    # A number that may be uncertain, a schedule, and a key nobody knows.
    prior = "[parameters.talent]\nscarcity = {{ median = 0.5, low = 0.2, high = {}, distribution = 'normal' }}"
    assert not refused("[parameters.talent]\nscarcity = 0.5")
    assert refused("[parameters.talent]\nscarcity = 2.5")
    assert not refused(prior.format(0.8))
    assert refused(prior.format(2.8))
    assert not refused("[levers.special_fund]\nbudget = { step = 3, from = '2011Q2' }")
    assert refused("[levers.special_fund]\nbudget = { step = -3, from = '2011Q2' }")
    assert refused("[levers.special_fund]\nbudget = { ramp = [1], from = 2011, to = 2012 }")
    assert refused("[parameters.talent]\nscarcities = 0.5")


def test_components_move_channels_that_are_described():
    channels = {channel["channel"]: channel for channel in summary("describe", "channels")["channels"]}
    assert {channel["kind"] for channel in channels.values()} == {"factor", "amount", "quantity"}
    assert {channel["grain"] for channel in channels.values()} == {"tier of firm", "cell", "city"}
    assert all(channel["unit"] and channel["text"] and channel["text_zh"] for channel in channels.values())
    used = {row["channel"] for lever in levers() for table, row in components(lever) if table == "responses"}
    assert used <= set(channels) and len(used) > 30


def test_every_parameter_takes_its_default_and_nothing_beyond_its_bounds():
    rows = summary("describe", "parameters")["parameters"]
    assert len({row["path"] for row in rows}) == len(rows) > 50
    defaults = [word for row in rows if row["default"] for word in ("--set", f"{row['path']}={row['default']}")]
    good("validate", STATUS_QUO, *defaults)
    numbers = [row for row in rows if row["type"] == "number" and row["upper"] is not None]
    beyond = [word for row in numbers for word in ("--set", f"{row['path']}={row['upper'] + 1}")]
    lines = jiju("validate", STATUS_QUO, *beyond).stderr.splitlines()
    assert len(lines) == len(numbers), "one a parameter"
    assert all(" is above " in line for line in lines)


def test_every_parameter_names_unit_text_and_source():
    for row in summary("describe", "parameters")["parameters"]:
        if row["type"] in ("number", "integer", "schedule"):
            assert row["unit"] and row["text"] and row["lower"] is not None, row["path"]


def test_targets_of_a_scenario(city):
    path = city.write('extends = "../shaoxing-2011/status-quo.toml"\n[targets.T1]\nvalue = 4321\n')
    rows = {row["key"]: row for row in summary("describe", "targets", path)["targets"]}
    assert list(rows) == [f"T{i}" for i in range(1, 18)]
    assert rows["T1"]["value"] == 4321 and rows["T1"]["tolerance"] == 0.05 and rows["T1"]["section"]


# ---- what a scenario holds, and one of anything by its name

TABLES = {"industries": "industry", "fields": "field", "places": "place", "clusters": "cluster", "firms": "firm",
          "macro": "path", "purses": "purse", "targets": "target"}  # fmt: skip


def test_every_topic_that_is_listed_answers_in_both_languages():
    listed = [line.split() for line in good("describe").splitlines() if line.startswith("  ")]
    assert len(listed) > 20
    assert good("describe", "--lang", "zh") != good("describe")
    for topic, *words in listed:
        if words[0] != "NAME":
            assert good("describe", topic) and good("describe", topic, "--lang", "zh"), topic


@pytest.mark.parametrize("table, one", TABLES.items())
def test_rows_and_each_row_say_what_the_scenario_says(table, one):
    rows = {row["key"]: row for row in summary("describe", table, STATUS_QUO)[table]}
    values = jiju_values()[table]
    assert list(rows) == list(values)
    text, chinese = good("describe", table, STATUS_QUO), good("describe", table, STATUS_QUO, "--lang", "zh")
    for key, row in rows.items():
        assert {name: value for name, value in row.items() if name != "key"} == values[key]
        assert row["name"] in text and row["name_zh"] in chinese
    key, row = list(rows.items())[-1]
    assert summary("describe", one, key, STATUS_QUO)[one] == row
    shown = good("describe", one, key, STATUS_QUO)
    assert all(f"{table}.{key}.{name}" in shown for name in row if name != "key")


def jiju_values():
    import jiju as package

    return package.Scenario.load(STATUS_QUO).to_dict()


def test_one_lever_by_key_or_number_is_that_of_all():
    (fund,) = (row for row in levers() if row["key"] == "special_fund")
    assert summary("describe", "lever", "special_fund")["lever"] == fund == summary("describe", "lever", "6a")["lever"]
    assert good("describe", "lever", "special_fund") in good("describe", "levers") + good("describe", "lever", "6a")
    assert "产业发展专项资金" in good("describe", "lever", "special_fund", "--lang", "zh")


def test_one_parameter_or_a_subject():
    rows = {row["path"]: row for row in summary("describe", "parameters")["parameters"]}
    for name in ("demand.change_response", "parameters.demand.change_response"):
        (row,) = summary("describe", "parameter", name)["parameters"]
        assert row == rows["parameters.demand.change_response"]
    subject = summary("describe", "parameter", "demand")["parameters"]
    assert subject == [row for path, row in rows.items() if path.startswith("parameters.demand.")] and len(subject) > 3


@pytest.mark.parametrize(
    "words, problem",
    [
        (["lever", "specal_fund"], 'did you mean "special_fund"?'),
        (["parameter", "demand.change_respons"], 'did you mean "demand.change_response"?'),
        (["place", "zhuj"], 'did you mean "zhuji"?'),
        (["keys", "cluster"], 'did you mean "clusters"?'),
        (["lever"], "needs a name"),
        (["channels", "plan"], "takes no file"),
        (["targets", "tutorial/river-city", "more"], "one word too many"),
        (["leers"], "did you mean"),
    ],
)
def test_what_is_not_there_is_named_with_what_is_near(words, problem):
    result = jiju("describe", *words)
    assert result.returncode == 2 and result.stdout == "" and problem in result.stderr


def test_keys_are_those_of_the_schema():
    schema = json.loads(good("schema"))["properties"]
    keys = [row["path"] for row in summary("describe", "keys")["keys"]]
    for table in set(schema) - {"extends", "include", "every", "parameters"}:
        inner = schema[table].get("properties") or schema[table]["additionalProperties"]["properties"]
        written = {path.split(".")[2 if "<key>" in path else 1] for path in keys if path.split(".")[0] == table}
        assert written == set(inner), table


def test_what_targets_count_is_an_output_with_its_words(city):
    rows = """[targets.share]
output = "output"
where = { industry = "machines" }
measure = "share"
of = "all_industry_output"
value = 0.2
year = 2013
[targets.large]
count = "firms"
column = "year_sales"
bound = 10
as_share = true
value = 0.1
"""
    path = city.write(f'extends = "tutorial/river-city"\n{rows}')
    for form in ([], ["--markdown"]):
        text = good("describe", "targets", path, *form)
        assert "output industry = machines share of all_industry_output" in text
        assert "share of firms with year_sales >= 10 (local)" in text and "2013" in text and "2015" in text
    told = {row["key"]: row for row in summary("describe", "targets", path)["targets"]}
    assert told["share"]["where"]["industry"] == "machines" and told["large"]["year"] is None
    assert told["share"]["name"] in good("describe", "scenario", path), "also where it is made"
    assert told["large"]["name_zh"] in good("describe", "target", "large", path, "--lang", "zh")


def test_a_scenario_in_short_names_its_files_and_policy():
    shown = summary("describe", "scenario", "tutorial/river-city")["scenario"]
    assert sorted(shown["levers"]) == ["land_guarantee", "platforms", "special_fund"]
    assert shown["files"][-1].endswith("river-city.toml") and shown["industries"] == ["machines", "medicine"]
    text = good("describe", "scenario", "tutorial/river-city", "--lang", "zh")
    assert "江城示例" in text and "levers.platforms.budget = 0.3" in text


def test_list_has_every_scenario_and_design_and_those_of_the_folder(tmp_path):
    (tmp_path / "own.toml").write_text('extends = "tutorial/river-city"\n[scenario]\nname = "Mine"\nname_zh = "我的"\n')
    (tmp_path / "broken.toml").write_text('extends = "nothing"\n')
    (tmp_path / "data.toml").write_text("[places.a]\nname = 'A'\n")
    listed = json.loads(good("list", "--json", cwd=tmp_path))
    found = {row["key"]: row for row in listed["scenarios"]}
    files = [path for path in SCENARIOS.glob("*/*.toml") if path.parent.name != "presets"]
    bundled = {f"{path.parent.name}/{path.stem}" for path in files
               if tomllib.loads(path.read_text()).keys() & {"scenario", "extends"}}  # fmt: skip
    assert bundled == {key for key, row in found.items() if not row["own"]}
    assert found["own.toml"]["name_zh"] == "我的" and found["own.toml"]["city"] == "River City"
    assert "problem" in found["broken.toml"] and "data.toml" not in found
    assert all(row["name"] and row["name_zh"] for row in found.values() if "problem" not in row)
    assert [row["key"] for row in listed["designs"]] == ["shaoxing-2011/fund-and-land"]
    assert "Mine" in good("list", cwd=tmp_path) and "我的" in good("list", "--lang", "zh", cwd=tmp_path)


def test_names_in_one_language_stand_for_both(city):
    hills = '[places.hills]\nname = "Hills"\nweight = 0.1\nland_supply = 9\n'
    path = city.write(f'extends = "tutorial/river-city"\n{hills}')
    assert summary("describe", "place", "hills", path)["place"]["name_zh"] == "Hills"
