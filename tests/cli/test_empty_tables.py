"""A scenario may have no lever, target, cluster, named firm or factor: it runs, and its file is read by all."""

import sys
import tomllib

import pytest
import xarray as xr
from jiju_command import ROOT, good

sys.path.insert(0, str(ROOT / "tests" / "analysis"))
import jiju
from converted import text_of

POLICY = ("levers", "purses", "responses", "grants", "deals", "credits", "subsidies", "treatments", "sites", "joint")
TABLES = {
    "levers": POLICY,
    "targets": ("targets", "target_groups"),
    "clusters": ("clusters",),
    "factors": ("factors", "loadings", "factor_paths"),
    "everything": (*POLICY, "targets", "target_groups", "clusters", "firms", "factors", "loadings", "factor_paths"),
}


@pytest.mark.parametrize("what", TABLES)
def test_a_scenario_without_it_is_simulated_and_read(what, tmp_path):
    tables = tomllib.loads(jiju.Scenario.load("tutorial/river-city").to_toml())
    tables["scenario"] |= {"years": 1, "burn_in_years": 1}
    for table in TABLES[what]:
        tables[table] = {}
    if "levers" in TABLES[what]:  # what counts a lever's money has nothing to count
        tables["targets"] = {key: row for key, row in tables["targets"].items() if "lever" not in row.get("where", {})}
    file, results = tmp_path / "bare.toml", tmp_path / "bare.h5"
    file.write_text(text_of(tables), encoding="utf-8")
    good("validate", file)
    good("describe", "scenario", file)
    good("run", file, "--replicates", 3, "-o", results)
    for words in (["show", results], ["verify", results], ["methods", results], ["compare", results, results],
                  ["export", results, "--to", "csv", "-o", tmp_path / "tidy"]):  # fmt: skip
        good(*words)
    with xr.open_dataset(results, engine="h5netcdf") as data:
        assert data.sizes["replicate"] == 3 and float(data["output"].sum()) > 0
        lacking = {"levers": ["lever"], "targets": ["target"], "everything": ["lever", "target"]}.get(what, [])
        assert not set(lacking) & set(data.dims)
