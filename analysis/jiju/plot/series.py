"""What fans draw: a variable by scenario, replicate and year, after a choice of keys and sums over the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import xarray as xr

from jiju.errors import UsageError
from jiju.languages import Lang, translated
from jiju.plot import captions
from jiju.results import validation
from jiju.results.indicators import adds_up, over_time, yearly
from jiju.results.validation import REPLICATES

# What holds half, and nine tenths, of the replicates.
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True)
class Series:
    """Values along scenario, replicate and year, and what was done to get there."""

    values: xr.DataArray
    variable: xr.DataArray
    chosen: tuple[tuple[str, str], ...]
    added: tuple[str, ...]

    @property
    def years(self) -> np.ndarray:
        return np.asarray(self.values["year"].values.astype(int))

    def details(self, data: xr.Dataset, lang: Lang) -> list[str]:
        """For a caption: picked keys, sums, the number of replicates."""
        return [captions.picked(data, dict(self.chosen), lang), captions.summed(data, self.added, lang),
                captions.count(self.values.sizes["replicate"], lang)]  # fmt: skip


def series_of(data: xr.Dataset, variable: str, where: Mapping[str, str]) -> Series:
    """Of results; what is neither picked nor a year is added up, or refused where adding makes no sense."""
    known = validation.variable(data, variable, over_time(data))
    array = validation.picked(yearly(known), dict(where)).sortby("year")
    rest = tuple(str(dim) for dim in array.dims if dim not in (*REPLICATES, "year"))
    if rest and not adds_up(known):
        raise UsageError(translated(
            "{variable} cannot be added up over {rest}; pick one",
            variable=variable, rest=", ".join(rest),
        ))
    values = array.sum(rest, skipna=False).transpose("scenario", "replicate", "year")
    return Series(values, known, tuple(where.items()), rest)


def quantiles(values: np.ndarray) -> np.ndarray:
    """LEVELS of the replicates, which are along the first axis, year by year."""
    return np.asarray(np.nanquantile(values, LEVELS, axis=0))
