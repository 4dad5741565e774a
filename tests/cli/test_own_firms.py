"""A scenario that starts from a table of firms: the same bytes however it is run, proved again from its results, and
mistakes of the table in the words of its file."""

import re

import pytest
from jiju_command import OK, REFUSED, City, good, jiju, opened, summary

SCENARIO = """extends = "../tutorial/river-city.toml"
[scenario]
years = 2
burn_in_years = 1
[population]
firms = "firms.csv"
columns = { employees = "staff" }
[industries.machines]
base_sales = 36
above_scale_firms = 8
demand_growth = 0.1
"""
TABLE = "name;industry;place;sales;staff;founded;capital;note\n" + "".join(
    f'"Firm; {k}";machines;{"old_town" if k % 2 else ""};{k};{40 * k if k % 3 else ""};{1990 + k};;x\r\n'
    for k in range(1, 9)
)


@pytest.fixture
def own(tmp_path):
    city = City(tmp_path)
    (city.folder / "mine" / "firms.csv").write_text(TABLE, encoding="utf-8-sig", newline="")
    return city.write(SCENARIO, "own.toml")


def test_the_same_bytes_for_threads_and_shards(own, tmp_path):
    for threads in (1, 2):
        good("run", own, "--replicates", 6, "--threads", threads, "-o", tmp_path / f"{threads}.h5")
    for part in (1, 2, 3):
        good("run", own, "--replicates", 6, "--shard", f"{part}/3", "-o", tmp_path / f"part{part}.h5")
    good("merge", *(tmp_path / f"part{part}.h5" for part in (1, 2, 3)), "-o", tmp_path / "merged.h5")
    whole = (tmp_path / "1.h5").read_bytes()
    assert (tmp_path / "2.h5").read_bytes() == whole
    assert (tmp_path / "merged.h5").read_bytes() == whole


def test_results_are_proved_where_the_table_is(own, tmp_path):
    results = tmp_path / "own.h5"
    good("run", own, "--replicates", 3, "-o", results)
    text = str(opened(results)["scenario_toml"].values[0])
    assert 'sha256 = "' in text and "Firm; 3" not in text
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert jiju("verify", results, cwd=own.parent).returncode == OK
    assert jiju("replay", results, "--replicate", 1, "-o", tmp_path / "one.h5", cwd=own.parent).returncode == OK
    away = jiju("verify", results, cwd=elsewhere)
    assert away.returncode == REFUSED and "firms.csv" in away.stderr and "SHA-256" in away.stderr
    assert good("show", results, cwd=elsewhere)

    table = own.parent / "firms.csv"
    (elsewhere / "firms.csv").write_bytes(table.read_bytes())
    assert jiju("verify", results, cwd=tmp_path).returncode == OK  # in a folder of the current one
    (elsewhere / "firms.csv").write_bytes(table.read_bytes().replace(b"1995", b"1996"))
    assert jiju("verify", results, cwd=elsewhere).returncode == REFUSED


def test_what_disagrees_and_what_nobody_reads_is_reported(own):
    said = good("validate", own, "--set", "industries.machines.base_sales=40")
    assert "industries.machines.base_sales = 40, and the rows of firms.csv add up to 36 (-10 %)" in said
    assert "nothing reads: note" in said and "above_scale_firms" not in said
    assert "以各行为准" in good("validate", own, "--set", "industries.machines.base_sales=40", "--lang", "zh")


def test_sums_are_shown_without_their_rounding(own):
    """1.1 + 2.1 + … + 8.1 is 36.800000000000004 to a computer, and in JSON."""
    table = own.parent / "firms.csv"
    text = table.read_text(encoding="utf-8-sig")
    for k in range(1, 9):
        text = text.replace(f";{k};", f";{k}.1;")
    table.write_text(text, encoding="utf-8")
    said = good("describe", "industries", own)
    assert re.search(r"\b36\.8\b", said) and "36.80" not in said
    assert "base_sales  36.8" in re.sub(" +", "  ", good("describe", "industry", "machines", own))
    (row,) = [row for row in summary("describe", "industries", own)["industries"] if row["key"] == "machines"]
    assert row["base_sales"] == 36.800000000000004


