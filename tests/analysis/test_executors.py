"""Runs shared out over an executor's workers: the same bits, errors of the workers, and what a death leaves."""

import os
import signal
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

import joblib
import pandas
import pytest
import xarray
from jiju_command import sha256

import jiju
from jiju.runs import executors

HOW = {"seed": 5, "progress": False}


@pytest.fixture(scope="module")
def pool():
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        yield pool


@pytest.mark.parametrize("parts", [None, 3])
def test_processes_give_the_bits_of_a_run_in_one_piece(short, simulated, pool, parts):
    xarray.testing.assert_identical(
        jiju.run(short, replicates=20, executor=pool, parts=parts, **HOW), simulated.memory
    )


def test_so_do_threads_and_joblib(short, simulated):
    with ThreadPoolExecutor(2) as threads:
        xarray.testing.assert_identical(jiju.run(short, replicates=20, executor=threads, **HOW), simulated.memory)
    parallel = joblib.Parallel(n_jobs=2, backend="threading")
    xarray.testing.assert_identical(jiju.run(short, replicates=20, executor=parallel, **HOW), simulated.memory)


def test_a_file_has_the_bytes_of_the_program(short, simulated, pool, tmp_path):
    path = tmp_path / "whole.h5"
    xarray.testing.assert_identical(
        jiju.run(short, replicates=20, executor=pool, output=path, **HOW).load(), simulated.memory
    )
    assert sha256(path) == sha256(simulated.path) and [each.name for each in tmp_path.iterdir()] == ["whole.h5"]
    with pytest.raises(jiju.FileError, match="exist"):
        jiju.run(short, replicates=20, executor=Failing(0), output=path, **HOW)  # before any part is asked for
    with pytest.raises(jiju.UsageError, match="extended in one process"):
        jiju.run(short, replicates=30, executor=pool, output=path, resume=True, **HOW)
    with jiju.workers(Failing(0)):  # extended here, then
        assert jiju.run(short, replicates=21, output=path, resume=True, **HOW).sizes["replicate"] == 21


def test_what_is_set_and_objects_travel(short, pool):
    how = {"replicates": 6, "set": {"levers.special_fund.budget": 1}, **HOW}
    changed = jiju.Scenario.load(short).copy(key="changed")
    changed["levers.land_guarantee.effort"] = 0
    xarray.testing.assert_identical(
        jiju.run(short, changed, executor=pool, **how), jiju.run(short, changed, **how)
    )


def test_a_sweep_is_shared_out_too(short, pool):
    design = {"base": os.fspath(short), "method": "grid", "factors": {
        "fund": {"key": "levers.special_fund.budget", "low": 0, "high": 2, "levels": 3}}}  # fmt: skip
    how = {"replicates": 6, **HOW}
    xarray.testing.assert_identical(jiju.sweep(design, executor=pool, **how), jiju.sweep(design, **how))


class Failing(Executor):
    """Simulates a few parts; then the pool is broken, as ProcessPoolExecutor is where a worker dies."""

    def __init__(self, good):
        self._good, self._max_workers = good, 2

    def submit(self, task, /, *job):
        future = Future()
        if self._good > 0:
            self._good -= 1
            future.set_result(task(*job))
        else:
            future.set_exception(BrokenProcessPool("it was killed"))
        return future


def test_parts_that_are_done_when_a_worker_dies_wait_for_the_next_run(short, simulated, tmp_path):
    path = tmp_path / "whole.h5"
    how = {"replicates": 20, "output": path, **HOW}
    with pytest.raises(jiju.InvariantError, match=r"worker died.*resume=True"):
        jiju.run(short, executor=Failing(3), parts=5, **how)
    assert len(list((tmp_path / "whole.h5.shards").glob("*.h5"))) == 3 and not path.exists()
    with pytest.raises(jiju.FileError, match="not finished"):
        jiju.run(short, executor=Failing(9), **how)
    sent = []

    class Counting(Failing):
        def submit(self, task, /, told, first, end):
            sent.append((first, end))
            return super().submit(task, told, first, end)

    jiju.run(short, executor=Counting(9), parts=2, resume=True, **how)
    assert sum(end - first for first, end in sent) == 8, "what was done is not done again"
    assert sha256(path) == sha256(simulated.path)


def test_a_worker_that_is_killed_is_reported(short):
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        worker = pool.submit(os.getpid).result()

        def kill(done, total):
            if done:
                os.kill(worker, signal.SIGKILL)

        with pytest.raises(jiju.InvariantError, match=r"worker died.*\([1-3] of 4 replicates are done\)"):
            jiju.run(short, replicates=4, executor=pool, seed=5, progress=kill)


def test_errors_of_workers_are_the_engines(short, pool):
    with pytest.raises(jiju.ScenarioError, match="did you mean \"output\""):
        jiju.run(short, replicates=4, executor=pool, outputs=["outputt"], **HOW)


@pytest.mark.parametrize(("how", "message"), [
    ({"precision": "p(T1)=0.1@95%"}, "precision and executor"),
    ({"replicates": range(2, 5)}, "not a range"),
    ({"failures": 3}, "failures = 3"),
    ({"parts": 0}, "parts = 0: allowed are 1 to 4"),
    ({"parts": 5}, "parts = 5: allowed are 1 to 4"),
])  # fmt: skip
def test_what_workers_cannot_do_is_refused(short, how, message):
    with pytest.raises(jiju.UsageError, match=message):
        jiju.run(short, **{"replicates": 4, "executor": Failing(9), **HOW, **how})


def test_parts_need_an_executor_and_an_executor_is_one(short):
    with pytest.raises(jiju.UsageError, match="parts needs executor"):
        jiju.run(short, replicates=4, parts=2, **HOW)
    with pytest.raises(TypeError, match="expected an executor"):
        jiju.run(short, replicates=4, executor=2, **HOW)


def test_gaps_and_ranges_tile_the_run():
    assert executors.gaps([(3, 5), (8, 9)], 10) == [(0, 3), (5, 8), (9, 10)]
    assert executors.gaps([(0, 10)], 10) == [] and executors.gaps([], 4) == [(0, 4)]
    assert executors.ranges([(0, 3), (5, 8), (9, 10)], 3) == [(0, 3), (5, 8), (9, 10)]
    assert executors.ranges([(0, 10)], 4) == [(0, 3), (3, 6), (6, 9), (9, 10)]


def test_inside_workers_studies_are_shared_out_and_precision_is_not(short, pool):
    sent = []

    class Counting(Executor):
        _max_workers = 2

        def submit(self, task, /, *job):
            sent.append(job)
            return pool.submit(task, *job)

    how = {"replicates": 4, "progress": False}
    alone = jiju.run(short, precision="p(T1)=0.2@95%", **how)
    fund = jiju.problem(short, [], ranges={"levers.special_fund.budget": (0, 2)})
    effects = jiju.morris(fund, "output", trajectories=2, **how)
    with jiju.workers(Counting()):
        shared = jiju.morris(fund, "output", trajectories=2, **how)
        assert sent
        sent.clear()
        xarray.testing.assert_identical(jiju.run(short, precision="p(T1)=0.2@95%", **how), alone)
    assert not sent, "when to stop is decided in one process"
    pandas.testing.assert_frame_equal(shared, effects)
    jiju.run(short, **how)
    assert not sent, "what is simulated outside stays here"
