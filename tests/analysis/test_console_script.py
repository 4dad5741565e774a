"""`python -m jiju`, the console script and the program are one command line; some commands are written in Python."""

import importlib
import inspect
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from jiju_command import PROGRAM, sha256

import jiju
from jiju import _engine, cli

COMMANDS = json.loads(_engine.grammar())
IN_PYTHON = [name for name, seen in COMMANDS.items() if seen["in_python"]]
CONSOLE_SCRIPT = [Path(sys.executable).parent / "jiju"]
MODULE = [sys.executable, "-m", "jiju"]


def of(command, words, **how):
    done = subprocess.run([*command, *map(str, words)], capture_output=True, timeout=120, **how)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("command", [CONSOLE_SCRIPT, MODULE], ids=["console script", "module"])
@pytest.mark.parametrize(
    "words",
    [
        ["--version"],
        ["--help"],
        [],
        ["run", "--help"],
        ["describe", "parameters", "--json"],
        ["validate", "shaoxing-2011/plan", "--lang", "zh"],
        ["run", "SHORT", "--replicates", "3", "--quiet", "--json"],
        ["run", "SHORT", "--set", "scenario.yeers=3"],
        ["rnu"],
        ["run", "SHORT", "--sed", "3"],
        ["show", "nothing.h5"],
    ],
    ids=" ".join,
)
def test_equals_the_program(command, words, short):
    words = [short if word == "SHORT" else word for word in words]
    code, out, err = of(command, words)
    assert (code, err) == of([PROGRAM], words)[::2]
    # Where a bare name was found is reported, by a longer way from the program's own place.
    assert out == of([PROGRAM], words)[1]


def test_same_file(short, tmp_path):
    files = [tmp_path / "program.h5", tmp_path / "script.h5"]
    for command, path in zip([[PROGRAM], CONSOLE_SCRIPT], files, strict=True):
        assert of(command, ["run", short, "--replicates", 3, "-o", path])[0] == 0
    assert sha256(files[0]) == sha256(files[1])


def test_a_command_in_python_gets_its_words_and_gives_the_exit_code(monkeypatch):
    given = []
    stub = SimpleNamespace(main=lambda words: given.extend(words) or 7)
    monkeypatch.setitem(sys.modules, "jiju.commands.compare", stub)
    assert cli.main(["compare", "--loud", "twice"]) == 7
    assert given == ["--loud", "twice"]


def test_table_and_modules_agree():
    folder = Path(jiju.__file__).parent / "commands"
    modules = {path.stem for path in folder.glob("*.py") if "\ndef main(" in path.read_text(encoding="utf-8")}
    assert modules == set(IN_PYTHON) and len(IN_PYTHON) == 26


@pytest.mark.parametrize("name", IN_PYTHON)
def test_each_command_in_python_has_the_same_shape(name, capsys):
    """A parser of the table's name and text, and `main` of the words alone, which is its help here."""
    module = importlib.import_module(f"jiju.commands.{name}")
    assert list(inspect.signature(module.main).parameters) == ["argv"]
    parser = module.parser()
    assert (parser.prog, parser.description) == (f"jiju {name}", COMMANDS[name]["text"])
    with pytest.raises(SystemExit, match="0"):
        module.main(["--help"])
    assert capsys.readouterr().out == parser.format_help()


def test_help_lists_all_commands_alike():
    listed = of([PROGRAM], ["--help"])[1].decode().split("Subcommands:\n")[1].split("\n\n")[0]
    rows = [line.split(maxsplit=1) for line in listed.splitlines()]
    assert rows == [[name, seen["text"]] for name, seen in COMMANDS.items()] and len(rows) == 36


# ---- the program without Python hands on


def program(words, python=sys.executable, **how):
    environment = {key: value for key, value in os.environ.items() if key != "JIJU_PYTHON"}
    if python is not None:
        environment["JIJU_PYTHON"] = str(python)
    return of([PROGRAM], words, env=environment, **how)


def script(path, text):
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize("name", IN_PYTHON)
@pytest.mark.parametrize("words", [["--help"], ["nothing.h5", "--no-such-option"], ["nothing.h5", ""]], ids=" ".join)
def test_a_command_in_python_is_the_same_asked_of_the_program(name, words):
    assert program([name, *words]) == of(CONSOLE_SCRIPT, [name, *words])


def test_help_before_the_command_is_of_the_command():
    assert program(["--help", "compare"]) == of(CONSOLE_SCRIPT, ["--help", "compare"]) == program(["compare", "-h"])


def test_without_the_variable_there_is_a_python():
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    environment.pop("JIJU_PYTHON", None)
    assert of([PROGRAM], ["facts", "--help"], env=environment) == of(CONSOLE_SCRIPT, ["facts", "--help"])


def test_words_output_exit_code_and_signals_are_of_the_command(tmp_path):
    python = script(tmp_path / "python", 'shift 2; printf "[%s]" "$@"; echo told >&2; exit 7')
    assert program(["compare", "a b", "--json", ""], python) == (7, b"[compare][a b][--json][]", b"told\n")
    python = script(tmp_path / "python", "kill -TERM $$")
    assert program(["compare", "a"], python) == (-signal.SIGTERM, b"", b"")


def test_a_module_in_the_working_folder_is_none_of_ours(tmp_path):
    (tmp_path / "jiju.py").write_text("raise SystemExit('not me')", encoding="utf-8")
    assert program(["compare", "--help"], cwd=tmp_path)[0] == 0


def test_without_a_python_or_the_package_it_says_what_to_install(tmp_path):
    empty = script(tmp_path / "empty", f'exec {sys.executable} -S -E "$@"')
    for python, reason in ((tmp_path / "none", "cannot be started: No such file"), (empty, "No module named 'jiju'")):
        code, out, err = program(["compare", "a.h5"], python)
        assert (code, out) == (2, b"") and err.startswith(b"jiju: error: 'compare' is written in Python, and ")
        assert reason in err.decode() and "-m pip install" in err.decode() and "JIJU_PYTHON" in err.decode()


def test_a_word_that_comes_near_a_command_in_python_gets_it_suggested():
    assert b'did you mean "calibrate"?' in program(["calibrat"])[2]


def test_the_command_line_needs_no_heavy_library():
    """It starts within a moment: neither pandas nor xarray is loaded for `jiju --version`, or for the help of a command
    in Python."""
    body = f"""import contextlib, io, sys, jiju.cli
for words in (["--version"], *([name, "--help"] for name in {sorted({*IN_PYTHON} - {"cite"})})):
    with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):
        jiju.cli.main(words)
    print(words, {{"pandas", "xarray"}} & sys.modules.keys())"""
    code, out, err = of([sys.executable, "-c", body], [])
    lines = out.decode().splitlines()
    assert code == 0 and len([line for line in lines if line.endswith(" set()")]) == len(IN_PYTHON), out + err
