"""The check of words finds each banned word where people read it, and lets a clean text pass."""

import pytest
from small_tree import check, write, write_all

CLEAN = {
    "README.md": "Jiju simulates a plan (World Bank WP 1). Arms share their draws. To resume a run, give --resume.\n",
    "apps/command_line.cpp": 'add_command(app, "replay", "Simulate one replicate of a results file again");\n',
    "sim/run/ensemble.hpp": "// A replicate displays what its players upload; 20 of 2010 stay.\nint base_sales = 0;\n",
    "analysis/jiju/runner.py": '"""A toolbox for arms: telling apart, lessons, coupons."""\n',
}


@pytest.fixture
def tree(tmp_path):
    return write_all(tmp_path, CLEAN)


def test_a_clean_text_passes(tree):
    result = check("check_words", tree)
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize(
    ("file", "text", "word", "instead"),
    [
        ("README.md", "First.\nA city is played forward.\n", "played", "simulate, or run"),
        ("docs/model.md", "\nThey share all Luck.\n", "luck", "chance, or common random numbers"),
        ("docs/data.md", "\nIn one world.\n", "world", "draw of the parameters, macro economy, or arm"),
        ("apps/run.cpp", '\ntell("give --resume to go on with it");\n', "go on with", "resume, or continue"),
        ("apps/dry_run.hpp", "\nint foretell(const Study& study);\n", "foretell", "estimate"),
        ("sim/run/ensemble.hpp", "\n// The same whilst it runs.\n", "whilst", "while"),
        ("sim/run/ensemble.cpp", "\nvoid writePlayedPart();\n", "played", "simulate, or run"),
        ("analysis/jiju/runner.py", '\n"""Upon a run."""\n', "upon", "to, on"),
        ("tests/python/test_run.py", "\ndef test_it_is_told():\n", "is told", "is reported, is recorded"),
        ("models/growth/tables.hpp", "\ndouble sales_2010 = 0;\n", "sales_2010", "a key with base_, final_ or new_"),
        ("scenarios/city.toml", "\nresearch_per_yuan = 1\n", "research_per_yuan", "a key without a currency"),
        ("tools/merge", "#!/bin/sh\n# Do the shards come out again?\n", "come out again", "is reproducible"),
    ],
)
def test_a_banned_word_is_found(tree, file, text, word, instead):
    write(tree, file, text)
    result = check("check_words", tree)
    assert result.returncode == 1
    assert f"{file}:2: '{word}': write {instead}" in result.stderr.splitlines()


def test_an_empty_tree_does_not_pass(tmp_path):
    assert check("check_words", tmp_path).returncode == 1
