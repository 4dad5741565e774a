"""Results files as the program writes them, for `xarray.open_dataset(path, engine=Stored)`.

h5netcdf reads them as well, and reads those that other tools have rewritten. It asks HDF5 for the name of each axis of
each variable, which HDF5 finds by a search of the file: seconds, where this takes an axis by its address.
"""

from __future__ import annotations

import os
from typing import Any

import h5py
import numpy as np
import xarray as xr
from xarray.backends import BackendArray, BackendEntrypoint, CachingFileManager
from xarray.core import indexing

SEAL = b"\njiju seal 1\n"
SEAL_LENGTH = 112
# HDF5's and netCDF-4's own, which nobody is shown.
BOOKKEEPING = {"CLASS", "DIMENSION_LIST", "NAME", "REFERENCE_LIST", "_Netcdf4Coordinates", "_Netcdf4Dimid"}
NO_VARIABLE = b"This is a netCDF dimension but not a netCDF variable."


def is_sealed(path: str | os.PathLike[str]) -> bool:
    """Whether a file ends as the program ended it."""
    with open(path, "rb") as file:
        file.seek(-min(SEAL_LENGTH, os.path.getsize(path)), os.SEEK_END)
        return file.read().startswith(SEAL)


class StoredArray(BackendArray):
    """A variable of a file, read where it is used."""

    def __init__(self, manager: CachingFileManager[Any], dataset: h5py.Dataset) -> None:
        self.manager, self.name, self.shape = manager, dataset.name, dataset.shape
        self.is_text = h5py.check_string_dtype(dataset.dtype) is not None
        self.dtype = h5py.string_dtype() if self.is_text else dataset.dtype

    def __getitem__(self, key: indexing.ExplicitIndexer) -> Any:
        support = indexing.IndexingSupport.OUTER_1VECTOR
        return indexing.explicit_indexing_adapter(key, self.shape, support, self.read)

    def read(self, key: Any) -> Any:
        found = self.manager.acquire()[self.name]
        return (found.asstr() if self.is_text else found)[key]


class Stored(BackendEntrypoint):
    def open_dataset(self, filename_or_obj: Any, *, drop_variables: Any = None, **decoders: Any) -> xr.Dataset:
        manager = CachingFileManager(h5py.File, os.fspath(filename_or_obj), mode="r")
        file = manager.acquire()
        datasets = {name: file[name] for name in file}
        axes = {h5py.h5o.get_info(found.id).addr: name for name, found in datasets.items() if scale_label(found)}
        variables = {
            name: variable(manager, file, found, axes)
            for name, found in datasets.items()
            if not scale_label(found).startswith(NO_VARIABLE)
        }
        raw = xr.Dataset(variables, attrs=attributes(file))
        raw.set_close(manager.close)
        decoded = xr.decode_cf(raw, drop_variables=drop_variables, **decoders)
        decoded.set_close(manager.close)
        return decoded


def scale_label(dataset: h5py.Dataset) -> bytes:
    """What a dimension is labelled with; nothing of what is none."""
    return h5py.h5ds.get_scale_name(dataset.id) if h5py.h5ds.is_scale(dataset.id) else b""


def variable(
    manager: CachingFileManager[Any], file: h5py.File, dataset: h5py.Dataset, axes: dict[int, str]
) -> xr.Variable:  # fmt: skip
    if scale_label(dataset):
        dims = [dataset.name.lstrip("/")]
    else:
        found = dataset.attrs.get("DIMENSION_LIST", [])
        dims = [axes[h5py.h5o.get_info(h5py.h5r.dereference(each[0], file.id)).addr] for each in found]
    values = StoredArray(manager, dataset)
    stored: dict[str, Any] = {
        "dtype": str if values.is_text else dataset.dtype, "contiguous": dataset.chunks is None,
        "chunksizes": dataset.chunks, "original_shape": dataset.shape, "source": os.path.abspath(file.filename),
    }  # fmt: skip
    if dataset.chunks:
        stored["preferred_chunks"] = dict(zip(dims, dataset.chunks, strict=True))
        stored |= {"shuffle": dataset.shuffle, "fletcher32": dataset.fletcher32}  # nothing is compressed
    return xr.Variable(dims, indexing.LazilyIndexedArray(values), attributes(dataset), stored)


def attributes(thing: h5py.Group | h5py.Dataset) -> dict[str, Any]:
    found = {}
    for name in thing.attrs:
        if name not in BOOKKEEPING:
            value = thing.attrs[name]
            if isinstance(value, bytes):
                value = value.decode()
            elif isinstance(value, np.ndarray) and value.size == 1:
                value = value.reshape(-1)[0]
            found[name] = value
    return found
