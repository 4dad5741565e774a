"""The command `jiju facts`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from jiju.commands.terminal import add_language, add_tables, check_tables, parser_of, print_tables, text
from jiju.errors import UsageError
from jiju.languages import translated


def parser() -> argparse.ArgumentParser:
    words = parser_of("facts")
    words.add_argument("results", type=text, metavar="FIRMS.h5", help=translated(
        "results file of a run with --record firms"
    ))
    words.add_argument("--scenario", type=text, metavar="KEY", help=translated(
        "which of its scenarios; default: the first"
    ))
    words.add_argument("--facts", type=text, metavar="FACTS.toml", help=translated(
        "file of facts; default: those of the package"
    ))
    add_tables(words)
    add_language(words)
    return words


def main(argv: Sequence[str]) -> int:
    words = parser()
    asked = words.parse_args(argv)
    check_tables(words, asked)
    from jiju.evidence import facts
    from jiju.exports import frame_tables
    from jiju.results import files

    facts.card(asked.facts)  # what is wrong is known before anything is measured
    with files.open(asked.results) as dataset:
        try:
            table = facts.facts(dataset, asked.scenario, asked.facts)
        except UsageError as problem:
            raise UsageError(f"{asked.results}: {problem}") from None
    print_tables(frame_tables.table(table, lang=asked.lang), asked, facts.render(table, lang=asked.lang))
    return 0
