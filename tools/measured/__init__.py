"""Numbers in the pages: measured by one command each, kept in docs/measured, and written into the pages from there.

`tools/measure_docs` is the command; `MEASUREMENTS` says what there is.
"""

from measured import ablation, calibration, evidence, facts, flagship, hindcast, trials
from measured.kept import Measurement

MEASUREMENTS: dict[str, Measurement] = {
    each.name: each
    for each in (
        calibration.MEASUREMENT, evidence.MEASUREMENT, facts.MEASUREMENT, flagship.MEASUREMENT, hindcast.MEASUREMENT,
        trials.MEASUREMENT, ablation.MEASUREMENT,
    )
}  # fmt: skip
