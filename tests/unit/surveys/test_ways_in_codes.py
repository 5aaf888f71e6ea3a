"""Codes: hard to guess, easy to type, and told apart from slips of the pen without asking anybody."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from portal.guessing import (
    MOST_WRONG,
    forget_guesses,
    is_guessing,
    neighbourhood_of,
    wrong_code_from,
)
from surveys.ways_in.codes import RANDOM_SIGNS, SIGNS, code_from, code_hashes, new_code, read_code


def test_a_code_has_more_than_sixty_random_bits_and_no_sign_that_is_misread() -> None:
    assert 5 * RANDOM_SIGNS - 0.3 > 60
    codes = [new_code() for _turn in range(200)]
    assert len(set(codes)) == 200
    assert {len(code) for code in codes} == {16}
    assert set("".join(codes)) <= set(SIGNS) | {"-"} and not set("ILOU") & set("".join(codes))


def test_a_code_is_read_however_it_is_typed() -> None:
    for _turn in range(50):
        code = new_code()
        bare = code.replace("-", "")
        for typed in (code.lower(), f" {bare} ", bare.replace("1", "l").replace("0", "o"), code.replace("-", "–")):
            assert read_code(typed) == bare


def test_one_wrong_sign_or_two_that_changed_places_are_noticed() -> None:
    for _turn in range(20):
        code = new_code().replace("-", "")
        for place in range(len(code)):
            other = SIGNS[(SIGNS.index(code[place]) + 7) % 32]
            assert read_code(code[:place] + other + code[place + 1 :]) is None
        for place in range(len(code) - 1):
            swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
            assert swapped == code or read_code(swapped) is None


@pytest.mark.parametrize("text", ["", "ABC", "å" * 14, "U" * 14, "0" * 15, "<script>alert(1)</script>"])
def test_what_can_be_no_code_is_none(text: str) -> None:
    assert read_code(text) is None


def test_what_is_stored_depends_on_the_round_and_on_a_secret_outside_the_database(settings: Any) -> None:
    code, one, other = new_code(), uuid4(), uuid4()
    settings.SECRET_KEY_FALLBACKS = []
    (stored,) = code_hashes(one, code)
    assert len(stored) == 32 and stored != code_hashes(other, code)[0]
    former, settings.SECRET_KEY = settings.SECRET_KEY, "another"
    assert code_hashes(one, code) != [stored]
    settings.SECRET_KEY_FALLBACKS = [former]
    assert stored in code_hashes(one, code), "a code outlives a change of the secret"


def test_a_seed_gives_one_code_always() -> None:
    assert code_from(b"a" * 32) == code_from(b"a" * 32) != code_from(b"b" * 32)
    assert read_code(code_from(b"a" * 32))


def test_a_class_behind_one_address_never_meets_the_limit_and_a_guesser_does() -> None:
    forget_guesses()
    here, elsewhere = neighbourhood_of("203.0.113.7"), neighbourhood_of("198.51.100.7")
    assert neighbourhood_of("203.0.113.200") == here, "a network counts as one"
    for _pupil in range(30):
        wrong_code_from(here)
    assert not is_guessing(here)
    for _guess in range(MOST_WRONG):
        wrong_code_from(here)
    assert is_guessing(here) and not is_guessing(elsewhere)
    forget_guesses()
    assert neighbourhood_of("203.0.113.7") != here, "yesterday's hash means nothing today"
