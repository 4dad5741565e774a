"""What commands written in Python share with the engine's: streams, signals, values and files behave alike."""

from __future__ import annotations

import argparse
import contextlib
import json
import math
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from jiju import _engine
from jiju.errors import InvariantError, ScenarioError, UsageError
from jiju.languages import LANGUAGES, plural, to_translate, translated
from jiju.new_files import with_library
from jiju.printing import table_forms
from jiju.runs.workers import POLITE_SIGNALS

if TYPE_CHECKING:
    from jiju.printing.printed import Printable

FAILED, REFUSED, FILE, KILLED = 1, 2, 3, 128  # apps/commands.hpp; the last and the number of the signal
MOST_SEED = 9 * 10**15  # of a command whose batches have seeds of their own, a thousand for each


class Stopped(KeyboardInterrupt):
    """A signal asked the program to end: as Ctrl-C does, so that all that listens to it is left in good order."""

    def __init__(self, number: int) -> None:
        super().__init__(f"stopped by {signal.Signals(number).name}")
        self.number = number


@contextlib.contextmanager
def _signals(received: list[int]) -> Iterator[None]:
    def receive(number: int, _: FrameType | None) -> None:
        if not received:
            received.append(number)
            raise Stopped(number)
        if number == signal.SIGINT:  # somebody is in a hurry
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)

    before = {}
    if threading.current_thread() is threading.main_thread():
        for number in POLITE_SIGNALS:
            handler = signal.getsignal(number)
            if handler is not signal.SIG_IGN or number == signal.SIGINT:  # a user of nohup wants it to continue
                before[number] = signal.signal(number, receive)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _leave_standard_output() -> None:
    """Nobody reads it any more: what is still to be flushed at the end goes nowhere."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def carry_out(command: Callable[[], int]) -> int:
    """The exit code of a command: what goes wrong is reported, a terminal without the characters shows others, a reader
    that has seen enough is no fault, and a signal ends it in good order."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    received: list[int] = []
    try:
        with _signals(received):
            code = command()
            sys.stdout.flush()
        return code
    except BrokenPipeError:
        _leave_standard_output()
        return KILLED + signal.SIGPIPE
    except BaseException as error:
        # A signal within the import of a compiled module ends that in an ImportError.
        if not received and not isinstance(error, KeyboardInterrupt):
            return _reported(error)
        number = received[0] if received else signal.SIGINT
        say(translated("jiju: stopped by {name}", name=signal.Signals(number).name))
        return KILLED + number


def _reported(error: BaseException) -> int:
    """The exit code of an error that somebody else than us can do something about (ARCHITECTURE.md, "Errors")."""
    codes: dict[type[BaseException], int] = {
        ScenarioError: REFUSED, UsageError: REFUSED, OSError: FILE, InvariantError: FAILED
    }  # fmt: skip
    code = next((code for kind, code in codes.items() if isinstance(error, kind)), None)
    if code is None:
        raise error
    say(error if isinstance(error, ScenarioError) else translated("jiju: error: {error}", error=error))
    return code


def say(text: object) -> None:
    """To standard error, with control characters shown."""
    with contextlib.suppress(OSError):
        print(_engine.with_visible_controls(str(text)), file=sys.stderr)


def print_json(content: Any) -> None:
    """Readable where the terminal has the characters, escaped where it has not: never with question marks for some."""
    encoding = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "")
    print(json.dumps(content, ensure_ascii=encoding != "utf8", indent=2))


# ---- options


