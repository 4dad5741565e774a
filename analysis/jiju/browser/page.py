"""Where the page is: one file, which `tools/build-web` makes from web/app and wheels carry."""

from __future__ import annotations

from pathlib import Path

from jiju.errors import FileError
from jiju.languages import translated

_HERE = Path(__file__).parent
PLACES = (_HERE / "jiju.html", _HERE.parents[2] / "build" / "web" / "jiju.html")  # installed; in a checkout


def path() -> Path:
    """FileError where there is none yet: it says what to do."""
    found = next((each for each in PLACES if each.is_file()), None)
    if found is None:
        raise FileError(translated(
            "there is no page with the model yet: run tools/build-web in a checkout of the source, where jiju finds "
            "what it builds, build/web/jiju.html; an installed jiju finds a copy of it at {place}",
            place=PLACES[0],
        ))  # fmt: skip
    return found


def page() -> bytes:
    return marked(path().read_bytes())


def marked(html: bytes) -> bytes:
    """With the word by which the page knows that a program is behind it."""
    return html.replace(b"<html ", b'<html data-engine="http" ', 1)
