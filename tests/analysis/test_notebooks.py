"""The notebooks run from the first cell to the last, on the newest libraries and on Debian's; stored without output.

The longer ones, and all but the first on Debian's libraries, are left to tools/check_long.
"""

import json
import os
from itertools import product
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "analysis" / "notebooks").glob("*.ipynb"))
SHORT = {("newest", "1"), ("newest", "2"), ("newest", "5"), ("debian", "1")}
PYTHONS = {"newest": ROOT / ".venv" / "bin" / "python", "debian": ROOT / ".venv" / "debian" / "bin" / "python"}


@pytest.fixture(scope="module")
def kernels(tmp_path_factory):
    """A kernel for either Python, whatever kernels the machine has."""
    folder = tmp_path_factory.mktemp("jupyter")
    for name, python in PYTHONS.items():
        assert python.exists(), f"{python} is missing; run tools/setup"
        spec = {"argv": [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"], "language": "python",
                "display_name": name, "env": {"PATH": f"{PYTHONS['newest'].parent}:{os.environ['PATH']}"}}  # fmt: skip
        path = folder / "kernels" / name / "kernel.json"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(spec), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", str(folder))
        yield


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_stored_without_output(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        assert not cell.get("outputs") and cell.get("execution_count") is None


def executed(path, kernel):
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(notebook, timeout=1200, kernel_name=kernel, resources={"metadata": {"path": path.parent}})
    try:
        client.execute()
    except CellExecutionError as error:
        pytest.fail(str(error), pytrace=False)
    return [output for cell in notebook.cells for output in cell.get("outputs", ())]


def each_on_each():
    for path, python in product(NOTEBOOKS, PYTHONS):
        marks = () if (python, path.stem.split("-")[0]) in SHORT else pytest.mark.long
        yield pytest.param(path, python, marks=marks, id=f"{path.stem}-{python}")


@pytest.mark.parametrize(("path", "python"), list(each_on_each()))
def test_runs(path, python, kernels):
    outputs = executed(path, python)
    assert not [each.text for each in outputs if each.get("name") == "stderr" and "Warning" in each.text]
    pictures = sum("image/png" in each.get("data", {}) for each in outputs)
    assert pictures == path.read_text(encoding="utf-8").count("jiju.plot.")


def test_there_are_six():
    assert [path.stem.split("-")[0] for path in NOTEBOOKS] == ["1", "2", "3", "4", "5", "6"]
