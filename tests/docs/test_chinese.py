"""Pages that exist in Chinese say what the English ones say.

The examples of an English page run (test_examples.py). Those of the Chinese one are the same except for comments and
the language, so they need not run again; what they ask of the language is checked here. Of the prose around them all
that needs no reader is compared: headings, items and rows, names of code, links, numbers with a decimal point, places
of measured numbers.
"""

import ast
import inspect
import os
import re
from collections import Counter
from pathlib import Path

import pytest
from test_examples import FENCE, RUN, commands
from test_links import links

import jiju

ROOT = Path(__file__).parents[2]
# For readers of the literature, which is English.
ENGLISH_ONLY = {ROOT / "docs" / page for page in (
    "ablation.md", "data.md", "evidence.md", "instruments.md", "model.md", "output_format.md", "trials.md",
)}  # fmt: skip
# Written in both languages by tools/generate_docs, which checks them; help is in blocks of text, and what a scenario
# says of its levers is in its own words.
GENERATED = {ROOT / "docs" / page: ROOT / "docs" / "zh" / page
             for page in ("commands.md", "levers.md", "panel.md", "parameters.md")}  # fmt: skip
CHINESE = {ROOT / "README.md": ROOT / "README.zh.md"} | {
    page: ROOT / "docs" / "zh" / page.relative_to(ROOT / "docs")
    for page in sorted([*(ROOT / "docs").glob("*.md"), *(ROOT / "docs" / "how-to").glob("*.md")])
    if page not in ENGLISH_ONLY and page not in GENERATED
}
ENGLISH = {chinese: english for english, chinese in [*CHINESE.items(), *GENERATED.items()]}
WRITTEN = {chinese: english for english, chinese in CHINESE.items()}
PAGES = pytest.mark.parametrize("page", CHINESE, ids=lambda page: str(page.relative_to(ROOT)))
TRANSLATED = pytest.mark.parametrize("page", WRITTEN, ids=lambda page: str(page.relative_to(ROOT)))

PART = re.compile(r"<!-- (jiju [^>]*?) -->.*?<!-- end -->", re.DOTALL)  # which tools/generate_docs writes
MEASURED = re.compile(r"<!-- measured ([^>]*?) -->.*?<!-- end -->", re.DOTALL)
HEADING = re.compile(r"^(#+) (.*)$", re.MULTILINE)
ROWS = re.compile(r"^\|.*$", re.MULTILINE)
ROW = re.compile(r"^\|(?![-|: ]+$)", re.MULTILINE)
SPAN = re.compile(r"`([^`]+)`")
LANGUAGE = {"--lang zh", 'lang="zh"'}  # which only the Chinese page may need to name
HAN = re.compile(r"[\u4e00-\u9fff]")


def read(page):
    return page.read_text(encoding="utf-8")


def prose(text):
    return FENCE.sub("", PART.sub("", MEASURED.sub("", text)))


def without_language(code):
    """Code without what may differ: comments, except a first line that names the file, and the language asked for."""
    code = re.sub(r' --lang zh|, lang="zh"', "", code)
    named = re.match(r"# [\w-]+\.toml\n", code)
    lines = [re.sub(r"(^|\s+)#(\s.*|$)", "", line) for line in code.splitlines()]
    return [named[0].strip() if named else "", *(line.rstrip() for line in lines if line.strip())]


def blocks(text):
    """What must be the same of each block: of code all, of a text the first word of each line."""
    for language, body in FENCE.findall(MEASURED.sub("", text)):
        code = without_language(body) if language in RUN else [line.split()[:1] for line in body.splitlines()]
        yield language, code


def aims(page):
    """Where the links of a page lead, a page and its translation being one; not the link from one to the other."""
    there = {(page.parent / link.partition("#")[0]).resolve() for link in links(read(page)) if link[0] != "#"}
    there = {ENGLISH.get(aim, aim) for aim in there} - {page, ENGLISH.get(page, page)}
    return {str(aim.relative_to(ROOT)).replace("-zh.", "-en.") for aim in there}


def facets(text):
    """What a page and its translation have in common, by name."""
    rest = prose(text)
    return {
        "levels of headings": [len(level) for level, _ in HEADING.findall(rest)],
        "blocks of code": list(blocks(text)),
        "measured places": Counter(
            part.strip().removesuffix(" zh").removesuffix(" plan") for part in MEASURED.findall(text)
        ),
        "generated parts": PART.findall(text),
        "rows of tables": len(ROW.findall(rest)),
        "items of lists": len(re.findall(r"^- ", rest, re.MULTILINE)),
        "decimals": Counter(re.findall(r"\d+\.\d+", rest)),
        "names of code": {" ".join(name.split()) for name in SPAN.findall(rest)} - LANGUAGE,
    }


def differences(english, chinese):
    """Facets in which a translation is not its original, each with both."""
    one, other = facets(english), facets(chinese)
    return {name: (one[name], other[name]) for name in one if one[name] != other[name]}


def untranslated(text):
    """Paragraphs, items, rows and headings of a Chinese page that have several words and no Chinese."""
    for part in re.split(r"\n\n+|\n(?=[-|#])", prose(text)):
        words = re.sub(r"`[^`]*`|\]\([^)]*\)|<!--.*?-->|https?:\S+", "", part)
        if len(re.findall(r"[A-Za-z]{2,}", words)) > 2 and not HAN.search(words):
            yield part.strip()


