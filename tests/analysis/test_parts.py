"""Parts of a run are its replicates, and merged they are the run: values, statistics and bytes."""

import copy
import pickle

import numpy as np
import pytest
import xarray
from jiju_command import good, opened, sha256

import jiju


def parts_of(scenario, *ends, **how):
    return [jiju.run(scenario, replicates=range(*pair), seed=5, progress=False, **how) for pair in ends]


@pytest.mark.parametrize(
    "ends", [[(0, 20)], [(0, 7), (7, 20)], [(13, 20), (0, 1), (1, 13)]], ids=["one", "two", "three, in any order"]
)
def test_merged_they_are_the_run_in_one_piece(short, simulated, ends):
    xarray.testing.assert_identical(jiju.merge(*parts_of(short, *ends)), simulated.memory)


def test_a_part_has_the_replicates_it_was_asked_for(short, simulated):
    (part,) = parts_of(short, (7, 12))
    assert part.replicate.values.tolist() == [7, 8, 9, 10, 11] and part.attrs["status"] == "partial"
    whole = simulated.memory.sel(replicate=part.replicate)
    for name in ("target_value", "output", "lever_money"):
        np.testing.assert_array_equal(part[name].values, whole[name].values)


@pytest.mark.parametrize("record", ["targets", "quarterly", "firms"])
def test_whatever_is_recorded(short, record):
    how = {"record": record, "panels": 9} if record == "firms" else {"record": record}
    whole = jiju.run(short, short, replicates=12, seed=5, progress=False, **how)
    two = [jiju.run(short, short, replicates=range(*ends), seed=5, progress=False, **how) for ends in ((0, 5), (5, 12))]
    xarray.testing.assert_identical(jiju.merge(*two), whole)


def test_a_run_grows_by_merging_what_comes_behind_it(short, simulated):
    """Nobody knew, when the first part was run, how many would follow."""
    first, second, third = parts_of(short, (0, 8), (8, 12), (12, 20))
    assert jiju.merge(first, second).sizes["replicate"] == 12
    xarray.testing.assert_identical(jiju.merge(first, second, third), simulated.memory)


def test_files_and_datasets_merge_into_the_bytes_of_the_program(short, simulated, tmp_path):
    paths = [tmp_path / "a.h5", tmp_path / "b.h5"]
    first, second = (parts_of(short, ends, output=path)[0] for path, ends in zip(paths, [(0, 9), (9, 20)], strict=True))
    for place, shards in enumerate([paths, [first, paths[1]], [second, first]]):
        output = tmp_path / f"whole-{place}.h5"
        xarray.testing.assert_identical(jiju.merge(*shards, output=output).load(), simulated.memory)
        assert sha256(output) == sha256(simulated.path)
    by_program = tmp_path / "program.h5"
    good("merge", *paths, "-o", by_program)
    assert sha256(by_program) == sha256(simulated.path)
    with pytest.raises(jiju.FileError, match="exist"):
        jiju.merge(*paths, output=by_program)
    jiju.merge(*paths, output=by_program, force=True).close()


def test_shards_of_the_command_line(short, simulated, tmp_path):
    paths = [tmp_path / "1.h5", tmp_path / "2.h5", tmp_path / "3.h5"]
    jiju.run(short, replicates=20, seed=5, shard="1/3", output=paths[0], progress=False)
    for number in (2, 3):
        shard = f"{number}/3"
        good("run", short, "--replicates", 20, "--seed", 5, "--shard", shard, "-o", paths[number - 1])
    xarray.testing.assert_identical(jiju.merge(*paths), simulated.memory)
    with pytest.raises(jiju.FileError, match="a shard is missing: no file holds replicates 13 to 19"):
        jiju.merge(*paths[:2])


def test_parts_travel_between_processes(short, simulated):
    parts = [pickle.loads(pickle.dumps(part)) for part in parts_of(short, (0, 9), (9, 20))]
    xarray.testing.assert_identical(jiju.merge(*map(copy.deepcopy, parts)), simulated.memory)


