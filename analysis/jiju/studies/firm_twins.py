"""The same firm with and without a policy: deadweight, additionality, and who wins and who loses.

    both = jiju.open("firms.h5")              # of: jiju run status-quo plan --record firms -o firms.h5
    pairs = jiju.twins(both)                  # one firm of one replicate a row
    jiju.deadweight(pairs), jiju.winners(pairs, "place")

A firm has the same identity and has the same draws in every scenario of a run. So the growth it has without the policy
is known here, where an evaluation of a real programme has to guess it from other firms.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
import xarray as xr

from jiju.errors import UsageError
from jiju.languages import translated
from jiju.results import validation
from jiju.results.indicators import scenario_tables
from jiju.results.panels import keys_of, scenario_number, steps_of
from jiju.statistics.clusters import DRAW, Clusters, bootstrap_interval, interval_of, mean_of

# Of a unit of money; less is rounding.
LEAST_MONEY = 1e-6

PAIR = ["replicate", "firm"]
READ = ["id", "industry", "place", "cluster", "tier", "named", "last_sales", "year_sales", "support", "guaranteed",
        "labour"]  # fmt: skip

# The panel tells support as the model remembers it, fading with this mean time.
SUPPORT_FADES = 1.0  # years


def size_classes(data: xr.Dataset) -> dict[str, float]:
    """Classes of firms by sales in the year before the start, in the results' money, each with its upper edge.

    Their edges are the thresholds of the statistics, a tenth of what a leading firm sells, and what it sells.
    """
    parameters = scenario_tables(data)[0]["parameters"]
    population, leading = parameters["population"], float(parameters["standing"]["leading_sales"])
    edges = sorted({float(population["base_threshold"]), float(population["new_threshold"]), leading / 10, leading})
    classes = {"not yet born": 0.0, f"below {edges[0]:g}": edges[0]}
    classes |= {f"{low:g} to {high:g}": high for low, high in pairwise(edges)}
    return classes | {f"above {edges[-1]:g}": np.inf}


def firms_of(data: xr.Dataset, scenario: int) -> pd.DataFrame:
    """The panel of one scenario, a firm and step a row."""
    rows = np.flatnonzero(data["panel_scenario"].values == scenario)
    columns = {name: data[f"firm_{name}"].values[rows] for name in READ}
    frame = pd.DataFrame(columns | {"replicate": data["panel_replicate"].values[rows].astype(int)})
    frame["step"] = steps_of(data)[rows]
    frame["firm"] = frame.pop("id").astype(np.int64)
    return frame


def support_received(panel: pd.DataFrame, steps_per_year: float) -> pd.Series:
    """Support that came in each step: what the memory of support holds beyond the faded memory of the step before."""
    before = panel.groupby(PAIR)["support"].shift(fill_value=0.0)
    came: pd.Series = panel["support"] - before * np.exp(-1 / (SUPPORT_FADES * steps_per_year))
    return came.where(came > LEAST_MONEY, 0.0)


def spans(panel: pd.DataFrame, steps_per_year: float) -> pd.DataFrame:
    """One firm a row: what it was when first seen, and what it had become, and received, by the end."""
    panel = panel.sort_values(["step"], kind="stable")
    groups = panel.assign(money=support_received(panel, steps_per_year)).groupby(PAIR)
    first, last = groups.first(), groups.last()
    final, opening = panel["step"].max(), panel["step"].min()
    alive = last["step"] == final
    return pd.DataFrame(
        {
            **{name: first[name].astype(int) for name in ("industry", "place", "cluster", "tier", "named")},
            "start": first["last_sales"].where(first["step"] == opening, 0.0),
            "end": last["year_sales"].where(alive, 0.0),
            "alive": alive,
            "jobs": last["labour"].where(alive, 0.0),
            "money": groups["money"].sum(),
            "credit": groups["guaranteed"].max(),
        }
    )


def twins(data: xr.Dataset, base: int | str = 0, other: int | str = 1) -> pd.DataFrame:
    """Every firm of every replicate that is recorded under both scenarios, by their keys or places in the file.

    draw              of the uncertain parameters, where replicates share them; else the replicate

    start             sales of the year before the first (0 for who was not yet born)
    end_base, end     sales of the last year without and with the policy, 0 for who is gone
    change            end less end_base
    money             grants used as intended and deals of funds that the policy brought: with it less without it,
                      over all years
    credit            the same of guaranteed loans, at their height
    treated           whether money or credit came

    Example:

        pairs = jiju.twins(jiju.open("firms.h5"))              # the same firm without and with the plan
        pairs.nlargest(5, "money")[["firm", "money", "change"]]
    """
    if isinstance(data, xr.Dataset) and data.sizes.get("observation", 0) == 0:
        raise UsageError(translated(
            "these results keep no firms one by one; run both scenarios with --record firms"
        ))
    data = validation.results(data, needs=("scenario",))
    columns = ("panel_scenario", "panel_replicate", "panel_year", *(f"firm_{name}" for name in READ))
    validation.needed(data, (*columns, "scenario_toml"), "twins", translated("give the whole file"))
    steps = float(scenario_tables(data)[0]["scenario"]["steps_per_year"])
    panels = [firms_of(data, scenario_number(data, scenario_key(data, scenario))) for scenario in (base, other)]
    common = np.intersect1d(panels[0]["replicate"].to_numpy(), panels[1]["replicate"].to_numpy())
    if "replicate" in data.dims:
        common = np.intersect1d(common, data["replicate"].values)
    if not common.size:
        raise UsageError(translated(
            "no replicate has its firms kept under both scenarios, {base} and {other}",
            base=base, other=other,
        ))
    without, having = (spans(panel[panel["replicate"].isin(common)], steps) for panel in panels)
    both = without.add_suffix("_base").join(having.add_suffix("_other"), how="outer")
    number = {name: both[f"{name}_base"].fillna(0.0).astype(float) for name in ("end", "jobs", "money", "credit")}
    more = {name: both[f"{name}_other"].fillna(0.0).astype(float) for name in number}
    known = {
        name: both[f"{name}_base"].fillna(both[f"{name}_other"]).astype(int)
        for name in ("industry", "place", "cluster", "tier", "named")
    }
    found = pd.DataFrame(
        {
            **known,
            "start": both["start_base"].fillna(both["start_other"]).astype(float),
            "alive_base": both["alive_base"].eq(True),
            "alive": both["alive_other"].eq(True),
            "end_base": number["end"],
            "end": more["end"],
            "change": more["end"] - number["end"],
            "jobs_change": more["jobs"] - number["jobs"],
            "money": rounded(more["money"] - number["money"]),
            "credit": rounded(more["credit"] - number["credit"]),
        }
    ).reset_index()
    found["treated"] = (found["money"] > 0) | (found["credit"] > 0)
    classes = size_classes(data)
    found["size"] = pd.cut(found["start"], [-np.inf, *classes.values()], labels=list(classes))
    found["new"] = found["start"] == 0
    found["draw"] = found["replicate"].map(draws_of(data)) if "replicate" in data.dims else found["replicate"]
    return named(found, data)


def scenario_key(data: xr.Dataset, scenario: int | str) -> str:
    keys = [str(key) for key in data["scenario"].values]
    if isinstance(scenario, str):
        return scenario
    if not 0 <= scenario < len(keys):
        raise UsageError(translated(
            "no scenario at place {scenario}: these results have {keys}, counted from 0",
            scenario=scenario, keys=len(keys),
        ))
    return keys[scenario]


def draws_of(data: xr.Dataset) -> dict[int, int]:
    """The draw of each replicate."""
    numbers = data["replicate"].values.tolist()
    return dict(zip(numbers, data[DRAW].values.tolist() if DRAW in data.coords else numbers, strict=True))


def rounded(money: pd.Series) -> pd.Series:
    return money.where(money.abs() >= LEAST_MONEY, 0.0)


def named(found: pd.DataFrame, data: xr.Dataset) -> pd.DataFrame:
    """Keys in place of positions, as far as the file has them."""
    for dim in ("industry", "cluster", "tier"):
        keys = keys_of(data, dim)
        found[dim] = [keys[place] if place < len(keys) else str(place) for place in found[dim]]
    places = list(scenario_tables(data)[0].get("places", {}))
    found["place"] = [places[place] if place < len(places) else str(place) for place in found["place"]]
    return found


def deadweight(pairs: pd.DataFrame, by: str | None = None) -> pd.DataFrame:
    """Where the policy's money went, by what would have happened without it.

    deadweight   share of the money that went to growth which the firm would have had anyway: its growth without the
                 policy over its growth with it
    additional   share that went to growth the firm would not have had
    no_growth    share that went to firms that did not grow
    additionality  sales gained by the receivers over it; `all_firms` the same over all firms, so less what others lost

    `deadweight` and `additionality` come with 95 % intervals over replicates, by draws of the parameters where
    replicates share them.

    Example:

        pairs = jiju.twins(jiju.open("firms.h5"))
        jiju.deadweight(pairs)                                 # what would have happened without the money
    """
    check_groups(pairs, by)
    paid = pairs[pairs["money"] > 0].copy()
    having, without = paid["end"] - paid["start"], paid["end_base"] - paid["start"]
    anyway = (without.clip(lower=0) / having.where(having > 0)).clip(0, 1)
    paid["anyway"] = paid["money"] * anyway.fillna(0)
    paid["wasted"] = paid["money"].where(having <= 0, 0.0)
    keys = [by] if by else [lambda _: "all"]
    groups, everyone = paid.groupby(keys, observed=True), pairs.groupby(keys, observed=True)
    money = groups["money"].sum()
    found = pd.DataFrame(
        {
            "firms": groups.size() / pairs["replicate"].nunique(),
            "money": money / pairs["replicate"].nunique(),
            "deadweight": groups["anyway"].sum() / money,
            "no_growth": groups["wasted"].sum() / money,
            "additionality": groups["change"].sum() / money,
            "all_firms": everyone["change"].sum().reindex(money.index) / money,
        }
    )
    found.insert(3, "additional", 1 - found["deadweight"] - found["no_growth"])
    sums = [in_replicates(paid, by, name, pairs) for name in ("anyway", "change", "money")]
    clusters = clusters_of(pairs)
    for name, parts in (("deadweight", sums[0]), ("additionality", sums[1])):
        ends = [ratio_interval(parts[group], sums[2][group], clusters) for group in found.index]
        found[[f"{name}_low", f"{name}_high"]] = pd.DataFrame(ends, index=found.index, columns=["low", "high"])
    return signed(found.rename_axis(by or "firms_of"), clusters)


def check_groups(pairs: pd.DataFrame, by: str | None) -> None:
    """Refuses what is no frame of twins, or has no such column."""
    missing = [name for name in ("replicate", "money", "change", "end_base") if name not in pairs]
    if missing:
        missing_columns = validation.listed(missing)
        raise UsageError(translated(
            "wanted is the frame that jiju.twins gives; this one has no column {missing_columns}",
            missing_columns=missing_columns,
        ))
    if by is not None and by not in pairs:
        raise UsageError(translated(
            "no column {by!r} among the twins{nearest}",
            by=by, nearest=validation.nearest(by, pairs.columns, translated("they have")),
        ))


def clusters_of(pairs: pd.DataFrame) -> Clusters:
    """Which replicates of the frame share a draw, in order of their numbers."""
    draws = pairs.groupby("replicate")["draw" if "draw" in pairs else "replicate"].first()
    clusters = Clusters.of(draws.to_numpy())
    clusters.check()
    return clusters


def signed(table: pd.DataFrame, clusters: Clusters) -> pd.DataFrame:
    """With what its intervals are made of as attributes of the frame."""
    table.attrs |= {"replicates": len(clusters.codes), "draws": clusters.count}
    return table


def in_replicates(frame: pd.DataFrame, by: str | None, name: str, pairs: pd.DataFrame) -> pd.DataFrame:
    """Sums of a column, replicate by group; zero where a replicate has nothing of a group."""
    groups = frame[by] if by else pd.Series("all", index=frame.index)
    table = frame.groupby(["replicate", groups], observed=True)[name].sum().unstack(fill_value=0)
    return table.reindex(np.sort(pairs["replicate"].unique()), fill_value=0.0)


def ratio_interval(part: pd.Series, whole: pd.Series, clusters: Clusters) -> tuple[float, float]:
    """95 % interval of a ratio of sums over replicates."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return bootstrap_interval(lambda a, b: a / b, (part.to_numpy(float), whole.to_numpy(float)), clusters, 0.95)


