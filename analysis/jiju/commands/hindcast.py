"""The command `jiju hindcast`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from jiju.commands.terminal import add_language, add_tables, check_tables, parser_of, print_json, print_tables, text
from jiju.languages import to_translate, translated

PICTURES = (".png", ".svg", ".pdf")

EPILOG = to_translate("""examples:
  jiju hindcast hindcast.h5 scenarios/shaoxing-2011/observed.csv
  jiju hindcast both.h5 observed.csv --scenario plan-hindcast -o hindcast.png
  jiju hindcast hindcast.h5 observed.csv --lang zh
  jiju hindcast hindcast.h5 observed.csv --json > hindcast.json

docs/hindcast.md says what stands in DATA.csv and how to read the scores.
""")


def parser() -> argparse.ArgumentParser:
    words = parser_of("hindcast", EPILOG)
    words.add_argument("results", type=text, metavar="RESULTS.h5", help=translated("results file"))
    words.add_argument("table", type=text, metavar="DATA.csv", help=translated(
        "observations: variable, year, value …"
    ))
    words.add_argument("--scenario", type=text, metavar="KEY", help=translated(
        "which of its scenarios; default: each of them"
    ))
    add_tables(words, to_translate(".tex, .md, .docx or .csv; .png, .svg or .pdf is a fan chart"))
    words.add_argument("--json", action="store_true", help=translated("print the hindcast as JSON"))
    add_language(words)
    return words


def main(argv: Sequence[str]) -> int:
    words = parser()
    asked = words.parse_args(argv)
    check_tables(words, asked, PICTURES)
    pictures = [path for path in asked.output if path.suffix.lower() in PICTURES]
    tables = [path for path in asked.output if path not in pictures]
    from jiju.evidence.hindcasts import hindcast
    from jiju.results import files

    with files.open(asked.results) as data:
        found = hindcast(data, asked.table, scenario=asked.scenario, lang=asked.lang)
        for path in pictures:
            # Matplotlib takes a second to load, which tables do not need.
            from jiju.plot.hindcasts import save

            save(found, path)
        if asked.json:
            print_json(found.to_dict())
        elif tables or not pictures:
            asked.output = tables
            print_tables(found, asked, repr(found))
        else:
            print(repr(found))
    return 0
