"""The command `jiju optimise`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from jiju.commands.decision_options import add_plan, add_search, answered, search_options
from jiju.commands.terminal import names, parser_of, text
from jiju.languages import to_translate, translated

if TYPE_CHECKING:
    from jiju.decisions.solution import Solution

EPILOG = to_translate("""examples:
  jiju optimise shaoxing-2011/plan shaoxing-2011/status-quo --limit "public_cost <= 80"
  jiju optimise my-plan.toml my-base.toml --maximise "p(T5)" --limit "money <= 40" --levers special_fund,credit \\
      --save best.toml -o best.md
""")


def parser() -> argparse.ArgumentParser:
    words = parser_of("optimise", EPILOG)
    add_plan(words)
    goal = words.add_mutually_exclusive_group()
    goal.add_argument("--maximise", type=text, metavar="OUTCOME", help=translated(
        "an account (value_added), an output, a target's value (T1) or probability (p(T1)), or min over targets"
    ))
    goal.add_argument("--minimise", type=text, metavar="OUTCOME", help=translated("the same, as small as can be"))
    words.add_argument("--also", type=names, metavar="OUTCOMES", default=["public_cost"], help=translated(
        "what else is reported of the chosen plan, with commas (public_cost)"
    ))
    add_search(words)
    return words


def find(asked: argparse.Namespace) -> Solution:
    from jiju.decisions.optimise import optimise

    return optimise(
        asked.plan, asked.base, asked.minimise or asked.maximise or "value_added", also=asked.also,
        minimise=bool(asked.minimise), **search_options(asked),
    )  # fmt: skip


def main(argv: Sequence[str]) -> int:
    answered("optimise", parser(), argv, find)
    return 0
