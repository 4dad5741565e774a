"""Thirty years of even growth in benchmarks/economy: what settles, decade by decade, and what drifts."""

import itertools
from collections.abc import Iterator

import economy_figures as figures
import numpy as np
import pandas as pd
import xarray as xr
from economy_figures import Row, row_of

OUTPUTS = ["output", "price", "capital", "tier_firms", "entries", "total_factor_productivity"]
NEAR, NEARLY, HALF_TO_DOUBLE = (-0.10, 0.10), (-0.15, 0.15), (-0.5, 1.0)


def rows_of_decades(case: str, data: xr.Dataset, ends: pd.DataFrame) -> Iterator[Row]:
    """Rows of one long run: its totals, and its firms at the ends of years."""
    output = figures.real_output(data)
    yield from drifts(case + "capital over real output", figures.whole(data, "capital") / output, NEAR)
    industries = data["output"].sum("cluster") / data["price"]
    shares = industries / industries.sum("industry")
    turn = abs(shares.isel(year=-1).mean("replicate") / shares.isel(year=9).mean("replicate") - 1)
    worst = str(turn.idxmax("industry").item())
    yield from drifts(f"{case}share of {worst}, which drifts most", shares.sel(industry=worst, drop=True), NEAR)
    for first, last in decades(output):
        moved = shares_moved(shares.sel(year=first, drop=True), shares.sel(year=last, drop=True))
        figure = f"{case}part of output that changes its industry, {spell(output, first, last)}"
        yield row_of(figure, figures.Estimate(moved))
    yield from drifts(case + "firms of every size", figures.whole(data, "tier_firms"), HALF_TO_DOUBLE)
    entered, refused = (figures.whole(data, name).sum("year") for name in ("entries", "refused"))
    lost = figures.ratio_of_means(refused, entered + refused)
    yield row_of(case + "entrants for whom there was no room", lost, (0.0, 0.0))
    technique = data["total_factor_productivity"].mean("industry")
    for name, values in (("real output", output), ("technique, mean over industries", technique)):
        for first, last in decades(values):
            pace = np.log(values.sel(year=last) / values.sel(year=first)) / (last - first)
            yield row_of(f"{case}growth a year of {name}, {spell(values, first, last)}", figures.mean_of(pace))
    yield from drifts(case + "mean age", figures.yearly(ends, ends["year"] + 1 - ends["born"], "mean"), NEARLY)
    log_sales = np.log(ends["year_sales"].where(ends["year_sales"] > figures.SOLD))
    yield from drifts(case + "spread of log sales, all firms", figures.yearly(ends, log_sales, "std"), NEARLY)


def shares_moved(before: xr.DataArray, after: xr.DataArray) -> float:
    """Half the sum over industries of how far their mean shares moved: the part of output that changed its industry."""
    return float(abs(after.mean("replicate") - before.mean("replicate")).sum("industry")) / 2


def decades(values: xr.DataArray) -> Iterator[tuple[int, int]]:
    """The last years of each ten years and of the ten before."""
    yield from itertools.pairwise(int(year) for year in values["year"].values[9::10])


def spell(values: xr.DataArray, first: int, last: int) -> str:
    before = int(values["year"].min()) - 1
    return f"year {last - before} against {first - before}"


def drifts(name: str, values: xr.DataArray, goal: tuple[float, float]) -> Iterator[Row]:
    """By how much the last year of each decade differs from that of the one before."""
    for first, last in decades(values):
        found = figures.change_of_mean(values.sel(year=first, drop=True), values.sel(year=last, drop=True))
        ends = [figures.short(float(values.sel(year=year).mean())) for year in (first, last)]
        yield row_of(f"{name}, {spell(values, first, last)}", found, goal, f"; from {ends[0]} to {ends[1]}")
