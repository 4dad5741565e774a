"""What a report tells of: one scenario, the plan, and the base that it is held against, if there is one.

Numbers are those of `jiju show`, `jiju compare` and their kin; nothing is estimated here.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr
from statsmodels.stats.multitest import multipletests

from jiju.errors import UsageError
from jiju.labels import arm_names, key_names
from jiju.languages import Lang, translated
from jiju.results import files, validation
from jiju.results.indicators import adds_up, scenario_tables, target_table, yearly
from jiju.results.pairing import check_file
from jiju.results.shared_purses import ALLOTTED, ASKED
from jiju.runs import answers
from jiju.statistics.clusters import DRAW, Clusters, interval_of, mean_of
from jiju.studies.appraisal import NEEDED
from jiju.studies.comparison import compare
from jiju.studies.comparison_tables import Comparison, over_years

CONFIDENCE = 0.95

# What chapters look at; a dataset of few variables is much quicker to select from than one of some hundreds.
USED = frozenset({
    *NEEDED, ASKED, ALLOTTED, "output", "sales", "investment", "firms", "rest_output", "wages", "profits", "tier_sales",
    "entries", "lever_received", "lever_leaked", "place_output", "place_employment", "target_value", "target_met",
    "parameter_value", "scenario_parameter_value", "scenario_toml", "scenario_sha256", "replicate_status",
})  # fmt: skip


@dataclass(frozen=True)
class Arm:
    """One scenario of a file; `summary` is what `jiju show --json` tells of it."""

    path: Path
    place: int
    data: xr.Dataset
    summary: dict[str, Any]

    @property
    def key(self) -> str:
        return str(self.data["scenario"].values[0])

    @property
    def table(self) -> dict[str, Any]:
        """The effective scenario."""
        return scenario_tables(self.data)[0]

    @property
    def replicates(self) -> int:
        return int(self.data.sizes["replicate"])

    @cached_property
    def targets(self) -> dict[str, dict[str, Any]]:
        """In the order of the scenario."""
        found = {str(each["key"]): each for each in self.summary["targets"]}
        order = target_table(self.data).index
        return {str(key): found[str(key)] for key in order if str(key) in found}


@dataclass(frozen=True)
class Subject:
    """`runs` are the files with what is in them; `base` is None where one scenario stands alone."""

    runs: dict[Path, xr.Dataset]
    arms: Sequence[Arm]
    base: Arm | None
    plan: Arm

    @cached_property
    def comparison(self) -> Comparison | None:
        return None if self.base is None else self._compared("en")

    def _compared(self, lang: Lang) -> Comparison:
        """Of these files alone: a base that happens to be kept on this machine is no part of what is reported."""
        assert self.base is not None
        return compare(self.base.data, self.plan.data, confidence=CONFIDENCE, control=False, lang=lang)

    def remarks(self, lang: Lang) -> list[str]:
        """What `jiju compare` says beside its numbers."""
        if self.base is None:
            return []
        return self._compared(lang).notes

    def names(self, lang: Lang) -> tuple[str, str]:
        """Of the base, or nothing, and of the plan."""
        if self.base is None:
            return "", arm_names([self.plan.data], lang)[0]
        base, plan = arm_names([self.base.data, self.plan.data], lang)
        return base, plan

    def city(self, lang: Lang) -> str:
        return str(self.plan.summary.get("city_zh" if lang == "zh" else "city") or "")

    @cached_property
    def target_changes(self) -> dict[str, dict[str, Any]]:
        """By target: both chances, the difference with its interval, and whether it stands out among those of all
        targets, the false ones being no more than 5 % (Benjamini and Hochberg 1995), as `jiju ablate` marks them."""
        frame = self.comparison.targets if self.comparison is not None else pd.DataFrame()
        if "p_value" not in frame:
            return {}
        found = multipletests(frame["p_value"].fillna(1.0), 1 - CONFIDENCE, method="fdr_bh")[0]
        return {str(row["target"]): named(row) for row in frame.assign(measurable=found).to_dict("records")}

    @cached_property
    def costs(self) -> dict[str, dict[str, Any]]:
        """Accounts by their key, as `jiju compare` has them; none where there is no base, or no books."""
        frame = self.comparison.costs if self.comparison is not None else pd.DataFrame()
        return {str(row["account"]): named(row) for row in frame.to_dict("records")}

    @cached_property
    def returns(self) -> dict[str, Any]:
        frame = self.comparison.returns if self.comparison is not None else pd.DataFrame()
        return {} if frame.empty else named(frame.to_dict("records")[0])

    @cached_property
    def found(self) -> dict[tuple[str, str | None, bool], pd.DataFrame]:
        """Changes that were asked for, since tables, figures and both languages ask for the same."""
        return {}

    def changes(self, variable: str, dim: str | None = None, over_all: bool = False) -> pd.DataFrame:
        """Base, plan and difference of the last year, or of all years together; empty where there is no base, or where
        results lack the variable."""
        asked = (variable, dim, over_all)
        if asked not in self.found:
            self.found[asked] = self.changed(*asked)
        return self.found[asked]

    def changed(self, variable: str, dim: str | None, over_all: bool) -> pd.DataFrame:
        arms = [self.plan] if self.base is None else [self.base, self.plan]
        if self.comparison is None or any(variable not in arm.data for arm in arms):
            return pd.DataFrame()
        if dim is not None and dim not in self.plan.data[variable].dims:
            return pd.DataFrame()
        return self.comparison.by(dim, [variable], "all" if over_all else None)

    def both(self, *variables: str) -> xr.Dataset:
        """Base and plan, or the plan alone, as one dataset for figures, on the replicates that both have."""
        arms = [arm.data for arm in (self.base, self.plan) if arm is not None]
        kept = [arm[[name for name in (*variables, "scenario_toml") if name in arm]] for arm in arms]
        if len(kept) == 1:
            return kept[0]
        return xr.concat(kept, "scenario", join="inner", combine_attrs="override", data_vars="minimal",
                         coords="minimal", compat="override")  # fmt: skip


def spread(arm: Arm, variable: str, dim: str | None = None, over_all: bool = False) -> pd.DataFrame:
    """Of one arm, in the last year or all years together: mean with its interval, 5, 50 and 95 % of the replicates, by
    the keys of a dimension or of the whole city. Empty where results lack it, or where it does not add up."""
    if variable not in arm.data or (dim is not None and dim not in arm.data[variable].dims):
        return pd.DataFrame()
    array = arm.data[variable].isel(scenario=0, drop=True)
    if {"year", "time"} & set(map(str, array.dims)):
        array = yearly(array)
        array = over_years(array) if over_all else validation.in_year(array, None)
    rest = [str(each) for each in array.dims if each not in ("replicate", dim)]
    if rest and not adds_up(arm.data[variable]):
        return pd.DataFrame()
    array = array.sum(rest, skipna=False)
    values = array.transpose(*([dim] if dim else []), "replicate").values.astype(float)
    values = values if dim else values[None, :]
    found = mean_of(values, Clusters.along(arm.data[[variable]]))
    low, high = interval_of(found, CONFIDENCE)
    q05, q50, q95 = np.nanquantile(values, [0.05, 0.5, 0.95], axis=-1)
    keys = [str(key) for key in array[dim].values] if dim else [""]
    return pd.DataFrame({"mean": found.mean, "low": low, "high": high, "q05": q05, "q50": q50, "q95": q95}, index=keys)


def named(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(key): value for key, value in row.items()}


def names_along(arm: Arm, dim: str, lang: Lang) -> dict[str, str]:
    return key_names(arm.data, dim, lang)


@contextlib.contextmanager
def opened(results: Sequence[str | os.PathLike[str]], plan: str | None) -> Iterator[Subject]:
    """The subject of results files: the first scenario is the base, `plan` is reported on, else the last.

    UsageError where nothing is given, where a scenario is not there, or where results cannot be compared; FileError
    where a file is damaged, or no results file.
    """
    if not results or not all(isinstance(each, str | os.PathLike) for each in results):
        raise UsageError(translated(
            "a report is made of results files, whose digests it tells: jiju.report('both.h5', output='report.html')"
        ))
    paths = [Path(each) for each in results]
    for path in paths:
        if path.is_dir():
            raise UsageError(translated("{path}: a run that is not finished has no report; resume it", path=path))
    with contextlib.ExitStack() as stack:
        runs = {path: stack.enter_context(files.open(path)) for path in paths}
        arms = [arm for path, data in runs.items() for arm in arms_in(path, data)]
        keys = [arm.key for arm in arms]
        if plan is not None and plan not in keys:
            raise UsageError(translated(
                "no scenario {plan!r} in these results{nearest}", plan=plan, nearest=validation.nearest(plan, keys)
            ))
        last = len(arms) - 1 if plan is None else max(place for place, key in enumerate(keys) if key == plan)
        if plan is not None and len(arms) > 1 and last == 0:
            raise UsageError(translated(
                "{plan} is the base, from which others differ; name another scenario of these results", plan=plan
            ))
        yield Subject(runs, arms, arms[0] if len(arms) > 1 else None, arms[last])


def arms_in(path: Path, data: xr.Dataset) -> list[Arm]:
    check_file(data, str(path))
    if "scenario_toml" not in data or "factor" in data.dims:
        raise UsageError(translated(
            "{path}: a report tells of scenarios, and these results are of a design; simulate two of its points",
            path=path,
        ))
    found = answers.show(path)["scenarios"]
    kept = data[[name for name in data.data_vars if name in USED]]
    return [Arm(path, place, kept.isel(scenario=[place]), told) for place, told in enumerate(found)]


def draws_shared(arm: Arm) -> bool:
    return DRAW in arm.data.coords and Clusters.along(arm.data).nested
