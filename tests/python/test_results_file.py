"""A results file of the toy model, as every reader sees it."""

import hashlib
import shutil
import subprocess

import h5py
import netCDF4
import netcdf_rules
import numpy as np
import pytest
import value_digests
import xarray
from toy_command import good_toy, sha256, values_of, write_toy

ENGINES = ["h5netcdf", "netcdf4"]


@pytest.fixture(scope="module")
def toy(tmp_path_factory):
    """Two scenarios, of which the third replicate fails, quarter by quarter and walker by walker."""
    path = tmp_path_factory.mktemp("toy") / "toy.h5"
    return good_toy(path, "--scenarios", 2, "--breaks-at", 3, "--detail", 3, "--panels", 2)


# ---- every reader sees the same


def test_keeps_every_rule(toy):
    assert netcdf_rules.broken_rules(toy) == {}


@pytest.mark.parametrize("engine", ENGINES)
def test_xarray_sees_dimensions_units_and_both_languages(toy, engine):
    with xarray.open_dataset(toy, engine=engine) as data:
        sizes = dict(data.sizes)
        assert sizes.pop("observation") == 2 * 2 * 20 * 5
        assert sizes == {"scenario": 2, "replicate": 40, "time": 20, "walker": 5, "bare": 1, "year": 5, "bnds": 2,
                         "draw": 40, "parameter": 1, "scenario_parameter": 1,
                         "statistic": 10, "failure": 2}  # fmt: skip
        assert data.position.dims == ("scenario", "replicate", "time", "walker")
        assert data.position.attrs == {
            "units": "m", "long_name": "Where the walker stands", "long_name_zh": "位置",
            "cell_methods": "time: point", "price_basis": "none",
        }  # fmt: skip
        assert data.distance.attrs["source"] == "assumption"
        assert {"calendar_year", "quarter", "walker_name", "walker_name_zh", "scenario_name"} <= set(data.coords)
        assert list(data.walker_name_zh.values[:2]) == ["行者0", "行者1"]
        assert data.scenario_name_zh.values.tolist() == ["玩具随机游走"] * 2
        chosen = data.position.sel(scenario="walk-1", time="2012-04-01", walker="walker_2")
        assert (chosen.calendar_year, chosen.quarter) == (2012, 2)


def test_is_opened_without_naming_an_engine(toy):
    with xarray.open_dataset(toy) as data:
        assert data.sizes["replicate"] == 40


def test_both_engines_and_h5py_read_equal_values(toy):
    bare = {"bare", "failure", "observation", "bnds"}
    with h5py.File(toy) as raw, xarray.open_dataset(toy, engine="h5netcdf") as one:
        with xarray.open_dataset(toy, engine="netcdf4") as other:
            assert set(one.variables) == set(other.variables) == set(raw) - bare
            for name, variable in one.variables.items():
                np.testing.assert_array_equal(variable.values, other[name].values, err_msg=name)
                if name not in ("time", "time_bnds"):
                    np.testing.assert_array_equal(variable.values, values_of(raw[name]), err_msg=name)


def test_netcdf_drops_no_variable(toy):
    header = subprocess.run(["ncdump", "-h", toy], capture_output=True, text=True, check=True).stdout
    variables, attributes = header.split("variables:")[1].split("// global attributes:")
    with h5py.File(toy) as raw:
        seen = [line.split("(")[0].split()[-1] for line in variables.splitlines() if line.endswith(") ;")]
        bare = {"bare", "failure", "observation", "bnds"}
        assert seen == [name for name in raw if name not in bare], "all, and in the order of writing"
        assert sum(" = " in line for line in attributes.splitlines()) == len(raw.attrs)
    with netCDF4.Dataset(toy) as data:
        assert list(data.dimensions) == ["scenario", "replicate", "bnds", "time", "walker", "bare", "year", "statistic",
                                         "draw", "parameter", "scenario_parameter", "failure",
                                         "observation"]  # fmt: skip


