"""A results file of the toy model, as every reader sees it, and what becomes of it when things go wrong."""

import contextlib
import hashlib
import os
import resource
import shutil
import subprocess
from functools import partial
from pathlib import Path

import h5py
import netCDF4
import netcdf_rules
import numpy as np
import pytest
import xarray

ROOT = Path(__file__).parents[2]
WRITE_TOY = Path(os.environ.get("JIJU_BUILD", ROOT / "build" / "release")) / "tests" / "write_toy"
FILE_ERROR = 3
ENGINES = ["h5netcdf", "netcdf4"]


def write_toy(path, *options, **how):
    return subprocess.run([WRITE_TOY, path, *map(str, options)], capture_output=True, text=True, timeout=60, **how)


@pytest.fixture(scope="module")
def toy(tmp_path_factory):
    path = tmp_path_factory.mktemp("toy") / "toy.h5"
    assert write_toy(path, "--breaks-at", 3).returncode == 0
    return path


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def values_of(dataset):
    return dataset.asstr()[...] if dataset.dtype.kind == "O" else dataset[...]


# ---- every reader sees the same


def test_keeps_every_rule(toy):
    assert netcdf_rules.broken_rules(toy) == {}


@pytest.mark.parametrize("engine", ENGINES)
def test_xarray_sees_dimensions_units_and_both_languages(toy, engine):
    with xarray.open_dataset(toy, engine=engine) as data:
        assert dict(data.sizes) == {"replicate": 40, "time": 20, "walker": 5}
        assert data.position.dims == ("replicate", "time", "walker")
        assert data.position.attrs == {
            "units": "m", "long_name": "Where the walker stands", "long_name_zh": "位置", "price_basis": "none",
        }  # fmt: skip
        assert data.distance.attrs["source"] == "assumption"
        assert {"year", "quarter", "walker_name", "walker_name_zh"} <= set(data.coords)
        assert list(data.walker_name_zh.values[:2]) == ["行者0", "行者1"]
        assert data.attrs["scenario_name_zh"] == "玩具随机游走"
        chosen = data.position.sel(time="2012-04-01", walker="walker_2")
        assert (chosen.year, chosen.quarter) == (2012, 2)


def test_is_opened_without_naming_an_engine(toy):
    with xarray.open_dataset(toy) as data:
        assert data.sizes["replicate"] == 40


def test_both_engines_and_h5py_read_equal_values(toy):
    with h5py.File(toy) as raw, xarray.open_dataset(toy, engine="h5netcdf") as one:
        with xarray.open_dataset(toy, engine="netcdf4") as other:
            assert set(one.variables) == set(other.variables) == set(raw) - {"bare"}
            for name, variable in one.variables.items():
                np.testing.assert_array_equal(variable.values, other[name].values, err_msg=name)
                if name != "time":
                    np.testing.assert_array_equal(variable.values, values_of(raw[name]), err_msg=name)


def test_netcdf_drops_no_variable(toy):
    header = subprocess.run(["ncdump", "-h", toy], capture_output=True, text=True, check=True).stdout
    variables, attributes = header.split("variables:")[1].split("// global attributes:")
    with h5py.File(toy) as raw:
        seen = [line.split("(")[0].split()[-1] for line in variables.splitlines() if line.endswith(") ;")]
        assert seen == [name for name in raw if name != "bare"], "all, and in the order of writing"
        assert sum(" = " in line for line in attributes.splitlines()) == len(raw.attrs)
    with netCDF4.Dataset(toy) as data:
        assert list(data.dimensions) == ["replicate", "time", "walker", "bare"]


def test_time_is_the_calendar(toy):
    with xarray.open_dataset(toy) as data:
        starts = [f"{year}-{month:02}-01" for year in range(2011, 2016) for month in (1, 4, 7, 10)]
        np.testing.assert_array_equal(data.time.values, np.array(starts, "datetime64[ns]"))
        np.testing.assert_array_equal(data.year, data.time.dt.year)
        np.testing.assert_array_equal(data.quarter, data.time.dt.quarter)


def test_values_are_those_of_the_model(toy):
    """Identities of the toy model that hold only if every value is at its own place."""
    with xarray.open_dataset(toy) as data:
        data = data.where(data.replicate_status == 0, drop=True)
        assert data.sizes["replicate"] == 39
        np.testing.assert_allclose(data.position.mean("walker"), data.mean_position, atol=1e-12)
        steps = np.abs(data.position.diff("time", label="upper"))
        np.testing.assert_allclose(steps.values, data.distance.diff("time").values, atol=1e-12)
        last = data.position.isel(time=-1).mean("walker")
        assert abs(float((last - 20 * data.drift).mean())) < 4 * 2.0 * np.sqrt(20 / (39 * 5))


def test_failed_replicate_is_told_and_its_values_are_missing(toy):
    with xarray.open_dataset(toy) as data:
        assert data.replicate_status.values.tolist() == [int(i == 3) for i in range(40)]
        assert data.failure.values[3] == "step 2: positions do not add up to the steps taken"
        assert set(np.delete(data.failure.values, 3)) == {""}
        assert bool(data.position.isel(replicate=3).isnull().all())
        assert int(data.position.isnull().sum()) == 20 * 5


