"""A run may be cut into shards, stopped, killed and starved of disk: it ends in the same bytes, or says why not."""

import contextlib
import itertools
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from functools import partial

import netcdf_rules
import numpy as np
import pytest
import xarray
from toy_command import FILE_ERROR, STOPPED, WRITE_TOY, as_nobody, good_toy, sha256, write_toy

RUN = ["--scenarios", 3, "--replicates", 25, "--breaks-at", 13, "--detail", 3, "--panels", 4]


def parts_of(path):
    return path.with_name(path.name + ".parts")


def entries(folder):
    return sorted(entry.name for entry in folder.iterdir())


def only(path):
    """The folder holds this file and nothing else: neither parts nor a temporary one."""
    return entries(path.parent) == [path.name]


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return good_toy(tmp_path_factory.mktemp("whole") / "toy.h5", *RUN)


# ---- one file, whichever process computes it and however often it is interrupted


def simulate(path, interrupted, *options):
    if interrupted:
        # Replicates that had begun are finished, which may be all of a small shard.
        stopped = write_toy(path, *options, "--stop-after", 1).returncode
        assert (stopped, path.exists(), parts_of(path).is_dir()) in [(STOPPED, False, True), (0, True, False)]
        if stopped != STOPPED:
            return
        options = [*options, "--resume"]
    good_toy(path, *options)
    assert not parts_of(path).exists()


@pytest.mark.parametrize("threads, shards, interrupted", [*itertools.product([1, 2, 8], [1, 3, 8], [False, True])])
def test_same_bytes_for_threads_shards_and_interruptions(whole, tmp_path, threads, shards, interrupted):
    path = tmp_path / "toy.h5"
    if shards == 1:
        simulate(path, interrupted, *RUN, "--threads", threads)
    else:
        pieces = []
        for i in range(shards):
            first, end = 25 * i // shards, 25 * (i + 1) // shards
            pieces.append(tmp_path / f"{i}.h5")
            simulate(pieces[-1], interrupted and i % 3 == 1, *RUN, "--threads", threads, "--planned", 25,
                     "--first", first, "--replicates", end - first)  # fmt: skip
        good_toy(path, "--merge", *reversed(pieces), *RUN)
    assert sha256(path) == sha256(whole)


def test_shards_keep_the_rules_and_hold_what_the_whole_run_holds(whole, tmp_path):
    for first, count in [(0, 11), (11, 14)]:
        path = good_toy(tmp_path / f"{first}.h5", *RUN, "--planned", 25, "--first", first, "--replicates", count)
        assert netcdf_rules.broken_rules(path) == {}
        with xarray.open_dataset(path) as part, xarray.open_dataset(whole) as all_of_them:
            np.testing.assert_array_equal(part.position, all_of_them.position.sel(replicate=part.replicate))


def test_more_shards_than_files_may_be_open(tmp_path):
    run = ["--scenarios", 1, "--replicates", 70, "--detail", 0]
    shards = []
    for i in range(70):
        shards.append(tmp_path / f"{i}.h5")
        good_toy(shards[-1], *run, "--planned", 70, "--first", i, "--replicates", 1)
    path = tmp_path / "all.h5"
    set_limit = partial(resource.setrlimit, resource.RLIMIT_NOFILE, (32, 32))
    result = write_toy(path, "--merge", *shards, *run, preexec_fn=set_limit)
    assert result.returncode == 0, result.stderr
    assert sha256(path) == sha256(good_toy(tmp_path / "whole.h5", *run))
    set_limit = partial(resource.setrlimit, resource.RLIMIT_NOFILE, (6, 6))
    result = write_toy(path, "--merge", *shards, *run, "--force", preexec_fn=set_limit)
    assert result.returncode == FILE_ERROR
    assert "Too many open files (raise the limit with 'ulimit -n', now 6)" in result.stderr


