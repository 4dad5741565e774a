"""The rules of docs/output_format.md, each as a check that walks a file through HDF5's own low-level interface.

Readers of netCDF-4 are unforgiving in silent ways: an enum is dropped, a fixed-length string loses its second value, an
axis without a dimension makes a whole file unreadable. So every rule is executable, and `broken_rules(path)` names what
a file breaks.
"""

import functools
import hashlib
import math
import re
import sys
from itertools import zip_longest

import h5py
import numpy as np
from value_digests import digest_of, digest_of_lines, digestible

UNNAMED = "This is a netCDF dimension but not a netCDF variable."
OF_DIMENSION_SCALES = {"CLASS", "NAME", "DIMENSION_LIST", "REFERENCE_LIST", "_Netcdf4Dimid"}
ORDERED = h5py.h5p.CRT_ORDER_TRACKED | h5py.h5p.CRT_ORDER_INDEXED
MOST_COORDINATES = 1_000_000
PARAMETER_DIMS = {
    "parameter_value": ["draw", "parameter"], "scenario_parameter_value": ["scenario", "draw", "scenario_parameter"],
}  # fmt: skip
REQUIRED = [
    "Conventions", "filetype", "schema_version", "software_version", "git_sha1", "git_dirty", "compiler",
    "build_flags", "seed", "rng", "run_sha256", "replicates", "status",
    "data_digest", "content_digest",
]  # fmt: skip


class Whole(h5py.File):
    """Opens each of its datasets once, for all the rules."""

    @functools.cached_property
    def opened(self):
        return {name: item for name, item in self.items() if isinstance(item, h5py.Dataset)}


def datasets(file):
    return file.opened if isinstance(file, Whole) else Whole.opened.func(file)


def is_scale(dataset):
    return h5py.h5ds.is_scale(dataset.id)


def is_unnamed(dataset):
    return is_scale(dataset) and h5py.h5ds.get_scale_name(dataset.id).decode().startswith(UNNAMED)


def attributes(thing):
    """Name and low-level handle of each attribute that is the file's own, not HDF5's bookkeeping."""
    for index in range(h5py.h5a.get_num_attrs(thing.id)):
        attribute = h5py.h5a.open(thing.id, index=index)
        if attribute.name.decode() not in OF_DIMENSION_SCALES:
            yield attribute.name.decode(), attribute


def text(thing, name):
    """A text attribute; empty where there is none. h5py hands out text of fixed length as bytes."""
    value = thing.attrs.get(name, "")
    return value.decode() if isinstance(value, bytes) else value


def things(file):
    yield "/", file["/"]
    yield from datasets(file).items()


def every_axis_has_a_scale(file):  # R1
    for name, dataset in datasets(file).items():
        for axis in range(dataset.ndim):
            if not is_scale(dataset) and h5py.h5ds.get_num_scales(dataset.id, axis) != 1:
                yield f"{name}: axis {axis} has no dimension"


def coordinates_are_named_as_their_dimension(file):  # R2
    for name, dataset in datasets(file).items():
        if not is_scale(dataset):
            continue
        if dataset.ndim != 1:
            yield f"{name}: a dimension is not one-dimensional"
        if not is_unnamed(dataset) and h5py.h5ds.get_scale_name(dataset.id).decode() != name:
            yield f"{name}: scale label is not its name"


def dimensions_without_values(file):  # R3
    for name, dataset in datasets(file).items():
        if is_unnamed(dataset):
            if dataset.dtype.kind != "f":
                yield f"{name}: a dimension without values must be of floats"
            if h5py.h5ds.get_scale_name(dataset.id).decode() != f"{UNNAMED}{dataset.shape[0]:10d}":
                yield f"{name}: its label does not state its length"


def no_null_spaces(file):  # R4
    for name, dataset in datasets(file).items():
        if dataset.id.get_space().get_simple_extent_type() == h5py.h5s.NULL:
            yield f"{name}: null dataspace"


def creation_order_is_kept(file):  # R5
    if file["/"].id.get_create_plist().get_link_creation_order() != ORDERED:
        yield "/: order of links is not kept"
    for name, thing in things(file):
        if thing.id.get_create_plist().get_attr_creation_order() != ORDERED:
            yield f"{name}: order of attributes is not kept"


