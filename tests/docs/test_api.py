"""Every public name of the package has an example, the example runs as it stands, and the site has a page for each.

Examples run in one folder with the files that the first page of the reference tells a reader to make, on fewer
replicates. Those that take minutes on the flagship run on the tutorial's small city, with its own base; those that
even so would take too long are compiled alone, with the reason in COMPILED.
"""

import ast
import re
import sys
import textwrap

import matplotlib
import matplotlib.pyplot as plt
import pytest
from test_examples import ROOT, shell, smaller

import jiju

sys.path.append(str(ROOT / "tools" / "site"))

from docstrings import EXAMPLE, columns
from reference import COMMANDS, definition, grouped, public_names

NAMES = public_names()
# Not run here, and why.
COMPILED = {
    "jiju.explore": "needs the built page; tests/analysis/test_explore.py opens one",
    "jiju.calibrate": "minutes; tests/analysis/test_calibrate_command.py runs it on fewer points",
    "jiju.trial": "minutes; tests/analysis/test_trials.py runs it",
    "jiju.plot.failing": "regions need hundreds of draws; tests/analysis/test_robust.py and test_gallery.py",
}
# Slow on the flagship: the small city and its base stand in for plan and status quo.
SMALL = {f"jiju.{name}" for name in ("ablate", "attribute", "equal", "evaluate", "factorial", "frontier", "open_plan",
                                     "optimise", "reach", "robust", "screen", "timing")} | {
    f"jiju.plot.{name}" for name in ("attribution", "equal", "frontier", "regret", "screen", "solution",
                                  "timing", "waterfall")}  # fmt: skip
CHEAPER = [(r"\bpoints=\d+", "points=16"), (r"trajectories=\d+", "trajectories=2"), (r"compared=\d+", "compared=12"),
           (r"judged=\d+", "judged=12")]  # fmt: skip


def example(name):
    """The code below `Example:` in the docstring of a public name."""
    text = ast.get_docstring(definition(name, NAMES[name]))
    found = EXAMPLE.search(text or "")
    return textwrap.dedent(found[1]) if found else None


def less(code, name):
    for pattern, replacement in CHEAPER:
        code = re.sub(pattern, replacement, code)
    if name in SMALL:
        code = code.replace('"shaoxing-2011/plan"', '"tutorial/river-city"')
        code = code.replace('"shaoxing-2011/status-quo"', "river_base")
    code = smaller(code)
    return code.replace("replicates=12", "replicates=40") if "jiju.robust(" in code else code  # 20 draws at least


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where a reader of the reference works."""
    place = tmp_path_factory.mktemp("reference")
    for command in COMMANDS.splitlines():
        few = "--replicates=3" if "--record firms" in command else "--replicates=12"
        shell(re.sub(r"--replicates \d+", few, command.removeprefix("$ ")), place)
    return place


@pytest.fixture(scope="module")
def river_base():
    base = jiju.Scenario.load("tutorial/river-city").copy(key="base")
    base.set({"levers.platforms.budget": 0, "levers.special_fund.budget": 0, "levers.land_guarantee.effort": 0})
    return base


def test_every_public_name_is_known():
    names = {name.removeprefix("jiju.") for name in NAMES if name.count(".") == 1}
    assert names == set(jiju.__all__) - {"plot", "__version__"}
    assert {name.removeprefix("jiju.plot.") for name in NAMES if name.count(".") == 2} == set(jiju.plot.__all__)


def test_the_reference_has_a_place_for_every_name():
    assert [name for names in grouped().values() for name in names if name not in NAMES] == []
    assert sum(len(names) for names in grouped().values()) == len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_has_an_example_that_uses_it(name):
    code = example(name)
    assert code, f"{name}: write `Example:` and a few indented lines at the end of its docstring"
    compile(code, name, "exec")
    assert re.search(rf"\b{re.escape(name)}\b|\bproblem in error\.problems\b", code)


# Half a minute that tests/analysis/test_report.py takes as well.
LONG = {"jiju.report"}
RUN = [pytest.param(name, marks=pytest.mark.long if name in LONG else ()) for name in NAMES if name not in COMPILED]


@pytest.mark.parametrize("name", RUN)
def test_the_example_runs(name, folder, river_base, monkeypatch):
    monkeypatch.chdir(folder)
    matplotlib.use("Agg")
    exec(compile(less(example(name), name), name, "exec"), {"jiju": jiju, "river_base": river_base})
    plt.close("all")
    for made in ("best.toml", "industries.csv", "replication.zip", "for-referee.zip", "targets-zh.docx"):
        (folder / made).unlink(missing_ok=True)


def test_reasons_not_to_run_are_of_names_that_there_are():
    assert {*COMPILED, *SMALL, *LONG} <= set(NAMES)


def test_columns_of_a_docstring_become_a_list_and_text_stays_text():
    assert columns("first  what it does\ntotal  what it does\n       together") == (
        "\n- **first**: what it does\n- **total**: what it does together")
    text = "A sentence. Another one,\nwhich goes on."
    assert columns(text) == text
