"""Results as datasets: from a file, read as they are used, and from memory, without a copy."""

import os
from collections.abc import Mapping
from typing import Any

import numpy as np
import xarray as xr

from jiju import _engine
from jiju.errors import FileError
from jiju.results.stored import Stored, is_sealed

Path = str | os.PathLike[str]


def open(path: Path, *, verify: bool = True) -> xr.Dataset:
    """A results file as a dataset, read as it is used.

    Dimensions are named (scenario, replicate, year or time, industry, cluster …), every variable tells its unit and
    its meaning (`long_name`, `long_name_zh`), and the keys along a dimension have names in both languages
    (`industry_name`, `industry_name_zh`). Close it, or use it in a `with` statement, to let go of the file.

    The folder `FILE.parts` of a run that was stopped, or is still at work, opens as well, in memory: what is saved of
    it, with the attributes `status` = "partial" and `planned_replicates`.

    A file that was damaged or altered since it was written is a `FileError`: every byte is read and held against
    the seal and the digests, about two seconds a gigabyte. With `verify=False` only the way it is built is checked,
    and the values are believed.

    Example:

        with jiju.open("both.h5") as both:
            money = both.lever_money.sum(["year", "recipient"]).mean("replicate")
            print(money.sel(scenario="plan", lever="special_fund").item())
    """
    if os.path.isdir(path):
        parts = _engine.open_parts(os.fspath(path))
        data = dataset_of(parts.take_variables(), parts.attributes)
        return data.assign_attrs(planned_replicates=parts.planned)
    _engine.check_results(os.fspath(path), verify)
    try:
        opened = xr.open_dataset(os.fspath(path), engine=Stored if is_sealed(path) else "h5netcdf")
        data = _with_bounds(opened)
        data.set_close(opened.close)  # what is assigned to makes a new dataset, which would keep the file open
        return data
    except OSError as error:
        raise FileError(f"{os.fspath(path)}: {error}") from error


def _with_bounds(data: xr.Dataset) -> xr.Dataset:
    """Begin and end of intervals belong to their coordinate and are no data."""
    ends = [each.attrs.get("bounds", each.encoding.get("bounds")) for each in data.coords.values()]
    return data.set_coords([name for name in ends if name in data.variables])


def _attribute(value: Any) -> Any:
    """As h5netcdf reads it from a file."""
    if isinstance(value, np.ndarray) and value.size == 1:
        return value[0]
    return np.int64(value) if isinstance(value, int) else value


def dataset_of(variables: list[Any], attributes: Mapping[str, Any]) -> xr.Dataset:
    """What the engine left in memory, as `open` would show it had it gone through a file; numbers are not copied."""
    found: dict[str, xr.Variable] = {}
    coordinates: set[str] = set()
    for name, dims, values, seen in variables:
        attrs = {key: _attribute(value) for key, value in seen.items()}
        placed = attrs.pop("coordinates", None)
        data = np.array(values, dtype=object) if isinstance(values, list) else values
        found[name] = xr.Variable(dims, data, attrs)
        coordinates.update(attrs.get("bounds", "").split())
        if placed is not None:
            found[name].encoding["coordinates"] = placed
            coordinates.update(placed.split())
    # Only what is counted from a date is kept otherwise than it is shown.
    dates = {name: each for name, each in found.items() if "calendar" in each.attrs}
    ends = {each.attrs["bounds"]: found[each.attrs["bounds"]] for each in dates.values() if "bounds" in each.attrs}
    dated = xr.Dataset(dates | ends)
    found.update((str(name), each) for name, each in xr.decode_cf(dated).variables.items())
    result = xr.Dataset(found, attrs={key: _attribute(value) for key, value in attributes.items()})
    return result.set_coords([name for name in found if name in coordinates])
