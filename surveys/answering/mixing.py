"""Options in an order of each person's own, which nobody can work out afterwards.

With script the page shuffles by itself. Without, the order must stay the same while a person goes back and forth,
and nothing may be remembered: it follows from the form's own number and from a secret that lives in this process's
memory only. A number that were stored with an answer would then not tell the order, today or later.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from surveys.questionnaire import Choice

_SECRET = secrets.token_bytes(32)


@dataclass(frozen=True)
class Mixing:
    """The order that one person sees."""

    number: UUID

    def order(self, code: str, choices: Sequence[Choice]) -> list[Choice]:
        """The choices of a question, shuffled; those that stand alone, or take own words, stay last."""
        loose = [choice for choice in choices if not is_last(choice)]
        fixed = [choice for choice in choices if is_last(choice)]
        return sorted(loose, key=lambda choice: self._place(code, choice.code)) + fixed

    def _place(self, code: str, choice: str) -> bytes:
        return hmac.digest(_SECRET, f"{self.number}:{code}:{choice}".encode(), "sha256")


def is_last(choice: Choice) -> bool:
    """Whether a choice keeps its place at the end: "none of these", "something else", "don't know"."""
    return choice.is_exclusive or choice.is_missing or choice.has_words
