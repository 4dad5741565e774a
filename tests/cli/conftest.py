"""Scenarios small enough to be run many times, and one finished run that many tests look at."""

import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from jiju_command import SHORT, City, good

sys.path.append(str(Path(__file__).parents[1] / "python"))  # netcdf_rules, whichever tests are run


@pytest.fixture
def city(tmp_path):
    return City(tmp_path)


@pytest.fixture(scope="session")
def short(tmp_path_factory):
    """A scenario of two years that no test changes."""
    return City(tmp_path_factory.mktemp("city")).write(SHORT, "short.toml")


@pytest.fixture(scope="session")
def finished(short, tmp_path_factory):
    """60 replicates of it: the results file, what was printed, and the same as JSON."""
    path = tmp_path_factory.mktemp("finished") / "short.h5"
    table = good("run", short, "--replicates", 60, "--seed", 5, "-o", path)
    again = good("run", short, "--replicates", 60, "--seed", 5, "--json")
    return SimpleNamespace(scenario=short, path=path, table=table, json=json.loads(again))
