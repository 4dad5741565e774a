"""Results files that other tools have saved again are read like the original, and the other tools read the original."""

import json
import re
import subprocess
import sys

import h5py
import numpy as np
import pandas
import pytest
import xarray
from jiju_command import good, jiju

import jiju as package

NUMERIC = ("output", "sales", "target_value", "parameter_value", "output_statistics")


def saved_by_xarray(engine):
    def save(source, target):
        code = f"import xarray; xarray.open_dataset({str(source)!r}).to_netcdf({str(target)!r}, engine={engine!r})"
        subprocess.run([sys.executable, "-c", code], check=True)

    return save


def saved_by(*words):
    def save(source, target):
        subprocess.run([*words, source, target], check=True, capture_output=True)

    return save


TOOLS = {
    "nccopy": saved_by("nccopy", "-4"),
    "nccopy packing": saved_by("nccopy", "-F", "|".join(NUMERIC) + ",1,1"),
    "ncks": saved_by("ncks", "-O", "-4"),
    "ncks packing": saved_by("ncks", "-O", "-4", "-L", "1"),
    "h5repack": saved_by("h5repack", "-f", "SHUF", "-f", "GZIP=1"),
    "xarray with h5netcdf": saved_by_xarray("h5netcdf"),
    "xarray with netCDF4": saved_by_xarray("netcdf4"),
}


@pytest.fixture(scope="module", params=TOOLS)
def again(request, both, tmp_path_factory):
    path = tmp_path_factory.mktemp("again") / "again.h5"
    TOOLS[request.param](both, path)
    return path


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """Two scenarios, twelve replicates."""
    path = tmp_path_factory.mktemp("both") / "both.h5"
    good("run", "tutorial/river-city", "--replicates", 12, "--quiet", "-o", path)
    return path


def test_is_shown_like_the_original(both, again):
    assert json.loads(good("show", again, "--json")) == json.loads(good("show", both, "--json"))


def test_opens_with_the_same_numbers(both, again):
    with package.open(both) as one, package.open(again) as other:
        assert set(one.variables) == set(other.variables)
        for name in one.variables:
            np.testing.assert_array_equal(one[name].values, other[name].values, err_msg=name)
        pandas.testing.assert_frame_equal(package.compare(one, other).targets, package.compare(one, one).targets)


def test_is_verified_by_its_content(again):
    seen = good("verify", again)
    assert re.search("same data, rewritten by", seen), seen


def test_a_dataset_of_memory_can_be_saved_and_opened(tmp_path):
    data = package.run("tutorial/river-city", replicates=3, progress=False)
    for engine in ("h5netcdf", "netcdf4"):
        data.to_netcdf(tmp_path / f"{engine}.nc", engine=engine)
        with package.open(tmp_path / f"{engine}.nc") as opened:
            np.testing.assert_array_equal(opened.target_value.values, data.target_value.values)


def test_averages_by_nco(both, tmp_path):
    """NCO aborts where cell_methods or coordinates are no NC_CHAR."""
    mean = tmp_path / "mean.nc"
    subprocess.run(["ncwa", "-O", "-a", "replicate", "-v", "target_value", both, mean], check=True, capture_output=True)
    with xarray.open_dataset(mean) as averaged, xarray.open_dataset(both) as data:
        np.testing.assert_allclose(averaged.target_value, data.target_value.mean("replicate"), rtol=1e-12)


def test_every_reader_sees_the_same_attributes(both):
    dumped = subprocess.run(["ncdump", "-h", both], capture_output=True, text=True, check=True).stdout
    assert "string" not in re.sub(r"^\tstring .*$", "", dumped, flags=re.MULTILINE), "text attributes are NC_CHAR"
    with h5py.File(both) as raw:
        for engine in ("h5netcdf", "netcdf4"):
            with xarray.open_dataset(both, engine=engine) as data:
                for name in ("output", "year", "target_unit"):
                    seen = {k: v.decode() for k, v in raw[name].attrs.items() if isinstance(v, bytes)}
                    shown = data[name].attrs | data[name].encoding
                    scale = {"CLASS", "NAME"}  # HDF5's own
                    assert {k: shown[k] for k in seen.keys() - scale} == {k: seen[k] for k in seen.keys() - scale}
                assert data.attrs["seed"] == raw.attrs["seed"].decode()


def test_a_changed_value_is_no_rewriting(again, tmp_path):
    changed = tmp_path / "changed.h5"
    changed.write_bytes(again.read_bytes())
    with h5py.File(changed, "r+") as file:
        file["target_value"][0, 0, 0] += 1
    result = jiju("verify", changed)
    assert result.returncode != 0 and "rewritten" not in result.stdout
