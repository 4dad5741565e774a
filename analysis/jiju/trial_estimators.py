"""The estimators of trials.toml, each a function of what one replicate of its arms became.

Where the publication compared winners and losers of a lottery, so does the estimator, within one arm. Where it
needed a comparison group because no other arm could be seen, the model shows that other arm, and firms are
compared with themselves.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import statsmodels.api as sm
import xarray as xr

CAPITAL_SHARE = 0.4  # as in facts.toml
ABOVE_SCALE = 0.05  # 1e8 CNY of sales a year


@dataclass(frozen=True)
class Arms:
    """One replicate: firm-years of every arm in order, the outputs of the same arms, and the order of treatments."""

    years: list[pd.DataFrame]
    outputs: list[xr.Dataset]
    treatments: list[str]  # rows of [treatments]; the k-th is bit k of `treated`


Estimator = Callable[[Arms], Mapping[str, float]]
ESTIMATORS: dict[str, Estimator] = {}


def estimator(trial: str) -> Callable[[Estimator], Estimator]:
    def enter(function: Estimator) -> Estimator:
        ESTIMATORS[trial] = function
        return function

    return enter


# Tools


def log(values: pd.Series) -> pd.Series:
    found: pd.Series = np.log(values)
    return found


def productivity(table: pd.DataFrame) -> pd.Series:
    """Log value added less both inputs."""
    inputs = CAPITAL_SHARE * log(table["capital"]) + (1 - CAPITAL_SHARE) * log(table["labour"])
    return log(table["value_added"]) - inputs


def had(table: pd.DataFrame, treatments: list[str], treatment: str) -> pd.Series:
    bit: pd.Series = table["treated"].astype(int) // 2 ** treatments.index(treatment) % 2
    return bit


def lottery(w: Arms, value: Callable[[pd.DataFrame], pd.Series], year: int, treatments: list[str]) -> float:
    """Effect in a year of having had all of some treatments, on a value of firms that were above scale at first.

    Least squares of the value on a 0/1 variable a treatment and on industries. From each firm's value that of the same
    firm in the arm without the trial is taken first, in place of its value before the trial: it removes the firm's
    chance and leaves the estimate what it is on average. Treatments given together but drawn apart add up.
    """
    base, trial = w.years
    first = base[(base["year"] == base["year"].min()) & (base["year_sales"] >= ABOVE_SCALE)]
    then, now = (table[table["year"] == year].set_index("id") for table in (base, trial))
    both = first.set_index("id").index.intersection(then.index).intersection(now.index)
    effect = value(now.loc[both]) - value(then.loc[both])
    effect = effect[np.isfinite(effect)]
    arms = treatment_arms(trial, w.treatments, treatments).reindex(effect.index)
    industries = pd.get_dummies(then.loc[effect.index, "industry"], dtype=float)
    fitted = sm.OLS(effect.to_numpy(), np.column_stack([arms.to_numpy(), industries.to_numpy()])).fit()
    return float(fitted.params[: arms.shape[1]].sum())


def treatment_arms(table: pd.DataFrame, treatments: list[str], names: list[str]) -> pd.DataFrame:
    """By firm, whether it ever had each of some treatments."""
    return pd.DataFrame({name: had(table, treatments, name).groupby(table["id"]).max() for name in names})


def paired(one: pd.DataFrame, other: pd.DataFrame, year: int) -> pd.DataFrame:
    """Firms that stand in both arms in a year; the other arm's columns end in _other."""
    return one[one["year"] == year].merge(other[other["year"] == year], on="id", suffixes=("", "_other"))


def columns_of_other(both: pd.DataFrame) -> pd.DataFrame:
    found: pd.DataFrame = both.filter(regex="_other$").rename(columns=lambda name: name.removesuffix("_other"))
    return found


def mean_productivity_effect(both: pd.DataFrame) -> float:
    with np.errstate(divide="ignore", invalid="ignore"):  # who stood still in one arm says nothing
        effect = productivity(columns_of_other(both)) - productivity(both)
    return float(effect[np.isfinite(effect)].mean())


