"""Tables for papers: every character of an entry survives, units and intervals stand where a reader looks."""

import csv
import io
import re

import docx
import numpy as np
import pandas as pd
import pytest
from jiju_command import good
from jiju_command import jiju as program

import jiju
from jiju.printing import latex_tables, text_tables
from jiju.printing.printed import Printed, joined
from jiju.studies.ablation import ablate
from jiju.studies.attribution import attribute
from made_city import run
from made_results import results

BASE = np.array([90.0, 100, 110, 120])
NASTY = ["50 % & more_less", "$x^2$ ~ {a} \\ #1 <b> | c", "产值_甲&乙 100%", "–∞ ≥ ±"]


@pytest.fixture
def found():
    both = results({"base": BASE, "plan": BASE + np.array([5.0, -1, 4, 8])})
    return jiju.compare(both.assign_attrs(software_version="0.1.0", git_sha1="0123456789abcdef"))


@pytest.fixture
def nasty():
    table = pd.DataFrame({"name & unit_1": NASTY, "number": ["1", "-2.5", "[-1, +2]", "–"]})
    return Printed("100 % of A_B", [("100 % of A_B", table)], table, made="20 replicates, seed 1.")


# What LaTeX shows of each command that may stand in an entry.
SHOWN = {
    r"\textbackslash{}": "\\", r"\textasciicircum{}": "^", r"\textasciitilde{}": "~", r"\textless{}": "<",
    r"\textgreater{}": ">", r"\textbar{}": "|", r"\textquotedbl{}": '"', r"$\infty$": "∞", r"$\geq$": "≥",
    r"$\pm$": "±", "$-$": "-", "--": "–", r"\{": "{", r"\}": "}", r"\$": "$", r"\&": "&", r"\#": "#", r"\_": "_",
    r"\%": "%",
}  # fmt: skip


def typeset(text):
    """The characters that LaTeX would print; an error where one is a command of its own."""
    pattern = re.compile("|".join(map(re.escape, SHOWN)) + r"|[\\{}$&#^_~%]")
    return pattern.sub(lambda seen: SHOWN[seen[0]], text)


@pytest.mark.parametrize("text", [*NASTY, "a\\b{c}", "R&D_2 #3", "2 % ^ ~"])
def test_latex_prints_every_character_as_it_is(text):
    assert typeset(latex_tables.escaped(text)) == text


def rows_of(latex):
    """Cells of the rows between the rules."""
    body = latex.split(r"\midrule", 1)[1].split(r"\bottomrule")[0]
    return [re.split(r"(?<!\\) ?& ?", line.removesuffix(r" \\")) for line in body.strip().splitlines()]


def test_a_latex_table_has_its_cells_caption_and_note(nasty):
    text = nasty.to_latex()
    assert [[typeset(cell) for cell in row] for row in rows_of(text)] == [
        [name, number] for name, number in zip(NASTY, ["1", "-2.5", "[-1, +2]", "–"], strict=True)
    ]
    assert r"\caption{100 \% of A\_B}" in text and "ctex" in text and "20 replicates, seed 1." in text
    for opening, closing in (("begin{table}", "end{table}"), ("begin{tabular}", "end{tabular}"), ("{", "}")):
        clean = re.sub(r"\\[{}]", "", text)
        assert clean.count(opening) == clean.count(closing)


def test_long_tables_break_across_pages():
    table = pd.DataFrame({"n": [str(n) for n in range(60)]})
    text = Printed("Long", [("Long", table)], table).to_latex()
    assert "longtable" in text and text.count(r"\toprule") == 2 and len(rows_of(text.split(r"\endhead")[0])) >= 1


