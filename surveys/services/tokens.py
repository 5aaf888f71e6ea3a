"""The two halves of a personal code's way: buying a blind signature, and sending an answer with what it became.

They are two calls that share nothing. Whoever reads the database sees that some code was redeemed, and that some
token arrived; the blinding in between was done in the person's browser.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from surveys.public_round import PublicRound, ask
from surveys.ways_in.blind_rsa import PREPARED, blind_sign, check_blinded, is_signed, public_key
from surveys.ways_in.signing import personal_hashes, read_personal_code, signing_open


@dataclass(frozen=True)
class Token:
    """A message that a browser made, with the signature that it unblinded."""

    prepared: bytes
    signature: bytes


def token_sign(*, survey_round: PublicRound, code: str, blinded: bytes) -> bytes | None:
    """Sign what a browser blinded, once for each code; None for a code that has bought another signature already.

    The same code with the same blinded message gets the same signature, however often it asks: a phone that lost
    its network has lost nothing. Raises SigningError for what is no blinded message.
    """
    bare = read_personal_code(code)
    if bare is None or not survey_round.takes_personal_codes:
        return None
    # Before the code is spent: what can't be signed must not cost anyone theirs.
    check_blinded(public_key(survey_round.modulus), blinded)
    hashes = personal_hashes(survey_round.id, bare)
    seen = hashlib.sha256(blinded).digest()
    sealed = ask("SELECT token_grant(%s, %s::bytea[], %s)", survey_round.id, hashes, seen)
    return blind_sign(signing_open(bytes(sealed)).key, blinded) if sealed is not None else None


def read_token(survey_round: PublicRound, prepared: str, signature: str) -> Token | None:
    """The token that a form brought; None where its signature is not by this round's key."""
    if not survey_round.takes_personal_codes:
        return None
    try:
        token = Token(bytes.fromhex(prepared), bytes.fromhex(signature))
    except ValueError:
        return None
    if len(token.prepared) != PREPARED or not is_signed(
        public_key(survey_round.modulus), token.prepared, token.signature
    ):
        return None
    return token
