"""`jiju submit --engine snakemake` with Snakemake itself: the bytes of one process, though a shard is killed while it
works; only what is missing is done again."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import jiju

pytest.importorskip("snakemake")

from river import RIVER

TASKS = 4
RUN = ["run", RIVER, "--replicates", "4000", "--seed", "3", "--record", "targets"]
KILLED = f"--shard 2/{TASKS}"
JIJU = [sys.executable, "-m", "jiju"]


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def kill_a_shard(workflow):
    """SIGKILL to the process of one shard."""
    for _ in range(1200):
        for process in Path("/proc").glob("[0-9]*"):
            try:
                words = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
            if words.startswith(f"{sys.executable} -m jiju run") and KILLED in words:
                os.kill(int(process.name), signal.SIGKILL)
                return
        assert workflow.poll() is None, "it ended before its shard was found"
        time.sleep(0.05)
    raise AssertionError("the shard never began")


@pytest.fixture(scope="module")
def environment():
    return os.environ | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    path = tmp_path_factory.mktemp("alone") / "alone.h5"
    subprocess.run([*JIJU, *RUN, "--quiet", "-o", path], check=True)
    return digest(path)


def test_a_shard_that_is_killed_is_simulated_again(alone, environment, tmp_path):
    folder = tmp_path / "{a} b"
    folder.mkdir()
    output = folder / "shared.h5"
    words = [*JIJU, "submit", "-o", output, "--engine", "snakemake", "--tasks", str(TASKS), "--go", *RUN]
    piped = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(words, env=environment, **piped) as workflow:
        kill_a_shard(workflow)
        said, told = workflow.communicate(timeout=600)
    assert workflow.returncode == 0, told
    assert "Error in rule shard" in told and "all shards are simulated and merged" in said
    assert digest(output) == alone

    # What is there is not done again; what is missing is.
    scripts = Path(f"{output}.snakemake")
    again = subprocess.run([scripts / "submit.sh"], env=environment, capture_output=True, text=True, check=True)
    assert "Nothing to be done" in again.stderr
    (scripts / "shards" / "3.h5").unlink()
    output.unlink()
    again = subprocess.run([scripts / "submit.sh"], env=environment, capture_output=True, text=True, check=True)
    assert again.stderr.count("rule shard:") == 1 and digest(output) == alone


def test_a_shard_that_always_fails_stops_the_merger_and_no_other_shard(environment, tmp_path):
    output = tmp_path / "shared.h5"
    words = [*JIJU, "submit", "-o", output, "--engine", "snakemake", "--tasks", "3", *RUN[:2], "--replicates", "30"]
    subprocess.run(words, env=environment, check=True)
    scripts = Path(f"{output}.snakemake")
    (scripts / "shards" / "2.h5.parts").touch()  # where what is saved should be
    failed = subprocess.run([scripts / "submit.sh"], env=environment, capture_output=True, text=True)
    assert failed.returncode != 0 and failed.stderr.count("Error in rule shard") == 3  # tried, and again twice
    assert (scripts / "shards" / "1.h5").exists() and (scripts / "shards" / "3.h5").exists() and not output.exists()
    (scripts / "shards" / "2.h5.parts").unlink()
    subprocess.run([scripts / "submit.sh"], env=environment, capture_output=True, check=True)
    assert jiju.show(output)["replicates"] == 30
