"""The forms that tables can be printed in, and the names of files that hold them. It loads no library, so that commands
know them before they need one.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal, get_args

To = Literal["latex", "markdown", "word", "csv"]
FORMATS: tuple[To, ...] = get_args(To)
ENDS: dict[str, To] = {".tex": "latex", ".md": "markdown", ".docx": "word", ".csv": "csv"}


def format_of(path: Path) -> To | None:
    """What a file of this name holds; None where its end says nothing."""
    return ENDS.get(path.suffix.lower())
