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
# Short names of the targets of output, which the table of docs/trust.md shows.
OUTPUT = {"T1": "all output", "T2": "share of output", "T3": "share of value added", "T4": "equipment",
          "T5": "materials", "T6": "biomedicine", "T7": "environment", "T8": "energy", "T9": "information"}  # fmt: skip


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


def targets(kept: Kept) -> str:
    """The targets of output: medians with 5 and 95 %, and probabilities, of both scenarios."""
    found = kept.tables["targets"].set_index(["scenario", "key"])
    lines = ["| target | to reach | status quo | plan | met, status quo | met, plan |", "|---|---|---|---|---|---|"]
    for key, name in OUTPUT.items():
        arms = [found.loc[(scenario, key)] for scenario in SCENARIOS]
        bands = [f"{level(arm['p50'])} ({level(arm['p5'])}–{level(arm['p95'])})" for arm in arms]
        chances = [f"{arm['probability']:.3f}" for arm in arms]
        lines.append(f"| {key} {name} | {arms[0]['value']:g} | {' | '.join(bands)} | {' | '.join(chances)} |")
    return "\n".join(lines)


def met(kept: Kept, key: str, scenario: str = "plan", lang: str = "en") -> str:
    """How many replicates meet a target."""
    row = kept.tables["targets"].set_index(["scenario", "key"]).loc[(scenario, key)]
    count = f"{row['probability'] * kept.replicates:.0f}"
    return f"{kept.replicates}次中的{count}次" if lang == "zh" else f"{count} of its {kept.replicates}"


def together(kept: Kept) -> str:
    """How likely all targets of a group are met together."""
    found = kept.tables["groups"]

    def chance(row: pd.Series) -> str:
        if row["probability"] > 0:
            return f"in {row['probability'] * kept.replicates:.0f} of {kept.replicates} replicates"
        return f"in none of {kept.replicates} replicates (below {row['bound']:.3f} with 95 %)"

    said = []
    for _, group in found.groupby("key", sort=False):
        arms = [chance(row) for _, row in group.iterrows()]
        same = "of either scenario" if len(set(arms)) == 1 else ""
        words = f"{arms[0]} {same}".strip() if same else f"{arms[0]} of the status quo and {arms[1]} of the plan"
        said.append(f"{group['name'].iloc[0]} are met together {words}")
    return wrapped("; ".join(said) + ".")


def row_of(kept: Kept, what: str) -> pd.Series:
    return kept.tables["city"].set_index("indicator").loc[what]


def gain(kept: Kept, what: str, factor: str = "1") -> str:
    """What the plan adds to an indicator, with its 95 % interval, times a factor."""
    row = row_of(kept, what)[["difference", "low", "high"]].astype(float) * float(factor)
    shown = [text_tables.number(value) for value in row]
    return f"{text_tables.signed(row['difference'])} ({shown[1]} to {shown[2]})"


def relative(kept: Kept, what: str) -> str:
    return text_tables.percent(float(row_of(kept, what)["relative"]))


def share(kept: Kept, part: str, whole: str, lang: str = "en") -> str:
    """Of two gains, the one over the other."""
    ratio = float(row_of(kept, part)["difference"] / row_of(kept, whole)["difference"])
    return f"{ratio:.0%}" if lang == "zh" else f"{ratio:.2f}"


def band(kept: Kept, key: str, scenario: str = "plan") -> str:
    """5 to 95 % of a target's indicator."""
    row = kept.tables["targets"].set_index(["scenario", "key"]).loc[(scenario, key)]
    return f"{level(row['p5'])} to {level(row['p95'])}"


def summary(kept: Kept) -> str:
    """What the plan changes beside targets, in sentences."""
    workers, rest = (text_tables.number(float(row_of(kept, what)["difference"]) / 1000)
                     for what in ("employment", "rest_employment"))  # fmt: skip
    points = 100 * float(row_of(kept, "unemployment")["difference"])
    left = share(kept, "all_industry_value_added", "value_added")
    return wrapped(
        f"The plan adds {relative(kept, 'output')} to gross output in the mean. Value added of emerging industries "
        f"changes by {gain(kept, 'value_added')} (95 % interval; 1e8 CNY), that of all industry of the city by "
        f"{gain(kept, 'all_industry_value_added')}: of the gain {left} is left when what others lose is counted "
        f"(`jiju compare results/status-quo.h5 results/plan.h5`). Workers of emerging industries change by {workers} "
        f"thousand, those of the rest of industry by {rest} thousand, and unemployment by {points:+.2f} points."
    )


def day(kept: Kept, lang: str = "en") -> str:
    if lang == "zh":
        return f"各{kept.replicates}次重复试验，{kept.date.year}年{kept.date.month}月{kept.date.day}日"
    return f"{kept.replicates} replicates each, {kept.day}"


MEASUREMENT = Measurement(
    "flagship", "jiju show and jiju compare, of status quo and plan", 500, measure, (10, None),
    {"show": show, "city": city, "targets": targets, "met": met, "together": together, "gain": gain,
     "relative": relative, "share": share, "band": band, "day": day, "summary": summary},
)  # fmt: skip
