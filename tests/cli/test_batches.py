"""Batches from one replicate to many thousand runs: extended, looked at before they end, estimated and refused."""

import json
import os
import resource
import signal
import subprocess
import sys
import time

import netcdf_rules
import numpy as np
import pytest
from jiju_command import FILE, OK, PROGRAM, REFUSED, STOPPED, good, jiju, opened, sha256, summary

CITY = "tutorial/river-city"
DESIGN = """base = "tutorial/river-city"
method = "sobol"
points = {points}
[factors.fund]
key = "levers.special_fund.budget"
low = 0
high = 1
[factors.goal]
key = "levers.platforms.budget"
low = 0
high = 1
"""


def used(*words, **how):
    """Seconds of CPU and peak bytes of one command that must succeed."""
    child = subprocess.Popen([PROGRAM, *map(str, words), "--quiet"], stdout=subprocess.DEVNULL, **how)
    _, status, usage = os.wait4(child.pid, 0)
    assert status == 0
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def design(folder, points):
    path = folder / f"design{points}.toml"
    path.write_text(DESIGN.format(points=points))
    return path


# ---- a finished run is extended


@pytest.mark.parametrize("detail", ["targets", "yearly", "quarterly", "firms"])
def test_more_replicates_of_a_finished_run(tmp_path, detail):
    out, once = tmp_path / "out.h5", tmp_path / "once.h5"
    words = ["run", CITY, "--record", detail]
    good(*words, "--replicates", 20, "-o", out)
    extended = jiju(*words, "--replicates", 40, "-o", out, "--resume")
    assert extended.returncode == OK and f"extending {out} from 20 to 40 replicates" in extended.stderr
    assert extended.stdout == good(*words, "--replicates", 40, "-o", once)
    assert sha256(out) == sha256(once) and netcdf_rules.broken_rules(out) == {}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["once.h5", "out.h5"]


def test_only_the_same_run_is_extended_and_only_when_asked(tmp_path):
    out = tmp_path / "out.h5"
    good("run", CITY, "--replicates", 20, "--replicates-per-draw", 4, "-o", out)
    before = sha256(out)
    words = ["run", CITY, "--replicates", 40, "--replicates-per-draw", 4, "-o", out]
    assert jiju(*words).returncode == FILE
    nested = ["--replicates-per-draw", 4]
    for other in (["--seed", 3, *nested], ["--record", "targets", *nested], ["--replicates-per-draw", 5], [],
                  ["--set", "levers.special_fund.budget=1", *nested]):  # fmt: skip
        refused = jiju("run", CITY, "--replicates", 40, *other, "-o", out, "--resume")
        assert refused.returncode == FILE and "is of another run" in refused.stderr
    fewer = jiju("run", CITY, "--replicates", 10, "--replicates-per-draw", 4, "-o", out, "--resume")
    assert fewer.returncode == FILE and "is of another run" in fewer.stderr
    assert sha256(out) == before
    assert jiju(*words, "--resume").returncode == OK and opened(out).sizes["replicate"] == 40


