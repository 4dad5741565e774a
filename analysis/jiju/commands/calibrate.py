"""The command `jiju calibrate`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from jiju import _engine
from jiju.commands.terminal import MOST_SEED, add_language, file_name, parser_of, whole
from jiju.errors import UsageError
from jiju.languages import translated

LEAST_SETS = 10  # with fewer, no test of ranks can tell anything


def parser() -> argparse.ArgumentParser:
    words = parser_of("calibrate")
    words.add_argument(
        "calibration", type=file_name, metavar="FILE", help=translated(
            "calibration file, such as scenarios/…/calibration.toml"
        )
    )
    words.add_argument(
        "-o", "--output", type=file_name, metavar="POSTERIOR", help=translated(
            "where the posterior goes; default: only the report"
        )
    )
    words.add_argument("--page", type=file_name, metavar="PAGE.md", help=translated(
        "a page of the findings, pictures beside it"
    ))
    words.add_argument("--force", action="store_true", help=translated("replace existing files"))
    words.add_argument("--points", type=whole(1), default=2000, metavar="N", help=translated(
        "points simulated (%(default)s)"
    ))
    words.add_argument("--seed", type=whole(0, MOST_SEED), default=1, metavar="S", help=translated(
        "of all draws (%(default)s)"
    ))
    words.add_argument(
        "--jobs", type=whole(1, 1024), default=_engine.usable_processors(), metavar="N",
        help=translated("processes at a time; default: as many as the process may use"),
    )  # fmt: skip
    words.add_argument(
        "--draws", type=file_name, metavar="DRAWS.csv",
        help=translated("file that keeps the first generation's summaries; read if it exists"),
    )  # fmt: skip
    words.add_argument(
        "--check", type=whole(LEAST_SETS), metavar="SETS",
        help=translated(
            "fits so many synthetic data sets instead, and tests whether the ranks of the truth are uniform"
        ),
    )  # fmt: skip
    add_language(words)
    return words


def main(argv: Sequence[str]) -> int:
    asked = parser().parse_args(argv)
    from jiju.commands.calibration_report import check_report, posterior_text, report, write_page
    from jiju.evidence.calibrate import calibrate, check, names_of
    from jiju.evidence.calibration_task import read_task

    if asked.check:
        if asked.output or asked.page:
            raise UsageError(translated("--check writes no posterior and no page: leave out -o and --page"))
        table = check(asked.calibration, asked.check, asked.points, asked.seed, asked.jobs, asked.draws)
        print(check_report(table, dict(names_of(read_task(asked.calibration), asked.lang))))
        return 0
    for file in (asked.output, asked.page):
        if file:
            _engine.check_output(str(file), asked.force)
    fit = calibrate(asked.calibration, asked.points, asked.seed, asked.jobs, asked.draws)
    print(report(fit, lang=asked.lang))
    command = f"jiju calibrate {asked.calibration} --points {asked.points} --seed {asked.seed}"
    if asked.output:
        command += f" -o {asked.output}"
        _engine.write_file(str(asked.output), posterior_text(fit, command), asked.force)
    if asked.page:
        write_page(fit, asked.page, command, lang=asked.lang, force=asked.force)
    return 0
