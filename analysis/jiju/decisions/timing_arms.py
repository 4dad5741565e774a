"""The plan at other times: which arms there are, how they are simulated, and how one is held against another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import xarray as xr

from jiju.decisions import profiles
from jiju.decisions.judgement import Estimate, gain_over
from jiju.decisions.openings import Plan
from jiju.decisions.outcomes import Outcome, measured
from jiju.decisions.timing_tables import WRITTEN
from jiju.inputs.scenario import Value
from jiju.results.shared_purses import ALLOTTED, ASKED
from jiju.runs.runner import Arm, Runner, simulate_all
from jiju.statistics.clusters import Clusters


def arms_of(
    plan: Plan, levers: list[str], tilt: float, latest: int, keep_amounts: bool
) -> Iterator[tuple[Any, dict[str, Value]]]:
    """Settings by name of profile, or by lever and years of shift."""
    yield WRITTEN, {}
    growth = profiles.growth_of(plan.tables)
    movable = [lever for lever in levers if profiles.has_amounts(plan, lever)]
    for name in profiles.PROFILES if movable else ():
        shares = profiles.shares_of(name, growth, tilt)
        if shares is not None:
            each = [profiles.moved(plan, lever, shares) for lever in movable]
            yield name, {key: value for settings in each for key, value in settings.items()}
    for lever in levers if latest else ():
        for years in profiles.shifts(plan, lever, latest):
            if years:
                yield (lever, years), profiles.shifted(plan, lever, years, keep_amounts)


def simulated_arms(
    plan: Plan, arms: Mapping[Any, Mapping[str, Value]], run: Runner, goal: Outcome, progress: bool
) -> xr.Dataset:
    def seen(data: xr.Dataset) -> xr.Dataset:
        found = measured(data, goal.columns)
        for name in (ASKED, ALLOTTED):
            found[name] = data[name].sum("lever").reset_coords(drop=True).transpose("scenario", "replicate")
        return found

    wanted = [Arm(plan.base), *(Arm(plan.scenario, settings) for settings in arms.values())]
    return simulate_all(wanted, run, seen, progress)


@dataclass(frozen=True)
class Judge:
    """Arms that share their draws: the base, the plan as written, and the plan at other times."""

    data: xr.Dataset  # scenario x replicate; the base first
    arms: tuple[Any, ...]  # from the second place on
    goal: Outcome
    largest: bool
    confidence: float

    @cached_property
    def places(self) -> dict[Any, int]:
        return {arm: place for place, arm in enumerate(self.arms, start=1)}

    @property
    def clusters(self) -> Clusters:
        return Clusters.along(self.data)

    def halves(self) -> tuple[np.ndarray, np.ndarray]:
        """Replicates of the choice and of the judgement; a draw of the parameters is in one of them."""
        first = self.clusters.codes < self.clusters.count // 2
        return np.flatnonzero(first), np.flatnonzero(~first)

    def values(self, arm: Any, replicates: np.ndarray | None = None) -> np.ndarray:
        """Columns of the goal x replicates; of an account the difference from the base."""
        part = self.data if replicates is None else self.data.isel(replicate=replicates)
        place = self.places[arm]
        found = np.stack([part[name].values[place].astype(float) for name in self.goal.columns])
        if self.goal.is_account:
            found = found - np.stack([part[name].values[0].astype(float) for name in self.goal.columns])
        return found

    def mean(self, arm: Any, replicates: np.ndarray) -> float:
        """The larger the better."""
        value = float(self.goal.of_means(np.nanmean(self.values(arm, replicates), axis=1)))
        return value if self.largest else -value

    def best(self, arms: list[Any]) -> Any:
        """On the replicates of the choice; of equal ones the first."""
        choosing = self.halves()[0]
        return max(arms, key=lambda arm: self.mean(arm, choosing))

    def gain(self, arm: Any, over: Any, replicates: np.ndarray | None = None, family: int = 1) -> Estimate:
        """Of an arm over another; in a family of so many all intervals hold at once with the stated confidence."""
        if arm == over:
            return Estimate(0.0, 0.0, 0.0)
        one, other = self.values(arm, replicates), self.values(over, replicates)
        codes = self.clusters.codes if replicates is None else self.clusters.codes[replicates]
        sure = 1 - (1 - self.confidence) / family
        return gain_over(self.goal, one, other, Clusters.of(codes), sure)

    def money(self, what: str, arm: Any) -> float:
        return float(self.data[what].isel(scenario=self.places[arm]).mean())
