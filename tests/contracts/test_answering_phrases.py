"""What an answering page says, it says in every language that we call complete; and plainly in Swedish."""

from __future__ import annotations

import re

import pytest
from django.utils.translation import gettext

from surveys.answering.languages import phrases, speaking
from surveys.support import national
from tests.answering_phrases import answering_phrases
from tests.lix import lix_of

COMPLETE = ("sv-x-easy", "ar", "fi", "prs", "so")
"""Swedish and English are the portal's own: `test_translations` holds their catalogue."""


@pytest.mark.parametrize("language", COMPLETE)
def test_no_phrase_is_lacking(language: str) -> None:
    assert [said for said in answering_phrases() if said not in phrases(language)] == []


def test_the_phrases_are_those_of_the_pages() -> None:
    said = answering_phrases()
    for phrase in (
        "I want to take part",  # a page's template
        "Leave quickly",  # a component
        "Example data",  # what a component includes
        "Choose one answer only.",  # an error
        "Write the code from your slip.",  # a code's refusal
        "Round the clock, every day",  # a support line
    ):
        assert phrase in said


def swedish() -> dict[str, str]:
    """Each phrase in Swedish, with something short in its gaps."""
    texts = {text["en"]: text["sv"] for line in national() for text in (line.whom, line.hours.text)}
    with speaking("sv"):
        found = {said: texts.get(said) or gettext(said) for said in answering_phrases()}
    return {said: re.sub(r"%\(\w+\)s|\{\w+\}", "7", words) for said, words in found.items()}


def test_every_sentence_is_plain_swedish() -> None:
    for words in swedish().values():
        # A handful of words has no measure of its own: one long word decides it.
        if len(words.split()) >= 12:
            assert lix_of([words]) <= 35, words
        assert all(len(sentence.split()) <= 24 for sentence in re.split(r"(?<=[.!?:]) ", words)), words
    assert lix_of(swedish().values()) <= 25


def test_easy_swedish_is_easy_phrase_by_phrase() -> None:
    easy = phrases("sv-x-easy")
    for said in answering_phrases():
        words = re.sub(r"%\(\w+\)s|\{\w+\}", "7", easy[said])
        assert all(len(sentence.split()) <= 14 for sentence in re.split(r"(?<=[.!?:]) ", words)), words
        if len(words.split()) >= 12:
            assert lix_of([words]) <= 30, words
