"""The checks of tools/ must catch what they exist for: each is run on a small tree that breaks one rule."""

import os
import shutil
import subprocess

import pytest
from small_tree import TOOLS, check, write, write_all

GOOD_TREE = {
    "sim/random/draw.hpp": '#include <vector>\n\n#include "sim/math/sum.hpp"\n// Affirm a pricey prize.\n',
    "sim/math/sum.hpp": '#include "sim/describe/spec.hpp"\n',
    "sim/describe/spec.hpp": "#pragma once\n",
    "sim/record/cube.hpp": '#include "sim/population/table.hpp"\n',
    "sim/output/writer.hpp": '#include <hdf5.h>\n\n#include "sim/record/cube.hpp"\n',
    "sim/population/table.hpp": "#pragma once\n",
    "models/growth/pricing.hpp": '#include "sim/math/sum.hpp"\n// (E1) price: p = c (1 + m)\n// (E2) cost, see (E1)\n',
    "models/growth/model.hpp": '#include "sim/record/cube.hpp"\n',
    "study/campaign.hpp": '#include "models/growth/model.hpp"\n',
    "apps/main.cpp": '#include <CLI/CLI.hpp>\n\n#include "study/campaign.hpp"\n',
    "analysis/binding/module.cpp": '#include <nanobind/nanobind.h>\n\n#include "apps/table.hpp"\n',
    "tests/models/growth/pricing_test.cpp": '#include "models/growth/pricing.hpp"\n// (E1) and (E2) by hand\n',
    "docs/model.md": "| (E1) | price |\n| (E2) | cost |\n",
}


@pytest.fixture
def tree(tmp_path):
    return write_all(tmp_path, GOOD_TREE)


@pytest.mark.parametrize("tool", ["check_layers", "check_equations"])
def test_a_good_tree_passes(tool, tree):
    result = check(tool, tree)
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize(
    ("file", "included"),
    [
        ("sim/describe/spec.hpp", '"sim/random/draw.hpp"'),
        ("sim/math/sum.hpp", '"sim/population/table.hpp"'),
        ("sim/population/table.hpp", '"sim/scenario/scenario.hpp"'),
        ("sim/scenario/scenario.hpp", '"sim/output/writer.hpp"'),
        ("sim/output/writer.hpp", '"sim/scenario/scenario.hpp"'),
        ("sim/output/writer.hpp", '"sim/run/ensemble.hpp"'),
        ("sim/run/ensemble.hpp", '"models/growth/model.hpp"'),
        ("sim/run/ensemble.hpp", '"tests/toy/walk.hpp"'),
        ("sim/run/ensemble.hpp", "<models/growth/model.hpp>"),
        ("sim/scenario/scenario.hpp", '"sim/record/cube.hpp"'),
        ("sim/record/cube.hpp", '"sim/output/writer.hpp"'),
        ("models/growth/pricing.hpp", '"sim/record/cube.hpp"'),
        ("models/growth/model.hpp", '"sim/output/writer.hpp"'),
        ("models/growth/model.hpp", '"study/campaign.hpp"'),
        ("study/campaign.hpp", '"apps/table.hpp"'),
        ("apps/main.cpp", '"analysis/binding/binding.hpp"'),
        ("apps/main.cpp", "<nanobind/nanobind.h>"),
        ("models/growth/pricing.hpp", '"cost.hpp"'),
        ("models/growth/pricing.hpp", '"../growth/cost.hpp"'),
        ("models/growth/pricing.hpp", "<tbb/parallel_for.h>"),
        ("sim/scenario/scenario.hpp", "<hdf5.h>"),
        ("sim/run/ensemble.hpp", "<toml++/toml.h>"),
        ("tests/sim/run/ensemble_test.cpp", '"models/growth/model.hpp"'),
    ],
)
def test_an_include_that_points_the_wrong_way_fails(tree, file, included):
    write(tree, file, f"// First line.\n#include {included}\n")
    result = check("check_layers", tree)
    assert result.returncode == 1
    assert result.stderr.startswith(f"{file}:2: #include {included[1:-1]}: ")
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "line", ["// every firm", "double price_index;", "struct TaxRate {};", "// Industries", "int GDP = 0;", "f(sales);"]
)
def test_a_word_of_economics_in_the_engine_fails(tree, line):
    write(tree, "sim/math/sum.hpp", line + "\n")
    result = check("check_layers", tree)
    assert result.returncode == 1
    assert result.stderr.startswith("sim/math/sum.hpp:1: ")


