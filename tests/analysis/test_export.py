"""Exported files, read by others' libraries, hold what the results hold, by label and in both languages."""

import json

import numpy as np
import pandas as pd
import pyarrow.parquet
import pyreadstat
import pytest
import xarray as xr
from jiju_command import good
from jiju_command import jiju as program

import jiju
from jiju.exports.export_formats import stata_names
from jiju.exports.export_tables import statistics_of
from jiju.statistics.clusters import Clusters, mean_of
from made_results import results

BASE = np.array([90.0, 100, 110, 120])
PLAN = BASE + np.array([5.0, -1, 4, 8])


@pytest.fixture
def both():
    return results({"base": BASE, "plan": PLAN}).assign_attrs(software_version="0.1.0", git_sha1="0123456789abcdef")


def one(data, tmp_path, to, **how):
    """The file of the only table that is asked for."""
    path = tmp_path / f"one.{to}"
    jiju.export(data, path, **how)
    return path


def expected(data, by):
    """The mean over replicates of the sums that are asked for."""
    return data["output"].sum([dim for dim in ("industry", "cluster") if dim not in by]).mean("replicate")


def read_csv(path):
    return pd.read_csv(path, encoding="utf-8-sig")


def read_excel(path):
    return pd.read_excel(path, sheet_name="by_industry")


READERS = {"csv": read_csv, "parquet": lambda path: pyarrow.parquet.read_table(path).to_pandas(), "dta": pd.read_stata,
           "xlsx": read_excel}  # fmt: skip


@pytest.mark.parametrize("to", READERS)
def test_every_format_has_the_same_values_by_label(both, tmp_path, to):
    path = one(both, tmp_path, to, outputs=["output"], by=["industry"])
    found = READERS[to](path)
    assert len(found) == 2 * 2 * 2 and pd.api.types.is_integer_dtype(found["year"])
    wanted = expected(both, ["industry"])
    for row in found.to_dict("records"):
        where = {"scenario": row["scenario"], "year": row["year"], "industry": row["industry"]}
        assert row["mean"] == pytest.approx(float(wanted.sel(where)))
        assert (row["variable"], row["unit"], row["n"], row["draws"]) == ("output", "1e8 CNY", 4, 4)
    assert set(found["industry_name"]) == {"Equipment", "Materials"}
    assert set(found["scenario_name"]) == {"The base", "The plan"}


@pytest.mark.parametrize("to", ["csv", "parquet", "dta"])
def test_each_replicate_wide(both, tmp_path, to):
    found = READERS[to](one(both, tmp_path, to, outputs=["output"], by=[], replicates="each", wide=True))
    rows = found.set_index(["scenario", "year", "replicate"])["output"]
    assert list(rows.loc["plan", 2012]) == pytest.approx(PLAN)
    assert list(rows.loc["base", 2011]) == pytest.approx(BASE / 2)
    assert list(found.loc[:3, "draw"]) == [0, 1, 2, 3]


def test_targets_have_probability_and_quantiles(both, tmp_path):
    found = read_csv(one(both, tmp_path, "csv", tables=["targets"])).set_index("scenario")
    assert found.loc["plan", "probability"] == np.mean(PLAN >= 95) and found.loc["base", "probability"] == 0.75
    assert found.loc["plan", "q50"] == pytest.approx(np.median(PLAN)) and found.loc["plan", "wanted"] == 100
    assert found.loc["base", "low"] < 0.75 < found.loc["base", "high"]
    each = read_csv(one(both, tmp_path / "each", "csv", tables=["targets"], replicates="each"))
    assert list(each.query("scenario == 'plan'")["target_value"]) == pytest.approx(PLAN)


def test_errors_go_by_draws_of_the_parameters():
    values = np.random.default_rng(1).normal(size=(3, 40))
    clusters = Clusters.of(np.repeat(np.arange(10), 4))
    found = statistics_of(values, clusters)
    assert found["error"] == pytest.approx(np.sqrt(mean_of(values, clusters).variance))
    assert list(found["draws"]) == [10] * 3 and list(found["n"]) == [40] * 3
    assert found["q95"] == pytest.approx(np.quantile(values, 0.95, axis=-1))


