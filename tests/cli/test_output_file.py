"""A results file appears whole or not at all, and replaces another only when asked."""

import resource
import signal
import subprocess
import time

import netcdf_rules
import pytest
from jiju_command import (
    FILE,
    INTERRUPTED,
    PROGRAM,
    STOPPED,
    TERMINATED,
    as_nobody,
    good,
    jiju,
    opened,
    sha256,
    summary,
)  # fmt: skip


def entries(folder):
    return sorted(path.name for path in folder.iterdir())


def test_keeps_every_rule_of_the_format(finished):
    assert netcdf_rules.broken_rules(finished.path) == {}


def test_every_variable_says_what_it_is(finished):
    described = {row["name"]: row for row in summary("describe", "outputs")["outputs"]}
    data = opened(finished.path)
    recorded = {name for name in data if "replicate" in data[name].dims} - {"replicate_status"}
    # By industry or lever and place only where that is asked for, exports only where a scenario says their share.
    asked_for = ("industry_place_", "place_lever_", "exports", "place_exports")
    assert recorded == {name for name in described if not name.startswith(asked_for)}
    for name in recorded:
        variable, row = data[name], described[name]
        years = ["year" if dim == "time" else dim for dim in row["dims"]]
        assert list(variable.dims) == ["scenario", "replicate", *years], name
        assert list(data[f"{name}_statistics"].dims) == ["scenario", "statistic", *years], name
        said = row["units"].replace("money", "1e8 CNY").replace("area", "mu")
        assert variable.attrs["units"] == said != "", name
        by_amount = "threshold" in row["long_name"] or "units of money" in row["long_name"]  # as the scenario says them
        for key, currency in (("long_name", "CNY"), ("long_name_zh", "元")):
            assert currency in variable.attrs[key] if by_amount else variable.attrs[key] == row[key] != "", (name, key)
        assert (variable.attrs.get("price_basis") == "current prices") == ("money" in row["units"]), name
        of_some = ("target_other_scope", "target_base")  # some targets have them
        there = variable.notnull().any("replicate") if name in of_some else True
        assert not variable.where(there, 0).isnull().any(), name


def test_chinese_name_of_every_key(finished):
    data = opened(finished.path)
    for axis in ("industry", "cluster", "tier", "origin", "lever", "target"):
        names = data[f"{axis}_name_zh"].values
        assert all(any("\u4e00" <= c <= "\u9fff" for c in name) for name in names), axis


def test_base_year_is_the_year_before_the_start(finished):
    data = opened(finished.path)
    assert data.attrs["base_year"] == int(data["year"][0]) - 1


def test_existing_output_is_not_replaced_unless_asked(short, tmp_path):
    path = tmp_path / "out.h5"
    path.write_text("precious")
    result = jiju("run", short, "--replicates", 1, "-o", path)
    assert (result.returncode, result.stdout) == (FILE, "")
    assert result.stderr == f"jiju: error: {path} exists; give --force to replace it\n"
    assert path.read_text() == "precious" and entries(tmp_path) == ["out.h5"]
    good("run", short, "--replicates", 1, "-o", path, "--force")
    assert "T1" in good("show", path) and entries(tmp_path) == ["out.h5"]


def test_folder_that_is_missing(short, tmp_path):
    result = jiju("run", short, "--replicates", 1, "-o", tmp_path / "nowhere" / "out.h5")
    assert result.returncode == FILE and "nowhere/out.h5: cannot write in its folder" in result.stderr
    assert entries(tmp_path) == []


def test_folder_that_cannot_be_written(city, tmp_path):
    folder = tmp_path / "locked"
    folder.mkdir()
    (folder / "out.h5").write_text("precious")
    folder.chmod(0o555)
    scenario = city.folder / "shaoxing-2011" / "status-quo.toml"
    for options in (["--force"], []):
        result = jiju("run", scenario, "--replicates", 1, "-o", folder / "out.h5", *options, **as_nobody(tmp_path))
        assert (result.returncode, result.stdout) == (FILE, "")
    result = jiju("run", scenario, "--replicates", 1, "-o", folder / "new.h5", **as_nobody(tmp_path))
    assert result.returncode == FILE and "Permission denied" in result.stderr
    assert entries(folder) == ["out.h5"] and (folder / "out.h5").read_text() == "precious"


