"""What a file says is checked by its identities and by simulating it again; one replicate can be looked at closely."""

import json
import shutil
from pathlib import Path

import h5py
import netcdf_rules
import numpy as np
import pytest
import value_digests
from jiju_command import FILE, OK, REFUSED, UNLIKE, good, jiju, opened, years_of


@pytest.fixture
def forged(finished, tmp_path):
    """Changes a copy of a good file and seals it."""

    def forge(change, sealed=True):
        path = shutil.copy(finished.path, tmp_path / "forged.h5")
        with h5py.File(path, "r+") as file:
            change(file)
            if sealed:  # as a forger would
                netcdf_rules.digest_again(file)
        if sealed:
            value_digests.put_seal(Path(path))
        return path

    return forge


def checks(path, *words):
    """Exit code, and by name whether each check holds."""
    result = jiju("verify", path, "--json", *words)
    seen = json.loads(result.stdout)
    assert (seen["format"], seen["version"], seen["holds"]) == ("jiju verification", 1, result.returncode == OK)
    return result.returncode, {check["check"]: check["holds"] for check in seen["checks"]}


ALWAYS = {"format", "digest", "scenarios", "layout", "statistics", "targets", "run"}


def test_a_good_file_holds(finished):
    code, found = checks(finished.path)
    assert code == OK and all(found.values())
    assert set(found) - ALWAYS - {"panels"} == {name for name in found if name.startswith("replicate ")}
    assert sum(name.startswith("replicate ") for name in found) == 5
    assert good("verify", finished.path).endswith(f"{finished.path}: verified\n")


def test_none_need_be_replayed(finished):
    code, found = checks(finished.path, "--sample", 0)
    assert code == OK and set(found) == ALWAYS


def test_all_can_be_replayed(finished):
    code, found = checks(finished.path, "--sample", "all")
    assert code == OK and set(found) == ALWAYS | {"replicates"} and all(found.values())


def replayed(path, *words):
    return {name for name in checks(path, *words)[1] if name.startswith("replicate ")}


def test_the_sample_is_the_referees(finished):
    """The same for a seed; another for another, and one that cannot be foreseen without (5 of 60: 5.5e6 samples)."""
    assert replayed(finished.path, "--seed", 1) == replayed(finished.path, "--seed", 1)
    samples = [replayed(finished.path, *words) for words in (["--seed", 1], ["--seed", 2], [], [])]
    assert len(set(map(frozenset, samples))) == 4 and all(len(sample) == 5 for sample in samples)
    seed = json.loads(jiju("verify", finished.path, "--json").stdout)["sample_seed"]
    assert f"--seed {seed}\n" in good("verify", finished.path, "--seed", seed)


def test_sealing_a_file_that_was_not_changed_changes_nothing(forged, finished):
    assert jiju("verify", forged(lambda file: None), "--sample", 0).returncode == OK


def replace(name, place, change):
    def replaced(file):
        values = file[name][...]
        values[place] = change(values[place])
        file[name][...] = values

    return replaced


NUDGE = replace("output", (0, 7, 1, 0, 0), lambda value: value * (1 + 1e-12))


def test_a_changed_number_is_found_by_the_digest(forged):
    code, found = checks(forged(NUDGE, sealed=False))
    assert code == UNLIKE and found == {"digest": False}


def unit(file):
    file["output"].attrs["units"] = "1e9 CNY"


def invented(file):
    file.attrs["verified_by"] = "the committee"


def more_evidence(file):
    file.create_dataset("evidence", data=np.ones(60)).dims[0].attach_scale(file["replicate"])


def quantiles(file):
    found = file["output_statistics"][...]
    found[:, 4:9] *= 3
    file["output_statistics"][...] = found


def reversed_names(name):
    return lambda file: file[name].__setitem__(..., file[name].asstr()[...][::-1])


