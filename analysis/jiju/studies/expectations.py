"""What the evidence lets one expect of each lever: a data file, drawn from publications and not from results.

One table a lever, as in scenarios/instruments/expected_effects.toml.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Literal

from jiju.errors import FileError, UsageError
from jiju.languages import Lang, translated

Sign = Literal["+", "-", ""]
SIGNS: tuple[Sign, ...] = ("+", "-", "")


@dataclass(frozen=True)
class Expectation:
    """Of one lever.

    outcome   the indicator that its evidence speaks of; the study's own where it is empty
    sign      of its effect on that indicator; empty where the evidence gives none
    alone     whether it can do anything by itself; false for what only helps other levers
    evidence  what was found, in a few words
    reason    why it has no measurable effect, or one against its evidence, if it is so
    """

    outcome: str = ""
    sign: Sign = "+"
    alone: bool = True
    evidence: str = ""
    evidence_zh: str = ""
    reason: str = ""
    reason_zh: str = ""

    def text(self, part: Literal["evidence", "reason"], lang: Lang) -> str:
        return str(getattr(self, f"{part}_zh" if lang == "zh" else part))


Expected = Mapping[str, Expectation] | str | os.PathLike[str] | None


def expectations(expected: Expected) -> dict[str, Expectation]:
    """By lever. Of a lever that is not there Expectation() holds, a gain: no instrument is meant to do harm."""
    if expected is None or isinstance(expected, Mapping):
        return dict(expected or {})
    name = os.fspath(expected)
    try:
        tables = tomllib.loads(Path(name).read_text(encoding="utf-8"))
    except OSError as error:
        raise FileError(f"{name}: {error.strerror}") from error
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{name}: {error}") from error
    return {key: read(table, f"{name}: [{key}]") for key, table in tables.items()}


def read(table: Any, place: str) -> Expectation:
    known = {field.name: bool if field.name == "alone" else str for field in fields(Expectation)}
    words = {bool: translated("true or false"), str: "text"}
    if not isinstance(table, Mapping):
        raise UsageError(translated("{place} is no table", place=place))
    for key, value in table.items():
        if key not in known:
            raise UsageError(translated(
                "{place} has no {key!r}; it may have: {known}",
                place=place, key=key, known=", ".join(known),
            ))
        if not isinstance(value, known[key]):
            raise UsageError(translated(
                "{place} {key} = {value!r}: wanted is {words}",
                place=place, key=key, value=value, words=words[known[key]],
            ))
    if table.get("sign", "+") not in SIGNS:
        raise UsageError(translated(
            "{place} sign = {table!r}: allowed are \"+\", \"-\" and \"\", which is none",
            place=place, table=table["sign"],
        ))
    return Expectation(**table)
