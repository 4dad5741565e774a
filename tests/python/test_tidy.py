"""tools/check_tidy must find a planted mistake, and look again at what has changed and at nothing else."""

import json

import pytest
from small_tree import check, write, write_all

CLEAN = "inline int twice(int number) {\n    return 2 * number;\n}\n"
MISTAKEN = "inline int twice(int number) {\n    if (number > 0) return 2 * number;\n    else return 2 * number;\n}\n"


def options(tree, *words):
    """Those that the sources are compiled with."""
    commands = [
        {"directory": str(tree), "file": file, "command": " ".join(["clang++", *words, "-o x.o -c", file])}
        for file in (f"{tree}/sim/one.cpp", f"{tree}/sim/two.cpp")
    ]
    write(tree, "compile_commands.json", json.dumps(commands))


@pytest.fixture
def tree(tmp_path):
    write_all(tmp_path, {
        "sim/twice.hpp": CLEAN,
        "sim/one.cpp": '#include "twice.hpp"\nint one() {\n    return twice(1);\n}\n',
        "sim/two.cpp": "int two() {\n    return 2;\n}\n",
    })  # fmt: skip
    options(tmp_path)
    return tmp_path


def looked_at(tree):
    result = check("check_tidy", tree)
    assert result.stdout.endswith(" of 2 sources looked at\n"), result.stderr
    return result.returncode, int(result.stdout.split()[1])


def test_what_is_clean_is_looked_at_once(tree):
    assert looked_at(tree) == (0, 2)
    assert looked_at(tree) == (0, 0)


def test_a_changed_header_has_its_sources_looked_at_again(tree):
    looked_at(tree)
    write(tree, "sim/twice.hpp", MISTAKEN)
    for _ in range(2):  # what is not clean is looked at each time
        result = check("check_tidy", tree)
        assert (result.returncode, result.stdout) == (1, "clang-tidy: 1 of 2 sources looked at\n")
        assert f"{tree}/sim/twice.hpp:2:" in result.stderr and "[bugprone-branch-clone" in result.stderr
    write(tree, "sim/twice.hpp", CLEAN)
    assert looked_at(tree) == (0, 0), "this state was found clean before"


def test_a_mistake_in_a_header_is_shown_once(tree):
    write_all(tree, {"sim/twice.hpp": MISTAKEN, "sim/two.cpp": '#include "twice.hpp"\n'})
    assert check("check_tidy", tree).stderr.count("error:") == 1


def test_other_options_have_all_sources_looked_at_again(tree):
    looked_at(tree)
    options(tree, "-DNDEBUG")
    assert looked_at(tree) == (0, 2)


def test_a_source_that_does_not_compile_fails(tree):
    write(tree, "sim/two.cpp", '#include "missing.hpp"\n')
    result = check("check_tidy", tree)
    assert result.returncode == 1
    assert "'missing.hpp' file not found" in result.stderr


def test_a_folder_without_sources_does_not_pass(tree):
    write(tree, "compile_commands.json", "[]")
    assert check("check_tidy", tree).returncode == 1
