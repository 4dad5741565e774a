"""How the tests of the command line run the program, and the small scenarios they run it on."""

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import xarray

from jiju import _engine, cli
from jiju.results.stored import Stored, is_sealed

ROOT = Path(__file__).parents[2]
BUILD = Path(os.environ.get("JIJU_BUILD", ROOT / "build" / "release"))
PROGRAM = Path(os.environ.get("JIJU_PROGRAM", BUILD / "jiju")).absolute()
SCENARIOS = ROOT / "scenarios"

OK, FAILED, REFUSED, FILE, UNLIKE, STOPPED, INTERRUPTED, TERMINATED = 0, 1, 2, 3, 4, 75, 130, 143

# Two years after one of burn-in: every mechanism, in a fraction of the time.
SHORT = 'extends = "../shaoxing-2011/status-quo.toml"\n[scenario]\nyears = 2\nburn_in_years = 1\nreplicates = 12\n'


def jiju(*words, program=PROGRAM, **how):
    words = [*map(str, words)]
    if program == PROGRAM and not how and _engine.words_for_python(words) is not None:
        return within(words)
    return subprocess.run([program, *words], capture_output=True, text=True, timeout=120, **how)


@contextlib.contextmanager
def caught(number, redirect):
    """What is written to a stream, by Python and by the engine below it."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as file:
        before = os.dup(number)
        os.dup2(file.fileno(), number)
        try:
            with redirect(file):
                yield file
        finally:
            os.dup2(before, number)
            os.close(before)


def within(words):
    """A command written in Python, in this process, which has loaded the libraries already. That the program starts one
    of its own for it is what tests/analysis/test_console_script.py tries."""
    with caught(1, contextlib.redirect_stdout) as out, caught(2, contextlib.redirect_stderr) as err:
        try:
            code = cli.main(words)
        except SystemExit as end:
            code = end.code or 0
        told = []
        for file in (out, err):
            file.seek(0)
            told.append(file.read())
    return subprocess.CompletedProcess(words, code, *told)


def good(*words, **how):
    """Standard output of a command that must succeed."""
    result = jiju(*words, **how)
    assert result.returncode == OK, result.stderr
    return result.stdout


def summary(*words):
    return json.loads(good(*words, "--json"))


def table(*words):
    """The only scenario of a run, as its summary tells it."""
    (scenario,) = summary(*words)["scenarios"]
    return scenario


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def opened(path):
    """A file of any kind, read. Bounds of coordinates are no data, which xarray leaves to its user to say."""
    data = xarray.load_dataset(path, engine=Stored if is_sealed(path) else "h5netcdf")
    return data.set_coords([name for name in data if str(name).endswith("_bnds")])


def years_of(variable):
    """Values of years from those of quarters, as the variable's cell_methods say."""
    axis = variable.dims.index("time")
    quarters = np.stack(np.split(variable.values, variable.shape[axis] // 4, axis), axis)  # a year along `axis`
    method = variable.attrs["cell_methods"]
    if method == "time: point":
        return quarters.take(-1, axis + 1)
    return {"time: sum": np.sum, "time: mean": np.mean}[method](quarters, axis=axis + 1)


class City:
    """A copy of the scenarios that a test may extend and spoil."""

    def __init__(self, folder):
        self.folder = folder / "scenarios"
        shutil.copytree(SCENARIOS, self.folder)
        (self.folder / "mine").mkdir()

    def write(self, text, name="trial.toml"):
        path = self.folder / "mine" / name
        path.write_text(text, encoding="utf-8")
        return path


def as_nobody(folder):
    """Rights do not bind root, so root's tests of them run as somebody else."""
    if os.geteuid() != 0:
        return {}
    for parent in [folder, *folder.parents[:3]]:
        if str(parent).startswith("/tmp/pytest"):
            parent.chmod(0o755)
    return {"user": 65534, "group": 65534}
