"""Differences of two scenarios where the base has replicates that the other lacks: they are a control.

A base that is simulated once, long, and kept makes every later scenario cheaper: `jiju compare long-base.h5 plan.h5`.
Each number is the plain one wherever the control would not narrow its interval.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import xarray as xr
from scipy import stats

from jiju.results.indicators import MARGIN, margin
from jiju.statistics.clusters import Clusters
from jiju.statistics.control import FEWEST, Controlled, Sample, chances, controlled_mean, controlled_share
from jiju.statistics.paired import gain_of, paired_difference, paired_probability
from jiju.statistics.proportions import interval_of_share


def sample_of(base: xr.DataArray | xr.Dataset, other: xr.DataArray | xr.Dataset) -> Sample | None:
    """Where the other's replicates stand among those of the base; None where the base has no further ones."""
    if not all("replicate" in each.indexes for each in (base, other)):
        return None
    common = np.intersect1d(base["replicate"].values, other["replicate"].values)
    if not FEWEST <= common.size < base.sizes["replicate"]:
        return None
    found = Sample(base.indexes["replicate"].get_indexer(pd.Index(common)), Clusters.along(base))
    return None if found.few else found


def in_order(base: Any) -> Any:
    """By number, so that what is left out together hangs on no order of a file."""
    return base.sortby("replicate") if "replicate" in base.indexes else base


def difference(base: xr.DataArray, other: xr.DataArray, confidence: float) -> xr.Dataset:
    """As `paired_difference`, of the replicates that both have; where a control narrows the interval `base` is the mean
    of all its replicates, and `other` and `difference` are estimates by control.

    worth   pairs without control that would know the difference equally well; `n` where it is plain
    """
    plain = paired_difference(base, other, confidence)
    base = in_order(base)
    sample = sample_of(base, other)
    if sample is None:
        return plain
    effect, control = effect_on_mean(base, other, sample)
    low, high = effect.interval(confidence)
    narrower = plain["n"].copy(data=effect.variance < plain["standard_error"].values ** 2)
    mean = np.nanmean(control, axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        worth = plain["n"].values * plain["standard_error"].values ** 2 / effect.variance
    found = {
        "base": mean, "other": mean + effect.value, "difference": effect.value, "low": low, "high": high,
        "standard_error": np.sqrt(effect.variance), "worth": worth,
    }  # fmt: skip
    taken = plain.assign(worth=plain["n"].astype(float))
    return taken.assign({
        name: taken["n"].copy(data=np.where(narrower, numbers, taken[name].values)) for name, numbers in found.items()
    })


def effect_on_mean(base: xr.DataArray, other: xr.DataArray, sample: Sample) -> tuple[Controlled, np.ndarray]:
    """What the other adds, and the values of the base; of a base in order."""
    a, b = xr.align(base, other, join="inner", exclude=["replicate"])
    a = a.transpose(..., "replicate")
    b = b.transpose(*a.dims).sel(replicate=a["replicate"].values[sample.places])
    values, control = b.values.astype(float), a.values.astype(float)
    return controlled_mean(values, control, sample, less=control), control


def gain(base: xr.DataArray, other: xr.DataArray, confidence: float) -> dict[str, float]:
    """As `paired.gain_of`, of one number a replicate, by a control where that narrows the interval; with `worth`."""
    base = in_order(base)
    plain = paired_difference(base, other, confidence)
    found = gain_of(base, other, confidence) | {"worth": float(plain["n"])}
    sample = sample_of(base, other)
    if sample is None:
        return found
    effect, _ = effect_on_mean(base, other, sample)
    if not effect.variance.item() < float(plain["standard_error"]) ** 2:
        return found
    low, high = (end.item() for end in effect.interval(confidence))
    worth = float(plain["n"]) * float(plain["standard_error"]) ** 2 / effect.variance.item()
    return {"effect": effect.value.item(), "low": low, "high": high, "p_value": p_value(effect), "worth": worth}


def probability(base: xr.Dataset, other: xr.Dataset, key: str, confidence: float) -> pd.Series:
    """As `paired_probability`, of a target; with `worth` where the base has further replicates, which say how probable
    the target is given the base's replicate."""
    met = [data["target_met"].isel(scenario=0, drop=True).sel(target=key, drop=True) for data in (base, other)]
    before, after = met
    if not all(name in data for data in (base, other) for name in MARGIN):
        return paired_probability(before, after, confidence)
    margins = [margin(data, key).isel(scenario=0, drop=True) for data in (base, other)]
    return probability_of((before, after), (margins[0], margins[1]), confidence)


def probability_of(
    events: tuple[xr.DataArray, xr.DataArray], margins: tuple[xr.DataArray, xr.DataArray], confidence: float
) -> pd.Series:
    """The same of events of base and other by replicate, and by how much each lies on the event's side."""
    before, after = in_order(events[0]), events[1]
    plain = paired_probability(before, after, confidence)
    sample = sample_of(before, after)
    if sample is None:
        return plain
    control = in_order(margins[0]).values.astype(float)
    own = margins[1].sel(replicate=before["replicate"].values[sample.places]).values.astype(float)
    met = before.values.astype(float)
    chance = chances(own, control, sample)
    share, effect = (controlled_share(chance, sample, less) for less in (None, met))
    size, plain_variance = plain_error(before, after, sample)
    if not effect.variance.item() < plain_variance:
        return pd.Series({**plain.to_dict(), "worth": float(plain["n"])})
    known = before.notnull().values
    happened = met[known] > 0.5
    low, high = interval_of_share(happened, Clusters.of(sample.clusters.codes[known]), confidence)
    found = {"base": float(happened.mean()), "base_low": low, "base_high": high}
    for name, each, least in (("other", share, 0.0), ("difference", effect, -1.0)):
        ends = [float(np.clip(end, least, 1)) for end in each.interval(confidence)]
        names = ("low", "high") if name == "difference" else ("other_low", "other_high")
        found |= {name: float(np.clip(each.value, least, 1)), **dict(zip(names, ends, strict=True))}
    found["p_value"] = p_value(effect)
    found["worth"] = size * plain_variance / effect.variance.item()
    kept = plain.drop(labels=[name for name in found if name in plain])
    narrowed: pd.Series[float] = pd.concat([kept, pd.Series(found)])
    return narrowed


def plain_error(before: xr.DataArray, after: xr.DataArray, sample: Sample) -> tuple[float, float]:
    """How many pairs there are, and the variance of their mean difference."""
    own = before.isel(replicate=sample.places)
    found = paired_difference(own, after.sel(replicate=own["replicate"].values))
    return float(found["n"]), float(found["standard_error"]) ** 2


def p_value(found: Controlled) -> float:
    """Student's test of no difference."""
    return float(2 * stats.t.sf(abs(found.value.item()) / found.variance.item() ** 0.5, found.freedom.item()))
