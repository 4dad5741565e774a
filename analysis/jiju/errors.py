"""What can go wrong, by who can fix it (ARCHITECTURE.md, "Errors"). Each is also the built-in error nearest to it."""

from collections.abc import Sequence
from typing import NamedTuple


class Problem(NamedTuple):
    """One mistake in a scenario: `place` is file:line:column, the file alone, or the setting.

    Example:

        try:
            jiju.validate("shaoxing-2011/plan", set={"levers.special_fund.budget": -1})
        except jiju.ScenarioError as error:
            for problem in error.problems:
                print(problem.place, problem.message)
    """

    place: str
    message: str


class ScenarioError(ValueError):
    """The scenario is wrong: every problem at once, each with its place, the allowed range and the nearest name.

    Example:

        plan = jiju.Scenario.load("shaoxing-2011/plan")
        try:
            plan["levers.special_fund.budget"] = -1
        except jiju.ScenarioError as error:                    # the plan is as it was
            print(error)
    """

    def __init__(self, message: str, problems: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(message)
        self.problems: list[Problem] = [Problem(*problem) for problem in problems]


class UsageError(ValueError):
    """What was asked for makes no sense, whatever the scenario is.

    Example:

        try:
            jiju.compare(jiju.open("both.h5"), confidence=95)
        except jiju.UsageError as error:
            print(error)
    """


class FileError(OSError):
    """A file cannot be read or written, is not what it should be, or is there already.

    Example:

        try:
            jiju.open("missing.h5")
        except jiju.FileError as error:
            print(error)
    """


class InvariantError(RuntimeError):
    """A replicate broke one of the model's identities; raised where `failures` allows no more of them.

    Example:

        try:
            jiju.run("shaoxing-2011/plan", replicates=20, failures="stop")
        except jiju.InvariantError as error:                   # a fault of the model: please report it
            print(error)
    """