def test_every_page_has_its_translation_and_no_translation_is_left_over():
    missing = [str(chinese.relative_to(ROOT)) for chinese in ENGLISH if not chinese.exists()]
    assert not missing, f"write {', '.join(missing)}"
    assert {ROOT / "README.zh.md", *(ROOT / "docs" / "zh").rglob("*.md")} == set(ENGLISH)


@PAGES
def test_the_translation_has_the_same_structure_code_and_numbers(page):
    assert differences(read(page), read(CHINESE[page])) == {}


@PAGES
def test_the_translation_leads_to_the_same_places(page):
    assert aims(CHINESE[page]) == aims(page)


@pytest.mark.parametrize("page", ENGLISH, ids=lambda page: str(page.relative_to(ROOT)))
def test_nothing_is_left_untranslated(page):
    text = read(page)
    assert list(untranslated(ROWS.sub("", text) if page.name == "levers.md" else text)) == []


@TRANSLATED
def test_the_translation_leads_to_chinese_pages_where_there_are_any(page):
    other = ENGLISH[page]
    there = {(page.parent / link.partition("#")[0]).resolve() for link in links(read(page))} - {other}
    assert sorted(os.path.relpath(aim, ROOT) for aim in there & {*CHINESE, *GENERATED}) == []


@pytest.mark.parametrize(("index", "words"), [("README.md", "English only"), ("zh/README.md", "只有英文")])
def test_indexes_say_which_pages_are_english_only(index, words):
    page = ROOT / "docs" / index
    [said] = [part for part in re.split(r"\n\n+", read(page)) if words in part]
    named = {(page.parent / link).resolve() for link in links(said)}
    assert {aim for aim in named if aim not in ENGLISH} == ENGLISH_ONLY


@pytest.mark.parametrize("english", [page for page in CHINESE if page.name == "README.md"], ids=str)
def test_indexes_link_to_each_other_at_their_top(english):
    chinese = CHINESE[english]
    for page, other in ((english, chinese), (chinese, english)):
        assert os.path.relpath(other, page.parent) in links("".join(read(page).splitlines(True)[:5]))


def knows_language(command):
    """Whether docs/commands.md, which is generated, has the option for this command."""
    sections = re.split(r"^## jiju ", read(ROOT / "docs" / "commands.md"), flags=re.MULTILINE)
    [section] = [each for each in sections if each.startswith(f"{command}\n")]
    return "--lang" in section


@TRANSLATED
def test_commands_ask_for_chinese_where_they_can(page):
    """A command that is shown in both languages on either page is left alone."""
    asked = [line for language, body in FENCE.findall(read(page)) if language == "console" for line in commands(body)]
    plain = {re.sub(r"\s+#\s.*", "", line) for line in asked}
    for line in plain:
        found = re.match(r"jiju ([a-z]+)\b", line)
        if found and "--help" not in line and f"{line} --lang zh" not in plain:
            assert ("--lang zh" in line) == knows_language(found[1]), line


@TRANSLATED
def test_functions_are_asked_for_chinese_where_they_can(page):
    code = "".join(body for language, body in FENCE.findall(read(page)) if language == "python")
    for call in (node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)):
        name = ast.unparse(call.func)
        if not re.fullmatch(r"jiju(\.plot)?\.[a-z_]+", name):
            continue
        function = eval(name, {"jiju": jiju})
        given = any(word.arg == "lang" for word in call.keywords)
        assert given == ("lang" in inspect.signature(function).parameters), ast.unparse(call)


PAGE = """# Sweep

Of 0.5 it makes `two` words that a reader sees.

- an item

| a | b |
|---|---|
| `x` | y |

```console
$ jiju show a.h5    # what it holds
```
"""
TRANSLATION = """# 扫描

由0.5得到两个词 `two`。

- 一项

| 甲 | 乙 |
|---|---|
| `x` | 丙 |

```console
$ jiju show a.h5 --lang zh   # 其中的内容
```
"""


@pytest.mark.parametrize(
    ("old", "new", "facet"),
    [
        ("show a.h5", "show b.h5", "blocks of code"),
        ("# Sweep", "## Sweep", "levels of headings"),
        ("0.5", "0.6", "decimals"),
        ("`two`", "`three`", "names of code"),
        ("- an item", "- an item\n- another", "items of lists"),
        ("| `x` | y |", "| `x` | y |\n| `x` | z |", "rows of tables"),
        ("- an item", "<!-- measured x.y -->1<!-- end -->", "measured places"),
        ("- an item", "<!-- jiju schema -->1<!-- end -->", "generated parts"),
    ],
)
def test_a_page_that_changes_without_its_translation_is_found(old, new, facet):
    assert differences(PAGE, TRANSLATION) == {}
    assert facet in differences(PAGE.replace(old, new), TRANSLATION)


def test_a_text_without_translation_is_found():
    assert list(untranslated(TRANSLATION)) == []
    assert list(untranslated(TRANSLATION + "\nThis is still English.\n")) == ["This is still English."]
