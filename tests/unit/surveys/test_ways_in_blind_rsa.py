"""Blind signatures by RFC 9474's own vectors, and what a signer can't do."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from Crypto.Hash import SHA384
from Crypto.PublicKey import RSA
from Crypto.Signature.pss import MGF1
from Crypto.Util.number import bytes_to_long, inverse, long_to_bytes
from Crypto.Util.strxor import strxor

from surveys.ways_in.blind_rsa import (
    SigningError,
    blind_sign,
    fingerprint,
    is_signed,
    key_generate,
    modulus_of,
    public_key,
    token_number,
)
from surveys.ways_in.codes import code_hashes
from surveys.ways_in.signing import (
    SecretChanged,
    personal_hashes,
    read_personal_code,
    signing_make,
    signing_open,
)

VECTORS: dict[str, Any] = json.loads((Path(__file__).parent / "rfc9474.json").read_text())


def of(part: str, name: str) -> bytes:
    return bytes.fromhex("".join(VECTORS[part][name]))


@cache
def rfc_key() -> RSA.RsaKey:
    p, q = (int("".join(VECTORS[name]), 16) for name in "pq")
    return RSA.construct((p * q, 65537, inverse(65537, (p - 1) * (q - 1)), p, q))


@cache
def our_key() -> RSA.RsaKey:
    return key_generate()


@pytest.mark.parametrize("part", ["A.1", "A.3"])
def test_the_rfcs_blinded_message_gets_the_rfcs_signature(part: str) -> None:
    assert blind_sign(rfc_key(), of(part, "blinded_msg")) == of(part, "blind_sig")


@pytest.mark.parametrize("part", ["A.1", "A.3"])
def test_the_rfcs_signature_is_good_and_any_other_is_not(part: str) -> None:
    key = rfc_key().public_key()
    prepared, signature = of(part, "prepared_msg"), of(part, "sig")
    assert is_signed(key, prepared, signature)
    assert not is_signed(key, prepared[:-1] + b"x", signature)
    assert not is_signed(key, prepared, signature[:-1] + bytes([signature[-1] ^ 1]))
    assert not is_signed(key, prepared, of(part, "blind_sig"))
    assert not is_signed(key, prepared, b"")


@pytest.mark.parametrize("wrong", [b"", b"\1" * 10, bytes(256), b"\xff" * 256, b"\1" * 257])
def test_what_is_no_blinded_message_is_not_signed(wrong: bytes) -> None:
    with pytest.raises(SigningError):
        blind_sign(our_key(), wrong)


def blinded_by_a_browser(key: RSA.RsaKey, prepared: bytes, salt: bytes, r: int) -> bytes:
    """EMSA-PSS with this salt, blinded by r (RFC 9474, section 4.2): here only to play the browser."""
    hashed = SHA384.new(bytes(8) + SHA384.new(prepared).digest() + salt).digest()
    size = key.size_in_bytes()
    block = bytes(size - 98) + b"\1" + salt
    masked = bytearray(strxor(block, MGF1(hashed, size - 49, SHA384)))
    masked[0] &= 0x7F
    encoded = bytes_to_long(bytes(masked) + hashed + b"\xbc")
    return long_to_bytes(encoded * pow(r, key.e, key.n) % key.n, size)


def test_any_signature_fits_any_blinded_message_so_a_signer_can_tell_nothing() -> None:
    """For each token there is a factor that blinds it into whatever the signer saw: nothing rules any pair out."""
    key, size = our_key(), our_key().size_in_bytes()
    seen, tokens = [], []
    for turn in range(3):
        prepared, r = bytes([turn]) * 64, 12345 + turn
        blinded = blinded_by_a_browser(key, prepared, bytes([turn]) * 48, r)
        signature = bytes_to_long(blind_sign(key, blinded)) * inverse(r, key.n) % key.n
        assert is_signed(key.public_key(), prepared, long_to_bytes(signature, size))
        seen.append(bytes_to_long(blinded))
        tokens.append(signature)
    for blinded in seen:
        for signature in tokens:
            factor = pow(blinded, key.d, key.n) * inverse(signature, key.n) % key.n
            assert pow(signature, key.e, key.n) * pow(factor, key.e, key.n) % key.n == blinded


def test_a_key_is_stored_as_its_modulus_and_compared_by_eye() -> None:
    modulus = modulus_of(our_key())
    assert public_key(modulus).n == our_key().n and len(modulus) == 256
    assert len(fingerprint(modulus).split()) == 6 and fingerprint(modulus) != fingerprint(modulus_of(rfc_key()))


def test_a_token_is_one_number_in_one_round() -> None:
    one, other = uuid4(), uuid4()
    assert token_number(one, b"a" * 64) == token_number(one, b"a" * 64)
    assert len({token_number(one, b"a" * 64), token_number(other, b"a" * 64), token_number(one, b"b" * 64)}) == 3


def test_the_private_key_is_sealed_with_the_installations_secret(settings: Any) -> None:
    settings.SECRET_KEY_FALLBACKS = []
    signing, sealed, modulus = signing_make()
    assert signing_open(sealed).key == signing.key and modulus == modulus_of(signing.key)
    invitation = uuid4()
    code = signing_open(sealed).code_of(invitation)
    assert code == signing.code_of(invitation) and read_personal_code(code) == code[1:].replace("-", "")
    former, settings.SECRET_KEY = settings.SECRET_KEY, "another secret"
    with pytest.raises(SecretChanged):
        signing_open(sealed)
    settings.SECRET_KEY_FALLBACKS = [former]
    assert signing_open(sealed).code_of(invitation) == code, "a reminder brings the same code after a change"


def test_a_personal_code_is_no_class_code_with_another_name() -> None:
    code = signing_make()[0].code_of(uuid4())
    assert read_personal_code(code.lower()) and read_personal_code(code[2:]) is None
    round_id = uuid4()
    assert personal_hashes(round_id, code[2:]) != code_hashes(round_id, code[2:])
