"""A plan that was chosen: which it is, what it brings on fresh draws, and what is not known of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from jiju.decisions.judgement import Estimate, Gap
from jiju.decisions.open_plans import OpenPlan
from jiju.inputs.scenario import Scenario
from jiju.languages import Lang
from jiju.printing import text_tables
from jiju.printing.printed import Printable, Printed

AT_END = 0.02  # of an opening's width: a value as near to an end lies at it
ROUNDING = 1e-9  # of a limit, which sums of money meet to the last digit but one

WORDS = {
    "plan": ("What is chosen", "所选方案"),
    "brings": ("What it brings, on fresh draws", "所选方案的结果（新抽样）"),
    "limits": ("Limits", "约束"),
    "trust": ("How far to trust it", "可信程度"),
    "opening": ("opening", "可选量"),
    "lever": ("lever", "政策工具"),
    "chosen": ("chosen", "所选"),
    "written": ("as written", "原方案"),
    "allowed": ("allowed", "允许范围"),
    "money": ("money asked, all years", "历年申请资金"),
    "outcome": ("outcome", "指标"),
    "gain": ("over the plan as written", "比原方案增加"),
    "worth": ("plain replicates it is worth", "相当于常规重复试验"),
    "limit": ("limit", "约束条件"),
    "kept": ("kept", "是否满足"),
    "slack": ("room left", "余量"),
    "what": ("what", "项目"),
    "number": ("number", "数值"),
    "yes": ("yes", "是"),
    "no": ("no", "否"),
    "at its end": ("at its end", "已到界"),
}


def word(key: str, lang: Lang) -> str:
    return WORDS[key][lang == "zh"]


@dataclass(frozen=True)
class Outcomes:
    """One outcome of the chosen plan, of the plan as written, and the gain, each on fresh draws."""

    text: str
    names: dict[Lang, str]  # with its unit
    unit: str
    chosen: Estimate
    written: Estimate
    gain: Estimate


@dataclass(frozen=True)
class Kept:
    """A limit, and what the chosen plan makes of it on fresh draws."""

    text: str
    found: Estimate
    slack: float

    @property
    def is_kept(self) -> bool:
        return self.slack >= -ROUNDING * max(1.0, abs(self.found.value))


@dataclass(frozen=True)
class Solution(Printable):
    """What a search for a plan has found.

    point      the chosen value of each opening, by name
    outcomes   the goal first, then what else was asked for, on draws that no choice saw
    limits     each with what the chosen plan makes of it on those draws
    searched   the goal's value on the draws of the search: by how much it is better than the fresh one is the winner's
               curse
    gap        how far the chosen plan may lie below the best of those that were compared on fresh draws
    explained  of each emulated number, the share of its variance that is predicted out of sample
    feasible   whether any point kept all limits on the draws of the search
    """

    question: str
    largest: bool  # whether the goal is to be large, and not small
    plan: OpenPlan
    point: pd.Series
    outcomes: list[Outcomes]
    limits: list[Kept]
    searched: float
    gap: Gap
    explained: dict[str, float]
    feasible: bool
    points: int
    runs: int
    fresh: int
    confidence: float
    notes: list[str] = field(default_factory=list)
    made: str = ""
    lang: Lang = "en"

    @property
    def goal(self) -> Outcomes:
        return self.outcomes[0]

    @property
    def curse(self) -> float:
        better = self.searched - self.goal.chosen.value
        return better if self.largest else -better

    @property
    def at_ends(self) -> list[str]:
        """Openings that lie at an end of what is allowed, where a wider one might do better."""
        low, high = self.plan.bounds.T
        near = AT_END * (high - low)
        values = self.point.to_numpy()
        return [name for name, end in zip(self.plan.names, (values > high - near), strict=True) if end]

    def scenario(self) -> Scenario:
        """The chosen plan as a scenario, to run, compare and save."""
        found = self.plan.scenario.copy(key="chosen")
        for key, value in self.plan.settings(self.point.to_numpy()).items():
            found[key] = value
        return found

    def frame(self) -> pd.DataFrame:
        """One opening a row: lever, way, chosen, as written, lowest, highest."""
        low, high = self.plan.bounds.T
        return pd.DataFrame(
            {
                "opening": self.plan.names, "lever": [each.lever for each in self.plan.openings],
                "way": [each.way for each in self.plan.openings], "chosen": self.point.to_numpy(),
                "as_written": self.plan.as_written, "low": low, "high": high,
            }
        )  # fmt: skip

    def printed(self, command: str = "") -> Printed:
        lang = self.lang
        tables = [(word("brings", lang), self._outcome_table()), (word("plan", lang), self._plan_table())]
        if self.limits:
            tables.insert(1, (word("limits", lang), self._limit_table()))
        tables.append((word("trust", lang), self._trust_table()))
        return Printed(self.question, tables, self.frame(), self.reading(), self.notes, self.made, command, lang)

    def reading(self) -> str:
        """What the answer does not know."""
        if self.lang == "zh":
            return (
                f"在{self.points}个方案、每个{self.runs}次共用抽样的重复试验中搜索；结果由{self.fresh}次未参与选择的新抽样得出，"
                f"区间为{100 * self.confidence:g}%。结论只适用于本模型、所列可选量与界限；未比较的方案可能更好。"
            )
        return (
            f"Searched among {self.points} plans of {self.runs} replicates that share their draws; what it brings "
            f"comes from {self.fresh} fresh draws that no choice saw, with {100 * self.confidence:g} % intervals. "
            "It holds for this model, these openings and bounds; a plan that was not looked at may be better."
        )

    def _worth(self) -> dict[str, list[str]]:
        """A column where a control has made an interval narrower."""
        known = [np.fmax(each.chosen.worth, self.fresh) for each in self.outcomes]
        if np.isnan([each.chosen.worth for each in self.outcomes]).all():
            return {}
        return {word("worth", self.lang): [f"{each:.0f}" for each in known]}

    def _outcome_table(self) -> pd.DataFrame:
        lang = self.lang
        names = [f"{each.text}, {each.unit}" if each.unit else each.text for each in self.outcomes]
        return pd.DataFrame(
            {
                word("outcome", lang): names,
                word("chosen", lang): [shown(each.chosen) for each in self.outcomes],
                word("written", lang): [shown(each.written) for each in self.outcomes],
                word("gain", lang): [shown(each.gain, signed=True) for each in self.outcomes],
                **self._worth(),
            }
        )

    def _limit_table(self) -> pd.DataFrame:
        lang = self.lang
        return pd.DataFrame(
            {
                word("limit", lang): [each.text for each in self.limits],
                word("chosen", lang): [shown(each.found) for each in self.limits],
                word("slack", lang): [text_tables.signed(each.slack) for each in self.limits],
                word("kept", lang): [word("yes" if each.is_kept else "no", lang) for each in self.limits],
            }
        )

    def _plan_table(self) -> pd.DataFrame:
        lang, levers = self.lang, self.plan.tables["levers"]
        key = "name_zh" if lang == "zh" else "name"
        rows = []
        for opening, value in zip(self.plan.openings, self.point, strict=True):
            way = "" if opening.way == "scale" else f" ({opening.way})"
            rows.append(
                {
                    word("lever", lang): f"{levers[opening.lever][key]}{way}",
                    word("opening", lang): opening.name,
                    word("chosen", lang): f"{value:.2f}",
                    word("written", lang): f"{opening.as_written:.2f}",
                    word("allowed", lang): f"{opening.low:g} – {opening.high:g}",
                }
            )
        return pd.DataFrame(rows)

    def _trust_table(self) -> pd.DataFrame:
        zh = self.lang == "zh"
        rows = [
            ("搜索抽样上的目标值" if zh else "goal on the draws of the search", text_tables.number(self.searched)),
            (
                "搜索时高估（赢家诅咒）" if zh else "better there than on fresh draws by (winner's curse)",
                text_tables.signed(self.curse),
            ),
            (
                f"与{self.gap.points}个比较方案中最优者的差距，上界" if zh
                else f"short of the best of {self.gap.points} compared, at most",
                f"{text_tables.number(self.gap.estimate)} ≤ {text_tables.number(self.gap.bound)}",
            ),
            *(
                (f"替代模型样本外解释率：{name}" if zh else f"emulator explains out of sample: {name}",
                 f"{100 * share:.0f} %")
                for name, share in self.explained.items()
            ),
            ("到达上界的可选量" if zh else "openings at their upper end", ", ".join(self.at_ends) or "–"),
        ]
        return pd.DataFrame(rows, columns=[word("what", self.lang), word("number", self.lang)])

    def __repr__(self) -> str:
        return f"{self.printed()!r}\n\n{self.reading()}"

    def _repr_html_(self) -> str:
        return self.printed()._repr_html_()


def shown(found: Estimate, signed: bool = False) -> str:
    """A number with its interval."""
    one = text_tables.signed if signed else text_tables.number
    if np.isnan(found.low):
        return one(found.value)
    return f"{one(found.value)} [{one(found.low)}, {one(found.high)}]"


def listed(names: Sequence[str], most: int = 6) -> str:
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" and {rest} more" if rest > 0 else "")
