"""The command `jiju reach`."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Sequence

from jiju.decisions.options import add_plan, add_search, check_saved, saved, search_options
from jiju.languages import to_translate, translated
from jiju.terminal import FAILED, check_tables, names, parser_of, print_tables, text

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
    return words


def main(argv: Sequence[str]) -> int:
    words = parser()
    asked = words.parse_args(argv)
    check_tables(words, asked)
    check_saved(asked)
    from jiju.decisions.reach import reach

    found = reach(asked.plan, asked.base, asked.aim, cost=asked.cost, also=asked.also, **search_options(asked))
    saved(found.scenario, asked)
    command = shlex.join(["jiju", "reach", *(word for word in argv if word != "--force")])
    print_tables(found.printed(command), asked, repr(found))
    return 0 if found.feasible else FAILED
