"""Reports: every number on the page is that of the results file, computed again here from the file's raw arrays by
numpy and scipy alone; the page asks nothing of the network; what results lack is said."""

import base64
import hashlib
import re
import shutil
import subprocess
from itertools import pairwise

import numpy as np
import pytest
import xarray as xr
from jiju_command import FILE, OK, REFUSED, good, jiju

import jiju as package
from jiju.errors import FileError, UsageError
from raw_results import Raw
from read_report import Page

LIMIT = 3_000_000  # bytes of a report in two languages, its figures included; docs/how-to/report.md names it
PLAN = 'extends = "../shaoxing-2011/plan.toml"\n[scenario]\nyears = 2\nburn_in_years = 1\n'
NOWHERE = re.compile(r"^(#|$)")


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("report")


@pytest.fixture(scope="session")
def both(short, folder):
    plan = short.parent / "short-plan.toml"
    plan.write_text(PLAN, encoding="utf-8")
    good("run", short, plan, "--replicates", 30, "--seed", 5, "-o", folder / "both.h5", "--quiet")
    return folder / "both.h5"


@pytest.fixture(scope="session")
def page(both, folder):
    path = package.report(both, output=folder / "report.html", lang="both", sample=1)
    return Page(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def alone(short, folder):
    """One scenario, whose replicates share draws in pairs."""
    good("run", short, "--replicates", 20, "--replicates-per-draw", 2, "--seed", 6, "-o", folder / "one.h5", "--quiet")
    path = package.report(folder / "one.h5", output=folder / "one.html", lang="en", sample=0)
    return Page(path.read_text(encoding="utf-8"))


def test_every_number_is_that_of_the_results_file(both, page):
    """Each <data> has a rule that computes it again, or an interval's end of which only the order is asked: those of
    Tango, of resampled ratios and of the mean of a lever's account have tests of their own."""
    numbers = page.numbers("en")
    assert len(numbers) > 900
    with xr.open_dataset(both, engine="h5netcdf") as data:
        raw = Raw(data.load())
    without = []
    for key, value in numbers.items():
        expected = raw.value(key)
        if expected is None:
            without.append(key)
        else:
            assert value == pytest.approx(expected, rel=1e-9, abs=1e-12, nan_ok=True), key
    for key in without:
        estimate, end = key.rsplit("/", 1)
        assert end in ("low", "high"), f"no rule for {key}"
        middle = numbers.get(estimate, numbers.get(f"{estimate}/difference"))
        assert middle is not None, key
        assert numbers[key] <= middle + 1e-12 if end == "low" else numbers[key] >= middle - 1e-12, key


def test_what_is_shown_is_the_number(page):
    """Of percents and plain numbers: the rounding of the value beside them."""
    seen = 0
    for key, value, shown in page.shown("en"):
        if re.fullmatch(r"[+−]?\d+ %", shown) and np.isfinite(value):
            assert abs(float(shown[:-2].replace("−", "-")) - 100 * value) <= 0.5 + 1e-9, key
            seen += 1
        elif re.fullmatch(r"[+−]?[\d,]+(\.\d+)?", shown) and np.isfinite(value) and not key.startswith("front/"):
            said = float(shown.replace("−", "-").replace(",", ""))
            assert min(abs(said - value), abs(said - 100 * value)) <= max(0.0051 * abs(said), 0.051), key
            seen += 1
    assert seen > 500


def test_both_languages_tell_the_same_numbers(page):
    assert page.numbers("en") == page.numbers("zh")
    assert page.text("en") != page.text("zh")
    chinese = re.sub(r"[^\u4e00-\u9fff]", "", page.text("zh"))
    assert len(chinese) > 2000
    assert not re.search("[\u4e00-\u9fff]{2}", page.front("en")), "a Chinese word on the English first page"


def test_keys_of_numbers_are_unique_within_a_language(page):
    for lang in ("en", "zh"):
        keys = [key for key, _, _ in page.shown(lang)]
        assert len(keys) == len(set(keys)), {key for key in keys if keys.count(key) > 1}


def test_the_page_asks_nothing_of_the_network(page):
    for tag, attributes in page.elements:
        for name in ("src", "href", "action", "data", "poster", "xlink:href", "srcset"):
            assert NOWHERE.match(attributes.get(name) or ""), (tag, name)
        style = attributes.get("style", "") or ""
        assert "url(" not in style.replace("url(#", "")
        assert tag not in ("link", "object", "embed", "iframe", "img", "base")
    assert "@import" not in page.source and "http://" not in page.source
    assert re.findall(r"https://\S+", page.source) == [], "not even an address that one could follow"


def test_the_policy_of_content_allows_this_style_and_this_script_alone(page):
    [rules] = [each["content"] for tag, each in page.elements if each.get("http-equiv") == "Content-Security-Policy"]
    assert rules.startswith("default-src 'none'") and "unsafe-eval" not in rules
    for name, directive in (("style", "style-src-elem"), ("script", "script-src")):
        [text] = re.findall(rf"<{name}>(.*?)</{name}>", page.source, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in rules


def test_the_structure_is_one_that_screen_readers_follow(page):
    ids = [each["id"] for _, each in page.elements if "id" in each]
    assert len(ids) == len(set(ids))
    for tag, each in page.elements:
        for name in ("aria-labelledby", "for"):
            assert each.get(name) is None or each[name] in ids, (tag, each)
        if tag == "th":
            assert each.get("scope") in ("col", "colgroup", "row")
        if tag == "svg":
            assert each.get("role") == "img" and each.get("aria-labelledby") in ids
        if tag == "a":
            assert each["href"][1:] in ids
    tags = [tag for tag, _ in page.elements]
    assert tags.count("table") == tags.count("caption") > 20 and tags.count("svg") == tags.count("figcaption") > 8
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 2 and all(after - before <= 1 for before, after in pairwise(levels))
    assert page.elements[0] == ("html", {"lang": "en"})
    assert {each["lang"] for tag, each in page.elements if tag == "article"} == {"en", "zh-CN"}


def test_the_page_is_no_larger_than_is_said(page):
    assert len(page.source.encode()) < LIMIT


def test_the_proof_names_what_made_the_results(both, page):
    with package.open(both) as data:
        told = [str(data.attrs[name]) for name in ("git_sha1", "run_sha256", "data_digest", "content_digest", "seed")]
        told += [str(each) for each in data["scenario_sha256"].values]
    for lang in ("en", "zh"):
        assert [each for each in told if each not in page.text(lang)] == []
        assert "jiju verify" in page.text(lang) and "--replicates 30" in page.text(lang)


def test_the_commands_of_the_proof_make_the_same_file(both, page, tmp_path):
    """As a reader would type them, beside the results file."""
    lines = re.search(r"jiju bundle .*?jiju verify \S+", page.text("en"), re.DOTALL).group(0).splitlines()
    (tmp_path / "both.h5").symlink_to(both)
    good_at = {"cwd": tmp_path}
    assert jiju(*lines[0].split()[1:], **good_at).returncode == OK
    subprocess.run(lines[1], shell=True, check=True, cwd=tmp_path, capture_output=True)
    [run] = [line for line in lines if line.startswith("jiju run")]
    words = run.split()[1:]
    done = jiju(*words, cwd=tmp_path / "again")
    assert done.returncode == OK, done.stderr
    assert (tmp_path / "again" / words[words.index("-o") + 1]).read_bytes() == both.read_bytes()


def test_one_scenario_alone_says_what_is_missing(alone):
    assert "stands alone" in alone.front("en")
    numbers = alone.numbers("en")
    assert not any("difference" in key for key in numbers) and "plan/targets/T1/probability" in numbers
    assert "front/money/public_cost" not in numbers
    assert any(key.startswith("plan/variance/T1") for key in numbers), "replicates share draws: the spread is parted"
    assert "industry/output/materials/q50" in numbers


def test_a_failed_verification_stands_above_all(both, folder, monkeypatch):
    from jiju.reports import report

    true = package.verify(both, sample=0)

    def failing(path, **how):
        return true.assign(holds=true.index != "digest")

    monkeypatch.setattr(report.answers, "verify", failing)
    monkeypatch.setattr(report.Drawer, "figure", lambda *_: None)  # which take most of the time
    told = package.report(both, output=folder / "failed.html", lang="en", sample=0).read_text(encoding="utf-8")
    assert "Do not rely on these numbers" in Page(told).front("en") and "FAILS" in told


def test_the_model_inside_stands_in_a_frame_of_its_own(both, folder, monkeypatch):
    from jiju.reports import page as laid_out

    [edition] = [laid_out.Edition("en", "t", "s", laid_out_front(), [], words())]
    source = laid_out.page([edition], "<!DOCTYPE html><html><script>let a = '&\"';</script></html>")
    frame = next(each for tag, each in Page(source).elements if tag == "iframe")
    assert frame["sandbox"] == "allow-scripts allow-downloads"
    assert frame["srcdoc"] == "<!DOCTYPE html><html><script>let a = '&\"';</script></html>"
    rules = next(each["content"] for _, each in Page(source).elements if "http-equiv" in each)
    assert "default-src 'none'" in rules and "http" not in rules and "*" not in rules


@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs chromium")
def test_a_browser_runs_the_script_and_finds_no_breach_of_the_policy(page, folder):
    """The script shows the buttons that copy tables; a style or a script that was refused would be said."""
    done = subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--dump-dom",
         (folder / "report.html").as_uri() + "#zh"], capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert "Content Security Policy" not in done.stderr and "CONSOLE" not in done.stderr
    buttons = [each for tag, each in Page(done.stdout).elements if tag == "button"]
    assert buttons and not any("hidden" in each for each in buttons)


def words():
    from jiju.reports import report

    return report.words()


def laid_out_front():
    from jiju.reports.content import FrontPage, Table

    return FrontPage([], "", [], "", Table("gaps", "", [], []), None)


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        ({"output": "report.pdf"}, UsageError, ".html"),
        ({"lang": "fr"}, UsageError, "en, zh, both"),
        ({"plan": "shrot-plan"}, UsageError, "short-plan"),
        ({"plan": "short"}, UsageError, "is the base"),
        ({"live": "nowhere.html"}, FileError, "tools/build-web"),
        ({"ablation": "nowhere.csv"}, FileError, "nowhere.csv"),
        ({"output": "exists.html"}, FileError, "exists.html"),
    ],
)
def test_what_makes_no_report_is_said(both, arguments, error, says, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "exists.html").write_text("mine", encoding="utf-8")
    with pytest.raises(error, match=re.escape(says)):
        package.report(both, **{"output": "new.html", "sample": 0} | arguments)
    assert (tmp_path / "exists.html").read_text(encoding="utf-8") == "mine" and not (tmp_path / "new.html").exists()