def parser_of(command: str, epilog: str | None = None) -> argparse.ArgumentParser:
    """Its description is the line that `jiju --help` has of the command."""
    for name, function in {"_": translated, "ngettext": plural}.items():  # what argparse says itself
        setattr(argparse, name, function)
    return argparse.ArgumentParser(
        prog=f"jiju {command}",
        description=json.loads(_engine.grammar())[command]["text"],
        epilog=translated(epilog) if epilog else None,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def add_language(words: argparse.ArgumentParser) -> None:
    words.add_argument("--lang", choices=LANGUAGES, default=_engine.language(), help=translated(
        "language of names and tables (%(default)s)"
    ))


def add_plain(words: argparse.ArgumentParser) -> None:
    words.add_argument("--plain", action="store_true", help=translated(
        "plain estimates, without further replicates of a base as a control"
    ))


ENDS_OF_TABLES = to_translate(".tex, .md, .docx or .csv")


def add_tables(words: argparse.ArgumentParser, ends: str = ENDS_OF_TABLES) -> None:
    """`--to` and `-o` of a command that prints tables."""
    forms = table_forms.FORMATS
    words.add_argument("--to", choices=forms, help=translated(
        "print the tables in this form; with -o, write them so"
    ))
    words.add_argument(
        "-o", "--output", type=file_name, metavar="FILE", action="append", default=[],
        help=translated("write the tables, by the name's end: {ends}; may be given again", ends=translated(ends)),
    )  # fmt: skip
    words.add_argument("--force", action="store_true", help=translated("replace existing files"))


def check_tables(words: argparse.ArgumentParser, asked: argparse.Namespace, others: Sequence[str] = ()) -> None:
    """What forbids to write tables is known before the work; `others` are ends of names that are no tables."""
    if asked.to == "word" and not asked.output:
        words.error(translated("--to word: a Word document goes into a file; give its name by -o"))
    if asked.to and getattr(asked, "json", False):
        words.error(translated("--to and --json: choose one"))
    for path in asked.output:
        if not (asked.to or table_forms.format_of(path) or path.suffix.lower() in others):
            words.error(translated(
                "-o {path}: wanted is a name that ends in {others}",
                path=path, others=", ".join([*table_forms.ENDS, *others]),
            ))
        if asked.output.count(path) > 1:
            words.error(translated("-o {path}: is given twice", path=path))
        _engine.check_output(str(path), asked.force)
    if any((asked.to or table_forms.format_of(path)) == "word" for path in asked.output):
        with_library("docx", translated("a Word document (the package is called python-docx)"))


def print_tables(found: Printable, asked: argparse.Namespace, plain: str) -> None:
    """Writes the files that are asked for; without any prints the form that is, or plain text."""
    if asked.output:
        from jiju.printing.printed import save  # with the libraries of tables, which `--help` does without

        for path in asked.output:
            save(found, path, asked.to, force=asked.force)
        return
    forms = {"latex": found.to_latex, "markdown": found.to_markdown, "csv": found.to_csv}
    print(forms[asked.to]().rstrip("\n") if asked.to else plain)


def whole(low: int, high: int = 2**63 - 1) -> Callable[[str], int]:
    def read(word: str) -> int:
        if not word.lstrip("+-").isascii() or not word.lstrip("+-").isdigit():
            raise argparse.ArgumentTypeError(translated("{word!r} is no whole number", word=word))
        value = int(word)
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(translated(
                "{word} is outside {low} to {high}",
                word=word, low=low, high=high,
            ))
        return value

    return read


def share(word: str) -> float:
    try:
        value = float(word)
    except ValueError:
        point = word.replace(",", ".")
        hint = translated("; with a decimal point it is {point}", point=point) if word.count(",") == 1 else ""
        raise argparse.ArgumentTypeError(translated("{word!r} is no number{hint}", word=word, hint=hint)) from None
    if not (math.isfinite(value) and 0 < value < 1):
        raise argparse.ArgumentTypeError(translated("{word} is not between 0 and 1", word=word))
    return value


def file_name(word: str) -> Path:
    if not word:
        raise argparse.ArgumentTypeError(translated("an empty value is no file"))
    return Path(word)


def names(word: str) -> list[str]:
    """Several, with commas between them."""
    found = [each.strip() for each in word.split(",")]
    if not all(found):
        raise argparse.ArgumentTypeError(translated(
            "{word!r}: an empty name; wanted are names with commas between them",
            word=word,
        ))
    return found


def text(word: str) -> str:
    if not word:
        raise argparse.ArgumentTypeError(translated("an empty value; leave out what is not to be given"))
    return word
