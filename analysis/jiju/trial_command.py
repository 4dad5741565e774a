"""The command `jiju trial`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

import pandas as pd

from jiju.progress import tqdm
from jiju.terminal import MOST_SEED, add_language, parser_of, text, whole
from jiju.trials import catalogue, listing, render, run_trial


def parser() -> argparse.ArgumentParser:
    words = parser_of("trial")
    words.add_argument("names", type=text, nargs="*", metavar="NAME", help="which trials; see --list")
    words.add_argument("--all", action="store_true", help="every trial")
    words.add_argument("--list", action="store_true", help="what there is")
    words.add_argument("--replicates", type=whole(2), default=20, metavar="N", help="of every arm (%(default)s)")
    words.add_argument("--seed", type=whole(0, MOST_SEED), default=1, metavar="S", help="of all draws (%(default)s)")
    add_language(words)
    return words


def main(argv: Sequence[str]) -> int:
    words = parser()
    asked = words.parse_args(argv)
    if asked.list:
        print(listing(lang=asked.lang))
        return 0
    names = list(catalogue()) if asked.all else asked.names
    unknown = [name for name in names if name not in catalogue()]
    if unknown or not names:
        words.error(f"no trial {unknown[0]}; jiju trial --list says what there is" if unknown else "which trial?")
    tables = [run_trial(name, asked.replicates, asked.seed) for name in tqdm(names, unit="trial", disable=None)]
    print(render(pd.concat(tables), lang=asked.lang))
    return 0