def test_markdown_cells_survive(nasty):
    lines = [line for line in nasty.to_markdown().splitlines() if line.startswith("|")]
    cells = [[cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    assert cells[0] == ["name & unit_1", "number"] and [row[0] for row in cells[2:]] == NASTY


def test_word_holds_every_table_caption_and_note(nasty, tmp_path):
    nasty.to_word(tmp_path / "a.docx")
    document = docx.Document(str(tmp_path / "a.docx"))
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows][1:] == [
        [name, number] for name, number in zip(NASTY, ["1", "-2.5", "[-1, +2]", "–"], strict=True)
    ]
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[0] == "100 % of A_B" and texts[-1] == "20 replicates, seed 1."
    with pytest.raises(jiju.FileError, match="exists"):
        nasty.to_word(tmp_path / "a.docx")


def test_a_comparison_in_all_forms(found, tmp_path):
    captions = [caption for caption, _ in found.display()]
    found.to_word(tmp_path / "c.docx")
    document = docx.Document(str(tmp_path / "c.docx"))
    assert len(document.tables) == len(captions) and all(
        caption in [paragraph.text for paragraph in document.paragraphs] for caption in captions
    )
    latex, page = found.to_latex(tmp_path / "c.tex"), found.to_markdown()
    assert (tmp_path / "c.tex").read_text(encoding="utf-8") == latex
    assert latex.count(r"\begin{table}") == len(captions) and page.count("\n## ") == len(captions)
    for text in (latex, page):
        assert "4 replicates, seed 7, jiju 0.1.0, commit 0123456789." in text
    rows = list(csv.DictReader(io.StringIO(found.to_csv())))
    (target,) = [row for row in rows if row["table"] == "targets"]
    assert float(target["difference"]) == found.targets["difference"][0]


def test_a_frame_in_either_language(found):
    english, chinese = jiju.table(found.targets), jiju.table(found.targets, lang="zh")
    (caption, table), (_, table_zh) = english.tables[0], chinese.tables[0]
    assert caption == "Probability of each target" and list(table_zh["名称"]) == ["产值达到100"]
    low, high = found.targets["low"][0], found.targets["high"][0]
    wanted = f"{text_tables.signed(found.targets['difference'][0])} {text_tables.interval(low, high)}"
    assert list(table["difference"]) == [wanted]
    assert "low" not in table and "name_zh" not in table
    assert english.made.startswith("4 replicates, seed 7")


def test_a_unit_of_all_rows_stands_in_the_caption(found):
    caption, table = jiju.table(found.by("industry", ["output"])).tables[0]
    assert caption == "Differences, 1e8 CNY" and "unit" not in table and table["industry"].iloc[0] == "Equipment"
    zh = jiju.table(found.by("industry", ["output"]), lang="zh").tables[0]
    assert zh[0] == "差异（亿元）" and zh[1]["产业"].iloc[0] == "装备"
    both = jiju.table(pd.DataFrame({"value": [1.5, 2.5], "unit": ["person", "1e8 CNY"]}), "Two").tables[0]
    assert both[0] == "Two" and list(both[1]["unit"]) == ["person", "1e8 CNY"]


def test_errors_and_intervals_follow_what_they_belong_to():
    frame = pd.DataFrame({"name": ["a", "b"], "value": [1.5, 2.5], "error": [0.25, np.nan], "alone": [1.0, 2.0],
                          "alone_error": [0.5, 0.5], "year": [2011, 2012], "on": [True, False]})  # fmt: skip
    _, table = jiju.table(frame, "x").tables[0]
    assert list(table["value"]) == ["1.50 (0.250)", "2.50"] and list(table["alone"]) == ["1 (0.500)", "2 (0.500)"]
    assert list(table["year"]) == ["2011", "2012"] and list(table["on"]) == ["yes", "no"] and "error" not in table
    _, some = jiju.table(frame, "x", columns=["year", "value"]).tables[0]
    assert list(some) == ["year", "value"]
    with pytest.raises(jiju.UsageError, match="did you mean 'value'"):
        jiju.table(frame, columns=["valu"])


def test_every_study_prints_its_tables():
    quiet = {"run": run, "progress": False}
    studies = [ablate("plan", "base", **quiet), attribute("plan", "base", **quiet),
               ablate("plan", "base", lang="zh", **quiet)]  # fmt: skip
    for study in studies:
        printed = study.printed()
        assert len(printed.tables) >= 2 and "25" in printed.made and "7" in printed.made
        assert study.to_latex().count(r"\begin{tab") >= 2 * len(printed.tables) - 1
        assert len(study.to_csv().splitlines()) == len(printed.data) + 1
    assert "25次" in studies[2].printed().made


def test_joined_frames_keep_their_names():
    whole = joined({"a": pd.DataFrame({"x": [1, 2]}), "b": pd.DataFrame({"y": [3]})})
    assert list(whole["table"]) == ["a", "a", "b"] and np.isnan(whole["y"][0])


# ---- commands


def test_commands_print_and_write_forms(simulated, tmp_path):
    latex = good("table", simulated.path, "--to", "latex")
    assert latex.startswith("% \\usepackage{booktabs") and "20 replicates, seed 5" in latex
    good("table", simulated.path, "-o", tmp_path / "t.docx", "-o", tmp_path / "t.md", "--lang", "zh")
    assert (tmp_path / "t.md").read_text(encoding="utf-8").startswith("# 目标")
    assert docx.Document(str(tmp_path / "t.docx")).tables
    data = pd.read_csv(io.StringIO(good("table", simulated.path, "--to", "csv")))
    assert list(data["target"]) == list(simulated.memory["target"].values)


@pytest.mark.parametrize(("words", "said"), [
    (["--to", "word"], "give its name by -o"), (["-o", "x.txt"], ".tex"), (["-o", "a.md", "-o", "a.md"], "twice"),
])  # fmt: skip
def test_wrong_wishes_are_refused_before_the_work(simulated, tmp_path, words, said):
    result = program("table", simulated.path, *words, cwd=tmp_path)
    assert result.returncode == 2 and said in result.stderr and not list(tmp_path.iterdir())
