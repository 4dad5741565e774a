"""The command `jiju bundle`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from jiju.commands.terminal import file_name, parser_of, print_json, say, text, whole
from jiju.languages import to_translate, translated

if TYPE_CHECKING:
    import pandas as pd

EPILOG = to_translate("""examples:
  jiju bundle status-quo.h5 plan.h5 -o replication.zip
  jiju bundle plan.h5 -o replication.zip --digests-only     small; who verifies simulates everything
  jiju bundle --verify replication.zip
  jiju bundle --verify replication.zip --sample all
  jiju bundle own.h5 -o public.zip --without-firms          confidential tables of firms stay at home
  jiju bundle --verify public.zip --firms firms.csv

Exit code 4 where a check fails.
""")


def sample(word: str) -> int | None:
    return None if word == "all" else whole(0)(word)


def parser() -> argparse.ArgumentParser:
    words = parser_of("bundle", EPILOG)
    words.add_argument("results", type=text, nargs="*", metavar="RESULTS.h5", help=translated(
        "results files of finished runs"
    ))
    words.add_argument("-o", "--output", type=file_name, metavar="OUT.zip", help=translated("package to write"))
    words.add_argument("--digests-only", action="store_true", help=translated(
        "leave the results out, and keep their digests"
    ))
    words.add_argument("--without-firms", action="store_true", help=translated(
        "leave tables of firms out, and say which they are; without them nothing can be simulated again"
    ))
    words.add_argument("--verify", type=file_name, metavar="PACKAGE.zip", help=translated(
        "check a package instead"
    ))
    words.add_argument(
        "--sample", type=sample, default=5, metavar="N",
        help=translated("replicates to simulate again: a number, or all (%(default)s)"),
    )  # fmt: skip
    words.add_argument("--seed", type=whole(0), metavar="S", help=translated(
        "of the sample; default: one that nobody can foresee"
    ))
    words.add_argument(
        "--firms", type=file_name, action="append", default=[], metavar="FIRMS.csv",
        help=translated("with --verify: a table of firms that the package does without; may be given again"),
    )  # fmt: skip
    words.add_argument("--json", action="store_true", help=translated("print the checks as JSON"))
    words.add_argument("--force", action="store_true", help=translated("replace an existing package"))
    words.add_argument("--quiet", action="store_true", help=translated("of checks show those that fail"))
    return words


def main(argv: Sequence[str]) -> int:
    words = parser()
    asked = words.parse_args(argv)
    if asked.verify is not None:
        if asked.results or asked.output:
            words.error(translated("--verify takes the package alone, without results and -o"))
        return verified(asked)
    if asked.firms:
        words.error(translated("--firms goes with --verify"))
    if not asked.results:
        words.error(translated("which results? or --verify PACKAGE.zip"))
    if asked.output is None:
        words.error(translated("where to? give -o OUT.zip"))
    from jiju.papers.bundle import bundle

    written = bundle(*asked.results, output=asked.output, digests_only=asked.digests_only,
                     without_firms=asked.without_firms, force=asked.force)  # fmt: skip
    if not asked.quiet:
        say(translated(
            "wrote {written}; who has it verifies it by: jiju bundle --verify {name}",
            written=written, name=Path(written).name,
        ))
    return 0


def verdict(found: pd.DataFrame, holds: bool) -> str:
    if not holds:
        return translated("NOT VERIFIED")
    from jiju.papers.bundle_verification import WITHHELD

    if (found["check"] == WITHHELD).any():
        return translated("verified, except for what needs the tables of firms that it does without")
    return translated("verified")


def verified(asked: argparse.Namespace) -> int:
    from jiju.papers.bundle_verification import verify_bundle
    from jiju.runs.answers import FAILED_CHECK

    found = verify_bundle(asked.verify, sample=asked.sample, seed=asked.seed, firms=asked.firms)
    holds = bool(found["holds"].all())
    if asked.json:
        print_json({"format": "jiju bundle verification", "version": 1, "holds": holds,
                    "checks": found.to_dict("records")})  # fmt: skip
        return 0 if holds else FAILED_CHECK
    for row in found.itertuples():
        if not (row.holds and asked.quiet):
            print(f"{'ok    ' if row.holds else 'FAILED'} {row.check}: {row.file}: {row.detail}")
    print(f"{asked.verify}: {verdict(found, holds)}")
    return 0 if holds else FAILED_CHECK