def yearly(outputs: xr.Dataset, name: str) -> xr.DataArray:
    """A flow summed over the quarters of each year, along `calendar_year`."""
    return outputs[name].groupby("calendar_year").sum()


def log_sales(table: pd.DataFrame) -> pd.Series:
    return log(table["year_sales"])


# Of firms drawn by lot, what is compared after so many years.
GAUGES: dict[str, Callable[[pd.DataFrame], pd.Series]] = {
    "capital": lambda firms: log(firms["capital"]),
    "output": lambda firms: log(firms["output"]),
    "employment": lambda firms: log(firms["labour"]),
    "productivity": lambda firms: productivity(firms),
    "value added a worker": lambda firms: log(firms["value_added"]) - log(firms["labour"]),
}
YEARS_AFTER = [1, 3, 5]


def drawn_by_lot(w: Arms) -> tuple[pd.Index, pd.Index]:
    """Of firms above scale that invested in the first year without the trial: those refunded in it, and the others.

    Who invests is refunded if drawn and only then, and whom the sample holds was settled without the trial.
    """
    base, trial = w.years
    first = base[base["year"] == base["year"].min()]
    asked = first[(first["year_sales"] >= ABOVE_SCALE) & (first["investment"] > 0)].set_index("id").index
    drawn = asked.intersection(trial.loc[trial["refunds"] > 0, "id"].unique())
    return drawn, asked.difference(drawn)


def effects_by_lot(w: Arms) -> dict[tuple[str, int], tuple[float, float]]:
    """By gauge and years since the start: how far the drawn, and the others, are from themselves without the trial.

    A published study sees only the first less the second. Of investment, which comes in lumps, the sums over the years
    are compared.
    """
    base, trial = w.years
    drawn, others = drawn_by_lot(w)
    start = int(base["year"].min())
    found: dict[tuple[str, int], tuple[float, float]] = {}
    for years in YEARS_AFTER:
        then, now = (table[table["year"] == start + years - 1].set_index("id") for table in w.years)
        both = then.index.intersection(now.index)
        with np.errstate(divide="ignore", invalid="ignore"):  # who stands still in one arm says nothing
            effects = {name: value(now.loc[both]) - value(then.loc[both]) for name, value in GAUGES.items()}
        for name, effect in effects.items():
            finite = effect[np.isfinite(effect)]
            one, other = (float(finite[finite.index.isin(ids)].mean()) for ids in (drawn, others))
            found[name, years] = (one, other)
        so_far = [table[table["year"] < start + years].groupby("id")["investment"].sum() for table in (trial, base)]
        one, other = (math.log(so_far[0].reindex(ids).sum() / so_far[1].reindex(ids).sum()) for ids in (drawn, others))
        found["investment", years] = (one, other)
    return found


# Trials


@estimator("cheap-investment")
def cheap_investment(w: Arms) -> dict[str, float]:
    effects = effects_by_lot(w)
    asked = {("investment", 3), ("capital", 5), ("output", 5), ("employment", 5), ("productivity", 5)}
    return {name: drawn - others for (name, years), (drawn, others) in effects.items() if (name, years) in asked}


@estimator("grant-lottery")
def grant_lottery(w: Arms) -> dict[str, float]:
    research = [float(yearly(out, "research").sum()) for out in w.outputs]
    granted = float(w.outputs[1]["lever_money"].sum())
    return {"research_per_grant": (research[1] - research[0]) / granted}


@estimator("research-tax")
def research_tax(w: Arms) -> dict[str, float]:
    research = [float(yearly(out, "research").sel(calendar_year=2012).sum()) for out in w.outputs]
    return {"research": float(np.log(research[1] / research[0]))}


@estimator("double-research")
def double_research(w: Arms) -> dict[str, float]:
    base, other = w.years
    both = paired(base, other, 2015)
    raised = both["intensity_other"] > 1.5 * both["intensity"]
    return {"productivity": mean_productivity_effect(both[raised & (both["intensity"] > 0)])}


@estimator("peer-groups")
def peer_groups(w: Arms) -> dict[str, float]:
    treatments = ["training_efficiency", "training_partners"]
    return {
        "sales_after_a_year": lottery(w, log_sales, 2013, treatments),
        "sales_after_two_years": lottery(w, log_sales, 2014, treatments),
    }


