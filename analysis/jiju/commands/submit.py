"""The command `jiju submit`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace

from jiju.commands.terminal import file_name, parser_of, text, whole
from jiju.languages import to_translate, translated
from jiju.runs import slurm, snakemake, submission
from jiju.runs.submission import Work

ENGINES = {"slurm": slurm, "snakemake": snakemake}

EPILOG = to_translate("""examples:
  jiju submit -o million.h5 --tasks 16 run plan.toml --replicates 1000000 --record targets
  jiju submit -o sweep.h5 --tasks 64 --cpus 4 --go sweep fund-and-land --replicates 1000
  jiju submit -o plan.h5 --tasks 8 --option=--partition=short --go run shaoxing-2011/plan
  jiju submit -o plan.h5 --tasks 8 --engine snakemake --go run shaoxing-2011/plan
""")


def parser() -> argparse.ArgumentParser:
    words = parser_of("submit", EPILOG)
    words.add_argument("command", nargs=argparse.REMAINDER, metavar="run|sweep …", help=translated(
        "what is simulated, as in one process"
    ))
    words.add_argument("-o", "--output", type=file_name, required=True, metavar="RESULTS.h5", help=translated(
        "file that the shards become"
    ))
    words.add_argument("--engine", choices=list(ENGINES), default="slurm", help=translated(
        "who starts the tasks: Slurm, as an array, or Snakemake, by rules (%(default)s)"
    ))
    words.add_argument("--tasks", type=whole(1, 100_000), required=True, metavar="N", help=translated(
        "shards, one a task"
    ))
    words.add_argument("--cpus", type=whole(1, 4096), default=1, metavar="N", help=translated(
        "processors of a task (%(default)s)"
    ))
    words.add_argument("--minutes", type=whole(1, 10_000_000), metavar="M", help=translated(
        "time of a task; default: twice the estimate"
    ))
    words.add_argument("--memory", type=whole(1, 100_000_000), metavar="MB", help=translated(
        "memory of a task; default: from the estimate"
    ))
    words.add_argument("--option", type=text, action="append", default=[], metavar="OPTION", help=translated(
        "one more option for sbatch or snakemake, such as --option=--partition=short or --option=--jobs=64"
    ))
    words.add_argument("--go", action="store_true", help=translated("hand it over, not only write the scripts"))
    words.add_argument("--force", action="store_true", help=translated("replace existing files"))
    return words


def main(argv: Sequence[str]) -> int:
    asked = parser().parse_args(argv)
    engine = ENGINES[asked.engine]
    submission.check(asked.command)
    needs = submission.needs_of(asked.command, asked.tasks, asked.cpus, asked.output)
    needs = replace(
        needs, seconds=60.0 * asked.minutes if asked.minutes else needs.seconds, memory=asked.memory or needs.memory
    )
    work = Work(asked.command, asked.output, asked.tasks, needs, asked.option)
    folder = submission.write(work, work.folder(engine.SUFFIX), engine.scripts(work), asked.force)
    print(translated(
        "{tasks} tasks of {cpus} processors, {memory} MB and at most {time}: {folder}",
        tasks=asked.tasks, cpus=needs.cpus, memory=round(needs.memory), time=slurm.clock(needs.seconds),
        folder=f"{asked.output}{engine.SUFFIX}",
    ))
    if not asked.go:
        print(translated("{script} hands them over", script=folder / submission.SCRIPT))
        return 0
    print(engine.submit(folder), flush=True)
    return 0
