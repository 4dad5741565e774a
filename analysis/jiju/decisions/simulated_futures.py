"""The base and all plans in each future, simulated with the same draws; several replicates share a draw of the
parameters, so that what chance does can be told from what parameters do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from jiju.decisions.futures import Future
from jiju.decisions.outcomes import Outcome, measured
from jiju.errors import UsageError
from jiju.inputs.scenario import Scenario
from jiju.languages import translated
from jiju.runs.runner import BATCH, Arm, Runner, simulated, together
from jiju.statistics import regret
from jiju.statistics.clusters import DRAW, Clusters
from jiju.studies.information import drawn_values, labels_of

FEWEST = 20  # draws


@dataclass(frozen=True)
class Seen:
    """What one future has shown.

    values   by column: scenario (the base first) x replicate, with the draw of each
    known    parameters by draw, of draws without a failed replicate
    labels   of parameters, in both languages
    """

    values: xr.Dataset
    known: pd.DataFrame
    labels: dict[str, tuple[str, str]]

    def of(self, outcome: Outcome) -> np.ndarray:
        """Plans x columns x replicates; of accounts the difference from the base."""
        found = np.stack([self.values[name].values.astype(float) for name in outcome.columns], axis=1)
        return found[1:] - found[:1] if outcome.is_account else found[1:]

    @property
    def clusters(self) -> Clusters:
        return Clusters.of(self.values[DRAW].values)

    def halves(self, outcome: Outcome) -> regret.Halves:
        """Of each plan, by draw."""
        values = self.of(outcome)
        order = np.argsort(self.clusters.codes, kind="stable")
        shape = (*values.shape[:2], self.clusters.count, -1)
        return regret.halves_of(values[..., order].reshape(shape).transpose(2, 3, 0, 1), outcome.of_means)


def looked_at(future: Future, scenarios: Sequence[Scenario], columns: Sequence[str], run: Runner, bar: Any) -> Seen:
    """The base and all plans in one future. Draws in which any replicate failed are left out of all."""
    arms = [Arm(future.scenario(each)) for each in scenarios]
    parts, known, labels = [], pd.DataFrame(), {}
    for first in range(0, len(arms), BATCH):
        data = simulated(arms[first : first + BATCH], run)
        parts.append(measured(data, columns))
        if not first:
            single = [data.isel(scenario=[place]) for place in range(data.sizes["scenario"])]
            known, labels = drawn_values(single), labels_of(single)
        bar.update(data.sizes["scenario"])
    values = together(parts)
    if DRAW not in values.coords:
        raise UsageError(translated("every replicate has a draw of its own: chance cannot be told from parameters"))
    whole = np.isfinite(values.to_array().values).all(axis=(0, 1))
    draws, places = np.unique(values[DRAW].values, return_inverse=True)
    counts = np.bincount(places, weights=whole)
    kept = draws[counts == counts.max()]
    if len(kept) < FEWEST:
        raise UsageError(translated(
            "{count} draws of the parameters say too little; give replicates for {FEWEST} or more",
            count=len(kept), FEWEST=FEWEST,
        ))  # fmt: skip
    return Seen(values.isel(replicate=np.isin(values[DRAW].values, kept)), known.loc[kept], labels)
