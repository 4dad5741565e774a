"""Jiju 集聚: an industrial plan simulated, firm by firm.

    import jiju

    plan = jiju.run("shaoxing-2011/plan", replicates=500)     # an xarray.Dataset
    plan.target_met.mean("replicate").to_pandas()             # the probability of each target

What there is stands in __init__.pyi, which is also what is loaded, name by name when it is used: the command line needs
neither xarray nor pandas.
"""

import lazy_loader

from jiju import _engine
from jiju.shelves import SHELF

__version__ = _engine.version
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

if SHELF is not None:
    _engine.add_shelf(str(SHELF))
