"""Files of other formats than text come into being whole or not at all, as the engine's do (sim/output/new_file)."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from jiju import _engine
from jiju.errors import FileError, UsageError
from jiju.languages import translated

Write = Callable[[Path], object]  # writes a file of the name that it is given


def check(paths: Iterable[Path], force: bool) -> None:
    """Before any work: FileError where a file is there and may not be replaced, or cannot be written."""
    for path in paths:
        _engine.check_output(os.fspath(path), force)


def write_all(files: Mapping[Path, Write], force: bool = False) -> None:
    """Writes files under temporary names in their own folders, and renames them when all are on the disk.

    FileError where one is there already, unless `force`; then nothing is written.
    """
    for folder in {path.parent for path in files}:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FileError(f"{folder}: {error.strerror}") from error
    check(files, force)
    begun: dict[Path, Path] = {}
    try:
        for path, write in files.items():
            # The name's end stays, since libraries choose the format by it.
            begun[path] = path.with_name(f".{path.stem}.{os.getpid()}{path.suffix}")
            write(begun[path])
            synced(begun[path])
        for path, temporary in begun.items():
            renamed(temporary, path, force)
    except OSError as error:
        raise error if isinstance(error, FileError) else FileError(f"{path}: {error.strerror or error}") from error
    finally:
        for temporary in begun.values():
            with contextlib.suppress(OSError):
                temporary.unlink()


def synced(path: Path) -> None:
    with open(path, "rb") as file:
        os.fsync(file.fileno())


def renamed(temporary: Path, path: Path, force: bool) -> None:
    if force:
        os.replace(temporary, path)
        return
    try:
        os.link(temporary, path)  # fails where a file of that name has come into being in the meantime
    except FileExistsError:
        raise FileError(translated("{path} exists; it is replaced only with --force", path=path)) from None
    except OSError:  # a file system without hard links
        _engine.check_output(os.fspath(path), False)
        os.replace(temporary, path)


def with_library(name: str, what: str, extra: str = "tables") -> None:
    """UsageError where a library that a format needs is not installed."""
    try:
        __import__(name)
    except ImportError:
        raise UsageError(
            translated(
                "{what} needs the Python package {name}: install 'jiju[{extra}]', or {name} by itself",
                what=what, name=name, extra=extra,
            )
        ) from None
