"""What the commands that look for a plan share: its levers, the work, the answer."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from jiju import new_files
from jiju.commands.terminal import (
    add_language,
    add_tables,
    check_tables,
    file_name,
    names,
    print_json,
    print_tables,
    text,
    whole,
)
from jiju.languages import Lang, translated

PICTURES = (".png", ".svg", ".pdf")
# What draws the answer of each command, of jiju.plot.
DRAWN = {
    "optimise": "solution", "reach": "solution", "frontier": "frontier", "equal": "equal", "robust": "regret",
    "timing": "timing", "screen": "screen",
}  # fmt: skip


def decimal(word: str) -> float:
    try:
        return float(word)
    except ValueError:
        raise argparse.ArgumentTypeError(translated("{word!r} is no number", word=word)) from None


def decimals(word: str) -> list[float]:
    return [decimal(each) for each in names(word)]


def add_plan(words: argparse.ArgumentParser) -> None:
    words.add_argument("plan", type=text, metavar="PLAN", help=translated("scenario file or name"))
    words.add_argument("base", type=text, metavar="BASE", help=translated("the same without the levers"))


def add_search(words: argparse.ArgumentParser) -> None:
    """Openings, limits and effort."""
    words.add_argument("--limit", type=text, metavar="LIMIT", action="append", default=[], help=translated(
        'what the plan must keep, such as "public_cost <= 80" or "money(2013) <= 10"; may be given again'
    ))
    add_levers(words)
    words.add_argument("--ways", type=names, metavar="WAYS", default=["scale"], help=translated(
        "how levers are open: scale, start, switch, with commas (scale)"
    ))
    words.add_argument("--most", type=decimal, metavar="FACTOR", default=2.0, help=translated(
        "highest multiple of a lever's doses (%(default)s)"
    ))
    words.add_argument("--points", type=whole(20), default=160, metavar="N", help=translated(
        "plans that are looked at (%(default)s)"
    ))
    words.add_argument("--replicates", type=whole(4), default=40, metavar="N", help=translated(
        "of each plan in the search (%(default)s)"
    ))
    words.add_argument("--judged", type=whole(20), default=300, metavar="N", help=translated(
        "fresh replicates for the answer (%(default)s)"
    ))
    words.add_argument("--seed", type=whole(1, 10**12), default=1, metavar="N", help=translated(
        "of the search and its draws (%(default)s)"
    ))
    words.add_argument("--file", type=file_name, metavar="POINTS.nc", help=translated(
        "keeps every plan that was simulated; a search that was stopped goes on from it"
    ))
    add_answer(words)


def add_outcome(words: argparse.ArgumentParser) -> None:
    """One outcome, and whether it is to be large or small."""
    goal = words.add_mutually_exclusive_group()
    goal.add_argument("--maximise", type=text, metavar="OUTCOME", help=translated(
        "an account (value_added), an output, a target's value (T1) or probability (p(T1)), or min over targets"
    ))
    goal.add_argument("--minimise", type=text, metavar="OUTCOME", help=translated("the same, as small as can be"))


def outcome_options(asked: argparse.Namespace) -> dict[str, Any]:
    return {"outcome": asked.minimise or asked.maximise or "value_added", "minimise": bool(asked.minimise)}


def add_levers(words: argparse.ArgumentParser) -> None:
    words.add_argument("--levers", type=names, metavar="NAMES", help=translated(
        "what is open, with commas; all in which plan and base differ where none are named"
    ))


def add_answer(words: argparse.ArgumentParser) -> None:
    words.add_argument("--save", type=file_name, metavar="PLAN.toml", help=translated(
        "writes the chosen plan as a scenario"
    ))
    add_printing(words)


def add_printing(words: argparse.ArgumentParser) -> None:
    add_tables(words)
    words.add_argument("--plot", type=file_name, metavar="FILE", help=translated(
        "draws what was found; the name ends in {ends}", ends=", ".join(PICTURES)
    ))
    words.add_argument("--quiet", action="store_true", help=translated("no progress"))
    add_language(words)


def search_options(asked: argparse.Namespace) -> dict[str, Any]:
    """Keywords of `optimise`, `reach` and `frontier`."""
    from jiju.decisions.optimise import Effort

    # A third of what judges compares the best few.
    effort = Effort(asked.points, asked.replicates, max(asked.judged // 3, 10), asked.judged)
    return {
        "limits": asked.limit, "levers": asked.levers, "ways": asked.ways, "bounds": {"scale": (0.0, asked.most)},
        "effort": effort, "seed": asked.seed, "file": asked.file, "progress": not asked.quiet, "lang": asked.lang,
    }  # fmt: skip


def answered(
    command: str, words: argparse.ArgumentParser, argv: Sequence[str], find: Callable[[argparse.Namespace], Any]
) -> Any:
    """What is found: printed or written as tables, and its scenario saved, as the words ask. FileError before the work
    where something cannot be written."""
    asked = words.parse_args(argv)
    check_tables(words, asked)
    if asked.plot and asked.plot.suffix.lower() not in PICTURES:
        words.error(translated(
            "--plot {path}: wanted is a name that ends in {ends}", path=asked.plot, ends=", ".join(PICTURES)
        ))
    new_files.check([path for path in (getattr(asked, "save", None), asked.plot) if path], asked.force)
    found = find(asked)
    if getattr(asked, "save", None):
        found.scenario().save(asked.save, force=asked.force)
    if asked.plot:
        draw(command, found, asked.plot, asked.force, asked.lang)
    if getattr(asked, "json", False):
        print_json(found.to_dict())
        if not asked.output:
            return found
    line = shlex.join(["jiju", command, *(word for word in argv if word != "--force")])
    print_tables(found.printed(line), asked, repr(found))
    return found


def draw(command: str, found: Any, path: Path, force: bool, lang: Lang) -> None:
    # Matplotlib takes a second to load, which tables do not need.
    from jiju import plot
    from jiju.plot import appearance, saving

    if command == "timing" and not len(found.profiles):
        ax = plot.timing(found, "start", lang=lang)
    else:
        ax = getattr(plot, DRAWN[command])(found, lang=lang)
    new_files.write_all({path: lambda file: saving.save(appearance.figure_of(ax), file)}, force)
