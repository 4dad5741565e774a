"""Runners whose answers are known: output is a function of what an arm does, beside chance that all arms share."""

from zlib import crc32

import numpy as np
import xarray as xr

import jiju
from jiju.inputs.schedules import at_steps
from made_results import results

RIVER = "tutorial/river-city"
YEARS = 5


def base_of_river():
    found = jiju.Scenario.load(RIVER)
    for lever in ("platforms", "special_fund"):
        found[f"levers.{lever}.budget"] = 0
    found["levers.land_guarantee.effort"] = 0
    found.key = "base"
    return found


def dose_of(arm, lever, dose):
    """A dose of an arm by year: its settings, over its scenario; nothing where the lever is off."""
    row = arm.scenario[f"levers.{lever}"]
    if not arm.settings.get(f"levers.{lever}.on", row["on"]):
        return np.zeros(YEARS)
    return at_steps(arm.settings.get(f"levers.{lever}.{dose}", row[dose]), 2011, YEARS, 4).mean(axis=1)


def runner(answer, rough=0.0):
    """Makes runners, as `run` of the decisions: output is `answer(arm)`, one number or one for each replicate, plus
    what chance makes of the replicate in all arms, and of the replicate in this arm (`rough`)."""

    def make(replicates, seed):
        shared = np.random.default_rng([seed, 1]).normal(100, 10, replicates)

        def run(arms):
            outputs, asked = {}, []
            for place, arm in enumerate(arms):
                own = np.random.default_rng([seed, crc32(repr(sorted(arm.settings.items(), key=str)).encode())])
                outputs[f"arm{place}"] = shared + answer(arm) + rough * own.normal(0, 1, replicates)
                asked.append([dose_of(arm, lever, "budget").sum() for lever in ("platforms", "special_fund")])
            money = np.broadcast_to(np.array(asked)[:, None, :], (len(arms), replicates, 2))
            over = ("scenario", "replicate", "lever")
            books = {f"lever_{what}_total": (over, money) for what in ("asked", "allotted")}
            return xr.merge([results(outputs, seed=seed), xr.Dataset(books)], combine_attrs="override")

        return run

    return make
