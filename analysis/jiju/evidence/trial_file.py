"""The grammar of trial files (docs/trials.md): what a file of experiments says, read and checked before anything runs.

The package's own catalogue, trials.toml, is such a file.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jiju.errors import UsageError
from jiju.evidence.experiments import ALL, GONE, Group, Outcome, Trial, Years
from jiju.inputs import tables
from jiju.inputs.scenario import Scenario, Value
from jiju.languages import translated
from jiju.reading.table_reader import Reader, is_number, text_of
from jiju.results import panels
from jiju.runs.runner import Arm

ESTIMATORS = ("difference", "difference_in_differences", "regression", "contrast")
AGGREGATES = ("mean", "total", "log_total", "relative_total")
AGREE = ("order", "sign", "none")
TRUST = ("found", "recalled", "judged")


@cache
def output_names() -> tuple[str, ...]:
    found = tables.outputs()
    return tuple(str(name) for name, row in found.iterrows() if "time" in row["dims"] and "target" not in row["dims"])


@cache
def column_names() -> tuple[str, ...]:
    return tuple(panels.columns())


def catalogue() -> dict[str, Trial]:
    """The package's own trials."""
    text = (files("jiju.evidence") / "trials.toml").read_text(encoding="utf-8")
    return parsed(text, "trials.toml", None)


def read(path: str | os.PathLike[str]) -> dict[str, Trial]:
    """The trials of a file, by key. UsageError with every mistake, each with its place and what would be right."""
    return parsed(text_of(path), os.fspath(path), Path(path).parent)


def parsed(text: str, name: str, folder: Path | None) -> dict[str, Trial]:
    reader = Reader(name)
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{name}: {error}") from None
    reader.known(tree, "", ("trials",))
    rows = reader.table(tree, "", "trials")
    if not rows and not reader.problems:
        reader.wrong("", translated("no trial; a trial is a table [trials.KEY]"))
    found = {key: _trial(reader, key, row, folder) for key, row in rows.items()}
    reader.finish()
    return found


def _trial(reader: Reader, key: str, row: Any, folder: Path | None) -> Trial:
    place = f"trials.{key}"
    row = reader.is_table(row, place)
    reader.known(row, place, ("row", "name", "name_zh", "arms", "times", "outcomes"))
    name = reader.text(row, place, "name", needed=True)
    given = enumerate(reader.items(row, place, "arms"))
    arms = tuple(_arm(reader, f"{place}.arms[{k}]", arm, folder) for k, arm in given)
    if len(arms) < 2:
        reader.wrong(f"{place}.arms", translated(
            "{arms} given; a trial has two arms at least, the one without it first",
            arms=len(arms),
        ))
    outcomes = reader.items(row, place, "outcomes")
    if not outcomes:
        reader.wrong(f"{place}.outcomes", translated("none; an outcome is a table [[trials.KEY.outcomes]]"))
    read = [_outcome(reader, f"{place}.outcomes[{k}]", each, len(arms)) for k, each in enumerate(outcomes)]
    known = [each.key for each in read if each.estimator != "contrast"]
    for k, each in enumerate(read):
        reader.among(list(each.contrast), f"{place}.outcomes[{k}].contrast", known, "outcomes")
        if [other.key for other in read].count(each.key) > 1:
            reader.wrong(f"{place}.outcomes[{k}].key", translated(
                "{key!r} is the key of another outcome as well",
                key=each.key,
            ))
    return Trial(
        key, name, reader.text(row, place, "name_zh", name), arms, tuple(read),
        row=reader.whole(row, place, "row", None, 0), times=reader.whole(row, place, "times", 1, 1) or 1,
    )  # fmt: skip


def _arm(reader: Reader, place: str, arm: Any, folder: Path | None) -> Arm:
    """A scenario by name or path, with settings over it, and values or whole priors that are multiplied."""
    if isinstance(arm, str):
        arm = {"scenario": arm}
    arm = reader.is_table(arm, place)
    reader.known(arm, place, ("scenario", "set", "multiply"))
    name = reader.text(arm, place, "scenario", needed=True)
    settings = dict(reader.table(arm, place, "set"))
    near = folder / name if folder and name else None
    scenario: Any = str(near) if near and near.suffix == ".toml" and near.exists() else name
    factors = reader.table(arm, place, "multiply")
    if name and factors:
        whole = Scenario.load(scenario)
        for key, factor in factors.items():
            if not is_number(factor):
                reader.wrong(f"{place}.multiply.{key}", translated(
                    "{factor!r}; wanted is a number",
                    factor=factor,
                ))
            elif key not in whole:
                reader.wrong(f"{place}.multiply", translated(
                    "the scenario {name} has no {key}",
                    name=name, key=key,
                ))
            else:
                settings[key] = multiplied(whole[key], factor)
    return Arm(scenario, settings)


