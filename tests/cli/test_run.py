"""What a run prints and what it leaves are the same numbers, on any machine and however often."""

import hashlib
import os
import pty
import re
import shutil
import subprocess
from pathlib import Path

import h5py
import netcdf_rules
import numpy as np
import pytest
import value_digests
import xarray
from jiju_command import FAILED, PROGRAM, SCENARIOS, good, jiju, opened, sha256, summary, table

# ---- the numbers


def test_table_is_what_numpy_finds_in_the_file(finished):
    data = opened(finished.path).isel(scenario=0)
    rows = {row["key"]: row for row in finished.json["scenarios"][0]["targets"]}
    assert set(rows) == set(data.target.values)
    for key, row in rows.items():
        values, met = data.target_value.sel(target=key), data.target_met.sel(target=key)
        quantiles = np.quantile(values, [0.05, 0.5, 0.95])
        np.testing.assert_array_equal([row["p5"], row["p50"], row["p95"]], quantiles, err_msg=key)
        share = float(met.mean())
        assert row["probability"] == share
        assert row["standard_error"] == pytest.approx(np.sqrt(share * (1 - share) / 60), abs=1e-15)
        assert row["gap"] == pytest.approx(quantiles[1] / row["value"] - 1, abs=1e-12)
        np.testing.assert_array_equal(met, values >= row["value"] * (1 - row["tolerance"]))


def test_probability_at_its_ends_has_a_bound(finished):
    """0.05 = (1 - bound)^60: what happens more often would have been seen in 19 of 20 runs."""
    for row in finished.json["scenarios"][0]["targets"]:
        expected = {0: 1 - 0.05 ** (1 / 60), 1: 0.05 ** (1 / 60)}.get(row["probability"])
        assert row["bound"] == (None if expected is None else pytest.approx(expected, abs=1e-12))
    assert {row["probability"] for row in finished.json["scenarios"][0]["targets"]} & {0, 1}, "the case occurs"
    assert "0.000 (<0.049)" in finished.table


def test_largest_gap_comes_first(finished):
    gaps = [row["gap"] for row in finished.json["scenarios"][0]["targets"]]
    assert gaps == sorted(gaps) and len(gaps) == 17


def test_table_shows_what_json_says(finished):
    lines = finished.table.splitlines()
    assert lines[0] == "Status quo: Shaoxing, 2011–2012"
    assert lines[1].startswith("60 replicates, seed 5; jiju ")
    body = [line for line in lines[lines.index("", 1) + 2 :] if "└" not in line][:17]
    for line, row in zip(body, finished.json["scenarios"][0]["targets"], strict=True):
        assert line.startswith(row["key"] + " ") and row["name"] in line
        form = r"[≈≥] (\S+) +(\S+) +(\S+) +(\S+) +(\S+) % +(\S+) % +(\S+)(?: \((\S+)–(\S+)\))? +(\S+) \((.)(\S+)\)$"
        numbers = re.search(form, line).groups()
        target, low, median, high, gap, shortfall, *years, probability, sign, error = numbers
        assert float(target) == row["value"]
        assert ("≈" in line) == (row["tolerance"] > 0)
        for text, value in [(low, row["p5"]), (median, row["p50"]), (high, row["p95"])]:
            decimals = len(text.partition(".")[2])
            assert abs(float(text) - value) <= 0.5 * 10**-decimals + 1e-9
        assert float(gap) == pytest.approx(100 * row["gap"], abs=0.0501)
        assert float(shortfall) == pytest.approx(100 * row["expected_shortfall"], abs=0.0501)
        for text, name in zip(years, ("p50", "p5", "p95"), strict=True):
            year = row["year"][name]
            shown = "∞" if year is None else ">2112" if year > 2112.4 else str(int(year + 0.5))
            assert text in (shown, None), (row["key"], name)
        assert float(probability) == pytest.approx(row["probability"], abs=0.000501)
        spread = row["standard_error"] if sign == "±" else row["bound"]
        assert float(error) == pytest.approx(spread, abs=0.000501)


def test_columns_stand_under_each_other(finished):
    """Whatever takes two places on a terminal is counted as two."""

    def places(text):
        return sum(2 if re.match(r"[\u2e80-\ua4cf\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]", c) else 1 for c in text)

    for language in ("en", "zh"):
        lines = good("show", finished.path, "--lang", language).splitlines()
        table = lines[lines.index("", 1) + 1 :][:18]
        assert len({places(line) for line in table}) == 1, table


def test_show_repeats_the_run(finished):
    assert good("show", finished.path) == finished.table
    assert summary("show", finished.path) == finished.json


def test_json_is_all_there_is_on_standard_output(finished):
    json = finished.json
    assert (json["format"], json["version"]) == ("jiju summary", 4)
    assert (json["seed"], json["replicates"]) == (5, 60)
    (scenario,) = json["scenarios"]
    assert (scenario["key"], scenario["name"], scenario["failures"]) == ("short", "Status quo", [])
    assert scenario["first_year"] == 2011 and scenario["last_year"] == 2012
    assert scenario["sha256"] == opened(finished.path).scenario_sha256.item()


