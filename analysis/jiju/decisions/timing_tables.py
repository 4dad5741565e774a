"""What a study of timing has found, and how it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from jiju.decisions.judgement import Estimate
from jiju.decisions.open_plans import OpenPlan
from jiju.decisions.profiles import COUNTER, EARLY, EVEN, LATE
from jiju.decisions.solution import shown
from jiju.inputs.scenario import Scenario, Value
from jiju.languages import Lang
from jiju.printing import text_tables
from jiju.printing.printed import Printable, Printed, joined
from jiju.studies.comparison_tables import records

WRITTEN = "as_written"

ENDS = {
    WRITTEN: ("as written", "原方案"),
    EARLY: ("early", "前期为主"),
    EVEN: ("even", "均匀"),
    LATE: ("late", "后期为主"),
    COUNTER: ("counter-cyclical", "逆周期"),
}

WORDS = {
    "title": ("When to spend: {goal}", "时序：{goal}"),
    "profiles": ("The same amounts at other times", "总额不变、时间不同"),
    "pairs": ("Profiles against one another", "各时序方案两两比较"),
    "years": ("Budget money asked for by year, open levers", "各年申请资金（可调工具）"),
    "starts": ("Each lever begun in another year: gain over the plan as written",
               "单项工具改变开始年份：比原方案增加"),
    "best": ("The best year to begin", "最佳开始年份"),
    "profile": ("profile", "时序"),
    "asked": ("money asked for", "申请资金"),
    "allotted": ("money given", "拨付资金"),
    "gain": ("over the plan as written", "比原方案增加"),
    "fresh": ("chosen: gain on fresh draws", "所选：新抽样上的增加"),
    "searched": ("on the draws of the choice", "选择所用抽样上"),
    "pair": ("pair", "比较"),
    "difference": ("difference", "差异"),
    "lever": ("lever", "政策工具"),
    "written": ("as written", "原方案"),
    "best_year": ("best year", "最佳年份"),
    "sure": ("surely better", "确有改善"),
    "yes": ("yes", "是"),
    "less": ("{first} less {second}", "{first}减{second}"),
}  # fmt: skip


def word(key: str, lang: Lang) -> str:
    return WORDS[key][lang == "zh"]


def spread(name: str, found: Estimate) -> dict[str, float]:
    return {name: found.value, f"{name}_low": found.low, f"{name}_high": found.high}


def estimate(row: Mapping[Any, Any], name: str) -> Estimate:
    return Estimate(row[name], row[f"{name}_low"], row[f"{name}_high"])


def entry(row: Mapping[Any, Any], name: str) -> str:
    found = estimate(row, name)
    return "0" if found.value == found.low == found.high == 0 else shown(found, signed=True)


@dataclass(frozen=True)
class Timing(Printable):
    """What other dates would do. Every frame is tidy; numbers with `_low` and `_high` beside them are estimates.

    profiles  one profile a row: money asked for and given by the ledger, all levers; the outcome; the gain over the
              plan as written; of the chosen one (`chosen`) the gain on replicates that did not choose it (`fresh`),
              and on those that did (`searched`)
    pairs     one pair a row: the first less the second; all intervals together hold with the stated confidence
    years     planned budget money of the open levers by profile and year
    starts    one lever and year of its begin a row: the gain over the plan as written
    best      one lever a row: the year as written, the best one by half of the replicates, its gain on the other half,
              its gain on the first (`searched`), and whether it is above zero among all levers at once (`sure`)
    settings  what each profile, and each lever begun so many years later, sets differently from the plan
    """

    plan: OpenPlan
    goal: str
    names: dict[Lang, str]  # of the goal, with its unit
    unit: str
    profiles: pd.DataFrame
    pairs: pd.DataFrame
    years: pd.DataFrame
    starts: pd.DataFrame
    best: pd.DataFrame
    settings: dict[Any, dict[str, Value]]
    tilt: float
    keep: str
    arms: int
    replicates: int
    confidence: float
    notes: list[str] = field(default_factory=list)
    made: str = ""
    lang: Lang = "en"

    @property
    def chosen(self) -> str:
        """The profile that the choice took; the plan as written where no profile was simulated."""
        return str(self.profiles.loc[self.profiles["chosen"], "profile"].iloc[0]) if len(self.profiles) else WRITTEN

    def scenario(self, profile: str | None = None) -> Scenario:
        """The plan with a profile, the chosen one at first: a scenario as any other."""
        found = self.plan.scenario.copy(key=profile or self.chosen)
        for key, value in self.settings[profile or self.chosen].items():
            found[key] = value
        return found

    def frames(self) -> dict[str, pd.DataFrame]:
        return {"profiles": self.profiles, "pairs": self.pairs, "years": self.years, "starts": self.starts,
                "best": self.best}  # fmt: skip

    def to_dict(self) -> dict[str, Any]:
        """For JSON: missing numbers are None."""
        about = {"format": "jiju timing", "version": 1, "goal": self.goal, "unit": self.unit, "chosen": self.chosen,
                 "tilt": self.tilt, "keep": self.keep, "replicates": self.replicates, "confidence": self.confidence,
                 "notes": self.notes, "made": self.made}  # fmt: skip
        return about | {name: records(frame) for name, frame in self.frames().items()}

    def name_of(self, lever: str, lang: Lang) -> str:
        row = self.plan.tables["levers"][lever]
        return str(row.get("name_zh" if lang == "zh" else "name") or lever)

    def printed(self, command: str = "") -> Printed:
        lang = self.lang
        tables = []
        if len(self.profiles):
            tables += [("profiles", self._profile_table()), ("pairs", self._pair_table()), ("years", self._years())]
        if len(self.starts):
            tables += [("starts", self._start_table()), ("best", self._best_table())]
        shown_tables = [(word(key, lang), table) for key, table in tables]
        frames = {name: frame for name, frame in self.frames().items() if len(frame)}
        title = word("title", lang).format(goal=self.names[lang])
        return Printed(title, shown_tables, joined(frames), self.reading(), self.notes, self.made, command, lang)

    def reading(self) -> str:
        """How to read the tables, and what the answer does not know."""
        sure, half = f"{100 * self.confidence:g} %", self.replicates // 2
        if self.lang == "zh":
            kept = "在规划期内申请的总额不变" if self.keep == "money" else "每年力度不变，超出规划期的部分不再申请"
            return (
                f"{self.arms}个方案，每个{self.replicates}次共用抽样的重复试验，区间{sure}；各时序方案的两两区间联合成立"
                f"（Bonferroni）。最优者由前一半抽样选出，由后{self.replicates - half}次评判。前期为主：每年是次年的"
                f"{self.tilt:g}倍；后期为主相反；逆周期按该宏观路径的预期增速分配，不知各次试验自身的冲击。"
                f"改变开始年份时{kept}；一次只移动一项工具，各项效果不可相加。规划期之后的收益不在其中。"
            )
        kept = ("what it asks for over the plan's years stays" if self.keep == "money" else
                "doses a year stay, and what falls beyond the plan's years is not asked for")  # fmt: skip
        return (
            f"{self.arms} plans of {self.replicates} replicates that share their draws, {sure} intervals; those of "
            f"pairs of profiles hold together (Bonferroni). The best is chosen on {half} replicates and judged on the "
            f"other {self.replicates - half}. Early: each year has {self.tilt:g} times the next; late: the reverse; "
            "counter-cyclical: more where the scenario's macro path expects less growth, without knowing what shocks a "
            f"replicate meets. Where a lever begins in another year, {kept}. Levers are moved one at a time, so that "
            "gains do not add up; what comes after the plan's last year is not seen."
        )

    def _profile_table(self) -> pd.DataFrame:
        lang = self.lang
        rows = []
        for row in self.profiles.to_dict("records"):
            rows.append({
                word("profile", lang): ENDS[row["profile"]][lang == "zh"],
                word("asked", lang): text_tables.number(row["asked"], 4),
                word("allotted", lang): text_tables.number(row["allotted"], 4),
                self.goal: shown(estimate(row, "value")),
                word("gain", lang): entry(row, "gain"),
                word("fresh", lang): entry(row, "fresh") if row["chosen"] else "",
                word("searched", lang): text_tables.signed(row["searched"]) if row["chosen"] else "",
            })  # fmt: skip
        return pd.DataFrame(rows)

    def _pair_table(self) -> pd.DataFrame:
        lang = self.lang
        rows = [
            {word("pair", lang): word("less", lang).format(first=ENDS[row["first"]][lang == "zh"],
                                                           second=ENDS[row["second"]][lang == "zh"]),
             word("difference", lang): entry(row, "difference")}
            for row in self.pairs.to_dict("records")
        ]  # fmt: skip
        return pd.DataFrame(rows)

    def _years(self) -> pd.DataFrame:
        wide = self.years.pivot(index="profile", columns="year", values="asked").loc[list(self.profiles["profile"])]
        table = wide.map(lambda value: text_tables.number(value))
        table.insert(0, word("profile", self.lang), [ENDS[name][self.lang == "zh"] for name in wide.index])
        return table.reset_index(drop=True)

    def _start_table(self) -> pd.DataFrame:
        shown_rows = self.starts.assign(
            text=[word("written", self.lang) if row["as_written"] else entry(row, "gain")
                  for row in self.starts.to_dict("records")]
        )  # fmt: skip
        order = list(dict.fromkeys(self.starts["lever"]))
        wide = shown_rows.pivot(index="lever", columns="year", values="text").loc[order].fillna("–")
        wide.insert(0, word("lever", self.lang), [self.name_of(lever, self.lang) for lever in order])
        return wide.reset_index(drop=True)

    def _best_table(self) -> pd.DataFrame:
        lang = self.lang
        rows = []
        for row in self.best.to_dict("records"):
            rows.append({
                word("lever", lang): self.name_of(row["lever"], lang),
                word("written", lang): str(row["written"]),
                word("best_year", lang): str(row["best"]),
                word("fresh", lang): entry(row, "gain"),
                word("searched", lang): text_tables.signed(row["searched"]),
                word("sure", lang): word("yes", lang) if row["sure"] else "–",
            })  # fmt: skip
        return pd.DataFrame(rows)

    def __repr__(self) -> str:
        return f"{self.printed()!r}\n\n{self.reading()}"

    def _repr_html_(self) -> str:
        return self.printed()._repr_html_()