def multiplied(value: Any, factor: float) -> Value:
    """A number so many times as large, or a prior of one, whose draws are then as many times as large."""
    if isinstance(value, Mapping) and "quantiles" in value:
        return {"quantiles": [[share, factor * item] for share, item in value["quantiles"]]}
    if isinstance(value, Mapping):
        return {part: item if isinstance(item, str) else factor * item for part, item in value.items()}
    return float(factor * value)


HOW = ("estimator", "of", "outcome", "base", "arm", "years", "before", "population", "treated", "net_of_base",
       "aggregate", "paired", "covariates", "fixed_effects", "weights", "where", "per", "relative_to",
       "contrast")  # fmt: skip
PUBLISHED = ("effect", "low", "high", "agree", "source", "trust")
# What an estimator cannot use.
OF_FIRMS = ("population", "treated", "net_of_base", "aggregate", "paired", "covariates", "fixed_effects", "weights")
OF_OUTPUTS = ("where", "per", "relative_to")


def _outcome(reader: Reader, place: str, row: Any, arms: int) -> Outcome:
    row = reader.is_table(row, place)
    reader.known(row, place, ("key", "name", "name_zh", *HOW, *PUBLISHED))
    name = reader.text(row, place, "name", needed=True)
    estimator = reader.word(row, place, "estimator", ESTIMATORS, needed=True)
    of = reader.word(row, place, "of", ("firms", "outputs"), "firms")
    aggregate = reader.word(row, place, "aggregate", AGGREGATES, "mean")
    population = row.get("population", "")
    if not isinstance(population, str):
        population = _group(reader, f"{place}.population", population, arms)
    found = Outcome(
        key=reader.text(row, place, "key", needed=True), name=name, name_zh=reader.text(row, place, "name_zh", name),
        estimator=estimator, of=of,
        outcome=reader.text(row, place, "outcome", needed=estimator != "contrast"),
        base=_place(reader, row, place, "base", 0, arms), arm=_place(reader, row, place, "arm", arms - 1, arms),
        years=_years(reader, f"{place}.years", row.get("years", ALL)),
        before=_years(reader, f"{place}.before", row["before"]) if "before" in row else None,
        population=population,
        treated=_group(reader, f"{place}.treated", row["treated"], arms) if "treated" in row else None,
        net_of_base=reader.switch(row, place, "net_of_base", False), aggregate=aggregate,
        paired=reader.switch(row, place, "paired", aggregate == "mean"),
        covariates=tuple(reader.texts(row, place, "covariates")),
        fixed_effects=tuple(reader.texts(row, place, "fixed_effects")),
        weights=reader.text(row, place, "weights"),
        where={dim: (keys,) if isinstance(keys, str) else tuple(keys) for dim, keys in
               reader.table(row, place, "where").items()},
        per=reader.text(row, place, "per"), relative_to=reader.whole(row, place, "relative_to", None, 0),
        contrast=reader.table(row, place, "contrast"),
        effect=reader.number(row, place, "effect"), low=reader.number(row, place, "low"),
        high=reader.number(row, place, "high"), agree=reader.word(row, place, "agree", AGREE),
        source=reader.text(row, place, "source"), trust=reader.word(row, place, "trust", TRUST),
    )  # fmt: skip
    _check(reader, place, row, found)
    return found


