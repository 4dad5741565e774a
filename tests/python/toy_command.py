"""How the tests run the program that simulates the toy model."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
WRITE_TOY = Path(os.environ.get("JIJU_BUILD", ROOT / "build" / "release")) / "tests" / "write_toy"
FILE_ERROR, STOPPED = 3, 75


def write_toy(path, *options, **how):
    return subprocess.run([WRITE_TOY, path, *map(str, options)], capture_output=True, text=True, timeout=60, **how)


def good_toy(path, *options):
    """The file of a run that must succeed."""
    result = write_toy(path, *options)
    assert result.returncode == 0, result.stderr
    return path


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def preloaded(source, folder):
    """A library that stands before the system's, compiled into the folder."""
    path = folder / Path(source).with_suffix(".so")
    compiler = shutil.which("cc") or shutil.which("gcc")
    subprocess.run([compiler, "-shared", "-fPIC", "-o", path, Path(__file__).with_name(source), "-ldl"], check=True)
    return path


def values_of(dataset):
    return dataset.asstr()[...] if dataset.dtype.kind == "O" else dataset[...]


def as_nobody(folder):
    """Rights do not bind root, so root's tests of them run as somebody else."""
    if os.geteuid() != 0:
        return {}
    for parent in [folder, *folder.parents[:3]]:
        if str(parent).startswith("/tmp/pytest"):
            parent.chmod(0o755)
    return {"user": 65534, "group": 65534}
