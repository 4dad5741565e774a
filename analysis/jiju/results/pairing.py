"""Do two results belong together? Pairs are only pairs where seed, draws and replicates are the same.

What makes a comparison meaningless is refused; what makes it something else than the effect of policy is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import xarray as xr

from jiju.errors import UsageError
from jiju.languages import translated
from jiju.results.indicators import scenario_tables
from jiju.statistics.clusters import Clusters

SCHEMA_MAJOR = 2

# What a scenario says of anything but policy: where two scenarios differ in it, their difference is not the
# effect of policy alone, and a parameter of another distribution is another draw.
OUTSIDE_TABLES = ("parameters", "industries", "firms", "places", "clusters", "macro", "industry_paths")
OUTSIDE_KEYS = ("macro", "start_year", "years", "burn_in_years", "steps_per_year", "parameter_uncertainty")
SHARED_AXES = ("industry", "cluster", "place", "tier", "target", "year", "time")


class PairingError(UsageError):
    """Two results cannot be compared pair by pair."""


def flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Dotted keys and values of nested tables; an uncertain value is one value, not a table."""
    for key, value in table.items():
        if isinstance(value, Mapping) and not {"median", "quantiles"} & value.keys():
            yield from flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def outside_policy(scenario: Mapping[str, Any]) -> dict[str, Any]:
    """Everything but policy, targets and names, by dotted key."""
    tables = {name: scenario.get(name, {}) for name in OUTSIDE_TABLES}
    tables["scenario"] = {key: value for key, value in scenario.get("scenario", {}).items() if key in OUTSIDE_KEYS}
    named = ("name", "name_zh", "source")
    return {key: value for key, value in flat(tables) if key.rsplit(".", 1)[-1] not in named}


def differing(one: Mapping[str, Any], two: Mapping[str, Any]) -> list[str]:
    return sorted(key for key in one.keys() | two.keys() if one.get(key) != two.get(key))


def shortened(keys: list[str], most: int = 4) -> str:
    rest = translated(" and {value} more", value=len(keys) - most) if len(keys) > most else ""
    return ", ".join(keys[:most]) + rest


def check_file(data: xr.Dataset, name: str) -> None:
    """Refuses what is not a results file of a format that this program knows."""
    if data.attrs.get("filetype", "jiju results") != "jiju results":
        raise PairingError(translated(
            "{name} is a {attrs}, wanted is a results file; merge shards first",
            name=name, attrs=data.attrs["filetype"],
        ))
    version = np.atleast_1d(data.attrs.get("schema_version", [SCHEMA_MAJOR, 0]))
    if int(version[0]) != SCHEMA_MAJOR:
        raise PairingError(translated(
            "{name} has format {version}, this program reads format {SCHEMA_MAJOR}",
            name=name, version=version[0], SCHEMA_MAJOR=SCHEMA_MAJOR,
        ))


def check_axes(base: xr.Dataset, other: xr.Dataset, name: str) -> None:
    """Refuses results of other units, industries, clusters, tiers, targets or years."""
    for what in ("money_unit", "area_unit"):
        here, there = base.attrs.get(what), other.attrs.get(what)
        if here and there and here != there:
            raise PairingError(translated(
                "units do not match: base is in {here}, {name} in {there}; express both scenarios in the same [units]",
                here=here, name=name, there=there,
            ))  # fmt: skip
    for dim in SHARED_AXES:
        if (dim in base.dims) != (dim in other.dims):
            raise PairingError(translated(
                "schemas do not match: only one of base and {name} has the dimension {dim}",
                name=name, dim=dim,
            ))
        # Their order may differ: arithmetic goes by key.
        if dim in base.dims and set(base[dim].values) != set(other[dim].values):
            raise PairingError(translated(
                "schemas do not match: base and {name} differ in their keys along {dim}",
                name=name, dim=dim,
            ))


def check_draws(base: xr.Dataset, other: xr.Dataset, name: str) -> None:
    """Refuses results that do not share their draws."""
    for attribute in ("seed", "rng"):
        here, there = base.attrs.get(attribute), other.attrs.get(attribute)
        if here != there:
            raise PairingError(
                translated(
                    "{attribute} of base is {here}, of {name} {there}: the two do not share their draws. Run both "
                    "with the same {attribute}, or compare them with paired=False",
                    attribute=attribute, here=here, name=name, there=there,
                )
            )
    common = np.intersect1d(base["replicate"].values, other["replicate"].values)
    if not common.size:
        raise PairingError(translated("base and {name} have no replicate in common", name=name))
    here, there = (draws_of(each, common) for each in (base, other))
    if not np.array_equal(here, there):
        raise PairingError(
            translated(
                "base and {name} share their draws of the uncertain parameters among other replicates. Run both with "
                "the same replicates_per_draw, or compare them with paired=False",
                name=name,
            )
        )


def draws_of(data: xr.Dataset, replicates: np.ndarray) -> np.ndarray:
    """The draws of these replicates, each by the first replicate here that has it."""
    codes = Clusters.along(data.sel(replicate=replicates)).codes
    first: np.ndarray = np.unique(codes, return_index=True)[1]
    return np.asarray(first[codes])


def remarks(base: xr.Dataset, other: xr.Dataset, name: str, controlled: bool = False) -> list[str]:
    """What a reader must know before taking the differences for effects of policy; `controlled` where the further
    replicates of base are a control."""
    found = []
    for attribute, text in (("software_version", "versions"), ("git_sha1", "commits")):
        here, there = base.attrs.get(attribute), other.attrs.get(attribute)
        if here != there:
            found.append(translated(
                "{name} was made by another program ({text} {here} and {there}); numbers may differ by that",
                name=name, text=text, here=here, there=there,
            ))
            break
    count = (base.sizes["replicate"], other.sizes["replicate"])
    common = np.intersect1d(base["replicate"].values, other["replicate"].values).size
    if controlled:
        found.append(translated(
            "{name}: {common} replicates are in both; the {further} that base has besides are a control, where that "
            "narrows an interval",
            name=name, common=common, further=count[0] - common,
        ))  # fmt: skip
    elif count != (common, common):
        found.append(translated(
            "{name}: {common} replicates are in both, of {count} and {count_2}; only these are compared",
            name=name, common=common, count=count[0], count_2=count[1],
        ))
    lost = [str(key) for key, array in base.data_vars.items() if "replicate" in array.dims and key not in other]
    if lost:
        found.append(translated(
            "{name} does not have {shortened}; no table has their differences",
            name=name, shortened=shortened(lost),
        ))
    if not all("scenario_toml" in data for data in (base, other)):
        return [*found, translated(
            "{name}: without scenario_toml nobody can tell whether it differs in more than policy",
            name=name,
        )]
    here, there = scenario_tables(base)[0], scenario_tables(other)[0]
    outside = differing(outside_policy(here), outside_policy(there))
    if outside:
        found.append(
            translated(
                "{name} differs from base in more than policy ({shortened}): its parameter draws are others, and the "
                "difference is not the effect of policy alone",
                name=name, shortened=shortened(outside),
            )
        )
    targets = differing(dict(flat(here.get("targets", {}))), dict(flat(there.get("targets", {}))))
    if targets:
        found.append(translated(
            "{name} has other targets than base ({shortened})",
            name=name, shortened=shortened(targets),
        ))
    return found
