"""Where the page is: one file, which `tools/build-web` makes from web/app."""

from __future__ import annotations

from pathlib import Path

from jiju.errors import FileError
from jiju.languages import translated

_HERE = Path(__file__).parent
PLACES = (_HERE / "jiju.html", _HERE.parents[2] / "build" / "web" / "jiju.html")  # installed; in a checkout


def page() -> bytes:
    """FileError where nobody has built it yet: it says by which command."""
    found = next((each for each in PLACES if each.is_file()), None)
    if found is None:
        raise FileError(translated(
            "the page of jiju explore is not built: run tools/build-web in a checkout of the source; it needs Node.js"
        ))
    return marked(found.read_bytes())


def marked(html: bytes) -> bytes:
    """With the word by which the page knows that a program is behind it."""
    return html.replace(b"<html ", b'<html data-engine="http" ', 1)
