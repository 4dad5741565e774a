"""A scenario with a table of firms goes elsewhere with it: saved, pickled, in a replication package."""

import hashlib
import pickle
import shutil
import zipfile
from pathlib import Path

import pytest

import jiju
from jiju import cli
from jiju.errors import FileError, ScenarioError, UsageError

SCENARIO = """extends = "../tutorial/river-city.toml"
[scenario]
years = 1
burn_in_years = 1
replicates = 2
[population]
firms = "tables/firms.csv"
[industries.machines]
base_sales = 36
above_scale_firms = 8
demand_growth = 0.1
"""
TABLE = "name,industry,place,sales,employees\r\n" + "".join(
    f'"Firm, {k}",machines,old_town,{k},{40 * k}\r\n' for k in range(1, 9)
)


@pytest.fixture
def own(city):
    (city.folder / "mine" / "tables").mkdir()
    (city.folder / "mine" / "tables" / "firms.csv").write_text(TABLE, encoding="utf-8-sig", newline="")
    return city.write(SCENARIO, "own.toml")


def digest(scenario):
    data = jiju.run(scenario, replicates=2, progress=False)
    return float(data["output"].sum()), data["output"].values.tobytes()


def test_saved_in_another_folder_it_runs_and_is_the_same(own, tmp_path):
    scenario = jiju.Scenario.load(own)
    there = tmp_path / "elsewhere" / "deep"
    there.mkdir(parents=True)
    scenario.save(there / "saved.toml")
    assert (there / "firms.csv").read_bytes() == (own.parent / "tables" / "firms.csv").read_bytes()
    before = digest(scenario)
    shutil.rmtree(own.parent)
    again = jiju.Scenario.load(there / "saved.toml")
    again.key = scenario.key
    assert again == scenario and digest(again) == before


def test_saving_never_replaces_another_table(own, tmp_path):
    scenario = jiju.Scenario.load(own)
    (tmp_path / "firms.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError, match="another table of firms"):
        scenario.save(tmp_path / "saved.toml", force=True)
    assert (tmp_path / "firms.csv").read_text(encoding="utf-8") == "mine" and not (tmp_path / "saved.toml").exists()


def test_pickled_it_needs_no_file(own):
    scenario = jiju.Scenario.load(own)
    scenario["scenario.seed"] = 7
    before, packed = digest(scenario), pickle.dumps(scenario)
    shutil.rmtree(own.parent)
    again = pickle.loads(packed)
    assert again == scenario and again.changes == scenario.changes and digest(again) == before
    again["scenario.seed"] = 8  # and can be set on
    assert digest(again) != before and digest(scenario) == before  # what was loaded stays as it was read


def test_a_table_that_is_set_is_read_again(own):
    scenario = jiju.Scenario.load(own)
    before = digest(scenario)
    other = own.parent / "other.csv"
    other.write_text(TABLE.replace(",8,320", ",9,320"), encoding="utf-8", newline="")
    scenario["population.firms"] = str(other)
    assert scenario["population.firms"] == "other.csv"  # no path of this machine is kept
    assert scenario["industries.machines.base_sales"] == 37 and digest(scenario) != before
    packed = pickle.dumps(scenario)
    other.unlink()
    assert digest(pickle.loads(packed)) == digest(scenario)
    with pytest.raises(ScenarioError, match="does not exist"):
        scenario["population.firms"] = "gone.csv"


def test_a_package_has_the_table_and_is_verified_anywhere(own, tmp_path, monkeypatch, capsys):
    results, package = tmp_path / "results" / "own.h5", tmp_path / "package.zip"
    results.parent.mkdir()
    jiju.run(own, replicates=2, output=results, progress=False).close()
    shutil.copy(results, own.parent / "own.h5")
    with pytest.raises(ScenarioError, match=r"firms\.csv.*SHA-256"):
        jiju.bundle(results, output=package)  # the table is nowhere near
    jiju.bundle(own.parent / "own.h5", output=package)
    jiju.bundle(own.parent / "own.h5", output=tmp_path / "small.zip", digests_only=True)
    shutil.rmtree(own.parent)
    away = tmp_path / "away"
    away.mkdir()
    monkeypatch.chdir(away)
    for each in (package, tmp_path / "small.zip"):
        found = jiju.verify_bundle(each)
        assert found.holds.all(), found[~found.holds]
    zipfile.ZipFile(package).extractall(away)
    assert Path("scenarios/firms.csv").read_bytes() == ("\ufeff" + TABLE).encode()
    assert "row by row" in Path("README.md").read_text(encoding="utf-8")
    assert cli.main(["verify", "results/own.h5"]) == 0
    data = jiju.run("scenarios/own/own.toml", progress=False)
    with jiju.open("results/own.h5") as kept:
        assert (data["output"].values == kept["output"].values).all()


def test_a_confidential_table_stays_at_home(own, tmp_path, monkeypatch, capsys):
    results, package = own.parent / "own.h5", tmp_path / "public.zip"
    jiju.run(own, replicates=2, output=results, progress=False).close()
    assert cli.main(["bundle", str(results), "-o", str(package), "--without-firms"]) == 0
    table = tmp_path / "kept.csv"
    shutil.copy(own.parent / "tables" / "firms.csv", table)
    shutil.rmtree(own.parent)
    monkeypatch.chdir(tmp_path)
    with zipfile.ZipFile(package) as archive:
        content = {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}
    assert "scenarios/firms.csv" not in content
    assert not [name for name, text in content.items() if "Firm, 3" in text or "old_town,3" in text]
    sha256 = hashlib.sha256(table.read_bytes()).hexdigest()
    assert sha256 in content["README.md"] and "| 8 | name, industry" in content["README.md"]
    assert cli.main(["bundle", "--verify", str(package)]) == 0
    said = capsys.readouterr().out
    assert "NOT simulated again" in said and "verified, except for what needs the tables" in said
    assert cli.main(["bundle", "--verify", str(package), "--firms", str(table), "--sample", "all"]) == 0
    said = capsys.readouterr().out
    assert said.rstrip().endswith("public.zip: verified") and "NOT" not in said
    table.write_text("industry,sales\n", encoding="utf-8")
    with pytest.raises(FileError, match=sha256):
        jiju.verify_bundle(package, firms=[table])


def test_what_would_give_a_table_away_is_refused(own, tmp_path):
    results = own.parent / "own.h5"
    jiju.run(own, replicates=2, output=results, record="firms", progress=False).close()
    with pytest.raises(UsageError, match="one by one"):
        jiju.bundle(results, output=tmp_path / "public.zip", without_firms=True)
    with pytest.raises(UsageError, match="nothing of a package can be verified"):
        jiju.bundle(results, output=tmp_path / "public.zip", without_firms=True, digests_only=True)


def test_two_tables_of_one_name_are_refused(own, tmp_path):
    one, two = own.parent / "one.h5", own.parent / "two.h5"
    jiju.run(own, replicates=2, output=one, progress=False).close()
    other = own.parent / "firms.csv"
    other.write_text(TABLE.replace(",8,320", ",9,320"), encoding="utf-8", newline="")
    jiju.run(own, replicates=2, output=two, progress=False, set={"population.firms": str(other)}).close()
    with pytest.raises(UsageError, match=r"two tables of firms are called firms\.csv"):
        jiju.bundle(one, two, output=tmp_path / "package.zip")