@pytest.mark.parametrize(
    "change, check",
    [
        (NUDGE, "statistics"),
        (replace("output_statistics", (0, 1, 0, 0, 0), lambda value: value * (1 + 1e-12)), "statistics"),
        (quantiles, "statistics"),
        (replace("target_met", (0, 11, 3), lambda value: 1 - value), "statistics"),
        (replace("replicate_status", (0, 4), lambda value: 1), "layout"),
        (replace("replicate", 4, lambda value: 40), "scenarios"),
        (lambda file: file["scenario_toml"].__setitem__(0, file["scenario_toml"].asstr()[0] + "\n"), "layout"),
        (lambda file: file.__delitem__("output"), "layout"),
        (more_evidence, "layout"),
        (reversed_names("industry"), "layout"),
        (reversed_names("target_name"), "layout"),
        (reversed_names("statistic"), "layout"),
        (unit, "layout"),
        (invented, "layout"),
        (lambda file: file.attrs.__setitem__("status", "partial"), "layout"),
        (lambda file: file.attrs.__setitem__("run_sha256", "0" * 64), "layout"),
        (lambda file: file.attrs.__setitem__("seed", "6"), "layout"),
        (lambda file: file.attrs.__setitem__("replicates", np.int64(1000)), "layout"),
    ],
)  # fmt: skip
def test_a_forged_file_is_found_by_its_identities(forged, change, check):
    code, found = checks(forged(change), "--sample", 0)
    assert code == UNLIKE and found["digest"] and not found[check]


def test_a_forged_file_whose_identities_hold_is_found_by_replaying_it(forged):
    def exchange(file):
        """Two replicates change places, of which no statistic tells."""
        for name in list(file):
            values = file[name][...]
            if values.ndim > 1 and values.shape[:2] == (1, 60):
                values[:, [10, 11]] = values[:, [11, 10]]
                file[name][...] = values

    code, found = checks(forged(exchange), "--sample", 59, "--seed", 1)
    assert code == UNLIKE
    assert {name for name in found if not found[name]} & {"replicate 10", "replicate 11"}
    code, found = checks(forged(exchange), "--sample", "all")
    assert code == UNLIKE and not found["layout"]


def test_what_is_no_results_file(tmp_path, finished):
    text = tmp_path / "text.h5"
    text.write_text("no HDF5")
    cut = tmp_path / "cut.h5"
    cut.write_bytes(finished.path.read_bytes()[:5000])
    for path in (text, cut, tmp_path / "none.h5"):
        result = jiju("verify", path)
        assert (result.returncode, result.stdout) == (FILE, "") and str(path) in result.stderr


# ---- replay


def test_replay_shows_the_same_replicate_in_steps_and_firm_by_firm(finished, tmp_path):
    path = tmp_path / "seven.h5"
    good("replay", finished.path, "--replicate", 7, "-o", path)
    assert netcdf_rules.broken_rules(path) == {}
    replayed, yearly = opened(path).isel(replicate=0), opened(finished.path).isel(replicate=7)
    assert replayed.replicate == 7
    for name in yearly:
        if name.endswith("_statistics") or "time" not in replayed[name].dims:
            continue
        np.testing.assert_allclose(years_of(replayed[name]), yearly[name], rtol=1e-12, err_msg=name)
    np.testing.assert_array_equal(replayed.target_value, yearly.target_value)

    quarterly = tmp_path / "quarterly.h5"
    good("run", finished.scenario, "--replicates", 8, "--seed", 5, "--record", "quarterly", "-o", quarterly)
    original = opened(quarterly).isel(replicate=7, draw=[7])
    for name in original:
        if original[name].dtype.kind == "f" and not name.endswith("_statistics"):
            np.testing.assert_array_equal(replayed[name], original[name], err_msg=name)


def test_firms_of_a_replay_add_up_to_its_industries(finished, tmp_path):
    path = tmp_path / "seven.h5"
    good("replay", finished.path, "--replicate", 7, "-o", path)
    data = opened(path)
    assert set(data.panel_replicate.values) == {7} and set(data.panel_scenario.values) == {0}
    industries = data.sizes["industry"]
    step = (data.panel_year.values - data.panel_year.values.min()) * 4 + data.panel_quarter.values - 1
    place = step * industries + data.firm_industry.values
    debt = np.bincount(place, weights=data.firm_debt.values).reshape(-1, industries)
    np.testing.assert_allclose(debt, data.debt.isel(scenario=0, replicate=0), rtol=1e-9)


def test_replay_refuses_what_is_not_there(finished, tmp_path):
    out = tmp_path / "out.h5"
    result = jiju("replay", finished.path, "--replicate", 60, "-o", out)
    assert result.returncode == REFUSED and "replicate 60 is not among the 60 of" in result.stderr
    result = jiju("replay", finished.path, "--replicate", 0, "--scenario", "shrot", "-o", out)
    assert result.returncode == REFUSED and 'did you mean "short"?' in result.stderr
    assert not out.exists()
