"""How hard a Swedish text is to read, by LIX (Björnsson 1968), and a kind word about it.

Words a sentence plus the share of long words. Below 25 is children's books, 30-40 everyday newspaper prose,
above 50 official prose. Short texts swing a good deal, so a page is measured at a time rather than a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

EASY = 35
"""What young people read should not be harder than this."""
FEWEST_WORDS = 20
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


def is_measurable(texts: Iterable[str]) -> bool:
    """Whether there is enough text for the measure to say something."""
    return sum(len(WORD.findall(text)) for text in texts) >= FEWEST_WORDS


def longest_words(texts: Iterable[str], most: int = 3) -> list[str]:
    """The words to look at first where a text is hard: the longest ones."""
    found = {word.lower() for text in texts for word in WORD.findall(text) if len(word) > 2 * LONG}
    return sorted(found, key=lambda word: (-len(word), word))[:most]
