"""README.md, README.zh.md, docs/trust.md: status quo and plan of the flagship, as `tools/run` simulates them."""

import re
import tempfile
from pathlib import Path
from typing import Any

import pandas as pd

import jiju
from jiju import _engine
from jiju.languages import Lang
from jiju.printing import text_tables
from jiju.results.indicators import indicator
from jiju.studies.comparison import compare
from jiju.studies.comparison_tables import HEADLINE, difference_view
from measured.kept import Found, Kept, Measurement
from measured.pages import wrapped

SCENARIOS = ("status-quo", "plan")
LANGS: tuple[Lang, ...] = ("en", "zh")
OTHERS = ("rest_employment", "unemployment")  # beside what a comparison shows first
# Short names of the targets of output, which the table of docs/trust.md shows, in both languages.
OUTPUT = {"T1": ("all output", "总产值"), "T2": ("share of output", "产值占比"),
          "T3": ("share of value added", "增加值占比"), "T4": ("equipment", "先进装备"), "T5": ("materials", "新材料"),
          "T6": ("biomedicine", "生物医药"), "T7": ("environment", "节能环保"), "T8": ("energy", "新能源"),
          "T9": ("information", "新兴信息及其他")}  # fmt: skip


def measure(replicates: int, _: Any) -> Found:
    with tempfile.TemporaryDirectory(prefix="jiju-") as folder:
        files = {name: Path(folder) / f"{name}.h5" for name in SCENARIOS}
        data = {
            name: jiju.run(f"shaoxing-2011/{name}", replicates=replicates, output=str(path), progress=False).load()
            for name, path in files.items()
        }
        shown = {name: jiju.show(path)["scenarios"][0] for name, path in files.items()}
        printed = {lang: _engine.answer(["show", str(files["plan"]), "--lang", lang])[1] for lang in LANGS}
    both = {lang: compare(data["status-quo"], data["plan"], control=False, lang=lang) for lang in LANGS}
    city = both["en"].by(None, [*HEADLINE, *OTHERS])
    first = city[city["indicator"].isin(HEADLINE)].reset_index(drop=True)
    about = {}
    for lang in LANGS:
        about[key_of("show", lang)] = without_program(printed[lang])
        about[key_of("city", lang)] = text_tables.plain(difference_view(both[lang], first, None))
    columns = ["indicator", "unit", "base", "other", "difference", "low", "high", "relative"]
    tables = {"targets": targets_of(shown), "groups": groups_of(shown), "city": city[columns]}
    return Found(tables, values_of(data), about)


def targets_of(shown: dict[str, Any]) -> pd.DataFrame:
    columns = ("key", "value", "p5", "p50", "p95", "probability", "bound")
    rows = [{"scenario": name} | {column: target[column] for column in columns}
            for name, told in shown.items() for target in told["targets"]]  # fmt: skip
    return pd.DataFrame(rows)


def groups_of(shown: dict[str, Any]) -> pd.DataFrame:
    columns = ("key", "name", "probability", "bound")
    rows = [{"scenario": name} | {column: group[column] for column in columns}
            for name, told in shown.items() for group in told["groups"]]  # fmt: skip
    return pd.DataFrame(rows)


def values_of(data: dict[str, Any]) -> pd.DataFrame:
    """Of every replicate the indicators of both scenarios, and what the plan changes in them."""
    found = {}
    for what in HEADLINE:
        base, plan = (indicator(data[name], what).isel(scenario=0).values for name in SCENARIOS)
        found |= {f"{what}, status quo": base, f"{what}, gain": plan - base}
    for key in data["plan"]["target"].values:
        found[f"{key}, plan"] = data["plan"]["target_value"].isel(scenario=0).sel(target=key).values
    return pd.DataFrame(found)


def fenced(text: str) -> str:
    return f"```\n{text}\n```"


def key_of(text: str, lang: str) -> str:
    return text if lang == "en" else f"{text} {lang}"


def without_program(text: str) -> str:
    """A printed table without which program made it, which is kept elsewhere."""
    return re.sub(r"[;；] ?jiju .*", "", text, count=1).strip("\n")


def show(kept: Kept, lang: str = "en") -> str:
    return fenced(kept.about[key_of("show", lang)])


def city(kept: Kept, lang: str = "en") -> str:
    return fenced(kept.about[key_of("city", lang)])


def level(value: float) -> str:
    return f"{value:.3f}" if abs(value) < 1 else f"{value:.0f}"


def span(low: str, high: str, lang: str) -> str:
    return f"{low}至{high}" if lang == "zh" else f"{low} to {high}"


def targets(kept: Kept, lang: str = "en") -> str:
    """The targets of output: medians with 5 and 95 %, and probabilities, of both scenarios."""
    found = kept.tables["targets"].set_index(["scenario", "key"])
    titles = {"en": "| target | to reach | status quo | plan | met, status quo | met, plan |",
              "zh": "| 目标 | 目标值 | 维持现状 | 规划 | 实现概率，维持现状 | 实现概率，规划 |"}  # fmt: skip
    lines = [titles[lang], "|---|---|---|---|---|---|"]
    for key, names in OUTPUT.items():
        arms = [found.loc[(scenario, key)] for scenario in SCENARIOS]
        bands = [f"{level(arm['p50'])} ({level(arm['p5'])}–{level(arm['p95'])})" for arm in arms]
        chances = [f"{arm['probability']:.3f}" for arm in arms]
        name = names[lang == "zh"]
        lines.append(f"| {key} {name} | {arms[0]['value']:g} | {' | '.join(bands)} | {' | '.join(chances)} |")
    return "\n".join(lines)


