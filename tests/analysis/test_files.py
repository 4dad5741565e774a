"""Results files as datasets, and files that are none."""

import os
import pickle
from pathlib import Path

import h5py
import netCDF4
import numpy as np
import pytest
import xarray
from jiju_command import good, opened

import jiju


def test_opens_lazily(simulated):
    with jiju.open(simulated.path) as data:
        assert data.target_value.dims == ("scenario", "replicate", "target")
        assert not isinstance(data.target_value.variable._data, np.ndarray), "not read yet"
        assert data.target_value.attrs["units"] and data.target_name_zh.shape == data.target.shape
        xarray.testing.assert_identical(data.target_value.load(), opened(simulated.path).target_value)


@pytest.mark.parametrize("record", ["yearly", "quarterly", "firms"])
def test_everything_is_as_h5netcdf_reads_it(short, tmp_path, record):
    path = tmp_path / "run.h5"
    panels = ["--panels", 2] if record == "firms" else []
    good("run", short, short, "--replicates", 3, "--record", record, *panels, "-o", path)
    seen = ("dtype", "contiguous", "chunksizes", "original_shape", "source", "shuffle", "fletcher32", "coordinates")
    with jiju.open(path) as ours, xarray.open_dataset(path, engine="h5netcdf") as theirs:
        assert list(ours.attrs) == list(theirs.attrs) and set(ours.variables) == set(theirs.variables)
        assert list(ours.data_vars) == [name for name in theirs.data_vars if name in ours.data_vars]
        for name, array in theirs.variables.items():
            own = ours.variables[name]
            assert (own.dims, own.dtype) == (array.dims, array.dtype) and list(own.attrs) == list(array.attrs), name
            assert [type(value) for value in own.attrs.values()] == [type(value) for value in array.attrs.values()]
            kept, there = ({key: each.encoding.get(key) or None for key in seen} for each in (own, array))
            assert kept == there, name
        xarray.testing.assert_identical(ours.reset_coords(), theirs.reset_coords())
        xarray.testing.assert_identical(pickle.loads(pickle.dumps(ours)).load(), ours.load())


def test_closed_it_lets_go_of_the_file(simulated):
    with jiju.open(simulated.path) as data:
        values = data.target_met.mean("replicate").load()
    links = [os.readlink(link) for link in Path("/proc/self/fd").iterdir() if link.exists()]
    assert str(simulated.path) not in links and values.sizes == {"scenario": 1, "target": 17}


def test_what_is_no_results_file_is_refused(short, tmp_path):
    plain, other, shard = tmp_path / "plain.h5", tmp_path / "other.h5", tmp_path / "shard.h5"
    plain.write_text("no HDF5 at all", encoding="utf-8")
    with h5py.File(other, "w") as file:
        file["numbers"] = np.arange(3)
    good("run", short, "--shard", "1/2", "-o", shard)
    for path, why in [
        (tmp_path / "nothing.h5", "there is no such file"),
        (plain, "is no HDF5 file"),
        (other, "no 'jiju results'"),
        (shard, "is a shard"),
    ]:
        with pytest.raises(jiju.FileError, match=why) as raised:
            jiju.open(path)
        assert str(path) in str(raised.value) and isinstance(raised.value, OSError)


def test_a_file_that_reaches_for_others_is_refused(simulated, tmp_path):
    """xarray itself would follow the link and show what it finds there."""
    path = tmp_path / "foreign.h5"
    path.write_bytes(simulated.path.read_bytes())
    with h5py.File(path, "r+") as file:
        file["secret"] = h5py.ExternalLink("/etc/hostname", "/")
    with pytest.raises(jiju.FileError, match="links to other"):
        jiju.open(path)


def test_an_existing_file_is_replaced_only_when_asked(short, tmp_path):
    path = tmp_path / "run.h5"
    jiju.run(short, replicates=2, output=path, progress=False).close()
    before = path.read_bytes()
    with pytest.raises(jiju.FileError, match="exists"):
        jiju.run(short, replicates=3, output=path, progress=False)
    assert path.read_bytes() == before
    with jiju.run(short, replicates=3, output=path, force=True, progress=False) as data:
        assert data.sizes["replicate"] == 3
    with pytest.raises(jiju.FileError, match="another run"):
        jiju.run(short, replicates=2, output=path, resume=True, progress=False)
    with jiju.run(short, replicates=3, output=path, resume=True, progress=False) as data:
        assert data.sizes["replicate"] == 3, "complete already"


def test_options_that_exclude_each_other(short, tmp_path):
    with pytest.raises(jiju.UsageError, match="resume needs output"):
        jiju.run(short, resume=True)
    with pytest.raises(jiju.UsageError, match="give one of them"):
        jiju.run(short, output=tmp_path / "run.h5", resume=True, force=True)
    with pytest.raises(jiju.UsageError, match="threads"):
        jiju.run(short, threads=0)
    with pytest.raises(jiju.UsageError, match="--failures"):
        jiju.run(short, failures="perhaps")
    with pytest.raises(TypeError, match="outputs takes a list"):
        jiju.run(short, outputs="sales")
    with pytest.raises(TypeError, match="needs a scenario"):
        jiju.run()


def libraries(word):
    maps = Path("/proc/self/maps").read_text(encoding="utf-8").split()
    return {entry for entry in maps if word in entry and ".so" in entry}


def test_two_libraries_of_hdf5_live_side_by_side(short, tmp_path):
    """The engine writes with Debian's, h5py and netCDF4 bring their own; each works between calls of the others."""
    first, second = tmp_path / "first.h5", tmp_path / "second.h5"
    by_engine = jiju.run(short, replicates=2, output=first, progress=False).load()
    with h5py.File(first) as file, netCDF4.Dataset(first) as same:
        jiju.run(short, replicates=2, output=second, progress=False).close()
        values = file["target_value"][:]
        np.testing.assert_array_equal(values, same["target_value"][:])
        with h5py.File(tmp_path / "other.h5", "w") as other:
            other["values"] = values
    np.testing.assert_array_equal(values, by_engine.target_value)
    with pytest.raises(jiju.FileError):
        jiju.open(tmp_path / "other.h5")
    assert first.read_bytes() == second.read_bytes()
    assert len(libraries("libhdf5") - libraries("libhdf5_hl")) >= 2, "the case occurs"
