"""Runs from Python are the runs of the command line, and their arrays are the engine's own memory."""

import gc
import inspect
import threading
from types import SimpleNamespace

import numpy as np
import pytest
import xarray
from jiju_command import good, opened, sha256

import jiju
from jiju.runs import running
from jiju.runs.campaign_options import Options


def test_same_digest_as_the_command_line(simulated):
    assert simulated.memory.attrs["content_digest"] == opened(simulated.path).attrs["content_digest"]


def test_same_file_as_the_command_line(short, simulated, tmp_path):
    path = tmp_path / "python.h5"
    data = jiju.run(short, replicates=20, seed=5, output=path, progress=False)
    assert sha256(path) == sha256(simulated.path)
    xarray.testing.assert_identical(data.load(), simulated.memory)


def test_memory_is_as_the_file_reads(simulated):
    with jiju.open(simulated.path) as file:
        xarray.testing.assert_identical(file.load(), simulated.memory)
        for name, variable in file.variables.items():
            if variable.dtype.kind not in "OTU":  # libraries differ in how they keep text
                assert variable.dtype == simulated.memory[name].dtype, name


@pytest.mark.parametrize("threads", [1, 3])
def test_threads_do_not_matter(short, simulated, threads):
    data = jiju.run(short, replicates=20, seed=5, threads=threads, progress=False)
    xarray.testing.assert_identical(data, simulated.memory)


def test_everything_has_dimensions_units_and_both_languages(simulated):
    for name, variable in simulated.memory.data_vars.items():
        if "replicate" in variable.dims and name != "replicate_status":
            assert variable.dims[:2] == ("scenario", "replicate")
            assert variable.attrs["units"] and variable.attrs["long_name"] and variable.attrs["long_name_zh"], name
    assert {"industry_name", "industry_name_zh", "scenario_name", "scenario_name_zh"} <= set(simulated.memory.coords)
    assert simulated.memory.scenario_name_zh.item() == "维持现状"


# ---- memory


def owner_of(array):
    while isinstance(array.base, np.ndarray):
        array = array.base
    return array.base


def test_arrays_are_the_memory_the_engine_wrote(simulated):
    """None was copied on its way: NumPy owns none of them, and each has an owner of its own."""
    cubes = [name for name, v in simulated.memory.data_vars.items() if v.dims[:2] == ("scenario", "replicate")]
    assert len(cubes) > 20
    owners = set()
    for name in cubes:
        array = simulated.memory[name].variable._data
        assert isinstance(array, np.ndarray) and not array.flags.owndata, name
        assert owner_of(array) is not None and not isinstance(owner_of(array), bytes), name
        owners.add(id(owner_of(array)))
    assert len(owners) == len(cubes)
    first = simulated.memory.target_value
    assert np.shares_memory(first.values, first.isel(replicate=slice(3, 5)).values)


def test_memory_outlives_the_dataset(short):
    data = jiju.run(short, replicates=2, progress=False)
    kept, copy = data.target_value.values, data.target_value.values.copy()
    del data
    gc.collect()
    filler = [np.full(kept.shape, -1.0) for _ in range(200)]
    np.testing.assert_array_equal(kept, copy)
    assert len(filler) == 200


# ---- what is asked for


def test_several_scenarios_share_their_draws(short, city):
    fund = city.write("extends = \"../mine/short.toml\"\n[levers.special_fund]\nbudget = 0\n", "fund.toml")
    city.write(short.read_text(encoding="utf-8"), "short.toml")
    data = jiju.run(short, fund, replicates=3, progress=False)
    assert data.scenario.values.tolist() == ["short", "fund"]
    one, two = data.target_value.values
    np.testing.assert_array_equal(one, two, err_msg="what changes nothing changes nothing")


def test_settings_hold_for_all_scenarios(short, tmp_path):
    path = tmp_path / "set.h5"
    good("run", short, "--replicates", 3, "--set", "scenario.name=Trial", "--set", "scenario.seed=3", "-o", path)
    data = jiju.run(short, replicates=3, set={"scenario.name": "Trial", "scenario.seed": 3}, progress=False)
    assert data.attrs["content_digest"] == opened(path).attrs["content_digest"]


def test_record_and_outputs_choose_what_is_kept(short):
    data = jiju.run(short, replicates=2, record="quarterly", outputs=["output", "sales"], progress=False)
    timed = {name for name, v in data.data_vars.items() if "replicate" in v.dims and "time" in v.dims}
    assert timed == {"output", "sales"} and data.sizes["time"] == 8
    few = jiju.run(short, replicates=2, record="targets", progress=False)
    assert not any({"replicate", "year"} <= set(v.dims) for v in few.data_vars.values())
    assert "target_value_statistics" in few and "output_statistics" not in few, "statistics are of what is kept"


def test_firms_one_by_one(short, tmp_path):
    path = tmp_path / "firms.h5"
    good("run", short, "--replicates", 2, "--record", "firms", "--panels", 1, "-o", path)
    data = jiju.run(short, replicates=2, record="firms", panels=1, progress=False)
    with jiju.open(path) as file:
        xarray.testing.assert_identical(file.load(), data)
    assert data.sizes["observation"] > 1000