def test_digest_can_be_recomputed_from_its_description(toy):
    lines = []
    with h5py.File(toy) as file:
        for name in sorted(file):
            values = values_of(file[name])
            text = values.dtype.kind == "O"
            data = b"".join(word.encode() + b"\0" for word in values) if text else values.tobytes()
            kind, extent = "string" if text else values.dtype.name, "x".join(map(str, values.shape))
            lines.append(f"{name} {kind} {extent} {hashlib.sha256(data).hexdigest()}\n")
        assert file.attrs["content_digest"] == "sha256:" + hashlib.sha256("".join(lines).encode()).hexdigest()
        scenario = file.attrs["scenario_toml"]
        assert file.attrs["scenario_sha256"] == hashlib.sha256(scenario.encode()).hexdigest()


# ---- the same run gives the same bytes


def test_same_bytes_twice_and_for_any_number_of_threads(tmp_path):
    digests = set()
    for run, threads in enumerate([1, 1, 2, 8]):
        path = tmp_path / f"{run}.h5"
        assert write_toy(path, "--threads", threads, "--replicates", 300, "--breaks-at", 3).returncode == 0
        digests.add(sha256(path))
    assert len(digests) == 1


def test_another_seed_gives_other_values(tmp_path):
    for seed in (7, 8):
        assert write_toy(tmp_path / f"{seed}.h5", "--seed", seed).returncode == 0
    with xarray.open_dataset(tmp_path / "7.h5") as one, xarray.open_dataset(tmp_path / "8.h5") as other:
        assert not np.any(one.position == other.position)


def test_shards_hold_what_the_whole_run_holds(tmp_path):
    write_toy(tmp_path / "all.h5", "--replicates", 30)
    for first, count in [(0, 11), (11, 19)]:
        write_toy(tmp_path / f"{first}.h5", "--first", first, "--replicates", count)
    shards = xarray.concat([xarray.load_dataset(tmp_path / f"{first}.h5") for first in (0, 11)], "replicate",
                           data_vars="minimal")  # fmt: skip
    xarray.testing.assert_equal(shards, xarray.load_dataset(tmp_path / "all.h5"))


@pytest.mark.parametrize("replicates", [1, 2, 818, 819, 820, 2000])  # 819 fill a chunk of 256 KiB
def test_chunks_that_do_not_divide_the_replicates(tmp_path, replicates):
    path = tmp_path / "toy.h5"
    assert write_toy(path, "--replicates", replicates, "--walkers", 2).returncode == 0
    with xarray.open_dataset(path) as data:
        assert data.sizes["replicate"] == replicates
        assert int(data.position.isnull().sum()) == 0
    assert netcdf_rules.broken_rules(path) == {}


# ---- nothing is lost, and nothing half is left


