"""Where the file system has no locks a run works all the same, alone, and what a killed one left is taken over."""

import errno
import os
import re
import signal
import subprocess
import time

import pytest
from toy_command import FILE_ERROR, STOPPED, WRITE_TOY, good_toy, preloaded, sha256, write_toy

RUN = ["--scenarios", 2, "--replicates", 12, "--detail", 3]
KINDS = [errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, 524]


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    return preloaded("without_locks.c", tmp_path_factory.mktemp("library"))


def without_locks(library, number=errno.ENOLCK):
    return {**os.environ, "LD_PRELOAD": str(library), "LOCK_ERRNO": str(number)}


def entries(folder):
    return sorted(entry.name for entry in folder.iterdir())


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return sha256(good_toy(tmp_path_factory.mktemp("whole") / "toy.h5", *RUN))


@pytest.mark.parametrize("number", KINDS)
def test_a_run_writes_stops_resumes_and_replaces(library, tmp_path, whole, number):
    env = without_locks(library, number)
    path = tmp_path / "toy.h5"
    stopped = write_toy(path, *RUN, "--stop-after", 3, "--checkpoint", 0, env=env)
    assert stopped.returncode == STOPPED, stopped.stderr
    resumed = write_toy(path, *RUN, "--resume", env=env)
    assert resumed.returncode == 0, resumed.stderr
    assert sha256(path) == whole and entries(tmp_path) == ["toy.h5"]
    replaced = write_toy(path, *RUN, "--force", env=env)
    assert replaced.returncode == 0, replaced.stderr
    assert sha256(path) == whole and entries(tmp_path) == ["toy.h5"]


def waiting(path, env):
    process = subprocess.Popen([WRITE_TOY, path, *map(str, RUN), "--wait"], text=True, env=env, stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # fmt: skip
    assert process.stdout.readline() == "waiting\n"
    return process


def test_only_one_writes_at_a_time_and_a_killed_one_lets_go(library, tmp_path, whole):
    env = without_locks(library)
    path = tmp_path / "toy.h5"
    process = waiting(path, env)
    for options in ([], ["--resume"], ["--force"]):
        refused = write_toy(path, *RUN, *options, env=env)
        assert refused.returncode == FILE_ERROR
        assert f"another run is writing it (process {process.pid})" in refused.stderr
    # Of one who has locks too: both may see the same folder from different machines.
    assert "another run is writing it" in write_toy(path, *RUN, "--resume").stderr
    process.send_signal(signal.SIGKILL)
    process.communicate()
    done = write_toy(path, *RUN, "--resume", env=env)
    assert done.returncode == 0, done.stderr
    assert sha256(path) == whole and entries(tmp_path) == ["toy.h5"]


def test_the_lock_of_another_machine_is_respected_and_named(library, tmp_path):
    env = without_locks(library)
    path = tmp_path / "toy.h5"
    process = waiting(path, env)
    holder = tmp_path / "toy.h5.parts" / "lock.holder"
    seen = holder.read_text()
    process.kill()
    process.communicate()
    elsewhere = re.sub(r"of \S+ \(machine \w{8}", "of node17 (machine 00000000", seen)
    assert elsewhere != seen
    holder.write_text(elsewhere)
    refused = write_toy(path, *RUN, "--force", env=env)
    assert refused.returncode == FILE_ERROR
    assert f"process {process.pid} of node17; if that is over, remove {holder}" in refused.stderr
    holder.unlink()
    assert write_toy(path, *RUN, "--force", env=env).returncode == 0
    assert entries(tmp_path) == ["toy.h5"]


def test_of_many_who_find_a_stale_lock_one_takes_it(library, tmp_path):
    env = without_locks(library)
    for number in range(3):
        path = tmp_path / f"{number}.h5"
        process = waiting(path, env)
        process.kill()
        process.communicate()
        crowd = [
            subprocess.Popen([WRITE_TOY, path, *map(str, RUN), "--resume", "--wait"], text=True, env=env,
                             stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            for _ in range(6)
        ]  # fmt: skip
        deadline = time.monotonic() + 60
        while sum(each.poll() is None for each in crowd) > 1 and time.monotonic() < deadline:
            time.sleep(0.02)
        winners = [each for each in crowd if each.poll() is None]
        losers = [each for each in crowd if each.poll() is not None]
        assert len(winners) == 1 and all(each.returncode == FILE_ERROR for each in losers)
        assert all("another run is" in each.communicate()[1] for each in losers)
        winners[0].communicate("go on\n", timeout=60)
        assert winners[0].returncode == 0 and path.exists() and not path.with_name(path.name + ".parts").exists()
