"""Programs run as processes of their own, and what each cost."""

import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Cost:
    wall: float
    cpu: float


def words(program, runs, out=os.devnull, subsidy=0.0, first=0):
    return [
        *map(str, program),
        "--seed-first",
        str(first),
        "--runs",
        str(runs),
        "--subsidy",
        str(subsidy),
        "--out",
        out,
    ]


def start(command):
    return os.posix_spawn(command[0], command, os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"})


def wait(process, command):
    _, status, usage = os.wait4(process, 0)
    if status:
        raise SystemExit(f"compare: {' '.join(command)} failed")
    return usage.ru_utime + usage.ru_stime


def together(commands):
    """All at once; CPU time of all of them, wall time until the last ends."""
    begun = time.perf_counter()
    started = [start(command) for command in commands]
    cpu = sum(wait(process, command) for process, command in zip(started, commands, strict=True))
    return Cost(time.perf_counter() - begun, cpu)


def peak_memory(command):
    """MiB, watched: the kernel's account of an ended child also counts the parent it was forked from."""
    child = subprocess.Popen(command)
    peak = 0
    while child.poll() is None:
        try:
            lines = Path(f"/proc/{child.pid}/status").read_text().splitlines()
        except (FileNotFoundError, ProcessLookupError):
            break
        peak = max([peak, *(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))])
        time.sleep(0.002)
    if child.wait():
        raise SystemExit(f"compare: {' '.join(command)} failed")
    return peak / 1024