def dimension_ids_on_all_scales(file):  # R6
    ids = [dataset.attrs.get("_Netcdf4Dimid") for dataset in datasets(file).values() if is_scale(dataset)]
    if [int(i) for i in ids if i is not None] != list(range(len(ids))):
        yield f"/: dimension ids are {ids}"


def text_attributes_are_of_fixed_length(file):  # R8
    for name, thing in things(file):
        for key, attribute in attributes(thing):
            kind = attribute.get_type()
            if isinstance(kind, h5py.h5t.TypeStringID) and (
                kind.is_variable_str() or kind.get_cset() != h5py.h5t.CSET_UTF8 or attribute.shape != ()
            ):
                yield f"{name}@{key}: not one text of fixed length in UTF-8"


def text_variables_are_of_variable_length(file):  # R9
    for name, dataset in datasets(file).items():
        kind = dataset.id.get_type()
        if isinstance(kind, h5py.h5t.TypeStringID) and not (
            kind.is_variable_str() and kind.get_cset() == h5py.h5t.CSET_UTF8
        ):
            yield f"{name}: fixed-length or non-UTF-8 text"


def only_plain_types(file):  # R10, R11
    plain = (h5py.h5t.TypeIntegerID, h5py.h5t.TypeFloatID, h5py.h5t.TypeStringID)
    for name, thing in things(file):
        if name != "/" and type(thing.id.get_type()) not in plain:
            yield f"{name}: type {thing.dtype}"
        for key, attribute in attributes(thing):
            if type(attribute.get_type()) not in plain:
                yield f"{name}@{key}: neither a number nor text"


def integers_have_no_missing_value(file):  # R12
    for name, dataset in datasets(file).items():
        if dataset.dtype.kind in "iu" and "_FillValue" in dataset.attrs:
            yield f"{name}: whole numbers with _FillValue"


def seed_is_text(file):  # R13
    if not isinstance(file.attrs.get("seed"), (str, bytes)):
        yield "/: seed is not text"


def missing_is_nan(file):  # R14
    for name, dataset in datasets(file).items():
        if dataset.dtype.kind == "f" and not math.isnan(dataset.fillvalue):
            yield f"{name}: unwritten values would read {dataset.fillvalue}"


def units_that_readers_take_as_meant(file):  # R15
    durations = {"d", "day", "days", "h", "hour", "hours", "min", "minute", "minutes", "s", "sec", "second", "seconds"}
    for name, dataset in datasets(file).items():
        unit = text(dataset, "units")
        if re.match(r"(years?|months?) since", unit) or unit in durations:
            yield f"{name}: unit '{unit}'"
        if " since " in unit and "calendar" not in dataset.attrs:
            yield f"{name}: time without a calendar"


def one_flat_tree(file):  # R16, R17
    for name in file:
        link = file.id.links.get_info(name.encode())
        if link.type != h5py.h5l.TYPE_HARD or h5py.h5o.get_info(file[name].id).rc != 1:
            yield f"{name}: not one hard link"
        elif not isinstance(file[name], h5py.Dataset):
            yield f"{name}: a group"


def long_axes_have_no_coordinates(file):  # R18
    for name, dataset in datasets(file).items():
        if is_scale(dataset) and not is_unnamed(dataset) and dataset.shape[0] > MOST_COORDINATES:
            yield f"{name}: {dataset.shape[0]} coordinates would be loaded on opening"


def names_are_ascii(file):  # R19
    for name, thing in things(file):
        keys = [key for key, _ in attributes(thing) if key != "_FillValue"]
        for word in keys if name == "/" else [name, *keys]:
            if not re.fullmatch("[A-Za-z][A-Za-z0-9_]*", word):
                yield f"{name}: name '{word}'"


def formats_of_1_8(file):  # R20
    if (version := file.id.get_create_plist().get_version()[0]) != 2:
        yield f"/: superblock version {version}"


def no_times(file):  # R21
    for name, thing in things(file):
        if name != "/" and thing.id.get_create_plist().get_obj_track_times():
            yield f"{name}: its time is kept"
        if h5py.h5o.get_info(thing.id).mtime:
            yield f"{name}: a time is stored"