def test_an_extension_that_is_killed_leaves_the_file_and_goes_on(tmp_path):
    out, once = tmp_path / "out.h5", tmp_path / "once.h5"
    words = ["run", CITY, "--record", "targets", "--checkpoint", 0.05, "--threads", 1, "-o"]
    good(*words, out, "--replicates", 30)
    before = sha256(out)
    for sign in (signal.SIGTERM, signal.SIGKILL):
        child = subprocess.Popen([PROGRAM, *map(str, words), out, "--replicates", "2000", "--resume"],
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
        until = time.monotonic() + 60
        while not any((tmp_path / "out.h5.parts").glob("*.h5")) and time.monotonic() < until:
            time.sleep(0.01)
        child.send_signal(sign)
        assert child.wait(timeout=60) == (STOPPED if sign == signal.SIGTERM else -signal.SIGKILL)
        assert sha256(out) == before
    seen = summary("show", tmp_path / "out.h5.parts")
    assert seen["status"] == "partial" and seen["first_replicate"] == 0 and 30 < seen["replicates"] < 2000
    good(*words, out, "--replicates", 2000, "--resume")
    good(*words, once, "--replicates", 2000)
    assert sha256(out) == sha256(once)


# ---- a run that is not finished is looked at


@pytest.fixture(scope="module")
def stopped(tmp_path_factory):
    """The folder of parts of a run of two scenarios, and how many replicates it tells."""
    folder = tmp_path_factory.mktemp("stopped")
    words = ["run", CITY, CITY, "--replicates", "5000", "--record", "targets", "--checkpoint", "0.05", "-o"]
    child = subprocess.Popen([PROGRAM, *words, folder / "out.h5"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    until = time.monotonic() + 60
    while len(list(folder.glob("out.h5.parts/*.h5"))) < 2 and time.monotonic() < until:
        time.sleep(0.01)
    child.terminate()
    assert child.wait(timeout=60) == STOPPED
    return folder / "out.h5.parts"


def test_a_stopped_run_is_shown(stopped, tmp_path):
    seen = summary("show", stopped)
    assert seen["status"] == "partial" and seen["planned_replicates"] == 5000
    table = good("show", stopped)
    assert table.startswith(f"{seen['replicates']} of 5000 replicates, not finished\n")
    assert "尚未结束" in good("show", stopped, "--lang", "zh")
    same = summary("run", CITY, CITY, "--replicates", seen["replicates"], "--record", "targets")
    for one, other in zip(seen["scenarios"], same["scenarios"], strict=True):
        for row, expected in zip(one["targets"], other["targets"], strict=True):
            assert (row["p50"], row["probability"]) == (expected["p50"], expected["probability"])


def test_what_is_no_folder_of_parts_is_refused(tmp_path):
    empty = jiju("show", tmp_path)
    assert empty.returncode == FILE and "holds no part of a run" in empty.stderr
    (tmp_path / "0000000000-0000000009.h5").write_text("no shard")
    assert jiju("show", tmp_path).returncode == FILE


# ---- sweeps of many points


def test_points_are_what_each_would_be_alone(tmp_path):
    """Of a hundred points only the first is kept whole; each is still simulated as its own effective scenario says."""
    path = tmp_path / "sweep.h5"
    good("sweep", design(tmp_path, 9), "--replicates", 3, "-o", path, "--quiet")
    data = opened(path)
    for point in (0, 1, 8):
        alone = tmp_path / f"{point}.toml"
        alone.write_text(str(data.scenario_toml.values[point]))
        good("run", alone, "-o", tmp_path / f"{point}.h5")
        single = opened(tmp_path / f"{point}.h5")
        np.testing.assert_array_equal(single.target_value.values[0], data.target_value.values[point])
    assert jiju("verify", path, "--sample", 2).returncode == OK


def test_memory_by_the_point_is_small(tmp_path):
    few, many = (used("sweep", design(tmp_path, n), "--replicates", 1, "-o", tmp_path / f"{n}.h5")[1]
                 for n in (20, 220))  # fmt: skip
    assert (many - few) / 200 < 200e3


def test_a_sweep_stops_within_a_replicate(tmp_path):
    """A thousand points take seconds a replicate; SIGTERM does not wait for them."""
    out = tmp_path / "sweep.h5"
    words = ["sweep", design(tmp_path, 400), "--replicates", "50", "-o", out, "--threads", "1"]
    child = subprocess.Popen([PROGRAM, *map(str, words)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    until = time.monotonic() + 120
    while not out.with_name("sweep.h5.parts").exists() and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(0.5)
    child.terminate()
    _, seen = child.communicate(timeout=60)
    assert child.returncode == STOPPED and ("of 50 replicates, which are kept" in seen or "before any" in seen)


def test_a_sweep_stopped_before_its_first_replicate_leaves_nothing(tmp_path):
    out = tmp_path / "sweep.h5"
    words = ["sweep", design(tmp_path, 1500), "--replicates", "50", "-o", out, "--threads", "1"]
    child = subprocess.Popen([PROGRAM, *map(str, words)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    until = time.monotonic() + 120
    while not out.with_name("sweep.h5.parts").exists() and time.monotonic() < until:
        time.sleep(0.01)
    child.terminate()
    _, seen = child.communicate(timeout=60)
    assert child.returncode == STOPPED and "stopped by SIGTERM before any of 50 replicates was done" in seen
    assert [path.name for path in tmp_path.iterdir()] == ["design1500.toml"]


# ---- what will not fit is refused


def test_a_run_that_cannot_fit_in_memory_is_refused(tmp_path):
    def little():
        resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))

    words = [PROGRAM, "run", CITY, "--replicates", "100000", "--record", "quarterly", "-o", tmp_path / "out.h5"]
    plenty = ["--set", "scenario.years=30"]
    points = [PROGRAM, "sweep", design(tmp_path, 300), "--replicates", "1000", "--record", "quarterly", "-o",
              tmp_path / "out.h5"]  # fmt: skip
    for each in ([*words, *plenty], points):
        refused = subprocess.run(list(map(str, each)), capture_output=True, text=True, preexec_fn=little)
        assert refused.returncode in (REFUSED, FILE), refused.stderr
        assert "available: give" in refused.stderr or "free: give" in refused.stderr, refused.stderr
        assert not list(tmp_path.glob("out.h5*"))


# ---- estimates


def test_estimates_of_runs_sweeps_and_merges(tmp_path):
    """Of the same kind as what is then measured; how near they come, benchmarks/estimates tells."""
    shards = [tmp_path / f"{i}.h5" for i in (1, 2)]
    for i, shard in enumerate(shards, 1):
        good("run", CITY, "--replicates", 40, "--shard", f"{i}/2", "-o", shard)
    for words, out in (
        (["run", CITY, "--replicates", 200], tmp_path / "run.h5"),
        (["sweep", design(tmp_path, 30), "--replicates", 3], tmp_path / "sweep.h5"),
        (["merge", *shards], tmp_path / "merged.h5"),
    ):
        seen = json.loads(good(*words, "-o", out, "--dry-run", "--json"))
        assert not out.exists() and (seen["format"], seen["version"]) == ("jiju dry run", 2)
        _, memory = used(*words, "-o", out)
        size = out.stat().st_size
        assert size / 1.5 < seen["disk_mb"] * 1e6 < 1.5 * size + 2e5, words
        assert memory / 2 < seen["memory_mb"] * 1e6 < 2 * memory, words
        assert seen["seconds"] > 0 and seen["available_memory_mb"] > seen["memory_mb"]


def test_python_opens_parts(stopped, tmp_path):
    code = ("import sys, jiju; data = jiju.open(sys.argv[1]);"
            "print(data.attrs['status'], data.sizes['replicate'], data.attrs['planned_replicates'])")  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code, stopped], capture_output=True, text=True)
    seen = summary("show", stopped)
    assert done.stdout.split() == ["partial", str(seen["replicates"]), "5000"], done.stderr
