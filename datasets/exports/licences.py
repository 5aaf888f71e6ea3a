"""Licences under which figures are passed on: what each is called, where it stands, and what it asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Licence:
    """A licence by its name. ``url`` is empty for one that we do not know."""

    name: str
    url: str = ""


_KNOWN = (
    (
        r"cc[\s-]?0|publicdomain/zero|public domain",
        Licence("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    ),
    (
        r"cc[\s-]?by[\s-]?sa|licenses/by-sa/4",
        Licence("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    ),
    (
        r"cc[\s-]?by(?![\s-]?(nc|nd))|licenses/by/4",
        Licence("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    ),
)
_OTHER_VERSION = re.compile(r"\b[1-3]\.\d\b")
_ADDRESS = re.compile(r"https?://[^\s<>\"']+")


def licence_of(text: str) -> Licence | None:
    """The licence that somebody wrote down; None for no words. One that we do not know keeps its own words."""
    text = text.strip()
    if not text:
        return None
    for pattern, licence in _KNOWN:
        is_other = licence.name.endswith("4.0") and _OTHER_VERSION.search(text)
        if re.search(pattern, text, re.IGNORECASE) and not is_other:
            return licence
    address = _ADDRESS.search(text)
    return Licence(text, address[0] if address else "")
