"""Which levers, and which of their dates, matter for an outcome: from few runs, before a search that costs many.

    found = jiju.screen("shaoxing-2011/plan", "shaoxing-2011/status-quo", "value_added")
    jiju.optimise("shaoxing-2011/plan", "shaoxing-2011/status-quo", levers=found.levers, ways=found.ways)

Elementary effects tell what matters from what replicate noise explains (elementary.py); of what matters a response
surface is fitted to points of its own (emulator.py; Box, Wilson 1951) and divides the outcome's variance.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats
from threadpoolctl import threadpool_limits

from jiju.decisions.elementary import Screened, effects_of, screened, trajectories_of
from jiju.decisions.emulator import LEAST_POINTS, Emulator, emulator_of
from jiju.decisions.evaluation import Evaluator
from jiju.decisions.openings import Plan
from jiju.decisions.optimise import SEEDS, prepared, unit_of
from jiju.decisions.outcomes import Outcome, names_of, outcome_of
from jiju.decisions.screening import MATTERS, NOISE, SMALL, Screening, Surface
from jiju.errors import UsageError
from jiju.languages import Lang, checked, translated
from jiju.results.provenance import made_with, program_of

DRAWS = 4  # the set of draws of a screening, beside those of optimise.py
LEAST = 0.05
PER_OPENING = 5  # points of a surface for each opening
SEEN = 0.5  # of the variance out of sample: a surface that explains less divides nothing
SOBOL_POINTS = 512


@dataclass(frozen=True)
class Design:
    """Points of a screening: trajectories of the whole box, in the openings' own numbers as they are simulated."""

    plan: Plan
    cube: np.ndarray  # trajectories x points x openings

    @property
    def points(self) -> np.ndarray:
        low, high = self.plan.bounds.T
        return np.asarray(low + self.cube * (high - low))

    def simulated_cube(self) -> np.ndarray:
        """What is really simulated: begins in whole steps, switches off or on."""
        low, high = self.plan.bounds.T
        points, steps = self.points, int(self.plan.tables["scenario"]["steps_per_year"])
        for place, opening in enumerate(self.plan.openings):
            if opening.way == "start":
                points[..., place] = np.round(points[..., place] * steps) / steps
            elif opening.way == "switch":
                points[..., place] = np.where(points[..., place] >= 0.5, high[place], low[place])
        return np.asarray((points - low) / (high - low))


def screen(
    plan: Any,
    base: Any,
    outcome: str = "value_added",
    *,
    levers: Any = None,
    ways: Sequence[Any] = ("scale", "start"),
    bounds: Any = None,
    minimise: bool = False,
    trajectories: int = 10,
    replicates: int = 20,
    points: int | None = None,
    least: float = LEAST,
    seed: int = 1,
    confidence: float = 0.95,
    file: str | os.PathLike[str] | None = None,
    run: Any = None,
    progress: bool = True,
    lang: Lang = "en",
) -> Screening:
    """Ranks what a plan leaves open by what it does to an outcome, and says what a search can leave out.

    outcome  in words, as in `jiju.optimise`; of a probability the smoothed one (outcomes.smoothed)
    levers, ways, bounds  what is open (`jiju.open_plan`): sizes and begins at first
    trajectories  each simulates one plan more than there are openings
    points   plans for the response surface; five for each opening that matters where none are asked for, ten at least
    least    share of the largest mu* below which an opening that does something is small

    `file` keeps every plan that was simulated; `run` makes a runner from replicates and seed, in place of this
    machine's engine; `minimise` is passed on to the command that the answer prints.
    `lang` is the language of names and words: "en" or "zh".

    UsageError where words name
    nothing that there is, or the outcome is a minimum over targets, which has no value in one replicate.

    Example:

        found = jiju.screen("shaoxing-2011/plan", "shaoxing-2011/status-quo", "value_added",
                            trajectories=10, replicates=20)
        found.levers                                           # those that a search should keep
    """
    checked(lang)
    if trajectories < 2:
        raise UsageError(translated("{number} trajectories: wanted are two or more", number=trajectories))
    opened, data = prepared(plan, base, levers, ways, bounds, run)
    goal = outcome_of(outcome, data)
    if len(goal.columns) > 1:
        raise UsageError(translated(
            "{goal!r} has no value in one replicate, and so no elementary effects: take one target's probability",
            goal=goal.text,
        ))  # fmt: skip
    seed_of_draws = SEEDS * seed + DRAWS
    evaluator = Evaluator(
        opened, goal.columns, replicates, seed_of_draws, smooth=True, path=file,
        run=run(replicates, seed_of_draws) if run else None, progress=progress,
    )  # fmt: skip
    evaluator.clusters.check()
    design = Design(opened, trajectories_of(len(opened.openings), trajectories, seed))
    found = first_stage(evaluator, goal, design, confidence, seed)
    table = ranked(opened, found, confidence, least)
    chosen = [opened.names.index(name) for name in table.loc[table["verdict"] == MATTERS, "opening"]]
    surface = surface_of(evaluator, goal, chosen, points, seed) if chosen else None
    table = table.assign(**shares(opened, surface, table))
    unit = unit_of(goal, data)
    return Screening(
        opened, goal.text, names_of(goal, data, unit), unit, minimise, table, surface, trajectories, replicates,
        design.cube.shape[0] * design.cube.shape[1], least, confidence, tuple(map(named, (plan, base))),
        notes(table, surface, lang),
        made_with(str(replicates), str(evaluator.clusters.count), str(seed_of_draws), program_of(data), lang), lang,
    )  # fmt: skip


