"""How an event is smoothed that happens where a margin is not below zero: a step becomes a slope (Azzalini 1981,
Biometrika 68, 326-328)."""

from __future__ import annotations

import math

import numpy as np
from scipy import special


def width_of(spread: float, replicates: int) -> float:
    """Of the slope, for margins of this standard deviation: half of it times n^(-1/5)."""
    return 0.5 * spread * math.pow(replicates, -0.2)


def half_step(margins: np.ndarray) -> float:
    """Counts meet their target at a margin of zero and miss it at minus one: zero is half a step inside."""
    known = margins[np.isfinite(margins)]
    return 0.5 if len(known) and np.array_equal(known, np.round(known)) else 0.0


def chance(margins: np.ndarray, width: float) -> np.ndarray:
    """How nearly each margin is on the event's side, between 0 and 1."""
    return np.asarray(special.ndtr(margins / width))
