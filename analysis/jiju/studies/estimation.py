"""A target of a plan, estimated until it is precise, with a base that is kept as its control.

    jiju.estimate("shaoxing-2011/plan", "shaoxing-2011/status-quo", "p(T1)=0.02@95%")

`jiju run --precision` stops by plain intervals, so that a results file hangs on nothing but its own scenarios. This
asks for one number alone, and simulates fewer replicates for it (statistics/stopping.py).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import xarray as xr

from jiju.errors import UsageError
from jiju.inputs.scenario import Scenario, ScenarioLike
from jiju.languages import Lang, checked, translated
from jiju.printing import text_tables
from jiju.printing.printed import Printable, Printed
from jiju.results.indicators import indicator, margin, targets_of
from jiju.results.provenance import made_with, program_of
from jiju.results.validation import nearest
from jiju.runs.kept_bases import LONG, keep
from jiju.runs.running import run
from jiju.statistics.clusters import Clusters
from jiju.statistics.stopping import Known, Rule, known_after, look_after

WORDS = {
    "title": ("{target}, estimated until it is precise", "{target}：估计至所需精度"),
    "replicates": ("replicates", "重复试验"),
    "value": ("estimate", "估计值"),
    "half": ("half width", "区间半宽"),
    "worth": ("plain replicates it is worth", "相当于常规重复试验"),
}


@dataclass(frozen=True)
class Estimated(Printable):
    """A target of a plan.

    known   after the last replicate: value, interval, replicates, as how many plain ones they are worth, and whether
            the rule is kept
    looks   one look of the rule a row, of the same columns
    further replicates of the base beyond the last look's
    """

    rule: Rule
    known: Known
    looks: pd.DataFrame
    further: int
    notes: list[str] = field(default_factory=list)
    made: str = ""
    lang: Lang = "en"

    def printed(self, command: str = "") -> Printed:
        words = {key: pair[self.lang == "zh"] for key, pair in WORDS.items()}
        number = text_tables.number
        shown = pd.DataFrame({
            words["replicates"]: self.looks["replicates"].astype(str),
            words["value"]: [f"{number(row['value'])} [{number(row['low'])}, {number(row['high'])}]"
                             for row in self.looks.to_dict("records")],
            words["half"]: [number(each) for each in (self.looks["high"] - self.looks["low"]) / 2],
            words["worth"]: [f"{each:.0f}" for each in self.looks["worth"]],
        })  # fmt: skip
        title = words["title"].format(target=self.rule.text.split("=")[0])
        return Printed(title, [(title, shown)], self.looks, self.reading(), self.notes, self.made, command, self.lang)

    def reading(self) -> str:
        sure, width = f"{100 * self.rule.confidence:g} %", text_tables.number(self.rule.half_width)
        if self.lang == "zh":
            kept = "达到" if self.known.enough else "未达到"
            return f"{sure}区间，要求半宽不超过{width}：{kept}。基准另有{self.further}次重复试验，作为控制变量。"
        kept = "is reached" if self.known.enough else "is not reached"
        return (
            f"{sure} intervals; a half width of {width} {kept}. {self.further} further replicates of the base are a "
            "control where that narrows an interval."
        )

    def __repr__(self) -> str:
        return f"{self.printed()!r}\n\n{self.reading()}"


def estimate(
    plan: ScenarioLike,
    base: ScenarioLike,
    rule: str,
    *,
    most: int = LONG,
    kept: int = LONG,
    seed: int | None = None,
    threads: int | None = None,
    control: bool = True,
    progress: bool = True,
    lang: Lang = "en",
) -> Estimated:
    """Simulates replicates of the plan until half of the interval of p(TARGET) or mean(TARGET) is as narrow as the rule
    asks, at the `most` so many; `kept` replicates of the base, from what is kept of it, are the control.

    Both have the base's seed, or `seed`. With control=False intervals are plain ones.
    `lang` is the language of names and words: "en" or "zh".
    UsageError where the rule is none, or the plan has no such target.

    Example:

        known = jiju.estimate("shaoxing-2011/plan", "shaoxing-2011/status-quo", "p(T4)=0.1@95%", kept=100, most=100)
        print(known)
    """
    checked(lang)
    asked = Rule.of(rule)
    arm, held = (each if isinstance(each, Scenario) else Scenario.load(each) for each in (plan, base))
    same: dict[str, Any] = {
        "seed": int(held["scenario.seed"]) if seed is None else seed, "record": "targets", "threads": threads,
        "replicates_per_draw": int(held["scenario.replicates_per_draw"]), "progress": progress,
    }  # fmt: skip
    first = None
    if control:
        with keep(held, max(kept, most), **same) as data:
            first = seen(data.load(), asked.target)
    parts: list[xr.Dataset] = []
    found: list[Known] = []
    while not found or not (found[-1].enough or found[-1].replicates >= most):
        done = found[-1].replicates if found else 0
        until = min(look_after(done), most)
        data = run(arm, replicates=range(done, until), on_interrupt="raise", **same)
        parts.append(seen(data, asked.target))
        own = xr.concat(parts, "replicate")
        other = own if first is None else first
        values, margins, base_values, base_margins = (
            each[name].values.astype(float) for each in (own, other) for name in ("value", "margin")
        )
        found.append(known_after(asked, values, margins, base_values, base_margins, Clusters.along(other)))
    further = 0 if first is None else first.sizes["replicate"] - found[-1].replicates
    looks = pd.DataFrame([vars(each) for each in found])
    count, draws = found[-1].replicates, Clusters.along(own).count
    made = made_with(str(count), str(draws), str(same["seed"]), program_of(data), lang)
    return Estimated(asked, found[-1], looks, further, made=made, lang=lang)


def seen(data: xr.Dataset, target: str) -> xr.Dataset:
    """Of results of one scenario what the rule looks at, by replicate."""
    if target not in targets_of(data):
        raise UsageError(translated(
            "no target is called {target!r}{nearest}",
            target=target, nearest=nearest(target, targets_of(data), translated("there are")),
        ))  # fmt: skip
    found = {"value": indicator(data, target), "margin": margin(data, target)}
    return xr.Dataset({
        name: each.isel(scenario=0).reset_coords([name for name in each.coords if name in ("scenario", "target")],
                                                 drop=True)
        for name, each in found.items()
    })  # fmt: skip
