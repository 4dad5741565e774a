"""The command `jiju frontier`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from jiju.commands.decision_options import add_plan, add_search, answered, decimals, search_options
from jiju.commands.terminal import names, parser_of, text, whole
from jiju.languages import to_translate, translated

if TYPE_CHECKING:
    from jiju.decisions.frontier import Frontier

EPILOG = to_translate("""examples:
  jiju frontier shaoxing-2011/plan shaoxing-2011/status-quo --budgets 20,40,60,80
  jiju frontier my-plan.toml my-base.toml --budgets 5,10 --maximise "p(T1)" --cost social_cost -o frontier.md
  jiju frontier my-plan.toml my-base.toml --budgets 5,10,15 --maximise "value_added,jobs,p(T1)" --balances 10
""")


def parser() -> argparse.ArgumentParser:
    words = parser_of("frontier", EPILOG)
    add_plan(words)
    words.add_argument("--budgets", type=decimals, metavar="NUMBERS", required=True, help=translated(
        "of the cost, with commas; in the scenario's money"
    ))
    words.add_argument("--maximise", type=names, metavar="OUTCOMES", default=["value_added"], help=translated(
        "what each budget is to bring most of, one to three with commas (value_added)"
    ))
    words.add_argument("--balances", type=whole(1, 100), default=5, metavar="N", help=translated(
        "of several goals: weightings of them that each budget has a plan for, at least (%(default)s)"
    ))
    words.add_argument("--cost", type=text, metavar="ACCOUNT", default="public_cost", help=translated(
        "what the budgets are of (%(default)s)"
    ))
    add_search(words)
    return words


def find(asked: argparse.Namespace) -> Frontier:
    from jiju.decisions.frontier import frontier

    return frontier(asked.plan, asked.base, asked.maximise, asked.budgets, cost=asked.cost, balances=asked.balances,
                    **search_options(asked))  # fmt: skip


def main(argv: Sequence[str]) -> int:
    answered("frontier", parser(), argv, find)
    return 0