def test_time_is_the_calendar(toy):
    with xarray.open_dataset(toy) as data:
        starts = [f"{year}-{month:02}-01" for year in range(2011, 2016) for month in (1, 4, 7, 10)]
        np.testing.assert_array_equal(data.time.values, np.array(starts, "datetime64[ns]"))
        np.testing.assert_array_equal(data.calendar_year, data.time.dt.year)
        np.testing.assert_array_equal(data.quarter, data.time.dt.quarter)
        np.testing.assert_array_equal(data.year, np.arange(2011, 2016))
        assert data.year.dtype == np.int32 and data.time.encoding.get("bounds", data.time.attrs.get("bounds"))
        np.testing.assert_array_equal(data.time_bnds[:, 0], data.time)
        np.testing.assert_array_equal(data.time_bnds[-1, 1], np.datetime64("2016-01-01"))
        np.testing.assert_array_equal(data.year_bnds, [[year, year + 1] for year in range(2011, 2016)])


def test_values_are_those_of_the_model(toy):
    """Identities of the toy model that hold only if every value is at its own place."""
    with xarray.open_dataset(toy) as data:
        data = data.drop_sel(replicate=3)
        np.testing.assert_allclose(data.position.mean("walker"), data.mean_position, atol=1e-12)
        np.testing.assert_allclose(data.move.cumsum("time"), data.position, atol=1e-12)
        np.testing.assert_allclose(np.abs(data.move).cumsum("time"), data.distance, atol=1e-12)
        last = data.position.isel(time=-1).mean("walker")
        assert abs(float((last - 20 * data.drift.isel(bare=0)).mean())) < 4 * 2.0 * np.sqrt(20 / (39 * 5))
        # Scenarios share their draws: what differs is the drift, and nothing else.
        chance = data.move - data.drift.isel(bare=0)
        np.testing.assert_allclose(chance.sel(scenario="walk"), chance.sel(scenario="walk-1"), atol=1e-12)
        np.testing.assert_allclose(data.drift.diff("scenario"), 0.25, atol=1e-12)


def test_parameters_are_those_that_every_replicate_drew(toy):
    with xarray.open_dataset(toy) as data:
        drift = data.scenario_parameter_value.sel(scenario_parameter="drift")
        assert data.parameter_value.dims == ("draw", "parameter") and data.draw.values.tolist() == list(range(40))
        whole = np.arange(40) != 3
        np.testing.assert_array_equal(drift[:, whole], data.drift.isel(bare=0)[:, whole])
        chance = data.parameter_value.sel(parameter="chance")
        np.testing.assert_allclose(drift.sel(scenario="walk"), 0.5 + 0.1 * chance, rtol=1e-12)
        assert chance.parameter_unit == "1" and np.unique(chance).size == 40


def test_failed_replicate_is_reported_and_its_values_are_missing(toy):
    with xarray.open_dataset(toy) as data:
        assert data.replicate_status.values.tolist() == [[int(i == 3) for i in range(40)]] * 2
        assert data.failure_scenario.values.tolist() == ["walk", "walk-1"]
        assert data.failure_replicate.values.tolist() == [3, 3] and data.failure_step.values.tolist() == [2, 2]
        assert set(data.failure_cause.values) == {"positions do not add up to the steps taken"}
        assert bool(data.position.isel(replicate=3).isnull().all())
        assert int(data.position.isnull().sum()) == 2 * 20 * 5


def test_panel_holds_the_first_replicates_agent_by_agent(toy):
    with xarray.open_dataset(toy) as data:
        seen = data.seen_position.values.reshape(2, 2, 20, 5)  # replicate, scenario, step, walker
        np.testing.assert_array_equal(seen, data.position[:, :2].transpose("replicate", "scenario", ...).values)
        assert set(zip(data.panel_replicate.values, data.panel_scenario.values, strict=True)) == {
            (replicate, scenario) for replicate in range(2) for scenario in range(2)
        }


def test_scenario_is_reported_with_its_digest(toy):
    with h5py.File(toy) as file:
        for text, stored in zip(values_of(file["scenario_toml"]), values_of(file["scenario_sha256"]), strict=True):
            assert hashlib.sha256(text.encode()).hexdigest() == stored


