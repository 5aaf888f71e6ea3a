"""How hard a Swedish text is to read, by LIX (Björnsson 1968): words a sentence plus the share of long words.

Below 25 is children's books, 30-40 everyday newspaper prose, above 50 official prose. Short texts swing a
good deal, so measure a page at a time rather than a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
SENTENCE_END = re.compile(r"[.!?:;…]+(?=\s|$)|\n+")
LONG = 6


def lix(text: str) -> float:
    """Words per sentence + 100 × the share of words longer than six letters; 0 for a text without words."""
    words = WORD.findall(text)
    sentences = [part for part in SENTENCE_END.split(text) if WORD.search(part)]
    if not words:
        return 0.0
    long_words = sum(len(word) > LONG for word in words)
    return len(words) / len(sentences) + 100 * long_words / len(words)


def lix_of(texts: Iterable[str]) -> float:
    """The LIX of texts that a reader meets one after the other; each ends a sentence."""
    return lix("\n".join(texts))
