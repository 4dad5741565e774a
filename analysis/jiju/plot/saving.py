"""Pictures as files: of equal results the same bytes, and whole or not there at all."""

from __future__ import annotations

import os
from pathlib import Path

import matplotlib.pyplot as plt
from matplotlib.figure import Figure


def save(figure: Figure, path: str | os.PathLike[str]) -> None:
    """Writes a figure in the format of the name's end, in place of a file of that name, and closes it."""
    target = Path(path)
    suffix = target.suffix.lower().removeprefix(".")
    dated = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}.get(suffix)
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with plt.rc_context({"svg.hashsalt": "jiju"}):
            figure.savefig(unfinished, format=suffix, dpi=150, metadata=dated)
        unfinished.replace(target)
    finally:
        plt.close(figure)
        unfinished.unlink(missing_ok=True)
