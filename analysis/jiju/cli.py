"""The console script `jiju`: the engine's command line, and the commands that are written in Python."""

import importlib
import sys
from collections.abc import Sequence
from typing import NamedTuple

from jiju import _engine, terminal


class Command(NamedTuple):
    """Its module has `main(words) -> int`, called with the words after the command; the result is the exit code."""

    module: str
    text: str


# A module is imported when its command is asked for, so that the others start as fast as the engine.
COMMANDS: dict[str, Command] = {
    "ablate": Command("jiju.ablate_command", "Each lever alone on a base, and each removed from a plan"),
    "calibrate": Command("jiju.calibrate", "Fit parameters to moments and to facts about firms"),
    "compare": Command("jiju.compare_command", "Compare results files replicate by replicate"),
    "facts": Command("jiju.facts", "Score card of facts about firms, from a results file"),
    "trial": Command("jiju.trials", "Repeat published experiments inside the model"),
}


def main(words: Sequence[str] | None = None) -> int:
    """Carries out a command line, given without the program's name; returns the exit code."""
    words = list(sys.argv[1:] if words is None else words)
    if words and words[0] in COMMANDS:
        return terminal.carry_out(lambda: int(importlib.import_module(COMMANDS[words[0]].module).main(words[1:])))
    code = _engine.main(words)
    if code == 0 and words in ([], ["-h"], ["--help"]):
        return terminal.carry_out(list_commands)
    return code


def list_commands() -> int:
    width = max(map(len, COMMANDS))
    print("Written in Python:")
    for name, command in COMMANDS.items():
        print(f"  {name:<{width}}  {command.text}")
    return 0
