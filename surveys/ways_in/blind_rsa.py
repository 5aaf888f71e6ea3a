"""RSA blind signatures, RFC 9474, variant RSABSSA-SHA384-PSS-Randomized: the part that a server does.

A browser makes a random message, blinds it, and buys one signature on the blinded form with a personal code. What
the browser unblinds afterwards verifies as an ordinary RSASSA-PSS signature, and nothing that the signer saw tells
which one it signed: every signature fits every blinded message equally well. The browser's part is
`@cloudflare/blindrsa-ts`.
"""

from __future__ import annotations

import hashlib
from uuid import UUID

from Crypto.Hash import SHA384
from Crypto.PublicKey import RSA
from Crypto.Signature import pss
from Crypto.Util.number import bytes_to_long, long_to_bytes

BITS = 2048
EXPONENT = 65537
SALT = 48
PREFIX = 32
MESSAGE = 32
"""Bytes of what a browser signs: a random prefix (the variant's own) and a random message."""

PREPARED = PREFIX + MESSAGE


class SigningError(ValueError):
    """A blinded message that no key of this size can sign. Says nothing of it."""


def key_generate() -> RSA.RsaKey:
    """A new pair of keys."""
    return RSA.generate(BITS, e=EXPONENT)


def public_key(modulus: bytes) -> RSA.RsaKey:
    """The public key from what is stored of it."""
    return RSA.construct((bytes_to_long(modulus), EXPONENT), consistency_check=False)


def modulus_of(key: RSA.RsaKey) -> bytes:
    """The modulus as bytes, of the key's full length: all that is stored of a public key."""
    return long_to_bytes(key.n, key.size_in_bytes())


def blind_sign(key: RSA.RsaKey, blinded: bytes) -> bytes:
    """Sign a blinded message (RFC 9474, section 4.3). The same message always gets the same signature.

    The exponentiation is blinded once more, by the library, so that its time tells nothing of the key; and what
    came out is checked with the public key, so that a fault can't give the key away.
    """
    number = check_blinded(key, blinded)
    signature: bytes = key._decrypt_to_bytes(number)
    if pow(bytes_to_long(signature), key.e, key.n) != number:
        raise SigningError("The signature came out wrong.")
    return signature


def check_blinded(key: RSA.RsaKey, blinded: bytes) -> int:
    """A blinded message as its number. Raises SigningError where it is none of this key's."""
    if len(blinded) != key.size_in_bytes():
        raise SigningError("The blinded message is not as long as the key.")
    number = bytes_to_long(blinded)
    if not 0 < number < key.n:
        raise SigningError("The blinded message is no number below the key's.")
    return number


def is_signed(key: RSA.RsaKey, prepared: bytes, signature: bytes) -> bool:
    """Whether a prepared message carries a good signature (RFC 9474, section 4.5)."""
    try:
        pss.new(key, salt_bytes=SALT).verify(SHA384.new(prepared), signature)
    except ValueError:
        return False
    return True


def token_number(round_id: UUID, prepared: bytes) -> UUID:
    """The number that an envelope bears which came with this token: so a token counts once, as a page does.

    122 bits of SHA-256. Nothing else is written of a token, and no code leads to it.
    """
    digest = hashlib.sha256(b"surveys.ways_in.token:" + UUID(str(round_id)).bytes + prepared).digest()
    return UUID(bytes=digest[:16], version=4)


def fingerprint(modulus: bytes) -> str:
    """A key in few enough signs to be compared by eye: everyone in a round must see the same."""
    digest = hashlib.sha256(modulus).hexdigest()[:24]
    return " ".join(digest[place : place + 4] for place in range(0, len(digest), 4))