def test_a_failed_replicate_counts_nowhere(tmp_path):
    data = results({"base": [90.0, np.nan, 110]})
    found = read_csv(one(data, tmp_path, "csv", outputs=["output"], by=[]))
    assert list(found["n"]) == [2, 2] and list(found["mean"]) == [50, 100]


# ---- labels


def test_stata_has_labels_of_variables_and_values(both, tmp_path):
    path = one(both, tmp_path, "dta", outputs=["output"], by=["industry"], lang="zh", wide=True)
    frame, labels = pyreadstat.read_dta(path, apply_value_formats=True)
    assert set(frame["industry_name"]) == {"装备", "材料"} and set(frame["scenario"]) == {"base", "plan"}
    known = labels.column_names_to_labels
    assert known["industry_name"] == "产业" and known["output_mean"] == "产值: 重复试验均值 (亿元)"
    assert "jiju 0.1.0" in labels.file_label
    numbers, _ = pyreadstat.read_dta(path)
    assert set(numbers["industry_name"]) == {0, 1}


def test_names_that_stata_takes():
    names = stata_names(["a" * 40, "a" * 41, "2011", "x y", "if", "产值"])
    assert len(set(names.values())) == 6
    assert all(len(name) <= 32 and name.isascii() and name.isidentifier() for name in names.values())


def test_parquet_says_what_columns_mean(both, tmp_path):
    path = one(both, tmp_path, "parquet", outputs=["output"], by=[], wide=True)
    schema = pyarrow.parquet.read_schema(path)
    assert schema.field("output_q50").metadata[b"units"] == b"1e8 CNY"
    assert json.loads(schema.metadata[b"jiju"])["seed"] == "7"


def test_excel_has_a_sheet_of_variables_and_one_of_how_it_was_made(both, tmp_path):
    path = tmp_path / "both.xlsx"
    jiju.export(both, path, lang="zh")
    sheets = pd.read_excel(path, sheet_name=None)
    assert list(sheets)[-2:] == ["变量", "说明"]
    told = sheets["变量"].set_index("名称")
    assert told.loc["variable = output", "说明"] == "产值" and told.loc["variable = output", "单位"] == "亿元"
    assert set(sheets["说明"].iloc[:, 0]) >= {"program", "seed", "replicates", "scenarios"}


def test_csv_has_its_dictionary_beside_it(both, tmp_path):
    written = jiju.export(both, tmp_path / "folder", "csv")
    assert {path.name for path in written} == {
        "by_industry_cluster.csv", "by_industry.csv", "targets.csv", "variables.csv", "about.json"
    }  # fmt: skip
    told = read_csv(tmp_path / "folder" / "variables.csv")
    for path in written[:3]:
        columns = set(read_csv(path).columns)
        assert columns <= set(told[told["table"] == path.stem]["name"]), path.name


def test_two_keys_of_one_name_stay_two(both, tmp_path):
    twice = both.assign_coords(industry_name=("industry", ["Same", "Same"]))
    found = pd.read_stata(one(twice, tmp_path, "dta", outputs=["output"], by=["industry"]))
    assert set(found["industry_name"]) == {"Same (equipment)", "Same (materials)"}


# ---- what is refused


def test_too_many_rows_are_counted_before_anything_is_read(both, tmp_path):
    lazy = both.assign(output=both["output"].copy(data=np.zeros((2, 4, 2, 2, 3))))
    with pytest.raises(jiju.UsageError, match=r"96 rows.*outputs, by.*max_rows"):
        jiju.export(lazy, tmp_path / "x", "csv", outputs=["output"], replicates="each", max_rows=95)
    assert not (tmp_path / "x").exists()
    jiju.export(lazy, tmp_path / "x", "csv", outputs=["output"], replicates="each", max_rows=96)
    assert len(read_csv(tmp_path / "x" / "by_industry_cluster.csv")) == 96


