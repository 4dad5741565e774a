"""Pictures of results. Each function draws on `ax`, or on new axes, and returns the axes.

    jiju.plot.fan(plan, "output", target="T1")
    jiju.plot.targets(base, plan, lang="zh")
"""

from jiju.plot.effects import attribution, heat_map, waterfall
from jiju.plot.facts import growth_distribution, size_distribution
from jiju.plot.firms import life
from jiju.plot.hindcasts import hindcast
from jiju.plot.outcomes import fan, targets
from jiju.plot.style import use

use()

__all__ = [
    "attribution",
    "fan",
    "growth_distribution",
    "heat_map",
    "hindcast",
    "life",
    "size_distribution",
    "targets",
    "waterfall",
]
