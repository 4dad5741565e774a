"""What a run or a sweep simulates, apart from how: it can be sent to other processes, which make shards of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from jiju import _engine
from jiju.inputs.scenario import Scenario, settings_of, toml_of

Tell = Callable[[int, int], None]  # the runs of one scenario that have ended, and how many there are


@dataclass(frozen=True)
class Simulation:
    """Scenarios side by side, or one scenario at every point of a design; with values set in all of them."""

    scenarios: tuple[Scenario, ...] = ()
    design: str | Mapping[str, Any] = ""  # the file, or what it would say
    set: Mapping[str, Any] | None = None
    warm: _engine.Warm | None = None  # of this process: states after the burn-in that runs leave each other

    def _design(self) -> tuple[str, str]:
        if isinstance(self.design, str):
            return "", self.design
        return "".join(f"{key} = {toml_of(value)}\n" for key, value in self.design.items()), "design"

    def simulate(self, options: _engine.Options, tell: Tell) -> _engine.Outcome:
        """What the engine made of it; Ctrl-C ends it early."""
        settings = settings_of(self.set)
        if self.scenarios:
            return _engine.run([each._engine for each in self.scenarios], settings, options, tell, self.warm)
        return _engine.sweep(*self._design(), settings, options, tell)

    def __reduce__(self) -> tuple[type[Simulation], tuple[Any, ...]]:
        """Sent to another process it begins cold."""
        return type(self), (self.scenarios, self.design, self.set)

    def estimate(self, options: _engine.Options) -> str:
        """What a short pilot lets expect of it, as JSON."""
        settings = settings_of(self.set)
        if self.scenarios:
            return _engine.estimate_run([each._engine for each in self.scenarios], settings, options)
        return _engine.estimate_sweep(*self._design(), settings, options)
