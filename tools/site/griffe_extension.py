"""Docstrings as the site shows them: an extension of griffe, with which mkdocstrings reads the package."""

import sys
from pathlib import Path

import griffe

sys.path.insert(0, str(Path(__file__).parent))

from docstrings import readable


class Readable(griffe.Extension):
    """Rewrites every docstring as it is read."""

    def on_instance(self, *, obj: griffe.Object, **kwargs: object) -> None:
        if obj.docstring:
            obj.docstring.value = readable(obj.docstring.value)