@estimator("supply-links")
def supply_links(w: Arms) -> dict[str, float]:
    treatments = ["supply_links", "supply_learning"]
    return {
        "workers": lottery(w, lambda firms: log(firms["labour"]), 2015, treatments),
        "productivity": lottery(w, productivity, 2015, treatments),
    }


@estimator("large-plant")
def large_plant(w: Arms) -> dict[str, float]:
    base, other = w.years
    both = paired(base, other, 2015)
    incumbent = (both["born"] < 2011) & (both["year_sales"] >= ABOVE_SCALE)
    return {"productivity": mean_productivity_effect(both[incumbent & (both["place"] == most_attracted(other))])}


def most_attracted(table: pd.DataFrame) -> float:
    """The place with most sales of plants from outside in the last year."""
    attracted = table[(table["year"] == table["year"].max()) & (table["origin"] == 3)]
    return float(attracted.groupby("place")["year_sales"].sum().idxmax())


@estimator("one-stop")
def one_stop(w: Arms) -> dict[str, float]:
    start_ups = [yearly(out, "entries").sel(origin="start_up") for out in w.outputs]
    added = start_ups[1] - start_ups[0]
    return {"entry": float(added.sum() / start_ups[0].sel(calendar_year=2012))}


@estimator("guarantees")
def guarantees(w: Arms) -> dict[str, float]:
    base, small, large = w.years
    growth = [guaranteed_growth(base, arm) for arm in (small, large)]
    return {
        "growth": growth[0],
        "failure": guaranteed_failures(base, large),
        "scaling": growth[1] - growth[0],
    }


def guaranteed(arm: pd.DataFrame) -> pd.Series:
    """Ids of who held a guaranteed loan at the end of the first year of guarantees."""
    return arm.loc[(arm["year"] == 2012) & (arm["guaranteed"] > 0), "id"]


def guaranteed_growth(base: pd.DataFrame, arm: pd.DataFrame) -> float:
    """Capital that guarantees added by the third year, logarithm."""
    both = paired(base, arm, 2014)
    both = both[both["id"].isin(guaranteed(arm)) & (both["capital"] > 0) & (both["capital_other"] > 0)]
    return float(np.log(both["capital_other"] / both["capital"]).mean())


def guaranteed_failures(base: pd.DataFrame, arm: pd.DataFrame) -> float:
    """Share of guaranteed firms that are gone by the last year, beyond those gone without guarantees."""
    ids = guaranteed(arm)
    gone = [1 - ids.isin(table.loc[table["year"] == 2015, "id"]).mean() for table in (base, arm)]
    return float(gone[1] - gone[0])


@estimator("listing-freeze")
def listing_freeze(w: Arms) -> dict[str, float]:
    opened, frozen = w.years
    listed = opened[opened["listed"] > 0].groupby("id")["year"].min()
    queue = listed[(listed >= 2012) & (listed <= 2013)].index

    def change(year: int) -> float:
        both = paired(opened, frozen, year)
        both = both[both["id"].isin(queue)]
        return float(both["new_patents_other"].sum() / both["new_patents"].sum() - 1)

    return {"patents_during": change(2013), "patents_after": change(2015)}


@estimator("plan-targeting")
def plan_targeting(w: Arms) -> dict[str, float]:
    targeted = ["biomedicine", "environment"]
    sales = [yearly(out, "sales").sel(industry=targeted).sum(["industry", "cluster"]) for out in w.outputs]
    at = {year: math.log((sales[1] / sales[0]).sel(calendar_year=year)) for year in (2013, 2015)}
    during, after = at[2013] / 3, (at[2015] - at[2013]) / 2
    return {"growth_during": during, "growth_after_less_during": after - during}


@estimator("contracts")
def contracts(w: Arms) -> dict[str, float]:
    return {
        "sales_after_a_year": lottery(w, log_sales, 2013, ["trial_contract"]),
        "sales_after_three_years": lottery(w, log_sales, 2015, ["trial_contract"]),
    }
