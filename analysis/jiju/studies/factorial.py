"""Main effects of levers and their two-way interactions, from few arms: a two-level factorial design with fold-over.

    jiju.factorial("shaoxing-2011/plan", "shaoxing-2011/status-quo", "output")

An ablation holds each lever against one context: nothing else, or everything else. A main effect is the mean over many
contexts, half of them with each of the other levers. The design is a fraction of all 2^k arms: columns of a Hadamard
matrix, and the same with all signs changed (Plackett, Burman 1946, Biometrika 33, 305-325; Box, Wilson 1951, Journal of
the Royal Statistical Society B 13, 1-45; SALib makes it). With the fold-over no interaction of two levers is in any
main effect, but of many levers several interactions stand in one number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr
from statsmodels.stats.multitest import multipletests

from jiju.labels import unit_name, variable_name
from jiju.languages import Lang, checked
from jiju.printing import text_tables
from jiju.printing.printed import Printable, Printed, joined
from jiju.results.indicators import scenario_tables
from jiju.results.provenance import note_of
from jiju.runs.engine import runner_of
from jiju.runs.lever_choice import chosen, lever_names, switched_off
from jiju.runs.runner import Arm, Runner, simulate, simulated
from jiju.statistics.clusters import Clusters
from jiju.statistics.paired import gain_of

MOST_SHOWN = 12  # sums of interactions, in a table
MOST_NAMED = 4  # pairs in a row of it

WORDS = {
    "title": ("Main effects and interactions: {what}", "主效应与交互作用：{what}"),
    "main": ("Main effects: having the lever, on average over half of the arms with each other lever",
             "主效应：有无该工具之差，其他工具各在一半情景中出现"),
    "pairs": ("Two-way interactions, the largest first; several pairs in a row cannot be told from one another",
              "两两交互作用，由大到小；同一行内的各对不可区分"),
    "lever": ("lever", "政策工具"),
    "pair": ("levers together", "工具组合"),
    "effect": ("effect", "效果"),
}  # fmt: skip


def word(key: str, lang: Lang) -> str:
    return WORDS[key][lang == "zh"]


@dataclass(frozen=True)
class Factorial(Printable):
    """What a factorial design has found. Every frame is tidy.

    main          one lever a row: the effect of having it, its interval, whether it is measurable among all of them
    interactions  one sum of interactions a row: its pairs as "a x b", the effect, its interval; half of what one lever
                  does more where the other is there
    signs         arms x levers: 1 where the lever is there, -1 where not
    """

    main: pd.DataFrame
    interactions: pd.DataFrame
    signs: pd.DataFrame
    names: dict[Lang, str]
    replicates: int
    confidence: float
    notes: list[str] = field(default_factory=list)
    made: str = ""
    lang: Lang = "en"

    def printed(self, command: str = "") -> Printed:
        lang = self.lang
        label = dict(zip(self.main["lever"], self.main["name_zh" if lang == "zh" else "name"], strict=True))
        main = pd.DataFrame(
            {
                word("lever", lang): list(label.values()),
                word("effect", lang): [entry(row) for row in self.main.to_dict("records")],
            }
        )
        tables = [(word("main", lang), main)]
        rows = self.interactions.head(MOST_SHOWN).to_dict("records")
        if rows:
            pairs = pd.DataFrame(
                {
                    word("pair", lang): [pairs_text(row["levers"], label, lang) for row in rows],
                    word("effect", lang): [entry(row) for row in rows],
                }
            )
            tables.append((word("pairs", lang), pairs))
        title = word("title", lang).format(what=self.names[lang])
        return Printed(title, tables, joined({"main": self.main, "interactions": self.interactions}), self.reading(),
                       self.notes, self.made, command, lang)  # fmt: skip

    def reading(self) -> str:
        arms, sure, rest = len(self.signs), f"{100 * self.confidence:g} %", f"{100 * (1 - self.confidence):.3g} %"
        if self.lang == "zh":
            return (
                f"{arms}个情景的部分析因设计（含折叠），每个{self.replicates}次共用抽样的重复试验，区间{sure}；星号表示可测，"
                f"误判不超过{rest}（Benjamini、Hochberg 1995）。主效应不含两两交互作用，可能含三项以上的交互作用。"
            )
        return (
            f"A fractional factorial design with fold-over of {arms} arms, {self.replicates} replicates that share "
            f"their draws, {sure} intervals; an asterisk marks what is measurable, with at most {rest} of such marks "
            "false (Benjamini and Hochberg 1995). Main effects hold no interaction of two levers; of three or more "
            "they may."
        )

    def __repr__(self) -> str:
        return f"{self.printed()!r}\n\n{self.reading()}"

    def _repr_html_(self) -> str:
        return self.printed()._repr_html_()


def entry(row: Any) -> str:
    mark = "*" if row["measurable"] else ""
    return f"{text_tables.signed(row['effect'])}{mark} {text_tables.interval(row['low'], row['high'])}"


def pairs_text(pairs: Sequence[str], label: dict[str, str], lang: Lang) -> str:
    shown = [" × ".join(label[key] for key in pair.split(" x ")) for pair in pairs[:MOST_NAMED]]
    rest = len(pairs) - MOST_NAMED
    more = [f"另{rest}对" if lang == "zh" else f"{rest} more"] if rest > 0 else []
    return ("；" if lang == "zh" else "; ").join([*shown, *more])


def design_of(levers: int) -> np.ndarray:
    """Signs by arm and lever: twice as many arms as the next power of two above the levers has."""
    from SALib.sample import ff

    names = [f"x{place:04d}" for place in range(levers)]
    sample = ff.sample({"num_vars": levers, "names": names, "bounds": [[0.0, 1.0]] * levers})
    return np.where(np.asarray(sample)[:, :levers] > 0.5, 1, -1)


def sums_of_pairs(signs: np.ndarray) -> dict[tuple[int, ...], list[tuple[int, int]]]:
    """Pairs of levers by the column of signs that their interaction has: those of one column cannot be separated."""
    found: dict[tuple[int, ...], list[tuple[int, int]]] = {}
    for one, other in combinations(range(signs.shape[1]), 2):
        found.setdefault(tuple((signs[:, one] * signs[:, other]).tolist()), []).append((one, other))
    return found


def contrast(values: xr.DataArray, signs: np.ndarray, confidence: float) -> dict[str, float]:
    """Arms with the one sign less arms with the other, replicate by replicate."""
    having = values.isel(scenario=np.flatnonzero(signs > 0)).mean("scenario", skipna=False)
    without = values.isel(scenario=np.flatnonzero(signs < 0)).mean("scenario", skipna=False)
    return gain_of(without, having, confidence)


def marked(rows: list[dict[str, Any]], confidence: float) -> pd.DataFrame:
    frame = pd.DataFrame(rows)
    if len(frame):
        tested = frame["p_value"].fillna(1.0)
        frame["measurable"] = multipletests(tested, 1 - confidence, method="fdr_bh")[0]
    return frame


def factorial(
    plan: Any,
    base: Any,
    indicator: str = "output",
    *,
    replicates: int = 100,
    year: int | None = None,
    confidence: float = 0.95,
    run: Runner | None = None,
    progress: bool = True,
    lang: Lang = "en",
) -> Factorial:
    """Simulates the plan with half of its levers at a time, by a design, and compares halves of the arms.

    The levers are those in which plan and base differ; arms are the plan without some of them. `lang` is the language
    of names and words: "en" or "zh".

    Example:

        found = jiju.factorial("shaoxing-2011/plan", "shaoxing-2011/status-quo", replicates=100)
        found.main                                             # what each lever does on average over the others
    """
    checked(lang)
    run = run or runner_of(replicates, indicator)
    first = simulated([Arm(plan), Arm(base)], run)
    keys = list(chosen(first, None))
    tables = scenario_tables(first)[0]
    signs = design_of(len(keys))
    off = [[key for key, sign in zip(keys, row, strict=True) if sign < 0] for row in signs]
    values = simulate([Arm(plan, switched_off(each)) for each in off], run, indicator, year, progress)
    clusters = Clusters.along(values)
    clusters.check()
    names, names_zh = (lever_names(tables, {key: [key] for key in keys}, each) for each in ("en", "zh"))
    main = [
        {"lever": key, "name": name, "name_zh": chinese, **contrast(values, signs[:, place], confidence)}
        for place, (key, name, chinese) in enumerate(zip(keys, names, names_zh, strict=True))
    ]
    pairs = [
        {"levers": [f"{keys[one]} x {keys[other]}" for one, other in members],
         **contrast(values, np.array(column), confidence)}
        for column, members in sums_of_pairs(signs).items()
    ]  # fmt: skip
    found = marked(pairs, confidence)
    if len(found):
        found = found.sort_values("effect", key=abs, ascending=False, kind="stable").reset_index(drop=True)
    unit = str(values.attrs.get("units", "1"))
    named: dict[Lang, str] = {"en": ", ".join(filter(None, (variable_name(values), unit_name(unit))))}
    name_zh, unit_zh = variable_name(values, "zh"), unit_name(unit, "zh")
    named["zh"] = f"{name_zh}（{unit_zh}）" if unit_zh else name_zh
    return Factorial(
        marked(main, confidence), found, pd.DataFrame(signs, columns=keys), named, int(values.sizes["replicate"]),
        confidence, [clusters.remark(lang)] if clusters.nested else [], note_of([first], lang), lang,
    )  # fmt: skip