def test_scenarios_side_by_side_have_their_own_tables(own, tmp_path):
    other = own.parent / "other.toml"
    other.write_text('extends = "own.toml"\n[population]\nfirms = "other.csv"\n', encoding="utf-8")
    (own.parent / "other.csv").write_text(TABLE.replace(";8;", ";9;"), encoding="utf-8", newline="")
    both, alone = tmp_path / "both.h5", tmp_path / "alone.h5"
    good("run", own, other, "--replicates", 3, "-o", both)
    good("run", other, "--replicates", 3, "-o", alone)
    assert (opened(both)["output"].values[1] == opened(alone)["output"].values[0]).all()


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        (";5;200;", ";five;200;", 'firms.csv:6:4: error: sales = "five" is no number'),
        (";5;200;", ";5;-200;", 'firms.csv:6:5: error: employees ("staff") = "-200" is negative; right would be at '),
        ("staff", "people", 'population.columns.employees = "staff": '),
        (";machines;old_town;5", ";machinery;old_town;5", 'did you mean "machines"'),
        (";machines;old_town;5", ";machines;new_town;5", 'place = "new_town" is no place of the scenario'),
        ('"Firm; 8"', '"Firm; 8', "is opened here and never closed"),
        ('"Firm; 5"', 'Firm "5"', "a quote stands within a cell"),
        (";1995;;x", ";1995;x", "firms.csv:6:1: error: has 7 cells where the headings are 8"),
        ('"Firm; 5"', '"Firm; 3"', "stands in line 4 already"),
        (";5;200;", ";-5;200;", 'firms.csv:6:4: error: sales = "-5" is negative; right would be 1e-06 to 1e+06 ('),
        (";5;200;", ";NaN;200;", 'sales = "NaN" is no number; write it as 1234.5'),
        (";5;200;", ";1e999;200;", 'sales = "1e999" is no number'),
        (";5;200;", ';"1,5";200;', 'sales = "1,5" is no number'),
        (";5;200;", ";;200;", 'firms.csv:6:4: error: sales = "" is missing; a row needs its sales'),
        (";machines;old_town;5", ";;old_town;5", 'firms.csv:6:2: error: industry = "" is missing'),
        ("industry;place", "branch;place", 'population.columns.industry = "industry": '),
        ("place;sales", "sales;sales", 'firms.csv:1:1: error: two columns are called "sales"'),
        (";1995;", ";2011;", 'firms.csv:6:6: error: founded = "2011" cannot be; right would be a year up to 2010'),
    ],
)
def test_mistakes_in_the_table(own, was, now, said):
    table = own.parent / "firms.csv"
    table.write_bytes(table.read_bytes().replace(was.encode(), now.encode()))
    result = jiju("validate", own)
    assert result.returncode == REFUSED and said in result.stderr, result.stderr


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "there is no row of headings; the first row names the columns"),
        (TABLE.splitlines()[0].encode() + b"\n", "firms.csv:1:1: error: headings without rows; a row a firm is wanted"),
        (TABLE.replace("Firm; 2", "企业").encode("gb18030"), "firms.csv:3:1: error: not UTF-8 text"),
        (TABLE.encode("utf-16"), "firms.csv:1:1: error: not UTF-8 text"),
        (b"\x00" * 100, "not UTF-8 text"),
    ],
    ids=["empty", "headings", "gb18030", "utf-16", "zeros"],
)
def test_files_that_are_no_table(own, content, said):
    (own.parent / "firms.csv").write_bytes(content)
    result = jiju("validate", own)
    assert result.returncode == REFUSED and said in result.stderr, result.stderr


def test_a_table_that_is_not_there_or_has_changed(own):
    (own.parent / "firms.csv").rename(own.parent / "companies.csv")
    assert "firms.csv does not exist" in jiju("validate", own).stderr
    renamed = ["--set", f"population.firms={own.parent / 'companies.csv'}"]
    assert good("validate", own, *renamed)
    wrong = jiju("validate", own, *renamed, "--set", "population.sha256=ab")
    assert "has changed: its SHA-256 is" in wrong.stderr
