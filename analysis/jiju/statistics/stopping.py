"""When a target of a plan is known well enough, where further replicates of its base are a control.

The rule looks after 50 replicates and then at numbers growing by a half, fixed in advance: each look is an occasion to
stop by chance. It stops when half of the interval is at most as wide as asked for. Of a probability there must be
ten replicates or more that are expected to meet the target, and ten to miss it: among those of the base by the chance
that the control gives each, and by the plan's own where the plain interval is the narrower. Without that a run that has
seen a rare target too rarely would stop at once (docs/precision.md).

Coverage of the interval at which it stops: benchmarks/stopping.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from jiju.errors import UsageError
from jiju.languages import translated
from jiju.statistics.clusters import Clusters, interval_of, mean_of
from jiju.statistics.control import Sample, chances, controlled_mean, controlled_share
from jiju.statistics.proportions import interval_of_share

FIRST = 50
LEAST = 10  # expected outcomes of either kind


def look_after(replicates: int) -> int:
    """The next number of replicates at which the rule looks."""
    return FIRST if replicates < FIRST else replicates + replicates // 2


@dataclass(frozen=True)
class Rule:
    """p(TARGET)=WIDTH@LEVEL% or mean(TARGET)=WIDTH@LEVEL%, as `jiju run --precision` has it."""

    text: str
    target: str
    of_mean: bool
    half_width: float
    confidence: float

    @classmethod
    def of(cls, text: str) -> Rule:
        """UsageError where it is none."""
        found = re.fullmatch(r"\s*(p|mean)\((\w+)\)\s*=\s*([0-9.eE+-]+)\s*@\s*([0-9.]+)\s*%\s*", text)
        try:
            width, level = (float(found[part]) for part in (3, 4)) if found else (0.0, 0.0)
        except ValueError:
            width = level = 0.0
        if not (found and width > 0 and 50 <= level < 100):
            raise UsageError(translated(
                "{text!r} is no rule such as p(T1)=0.01@95% or mean(T1)=20@90%, its width above 0 and its level "
                "between 50 and 100 %", text=text,
            ))  # fmt: skip
        return cls(text, found[2], found[1] == "mean", width, level / 100)


@dataclass(frozen=True)
class Known:
    """What is known of the target after some replicates of the plan.

    worth     as many plain replicates would know it equally well; as many as there are where no control helps
    enough    whether the rule is kept
    """

    value: float
    low: float
    high: float
    replicates: int
    worth: float
    enough: bool


def known_after(
    rule: Rule, values: np.ndarray, margins: np.ndarray, base: np.ndarray, base_margins: np.ndarray, clusters: Clusters
) -> Known:
    """From the plan's first replicates, and as many more of the base.

    values, margins       of the plan's replicates: what the target counts, and by how much that meets it
    base, base_margins    the same of the base, whose first replicates have the plan's draws
    clusters              of the base's replicates
    """
    sample = Sample(np.arange(len(values)), clusters)
    if rule.of_mean:
        found = mean_of(values, sample.own)
        low, high = (float(end) for end in interval_of(found, rule.confidence))
        controlled, seen, seen_plainly = controlled_mean(values, base, sample), np.inf, np.inf
    else:
        met = np.where(np.isnan(margins), np.nan, margins >= 0)
        found = mean_of(met, sample.own)
        happened = ~np.isnan(met)
        low, high = interval_of_share(
            met[happened] > 0.5, Clusters.of(sample.own.codes[happened]), rule.confidence
        )
        chance = chances(margins, base_margins, sample)
        controlled = controlled_share(chance, sample)
        seen, seen_plainly = (min(np.nansum(each), np.nansum(1 - each)) for each in (chance.of_all, met))
    value, variance = float(found.mean), float(found.variance)
    worth = float(found.n)
    own = float(np.squeeze(controlled.variance))
    if own < variance:
        value = float(np.squeeze(controlled.value))
        low, high = (float(np.squeeze(end)) for end in controlled.interval(rule.confidence))
        worth *= variance / own
    else:
        seen = seen_plainly
    enough = bool((high - low) / 2 <= rule.half_width and seen >= LEAST)
    if not rule.of_mean:
        value, low, high = (min(max(each, 0.0), 1.0) for each in (value, low, high))
    return Known(value, low, high, len(values), worth, enough)
