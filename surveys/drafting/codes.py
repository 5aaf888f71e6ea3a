"""Codes that are made of words, so that nobody has to invent any."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

LONGEST = 32


def code_of(words: str, taken: Collection[str], spare: str) -> str:
    """A code that follows the rules of questionnaires and is not taken: "Hur mår du?" becomes "hur_mar_du"."""
    plain = unicodedata.normalize("NFKD", words.casefold()).encode("ascii", "ignore").decode()
    code = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:LONGEST].rstrip("_")
    code = code if re.match(r"[a-z]", code) else spare
    number, found = 1, code
    while found in taken:
        number += 1
        found = f"{code}_{number}"
    return found
