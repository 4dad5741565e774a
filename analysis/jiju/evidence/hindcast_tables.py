"""How a hindcast is shown: one set of tables a scenario, and what a reader must know before believing them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from jiju.evidence.naive_forecasts import LAST_GROWTH, NATIONAL_GROWTH, NO_GROWTH, PLAN_PATH
from jiju.evidence.observations import GROWTH, Observation
from jiju.labels import unit_name
from jiju.languages import Lang
from jiju.printing.text_tables import number, p_value
from jiju.statistics.clusters import LEAST, Clusters
from jiju.statistics.forecast_scores import BANDS, fewest_of

TITLE = {"en": "Hindcast", "zh": "事后预测"}

FORECASTS = {
    "simulation": {"en": "simulation", "zh": "模拟"},
    NO_GROWTH: {"en": "no growth", "zh": "零增长"},
    LAST_GROWTH: {"en": "last growth", "zh": "上次增速"},
    NATIONAL_GROWTH: {"en": "national growth", "zh": "全国增速"},
    PLAN_PATH: {"en": "the plan's path", "zh": "规划路径"},
}

WORDS = {
    "series": "序列", "year": "年份", "observed": "观测值", "median": "中位数", "band": "区间", "quantile": "分位",
    "of range": "观测区间分位", "inside": "落入区间", "CRPS": "CRPS", "observations": "观测数", "years": "年数",
    "share": "占比", "95 % interval": "95%区间", "if the simulation is right": "若模拟正确",
    "forecast": "预测", "of simulation": "模拟的CRPS", "skill": "技巧分", "p value": "p值",
}  # fmt: skip

CAPTIONS = {
    "observations": {"en": "{name}: observations", "zh": "{name}：观测值"},
    "coverage": {"en": "{name}: how many observations the bands hold", "zh": "{name}：区间覆盖率"},
    "scores": {"en": "{name}: score, {what}", "zh": "{name}：评分，{what}"},
}

LEGEND = {
    "en": "✗: outside of the band. quantile: share of replicates below the observation, with its standard error.\n"
    "CRPS: smaller is better; of a single number it is the distance. skill: 1 - CRPS of the simulation / CRPS of\n"
    "the forecast, above zero where the simulation is better. if the simulation is right: where 95 % of replicates\n"
    "would come out that took the place of the truth.",
    "zh": "✗：落在区间外。分位：低于观测值的重复试验占比及其标准误。CRPS：越小越好；对单点预测即为绝对误差。\n"
    "技巧分：1 - 模拟的CRPS / 该预测的CRPS，大于零表示模拟更好。\n"
    "若模拟正确：以重复试验充当真实值时，95%的结果所在的范围。",
}


def display(
    observations: pd.DataFrame, coverage: pd.DataFrame, scores: pd.DataFrame, names: Mapping[str, str], lang: Lang
) -> list[tuple[str, pd.DataFrame]]:
    """Captions and tables, scenario by scenario."""
    shown = []
    for key, name in names.items():
        mine = [frame[frame["scenario"] == key] for frame in (observations, coverage, scores)]
        shown.append((CAPTIONS["observations"][lang].format(name=name), observation_view(mine[0], lang)))
        shown.append((CAPTIONS["coverage"][lang].format(name=name), coverage_view(mine[1], lang)))
        for variable, group in mine[2].groupby("variable", sort=False):
            what = measure_name(str(variable), str(group["unit"].iloc[0]), lang)
            caption = CAPTIONS["scores"][lang].format(name=name, what=what)
            shown.append((caption, score_view(group, not variable, lang)))
    return shown


def measure_name(variable: str, unit: str, lang: Lang) -> str:
    """What scores of one table have in common, and their unit."""
    if not variable:
        return "增速（百分点）" if lang == "zh" else "growth, in points"
    unit = unit_name(unit, lang)
    if lang == "zh":
        return f"{variable}的水平值（{unit}）" if unit else f"{variable}的水平值"
    return f"levels of {variable}, {unit}" if unit else f"levels of {variable}"


def text_of(value: float, growth: bool) -> str:
    """Growth in per cent, levels with three digits."""
    if math.isnan(value):
        return "–"
    return f"{100 * value:.1f} %" if growth else number(value)


def between(low: float, high: float, growth: bool) -> str:
    if math.isnan(low):
        return "–"
    return f"{text_of(low, growth).removesuffix(' %')} – {text_of(high, growth)}"


def with_headings(columns: Mapping[str, list[str]], lang: Lang) -> pd.DataFrame:
    table = pd.DataFrame(columns)
    if lang == "zh":
        table = table.rename(columns=lambda word: WORDS.get(word, word.replace("band", "区间")))
    return table


def observation_view(frame: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    columns: dict[str, list[str]] = {"series": [], "year": [], "observed": [], "median": []}
    columns |= {f"{100 * band:g} % band": [] for band in BANDS} | {"quantile": [], "of range": [], "CRPS": []}
    for row in frame.to_dict("records"):
        growth = row["measure"] == GROWTH
        ranged = not math.isnan(row["low"])
        name = row["name_zh" if lang == "zh" else "name"]
        columns["series"].append(name + ("" if not growth else "，增速" if lang == "zh" else ", growth"))
        columns["year"].append(str(row["year"]))
        seen = between(row["low"], row["high"], growth) if ranged else text_of(row["value"], growth)
        columns["observed"].append(seen)
        columns["median"].append(text_of(row["median"], growth))
        for band in BANDS:
            held = "" if row[f"inside{100 * band:.0f}"] else " ✗"
            columns[f"{100 * band:g} % band"].append(
                between(row[f"low{100 * band:.0f}"], row[f"high{100 * band:.0f}"], growth) + held
            )
        columns["quantile"].append(f"{row['quantile']:.3f} ± {row['quantile_error']:.3f}")
        columns["of range"].append(f"{row['quantile_low']:.3f} – {row['quantile_high']:.3f}" if ranged else "–")
        columns["CRPS"].append(text_of(row["crps"], growth))
    return with_headings(columns, lang)


def coverage_view(frame: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    rows = frame.to_dict("records")
    return with_headings(
        {
            "band": [f"{100 * row['band']:g} %" for row in rows],
            "inside": [f"{row['inside']} / {row['observations']}" for row in rows],
            "share": [f"{row['share']:.2f}" for row in rows],
            "95 % interval": [f"{row['low']:.2f} – {row['high']:.2f}" for row in rows],
            "if the simulation is right": [f"{row['expected_low']:.2f} – {row['expected_high']:.2f}" for row in rows],
        },
        lang,
    )


def score_view(frame: pd.DataFrame, growth: bool, lang: Lang) -> pd.DataFrame:
    columns: dict[str, list[str]] = {
        name: [] for name in ("forecast", "observations", "CRPS", "of simulation", "skill", "95 % interval",
                              "if the simulation is right", "p value")
    }  # fmt: skip
    for row in frame[frame["observations"] > 0].to_dict("records"):
        missing = math.isnan(row["skill"])
        columns["forecast"].append(FORECASTS[row["forecast"]][lang])
        columns["observations"].append(str(row["observations"]))
        columns["CRPS"].append(text_of(row["crps"], growth))
        columns["of simulation"].append(text_of(row["crps_of_simulation"], growth))
        columns["skill"].append("–" if missing else f"{row['skill']:+.2f}")
        no_interval = math.isnan(row["skill_low"])
        columns["95 % interval"].append("–" if no_interval else f"{row['skill_low']:+.2f} – {row['skill_high']:+.2f}")
        columns["if the simulation is right"].append(between(row["expected_low"], row["expected_high"], growth))
        columns["p value"].append("–" if math.isnan(row["p_value"]) else p_value(row["p_value"]))
    return with_headings(columns, lang)


def notes_of(found: pd.DataFrame, later: Sequence[Observation], clusters: Clusters, lang: Lang) -> list[str]:
    """What must be known before the numbers are believed."""
    zh = lang == "zh"
    notes = [clusters.remark(lang)] if clusters.nested else []
    count, years = found["place"].nunique(), found["year"].nunique()
    if years < LEAST:
        notes.append(
            f"观测值仅{count}个，涉及{years}年：覆盖率与技巧分说明不了多少；不足{LEAST}年不给出技巧分的区间" if zh
            else f"{count} {'observation' if count == 1 else 'observations'} of {years} "
            f"{'year' if years == 1 else 'years'}: coverage and skill of so few say little, and below "
            f"{LEAST} years skill has no interval"
        )  # fmt: skip
    elif (found["measure"] != GROWTH).any():
        notes.append("水平值的误差逐年延续，其技巧分不给出区间" if zh
                     else "what levels miss lasts from year to year, so their skill has no interval")  # fmt: skip
    ranged = found.drop_duplicates("place")["low"].notna().sum()
    if ranged:
        notes.append(f"{ranged}个观测值仅知其范围，以中点代表" if zh
                     else f"of {ranged} only a range is known, whose middle stands for it unless the table says "
                     "otherwise")  # fmt: skip
    large = found[(found["measure"] == GROWTH) & (np.abs(found["value"]) > 3)].drop_duplicates("place")
    for row in large.to_dict("records"):
        notes.append(f"{row['place']}：增速{row['value']:g}即{100 * row['value']:g}%" if zh
                     else f"{row['place']}: a growth of {row['value']:g} is {100 * row['value']:g} %")  # fmt: skip
    lost = found[found["n"] < clusters.codes.size]
    if len(lost):
        notes.append(f"部分重复试验失败或增速无意义，最少只有{lost['n'].min()}次" if zh
                     else f"some replicates failed or have no growth: down to {lost['n'].min()} of "
                     f"{clusters.codes.size} count")  # fmt: skip
    if found["n"].min() < fewest_of(max(BANDS)):
        notes.append(f"重复试验少于{fewest_of(max(BANDS))}次，{100 * max(BANDS):g}%区间偏窄" if zh
                     else f"of fewer than {fewest_of(max(BANDS))} replicates the {100 * max(BANDS):g} % band ends at "
                     "the smallest and the largest, and is too narrow")  # fmt: skip
    if later:
        places = ", ".join(each.place for each in later)
        notes.append(f"晚于模拟期的观测值未使用：{places}" if zh
                     else f"left out, as nothing was simulated of these years: {places}")  # fmt: skip
    return notes
