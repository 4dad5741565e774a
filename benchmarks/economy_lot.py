"""What investment made cheaper for a half of firms, by lot, does to the drawn and to the others (docs/trials.md)."""

from dataclasses import replace

from jiju.evidence.trial_estimators import Arms, gain, members, pair_of, split
from jiju.evidence.trial_file import catalogue

PRODUCTIVITY = "log(value_added) - 0.4 * log(capital) - 0.6 * log(labour)"
GAUGES = {
    "investment": "investment",  # comes in lumps: the sums over the years are compared
    "capital": "log(capital)",
    "output": "log(output)",
    "employment": "log(labour)",
    "productivity": PRODUCTIVITY,
    "value added a worker": "log(value_added) - log(labour)",
}
YEARS_AFTER = (1, 3, 5)


def effects_by_lot(arms: Arms) -> dict[tuple[str, int], tuple[float, float]]:
    """By gauge and years since the start: how far the drawn, and the others, are from themselves without the trial.

    A published study sees only the first less the second.
    """
    like = catalogue()["cheap-investment"].outcomes[0]
    drawn = members(like.treated, arms, like.arm)
    start = int(arms.years[0]["year"].min())
    found = {}
    for name, formula in GAUGES.items():
        sums = name == "investment"
        outcome = replace(like, outcome=formula, aggregate="log_total" if sums else "mean", paired=not sums)
        for years in YEARS_AFTER:
            last = start + years - 1
            pair = pair_of(outcome, arms, range(start, last + 1) if sums else [last])
            own, others = (gain(outcome.aggregate, *split(pair, drawn, inside)) for inside in (True, False))
            found[name, years] = (own, others)
    return found
