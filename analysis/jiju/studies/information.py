"""Value of information: which uncertain parameter, if it were known, would change the choice between plans, and what
knowing it is worth.

    jiju.voi(both, "value_added")                             # each parameter by itself
    jiju.voi(both, net_benefit, parameters={"demand": "*.demand_growth", "land": ["*.land_supply", "*.land_intensity"]})

The regression stands in conditional_gain.py; how to read the table in docs/analysis.md.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase

import numpy as np
import pandas as pd
import xarray as xr

from jiju.errors import UsageError
from jiju.labels import key_names
from jiju.languages import translated
from jiju.printing.printed import labelled
from jiju.progress import tqdm
from jiju.results import validation
from jiju.results.indicators import IndicatorLike, indicator
from jiju.results.pairing import check_draws, remarks
from jiju.results.parameter_draws import draw_of_replicate, parameter_draws
from jiju.results.provenance import note_of
from jiju.statistics.clusters import Clusters
from jiju.statistics.conditional_gain import Gain, excess_of_best, gain_of_knowing, gain_of_knowing_all, resamples
from jiju.studies.comparison import arms_of, distinct_names

Results = xr.Dataset | str | os.PathLike[str]
Patterns = Sequence[str | Sequence[str]] | Mapping[str, str | Sequence[str]]
Cost = IndicatorLike | Mapping[str, float]

ALL, ALL_AND_CHANCE = "all", "all and chance"
# As many parameters that tell nothing say how large a value chance alone brings.
INERT = 100
INERT_SHARE = 0.95


def voi(
    data: Results | Sequence[Results], decision: IndicatorLike, *, minus: Cost | None = None,
    parameters: Patterns = ("*",), year: int | None = None, seed: int = 0, progress: bool = True,
) -> pd.DataFrame:  # fmt: skip
    """The expected value of knowing parameters before choosing among the scenarios of results that share their draws.

    `decision` is an indicator as `jiju.indicator` takes it ("value_added", "T1", "p(T1)", or a function of the dataset
    that gives a number along scenario and replicate); the higher, the better. `minus` is taken off it: another
    indicator, or a number for each scenario by its key. `year` is that of indicators, the last unless said otherwise.

    `parameters` are keys or patterns such as "parameters.demand.*", each match by itself; what stands together in a
    list, or under a name in a mapping, is known together. Rows, in the decision's unit, the largest first:

    value   expected value of (partial) perfect information: what choosing by the parameter gains on average, over the
            plan that is best without knowing it
    error   its standard error over draws of the parameters
    share   of the value of knowing all
    change  share of draws in which another plan would be chosen

    The first row is "all", the value of knowing every parameter, or, with one replicate a draw, "all and chance". The
    frame's attributes say how many replicates and draws there are; `choice`, the plan that is best on average, `lead`
    over the second and `lead_error`; `excess`, by which all values are too small since the best of means is itself
    drawn; `noise`, below which lie the values of 95 % of parameters that tell nothing; and `notes`.

    Example:

        both = jiju.open("both.h5")
        table = jiju.voi(both, "value_added", minus={"status-quo": 0, "plan": 60})
        table.head()                                           # what is worth knowing before choosing
        table.attrs["choice"]
    """
    arms = paired_arms(data)
    names = distinct_names(arms)
    notes = [note for name, arm in zip(names[1:], arms[1:], strict=True) for note in remarks(arms[0], arm, name)]
    benefit, draws = benefit_by_replicate(arms, names, decision, minus, year)
    by_draw = [benefit[draws == draw] for draw in np.unique(draws)]
    known = drawn_values(arms).loc[np.unique(draws)]
    table = values_of_knowing(by_draw, known, groups(known, parameters), labels_of(arms), names, seed, progress)
    table.attrs["notes"] = notes
    return labelled(table, ("Value of information", "信息价值"), note_of(arms), ("name", "value", "share", "change"))


def values_of_knowing(
    by_draw: Sequence[np.ndarray], known: pd.DataFrame, asked: Iterable[tuple[str, list[str]]],
    labels: Mapping[str, tuple[str, str]], names: Sequence[str], seed: int = 0, progress: bool = False,
) -> pd.DataFrame:  # fmt: skip
    """The table of `voi` from net benefits, an array (replicate, plan) for each draw, and the parameters by draw."""
    means = np.stack([each.mean(axis=0) for each in by_draw])
    largest = max(len(each) for each in by_draw)
    weights = resamples(len(means), seed)
    rows = {ALL if largest > 1 else ALL_AND_CHANCE: gain_of_knowing_all(list(by_draw))}
    for label, columns in tqdm(list(asked), unit=translated("parameter"), disable=None if progress else True):
        rows[label] = gain_of_knowing(known[columns].to_numpy(float), means, weights)
    table = framed(rows, labels)
    best, second = np.argsort(means.mean(axis=0))[::-1][:2]
    apart = means[:, best] - means[:, second]
    table.attrs |= {
        "replicates": sum(len(each) for each in by_draw), "draws": len(by_draw), "choice": names[best],
        "lead": float(apart.mean()), "lead_error": float(apart.std(ddof=1) / np.sqrt(len(apart))),
        "excess": excess_of_best(means, weights), "noise": noise_of(means, seed),
    }  # fmt: skip
    return table


def paired_arms(data: Results | Sequence[Results]) -> list[xr.Dataset]:
    """Each scenario as results of its own; refused where they do not share their draws."""
    given = [data] if isinstance(data, xr.Dataset | str | os.PathLike) else list(data)
    arms = [arm for place, each in enumerate(given) for arm in arms_of(each, place)]
    if len(arms) < 2:
        raise UsageError(translated(
            "one scenario alone leaves no choice; give results of several, or a list of results"
        ))
    for name, arm in zip(distinct_names(arms)[1:], arms[1:], strict=True):
        check_draws(arms[0], arm, name)
    return arms


def benefit_by_replicate(
    arms: Sequence[xr.Dataset], names: Sequence[str], decision: IndicatorLike, minus: Cost | None, year: int | None
) -> tuple[np.ndarray, np.ndarray]:
    """Net benefit by replicate and scenario, and the draw of each replicate; of replicates that all scenarios have."""
    if isinstance(minus, Mapping):
        for name in names:
            if name not in minus:
                raise UsageError(translated(
                    "minus: no cost of {name!r}{nearest}",
                    name=name, nearest=validation.nearest(name, minus, translated("it has")),
                ))
    columns = []
    for name, arm in zip(names, arms, strict=True):
        values = along_replicates(arm, decision, year)
        if isinstance(minus, Mapping):
            values = values - float(minus[name])
        elif minus is not None:
            values = values - along_replicates(arm, minus, year)
        columns.append(values.rename(name))
    table = pd.concat(columns, axis="columns", join="inner").dropna()
    draw = pd.Series(draw_of_replicate(arms[0]), index=arms[0]["replicate"].values).loc[table.index].to_numpy()
    clusters = Clusters.of(draw)
    clusters.check()
    if clusters.count < 10:
        raise UsageError(translated(
            "{count} draws of the parameters say nothing of their value; simulate 100 or more",
            count=clusters.count,
        ))
    return table.to_numpy(float), draw


def along_replicates(arm: xr.Dataset, what: IndicatorLike, year: int | None) -> pd.Series[float]:
    values = indicator(arm, what, year).isel(scenario=0)
    return pd.Series(values.values.astype(float), index=values["replicate"].values)


def drawn_values(arms: Sequence[xr.Dataset]) -> pd.DataFrame:
    """Parameters by draw. One that scenarios draw from different priors has the same rank in all, so that one of them
    tells of all; a plain value in one scenario is passed over for the draw in another."""
    found: dict[str, pd.Series[float]] = {}
    for arm in arms:
        table = parameter_draws(arm, str(arm["scenario"].values[0]))
        for path in table.columns:
            if path not in found or found[path].nunique() < 2:
                found[path] = table[path]
    if not found:
        raise UsageError(translated("nothing was drawn in these results: they have no parameter_value"))
    return pd.DataFrame(found)


def groups(known: pd.DataFrame, parameters: Patterns) -> Iterator[tuple[str, list[str]]]:
    """What is known together, by the name of its row."""
    if isinstance(parameters, str):
        parameters = [parameters]
    if isinstance(parameters, Mapping):
        for name, patterns in parameters.items():
            yield name, matches(known, patterns)
        return
    single: list[str] = []
    for each in parameters:
        if isinstance(each, str):
            single += matches(known, each)
        else:
            yield " + ".join(each), matches(known, each)
    for path in dict.fromkeys(single):
        yield path, [path]


def matches(known: pd.DataFrame, patterns: str | Sequence[str]) -> list[str]:
    found: dict[str, None] = {}
    for pattern in [patterns] if isinstance(patterns, str) else patterns:
        fitting = [path for path in known.columns if fnmatchcase(path, pattern)]
        if not fitting:
            near = validation.nearest(pattern, known.columns, translated("these results draw"))
            raise UsageError(translated("no parameter matches {pattern!r}{near}", pattern=pattern, near=near))
        found |= dict.fromkeys(fitting)
    return list(found)


def labels_of(arms: Sequence[xr.Dataset]) -> dict[str, tuple[str, str]]:
    """Names of parameters in both languages."""
    found: dict[str, tuple[str, str]] = {}
    for arm in arms:
        for dim in ("parameter", "scenario_parameter"):
            if dim in arm.dims:
                english, chinese = key_names(arm, dim), key_names(arm, dim, "zh")
                found |= {key: (english[key], chinese[key]) for key in english}
    return found


def framed(rows: Mapping[str, Gain], labels: Mapping[str, tuple[str, str]]) -> pd.DataFrame:
    table = pd.DataFrame(list(rows.values()), index=list(rows), columns=list(Gain._fields)).rename_axis("parameter")
    whole = float(table["value"].iloc[0])
    table.insert(2, "share", table["value"] / whole if whole > 0 else np.nan)
    table.insert(0, "name", [labels.get(key, (key, key))[0] for key in table.index])
    table.insert(1, "name_zh", [labels.get(key, (key, key))[1] for key in table.index])
    rest = table.iloc[1:].sort_values("value", ascending=False, kind="stable")
    ordered: pd.DataFrame = pd.concat([table.iloc[:1], rest])
    return ordered


def noise_of(benefit: np.ndarray, seed: int) -> float:
    """The value below which lie those of parameters that tell nothing: draws in random order."""
    random = np.random.default_rng(seed)
    order = np.arange(len(benefit), dtype=float)
    found = [gain_of_knowing(random.permutation(order)[:, None], benefit, order[:0]).value for _ in range(INERT)]
    return float(np.quantile(found, INERT_SHARE))
