"""The command `jiju table`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from jiju.commands.terminal import add_language, add_tables, check_tables, parser_of, print_tables, text
from jiju.languages import to_translate, translated

EPILOG = to_translate("""examples:
  jiju table plan.h5 --to latex
  jiju table both.h5 -o targets.docx --lang zh
""")


def parser() -> argparse.ArgumentParser:
    words = parser_of("table", EPILOG)
    words.add_argument("results", type=text, metavar="RESULTS.h5", help=translated(
        "results file, of one or several scenarios"
    ))
    add_tables(words)
    add_language(words)
    return words


def main(argv: Sequence[str]) -> int:
    words = parser()
    asked = words.parse_args(argv)
    check_tables(words, asked)
    from jiju.exports import frame_tables

    found = frame_tables.table(asked.results, lang=asked.lang)
    print_tables(found, asked, repr(found))
    return 0
