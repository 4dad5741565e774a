"""docs/trials.md: what the published experiments found, and what they find inside the model."""

import pandas as pd

from jiju.evidence import trial_file, trials
from jiju.evidence.experiments import Outcome, Trial
from measured.kept import Found, Kept, Measurement

SEED = 1
SMALL = ["grant-lottery", "one-stop", "plan-targeting"]  # of a trial of firms alone one replicate takes seconds


def judged() -> list[tuple[Trial, Outcome]]:
    """Outcomes of the package's trials with a published effect, by row."""
    listed = sorted(trial_file.catalogue().values(), key=lambda trial: trial.row or 0)
    return [(trial, outcome) for trial in listed for outcome in trial.outcomes if outcome.judged]


def measure(replicates: int, only: list[str] | None) -> Found:
    rows, values = [], {}
    for key, trial in trial_file.catalogue().items():
        if only is not None and key not in only:
            continue
        estimates = trials.estimated(trial, replicates, SEED) if only is None else few(trial, replicates)
        table = trials.judge(trial, estimates).reset_index()
        rows.append(table[["trial", "outcome", "simulated", "low", "high"]])
        values |= {f"{key}.{name}": estimates[name] for name in table["outcome"]}
    return Found({"outcomes": pd.concat(rows, ignore_index=True)}, pd.DataFrame(values))


def few(trial: Trial, replicates: int) -> pd.DataFrame:
    """The first replicates of what `trials.estimated` simulates."""
    return trials.of_batch(trial, replicates, 1000 * SEED).reset_index(drop=True)


def number(value: float, like: float) -> str:
    """Three decimals, four where the mean is a hundredth or less."""
    return f"{value:.{4 if abs(like) < 0.0105 else 3}f}".replace("-", "−")


def published(outcome: Outcome) -> str:
    effect = float(outcome.effect or 0)
    if outcome.agree == "none":
        return "0"
    if outcome.agree == "sign":
        return "+" if effect > 0 else "−"
    low, high = outcome.low, outcome.high
    span = "" if low is None else f" (from {low:g})" if high is None else f" ({low:g} to {high:g})"
    return f"{effect:.3f}".replace("-", "−") + span


def verdicts(kept: Kept) -> list[tuple[Trial, Outcome, pd.Series, str]]:
    """Every judged outcome with what was simulated, and the verdict on it."""
    by_key = kept.tables["outcomes"].set_index(["trial", "outcome"]).astype(float)
    found = []
    for trial, outcome in judged():
        row = by_key.loc[(trial.key, outcome.key)]
        said = trials.verdict(float(outcome.effect or 0), outcome.agree, row["simulated"], row["low"], row["high"])
        found.append((trial, outcome, row, said))
    return found


def table(kept: Kept) -> str:
    lines = ["| row | trial | outcome | published | simulated (95 %) | verdict |", "|---|---|---|---|---|---|"]
    seen = None
    for trial, outcome, row, said in verdicts(kept):
        front = f"| {trial.row} | {trial.name} {trial.name_zh}" if trial.key != seen else "| | "
        mean = row["simulated"]
        ends = f"({number(row['low'], mean)} to {number(row['high'], mean)})"
        shown = said if said == "agrees" else f"**{said}**"
        name = outcome.name.replace(", logarithm", "")  # the page says so of all
        lines.append(f"{front} | {name} | {published(outcome)} | {number(mean, mean)} {ends} | {shown} |")
        seen = trial.key
    return "\n".join(lines).replace("| |  |", "| | |")


def counts(kept: Kept) -> str:
    agreed: dict[str, list[bool]] = {}
    for trial, _, _, said in verdicts(kept):
        agreed.setdefault(trial.key, []).append(said == "agrees")
    each = [said for found in agreed.values() for said in found]
    return f"{sum(map(all, agreed.values()))} of {len(agreed)} trials agree ({sum(each)} of {len(each)} outcomes)"


def headline(kept: Kept) -> str:
    return f"{kept.day}, {kept.replicates} replicates of each: **{counts(kept)}.**"


def outcome_of(kept: Kept, trial: str, outcome: str, lang: str = "en") -> str:
    """Mean and interval of one outcome, for a sentence."""
    row = kept.tables["outcomes"].set_index(["trial", "outcome"]).astype(float).loc[(trial, outcome)]
    mean = row["simulated"]
    low, high = number(row["low"], mean), number(row["high"], mean)
    return number(mean, mean) + (f"（{low}至{high}）" if lang == "zh" else f" ({low} to {high})")


MEASUREMENT = Measurement(
    "trials", "jiju trial --all", 60, measure, (2, SMALL),
    {"table": table, "counts": counts, "headline": headline, "outcome": outcome_of}, some=True,
)  # fmt: skip
