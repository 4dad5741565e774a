"""Pictures of results. Each function draws on `ax`, or on new axes, and returns the axes.

    jiju.plot.fan(plan, "output", target="T1")
    jiju.plot.difference_fan(base, plan, lang="zh")
    with jiju.plot.style("paper"):
        jiju.plot.forest(jiju.compare(base, plan)).figure.savefig("effects.pdf")
"""

from jiju.plot.appearance import style, use
from jiju.plot.decisions import screen, timing
from jiju.plot.designs import design
from jiju.plot.differences import difference_fan, heat_map
from jiju.plot.effects import attribution, waterfall
from jiju.plot.facts import growth_distribution, size_distribution
from jiju.plot.firms import life
from jiju.plot.forests import forest
from jiju.plot.frontiers import frontier
from jiju.plot.hindcasts import hindcast
from jiju.plot.outcomes import fan, targets
from jiju.plot.robustness import failing, regret
from jiju.plot.solutions import equal, solution

use()

__all__ = [
    "attribution",
    "design",
    "difference_fan",
    "equal",
    "failing",
    "fan",
    "forest",
    "frontier",
    "growth_distribution",
    "heat_map",
    "hindcast",
    "life",
    "regret",
    "screen",
    "size_distribution",
    "solution",
    "style",
    "targets",
    "timing",
    "waterfall",
]
