"""Plans held against each other across draws of the parameters and across futures.

    jiju.robust(["shaoxing-2011/plan", "shaoxing-2011/credit-only"], "shaoxing-2011/status-quo", futures=["macro"])

Regret, the chance of being best, the share of draws that will do, and where each plan fails: statistics/regret.py and
failing_regions.py, applied to the same draws of all plans and futures. docs/decisions.md says how to read it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from jiju.decisions.equal import distinct
from jiju.decisions.evaluation import try_out
from jiju.decisions.futures import AS_DRAWN, Asked, futures_of
from jiju.decisions.judgement import Estimate, over_targets
from jiju.decisions.openings import Plan
from jiju.decisions.optimise import unit_of
from jiju.decisions.outcomes import OVER_TARGETS, Limit, Outcome, limit_of, needed, outcome_of
from jiju.decisions.robustness import Robust, Searched, with_holm
from jiju.decisions.simulated_futures import Seen, looked_at
from jiju.errors import UsageError
from jiju.inputs.scenario import Scenario
from jiju.languages import Lang, checked, translated
from jiju.progress import tqdm
from jiju.results.provenance import made_with, program_of
from jiju.runs.engine import EngineRunner
from jiju.statistics import failing_regions, regret
from jiju.statistics.clusters import Clusters, interval_of, mean_of
from jiju.statistics.proportions import interval_of_share
from jiju.studies.information import groups, values_of_knowing

MOST_TOGETHER = 0.05  # p-values of all searches together: a region is one where Holm's is below


def own_value(outcome: Outcome, values: np.ndarray, clusters: Clusters, confidence: float) -> Estimate:
    """From columns x replicates, of which several share a draw."""
    if outcome.text in OVER_TARGETS:
        return over_targets(outcome, values, None, clusters, confidence)
    if outcome.is_probability:
        return Estimate(float(values[0].mean()), *interval_of_share(values[0] > 0.5, clusters, confidence))
    found = mean_of(values[0], clusters)
    low, high = interval_of(found, confidence)
    return Estimate(float(found.mean), float(low), float(high))


def kept_by(limits: Sequence[Limit], seen: Seen, plan: Plan, place: int) -> tuple[regret.Halves, Kept]:
    """By draw the values of what a plan's limits are of, and the draws among such values that keep all limits."""
    asked = [(limit, limit.outcome) for limit in limits if limit.outcome is not None]
    planned = all(
        limit.slack(plan.money((), limit.year, limit.purse)) >= 0 for limit in limits if limit.outcome is None
    )
    own = [seen.halves(outcome) for _, outcome in asked]
    nothing = np.zeros((seen.clusters.count, 0))
    one = np.column_stack([nothing, *(each.one[:, place] for each in own)])
    two = np.column_stack([nothing, *(each.two[:, place] for each in own)])

    def kept(values: np.ndarray) -> np.ndarray:
        found = np.full(len(values), planned)
        for (limit, _), each in zip(asked, values.T, strict=True):
            found &= each <= limit.value if limit.at_most else each >= limit.value
        return found

    return regret.Halves(one, two), kept


Kept = Callable[[np.ndarray], np.ndarray]


def rows_of(
    future: str, seen: Seen, outcome: Outcome, plans: dict[str, Plan], limits: Sequence[Limit], largest: bool,
    confidence: float,
) -> list[dict[str, Any]]:  # fmt: skip
    """Of one future a row a plan: the columns of `Robust.table`."""
    values, halves = seen.of(outcome), seen.halves(outcome)
    if not largest:
        halves = regret.Halves(-halves.one, -halves.two)
    crossed = regret.mean_over_draws(regret.crossed_regret(halves), confidence)
    naive = regret.mean_over_draws(regret.regret_of_means(halves), confidence)
    best = regret.resampled(halves, regret.best_shares, confidence)
    mean, high = (regret.resampled(halves, statistic, confidence, shares=False)
                  for statistic in (regret.mean_regrets, regret.high_regrets))  # fmt: skip
    rows = []
    for place, (key, plan) in enumerate(plans.items()):
        row: dict[str, Any] = {"future": future, "plan": key}
        row |= spread("outcome", own_value(outcome, values[place], seen.clusters, confidence))
        row |= spread("regret", mean[place])
        row |= spread("regret_at_least", crossed[place]) | spread("regret_at_most", naive[place])
        row |= spread("high_regret", high[place]) | spread("best", best[place])
        if limits:
            own, kept = kept_by(limits, seen, plan, place)
            [share] = regret.resampled(own, share_of(kept), confidence)
            row |= spread("kept", share)
        rows.append(row)
    return rows


def share_of(kept: Kept) -> Callable[[np.ndarray, np.ndarray], np.ndarray]:
    return lambda found, weights: np.array([np.average(kept(found), weights=weights)])


def spread(name: str, found: Estimate | regret.Interval) -> dict[str, float]:
    return {name: found.value, f"{name}_low": found.low, f"{name}_high": found.high}


