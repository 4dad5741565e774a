"""Every public function that makes words for readers takes the language in one way."""

import inspect

import pytest

import jiju
from jiju import languages, plot
from jiju.evidence import facts, trials

LINE = '`lang` is the language of names and words: "en" or "zh".'
OFFERED = [getattr(jiju, name) for name in jiju.__all__] + [getattr(plot, name) for name in plot.__all__]
# A report may be in both; tests/analysis/test_report.py.
PUBLIC = [each for each in [*OFFERED, jiju.Scenario.diff, facts.render, trials.render, trials.listing]
          if inspect.isfunction(each) and each is not jiju.report
          and "lang" in inspect.signature(each).parameters]  # fmt: skip


def test_all_are_found():
    assert {jiju.compare, jiju.ablate, jiju.attribute, jiju.Scenario.diff, facts.render} <= set(PUBLIC)
    assert {getattr(plot, name) for name in plot.__all__} - {plot.style} <= set(PUBLIC)  # a style has no words


@pytest.mark.parametrize("function", PUBLIC, ids=lambda each: f"{each.__module__}.{each.__name__}")
def test_the_language_is_said_alike(function):
    lang = inspect.signature(function).parameters["lang"]
    knows = function is jiju.table  # a frame may know its own language
    assert (lang.kind, lang.default) == (inspect.Parameter.KEYWORD_ONLY, None if knows else "en")
    assert lang.annotation == "Lang | None" if knows else lang.annotation in ("Lang", languages.Lang)
    assert LINE in " ".join(inspect.getdoc(function).split())


@pytest.mark.parametrize("function", PUBLIC, ids=lambda each: f"{each.__module__}.{each.__name__}")
def test_another_language_is_refused_before_all_else(function):
    needed = [each for each in inspect.signature(function).parameters.values()
              if each.default is each.empty and each.kind is each.POSITIONAL_OR_KEYWORD]  # fmt: skip
    given = [jiju.Scenario.load("shaoxing-2011/plan") if function is jiju.Scenario.diff else None for _ in needed]
    with pytest.raises(jiju.UsageError, match="lang = 'fr': allowed are en, zh"):
        function(*given, lang="fr")


@pytest.fixture
def chinese():
    with languages.spoken(["--lang", "zh"]):
        yield


def test_messages_are_in_the_language_of_the_process_until_it_is_left():
    message = "lang = 'fr'(?:: allowed are |：允许)en, zh"
    for words, is_chinese in [(["--lang", "zh"], True), (["--lang=en"], False), ([], False)]:
        with languages.spoken(words), pytest.raises(jiju.UsageError, match=message) as caught:
            languages.checked("fr")
        assert ("允许" in str(caught.value)) == is_chinese
    with pytest.raises(jiju.UsageError, match="allowed are"):
        languages.checked("fr")


def test_the_engine_speaks_the_same_language(chinese):
    with pytest.raises(jiju.ScenarioError) as caught:
        jiju.Scenario.load("shaoxing-2011/plan").set({"parameters.demand.change_response": -1})
    assert "小于0" in str(caught.value)


def test_a_text_without_values_may_hold_braces(chinese):
    text = "other outcomes with their weights, as { large = 1, small = -1 }"
    assert languages.translated(text).endswith("small = -1 }")
    assert languages.translated("no such text { in the catalogue }") == "no such text { in the catalogue }"
    assert languages.translated("") == ""


def test_values_keep_their_form_in_both_languages(chinese):
    assert languages.translated("{word} is outside {low} to {high}", word="9", low=1, high=5) == "9超出1至5"
    assert languages.translated("not in the catalogue: {x:.2f}", x=0.5) == "not in the catalogue: 0.50"


def test_the_words_of_argparse_are_translated_in_commands(chinese, capsys):
    from jiju.commands import terminal

    words = terminal.parser_of("compare")
    words.add_argument("--count", type=int)
    assert words.format_help().startswith("用法：jiju compare")
    with pytest.raises(SystemExit):
        words.parse_args(["--count"])
    assert "参数--count：应有一个值" in capsys.readouterr().err