def test_what_is_there_stays_unless_forced(both, tmp_path):
    path = one(both, tmp_path, "csv", outputs=["output"], by=[])
    before = path.read_bytes()
    with pytest.raises(jiju.FileError, match="exists"):
        one(both, tmp_path, "csv", outputs=["output"], by=["industry"])
    assert path.read_bytes() == before
    one(both, tmp_path, "csv", outputs=["output"], by=["industry"], force=True)
    assert path.read_bytes() != before
    assert not [each for each in tmp_path.iterdir() if each.name.startswith(".")]


def test_a_failure_leaves_nothing_behind(both, tmp_path, monkeypatch):
    monkeypatch.setattr(pd.DataFrame, "to_csv", lambda *_, **__: (_ for _ in ()).throw(OSError(28, "No space left")))
    with pytest.raises(jiju.FileError, match="No space left"):
        jiju.export(both, tmp_path / "x", "csv")
    assert not list((tmp_path / "x").iterdir())


@pytest.mark.parametrize(("how", "said"), [
    ({"outputs": ["outputt"]}, "did you mean 'output'"), ({"by": ["industri"]}, "did you mean 'industry'"),
    ({"tables": ["target"]}, "did you mean 'targets'"), ({"scenario": ["plam"]}, "did you mean 'plan'"),
    ({"years": [1999]}, "no year 1999.*2011"), ({"outputs": ["price"], "by": []}, "does not add up"),
    ({"replicates": "all"}, "'summary' and 'each'"), ({"tables": ["firms"]}, "--record firms"),
    ({"to": "sas"}, "csv, parquet, dta, xlsx"), ({"lang": "de"}, "en, zh"),
])  # fmt: skip
def test_wrong_wishes_are_refused_with_what_would_be_right(both, tmp_path, how, said):
    with pytest.raises(jiju.UsageError, match=said):
        jiju.export(both, tmp_path / "x", **({"to": "csv"} | how))


def test_a_file_name_says_the_format_and_a_folder_does_not(both, tmp_path):
    with pytest.raises(jiju.UsageError, match="3 tables"):
        jiju.export(both, tmp_path / "one.dta")
    with pytest.raises(jiju.UsageError, match="which format"):
        jiju.export(both, tmp_path / "folder")
    with pytest.raises(jiju.UsageError, match=r"ends in \.csv, and wanted is dta"):
        jiju.export(both, tmp_path / "one.csv", "dta")


def test_infinite_values_are_missing_where_a_format_has_none(both, tmp_path):
    never = both.assign(target_year=both["target_value"] * np.inf)
    for to, reader in (("dta", pd.read_stata), ("parquet", READERS["parquet"])):
        found = reader(one(never, tmp_path, to, tables=["targets"], replicates="each"))
        assert found["target_year"].isna().all() == (to == "dta")


# ---- a real file


def test_drawn_parameters_of_a_run(simulated, tmp_path):
    path = tmp_path / "draws.csv"
    good("export", simulated.path, "--tables", "parameters", "-o", path)
    found = read_csv(path)
    values = simulated.memory["parameter_value"].to_series()
    keys = zip(found["draw"], found["parameter"], strict=True)
    assert found["value"].to_numpy() == pytest.approx(values.loc[list(keys)].to_numpy())
    assert len(found) == values.size and found["parameter_name"].notna().all()


@pytest.fixture(scope="module")
def panel(short, tmp_path_factory):
    plan = jiju.Scenario.load("shaoxing-2011/plan").copy("plan")
    plan["scenario"] = {"years": 2, "burn_in_years": 1}
    path = tmp_path_factory.mktemp("panel") / "firms.h5"
    return jiju.run(short, plan, replicates=2, record="firms", panels=2, progress=False, output=path)


