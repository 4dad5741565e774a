"""Every command and every TOML and Python example of the pages for users runs, on fewer replicates.

The blocks of a page are run in order in one folder, Python in one session, as a reader would follow them. What a page
takes for granted stands in GIVEN, what is made smaller in SMALLER, what is left out in LEFT_OUT with its reason. Pages
that other tests follow are left to tools/check_long, which runs every command as it stands, in a process of its own.
"""

import contextlib
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import matplotlib
import matplotlib.pyplot
import pytest

from jiju import _engine

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "tests" / "cli"))

from jiju_command import within  # noqa: E402

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "docs" / "how-to").glob("*.md"))]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
RUN = {"console", "csv", "toml", "python"}
TEXT = {"", "text", "json"}  # formats and outputs, which nobody runs

LEFT_OUT = {
    r"^jiju submit": "needs more replicates than examples are run on; tests/analysis/test_submit.py",
    r"^million\.h5\.snakemake/": "starts Snakemake; tests/partners/test_snakemake.py",
    r"^(tools/build_wheels|apptainer|\./jiju\.sif)": "builds wheels and an image; tools/check_apptainer",
    r"^\./tools/(run|test)": "installs packages, builds and tests everything",
    r"jupyter lab": "a server that waits for a browser; the notebooks are executed by tests/analysis",
    r"^jiju ablate": "minutes; tests/analysis/test_ablate.py runs the command on fewer arms",
    r"^jiju explore": "a server that waits for a browser; tests/analysis/test_explore.py and web/app/test",
    r"^tools/build-web": "installs packages and builds the page",
    r"^jiju calibrate": "minutes; tests/analysis/test_calibrate_command.py runs the command on fewer points",
    r"^jiju trial --all": "minutes; tests/analysis/test_trials.py runs the command on one trial",
    r"^jiju (optimise|reach|frontier|equal)": "minutes; tests/analysis/test_decisions.py runs them on a small city",
    r"^jiju estimate": "minutes; tests/analysis/test_estimate.py runs the command on a small city",
    r"jiju\.optimise\(|best\.scenario": "minutes; the same",
    r"^jiju (timing|screen)": "minutes; tests/analysis/test_timing.py and test_screen.py run them on a small city",
    r"^jiju robust": "minutes; tests/analysis/test_robust.py runs it on a small city",
    r"jiju\.(plot\.)?(timing|screen)\(|found\.profiles": "minutes; the same",
    r"jiju\.attribute\(": "thousands of runs; tests/analysis/test_attribute.py",
    r"jiju\.(morris|sobol)\(": "thousands of runs; tests/analysis/test_sensitivity.py",
    r"^tools/build-web|--live$": "builds the application; tests/analysis/test_report.py puts a page inside",
    r"--ablation effects\.csv": "needs what minutes of jiju ablate write; the same",
    r"problem\.salib\(\)": "needs a sample of one's own and packages that are optional",
}

SMALLER = [
    (r"replicates=\d+", "replicates=12"),
    (r"--replicates \d+", "--replicates 12"),
    (r"--panels \d+", "--panels 2"),
    (r"panels=\d+", "panels=2"),
    (r"/16\b", "/2"),
    (r"--array=1-16\b", "--array=1-2"),
    (r"--replicate \d+", "--replicate 7"),
]

# Files that a page's reader has, and names that its Python session has: code run before the page's own.
GIVEN_FILES = {
    "plan.toml": 'extends = "scenarios/shaoxing-2011/plan.toml"\n',
    "my-city.toml": 'extends = "scenarios/tutorial/river-city.toml"\n',
}
GIVEN = {
    "output_format.md": "$ jiju run shaoxing-2011/plan --replicates 12 --record firms --panels 4 --quiet -o plan.h5\n"
    "import jiju\nimport numpy as np\npath = 'plan.h5'\ndata = jiju.open(path)\n",
    "analysis.md": "import jiju\n",
    "decisions.md": "import jiju\n",
    "trust.md": "import jiju\n",
}


def examples(page):
    for language, body in FENCE.findall(page.read_text(encoding="utf-8")):
        assert language in RUN | TEXT, f"{page.name}: a block of {language}, which this test does not know"
        if language in RUN:
            yield language, body


def commands(body):
    """The lines after each prompt, joined where they continue."""
    lines = re.sub(r"\\\n\s*", "", body).splitlines()
    assert lines and lines[0].startswith("$ "), f"a console block begins without a prompt: {body}"
    return [line[2:] for line in lines if line.startswith("$ ")]


def smaller(text):
    for pattern, less in SMALLER:
        text = re.sub(pattern, less, text)
    return text


def is_left_out(text):
    return any(re.search(pattern, text) for pattern in LEFT_OUT)


# Where no scheduler is installed: the tasks of an array, one after another.
SBATCH = """#!/usr/bin/env bash
while (($#)); do
    case $1 in
    --array=*) IFS=- read -r first last <<<"${1#--array=}" ;;
    --wrap) wrapped=$2 && shift ;;
    esac
    shift
done
for ((task = first; task <= last; ++task)); do SLURM_ARRAY_TASK_ID=$task bash -c "$wrapped" || exit; done
"""


# Commands written in Python run within this process, unless tools/check_long wants them as a reader types them.
AS_TYPED = "JIJU_AS_TYPED" in os.environ


