"""The command `jiju new`."""

from __future__ import annotations

import argparse
import os
import tomllib
from collections.abc import Sequence
from pathlib import Path

from jiju import _engine
from jiju.commands.terminal import add_language, file_name, parser_of, text
from jiju.errors import FileError, UsageError
from jiju.languages import to_translate, translated
from jiju.shelves import SHELF

EPILOG = to_translate("""examples:
  jiju new my-plan --from shaoxing-2011/plan
  jiju new river/plan --from river/status-quo.toml --lang zh
  jiju new firms.csv --copy tutorial/firms.csv

'jiju list' shows what there is to start from. The file extends that scenario and holds examples, commented out, of a
lever's dose, who may receive, a purse, a target, a macro path, a place and a parameter (docs/scenarios.md). With --copy
a file that comes with the program is copied as it is: a city of few lines, a table of firms.
""")


def parser() -> argparse.ArgumentParser:
    words = parser_of("new", EPILOG)
    words.add_argument("name", type=file_name, metavar="NAME", help=translated("file to write; .toml is added"))
    source = words.add_mutually_exclusive_group(required=True)
    source.add_argument("--from", dest="base", type=text, metavar="SCENARIO", help=translated(
        "what it extends: a file or a name"
    ))
    source.add_argument("--copy", type=text, metavar="FILE", help=translated(
        "a file that comes with the program, such as tutorial/firms.csv"
    ))
    words.add_argument("--force", action="store_true", help=translated("replace an existing file"))
    add_language(words)
    return words


def main(argv: Sequence[str]) -> int:
    asked = parser().parse_args(argv)
    if asked.copy is not None:
        there = bundled(asked.copy)
        path = asked.name if asked.name.suffix else asked.name.with_suffix(there.suffix)
        copy_firms(there, path, asked.force, asked.lang)
        return write(path, there.read_text(encoding="utf-8"), asked.force, asked.lang)
    from jiju.cities.scenario_template import text_of
    from jiju.inputs.scenario import Scenario

    path = asked.name if asked.name.suffix == ".toml" else asked.name.with_name(asked.name.name + ".toml")
    base = Scenario.load(asked.base)
    own = own_file(asked.base)
    if own is not None and own.resolve() == path.resolve():
        raise UsageError(translated("{path} cannot extend itself; give it another name", path=path))
    source = asked.base if own is None else Path(os.path.relpath(own, path.parent)).as_posix()
    written = text_of(path.stem, source, path.as_posix(), base, asked.lang)
    return write(path, written, asked.force, asked.lang)


def write(path: Path, content: str, force: bool, lang: str) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(f"{path.parent}: {error.strerror}") from error
    _engine.write_file(str(path), content, force)
    print(f"已写入 {path}" if lang == "zh" else f"wrote {path}")
    return 0


def copy_firms(there: Path, path: Path, force: bool, lang: str) -> None:
    """The table of firms that a scenario names beside it comes along."""
    if there.suffix != ".toml":
        return
    name = tomllib.loads(there.read_text(encoding="utf-8")).get("population", {}).get("firms", "")
    if name:
        # byte for byte: a scenario may say the table's SHA-256
        write(path.parent / name, (there.parent / name).read_bytes().decode("utf-8"), force, lang)


def bundled(name: str) -> Path:
    """The file of that name among those that come with the program; `.toml` may be left out."""
    folder = SHELF or Path()
    found = next((path for path in (folder / name, folder / f"{name}.toml") if path.is_file()), None)
    if found is None or folder.resolve() not in found.resolve().parents:
        from jiju.results.validation import listed

        there = sorted(path.relative_to(folder).as_posix() for path in folder.glob("tutorial/*"))
        raise UsageError(translated(
            "--copy {name}: no file of that name comes with the program; there is {there} and more",
            name=name, there=listed(there),
        ))  # fmt: skip
    return found


def own_file(name: str) -> Path | None:
    """The file of one's own that is named; none where the name is that of a bundled scenario."""
    return next((path for path in (Path(name), Path(name + ".toml")) if path.is_file()), None)
