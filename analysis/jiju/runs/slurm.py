"""A run or a sweep as an array of Slurm: a shard a task, started again where it was stopped, merged when all are done.

Scheduling is Slurm's. Here only the scripts are written that tell it what belongs together, how much each task needs
and what to do when one is stopped: a task whose time is up ends cleanly and asks to be started again, one that is
cancelled does not; either continues from what it has saved (`--resume`).
"""

from __future__ import annotations

import math
import os
import shlex
from pathlib import Path
from string import Template

from jiju.errors import UsageError
from jiju.languages import translated
from jiju.runs import submission
from jiju.runs.submission import Work

SUFFIX = ".slurm"
GRACE = 120  # seconds before its time is up that a task saves what it has done

ARRAY = Template("""#!/bin/bash
# One shard a task of: jiju $shown
#SBATCH --job-name=$name
#SBATCH --array=1-$tasks
#SBATCH --cpus-per-task=$cpus
#SBATCH --mem=${memory}M
#SBATCH --time=$time
#SBATCH --chdir=$start
#SBATCH --output=$logs/%a.log
#SBATCH --open-mode=append
#SBATCH --requeue
#SBATCH --signal=B:USR1@$grace
$more
# Two minutes before its time is up the shard is saved, and the task starts again; when it is cancelled it is saved too.
out_of_time=
trap 'out_of_time=yes; kill -TERM "$$work"' USR1
trap 'kill -TERM "$$work"' TERM
$jiju $shown --shard "$$SLURM_ARRAY_TASK_ID/$tasks" --output $shards/"$$SLURM_ARRAY_TASK_ID".h5 --resume --quiet &
work=$$!
wait "$$work"
code=$$?
while ((code > 128)) && kill -0 "$$work" 2>/dev/null; do
    wait "$$work"
    code=$$?
done
if [[ -n $$out_of_time && $$code -ne 0 ]]; then
    scontrol requeue "$${SLURM_ARRAY_JOB_ID}_$${SLURM_ARRAY_TASK_ID}"
fi
exit "$$code"
""")

MERGE = Template("""#!/bin/bash
# When all tasks of the array are done: one results file of their shards.
#SBATCH --job-name=$name-merge
#SBATCH --cpus-per-task=1
#SBATCH --mem=${merge_memory}M
#SBATCH --time=$merge_time
#SBATCH --chdir=$start
#SBATCH --output=$logs/merge.log
#SBATCH --requeue
$more
exec $jiju merge --quiet --force --output $output -- $shards/*.h5
""")

SUBMIT = """#!/bin/bash
# Hands both to Slurm. Run it again to go on from what has been saved.
set -euo pipefail
cd "$(dirname "$0")"
array=$(sbatch --parsable array.sh)
merge=$(sbatch --parsable --dependency="afterok:$array" --kill-on-invalid-dep=yes merge.sh)
echo "$array $merge"
"""


def clock(seconds: float) -> str:
    """As Slurm reads times: days-hours:minutes:seconds."""
    minutes = math.ceil(seconds / 60)
    return f"{minutes // 1440}-{minutes // 60 % 24:02}:{minutes % 60:02}:00"


def scripts(work: Work) -> dict[str, str]:
    """Name and text of the files that Slurm is given; options are more of sbatch, such as --partition=short."""
    folder = work.folder(SUFFIX)
    values = {
        "shown": work.shown, "name": work.output.stem, "tasks": work.tasks, "cpus": work.needs.cpus,
        "memory": math.ceil(work.needs.memory), "time": clock(work.needs.seconds), "grace": GRACE,
        "start": work.start, "logs": folder, "shards": shlex.quote(os.fspath(folder / "shards")),
        "more": "".join(f"#SBATCH {option}\n" for option in work.options), "jiju": submission.program(),
        "output": shlex.quote(os.fspath(work.output.absolute())), "merge_memory": submission.MERGE_MB,
        "merge_time": clock(work.needs.merge_seconds),
    }  # fmt: skip
    return {"array.sh": ARRAY.substitute(values), "merge.sh": MERGE.substitute(values), submission.SCRIPT: SUBMIT}


def submit(folder: Path) -> str:
    """Hands the scripts to Slurm, which works from then on: what is reported of it."""
    done = submission.hand_over(folder)
    if done.returncode:
        raise UsageError(translated(
            "Slurm did not take it: {why}", why=done.stderr.strip() or translated("sbatch failed")
        ))
    array, merge = done.stdout.split()
    return translated("array {array}; job {merge} merges when all of it is done", array=array, merge=merge)
