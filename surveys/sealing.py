"""The envelope around one person's answers: sealed to the round's key, and always of the same size.

libsodium's sealed box (X25519, XSalsa20-Poly1305) with a key of its own for every envelope: the web process
that closes it can't open it again. Before that the content is padded (ISO/IEC 7816-4) to the largest size
that the questionnaire version allows, so that neither a long text nor a skipped question shows from outside.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nacl.bindings import sodium_pad, sodium_unpad
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from surveys.questionnaire import (
    MOST_OWN_WORDS,
    Answers,
    CodingError,
    Kind,
    Question,
    Questionnaire,
    asked_questions,
    decode,
    encode,
    free_text,
    vector_length,
)

BLOCK = 512
BYTES_A_CHARACTER = 4
BYTES_A_CODE = 4
BYTES_A_QUANTITY = 3
"""So many more than a code."""
FRAME = 128
MOST_WAYS = 99
"""Numbers of channels have two figures at most, so that they fit the frame."""


class UnsealingError(Exception):
    """An envelope that can't be opened, or holds what no page of this version sends. Says nothing of what."""


@dataclass(frozen=True)
class Content:
    """What one envelope holds: the coded answers, the texts in the person's own words, and the way they came.

    `channel` is counted and dropped; it is 0 for a round's own link.
    """

    vector: tuple[int, ...]
    texts: Mapping[str, str]
    channel: int = 0


def padded_size(questionnaire: Questionnaire) -> int:
    """Bytes of every envelope's content in this version, before sealing."""
    texts = _longest_texts(questionnaire)
    most = FRAME + BYTES_A_CODE * vector_length(questionnaire)
    most += BYTES_A_QUANTITY * sum(question.kind is Kind.QUANTITY for question in questionnaire)
    most += sum(len(code) + 16 + BYTES_A_CHARACTER * length for code, length in texts.items())
    return -(-most // BLOCK) * BLOCK


def seal(
    questionnaire: Questionnaire,
    answers: Answers,
    public_key: bytes,
    channel: int = 0,
    asked: Sequence[Question] | None = None,
) -> bytes:
    """Close the answers into an envelope that only the holder of the round's private key can open.

    `asked` are the questions that these very answers lead to, where the caller has them already.
    """
    asked = asked_questions(questionnaire, answers) if asked is None else asked
    vector, texts = encode(questionnaire, answers, asked), free_text(questionnaire, answers, asked)
    content = {"v": vector, "t": texts, "c": channel}
    spelt = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    size = padded_size(questionnaire)
    if len(spelt) >= size:
        raise CodingError("The answers are larger than this version allows.")
    return bytes(SealedBox(PublicKey(public_key)).encrypt(sodium_pad(spelt, size)))


def unseal(questionnaire: Questionnaire, sealed: bytes, private_key: bytes) -> Content:
    """Open an envelope and check its content; raises UnsealingError, which quotes nothing."""
    try:
        padded = SealedBox(PrivateKey(private_key)).decrypt(sealed)
        content = json.loads(sodium_unpad(padded, padded_size(questionnaire)))
        vector = _checked_vector(questionnaire, content["v"])
        return Content(vector, _checked_texts(questionnaire, content["t"]), _checked_channel(content.get("c", 0)))
    except (CryptoError, CodingError, ValueError, KeyError, TypeError):
        raise UnsealingError("An envelope could not be opened.") from None


def _checked_vector(questionnaire: Questionnaire, vector: Sequence[int]) -> tuple[int, ...]:
    if not all(type(value) is int for value in vector):
        raise CodingError("A code is no whole number.")
    decode(questionnaire, vector)
    return tuple(vector)


def _checked_channel(number: object) -> int:
    """The channel's number. One that no round has counts as the round's own link: the answers are as good."""
    return number if type(number) is int and 0 <= number <= MOST_WAYS else 0


def _checked_texts(questionnaire: Questionnaire, texts: Mapping[str, str]) -> Mapping[str, str]:
    longest = _longest_texts(questionnaire)
    for code, text in texts.items():
        if not isinstance(text, str) or len(text) > longest.get(code, -1):
            raise CodingError("A text does not fit its question.")
    return dict(texts)


def _longest_texts(questionnaire: Questionnaire) -> dict[str, int]:
    """How many characters each field of own words may have."""
    texts = {question.code: question.max_length or 0 for question in questionnaire if question.kind is Kind.TEXT}
    beside = {question.own_words: MOST_OWN_WORDS for question in questionnaire if question.own_words}
    return texts | beside