def test_chinese(finished):
    table = good("run", finished.scenario, "--replicates", 2, "--lang", "zh")
    data = opened(finished.path)
    assert "维持现状：绍兴，2011–2012年" in table and "实现概率" in table and "亿元/年" in table
    assert all(name in table for name in data.target_name_zh.values)
    assert not any(name in table for name in data.target_name.values)


def test_failed_replicates_are_left_out_and_reported(finished, tmp_path):
    """As a file says it that holds one."""
    path = Path(shutil.copy(finished.path, tmp_path / "failed.h5"))
    cause = "stocks and flows disagree"
    with h5py.File(path, "r+") as file:
        file["replicate_status"][0, 3] = 1
        for name in ("target_value", "target_met"):
            file[name][0, 3] = np.nan
        text = h5py.string_dtype()
        file.create_dataset("failure_scenario", data=["short"], dtype=text)
        file.create_dataset("failure_cause", data=[cause], dtype=text)
        file["failure_replicate"], file["failure_step"] = np.array([3]), np.array([2], "i4")
        file["failure"] = np.full(1, np.nan)
        file["failure"].make_scale(f"{netcdf_rules.UNNAMED}{1:10}")
        for name in ("scenario", "cause", "replicate", "step"):
            file[f"failure_{name}"].dims[0].attach_scale(file["failure"])
        netcdf_rules.digest_again(file)
    value_digests.put_seal(path)
    stored = summary("show", path)
    assert stored["replicates"] == 60
    (scenario,) = stored["scenarios"]
    assert scenario["failures"] == [{"replicate": 3, "step": 2, "cause": cause}]
    left = np.delete(opened(finished.path).target_value.sel(target="T1").values[0], 3)
    assert next(row for row in scenario["targets"] if row["key"] == "T1")["p50"] == np.median(left)
    assert "1 of 60 replicates failed and are left out" in good("show", path)


# ---- reproducibility


def test_file_does_not_depend_on_threads(short, tmp_path):
    files = [tmp_path / f"{threads}.h5" for threads in (1, 2, 8)]
    for path in files:
        good("run", short, "--threads", path.stem, "-o", path)
    assert len({sha256(path) for path in files}) == 1


def instruction_sets():
    lines = good("--version").splitlines()
    return next(line for line in lines if line.startswith("instruction sets ")).split()[2:]


def test_file_does_not_depend_on_the_instruction_set(short, tmp_path, monkeypatch):
    files = [tmp_path / f"{name}.h5" for name in instruction_sets()]
    for path in files:
        monkeypatch.setenv("JIJU_INSTRUCTION_SET", path.stem)
        good("run", short, "-o", path)
    assert "generic" in instruction_sets()
    assert len({sha256(path) for path in files}) == 1


def test_unknown_instruction_set_is_refused_before_anything_runs(short, tmp_path, monkeypatch):
    monkeypatch.setenv("JIJU_INSTRUCTION_SET", "mmx")
    done = jiju("run", short, "-o", tmp_path / "none.h5")
    assert done.returncode == FAILED
    assert "JIJU_INSTRUCTION_SET = mmx cannot run here; there are: generic" in done.stderr
    assert not list(tmp_path.glob("none*"))


def test_same_seed_same_file_and_another_seed_another(short, tmp_path):
    files = {name: tmp_path / f"{name}.h5" for name in ("one", "two", "other")}
    for name, path in files.items():
        good("run", short, "--seed", 8 if name == "other" else 7, "-o", path)
    assert sha256(files["one"]) == sha256(files["two"])
    one, other = opened(files["one"]), opened(files["other"])
    assert one.attrs["seed"] == "7" and other.attrs["seed"] == "8"
    assert not np.any(one.all_industry_output == other.all_industry_output)


def test_more_replicates_begin_with_the_same_ones(finished, tmp_path):
    path = tmp_path / "few.h5"
    good("run", finished.scenario, "--replicates", 7, "--seed", 5, "-o", path)
    few = opened(path)
    many = opened(finished.path).isel(replicate=slice(7))
    kept = [name for name in few if "replicate" in few[name].dims]
    xarray.testing.assert_equal(few[kept], many[kept])


# ---- the effective scenario


def effective(path):
    return opened(path).scenario_toml.item()


def test_settings_are_in_the_file(short, tmp_path):
    path = tmp_path / "out.h5"
    good("run", short, "--set", "levers.tax.effort=0.25", "--set", "scenario.name=Trial", "--replicates", 3, "--seed",
         9, "-o", path)  # fmt: skip
    text = effective(path)
    assert re.search(r"\[levers\.tax\][^[]*effort = 0\.25\n", text)
    assert re.search(r'\[scenario\][^[]*name = "Trial"\n', text)
    assert re.search(r"\[scenario\][^[]*replicates = 3\n[^[]*seed = 9\n", text)
    data = opened(path)
    assert data.sizes["replicate"] == 3 and data.scenario_name.item() == "Trial"
    assert hashlib.sha256(text.encode()).hexdigest() == data.scenario_sha256.item()


