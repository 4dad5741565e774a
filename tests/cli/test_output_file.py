"""A results file appears whole or not at all, and replaces another only when asked."""

import resource
import signal
import subprocess
import time

import netcdf_rules
import pytest
import xarray
from jiju_command import FILE, INTERRUPTED, PROGRAM, TERMINATED, as_nobody, good, jiju, summary


def entries(folder):
    return sorted(path.name for path in folder.iterdir())


def test_keeps_every_rule_of_the_format(finished):
    assert netcdf_rules.broken_rules(finished.path) == {}


def test_every_variable_says_what_it_is(finished):
    described = {row["name"]: row for row in summary("describe", "outputs")["outputs"]}
    data = xarray.load_dataset(finished.path)
    recorded = set(data.data_vars) - {"replicate_status", "failure"}
    assert recorded == set(described)
    for name in recorded:
        variable, row = data[name], described[name]
        assert list(variable.dims) == row["dims"], name
        for key in ("units", "long_name", "long_name_zh"):
            assert variable.attrs[key] == row[key] != "", (name, key)
        assert (variable.attrs.get("price_basis") == "current prices") == ("CNY" in row["units"]), name
        assert not variable.isnull().any(), name


def test_chinese_name_of_every_key(finished):
    data = xarray.load_dataset(finished.path)
    for axis in ("industry", "cluster", "tier", "origin", "lever", "target"):
        names = data[f"{axis}_name_zh"].values
        assert all(any("\u4e00" <= c <= "\u9fff" for c in name) for name in names), axis


def test_existing_output_is_not_replaced_unasked(short, tmp_path):
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


@pytest.mark.parametrize("limit", [1_000, 300_000, 1_000_000])
def test_disk_without_room_for_it_keeps_the_old_file(short, tmp_path, limit):
    """A limit on the size of files is the full disk that every machine can have."""
    path = tmp_path / "out.h5"
    good("run", short, "--replicates", 1, "-o", path)
    before = path.read_bytes()
    result = jiju("run", short, "--replicates", 60, "-o", path, "--force",
                  preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))  # fmt: skip
    assert (result.returncode, result.stdout) == (FILE, "")
    assert "File too large" in result.stderr
    assert path.read_bytes() == before and entries(tmp_path) == ["out.h5"]


def test_standard_output_that_is_full(finished):
    with open("/dev/full", "w") as full:
        for words in (["show", finished.path], ["schema"], ["describe", "levers"], ["--help"]):
            result = subprocess.run([PROGRAM, *words], stdout=full, stderr=subprocess.PIPE, text=True)
            assert result.returncode == FILE and "standard output: No space left" in result.stderr
    assert subprocess.run(f"'{PROGRAM}' schema >&-", shell=True, stderr=subprocess.DEVNULL).returncode == FILE


@pytest.mark.parametrize(
    "sent, code, name", [(signal.SIGINT, INTERRUPTED, "SIGINT"), (signal.SIGTERM, TERMINATED, "SIGTERM")]
)
@pytest.mark.parametrize("old", [None, "precious"])
def test_a_signal_leaves_what_was_there(short, tmp_path, sent, code, name, old):
    path = tmp_path / "out.h5"
    if old:
        path.write_text(old)
    process = subprocess.Popen([PROGRAM, "run", short, "--replicates", "20000", "-o", path, "--force"], text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # fmt: skip
    deadline = time.monotonic() + 30
    while not any(".tmp" in entry for entry in entries(tmp_path)) and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(sent)
    output, errors = process.communicate(timeout=30)
    assert (process.returncode, output) == (code, "")
    assert f"stopped by {name} after " in errors and errors.endswith(f" of 20000 replicates; {path} was not written\n")
    assert entries(tmp_path) == (["out.h5"] if old else [])
    assert not old or path.read_text() == old


def test_a_signal_without_an_output_prints_no_half_table(short):
    process = subprocess.Popen([PROGRAM, "run", short, "--replicates", "1000000"], text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # fmt: skip
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=30)
    assert (process.returncode, output) == (INTERRUPTED, "")
    assert errors.startswith("jiju: stopped by SIGINT after ")


def test_nobody_listening_to_the_talk_does_no_harm(short, tmp_path):
    path = tmp_path / "out.h5"
    command = f"'{PROGRAM}' run '{short}' --replicates 2 -o '{path}'"
    for stream in ("2>/dev/full", "2>&-"):
        result = subprocess.run(f"{command} --force {stream}", shell=True, capture_output=True, text=True)
        assert result.returncode == 0 and "T1 " in result.stdout, stream
        assert netcdf_rules.broken_rules(path) == {} and good("show", path) == result.stdout
        assert subprocess.run(f"{command} {stream}", shell=True, stdout=subprocess.DEVNULL).returncode == FILE, stream
