"""A round's signing key and the seed of its personal codes, closed with the installation's secret."""

from __future__ import annotations

import hmac
import json
import secrets
from dataclasses import dataclass
from uuid import UUID

from Crypto.PublicKey import RSA
from django.conf import settings
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from surveys.ways_in.blind_rsa import key_generate, modulus_of
from surveys.ways_in.codes import code_from, code_hashes, read_code

PERSONAL = "P"
"""The sign that personal codes begin with, so that page and person know them from a slip's."""


class SecretChanged(Exception):
    """The installation's secret is another than when the key was made, and the former one is not kept."""


@dataclass(frozen=True)
class Signing:
    """What only the web process and the mailing job may hold, for as long as they need it."""

    key: RSA.RsaKey
    seed: bytes

    def code_of(self, invitation_id: UUID) -> str:
        """The personal code of an invitation: derived, so that reminders bring the same and nothing stores it."""
        return f"{PERSONAL}-{code_from(hmac.digest(self.seed, UUID(str(invitation_id)).bytes, 'sha256'))}"


def signing_make() -> tuple[Signing, bytes, bytes]:
    """A new key and seed: opened, sealed, and the modulus that everyone may know."""
    made = Signing(key_generate(), secrets.token_bytes(32))
    content = {"key": made.key.export_key("DER").hex(), "seed": made.seed.hex()}
    sealed = bytes(SecretBox(_box_key(settings.SECRET_KEY)).encrypt(json.dumps(content).encode()))
    return made, sealed, modulus_of(made.key)


def signing_open(sealed: bytes) -> Signing:
    """Open a sealed key. Raises SecretChanged when no secret that is known opens it."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            content = json.loads(SecretBox(_box_key(secret)).decrypt(sealed))
        except CryptoError:
            continue
        return Signing(RSA.import_key(bytes.fromhex(content["key"])), bytes.fromhex(content["seed"]))
    raise SecretChanged("The signing key of a round can't be opened: SECRET_KEY has changed.")


def read_personal_code(text: str) -> str | None:
    """The bare code behind the P of a personal one; None for what is no personal code."""
    bare = text.strip().upper()
    return read_code(bare[1:]) if bare.startswith(PERSONAL) and read_code(bare) is None else None


def personal_hashes(round_id: UUID, code: str) -> list[bytes]:
    """What is stored of a personal code. It is another hash than that of a class code with the same signs."""
    return [hmac.digest(found, b"personal", "sha256") for found in code_hashes(round_id, code)]


def _box_key(secret: str) -> bytes:
    return hmac.digest(secret.encode(), b"surveys.ways_in.signing", "sha256")