def test_snippet_of_the_page_recomputes_the_seal(toy, tmp_path):
    page = (netcdf_rules.__file__).replace("tests/python/netcdf_rules.py", "docs/output_format.md")
    with open(page, encoding="utf-8") as text:
        snippet = text.read().split("In\nPython:\n\n```python\n")[1].split("```")[0]
    names = {}
    exec(snippet, names)
    altered = tmp_path / "altered.h5"
    altered.write_bytes(toy.read_bytes().replace(b"walker", b"talker", 1))
    assert names["is_sealed"](toy) and not names["is_sealed"](altered)
    altered.write_bytes(value_digests.without_seal(toy.read_bytes()))
    value_digests.put_seal(altered)
    assert altered.read_bytes() == toy.read_bytes()


# ---- what is kept, and statistics of everything


def yearly(variable):
    """By its own cell_methods, as any reader may do it."""
    years = variable.groupby("calendar_year")
    how = variable.attrs["cell_methods"].removeprefix("time: ")
    found = {"sum": years.sum, "mean": years.mean, "point": years.last}[how]()
    return found.rename(calendar_year="year").transpose("scenario", "replicate", "year", ...)


def test_statistics_are_those_that_numpy_finds(toy):
    with xarray.open_dataset(toy) as data:
        left = data.drop_sel(replicate=3)
        for name in ("position", "distance", "move", "mean_position"):
            values, stored = yearly(left[name]).values, data[f"{name}_statistics"]
            np.testing.assert_array_equal(stored.sel(statistic="count"), 39)
            np.testing.assert_array_equal(stored.sel(statistic="min"), values.min(axis=1))
            np.testing.assert_array_equal(stored.sel(statistic="max"), values.max(axis=1))
            np.testing.assert_allclose(stored.sel(statistic="mean"), values.mean(axis=1), rtol=1e-12, atol=1e-13)
            np.testing.assert_allclose(stored.sel(statistic="sd"), values.std(axis=1, ddof=1), rtol=1e-12)
            for percent in (5, 25, 50, 75, 95):
                # Each order statistic is known to 2^-7 of its size, and a quantile lies between two of them.
                place = percent / 100 * 38
                ranks = np.sort(values, axis=1)[:, [int(np.floor(place)), int(np.ceil(place))]]
                found = stored.sel(statistic=f"q{percent:02}").values
                exact = np.quantile(values, percent / 100, axis=1)
                assert np.all(np.abs(found - exact) <= np.abs(ranks).max(axis=1) / 128 + 1e-300), name


def test_detail_changes_what_is_kept_and_nothing_else(toy, tmp_path):
    with xarray.open_dataset(toy) as steps:
        yearly_values = {name: yearly(steps[name]) for name in ("position", "move", "mean_position")}
        kept = {0: {"drift"}, 1: {"drift", "position", "distance", "move", "mean_position"}}
        for detail, names in kept.items():
            path = good_toy(tmp_path / f"{detail}.h5", "--scenarios", 2, "--breaks-at", 3, "--detail", detail)
            assert netcdf_rules.broken_rules(path) == {}
            with xarray.open_dataset(path) as data:
                assert {name for name in data if data[name].dims[:2] == ("scenario", "replicate")} - {
                    "replicate_status"
                } == names
                for name in data:
                    if name.endswith("_statistics"):
                        np.testing.assert_array_equal(data[name], steps[name], err_msg=name)
                for name in names & set(yearly_values):
                    assert data[name].dims[2] == "year" and data[name].attrs["cell_methods"].startswith("year: ")
                    np.testing.assert_allclose(data[name].drop_sel(replicate=3),
                                               yearly_values[name].drop_sel(replicate=3), rtol=1e-12)  # fmt: skip