@contextlib.contextmanager
def running(path, *options):
    process = subprocess.Popen([WRITE_TOY, path, *map(str, options)], text=True, stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def test_killed_at_a_hundred_moments_and_resumed(tmp_path):
    """Of parts written all the time, at moments that nobody chose."""
    run = [*RUN, "--replicates", 40, "--threads", 2]
    slowly = [*run, "--resume", "--checkpoint", 0.004, "--slow", 500]
    begun = time.monotonic()
    expected = sha256(good_toy(tmp_path / "whole.h5", *slowly))
    longest = min(time.monotonic() - begun, 0.25)  # of a busy machine more
    chance = random.Random(3)
    folder = tmp_path / "killed"
    folder.mkdir()
    path = folder / "toy.h5"
    kills = saved = 0
    while kills < 100:
        with running(path, *slowly) as process:
            time.sleep(chance.uniform(0, longest))
            process.kill()
            if process.wait() == -signal.SIGKILL:
                kills += 1
                saved += parts_of(path).exists() and len(list(parts_of(path).glob("*.h5"))) > 0
        if path.exists() or kills == 100 or chance.random() < 0.1:
            if not path.exists():
                good_toy(path, *run, "--resume")
            assert sha256(path) == expected
            shutil.rmtree(parts_of(path), ignore_errors=True)  # of a kill after the file had its name
            assert only(path)
            path.unlink()
    assert saved > 10, "the kills came before anything was saved"


def test_stopped_by_a_signal_again_and_again(tmp_path, whole):
    path = tmp_path / "toy.h5"
    for _ in range(8):
        assert write_toy(path, *RUN, "--resume", "--stop-after", 3).returncode == STOPPED
    good_toy(path, *RUN, "--resume")
    assert sha256(path) == sha256(whole) and only(path)


# ---- who may resume what was left


def left_over(path):
    assert write_toy(path, *RUN, "--stop-after", 9, "--checkpoint", 0).returncode == STOPPED
    parts = sorted(parts_of(path).glob("*.h5"))
    assert len(parts) > 1
    return parts


def refused(path, *options):
    result = write_toy(path, *options)
    assert result.returncode == FILE_ERROR
    return result.stderr


def test_leftovers_are_neither_used_nor_lost_unless_asked(tmp_path, whole):
    path = tmp_path / "toy.h5"
    parts = left_over(path)
    errors = refused(path, *RUN)
    assert str(path) in errors and "--resume" in errors and "--force" in errors
    assert all(part.exists() for part in parts)
    good_toy(path, *RUN, "--force")
    assert sha256(path) == sha256(whole) and only(path)


def test_leftovers_of_another_run_are_refused(tmp_path):
    path = tmp_path / "toy.h5"
    left_over(path)
    for other in (["--seed", 8], ["--replicates", 26], ["--scenarios", 2], ["--detail", 1], ["--panels", 5],
                  ["--only", "move"]):  # fmt: skip
        errors = refused(path, *RUN, *other, "--resume")
        assert str(parts_of(path)) in errors and "another run" in errors, other
    errors = refused(path, *RUN, "--planned", 25, "--first", 3, "--replicates", 10, "--resume")
    assert str(parts_of(path)) in errors and "but the first to be held is 3" in errors
    good_toy(path, *RUN, "--resume")


@pytest.mark.parametrize("spoil, reason", [("flip", "damaged or altered"), ("cut", ""), ("remove", "is missing")])
def test_a_spoiled_part_is_named_and_nothing_is_thrown_away(tmp_path, spoil, reason):
    path = tmp_path / "toy.h5"
    parts = left_over(path)
    part = parts[0]
    if spoil == "remove":
        part.unlink()
    else:
        data = bytearray(part.read_bytes())
        with xarray.open_dataset(part, engine="h5netcdf") as good:
            value = good.position.values[1, 0, 3, 2].tobytes()
        data[data.index(value)] ^= 1
        part.write_bytes(data if spoil == "flip" else data[: len(data) // 2])
    errors = refused(path, *RUN, "--resume")
    assert reason in errors and str(parts_of(path)) in errors
    assert spoil == "remove" or part.name in errors
    assert all(other.exists() for other in parts[1:])


def test_two_writers_of_one_file(tmp_path, whole):
    path = tmp_path / "toy.h5"
    with running(path, *RUN, "--wait") as process:
        assert process.stdout.readline() == "waiting\n"
        for options in ([], ["--resume"], ["--force"]):
            assert "another run is writing it" in refused(path, *RUN, *options)
        process.communicate("go on\n", timeout=10)
        assert process.returncode == 0
    assert sha256(path) == sha256(whole) and only(path)


# ---- nothing is lost, and nothing half is left


def test_existing_file_is_not_replaced_unless_asked(tmp_path):
    path = tmp_path / "toy.h5"
    path.write_text("precious")
    assert refused(path).strip().endswith("exists; give --force to replace it")
    assert path.read_text() == "precious" and only(path)
    good_toy(path, "--force")
    assert netcdf_rules.broken_rules(path) == {} and only(path)


def test_file_that_appears_meanwhile_is_not_replaced_and_no_replicate_is_lost(tmp_path, whole):
    path = tmp_path / "toy.h5"
    with running(path, *RUN, "--wait") as process:
        process.stdout.readline()
        path.write_text("precious")
        _, errors = process.communicate("go on\n", timeout=10)
        assert process.returncode == FILE_ERROR and "exists" in errors
    assert path.read_text() == "precious"
    path.unlink()
    good_toy(path, *RUN, "--resume")
    assert sha256(path) == sha256(whole) and only(path)


def test_folder_that_is_missing_or_cannot_be_written(tmp_path):
    result = write_toy(tmp_path / "nowhere" / "toy.h5")
    assert result.returncode == FILE_ERROR and "No such file or directory" in result.stderr
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    result = write_toy(folder / "toy.h5", **as_nobody(tmp_path))
    assert result.returncode == FILE_ERROR and "Permission denied" in result.stderr
    assert not any(folder.iterdir())


@pytest.mark.parametrize("limit", [2_000, 60_000, 150_000, 400_000])
def test_limit_on_file_size_loses_nothing(tmp_path, limit):
    """The full disk that every machine can have; what was saved before is there afterwards."""
    path = tmp_path / "toy.h5"
    run = ["--replicates", 400]
    set_limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (limit, limit))
    result = write_toy(path, *run, "--checkpoint", 0.01, preexec_fn=set_limit)
    assert result.returncode == FILE_ERROR and "File too large" in result.stderr
    assert not path.exists() and not any(".tmp" in str(file) for file in tmp_path.rglob("*"))
    good_toy(path, *run, "--resume")
    assert sha256(path) == sha256(good_toy(tmp_path / "whole.h5", *run))


@pytest.fixture
def small_disk(tmp_path):
    if os.geteuid() != 0:
        pytest.skip("mounting needs root")
    folder = tmp_path / "disk"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", folder], capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_too_small_a_disk_is_seen_before_the_run(small_disk):
    assert "but its disk has 6.3 MB free" in refused(small_disk / "toy.h5", "--replicates", 3000)
    assert not any(small_disk.iterdir())


def test_disk_that_fills_up_during_the_run(small_disk, tmp_path):
    path = small_disk / "toy.h5"
    expected = sha256(good_toy(tmp_path / "whole.h5", "--replicates", 500))
    outcomes = []
    for space in [0, 20_000, 150_000, 600_000, 4_000_000]:
        with running(path, "--force", "--replicates", 500, "--wait") as process:
            process.stdout.readline()
            free = shutil.disk_usage(small_disk).free
            (small_disk / "ballast").write_bytes(bytes(max(free - space, 0)))
            _, errors = process.communicate("go on\n", timeout=10)
        outcomes.append(process.returncode)
        (small_disk / "ballast").unlink()
        if process.returncode == FILE_ERROR:
            assert ("No space left on device" in errors or "but its disk has" in errors) and not path.exists()
            good_toy(path, "--replicates", 500, "--resume")
        assert sha256(path) == expected and only(path)
        path.unlink()
    assert outcomes == [FILE_ERROR] * 4 + [0]


def test_killed_before_its_end_leaves_the_old_file(tmp_path):
    path = good_toy(tmp_path / "toy.h5")
    before = sha256(path)
    with running(path, "--force", "--seed", 8, "--wait") as process:
        process.stdout.readline()
        process.kill()
    assert sha256(path) == before
    good_toy(path, "--force", "--seed", 8)
    assert sha256(path) != before and only(path)


# ---- a longer run needs no more memory


def peak_memory(path, *options):
    """Of one run, in bytes; of a process of its own, for the peak of all children is one number."""
    command = [sys.executable, "-c", "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True);"
               "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)"]  # fmt: skip
    done = subprocess.run([*command, WRITE_TOY, path, *map(str, options)], capture_output=True, text=True, check=True)
    return int(done.stdout)


def test_memory_does_not_grow_with_the_replicates(tmp_path):
    """Outcomes and statistics of many replicates."""
    run = ["--detail", 0, "--walkers", 2, "--scenarios", 2, "--threads", 2]
    few, many = (
        peak_memory(tmp_path / f"{replicates}.h5", *run, "--replicates", replicates) for replicates in (1000, 20_000)
    )
    assert many < 1.1 * few + 2e6
