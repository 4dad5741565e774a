"""The estimators of trials.toml, each a function of what one replicate of its arms became.

Where the publication compared winners and losers of a lottery, so does the estimator, within one world. Where it
needed a comparison group because no other world could be seen, the model shows that other world, and firms are
compared with themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import statsmodels.api as sm
import xarray as xr

CAPITAL_SHARE = 0.4  # as in facts.toml
ABOVE_SCALE = 0.05  # 1e8 CNY of sales a year


@dataclass(frozen=True)
class Worlds:
    """One replicate: firm-years of every arm in order, the outputs of the same arms, and the order of treatments."""

    years: list[pd.DataFrame]
    outputs: list[xr.Dataset]
    treatments: list[str]  # rows of [treatments]; the k-th is bit k of `treated`


ESTIMATORS: dict[str, Callable[[Worlds], Mapping[str, float]]] = {}


def estimator(trial: str) -> Callable[[Callable[[Worlds], Mapping[str, float]]], Callable]:
    def enter(function: Callable[[Worlds], Mapping[str, float]]) -> Callable:
        ESTIMATORS[trial] = function
        return function

    return enter


# Tools


def productivity(table: pd.DataFrame) -> pd.Series:
    """Log value added less both inputs."""
    inputs = CAPITAL_SHARE * np.log(table["capital"]) + (1 - CAPITAL_SHARE) * np.log(table["labour"])
    return np.log(table["value_added"]) - inputs


def had(table: pd.DataFrame, treatments: list[str], treatment: str) -> pd.Series:
    return table["treated"].astype(int) // 2 ** treatments.index(treatment) % 2


def lottery(
    w: Worlds, value: Callable[[pd.DataFrame], pd.Series], before: int, after: int, treatments: list[str]
) -> float:
    """Effect of having had all of some treatments on the change of a value between two years.

    Least squares of the change on a 0/1 variable a treatment and on industries, over firms above scale in the first
    year that stand in both: difference in differences. From each firm's change that of the same firm in the world
    without the trial is taken first, which removes its luck and leaves the estimate what it is on average. Treatments
    that are given together but drawn apart add up.
    """
    world, trial = w.years
    change = change_between(trial, value, before, after) - change_between(world, value, before, after)
    change = change[np.isfinite(change)]
    arms = treatment_arms(trial, w.treatments, treatments).reindex(change.index)
    first = trial[trial["year"] == before].set_index("id").loc[change.index]
    industries = pd.get_dummies(first["industry"], dtype=float)
    fitted = sm.OLS(change.to_numpy(), np.column_stack([arms.to_numpy(), industries.to_numpy()])).fit()
    return float(fitted.params[: arms.shape[1]].sum())


def change_between(
    table: pd.DataFrame, value: Callable[[pd.DataFrame], pd.Series], before: int, after: int
) -> pd.Series:
    """By firm, over those above scale in the first year that stand in both."""
    first, last = (table[table["year"] == year].set_index("id") for year in (before, after))
    first = first[first["year_sales"] >= ABOVE_SCALE]
    both = first.index.intersection(last.index)
    return value(last.loc[both]) - value(first.loc[both])


def treatment_arms(table: pd.DataFrame, treatments: list[str], names: list[str]) -> pd.DataFrame:
    """By firm, whether it ever had each of some treatments."""
    return pd.DataFrame({name: had(table, treatments, name).groupby(table["id"]).max() for name in names})


def paired(one: pd.DataFrame, other: pd.DataFrame, year: int) -> pd.DataFrame:
    """Firms that stand in both worlds in a year; the other world's columns end in _other."""
    return one[one["year"] == year].merge(other[other["year"] == year], on="id", suffixes=("", "_other"))


def columns_of_other(both: pd.DataFrame) -> pd.DataFrame:
    return both[[name for name in both if name.endswith("_other")]].rename(columns=lambda name: name[: -len("_other")])


def mean_productivity_effect(both: pd.DataFrame) -> float:
    effect = productivity(columns_of_other(both)) - productivity(both)
    return float(effect[np.isfinite(effect)].mean())


def yearly(outputs: xr.Dataset, name: str) -> xr.DataArray:
    """A flow summed over the quarters of each year, along `calendar_year`."""
    return outputs[name].groupby("calendar_year").sum()


def log_sales(table: pd.DataFrame) -> pd.Series:
    return np.log(table["year_sales"])


# Trials


@estimator("grant-lottery")
def grant_lottery(w: Worlds) -> dict[str, float]:
    research = [float(yearly(out, "research").sum()) for out in w.outputs]
    granted = float(w.outputs[1]["lever_money"].sum())
    return {"research_per_yuan": (research[1] - research[0]) / granted}


