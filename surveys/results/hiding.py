"""Hiding parts of what somebody wrote, and nothing else: a reviewer takes words away and never puts any in."""

from __future__ import annotations

import re

HIDDEN = "[…]"
_MARK = re.compile(r"\[\s*(?:…|\.\.\.)\s*\]")


def tidy(shown: str) -> str:
    """A text as it is kept: one spelling of the mark, and no space around the whole."""
    return re.sub(
        rf"(?:{re.escape(HIDDEN)}\s*)+{re.escape(HIDDEN)}", HIDDEN, _MARK.sub(HIDDEN, _lines(shown))
    ).strip()


def is_hiding(text: str, shown: str) -> bool:
    """Whether `shown` is the text with parts replaced by the mark; something must be left."""
    pieces = [" ".join(piece.split()) for piece in tidy(shown).split(HIDDEN)]
    whole = " ".join(text.split())
    if not any(pieces):
        return False
    first, *others = pieces
    if not others:
        return first == whole
    if not whole.startswith(first):
        return False
    at = len(first)
    for piece in others[:-1]:
        found = whole.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return whole.endswith(others[-1]) and len(whole) - len(others[-1]) >= at


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
