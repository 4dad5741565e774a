"""Runs that are shared out: the workers of an executor simulate a part each, and the parts are merged.

Which worker does what, and what becomes of one that dies, is the executor's business: Dask gives its part to another,
a pool of processes gives up. The parts are ranges of replicates, sent back as the bytes of a shard and merged as all
shards are (docs/adr/0006-shards.md), so that the result is that of a run in one piece to the last bit.
"""

from __future__ import annotations

import contextlib
import fcntl
import itertools
import os
import pickle
import re
import tempfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextvars import ContextVar
from pathlib import Path
from typing import Any, cast

from jiju import _engine
from jiju.errors import FileError, InvariantError, UsageError
from jiju.languages import translated
from jiju.runs.campaign_options import Options, engine_options, whole
from jiju.runs.simulation import Simulation, Tell

# Few enough that starting a worker and merging cost little, enough that none waits long for the slowest.
PARTS_A_WORKER = 4
NAME = re.compile(r"(\d{10,20})-(\d{10,20})\.h5")

Range = tuple[int, int]  # first replicate, and the one after the last

# With the process it was given in: a worker that was forked is none of its users.
_shared: ContextVar[tuple[int, Any]] = ContextVar("executor", default=(0, None))


@contextlib.contextmanager
def workers(executor: Any) -> Iterator[None]:
    """Whatever is simulated inside is shared out over the workers of this executor, as by `run(…, executor=executor)`.

    So are the arms of `ablate`, `attribute`, `morris`, `sobol`, `trial`, `optimise` and its kin, and the points of
    `calibrate`. What workers cannot do (`precision`, parts of a run) is done here as ever.

    Example:

        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(2) as executor, jiju.workers(executor):   # or a client of Dask
            both = jiju.run("shaoxing-2011/status-quo", "shaoxing-2011/plan", replicates=100)
    """
    before = _shared.set((os.getpid(), executor))
    try:
        yield
    finally:
        _shared.reset(before)


def _around() -> Any:
    process, executor = _shared.get()
    return executor if process == os.getpid() else None


def current(asked: Options) -> Any:
    """The executor of a run: the one it was given, or the one around it where its workers can do what is asked for."""
    if asked["executor"] is not None or _around() is None:
        return asked["executor"]
    try:
        check(asked)
    except UsageError:
        return None
    return _around()


def pool_around() -> Executor | None:
    """The executor around, for work that is no run; None where there is none, or none with `submit`."""
    found = standard(_around())
    return cast(Executor, found) if hasattr(found, "submit") else None


def standard(executor: Any) -> Any:
    """A client of Dask in the dress of the standard library, all others as they are."""
    return executor.get_executor(pure=False) if hasattr(executor, "get_executor") else executor


def packed(simulation: Simulation, asked: Options) -> bytes:
    """What every worker gets. Small, since a process that dies while a long message waits for it can hang its pool
    (CPython before 3.12, gh-94777)."""
    return zlib.compress(pickle.dumps((simulation, asked)))


def shard_of(told: bytes, first: int, end: int) -> bytes:
    """The shard of some replicates: what a worker does."""
    simulation, asked = pickle.loads(zlib.decompress(told))
    with tempfile.TemporaryDirectory(prefix="jiju-") as folder:
        path = os.path.join(folder, "shard.h5")
        own: Options = {
            "replicates": range(first, end), "threads": asked["threads"] or 1, "output": path, "resume": False,
            "force": False,
        }  # fmt: skip
        outcome = simulation.simulate(engine_options(asked | own), lambda ended, total: None)
        if outcome.gave_up:
            _, replicate, step, cause = outcome.failures[-1]
            raise InvariantError(translated(
                "replicate {replicate} failed at step {step}: {cause}", replicate=replicate, step=step, cause=cause,
            ))
        if outcome.interrupted:
            raise KeyboardInterrupt
        with open(path, "rb") as file:
            return file.read()


def check(asked: Options) -> None:
    """UsageError where workers cannot do what is asked for."""
    for name in ("precision", "shard"):
        if asked[name]:
            raise UsageError(translated(
                "{name} and executor exclude each other: how many replicates there are is known before they are "
                "shared out", name=name,
            ))
    if isinstance(asked["replicates"], range):
        raise UsageError(translated("an executor shares out all replicates: give their number, not a range"))
    if asked["resume"] and asked["output"] is not None and os.path.exists(asked["output"]):
        raise UsageError(translated(
            "{output}: a finished file is extended in one process; leave out executor", output=asked["output"]
        ))
    if str(asked["failures"]) not in ("continue", "stop"):
        raise UsageError(translated(
            "failures = {failures}: no worker sees the failures of others; with an executor it is 'continue' or 'stop'",
            failures=asked["failures"],
        ))


def workers_of(executor: Any) -> int:
    """How many work at a time, as far as the executor says; else as many as this machine could."""
    if hasattr(executor, "nthreads"):  # a client of Dask
        return max(sum(map(int, executor.nthreads().values())), 1)
    for name in ("_max_workers", "num_workers"):  # concurrent.futures; mpi4py
        if isinstance(count := getattr(executor, name, None), int) and count > 0:
            return count
    here = os.cpu_count() or 1
    if isinstance(count := getattr(executor, "n_jobs", None), int):  # joblib: -1 is all that there are, -2 one less
        return max(count if count > 0 else here + 1 + count, 1)
    return here


