"""The key of a form: given out for one round, and not to be made by anybody else."""

from __future__ import annotations

from uuid import uuid4

import pytest

from surveys.answering.form_key import new_key, read_key

ROUND = uuid4()


def test_a_key_that_was_given_out_is_known_again() -> None:
    key = new_key(ROUND)
    assert read_key(ROUND, str(key.number), key.signature) == key


def test_no_two_pages_get_the_same_number() -> None:
    assert len({new_key(ROUND).number for _ in range(200)}) == 200


@pytest.mark.parametrize("number", ["", "x", "0" * 32, "1" * 5000, "ä", "\0"])
def test_what_is_no_number_is_no_key(number: str) -> None:
    assert read_key(ROUND, number, new_key(ROUND).signature) is None


@pytest.mark.parametrize("signature", ["", "0" * 64, "ä", "x" * 5000])
def test_a_wrong_signature_is_no_key(signature: str) -> None:
    assert read_key(ROUND, str(new_key(ROUND).number), signature) is None


def test_another_rounds_key_and_anothers_number_are_no_key() -> None:
    key, other = new_key(ROUND), new_key(ROUND)
    assert read_key(uuid4(), str(key.number), key.signature) is None
    assert read_key(ROUND, str(other.number), key.signature) is None
