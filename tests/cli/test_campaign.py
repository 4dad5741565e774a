"""Runs of several scenarios, in shards, killed and resumed, and as long as it takes: one file, the same bytes."""

import json
import random
import subprocess
import sys
import time

import netcdf_rules
import numpy as np
import pytest
import xarray
from jiju_command import (
    FILE,
    PROGRAM,
    REFUSED,
    SHORT,
    STOPPED,
    City,
    good,
    jiju,
    opened,
    sha256,
    summary,
    years_of,
)  # fmt: skip

REPLICATES = 12


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """Two scenarios side by side: where they lie, and the file of the run in one piece."""
    city = City(tmp_path_factory.mktemp("study"))
    files = [city.write(SHORT, "short.toml"), city.write(SHORT.replace("status-quo", "plan"), "bold.toml")]
    path = city.folder / "whole.h5"
    good("run", *files, "-o", path)
    return files, path


# ---- several scenarios


def test_scenarios_of_a_run_are_as_each_alone(study, tmp_path):
    files, path = study
    assert netcdf_rules.broken_rules(path) == {}
    both = opened(path)
    assert both.scenario.values.tolist() == ["short", "bold"]
    for i, file in enumerate(files):
        good("run", file, "-o", tmp_path / f"{i}.h5")
        alone, together = opened(tmp_path / f"{i}.h5").drop_attrs(), both.isel(scenario=[i]).drop_attrs()
        # What only one of them draws is reported along a dimension of its own.
        drawn = ["parameter", "scenario_parameter"]
        xarray.testing.assert_equal(alone.drop_dims("parameter"), together.drop_dims(drawn))
        common = together.parameter_value
        np.testing.assert_array_equal(alone.parameter_value.sel(parameter=common.parameter), common)
    assert both.output[0].values.tobytes() != both.output[1].values.tobytes()


def test_table_and_json_show_every_scenario(study):
    files, path = study
    seen = summary("show", path)
    assert [scenario["key"] for scenario in seen["scenarios"]] == ["short", "bold"]
    data = opened(path)
    for i, scenario in enumerate(seen["scenarios"]):
        for row in scenario["targets"]:
            assert row["probability"] == float(data.target_met.sel(target=row["key"])[i].mean())
    assert summary("run", *files) == seen
    text = good("show", path)
    assert all(data.scenario_name.values[i] in text for i in range(2))


def test_two_files_of_one_name_get_keys_of_their_own(study, tmp_path):
    files, _ = study
    good("run", files[0], files[0], "--replicates", 1, "-o", tmp_path / "twice.h5")
    keys = opened(tmp_path / "twice.h5").scenario.values.tolist()
    assert len(set(keys)) == 2


# ---- shards and merge


@pytest.mark.parametrize("shards, threads", [(1, 2), (3, 1), (8, 8)])
def test_merged_shards_are_the_run_in_one_piece(study, tmp_path, shards, threads):
    files, path = study
    parts = [tmp_path / f"{i}.h5" for i in range(1, shards + 1)]
    for i, part in enumerate(parts, 1):
        good("run", *files, "--shard", f"{i}/{shards}", "-o", part, "--threads", threads)
    merged = tmp_path / "merged.h5"
    result = jiju("merge", *reversed(parts), "-o", merged)
    assert result.returncode == 0 and result.stdout == good("show", path)
    assert sha256(merged) == sha256(path)
    assert jiju("merge", *parts, "-o", merged).returncode == FILE, "an existing file is not replaced unless asked"
    if shards > 1:
        missing = jiju("merge", *parts[1:], "-o", tmp_path / "less.h5")
        assert missing.returncode == FILE and "a shard is missing" in missing.stderr
        assert not (tmp_path / "less.h5").exists()
        assert "is a shard" in jiju("show", parts[0]).stderr
        assert "complete already" in jiju("run", *files, "--shard", f"1/{shards}", "-o", parts[0], "--resume").stderr
        other = jiju("run", *files, "--shard", f"2/{shards}", "-o", parts[0], "--resume")
        assert other.returncode == FILE and "is another shard of this run" in other.stderr
    assert "is a whole results file and no shard" in jiju("merge", path, "-o", tmp_path / "less.h5").stderr


# ---- resuming


def parts_of(path):
    return path.with_name(path.name + ".parts")