def test_a_sweep_in_parts():
    design = {
        "base": "shaoxing-2011/status-quo", "method": "grid", "set": ["scenario.years=1", "scenario.burn_in_years=1"],
        "factors": {"fund": {"key": "levers.special_fund.budget", "values": [0, 2]}},
    }  # fmt: skip
    whole = jiju.sweep(design, replicates=5, progress=False)
    parts = [jiju.sweep(design, replicates=range(*ends), progress=False) for ends in ((0, 2), (2, 5))]
    xarray.testing.assert_identical(jiju.merge(*parts), whole)


# ---- what does not belong together


@pytest.mark.parametrize(
    ("ends", "reason"),
    [
        ([(0, 5), (7, 9)], "no file holds replicates 5 to 6"),
        ([(3, 5)], "no file holds replicates 0 to 2"),
        ([(0, 5), (4, 9)], "holds replicate 4, which .* holds as well"),
    ],
)
def test_gaps_and_doubles_are_refused(short, ends, reason):
    with pytest.raises(jiju.FileError, match=reason):
        jiju.merge(*parts_of(short, *ends))


@pytest.mark.parametrize(
    "other",
    [
        {"seed": 6},
        {"set": {"levers.special_fund.budget": 3}},
        {"record": "targets"},
        {"outputs": ["output"]},
        {"replicates_per_draw": 3},
    ],
    ids=str,
)
def test_parts_of_different_runs_are_refused(short, other):
    (first,) = parts_of(short, (0, 3))
    second = jiju.run(short, replicates=range(3, 6), progress=False, **{"seed": 5} | other)
    with pytest.raises(jiju.FileError, match="belongs to another run"):
        jiju.merge(first, second)


def test_a_spoilt_part_is_refused(short):
    first, second = parts_of(short, (0, 3), (3, 6))
    spoilt = second.copy(deep=True)
    spoilt["shard"].values[len(spoilt.shard) // 2 :][:64] ^= 255
    with pytest.raises(jiju.FileError):
        jiju.merge(first, spoilt)


def test_what_is_no_part(short, simulated):
    with pytest.raises(jiju.UsageError, match="shard 1 of 1 is no part of a run"):
        jiju.merge(simulated.memory)
    for wrong, reason in [
        ({"replicates": range(5, 5)}, "holds none"),
        ({"replicates": range(0, 6, 2)}, "no gaps"),
        ({"replicates": range(-1, 3)}, "counted from 0"),
        ({"replicates": 2.5}, "expected an integer"),
        ({"replicates": True}, "expected an integer"),
        ({"seed": 2**63}, "allowed are 0 to"),
        ({"shard": "1/2"}, "shard needs output"),
        ({"replicates": range(0, 3), "precision": "p(T1)=0.1@95%"}, "exclude each other"),
        ({"checkpoint": float("nan")}, "allowed are 0 to 86400"),
    ]:
        with pytest.raises(jiju.UsageError, match=reason):
            jiju.run(short, progress=False, **wrong)


def test_a_part_can_be_resumed(short, tmp_path):
    path = tmp_path / "part.h5"
    (first,) = parts_of(short, (2, 6), output=path)
    before = sha256(path)
    (again,) = parts_of(short, (2, 6), output=path, resume=True)
    assert sha256(path) == before
    xarray.testing.assert_identical(first, again)


def test_a_dry_run_estimates(short):
    seen = jiju.run(short, replicates=40, dry_run=True)
    assert seen.replicates == 40 and seen.seconds > 0 and seen.memory_mb > 1 and seen.disk_mb == 0
    assert seen.seconds.attrs["units"] == "s"
    assert jiju.run(short, replicates=range(30, 40), dry_run=True).replicates == 10


def test_the_file_of_a_part_is_a_shard(short, tmp_path):
    path = tmp_path / "part.h5"
    parts_of(short, (0, 3), output=path)
    assert opened(path).attrs["filetype"] != opened_type(short, tmp_path)


def opened_type(short, tmp_path):
    jiju.run(short, replicates=3, seed=5, output=tmp_path / "run.h5", progress=False).close()
    return opened(tmp_path / "run.h5").attrs["filetype"]
