"""The command `jiju calibrate`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from jiju import _engine
from jiju.calibrate import calibrate, posterior_text, report
from jiju.terminal import MOST_SEED, file_name, parser_of, whole


def parser() -> argparse.ArgumentParser:
    words = parser_of("calibrate")
    words.add_argument(
        "calibration", type=file_name, metavar="FILE", help="calibration file, such as scenarios/…/calibration.toml"
    )
    words.add_argument(
        "-o", "--output", type=file_name, metavar="POSTERIOR", help="where the posterior goes; default: only the report"
    )
    words.add_argument("--force", action="store_true", help="replace an existing posterior")
    words.add_argument("--points", type=whole(1), default=800, metavar="N", help="draws from the priors (%(default)s)")
    words.add_argument("--seed", type=whole(0, MOST_SEED), default=1, metavar="S", help="of all draws (%(default)s)")
    words.add_argument(
        "--jobs", type=whole(1, 1024), default=_engine.usable_processors(), metavar="N",
        help="processes at a time; default: as many as the process may use",
    )  # fmt: skip
    words.add_argument(
        "--draws", type=file_name, metavar="DRAWS.csv", help="file that keeps the points' summaries; read if it exists"
    )
    return words


def main(argv: Sequence[str]) -> int:
    asked = parser().parse_args(argv)
    if asked.output:
        _engine.check_output(str(asked.output), asked.force)
    task, posterior = calibrate(asked.calibration, asked.points, asked.seed, asked.jobs, asked.draws)
    print(report(task, posterior))
    if asked.output:
        command = (f"jiju calibrate {asked.calibration} --points {asked.points} --seed {asked.seed}"
                   f" -o {asked.output}")  # fmt: skip
        _engine.write_file(str(asked.output), posterior_text(task, posterior, command), asked.force)
    return 0
