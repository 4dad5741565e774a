"""docs/trust.md: growth of 2011 and 2012 on the path as it came, beside what is known of it."""

from typing import Any

import pandas as pd

import jiju
from measured.kept import ROOT, Found, Kept, Measurement

SCENARIO = "shaoxing-2011/plan-hindcast"
OBSERVED = ROOT / "scenarios" / "shaoxing-2011" / "observed.csv"
QUANTILES = {"q05": 0.05, "q50": 0.5, "q95": 0.95}


def measure(replicates: int, _: Any) -> Found:
    data = jiju.run(SCENARIO, replicates=max(replicates, 10), outputs=["output"], progress=False)
    key = str(data["scenario"].values[0])
    rows, values = [], {}
    for seen in jiju.hindcast(data, OBSERVED).observed:
        growth = pd.Series(seen.series.values(key)[seen.year])
        values[str(seen.year)] = growth
        row = {"year": seen.year, "low": seen.low, "high": seen.high}
        row |= {name: float(growth.quantile(share)) for name, share in QUANTILES.items()}
        rows.append(row | {"inside": float(growth.between(seen.low, seen.high).mean())})
    return Found({"growth": pd.DataFrame(rows)}, pd.DataFrame(values))


def percent(value: float) -> str:
    return f"{100 * value:.1f}".replace("-", "−")


def table(kept: Kept, lang: str = "en") -> str:
    titles = {"en": "| year | expected | simulated 5, 50, 95 % | replicates inside |",
              "zh": "| 年份 | 预计 | 模拟的5 %、50 %、95 % | 落在范围内的重复试验 |"}  # fmt: skip
    lines = [titles[lang], "|---|---|---|---|"]
    for _, row in kept.tables["growth"].iterrows():
        low, median, high = (percent(row[name]) for name in QUANTILES)
        expected = f"{100 * row['low']:g}{'至' if lang == 'zh' else ' to '}{100 * row['high']:g} %"
        band = f"{low}、**{median}**、{high} %" if lang == "zh" else f"{low}, **{median}**, {high} %"
        lines.append(f"| {row['year']:.0f} | {expected} | {band} | {100 * row['inside']:.0f} % |")
    return "\n".join(lines)


def headline(kept: Kept, lang: str = "en") -> str:
    """Whether the medians lie inside, and how far they fall."""
    found = kept.tables["growth"]
    inside = [row["low"] <= row["q50"] <= row["high"] for _, row in found.iterrows()]
    years = [f"{year:.0f}" for year in found["year"]]
    held = [year for year, holds in zip(years, inside, strict=True) if holds]
    fall = percent(found["q50"].iloc[0] - found["q50"].iloc[1])
    if lang == "zh":
        said = "两年的中位数都落在范围内" if all(inside) else f"只有{held[0]}年的中位数落在范围内" if held else (
            "两年的中位数都在范围之外")  # fmt: skip
        return f"{kept.day_zh}，{kept.replicates}次重复试验。**{said}**；从前一年到后一年，增速下降{fall}个百分点。"
    said = "Both medians lie inside" if all(inside) else f"Inside lies the median of {held[0]} alone" if held else (
        "Neither median lies inside")  # fmt: skip
    return f"{kept.day}, {kept.replicates} replicates. **{said}**; from one to the next growth falls by {fall} points."


MEASUREMENT = Measurement(
    "hindcast", "jiju hindcast, of the plan on the path as it came", 500, measure, (10, None),
    {"table": table, "headline": headline},
)  # fmt: skip