def test_killed_and_resumed(study, tmp_path):
    files, path = study
    out = tmp_path / "out.h5"
    words = ["run", *files, "-o", out, "--resume", "--checkpoint", 0, "--quiet"]
    chance = random.Random(5)
    for _ in range(5):
        process = subprocess.Popen([PROGRAM, *map(str, words)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 10
        while not any(parts_of(out).glob("*.h5")) and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.002)
        time.sleep(chance.uniform(0, 0.2))
        process.kill()
        process.wait()
    good(*words)
    assert sha256(out) == sha256(path) and not parts_of(out).exists()
    again = jiju(*words)
    assert again.returncode == 0 and "is complete already" in again.stderr and again.stdout == good("show", path)


def test_what_is_there_of_another_run_is_not_resumed(study, tmp_path):
    files, _ = study
    out = tmp_path / "out.h5"
    good("run", files[0], "--set", "scenario.replicates=2", "-o", out)
    before = sha256(out)
    for other in (["--seed", 3], ["--record", "targets"], ["--outputs", "sales"],
                  ["--set", "levers.tax.effort=0.1"]):  # fmt: skip
        result = jiju("run", files[0], "--set", "scenario.replicates=2", *other, "-o", out, "--resume")
        assert result.returncode == FILE and "another run" in result.stderr, other
    assert sha256(out) == before


# ---- failures


@pytest.mark.parametrize("policy", ["continue", "stop", "3"])
def test_policies_on_failures_change_nothing_where_none_fails(study, tmp_path, policy):
    files, path = study
    good("run", *files, "--failures", policy, "-o", tmp_path / "out.h5")
    assert sha256(tmp_path / "out.h5") == sha256(path)


# ---- precision


def precise(files, path, *words):
    return jiju("run", *files, "--replicates", 300, "--record", "targets", "-o", path, *words)


def half_width(data, target):
    """Of the 95 % Wilson interval."""
    met = data.target_met.sel(target=target).values
    z, n = 1.959963984540054, met.shape[1]
    p = met.mean(axis=1)
    return (z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)).max()


