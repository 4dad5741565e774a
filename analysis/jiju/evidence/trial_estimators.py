"""What an outcome of a trial file is in one replicate: differences of means, differences in differences, regressions.

Where a publication compared winners and losers of a lottery, so does a trial, within one arm. Where it needed a
comparison group because no other arm could be seen, the model shows that other arm, and firms are compared with
themselves. Each replicate gives one estimate. Errors are those of the mean over replicates, by parameter draw: the
replicates are the clusters (clusters.py).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import xarray as xr
from statsmodels.regression.linear_model import WLS

from jiju.errors import UsageError
from jiju.evidence.experiments import GONE, Group, Outcome, Trial, Years
from jiju.languages import translated
from jiju.reading.expressions import evaluate
from jiju.reading.expressions import names as names_in
from jiju.results import indicators, validation

Ids = pd.Index


@dataclass(frozen=True)
class Arms:
    """One replicate: firm-years of every arm in order, the outputs of the same arms, and the keys of bits in columns.

    `treatments[k]` names the bits of `treated` in arm k, `lots[k]` those of `drawn`.
    """

    years: list[pd.DataFrame]
    outputs: list[xr.Dataset]
    treatments: list[list[str]] = field(default_factory=list)
    lots: list[list[str]] = field(default_factory=list)


def estimates(trial: Trial, arms: Arms) -> dict[str, float]:
    """Every outcome of a trial in one replicate; NaN where there is nothing to compare."""
    found = {each.key: estimate(each, arms) for each in trial.outcomes if each.estimator != "contrast"}
    for each in trial.outcomes:
        if each.estimator == "contrast":
            found[each.key] = sum(weight * found[key] for key, weight in each.contrast.items())
    return found


def estimate(outcome: Outcome, arms: Arms) -> float:
    if outcome.of == "outputs":
        return of_outputs(outcome, arms)
    way = {
        "difference": difference, "difference_in_differences": difference_in_differences, "regression": regression
    }[outcome.estimator]  # fmt: skip
    return way(outcome, arms)


def all_years(years: Years, arms: Arms) -> Years:
    """With the years that "all" stands for."""
    return years if years.named else Years(together=tuple(sorted(map(int, arms.years[0]["year"].unique()))))


# Firms


def bit_of(table: pd.DataFrame, column: str, keys: Sequence[str], key: str) -> pd.Series:
    """Of a column with a bit a key, which rows have that of one key."""
    if key not in keys:
        what = {"treated": "treatment", "drawn": "component with a lot below 1"}[column]
        raise UsageError(translated(
            "no {what} {key!r} in this arm{nearest}",
            what=what, key=key, nearest=validation.nearest(key, keys),
        ))
    bit: pd.Series = table[column].astype(np.int64) // 2 ** keys.index(key) % 2 == 1
    return bit


def ever(table: pd.DataFrame, holds: pd.Series) -> Ids:
    found: Ids = Ids(table.loc[holds, "id"].unique())
    return found


def members(group: Group, arms: Arms, arm: int) -> Ids:
    """The firms of a group, by id; `arm` is the outcome's, in which treatments are given and lots drawn."""
    if group.treatments:
        found = treated_each(group, arms, arm).all(axis=1)
        ids = Ids(found.index[found])
    elif group.lot:
        ids = ever(arms.years[arm], bit_of(arms.years[arm], "drawn", arms.lots[arm], group.lot))
    else:
        table = arms.years[group.arm]
        table = table[table["year"].isin(group.years)] if group.years else table
        parts = [part for _, part in table.groupby("year")]  # ranks are those among the firms of a year
        ids = Ids(pd.concat([part.loc[evaluate(group.where, part).astype(bool), "id"] for part in parts]).unique())
    left: Ids = ids if group.without is None else ids.difference(members(group.without, arms, arm))
    return left


def treated_each(group: Group, arms: Arms, arm: int) -> pd.DataFrame:
    """By firm of the arm, whether it ever had each of the treatments."""
    table, keys = arms.years[arm], arms.treatments[arm]
    had = {key: bit_of(table, "treated", keys, key).groupby(table["id"]).max() for key in group.treatments}
    return pd.DataFrame(had)


def rows_of(outcome: Outcome, arms: Arms, arm: int, years: Sequence[int]) -> pd.DataFrame:
    """Firm-years of an arm that an outcome looks at: of the firms of its population, or those that are in it then."""
    table = arms.years[arm]
    table = table[table["year"].isin(years)]
    if isinstance(outcome.population, Group):
        return table[table["id"].isin(members(outcome.population, arms, outcome.arm))]
    return table[evaluate(outcome.population, table).astype(bool)] if outcome.population else table


