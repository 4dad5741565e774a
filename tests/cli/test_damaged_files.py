"""A results file that anyone damaged or altered is refused by every command, in words."""

import json
import lzma
import subprocess
import sys
from pathlib import Path

import h5py
import pytest
import value_digests
from jiju_command import FILE, OK, PROGRAM, ROOT, UNLIKE, good, jiju

DAMAGED = ROOT / "tests" / "data" / "damaged"
DAMAGE = json.loads((DAMAGED / "damage.json").read_text())


def whole(name):
    return lzma.decompress((DAMAGED / f"{name}.h5.xz").read_bytes())


# An endless loop of HDF5 ends when its time is up, for each command by itself.
CASES = [pytest.param(name, command, marks=pytest.mark.long if (name, command) in
                      {("endless_loop", "verify"), ("endless_loop", "merge")} else ())
         for name in DAMAGE for command in ("show", "verify", "merge")]  # fmt: skip


@pytest.mark.parametrize(("name", "command"), CASES)
def test_files_that_once_crashed_or_deceived_are_refused(name, command, tmp_path):
    """Made by an earlier version; before that is reported, HDF5 has crashed, looped and lied over them."""
    data = bytearray(whole(DAMAGE[name]["of"]))
    for place, byte in DAMAGE[name]["bytes"].items():
        data[int(place)] = byte
    path, other = tmp_path / "damaged.h5", tmp_path / "other.h5"
    path.write_bytes(data)
    other.write_bytes(whole("s2"))
    result = jiju(command, path, *([other, "-o", tmp_path / "merged.h5"] if command == "merge" else []))
    assert (result.returncode in (FILE, UNLIKE)) and "damaged.h5" in result.stderr + result.stdout


def refused(path, why):
    for words in (["show", path], ["replay", path, "--replicate", 1, "-o", path.parent / "out.h5"]):
        result = jiju(*words)
        assert (result.returncode, result.stdout) == (FILE, "") and why in result.stderr
    result = jiju("verify", path)
    assert result.returncode == UNLIKE and why in result.stdout and "NOT VERIFIED" in result.stdout


def test_one_changed_bit_breaks_the_seal(finished, tmp_path):
    data, path = finished.path.read_bytes(), tmp_path / "changed.h5"
    for place in (len(data) // 7 * i for i in range(1, 7)):
        path.write_bytes(data[:place] + bytes([data[place] ^ 8]) + data[place + 1 :])
        refused(path, "its seal is broken")


def test_what_was_cut_off_or_added_is_noticed(finished, tmp_path):
    data, path = finished.path.read_bytes(), tmp_path / "changed.h5"
    for changed in (data[:-1], data[:-50], data + b"x"):
        path.write_bytes(changed)
        refused(path, "what follows its end is no seal")


def test_what_was_altered_with_other_tools_is_noticed(finished, tmp_path):
    """They cut the seal off; the digest tells."""

    def rename(file):
        file["industry_name"][0] = "Cabbages"

    def unit(file):
        file["output"].attrs["units"] = "1e9 CNY"

    def value(file):
        file["target_met"][0, 0, 0] = 1 - file["target_met"][0, 0, 0]

    def mask(file):
        """A value that readers would take for missing."""
        file["output"].attrs["_FillValue"] = 0.0

    def dims(file):
        file["target_met"].attrs["_Netcdf4Coordinates"] = [1, 0, 2]

    path = tmp_path / "altered.h5"
    for change in (rename, unit, value, mask):
        path.write_bytes(finished.path.read_bytes())
        with h5py.File(path, "r+") as file:
            change(file)
        refused(path, "was damaged or altered since it was written")
    path.write_bytes(finished.path.read_bytes())
    with h5py.File(path, "r+") as file:
        dims(file)
    result = jiju("show", path)
    assert result.returncode == FILE and "in two ways" in result.stderr


def test_without_its_seal_it_is_read_and_said_to_be_rewritten(finished, tmp_path):
    path = tmp_path / "rewritten.h5"
    path.write_bytes(value_digests.without_seal(finished.path.read_bytes()))
    assert good("show", path) == finished.table
    seen = good("verify", path, "--sample", 1)
    assert "the same data, rewritten by" in seen and seen.endswith("verified\n")


def test_a_damaged_shard_is_named(short, tmp_path):
    shards = [tmp_path / f"{i}.h5" for i in (1, 2)]
    for i, shard in enumerate(shards, 1):
        good("run", short, "--replicates", 4, "--record", "targets", "--shard", f"{i}/2", "-o", shard)
    data = bytearray(shards[1].read_bytes())
    data[len(data) // 2] ^= 1
    shards[1].write_bytes(data)
    result = jiju("merge", *shards, "-o", tmp_path / "merged.h5")
    assert result.returncode == FILE and "2.h5: was damaged or altered" in result.stderr
    assert not (tmp_path / "merged.h5").exists()


@pytest.mark.parametrize("campaign", [["campaign_mutants", "--files", "4"], ["campaign_forgeries", "--most", "2"]])
def test_campaigns_find_no_flaw(campaign, monkeypatch):
    monkeypatch.setenv("JIJU_PROGRAM", str(PROGRAM))
    words = [sys.executable, ROOT / "tools" / campaign[0], *campaign[1:]]
    result = subprocess.run(words, capture_output=True, text=True, timeout=600)
    assert result.returncode == OK, result.stdout + result.stderr


def test_the_package_refuses_too(finished, tmp_path):
    jiju_package = pytest.importorskip("jiju")
    data, path = bytearray(finished.path.read_bytes()), Path(tmp_path / "changed.h5")
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(jiju_package.FileError, match="its seal is broken"):
        jiju_package.open(path)
    path.write_bytes(finished.path.read_bytes())
    with jiju_package.open(path) as dataset, jiju_package.open(path, verify=False) as believed:
        assert dataset.identical(believed)
