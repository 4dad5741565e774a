"""The command `jiju compare`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from jiju.commands.terminal import (
    add_language,
    add_plain,
    add_tables,
    check_tables,
    parser_of,
    print_json,
    print_tables,
    share,
    text,
)
from jiju.languages import to_translate, translated

EPILOG = to_translate("""examples:
  jiju compare status-quo.h5 plan.h5
  jiju compare both.h5                     the first scenario of the file is the base
  jiju compare base.h5 plan.h5 --lang zh
  jiju compare long-base.h5 plan.h5        further replicates of the base make the plan's intervals narrower
  jiju compare base.h5 plan.h5 --json > difference.json
  jiju compare base.h5 plan.h5 -o difference.tex -o difference.docx
""")


def parser() -> argparse.ArgumentParser:
    words = parser_of("compare", EPILOG)
    words.add_argument(
        "base", type=text, metavar="BASE.h5", help=translated(
            "results file; its first scenario is what others differ from"
        )
    )
    words.add_argument("others", type=text, metavar="OTHER.h5", nargs="*", help=translated(
        "results files of the same seed"
    ))
    words.add_argument("--confidence", type=share, default=0.95, help=translated(
        "of the intervals (%(default)s)"
    ))
    words.add_argument("--unpaired", action="store_true", help=translated(
        "for results of different seeds: wider intervals"
    ))
    add_plain(words)
    words.add_argument("--json", action="store_true", help=translated("print the comparison as JSON"))
    add_tables(words)
    add_language(words)
    return words


def main(argv: Sequence[str]) -> int:
    words = parser()
    asked = words.parse_args(argv)
    check_tables(words, asked)
    from jiju.studies.comparison import compare

    found = compare(
        asked.base, *asked.others, confidence=asked.confidence, paired=not asked.unpaired, control=not asked.plain,
        lang=asked.lang,
    )  # fmt: skip
    if asked.json:
        print_json(found.to_dict())
    else:
        print_tables(found, asked, repr(found))
    return 0
