"""Texts to look for figures in: what a page, a mail or a file says, without what spells any number by chance."""

from __future__ import annotations

import re

_BY_CHANCE = re.compile(
    r"""
      [0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}   # an object's number
    | \b[A-Za-z0-9_-]{32,}\b                        # the same without hyphens; a form's token; a hash; a key
    | (?<=\bnonce=")[^"]*
    | (?<=/d/)[0-9a-f]{10}(?=/)                     # the beginning of an object's number, as a short address
    | \bVK[0-9A-F]{12}\b                            # the same, as a name
    | (?<=svara/)\w{8}\b                            # a round's own link
    """,
    re.VERBOSE,
)


def without_keys(text: str) -> str:
    """A text without objects' numbers, tokens and keys: "900" is somewhere in one page of ten by chance alone."""
    return _BY_CHANCE.sub("", text)
