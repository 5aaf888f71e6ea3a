"""The wellbeing questionnaire as young people meet it: complete, plain and in both languages."""

import json
import re
from collections import Counter

import pytest

from surveys.drafting.translated import in_all_languages
from surveys.questionnaire import Kind, Measures, Outside, asked_questions, pages, read, wellbeing
from surveys.questionnaire.reading import CONTENT
from tests.lix import lix_of

QUESTIONNAIRE = wellbeing()
EVERYWHERE = in_all_languages(json.loads((CONTENT / "wellbeing.json").read_text(encoding="utf-8")))
PUPIL = {"age": "15-17", "occupation": "school"}
OUT_OF_WORK = {"age": "20-24", "occupation": "neither"}


def swedish_of_section(section, language="sv"):
    yield section.title[language]
    yield section.intro[language]
    for question in section.questions:
        yield question.text[language]
        if question.help:
            yield question.help[language]
        for choice in question.choices:
            yield choice.text[language]


def all_texts(value):
    if isinstance(value, dict):
        if {"sv", "en"} <= set(value):
            yield value
        else:
            for child in value.values():
                yield from all_texts(child)
    elif isinstance(value, list):
        for child in value:
            yield from all_texts(child)


def test_each_person_meets_about_28_questions_in_seven_pages():
    for answers in ({"age": "18-19"}, PUPIL, OUT_OF_WORK):
        assert 26 <= len(asked_questions(QUESTIONNAIRE, answers)) <= 29
        assert len(pages(QUESTIONNAIRE, answers)) == 7


def test_pupils_and_others_are_asked_about_their_own_days():
    pupil = {question.code for question in asked_questions(QUESTIONNAIRE, PUPIL)}
    other = {question.code for question in asked_questions(QUESTIONNAIRE, OUT_OF_WORK)}
    assert pupil - other == {"attendance", "school_adults", "after_school"}
    assert other - pupil == {"next_step"}


def test_only_the_age_is_needed():
    assert [question.code for question in QUESTIONNAIRE if question.is_required] == ["age"]


def test_ages_are_kept_as_the_four_bands_and_no_finer():
    age = QUESTIONNAIRE.question("age")
    assert [choice.code for choice in age.choices] == ["15-17", "18-19", "20-24", "25-29"]
    assert {band.outside for band in age.bands if band.outside} == {Outside.UNDER, Outside.OVER}


def test_results_are_broken_down_by_the_four_background_questions():
    codes = [question.code for question in QUESTIONNAIRE.background]
    assert codes == ["age", "gender", "occupation", "attendance"]


def test_those_who_neither_work_nor_study_are_seen():
    assert "neither" in QUESTIONNAIRE.question("occupation").position


def test_wellbeing_and_troubles_are_both_asked_and_wellbeing_weighs_more():
    measures = Counter(question.measures for question in QUESTIONNAIRE)
    assert measures[Measures.WELLBEING] >= 4
    assert measures[Measures.RISK] <= 2
    assert measures[Measures.PROTECTIVE] > measures[Measures.RISK]


def test_the_heavy_questions_have_support_beside_them():
    assert {q.code for q in QUESTIONNAIRE if q.is_sensitive} == {
        "turn_to",
        "attendance",
        "troubles",
        "own_words",
    }


def test_the_only_free_text_is_short_and_says_write_no_names():
    (text,) = [question for question in QUESTIONNAIRE if question.kind is Kind.TEXT]
    assert text.max_length == 500
    assert "inga namn" in text.help["sv"]
    assert "no names" in text.help["en"]


def test_scales_are_shared_so_that_questions_can_be_compared():
    use = Counter(question.scale for question in QUESTIONNAIRE if question.scale)
    assert use["agree5"] >= 10
    assert set(use) == set(QUESTIONNAIRE.scales)


@pytest.mark.parametrize("section", QUESTIONNAIRE.sections, ids=lambda section: section.code)
def test_each_page_is_plain_swedish(section):
    assert lix_of(swedish_of_section(section)) <= 35


@pytest.mark.parametrize("section", QUESTIONNAIRE.sections, ids=lambda section: section.code)
def test_each_page_of_easy_swedish_is_easy(section):
    texts = list(swedish_of_section(read(EVERYWHERE).section(section.code), "sv-x-easy"))
    assert lix_of(texts) <= 25
    assert all(len(sentence.split()) <= 16 for text in texts for sentence in re.split(r"(?<=[.!?]) ", text))


@pytest.mark.parametrize("question", list(QUESTIONNAIRE), ids=lambda question: question.code)
def test_each_question_is_plain_swedish(question):
    words = [question.text["sv"], *([question.help["sv"]] if question.help else [])]
    assert lix_of(words) <= 35
    assert all(len(sentence.split()) <= 20 for text in words for sentence in re.split(r"(?<=[.!?]) ", text))


@pytest.mark.parametrize("outside", ["under", "over"])
def test_the_words_to_those_outside_the_ages_are_plain_and_kind(outside):
    (band,) = [band for band in QUESTIONNAIRE.question("age").bands if band.outside == outside]
    assert lix_of([band.thanks["sv"]]) <= 35
    assert band.thanks["sv"].startswith("Tack")


def test_every_text_is_there_in_four_languages_and_differs_unless_it_is_a_figure():
    texts = list(all_texts(EVERYWHERE))
    assert len(texts) > 150
    for text in texts:
        assert text["sv"].strip() == text["sv"] and text["en"].strip() == text["en"]
        assert text["sv-x-easy"].strip() == text["sv-x-easy"] and text["ar"].strip() == text["ar"]
        assert re.search(r"[\u0621-\u064a]", text["ar"]) or text["ar"].isdigit(), text
        assert text["sv"] != text["en"] or text["sv"].isdigit() or text["sv"] == "Stress", text