def words_within(command):
    """The words of a command that needs neither a shell nor a process of its own; else None."""
    lexer = shlex.shlex(command, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    words = list(lexer)
    plain = words[0] == "jiju" and not any(re.search(r"^[()<>|&;]+$|[$*~`]", word) for word in words)
    return words[1:] if plain and _engine.words_for_python(words[1:]) is not None else None


def shell(command, folder):
    """A command as a reader types it."""
    words = None if AS_TYPED else words_within(smaller(command))
    if words is not None:
        with contextlib.chdir(folder):
            result = within(words)
        assert result.returncode == 0, f"$ {smaller(command)}\n{result.stdout[-500:]}{result.stderr}"
        return
    environment = os.environ | {
        "PATH": f"{ROOT / '.venv' / 'bin'}:{folder / 'bin'}:{os.environ['PATH']}",
        "MPLBACKEND": "agg",
    }
    result = subprocess.run(
        ["bash", "-c", smaller(command)], cwd=folder, env=environment, capture_output=True, text=True, timeout=300
    )
    assert result.returncode == 0, f"$ {smaller(command)}\n{result.stdout[-500:]}{result.stderr}"


def session(code, names):
    """Statements one after another; those left out are skipped, a bare expression is shown as a notebook does."""
    lines = [line for line in smaller(code).splitlines() if not is_left_out(line)]
    exec(compile("\n".join(lines), "example", "exec"), names)


# Files that a page shows and that its commands then read.
SHOWN = {"trials": "my-trial.toml", "facts": "my-facts.toml"}


def check_toml(body, folder):
    """A design is swept, a scenario or a part of one is validated as what one adds to a scenario of one's own; a file
    of trials or facts, and one whose first line tells its name, is kept for the commands that follow."""
    table = tomllib.loads(body)
    if named := re.match(r"# ([\w-]+\.toml)\n", body):
        return (folder / named.group(1)).write_text(body, encoding="utf-8")
    for kind, name in SHOWN.items():
        if kind in table:
            return (folder / name).write_text(body, encoding="utf-8")
    if "method" in table:
        place = folder / "scenarios" / "shaoxing-2011" / "designs" / "example.toml"
        place.write_text(body, encoding="utf-8")
        return shell(f"jiju sweep {place} --replicates 2 --quiet", folder)
    if "base" in table:
        (folder / "my-calibration.toml").write_text(body, encoding="utf-8")
        return shell("jiju calibrate my-calibration.toml --points 12 --jobs 2 -o fitted.toml --page fitted.md", folder)
    if "extends" not in table:
        body = 'extends = "scenarios/shaoxing-2011/plan.toml"\n' + body
    (folder / "example.toml").write_text(body, encoding="utf-8")
    shell("jiju validate example.toml", folder)


@pytest.fixture
def reader(tmp_path, monkeypatch):
    """A folder with the files that a reader of the pages has, and in it."""
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    (tmp_path / "tests").symlink_to(ROOT / "tests")
    for name, text in GIVEN_FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "sbatch").write_text(SBATCH, encoding="utf-8")
    (tmp_path / "bin" / "sbatch").chmod(0o755)
    monkeypatch.chdir(tmp_path)
    matplotlib.use("Agg")
    yield tmp_path
    matplotlib.pyplot.close("all")


def csv_name(body):
    """What a page calls its table: series by year are a history, rows with names firms, others what was observed."""
    return {"year": "history.csv", "name": "firms.csv"}.get(body.split(",")[0], "observed.csv")


# What is done on these pages is done by others as well.
FOLLOWED = {
    "change-a-policy.md": "test_tasks.py", "sweep.md": "test_tasks.py", "own-target.md": "test_tasks.py",
    "own-city.md": "test_tasks.py", "compare.md": "test_tasks.py", "report.md": "tests/analysis/test_report.py",
    "hand-over.md": "tests/analysis/test_export.py, test_printed.py and test_hand_over.py",
}  # fmt: skip
CASES = [pytest.param(page, marks=pytest.mark.long if page.name in FOLLOWED else (), id=page.name)
         for page in PAGES if any(examples(page))]  # fmt: skip


@pytest.mark.parametrize("page", CASES)
def test_examples_of_the_page_run(page, reader):
    names = {}
    given = GIVEN.get(page.name, "").splitlines()
    for command in [line[2:] for line in given if line.startswith("$ ")]:
        shell(command, reader)
    session("\n".join(line for line in given if not line.startswith("$ ")), names)
    for language, body in examples(page):
        if language == "console":
            for command in commands(body):
                if not is_left_out(command):
                    shell(command, reader)
        elif language == "csv":
            (reader / csv_name(body)).write_text(body, encoding="utf-8")
        elif language == "toml":
            check_toml(body, reader)
        else:
            session(body, names)


def test_pages_that_are_left_to_others_are_there():
    assert set(FOLLOWED) <= {page.name for page in PAGES}


def test_every_reason_to_leave_out_is_still_needed():
    pages = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    blocks = [line for _, body in FENCE.findall(pages) for line in body.replace("$ ", "").splitlines()]
    for pattern in LEFT_OUT:
        assert any(re.search(pattern, line) for line in blocks), f"nothing matches {pattern}"


def test_a_wrong_example_is_found(reader):
    with pytest.raises(AssertionError, match="share"):
        check_toml('base = "../plan.toml"\nmethod = "grid"\n[factors.land]\nkey = "levers.land_guarantee.share"\n'
                   "values = [0, 0.1]\n", reader)  # fmt: skip
    with pytest.raises(AssertionError, match="explode"):
        shell("jiju explode", reader)
