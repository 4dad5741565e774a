"""Modules of the package import one another in one direction, wherever in the module the import stands."""

import ast
import re
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import jiju

ARCHITECTURE = Path(__file__).parents[2] / "ARCHITECTURE.md"


def modules_of(folder, package):
    """Paths by module; `__init__` of a folder is the module of its name."""
    found = {path.relative_to(folder).with_suffix("").parts: path for path in folder.rglob("*.py")}
    return {".".join((package, *parts)).removesuffix(".__init__"): path for parts, path in found.items()}


def imports_of(path, modules, package):
    """The modules that one imports, at its top, in functions and for type checkers; but not the package itself, whose
    __init__ every import runs and which names what it offers in a stub."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                found |= {each.name for each in names}
            case ast.ImportFrom(module=str(module), names=names, level=0):
                inner = {f"{module}.{each.name}" for each in names}
                found |= inner & modules.keys() or {module}
            case ast.ImportFrom(level=level) if level:
                raise AssertionError(f"{path}: imports by a relative name, which this test does not follow")
    return (found & modules.keys()) - {package}


def graph_of(folder, package):
    modules = modules_of(folder, package)
    return {name: imports_of(path, modules, package) for name, path in modules.items()}


def test_imports_make_no_circle():
    graph = graph_of(Path(jiju.__file__).parent, "jiju")
    assert "jiju.runs.runner" in graph["jiju.runs.engine"], "edges are found"
    TopologicalSorter(graph).prepare()


def test_folders_import_one_another_in_one_direction():
    """The order in which ARCHITECTURE.md shows them; the package's own modules below all, but those that start it."""
    graph = graph_of(Path(jiju.__file__).parent, "jiju")
    folders = {module.split(".")[1] for module in graph if module.count(".") > 1}
    order = re.findall(r"^\| `analysis/jiju/(\w*)/?` \|", ARCHITECTURE.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(order) == folders | {""}

    def row(module):
        folder = module.split(".")[1]
        return order.index(folder if folder in folders else "")

    starting = ("jiju", "jiju.__main__", "jiju.cli")
    edges = {(module, each) for module in graph.keys() - starting for each in graph[module]}
    assert {edge for edge in edges if row(edge[0]) < row(edge[1])} == set()



@pytest.mark.parametrize("inner", ["from tree.b import x", "def f():\n    import tree.b", "from tree import b"])
def test_a_circle_is_found_wherever_it_is_closed(inner, tmp_path):
    (tmp_path / "__init__.py").write_text("", encoding="utf-8")
    (tmp_path / "a.py").write_text(inner, encoding="utf-8")
    (tmp_path / "b.py").write_text("from tree.a import f", encoding="utf-8")
    with pytest.raises(CycleError):
        TopologicalSorter(graph_of(tmp_path, "tree")).prepare()
