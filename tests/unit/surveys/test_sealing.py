"""The envelope: only the worker opens it, and from outside all are alike."""

from __future__ import annotations

import json
from typing import Any

import pytest
from nacl.bindings import sodium_pad
from nacl.public import PrivateKey, SealedBox

from surveys.questionnaire import encode, wellbeing
from surveys.sealing import UnsealingError, padded_size, seal, unseal

KEY = PrivateKey.generate()
PRIVATE, PUBLIC = bytes(KEY), bytes(KEY.public_key)
SOMEBODY = {"age": "15-17", "means": ("calm", "joy"), "own_words": 'Åäö "citat" \\ \n😀'}


def test_what_goes_in_comes_out() -> None:
    content = unseal(wellbeing(), seal(wellbeing(), SOMEBODY, PUBLIC), PRIVATE)
    assert list(content.vector) == encode(wellbeing(), SOMEBODY)
    assert content.texts == {"own_words": SOMEBODY["own_words"]}


def test_the_same_answers_never_look_alike_and_different_ones_never_differ_in_size() -> None:
    longest = {"age": "25-29", "own_words": "😀" * 500}
    envelopes = [seal(wellbeing(), answers, PUBLIC) for answers in (SOMEBODY, SOMEBODY, {"age": "15-17"}, longest)]
    assert len(set(envelopes)) == 4
    assert len({len(envelope) for envelope in envelopes}) == 1


def test_the_longest_text_of_the_widest_letters_fits() -> None:
    for letter in ("😀", '"', "\\", "\n", "ä"):
        text = letter * 500
        assert (
            unseal(wellbeing(), seal(wellbeing(), {"own_words": text}, PUBLIC), PRIVATE).texts["own_words"] == text
        )


def test_nobody_else_opens_it() -> None:
    envelope = seal(wellbeing(), SOMEBODY, PUBLIC)
    with pytest.raises(UnsealingError):
        unseal(wellbeing(), envelope, bytes(PrivateKey.generate()))
    with pytest.raises(UnsealingError):
        unseal(wellbeing(), envelope[:-1] + bytes([envelope[-1] ^ 1]), PRIVATE)


@pytest.mark.parametrize(
    "content",
    [
        b"no json",
        {"v": [], "t": {}},
        {"v": [True] * 58, "t": {}},
        {"v": [99] * 58, "t": {}},
        {"v": encode(wellbeing(), SOMEBODY), "t": {"own_words": "x" * 501}},
        {"v": encode(wellbeing(), SOMEBODY), "t": {"joy": "x"}},
        {"v": encode(wellbeing(), SOMEBODY), "t": {"nobody": "x"}},
        {"v": encode(wellbeing(), SOMEBODY), "t": {"own_words": 5}},
        {"v": encode(wellbeing(), SOMEBODY)},
        [1, 2],
    ],
)
def test_what_no_page_sends_is_refused_without_a_word_of_it(content: Any) -> None:
    spelt = content if isinstance(content, bytes) else json.dumps(content).encode()
    envelope = SealedBox(KEY.public_key).encrypt(sodium_pad(spelt, padded_size(wellbeing())))
    with pytest.raises(UnsealingError) as failure:
        unseal(wellbeing(), bytes(envelope), PRIVATE)
    assert str(failure.value) == "An envelope could not be opened." and failure.value.__cause__ is None
