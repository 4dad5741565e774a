"""The command `jiju methods`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from jiju.commands.terminal import add_language, parser_of, text
from jiju.languages import to_translate, translated

EPILOG = to_translate("""examples:
  jiju methods both.h5
  jiju methods status-quo.h5 plan.h5 --lang zh
""")


def parser() -> argparse.ArgumentParser:
    words = parser_of("methods", EPILOG)
    words.add_argument("results", type=text, nargs="+", metavar="RESULTS.h5", help=translated("results files"))
    add_language(words)
    return words


def main(argv: Sequence[str]) -> int:
    asked = parser().parse_args(argv)
    from jiju.papers.methods import methods

    print(methods(*asked.results, lang=asked.lang))
    return 0
