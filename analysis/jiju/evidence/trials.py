"""Published experiments repeated inside the model, and whether it agrees with them."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from jiju import __version__
from jiju.errors import UsageError
from jiju.evidence import trial_file
from jiju.evidence.experiments import Trial
from jiju.evidence.trial_estimators import Arms, estimates
from jiju.evidence.trial_file import catalogue
from jiju.languages import Lang, checked, translated
from jiju.printing.printed import labelled
from jiju.progress import tqdm
from jiju.results import validation
from jiju.results.indicators import scenario_tables
from jiju.results.panels import firm_years, with_keys
from jiju.results.panels import replicates as kept_replicates
from jiju.results.provenance import made_with
from jiju.runs.campaign_options import Detail
from jiju.runs.engine import EngineRunner
from jiju.runs.runner import simulated
from jiju.statistics.clusters import Clusters, interval_of, mean_of

BATCH = 10  # replicates simulated at a time, some 2 GB of firms
WITHIN = 3.0  # of the same order: between a third and three times
UNSEEN = 0.02  # an effect on a logarithm that a study which finds none may have missed
VERDICTS_ZH = {"agrees": "一致", "sign only": "仅符号一致", "disagrees": "不一致", "no effect": "无显著效应"}
CAPTION = ("Published experiments repeated inside the model", "模型内重做的已发表实验")
# Components whose firms can be drawn by lot, in the order of their bits (models/growth/policy/mechanisms.hpp).
WITH_LOTS = ("grants", "deals", "credits", "subsidies", "treatments")


def lots_of(scenario: Mapping[str, Any]) -> list[str]:
    """The components of an effective scenario of whose firms a share is drawn by lot, in the order of their bits."""
    return [key for table in WITH_LOTS for key, row in scenario.get(table, {}).items() if row["lot"] < 1]


def arms_by_replicate(dataset: xr.Dataset, with_firms: bool, columns: Sequence[str] = ()) -> Iterator[Arms]:
    """Replicate by replicate, what the arms of a results file became; firm-years also have the columns named."""
    dataset = validation.results(dataset)
    validation.needed(dataset, ["scenario_toml"], translated("a trial"), translated("give the whole file"))
    arms = [str(name) for name in dataset["scenario"].values]
    kept = [dict(kept_replicates(dataset, arm)) for arm in arms] if with_firms else []
    scenarios = scenario_tables(dataset)
    treatments = [list(each.get("treatments", {})) for each in scenarios]
    lots = [lots_of(each) for each in scenarios]
    common = [number for number in map(int, dataset["replicate"].values) if all(number in rows for rows in kept)]
    for number in common:
        yield Arms(
            [with_keys(firm_years(dataset, rows[number], columns), dataset) for rows in kept],
            [dataset.isel(scenario=k).sel(replicate=number) for k in range(len(arms))],
            treatments,
            lots,
        )


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


def judge(trial: Trial, found: pd.DataFrame) -> pd.DataFrame:
    """One row an outcome that is judged: published and simulated effect, and the verdict."""
    rows = []
    draws = found["draw"].to_numpy() if "draw" in found else None
    for outcome in trial.outcomes:
        if outcome.effect is None:
            continue
        mean, low, high = interval(found[outcome.key].to_numpy(float), draws)
        row: dict[str, Any] = {"trial": trial.key, "outcome": outcome.key}
        row |= {"name": outcome.name, "name_zh": outcome.name_zh}
        row |= {"trial_name": trial.name, "trial_name_zh": trial.name_zh, "row": trial.row}
        row |= {"published": outcome.effect, "simulated": mean, "low": low, "high": high}
        row |= {"agree": outcome.agree, "source": outcome.source, "trust": outcome.trust}
        rows.append(row | {"verdict": verdict(outcome.effect, outcome.agree, mean, low, high)})
    return pd.DataFrame(rows).set_index(["trial", "outcome"])


def estimated(trial: Trial, count: int, seed: int) -> pd.DataFrame:
    """One row a replicate: every outcome, and the number of its parameter draw.

    Simulated batch by batch, for the firms of all replicates would fill the memory. Each batch has its seed.
    """
    whole = count * trial.times
    sizes = [min(BATCH, whole - first) for first in range(0, whole, BATCH)]
    batches = [of_batch(trial, size, 1000 * seed + batch) for batch, size in enumerate(sizes)]
    found = pd.concat(batches, keys=range(len(batches)), names=["batch", "replicate"]).reset_index()
    found["draw"] = found.groupby(["batch", "draw"]).ngroup()
    Clusters.of(found["draw"].to_numpy()).check()
    return found


def of_batch(trial: Trial, size: int, seed: int) -> pd.DataFrame:
    outputs = ["price", *(name for name in trial.columns("outputs") if name != "price")]
    record: Detail = "firms" if trial.with_firms else "yearly"
    dataset = simulated(trial.arms, EngineRunner(size, outputs, seed=seed, record=record))
    draws = dict(zip(dataset["replicate"].values.tolist(), Clusters.along(dataset).codes.tolist(), strict=True))
    rows = {}
    for each in arms_by_replicate(dataset, trial.with_firms, trial.columns("firms")):
        number = int(each.outputs[0]["replicate"])
        rows[number] = estimates(trial, each) | {"draw": draws[number]}
    return pd.DataFrame.from_dict(rows, orient="index")


def run_trial(trial: Trial | str, count: int, seed: int) -> pd.DataFrame:
    """Simulates a trial, or the one of the package's that is named, and judges it."""
    chosen = catalogue()[trial] if isinstance(trial, str) else trial
    return judge(chosen, estimated(chosen, count, seed))