def only_built_in_filters(file):  # R22
    built_in = {h5py.h5z.FILTER_SHUFFLE, h5py.h5z.FILTER_DEFLATE, h5py.h5z.FILTER_FLETCHER32}
    for name, dataset in datasets(file).items():
        creation = dataset.id.get_create_plist()
        if not {creation.get_filter(i)[0] for i in range(creation.get_nfilters())} <= built_in:
            yield f"{name}: a filter that needs a plug-in"


def variables_say_what_they_are(file):
    inherited = {text(dataset, "bounds") for dataset in datasets(file).values()}  # CF: bounds have their parent's unit
    for name, dataset in datasets(file).items():
        if "long_name" not in dataset.attrs:
            yield f"{name}: no long_name"
        measured = dataset.dtype.kind in "fiu" and not is_unnamed(dataset) and name not in inherited
        if measured and not {"units", "flag_values", "flag_masks"} & set(dataset.attrs):
            yield f"{name}: no units"


def companions_exist(file):
    for name, dataset in datasets(file).items():
        for other in text(dataset, "coordinates").split():
            if other not in file:
                yield f"{name}: coordinate '{other}' is not in the file"


def intervals_have_bounds(file):
    for name, dataset in datasets(file).items():
        ends = text(dataset, "bounds")
        if ends and (ends not in file or file[ends].shape != (*dataset.shape, 2)):
            yield f"{name}: no bounds '{ends}'"
        elif ends and not np.all(file[ends][:-1, 1] == file[ends][1:, 0]):
            yield f"{name}: its intervals do not follow one another"
        elif ends and not np.all(file[ends][:, 0] == dataset[...]):
            yield f"{name}: its intervals do not begin at it"
    for name in ("time", "year"):
        if name in file and not text(file[name], "bounds"):
            yield f"{name}: has cell_methods but no bounds"


def codes_have_meanings(file):  # R11
    for name, dataset in datasets(file).items():
        for kind in ("flag_values", "flag_masks"):
            if kind not in dataset.attrs:
                continue
            values, words = np.atleast_1d(dataset.attrs[kind]), text(dataset, "flag_meanings").split()
            if dataset.dtype.kind != "i" or values.dtype != dataset.dtype:
                yield f"{name}: {kind} are not whole numbers of its type"
            if len(values) != len(words) or len(set(words)) != len(words):
                yield f"{name}: {len(values)} {kind}, {len(words)} meanings"
            if kind == "flag_values" and not np.isin(dataset[...], values).all():
                yield f"{name}: a code without meaning"


def panel_counts_in_whole_numbers(file):
    for name in ("panel_scenario", "panel_replicate", "panel_year"):
        if name in file and file[name].dtype.kind != "i":
            yield f"{name}: not a whole number"


def parameters_have_draws(file):
    for name, dims in PARAMETER_DIMS.items():
        if name in file and along(file[name]) != dims:
            yield f"{name}: not along {', '.join(dims)}"


def file_says_where_it_is_from(file):
    for name in REQUIRED:
        if name not in file.attrs:
            yield f"/: attribute '{name}' is missing"
    if list(file.attrs.get("schema_version", np.zeros(0)))[:1] != [2]:
        yield "/: schema_version is not 2"


def scenarios_are_reported(file):
    for name in ("scenario", "scenario_name", "scenario_name_zh", "scenario_toml", "scenario_sha256"):
        if name not in file or file[name].shape != file["replicate_status"].shape[:1]:
            yield f"/: no '{name}' of every scenario"


def along(dataset):
    return [h5py.h5i.get_name(axis[0].id).decode().strip("/") for axis in dataset.dims if len(axis) == 1]


def every_variable_has_statistics(file):
    if text(file, "filetype") != "jiju results":
        return
    for name, dataset in datasets(file).items():
        if name != "replicate_status" and along(dataset)[:2] == ["scenario", "replicate"]:
            of = file.get(f"{name}_statistics")
            if of is None or along(of)[:2] != ["scenario", "statistic"]:
                yield f"{name}: no statistics over replicates"


def methods_are_of_time(file):
    for name, dataset in datasets(file).items():
        timed = [dim for dim in along(dataset) if dim in ("time", "year")]
        method = text(dataset, "cell_methods") or None
        known = [f"{dim}: {how}" for dim in timed for how in ("sum", "point", "mean")]
        if dataset.ndim > 2 and name not in PARAMETER_DIMS and method not in (known or [None]):
            yield f"{name}: cell_methods '{method}'"


