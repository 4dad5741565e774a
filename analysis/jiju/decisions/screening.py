"""What a screening has found: openings in order, what to leave out, and how to go on."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from jiju.decisions.judgement import Estimate
from jiju.decisions.open_plans import OpenPlan
from jiju.decisions.openings import WAYS
from jiju.decisions.solution import shown
from jiju.languages import Lang
from jiju.printing import text_tables
from jiju.printing.printed import Printable, Printed
from jiju.studies.comparison_tables import records

if TYPE_CHECKING:
    from jiju.decisions.emulator import Emulator

MATTERS, SMALL, NOISE = "matters", "small", "not told from nothing"

WORDS = {
    "title": ("What matters for {goal}", "影响{goal}的可选量"),
    "ranked": ("Openings by mu*, the mean size of their elementary effects", "可选量按μ*（基本效应平均大小）排序"),
    "surface": ("Response surface of what matters: explains {share} out of sample, error {error}",
                "主要可选量的响应面：样本外解释{share}，误差{error}"),
    "next": ("What to pass on", "下一步"),
    "opening": ("opening", "可选量"),
    "lever": ("lever", "政策工具"),
    "mu_star": ("mu*", "μ*"),
    "sigma": ("sigma", "σ"),
    "mu": ("mu, with its sign", "μ（带符号）"),
    "noise": ("noise alone, up to", "仅噪声，上至"),
    "verdict": ("verdict", "判断"),
    MATTERS: ("matters", "重要"),
    SMALL: ("small", "较小"),
    NOISE: ("not told from nothing", "与噪声不可区分"),
    "alone": ("share alone", "单独占比"),
    "with_others": ("share with others", "含交互占比"),
    "error": ("surface's error", "响应面误差"),
    "what": ("what", "项目"),
    "value": ("value", "内容"),
    "levers": ("levers that matter", "重要工具"),
    "out": ("openings to leave as written", "保持原方案的可选量"),
    "command": ("command", "命令"),
    "start": ("start", "开始时间"),
    "switch": ("switch", "开关"),
}  # fmt: skip


def word(key: str, lang: Lang) -> str:
    return WORDS[key][lang == "zh"]


@dataclass(frozen=True)
class Surface:
    """A response surface over openings that matter, and its indices: first and total, by opening."""

    openings: list[str]
    emulator: Emulator
    points: int
    first: np.ndarray
    total: np.ndarray


@dataclass(frozen=True)
class Screening(Printable):
    """Openings in order of what they do to an outcome, over the whole range that each is allowed.

    table    one opening a row: mu_star with its interval, mu, sigma, `noise` (what mu* stays below, as often as the
             confidence says, if the opening does nothing), p_value of that, verdict; of the surface the shares of the
             variance, `alone` and `with_others`
    surface  of the openings that matter; none where none does
    """

    plan: OpenPlan
    goal: str
    names: dict[Lang, str]  # of the goal, with its unit
    unit: str
    minimise: bool
    table: pd.DataFrame
    surface: Surface | None
    trajectories: int
    replicates: int
    points: int
    least: float
    confidence: float
    given: tuple[str, ...]
    notes: list[str] = field(default_factory=list)
    made: str = ""
    lang: Lang = "en"

    @property
    def important(self) -> list[str]:
        """Openings that matter, the largest first."""
        return list(self.table.loc[self.table["verdict"] == MATTERS, "opening"])

    @property
    def levers(self) -> list[str]:
        """Levers of which some opening matters, for `jiju.optimise`."""
        return list(dict.fromkeys(self.table.loc[self.table["verdict"] == MATTERS, "lever"]))

    @property
    def ways(self) -> list[str]:
        """Ways of being open in which something matters."""
        there = set(self.table.loc[self.table["verdict"] == MATTERS, "way"])
        return [way for way in WAYS if way in there]

    @property
    def left_out(self) -> list[str]:
        return list(self.table.loc[self.table["verdict"] != MATTERS, "opening"])

    def command(self) -> str:
        """How a search of what matters is begun; empty where nothing does."""
        if not self.levers:
            return ""
        plan, base = (each or place for each, place in zip(self.given, ("PLAN", "BASE"), strict=True))
        words = ["jiju", "optimise", plan, base, "--minimise" if self.minimise else "--maximise", self.goal,
                 "--levers", ",".join(self.levers), "--ways", ",".join(self.ways)]  # fmt: skip
        return shlex.join(words)

    def to_dict(self) -> dict[str, Any]:
        """For JSON: missing numbers are None."""
        surface = self.surface and {
            "openings": self.surface.openings, "points": self.surface.points,
            "explained": self.surface.emulator.explained, "error": self.surface.emulator.error,
        }  # fmt: skip
        return {
            "format": "jiju screening", "version": 1, "goal": self.goal, "unit": self.unit,
            "trajectories": self.trajectories, "replicates": self.replicates, "plans": self.points,
            "confidence": self.confidence, "levers": self.levers, "ways": self.ways, "left_out": self.left_out,
            "command": self.command(), "surface": surface, "openings": records(self.table), "notes": self.notes,
            "made": self.made,
        }  # fmt: skip

    def labels(self, lang: Lang) -> list[str]:
        """Of each row its lever's name, with the way where it is not the size."""
        return [self.label(str(row.lever), str(row.way), lang) for row in self.table.itertuples()]

    def label(self, lever: str, way: str, lang: Lang) -> str:
        row = self.plan.tables["levers"][lever]
        name = str(row.get("name_zh" if lang == "zh" else "name") or lever)
        if way == "scale":
            return name
        return f"{name}（{word(way, lang)}）" if lang == "zh" else f"{name} ({word(way, lang)})"

    def printed(self, command: str = "") -> Printed:
        lang = self.lang
        tables = [(word("ranked", lang), self._ranked())]
        if self.surface:
            emulator = self.surface.emulator
            caption = word("surface", lang).format(
                share=f"{100 * max(emulator.explained, 0):.0f} %", error=text_tables.number(emulator.error)
            )
            tables.append((caption, self._surface_table(self.surface)))
        tables.append((word("next", lang), self._next()))
        title = word("title", lang).format(goal=self.names[lang])
        return Printed(title, tables, self.table, self.reading(), self.notes, self.made, command, lang)

    def reading(self) -> str:
        """How to read the tables, and what the answer does not know."""
        sure, false = f"{100 * self.confidence:g} %", f"{100 * (1 - self.confidence):.3g} %"
        surface = self.surface.points if self.surface else 0
        if self.lang == "zh":
            return (
                f"{self.trajectories}条轨迹共{self.points}个方案，另有{surface}个方案用于响应面，"
                f"每个{self.replicates}次共用抽样的重复试验，区间{sure}。效应为在允许范围的整个宽度上的变化；"
                f"无作用的可选量约有{false}被误判为有作用；小于最大μ*的{100 * self.least:g}%者为较小。"
                "不考虑成本；结论只适用于所列界限与本模型，界限之外或轨迹未经过之处可能不同。"
            )
        return (
            f"{self.trajectories} trajectories of {self.points} plans, and {surface} plans for the response surface, "
            f"of {self.replicates} replicates that share their draws; {sure} intervals. Effects are over the whole "
            f"range that an opening is allowed; of openings that do nothing some {false} pass for something; below "
            f"{100 * self.least:g} % of the largest mu* one is small. Costs are not looked at; it holds for these "
            "bounds and this model, and an effect that shows only where no trajectory went is not seen."
        )

    def _ranked(self) -> pd.DataFrame:
        lang = self.lang
        rows = []
        for row, label in zip(self.table.to_dict("records"), self.labels(lang), strict=True):
            rows.append({
                word("lever", lang): label,
                word("opening", lang): row["opening"],
                word("mu_star", lang): shown(Estimate(row["mu_star"], row["mu_star_low"], row["mu_star_high"])),
                word("mu", lang): text_tables.signed(row["mu"]),
                word("sigma", lang): text_tables.number(row["sigma"]),
                word("noise", lang): text_tables.number(row["noise"]),
                word("verdict", lang): word(row["verdict"], lang),
            })  # fmt: skip
        return pd.DataFrame(rows)

    def _surface_table(self, surface: Surface) -> pd.DataFrame:
        lang = self.lang
        labels = dict(zip(self.table["opening"], self.labels(lang), strict=True))
        rows = self.table.set_index("opening")
        return pd.DataFrame(
            [
                {
                    word("lever", lang): labels[name],
                    word("opening", lang): name,
                    word("alone", lang): percent(rows["alone"][name]),
                    word("with_others", lang): percent(rows["with_others"][name]),
                    word("error", lang): text_tables.number(surface.emulator.error),
                }
                for name in surface.openings
            ]
        )

    def _next(self) -> pd.DataFrame:
        lang = self.lang
        rows = [
            (word("levers", lang), ", ".join(self.levers) or "–"),
            (word("out", lang), ", ".join(self.left_out) or "–"),
            (word("command", lang), self.command() or "–"),
        ]
        return pd.DataFrame(rows, columns=[word("what", lang), word("value", lang)])

    def __repr__(self) -> str:
        return f"{self.printed()!r}\n\n{self.reading()}"

    def _repr_html_(self) -> str:
        return self.printed()._repr_html_()


def percent(share: float) -> str:
    return "–" if np.isnan(share) else f"{100 * share:.0f} %"
