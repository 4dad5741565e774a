"""Which file of the project becomes which page of the site, in which order, and where its links lead there.

Files stay where GitHub shows them. A page is known by its address in the site, the same in both languages. The order
and the titles are those of the tables of docs/README.md and docs/zh/README.md; nothing is listed twice. Of the
standard library alone, so that tests/docs/test_site.py can check it without an installed site generator.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("en", "zh")
INDEX = {"en": ROOT / "docs" / "README.md", "zh": ROOT / "docs" / "zh" / "README.md"}
HOME = {"en": ROOT / "README.md", "zh": ROOT / "README.zh.md"}

HEADING = re.compile(r"^## (.+)$")
ROW = re.compile(r"^\| \[([^\]]+)\]\(([^)\s]+)\) \|")
FENCED = re.compile(r"^(```.*?^```)$", re.MULTILINE | re.DOTALL)
# A piece of code, which is left alone, or the target of [text](target) or ![picture](target).
LINK = re.compile(r"`[^`\n]*`|(?<=\]\()([^)\s]+)(?=\))")
TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
TRANSLATION = re.compile(r"^\[(?:中文|English)\]\([^)]+\)\n", re.MULTILINE)

# Pages that only the site has, written by tools/site/generated.py and tools/site/reference.py.
API = {"en": "Every public name", "zh": "全部公开名称"}
GALLERY = {"en": ("Gallery", [("Figures", "gallery/figures.md"), ("Scenarios and designs", "gallery/scenarios.md"),
                              ("Report and application", "gallery/report.md")]),
           "zh": ("图库", [("图形", "gallery/figures.md"), ("情景与试验设计", "gallery/scenarios.md"),
                          ("报告与应用", "gallery/report.md")])}  # fmt: skip
ALL_PAGES = {"en": "All pages", "zh": "全部页面"}
NOTEBOOKS = ROOT / "analysis" / "notebooks"
DECISIONS = ROOT / "docs" / "adr"


def address(path: Path) -> str:
    """Where a file of the project stands in the site: pages by subject, everything else below files/."""
    name = path.relative_to(ROOT).as_posix()
    if path in HOME.values():
        return "index.md"
    if path in INDEX.values():
        return "contents.md"
    if path == NOTEBOOKS or path.suffix == ".ipynb":
        return "tutorial/" + ("index.md" if path == NOTEBOOKS else f"{path.stem}.md")
    if path == DECISIONS:
        return "adr/index.md"
    if path.suffix != ".md":
        return f"files/{name}"
    name = re.sub(r"(^|/)README\.md$", r"\1index.md", re.sub(r"^docs/(zh/)?", "", name))
    return name.lower() if "/" not in name else name


def documents() -> Iterator[Path]:
    """Every page that the project has as Markdown, in English or Chinese."""
    yield from ROOT.glob("*.md")
    for folder in ("docs", "benchmarks"):
        yield from sorted((ROOT / folder).rglob("*.md"))
    yield ROOT / "web" / "README.md"  # of its packages the others are no pages of ours


def pages(lang: str) -> dict[str, Path]:
    """The pages of one language by address: the Chinese one, and where there is none the English one."""
    chinese = {path for path in documents() if path == HOME["zh"] or ROOT / "docs" / "zh" in path.parents}
    found = {address(path): path for path in documents() if path not in chinese}
    return found | {address(path): path for path in chinese} if lang == "zh" else found


def is_fallback(path: Path, lang: str) -> bool:
    """Whether a page of the Chinese site is in English."""
    return lang == "zh" and path != HOME["zh"] and ROOT / "docs" / "zh" not in path.parents


def title(path: Path) -> str:
    """The first heading of a page."""
    found = TITLE.search(path.read_text(encoding="utf-8"))
    return re.sub(r"[`*]", "", found[1]) if found else path.stem


def index_rows(path: Path) -> Iterator[tuple[str, str, Path]]:
    """Rows of the tables of an index: heading above the table, title, what the row leads to."""
    heading = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if found := HEADING.match(line):
            heading = found[1]
        elif found := ROW.match(line):
            yield heading, found[1], (path.parent / found[2]).resolve()


def below(aim: Path) -> list[tuple[str, str]]:
    """Pages that stand below a row of the index, each with its title: of a folder all, of an index its rows."""
    if aim == DECISIONS:
        return [(title(path), address(path)) for path in sorted(aim.glob("*.md"))]
    if aim == NOTEBOOKS:
        return [(path.stem.replace("-", " ").capitalize(), address(path)) for path in sorted(aim.glob("*.ipynb"))]
    if aim.name == "README.md" and aim.parent.name == "how-to":
        return [(title(page), address(page)) for _, _, page in index_rows(aim)]
    return []


def navigation(lang: str, api: list[tuple[str, str]]) -> list:
    """The tree of pages as MkDocs takes it: sections with their pages, in the order of the index of the language."""
    sections: dict[str, list] = {}
    for heading, name, aim in index_rows(INDEX[lang]):
        rows = sections.setdefault(heading, [])
        children = [{words: place} for words, place in below(aim)]
        if aim.parent.name == "how-to" and aim.name != "README.md":
            continue  # stands below the index of its folder
        if aim == HOME[lang]:
            rows.append({name: "index.md"})
        elif children and aim.name == "README.md":
            rows += [{name: address(aim)}, *children]
        elif children:
            rows.append({name: [address(aim), *children]})
        else:
            rows.append({name: address(aim)})
        if address(aim) == "python.md":
            rows.append({API[lang]: ["api/index.md", *({words: place} for words, place in api)]})
    tree = [{heading: rows} for heading, rows in sections.items()]
    words, places = GALLERY[lang]
    tree.insert(-1, {words: [{name: place} for name, place in places]})
    next(iter(tree[0].values())).append({ALL_PAGES[lang]: "contents.md"})
    return tree


def places(tree: list | dict | str) -> Iterator[str]:
    """All addresses of a tree of pages."""
    if isinstance(tree, str):
        yield tree
    else:
        for branch in tree.values() if isinstance(tree, dict) else tree:
            yield from places(branch)


def relinked(text: str, page: Path) -> tuple[str, set[Path]]:
    """A page's text with its links as they are in the site, and the files they lead to that are no pages.

    The line that leads to the page in the other language is left out: the head of every page of the site has that link.
    """
    here = PurePosixPath(address(page)).parent
    files: set[Path] = set()

    def moved(found: re.Match[str]) -> str:
        target, _, anchor = (found[1] or "").partition("#")
        if not target or re.match(r"\w+:", target):
            return found[0]
        aim = (page.parent / target).resolve()
        if address(aim).startswith("files/"):
            files.add(aim)
        return os.path.relpath(address(aim), here) + (f"#{anchor}" if anchor else "")

    parts = FENCED.split(TRANSLATION.sub("", text))
    return "".join(part if part.startswith("```") else LINK.sub(moved, part) for part in parts), files
