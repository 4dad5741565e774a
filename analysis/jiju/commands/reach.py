"""The command `jiju reach`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from jiju.commands.decision_options import add_plan, add_search, answered, search_options
from jiju.commands.terminal import FAILED, add_plain, names, parser_of, text
from jiju.languages import to_translate, translated

if TYPE_CHECKING:
    from jiju.decisions.solution import Solution

EPILOG = to_translate("""examples:
  jiju reach shaoxing-2011/plan shaoxing-2011/status-quo "p(T5) >= 0.8"
  jiju reach my-plan.toml my-base.toml "T1 >= 3000" --cost social_cost --limit "money(2013) <= 10" --save cheapest.toml

The exit code is 1 where no plan that was looked at reaches the aim.
""")


def parser() -> argparse.ArgumentParser:
    words = parser_of("reach", EPILOG)
    add_plan(words)
    words.add_argument("aim", type=text, metavar="AIM", help=translated('an outcome and a number, as "p(T5) >= 0.8"'))
    words.add_argument("--cost", type=text, metavar="ACCOUNT", default="public_cost", help=translated(
        "what is to be least (%(default)s)"
    ))
    words.add_argument("--also", type=names, metavar="OUTCOMES", default=[], help=translated(
        "what else is reported of the chosen plan, with commas"
    ))
    add_search(words)
    add_plain(words)
    return words


def find(asked: argparse.Namespace) -> Solution:
    from jiju.decisions.reach import reach

    return reach(
        asked.plan, asked.base, asked.aim, cost=asked.cost, also=asked.also, control=not asked.plain,
        **search_options(asked),
    )  # fmt: skip


def main(argv: Sequence[str]) -> int:
    return 0 if answered("reach", parser(), argv, find).feasible else FAILED
