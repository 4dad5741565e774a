"""docs/facts.md: the score card of stylised facts of the status quo."""

import math
from typing import Any

import pandas as pd

import jiju
from jiju.evidence import facts
from measured.kept import Found, Kept, Measurement

OUTPUTS = ["sales", "price"]
ROOM = 0.1
AT_ONCE = 10  # replicates whose firms are in memory


def measure(replicates: int, _: Any) -> Found:
    parts = []
    for first in range(0, replicates, AT_ONCE):
        chosen = range(first, min(first + AT_ONCE, replicates))
        data = jiju.run("shaoxing-2011/status-quo", replicates=chosen, record="firms", panels=replicates,
                        outputs=OUTPUTS, progress=False)  # fmt: skip
        parts.append(facts.measurements(data))
    values = pd.concat(parts).reset_index(drop=True)
    found = facts.judge(values).reset_index()
    return Found({"card": found[["fact", "key", "q05", "q50", "q95"]]}, values)


def rows(kept: Kept) -> pd.DataFrame:
    """The card with ranges and verdicts as facts.toml has them now."""
    known = facts.statistics()
    card = kept.tables["card"].set_index("key")
    table = known.join(card[["q05", "q50", "q95"]].astype(float))
    essential = {code: fact["essential"] for code, fact in facts.card()["facts"].items()}
    table["essential"] = table["fact"].map(essential)
    table["verdict"] = [
        facts.verdict(row["low"], row["high"], (row["q05"], row["q50"], row["q95"])) for _, row in table.iterrows()
    ]
    return table


def span(low: float, high: float, lang: str) -> str:
    if math.isinf(low):
        return f"≤ {high:g}"
    return f"≥ {low:g}" if math.isinf(high) else between(f"{low:g}", f"{high:g}", lang)


def between(low: str, high: str, lang: str) -> str:
    return f"{low}至{high}" if lang == "zh" else f"{low} to {high}"


def table(kept: Kept, lang: str = "en") -> str:
    titles = {"en": "| fact | statistic | range | 5 % | 50 % | 95 % | verdict |",
              "zh": "| 典型事实 | 统计量 | 范围 | 5 % | 50 % | 95 % | 判定 |"}  # fmt: skip
    lines = [titles[lang], "|---|---|---|---|---|---|---|"]
    for _, row in rows(kept).iterrows():
        mark = "必要" if lang == "zh" else "essential"
        fact = f"{row['fact']} **{mark}**" if row["essential"] else row["fact"]
        band = " | ".join(f"{row[name]:.3f}" for name in ("q05", "q50", "q95"))
        name = row["name_zh"] if lang == "zh" else f"{row['name']} {row['name_zh']}"
        said = facts.VERDICTS_ZH[row["verdict"]] if lang == "zh" else row["verdict"]
        lines.append(f"| {fact} | {name} | {span(row['low'], row['high'], lang)} | {band} | {said} |")
    return "\n".join(lines)


def worst(kept: Kept) -> pd.DataFrame:
    return facts.by_fact(rows(kept).set_index("fact"))


def counts(kept: Kept, lang: str = "en") -> str:
    found = worst(kept)["verdict"].value_counts().reindex(facts.VERDICTS, fill_value=0)
    passed, near, failed = (int(found[verdict]) for verdict in facts.VERDICTS)
    if lang == "zh":
        return f"{found.sum()}条典型事实中{passed}条通过，{near}条接近，{failed}条未通过"
    verb = "is" if near == 1 else "are"
    return f"of {found.sum()} facts {passed} pass, {near} {verb} near, {failed} fail{'s' if failed == 1 else ''}"


def essential(kept: Kept, lang: str = "en") -> str:
    """A sentence on the essential facts."""
    found = worst(kept)
    needed = found[found["essential"]]
    short = list(needed.index[needed["verdict"] != "pass"])
    if lang == "zh":
        listed, missed = "、".join(needed.index), "、".join(short)
        return f"必要的{len(needed)}条中{missed}未通过。" if short else f"必要的{len(needed)}条全部通过：{listed}。"
    if not short:
        return f"All {len(needed)} essential ones pass: {', '.join(needed.index)}."
    return f"Of {len(needed)} essential ones {', '.join(short)} do{'es' if len(short) == 1 else ''} not pass."


def headline(kept: Kept, lang: str = "en") -> str:
    if lang == "zh":
        return f"{kept.day_zh}，{kept.replicates}次重复试验：**{counts(kept, lang)}。**{essential(kept, lang)}"
    return f"{kept.day}, {kept.replicates} replicates: **{counts(kept)}.** {essential(kept)}"


def shown(row: pd.Series, lang: str) -> str:
    band, wanted = between(f"{row['q05']:.3f}", f"{row['q95']:.3f}", lang), span(row["low"], row["high"], lang)
    if lang == "zh":
        return f"{row['fact']}，{row['name_zh']}：{row['q50']:.3f}（{band}），范围为{wanted}"
    return f"{row['fact']}, {row['name']}: {row['q50']:.3f} ({band}) for {wanted}"


def has_little_room(row: pd.Series) -> bool:
    """Whether the median passes, but by less than a tenth of the range, or of the bound where it has one alone."""
    ends = [end for end in (row["low"], row["high"]) if math.isfinite(end)]
    room = ROOM * ((ends[1] - ends[0]) if len(ends) == 2 else abs(ends[0]))
    return row["verdict"] == "pass" and min(abs(row["q50"] - end) for end in ends) < room


def unmet(kept: Kept, lang: str = "en") -> str:
    """Every statistic that does not pass, and those that pass with little room, with median and 5 to 95 %."""
    found = rows(kept)
    groups = {
        ("Fails", "未通过"): found[found["verdict"] == "fail"],
        ("Near", "接近"): found[found["verdict"] == "near"],
        ("Passes, with little room", "通过，但余地很小"): found[[has_little_room(row) for _, row in found.iterrows()]],
    }  # fmt: skip
    return "\n\n".join(
        f"{names[lang == 'zh']}{'：' if lang == 'zh' else ':'}\n\n"
        + "\n".join(f"- {shown(row, lang)}" for _, row in group.iterrows())
        for names, group in groups.items() if len(group)
    )  # fmt: skip


def median(kept: Kept, key: str) -> str:
    """The median of one statistic, for a sentence."""
    return f"{rows(kept).loc[key, 'q50']:.3f}"


MEASUREMENT = Measurement(
    "facts", "jiju facts, of the status quo", 40, measure, (2, None),
    {"table": table, "counts": counts, "essential": essential, "headline": headline, "median": median,
     "unmet": unmet},
)  # fmt: skip
