"""Reads the tables of a file that a person wrote: every mistake is kept, with its place and what would be right."""

from __future__ import annotations

import math
import os
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from jiju.errors import FileError, UsageError
from jiju.languages import translated
from jiju.reading import expressions
from jiju.results.validation import listed, nearest


def text_of(path: str | os.PathLike[str]) -> str:
    """A file of text. FileError where it cannot be read, UsageError where it is no UTF-8."""
    try:
        return Path(path).read_text(encoding="utf-8")
    except OSError as error:
        raise FileError(f"{os.fspath(path)}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(translated(
            "{fspath}: not UTF-8 text ({reason} at byte {start})",
            fspath=os.fspath(path), reason=error.reason, start=error.start,
        )) from None


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


class Reader:
    """Takes values out of tables by their place, as `trials.grants.outcomes[0]`, and collects what is wrong."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[str] = []

    def wrong(self, place: str, message: str) -> None:
        self.problems.append(f"{self.name}: {place}: {message}" if place else f"{self.name}: {message}")

    def finish(self) -> None:
        """UsageError with every mistake, one a line."""
        if self.problems:
            raise UsageError("\n".join(self.problems))

    def known(self, row: Mapping[str, Any], place: str, words: Collection[str]) -> None:
        for word in row:
            if word not in words:
                self.wrong(f"{place}.{word}" if place else word, translated(
                    "is not known here{nearest}",
                    nearest=nearest(word, words),
                ))

    def among(self, words: Iterable[str], place: str, known: Collection[str], what: str) -> None:
        for word in words:
            if word not in known:
                self.wrong(place, translated(
                    "no {word!r}{nearest}",
                    word=word, nearest=nearest(word, known, translated("{what} are", what=what)),
                ))

    def is_table(self, value: Any, place: str) -> Mapping[str, Any]:
        if isinstance(value, Mapping):
            return value
        self.wrong(place, translated("{value!r}; wanted is a table", value=value))
        return {}

    def table(self, row: Mapping[str, Any], place: str, word: str) -> Mapping[str, Any]:
        return self.is_table(row[word], f"{place}.{word}" if place else word) if word in row else {}

    def items(self, row: Mapping[str, Any], place: str, word: str) -> list[Any]:
        given = row.get(word, [])
        if isinstance(given, list):
            return given
        self.wrong(f"{place}.{word}", translated("{given!r}; wanted is a list", given=given))
        return []

    def texts(self, row: Mapping[str, Any], place: str, word: str) -> list[str]:
        given = self.items(row, place, word)
        if all(isinstance(item, str) for item in given):
            return given
        self.wrong(f"{place}.{word}", translated("{given!r}; wanted is a list of texts", given=given))
        return []

    def _value(self, row: Mapping[str, Any], place: str, word: str, right: bool, wanted: str, standard: Any) -> Any:
        if word not in row:
            return standard
        if right:
            return row[word]
        self.wrong(f"{place}.{word}", translated("{row!r}; wanted is {wanted}", row=row[word], wanted=wanted))
        return standard

    def text(self, row: Mapping[str, Any], place: str, word: str, standard: str = "", *, needed: bool = False) -> str:
        if needed and word not in row:
            self.wrong(f"{place}.{word}", translated("not given"))
        found: str = self._value(row, place, word, isinstance(row.get(word), str), translated("a text"), standard)
        return found

    def word(
        self, row: Mapping[str, Any], place: str, word: str, words: Collection[str], standard: str = "", *,
        needed: bool = False,
    ) -> str:  # fmt: skip
        """One of some words."""
        found = self.text(row, place, word, standard)
        if needed and word not in row:
            self.wrong(f"{place}.{word}", translated("not given; can be {listed}", listed=listed(words)))
        if word in row and isinstance(row[word], str) and found not in words:
            self.wrong(f"{place}.{word}", f"{found!r}{nearest(found, words, translated('can be'))}")
            return standard
        return found

    def number(self, row: Mapping[str, Any], place: str, word: str, standard: float | None = None) -> float | None:
        found: float | None = self._value(row, place, word, is_number(row.get(word)), translated("a number"), standard)
        return found

    def whole(
        self, row: Mapping[str, Any], place: str, word: str, standard: int | None, least: int
    ) -> int | None:
        given = row.get(word)
        right = isinstance(given, int) and not isinstance(given, bool) and given >= least
        found: int | None = self._value(row, place, word, right, translated(
            "a whole number from {least} on",
            least=least,
        ), standard)
        return found

    def switch(self, row: Mapping[str, Any], place: str, word: str, standard: bool) -> bool:
        is_switch = isinstance(row.get(word), bool)
        return bool(self._value(row, place, word, is_switch, translated("true or false"), standard))

    def formula(self, place: str, text: str, columns: Collection[str], what: str) -> None:
        try:
            expressions.check(text, columns, what)
        except ValueError as error:
            self.wrong(place, str(error))