BOOKKEEPING = OF_DIMENSION_SCALES | {
    "DIMENSION_LABELS", "coordinates", "_Netcdf4Coordinates", "_NCProperties", "_nc3_strict",
}  # fmt: skip
NOTES = {"content_digest", "history", "history_of_appended_files", "NCO", "nco_openmp_thread_number", "CDO", "CDI"}


def attribute_lines(owner, attrs):
    for name, value in attrs.items():
        if name in BOOKKEEPING or (owner == "" and name in NOTES):
            continue
        if isinstance(value, np.ndarray) and value.dtype.kind in "OS" and value.size == 1:
            value = value.flat[0]
        if isinstance(value, (str, bytes)):
            kind, data = "text", value.encode() if isinstance(value, str) else value
        else:
            numbers = np.atleast_1d(value)
            kind = "float" if numbers.dtype.kind == "f" else "int"
            data = digestible(numbers.astype("<f8" if kind == "float" else "<i8"))
            if name == "_FillValue" and np.isnan(numbers).all():
                continue
        if data:
            yield f"{owner}:{name} {kind} {hashlib.sha256(data).hexdigest()}\n"


def variable_lines(file):
    for name, dataset in datasets(file).items():
        if is_unnamed(dataset):
            yield f"{name} dimension ({name}={dataset.shape[0]})\n"
            continue
        values = dataset.asstr()[...] if dataset.dtype.kind in "OS" else dataset[...]
        kind = "string" if values.dtype.kind == "O" else values.dtype.name
        dims = [name] if is_scale(dataset) else along(dataset)
        extent = ",".join(f"{dim}={length}" for dim, length in zip_longest(dims, values.shape, fillvalue=""))
        yield f"{name} {kind} ({extent}) {digest_of(values)}\n"
        yield from attribute_lines(name, dataset.attrs)


def digests(file):
    """By attribute; the second is of the first too, as it then stands."""
    lines = [*variable_lines(file)]
    yield "data_digest", digest_of_lines(lines)
    yield "content_digest", digest_of_lines([*lines, *attribute_lines("", file.attrs)])


def digest_again(file):
    """As a knowledgeable forger would, having changed something."""
    for name, digest in digests(file):
        if text(file, name) != digest:
            file.attrs[name] = np.bytes_(digest)


def digest_is_that_of_the_content(file):
    plain = all(isinstance(item, h5py.Dataset) and item.shape is not None for item in file.values())
    if plain and not any(every_axis_has_a_scale(file)):
        for (name, digest), what in zip(digests(file), ("other data", "another content"), strict=True):
            if text(file, name) != digest:
                yield f"/: {name} is of {what}"


RULES = [
    every_axis_has_a_scale, coordinates_are_named_as_their_dimension, dimensions_without_values, no_null_spaces,
    creation_order_is_kept, dimension_ids_on_all_scales, text_attributes_are_of_fixed_length,
    text_variables_are_of_variable_length, only_plain_types, intervals_have_bounds, codes_have_meanings,
    panel_counts_in_whole_numbers, parameters_have_draws,
    integers_have_no_missing_value, seed_is_text, missing_is_nan, units_that_readers_take_as_meant, one_flat_tree,
    long_axes_have_no_coordinates, names_are_ascii, formats_of_1_8, no_times, only_built_in_filters,
    variables_say_what_they_are, companions_exist, file_says_where_it_is_from,
    scenarios_are_reported, every_variable_has_statistics, methods_are_of_time, digest_is_that_of_the_content,
]  # fmt: skip


def broken_rules(path):
    """Rule name -> what breaks it, for the rules that the file breaks."""
    with Whole(path, "r") as file:
        found = {rule.__name__: list(rule(file)) for rule in RULES}
    return {rule: problems for rule, problems in found.items() if problems}


if __name__ == "__main__":
    broken = {path: broken_rules(path) for path in sys.argv[1:]}
    for path, rules in broken.items():
        for rule, found in rules.items():
            print(*(f"{path}: {rule}: {problem}" for problem in found), sep="\n")
    sys.exit(any(broken.values()))