def named(given: Any) -> str:
    """A scenario as the command line takes it; an object has no name there."""
    return os.fspath(given) if isinstance(given, str | os.PathLike) else ""


def first_stage(evaluator: Evaluator, goal: Outcome, design: Design, confidence: float, seed: int) -> Screened:
    shape = design.cube.shape
    values = evaluator.replicates_of(goal, design.points.reshape(-1, shape[2]))[:, 0]
    effects = effects_of(values.reshape(*shape[:2], -1), design.simulated_cube())
    return screened(effects, evaluator.clusters, confidence, seed)


def ranked(plan: Plan, found: Screened, confidence: float, least: float) -> pd.DataFrame:
    """One opening a row, the largest mu* first."""
    told = found.p_value <= 1 - confidence
    most = float(found.size[told].max()) if told.any() else 0.0
    verdict = np.where(~told, NOISE, np.where(found.size < least * most, SMALL, MATTERS))
    table = pd.DataFrame(
        {
            "opening": plan.names, "lever": [each.lever for each in plan.openings],
            "way": [each.way for each in plan.openings], "mu_star": found.size, "mu_star_low": found.low,
            "mu_star_high": found.high, "mu": found.mean, "sigma": found.spread, "noise": found.noise,
            "p_value": found.p_value, "verdict": verdict,
        }
    )  # fmt: skip
    return table.sort_values("mu_star", ascending=False, kind="stable").reset_index(drop=True)


def surface_of(
    evaluator: Evaluator, goal: Outcome, chosen: list[int], points: int | None, seed: int
) -> Surface:
    """Fitted to plans in which only these openings differ from the plan as written."""
    plan = evaluator.plan
    size = len(chosen)
    wanted = max(points or PER_OPENING * size, LEAST_POINTS)
    switches = np.array([plan.openings[place].way == "switch" for place in chosen])
    cube = stats.qmc.Sobol(size, seed=seed).random_base2(int(np.ceil(np.log2(wanted))))[:wanted]
    cube = np.where(switches, np.round(cube), cube)
    low, high = plan.bounds[chosen].T
    rows = np.tile(np.clip(plan.as_written, *plan.bounds.T), (wanted, 1))
    rows[:, chosen] = low + cube * (high - low)
    values = evaluator.means(goal, rows)
    with threadpool_limits(1):
        emulator = emulator_of(cube, values, seed)
        first, total = variance_shares(emulator, switches, seed)
    return Surface([plan.names[place] for place in chosen], emulator, wanted, first, total)


def variance_shares(emulator: Emulator, switches: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """First and total indices of the surface, by SALib's estimators (Saltelli et al. 2010)."""
    from SALib.analyze.sobol import first_order, total_order
    from SALib.sample import sobol as sampling

    size = len(switches)
    definition = {"num_vars": size, "names": [f"x{k}" for k in range(size)], "bounds": [[0.0, 1.0]] * size}
    sample = sampling.sample(definition, SOBOL_POINTS, calc_second_order=False, seed=seed)
    values = emulator(np.where(switches, np.round(sample), sample))[0]
    if not values.std() > 0:
        return np.zeros(size), np.zeros(size)
    design = ((values - values.mean()) / values.std()).reshape(-1, size + 2)
    a, b = design[:, 0], design[:, -1]
    found = np.array([(float(first_order(a, ab, b)), float(total_order(a, ab, b))) for ab in design[:, 1:-1].T])
    first, total = np.clip(found.T, 0, 1)
    return first, np.maximum(first, total)  # a total is no smaller; estimates may be


def shares(plan: Plan, surface: Surface | None, table: pd.DataFrame) -> dict[str, np.ndarray]:
    """Of the surface, beside each opening that it has; missing where it explains too little to divide anything."""
    found = {name: np.full(len(table), np.nan) for name in ("alone", "with_others")}
    if surface and surface.emulator.explained >= SEEN:
        places = {name: place for place, name in enumerate(table["opening"])}
        for name, alone, total in zip(surface.openings, surface.first, surface.total, strict=True):
            found["alone"][places[name]], found["with_others"][places[name]] = alone, total
    return found


def notes(table: pd.DataFrame, surface: Surface | None, lang: Lang) -> list[str]:
    zh = lang == "zh"
    if surface is None:
        return ["没有可与重复试验噪声区分的可选量：增加重复试验，或放宽界限" if zh else
                "replicate noise explains all openings: more replicates, or wider bounds, may tell"]  # fmt: skip
    found = larger_than_what_matters(table, lang)
    if surface.emulator.explained < SEEN:
        share = f"{100 * max(surface.emulator.explained, 0):.0f} %"
        return [*found, f"响应面样本外只解释{share}的方差，不据此划分：增加点数" if zh else
                f"the response surface explains {share} of the variance out of sample: it divides nothing; more points "
                "may help"]  # fmt: skip
    return found


def larger_than_what_matters(table: pd.DataFrame, lang: Lang) -> list[str]:
    """Openings that chance may explain, and that may be large all the same."""
    least = table.loc[table["verdict"] == MATTERS, "mu_star"].min()
    names = ", ".join(table.loc[(table["verdict"] == NOISE) & (table["mu_star"] > least), "opening"])
    if not names:
        return []
    if lang == "zh":
        return [f"μ*大于某些重要可选量、但与噪声不可区分，增加重复试验方可判定：{names}"]
    return [f"larger than some that matter, yet noise may explain them; more replicates would tell: {names}"]
