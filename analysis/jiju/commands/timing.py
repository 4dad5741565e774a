"""The command `jiju timing`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from jiju.commands.decision_options import (
    add_answer,
    add_levers,
    add_outcome,
    add_plan,
    answered,
    decimal,
    outcome_options,
)
from jiju.commands.terminal import parser_of, whole
from jiju.languages import to_translate, translated

if TYPE_CHECKING:
    from jiju.decisions.timing_tables import Timing

EPILOG = to_translate("""examples:
  jiju timing shaoxing-2011/plan shaoxing-2011/status-quo --levers special_fund,venture_fund
  jiju timing my-plan.toml my-base.toml --maximise "p(T1)" --tilt 2 --latest 0 --save when.toml -o when.md
""")


def parser() -> argparse.ArgumentParser:
    words = parser_of("timing", EPILOG)
    add_plan(words)
    add_outcome(words)
    add_levers(words)
    words.add_argument("--tilt", type=decimal, metavar="FACTOR", default=1.5, help=translated(
        "early: a year has so many times what the next one has; late: the reverse (%(default)s)"
    ))
    words.add_argument("--latest", type=whole(0, 100), metavar="YEARS", default=3, help=translated(
        "by how many years a lever's begin is put off at most; 0 leaves all where they are (%(default)s)"
    ))
    words.add_argument("--keep", choices=("money", "doses"), default="money", help=translated(
        "what a lever keeps that begins in another year: the sum over the plan's years, or its dose (%(default)s)"
    ))
    words.add_argument("--replicates", type=whole(8), default=200, metavar="N", help=translated(
        "of every plan; half of them choose, the other half judges (%(default)s)"
    ))
    words.add_argument("--seed", type=whole(1, 10**12), default=1, metavar="N", help=translated(
        "of the draws (%(default)s)"
    ))
    words.add_argument("--json", action="store_true", help=translated("print what was found as JSON"))
    add_answer(words)
    return words


def find(asked: argparse.Namespace) -> Timing:
    from jiju.decisions.timing import timing

    return timing(
        asked.plan, asked.base, **outcome_options(asked), levers=asked.levers, tilt=asked.tilt, latest=asked.latest,
        keep=asked.keep, replicates=asked.replicates, seed=asked.seed, progress=not asked.quiet, lang=asked.lang,
    )  # fmt: skip


def main(argv: Sequence[str]) -> int:
    answered("timing", parser(), argv, find)
    return 0