def chosen(asked: Iterable[str | os.PathLike[str]]) -> list[Trial]:
    """Trials of the package by name, and all those of files, which end in .toml."""
    found: list[Trial] = []
    for name in [os.fspath(each) for each in asked]:
        if name.endswith(".toml"):
            found += trial_file.read(name).values()
        elif name in (own := catalogue()):
            found.append(own[name])
        else:
            raise UsageError(
                translated(
                    "no trial {name!r}{nearest}; a file of trials of one's own ends in .toml",
                    name=name, nearest=validation.nearest(name, own),
                )
            )
    return found


def trial(*asked: str | os.PathLike[str], replicates: int = 20, seed: int = 1, progress: bool = True) -> pd.DataFrame:
    """Repeats published experiments inside the model: one row an outcome, published and simulated, with a verdict.

    `asked` are names of the package's trials or files (docs/trials.md); all of the package's where none is given.
    `simulated` is a mean over `replicates` (times what the trial says), `low` and `high` its 95 % interval.

    Example:

        effects = jiju.trial("grant-lottery", replicates=20)   # a published experiment, repeated in the model
        effects[["published", "simulated", "low", "high"]]
    """
    wanted = chosen(asked) if asked else list(catalogue().values())
    with_bar = tqdm(wanted, unit=translated("trial"), disable=None if progress else True)
    table = pd.concat([run_trial(trial, replicates, seed) for trial in with_bar])
    made = made_with(str(replicates), str(replicates), str(seed), f"jiju {__version__}", "en")
    columns = ("trial_name", "name", "published", "simulated", "verdict")
    return labelled(table, CAPTION, made, columns, words=VERDICTS_ZH)


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
        first = table.loc[[name]].iloc[0]
        number = "" if pd.isna(first["row"]) else str(int(first["row"]))
        word = ("一致" if agrees else "不一致") if chinese else ("agrees" if agrees else "does not agree")
        lines.append(f"{number:>3s}  {name}: {first['trial_name' + suffix]}: {word}")
        for _, row in table.loc[[name]].iterrows():
            simulated = f"{row['simulated']:8.4f} ({row['low']:.4f} to {row['high']:.4f})"
            said = VERDICTS_ZH[row["verdict"]] if chinese else row["verdict"]
            published = f"{row['published']:8.3f}" if row["agree"] == "order" else f"{sign_of(row['published']):>8s}"
            lines.append(f"       {said:10s} {published}  {simulated:32s} {row['name' + suffix]}")
    found = agreements(table)
    agreeing, all_of_them = int(found.sum()), len(found)
    outcomes, agreed = len(table), int((table["verdict"] == "agrees").sum())
    note = (
        f"{all_of_them}项试验，{agreeing}项一致（{outcomes}项结果，{agreed}项一致）。列：文献、模拟（均值与95%区间）。"
        if chinese
        else f"{agreeing} of {all_of_them} trials agree ({agreed} of {outcomes} outcomes). Columns: published effect"
        " (or its sign), simulated mean over replicates with its 95 % interval."
    )
    return "\n".join([*lines, "", note])


def listing(*, lang: Lang = "en") -> str:
    """What there is.

    `lang` is the language of names and words: "en" or "zh".
    """
    chinese = checked(lang) == "zh"
    return "\n".join(f"{name:23s} {trial.name_zh if chinese else trial.name}" for name, trial in catalogue().items())
