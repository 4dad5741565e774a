"""The command `jiju robust`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from jiju.commands.decision_options import add_printing, answered
from jiju.commands.terminal import MOST_SEED, parser_of, share, text, whole
from jiju.languages import to_translate, translated

if TYPE_CHECKING:
    from jiju.decisions.robustness import Robust

EPILOG = to_translate("""examples:
  jiju robust shaoxing-2011/plan shaoxing-2011/credit-only --base shaoxing-2011/status-quo --future macro
  jiju robust a.toml b.toml --base base.toml --outcome "p(T5)" --limit "p(T5) >= 0.5" --future pessimistic
  jiju robust a.toml b.toml --base base.toml --future slow=parameters.talent.scarcity=0.8 --future slow=slow.toml
""")


def parser() -> argparse.ArgumentParser:
    words = parser_of("robust", EPILOG)
    words.add_argument("plans", type=text, metavar="PLAN", nargs="+", help=translated("scenario files or names"))
    words.add_argument("--base", type=text, metavar="BASE", required=True, help=translated(
        "the same without the levers"
    ))
    words.add_argument("--outcome", type=text, metavar="OUTCOME", default="value_added", help=translated(
        "by what plans are held against each other (%(default)s)"
    ))
    words.add_argument("--minimise", action="store_true", help=translated("the smaller the outcome, the better"))
    words.add_argument("--limit", type=text, metavar="LIMIT", action="append", help=translated(
        'what a plan must keep to do, such as "net_value >= 0" or "p(T5) >= 0.5"; may be given again (net_value >= 0)'
    ))
    words.add_argument("--future", type=text, metavar="FUTURE", action="append", default=[], help=translated(
        "settings over all plans and the base, as NAME=KEY=VALUE or NAME=FILE; the same NAME adds to it; or macro, "
        "evidence, optimistic, pessimistic. May be given again"
    ))
    words.add_argument("--replicates", type=whole(4), default=400, metavar="N", help=translated(
        "of every plan in every future (%(default)s)"
    ))
    words.add_argument("--replicates-per-draw", type=whole(2), default=2, metavar="N", help=translated(
        "that share a draw of the uncertain parameters; an even number (%(default)s)"
    ))
    words.add_argument("--seed", type=whole(1, MOST_SEED), default=1, metavar="N", help=translated(
        "of the draws (%(default)s)"
    ))
    words.add_argument("--confidence", type=share, default=0.95, help=translated("of the intervals (%(default)s)"))
    words.add_argument("--no-regions", action="store_true", help=translated(
        "looks for no region of parameters in which a plan breaks its limits"
    ))
    words.add_argument("--no-information", action="store_true", help=translated(
        "leaves out what knowing each parameter is worth"
    ))
    words.add_argument("--json", action="store_true", help=translated("print the answer as JSON"))
    add_printing(words)
    return words


def find(asked: argparse.Namespace) -> Robust:
    from jiju.decisions.robust import robust

    return robust(
        asked.plans, asked.base, asked.outcome, asked.limit or ["net_value >= 0"], futures=asked.future,
        minimise=asked.minimise, replicates=asked.replicates, replicates_per_draw=asked.replicates_per_draw,
        regions=not asked.no_regions, information=not asked.no_information, seed=asked.seed,
        confidence=asked.confidence, progress=not asked.quiet, lang=asked.lang,
    )  # fmt: skip


def main(argv: Sequence[str]) -> int:
    answered("robust", parser(), argv, find)
    return 0