@contextlib.contextmanager
def waiting(path, *options):
    """The program after its run and before it finishes the file; a line on its input lets it go on."""
    process = subprocess.Popen([WRITE_TOY, path, "--wait", *map(str, options)], text=True,
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # fmt: skip
    try:
        assert process.stdout.readline() == "waiting\n"
        yield process
    finally:
        process.kill()
        process.communicate()


def only(path):
    """The folder holds this file and nothing else, no temporary one either."""
    return [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_existing_file_is_not_replaced_unasked(tmp_path):
    path = tmp_path / "toy.h5"
    path.write_text("precious")
    result = write_toy(path)
    assert result.returncode == FILE_ERROR and result.stderr.strip().endswith("exists; give --force to replace it")
    assert path.read_text() == "precious" and only(path)
    assert write_toy(path, "--force").returncode == 0
    assert netcdf_rules.broken_rules(path) == {} and only(path)


def test_file_that_appears_meanwhile_is_not_replaced(tmp_path):
    path = tmp_path / "toy.h5"
    with waiting(path) as process:
        path.write_text("precious")
        _, errors = process.communicate("go on\n", timeout=10)
        assert process.returncode == FILE_ERROR and "exists" in errors
    assert path.read_text() == "precious" and only(path)


def test_folder_that_is_missing_or_cannot_be_written(tmp_path):
    result = write_toy(tmp_path / "nowhere" / "toy.h5")
    assert result.returncode == FILE_ERROR and "No such file or directory" in result.stderr
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    result = write_toy(folder / "toy.h5", **as_nobody(tmp_path))
    assert result.returncode == FILE_ERROR and "Permission denied" in result.stderr
    assert not any(folder.iterdir())


def as_nobody(folder):
    """Rights do not bind root, so root's tests of them run as somebody else."""
    if os.geteuid() != 0:
        return {}
    for parent in [folder, *folder.parents[:3]]:
        if str(parent).startswith("/tmp/pytest"):
            parent.chmod(0o755)
    return {"user": 65534, "group": 65534}


@pytest.mark.parametrize("limit", [2_000, 60_000, 150_000])
def test_limit_on_file_size_leaves_nothing(tmp_path, limit):
    path = tmp_path / "toy.h5"
    set_limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (limit, limit))
    result = write_toy(path, "--replicates", 400, preexec_fn=set_limit)
    assert result.returncode == FILE_ERROR and "File too large" in result.stderr
    assert not any(tmp_path.iterdir())


@pytest.fixture
def small_disk(tmp_path):
    if os.geteuid() != 0:
        pytest.skip("mounting needs root")
    folder = tmp_path / "disk"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", folder], capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_too_small_a_disk_is_seen_before_the_run(small_disk):
    result = write_toy(small_disk / "toy.h5", "--replicates", 3000)
    assert result.returncode == FILE_ERROR and "but its disk has 3.1 MB free" in result.stderr
    assert not any(small_disk.iterdir())


def test_disk_that_fills_up_during_the_run_leaves_nothing(small_disk):
    path = small_disk / "toy.h5"
    outcomes = []
    for space in [0, 20_000, 150_000, 1_000_000]:
        with waiting(path, "--force", "--replicates", 1000) as process:
            free = shutil.disk_usage(small_disk).free
            (small_disk / "ballast").write_bytes(bytes(max(free - space, 0)))
            _, errors = process.communicate("go on\n", timeout=10)
        outcomes.append(process.returncode)
        if process.returncode == FILE_ERROR:
            assert "No space left on device" in errors
            assert [entry.name for entry in small_disk.iterdir()] == ["ballast"]
        (small_disk / "ballast").unlink()
    assert outcomes == [FILE_ERROR, FILE_ERROR, FILE_ERROR, 0]
    assert netcdf_rules.broken_rules(path) == {}


def test_killed_before_its_end_leaves_the_old_file(tmp_path):
    path = tmp_path / "toy.h5"
    write_toy(path)
    before = sha256(path)
    with waiting(path, "--force", "--seed", 8) as process:
        process.kill()
    assert sha256(path) == before
    assert write_toy(path, "--force", "--seed", 8).returncode == 0, "a stale temporary file is no hindrance"
    assert sha256(path) != before


def test_killed_before_its_end_leaves_no_file_under_the_final_name(tmp_path):
    with waiting(tmp_path / "toy.h5") as process:
        process.kill()
    assert not (tmp_path / "toy.h5").exists()


@pytest.mark.parametrize("engine", ENGINES)
def test_open_reader_keeps_the_old_file(tmp_path, engine):
    path = tmp_path / "toy.h5"
    write_toy(path, "--seed", 7)
    with xarray.open_dataset(path, engine=engine) as reader:
        assert write_toy(path, "--force", "--seed", 8).returncode == 0
        kept = reader.position.values
    write_toy(tmp_path / "seven.h5", "--seed", 7)
    with xarray.open_dataset(tmp_path / "seven.h5") as seven, xarray.open_dataset(path) as eight:
        np.testing.assert_array_equal(kept, seven.position.values)
        assert not np.any(kept == eight.position.values)


# ---- the rules themselves can tell a broken file


def edit(path, change):
    with h5py.File(path, "r+") as file:
        change(file)


def add_enum(file):
    file["flag"] = np.zeros(40, h5py.enum_dtype({"no": 0, "yes": 1}))


def add_fixed_text(file):
    file["tag"] = np.array([b"steel", b"solar"])


def add_without_dimension(file):
    file["loose"] = np.zeros(40)


def add_external_link(file):
    file["elsewhere"] = h5py.ExternalLink("/etc/hostname", "/")


def change_unit(file):
    file["time"].attrs["units"] = "years since 2011"


def add_timed(file):
    timed = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    timed.set_obj_track_times(True)
    h5py.h5d.create(file.id, b"timed", h5py.h5t.IEEE_F64LE, h5py.h5s.create_simple((40,)), timed)


def add_null(file):
    file["nothing"] = h5py.Empty("f8")


def add_packed(file):
    file.create_dataset("packed", data=np.zeros(40), chunks=(40,), compression="lzf")


def forget_seed(file):
    del file.attrs["seed"]


def add_chinese_name(file):
    file["产值"] = np.zeros(40)


@pytest.mark.parametrize(
    "change, rule",
    [
        (add_enum, "only_plain_types"),
        (add_fixed_text, "text_is_of_variable_length"),
        (add_without_dimension, "every_axis_has_a_scale"),
        (add_without_dimension, "missing_is_nan"),
        (add_without_dimension, "creation_order_is_kept"),
        (add_external_link, "one_flat_tree"),
        (change_unit, "units_that_readers_take_as_meant"),
        (add_timed, "no_times"),
        (add_null, "no_null_spaces"),
        (add_packed, "only_built_in_filters"),
        (forget_seed, "file_says_where_it_is_from"),
        (add_chinese_name, "names_are_ascii"),
    ],
)
def test_rules_tell_a_broken_file(toy, tmp_path, change, rule):
    path = shutil.copy(toy, tmp_path / "broken.h5")
    edit(path, change)
    assert rule in netcdf_rules.broken_rules(path)
