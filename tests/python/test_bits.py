"""The engine computes the same bits whichever compiler made it and however: what tests/sim/core/bits_test.cpp has on
record holds for all of them. tools/check_bits asks the same of the whole program, and takes longer."""

import json
import os
import shlex
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BUILD = Path(os.environ.get("JIJU_BUILD", ROOT / "build" / "release"))
SOURCE = ROOT / "tests/sim/core/bits_test.cpp"
OTHERS = [ROOT / "tests/sim/core/pack_test.cpp"]  # what every target's instructions must do alike
# Any two of compiler, level and instruction set meet; g++ -O3 -msse2 is the release build with its core_tests. The
# first two have every other compiler, level and instruction set; the rest is left to tools/check_long.
KINDS = [
    ("g++", "-O2", "-mavx2"),
    ("clang++", "-O2", "-mavx512f -mavx512dq -mavx512vl -mavx512bw"),
    ("g++", "-O3", "-mavx2"),
    ("clang++", "-O2", "-msse2"),
    ("clang++", "-O3", "-mavx2"),
    ("g++", "-O3", "-mavx512f -mavx512dq -mavx512vl -mavx512bw"),
]
CASES = [pytest.param(kind, marks=pytest.mark.long if place > 1 else (), id=" ".join(kind))
         for place, kind in enumerate(KINDS)]  # fmt: skip


def project_options():
    """What the project itself compiles the file with, except for what is varied here and warnings."""
    commands = json.loads((BUILD / "compile_commands.json").read_text(encoding="utf-8"))
    words = shlex.split(next(each["command"] for each in commands if Path(each["file"]) == SOURCE))
    options = [word for word in words if word.startswith(("-std", "-f", "-D", "-I"))]
    folders = [words[i + 1] for i, word in enumerate(words) if word == "-isystem"]
    return options + [f"-isystem{folder}" for folder in folders]


@pytest.fixture(scope="module")
def programs(request, tmp_path_factory):
    """Those that are asked for."""
    asked = {item.callspec.params["kind"] for item in request.session.items if item.path == request.path}
    folder = tmp_path_factory.mktemp("bits")
    options = project_options()
    assert "-ffp-contract=off" in options

    def compiled(kind):
        program = folder / "".join(kind).replace(" ", "")
        libraries = ["-lgtest", "-lgtest_main", "-lrapidcheck"]
        command = [*" ".join(kind).split(), *options, SOURCE, *OTHERS, "-o", program, *libraries]
        return program, subprocess.run(command, capture_output=True, text=True)

    kinds = [kind for kind in KINDS if kind in asked]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(kinds, pool.map(compiled, kinds), strict=True))


@pytest.mark.parametrize("kind", CASES)
def test_every_build_computes_the_recorded_bits(programs, kind):
    program, compilation = programs[kind]
    assert compilation.returncode == 0, compilation.stderr
    here = Path("/proc/cpuinfo").read_text().split()
    lacking = [flag for flag in kind[2].replace("-m", "").split() if flag not in here]
    if lacking:
        pytest.skip(f"this processor has no {' '.join(lacking)}")
    result = subprocess.run([program], capture_output=True, text=True)
    assert result.returncode == 0, result.stdout
