"""Futures: what plans are held against besides the draws of their parameters. A future is a few settings over every
plan and the base: another macro path, weak evidence left out, every pessimistic assumption at its worst.

    NAME=KEY=VALUE    one setting, as `--set` takes it; the same NAME again adds to it
    NAME=FILE         a file of settings; of one that extends a scenario, only what it sets itself
    NAME              futures that the scenarios themselves name, below

    macro             each macro path of the base's scenario but its own
    evidence          without components of grade D; of grades C and D
    optimistic        what `optimistic.toml` beside the base sets: the pessimistic mechanisms off
    pessimistic       what that file sets to a value which the base holds for uncertain, at the other end of its prior
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jiju.errors import FileError, ScenarioError, UsageError
from jiju.inputs.scenario import Scenario, Value
from jiju.languages import translated
from jiju.results import validation
from jiju.runs.runner import nested

OPTIMISTIC = "optimistic.toml"


@dataclass(frozen=True)
class Future:
    """Names in both languages, and what is set in every scenario."""

    key: str
    name: str
    name_zh: str
    settings: Mapping[str, Value] = field(default_factory=dict)

    def scenario(self, given: Scenario) -> Scenario:
        """ScenarioError, which names the future, where its settings do not fit."""
        found = given.copy()
        try:
            for table, values in nested(self.settings).items():
                found[table] = values
        except ScenarioError as error:
            raise ScenarioError(
                translated("in the future {future!r}: {error}", future=self.key, error=error), error.problems
            ) from None
        return found


AS_DRAWN = Future("as drawn", "As drawn", "按抽样")
Asked = Sequence[str] | Mapping[str, Mapping[str, Any] | str | os.PathLike[str]]


def futures_of(asked: Asked, base: Scenario) -> list[Future]:
    """The future as drawn, and those that are asked for, in words or as a mapping from names to settings or files."""
    found: dict[str, Future] = {AS_DRAWN.key: AS_DRAWN}
    if isinstance(asked, Mapping):
        for name, given in asked.items():
            settings = flat(given) if isinstance(given, Mapping) else of_file(given)
            found[name] = Future(name, name, name, dict(settings))
        return list(found.values())
    for words in asked:
        name, equals, rest = words.partition("=")
        if not equals:
            found |= {future.key: future for future in of_scenarios(words, base)}
            continue
        if not name or not rest:
            raise UsageError(translated(
                "{words!r} is no future: expected NAME=KEY=VALUE, NAME=FILE or one of {known}", words=words,
                known=", ".join(OF_SCENARIOS),
            ))  # fmt: skip
        key, equals, value = rest.partition("=")
        more = {key: value_of(value)} if equals else of_file(rest)
        before = found[name].settings if name in found else {}
        found[name] = Future(name, name, name, {**before, **more})
    return list(found.values())


def value_of(word: str) -> Value:
    """As TOML, or the word itself, as `--set` has it."""
    try:
        found: Value = tomllib.loads(f"value = {word}")["value"]
    except tomllib.TOMLDecodeError:
        return word
    return found


def flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Value]]:
    """Dotted keys and values; of a schedule or an uncertain value each part, which `nested` puts together again."""
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def of_file(name: str | os.PathLike[str]) -> dict[str, Value]:
    """The settings of a file; what it extends, includes and is called is no setting."""
    path = Path(name)
    if not path.exists():
        path = Path(Scenario.load(name)._engine.path)  # a bare name
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise FileError(translated("{path}: {problem}", path=path, problem=problem)) from None
    for key in ("extends", "include"):
        table.pop(key, None)
    found = dict(flat(table))
    for key in ("name", "name_zh"):
        found.pop(f"scenario.{key}", None)
    if not found:
        raise UsageError(translated("{path} sets nothing", path=path))
    return found


def of_scenarios(name: str, base: Scenario) -> list[Future]:
    if name not in OF_SCENARIOS:
        raise UsageError(
            translated("no future {name!r}; give its settings, as NAME=KEY=VALUE", name=name)
            + validation.nearest(name, OF_SCENARIOS)
        )
    return OF_SCENARIOS[name](base)


def macro_paths(base: Scenario) -> list[Future]:
    tables = base.to_dict()
    others = {key: row for key, row in tables["macro"].items() if key != tables["scenario"]["macro"]}
    if not others:
        raise UsageError(translated("the base's scenario has one macro path only"))
    return [Future(key, row.get("name") or key, row.get("name_zh") or key, {"scenario.macro": key})
            for key, row in others.items()]  # fmt: skip


def evidence(_: Scenario) -> list[Future]:
    without = {f"switches.grade_{grade}": False for grade in "CD"}
    weakest = {"switches.grade_D": False}
    return [Future("without D", "Without evidence of grade D", "去除D级证据", weakest),
            Future("without C, D", "Without evidence of grades C and D", "去除C、D级证据", without)]  # fmt: skip


def pessimistic_switches(base: Scenario) -> dict[str, Value]:
    """What the optimistic case beside the base sets: the list of the pessimistic mechanisms."""
    path = Path(base._engine.path).parent / OPTIMISTIC
    if not path.exists():
        raise UsageError(translated(
            "{base}: no {OPTIMISTIC} stands beside it to say what is pessimistic; name a file of settings, as "
            "NAME=FILE",
            base=base.key, OPTIMISTIC=OPTIMISTIC,
        ))  # fmt: skip
    return of_file(path)


def optimistic(base: Scenario) -> list[Future]:
    return [Future("optimistic", "Pessimistic mechanisms off", "关闭悲观机制", pessimistic_switches(base))]


def pessimistic(base: Scenario) -> list[Future]:
    """Each uncertain value at the end of its prior (its 5 or 95 % quantile) that lies further from the optimistic
    one."""
    worst: dict[str, Value] = {}
    for key, good in pessimistic_switches(base).items():
        held = base[key] if key in base else None
        if isinstance(held, Mapping) and {"low", "high"} <= held.keys() and isinstance(good, int | float):
            worst[key] = max((held["low"], held["high"]), key=lambda end: abs(end - good))
    if not worst:
        raise UsageError(translated("{base} holds nothing of {OPTIMISTIC} for uncertain",
                                    base=base.key, OPTIMISTIC=OPTIMISTIC))  # fmt: skip
    return [Future("pessimistic", "Pessimistic mechanisms at their worst", "悲观机制取最不利值", worst)]


OF_SCENARIOS: dict[str, Callable[[Scenario], list[Future]]] = {
    "macro": macro_paths, "evidence": evidence, "optimistic": optimistic, "pessimistic": pessimistic,
}  # fmt: skip
