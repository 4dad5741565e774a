"""Names, tables and pictures are in English or in Chinese; every function that makes them takes `lang`."""

from typing import Literal, get_args

from jiju.errors import UsageError

Lang = Literal["en", "zh"]
LANGUAGES: tuple[Lang, ...] = get_args(Lang)


def checked(lang: str) -> Lang:
    """The language, or an error that says which there are."""
    for known in LANGUAGES:
        if lang == known:
            return known
    raise UsageError(f"lang = {lang!r}: allowed are {', '.join(LANGUAGES)}")