def test_only_what_was_asked_for_is_kept(tmp_path):
    path = good_toy(tmp_path / "toy.h5", "--only", "move")
    with xarray.open_dataset(path) as data:
        assert "move" in data and "move_statistics" in data and "drift" in data
        assert "position" not in data and "position_statistics" not in data
    result = write_toy(tmp_path / "none.h5", "--only", "moves")
    assert result.returncode == 2 and "there is no output 'moves' to record" in result.stderr


# ---- the same run gives the same bytes


def test_same_bytes_twice(tmp_path):
    paths = [good_toy(tmp_path / f"{run}.h5", "--replicates", 300, "--breaks-at", 3) for run in range(2)]
    assert sha256(paths[0]) == sha256(paths[1])


def test_another_seed_gives_other_values(tmp_path):
    for seed in (7, 8):
        good_toy(tmp_path / f"{seed}.h5", "--seed", seed)
    with xarray.open_dataset(tmp_path / "7.h5") as one, xarray.open_dataset(tmp_path / "8.h5") as other:
        assert not np.any(one.position == other.position)


@pytest.mark.parametrize("replicates", [1, 2, 818, 819, 820, 2000])  # 819 fill a chunk of 256 KiB
def test_chunks_that_do_not_divide_the_replicates(tmp_path, replicates):
    path = good_toy(tmp_path / "toy.h5", "--replicates", replicates, "--walkers", 2)
    with xarray.open_dataset(path) as data:
        assert data.sizes["replicate"] == replicates
        assert int(data.position.isnull().sum()) == 0
    assert netcdf_rules.broken_rules(path) == {}


@pytest.mark.parametrize("engine", ENGINES)
def test_open_reader_keeps_the_old_file(tmp_path, engine):
    path = good_toy(tmp_path / "toy.h5", "--seed", 7)
    with xarray.open_dataset(path, engine=engine) as reader:
        good_toy(path, "--force", "--seed", 8)
        kept = reader.position.values
    seven = good_toy(tmp_path / "seven.h5", "--seed", 7)
    with xarray.open_dataset(seven) as seven, xarray.open_dataset(path) as eight:
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


def add_variable_attribute(file):
    file["position"].attrs["remark"] = "added by h5py"


def move_an_end(file):
    file["time_bnds"][0, 1] += 1


def forget_a_meaning(file):
    file["panel_scenario"].attrs["flag_meanings"] = np.bytes_("walk")


def add_unknown_code(file):
    file["panel_scenario"][0] = 7


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


def forget_scenario(file):
    del file["scenario_toml"]


def forget_statistics(file):
    del file["position_statistics"]


def change_value(file):
    file["position"][0, 1, 2, 3] = 7


def misname_method(file):
    file["position"].attrs["cell_methods"] = "place: sum"


def add_chinese_name(file):
    file["产值"] = np.zeros(40)


@pytest.mark.parametrize(
    "change, rule",
    [
        (add_enum, "only_plain_types"),
        (add_fixed_text, "text_variables_are_of_variable_length"),
        (add_variable_attribute, "text_attributes_are_of_fixed_length"),
        (move_an_end, "intervals_have_bounds"),
        (forget_a_meaning, "codes_have_meanings"),
        (add_unknown_code, "codes_have_meanings"),
        (add_without_dimension, "every_axis_has_a_scale"),
        (add_without_dimension, "missing_is_nan"),
        (add_without_dimension, "creation_order_is_kept"),
        (add_external_link, "one_flat_tree"),
        (change_unit, "units_that_readers_take_as_meant"),
        (add_timed, "no_times"),
        (add_null, "no_null_spaces"),
        (add_packed, "only_built_in_filters"),
        (forget_seed, "file_says_where_it_is_from"),
        (forget_scenario, "scenarios_are_reported"),
        (forget_statistics, "every_variable_has_statistics"),
        (misname_method, "methods_are_of_time"),
        (change_value, "digest_is_that_of_the_content"),
        (add_chinese_name, "names_are_ascii"),
    ],
)
def test_rules_find_a_broken_file(toy, tmp_path, change, rule):
    path = shutil.copy(toy, tmp_path / "broken.h5")
    edit(path, change)
    assert rule in netcdf_rules.broken_rules(path)
