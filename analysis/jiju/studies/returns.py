"""What a cost has bought: ratios of gains to costs, and how likely the gain is worth it, each with its interval.

Over replicates that two scenarios share; replicates of one draw of the parameters are a cluster (clusters.py). A ratio
is one of means, never the mean of ratios, which a few replicates with hardly any cost would decide.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
import xarray as xr

from jiju.statistics.clusters import Clusters, bootstrap_interval, interval_of, mean_of
from jiju.statistics.paired import Values, gain_of, pairs_of, probability
from jiju.studies.appraisal import units_a_million

# Each with the gain and the cost that it is made of.
RATIOS = {
    "per_public": ("value_added", "public_cost"),
    "per_social": ("value_added_with_land", "social_cost"),
    "jobs_per_million": ("jobs", "public_cost"),
}


MONEY_UNIT = "money_unit"


class Ratio(NamedTuple):
    """NaN where the cost may be none: then the ratio means nothing."""

    ratio: float
    low: float
    high: float


def ratio_of(gain: Values, cost: Values, confidence: float = 0.95) -> Ratio:
    """Mean gain over mean cost of the replicates that have both, with an interval by resampled clusters.

    Only where the cost is surely positive. Coverage of the interval: benchmarks/coverage.
    """
    gained, paid = pairs_of(gain, cost)
    known = paid.notnull().values
    clusters = Clusters.of(Clusters.along(paid).codes[known])
    above, below = gained.values[known], paid.values[known]
    if not len(below):
        return Ratio(math.nan, math.nan, math.nan)
    low, _ = interval_of(mean_of(below, clusters), confidence)
    # A cost that no replicate varies is as sure as one can be.
    if not (low > 0 or (np.isnan(low) and np.ptp(below) == 0 and below[0] > 0)):
        return Ratio(math.nan, math.nan, math.nan)
    ends = bootstrap_interval(lambda gain, cost: gain / cost, (above, below), clusters, confidence)
    return Ratio(float(above.sum() / below.sum()), *ends)


def returns_of(without: xr.Dataset, having: xr.Dataset, confidence: float = 0.95) -> dict[str, Any]:
    """Of the accounts of two scenarios: differences of their means, ratios, each with `NAME_low` and `NAME_high`.

    p_positive   share of replicates whose net present value is above zero, with Wilson's interval; NaN where nothing
                 differs in any replicate
    money_unit   unit of all that is money, as text
    """
    found: dict[str, Any] = {}
    change = {}
    for name in having.data_vars:
        before, after = pairs_of(without[name], having[name])
        change[str(name)] = after - before
        gained = gain_of(before, after, confidence)
        found |= {str(name): gained["effect"], f"{name}_low": gained["low"], f"{name}_high": gained["high"]}
    for name, (gain, cost) in RATIOS.items():
        unit = units_a_million(str(having[cost].attrs["units"])) if name == "jobs_per_million" else 1.0
        ratio = ratio_of(change[gain], change[cost], confidence)
        for part, value in zip(("", "_low", "_high"), ratio, strict=True):
            found[f"{name}{part}"] = unit * value
    found[MONEY_UNIT] = str(having["public_cost"].attrs["units"])
    net = change["net_value"]
    share = probability((net > 0).where(net.notnull()), confidence)
    if not float(np.abs(net).max()) > 0:
        share = (math.nan, math.nan, math.nan)
    return found | dict(zip(("p_positive", "p_positive_low", "p_positive_high"), share, strict=True))
