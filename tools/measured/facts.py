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


def span(low: float, high: float) -> str:
    if math.isinf(low):
        return f"≤ {high:g}"
    return f"≥ {low:g}" if math.isinf(high) else f"{low:g} to {high:g}"


def table(kept: Kept) -> str:
    lines = ["| fact | statistic | range | 5 % | 50 % | 95 % | verdict |", "|---|---|---|---|---|---|---|"]
    for _, row in rows(kept).iterrows():
        fact = f"{row['fact']} **essential**" if row["essential"] else row["fact"]
        band = " | ".join(f"{row[name]:.3f}" for name in ("q05", "q50", "q95"))
        name = f"{row['name']} {row['name_zh']}"
        lines.append(f"| {fact} | {name} | {span(row['low'], row['high'])} | {band} | {row['verdict']} |")
    return "\n".join(lines)


def worst(kept: Kept) -> pd.DataFrame:
    return facts.by_fact(rows(kept).set_index("fact"))


def counts(kept: Kept) -> str:
    found = worst(kept)["verdict"].value_counts().reindex(facts.VERDICTS, fill_value=0)
    passed, near, failed = (int(found[verdict]) for verdict in facts.VERDICTS)
    verb = "is" if near == 1 else "are"
    return f"of {found.sum()} facts {passed} pass, {near} {verb} near, {failed} fail{'s' if failed == 1 else ''}"


def essential(kept: Kept) -> str:
    """A sentence on the essential facts."""
    found = worst(kept)
    needed = found[found["essential"]]
    short = list(needed.index[needed["verdict"] != "pass"])
    if not short:
        return f"All {len(needed)} essential ones pass: {', '.join(needed.index)}."
    return f"Of {len(needed)} essential ones {', '.join(short)} do{'es' if len(short) == 1 else ''} not pass."


def headline(kept: Kept) -> str:
    return f"{kept.day}, {kept.replicates} replicates: **{counts(kept)}.** {essential(kept)}"


def shown(row: pd.Series) -> str:
    band = f"{row['q50']:.3f} ({row['q05']:.3f} to {row['q95']:.3f})"
    return f"{row['fact']}, {row['name']}: {band} for {span(row['low'], row['high'])}"


def has_little_room(row: pd.Series) -> bool:
    """Whether the median passes, but by less than a tenth of the range, or of the bound where it has one alone."""
    ends = [end for end in (row["low"], row["high"]) if math.isfinite(end)]
    room = ROOM * ((ends[1] - ends[0]) if len(ends) == 2 else abs(ends[0]))
    return row["verdict"] == "pass" and min(abs(row["q50"] - end) for end in ends) < room


def unmet(kept: Kept) -> str:
    """Every statistic that does not pass, and those that pass with little room, with median and 5 to 95 %."""
    found = rows(kept)
    groups = {
        "Fails": found[found["verdict"] == "fail"], "Near": found[found["verdict"] == "near"],
        "Passes, with little room": found[[has_little_room(row) for _, row in found.iterrows()]],
    }  # fmt: skip
    return "\n\n".join(
        f"{name}:\n\n" + "\n".join(f"- {shown(row)}" for _, row in group.iterrows())
        for name, group in groups.items() if len(group)
    )  # fmt: skip


def median(kept: Kept, key: str) -> str:
    """The median of one statistic, for a sentence."""
    return f"{rows(kept).loc[key, 'q50']:.3f}"


MEASUREMENT = Measurement(
    "facts", "jiju facts, of the status quo", 40, measure, (2, None),
    {"table": table, "counts": counts, "essential": essential, "headline": headline, "median": median,
     "unmet": unmet},
)  # fmt: skip
