"""Links of the pages lead somewhere: to a file of the project and, where they name one, to a heading of it."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "benchmarks").rglob("*.md")]
LINK = re.compile(r"(?<!`)\]\(([^)\s]+)\)")
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def links(text):
    """Targets of the links to files, as they stand."""
    return [target for target in LINK.findall(FENCED.sub("", text)) if not re.match(r"\w+:", target)]


def anchor(heading):
    """As GitHub makes it."""
    words = re.sub(r"[^\w\- ]", "", re.sub(r"\]\([^)]*\)", "", heading)).strip()
    return words.lower().replace(" ", "-")


def anchors(text):
    found = [anchor(heading) for heading in re.findall(r"^#+ +(.*)$", FENCED.sub("", text), re.MULTILINE)]
    return {name if not found[:place].count(name) else f"{name}-{found[:place].count(name)}"
            for place, name in enumerate(found)}  # fmt: skip


def broken(page, text):
    for target in links(text):
        file, _, heading = target.partition("#")
        aim = (page.parent / file).resolve() if file else page
        if not aim.exists():
            yield f"{target}: there is no {file}"
        elif heading and heading not in anchors(aim.read_text(encoding="utf-8")):
            yield f"{target}: {aim.name} has no such heading"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    assert list(broken(page, page.read_text(encoding="utf-8"))) == []


def test_a_link_that_leads_nowhere_is_found(tmp_path):
    (tmp_path / "there.md").write_text("# A page\n\n## What is not met, and why\n", encoding="utf-8")
    page = tmp_path / "page.md"
    good = "[a](there.md), [b](there.md#what-is-not-met-and-why), [c](https://example.org/none)\n"
    assert list(broken(page, good)) == []
    told = list(broken(page, good + "[d](their.md)\n[e](there.md#what-is-met)\n"))
    assert told == ["their.md: there is no their.md", "there.md#what-is-met: there.md has no such heading"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_sources_that_a_page_names_are_there(page):
    named = re.findall(r"`((?:analysis/jiju|models|sim|study|apps)/[\w/]+\.\w+)`", page.read_text(encoding="utf-8"))
    assert [path for path in named if not (ROOT / path).exists()] == []
