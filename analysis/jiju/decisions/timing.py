"""When to spend: the same amounts early, even, late or against the cycle, and the best year to begin each lever.

    jiju.timing("shaoxing-2011/plan", "shaoxing-2011/status-quo", "value_added")

Every arm meets the same draws. What is chosen is chosen on one half of them and judged on the other, so that no number
of the answer has chance on its side; pairs of profiles have intervals that hold together (Bonferroni).
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from jiju.decisions import profiles
from jiju.decisions.judgement import Estimate, own_value
from jiju.decisions.openings import Plan
from jiju.decisions.optimise import SEEDS, prepared, unit_of
from jiju.decisions.outcomes import names_of, needed, outcome_of
from jiju.decisions.timing_arms import Judge, arms_of, simulated_arms
from jiju.decisions.timing_tables import ENDS, WRITTEN, Timing, spread
from jiju.errors import UsageError
from jiju.inputs.scenario import Value
from jiju.languages import Lang, checked, translated
from jiju.results.provenance import made_with, program_of
from jiju.results.shared_purses import ALLOTTED, ASKED
from jiju.results.validation import nearest
from jiju.runs.engine import EngineRunner

DRAWS = 5  # the set of draws of a timing, beside those of optimise.py
TILT = 1.5
LATEST = 3
KEPT = ("money", "doses")
ROUNDING = 1e-9  # of what is asked for


def timing(
    plan: Any,
    base: Any,
    outcome: str = "value_added",
    *,
    levers: Any = None,
    minimise: bool = False,
    tilt: float = TILT,
    latest: int = LATEST,
    keep: str = "money",
    replicates: int = 200,
    seed: int = 1,
    confidence: float = 0.95,
    run: Any = None,
    progress: bool = True,
    lang: Lang = "en",
) -> Timing:
    """What other dates would do to a plan: profiles of all open levers together, and the begin of each by itself.

    outcome   in words, as in `jiju.optimise`; `minimise` looks for the least of it
    levers    what is moved; all in which plan and base differ where none are named
    tilt      a year has so many times what the next one has (early), or the one before (late); above 1
    latest    years by which a lever's begin is put off at most; 0 leaves the begins alone
    keep      "money": a lever that begins later asks for the same over the plan's years; "doses": for the same a year
    run       makes a runner from replicates and seed, in place of this machine's engine

    The first half of the replicates chooses, the second judges.
    `lang` is the language of names and words: "en" or "zh".
    UsageError where the plan leaves nothing to move.

    Example:

        found = jiju.timing("shaoxing-2011/plan", "shaoxing-2011/status-quo", "value_added",
                            levers=["special_fund"], replicates=100)
        found.profiles                                         # the same money earlier or later
        found.scenario()                                       # the best of them
    """
    checked(lang)
    if not tilt > 1:
        raise UsageError(translated("tilt = {tilt:g}: a year must have more than the next, so above 1", tilt=tilt))
    if keep not in KEPT:
        raise UsageError(translated("no way {keep!r} to keep a lever's size", keep=keep) + nearest(keep, KEPT))
    opened, data = prepared(plan, base, levers, ("scale",), None, run)
    keys = list(dict.fromkeys(opening.lever for opening in opened.openings))
    goal = outcome_of(outcome, data)
    arms = dict(arms_of(opened, keys, tilt, latest, keep == "money"))
    if len(arms) < 2:
        raise UsageError(translated(
            "nothing to move: the levers have no amounts to spread over years, and none can begin in another year"
        ))
    number = SEEDS * seed + DRAWS
    runner = run(replicates, number) if run else EngineRunner(replicates, needed(goal.columns), seed=number)
    judge = Judge(simulated_arms(opened, arms, runner, goal, progress), tuple(arms), goal, not minimise, confidence)
    judge.clusters.check()
    unit = unit_of(goal, data)
    made = made_with(str(replicates), str(judge.clusters.count), str(number), program_of(data), lang)
    named = [key for key in arms if isinstance(key, str)]
    return Timing(
        opened, goal.text, names_of(goal, data, unit), unit, profile_rows(judge, named), pair_rows(judge, named),
        year_rows(opened, arms, keys), start_rows(judge, opened, keys, arms), best_rows(judge, opened, keys, arms),
        {key: dict(arms[key]) for key in arms}, tilt, keep, len(arms), replicates, confidence,
        notes(judge, opened, keys, named, tilt, lang), made, lang,
    )  # fmt: skip


def profile_rows(judge: Judge, named: list[str]) -> pd.DataFrame:
    """One profile a row, on all replicates; of the chosen one the gain on the half that did not choose it, too."""
    if len(named) < 2:
        return pd.DataFrame()
    choosing, judging = judge.halves()
    chosen = judge.best(named)
    rows = []
    for name in named:
        fresh = judge.gain(name, WRITTEN, judging) if name == chosen else Estimate(np.nan, np.nan, np.nan)
        searched = judge.gain(name, WRITTEN, choosing).value if name == chosen else np.nan
        value = own_value(judge.goal, judge.values(name), judge.clusters, judge.confidence)
        rows.append({
            "profile": name, "asked": judge.money(ASKED, name), "allotted": judge.money(ALLOTTED, name),
            **spread("value", value), **spread("gain", judge.gain(name, WRITTEN)), "chosen": name == chosen,
            **spread("fresh", fresh), "searched": searched,
        })  # fmt: skip
    return pd.DataFrame(rows)


def pair_rows(judge: Judge, named: list[str]) -> pd.DataFrame:
    pairs = list(combinations(named, 2))
    return pd.DataFrame(
        [{"first": one, "second": other, **spread("difference", judge.gain(one, other, family=len(pairs)))}
         for one, other in pairs]
    )  # fmt: skip


def year_rows(plan: Plan, arms: Mapping[Any, Mapping[str, Value]], levers: list[str]) -> pd.DataFrame:
    """Budget money that the open levers ask for, as planned, by profile and year."""
    rows = []
    for name, settings in arms.items():
        if isinstance(name, str):
            money = profiles.asked_by_year(plan, settings, levers)
            rows += [{"profile": name, "year": plan.first_year + place, "asked": float(value)}
                     for place, value in enumerate(money)]  # fmt: skip
    return pd.DataFrame(rows)


def starts_of(plan: Plan, lever: str, arms: Mapping[Any, Any]) -> dict[int, Any]:
    """Arms by the calendar year in which the lever begins; the plan's own is among them."""
    own = int(np.floor(profiles.begins(plan, lever) + 1e-9))
    moved = {own + key[1]: key for key in arms if not isinstance(key, str) and key[0] == lever}
    return dict(sorted({own: WRITTEN, **moved}.items())) if moved else {}


