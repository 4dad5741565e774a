"""What a new user wants done in ten minutes, done by the pages alone, in both languages, in an empty folder.

Commands, files and Python come from the page, with fewer replicates; what is checked is what the user wanted. The
Chinese pages, whose code is that of the English ones (test_chinese.py), are followed by tools/check_long.
"""

import re
from pathlib import Path

import pandas as pd
import pytest
from test_examples import ROOT, commands, csv_name, examples, session, shell

import jiju

PAGES = {"en": ROOT / "docs" / "how-to", "zh": ROOT / "docs" / "zh" / "how-to"}
HAN = re.compile(r"[\u4e00-\u9fff]")

pytestmark = pytest.mark.parametrize("lang", ["en", pytest.param("zh", marks=pytest.mark.long)])


@pytest.fixture
def follow(lang, tmp_path, monkeypatch):
    """Follows a page as far as asked: its named files are written, commands and Python that `wanted` finds are run."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MPLBACKEND", "agg")
    monkeypatch.delenv("JIJU_SCENARIOS", raising=False)

    def carry_out(page, wanted):
        names, done = {}, 0
        for language, body in examples(PAGES[lang] / page):
            named = re.match(r"# ([\w-]+\.toml)\n", body)
            if language == "toml" and named:
                (tmp_path / named[1]).write_text(body, encoding="utf-8")
            elif language == "csv":
                (tmp_path / csv_name(body)).write_text(body, encoding="utf-8")
            elif language == "console":
                for command in filter(re.compile(wanted).search, commands(body)):
                    shell(command, tmp_path)
                    done += 1
            elif language == "python" and re.search(wanted, body):
                session(body, names)
                done += 1
        assert done, f"{page} has nothing with {wanted}"
        return names

    return carry_out


def speaks(path, lang):
    """Whether a text is in that language."""
    return bool(HAN.search(Path(path).read_text(encoding="utf-8"))) == (lang == "zh")


def test_the_fund_is_doubled_for_small_firms_of_two_counties_from_2013(follow):
    follow("change-a-policy.md", "small-firms")
    arms = jiju.open("small-firms.h5")
    chosen = jiju.Scenario.load("small-firms.toml")["levers.special_fund_small.eligible"]
    assert (chosen["places"], chosen["max_sales"], chosen["industries"]) == (["zhuji", "xinchang"], 4, [])
    added = arms.lever_allotted.sel(lever="special_fund_small").mean("replicate")
    assert (added.sel(scenario="plan") == 0).all()
    assert (added.sel(scenario="small-firms", year=slice(2011, 2012)) == 0).all()
    # What is added is as much as the fund itself in each replicate, by the same draw of what is realised; the purse
    # that the fund shares may then be short.
    fund = arms.lever_asked.sel(scenario="small-firms", year=slice(2013, 2015))
    own, more = (fund.sel(lever=lever).values for lever in ("special_fund", "special_fund_small"))
    assert more == pytest.approx(own) and (more > 0).all()
    kept = arms.lever_asked.sel(lever="special_fund")
    assert (kept.sel(scenario="plan") == kept.sel(scenario="small-firms")).all()
    firms = arms.lever_received.sel(lever="special_fund_small", scenario="small-firms").sum("year").mean("replicate")
    assert firms.sel(recipient="leading") < 0.05 * firms.sum() and firms.sum() > 1


def test_five_rates_with_and_without_land_give_a_table_of_p_t4_and_cost(follow):
    names = follow("sweep.md", r"sweep\.h5")
    table = pd.read_csv("rates.csv")
    assert sorted(map(tuple, table[["fund", "land"]].to_numpy())) == [(f, w) for f in range(5) for w in (0, 1)]
    assert table.probability.between(0, 1).all()
    money = table.pivot(index="fund", columns="land", values="money")
    assert (money.diff().dropna() > 4).all(axis=None), "a unit of money a year more costs more"
    assert names["table"].index.tolist() == [f"p{k:04d}" for k in range(1, 11)]


def test_jobs_in_one_cluster_are_a_target(follow, lang):
    names = follow("own-target.md", "jobs")
    run = names["run"].squeeze("scenario")
    cluster = run.employment.sel(cluster="zhuji_equipment", industry="equipment", year=2014)
    value, before = run.target_value.sel(target="jobs"), run.target_base.sel(target="jobs")
    assert (value + before).values == pytest.approx(cluster.values)
    assert 0 <= names["met"] <= 1 and names["met"] == pytest.approx(float((value >= 5000).mean()))
    assert "jobs" in Path("jobs.md").read_text(encoding="utf-8") and speaks("jobs.md", lang)


def test_a_city_of_three_hundred_firms_runs_with_and_without_a_policy(follow, lang):
    follow("own-city.md", "^jiju")
    assert len(Path("firms.csv").read_text(encoding="utf-8").splitlines()) == 301
    base, fund = jiju.open("base.h5"), jiju.open("fund.h5")
    raw = pd.read_csv("firms.csv")
    sales = raw[raw.sales >= 500].groupby("industry").sales.sum().sum() / 1e4  # of 10,000 to 1e8
    first = float(base.sales.sel(year=2011).sum(["industry", "cluster"]).median())
    assert 0.9 * sales < first < 1.5 * sales
    assert float(fund.lever_money.sel(lever="special_fund").sum(["year", "recipient"]).mean()) > 0
    assert speaks("river/fund.toml", lang)


def test_a_table_for_a_paper_and_a_package_for_its_referee(follow, lang, tmp_path):
    follow("compare.md", r"arms\.h5 -o|arms\.h5 --replicates|--verify|jiju run|jiju methods")
    for name in ("targets.tex", "difference.tex"):
        text = Path(name).read_text(encoding="utf-8")
        rows = text[text.index(r"\midrule") : text.index(r"\bottomrule")]
        assert text.count(r"\begin{") == text.count(r"\end{") and rows.count(r"\\") >= 17
        assert speaks(name, lang)
    docx = pytest.importorskip("docx")
    assert len(docx.Document("targets.docx").tables[0].rows) > 17
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    Path("replication.zip").rename(elsewhere / "received.zip")
    shell("jiju bundle --verify received.zip", elsewhere)
