"""Whom a round reached: two ages by two occupations, protected with all else that is told of the same people."""

from __future__ import annotations

import pytest

from surveys.questionnaire import Answers
from surveys.results.protecting import protected_base
from surveys.ways_in.reach import outside_school_reached
from tests.unit.surveys.test_tabulation import BREAKDOWNS, RULE, columns

TABLE = "occupation.age"


def group(age: str, occupation: str, count: int) -> list[Answers]:
    return [{"age": age, "occupation": occupation, "gender": "woman"} for _person in range(count)]


def reached(people: list[Answers]) -> tuple[int | None, bool]:
    base = protected_base(columns(people), BREAKDOWNS, RULE)
    return outside_school_reached(base.protected.shown, len(people)).answers, TABLE in base.protected.shown


def test_those_outside_school_are_counted_exactly() -> None:
    people = group("15-17", "school", 40) + group("18-19", "school", 20) + group("18-19", "neither", 17)
    people += group("15-17", "work", 11) + group("20-24", "work", 30) + group("25-29", "higher_education", 25)
    assert reached(people) == (28, True)


def test_where_their_table_hides_them_it_is_told_how_many_at_the_least() -> None:
    # Two of 20 are in school: the table would give them away, and what anyone can subtract does not.
    people = group("15-17", "school", 40) + group("18-19", "work", 30) + group("20-24", "school", 2)
    people += group("20-24", "work", 30) + group("25-29", "higher_education", 25)
    base = protected_base(columns(people), BREAKDOWNS, RULE)
    found = outside_school_reached(base.protected.shown, len(people))
    assert (found.answers, found.is_least, found.is_hardly) == (28, True, False)


def test_fewer_than_may_be_shown_are_not_told_of() -> None:
    people = group("15-17", "school", 40) + group("18-19", "work", 3) + group("18-19", "school", 30)
    people += group("20-24", "work", 30) + group("25-29", "higher_education", 25)
    assert reached(people)[0] is None


def test_a_group_that_was_joined_across_the_line_is_not_parted_again() -> None:
    # So few of 18 and 19 that they are told together with those of 20 to 24.
    people = group("15-17", "school", 40) + group("15-17", "work", 20) + group("18-19", "work", 3)
    people += group("20-24", "work", 30) + group("25-29", "higher_education", 25)
    assert reached(people) == (None, False)


@pytest.mark.parametrize("missing", ["age", "occupation"])
def test_without_one_of_the_two_questions_there_is_no_table(missing: str) -> None:
    people = group("15-17", "school", 40) + group("20-24", "work", 40)
    base = protected_base(columns(people), [code for code in BREAKDOWNS if code != missing], RULE)
    assert TABLE not in base.protected.shown


def test_who_said_nothing_of_school_is_not_counted_as_outside_it() -> None:
    silent: list[Answers] = [{"age": "15-17", "gender": "woman"} for _person in range(15)]
    people = group("15-17", "school", 40) + group("18-19", "work", 20) + silent + group("20-24", "work", 40)
    people += group("18-19", "school", 20)
    assert reached(people)[0] == 20
