"""docs/ablation.md: every lever alone on the status quo and within the plan."""

from collections.abc import Sequence
from dataclasses import asdict

import pandas as pd
import xarray as xr

from jiju.printing import text_tables
from jiju.results.indicators import indicator
from jiju.runs.engine import runner_of
from jiju.runs.lever_choice import chosen, switched_off
from jiju.runs.runner import Arm, Runner, batches, simulated
from jiju.studies import ablation_tables
from jiju.studies.ablation import ablate
from jiju.studies.ablation_tables import ALONE, REMOVED, Ablation
from jiju.studies.appraisal import NEEDED, Appraisal
from jiju.studies.direct_effects import NEEDED as DIRECT
from jiju.studies.expectations import expectations
from measured.kept import ROOT, Found, Kept, Measurement

PLAN, BASE = "shaoxing-2011/plan", "shaoxing-2011/status-quo"
EXPECTED = ROOT / "scenarios" / "instruments" / "expected_effects.toml"
OUTCOME = "output"
FRAMES = ("levers", "effects", "costs", "direct")
VALUES = "values"  # the part of the work that a test repeats: effects on output, and nothing else


def measure(replicates: int, part: str | None) -> Found:
    seen: list[pd.DataFrame] = []

    def noting(run: Runner) -> Runner:
        """Keeps the outcome of every arm, in order."""

        def runs(arms: Sequence[Arm]) -> xr.Dataset:
            data = run(arms)
            seen.append(indicator(data, OUTCOME).transpose("replicate", "scenario").to_pandas())
            return data

        return runs

    if part == VALUES:
        run = noting(runner_of(replicates, OUTCOME))
        keys = list(chosen(simulated([Arm(PLAN), Arm(BASE)], run), None))
        arms = [switched_off(keys)] + [switched_off(each for each in keys if each != key) for key in keys]
        batches([Arm(PLAN, off) for off in arms + [switched_off([key]) for key in keys]], run, progress=False)
        return Found({}, values_of(pd.concat(seen, axis=1), keys))
    said = expectations(EXPECTED)
    outcomes = dict.fromkeys([OUTCOME, *(each.outcome for each in said.values() if each.outcome)])
    run = noting(runner_of(replicates, *outcomes, *NEEDED, *DIRECT))
    found = ablate(PLAN, BASE, OUTCOME, replicates=replicates, expected=EXPECTED, run=run, progress=False)
    tables = {name: getattr(found, name) for name in FRAMES}
    about = {"notes": found.notes, "valued": asdict(found.valued)}
    return Found(tables, values_of(pd.concat(seen, axis=1), list(found.levers["lever"])), about)


def values_of(arms: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Effects by replicate: of the arms plan, base, nothing, each alone, each removed."""
    plan, nothing = arms.iloc[:, 0], arms.iloc[:, 2]
    found = {}
    for place, key in enumerate(keys):
        found[f"{key}, {ALONE}"] = arms.iloc[:, 3 + place] - nothing
        found[f"{key}, {REMOVED}"] = plan - arms.iloc[:, 3 + len(keys) + place]
    return pd.DataFrame(found)


def told(kept: Kept) -> Ablation:
    """What the command would show."""
    frames = kept.tables
    return Ablation(
        frames["levers"].fillna(""), *(frames[name] for name in FRAMES[1:]), expectations(EXPECTED), kept.replicates,
        0.95, OUTCOME, list(kept.about["notes"]), Appraisal(**kept.about["valued"]),
    )  # fmt: skip


def table(kept: Kept, number: str) -> str:
    """One of the tables of the page, counted from 1, under its caption."""
    caption, frame = ablation_tables.tables(told(kept))[int(number) - 1]
    return f"## {caption}\n\n{text_tables.markdown(frame)}"


def tables(kept: Kept) -> str:
    parts = [f"## {caption}\n\n{text_tables.markdown(frame)}" for caption, frame in ablation_tables.tables(told(kept))]
    return "\n\n".join([*(f"- {note}" for note in told(kept).notes), *parts])


def how_to_read(kept: Kept) -> str:
    return f"{kept.day}. {ablation_tables.how_to_read(told(kept))}"


def effect(kept: Kept, lever: str, way: str = ALONE, lang: str = "en") -> str:
    """An effect with its interval, for a sentence."""
    frame = kept.tables["effects"].set_index(["lever", "way", "outcome"])
    row = frame.loc[(lever, way, OUTCOME)]
    shown = [text_tables.number(float(row[name])) for name in ("low", "high")]
    interval = f"（{shown[0]}至{shown[1]}）" if lang == "zh" else f" ({shown[0]} to {shown[1]})"
    return f"{text_tables.signed(float(row['effect']))}{interval}"


def largest(kept: Kept) -> str:
    """The four levers with the largest effects alone."""
    frame = kept.tables["effects"]
    own = frame[frame["outcome"] == OUTCOME].pivot(index="lever", columns="way", values="effect").astype(float)
    names = kept.tables["levers"].set_index("lever")
    said = [
        f"{names.loc[key, 'name'][0].lower()}{names.loc[key, 'name'][1:]} ({names.loc[key, 'id']}, "
        f"{text_tables.signed(row[ALONE])} alone, {text_tables.signed(row[REMOVED])} in the plan)"
        for key, row in own.sort_values(ALONE, ascending=False).head(4).iterrows()
    ]
    return f"{', '.join(said[:-1])} and {said[-1]}"


def listed(kept: Kept, keys: list[str]) -> str:
    ids = kept.tables["levers"].set_index("lever")
    return ", ".join(f"{ids.loc[key, 'name']} ({ids.loc[key, 'id']})" for key in keys) or "none"


def harmful(kept: Kept) -> str:
    """Levers that measurably take output away, by way."""
    frame = kept.tables["effects"]
    bad = frame[(frame["outcome"] == OUTCOME) & frame["measurable"] & (frame["effect"].astype(float) < 0)]
    alone, removed = (list(bad.loc[bad["way"] == way, "lever"]) for way in (ALONE, REMOVED))
    return f"alone: {listed(kept, alone)}; within the plan: {listed(kept, removed)}"


def worth(kept: Kept) -> str:
    """Levers whose net present value, alone, is surely above zero."""
    costs = kept.tables["costs"]
    good = costs[(costs["way"] == ALONE) & (costs["net_value_low"].astype(float) > 0)]
    return listed(kept, list(good["lever"]))


def against(kept: Kept) -> str:
    """Levers with a sign against their evidence."""
    rows = kept.tables["levers"]
    bad = rows[(rows[["verdict_alone", "verdict_removed"]] == ablation_tables.AGAINST).any(axis=1)]
    return listed(kept, list(bad["lever"]))


MEASUREMENT = Measurement(
    "ablation", "jiju ablate, the plan's levers", 100, measure, (3, VALUES),
    {"table": table, "tables": tables, "how_to_read": how_to_read, "effect": effect, "largest": largest,
     "harmful": harmful, "worth": worth, "against": against},
)  # fmt: skip
