"""What a history of industries says, as figures of a city's scenario: growth, volatility, a factor."""

from __future__ import annotations

from typing import Any

import numpy as np

from jiju.cities.city_figures import City, rounded
from jiju.cities.industry_history import Common, Estimate, History, Series, own_share
from jiju.cities.marked_figures import HISTORY, JUDGED, Figure, Row
from jiju.inputs.scenario_differences import reference
from jiju.languages import translated

LEAST_SHARE = 0.05  # of its median: the least 5 % quantile of a spread, which cannot be zero
FACTOR = "common"


def apply_history(city: City, history: History, keys: dict[str, str]) -> None:
    """Puts the history's figures in the place of those judged or given; `keys` has an industry's key by its word."""
    span = f"{history.first}-{history.last}"
    for word, series in history.industries.items():
        if keys[word] in city.industries:
            loading = history.common.loadings[word] if history.common else 0.0
            city.industries[keys[word]] |= industry_figures(series, loading, span)
    if history.persistence > 0:
        city.parameters.setdefault("macro", {})["industry_persistence"] = Figure(
            rounded(history.persistence, 2), HISTORY, translated("autocorrelation of changes, {span}", span=span)
        )
    if history.common:
        here = [word for word in history.common.loadings if keys[word] in city.industries]
        city.factors, city.loadings = factor_rows(history, history.common, {word: keys[word] for word in here}, span)


def industry_figures(series: Series, loading: float, span: str) -> Row:
    what = (
        translated("{span}, {count} changes", span=span, count=series.changes)
        if series.is_real
        else translated("{span}, {count} changes, at current prices", span=span, count=series.changes)
    )
    own = series.spread.times(own_share(loading))
    found: Row = {
        "demand_growth": prior("demand_growth", series.growth, "normal",
                               translated("mean of {what}, by Student's t", what=what)),
        "burn_in_demand_growth": Figure(
            within("burn_in_demand_growth", series.recent), HISTORY, translated("mean of the last three changes")
        ),
        "demand_volatility": prior(
            "demand_volatility", own, "lognormal",
            translated("standard deviation of {what}, by chi-squared", what=what)
            + (translated("; without what all share, a correlation of {loading:.2f}", loading=loading)
               if loading else ""),
        ),
    }  # fmt: skip
    if series.price_growth is not None and series.price_spread is not None:
        found["price_growth"] = prior("price_growth", series.price_growth, "normal",
                                      translated("mean change of the price, {span}", span=span))
        found["price_volatility"] = prior("price_volatility", series.price_spread, "lognormal",
                                          translated("standard deviation of changes of the price, {span}",
                                                     span=span))  # fmt: skip
    return found


def factor_rows(
    history: History, common: Common, keys: dict[str, str], span: str
) -> tuple[dict[str, Row], dict[str, Row]]:
    """One factor that moves by what it brings to the mean industry; its spread is as uncertain as the correlation."""
    brought = {word: common.loadings[word] * history.industries[word].spread.median for word in keys}
    spread = float(np.mean([abs(each) for each in brought.values()]))
    r = common.correlation
    source = translated("changes of {count} industries, {span}", count=len(keys), span=span)
    factor: Row = {
        "name": Figure("What the industries share", JUDGED),
        "name_zh": Figure("各产业共同波动", JUDGED),
        "source": Figure(source, HISTORY),
        "persistence": Figure(rounded(history.persistence, 2), HISTORY, translated("autocorrelation of changes")),
        "volatility": prior("volatility", common.scale.times(spread), "lognormal",
                            translated(
                                "mean correlation {median:.2f}, 90 % interval {low:.2f} to {high:.2f}",
                                median=r.median, low=r.low, high=r.high,
                            ),
                            "factors.<key>."),
    }  # fmt: skip
    loadings: dict[str, Row] = {
        f"{FACTOR}_{keys[word]}": {
            "factor": Figure(FACTOR, HISTORY),
            "industry": Figure(keys[word], HISTORY),
            "loading": Figure(rounded(value / spread, 3), HISTORY,
                              translated(
                                  "of the mean industry's; correlation with it {correlation:.2f}, "
                                  "drawn to the mean as far as years are few", correlation=common.loadings[word],
                              )),
        }
        for word, value in brought.items()
    }  # fmt: skip
    loadings[f"{FACTOR}_rest"] = {
        "factor": Figure(FACTOR, HISTORY),
        "loading": Figure(1.0, JUDGED, translated("the rest of industry as the mean of these")),
    }
    return {FACTOR: factor}, loadings


def prior(key: str, estimate: Estimate, distribution: str, note: str, table: str = "industries.<key>.") -> Figure:
    """Kept within the model's bounds; a spread above zero."""
    least = LEAST_SHARE * estimate.median if distribution == "lognormal" else estimate.low
    low, median, high = (
        within(key, each, table) for each in (max(estimate.low, least), estimate.median, estimate.high)
    )
    if low == high:
        return Figure(median, HISTORY, note)
    value: dict[str, Any] = {"median": median, "low": low, "high": high, "distribution": distribution}
    return Figure(value, HISTORY, note)


def within(key: str, value: float, table: str = "industries.<key>.") -> float:
    entry = reference()[table + key]
    if entry["lower"] is not None:
        value = max(value, float(entry["lower"]))
    if entry["upper"] is not None:
        value = min(value, float(entry["upper"]))
    return rounded(value, 3)
