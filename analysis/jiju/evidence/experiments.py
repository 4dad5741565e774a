"""What a virtual trial is: a published experiment, its arms, and the estimates that are made of them.

`trial_file` reads them from files, `trial_estimators` makes the estimates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from jiju.reading import expressions
from jiju.runs.runner import Arm

GONE = "gone"  # in place of a formula: 1 where the firm is no longer there, 0 where it is
ALL = "all"  # years


@dataclass(frozen=True)
class Group:
    """Firms picked once, by what they are in one arm in any of some years; no years: any at all."""

    where: str = ""
    years: tuple[int, ...] = ()
    arm: int = 0
    treatments: tuple[str, ...] = ()  # who had each of them, in the outcome's arm
    lot: str = ""  # whom this component may reach by lot
    without: Group | None = None


@dataclass(frozen=True)
class Years:
    """Which years are looked at: together, or each with a weight. Nothing: all of them together."""

    together: tuple[int, ...] = ()
    weights: Mapping[int, float] = field(default_factory=dict)

    @property
    def named(self) -> set[int]:
        return {*self.together, *self.weights}


@dataclass(frozen=True)
class Outcome:
    """One estimate, how it is made, and what was published of it."""

    key: str
    name: str
    name_zh: str
    estimator: str
    of: str = "firms"
    outcome: str = ""
    base: int = 0
    arm: int = -1
    years: Years = Years()
    before: Years | None = None
    population: str | Group = ""
    treated: Group | None = None
    net_of_base: bool = False
    aggregate: str = "mean"
    paired: bool = True
    covariates: tuple[str, ...] = ()
    fixed_effects: tuple[str, ...] = ()
    weights: str = ""
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    per: str = ""
    relative_to: int | None = None
    contrast: Mapping[str, float] = field(default_factory=dict)
    effect: float | None = None
    low: float | None = None
    high: float | None = None
    agree: str = ""
    source: str = ""
    trust: str = ""

    @property
    def judged(self) -> bool:
        return self.effect is not None

    def groups(self) -> Iterator[Group]:
        for group in (self.population, self.treated):
            while isinstance(group, Group):
                yield group
                group = group.without

    def formulas(self) -> list[str]:
        own = [self.outcome, self.weights, self.per, *self.covariates, *self.fixed_effects]
        rows = [self.population] if isinstance(self.population, str) else []
        return [text for text in (*own, *rows, *(group.where for group in self.groups())) if text and text != GONE]


@dataclass(frozen=True)
class Trial:
    """A published experiment: its arms, the first being the one without it unless an outcome says otherwise."""

    key: str
    name: str
    name_zh: str
    arms: tuple[Arm, ...]
    outcomes: tuple[Outcome, ...]
    row: int | None = None
    times: int = 1

    @property
    def with_firms(self) -> bool:
        return any(outcome.of == "firms" and outcome.estimator != "contrast" for outcome in self.outcomes)

    def columns(self, of: str) -> list[str]:
        """What its formulas ask of firm-years, or of the outputs."""
        asked = [name for each in self.outcomes if each.of == of for text in each.formulas()
                 for name in expressions.names(text)]  # fmt: skip
        drawn = ["drawn"] if any(group.lot for each in self.outcomes for group in each.groups()) else []
        return list(dict.fromkeys([*asked, *(drawn if of == "firms" else [])]))
