"""The command `jiju export`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from jiju.commands.terminal import add_language, file_name, names, parser_of, say, text, whole
from jiju.exports.choices import FORMATS, MOST_ROWS, PARTS
from jiju.languages import to_translate, translated

EPILOG = to_translate("""examples:
  jiju export plan.h5 --to dta                       a folder plan-dta of files for Stata
  jiju export plan.h5 -o plan.xlsx --lang zh         a workbook in Chinese
  jiju export both.h5 --to csv --outputs output,employment --by industry --years 2015
  jiju export both.h5 --to parquet --outputs output --by total --replicates each --wide
  jiju export firms.h5 --to dta --tables firms --years 2015

docs/hand-over.md says what the tables hold.
""")


def parser() -> argparse.ArgumentParser:
    words = parser_of("export", EPILOG)
    words.add_argument("results", type=text, metavar="RESULTS.h5", help=translated("results file"))
    words.add_argument("--to", choices=FORMATS, help=translated("format; default: as the name of OUT ends"))
    words.add_argument(
        "-o", "--output", type=file_name, metavar="OUT",
        help=translated(
            "workbook, folder, or file of a single table; default: RESULTS.xlsx, or the folder RESULTS-FORMAT"
        ),
    )  # fmt: skip
    words.add_argument(
        "--tables", type=names, metavar="A,B,…", help=translated(
            "of {PARTS}; default: all but firms",
            PARTS=", ".join(PARTS),
        )
    )
    words.add_argument("--outputs", type=names, metavar="A,B,…", help=translated(
        "these outputs, and no other table"
    ))
    words.add_argument(
        "--by", type=names, metavar="DIM,…",
        help=translated("dimensions that outputs keep beside time; the rest is added up; total: none"),
    )  # fmt: skip
    words.add_argument("--scenario", type=names, metavar="KEY,…", help=translated(
        "these scenarios; default: all"
    ))
    words.add_argument("--years", type=names, metavar="YEAR,…", help=translated("these years; default: all"))
    words.add_argument(
        "--replicates", choices=("summary", "each"), default="summary",
        help=translated(
            "mean, standard error and quantiles over replicates, or a row a replicate (%(default)s)"
        ),
    )  # fmt: skip
    words.add_argument("--panel", action="store_true", help=translated(
        "firms too (of runs with --record firms)"
    ))
    words.add_argument("--wide", action="store_true", help=translated("a column a variable, not a row"))
    words.add_argument(
        "--max-rows", type=whole(1), default=MOST_ROWS, metavar="N", help=translated(
            "refuse to write more rows (%(default)s)"
        )
    )
    words.add_argument("--force", action="store_true", help=translated("replace existing files"))
    words.add_argument("--quiet", action="store_true", help=translated("do not say which files were written"))
    add_language(words)
    return words


def default_name(results: str, to: str) -> Path:
    stem = Path(results.rstrip("/")).stem
    return Path(f"{stem}.xlsx" if to == "xlsx" else f"{stem}-{to}")


def main(argv: Sequence[str]) -> int:
    words = parser()
    asked = words.parse_args(argv)
    if asked.output is None and asked.to is None:
        words.error(translated("which format? give --to, or a name by -o that ends in it"))
    read = whole(0)
    try:
        years = [read(year) for year in asked.years] if asked.years else None
    except argparse.ArgumentTypeError as error:
        words.error(translated("argument --years: {error}", error=error))
    from jiju.exports.export import export

    by = asked.by
    written = export(
        asked.results, asked.output or default_name(asked.results, asked.to), asked.to, tables=asked.tables,
        outputs=asked.outputs, by=[] if by == ["total"] else by, scenario=asked.scenario, years=years,
        replicates=asked.replicates, panel=asked.panel, wide=asked.wide, max_rows=asked.max_rows, lang=asked.lang,
        force=asked.force,
    )  # fmt: skip
    if not asked.quiet:
        for path in written:
            say(translated("wrote {path}", path=path))
    return 0
