"""`python -m jiju` and the console script are the command line; some commands are written in Python."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from jiju_command import PROGRAM, sha256

from jiju import cli

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


def test_python_commands_get_their_words_and_give_the_exit_code(monkeypatch, tmp_path, capsys):
    (tmp_path / "echo_command.py").write_text("def main(words):\n    print(words)\n    return 7\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setitem(cli.COMMANDS, "echo", cli.Command("echo_command", "Say it again"))
    assert cli.main(["echo", "--loud", "twice"]) == 7
    assert capsys.readouterr().out == "['--loud', 'twice']\n"


def test_help_names_the_python_commands(monkeypatch, capfd):
    monkeypatch.setitem(cli.COMMANDS, "echo", cli.Command("echo_command", "Say it again"))
    assert cli.main(["--help"]) == 0
    out = capfd.readouterr().out
    engine, python = out.split("Written in Python:\n")
    assert re.search(r"^  echo +Say it again$", python, re.MULTILINE)
    assert engine == of([PROGRAM], ["--help"])[1].decode()


def test_every_python_command_can_be_loaded():
    for name, command in cli.COMMANDS.items():
        assert of(MODULE, [name, "--help"])[0] == 0 and command.text


def test_the_command_line_needs_no_heavy_library():
    """It starts within a moment: neither pandas nor xarray is loaded for `jiju --version`."""
    body = "import sys, jiju.cli; jiju.cli.main(['--version']); print({'pandas', 'xarray'} & sys.modules.keys())"
    code, out, err = of([sys.executable, "-c", body], [])
    assert code == 0 and out.endswith(b"set()\n"), err
