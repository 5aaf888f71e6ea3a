"""Swedish order without a collation: the database has none, so the key is stored."""

from __future__ import annotations

import unicodedata

_AFTER_Z = {"å": "{a", "ä": "{b", "ö": "{c", "æ": "{b", "ø": "{c"}


def swedish_sort_key(text: str) -> str:
    """A key whose byte order is the Swedish alphabet's: å, ä, ö last, accents otherwise ignored."""
    key = []
    for letter in unicodedata.normalize("NFC", text.strip().lower()):
        if letter in _AFTER_Z:
            key.append(_AFTER_Z[letter])
        else:
            plain = unicodedata.normalize("NFD", letter)
            key.append("".join(part for part in plain if not unicodedata.combining(part)))
    return "".join(key)[:200]
