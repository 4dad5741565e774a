"""Every public function that makes words for readers takes the language in one way."""

import inspect

import pytest

import jiju
from jiju import facts, languages, plot, trials

LINE = '`lang` is the language of names and words: "en" or "zh".'
OFFERED = [getattr(jiju, name) for name in jiju.__all__] + [getattr(plot, name) for name in plot.__all__]
PUBLIC = [each for each in [*OFFERED, jiju.Scenario.diff, facts.render, trials.render, trials.listing]
          if inspect.isfunction(each) and "lang" in inspect.signature(each).parameters]  # fmt: skip


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
