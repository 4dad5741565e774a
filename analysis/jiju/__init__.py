"""Jiju 集聚: an industrial plan played forward, firm by firm.

    import jiju

    plan = jiju.open("results/plan.h5")                   # an xarray.Dataset
    plan.target_met.mean("replicate").to_pandas()         # the probability of each target
"""

from importlib.metadata import version

from jiju.errors import FileError, InvariantError, Problem, ScenarioError, UsageError
from jiju.files import open

__version__ = version("jiju")

__all__ = [
    "FileError",
    "InvariantError",
    "Problem",
    "ScenarioError",
    "UsageError",
    "open",
]
