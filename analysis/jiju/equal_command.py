"""The command `jiju equal`."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Sequence

from jiju.decisions.options import decimal
from jiju.languages import to_translate, translated
from jiju.terminal import add_language, add_tables, check_tables, names, parser_of, print_tables, text, whole

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
    add_tables(words)
    words.add_argument("--quiet", action="store_true", help=translated("no progress"))
    add_language(words)
    return words


def main(argv: Sequence[str]) -> int:
    words = parser()
    asked = words.parse_args(argv)
    check_tables(words, asked)
    from jiju.decisions.equal import equal

    found = equal(
        asked.plans, asked.base, asked.outcomes, cost=asked.cost, at=asked.at, replicates=asked.replicates,
        seed=asked.seed, progress=not asked.quiet, lang=asked.lang,
    )  # fmt: skip
    command = shlex.join(["jiju", "equal", *(word for word in argv if word != "--force")])
    print_tables(found.printed(command), asked, repr(found))
    return 0