def winners(pairs: pd.DataFrame, by: str = "treated") -> pd.DataFrame:
    """Who wins and who loses sales through the policy: by place, size, tier, industry, treated or not.

    Numbers are a replicate's, on average; `gained` and `lost` are the sums over firms that have more and less with the
    policy, and `p10`, `p90` the relative change of firms alive both ways, tenth and ninetieth percentile. `change` and
    `relative` come with 95 % intervals over replicates, by draws of the parameters where these are shared.

    Example:

        pairs = jiju.twins(jiju.open("firms.h5"))
        jiju.winners(pairs, "place")                           # who gains and who loses, by place
    """
    check_groups(pairs, by)
    runs = pairs["replicate"].nunique()
    frame = pairs.assign(
        gained=pairs["change"].clip(lower=0),
        lost=pairs["change"].clip(upper=0),
        better=pairs["change"] > LEAST_MONEY,
        worse=pairs["change"] < -LEAST_MONEY,
        relative=(pairs["change"] / pairs["end_base"]).where(pairs["alive_base"] & pairs["alive"]),
    )
    groups = frame.groupby(by, observed=True)
    clusters, change = clusters_of(pairs), in_replicates(frame, by, "change", pairs)
    base = in_replicates(frame, by, "end_base", pairs)
    students = [interval_of(mean_of(change[group].to_numpy(float), clusters), 0.95) for group in change]
    ratios = [ratio_interval(change[group], base[group], clusters) for group in change]
    ends = pd.DataFrame(
        [(*map(float, student), *ratio) for student, ratio in zip(students, ratios, strict=True)],
        index=change.columns, columns=["change_low", "change_high", "relative_low", "relative_high"],
    )  # fmt: skip
    found = pd.DataFrame(
        {
            "firms": groups.size() / runs,
            "base": groups["end_base"].sum() / runs,
            "change": groups["change"].sum() / runs,
            "relative": groups["change"].sum() / groups["end_base"].sum(),
            "gained": groups["gained"].sum() / runs,
            "lost": groups["lost"].sum() / runs,
            "better": groups["better"].mean(),
            "worse": groups["worse"].mean(),
            "p10": groups["relative"].quantile(0.1),
            "p90": groups["relative"].quantile(0.9),
            "jobs": groups["jobs_change"].sum() / runs,
            **ends,
        }
    )
    return signed(found, clusters)