@pytest.mark.parametrize("limit", [1_000, 100_000, 400_000])
def test_disk_without_room_for_it_keeps_the_old_file(short, tmp_path, limit):
    """A limit on the size of files is the full disk that every machine can have."""
    path = tmp_path / "out.h5"
    good("run", short, "--replicates", 1, "-o", path)
    before = path.read_bytes()
    result = jiju("run", short, "--replicates", 30, "-o", path, "--force", "--checkpoint", 0.1,
                  preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))  # fmt: skip
    assert (result.returncode, result.stdout) == (FILE, "")
    assert "File too large" in result.stderr
    assert path.read_bytes() == before
    assert set(entries(tmp_path)) <= {"out.h5", "out.h5.parts"}, "no temporary file"
    good("run", short, "--replicates", 30, "-o", path, "--force")
    assert entries(tmp_path) == ["out.h5"]


def test_standard_output_that_is_full(finished):
    with open("/dev/full", "w") as full:
        for words in (["show", finished.path], ["schema"], ["describe", "levers"], ["--help"]):
            result = subprocess.run([PROGRAM, *words], stdout=full, stderr=subprocess.PIPE, text=True)
            assert result.returncode == FILE and "standard output: No space left" in result.stderr
    assert subprocess.run(f"'{PROGRAM}' schema >&-", shell=True, stderr=subprocess.DEVNULL).returncode == FILE


def started(*words):
    return subprocess.Popen([PROGRAM, *map(str, words)], text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def wait_for_parts(path, process):
    """Until something of the run is safe."""
    folder = path.with_name(path.name + ".parts")
    deadline = time.monotonic() + 30
    while not any(folder.glob("*.h5")) and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)


@pytest.mark.parametrize("sent, name", [(signal.SIGINT, "SIGINT"), (signal.SIGTERM, "SIGTERM")])
@pytest.mark.parametrize("old", [None, "precious"])
def test_a_signal_stops_a_run_that_can_go_on(short, tmp_path, sent, name, old):
    path = tmp_path / "out.h5"
    if old:
        path.write_text(old)
    words = ["run", short, "--replicates", 40, "-o", path, "--checkpoint", 0.05, "--threads", 1]
    process = started(*words, "--force")
    wait_for_parts(path, process)
    process.send_signal(sent)
    output, errors = process.communicate(timeout=30)
    assert (process.returncode, output) == (STOPPED, "")
    assert f"stopped by {name} after " in errors and "of 40 replicates, which are kept" in errors
    assert "--resume" in errors
    assert not old or path.read_text() == old
    path.unlink(missing_ok=True)  # --resume replaces nothing
    result = jiju(*words, "--resume")
    assert result.returncode == 0 and "resuming after " in result.stderr
    assert entries(tmp_path) == ["out.h5"]
    good("run", short, "--replicates", 40, "-o", tmp_path / "whole.h5")
    assert sha256(path) == sha256(tmp_path / "whole.h5")


@pytest.mark.parametrize("sent, code", [(signal.SIGINT, INTERRUPTED), (signal.SIGTERM, TERMINATED)])
def test_a_signal_without_an_output_prints_no_half_table(short, sent, code):
    process = started("run", short, "--replicates", 1000000)
    time.sleep(0.7)
    process.send_signal(sent)
    output, errors = process.communicate(timeout=30)
    assert (process.returncode, output) == (code, "")
    assert errors.startswith("jiju: stopped by SIG") and "--resume" not in errors


def test_nobody_listening_to_the_talk_does_no_harm(short, tmp_path):
    path = tmp_path / "out.h5"
    command = f"'{PROGRAM}' run '{short}' --replicates 2 -o '{path}'"
    for stream in ("2>/dev/full", "2>&-"):
        result = subprocess.run(f"{command} --force {stream}", shell=True, capture_output=True, text=True)
        assert result.returncode == 0 and "T1 " in result.stdout, stream
        assert netcdf_rules.broken_rules(path) == {} and good("show", path) == result.stdout
        assert subprocess.run(f"{command} {stream}", shell=True, stdout=subprocess.DEVNULL).returncode == FILE, stream