def searched(
    future: str, seen: Seen, plans: dict[str, Plan], limits: Sequence[Limit], seed: int, confidence: float
) -> list[Searched]:
    """Of each plan the region in which it breaks its limits."""
    found = []
    for place, (key, plan) in enumerate(plans.items()):
        own, kept = kept_by(limits, seen, plan, place)
        fails = ~kept(regret.without_chance(own))
        region = failing_regions.region(seen.known, fails, seed=seed, confidence=confidence)
        inside = seen.known[list(region.box) if region else []]
        enough = failing_regions.enough(fails)
        found.append(Searched(future, key, int(fails.sum()), len(fails), enough, region, fails, inside))
    return found


def knowing(seen: Seen, outcome: Outcome, names: Sequence[str], largest: bool, progress: bool) -> pd.DataFrame:
    """The value of knowing each parameter before choosing, in the outcome's unit, as `jiju.voi` has it."""
    values = seen.of(outcome)[:, 0] * (1 if largest else -1)
    codes = seen.clusters.codes
    by_draw = [values[:, codes == code].T for code in range(seen.clusters.count)]
    with threadpool_limits(1):
        return values_of_knowing(by_draw, seen.known, groups(seen.known, ["*"]), seen.labels, names, progress=progress)


def robust(
    plans: Sequence[Any],
    base: Any,
    outcome: str = "value_added",
    limits: Sequence[str] = ("net_value >= 0",),
    *,
    futures: Asked = (),
    minimise: bool = False,
    replicates: int = 400,
    replicates_per_draw: int = 2,
    regions: bool = True,
    information: bool = True,
    seed: int = 1,
    confidence: float = 0.95,
    run: Any = None,
    progress: bool = True,
    lang: Lang = "en",
) -> Robust:
    """Two or more plans (names, files or scenarios) held against each other by an outcome, in words (outcomes.py).

    `limits` say when a plan will do: "net_value >= 0", "p(T5) >= 0.5", "money <= 40"; with several all must hold.
    `futures` are settings over all plans and the base, besides the future as drawn: words such as "macro",
    "pessimistic", "crisis=scenario.macro=hindcast", "crisis=crisis.toml", or a mapping from names to settings or
    files (futures.py).
    Of the `replicates`, an even number share each draw of the parameters. `regions` looks for where each plan breaks
    its limits (needs the package prim), `information` for the value of knowing each parameter.
    `run` makes a runner from replicates and seed, in place of this machine's engine; replicates must share draws.
    `lang` is the language of names and words: "en" or "zh".

    UsageError where words name nothing that there is, or draws are too few to say anything.

    Example:

        plan = jiju.Scenario.load("shaoxing-2011/plan")
        fund = plan.copy(key="fund-alone")
        fund["levers.land_guarantee.effort"] = 0
        found = jiju.robust([plan, fund], "shaoxing-2011/status-quo", "value_added", replicates=100, regions=False)
        jiju.plot.regret(found)
    """
    checked(lang)
    if len(plans) < 2:
        raise UsageError(translated("one plan has nothing to be compared with: give two or more"))
    if replicates_per_draw < 2 or replicates_per_draw % 2 or replicates % replicates_per_draw:
        raise UsageError(translated(
            "{replicates} replicates, {each} a draw: an even number must share each draw, and every draw have as many",
            replicates=replicates, each=replicates_per_draw,
        ))  # fmt: skip
    if regions and limits:
        failing_regions.algorithm()
    scenarios = [each if isinstance(each, Scenario) else Scenario.load(each) for each in (base, *plans)]
    opened = {key: Plan(each, scenarios[0], ()) for key, each in zip(
        distinct([each.key for each in scenarios[1:]]), scenarios[1:], strict=True)}  # fmt: skip
    first = next(iter(opened.values()))
    data = try_out(first, run(1, 1) if run else None)
    goal = outcome_of(outcome, data)
    read = [limit_of(text, data, first) for text in limits]
    held = futures_of(futures, scenarios[0])
    columns = list(dict.fromkeys(name for each in (goal, *(limit.outcome for limit in read)) if each
                                 for name in each.columns))  # fmt: skip
    runner = run(replicates, seed) if run else EngineRunner(
        replicates, needed(columns), seed, replicates_per_draw=replicates_per_draw)  # fmt: skip
    with tqdm(total=len(held) * len(scenarios), unit="plan", disable=None if progress else True, leave=False) as bar:
        seen = {future.key: looked_at(future, scenarios, columns, runner, bar) for future in held}
    rows = [row for key, each in seen.items()
            for row in rows_of(key, each, goal, opened, read, not minimise, confidence)]  # fmt: skip
    found = [] if not (regions and limits) else with_holm(
        [each for key, future in seen.items() for each in searched(key, future, opened, read, seed, confidence)],
        {key: future.known for key, future in seen.items()}, MOST_TOGETHER, seed,
    )  # fmt: skip
    drawn = seen[AS_DRAWN.key]
    told = None
    if information and len(goal.columns) == 1:
        told = knowing(drawn, goal, list(opened), not minimise, progress)
    return Robust(
        pd.DataFrame(rows), goal.text, unit_of(goal, data), not minimise, list(limits), found, told, held,
        {key: each.scenario for key, each in opened.items()},
        {key: regret.share_of_chance(each.halves(goal)) for key, each in seen.items()}, drawn.labels,
        drawn.clusters.count, replicates, confidence,
        made_with(str(replicates), str(drawn.clusters.count), str(seed), program_of(data), lang), lang=lang,
    )  # fmt: skip
