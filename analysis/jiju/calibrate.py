"""Fits the parameters that a calibration file names to its moments and to the stylised facts."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Collection, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from jiju import _engine
from jiju.calibration import IDENTIFIED, Posterior, Prior, infer, sample_priors, values_at
from jiju.engine import EngineRunner, scenario_of
from jiju.errors import UsageError
from jiju.fact_sample import STATISTICS, sample
from jiju.facts import base_year, card, measure
from jiju.panels import firm_years, replicates
from jiju.progress import tqdm
from jiju.runner import Arm, simulated
from jiju.terminal import end_with_parent

DRAWN = "drawn."  # before the name of a parameter, in a file of draws
OUTPUTS = ("sales", "price")  # what reading firm-years and measuring facts needs
CHUNK = 4  # points that share a seed and a run
MOMENTS = ("investment_adjustment", "gain_of_double_research")  # what is met beside the statistics of facts


@dataclass(frozen=True)
class Parameter:
    """What one draw sets: a value at one key, or a factor on what the base says at several."""

    prior: Prior
    name: str
    base: Mapping[str, float]  # by key
    factor: bool

    def settings(self, value: float) -> dict[str, float]:
        return {key: value * was if self.factor else value for key, was in self.base.items()}


@dataclass(frozen=True)
class Task:
    """A calibration file, read."""

    scenario: str
    parameters: Mapping[str, Parameter]
    ranges: pd.DataFrame  # low and high by summary
    doubling: Mapping[str, float]  # the keys whose values double in the second arm, and their base


def value_at(tree: Mapping[str, Any], key: str) -> float:
    node: Any = tree
    for part in key.split("."):
        if not isinstance(node, Mapping) or part not in node:
            raise UsageError(f"the scenario has no {key}")
        node = node[part]
    return float(node["median"] if isinstance(node, Mapping) else node)


def expanded(tree: Mapping[str, Any], key: str) -> list[str]:
    """The keys that a key with a star stands for."""
    if "*" not in key:
        return [key]
    table, _, rest = key.partition(".*.")
    if table not in tree:
        raise UsageError(f"the scenario has no {table}")
    return [f"{table}.{row}.{rest}" for row in tree[table]]


def read_prior(row: Mapping[str, Any]) -> Prior:
    low, high, scale = row["low"], row["high"], row["scale"]
    if scale not in ("linear", "log"):
        raise UsageError(f'scale is "{scale}", and can be "linear" or "log"')
    if not (0 if scale == "log" else -math.inf) < low < high:
        raise UsageError(f"low = {low} and high = {high}: low must be less than high, and above 0 on a log scale")
    return Prior(low, high, scale == "log")


def read_parameter(tree: Mapping[str, Any], name: str, row: Mapping[str, Any]) -> Parameter:
    try:
        keys = [each for key in row["keys"] for each in expanded(tree, key)]
        base = {key: value_at(tree, key) for key in keys}
        return Parameter(read_prior(row), row["name"], base, factor=len(keys) > 1)
    except KeyError as missing:
        raise UsageError(f"[parameters.{name}] needs {missing}") from None
    except UsageError as problem:
        raise UsageError(f"[parameters.{name}]: {problem}") from None


def read_task(path: Path) -> Task:
    try:
        text = tomllib.loads(path.read_text(encoding="utf-8"))
        parts = [text[part] for part in ("base", "parameters", "moments", "doubling")]
    except tomllib.TOMLDecodeError as problem:
        raise UsageError(f"{path}: {problem}") from None
    except KeyError as missing:
        raise UsageError(f"{path}: no {missing}: this is no calibration file (docs/calibration.md)") from None
    base, parameters, moments, doubling = parts
    scenario = str(path.parent / base)
    tree = scenario_of(Arm(scenario)).to_dict()
    ranges = {entry["key"]: (entry["low"], entry["high"]) for fact in card()["facts"].values()
              for entry in fact["statistics"] if "low" in entry and "high" in entry}  # fmt: skip
    unknown = [name for name in moments if name not in {*STATISTICS, *MOMENTS}]
    if unknown:
        raise UsageError(f"{path}: no moment is called {unknown[0]}; there are {', '.join([*STATISTICS, *MOMENTS])}")
    left_out = text.get("left_out", [])
    if strange := [name for name in left_out if name not in ranges]:
        raise UsageError(f"{path}: left_out: no fact is called {strange[0]}; there are {', '.join(ranges)}")
    ranges = {name: ends for name, ends in ranges.items() if name not in left_out}
    ranges |= {name: (row["low"], row["high"]) for name, row in moments.items()}
    key = f"industries.{doubling['industry']}.research_intensity"
    try:
        return Task(
            scenario,
            {name: read_parameter(tree, name, row) for name, row in parameters.items()},
            pd.DataFrame.from_dict(ranges, orient="index", columns=["low", "high"]),
            {key: value_at(tree, key)},
        )
    except UsageError as problem:
        raise UsageError(f"{path}: {problem}") from None


def settings_of(task: Task, values: Mapping[str, float]) -> dict[str, float]:
    settings: dict[str, float] = {}
    for name, parameter in task.parameters.items():
        settings |= parameter.settings(values[name])
    return settings


def gain_of_double_research(base: pd.DataFrame, double: pd.DataFrame, industry: int) -> float:
    """Mean gain of log efficiency, over performers of an industry that stand in both arms in the last year."""
    last = base["year"].max()
    both = base.merge(double, on=["id", "year"], suffixes=("", "_double"))
    both = both[(both["year"] == last) & (both["industry"] == industry) & (both["intensity"] > 0)]
    return float((both["efficiency_double"] - both["efficiency"]).mean()) if len(both) else math.nan


def summarise(dataset: xr.Dataset, at: int, doubled_industry: str) -> dict[str, float]:
    """The summaries of the point whose arms are the scenarios `at` and `at + 1` of the results."""
    one, two = (str(name) for name in dataset["scenario"].values[at : at + 2])
    [(number, rows)] = replicates(dataset, one)
    [(_, rows_double)] = replicates(dataset, two)
    years = firm_years(dataset, rows)
    found = measure(sample(years, base_year(dataset, one, number), card()["measurement"]))
    found["investment_adjustment"] = float(dataset["investment_adjustment"].isel(scenario=at).sel(replicate=number))
    industry = [str(key) for key in dataset["industry"].values].index(doubled_industry)
    found["gain_of_double_research"] = gain_of_double_research(years, firm_years(dataset, rows_double), industry)
    return found


def simulate_chunk(task: Task, points: list[dict[str, float]], seed: int) -> list[dict[str, float]]:
    """Summaries of some points that share a seed: one replicate each, and another with R&D doubled."""
    arms = []
    for values in points:
        settings = settings_of(task, values)
        double = {key: 2 * settings.get(key, was) for key, was in task.doubling.items()}
        arms += [Arm(task.scenario, settings), Arm(task.scenario, settings | double)]
    [key] = task.doubling
    dataset = simulated(arms, EngineRunner(1, OUTPUTS, seed=seed, record="firms", threads=1))
    return [summarise(dataset, 2 * k, key.split(".")[1]) for k in range(len(points))]


def simulate(task: Task, values: pd.DataFrame, seed: int, jobs: int) -> pd.DataFrame:
    points = values.to_dict("records")
    chunks = [points[first : first + CHUNK] for first in range(0, len(points), CHUNK)]
    found: list[dict[str, float]] = []
    with (
        ProcessPoolExecutor(jobs, initializer=end_with_parent) as pool,
        tqdm(total=len(points), unit="point", disable=None) as bar,
    ):
        seeds = [1000 * seed + number for number in range(len(chunks))]
        for part in pool.map(simulate_chunk, [task] * len(chunks), chunks, seeds):
            found += part
            bar.update(len(part))
    return pd.DataFrame(found)


def number(value: float) -> str:
    return f"{value:.4g}"


def learnt(row: pd.Series) -> str:
    return f"predicted {row['predicted']:.2f}, spread {row['spread']:.2f}"


def posterior_text(task: Task, posterior: Posterior, command: str) -> str:
    """The posterior as a scenario's data file, with how it was made."""
    tools = ", ".join(f"{name} {version(name)}" for name in ["jiju", "numpy", "scipy", "scikit-learn"])
    lines = [
        "# Parameters of the status quo, calibrated to 2010 and to facts about firms (docs/calibration.md). Written by",
        f"#   {command}",
        f"# on {date.today().isoformat()} with {tools}.",
        "#",
        "# Median, 5 and 95 % of each parameter's posterior. predicted: share of the prior's variance that the",
        "# summaries predict out of sample. spread: standard deviation of the posterior over that of the prior.",
        "#",
        f"# Not identified (predicted below {IDENTIFIED:g}), so left as the rest of the scenario has them:",
    ]
    loose = posterior.findings[~posterior.findings["identified"]]
    lines += [f"#   {name}: {learnt(row)}" for name, row in loose.iterrows()] or ["#   none"]
    for name, row in posterior.findings[posterior.findings["identified"]].iterrows():
        parameter = task.parameters[str(name)]
        shape = "lognormal" if parameter.prior.log else "normal"
        lines += ["", f"# {parameter.name}: {learnt(row)}"]
        for key, was in parameter.base.items():
            scale = was if parameter.factor else 1.0
            spread = ", ".join(f"{part} = {number(scale * row[part])}" for part in ["median", "low", "high"])
            lines.append(f'{key} = {{ {spread}, distribution = "{shape}" }}')
    return "\n".join(lines) + "\n"