def met(kept: Kept, key: str, scenario: str = "plan", lang: str = "en") -> str:
    """How many replicates meet a target."""
    row = kept.tables["targets"].set_index(["scenario", "key"]).loc[(scenario, key)]
    count = f"{row['probability'] * kept.replicates:.0f}"
    return f"{kept.replicates}次中的{count}次" if lang == "zh" else f"{count} of its {kept.replicates}"


def together(kept: Kept, lang: str = "en") -> str:
    """How likely all targets of a group are met together."""
    found = kept.tables["groups"]
    number = kept.replicates

    def chance(row: pd.Series) -> str:
        if lang == "zh":
            met = f"有{row['probability'] * number:.0f}次" if row["probability"] > 0 else "一次也没有"
            return f"{number}次重复试验中{met}" + ("" if row["probability"] > 0 else (
                f"（以95 %的置信度低于{row['bound']:.3f}）"))  # fmt: skip
        if row["probability"] > 0:
            return f"in {row['probability'] * number:.0f} of {number} replicates"
        return f"in none of {number} replicates (below {row['bound']:.3f} with 95 %)"

    said = []
    for key, group in found.groupby("key", sort=False):
        arms = [chance(row) for _, row in group.iterrows()]
        if lang == "zh":
            words = f"两个情景的{arms[0]}" if len(set(arms)) == 1 else f"维持现状的{arms[0]}，规划的{arms[1]}"
            said.append(f"{group_name_zh(str(key))}同时实现：{words}")
            continue
        same = "of either scenario" if len(set(arms)) == 1 else ""
        words = f"{arms[0]} {same}".strip() if same else f"{arms[0]} of the status quo and {arms[1]} of the plan"
        said.append(f"{group['name'].iloc[0]} are met together {words}")
    return "；".join(said) + "。" if lang == "zh" else wrapped("; ".join(said) + ".")


def group_name_zh(key: str) -> str:
    return str(jiju.Scenario.load("shaoxing-2011/plan")[f"target_groups.{key}.name_zh"])


def row_of(kept: Kept, what: str) -> pd.Series:
    return kept.tables["city"].set_index("indicator").loc[what]


def gain(kept: Kept, what: str, lang: str = "en") -> str:
    """What the plan adds to an indicator, with its 95 % interval."""
    row = row_of(kept, what)[["difference", "low", "high"]].astype(float)
    shown = [text_tables.number(value) for value in row]
    interval = span(shown[1], shown[2], lang)
    return f"{text_tables.signed(row['difference'])}" + (f"（{interval}）" if lang == "zh" else f" ({interval})")


def relative(kept: Kept, what: str) -> str:
    return text_tables.percent(float(row_of(kept, what)["relative"]))


def share(kept: Kept, part: str, whole: str, lang: str = "en") -> str:
    """Of two gains, the one over the other."""
    ratio = float(row_of(kept, part)["difference"] / row_of(kept, whole)["difference"])
    return f"{ratio:.0%}" if lang == "zh" else f"{ratio:.2f}"


def band(kept: Kept, key: str, scenario: str = "plan", lang: str = "en") -> str:
    """5 to 95 % of a target's indicator."""
    row = kept.tables["targets"].set_index(["scenario", "key"]).loc[(scenario, key)]
    return span(level(row["p5"]), level(row["p95"]), lang)


def summary(kept: Kept, lang: str = "en") -> str:
    """What the plan changes beside targets, in sentences."""
    workers, rest = (text_tables.number(float(row_of(kept, what)["difference"]) / (1e4 if lang == "zh" else 1e3))
                     for what in ("employment", "rest_employment"))  # fmt: skip
    points = 100 * float(row_of(kept, "unemployment")["difference"])
    left = share(kept, "all_industry_value_added", "value_added", lang)
    if lang == "zh":
        return (
            f"规划使产值平均变化{relative(kept, 'output')}。新兴产业增加值变化{gain(kept, 'value_added', 'zh')}亿元"
            f"（95 %区间），全市工业增加值变化{gain(kept, 'all_industry_value_added', 'zh')}亿元：计入别处的损失之后，"
            f"所得还剩{left}（`jiju compare results/status-quo.h5 results/plan.h5`）。"
            f"新兴产业从业人员变化{workers}万人，其余工业变化{rest}万人，失业率变化{points:+.2f}个百分点。"
        )
    return wrapped(
        f"The plan adds {relative(kept, 'output')} to gross output in the mean. Value added of emerging industries "
        f"changes by {gain(kept, 'value_added')} (95 % interval; 1e8 CNY), that of all industry of the city by "
        f"{gain(kept, 'all_industry_value_added')}: of the gain {left} is left when what others lose is counted "
        f"(`jiju compare results/status-quo.h5 results/plan.h5`). Workers of emerging industries change by {workers} "
        f"thousand, those of the rest of industry by {rest} thousand, and unemployment by {points:+.2f} points."
    )


def day(kept: Kept, lang: str = "en") -> str:
    if lang == "zh":
        return f"各{kept.replicates}次重复试验，{kept.day_zh}"
    return f"{kept.replicates} replicates each, {kept.day}"


MEASUREMENT = Measurement(
    "flagship", "jiju show and jiju compare, of status quo and plan", 500, measure, (10, None),
    {"show": show, "city": city, "targets": targets, "met": met, "together": together, "gain": gain,
     "relative": relative, "share": share, "band": band, "day": day, "summary": summary},
)  # fmt: skip
