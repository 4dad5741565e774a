"""Everything the command line can do, Python can do, by the same names; what there is says the grammar itself."""

import inspect
import json

import pytest
import xarray
from jiju_command import good
from jiju_command import jiju as program

import jiju
from jiju import _engine

COMMANDS = json.loads(_engine.grammar())
GRAMMAR = {name: seen for name, seen in COMMANDS.items() if not seen["in_python"]}
# How a command prints what a function returns.
PRINTING = {"help", "version", "json", "markdown", "quiet", "lang"}


def test_the_grammar_is_that_of_the_program():
    text = program("--help").stdout
    assert all(f"  {command}" in text for command in GRAMMAR) and len(GRAMMAR) >= 9
    for command, seen in GRAMMAR.items():
        text = program(command, "--help").stdout
        assert all(f"--{option}" in text for option in seen["options"]), command


@pytest.mark.parametrize("command", GRAMMAR)
def test_each_command_is_a_function_with_its_options(command):
    parameters = inspect.signature(getattr(jiju, command)).parameters
    wanted = {option.replace("-", "_") for option in GRAMMAR[command]["options"]} - PRINTING
    assert wanted <= parameters.keys(), f"jiju.{command} lacks {wanted - parameters.keys()}"
    positional = [each for each in parameters.values() if each.kind is not inspect.Parameter.KEYWORD_ONLY]
    assert len(positional) >= len(GRAMMAR[command]["positional"])


def test_commands_written_in_python_have_functions():
    assert {"compare", "ablate"} <= COMMANDS.keys() - GRAMMAR.keys()
    assert callable(jiju.compare) and callable(jiju.ablate)


# ---- the same answers


def test_show(simulated):
    assert jiju.show(simulated.path) == json.loads(good("show", simulated.path, "--json"))


def test_verify(simulated):
    table = jiju.verify(simulated.path, sample=2, seed=3)
    seen = json.loads(good("verify", simulated.path, "--sample", 2, "--seed", 3, "--json"))
    assert table.reset_index().to_dict("records") == seen["checks"] and table.holds.all()
    assert table.attrs["holds"] and table.attrs["sample_seed"] == 3


def test_replay(simulated, tmp_path):
    path = tmp_path / "replay.h5"
    good("replay", simulated.path, "--replicate", 3, "-o", path)
    in_memory = jiju.replay(simulated.path, 3)
    in_file = jiju.replay(simulated.path, 3, scenario="short", output=tmp_path / "python.h5")
    with jiju.open(path) as file:
        xarray.testing.assert_identical(file.load(), in_memory)
    xarray.testing.assert_identical(in_file.load(), in_memory)
    with pytest.raises(jiju.UsageError, match="replicate 20 is not among the 20"):
        jiju.replay(simulated.path, 20)
    with pytest.raises(jiju.FileError, match="exist"):
        jiju.replay(simulated.path, 3, output=path)


def test_validate(short):
    assert jiju.validate(short) == good("validate", short)
    changed = jiju.validate(short, set={"levers.tax.effort": 0.1})
    assert changed == good("validate", short, "--set", "levers.tax.effort=0.1") and "1 of " in changed
    of_object = jiju.validate(jiju.Scenario.load(short), set={"levers.tax.effort": 0.1})
    assert of_object == changed.replace(f"{short}: ", "")
    with pytest.raises(jiju.ScenarioError, match="unknown key"):
        jiju.validate(short, set={"levers.tax.efort": 0.1})


def test_describe_and_schema(short):
    assert jiju.describe("outputs") == json.loads(good("describe", "outputs", "--json"))
    assert jiju.describe("targets", short) == json.loads(good("describe", "targets", short, "--json"))
    assert jiju.schema() == json.loads(good("schema"))
    with pytest.raises(jiju.UsageError, match="did you mean"):
        jiju.describe("leers")


def test_nothing_reaches_standard_output(simulated, capfd):
    jiju.show(simulated.path), jiju.verify(simulated.path, sample=0), jiju.describe("levers"), jiju.schema()
    assert capfd.readouterr().out == ""


def test_list_and_one_by_name():
    assert jiju.list() == json.loads(good("list", "--json"))
    fund = json.loads(good("describe", "lever", "special_fund", "--json"))
    assert jiju.describe("lever", name="special_fund") == fund
