"""A question becomes ideas, and a data set's words become the ideas that it answers.

"Hur mår unga som varken arbetar eller studerar" holds two ideas, how one is and neither work nor study. The ideas
and the words that say nothing by themselves stand in `datasets/content/search_words.json`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from datasets import content
from datasets.cubes import LocalText

PATH = Path(content.__file__).with_name("search_words.json")

MOST_IDEAS = 6
MOST_WORDS = 40
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


@dataclass(frozen=True)
class Idea:
    """One thing that a question asks about.

    `said` are the words of the question that hold it, `concept` is the key of the idea of our field that they
    name, if any; `weight` is how much it counts: an idea that we know counts more than a loose word.
    """

    said: str
    concept: str = ""
    factors: tuple[str, ...] = ()
    weight: int = 2


@dataclass(frozen=True)
class Concept:
    """An idea of the project's field: the phrases by which people name it, and what in the data tells of it."""

    key: str
    label: LocalText
    phrases: tuple[tuple[str, ...], ...]
    words: tuple[str, ...]
    factors: tuple[str, ...]
    filed: frozenset[str]

    def idea(self, said: str) -> Idea:
        """The idea, as somebody has said it: their own words are looked for as well."""
        return Idea(said, self.key, self.factors, weight=3)

    def is_told_by(self, text: str, filed: Collection[str]) -> bool:
        """Whether words in small letters, or the themes, factors and groups that it is filed under, tell of it."""
        return bool(self.filed & set(filed)) or any(word in text for word in self.words)


def ideas_in(question: str) -> tuple[Idea, ...]:
    """What a question asks about, in its own order; a question of nothing but fillers is taken at its word."""
    words = [word.casefold() for word in _WORD.findall(question)][:MOST_WORDS]
    found = list(_read(words, keep_fillers=False)) or list(_read(words, keep_fillers=True))
    return tuple({idea.said: idea for idea in found}.values())[:MOST_IDEAS]


def concepts() -> tuple[Concept, ...]:
    """Every idea that has words of its own."""
    return _concepts()


def told_of(text: str, filed: Collection[str]) -> list[str]:
    """The ideas that a data set answers, by its words in small letters and what it is filed under."""
    return [concept.key for concept in _concepts() if concept.is_told_by(text, filed)]


def _read(words: list[str], *, keep_fillers: bool) -> Iterator[Idea]:
    place = 0
    while place < len(words):
        concept, length = _longest_at(words, place)
        said = " ".join(words[place : place + length])
        if concept is not None:
            yield concept.idea(said)
        elif keep_fillers or said not in _fillers():
            yield Idea(said)
        place += length


def _longest_at(words: list[str], place: int) -> tuple[Concept | None, int]:
    """The concept with the longest phrase that begins here; none, and one word, where none does."""
    best: tuple[Concept | None, int] = (None, 1)
    longest = 0
    for concept in _concepts():
        for phrase in concept.phrases:
            if len(phrase) > longest and _matches(phrase, words[place : place + len(phrase)]):
                best, longest = (concept, len(phrase)), len(phrase)
    return best


def _matches(phrase: tuple[str, ...], words: list[str]) -> bool:
    return len(words) == len(phrase) and all(
        word.startswith(part[:-1]) if part.endswith("*") else word == part
        for part, word in zip(phrase, words, strict=True)
    )


@cache
def _content() -> Mapping[str, Any]:
    content: dict[str, Any] = json.loads(PATH.read_text(encoding="utf-8"))
    return content


@cache
def _fillers() -> frozenset[str]:
    return frozenset(_content()["fillers"])


@cache
def _concepts() -> tuple[Concept, ...]:
    return tuple(
        Concept(
            key=concept["key"],
            label=concept["label"],
            phrases=tuple(tuple(phrase.split()) for phrase in concept["phrases"]),
            words=tuple(concept["words"]),
            factors=tuple(concept["factors"]),
            filed=frozenset((*concept["themes"], *concept["factors"], *concept.get("groups", ()))),
        )
        for concept in _content()["concepts"]
    )
