"""A disk that fails in the middle of a run costs its file and no replicate that was saved; the message says why."""

import os

import pytest
from toy_command import FILE_ERROR, good_toy, preloaded, sha256, write_toy

RUN = ["--scenarios", 2, "--replicates", 30, "--detail", 3, "--checkpoint", 0]


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    return preloaded("failing_disk.c", tmp_path_factory.mktemp("library"))


FAILURES = [*(("FAIL_SYNC", at) for at in (1, 2, 5)), *(("FAIL_WRITE", at) for at in (1, 3, 40, 90))]


@pytest.mark.parametrize("kind, at", FAILURES)
def test_an_error_of_the_disk_is_reported_and_nothing_half_is_left(library, tmp_path, kind, at):
    path = tmp_path / "toy.h5"
    path.write_text("old")
    env = {**os.environ, "LD_PRELOAD": str(library), kind: str(at)}
    failed = write_toy(path, *RUN, "--force", env=env)
    assert failed.returncode == FILE_ERROR
    assert "Input/output error (the disk, or the connection to it, failed)" in failed.stderr
    assert path.read_text() == "old" and not any(".tmp" in str(each) for each in tmp_path.rglob("*"))
    path.unlink()
    good_toy(path, *RUN, "--resume")
    assert sha256(path) == sha256(good_toy(tmp_path / "whole.h5", *RUN))
