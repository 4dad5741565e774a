"""What the program says of itself comes from the code that runs."""

import json

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
    assert all(f"\n  {topic} " in text for topic in ("levers", "parameters", "targets", "outputs"))


@pytest.mark.parametrize("topic", ["levers", "parameters", "targets", "outputs"])
def test_three_forms_of_a_topic_say_the_same(topic):
    words = ["describe", topic, *([STATUS_QUO] if topic == "targets" else [])]
    rows = summary(*words)[topic]
    assert rows
    text, page = good(*words), good(*words, "--markdown")
    assert page.startswith(f"# {topic.capitalize()}\n\n")
    for row in rows:
        name = row.get("path") or row.get("key") or row["name"]
        assert name in text and name in page


def test_every_lever_is_a_table_of_the_schema_and_can_be_set():
    schema = json.loads(good("schema"))
    assert schema["$schema"].startswith("http://json-schema.org/draft-07/")
    levers = {lever["key"]: lever for lever in summary("describe", "levers")["levers"]}
    assert list(schema["properties"]["levers"]["properties"]) == list(levers)
    for key, lever in levers.items():
        assert lever["grade"] in "ABCD" and lever["id"] and lever["name_zh"] and lever["section"] and lever["source"]
        dose = next(setting for setting in lever["settings"] if setting["type"] == "schedule")
        assert dose["path"].startswith(f"levers.{key}.")
        assert "1 of " in good("validate", STATUS_QUO, "--set", f"{dose['path']}={dose['upper'] / 2}")


def test_every_parameter_takes_its_default_and_nothing_beyond_its_bounds():
    rows = summary("describe", "parameters")["parameters"]
    assert len({row["path"] for row in rows}) == len(rows) > 50
    defaults = [word for row in rows for word in ("--set", f"{row['path']}={row['default']}")]
    good("validate", STATUS_QUO, *defaults)
    numbers = [row for row in rows if row["type"] == "number" and row["upper"] is not None]
    beyond = [word for row in numbers for word in ("--set", f"{row['path']}={row['upper'] + 1}")]
    lines = jiju("validate", STATUS_QUO, *beyond).stderr.splitlines()
    assert len(lines) == min(len(numbers), 51), "one a parameter; the many beyond fifty are counted"
    assert all(" is above " in line or line.endswith(" more") for line in lines)


def test_every_parameter_names_unit_text_and_source():
    for row in summary("describe", "parameters")["parameters"]:
        if row["type"] in ("number", "integer", "schedule"):
            assert row["unit"] and row["text"] and row["lower"] is not None, row["path"]


def test_targets_of_a_scenario(city):
    path = city.write('extends = "../shaoxing-2011/status-quo.toml"\n[targets.T1]\nvalue = 4321\n')
    rows = {row["key"]: row for row in summary("describe", "targets", path)["targets"]}
    assert list(rows) == [f"T{i}" for i in range(1, 18)]
    assert rows["T1"]["value"] == 4321 and rows["T1"]["tolerance"] == 0.05 and rows["T1"]["section"]
