"""Bands of ages and of numbers: coarser as one likes, never finer than what those who answer are promised."""

from __future__ import annotations

from typing import Any

import pytest

from surveys.drafting import bands, outline, problems
from surveys.drafting.posted import Posted
from surveys.drafting.posted_questions import fresh, question_from
from surveys.questionnaire import read
from tests.unit.surveys.drafting.test_batteries import posted


@pytest.fixture
def definition() -> dict[str, Any]:
    return outline.blank("egen", {"sv": "Egen", "en": "Own"})


def changed(definition: dict[str, Any], code: str, sent: Posted) -> dict[str, Any]:
    question = question_from(sent, outline.question_of(definition, code), definition)
    outline.question_change(definition, code, question)
    return question


def test_ages_are_put_into_wider_bands_in_every_language(definition: dict[str, Any]) -> None:
    changed(definition, "age", posted(**{"has.age": "yes", "has.limits": "yes", "limits": "20"}))
    age = read(definition).question("age")
    assert [(choice.code, choice.text["sv"], choice.text["en"]) for choice in age.choices] == [
        ("15-19", "15–19 år", "15–19 years"), ("20-29", "20–29 år", "20–29 years"),
    ]  # fmt: skip
    assert problems.problems_of(definition) == []


@pytest.mark.parametrize("limit", ["16", "17", "0", "-1", "x"])
def test_no_form_makes_the_bands_finer_than_the_promise(definition: dict[str, Any], limit: str) -> None:
    changed(definition, "age", posted(**{"has.age": "yes", "has.limits": "yes", "limits": limit}))
    assert [choice.code for choice in read(definition).question("age").choices] == ["15-29"]


def test_finer_bands_from_elsewhere_can_not_be_published(definition: dict[str, Any]) -> None:
    age = outline.question_of(definition, "age")
    finer = {"code": "15-16", "text": {"sv": "15–16 år", "en": "15–16"}, "from": 15, "to": 16}
    age["bands"][1] |= {"code": "17-17", "from": 17}
    age["bands"].insert(1, finer)
    assert "finer groups" in problems.problems_of(definition)[0].words


def test_the_year_of_birth_is_asked_in_words_that_fit_and_back_again(definition: dict[str, Any]) -> None:
    before = outline.question_of(definition, "age")["text"].copy()
    changed(definition, "age", posted(**{"has.age": "yes", "asks": "birth_year"}))
    question = outline.question_of(definition, "age")
    assert (question["asks"], question["text"]["sv"]) == ("birth_year", "Vilket år är du född?")
    assert read(definition).question("age").asks == "birth_year"
    changed(definition, "age", posted(**{"has.age": "yes", "asks": "age"}))
    assert outline.question_of(definition, "age")["text"] == before


def test_a_quantity_gets_bands_of_the_numbers_they_begin_at(definition: dict[str, Any]) -> None:
    words = {"sv": "Hur många?", "en": "How many?"}
    outline.question_add(definition, fresh("quantity") | {"text": words, "label": words, "code": "many"}, "about")
    changed(definition, "many", posted(starts="0, 1 6;11"))
    measure = read(definition).question("many").measure
    assert measure
    assert [(band.lowest, band.highest, band.text["sv"]) for band in measure.bands] == [
        (0, 0, "0"), (1, 5, "1–5"), (6, 10, "6–10"), (11, 100, "11–100"),
    ]  # fmt: skip
    sent = posted(starts="0, många")
    changed(definition, "many", sent)
    assert "whole numbers from 0 to 100" in sent.refused["starts"]
    changed(definition, "many", posted(starts=""))
    assert not outline.question_of(definition, "many").get("bands")


def test_the_promise_is_the_four_bands_of_the_ready_questionnaire() -> None:
    assert [(band["from"], band["to"]) for band in bands.promised()] == [(15, 17), (18, 19), (20, 24), (25, 29)]
