"""The texts of a definition in every language: which lack, and what stands in for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

Definition = dict[str, Any]
"""A questionnaire's definition in FORMAT 2; in a draft anything may lack."""

TEXT_KEYS = frozenset({
    "text", "title", "label", "help", "intro", "thanks", "low_label", "high_label", "message", "unit",
})  # fmt: skip
NEEDED = frozenset({"text", "title", "label", "thanks"})
"""Texts that must be there; the others only where some language has them."""


@dataclass(frozen=True)
class TextPlace:
    """One text of a definition: where it stands, whose it is, and its words by language.

    `path` leads to it through keys and list positions; `owner` is a kind ("question", "section", "scale",
    "battery", "score", "whole") and a code.
    """

    path: tuple[str | int, ...]
    owner: tuple[str, str]
    words: Mapping[str, str]

    @property
    def name(self) -> str:
        """The path as one word, for a field of a form."""
        return ".".join(str(step) for step in self.path)

    @property
    def field(self) -> str:
        """What sort of text it is: text, label, help …"""
        return str(self.path[-1])

    @property
    def is_wanted(self) -> bool:
        """Whether every language must have it: a help that no language has is simply not there."""
        return self.field in NEEDED or any(said(word) for word in self.words.values())

    def lacks(self, language: str) -> bool:
        """Whether it is wanted and the language has no words for it."""
        return self.is_wanted and not said(self.words.get(language))


@dataclass(frozen=True)
class Completeness:
    """How far one language has come: texts with words, of the texts that must have them."""

    language: str
    done: int
    total: int

    @property
    def percent(self) -> int:
        """Whole per cent, rounded down: a hundred means that nothing lacks."""
        return 100 * self.done // self.total if self.total else 100

    @property
    def missing(self) -> int:
        return self.total - self.done


def said(words: object) -> bool:
    """Whether there are words at all."""
    return isinstance(words, str) and bool(words.strip())


def text_places(definition: Definition) -> list[TextPlace]:
    """Every text there is, in the order of the definition; a needed one that lacks altogether is there, empty."""
    return list(_walk(definition, (), ("whole", "")))


def completeness(definition: Definition) -> list[Completeness]:
    """Every language of the definition, and how far it has come."""
    wanted = [place for place in text_places(definition) if place.is_wanted]
    return [
        Completeness(language, sum(not place.lacks(language) for place in wanted), len(wanted))
        for language in definition.get("languages", [])
    ]


def put_text(definition: Definition, path: Sequence[str | int], language: str, words: str) -> None:
    """Write one text in one language; empty words take it away. Raises KeyError where there is no such place."""
    found: Any = definition
    for step in path[:-1]:
        try:
            found = found[step]
        except (IndexError, TypeError) as error:
            raise KeyError(step) from error
    texts = found.setdefault(path[-1], {})
    if words.strip():
        texts[language] = words.strip()
    else:
        texts.pop(language, None)
    if not texts and path[-1] not in NEEDED:
        del found[path[-1]]


def language_add(definition: Definition, language: str) -> None:
    """One more language, with no words yet."""
    if language not in definition["languages"]:
        definition["languages"].append(language)


def language_remove(definition: Definition, language: str) -> None:
    """Take a language away, with all its words. The first one stays: it is what the others fall back on."""
    if language in definition["languages"][1:]:
        definition["languages"].remove(language)
        within_languages(definition, definition["languages"])


def within_languages(content: Any, languages: Sequence[str]) -> Any:
    """Take away texts in other languages, in place; the content is given back."""
    for place in _walk(content, (), ("", "")):
        found = content
        for step in place.path[:-1]:
            found = found[step]
        if place.field in found:
            found[place.field] = {lang: said for lang, said in place.words.items() if lang in languages}
    return content


def filled(definition: Definition) -> Definition:
    """A copy in which every text that lacks is said in the first language that has it, or as "…": for previews."""
    whole = deepcopy(definition)
    languages = whole["languages"]
    for place in text_places(whole):
        if place.is_wanted:
            spare = next((place.words[lang] for lang in languages if said(place.words.get(lang))), "…")
            for language in languages:
                if place.lacks(language):
                    put_text(whole, place.path, language, spare)
    return whole


def _walk(content: Any, path: tuple[str | int, ...], owner: tuple[str, str]) -> Iterator[TextPlace]:
    if isinstance(content, list):
        for number, entry in enumerate(content):
            yield from _walk(entry, (*path, number), owner)
    if not isinstance(content, dict):
        return
    if len(path) == 2 and isinstance(path[1], int):
        owner = (str(path[0]).removesuffix("s").replace("batterie", "battery"), str(content.get("code", "")))
    for key in _keys(content, path):
        value = content.get(key)
        if key in TEXT_KEYS:
            words = {lang: word for lang, word in (value or {}).items() if isinstance(word, str)}
            yield TextPlace((*path, key), owner, words)
        else:
            yield from _walk(value, (*path, key), owner)


def _keys(content: Mapping[str, Any], path: tuple[str | int, ...]) -> list[str]:
    """The keys there are, and those of needed texts that should be there."""
    needed: tuple[str, ...] = ()
    if not path or (path[0] in ("sections", "scores") and len(path) == 2):
        needed = ("title",)
    elif path[0] == "questions" and len(path) == 2:
        needed = ("text", "label")
    elif path[-2:-1] in (("choices",), ("bands",)) or (path[0] == "batteries" and len(path) == 2):
        needed = ("text",)
    return [*(key for key in needed if key not in content), *content]
