"""Every text that a person meets is in the catalogue, in Chinese, with the same values (tools/translations); and what
the rules below call a message is such a text.
"""

import ast
import importlib.machinery
import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOL = ROOT / "tools" / "translations"


def module():
    loader = importlib.machinery.SourceFileLoader("translations", str(TOOL))
    found = importlib.util.module_from_spec(importlib.util.spec_from_loader("translations", loader))
    loader.exec_module(found)
    return found


translations = module()


def test_every_text_has_its_translation():
    result = subprocess.run([sys.executable, TOOL, "--check"], cwd=ROOT, capture_output=True, text=True)
    assert (result.returncode, result.stderr) == (0, "")


def catalogue(english, chinese):
    return f'msgid ""\nmsgstr ""\n\nmsgid "{english}"\nmsgstr "{chinese}"\n'


@pytest.mark.parametrize(
    ("english", "chinese", "fault"),
    [
        ("{} of {}", "{1}中的{0}", None),
        ("{} replicate{}", "{0}次", None),
        ("{path}: {error!r}", "{path}：{error!r}", None),
        ("{:.{}f} m", "{:.{}f}米", None),
        ("choose (%(default)s)", "选择（%(default)s）", None),
        ("of { low, high }", "属于{ low, high }", None),
        ("{} of {}", "", "no translation"),
        ("{} of {}", "{0}", "values differ"),
        ("{} of {}", "{2}中的{0}", "values differ"),
        ("{path}: missing", "{paht}：缺失", "values differ"),
        ("choose (%(default)s)", "选择", "values differ"),
        ("done\\n", "完成", "ends a line"),
    ],
)
def test_a_fault_of_a_translation_is_found(english, chinese, fault):
    found = list(translations.faults(catalogue(english, ""), catalogue(english, chinese)))
    assert (fault is None and found == []) or (fault is not None and fault in found[0])


def test_a_translation_of_nothing_is_found():
    [found] = translations.faults(catalogue("a", ""), catalogue("a", "甲") + '\nmsgid "b"\nmsgstr "乙"\n')
    assert "of no text" in found


# ---- what is a message

ERRORS = {"UsageError", "FileError", "ArgumentTypeError", "PairingError", "SeriesError", "NoPanels", "NoScenario",
          "ValueError", "TypeError"}  # fmt: skip
SPEAKERS = {"say", "warn", "error", "wrong"}  # functions and methods whose arguments a person reads
WORDS = {"help", "epilog", "description"}  # of argparse
CHINESE = re.compile(r"[\u4e00-\u9fff]")
IS_TEXT = re.compile(r"[A-Za-z]{2,},? [a-z]{2,}(?![\w.]*\.\w)(?!\w)")


def name_of(function):
    return getattr(function, "id", getattr(function, "attr", ""))


def messages(tree):
    """Expressions that a person reads."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and name_of(node.exc.func) in ERRORS:
            yield from node.exc.args
        if isinstance(node, ast.Call):
            if name_of(node.func) in SPEAKERS:
                yield from node.args
            yield from (word.value for word in node.keywords if word.arg in WORDS)


def untranslated(expression):
    """Texts of several words that are not said by `translated`, except where both languages stand side by side."""
    if isinstance(expression, ast.Call) and name_of(expression.func) in ("translated", "to_translate"):
        expression = ast.Tuple([*expression.args[1:], *(word.value for word in expression.keywords)])
    if isinstance(expression, ast.IfExp) and CHINESE.search(ast.unparse(expression)):
        return
    if isinstance(expression, ast.Constant) and isinstance(expression.value, str):
        if IS_TEXT.search(expression.value) and not CHINESE.search(expression.value):
            yield expression.value
        return
    for child in ast.iter_child_nodes(expression):
        yield from untranslated(child)


def test_messages_of_the_package_can_be_translated():
    found = []
    for path in sorted((ROOT / "analysis" / "jiju").rglob("*.py")):
        for message in messages(ast.parse(path.read_text(encoding="utf-8"))):
            found += [f"{path.name}:{message.lineno}: {text}" for text in untranslated(message)]
    assert found == []


@pytest.mark.parametrize(
    "code",
    [
        'raise UsageError("a word is missing")',
        'raise FileError(f"{path}: is not there")',
        'raise UsageError(translated("{a}", a="two words" if b else "no words"))',
        'words.add_argument("--x", help="what it does")',
        'reader.wrong(place, "is not known here")',
    ],
)
def test_a_message_that_cannot_be_translated_is_found(code):
    assert [text for message in messages(ast.parse(code)) for text in untranslated(message)]


# In C++: errors, problems of a scenario, and what is said on standard error. Of the errors whose text a file keeps, or
# that only a programmer can cause, none: InvariantError, std::logic_error, std::invalid_argument.
SPOKEN = re.compile(
    r"(?:throw (?:\w+::)*(?:UsageError|FileError|ScenarioError|DamagedError)|problems_?\.add|\brefuse|\bwrong_type|"
    r"\breport|\bdiffer|\bfail_at|\.add_(?:option|flag)\w*|\.footer)\s*\("
)
LITERAL = re.compile(r'"(?:[^"\\\n]|\\.)*"(?:\s*"(?:[^"\\\n]|\\.)*")*')
FOLDERS = ("sim/scenario", "sim/run", "study", "apps", "models/growth", "sim/output")


def statements(code):
    """Each call that says something, to the end of its statement, comments left out."""
    plain = re.sub(r"//[^\n]*", "", code)
    for found in SPOKEN.finditer(plain):
        depth, end = 1, found.end()
        while depth and end < len(plain):
            depth += {"(": 1, ")": -1}.get(plain[end], 0)
            end += 1
        yield plain[found.start() : end]


def bare(statement):
    for found in LITERAL.finditer(statement):
        text = "".join(re.findall(r'"((?:[^"\\\n]|\\.)*)"', found[0]))
        before = statement[: found.start()].rstrip()
        if IS_TEXT.search(text) and not CHINESE.search(text) and not before.endswith(("translated(", "to_translate(")):
            yield text


def test_messages_of_the_program_can_be_translated():
    found = []
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.?pp")):
            for statement in statements(path.read_text(encoding="utf-8")):
                found += [f"{path.name}: {text}" for text in bare(statement)]
    assert found == []


def test_a_message_of_the_program_that_cannot_be_translated_is_found():
    code = 'if (x) throw UsageError(fmt::format("the {} is missing", name));\nproblems.add(at, "is not there");\n'
    assert [text for statement in statements(code) for text in bare(statement)] == [
        "the {} is missing",
        "is not there",
    ]
