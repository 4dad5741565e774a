"""What a study has found, as tables for a paper: LaTeX, Markdown, Word and CSV by one mechanism for all studies.

    jiju.compare("base.h5", "plan.h5").to_latex("difference.tex")
    jiju.table(jiju.compare(both).targets, lang="zh").to_word("targets.docx")

A study says what it prints by `printed()`; `jiju.table` makes the same of any frame that a function returns.
"""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from jiju import _engine
from jiju.errors import UsageError
from jiju.languages import Lang, translated
from jiju.new_files import with_library, write_all
from jiju.printing import latex_tables, text_tables
from jiju.printing.table_forms import ENDS, To, format_of

Name = str | os.PathLike[str]


class Printable(ABC):
    """Something whose tables can be printed. Every method returns the text, and writes the file that is named; an
    existing one is a FileError unless `force`."""

    @abstractmethod
    def printed(self) -> Printed:
        """Title, tables of text with captions, and what a reader must know of them."""

    def to_latex(self, path: Name | None = None, *, force: bool = False) -> str:
        """Tables of booktabs, each with caption, label and notes; Chinese needs xelatex and ctex."""
        return _written(latex_tables.latex(self.printed()), path, force)

    def to_markdown(self, path: Name | None = None, *, force: bool = False) -> str:
        """A page of Markdown."""
        return _written(markdown(self.printed()), path, force)

    def to_csv(self, path: Name | None = None, *, force: bool = False) -> str:
        """The numbers behind the tables, unrounded: one tidy table."""
        return _written(self.printed().data.to_csv(index=False), path, force)

    def to_word(self, path: Name, *, force: bool = False) -> Path:
        """A Word document; needs python-docx."""
        with_library("docx", translated("a Word document (the package is called python-docx)"))
        from jiju.printing.word_tables import save

        found = self.printed()
        write_all({Path(path): lambda file: save(found, file)}, force)
        return Path(path)


@dataclass(frozen=True)
class Printed(Printable):
    """Tables of text, as people read them.

    tables   captions and tables; entries and headings are text in the reader's language
    data     the same numbers unrounded, as a tidy frame
    reading  how to read the tables, before them; `*word*` is set in italics
    remarks  what to beware of
    made     replicates, seeds and version, below each table
    command  the command that makes them, where there is one
    """

    title: str
    tables: list[tuple[str, pd.DataFrame]]
    data: pd.DataFrame
    reading: str = ""
    remarks: list[str] = field(default_factory=list)
    made: str = ""
    command: str = ""
    lang: Lang = "en"

    def __post_init__(self) -> None:
        for name in ("title", "tables", "reading", "remarks", "made"):
            object.__setattr__(self, name, text_tables.in_habit(getattr(self, name), self.lang))

    def printed(self) -> Printed:
        return self

    def __repr__(self) -> str:
        parts = [self.title, *(f"! {remark}" for remark in self.remarks)]
        for caption, table in self.tables:
            parts += ["", *([caption] if caption != self.title else []), text_tables.plain(table)]
        return "\n".join([*parts, *(["", self.made] if self.made else [])])

    def _repr_html_(self) -> str:
        return text_tables.as_html(self.title, self.tables, self.remarks)


def labelled(
    frame: pd.DataFrame, caption: tuple[str, str], made: str = "", columns: Sequence[str] = (), lang: Lang = "en",
    words: Mapping[str, str] | None = None,
) -> pd.DataFrame:  # fmt: skip
    """A frame that says what `jiju.table` makes of it: caption in both languages, how it was made, which columns, and
    the Chinese of the words in it."""
    frame.attrs |= {"caption": caption, "made": made, "columns": list(columns), "lang": lang}
    frame.attrs |= {"words": dict(words or {})}
    return frame


def joined(frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Several tidy frames as one, with the name of each in the column `table`."""
    parts = [frame.reset_index(drop=True) for frame in frames.values()]
    if not parts:
        return pd.DataFrame()
    whole = pd.concat(parts, ignore_index=True)
    whole.insert(0, "table", np.repeat(list(frames), [len(part) for part in parts]))
    return whole


def _written(text: str, path: Name | None, force: bool) -> str:
    if path is not None:
        _engine.write_file(os.fspath(path), text, force)
    return text


def markdown(found: Printed) -> str:
    """A page: title, command, how to read it, what to beware of, the tables, how they were made."""
    parts = [f"# {found.title}"]
    if found.command:
        parts.append(f"{'由以下命令生成' if found.lang == 'zh' else 'Made by'} `{found.command}`")
    parts += [found.reading] if found.reading else []
    parts += [f"- {remark}" for remark in found.remarks]
    for caption, table in found.tables:
        parts += [*([f"## {caption}"] if caption != found.title else []), text_tables.markdown(table)]
    return "\n\n".join([*parts, *([found.made] if found.made else [])]) + "\n"


def save(found: Printable, path: Path, to: To | None = None, *, force: bool = False) -> None:
    """Writes tables in a format, by default that of the name's end."""
    kind = to or format_of(path)
    if kind is None:
        raise UsageError(translated("{path}: a table's name ends in {ENDS}", path=path, ENDS=", ".join(ENDS)))
    if kind == "word":
        found.to_word(path, force=force)
        return
    writers: dict[str, Callable[..., str]] = {
        "latex": found.to_latex, "markdown": found.to_markdown, "csv": found.to_csv
    }  # fmt: skip
    writers[kind](path, force=force)
