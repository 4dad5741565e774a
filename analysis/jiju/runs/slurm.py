"""A run or a sweep as an array of Slurm: a shard a task, started again where it was stopped, merged when all are done.

Scheduling is Slurm's. Here only the scripts are written that tell it what belongs together, how much each task needs
and what to do when one is stopped: a task whose time is up ends cleanly and asks to be started again, one that is
cancelled does not; either continues from what it has saved (`--resume`).
"""

from __future__ import annotations

import json
import math
import os
import shlex
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from string import Template

from jiju import _engine, new_files
from jiju.errors import UsageError
from jiju.languages import translated

# Of an estimate from a pilot on this machine, for another one and a model whose replicates differ.
MARGIN = 2.0
LEAST_SECONDS = 300
MEMORY_MARGIN, LEAST_MB = 1.5, 512
MERGED_MB_A_SECOND = 20.0  # judged: a shared disk that others use too
GRACE = 120  # seconds before its time is up that a task saves what it has done
OURS = ("-o", "--output", "--shard", "--resume", "--force", "--dry-run", "--threads", "--quiet", "--json",
        "--precision")  # fmt: skip

ARRAY = Template("""#!/bin/bash
# One shard a task of: jiju $shown
#SBATCH --job-name=$name
#SBATCH --array=1-$tasks
#SBATCH --cpus-per-task=$cpus
#SBATCH --mem=${memory}M
#SBATCH --time=$time
#SBATCH --chdir=$folder
#SBATCH --output=$logs/%a.log
#SBATCH --open-mode=append
#SBATCH --requeue
#SBATCH --signal=B:USR1@$grace
$more
# Two minutes before its time is up the shard is saved, and the task starts again; when it is cancelled it is saved too.
out_of_time=
trap 'out_of_time=yes; kill -TERM "$$work"' USR1
trap 'kill -TERM "$$work"' TERM
$jiju $words --shard "$$SLURM_ARRAY_TASK_ID/$tasks" --output $shards/"$$SLURM_ARRAY_TASK_ID".h5 --resume --quiet &
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
#SBATCH --chdir=$folder
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


@dataclass(frozen=True)
class Needs:
    """Of one task: processors, seconds, memory in MB; and of merging."""

    cpus: int
    seconds: float
    memory: float
    merge_seconds: float


def needs_of(words: Sequence[str], tasks: int, cpus: int, output: Path) -> Needs:
    """From a short pilot on this machine, with margins. Whatever is wrong with the words the engine says here."""
    asked = [*words, "--shard", f"1/{tasks}", "--output", os.fspath(output), "--dry-run", "--json"]
    pilot = json.loads(_engine.answer(asked)[1])
    seconds = MARGIN * pilot["seconds"] * pilot["threads"] / cpus
    return Needs(
        cpus, max(seconds, LEAST_SECONDS), max(MEMORY_MARGIN * pilot["memory_mb"], LEAST_MB),
        max(tasks * pilot["disk_mb"] / MERGED_MB_A_SECOND, LEAST_SECONDS),
    )  # fmt: skip


def check(words: Sequence[str]) -> None:
    """UsageError where the command is none that can be shared out, or says what is decided for each task."""
    if not words or words[0] not in ("run", "sweep"):
        raise UsageError(translated(
            "{word!r}: what is submitted is a run or a sweep, such as run shaoxing-2011/plan --replicates 100000",
            word=words[0] if words else "",
        ))
    for word in words:
        name = word.split("=")[0]
        if name in OURS:
            raise UsageError(translated("{name}: each task gets its own; leave it out behind {command}",
                                        name=name, command=words[0]))  # fmt: skip


def clock(seconds: float) -> str:
    """As Slurm reads times: days-hours:minutes:seconds."""
    minutes = math.ceil(seconds / 60)
    return f"{minutes // 1440}-{minutes // 60 % 24:02}:{minutes % 60:02}:00"


def scripts(words: Sequence[str], output: Path, tasks: int, needs: Needs, options: Sequence[str]) -> dict[str, str]:
    """Name and text of the files that Slurm is given; `options` are more of sbatch, such as --partition=short."""
    folder = Path(f"{output.absolute()}.slurm")
    values = {
        "shown": shlex.join(words), "words": shlex.join(words), "name": output.stem, "tasks": tasks,
        "cpus": needs.cpus, "memory": math.ceil(needs.memory), "time": clock(needs.seconds), "grace": GRACE,
        "folder": os.getcwd(), "logs": folder, "shards": shlex.quote(os.fspath(folder / "shards")),
        "more": "".join(f"#SBATCH {option}\n" for option in options), "jiju": f"{shlex.quote(sys.executable)} -m jiju",
        "output": shlex.quote(os.fspath(output.absolute())), "merge_memory": 2 * LEAST_MB,
        "merge_time": clock(needs.merge_seconds),
    }  # fmt: skip
    return {"array.sh": ARRAY.substitute(values), "merge.sh": MERGE.substitute(values), "submit.sh": SUBMIT}


def write(words: Sequence[str], output: Path, tasks: int, needs: Needs, options: Sequence[str], force: bool) -> Path:
    """The folder of the scripts, `OUTPUT.slurm`. FileError where output or scripts are there, unless `force`."""
    _engine.check_output(os.fspath(output), force)
    folder = Path(f"{output}.slurm")
    (folder / "shards").mkdir(parents=True, exist_ok=True)
    texts = scripts(words, output, tasks, needs, options)
    new_files.write_all({folder / name: partial(Path.write_text, data=text) for name, text in texts.items()}, force)
    (folder / "submit.sh").chmod(0o755)
    return folder


def submit(folder: Path) -> tuple[str, str]:
    """Hands the scripts to Slurm: the numbers of the array and of its merger."""
    try:
        done = subprocess.run([folder.absolute() / "submit.sh"], capture_output=True, text=True)
    except OSError as error:
        raise UsageError(f"{folder}: {error.strerror}") from error
    if done.returncode:
        raise UsageError(translated(
            "Slurm did not take it: {why}", why=done.stderr.strip() or translated("sbatch failed")
        ))
    array, merge = done.stdout.split()
    return array, merge
