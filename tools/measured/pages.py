"""Where pages show measured numbers: between two comments, of which the first names a measurement and a part of it.

    <!-- measured trials.table -->
    …
    <!-- end -->

A part may take words (`flagship.gain output`), the last of which may be a language (`flagship.show zh`). Comments
within a line hold a few words of a sentence, comments on lines of their own a paragraph or a table.
"""

import re
import textwrap
from collections.abc import Callable, Mapping
from pathlib import Path

from measured.kept import ROOT

MARKED = re.compile(r"<!-- measured ([^>]*?) -->(.*?)<!-- end -->", re.DOTALL)
WIDTH = 120


def pages() -> list[Path]:
    folders = (ROOT / "docs", ROOT / "docs" / "zh")
    own = [page for folder in folders for page in sorted(folder.glob("*.md"))]
    return [*sorted(ROOT.glob("README*.md")), *own, ROOT / "benchmarks" / "README.md"]


def wrapped(sentence: str) -> str:
    return textwrap.fill(sentence, WIDTH, break_long_words=False, break_on_hyphens=False)


def written(text: str, part: Callable[[str], str]) -> str:
    """A page with every marked place filled by `part`, a function of what the place names."""

    def fill(found: re.Match[str]) -> str:
        name, old = found.groups()
        new = part(name.strip())
        inner = f"\n{new}\n" if old.startswith("\n") else new
        return f"<!-- measured {name} -->{inner}<!-- end -->"

    return MARKED.sub(fill, text)


def lookup(parts: Mapping[str, Callable[..., str]], name: str) -> str:
    """A part by name, with the words after it as arguments; KeyError lists what there is."""
    key, *words = name.split()
    if key not in parts:
        raise KeyError(f"no part {key!r} of a measurement; there are: {', '.join(sorted(parts))}")
    return parts[key](*words)
