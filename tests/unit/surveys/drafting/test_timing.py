"""How long the ready questionnaire takes: under eight minutes, by our own figures and by two models of others."""

from __future__ import annotations

import pytest

from surveys.drafting import simulating
from surveys.drafting.timing import START, seconds_of
from surveys.questionnaire import Kind, Question, asked_questions
from tests.answering_phrases import first_page
from tests.unit.surveys.test_wellbeing_content import EVERYWHERE, read

MOST = 8 * 60
WORDS_A_MINUTE = 238
"""Silent reading of plain facts: Brysbaert 2019, the mean of 190 studies."""
THOUGHT, PRESS = 1.35, 1.1 + 0.1
"""Seconds to think, and to move to a place and press: Card, Moran and Newell 1980."""
OWN_WORDS = 40
"""Seconds to write a sentence of fifteen words with two thumbs (about 36 words a minute) and to think first."""
STAND_ALONE = 15 * 60 / 85
"""Seconds of a question that stands alone, by Pew Research Center's counting rule."""
QUESTIONNAIRE = read(EVERYWHERE)


@pytest.fixture(params=simulating.PEOPLE, ids=lambda person: person.code)
def asked(request: pytest.FixtureRequest) -> list[Question]:
    answers = simulating.answers_of(request.param, QUESTIONNAIRE)
    return list(asked_questions(QUESTIONNAIRE, answers))


def words_met(asked: list[Question], language: str) -> int:
    """Every word of the questions; the answers of a scale are read where they first stand on a page."""
    met = set()
    for question in asked:
        section = QUESTIONNAIRE.section(question.section)
        met |= {(section.code, text[language]) for text in (section.title, section.intro, question.text) if text}
        if question.help:
            met.add((section.code, question.help[language]))
        met |= {(section.code, choice.text[language]) for choice in question.choices}
    return sum(len(text.split()) for _section, text in met)


def by_reading(asked: list[Question], language: str) -> float:
    pages = {question.section for question in asked}
    presses = len(asked) + len(pages) + 1
    reading = (words_met(asked, language) + len(first_page(language).split())) * 60 / WORDS_A_MINUTE
    writing = OWN_WORDS * sum(question.kind is Kind.TEXT for question in asked)
    return reading + writing + presses * (THOUGHT + PRESS)


def test_by_our_own_figures(asked: list[Question]) -> None:
    assert START + seconds_of(asked) < MOST


@pytest.mark.parametrize("language", ["sv", "en", "sv-x-easy"])
def test_by_reading_thinking_and_pressing(asked: list[Question], language: str) -> None:
    assert by_reading(asked, language) < MOST


def test_by_a_counting_rule(asked: list[Question]) -> None:
    open_ended = sum(question.kind is Kind.TEXT for question in asked)
    assert START + len(asked) * STAND_ALONE + open_ended * OWN_WORDS < MOST


def test_our_figures_agree_with_the_models_of_others(asked: list[Question]) -> None:
    ours = START + seconds_of(asked)
    for others in (by_reading(asked, "sv"), START + len(asked) * STAND_ALONE):
        assert abs(ours - others) < 0.25 * ours, (ours, others)
