"""The command `jiju estimate`."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Sequence

from jiju.commands.decision_options import add_plan
from jiju.commands.terminal import (
    FAILED,
    add_language,
    add_plain,
    add_tables,
    check_tables,
    parser_of,
    print_tables,
    text,
    whole,
)
from jiju.languages import to_translate, translated

EPILOG = to_translate("""examples:
  jiju estimate shaoxing-2011/plan shaoxing-2011/status-quo "p(T1)=0.02@95%"
  jiju estimate my-plan.toml my-base.toml "mean(T1)=20@90%" --most 500

The exit code is 1 where that many replicates were not enough.
""")


def parser() -> argparse.ArgumentParser:
    words = parser_of("estimate", EPILOG)
    add_plan(words)
    words.add_argument("rule", type=text, metavar="RULE", help=translated(
        'the target and how precise, as "p(T1)=0.02@95%%" or "mean(T1)=20@90%%"'
    ))
    words.add_argument("--most", type=whole(50), default=2000, metavar="N", help=translated(
        "replicates of the plan at most, and of the base that is kept (%(default)s)"
    ))
    words.add_argument("--seed", type=whole(0), metavar="N", help=translated("another seed than the base's"))
    add_plain(words)
    add_tables(words)
    words.add_argument("--quiet", action="store_true", help=translated("no progress"))
    add_language(words)
    return words


def main(argv: Sequence[str]) -> int:
    words = parser()
    asked = words.parse_args(argv)
    check_tables(words, asked)
    from jiju.studies.estimation import estimate

    found = estimate(
        asked.plan, asked.base, asked.rule, most=asked.most, kept=asked.most, seed=asked.seed, control=not asked.plain,
        progress=not asked.quiet, lang=asked.lang,
    )  # fmt: skip
    line = shlex.join(["jiju", "estimate", *(word for word in argv if word != "--force")])
    print_tables(found.printed(line), asked, repr(found))
    return 0 if found.known.enough else FAILED