def report(task: Task, posterior: Posterior) -> str:
    table = posterior.findings.copy()
    table["prior"] = [f"{p.prior.low:g} to {p.prior.high:g}" for p in task.parameters.values()]
    columns = ["prior", "median", "low", "high", "predicted", "spread", "identified"]
    worst = posterior.misfit[posterior.misfit > 0].sort_values(ascending=False)
    lines = [
        table[columns].to_string(float_format=lambda x: f"{x:.3g}"),
        "",
        f"Identified: the summaries predict at least {IDENTIFIED:.0%} of the prior's variance out of sample.",
        "Outside their ranges among the accepted draws (mean distance, prior standard deviations):",
        worst.to_string(float_format=lambda x: f"{x:.2f}") if len(worst) else "none",
    ]
    return "\n".join(lines)


def read_draws(path: Path, shares: pd.DataFrame, needed: Collection[str]) -> pd.DataFrame:
    """The summaries of an earlier call; UsageError where its points are not these, or a needed summary is missing."""
    table = pd.read_csv(path)
    own = [name for name in table if str(name).startswith(DRAWN)]
    drawn = table[own].rename(columns=lambda name: name[len(DRAWN) :])
    if len(drawn) != len(shares):
        raise UsageError(f"{path} holds {len(drawn)} points, not {len(shares)}")
    if list(drawn) != list(shares) or not np.allclose(drawn.to_numpy(), shares.to_numpy(), rtol=1e-12, atol=0):
        raise UsageError(f"{path} holds points of another calibration file or seed")
    missing = [name for name in needed if name not in table]
    if missing:
        raise UsageError(f"{path} lacks {', '.join(missing)}: its points were simulated before these were asked for")
    return table.drop(columns=own)


def calibrate(path: Path, points: int, seed: int, jobs: int, draws: Path | None = None) -> tuple[Task, Posterior]:
    """Simulates the points, or reads those of an earlier call from `draws`, where they are kept otherwise."""
    task = read_task(path)
    priors = {name: parameter.prior for name, parameter in task.parameters.items()}
    shares = sample_priors(priors, points, seed)
    if draws and draws.exists():
        summaries = read_draws(draws, shares, task.ranges.index)
    else:
        if draws:
            _engine.check_output(str(draws), False)
        summaries = simulate(task, values_at(shares, priors), seed, jobs)
        if draws:
            kept = pd.concat([shares.add_prefix(DRAWN), summaries], axis="columns")
            _engine.write_file(str(draws), kept.to_csv(index=False), False)
    return task, infer(shares, summaries[list(task.ranges.index)], task.ranges, priors)
