"""Hindcast: series that were observed against what was simulated of the same years.

    jiju.hindcast("hindcast.h5", "scenarios/shaoxing-2011/observed.csv")
    jiju.hindcast(data, frame).observations             # one observation a row: bands, quantile of the truth, score

How to read it, and the file of observations, stand in docs/hindcast.md.
"""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from jiju.errors import UsageError
from jiju.evidence import hindcast_tables
from jiju.evidence.naive_forecasts import NAIVE, Naive
from jiju.evidence.observations import GROWTH, LEVEL, Observation, Table, observations
from jiju.labels import key_names
from jiju.languages import Lang, checked, translated
from jiju.printing import text_tables
from jiju.printing.printed import Printable, Printed, joined
from jiju.results import validation
from jiju.results.files import open as open_results
from jiju.results.pairing import check_file
from jiju.results.provenance import note_of
from jiju.results.validation import listed
from jiju.statistics import forecast_scores as scores
from jiju.statistics.clusters import LEAST, Clusters, bootstrap_interval
from jiju.studies.comparison_tables import records

SIMULATION = "simulation"
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Hindcast(Printable):
    """Observations held against simulated distributions. Every frame is tidy, with names in both languages.

    observations  one a row and scenario: n replicates and draws, median, ends of the 50, 80 and 95 % bands, whether the
                  observation lies inside, quantile (of a range also those of its ends) with its standard error, CRPS,
                  and what the naive forecasts say
    coverage      by scenario and band: the share of observations inside, its 95 % interval with each year counted once,
                  and the range of shares in which 95 % of replicates lie that take the place of the truth
    scores        by scenario, of all growths and of each variable's levels, one forecast a row: mean CRPS over the
                  observations that it speaks of, that of the simulation over the same, skill = 1 - CRPS of the
                  simulation / CRPS, with a 95 % interval where there are years enough; of the simulation also the range
                  of CRPS in which 95 % of replicates lie that take the place of the truth, and the share of those whose
                  CRPS is as large (p_value)
    """

    results: xr.Dataset
    observed: Sequence[Observation]
    history: Sequence[Observation]
    observations: pd.DataFrame
    coverage: pd.DataFrame
    scores: pd.DataFrame
    lang: Lang = "en"
    notes: list[str] = field(default_factory=list)

    @property
    def scenarios(self) -> dict[str, str]:
        """Key to name."""
        return key_names(self.results, "scenario", self.lang)

    def to_dict(self) -> dict[str, Any]:
        """For JSON: missing numbers are None."""
        return {"scenarios": list(self.scenarios), "notes": self.notes} | {
            name: records(frame) for name, frame in self.frames.items()
        }

    @property
    def frames(self) -> dict[str, pd.DataFrame]:
        return {"observations": self.observations, "coverage": self.coverage, "scores": self.scores}

    def printed(self) -> Printed:
        legend = hindcast_tables.LEGEND[self.lang].replace("\n", "" if self.lang == "zh" else " ")
        return Printed(hindcast_tables.TITLE[self.lang], self.display(), joined(self.frames), legend, self.notes,
                       note_of([self.results], self.lang), lang=self.lang)  # fmt: skip

    def display(self) -> list[tuple[str, pd.DataFrame]]:
        """The tables that a reader sees, with their captions."""
        shown = hindcast_tables.display(self.observations, self.coverage, self.scores, self.scenarios, self.lang)
        told: list[tuple[str, pd.DataFrame]] = text_tables.in_habit(shown, self.lang)
        return told

    def __repr__(self) -> str:
        parts = [f"! {note}" for note in self.notes]
        for caption, table in self.display():
            parts += ["", caption, text_tables.plain(table)]
        return "\n".join([*parts, "", hindcast_tables.LEGEND[self.lang]]).strip("\n")

    def _repr_html_(self) -> str:
        return text_tables.as_html(hindcast_tables.TITLE[self.lang], self.display(), self.notes)


