"""The statistics of facts.toml that firms' accounts tell: ratios, investment, profits and pay."""

from __future__ import annotations

import numpy as np
import pandas as pd

from jiju.evidence.fact_sample import Sample, net_of, over_years, slope, start_over_later, statistic, with_year_before

# Ratios and lumpy investment


@statistic
def capital_over_sales(s: Sample) -> float:
    return over_years(s, lambda year: year["capital"].sum() / year["year_sales"].sum())


@statistic
def value_added_ratio(s: Sample) -> float:
    whole = s.whole_years  # value added is a year's sum, output a yearly rate
    return float(whole["value_added"].sum() / whole["output_value"].sum())


def investment_rates(s: Sample) -> tuple[np.ndarray, np.ndarray]:
    whole = s.whole_years[s.whole_years["opening_capital"] > 0]
    invested = whole["year_investment"].to_numpy()
    return invested / whole["opening_capital"].to_numpy(), invested


@statistic
def spike_share(s: Sample) -> float:
    rates, _ = investment_rates(s)
    return float((rates > s.rules["spike"]).mean())


@statistic
def investment_in_spikes(s: Sample) -> float:
    rates, invested = investment_rates(s)
    return float(invested[rates > s.rules["spike"]].sum() / invested.sum())


# Investment through time


def investment_ratios(s: Sample) -> pd.Series:
    """Investment over output at current prices by year, all firms together."""
    whole = s.whole_years  # investment is a year's sum, output a yearly rate
    totals = whole.groupby("year")[["investment", "output_value"]].sum()
    return totals["investment"] / totals["output_value"]


@statistic
def investment_over_output(s: Sample) -> float:
    return float(investment_ratios(s).mean())


@statistic
def investment_at_start(s: Sample) -> float:
    return start_over_later(investment_ratios(s))


# Profits


def profits(s: Sample) -> pd.DataFrame:
    """Profit of a year before income tax, of firms that lived all of it, and its `rate` on sales.

    Operating surplus less interest and depreciation, as the statistics of industry count it, except that they
    include subsidies. Books write off the mean of the year's opening and closing capital at the rate `depreciation`.
    """
    whole = s.whole_years
    table = whole[["id", "year", "industry", "year_sales"]].copy()
    worn = s.rules["depreciation"] * (whole["opening_capital"] + whole["capital"]) / 2
    table["profit"] = whole["surplus"] - whole["interest"] - worn
    table["rate"] = table["profit"] / table["year_sales"]
    return table


@statistic
def profit_over_sales(s: Sample) -> float:
    table = profits(s)
    return float(table["profit"].sum() / table["year_sales"].sum())


@statistic
def loss_share(s: Sample) -> float:
    return float((profits(s)["profit"] < 0).mean())


@statistic
def profit_persistence(s: Sample) -> float:
    """Across firms and not about each firm's own mean, which five years are too few to tell.

    Rates in the tails (`trim`) are drawn in to where the tails begin: leaving them out would flatten the slope.
    """
    table = profits(s)
    rates = net_of(table["rate"], table["industry"], table["year"])
    share = s.rules["trim"]
    table["rate"] = rates.clip(*rates.quantile([share, 1 - share]))
    pairs = with_year_before(table, "rate")
    return slope(pairs["rate"], pairs["before"])


# Pay


@statistic
def labour_share(s: Sample) -> float:
    """Pay of workers over value added, of all firms that lived the whole year."""
    whole = s.whole_years
    return float(whole["wages"].sum() / whole["value_added"].sum())
