"""The command `jiju cite`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from jiju.commands.terminal import parser_of, text
from jiju.languages import to_translate, translated
from jiju.papers.citation import STYLES, cite

EPILOG = to_translate("""examples:
  jiju cite
  jiju cite --to apa
  jiju cite plan.h5                      the version that made the file
  jiju cite --to cff > CITATION.cff
""")


def parser() -> argparse.ArgumentParser:
    words = parser_of("cite", EPILOG)
    words.add_argument("results", type=text, nargs="?", metavar="RESULTS.h5", help=translated(
        "cite the version that made it"
    ))
    words.add_argument("--to", choices=STYLES, default="bibtex", help=translated("style (%(default)s)"))
    return words


def main(argv: Sequence[str]) -> int:
    asked = parser().parse_args(argv)
    print(cite(asked.to, asked.results).rstrip("\n"))
    return 0
