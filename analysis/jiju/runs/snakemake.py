"""A run or a sweep as a workflow of Snakemake: a rule for a shard, a rule that merges them.

Snakemake knows which shards are there, starts those that are missing or failed, and hands jobs to whatever it has an
executor for: this machine, Slurm, LSF, Kubernetes and others (`--executor`). Here only the Snakefile is written. A job
that failed or was stopped goes on from what it has saved, for that lies beside its output, which Snakemake removes.
"""

from __future__ import annotations

import json
import math
import os
import shlex
from pathlib import Path
from string import Template

from jiju.errors import InvariantError, UsageError
from jiju.languages import translated
from jiju.runs import submission
from jiju.runs.submission import Work

SUFFIX = ".snakemake"
RETRIES = 2

SNAKEFILE = Template("""\
# Shards and their merger, for Snakemake 8 and later, of: jiju $shown
workdir: $folder


rule merge:
    input:
        expand("shards/{number}.h5", number=range(1, $tasks + 1)),
    output:
        $output,
    resources:
        mem_mb=$merge_memory,
        runtime=$merge_minutes,
    shell:
        $merge


rule shard:
    output:
        "shards/{number}.h5",
    wildcard_constraints:
        number=r"\\d+",
    threads: $cpus
    resources:
        mem_mb=$memory,
        runtime=$minutes,
    retries: $retries
    shell:
        $shard
""")

SUBMIT = Template("""#!/bin/bash
# Hands the shards to Snakemake, and more options to its command line. Run it again to go on from what has been saved.
set -euo pipefail
cd "$$(dirname "$$0")"
exec snakemake --snakefile Snakefile --rerun-incomplete --keep-going $options "$$@"
""")


def literal(text: str) -> str:
    """A string of the Snakefile as it stands."""
    return json.dumps(text, ensure_ascii=False)


def command(start: Path, words: str, filled: str) -> str:
    """A command as a rule says it; of `filled` Snakemake puts in what stands in braces. The table of targets
    that a run prints is one shard's, which nobody asked for."""
    fixed = f"cd {shlex.quote(os.fspath(start))} && exec {submission.program()} {words}"
    return f"{literal(fixed.replace('{', '{{').replace('}', '}}'))}\n        {literal(f'{filled} >/dev/null')}"


def scripts(work: Work) -> dict[str, str]:
    """Name and text of the files that Snakemake is given; options are more of its command line, such as --jobs=64."""
    folder = work.folder(SUFFIX)
    if {"{", "}"} & set(work.output.name):
        raise UsageError(translated("{output}: Snakemake takes braces in a name for wildcards", output=work.output))
    shards = shlex.quote(os.fspath(folder / "shards"))
    output = shlex.quote(os.fspath(work.output.absolute()))
    values = {
        "shown": work.shown, "folder": literal(os.fspath(folder)), "tasks": work.tasks,
        "output": literal(f"../{work.output.name}"), "cpus": work.needs.cpus, "retries": RETRIES,
        "memory": math.ceil(work.needs.memory), "minutes": math.ceil(work.needs.seconds / 60),
        "merge_memory": submission.MERGE_MB, "merge_minutes": math.ceil(work.needs.merge_seconds / 60),
        "merge": command(work.start, f"merge --quiet --force --output {output} -- {shards}/*.h5", ""),
        "shard": command(work.start, f"{work.shown} --resume --quiet --output {shards}/",
                         f"{{wildcards.number}}.h5 --shard {{wildcards.number}}/{work.tasks} --threads {{threads}}"),
    }  # fmt: skip
    options = shlex.join(work.options or ["--cores=all"])
    return {"Snakefile": SNAKEFILE.substitute(values), submission.SCRIPT: SUBMIT.substitute(options=options)}


def submit(folder: Path) -> str:
    """Has Snakemake do all of it, which tells its progress on standard error: what is reported at the end."""
    done = submission.hand_over(folder, said=None)
    if done.returncode:
        raise InvariantError(translated(
            "Snakemake ended with code {code}; {script} goes on from what has been saved",
            code=done.returncode, script=folder / submission.SCRIPT,
        ))
    return translated("all shards are simulated and merged")
