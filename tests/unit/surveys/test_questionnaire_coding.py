"""Answers become small numbers and come back unchanged; what can't be an answer is refused unnamed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaire import (
    CodingError,
    Kind,
    Slot,
    decode,
    encode,
    free_text,
    layout,
    positions,
    prune,
    read,
    wellbeing,
)

from .example import definition

SMALL = read(definition())


def test_layout_is_the_versions_order_with_a_slot_for_each_of_several_answers():
    assert layout(SMALL) == (
        Slot("age"),
        Slot("does"),
        Slot("likes_school"),
        Slot("why", "friends"),
        Slot("why", "sport"),
        Slot("why", "music"),
        Slot("why", "none"),
        Slot("friends_often"),
    )
    assert positions(SMALL, "why") == range(3, 7)
    assert positions(SMALL, "friends_often") == range(7, 8)
    assert len(positions(SMALL, "words")) == 0
    with pytest.raises(KeyError):
        positions(SMALL, "nonsense")


def test_not_asked_not_answered_and_answered_are_three_things():
    answers = {"age": "20-29", "does": "work", "why": ("sport",)}
    assert encode(SMALL, answers) == [2, 2, -1, 2, 1, 2, 2, -1]
    assert encode(SMALL, {"age": "15-19", "does": "school"}) == [1, 1, 0, 0, 0, 0, 0, -1]


def test_answers_to_what_was_not_asked_are_not_stored():
    assert encode(SMALL, {"age": "20-29", "does": "work", "likes_school": "often"})[2] == -1


def test_free_text_is_kept_apart():
    answers = {"age": "20-29", "words": "Mer musik"}
    assert free_text(SMALL, answers) == {"words": "Mer musik"}
    assert decode(SMALL, encode(SMALL, answers)) == {"age": "20-29"}
    assert free_text(SMALL, {"age": "20-29"}) == {}


FORGED = [
    {"age": "17"},
    {"does": "mayor-of-the-town"},
    {"does": ("school",)},
    {"why": "friends"},
    {"why": ("friends", "mayor-of-the-town")},
    {"nonsense": "x"},
]


@pytest.mark.parametrize("answers", FORGED)
def test_forged_answers_are_refused_and_not_repeated(answers):
    with pytest.raises(CodingError) as caught:
        encode(SMALL, answers)
    assert "mayor" not in str(caught.value)


CORRUPT = {
    "too short": [1, 1],
    "no such choice": [9, 1, 0, 0, 0, 0, 0, -1],
    "below not asked": [-2, 1, 0, 0, 0, 0, 0, -1],
    "asked without reason": [1, 2, 3, 0, 0, 0, 0, -1],
    "not asked without reason": [-1, 1, 0, 0, 0, 0, 0, -1],
    "half of several answers": [1, 2, -1, 1, 0, 0, 0, -1],
}


@pytest.mark.parametrize("vector", CORRUPT.values(), ids=CORRUPT.keys())
def test_a_corrupt_array_is_refused(vector):
    with pytest.raises(CodingError):
        decode(SMALL, vector)


@st.composite
def answers_to(draw, questionnaire):
    answers = {}
    for question in questionnaire:
        codes = [choice.code for choice in question.choices]
        if not codes or draw(st.booleans()):
            continue
        if question.kind is Kind.MULTIPLE:
            chosen = draw(st.sets(st.sampled_from(codes), min_size=1, max_size=question.max_choices))
            answers[question.code] = tuple(code for code in codes if code in chosen)
        else:
            answers[question.code] = draw(st.sampled_from(codes))
    return answers


@given(answers_to(wellbeing()))
def test_every_set_of_answers_comes_back_unchanged(answers):
    vector = encode(wellbeing(), answers)
    assert len(vector) == len(layout(wellbeing()))
    assert all(-1 <= value <= 32767 for value in vector)
    assert decode(wellbeing(), vector) == prune(wellbeing(), answers)