def values_of(outcome: Outcome, arms: Arms, arm: int, years: Sequence[int]) -> pd.Series:
    """The outcome by firm, added up over the years; finite values alone.

    `gone` is that of every firm of the population, so there must be one that is picked once.
    """
    if outcome.outcome == GONE:
        table = arms.years[arm]
        there = Ids(table.loc[table["year"].isin(years), "id"].unique())
        known = (
            members(outcome.population, arms, outcome.arm)
            if isinstance(outcome.population, Group)
            else Ids(pd.concat(arms.years)["id"].unique())
        )
        return pd.Series((~known.isin(there)).astype(float), index=known)
    rows = rows_of(outcome, arms, arm, years)
    value = evaluate(outcome.outcome, rows).astype(float)
    sums = value.groupby(rows["id"]).sum(min_count=1)
    finite: pd.Series = sums[np.isfinite(sums)]
    return finite


def by_year(years: Years, of_years: Callable[[Sequence[int]], float], *, together: bool) -> float:
    """Weighted over years, or all years together; else the mean of what each year gives."""
    if years.weights:
        return sum(weight * of_years([year]) for year, weight in years.weights.items())
    if together:
        return of_years(list(years.together))
    return float(np.mean([of_years([year]) for year in years.together]))


Pair = tuple[pd.Series, pd.Series | None]


def pair_of(outcome: Outcome, arms: Arms, years: Sequence[int]) -> Pair:
    """By firm, values in the arm and, where they count, in the base: of firms in both, where they are paired."""
    now = values_of(outcome, arms, outcome.arm, years)
    if outcome.treated is not None and not outcome.net_of_base:
        return now, None
    base = values_of(outcome, arms, outcome.base, years)
    if not outcome.paired:
        return now, base
    both = base.index.intersection(now.index)
    return now.loc[both], base.loc[both]


def gain(aggregate: str, now: pd.Series, base: pd.Series | None) -> float:
    """Of some firms, what they are more than in the base; what they are, where no base counts."""
    if aggregate == "mean":
        return mean(now if base is None else now - base)
    total, before = float(now.sum()), 0.0 if base is None else float(base.sum())
    if aggregate == "total":
        return total - before
    if total <= 0 or before <= 0:
        return math.nan
    return math.log(total / before) if aggregate == "log_total" else total / before - 1


def mean(values: pd.Series) -> float:
    return float(values.mean()) if len(values) else math.nan


def split(pair: Pair, ids: Ids, inside: bool) -> Pair:
    return tuple(None if part is None else part[part.index.isin(ids) == inside] for part in pair)  # type: ignore[return-value]


def difference(outcome: Outcome, arms: Arms) -> float:
    """Between the arms; with a treated group, of its firms less the others."""
    drawn = None if outcome.treated is None else members(outcome.treated, arms, outcome.arm)

    def of_years(years: Sequence[int]) -> float:
        pair = pair_of(outcome, arms, years)
        if drawn is None:
            return gain(outcome.aggregate, *pair)
        return gain(outcome.aggregate, *split(pair, drawn, True)) - gain(outcome.aggregate, *split(pair, drawn, False))

    return by_year(all_years(outcome.years, arms), of_years, together=outcome.aggregate != "mean")


def difference_in_differences(outcome: Outcome, arms: Arms) -> float:
    """Change of the treated since the years before, less that of the others; firms that are there both times."""
    assert outcome.treated is not None and outcome.before is not None  # trial_file asks for them
    drawn = members(outcome.treated, arms, outcome.arm)

    def mean_over(years: Years) -> pd.Series:
        weights = years.weights or {year: 1 / len(years.together) for year in years.together}
        each = []
        for year, weight in weights.items():
            now, base = pair_of(outcome, arms, [year])
            each.append(weight * (now if base is None else now - base))
        return pd.concat(each, axis=1).dropna().sum(axis=1)

    after, before = (mean_over(all_years(years, arms)) for years in (outcome.years, outcome.before))
    change = (after - before).dropna()
    inside = change.index.isin(drawn)
    return mean(change[inside]) - mean(change[~inside])


