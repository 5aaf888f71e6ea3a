"""Whether a note reads as if it were about one person: the log is about groups.

A soft check. It never stops a note, and rather asks once too often than too seldom.
"""

from __future__ import annotations

import re

from datasets.identifiers import find_identifiers

_SOMEBODY = re.compile(
    r"\b(?:en|ett|den|det|denna|min|mitt|vår|vårt|hennes|hans|a|an|the|one|our|my)\s+(?:[^\W\d_]+\s+){0,2}?"
    r"(?:elev|tjej|kille|flicka|pojke|ungdom|barn|mamma|pappa|förälder|syster|bror|brukare|klient|patient|student|"
    r"pupil|girl|boy|kid|child|mother|father|parent|sister|brother|client)(?:en|n|et|t)?\b",
    re.IGNORECASE,
)
_CLASS = r"\b(?:[1-9]\s?[A-Fa-f]|(?:[A-ZÅÄÖ]{2}|[A-ZÅÄÖ]{3})\d{2}[A-Za-z]?)\b"
_PLACE = (
    r"(?<![^\W\d_])(?!(?i:kultur|musik|grund|för|gymnasie|folkhög|hög|special|sam|)skolan)"
    r"[^\W\d_]{3,}(?:skolan|gymnasiet)s?\b"
)
_POINTED_AT = re.compile(
    rf"{_CLASS}|{_PLACE}|\b(?:heter|vars|bor på|lives at|named|called|whose)\b|\b[A-Z]\w+ School\b"
)
_SENTENCES = re.compile(r"[.!?\n]+")


def reads_as_one_person(text: str) -> bool:
    """Whether a text holds an identifier, or points at somebody: "a girl in 9B", "en elev på Alviksskolan"."""
    if find_identifiers(text):
        return True
    return any(_SOMEBODY.search(part) and _POINTED_AT.search(part) for part in _SENTENCES.split(text))
