"""The commands of `jiju` that answer at once, as functions of the same names; what they print comes back as objects."""

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import xarray as xr

from jiju import _engine
from jiju.inputs.scenario import Scenario, ScenarioLike, Value, toml_of
from jiju.results import files

Topic = Literal[
    "scenarios", "scenario", "keys", "industries", "fields", "places", "clusters", "firms", "macro", "purses",
    "targets", "levers", "industry", "field", "place", "cluster", "firm", "path", "purse", "target", "lever",
    "parameters", "parameter", "channels", "outputs", "panel",
]  # fmt: skip
FAILED_CHECK = 4  # the exit code of `jiju verify` where a check fails


def _answer(*words: str) -> Any:
    _, text = _engine.answer([word for word in words if word])
    return json.loads(text)


def show(path: str | os.PathLike[str]) -> dict[str, Any]:
    """The table of targets of a results file, as `jiju show --json` tells it: by scenario its targets, the largest gap
    first, groups of targets, purses that were short, and warnings. `pandas.DataFrame(found["scenarios"][0]["targets"])`
    is the table.

    Example:

        import pandas as pd

        first = jiju.show("both.h5")["scenarios"][0]
        pd.DataFrame(first["targets"])[["key", "name", "probability"]]
    """
    found: dict[str, Any] = _answer("show", "--json", os.fspath(path))
    return found


def verify(path: str | os.PathLike[str], *, sample: int = 5, seed: int | None = None) -> pd.DataFrame:
    """Checks a results file, and runs a sample of its replicates again: a check a row, with `holds` and what was seen.

    `verify(path).holds.all()` says whether the file can be trusted. `seed` draws the same sample again.

    Example:

        checks = jiju.verify("both.h5", sample=3)              # three replicates are simulated again
        assert checks.holds.all()
    """
    words = ["verify", "--json", "--sample", str(sample), *(["--seed", str(seed)] if seed is not None else [])]
    found = _answer(*words, os.fspath(path))
    table = pd.DataFrame(found["checks"]).set_index("check")
    table.attrs.update({key: value for key, value in found.items() if key != "checks"})
    return table


def replay(
    path: str | os.PathLike[str],
    replicate: int,
    *,
    scenario: str | None = None,
    output: str | os.PathLike[str] | None = None,
    force: bool = False,
) -> xr.Dataset:
    """One replicate of a results file again, firm by firm, of all its scenarios or of one; as a file where `output`
    names it, else in memory.

    Example:

        firms = jiju.replay("both.h5", 7, scenario="plan")     # the replicate in which something odd happened
        jiju.firms(firms).nlargest(5, "sales")
    """
    words = ["replay", "--replicate", str(replicate), *(["--scenario", scenario] if scenario else [])]
    if output is not None:
        _engine.answer([*words, *(["--force"] if force else []), "--output", os.fspath(output), os.fspath(path)])
        return files.open(output)
    with tempfile.TemporaryDirectory(prefix="jiju-") as folder:
        where = Path(folder) / "replay.h5"
        _engine.answer([*words, "--output", os.fspath(where), os.fspath(path)])
        with files.open(where) as data:
            return data.load()


def validate(scenario: ScenarioLike, *, set: Mapping[str, Value] | None = None) -> str:
    """What `jiju validate` says of a scenario that is right; ScenarioError tells everything that is wrong with it.

    Example:

        jiju.validate("shaoxing-2011/plan", set={"levers.special_fund.budget": 4})
        try:
            jiju.validate("shaoxing-2011/plan", set={"levers.special_fund.budgte": 4})
        except jiju.ScenarioError as error:
            print(error)                                       # where, what is wrong, and the nearest name
    """
    if isinstance(scenario, Scenario):
        changed = scenario.copy()
        changed.set(set or {})
        with tempfile.TemporaryDirectory(prefix="jiju-") as folder:
            where = Path(folder) / f"{Path(scenario.key).name or 'scenario'}.toml"
            changed.save(where)
            return _engine.answer(["validate", os.fspath(where)])[1].replace(f"{where}: ", "", 1)
    words = [word for key, value in (set or {}).items() for word in ("--set", f"{key}={toml_of(value)}")]
    return _engine.answer(["validate", *words, "--", os.fspath(scenario)])[1]


def describe(
    topic: Topic, scenario: str | os.PathLike[str] | None = None, *, name: str | None = None
) -> dict[str, Any]:
    """What `jiju describe --json` says of a topic.

    `name` is of one lever, parameter, place …, with a topic in the singular, as in
    `jiju.describe("lever", name="special_fund")`. The tables `jiju.levers()`, `jiju.parameters()` and so on show the
    same.

    Example:

        fund = jiju.describe("lever", name="special_fund")
        scenarios = jiju.describe("scenarios")
    """
    words = [os.fspath(word) for word in (name, scenario) if word is not None]
    found: dict[str, Any] = _answer("describe", "--json", topic, *words)
    return found


def list() -> dict[str, Any]:
    """What `jiju list --json` says: the scenarios and designs there are, with their names in both languages.

    Example:

        names = [each["key"] for each in jiju.list()["scenarios"]]
    """
    found: dict[str, Any] = _answer("list", "--json")
    return found


def schema() -> dict[str, Any]:
    """The JSON Schema of scenarios, for editors.

    Example:

        import json
        from pathlib import Path

        Path("schema.json").write_text(json.dumps(jiju.schema()))
    """
    found: dict[str, Any] = _answer("schema")
    return found