def _check(reader: Reader, place: str, row: Mapping[str, Any], found: Outcome) -> None:
    """What only fits together or does not."""
    contrast, firms = found.estimator == "contrast", found.of == "firms"
    if contrast and not found.contrast:
        wanted = translated("other outcomes with their weights, as { large = 1, small = -1 }")
        reader.wrong(f"{place}.contrast", translated("not given; wanted are {wanted}", wanted=wanted))
    refused = [word for word in HOW[1:-1] if word in row] if contrast else [
        *(word for word in (OF_OUTPUTS if firms else OF_FIRMS) if word in row),
        *(["contrast"] if found.contrast else []),
    ]  # fmt: skip
    for word in refused:
        why = translated("an outcome that is a contrast of others") if contrast else translated(
            "an outcome of {of}",
            of=found.of,
        )
        reader.wrong(f"{place}.{word}", translated("has no meaning for {why}", why=why))
    if contrast:
        return _published(reader, place, row, found)
    columns, what = (column_names(), "columns") if firms else (output_names(), "outputs")
    for text in found.formulas():
        reader.formula(place, text, columns, what)
    if found.estimator == "difference_in_differences" and found.before is None:
        reader.wrong(f"{place}.before", translated(
            "not given; wanted are the years before, with which `years` are compared"
        ))
    if found.estimator == "difference" and found.before is not None:
        reader.wrong(f"{place}.before", translated(
            "has no meaning for \"difference\"; did you mean \"difference_in_differences\"?"
        ))
    if found.estimator == "regression" and not (firms and found.treated):
        reader.wrong(f"{place}.treated", translated(
            "not given; a regression is one of firms on who was treated"
        ))
    if found.estimator == "difference_in_differences" and firms and not found.treated:
        reader.wrong(f"{place}.treated", translated(
            "not given; wanted is who was treated, and the others are compared with them"
        ))
    if found.aggregate != "mean" and found.estimator != "difference":
        reader.wrong(f"{place}.aggregate", translated(
            "{aggregate!r} is for \"difference\"; others compare means",
            aggregate=found.aggregate,
        ))
    if found.outcome == GONE and (found.estimator == "regression" or found.aggregate != "mean"):
        reader.wrong(f"{place}.outcome", translated(
            "\"{GONE}\" is compared as a mean, by \"difference\"",
            GONE=GONE,
        ))
    if found.treated and len(found.treated.treatments) > 1 and found.estimator != "regression":
        reader.wrong(f"{place}.treated.treatments", translated(
            "several; only \"regression\" tells them apart and adds them up"
        ))
    if found.aggregate.endswith("total") and found.treated and not found.net_of_base and found.aggregate != "total":
        reader.wrong(f"{place}.net_of_base", translated(
            "wanted is true: {aggregate!r} compares firms with the base",
            aggregate=found.aggregate,
        ))
    _published(reader, place, row, found)


def _published(reader: Reader, place: str, row: Mapping[str, Any], found: Outcome) -> None:
    if "effect" in row and not found.agree:
        reader.wrong(f"{place}.agree", translated("not given; can be {AGREE}", AGREE=", ".join(AGREE)))
    if "effect" not in row:
        for word in PUBLISHED[1:]:
            if word in row:
                reader.wrong(f"{place}.{word}", translated(
                    "given without `effect`; an outcome without one is not judged"
                ))
    if found.effect == 0 and found.agree in ("order", "sign"):
        wanted = translated("\"none\" may be meant")
        reader.wrong(f"{place}.agree", translated(
            "{agree!r} asks for a sign, which an effect of 0 has not; {wanted}",
            agree=found.agree, wanted=wanted,
        ))


def _place(reader: Reader, row: Mapping[str, Any], place: str, word: str, standard: int, arms: int) -> int:
    number = reader.whole(row, place, word, standard, 0)
    if number is not None and number >= max(arms, 1):
        reader.wrong(f"{place}.{word}", translated(
            "{number}; the arms are numbered from 0 to {value}",
            number=number, value=arms - 1,
        ))
    return standard if number is None else number


def _years(reader: Reader, place: str, given: Any) -> Years:
    if given == ALL:
        return Years()
    if isinstance(given, Mapping):
        right = all(str(year).isdigit() and is_number(weight) for year, weight in given.items())
        if right and given:
            return Years(weights={int(year): float(weight) for year, weight in given.items()})
    else:
        listed = given if isinstance(given, Sequence) and not isinstance(given, str) else [given]
        if listed and all(isinstance(year, int) and not isinstance(year, bool) for year in listed):
            return Years(together=tuple(listed))
    wanted = translated(
        "a year, a list of years, \"{ALL}\", or weights such as {{ 2013 = -1, 2015 = 1 }}",
        ALL=ALL,
    )
    reader.wrong(place, translated("{given!r}; wanted is {wanted}", given=given, wanted=wanted))
    return Years()


def _group(reader: Reader, place: str, given: Any, arms: int) -> Group:
    row = reader.is_table(given, place)
    reader.known(row, place, ("where", "years", "arm", "treatments", "lot", "without"))
    ways = [word for word in ("where", "treatments", "lot") if word in row]
    if len(ways) != 1:
        reader.wrong(place, translated(
            "{value} given; wanted is one of where, treatments, lot",
            value=translated(" and ").join(ways) or translated("nothing"),
        ))
    years = _years(reader, f"{place}.years", row.get("years", ALL))
    if years.weights:
        reader.wrong(f"{place}.years", translated("weights; wanted is a year or a list of years"))
    return Group(
        reader.text(row, place, "where"), years.together, _place(reader, row, place, "arm", 0, arms),
        tuple(reader.texts(row, place, "treatments")), reader.text(row, place, "lot"),
        _group(reader, f"{place}.without", row["without"], arms) if "without" in row else None,
    )  # fmt: skip