def test_results_in_memory_have_no_digests_and_no_report(simulated, tmp_path):
    with pytest.raises(UsageError, match="results files"):
        package.report(simulated.memory, output=tmp_path / "new.html")


def test_a_table_that_is_no_ablation_is_refused(both, tmp_path):
    (tmp_path / "effects.csv").write_text("lever,way\nfund,alone\n", encoding="utf-8")
    with pytest.raises(UsageError, match="outcome"):
        package.report(both, output=tmp_path / "new.html", ablation=tmp_path / "effects.csv")


def test_the_command_refuses_before_it_works(both, tmp_path):
    assert jiju("report", both).returncode == REFUSED
    (tmp_path / "there.html").write_text("mine", encoding="utf-8")
    assert jiju("report", both, "-o", tmp_path / "there.html").returncode == FILE
    done = jiju("report", both, "-o", tmp_path / "new.html", "--live", tmp_path / "nothing.html")
    assert done.returncode == FILE and "tools/build-web" in done.stderr
    assert jiju("report", "--help").returncode == OK


def test_a_base_that_is_kept_on_this_machine_changes_nothing(both, short, page, folder, monkeypatch, tmp_path):
    """What is reported is in the files that are named, on whatever machine."""
    monkeypatch.setenv("JIJU_BASES", str(tmp_path / "bases"))
    package.keep(short, 60, seed=5, progress=False).close()
    assert "worth" in repr(package.compare(both)) or any("kept" in note for note in package.compare(both).notes)
    path = package.report(both, output=tmp_path / "report.html", lang="both", sample=1)
    assert Page(path.read_text(encoding="utf-8")).numbers("en") == page.numbers("en")
