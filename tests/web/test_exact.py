"""The model as a WebAssembly module gives the bits of the results file, in node and in Chromium's workers.

Long, and of what `tools/build-web` has built, which may be older than the program: `tools/check_web` builds both and
asks for it by JIJU_CHECK_WEB.
"""

import json
import os
import subprocess
from pathlib import Path

import h5py
import numpy as np
import pytest

import jiju
from jiju.browser import replicates

ROOT = Path(__file__).parents[2]
PROGRAM = ROOT / "build" / "release" / "jiju"
REPLICATES = 10
SEED = 20110101

pytestmark = pytest.mark.skipif("JIJU_CHECK_WEB" not in os.environ, reason="a long check: tools/check_web")

STUDIES = {
    "flagship": ["shaoxing-2011/status-quo", "shaoxing-2011/plan"],
    "wuxi": ["wuxi-2011/plan"],
    "emilia-romagna": ["emilia-romagna-2020/policy"],
    # a lever moved, a lever taken away, and steps in place of years
    "changed": ["shaoxing-2011/plan"],
}
CHANGES = {
    "changed": [
        "levers.special_fund.budget.times=2",
        "levers.new_city.on=false",
        "record.detail=quarterly",
    ]
}


@pytest.fixture(scope="session")
def page(tmp_path_factory):
    folder = tmp_path_factory.mktemp("page")
    subprocess.run(["node", ROOT / "tests/web/build_page.mjs", folder], check=True, cwd=ROOT / "web/app")
    return folder


@pytest.fixture(scope="session", params=STUDIES)
def study(request, tmp_path_factory):
    """Its arms as a page names them, and the results file of the program."""
    names, changes = STUDIES[request.param], CHANGES.get(request.param, [])
    path = tmp_path_factory.mktemp(request.param) / "native.h5"
    settings = [word for change in changes for word in ("--set", change)]
    run = [PROGRAM, "run", *names, "--replicates", REPLICATES, "--seed", SEED, *settings, "-o", path]
    subprocess.run(list(map(str, run)), check=True, capture_output=True, cwd=path.parent)
    return [{"scenario": name, "set": changes} for name in names], path


def simulated(script, page, arms, tmp_path):
    """What a script says of the arms' outputs, and the numbers: replicate, arm, all outputs one after another."""
    output = tmp_path / "numbers"
    command = ["node", ROOT / "tests/web" / script, page, output, SEED, REPLICATES, *map(json.dumps, arms)]
    answer = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=600, check=False)
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout), np.fromfile(output, "<u8").reshape(REPLICATES, len(arms), -1)


def unlike(answer, numbers, path):
    """Outputs of which some bit is another than in the results file, with how many values are."""
    found, place = {}, 0
    with h5py.File(path) as file:
        assert file["replicate"].shape == (REPLICATES,)
        kept = [name for name in file if name in {output["name"] for output in answer["outputs"]}]
        assert len(kept) == len(answer["outputs"]), "the page describes other outputs than the file has"
        for output in answer["outputs"]:
            shape = [len(answer["axes"][dim]["keys"]) for dim in output["dims"]]
            length = int(np.prod(shape))
            native = np.ascontiguousarray(file[output["name"]][...]).view("<u8")
            assert list(native.shape[2:]) == shape, output["name"]
            native = native.swapaxes(0, 1).reshape(REPLICATES, -1, length)
            differ = int((native != numbers[:, :, place : place + length]).sum())
            if differ:
                found[output["name"]] = differ
            place += length
    assert place == numbers.shape[2]
    return found


def test_node(page, study, tmp_path):
    arms, path = study
    answer, numbers = simulated("run_in_node.mjs", page, arms, tmp_path)
    assert unlike(answer, numbers, path) == {}


def test_firms_are_those_of_explore(page, study, tmp_path):
    """What numbers stand for as well: industries, places and names."""
    arms, _ = study
    answer, _ = simulated("run_in_node.mjs", page, arms, tmp_path)
    scenarios = [jiju.Scenario.load(arm["scenario"]).with_settings(arm["set"]) for arm in arms]
    sent = replicates.panel(scenarios, SEED, 0)
    size = int(np.frombuffer(sent, "<f8", 1)[0])
    numbers = np.frombuffer(sent, "<f8", offset=8 + size)
    heads = json.loads(sent[8 : 8 + size])
    assert len(heads) == len(answer["panels"])
    for head, panel in zip(heads, answer["panels"], strict=True):
        assert list(head["columns"]) == list(panel)
        for name, (at, count) in head["columns"].items():
            column = numbers[at : at + count]
            words = head["words"].get(name)
            assert panel[name] == ([words[int(code)] for code in column] if words else column.tolist()), name


def test_chromium(page, study, tmp_path):
    arms, path = study
    answer, numbers = simulated("run_in_browser.mjs", page, arms, tmp_path)
    assert answer["complaints"] == []
    assert unlike(answer, numbers, path) == {}
