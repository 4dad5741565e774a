"""`jiju trial`: published experiments repeated inside the model, and whether it agrees with them."""

from __future__ import annotations

import argparse
import math
import sys
import tomllib
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr
from tqdm.auto import tqdm

from jiju import validation
from jiju.clusters import Clusters, interval_of, mean_of
from jiju.errors import FileError, ScenarioError, UsageError
from jiju.experiment import load, simulate_arms
from jiju.panels import firm_years, replicates
from jiju.runner import Arm
from jiju.trial_estimators import ESTIMATORS, Arms

OUTPUTS = ["sales", "price", "research", "entries", "closures", "bankruptcies", "lever_money"]
BATCH = 20  # replicates simulated at a time
WITHIN = 3.0  # of the same order: between a third and three times
VERDICTS_ZH = {"agrees": "一致", "sign only": "仅符号一致", "disagrees": "不一致", "no effect": "无显著效应"}


def catalogue() -> dict[str, Any]:
    """trials.toml as it stands."""
    found: dict[str, Any] = tomllib.loads((files("jiju") / "trials.toml").read_text(encoding="utf-8"))["trials"]
    return found


def arms_by_replicate(dataset: xr.Dataset, with_firms: bool) -> list[Arms]:
    """Replicate by replicate, what the arms of a results file became."""
    dataset = validation.results(dataset)
    validation.needed(dataset, ["scenario_toml"], "a trial", "give the whole file")
    arms = [str(name) for name in dataset["scenario"].values]
    kept = [dict(replicates(dataset, arm)) for arm in arms] if with_firms else []
    order = list(tomllib.loads(str(dataset["scenario_toml"].values[-1])).get("treatments", {}))
    common = [number for number in map(int, dataset["replicate"].values) if all(number in rows for rows in kept)]
    return [
        Arms(
            [firm_years(dataset, rows[number]) for rows in kept],
            [dataset.isel(scenario=k).sel(replicate=number) for k in range(len(arms))],
            order,
        )
        for number in common
    ]


def verdict(effect: float, agree: str, mean: float, low: float, high: float) -> str:
    """Of a simulated mean with its 95 % interval, against a published effect."""
    if not math.isfinite(mean) or low <= 0 <= high:
        return "no effect"
    if mean * effect < 0:
        return "disagrees"
    if agree == "order" and not 1 / WITHIN <= mean / effect <= WITHIN:
        return "sign only"
    return "agrees"


def interval(values: np.ndarray, draws: np.ndarray | None = None) -> tuple[float, float, float]:
    """Mean over replicates and its 95 % interval, by draws of the parameters where replicates share them."""
    finite = np.isfinite(values)
    if finite.sum() < 2:
        return math.nan, math.nan, math.nan
    clusters = Clusters.of(np.arange(finite.sum()) if draws is None else draws[finite])
    found = mean_of(values[finite], clusters)
    low, high = interval_of(found, 0.95)
    return float(found.mean), float(low), float(high)


def judge(name: str, estimates: pd.DataFrame) -> pd.DataFrame:
    """One row an outcome: published and simulated effect, and the verdict."""
    rows = []
    for outcome in catalogue()[name]["outcomes"]:
        draws = estimates["draw"].to_numpy() if "draw" in estimates else None
        mean, low, high = interval(estimates[outcome["key"]].to_numpy(float), draws)
        row = {"trial": name, "outcome": outcome["key"], "name": outcome["name"], "name_zh": outcome["name_zh"]}
        row |= {"published": outcome["effect"], "simulated": mean, "low": low, "high": high}
        row |= {"agree": outcome["agree"], "source": outcome["source"]}
        rows.append(row | {"verdict": verdict(outcome["effect"], outcome["agree"], mean, low, high)})
    return pd.DataFrame(rows).set_index(["trial", "outcome"])


def doubled(value: Any) -> Any:
    """A number twice as large, or a prior of one, whose draws are then twice as large."""
    if isinstance(value, dict):
        return {part: item if isinstance(item, str) else 2 * item for part, item in value.items()}
    return 2 * value


