"""Figures of a scenario file with where each comes from, which a comment behind it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from jiju.languages import to_translate, translated

TABLE, GIVEN, JUDGED, HISTORY = (
    to_translate("table"), to_translate("given"), to_translate("judged"), to_translate("history")
)  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """A value of a scenario file and where it comes from."""

    value: Any
    origin: str  # TABLE, GIVEN, HISTORY or JUDGED
    note: str = ""

    def comment(self) -> str:
        origin = translated(self.origin)
        return translated("{origin}: {note}", origin=origin, note=self.note) if self.note else origin


Row = dict[str, Figure]


def too_few(what: str, count: int, needed: int) -> str:
    return translated("{what}: {count} firms have it, {needed} are needed", what=what, count=count, needed=needed)


def of_firms(count: int) -> str:
    return translated("of {count} firms", count=count)
