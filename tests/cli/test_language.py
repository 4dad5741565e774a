"""Messages, help and tables are in the language of --lang, JIJU_LANG or the locale; results do not depend on it."""

import os
import re

import pytest
from jiju_command import FILE, OK, REFUSED, SHORT, good, jiju, sha256

from jiju import _engine

CHINESE = re.compile(r"[\u4e00-\u9fff]")
NAMES = ("JIJU_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


def speaking(**variables):
    """An environment that says only this of the language."""
    return {**{name: value for name, value in os.environ.items() if name not in NAMES}, **variables}


@pytest.mark.parametrize(
    ("words", "variables", "is_chinese"),
    [
        ([], {}, False),
        ([], {"LANG": "C.UTF-8"}, False),
        ([], {"LANG": "zh_CN.UTF-8"}, True),
        ([], {"LANG": "de_DE.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, True),
        ([], {"LC_ALL": "C.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8", "LANG": "zh_CN.UTF-8"}, False),
        ([], {"LC_ALL": "", "LANG": "zh_TW"}, True),
        ([], {"JIJU_LANG": "zh"}, True),
        ([], {"JIJU_LANG": "zh", "LC_ALL": "en_US.UTF-8"}, True),
        ([], {"JIJU_LANG": "en", "LC_ALL": "zh_CN.UTF-8"}, False),
        (["--lang", "zh"], {}, True),
        (["--lang=zh"], {"JIJU_LANG": "en"}, True),
        (["--lang", "en"], {"JIJU_LANG": "zh", "LANG": "zh_CN.UTF-8"}, False),
    ],
)
def test_the_nearest_word_on_the_language_counts(words, variables, is_chinese):
    for command in ("run", "compare"):  # of the program, and written in Python
        text = good(command, "--help", *words, env=speaking(**variables))
        assert bool(CHINESE.search(text)) == is_chinese


@pytest.mark.parametrize("words", [["list"], ["compare", "a.h5", "b.h5"]])
def test_a_language_there_is_not_is_refused(words):
    result = jiju(*words, env=speaking(JIJU_LANG="fr"))
    assert (result.returncode, result.stdout) == (REFUSED, "")
    assert 'JIJU_LANG = "fr": allowed are en and zh' in result.stderr


def test_help_is_chinese_throughout():
    """Of words that are no name of an option, a command, a file or a form."""
    listed = good("--help").split("\nSubcommands:\n")[1].split("\n\n")[0]
    commands = re.findall(r"^  ([a-z]+) ", listed, re.MULTILINE)
    assert len(commands) > 20
    for words in ([], *([command] for command in commands)):
        in_python = words and _engine.words_for_python(words) is not None
        how = {} if in_python else {"env": speaking(JIJU_LANG="zh")}
        text = good(*words, "--help", *(["--lang", "zh"] if in_python else []), **how)
        for line in text.splitlines():
            plain = re.sub(r"--?[\w-]+|[A-Z_…,.\[\]=]{2,}|'[^']*'|\bjiju\b.*|\{[^}]*\}", " ", line)
            assert CHINESE.search(line) or not re.search(r"[a-z]{3,} [a-z]{2,} [a-z]{2,}", plain), (words, line)


@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        (["run", "no-such-plan"], REFUSED, "没有这个文件"),
        (["run", "shaoxing-2011/plan", "--replicates", "many"], REFUSED, "不是整数"),
        (["run", "shaoxing-2011/plan", "--replicatse", "3"], REFUSED, "是否指"),
        (["run"], REFUSED, "缺少"),
        (["show", "no-such-file.h5"], FILE, "没有这个文件"),
        (["describe", "parameter", "demand.change_respons"], REFUSED, "是否指"),
        (["compare", "no-such-file.h5", "nor-this.h5"], FILE, "没有这个文件"),
        (["compare"], REFUSED, "缺少参数"),
        (["compare", "a.h5", "--confidence", "2"], REFUSED, "不在0与1之间"),
    ],
)
def test_errors_are_chinese(words, code, part):
    result = jiju(*words, env=speaking(JIJU_LANG="zh"))
    assert result.returncode == code
    assert part in result.stderr


def test_every_mistake_of_a_scenario_is_said_in_chinese(city):
    path = city.write(SHORT + '[parameters.demand]\nchange_respons = 1\nlocal_stealing = 3\n[record]\ndetail = "all"\n')
    result = jiju("validate", path, env=speaking(JIJU_LANG="zh"))
    lines = result.stderr.splitlines()
    assert result.returncode == REFUSED and len(lines) >= 3
    assert all(CHINESE.search(line) for line in lines)


def test_results_are_the_same_bytes_in_both_languages(short, tmp_path):
    digests = set()
    for word in ("en", "zh"):
        path = tmp_path / f"{word}.h5"
        result = jiju("run", short, "--replicates", 3, "-o", path, env=speaking(JIJU_LANG=word))
        assert result.returncode == OK, result.stderr
        assert bool(CHINESE.search(result.stderr)) == (word == "zh")
        digests.add(sha256(path))
    assert len(digests) == 1


def test_percent_is_written_as_the_language_writes_it(tmp_path):
    """15 % in English, 15% in Chinese, in tables of the program and of the package."""
    runs = [tmp_path / f"{name}.h5" for name in ("base", "fund")]
    for run, budget in zip(runs, (0, 1), strict=True):
        setting = f"levers.special_fund.budget={budget}"
        good("run", "tutorial/river-city", "--set", setting, "--replicates", 2, "--quiet", "-o", run)
    for words in (["show", runs[0]], ["compare", *runs]):
        english, chinese = (good(*words, "--lang", lang) for lang in ("en", "zh"))
        assert re.search(r"\d %", english) and not re.search(r"\d%", english)
        assert re.search(r"\d%", chinese) and not re.search(r"\d %", chinese)


@pytest.mark.parametrize("topic", ["parameters", "keys", "channels", "outputs", "panel", "levers"])
def test_descriptions_are_chinese_throughout(topic):
    """Except of units, and of the words that a scenario may say."""
    rows = [line for line in good("describe", topic, "--markdown", "--lang", "zh").splitlines() if "|" in line]
    assert len(rows) > 10
    unit = None
    for row in rows:
        cells = re.sub(r"`[^`]*`", "", row).split("|")
        if " 含义 " in cells:  # a table begins
            unit = cells.index(" 单位 ") if " 单位 " in cells else None
        if unit is not None:
            del cells[unit]
        words = [cell for cell in cells if re.search(r"[a-z]{3,} [a-z]{2,} [a-z]{3,}", cell)]
        assert not words or CHINESE.search("".join(words)), row


@pytest.mark.parametrize("topic", ["parameters", "outputs", "levers", "keys", "channels", "panel", "targets"])
def test_what_programs_read_is_the_same_in_both_languages(topic, monkeypatch):
    said = []
    for language in ("en", "zh"):
        monkeypatch.setenv("JIJU_LANG", language)
        said.append(good("describe", topic, "--json"))
    assert said[0] == said[1]
