"""The pages' words in languages that the portal is not in: whole, or marked where they lack."""

from __future__ import annotations

import json
import re

import pytest
from django.utils.translation import gettext

from surveys.answering.languages import (
    PHRASES,
    in_words,
    language_of,
    marked,
    page_languages,
    phrases,
    settled,
    speaking,
)
from surveys.answering.pages import words_for_script
from tests.lix import lix_of

LANGUAGES = sorted(path.stem for path in PHRASES.glob("*.json"))
ARABIC = re.compile(r"[\u0600-\u06ff]")


def slots(text: str) -> list[str]:
    return sorted(re.findall(r"%\(\w+\)s|\{\w+\}", text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_phrase_keeps_what_is_filled_in_and_says_whether_it_was_read(language: str) -> None:
    found = json.loads((PHRASES / f"{language}.json").read_text(encoding="utf-8"))
    assert found["language"] == language and found["read_by_a_native_speaker"] in (True, False)
    for english, phrase in found["phrases"].items():
        assert slots(english) == slots(phrase) and phrase.strip() == phrase and phrase, english


def test_the_script_says_what_is_wrong_in_arabic() -> None:
    with speaking("ar"):
        for name, words in words_for_script().items():
            assert ARABIC.search(words), name


def test_easy_swedish_is_easy_and_falls_back_to_swedish() -> None:
    assert lix_of(phrases("sv-x-easy").values()) <= 25
    with speaking("sv-x-easy"):
        assert gettext("Back") == "Tillbaka" and gettext("I want to take part") == "Jag vill vara med"


def test_a_phrase_that_is_lacking_is_swedish_and_says_so() -> None:
    with speaking("pl"):
        page = f'<title>{gettext("Back")}</title><a title="{gettext("Back")}">{gettext("Back")}</a>'
    said = '<span lang="sv" dir="ltr">Tillbaka</span>'
    assert settled(page) == f'<title>Tillbaka</title><a title="Tillbaka">{said}</a>'


def test_a_language_that_nobody_knows_does_not_stay_for_the_next_page() -> None:
    with speaking("sv"):
        with speaking("ar"):
            assert ARABIC.search(gettext("Back"))
        assert gettext("Back") == "Tillbaka"


def test_texts_of_two_languages_are_marked_in_a_third() -> None:
    text = {"sv": "Dygnet runt, alla dagar", "en": "Round the clock, every day"}
    assert in_words(text, "sv-x-easy") == text["sv"]
    assert ARABIC.search(in_words(text, "ar"))
    assert in_words(text, "pl") == marked(text["sv"], "sv")
    assert in_words({"sv": "Bara svenska"}, "ar") == marked("Bara svenska", "sv")


def test_a_person_gets_the_language_asked_for_or_the_questionnaires_first() -> None:
    assert language_of("ar", ("sv", "ar")) == "ar" and language_of("pl", ("sv", "ar")) == "sv"
    assert {"sv", "en", "ar", "sv-x-easy"} <= set(page_languages())
