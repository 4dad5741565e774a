"""The site has every page once, in the order of the index, and links lead there to where they lead on GitHub.

The strict build (tools/build_site) needs packages of its own; what can go wrong in a change of pages is found here.
"""

import sys
from pathlib import Path

import pytest
from test_links import links

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "tools" / "site"))

from dialect import adapted  # noqa: E402
from sources import (  # noqa: E402
    DECISIONS,
    HOME,
    INDEX,
    LANGUAGES,
    NOTEBOOKS,
    address,
    documents,
    index_rows,
    is_fallback,
    navigation,
    pages,
    places,
    relinked,
)  # fmt: skip

# What tools/site/generated.py and reference.py make.
GENERATED = {"adr/index.md", "tutorial/index.md", *(address(path) for path in NOTEBOOKS.glob("*.ipynb"))}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_stands_in_the_navigation_once(lang):
    found = [place for place in places(navigation(lang, [])) if not place.startswith(("api/", "gallery/"))]
    assert sorted(found) == sorted({*pages(lang), *GENERATED}), "add a row to docs/README.md and docs/zh/README.md"


def test_both_languages_have_the_same_addresses_in_the_same_order():
    english, chinese = (list(places(navigation(lang, []))) for lang in LANGUAGES)
    assert english == chinese and pages("en").keys() == pages("zh").keys()


def test_no_two_pages_of_a_language_have_one_address():
    for lang in LANGUAGES:
        own = [path for path in documents() if (lang == "zh") == is_chinese(path)]
        assert len({address(path) for path in own}) == len(own)


def is_chinese(path):
    return path == HOME["zh"] or ROOT / "docs" / "zh" in path.parents


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_link_of_a_page_leads_to_a_page_or_a_file_of_the_site(lang):
    known = {*pages(lang), *GENERATED}
    for place, path in pages(lang).items():
        text, files = relinked(path.read_text(encoding="utf-8"), path)
        assert all(file.is_file() for file in files), path
        for target in links(text):
            aim = (Path("/") / Path(place).parent / target.partition("#")[0]).as_posix() if target[0] != "#" else place
            aim = normal(aim)
            assert aim in known or aim.startswith("files/"), f"{path}: {target}"


def normal(place):
    parts = []
    for part in Path(place).parts:
        if part == "..":
            parts.pop()
        elif part != "/":
            parts.append(part)
    return "/".join(parts)


def test_links_are_rewritten_and_code_is_left_alone():
    page = ROOT / "docs" / "zh" / "how-to" / "sweep.md"
    text = "[a](../../sweeps.md#x) `[b](../../sweeps.md)` [`c.toml`](../../../scenarios/instruments.toml) [d](#e)\n"
    found, files = relinked(text + "```\n[f](../../sweeps.md)\n```\n", page)
    assert found == ("[a](../sweeps.md#x) `[b](../../sweeps.md)` "
                     "[`c.toml`](../files/scenarios/instruments.toml) [d](#e)\n"
                     "```\n[f](../../sweeps.md)\n```\n")  # fmt: skip
    assert files == {ROOT / "scenarios" / "instruments.toml"}


def test_a_link_to_the_other_language_is_left_to_the_head_of_the_page():
    found, _ = relinked("# Title\n\n[中文](zh/README.md)\n\nText\n", INDEX["en"])
    assert "zh" not in found


def test_only_pages_without_translation_are_fallbacks():
    assert is_fallback(ROOT / "docs" / "model.md", "zh") and not is_fallback(ROOT / "docs" / "model.md", "en")
    assert not is_fallback(pages("zh")["commands.md"], "zh") and not is_fallback(HOME["zh"], "zh")


def test_titles_of_the_index_are_words_and_its_rows_lead_to_files():
    for lang in LANGUAGES:
        for _, title, aim in index_rows(INDEX[lang]):
            assert aim.exists() and not title.endswith(".md")
    assert DECISIONS in {aim for _, _, aim in index_rows(INDEX["zh"])}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A line\n- an item\n", "A line\n\n- an item\n"),
        ("1. one\n   - two\n     goes on\n", "1. one\n    - two\n     goes on\n"),
        ("- one\n\n  a paragraph of it\n\nText\n", "- one\n\n    a paragraph of it\n\nText\n"),
        ("<!-- measured x.y -->\n| a |\n|---|\n<!-- end -->\nText <!-- z -->1<!-- end -->\n", "| a |\n|---|\nText 1\n"),
        ("```\nA line\n- not an item\n```\n", "```\nA line\n- not an item\n```\n"),
    ],
)
def test_what_github_reads_is_read_by_the_site(text, expected):
    assert adapted(text) == expected
