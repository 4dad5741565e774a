"""The command `jiju equal`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from jiju.commands.decision_options import add_printing, answered, decimal
from jiju.commands.terminal import names, parser_of, text, whole
from jiju.languages import to_translate, translated

if TYPE_CHECKING:
    from jiju.decisions.equal import Equal

EPILOG = to_translate("""examples:
  jiju equal shaoxing-2011/plan shaoxing-2011/credit-only --base shaoxing-2011/status-quo --at 5
  jiju equal a.toml b.toml c.toml --base base.toml --cost social_cost --outcomes "value_added,p(T1)" -o equal.csv
""")


def parser() -> argparse.ArgumentParser:
    words = parser_of("equal", EPILOG)
    words.add_argument("plans", type=text, metavar="PLAN", nargs="+", help=translated("scenario files or names"))
    words.add_argument("--base", type=text, metavar="BASE", required=True, help=translated(
        "the same without the levers"
    ))
    words.add_argument("--cost", type=text, metavar="ACCOUNT", default="public_cost", help=translated(
        "what is made equal (%(default)s)"
    ))
    words.add_argument("--at", type=decimal, metavar="COST", help=translated("how much; the first plan's own"))
    words.add_argument("--outcomes", type=names, metavar="OUTCOMES", default=["value_added", "net_value", "jobs"],
                       help=translated("what is compared, with commas (value_added,net_value,jobs)"))  # fmt: skip
    words.add_argument("--replicates", type=whole(4), default=300, metavar="N", help=translated(
        "of every plan (%(default)s)"
    ))
    words.add_argument("--seed", type=whole(1, 10**12), default=1, metavar="N", help=translated(
        "of the draws (%(default)s)"
    ))
    add_printing(words)
    return words


def find(asked: argparse.Namespace) -> Equal:
    from jiju.decisions.equal import equal

    return equal(
        asked.plans, asked.base, asked.outcomes, cost=asked.cost, at=asked.at, replicates=asked.replicates,
        seed=asked.seed, progress=not asked.quiet, lang=asked.lang,
    )  # fmt: skip


def main(argv: Sequence[str]) -> int:
    answered("equal", parser(), argv, find)
    return 0