def test_a_run_stops_when_it_is_precise_enough(study, tmp_path):
    files = study[0][:1]
    median = next(row for row in summary("run", *files)["scenarios"][0]["targets"] if row["key"] == "T1")["p50"]
    rule, likely = "p(T1)=0.08@95%", ["--set", f"targets.T1.value={median:.0f}"]
    one = tmp_path / "one.h5"
    result = precise(files, one, "--precision", rule, *likely, "--threads", 1)
    assert result.returncode == 0, result.stderr
    data = opened(one)
    looks = [100, 125, 156, 195, 243]
    assert data.sizes["replicate"] in looks and data.attrs["replicates"] == data.sizes["replicate"]
    assert rule in data.attrs["stopping_rule"]
    assert half_width(data, "T1") <= 0.08
    before = [n for n in looks if n < data.sizes["replicate"]]
    assert all(half_width(data.isel(replicate=slice(n)), "T1") > 0.08 for n in before)

    two = tmp_path / "two.h5"
    words = ["--precision", rule, *likely, "--threads", 2, "--checkpoint", 0.05]
    process = subprocess.Popen([PROGRAM, "run", *files, "--replicates", "300", "--record", "targets", "-o", two,
                                *map(str, words)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    while not any(parts_of(two).glob("*.h5")) and process.poll() is None:
        time.sleep(0.01)
    process.terminate()
    assert process.wait(timeout=30) == STOPPED
    assert precise(files, two, *words, "--resume").returncode == 0
    assert sha256(two) == sha256(one)
    assert jiju("verify", two, "--sample", 1).returncode == 0


def test_precision_that_is_not_reached_ends_at_the_replicates_asked_for(study, tmp_path):
    path = tmp_path / "out.h5"
    good("run", study[0][0], "--replicates", 12, "--precision", "mean(T1)=0.001@95%", "-o", path)
    assert opened(path).sizes["replicate"] == 12


# ---- dry run


def test_a_dry_run_estimates_and_writes_nothing(study, tmp_path):
    out = tmp_path / "out.h5"
    words = ["run", *study[0], "--replicates", 5000, "-o", out, "--dry-run"]
    text = good(*words)
    assert text.startswith("2 scenarios x 5000 replicates on ") and "time" in text and "disk" in text
    seen = json.loads(good(*words, "--json"))
    assert (seen["scenarios"], seen["replicates"]) == (2, 5000)
    assert seen["seconds"] > 0 and seen["memory_mb"] > 0 and seen["disk_while_running_mb"] == 2 * seen["disk_mb"]
    assert not any(tmp_path.iterdir())
    size = study[1].stat().st_size * 1e-6
    disk = json.loads(good("run", *study[0], "-o", out, "--dry-run", "--json"))["disk_mb"]
    assert size <= disk <= 1.5 * size + 1


# ---- what is recorded


def test_details_and_statistics(study, tmp_path):
    (file, _), path = study
    yearly = opened(path).isel(scenario=[0])
    data = {}
    for detail in ("targets", "quarterly", "firms"):
        out = tmp_path / f"{detail}.h5"
        good("run", file, "--record", detail, "-o", out, *(["--panels", 2] if detail == "firms" else []))
        assert netcdf_rules.broken_rules(out) == {}
        data[detail] = opened(out)
        for name in yearly:
            if name.endswith("_statistics") and (detail != "targets" or "year" not in yearly[name].dims):
                np.testing.assert_array_equal(data[detail][name], yearly[name], err_msg=name)
    assert {"target_value", "target_met", "target_value_statistics", "base_sales"} <= set(data["targets"])
    assert not {"output", "output_statistics"} & set(data["targets"])
    quarterly = data["quarterly"]
    for name in yearly:
        if yearly[name].dims[1:3] != ("replicate", "year"):
            continue
        np.testing.assert_allclose(years_of(quarterly[name]), yearly[name], rtol=1e-12, err_msg=name)
        np.testing.assert_array_equal(data["firms"][name], quarterly[name], err_msg=name)
        values = yearly[name].values
        statistics = yearly[f"{name}_statistics"]
        exact = {"mean": values.mean(axis=1), "sd": values.std(axis=1, ddof=1), "min": values.min(axis=1),
                 "max": values.max(axis=1)}  # fmt: skip
        scale = np.abs(values).max(axis=1)
        for statistic, expected in exact.items():
            found = statistics.sel(statistic=statistic).values
            assert np.all(np.abs(found - expected) <= 1e-12 * scale), (name, statistic)
        ranks = np.sort(values, axis=1)
        for percent in (5, 25, 50, 75, 95):
            place = percent / 100 * (REPLICATES - 1)
            bound = np.abs(ranks[:, [int(np.floor(place)), int(np.ceil(place))]]).max(axis=1) / 128
            found = statistics.sel(statistic=f"q{percent:02}").values
            assert np.all(np.abs(found - np.quantile(values, percent / 100, axis=1)) <= bound + 1e-300), name
    firms = data["firms"]
    assert set(firms.panel_replicate.values) == {0, 1}


def test_only_the_outputs_asked_for(study, tmp_path):
    (file, _), path = study
    good("run", file, "--outputs", "sales,output", "-o", tmp_path / "few.h5")
    few, all_of_them = opened(tmp_path / "few.h5"), opened(path).isel(scenario=[0])
    timed = {name for name in few if "year" in few[name].dims}
    assert timed == {"output", "sales", "output_statistics", "sales_statistics"}
    assert {"target_value", "target_met"} <= set(few)
    for name in timed:
        np.testing.assert_array_equal(few[name], all_of_them[name])


def test_outputs_over_time_and_targets_alone_exclude_each_other(study, tmp_path):
    refused = jiju("run", study[0][0], "--record", "targets", "--outputs", "sales", "-o", tmp_path / "few.h5")
    assert refused.returncode == REFUSED and "leave one of them out" in refused.stderr


# ---- memory


def peak_memory(*words):
    """Of one run, in bytes; from a process of its own, for the peak of all children is one number."""
    code = ("import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL);"
            "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)")  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code, PROGRAM, *map(str, words)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def test_memory_does_not_grow_with_the_replicates(study, tmp_path):
    # Of few series: statistics take memory until every bucket of theirs is in use.
    words = ["run", study[0][0], "--record", "targets", "--threads", 2, "--quiet"]
    few, many = (peak_memory(*words, "--replicates", n, "-o", tmp_path / f"{n}.h5") for n in (10, 200))
    assert many < 1.1 * few + 2e6
