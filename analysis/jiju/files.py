"""Results files as datasets."""

import os

import xarray as xr

from jiju.errors import FileError

Path = str | os.PathLike[str]


def open(path: Path) -> xr.Dataset:
    """A results file as a dataset, read as it is used.

    Dimensions are named (scenario, replicate, year or time, industry, cluster …), every variable tells its unit and
    its meaning (`long_name`, `long_name_zh`), and the keys along a dimension have names in both languages
    (`industry_name`, `industry_name_zh`). Close it, or use it in a `with` statement, to let go of the file.
    """
    try:
        return xr.open_dataset(os.fspath(path), engine="h5netcdf")
    except OSError as error:
        raise FileError(f"{os.fspath(path)}: {error}") from error