def test_effective_scenario_alone_gives_the_same_file(finished, tmp_path):
    scenario = tmp_path / "short.toml"  # a scenario is called after its file
    scenario.write_text(effective(finished.path), encoding="utf-8")
    path = tmp_path / "again.h5"
    good("run", scenario, "-o", path)
    assert sha256(path) == sha256(finished.path)


def test_options_win_over_settings(short):
    assert summary("run", short, "--replicates", 2, "--set", "scenario.replicates=3")["replicates"] == 2
    assert summary("run", short)["replicates"] == 12, "as the scenario says"


def test_threads_are_no_part_of_a_result(finished):
    assert "thread" not in effective(finished.path)


# ---- scenarios by name


def scenarios():
    for path in sorted(SCENARIOS.glob("*/*.toml")):
        own = path.parent.name != "presets"  # what a country decides is no scenario
        if own and re.search(r"^(\[scenario\]|extends)", path.read_text(encoding="utf-8"), re.MULTILINE):
            yield f"{path.parent.name}/{path.stem}"


TARGETS = {"tutorial": 3, "wuxi-2011": 6, "emilia-romagna-2020": 5}  # by folder; 17 in those of the flagship


@pytest.mark.parametrize("name", list(scenarios()))
def test_every_scenario_runs_by_its_bare_name(name, tmp_path, monkeypatch):
    monkeypatch.setenv("JIJU_SCENARIOS", str(SCENARIOS))
    monkeypatch.chdir(tmp_path)
    assert good("validate", name).startswith("ok: ")
    stored = table("run", name, "--replicates", 2)
    assert stored["key"] == name.split("/")[1]
    assert len(stored["targets"]) == TARGETS.get(name.split("/")[0], 17)
    assert all(row["p5"] <= row["p50"] <= row["p95"] for row in stored["targets"])


@pytest.mark.parametrize("place", ["build/release/jiju", "bin/jiju"])
def test_bare_names_are_found_from_where_the_program_lies(place, tmp_path):
    shelf = "scenarios" if place.startswith("build") else "share/jiju/scenarios"
    shutil.copytree(SCENARIOS, tmp_path / shelf)
    program = tmp_path / place
    program.parent.mkdir(parents=True)
    shutil.copy(PROGRAM, program)
    link = tmp_path / "on-path"
    link.symlink_to(program)
    line = good("validate", "shaoxing-2011/status-quo", program=link, cwd=tmp_path)
    assert line.startswith(f"ok: {tmp_path / shelf}/shaoxing-2011/status-quo.toml: ")


def test_a_file_is_preferred_to_a_bare_name(short, monkeypatch):
    monkeypatch.setenv("JIJU_SCENARIOS", str(SCENARIOS))
    monkeypatch.chdir(short.parent)
    assert good("validate", "short.toml").startswith("ok: short.toml: Status quo, Shaoxing, 2011–2012: ")


def test_validate_counts(short):
    line = good("validate", short, "--set", "levers.tax.effort=0.1").splitlines()[0]
    assert "6 industries, 11 clusters, " in line and "1 of " in line and line.endswith(" 17 targets")
    assert "0 of " in good("validate", short)
    assert "6个产业" in good("validate", short, "--lang", "zh")


# ---- beside the result


def test_without_an_output_nothing_is_written(short, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    good("run", short, "--replicates", 1)
    assert not any(tmp_path.iterdir())


def test_speed_is_reported_beside_and_not_if_quiet(short):
    result = jiju("run", short, "--replicates", 2, "--threads", 1)
    assert re.fullmatch(r"2 replicates in \d+\.\d\d s, \d+\.\d a second on 1 thread\n", result.stderr)
    assert jiju("run", short, "--replicates", 2, "--quiet").stderr == ""


def on_terminal(*words):
    """What a person sees on standard error."""
    master, slave = pty.openpty()
    process = subprocess.Popen([PROGRAM, *map(str, words)], stdout=subprocess.DEVNULL, stderr=slave,
                               env=os.environ | {"TERM": "xterm"})  # fmt: skip
    os.close(slave)
    seen = b""
    while True:
        try:
            seen += os.read(master, 4096)
        except OSError:  # the other side is closed
            break
    os.close(master)
    assert process.wait() == 0
    return seen.decode()


def test_a_bar_is_drawn_on_a_terminal_only_and_cleared(short):
    few = jiju("run", short, "--replicates", 50).stderr
    words = ["run", short, "--replicates", round(2.5 * float(re.search(r"([\d.]+) a second", few)[1]))]
    seen = on_terminal(*words)
    ended = [int(done) for done in re.findall(r"\[#*\.*\] (\d+) of \d+, .*? left", seen)]
    assert len(ended) > 1 and ended == sorted(ended)
    assert seen.rindex("\r\x1b[K") > seen.rindex(" left")
    assert " left" not in on_terminal(*words, "--quiet")
    assert " left" not in jiju(*words).stderr
