"""The command `jiju trial`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from jiju.commands.terminal import (
    MOST_SEED,
    add_language,
    add_tables,
    check_tables,
    parser_of,
    print_tables,
    text,
    whole,
)
from jiju.languages import to_translate, translated

EPILOG = to_translate("""examples:
  jiju trial peer-groups contracts --replicates 40
  jiju trial --all
  jiju trial my-trial.toml
""")


def parser() -> argparse.ArgumentParser:
    words = parser_of("trial", EPILOG)
    words.add_argument(
        "names", type=text, nargs="*", metavar="TRIAL", help=translated(
            "a trial of the package (see --list), or a file of trials"
        )
    )
    words.add_argument("--all", action="store_true", help=translated("every trial of the package"))
    words.add_argument("--list", action="store_true", help=translated("what there is"))
    words.add_argument("--replicates", type=whole(2), default=20, metavar="N", help=translated(
        "of every arm (%(default)s)"
    ))
    words.add_argument("--seed", type=whole(0, MOST_SEED), default=1, metavar="S", help=translated(
        "of all draws (%(default)s)"
    ))
    add_tables(words)
    add_language(words)
    return words


def main(argv: Sequence[str]) -> int:
    words = parser()
    asked = words.parse_args(argv)
    from jiju.evidence.trials import chosen, listing, render, trial
    from jiju.exports import frame_tables

    if asked.list:
        print(listing(lang=asked.lang))
        return 0
    if bool(asked.names) == asked.all:
        words.error(translated("which trial? give names, files or --all; --list says what there is"))
    check_tables(words, asked)
    chosen(asked.names)  # what is wrong is known before anything runs
    table = trial(*asked.names, replicates=asked.replicates, seed=asked.seed)
    print_tables(frame_tables.table(table, lang=asked.lang), asked, render(table, lang=asked.lang))
    return 0
