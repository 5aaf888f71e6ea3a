"""The factors of wellbeing: whole in both languages, and every key that others name is one of them."""

from collections import Counter

import pytest

import dialogues.content
from datasets.content import factors, find_factor, find_research, find_theme, influences, layers, themes
from surveys.questionnaire import wellbeing
from tests.lix import lix_of

KEYS = {factor.key for factor in factors()}


def test_there_are_about_thirty_five_factors_in_four_layers():
    assert 33 <= len(factors()) <= 38
    assert [layer.key for layer in layers()] == ["person", "relations", "places", "society"]
    assert all(len(factors(layer.key)) >= 4 for layer in layers())
    assert sum(len(factors(layer.key)) for layer in layers()) == len(factors())


def test_each_factor_has_a_label_and_one_sentence_in_both_languages():
    labels = Counter(factor.label["sv"] for factor in factors())
    assert max(labels.values()) == 1
    for entry in (*factors(), *themes()):
        for text in (entry.label, entry.text):
            assert set(text) == {"sv", "en"}
            assert text["sv"] != text["en"]
        assert entry.text["sv"].count(".") == 1


def test_the_words_are_plain():
    assert lix_of(text for factor in factors() for text in (factor.label["sv"], factor.text["sv"])) <= 35


def test_influences_join_known_factors_once_and_leave_none_alone():
    pairs = Counter((influence.source, influence.target) for influence in influences())
    assert max(pairs.values()) == 1
    assert all(source != target for source, target in pairs)
    assert {key for pair in pairs for key in pair} == KEYS
    for influence in influences():
        assert set(influence.text) == {"sv", "en"}
        assert influence.text["sv"].count(".") == 1


def test_the_influences_are_plain():
    assert lix_of(influence.text["sv"] for influence in influences()) <= 35


@pytest.mark.parametrize("key", sorted(KEYS))
def test_research_is_told_readably_and_rests_on_something(key):
    research = find_research(key)
    assert set(research.text) == {"sv", "en"}
    assert lix_of([research.text["sv"]]) <= 45
    assert 1 <= len(research.references) <= 3
    for reference in research.references:
        assert reference.author
        assert reference.title
        assert 1970 <= reference.year <= 2026


def test_the_six_themes_name_known_factors():
    assert len(themes()) == 6
    for theme in themes():
        assert set(theme.factors) <= KEYS
        assert len(theme.factors) >= 4


def test_dialogue_templates_belong_to_themes_and_known_factors():
    for template in dialogues.content.themes():
        assert find_theme(template.key)
        assert {factor for data in template.data for factor in data.factors} <= KEYS


@pytest.mark.parametrize("question", list(wellbeing()), ids=lambda question: question.code)
def test_questions_name_known_factors(question):
    assert set(question.factors) <= KEYS


def test_unknown_keys_are_not_found():
    assert find_factor("nonsense") is None
    assert find_theme("nonsense") is None
    assert find_factor("leisure").label["sv"] == "Fritid"
