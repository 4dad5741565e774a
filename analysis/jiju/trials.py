"""Published experiments repeated inside the model, and whether it agrees with them."""

from __future__ import annotations

import math
import tomllib
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from jiju import validation
from jiju.campaign_options import Detail
from jiju.clusters import Clusters, interval_of, mean_of
from jiju.engine import EngineRunner, scenario_of
from jiju.languages import Lang, checked
from jiju.panels import firm_years, replicates
from jiju.runner import Arm, simulated
from jiju.trial_estimators import ESTIMATORS, Arms

OUTPUTS = ["sales", "price", "research", "entries", "closures", "bankruptcies", "lever_money"]
BATCH = 20  # replicates simulated at a time
WITHIN = 3.0  # of the same order: between a third and three times
UNSEEN = 0.02  # an effect on a logarithm that a study which finds none may have missed
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
    if agree == "none":
        return "agrees" if -UNSEEN <= low and high <= UNSEEN else "disagrees"
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
        arms[-1] = Arm(trial["arms"][-1], {key: doubled(scenario_of(arms[-1])[key])})
    return arms


def run_trial(name: str, count: int, seed: int) -> pd.DataFrame:
    """Simulates a trial batch by batch: the firms of all replicates would fill the memory. Each batch has its seed."""
    trial = catalogue()[name]
    arms, with_firms = arms_of(trial), trial.get("firms", True)
    whole = count * trial.get("times", 1)
    estimates = []
    for batch, first in enumerate(range(0, whole, BATCH)):
        size = min(BATCH, whole - first)
        record: Detail = "firms" if with_firms else "quarterly"
        dataset = simulated(arms, EngineRunner(size, OUTPUTS, seed=1000 * seed + batch, record=record))
        draws = dict(zip(dataset["replicate"].values.tolist(), Clusters.along(dataset).codes.tolist(), strict=True))
        estimates += [
            {**ESTIMATORS[name](each), "draw": batch * whole + draws[int(each.outputs[0]["replicate"])]}
            for each in arms_by_replicate(dataset, with_firms)
        ]
    found = pd.DataFrame(estimates)
    Clusters.of(found["draw"].to_numpy()).check()
    return judge(name, found)


def sign_of(effect: float) -> str:
    return "+" if effect > 0 else "-" if effect < 0 else "0"


def agreements(table: pd.DataFrame) -> pd.Series:
    """Which trials agree in all their outcomes."""
    return (table["verdict"] == "agrees").groupby(level="trial", sort=False).all()


def render(table: pd.DataFrame, *, lang: Lang = "en") -> str:
    """Verdicts as text a person can read.

    `lang` is the language of names and words: "en" or "zh".
    """
    chinese = checked(lang) == "zh"
    suffix = "_zh" if chinese else ""
    lines = []
    for name, agrees in agreements(table).items():
        trial = catalogue()[str(name)]
        word = ("一致" if agrees else "不一致") if chinese else ("agrees" if agrees else "does not agree")
        lines.append(f"{trial['row']:3d}  {name}: {trial['name' + suffix]}: {word}")
        for _, row in table.loc[[name]].iterrows():
            simulated = f"{row['simulated']:8.4f} ({row['low']:.4f} to {row['high']:.4f})"
            said = VERDICTS_ZH[row["verdict"]] if chinese else row["verdict"]
            published = f"{row['published']:8.3f}" if row["agree"] == "order" else f"{sign_of(row['published']):>8s}"
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


def listing(*, lang: Lang = "en") -> str:
    """What there is.

    `lang` is the language of names and words: "en" or "zh".
    """
    name_key = "name_zh" if checked(lang) == "zh" else "name"
    return "\n".join(f"{name:16s} {trial[name_key]}" for name, trial in catalogue().items())
