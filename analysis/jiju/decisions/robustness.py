"""What holding plans against each other has found: numbers by future, what each rule would choose, where plans fail,
and what knowing more would be worth."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from jiju.decisions.futures import AS_DRAWN, Future
from jiju.decisions.robustness_tables import information_table, plan_table, region_table, rule_table, word
from jiju.inputs.scenario import Scenario
from jiju.languages import Lang
from jiju.printing.printed import Printable, Printed, joined
from jiju.statistics import failing_regions
from jiju.studies.appraisal import NAMES


@dataclass(frozen=True)
class Searched:
    """Where one plan breaks its limits in one future.

    failing, draws  how many draws break them, of how many
    enough          whether there were failures and others enough to look for a region
    region          the box of half of the draws and what it is on the others; none where no parameter clearly helped
    p_value         of the region, times what Holm's rule asks for as many searches
    found           whether that is small enough to speak of a region
    """

    future: str
    plan: str
    failing: int
    draws: int
    enough: bool
    region: failing_regions.Region | None
    fails: np.ndarray
    values: pd.DataFrame
    p_value: float = 1.0
    found: bool = False


def with_holm(
    searches: Sequence[Searched], known: Mapping[str, pd.DataFrame], most: float, seed: int
) -> list[Searched]:
    """With p-values for all searches together (Holm 1979, Scandinavian Journal of Statistics 6, 65-70), and of what is
    found how stable it is."""
    values = [each.region.judged.p_value if each.region else 1.0 for each in searches]
    together = np.ones(len(values))
    reached = 0.0
    for rank, place in enumerate(np.argsort(values, kind="stable")):
        reached = max(reached, min(1.0, values[place] * (len(values) - rank)))
        together[place] = reached
    found = []
    for each, p_value in zip(searches, together, strict=True):
        region, is_found = each.region, bool(p_value <= most)
        if region and is_found:
            named = failing_regions.named_again(known[each.future], each.fails, list(region.box), seed)
            region = replace(region, named=named)
        found.append(replace(each, region=region, p_value=float(p_value), found=is_found))
    return found


@dataclass(frozen=True)
class Robust(Printable):
    """Plans held against each other.

    table        a row a future and plan; each number with `NAME_low` and `NAME_high`:
                 outcome          its mean over all replicates
                 regret           by draw the best plan's outcome less the plan's own, its mean over draws, with the
                                  spread of chance taken out
                 regret_at_least  the same where one half of the replicates chooses and the other measures: too small
                 regret_at_most   the same from means over all replicates: too large
                 high_regret      what one draw in twenty exceeds, with the spread of chance taken out
                 best             share of draws in which the plan is best, likewise
                 kept             share of draws in which it keeps all limits, likewise
    searches     where each plan breaks its limits; none where no regions were asked for
    information  the value of knowing each parameter before choosing, in the future as drawn; none for outcomes over all
                 targets
    chance       by future: what of the variance of plans' differences over draws is chance
    """

    table: pd.DataFrame
    outcome: str
    unit: str
    largest: bool
    limits: list[str]
    searches: list[Searched]
    information: pd.DataFrame | None
    futures: list[Future]
    scenarios: dict[str, Scenario]
    chance: dict[str, float]
    labels: dict[str, tuple[str, str]]
    draws: int
    replicates: int
    confidence: float
    made: str = ""
    lang: Lang = "en"

    def names(self, lang: Lang | None = None) -> dict[str, str]:
        """Of plans; their keys where names are not distinct."""
        zh = (lang or self.lang) == "zh"
        found = {key: (each.name_zh or each.name) if zh else each.name for key, each in self.scenarios.items()}
        return found if len(set(found.values())) == len(found) else {key: key for key in found}

    def future_names(self, lang: Lang | None = None) -> dict[str, str]:
        return {future.key: future.name_zh if (lang or self.lang) == "zh" else future.name for future in self.futures}

    def label_of(self, path: str, lang: Lang | None = None) -> str:
        """The name of a parameter."""
        return self.labels.get(path, (path, path))[(lang or self.lang) == "zh"]

    def outcome_name(self, lang: Lang | None = None) -> str:
        """In words where the outcome is an account."""
        return NAMES[self.outcome][(lang or self.lang) == "zh"] if self.outcome in NAMES else self.outcome

    def choices(self) -> pd.DataFrame:
        """What each rule chooses: plan, its number, the next plan and its number. Rules look at the future as drawn, or
        at each plan's worst future."""
        drawn = self.table[self.table["future"] == AS_DRAWN.key].set_index("plan")
        by_plan = self.table.groupby("plan", sort=False)
        worst_outcome = by_plan["outcome"].min() if self.largest else by_plan["outcome"].max()
        rules: list[tuple[str, pd.Series, bool]] = [("expected", drawn["outcome"], self.largest)]
        if len(self.futures) > 1:
            rules.append(("worst_outcome", worst_outcome, self.largest))
        rules += [("mean_regret", drawn["regret"], False), ("largest_regret", by_plan["high_regret"].max(), False),
                  ("best", drawn["best"], True)]  # fmt: skip
        if self.limits:
            rules.append(("kept", by_plan["kept"].min(), True))
        rows = []
        for rule, values, high in rules:
            order = values.sort_values(ascending=not high, kind="stable")
            rows.append({"rule": rule, "plan": order.index[0], "value": order.iloc[0], "next": order.index[1],
                         "next_value": order.iloc[1]})  # fmt: skip
        return pd.DataFrame(rows)

    def regions(self) -> pd.DataFrame:
        """One limit of a found region a row; `low` and `high` in the parameter's unit, infinite where it is open."""
        rows = []
        for each in self.searches:
            if not (each.found and each.region):
                continue
            judged = each.region.judged
            for name, (low, high) in each.region.box.items():
                rows.append({
                    "future": each.future, "plan": each.plan, "parameter": name, "low": low, "high": high,
                    "quasi_p": judged.quasi_p[name], "named": each.region.named.get(name, math.nan),
                    "density": judged.density, "coverage": judged.coverage, "mass": judged.mass,
                    "failing": judged.failing, "p_value": each.p_value,
                })  # fmt: skip
        return pd.DataFrame(rows)

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for JSON; infinite and missing ones are null."""
        searches = [
            {"future": each.future, "plan": each.plan, "failing": each.failing, "draws": each.draws,
             "found": each.found, "p_value": each.p_value}
            for each in self.searches
        ]  # fmt: skip
        frames = {"table": self.table, "choices": self.choices(), "regions": self.regions()}
        if self.information is not None:
            frames["information"] = self.information.reset_index()
        return {
            "outcome": self.outcome, "unit": self.unit, "limits": self.limits, "confidence": self.confidence,
            "futures": [{"key": future.key, "name": future.name, "name_zh": future.name_zh,
                         "settings": dict(future.settings)}
                       for future in self.futures],
            "replicates": self.replicates, "draws": self.draws, "chance": self.chance, "searches": searches,
            **{name: [clean(row) for row in frame.to_dict("records")] for name, frame in frames.items()},
            "made": self.made,
        }  # fmt: skip

    def printed(self, command: str = "") -> Printed:
        lang, plans, futures = self.lang, self.names(), self.future_names()
        tables = [(futures[str(key)], plan_table(self, part, plans))
                  for key, part in self.table.groupby("future", sort=False)]  # fmt: skip
        tables.insert(0, (word("rules", lang), rule_table(self, plans)))
        if self.searches:
            tables.append((word("regions", lang), region_table(self, plans, futures)))
        frames = {"plans": self.table, "choices": self.choices(), "regions": self.regions()}
        if self.information is not None:
            tables.append((word("information", lang), information_table(self)))
            frames["information"] = self.information.reset_index()
        title = f"各方案的稳健性：{self.outcome}" if lang == "zh" else f"How robust plans are: {self.outcome}"
        title += f"（{self.unit}）" if self.unit and lang == "zh" else f", {self.unit}" if self.unit else ""
        return Printed(title, tables, joined(frames), self.reading(), self.remarks(), self.made, command, lang)

    def remarks(self) -> list[str]:
        drawn = self.chance[AS_DRAWN.key]
        if drawn < 0.5:
            return []
        if self.lang == "zh":
            return [f"各抽样内方案差异的方差有{100 * drawn:.0f}%来自偶然：请增加 replicates_per_draw"]
        return [f"{100 * drawn:.0f} % of how plans differ from draw to draw is chance: give more replicates a draw"]

    def reading(self) -> str:
        """How to read it, and what it does not know."""
        sure = f"{100 * self.confidence:g} %"
        if self.lang == "zh":
            return (
                f"{self.draws}组参数抽样、{self.replicates}次重复试验，各方案与各未来情形共用抽样，区间{sure}。后悔值与占比已"
                "剔除偶然造成的离散；其下限由一半重复试验选优、另一半衡量，上限由全部重复试验计算。本答案不知道未列出的"
                "方案与未来情形，也不知道各未来情形的可能性；失败区域只说明参数与失败相伴出现。"
            )
        return (
            f"{self.draws} draws of the parameters in {self.replicates} replicates, shared by all plans and futures; "
            f"{sure} intervals. Regret and shares are without the spread of chance; mean regret is at least what "
            "choosing on one half of the replicates and measuring on the other gives, at most what all give for both. "
            "The answer knows nothing of plans and futures that were "
            "not named, nor how likely a future is; a region says where failures crowd, not what causes them."
        )

    def __repr__(self) -> str:
        return f"{self.printed()!r}\n\n{self.reading()}"

    def _repr_html_(self) -> str:
        return self.printed()._repr_html_()


def clean(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(key): None if isinstance(value, float) and not math.isfinite(value) else value
            for key, value in row.items()}  # fmt: skip
