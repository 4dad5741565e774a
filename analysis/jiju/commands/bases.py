"""The command `jiju bases`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from jiju.commands.terminal import parser_of, print_json, text, whole
from jiju.languages import to_translate, translated

EPILOG = to_translate("""examples:
  jiju bases                                       what is kept
  jiju bases --keep shaoxing-2011/status-quo       simulates it long, and keeps it
  jiju bases --delete --stale                      what other versions of the program made

Kept files lie in the user's cache; the environment variable JIJU_BASES names another folder.
""")


def parser() -> argparse.ArgumentParser:
    words = parser_of("bases", EPILOG)
    what = words.add_mutually_exclusive_group()
    what.add_argument("--keep", type=text, metavar="SCENARIO", help=translated("simulate a scenario and keep it"))
    what.add_argument("--delete", type=text, metavar="FILE", nargs="*", help=translated(
        "delete these of the kept, or all"
    ))
    words.add_argument("--replicates", type=whole(2), default=2000, metavar="N", help=translated(
        "how many are kept (%(default)s)"
    ))
    words.add_argument("--record", choices=("targets", "yearly", "quarterly"), default="yearly", help=translated(
        "how much of every replicate (%(default)s)"
    ))
    words.add_argument("--seed", type=whole(0), metavar="N", help=translated("another seed than the scenario's"))
    words.add_argument("--stale", action="store_true", help=translated(
        "delete only what this program did not make"
    ))
    words.add_argument("--json", action="store_true", help=translated("print the list as JSON"))
    words.add_argument("--quiet", action="store_true", help=translated("no progress"))
    return words


def main(argv: Sequence[str]) -> int:
    words = parser()
    asked = words.parse_args(argv)
    if asked.stale and asked.delete is None:
        words.error(translated("--stale says what to delete: give --delete too"))
    from jiju.printing import text_tables
    from jiju.runs import kept_bases

    if asked.keep:
        kept_bases.keep(
            asked.keep, asked.replicates, seed=asked.seed, record=asked.record, progress=not asked.quiet
        ).close()
    elif asked.delete is not None:
        kept_bases.forget(*asked.delete, stale=asked.stale)
    found = kept_bases.bases()
    if asked.json:
        print_json(found.assign(written=found["written"].astype(str)).to_dict("records"))
    else:
        print(text_tables.plain(found.assign(megabytes=[f"{each:.1f}" for each in found["megabytes"]])))
    return 0
