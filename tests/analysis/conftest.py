"""A small scenario, simulated once from Python and once by the program, that many tests look at."""

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

sys.path.append(str(Path(__file__).parents[1] / "cli"))  # jiju_command, whichever tests are run

from jiju_command import SHORT, City, good

import jiju


@pytest.fixture
def city(tmp_path):
    return City(tmp_path)


@pytest.fixture(scope="session")
def short(tmp_path_factory):
    """A scenario of two years that no test changes."""
    return City(tmp_path_factory.mktemp("city")).write(SHORT, "short.toml")


@pytest.fixture(scope="session")
def simulated(short, tmp_path_factory):
    """20 replicates of it: in memory by Python, as a file by the program."""
    path = tmp_path_factory.mktemp("simulated") / "short.h5"
    good("run", short, "--replicates", 20, "--seed", 5, "-o", path)
    data = jiju.run(short, replicates=20, seed=5, progress=False)
    return SimpleNamespace(path=path, memory=data)
