"""The command `jiju ablate`."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING

from jiju.commands.terminal import (
    add_language,
    add_plain,
    add_tables,
    check_tables,
    file_name,
    parser_of,
    print_tables,
    text,
    whole,
)
from jiju.languages import to_translate, translated

if TYPE_CHECKING:
    from jiju.studies.ablation_tables import Ablation
    from jiju.studies.factorial import Factorial

EPILOG = to_translate("""examples:
  jiju ablate shaoxing-2011/plan shaoxing-2011/status-quo --replicates 500 \\
      --expected scenarios/instruments/expected_effects.toml -o levers.md
  jiju ablate my-plan.toml my-base.toml --indicator employment -o effects.csv
  jiju ablate shaoxing-2011/plan shaoxing-2011/status-quo --design --replicates 100
""")


def parser() -> argparse.ArgumentParser:
    words = parser_of("ablate", EPILOG)
    words.add_argument("plan", type=text, metavar="PLAN", help=translated("scenario file or name"))
    words.add_argument("base", type=text, metavar="BASE", help=translated("the same without the levers"))
    words.add_argument("--replicates", type=whole(2), default=500, metavar="N", help=translated(
        "of every arm (%(default)s)"
    ))
    words.add_argument(
        "--indicator", type=text, default="output", help=translated(
            "a variable of the results, or a target such as T1"
        )
    )
    words.add_argument(
        "--expected", type=file_name, metavar="FILE", help=translated(
            "what the evidence of each lever lets one expect"
        )
    )
    words.add_argument("--design", action="store_true", help=translated(
        "main effects and two-way interactions from a factorial design of few arms, in place of each lever alone and "
        "removed"
    ))
    add_plain(words)
    add_tables(words)
    words.add_argument("--quiet", action="store_true", help=translated("no progress"))
    add_language(words)
    return words


def main(argv: Sequence[str]) -> int:
    words = parser()
    asked = words.parse_args(argv)
    if asked.design and asked.expected:
        words.error(translated("--design and --expected: choose one"))
    check_tables(words, asked)
    from jiju.studies.ablation import ablate
    from jiju.studies.factorial import factorial

    rest = {"replicates": asked.replicates, "progress": not asked.quiet, "lang": asked.lang}
    if asked.design:
        found: Ablation | Factorial = factorial(asked.plan, asked.base, asked.indicator, **rest)
    else:
        found = ablate(
            asked.plan, asked.base, asked.indicator, expected=asked.expected, control=not asked.plain, **rest
        )  # fmt: skip
    command = shlex.join(["jiju", "ablate", *(word for word in argv if word != "--force")])
    print_tables(found.printed(command), asked, repr(found))
    return 0
