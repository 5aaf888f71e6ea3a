"""Codes that open a round once: how they are made, spelt, read back, and stored as what can't be turned back.

Thirteen random signs of Crockford's base 32 (65 bits) and his check sign. Codes whose check sign would be one
of the five odd ones are not used, which costs a fifth of a bit. What the database holds is HMAC-SHA256 with a
key of the round's own that is derived from the installation's secret, so that neither a dump nor the write-ahead
log lets anyone try codes.
"""

from __future__ import annotations

import hmac
import secrets
from uuid import UUID

from django.conf import settings

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_SIGNS = 13
LENGTH = RANDOM_SIGNS + 1
MOST_A_SHEET = 200
CHECK = 37
MOST_A_SHEET = 200
GROUPS = ((0, 5), (5, 10), (10, LENGTH))
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", " ": "", "-": "", "–": "", "\u00a0": ""})


def new_code() -> str:
    """A fresh code, in groups as it is printed."""
    while True:
        signs = "".join(secrets.choice(SIGNS) for _place in range(RANDOM_SIGNS))
        check = _check(signs)
        if check < len(SIGNS):
            return spelt(signs + SIGNS[check])


def code_from(seed: bytes) -> str:
    """The code that belongs to a secret seed: always the same one, and as hard to guess."""
    for turn in range(256):
        number = int.from_bytes(hmac.digest(seed, bytes([turn]), "sha256")[:16], "big")
        signs = "".join(SIGNS[number >> 5 * place & 31] for place in range(RANDOM_SIGNS))
        check = _check(signs)
        if check < len(SIGNS):
            return spelt(signs + SIGNS[check])
    raise AssertionError("Each turn succeeds with 32 chances in 37.")


def spelt(code: str) -> str:
    """A code in three groups, to be read aloud and typed."""
    return "-".join(code[start:stop] for start, stop in GROUPS)


def read_code(text: str) -> str | None:
    """The code that somebody typed, bare; None where it can be none, by its length, signs or check sign.

    Small letters, spaces and hyphens do not matter, and O, I and L are taken for the figures they look like.
    """
    code = text.strip().upper().translate(MISREAD)
    if len(code) != LENGTH or not set(code) <= set(SIGNS):
        return None
    return code if _check(code[:-1]) == SIGNS.index(code[-1]) else None


def code_hashes(round_id: UUID, code: str) -> list[bytes]:
    """What is stored of a code: first by the secret in use, then by former ones that may still be asked for."""
    bare = (read_code(code) or "").encode()
    return [
        hmac.digest(_round_key(secret, round_id), bare, "sha256")
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    ]


def _round_key(secret: str, round_id: UUID) -> bytes:
    return hmac.digest(secret.encode(), b"surveys.ways_in.codes:" + UUID(str(round_id)).bytes, "sha256")


def _check(signs: str) -> int:
    number = 0
    for sign in signs:
        number = number * len(SIGNS) + SIGNS.index(sign)
    return number % CHECK
