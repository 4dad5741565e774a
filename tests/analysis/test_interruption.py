"""Ctrl-C, or a notebook's stop button, ends a run within a second and loses nothing that is done."""

import os
import signal
import subprocess
import sys
import time

import xarray
from jiju_command import good, sha256

import jiju

PREAMBLE = """
import signal, sys, warnings
import jiju

# The process that started the tests may have told all its children to ignore it.
signal.signal(signal.SIGINT, signal.default_int_handler)

def tell(done, total):
    if done >= 3 and not told:
        told.append(done)
        print("begun", flush=True)

told = []
"""


def stopped(body, *words):
    """What a program prints after Ctrl-C, its exit code, and the seconds it took to end."""
    process = subprocess.Popen(
        [sys.executable, "-c", PREAMBLE + body, *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    assert process.stdout.readline() == "begun\n", process.stderr.read()
    process.send_signal(signal.SIGINT)
    sent = time.monotonic()
    try:
        out, err = process.communicate(timeout=60)
    finally:
        process.kill()  # where it went on
    return out, err, process.returncode, time.monotonic() - sent


def test_returns_what_is_done_within_a_second(short):
    body = """
data = jiju.run(sys.argv[1], replicates=1_000_000, record="targets", progress=tell)
print(data.sizes["replicate"], data.attrs["status"], data.attrs["planned_replicates"], data.attrs["replicates"])
print(bool(data.target_value.notnull().all()))
"""
    out, err, code, seconds = stopped(body, short)
    assert code == 0, err
    counts, whole = out.splitlines()
    done, status, planned, stored = counts.split()
    assert int(done) >= 3 and done == stored and (status, planned) == ("partial", "1000000") and whole == "True"
    assert "stopped after" in err
    assert seconds < 1 + 1.0 * (os.getloadavg()[0] > os.cpu_count()), "a busy machine gets a second more"


def test_replicates_that_are_done_are_those_of_a_whole_run(short):
    seen = []

    def stop(done, total):
        seen.append(done)
        if done > 5:
            raise KeyboardInterrupt

    part = jiju.run(short, replicates=200_000, record="targets", progress=stop)
    done = part.sizes["replicate"]
    assert part.attrs["status"] == "partial" and done >= 6
    whole = jiju.run(short, replicates=done, record="targets", progress=False)
    xarray.testing.assert_equal(part.target_value, whole.target_value)
    xarray.testing.assert_equal(part.target_value_statistics, whole.target_value_statistics)


def test_raises_when_asked(short):
    body = """
try:
    jiju.run(sys.argv[1], replicates=1_000_000, record="targets", progress=tell, on_interrupt="raise")
except KeyboardInterrupt as error:
    print("raised:", error)
"""
    out, err, code, _ = stopped(body, short)
    assert code == 0 and out.startswith("raised: stopped after "), err


def test_a_file_in_the_making_can_be_finished(short, tmp_path):
    path, whole = tmp_path / "run.h5", tmp_path / "whole.h5"
    body = """
data = jiju.run(sys.argv[1], replicates=300, threads=1, output=sys.argv[2], progress=tell)
print(data.sizes["replicate"])
"""
    out, err, code, _ = stopped(body, short, path)
    assert code == 0, err
    assert 3 <= int(out) < 300 and not path.exists() and "resume=True" in err
    begun = []
    with jiju.run(short, replicates=300, output=path, resume=True, progress=lambda done, _: begun.append(done)) as data:
        assert data.sizes["replicate"] == 300 and begun[0] >= int(out)
    good("run", short, "--replicates", 300, "-o", whole)
    assert sha256(path) == sha256(whole)


def test_pythons_own_handler_is_back_after_a_command(short):
    """The command line takes signals over while it runs, in the same process."""
    body = """
from jiju import _engine
assert _engine.main(["run", sys.argv[1], "--replicates", "1", "--quiet"]) == 0
try:
    print("begun", flush=True)
    signal.pause()
except KeyboardInterrupt:
    print("raised")
"""
    process = subprocess.Popen(
        [sys.executable, "-c", PREAMBLE + body, str(short)], stdout=subprocess.PIPE, text=True
    )  # fmt: skip
    while process.stdout.readline() != "begun\n":
        pass
    time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=20)[0] == "raised\n"
