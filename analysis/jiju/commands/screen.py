"""The command `jiju screen`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from jiju.commands.decision_options import (
    add_levers,
    add_outcome,
    add_plan,
    add_printing,
    answered,
    decimal,
    outcome_options,
)
from jiju.commands.terminal import file_name, names, parser_of, share, whole
from jiju.languages import to_translate, translated

if TYPE_CHECKING:
    from jiju.decisions.screening import Screening

EPILOG = to_translate("""examples:
  jiju screen shaoxing-2011/plan shaoxing-2011/status-quo
  jiju screen my-plan.toml my-base.toml --maximise "p(T1)" --ways scale,start --trajectories 20 -o screen.md
""")


def parser() -> argparse.ArgumentParser:
    words = parser_of("screen", EPILOG)
    add_plan(words)
    add_outcome(words)
    add_levers(words)
    words.add_argument("--ways", type=names, metavar="WAYS", default=["scale", "start"], help=translated(
        "how levers are open: scale, start, switch, with commas (scale,start)"
    ))
    words.add_argument("--most", type=decimal, metavar="FACTOR", default=2.0, help=translated(
        "highest multiple of a lever's doses (%(default)s)"
    ))
    words.add_argument("--trajectories", type=whole(2), default=10, metavar="N", help=translated(
        "of one plan more than there are openings (%(default)s)"
    ))
    words.add_argument("--replicates", type=whole(4), default=20, metavar="N", help=translated(
        "of every plan (%(default)s)"
    ))
    words.add_argument("--points", type=whole(10), metavar="N", help=translated(
        "plans for the response surface; five for each opening that matters"
    ))
    words.add_argument("--least", type=share, default=0.05, metavar="SHARE", help=translated(
        "of the largest mu*: what has less is small (%(default)s)"
    ))
    words.add_argument("--seed", type=whole(1, 10**12), default=1, metavar="N", help=translated(
        "of the design and its draws (%(default)s)"
    ))
    words.add_argument("--file", type=file_name, metavar="POINTS.nc", help=translated(
        "keeps every plan that was simulated; a screening that was stopped goes on from it"
    ))
    words.add_argument("--json", action="store_true", help=translated("print what was found as JSON"))
    add_printing(words)
    return words


def find(asked: argparse.Namespace) -> Screening:
    from jiju.decisions.screen import screen

    return screen(
        asked.plan, asked.base, **outcome_options(asked), levers=asked.levers, ways=asked.ways,
        bounds={"scale": (0.0, asked.most)}, trajectories=asked.trajectories, replicates=asked.replicates,
        points=asked.points, least=asked.least, seed=asked.seed, file=asked.file, progress=not asked.quiet,
        lang=asked.lang,
    )  # fmt: skip


def main(argv: Sequence[str]) -> int:
    answered("screen", parser(), argv, find)
    return 0
