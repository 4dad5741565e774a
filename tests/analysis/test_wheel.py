"""The metadata of the package names all it needs, and the wheel works where nothing else is."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import jiju
from jiju import _engine

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
# Never imported by us: how xarray reads files that others have rewritten.
BEHIND = {"h5netcdf"}
# Asked for by name where it is used, with a word on how to get it.
OPTIONAL = {re.split("[<>=]", each)[0] for group in ("decisions", "notebook", "partners", "tables")
            for each in PROJECT["optional-dependencies"][group]}  # fmt: skip


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def imported():
    """Distributions that the package's modules import, wherever in the module."""
    found = set()
    for path in Path(jiju.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Import(names=names):
                    found |= {name.name.split(".")[0] for name in names}
                case ast.ImportFrom(module=str(module), level=0):
                    found.add(module.split(".")[0])
    modules = found - set(sys.stdlib_module_names) - {"jiju"}
    distributions = packages_distributions()
    return {normal(distributions.get(module, [module])[0]) for module in modules}


def test_what_is_imported_is_declared_and_what_is_declared_is_used():
    declared = {normal(re.match(r"[A-Za-z0-9._-]+", line)[0]) for line in PROJECT["dependencies"]}
    assert imported() - OPTIONAL | BEHIND == declared


def test_requirements_of_the_checkout_are_those_of_the_package():
    """What developers have, users have: the lists differ in nothing that the package needs."""
    text = (ROOT / "tools" / "requirements.txt").read_text(encoding="utf-8").split("# build")[0]
    listed = {normal(line) for line in text.splitlines() if line and not line.startswith("#")}
    assert listed == {normal(re.match(r"[A-Za-z0-9._-]+", line)[0]) for line in PROJECT["dependencies"]}


def run(*words, cwd):
    clean = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "JIJU_SCENARIOS")}
    done = subprocess.run([*map(str, words)], capture_output=True, text=True, timeout=900, cwd=cwd, env=clean)
    assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """An environment that holds the wheel and what its metadata names; the compiled part is that of the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    engine = Path(_engine.__file__).parent
    run(
        sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", folder,
        "--config-settings", f"cmake.define.JIJU_ENGINE={engine}", ROOT, cwd=folder,
    )  # fmt: skip
    (wheel,) = folder.glob("jiju-*.whl")
    run(sys._base_executable, "-m", "venv", folder / "fresh", cwd=folder)
    python = folder / "fresh" / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", "--no-compile", wheel, cwd=folder)
    return python


@pytest.mark.long
def test_an_empty_environment_needs_the_wheel_alone(fresh, tmp_path):
    assert run(fresh, ROOT / "tests" / "analysis" / "wheel_smoke.py", cwd=tmp_path) == "ok\n"