def hindcast(
    results: xr.Dataset | str | os.PathLike[str], table: Table, *, scenario: str | None = None, lang: Lang = "en"
) -> Hindcast:
    """Holds observations against the replicates of each scenario of a results file, or of one.

    `table` is a CSV file or a frame with the columns variable, year, value and, where wanted, measure ("level" or
    "growth"), low, high, source, and one for each dimension; docs/hindcast.md says what may stand there. Observations
    of the year before the start and of years before that judge nothing; they say what growth was last seen. UsageError
    names every row that these results cannot answer.

    `lang` is the language of names and words: "en" or "zh".

    Example:

        import pandas as pd

        observed = pd.DataFrame({"variable": ["output"], "year": [2012], "value": [1900.0]})   # made up
        found = jiju.hindcast("both.h5", observed, scenario="status-quo")
        found.observations, found.coverage
    """
    checked(lang)
    data = open_results(results) if isinstance(results, str | os.PathLike) else results
    if isinstance(data, xr.Dataset):
        check_file(data, translated("the results file") if results is data else os.fspath(results))
    data = validation.results(data)
    if scenario is not None:
        validation.key(data, "scenario", scenario)
        data = data.sel(scenario=[scenario])
    clusters = Clusters.along(data)
    clusters.check()
    if clusters.count < 2:
        raise UsageError(translated("one replicate has no distribution; simulate more of them"))
    history, observed, later = by_time(observations(table, data))
    if not observed:
        raise UsageError(translated(
            "no observation is of a year that these results have: {listed}",
            listed=listed(map(str, years_of(data))),
        ))
    rows = [row_of(data, key, each, history) for key in data["scenario"].values for each in observed]
    found = pd.DataFrame(rows)
    coverage = pd.concat([coverage_of(data, str(key), observed, found) for key in data["scenario"].values])
    table_of_scores = pd.concat([scores_of(data, str(key), observed, found) for key in data["scenario"].values])
    notes = hindcast_tables.notes_of(found, later, clusters, lang)
    return Hindcast(data, observed, history, found, coverage.reset_index(drop=True),
                    table_of_scores.reset_index(drop=True), lang, notes)  # fmt: skip


def years_of(data: xr.Dataset) -> list[int]:
    return sorted({int(year) for year in data["year" if "year" in data.dims else "calendar_year"].values})


def by_time(every: Sequence[Observation]) -> tuple[list[Observation], list[Observation], list[Observation]]:
    """Observations up to the year before the start, those of simulated years, and later ones."""
    before = [each for each in every if each.year <= each.series.base_year]
    during = [each for each in every if each.year in each.series.years]
    return before, during, [each for each in every if each not in before and each not in during]


def row_of(data: xr.Dataset, scenario: str, seen: Observation, history: Sequence[Observation]) -> dict[str, Any]:
    """One observation against the replicates of a scenario."""
    series = seen.series
    row: dict[str, Any] = {
        "scenario": str(scenario), "place": seen.place, "variable": series.target or series.variable,
        "name": series.name(), "name_zh": series.name("zh"), "unit": series.unit, **dict(series.where),
        "year": seen.year, "measure": GROWTH if series.growth else LEVEL, "value": seen.value, "low": seen.low,
        "high": seen.high, "source": seen.source,
    }  # fmt: skip
    values, clusters = known_of(series.values(scenario)[seen.year], Clusters.along(data))
    if clusters.count < 2:
        raise UsageError(translated(
            "{place}: fewer than two replicates of {scenario} have {key_text} in {year}",
            place=seen.place, scenario=scenario, key_text=series.key_text, year=seen.year,
        ))
    row |= {"n": len(values), "draws": clusters.count, "median": float(np.quantile(values, 0.5))}
    for band in scores.BANDS:
        low, high = scores.ends_of_band(values, band)
        row |= {f"low{percent(band)}": float(low), f"high{percent(band)}": float(high)}
        row[f"inside{percent(band)}"] = bool(low <= seen.value <= high)
    row["quantile"] = scores.quantile_of_truth(values, seen.value)
    row["quantile_error"] = scores.error_of_quantile(values, seen.value, clusters)
    for end in ("low", "high"):
        row[f"quantile_{end}"] = scores.quantile_of_truth(values, getattr(seen, end)) if seen.ranged else math.nan
    row["crps"] = scores.crps(values, seen.value, clusters)
    naive = Naive(series, scenario, history)
    return row | {which: naive.forecast(which, seen.year) for which in NAIVE}


def known_of(values: np.ndarray, clusters: Clusters) -> tuple[np.ndarray, Clusters]:
    """Without replicates that failed, or whose growth has no meaning."""
    known = ~np.isnan(values)
    return values[known], Clusters.of(clusters.codes[known])


