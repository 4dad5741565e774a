"""English and Chinese. Functions that make names, tables and pictures take `lang`; messages, help and progress are in
the language of the process: `--lang`, JIJU_LANG or the locale (docs/how-to/choose-the-language.md)."""

import contextlib
import gettext
import io
from collections.abc import Iterator
from functools import cache
from typing import Literal, get_args

from jiju import _engine
from jiju.errors import UsageError

Lang = Literal["en", "zh"]
LANGUAGES: tuple[Lang, ...] = get_args(Lang)


@cache
def _catalogue() -> gettext.GNUTranslations:
    return gettext.GNUTranslations(io.BytesIO(_engine.catalogue()))


def translated(english: str, /, **values: object) -> str:
    """A text in the language of the process, `values` put into its braces as `str.format` does.

    The text stands here as it is in English, never put together: tools/translations collects it from the source.
    """
    text = _catalogue().gettext(english) if english and _engine.language() == "zh" else english
    return text.format_map(values) if values else text


def to_translate(english: str) -> str:
    """Marks a text that is translated later, where it is shown."""
    return english


def plural(one: str, many: str, number: int) -> str:
    """As gettext.ngettext, in the language of the process."""
    if _engine.language() == "zh":
        return _catalogue().ngettext(one, many, number)
    return one if number == 1 else many


@contextlib.contextmanager
def spoken(words: list[str]) -> Iterator[None]:
    """The language that a command line asks for, for as long as it is carried out. UsageError: JIJU_LANG is wrong."""
    before = _engine.language()
    _engine.set_language(_engine.language_of(words))
    try:
        yield
    finally:
        _engine.set_language(before)


@contextlib.contextmanager
def speaking(lang: Lang) -> Iterator[None]:
    """Within it, texts are in this language: for what is written in both."""
    before = _engine.language()
    _engine.set_language(lang)
    try:
        yield
    finally:
        _engine.set_language(before)


def checked(lang: str) -> Lang:
    """The language, or an error that says which there are."""
    for known in LANGUAGES:
        if lang == known:
            return known
    raise UsageError(translated("lang = {lang!r}: allowed are {allowed}", lang=lang, allowed=", ".join(LANGUAGES)))
