"""The command `jiju optimise`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from jiju.commands.decision_options import add_outcome, add_plan, add_search, answered, outcome_options, search_options
from jiju.commands.terminal import add_plain, names, parser_of
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
    add_outcome(words)
    words.add_argument("--also", type=names, metavar="OUTCOMES", default=["public_cost"], help=translated(
        "what else is reported of the chosen plan, with commas (public_cost)"
    ))
    add_search(words)
    add_plain(words)
    return words


def find(asked: argparse.Namespace) -> Solution:
    from jiju.decisions.optimise import optimise

    goal = outcome_options(asked)
    return optimise(
        asked.plan, asked.base, goal["outcome"], also=asked.also, minimise=goal["minimise"], control=not asked.plain,
        **search_options(asked),
    )  # fmt: skip


def main(argv: Sequence[str]) -> int:
    answered("optimise", parser(), argv, find)
    return 0
