"""The command `jiju compare`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from jiju.comparison import compare
from jiju.errors import FileError
from jiju.labels import LANGUAGES
from jiju.terminal import print_json, say, share, text

REFUSED, FILE = 2, 3

EPILOG = """examples:
  jiju compare status-quo.h5 plan.h5
  jiju compare both.h5                     the first scenario of the file is the base
  jiju compare base.h5 plan.h5 --lang zh
  jiju compare base.h5 plan.h5 --json > difference.json
"""


def parser() -> argparse.ArgumentParser:
    words = argparse.ArgumentParser(
        prog="jiju compare",
        description="Compare scenarios replicate by replicate: differences with intervals, targets side by side",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    words.add_argument(
        "base", type=text, metavar="BASE.h5", help="results file; its first scenario is what others differ from"
    )
    words.add_argument("others", type=text, metavar="OTHER.h5", nargs="*", help="results files of the same seed")
    words.add_argument("--confidence", type=share, default=0.95, help="of the intervals, 0.95 by default")
    words.add_argument("--unpaired", action="store_true", help="for results of different seeds: wider intervals")
    words.add_argument("--lang", choices=LANGUAGES, default="en", help="language of names and tables")
    words.add_argument("--json", action="store_true", help="print the comparison as JSON")
    return words


def main(argv: Sequence[str] | None = None) -> int:
    asked = parser().parse_args(argv)
    try:
        found = compare(
            asked.base, *asked.others, confidence=asked.confidence, paired=not asked.unpaired, lang=asked.lang
        )
    except FileError as error:
        say(f"error: {error}")
        return FILE
    except ValueError as error:
        say(f"error: {error}")
        return REFUSED
    if asked.json:
        print_json(found.to_dict())
    else:
        print(repr(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