def percent(band: float) -> int:
    return round(100 * band)


def together(data: xr.Dataset, scenario: str, observed: Sequence[Observation]) -> tuple[np.ndarray, Clusters]:
    """What was simulated of all observations, one a row, of the replicates that have them all."""
    every = [each.series.values(scenario)[each.year] for each in observed]
    known = ~np.isnan(np.stack(every)).any(axis=0)
    return np.stack(every)[:, known], Clusters.of(Clusters.along(data).codes[known])


def coverage_of(data: xr.Dataset, scenario: str, observed: Sequence[Observation], found: pd.DataFrame) -> pd.DataFrame:
    mine = found[found["scenario"] == scenario]
    expected, _ = scores.scores_of_pseudo_truths(*together(data, scenario, observed))
    rows = []
    for place, band in enumerate(scores.BANDS):
        inside = mine[f"inside{percent(band)}"].to_numpy(bool)
        low, high = scores.interval_of_coverage(inside, mine["year"].to_numpy(), CONFIDENCE)
        least, most = middle(expected[:, :, place].mean(axis=1))
        rows.append({"scenario": scenario, "band": band, "observations": len(inside), "years": mine["year"].nunique(),
                     "inside": int(inside.sum()), "share": inside.mean(), "low": low, "high": high,
                     "expected_low": least, "expected_high": most})  # fmt: skip
    return pd.DataFrame(rows)


def middle(values: np.ndarray) -> tuple[float, float]:
    low, high = np.quantile(values, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2], method="inverted_cdf")
    return float(low), float(high)


def scores_of(data: xr.Dataset, scenario: str, observed: Sequence[Observation], found: pd.DataFrame) -> pd.DataFrame:
    """Growths together, and levels by variable: scores have the unit of what is foreseen."""
    mine = found[found["scenario"] == scenario].reset_index(drop=True)
    rows = []
    for variable, group in mine.groupby(mine["variable"].where(mine["measure"] == LEVEL, ""), sort=False):
        chosen = [observed[place] for place in group.index]
        _, expected = scores.scores_of_pseudo_truths(*together(data, scenario, chosen))
        means = expected.mean(axis=1)
        least, most = middle(means)
        front = {"scenario": scenario, "measure": LEVEL if variable else GROWTH, "variable": variable,
                 "unit": group["unit"].iloc[0]}  # fmt: skip
        own = float(group["crps"].mean())
        rows.append(front | {"forecast": SIMULATION, "observations": len(group), "years": group["year"].nunique(),
                             "crps": own, "crps_of_simulation": own, "expected_low": least, "expected_high": most,
                             "p_value": float(np.mean(means >= own))})  # fmt: skip
        rows += [front | against(group, which) for which in NAIVE]
    return pd.DataFrame(rows)


def against(group: pd.DataFrame, which: str) -> dict[str, Any]:
    """The simulation against a naive forecast, over the observations of which that says something."""
    spoken = group[group[which].notna()]
    error = (spoken[which] - spoken["value"]).abs()
    own, naive = float(spoken["crps"].mean()), float(error.mean())
    skill = 1 - own / naive if len(spoken) and naive > 0 else math.nan
    low, high = interval_of_skill(spoken["crps"].to_numpy(), error.to_numpy(), spoken)
    return {"forecast": which, "observations": len(spoken), "years": spoken["year"].nunique(), "crps": naive,
            "crps_of_simulation": own, "skill": skill, "skill_low": low, "skill_high": high}  # fmt: skip


def interval_of_skill(own: np.ndarray, naive: np.ndarray, spoken: pd.DataFrame) -> tuple[float, float]:
    """From resampled years, whose observations stay together; none below ten years, and none of levels, whose misses
    last from year to year. It takes years to be independent, and knows of one history alone."""
    if spoken["year"].nunique() < LEAST or (spoken["measure"] != GROWTH).any():
        return math.nan, math.nan
    years = Clusters.of(spoken["year"].to_numpy())

    def skill(total: np.ndarray, of_naive: np.ndarray) -> np.ndarray:
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(1 - total / of_naive)

    return bootstrap_interval(skill, (own, naive), years, CONFIDENCE)
