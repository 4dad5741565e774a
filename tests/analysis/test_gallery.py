"""Every public picture, in both languages, from small runs of the flagship, whose names are long.

Nothing is cut off, no words lie over each other, no letter lacks its glyph, and no language is mixed with the other.
"""

import importlib.util
from importlib.machinery import SourceFileLoader
from pathlib import Path

import matplotlib.pyplot as plt
import pytest

from jiju import plot

TOOL = Path(__file__).parents[2] / "tools" / "draw_gallery"
loader = SourceFileLoader("draw_gallery", str(TOOL))
tool = importlib.util.module_from_spec(importlib.util.spec_from_loader("draw_gallery", loader))
loader.exec_module(tool)

GALLERY = tool.Gallery(replicates=10, years=2)
PICTURES = GALLERY.pictures()


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def test_every_public_picture_is_in_the_gallery():
    drawn = {name.split("-")[0] for name in PICTURES}
    assert drawn == set(plot.__all__)


@pytest.mark.parametrize("lang", tool.LANGUAGES)
@pytest.mark.parametrize("name", PICTURES)
def test_picture_has_no_faults(name, lang):
    assert tool.faults(PICTURES[name](lang).figure, lang) == []


def test_faults_are_found():
    figure, ax = plt.subplots(figsize=(3, 2))
    ax.set_title("beyond the edge of so small a figure, by far, and then some more", loc="left")
    ax.text(0.5, 0.5, "one")
    ax.text(0.5, 0.5, "产业")
    ax.text(0.1, 0.1, "\U0001f3ed")
    found = " ".join(tool.faults(figure, "en"))
    for fault in ("cut off at the edge: 'beyond", "over each other: 'one' and '产业'", "Chinese in an English picture",
                  "missing from"):  # fmt: skip
        assert fault in found
    assert "English in a Chinese picture" in " ".join(tool.faults(figure, "zh"))
