"""Notebooks as pages: executed, with their tables and pictures, each kept in a folder named by what the notebook holds.

usage: notebooks.py FOLDER [--execute]      (tools/build_site calls it, with the interpreter of .venv)

A notebook whose folder is there already is not executed again. Without --execute code stands alone.
"""

import hashlib
import re
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbconvert import MarkdownExporter
from sources import NOTEBOOKS, relinked

WIDGET = "application/vnd.jupyter.widget-view+json"


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def plain(notebook: nbformat.NotebookNode) -> None:
    """Leaves out what a page does not show: xarray's folding view, which needs its own styles, and bars of progress."""
    for cell in notebook.cells:
        outputs = [each for each in cell.get("outputs", ()) if each.get("name") != "stderr"]
        for each in outputs:
            data = each.get("data", {})
            if "xr-wrap" in data.get("text/html", ""):
                del data["text/html"]
        if "outputs" in cell:
            cell["outputs"] = [each for each in outputs if WIDGET not in each.get("data", {})]


def converted(path: Path, folder: Path, execute: bool) -> None:
    """Writes a notebook's page and pictures into a folder, whole or not at all."""
    notebook = nbformat.read(path, as_version=4)
    if execute:
        NotebookClient(notebook, timeout=1800, resources={"metadata": {"path": path.parent}}).execute()
    plain(notebook)
    text, resources = MarkdownExporter().from_notebook_node(notebook)
    text = re.sub(r"<style scoped>.*?</style>\n", "", text, flags=re.DOTALL)
    # a picture has words for who cannot see it: the line of code that drew it stands above it
    text = re.sub(r"!\[png\]\((\S+)\)", rf"![{path.stem}](\1)", text)
    text, _ = relinked(text.strip() + "\n", path)
    text = re.sub(r"\]\([^)\s]*?(output_\d+_\d+\.png)\)", rf"]({path.stem}-\1)", text)  # pictures lie beside the page
    folder.mkdir(parents=True)
    for name, picture in (resources.get("outputs") or {}).items():
        (folder / f"{path.stem}-{name}").write_bytes(picture)
    (folder / f"{path.stem}.md").write_text(text, encoding="utf-8")


def main(folder: Path, execute: bool) -> None:
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        made = folder / (digest(path) if execute else f"{digest(path)}-code")
        if not made.exists():
            print(f"{'executing' if execute else 'reading'} {path.name}", file=sys.stderr, flush=True)
            converted(path, made, execute)


if __name__ == "__main__":
    main(Path(sys.argv[1]), "--execute" in sys.argv[2:])
