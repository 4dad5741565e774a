"""What a process keeps from one run to the next: the states of replicates after the burn-in.

    warm = jiju.Warm(megabytes=2000)
    jiju.evaluate(plan, points, ["value_added"], replicates=300, warm=warm)   # each replicate lives through it once

Scenarios that differ in levers, targets and what is recorded alone begin alike: with a seed in common each takes over
the burn-in of the others. Results are those of a cold run, to the bit.
"""

from __future__ import annotations

from jiju import _engine

MEGABYTES = 2000.0


class Warm:
    """States up to so many megabytes. Where there is no room for more, those of the scenario that was asked for longest
    ago go; of one scenario the first replicates stay, and the others begin again each time.

    Pickled for another process it is empty there.

    Example:

        plan = jiju.open_plan("shaoxing-2011/plan", "shaoxing-2011/status-quo", ["special_fund"])
        warm = jiju.Warm(megabytes=1000)
        for dose in (0.5, 1.0, 2.0):                           # from the second on without the burn-in
            jiju.evaluate(plan, [[dose]], ["value_added"], replicates=20, warm=warm)
    """

    def __init__(self, megabytes: float = MEGABYTES) -> None:
        self.megabytes_at_most = float(megabytes)
        self.states = _engine.Warm(int(1e6 * megabytes))

    def __len__(self) -> int:
        """States that are kept."""
        return len(self.states)

    @property
    def megabytes(self) -> float:
        return self.states.bytes / 1e6

    def __reduce__(self) -> tuple[type[Warm], tuple[float]]:
        return type(self), (self.megabytes_at_most,)

    def __repr__(self) -> str:
        return f"<jiju.Warm: {len(self)} states, {self.megabytes:.0f} of {self.megabytes_at_most:.0f} MB>"
