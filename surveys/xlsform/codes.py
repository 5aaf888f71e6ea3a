"""From the names in a form to codes as a questionnaire has them: small letters, digits and underscores."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 40
_SPECIAL = str.maketrans(
    {"ß": "ss", "æ": "ae", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "œ": "oe"}
)
NAME = re.compile(r"[^\W\d][\w.-]*")


def code_for(name: str, taken: set[str] | frozenset[str] = frozenset(), prefix: str = "q") -> str:
    """A question's code for a name: one that no other has, the same each time the form is read."""
    code = re.sub(r"[^a-z0-9_]+", "_", _plain(name)).strip("_")
    if not code or not code[0].isalpha():
        code = f"{prefix}_{code}".rstrip("_")
    return _alone(code[:LONGEST].rstrip("_"), taken)


def choice_code_for(name: str, taken: set[str] | frozenset[str] = frozenset()) -> str:
    """An answer's code for a name; it may begin with a digit and hold hyphens."""
    plain = _plain(name)
    if re.fullmatch(r"-\d+", plain):
        plain = f"minus_{plain[1:]}"
    code = re.sub(r"[^a-z0-9_-]+", "_", plain).strip("_-")
    return _alone(code[:LONGEST].rstrip("_") or "answer", taken)


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.strip().lower().translate(_SPECIAL))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _alone(code: str, taken: set[str] | frozenset[str]) -> str:
    number, alone = 2, code
    while alone in taken:
        alone = f"{code[: LONGEST - len(str(number)) - 1]}_{number}"
        number += 1
    return alone