def test_firms_have_keys_whole_years_and_treatments(panel, tmp_path):
    path = tmp_path / "firms.dta"
    jiju.export(panel, path, tables=["firms"], years=[2012], scenario=["plan"])
    found, labels = pyreadstat.read_dta(path, apply_value_formats=True)
    firms = jiju.firms(panel)
    wanted = firms[(firms["scenario"] == "plan") & (firms["year"] == 2012)].reset_index(drop=True)
    assert len(found) == len(wanted) and set(found["year"]) == {2012} and set(found["quarter"]) == {1, 2, 3, 4}
    for name in ("industry", "cluster", "tier"):
        assert list(found[name]) == list(wanted[name].astype(str))
    assert found["sales"].to_numpy() == pytest.approx(wanted["sales"].to_numpy())
    bits = str(panel["firm_treated"].attrs["flag_meanings"]).split()
    told = sum(found[f"treated_{key}"].to_numpy(np.int64) << place for place, key in enumerate(bits))
    assert list(told) == list(wanted["treated"]) and told.max() > 0
    assert labels.column_names_to_labels["sales"] == "Sales at current prices (1e8 CNY/year)"
    names = dict(zip(panel["industry"].values, panel["industry_name"].values, strict=True))
    assert list(found["industry_name"]) == [names[key] for key in found["industry"]]


def test_quarters_of_a_quarterly_file_are_whole_numbers(panel, tmp_path):
    path = tmp_path / "total.parquet"
    jiju.export(panel, path, outputs=["output"], by=[], replicates="each")
    found = READERS["parquet"](path)
    assert {"year", "quarter"} <= set(found) and found["quarter"].dtype == np.int32
    wanted = panel["output"].sum(["industry", "cluster"])
    row = found[(found["scenario"] == "plan") & (found["year"] == 2012) & (found["quarter"] == 3)]
    assert list(row["value"]) == pytest.approx(wanted.sel(scenario="plan").isel(time=6).values)


def test_command_line(simulated, tmp_path):
    said = program("export", simulated.path, "--to", "csv", "--outputs", "output", "--by", "total", cwd=tmp_path)
    assert said.returncode == 0 and "wrote short-csv/total.csv" in said.stderr
    again = program("export", simulated.path, "--to", "csv", "--outputs", "output", "--by", "total", cwd=tmp_path)
    assert again.returncode == 3 and "exists" in again.stderr
    assert program("export", simulated.path, cwd=tmp_path).returncode == 2
    found = read_csv(tmp_path / "short-csv" / "total.csv")
    memory = xr.DataArray(simulated.memory["output"]).sum(["industry", "cluster"]).mean("replicate")
    assert list(found["mean"]) == pytest.approx(memory.values.reshape(-1))


DESIGN = """base = "tutorial/river-city"
method = "grid"
[factors.fund]
key = "levers.special_fund.budget"
name = "Special fund"
name_zh = "专项资金"
values = [0, 1.5]
[factors.rest]
[factors.rest.choices.planned]
name = "as planned"
name_zh = "按计划"
[factors.rest.choices.without]
name = "without"
name_zh = "没有"
set = ["levers.platforms.on = false", "levers.land_guarantee.on = false"]
"""


@pytest.mark.parametrize("to", ["csv", "dta"])
@pytest.mark.parametrize(("lang", "rest"), [("en", ["as planned", "without"]), ("zh", ["按计划", "没有"])])
def test_tables_of_a_sweep_have_what_each_point_sets(tmp_path, to, lang, rest):
    (tmp_path / "rest.toml").write_text(DESIGN, encoding="utf-8")
    sweep = jiju.sweep(tmp_path / "rest.toml", replicates=2)
    wanted = {"p0001": (0, rest[0]), "p0002": (0, rest[1]), "p0003": (1.5, rest[0]), "p0004": (1.5, rest[1])}
    for how in ({"tables": ["targets"]}, {"outputs": ["lever_allotted_total"]}):
        path = tmp_path / f"{next(iter(how))}.{to}"
        jiju.export(sweep, path, lang=lang, **how)
        found = READERS[to](path)
        for row in found.to_dict("records"):
            assert (row["factor_fund"], row["factor_rest"]) == wanted[row["scenario"]]
    if to == "dta":
        labels = pyreadstat.read_dta(path)[1].column_names_to_labels
        assert labels["factor_fund"] == ("专项资金" if lang == "zh" else "Special fund")
