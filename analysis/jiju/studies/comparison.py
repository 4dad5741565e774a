"""Comparison of scenarios: what differs, how sure that is, and which targets it moves.

    jiju.compare("base.h5", "plan.h5").targets
    jiju.compare(both)                              # one file that holds several scenarios: the first is the base

Results that share their draws are compared replicate by replicate.
"""

from __future__ import annotations

import os

import numpy as np
import xarray as xr

from jiju.errors import UsageError
from jiju.languages import Lang, checked, translated
from jiju.results import shared_purses, validation
from jiju.results.common_axes import on_common_axes
from jiju.results.files import open as open_results
from jiju.results.pairing import check_axes, check_draws, check_file, remarks
from jiju.runs import kept_bases
from jiju.statistics.clusters import Clusters
from jiju.studies import controlled
from jiju.studies.comparison_tables import Comparison

Results = xr.Dataset | str | os.PathLike[str]


def compare(
    base: Results, *others: Results, confidence: float = 0.95, paired: bool = True, control: bool = True,
    lang: Lang = "en",
) -> Comparison:
    """Compares scenarios with the first of `base`.

    Refuses results that do not share seed, replicates or axes; with paired=False it takes results of different seeds,
    and the intervals are as wide as independent runs make them.

    Replicates that the base alone has are a control: `worth` says how many plain pairs would know a difference equally
    well (docs/analysis.md). Where a longer run of the same base is kept (`jiju.keep`), that takes its place, and a note
    says so. With control=False only the replicates that both have are looked at.

    `lang` is the language of names and words: "en" or "zh".

    Example:

        found = jiju.compare(jiju.open("both.h5"))             # the plan against the status quo
        found.targets                                          # the change in each probability, with its interval
        found.by("industry", ["output"], 2015)                 # effects by industry
        print(found.to_latex())
    """
    checked(lang)
    if not 0 < confidence < 1:
        raise UsageError(translated(
            "confidence = {confidence}: wanted is a number between 0 and 1, as 0.95",
            confidence=confidence,
        ))
    arms = [arm for place, each in enumerate((base, *others)) for arm in arms_of(each, place)]
    if len(arms) < 2:
        raise UsageError(translated(
            "one scenario alone cannot be compared; give another file, or a file of several scenarios"
        ))
    kept = kept_bases.longer(arms[0], not isinstance(base, xr.Dataset)) if paired and control else None
    if kept is not None:
        arms[0] = kept
    arms, notes = on_common_axes(arms, distinct_names(arms))
    if kept is not None:
        notes.append(translated("the base is the run of {count} replicates that is kept (jiju bases)",
                                count=kept.sizes["replicate"]))  # fmt: skip
    first, rest = arms[0], arms[1:]
    named = dict(zip(distinct_names([first, *rest])[1:], rest, strict=True))
    for name, other in named.items():
        check_axes(first, other, name)
        if paired:
            check_draws(first, other, name)
            notes += remarks(first, other, name, control and controlled.sample_of(first, other) is not None)
        notes += [note for note in remarks_on_draws(first, other, name, paired, lang) if note not in notes]
    for name, arm in zip(distinct_names(arms), arms, strict=True):
        notes += shared_purses.notes(arm, name, lang)
    return Comparison(first, named, confidence, paired, lang, notes, control)


def arms_of(given: Results, place: int) -> list[xr.Dataset]:
    """Each scenario of a file as results of its own."""
    what = "base" if place == 0 else f"results {place + 1}"
    data = open_results(given) if isinstance(given, str | os.PathLike) else given
    if isinstance(data, xr.Dataset):
        check_file(data, what)
    data = validation.results(data, of=what)
    return [data.isel(scenario=[each]) for each in range(data.sizes["scenario"])]


def remarks_on_draws(base: xr.Dataset, other: xr.Dataset, name: str, paired: bool, lang: Lang) -> list[str]:
    """Refuses too few draws of the parameters, and says how many there are where replicates share them."""
    if paired:
        common = np.intersect1d(base["replicate"].values, other["replicate"].values)
        groups = [("", Clusters.along(base.sel(replicate=common)))]
    else:
        groups = [("base: ", Clusters.along(base)), (f"{name}: ", Clusters.along(other))]
    for _, clusters in groups:
        clusters.check()
    return [f"{whose}{clusters.remark(lang)}" for whose, clusters in groups if clusters.nested]


def distinct_names(arms: list[xr.Dataset]) -> list[str]:
    """Keys of the scenarios; a key that was there before gets a number, as two settings of one scenario do."""
    names: list[str] = []
    for arm in arms:
        key = str(arm["scenario"].values[0])
        again = sum(name == key or name.startswith(f"{key} #") for name in names)
        names.append(f"{key} #{again + 1}" if again else key)
    return names