def test_a_file_of_no_layer_fails(tree):
    write(tree, "sim/misc/odds.hpp", "\n")
    assert "belongs to no layer" in check("check_layers", tree).stderr


def test_an_empty_tree_does_not_pass(tmp_path):
    assert check("check_layers", tmp_path).returncode == 1
    assert check("check_equations", tmp_path).returncode == 1


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("docs/model.md", "(E1) (E2) (E3)", "(E3) is defined 0 times in models/ and sim/, not once"),
        ("docs/model.md", "(E1)", "(E2) of models/ or sim/ is not in docs/model.md"),
        ("docs/model.md", "Nothing yet.", "docs/model.md lists no equation"),
        ("models/growth/cost.hpp", "    // (E2) cost once more",
         "(E2) is defined 2 times in models/ and sim/, not once"),
        ("tests/models/growth/pricing_test.cpp", "// (E1) by hand", "(E2) is named by no test"),
    ],
)
def test_equations_that_disagree_fail(tree, file, text, message):
    write(tree, file, text + "\n")
    result = check("check_equations", tree)
    assert result.returncode == 1
    assert message in result.stderr.splitlines()


def test_generated_files_are_written_and_then_up_to_date(tmp_path):
    program = tmp_path / "jiju"
    program.write_text('#!/bin/sh\necho "$@"\n')
    program.chmod(0o755)
    for folder in ("tools", "docs/zh", "scenarios"):
        (tmp_path / folder).mkdir(parents=True)
    tool = shutil.copy(TOOLS / "generate_docs", tmp_path / "tools")
    pages = [tmp_path / "docs" / page for page in ("scenarios.md", "zh/scenarios.md")]
    for page in pages:  # written by hand, with parts that are generated
        page.write_text("# By hand\n\n<!-- jiju describe keys fund -->\nold\n<!-- end -->\n\nMore by hand\n")

    def generate(*arguments):
        environment = os.environ | {"JIJU": str(program)}
        return subprocess.run([tool, *arguments], env=environment, capture_output=True, text=True)

    missing = generate("--check")
    assert missing.returncode == 1
    assert "docs/levers.md is out of date" in missing.stderr
    assert not (tmp_path / "docs/levers.md").exists()

    assert generate().returncode == 0
    assert (tmp_path / "docs/levers.md").read_text() == "describe levers --markdown\n"
    assert (tmp_path / "docs/zh/levers.md").read_text() == "describe levers --markdown\n"
    assert (tmp_path / "scenarios/schema.json").read_text() == "schema\n"
    for page in pages:
        assert page.read_text() == (
            "# By hand\n\n<!-- jiju describe keys fund -->\n\ndescribe keys fund\n\n<!-- end -->\n\nMore by hand\n"
        )
    assert generate("--check").returncode == 0

    program.write_text("#!/bin/sh\nexit 3\n")
    assert generate("--check").returncode == 3


def stage(log, command):
    words = [TOOLS / "stage", "Counting", log, "bash", "-c", command]
    return subprocess.run(words, capture_output=True, text=True, check=False)


def test_a_stage_keeps_the_lines_of_a_command_in_its_log(tmp_path):
    log = tmp_path / "log"
    log.write_text("before\n")
    done = stage(log, "echo one; echo two >&2")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("Counting: ") and "one" not in done.stderr
    assert log.read_text() == "before\none\ntwo\n"


def test_a_stage_that_fails_shows_its_own_last_lines_and_ends_alike(tmp_path):
    log = tmp_path / "log"
    log.write_text("before\n")
    done = stage(log, "seq 1 100; exit 3")
    assert done.returncode == 3
    lines = done.stderr.splitlines()
    assert lines[:60] == [str(i) for i in range(41, 101)]
    assert "Counting failed" in lines[60] and str(log) in lines[60]
    assert stage(log, "exit 4").stderr.count("\n") == 1, "lines of an earlier stage are not shown again"
