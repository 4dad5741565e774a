"""What is handed to a scheduler: a run or a sweep in shards, what each needs, and the scripts that say so.

Which scripts those are is the scheduler's matter (`slurm`, `snakemake`); what may be shared out, how long it takes and
where it lies is the same for all.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from jiju import _engine, new_files
from jiju.errors import UsageError
from jiju.languages import translated

# Of an estimate from a pilot on this machine, for another one and a model whose replicates differ.
MARGIN = 2.0
LEAST_SECONDS = 300
MEMORY_MARGIN, LEAST_MB = 1.5, 512
MERGE_MB = 2 * LEAST_MB
MERGED_MB_A_SECOND = 3.0  # docs/clusters.md: 4 to 7 on a processor that others use too
OURS = ("-o", "--output", "--shard", "--resume", "--force", "--dry-run", "--threads", "--quiet", "--json",
        "--precision")  # fmt: skip
SCRIPT = "submit.sh"  # what hands over the others


@dataclass(frozen=True)
class Needs:
    """Of one task: processors, seconds, memory in MB; and of merging."""

    cpus: int
    seconds: float
    memory: float
    merge_seconds: float


@dataclass(frozen=True)
class Work:
    """What is shared out: the words of a run or a sweep, the file it becomes, in how many shards; more options of the
    scheduler; and where the relative paths of its words begin."""

    words: Sequence[str]
    output: Path
    tasks: int
    needs: Needs
    options: Sequence[str] = ()
    start: Path = field(default_factory=Path.cwd)

    def folder(self, suffix: str) -> Path:
        return Path(f"{self.output.absolute()}{suffix}")

    @property
    def shown(self) -> str:
        return shlex.join(self.words)


def program() -> str:
    """The words of a shell that start Jiju, wherever a task runs."""
    return f"{shlex.quote(sys.executable)} -m jiju"


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


def write(work: Work, folder: Path, texts: Mapping[str, str], force: bool) -> Path:
    """The folder of the scripts. FileError where output or scripts are there, unless `force`."""
    _engine.check_output(os.fspath(work.output), force)
    (folder / "shards").mkdir(parents=True, exist_ok=True)
    writers: dict[Path, Callable[[Path], object]] = {
        folder / name: partial(Path.write_text, data=text, encoding="utf-8") for name, text in texts.items()
    }
    new_files.write_all(writers, force)
    (folder / SCRIPT).chmod(0o755)
    return folder


def hand_over(folder: Path, said: int | None = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    """Runs the script that hands over the others; what it says on standard error goes where `said` says."""
    try:
        return subprocess.run([folder / SCRIPT], stdout=subprocess.PIPE, stderr=said, text=True)
    except OSError as error:
        raise UsageError(f"{folder}: {error.strerror}") from error
