"""The command `jiju hindcast`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from jiju import _engine, files
from jiju.errors import UsageError
from jiju.hindcasts import hindcast
from jiju.terminal import add_language, file_name, parser_of, print_json, text

EPILOG = """examples:
  jiju hindcast hindcast.h5 scenarios/shaoxing-2011/observed.csv
  jiju hindcast both.h5 observed.csv --scenario plan-hindcast -o hindcast.png
  jiju hindcast hindcast.h5 observed.csv --lang zh
  jiju hindcast hindcast.h5 observed.csv --json > hindcast.json

docs/hindcast.md says what stands in DATA.csv and how to read the scores.
"""


def parser() -> argparse.ArgumentParser:
    words = parser_of("hindcast", EPILOG)
    words.add_argument("results", type=text, metavar="RESULTS.h5", help="results file")
    words.add_argument("table", type=text, metavar="DATA.csv", help="observations: variable, year, value …")
    words.add_argument("--scenario", type=text, metavar="KEY", help="which of its scenarios; default: each of them")
    words.add_argument("-o", "--output", type=file_name, metavar="PICTURE", help="fan chart as .png, .svg or .pdf")
    words.add_argument("--force", action="store_true", help="replace an existing picture")
    words.add_argument("--json", action="store_true", help="print the hindcast as JSON")
    add_language(words)
    return words


def main(argv: Sequence[str]) -> int:
    asked = parser().parse_args(argv)
    if asked.output is not None:
        check_picture(asked.output, asked.force)
    with files.open(asked.results) as data:
        found = hindcast(data, asked.table, scenario=asked.scenario, lang=asked.lang)
        if asked.output is not None:
            # Matplotlib takes a second to load, which tables do not need.
            from jiju.plot.hindcasts import save

            save(found, asked.output)
        if asked.json:
            print_json(found.to_dict())
        else:
            print(repr(found))
    return 0


def check_picture(path: object, force: bool) -> None:
    """Before any work: of a kind that can be drawn, and not there already."""
    known = (".png", ".svg", ".pdf")
    if not str(path).lower().endswith(known):
        raise UsageError(f"{path}: a picture's name ends in {', '.join(known)}")
    _engine.check_output(str(path), force)
