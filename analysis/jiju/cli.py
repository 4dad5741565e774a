"""The console script `jiju`: the engine's command line, whose table says which commands are written in Python."""

import importlib
import sys
from collections.abc import Sequence

from jiju import _engine
from jiju.commands import terminal
from jiju.languages import spoken


def main(words: Sequence[str] | None = None) -> int:
    """Carries out a command line, given without the program's name; returns the exit code."""
    given = list(sys.argv[1:] if words is None else words)
    ours = _engine.words_for_python(given)
    if ours is None:
        return _engine.main(given)
    name, *rest = ours

    def command() -> int:
        with spoken(rest):
            # A module is imported when its command is asked for, so that the others start as fast as the engine.
            return int(importlib.import_module(f"jiju.commands.{name}").main(rest))

    return terminal.carry_out(command)