def regression(outcome: Outcome, arms: Arms) -> float:
    """Least squares of the outcome on a 0/1 variable a treatment, covariates and fixed effects.

    The coefficient of the treatment; of several that are given together but drawn apart, their sum. With `net_of_base`
    the value of the same firm in the base is taken first: it removes the firm's chance and leaves the estimate what it
    is on average. Covariates and fixed effects are those of the base then, or of the years `before`.
    """
    assert outcome.treated is not None
    drawn = indicators_of(outcome.treated, arms, outcome.arm)

    def of_year(years: Sequence[int]) -> float:
        now, base = pair_of(outcome, arms, years)
        effect = now if base is None else now - base
        seen = arms.years[outcome.base if outcome.net_of_base else outcome.arm]
        when = sorted(outcome.before.named) if outcome.before else years
        seen = seen[seen["year"] == max(when)].set_index("id")
        effect = effect[effect.index.isin(seen.index)]
        seen = seen.loc[effect.index]
        exposed = drawn.reindex(effect.index, fill_value=False).astype(float)
        levels = [pd.get_dummies(evaluate(text, seen), dtype=float).iloc[:, 1:] for text in outcome.fixed_effects]
        others = [evaluate(text, seen).astype(float).rename(text) for text in outcome.covariates]
        design = pd.concat([exposed, *others, *levels], axis=1).assign(constant=1.0)
        weights = evaluate(outcome.weights, seen).astype(float) if outcome.weights else pd.Series(1.0, effect.index)
        finite = pd.Series(np.isfinite(design.to_numpy()).all(axis=1), effect.index) & (weights > 0)
        if not exposed[finite].any().all():
            return math.nan
        fitted = WLS(effect[finite].to_numpy(), design[finite].to_numpy(), weights[finite].to_numpy()).fit()
        return float(fitted.params[: exposed.shape[1]].sum())

    return by_year(all_years(outcome.years, arms), of_year, together=False)


def indicators_of(group: Group, arms: Arms, arm: int) -> pd.DataFrame:
    if group.treatments:
        return treated_each(group, arms, arm)
    return pd.DataFrame({"treated": True}, index=members(group, arms, arm))


# The city


def yearly(outputs: xr.Dataset, names: Sequence[str], where: Mapping[str, tuple[str, ...]]) -> pd.DataFrame:
    """Outputs by calendar year, added up over what `where` leaves of their dimensions."""
    columns = {}
    for name in names:
        array = indicators.yearly(outputs[name])
        for dim in [dim for dim in where if dim in array.dims]:
            for key in where[dim]:
                validation.key(array, dim, key)
            array = array.sel({dim: list(where[dim])})
        rest = [dim for dim in array.dims if dim != "year"]
        if rest and not indicators.adds_up(outputs[name]) and any(array.sizes[dim] > 1 for dim in rest):
            raise UsageError(translated(
                "{name} cannot be added up over {map}; pick one with `where`",
                name=name, map=", ".join(map(str, rest)),
            ))
        columns[name] = array.sum(rest).to_series() if rest else array.to_series()
    return pd.DataFrame(columns)


def of_outputs(outcome: Outcome, arms: Arms) -> float:
    """The difference between the arms, over that of `per`, or over the base in one year, where they are given."""
    tables = [arms.outputs[outcome.base], arms.outputs[outcome.arm]]
    unknown = [dim for dim in outcome.where if dim not in tables[0].dims]
    if unknown:
        raise UsageError(translated(
            "no dimension {unknown!r}{nearest}",
            unknown=unknown[0], nearest=validation.nearest(unknown[0], tables[0].dims),
        ))

    def total(text: str, table: xr.Dataset, years: Years) -> float:
        values = yearly(table, names_in(text), outcome.where)
        if not years.named:
            years = Years(together=tuple(values.index))

        def of_years(asked: Sequence[int]) -> float:
            summed = values.loc[[year for year in values.index if year in asked]].sum().to_frame().T
            return float(evaluate(text, summed).iloc[0])

        return by_year(years, of_years, together=True)

    def effect(text: str) -> float:
        base, arm = (total(text, table, outcome.years) for table in tables)
        if outcome.before is None:
            return arm - base
        return arm - base - (total(text, tables[1], outcome.before) - total(text, tables[0], outcome.before))

    found = effect(outcome.outcome)
    scale = effect(outcome.per) if outcome.per else 1.0
    if outcome.relative_to is not None:
        scale *= total(outcome.outcome, tables[0], Years(together=(outcome.relative_to,)))
    return found / scale if scale else math.nan
