"""The command `jiju frontier`."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Sequence

from jiju.decisions.options import add_plan, add_search, check_saved, decimals, saved, search_options
from jiju.languages import to_translate, translated
from jiju.terminal import check_tables, parser_of, print_tables, text

EPILOG = to_translate("""examples:
  jiju frontier shaoxing-2011/plan shaoxing-2011/status-quo --budgets 20,40,60,80
  jiju frontier my-plan.toml my-base.toml --budgets 5,10 --maximise "p(T1)" --cost social_cost -o frontier.md
""")


def parser() -> argparse.ArgumentParser:
    words = parser_of("frontier", EPILOG)
    add_plan(words)
    words.add_argument("--budgets", type=decimals, metavar="NUMBERS", required=True, help=translated(
        "of the cost, with commas; in the scenario's money"
    ))
    words.add_argument("--maximise", type=text, metavar="OUTCOME", default="value_added", help=translated(
        "what each budget is to bring most of (%(default)s)"
    ))
    words.add_argument("--cost", type=text, metavar="ACCOUNT", default="public_cost", help=translated(
        "what the budgets are of (%(default)s)"
    ))
    add_search(words)
    return words


def main(argv: Sequence[str]) -> int:
    words = parser()
    asked = words.parse_args(argv)
    check_tables(words, asked)
    check_saved(asked)
    from jiju.decisions.frontier import frontier

    found = frontier(
        asked.plan, asked.base, asked.maximise, asked.budgets, cost=asked.cost, **search_options(asked)
    )
    saved(found.solutions[-1].scenario, asked)
    command = shlex.join(["jiju", "frontier", *(word for word in argv if word != "--force")])
    print_tables(found.printed(command), asked, repr(found))
    return 0
