"""The key in every answering form: it stands where a cookie would.

The pages set no cookie, so Django's protection against forged forms can't be used. Instead the first page
makes a random number, which will be the number of the envelope, and signs it together with the round. A form
without a key of ours is not taken; one sent twice carries the same number and is stored once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.utils.crypto import constant_time_compare, salted_hmac

from surveys.services.tokens import Token

SALT = "surveys.answering.form_key"


@dataclass(frozen=True)
class FormKey:
    """A random number of this page's own, and the proof that it was given out for this round."""

    number: UUID
    signature: str
    code: str = field(default="", repr=False)
    """The class code that the person brought, where the round asks for one; it travels with the form."""
    token: Token | None = field(default=None, repr=False)
    """What the person's browser made of a personal code; it comes with the answers only."""
    is_held: bool = False
    """Whether the page itself keeps the token, or a saved code, until it sends."""


def new_key(round_id: UUID) -> FormKey:
    """A key for somebody who begins."""
    number = uuid4()
    return FormKey(number, _signature(round_id, number))


def read_key(round_id: UUID, number: str, signature: str) -> FormKey | None:
    """The key that a form brought, or None when it is not one that this round gave out."""
    try:
        found = UUID(number)
    except ValueError:
        return None
    if not constant_time_compare(_signature(round_id, found), signature):
        return None
    return FormKey(found, signature)


def _signature(round_id: UUID, number: UUID) -> str:
    return salted_hmac(SALT, f"{round_id}:{number}", algorithm="sha256").hexdigest()
