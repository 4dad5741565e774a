"""What can go wrong, by who can fix it (ARCHITECTURE.md, "Errors"). Each is also the built-in error nearest to it."""

from collections.abc import Sequence
from typing import NamedTuple


class Problem(NamedTuple):
    """One mistake in a scenario: `place` is file:line:column, the file alone, or the setting."""

    place: str
    message: str


class ScenarioError(ValueError):
    """The scenario is wrong: every problem at once, each with its place, the allowed range and the nearest name."""

    def __init__(self, message: str, problems: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(message)
        self.problems: list[Problem] = [Problem(*problem) for problem in problems]


class UsageError(ValueError):
    """What was asked for makes no sense, whatever the scenario is."""


class FileError(OSError):
    """A file cannot be read or written, is not what it should be, or is there already."""


class InvariantError(RuntimeError):
    """A replicate broke one of the model's identities; raised where `failures` allows no more of them."""