def arms_of(trial: dict[str, Any]) -> list[Arm]:
    arms = [Arm(arm) for arm in trial["arms"]]
    if key := trial.get("doubled"):
        arms[-1] = Arm(trial["arms"][-1], {key: doubled(load(arms[-1])[key])})
    return arms


def run_trial(name: str, count: int, seed: int) -> pd.DataFrame:
    """Simulates a trial batch by batch: the firms of all replicates would fill the memory. Each batch has its seed."""
    trial = catalogue()[name]
    arms, with_firms = arms_of(trial), trial.get("firms", True)
    whole = count * trial.get("times", 1)
    estimates = []
    for batch, first in enumerate(range(0, whole, BATCH)):
        size = min(BATCH, whole - first)
        dataset = simulate_arms(arms, replicates=size, seed=1000 * seed + batch, outputs=OUTPUTS, firms=with_firms)
        draws = dict(zip(dataset["replicate"].values.tolist(), Clusters.along(dataset).codes.tolist(), strict=True))
        estimates += [
            {**ESTIMATORS[name](each), "draw": batch * whole + draws[int(each.outputs[0]["replicate"])]}
            for each in arms_by_replicate(dataset, with_firms)
        ]
    found = pd.DataFrame(estimates)
    Clusters.of(found["draw"].to_numpy()).check()
    return judge(name, found)


def agreements(table: pd.DataFrame) -> pd.Series:
    """Which trials agree in all their outcomes."""
    return (table["verdict"] == "agrees").groupby(level="trial", sort=False).all()


def render(table: pd.DataFrame, chinese: bool = False) -> str:
    suffix = "_zh" if chinese else ""
    lines = []
    for name, agrees in agreements(table).items():
        trial = catalogue()[str(name)]
        word = ("一致" if agrees else "不一致") if chinese else ("agrees" if agrees else "does not agree")
        lines.append(f"{trial['row']:3d}  {name}: {trial['name' + suffix]}: {word}")
        for _, row in table.loc[[name]].iterrows():
            simulated = f"{row['simulated']:8.4f} ({row['low']:.4f} to {row['high']:.4f})"
            said = VERDICTS_ZH[row["verdict"]] if chinese else row["verdict"]
            published = (
                f"{row['published']:8.3f}" if row["agree"] == "order" else f"{'+' if row['published'] > 0 else '-':>8s}"
            )
            lines.append(f"       {said:10s} {published}  {simulated:32s} {row['name' + suffix]}")
    found = agreements(table)
    agreeing, all_of_them = int(found.sum()), len(found)
    note = (
        f"{all_of_them}项试验，{agreeing}项一致。列：文献、模拟（均值与95%区间）。"
        if chinese
        else f"{agreeing} of {all_of_them} trials agree. Columns: published effect (or its sign), simulated mean over"
        " replicates with its 95 % interval."
    )
    return "\n".join([*lines, "", note])


def listing(chinese: bool) -> str:
    return "\n".join(f"{name:16s} {trial['name_zh' if chinese else 'name']}" for name, trial in catalogue().items())


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="jiju trial", description="Repeat published experiments inside the model")
    parser.add_argument("names", nargs="*", metavar="NAME", help="which trials; see --list")
    parser.add_argument("--all", action="store_true", help="every trial")
    parser.add_argument("--list", action="store_true", help="what there is")
    parser.add_argument("--replicates", type=int, default=20, help="(%(default)s)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--lang", choices=["en", "zh"], default="en")
    options = parser.parse_args(argv)
    if options.list:
        print(listing(options.lang == "zh"))
        return 0
    names = list(catalogue()) if options.all else options.names
    unknown = [name for name in names if name not in catalogue()]
    if unknown or not names:
        parser.error(f"no trial {unknown[0]}; jiju trial --list says what there is" if unknown else "which trial?")
    try:
        tables = [run_trial(name, options.replicates, options.seed)
                  for name in tqdm(names, unit="trial", disable=None)]  # fmt: skip
    except (ScenarioError, UsageError, FileError) as problem:
        print(problem, file=sys.stderr)
        return 3 if isinstance(problem, FileError) else 2
    print(render(pd.concat(tables), options.lang == "zh"))
    return 0
