"""The command `jiju ablate`."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Sequence
from pathlib import Path

from jiju import _engine
from jiju.ablation import ablate
from jiju.ablation_tables import Ablation
from jiju.terminal import add_language, file_name, parser_of, text, whole

EPILOG = """examples:
  jiju ablate shaoxing-2011/plan shaoxing-2011/status-quo --replicates 500 \\
      --expected scenarios/instruments/expected_effects.toml -o levers.md
  jiju ablate my-plan.toml my-base.toml --indicator employment -o effects.csv
"""


def parser() -> argparse.ArgumentParser:
    words = parser_of("ablate", EPILOG)
    words.add_argument("plan", type=text, metavar="PLAN", help="scenario file or name")
    words.add_argument("base", type=text, metavar="BASE", help="the same without the levers")
    words.add_argument("--replicates", type=whole(2), default=500, metavar="N", help="of every arm (%(default)s)")
    words.add_argument(
        "--indicator", type=text, default="output", help="a variable of the results, or a target such as T1"
    )
    words.add_argument(
        "--expected", type=file_name, metavar="FILE", help="what the evidence of each lever lets one expect"
    )
    words.add_argument(
        "-o", "--output", type=file_name, metavar="TABLE", action="append", default=[],
        help=".md for a page, .csv for every effect on every outcome and target, and what is put in; may be given for "
        "each",
    )  # fmt: skip
    words.add_argument("--force", action="store_true", help="replace existing files")
    words.add_argument("--quiet", action="store_true", help="no progress")
    add_language(words)
    return words


def write(found: Ablation, path: Path, command: str, replace: bool) -> None:
    page = found.to_csv() if path.suffix == ".csv" else found.to_markdown(command)
    _engine.write_file(str(path), page, replace)


def check(words: argparse.ArgumentParser, outputs: Sequence[Path], replace: bool) -> None:
    """What forbids writing is known before the work."""
    for path in outputs:
        if path.suffix not in (".md", ".csv"):
            words.error(f"-o {path}: wanted is a name that ends in .md or .csv")
        if outputs.count(path) > 1:
            words.error(f"-o {path}: is given twice")
        _engine.check_output(str(path), replace)


def main(argv: Sequence[str]) -> int:
    words = parser()
    asked = words.parse_args(argv)
    check(words, asked.output, asked.force)
    found = ablate(
        asked.plan, asked.base, asked.indicator, replicates=asked.replicates, expected=asked.expected,
        progress=not asked.quiet, lang=asked.lang,
    )  # fmt: skip
    command = shlex.join(["jiju", "ablate", *(word for word in argv if word != "--force")])
    for path in asked.output:
        write(found, path, command, asked.force)
    if not asked.output:
        print(repr(found))
    return 0
