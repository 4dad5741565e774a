"""The options that `jiju.run` and `jiju.sweep` share, written once: their types, defaults and bounds."""

import inspect
import operator
import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, TypedDict, TypeVar

from jiju import _engine
from jiju.errors import UsageError
from jiju.inputs.scenario import Value
from jiju.languages import translated
from jiju.results.validation import nearest

Detail = Literal["targets", "yearly", "quarterly", "firms"]
# True: a bar on anything longer than a second; a function: called with the runs done and their number.
Progress = bool | Callable[[int, int], None]
Interrupt = Literal["return", "raise"]


class Options(TypedDict, total=False):
    """What the scenarios say holds where an option is None."""

    set: Mapping[str, Value] | None
    replicates: int | range | None
    replicates_per_draw: int | None
    seed: int | None
    threads: int | None
    executor: Any  # of concurrent.futures, a client of Dask, joblib.Parallel; None: this process
    parts: int | None
    record: Detail | None
    outputs: Sequence[str] | None
    panels: int | None
    precision: str | None
    failures: str | int
    shard: str | None
    output: str | os.PathLike[str] | None
    resume: bool
    force: bool
    checkpoint: float | None
    dry_run: bool
    progress: Progress
    on_interrupt: Interrupt


# The default of all others is None.
DEFAULTS: Options = {
    "failures": "continue", "resume": False, "force": False, "dry_run": False, "progress": True,
    "on_interrupt": "return",
}  # fmt: skip

MOST_SECONDS = 86400

Function = TypeVar("Function", bound=Callable[..., Any])


def shows_options(function: Function) -> Function:
    """For `help` and notebooks: each option by name, in place of **options."""
    own = inspect.signature(function)
    kept = [each for each in own.parameters.values() if each.kind is not inspect.Parameter.VAR_KEYWORD]
    shown = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=DEFAULTS.get(name), annotation=kind)
        for name, kind in Options.__annotations__.items()
    ]
    function.__signature__ = own.replace(parameters=[*kept, *shown])  # type: ignore[attr-defined]
    return function


def completed(function: str, given: Options) -> Options:
    """All options, those that are not given by their defaults."""
    known = Options.__annotations__
    for name in given:
        if name not in known:
            raise TypeError(translated(
                "{function}() got an unexpected keyword argument {name!r}{nearest}",
                function=function, name=name, nearest=nearest(name, known),
            ))
    nothing: Any = dict.fromkeys(known)
    complete: Options = nothing | DEFAULTS | given
    return complete


def engine_options(asked: Options) -> _engine.Options:
    """Complete options as the engine takes them; UsageError or TypeError where they make no sense."""
    replicates, outputs, output, checkpoint = (
        asked["replicates"], asked["outputs"], asked["output"], asked["checkpoint"]
    )  # fmt: skip
    check(asked)
    options = _engine.Options()
    if isinstance(replicates, range):
        options.range = (replicates.start, replicates.stop)
    else:
        options.replicates = whole("replicates", replicates)
    options.replicates_per_draw = whole("replicates_per_draw", asked["replicates_per_draw"])
    options.seed, options.threads = whole("seed", asked["seed"]), whole("threads", asked["threads"], 31)
    options.detail, options.panels = asked["record"], whole("panels", asked["panels"])
    options.outputs = None if outputs is None else ",".join(outputs)
    options.precision, options.shard = asked["precision"] or "", asked["shard"] or ""
    options.failures = str(asked["failures"])
    options.output = "" if output is None else os.fspath(output)
    options.resume, options.force, options.checkpoint = asked["resume"], asked["force"], checkpoint
    return options


def check(asked: Options) -> None:
    """What Python alone can know to be wrong; the rest the engine checks."""
    replicates, seed, checkpoint = asked["replicates"], asked["seed"], asked["checkpoint"]
    if isinstance(asked["outputs"], str):
        raise TypeError(translated("outputs takes a list of names, such as [{asked!r}]", asked=asked["outputs"]))
    if asked["resume"] and asked["output"] is None:
        raise UsageError(translated("resume needs output, the file to continue"))
    if asked["shard"] and asked["output"] is None:
        raise UsageError(translated(
            "shard needs output, the file to write; replicates=range(first, end) needs none"
        ))
    if asked["parts"] is not None and asked["executor"] is None:
        raise UsageError(translated("parts needs executor, whose workers simulate a part each"))
    if asked["resume"] and asked["force"]:
        raise UsageError(translated("resume continues what force would throw away: give one of them"))
    if isinstance(replicates, range) and replicates.step != 1:
        raise UsageError(translated(
            "replicates = {replicates}: a part of a run has no gaps, its step is 1",
            replicates=replicates,
        ))
    if isinstance(seed, int) and seed >= 2**63:
        raise UsageError(translated(
            "seed = {seed}: allowed are 0 to {value}, the largest whole number a scenario can hold",
            seed=seed, value=2 ** 63 - 1,
        ))
    if checkpoint is not None and not 0 <= checkpoint <= MOST_SECONDS:
        raise UsageError(translated(
            "checkpoint = {checkpoint}: allowed are 0 to {MOST_SECONDS} seconds",
            checkpoint=checkpoint, MOST_SECONDS=MOST_SECONDS,
        ))


def whole(name: str, value: Any, bits: int = 63) -> int | None:
    """An integer that the engine can take; what it means there, the engine checks."""
    if value is None:
        return None
    try:
        number = operator.index(value)
    except TypeError:
        raise UsageError(translated("{name} = {value!r}: expected an integer", name=name, value=value)) from None
    if isinstance(value, bool) or not -(2**bits) <= number < 2**bits:
        raise UsageError(translated(
            "{name} = {value!r}: expected an integer below 2^{bits}",
            name=name, value=value, bits=bits,
        ))
    return number
