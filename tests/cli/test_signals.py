"""Every signal that ends a process politely leaves things as Ctrl-C does; and a run has the threads it was given."""

import os
import re
import resource
import signal
import subprocess
import time

import pytest
from jiju_command import OK, PROGRAM, STOPPED, as_nobody, good, jiju, sha256
from test_output_file import entries, started, wait_for_parts

POLITE = [signal.SIGHUP, signal.SIGXCPU, signal.SIGUSR1, signal.SIGUSR2]  # beside SIGINT and SIGTERM (test_output_file)


@pytest.mark.parametrize("sent", POLITE, ids=lambda sent: sent.name)
def test_a_signal_stops_a_run_that_can_go_on(short, tmp_path, sent):
    path = tmp_path / "out.h5"
    words = ["run", short, "--replicates", 60, "-o", path, "--checkpoint", 0.05, "--threads", 1]
    process = started(*words)
    wait_for_parts(path, process)
    process.send_signal(sent)
    process.send_signal(sent)  # from the shell and from the terminal
    output, errors = process.communicate(timeout=60)
    assert (process.returncode, output) == (STOPPED, "") and f"stopped by {sent.name} after " in errors
    assert entries(tmp_path) == ["out.h5.parts"]
    assert all(name.endswith(".h5") and ".tmp" not in name for name in entries(tmp_path / "out.h5.parts"))
    good(*words, "--resume")
    good("run", short, "--replicates", 60, "-o", tmp_path / "whole.h5")
    assert sha256(path) == sha256(tmp_path / "whole.h5") and entries(tmp_path) == ["out.h5", "whole.h5"]


def test_under_nohup_a_run_goes_on(short, tmp_path):
    path = tmp_path / "out.h5"
    ignore = lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)  # noqa: E731
    process = subprocess.Popen(
        [PROGRAM, "run", short, "--replicates", "40", "-o", path, "--checkpoint", "0.05"], preexec_fn=ignore,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    wait_for_parts(path, process)
    process.send_signal(signal.SIGHUP)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == OK, errors


@pytest.fixture(scope="module")
def shards(short, tmp_path_factory):
    folder = tmp_path_factory.mktemp("shards")
    for part in (1, 2):
        good(
            "run",
            short,
            "--replicates",
            40,
            "--record",
            "quarterly",
            "--shard",
            f"{part}/2",
            "-o",
            folder / f"{part}.h5",
        )
    return sorted(folder.iterdir())


def wait_for_temporary(folder, process):
    deadline = time.monotonic() + 30
    while process.poll() is None and time.monotonic() < deadline:
        if any(".tmp-" in name for name in entries(folder)):
            return
        time.sleep(0.0005)


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, *POLITE], ids=lambda sent: sent.name)
def test_a_merge_that_is_stopped_leaves_nothing(shards, tmp_path, sent):
    process = started("merge", *shards, "-o", tmp_path / "all.h5")
    wait_for_temporary(tmp_path, process)
    process.send_signal(sent)
    process.communicate(timeout=60)
    assert process.returncode in (-sent, 0)
    assert entries(tmp_path) == (["all.h5"] if process.returncode == 0 else [])


def test_what_a_killed_merge_leaves_is_swept_by_the_next(shards, tmp_path):
    left = False
    for _ in range(20):
        process = started("merge", *shards, "-o", tmp_path / "all.h5")
        wait_for_temporary(tmp_path, process)
        process.kill()
        process.communicate()
        left = any(".tmp-" in name for name in entries(tmp_path))
        if left:
            break
        (tmp_path / "all.h5").unlink(missing_ok=True)
    assert left
    foreign = tmp_path / f"all.h5.tmp{process.pid}"
    foreign.write_text("precious")
    good("merge", *shards, "-o", tmp_path / "all.h5")
    assert entries(tmp_path) == ["all.h5", foreign.name] and foreign.read_text() == "precious"


def test_resuming_a_finished_file_leaves_a_run_at_work_alone(short, tmp_path):
    path = tmp_path / "out.h5"
    words = ["run", short, "--replicates", 60, "-o", path, "--checkpoint", 0.02, "--threads", 1]
    good(*words)
    before = sha256(path)
    process = started(*words, "--force")
    wait_for_parts(path, process)
    result = jiju(*words, "--resume")
    assert result.returncode == OK and "complete already" in result.stderr
    _, errors = process.communicate(timeout=60)
    assert process.returncode == OK, errors
    assert sha256(path) == before and entries(tmp_path) == ["out.h5"]


def test_files_of_others_in_the_folder_of_parts_stay(short, tmp_path):
    path, folder = tmp_path / "out.h5", tmp_path / "out.h5.parts"
    folder.mkdir()
    (folder / "notes.txt").write_text("precious")
    (folder / "mine.h5").write_text("precious")
    for option in ([], ["--force"], ["--resume"]):
        good("run", short, "--replicates", 2, "-o", path, "--checkpoint", 0, *option)
        assert entries(folder) == ["mine.h5", "notes.txt"]


# ---- threads


def threads_of(*words, **how):
    result = jiju(*words, **how)
    assert result.returncode == OK, result.stderr
    return int(re.search(r" a second on (\d+) thread", result.stderr)[1]), result.stderr


def test_threads_are_those_the_process_may_use(short):
    one = min(os.sched_getaffinity(0))
    words = ["run", short, "--replicates", 2]
    bind = lambda: os.sched_setaffinity(0, {one})  # noqa: E731
    assert threads_of(*words, preexec_fn=bind)[0] == 1
    assert threads_of(*words, env={**os.environ, "SLURM_CPUS_PER_TASK": "1"})[0] == 1
    assert threads_of(*words, "--threads", 3, env={**os.environ, "SLURM_CPUS_PER_TASK": "1"})[0] == 3


def test_a_limit_on_threads_makes_a_run_slower_and_no_more(city, tmp_path):
    user = as_nobody(tmp_path)
    if not user and resource.getrlimit(resource.RLIMIT_NPROC)[0] == resource.RLIM_INFINITY:
        pytest.skip("the limit counts all processes of a user: only of one who has no others is it known")
    scenario = city.write('extends = "../shaoxing-2011/status-quo.toml"\n[scenario]\nyears = 1\n')
    words = ["run", scenario, "--replicates", 4, "--threads", 8, "-o"]
    for limit in (1, 2, 4):
        folder = tmp_path / str(limit)
        folder.mkdir()
        folder.chmod(0o777)
        set_limit = lambda limit=limit: resource.setrlimit(resource.RLIMIT_NPROC, (limit, limit))  # noqa: E731
        found, errors = threads_of(*words, folder / "out.h5", preexec_fn=set_limit, **user)
        assert found < 8 and f"of 8 threads {found} can be started" in errors
    assert len({sha256(tmp_path / str(limit) / "out.h5") for limit in (1, 2, 4)}) == 1