@estimator("research-tax")
def research_tax(w: Worlds) -> dict[str, float]:
    research = [float(yearly(out, "research").sel(calendar_year=2012).sum()) for out in w.outputs]
    return {"research": float(np.log(research[1] / research[0]))}


@estimator("double-research")
def double_research(w: Worlds) -> dict[str, float]:
    both = paired(*w.years, 2015)
    raised = both["intensity_other"] > 1.5 * both["intensity"]
    return {"productivity": mean_productivity_effect(both[raised & (both["intensity"] > 0)])}


@estimator("peer-groups")
def peer_groups(w: Worlds) -> dict[str, float]:
    treatments = ["training_efficiency", "training_partners"]
    return {
        "sales_after_a_year": lottery(w, log_sales, 2011, 2013, treatments),
        "sales_after_two_years": lottery(w, log_sales, 2011, 2014, treatments),
    }


@estimator("supply-links")
def supply_links(w: Worlds) -> dict[str, float]:
    treatments = ["supply_links", "supply_learning"]
    return {
        "workers": lottery(w, lambda firms: np.log(firms["labour"]), 2011, 2015, treatments),
        "productivity": lottery(w, productivity, 2011, 2015, treatments),
    }


@estimator("large-plant")
def large_plant(w: Worlds) -> dict[str, float]:
    both = paired(*w.years, 2015)
    incumbent = (both["born"] < 2011) & (both["year_sales"] >= ABOVE_SCALE)
    return {"productivity": mean_productivity_effect(both[incumbent & (both["place"] == most_attracted(w.years[1]))])}


def most_attracted(table: pd.DataFrame) -> float:
    """The place with most sales of plants from outside in the last year."""
    attracted = table[(table["year"] == table["year"].max()) & (table["origin"] == 3)]
    return attracted.groupby("place")["year_sales"].sum().idxmax()


@estimator("one-stop")
def one_stop(w: Worlds) -> dict[str, float]:
    start_ups = [yearly(out, "entries").sel(origin="start_up") for out in w.outputs]
    added = start_ups[1] - start_ups[0]
    return {"entry": float(added.sum() / start_ups[0].sel(calendar_year=2012))}


@estimator("guarantees")
def guarantees(w: Worlds) -> dict[str, float]:
    base, small, _ = w.years
    given = small[(small["year"] == 2012) & (small["guaranteed"] > 0)]["id"]
    both = paired(base, small, 2014)
    both = both[both["id"].isin(given) & (both["capital"] > 0) & (both["capital_other"] > 0)]
    failures = [float((out["closures"] + out["bankruptcies"]).sum()) for out in w.outputs]
    capital = [float(table.loc[table["year"] == 2014, "capital"].sum()) for table in w.years]
    per_yuan = [(capital[k] - capital[0]) / volume for k, volume in ((1, 4.0), (2, 40.0))]
    return {
        "growth": float(np.log(both["capital_other"] / both["capital"]).mean()),
        "failure": (failures[2] - failures[0]) / 4,
        "scaling": per_yuan[1] - per_yuan[0],
    }


@estimator("listing-freeze")
def listing_freeze(w: Worlds) -> dict[str, float]:
    opened, frozen = w.years
    listed = opened[opened["listed"] > 0].groupby("id")["year"].min()
    queue = listed[(listed >= 2012) & (listed <= 2013)].index

    def change(year: int) -> float:
        both = paired(opened, frozen, year)
        both = both[both["id"].isin(queue)]
        return float(both["new_patents_other"].sum() / both["new_patents"].sum() - 1)

    return {"patents_during": change(2013), "patents_after": change(2015)}


@estimator("plan-targeting")
def plan_targeting(w: Worlds) -> dict[str, float]:
    targeted = ["biomedicine", "environment"]
    sales = [yearly(out, "sales").sel(industry=targeted).sum(["industry", "cluster"]) for out in w.outputs]
    effect = np.log(sales[1] / sales[0])
    at = {year: float(effect.sel(calendar_year=year)) for year in (2011, 2013, 2015)}
    during, after = (at[2013] - at[2011]) / 2, (at[2015] - at[2013]) / 2
    return {"growth_during": during, "growth_after_less_during": after - during}


@estimator("contracts")
def contracts(w: Worlds) -> dict[str, float]:
    return {
        "sales_after_a_year": lottery(w, log_sales, 2011, 2013, ["trial_contract"]),
        "sales_after_three_years": lottery(w, log_sales, 2011, 2015, ["trial_contract"]),
    }