def start_rows(judge: Judge, plan: Plan, levers: list[str], arms: Mapping[Any, Any]) -> pd.DataFrame:
    return pd.DataFrame(
        [{"lever": lever, "year": year, "as_written": arm == WRITTEN, **spread("gain", judge.gain(arm, WRITTEN))}
         for lever in levers
         for year, arm in starts_of(plan, lever, arms).items()]
    )  # fmt: skip


def best_rows(judge: Judge, plan: Plan, levers: list[str], arms: Mapping[Any, Any]) -> pd.DataFrame:
    """The best year of each lever by the replicates of the choice, its gain on the others, and whether that is above
    zero among all levers at once."""
    choosing, judging = judge.halves()
    rows: list[dict[str, Any]] = []
    starts = {lever: found for lever in levers if (found := starts_of(plan, lever, arms))}
    for lever, found in starts.items():
        best = judge.best([WRITTEN, *(arm for arm in found.values() if arm != WRITTEN)])
        wide = judge.gain(best, WRITTEN, judging, family=len(starts))
        rows.append({
            "lever": lever, "written": next(year for year, arm in found.items() if arm == WRITTEN),
            "best": next(year for year, arm in found.items() if arm == best),
            **spread("gain", judge.gain(best, WRITTEN, judging)),
            "searched": judge.gain(best, WRITTEN, choosing).value,
            "sure": wide.low > 0 if judge.largest else wide.high < 0,
        })  # fmt: skip
    return pd.DataFrame(rows)


def notes(judge: Judge, plan: Plan, levers: list[str], named: list[str], tilt: float, lang: Lang) -> list[str]:
    """Purses that bind, levers without amounts, profiles that are one by two names."""
    zh = lang == "zh"
    said = purse_notes(judge, named, lang)
    still = [lever for lever in levers if not profiles.has_amounts(plan, lever)]
    if still:
        listed = ", ".join(still)
        said.append(f"只有实施程度、没有数额，各时序方案中日期不变：{listed}" if zh else
                    f"effort alone and no amounts; their dates stay in every profile: {listed}")  # fmt: skip
    growth = profiles.growth_of(plan.tables)
    shares = profiles.shares_of(profiles.COUNTER, growth, tilt)
    if shares is None:
        return [*said, "宏观路径各年增速相同，没有逆周期方案" if zh else
                "growth is the same in all years of the macro path: there is no counter-cyclical profile"]  # fmt: skip
    for name, sign in ((profiles.EARLY, 1), (profiles.LATE, -1)):
        if (sign * np.diff(growth) >= 0).all():
            word = ENDS[name][zh]
            said.append(f"该宏观路径上增速逐年单向变化：逆周期方案也是一种“{word}”方案" if zh else
                        f"growth goes one way on this macro path: counter-cyclical money is {word} money")  # fmt: skip
    return said


def purse_notes(judge: Judge, named: list[str], lang: Lang) -> list[str]:
    """One sentence on profiles that were given less than they asked for."""
    zh = lang == "zh"
    given = {name: judge.money(ALLOTTED, name) / asked for name in named if (asked := judge.money(ASKED, name)) > 0}
    if not given or min(given.values()) >= 1 - ROUNDING:
        return []
    if zh:
        listed = "，".join(f"{ENDS[name][zh]}{100 * share:.1f} %" for name, share in given.items())
        return [f"资金池不足，各方案拨付占申请的比例不同，实际资金不等：{listed}"]
    listed = ", ".join(f"{ENDS[name][zh]} {100 * share:.1f} %" for name, share in given.items())
    return [f"a purse was short, so that the money given is not the same; of what was asked for: {listed}"]