def test_scenario_objects_and_names_are_the_same(short, simulated):
    data = jiju.run(jiju.Scenario.load(short), replicates=20, seed=5, progress=False)
    assert data.attrs["content_digest"] == simulated.memory.attrs["content_digest"]


def test_sweep_of_a_dictionary_is_the_sweep_of_the_file(city, tmp_path):
    city.write('extends = "../shaoxing-2011/status-quo.toml"\n[scenario]\nyears = 2\nburn_in_years = 1\n', "base.toml")
    design = city.write(
        'base = "base.toml"\nmethod = "grid"\n'
        '[factors.fund]\nkey = "levers.special_fund.budget"\nvalues = [0, 2]\n',
        "design.toml",
    )  # fmt: skip
    path = tmp_path / "sweep.h5"
    good("sweep", design, "--replicates", 3, "-o", path)
    by_file = jiju.sweep(design, replicates=3, progress=False)
    assert by_file.attrs["content_digest"] == opened(path).attrs["content_digest"]
    by_name = jiju.sweep(
        {
            "base": str(city.folder / "mine" / "base.toml"),
            "method": "grid",
            "factors": {"fund": {"key": "levers.special_fund.budget", "values": [0, 2]}},
        },
        replicates=3,
        progress=False,
    )
    assert by_name.attrs["content_digest"] == by_file.attrs["content_digest"]
    assert by_name.design.values.ravel().tolist() == [0, 2]


def test_precision_stops_early(short, tmp_path):
    rule = "mean(T1)=1e6@95%"
    path = tmp_path / "rule.h5"
    good("run", short, "--replicates", 500, "--precision", rule, "-o", path)
    data = jiju.run(short, replicates=500, precision=rule, progress=False)
    assert data.sizes["replicate"] == 100 and data.attrs["status"] == "complete"
    assert data.attrs["content_digest"] == opened(path).attrs["content_digest"]


# ---- replicates that fail


def outcome_with(**stored):
    """What the engine reports of a run in which replicate 7 broke an identity, without breaking one."""
    failures = [(0, 7, 3, "stocks and flows disagree")]
    usual = {"done": 8, "planned": 20, "interrupted": False, "gave_up": False, "failures": failures}
    return SimpleNamespace(**usual | stored)


def test_giving_up_raises_with_the_cause():
    options = SimpleNamespace(output="run.h5", failures="stop")
    with pytest.raises(jiju.InvariantError, match="replicate 7 failed at step 3: stocks and flows disagree") as raised:
        running._results(outcome_with(gave_up=True), options, "return", "; run.h5 can be finished with resume=True")
    assert "run.h5 can be finished with resume=True" in str(raised.value)


def test_failures_are_reported(simulated):
    options = SimpleNamespace(output=str(simulated.path), failures="continue")
    with pytest.warns(RuntimeWarning, match="1 runs failed .* replicate 7: stocks and flows disagree"):
        running._results(outcome_with(has_dataset=False), options, "return").close()


# ---- progress and other threads


def test_progress_rises_to_the_end(short):
    seen = []
    jiju.run(short, short, replicates=30, progress=lambda done, total: seen.append((done, total)))
    assert {total for _, total in seen} == {60} and seen[-1][0] == 60
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_what_progress_raises_ends_the_run_and_arrives(short):
    def refuse(done, total):
        raise LookupError("no more")

    with pytest.raises(LookupError, match="no more"):
        jiju.run(short, replicates=100_000, progress=refuse)


def test_other_threads_run_meanwhile(short):
    counted, stop = [0], threading.Event()

    def count():
        while not stop.wait(0.001):
            counted[0] += 1

    thread = threading.Thread(target=count)
    thread.start()
    before = []
    jiju.run(short, replicates=60, threads=1, progress=lambda done, total: before.append(counted[0]))
    stop.set()
    thread.join()
    assert before[-1] - before[0] > len(before), "counted between one look at the progress and the next"


def test_runs_outside_the_main_thread(short, simulated):
    found = []
    thread = threading.Thread(target=lambda: found.append(jiju.run(short, replicates=20, seed=5, progress=False)))
    thread.start()
    thread.join()
    assert found[0].attrs["content_digest"] == simulated.memory.attrs["content_digest"]


# ---- options


def test_run_and_sweep_have_the_same_options_by_name():
    stored = [
        {name: (each.annotation, each.default) for name, each in inspect.signature(function).parameters.items()
         if each.kind is each.KEYWORD_ONLY}
        for function in (jiju.run, jiju.sweep)
    ]  # fmt: skip
    assert stored[0] == stored[1] and stored[0].keys() == Options.__annotations__.keys()
    assert (stored[0]["seed"][1], stored[0]["failures"][1], stored[0]["progress"][1]) == (None, "continue", True)


def test_an_unknown_option_is_refused_with_the_nearest_name():
    for function in (jiju.run, jiju.sweep):
        with pytest.raises(TypeError, match=r"'replicate'; did you mean 'replicates'\?"):
            function("shaoxing-2011/plan", replicate=3)