def results(executor: Any, task: Callable[..., bytes], jobs: Sequence[tuple[Any, ...]]) -> Iterator[tuple[int, bytes]]:
    """Number and result of each job as it is done. What has not begun is called off where the caller loses patience."""
    workers = workers_of(executor)
    executor = standard(executor)
    if not hasattr(executor, "submit") and hasattr(executor, "n_jobs"):
        from joblib import delayed

        yield from enumerate(executor(delayed(task)(*job) for job in jobs))
        return
    if not hasattr(executor, "submit"):
        raise TypeError(translated(
            "executor is {kind}: expected an executor of concurrent.futures, a client of Dask or joblib.Parallel",
            kind=type(executor).__name__,
        ))
    pool, left = cast(Executor, executor), iter(enumerate(jobs))
    waiting: dict[Future[bytes], int] = {}
    try:
        while True:
            for place, job in itertools.islice(left, workers + 1 - len(waiting)):  # one more, so that none idles
                waiting[pool.submit(task, *job)] = place
            if not waiting:
                return
            for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                yield waiting.pop(future), future.result()
    finally:
        for future in waiting:
            future.cancel()


def gaps(known: Sequence[Range], total: int) -> list[Range]:
    """The replicates that no known range holds."""
    found, at = [], 0
    for first, end in sorted(known):
        if first > at:
            found.append((at, first))
        at = max(at, end)
    return [*found, (at, total)] if at < total else found


def ranges(missing: Sequence[Range], parts: int) -> list[Range]:
    """So many ranges of nearly one length that hold what is missing; more where it lies in more pieces."""
    size = max(-(-sum(end - first for first, end in missing) // parts), 1)
    return [(at, min(at + size, end)) for first, end in missing for at in range(first, end, size)]


class Shards:
    """The shards of one run in a folder: beside its file, where they wait for a run that is resumed, or for the day."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, first: int, end: int) -> Path:
        return self.folder / f"{first:010}-{end - 1:010}.h5"

    def known(self) -> dict[Range, Path]:
        found = {}
        for path in sorted(self.folder.iterdir()):
            if match := NAME.fullmatch(path.name):
                found[int(match[1]), int(match[2]) + 1] = path
        return found

    def add(self, first: int, end: int, shard: bytes) -> None:
        path = self.path(first, end)
        waiting = path.with_suffix(".tmp")
        with open(waiting, "wb") as file:
            file.write(shard)
            file.flush()
            os.fsync(file.fileno())
        waiting.rename(path)

    def clear(self) -> None:
        for path in [*self.known().values(), *self.folder.glob("*.tmp")]:
            path.unlink(missing_ok=True)


@contextlib.contextmanager
def shards_of(asked: Options) -> Iterator[Shards]:
    """Where the shards of a run wait: beside its file, if it gets one, and then for one process alone.

    FileError where another works on it, or where shards wait that are neither resumed nor replaced.
    """
    if asked["output"] is None:
        with tempfile.TemporaryDirectory(prefix="jiju-") as name:
            yield Shards(Path(name))
        return
    output = Path(os.fspath(asked["output"]))
    _engine.check_output(os.fspath(output), bool(asked["force"]))  # before hours of work, not after
    folder = Path(f"{output}.shards")
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise FileError(f"{folder}: {error.strerror}") from error
    shards = Shards(folder)
    with open(folder / "lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FileError(translated("{output}: another run is writing it", output=output)) from None
        if asked["force"]:
            shards.clear()
        if shards.known() and not asked["resume"]:
            raise FileError(translated(
                "{output}: an earlier run of it was not finished ({folder}); give resume=True to continue it, or "
                "force=True to begin again", output=output, folder=folder,
            ))
        try:
            yield shards
        finally:
            if not shards.known():
                shards.clear()
                (folder / "lock").unlink(missing_ok=True)
                with contextlib.suppress(OSError):  # what else lies there is not ours
                    folder.rmdir()


def simulate_parts(simulation: Simulation, asked: Options, total: int, shards: Shards, tell: Tell) -> list[Path]:
    """All shards of the run, those that are missing from the executor's workers; in order."""
    executor = current(asked)
    known = shards.known()
    if any(end > total for _, end in known):
        raise FileError(translated(
            "{folder} holds replicates that this run does not have", folder=shards.folder,
        ))
    missing = gaps(list(known), total)
    parts = whole("parts", asked["parts"])
    if parts is None:
        parts = min(PARTS_A_WORKER * workers_of(executor), total)
    if not 1 <= parts <= total:
        raise UsageError(translated("parts = {parts}: allowed are 1 to {total}", parts=parts, total=total))
    wanted = ranges(missing, parts)
    done = total - sum(end - first for first, end in wanted)
    sent: Options = asked | cast(Options, {"executor": None, "parts": None, "output": None, "progress": False})
    told = packed(simulation, sent)
    tell(done, total)
    try:
        for place, shard in results(executor, shard_of, [(told, *pair) for pair in wanted]):
            first, end = wanted[place]
            shards.add(first, end, shard)
            done += end - first
            tell(done, total)
    except BrokenExecutor as error:
        kept = translated("; {file} can be finished with resume=True", file=asked["output"]) if asked["output"] else ""
        raise InvariantError(translated(
            "a worker died, and the executor gave up: {error} ({done} of {total} replicates are done{kept})",
            error=error, done=done, total=total, kept=kept,
        )) from error
    return [path for _, path in sorted(shards.known().items())]


def total_of(simulation: Simulation, given: int | None) -> int:
    """How many replicates there are: as asked for, or as the first scenario says."""
    if given is not None:
        return given
    if simulation.scenarios:
        return int(simulation.scenarios[0].to_dict()["replicates"])
    raise UsageError(translated("a sweep that is shared out needs its number of replicates"))

