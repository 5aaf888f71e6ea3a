"""The question bank: what can be asked, in our own wording, with what each question measures.

The items of the built-in questionnaire come first, under their codes; the rest stand in `content/bank`, a file a
theme. Nothing is taken from an instrument that somebody else owns. Where another survey asks about the same thing
that is told, but its code for it is not known for sure: `elsewhere` says "unconfirmed" and no more.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from datasets.cubes import LocalText, pick
from surveys.questionnaire.reading import CONTENT

BANK = CONTENT / "bank"
SHIPPED_THEME = {"sv": "Frågorna i den färdiga enkäten", "en": "The ready questionnaire's questions"}
SHIPPED_SINCE = 2026

UNCONFIRMED = "unconfirmed"
"""What stands for another survey's code where we believe, but do not know, that it asks the same."""

OTHERS: Mapping[str, str] = {
    "lupp": "Lupp",
    "stockholmsenkaten": "Stockholmsenkäten",
    "fhm": "Folkhälsomyndighetens enkäter",
}
"""Surveys of others by the keys of `elsewhere`, with the names that they have in Swedish."""


@dataclass(frozen=True)
class BankItem:
    """One question of the bank. `question` is its definition without a section; `since` the year it came in."""

    theme: str
    theme_title: LocalText
    since: int
    question: Mapping[str, Any]

    @property
    def code(self) -> str:
        """The code that the question has in every questionnaire."""
        return str(self.question["code"])

    @property
    def measures(self) -> str:
        """Wellbeing, protective, risk or context."""
        return str(self.question["measures"])

    @property
    def factors(self) -> Sequence[str]:
        """The keys of the factors of wellbeing that it is about."""
        return self.question.get("factors", [])

    @property
    def is_sensitive(self) -> bool:
        """Whether support lines stand beside it."""
        return self.question.get("sensitive") is True

    @property
    def elsewhere(self) -> Mapping[str, str]:
        """Surveys of others that ask about the same, with the item's code there or UNCONFIRMED."""
        return self.question.get("elsewhere", {})

    def says(self, words: str) -> bool:
        """Whether all the words stand somewhere in its texts, in any language."""
        texts = [*self.question["text"].values(), *self.question["label"].values(), self.code]
        whole = " ".join(texts).casefold()
        return all(word in whole for word in words.casefold().split())


@dataclass(frozen=True)
class BankScore:
    """A score of the bank with a line on how it is worked out; its items are items of the bank."""

    about: LocalText
    score: Mapping[str, Any]

    @property
    def items(self) -> Sequence[str]:
        """The codes of the questions that it needs."""
        return list(self.score["items"])


@lru_cache(maxsize=1)
def items() -> Mapping[str, BankItem]:
    """Every item by its code, theme by theme."""
    return {item.code: item for item in (*_shipped(), *_own())}


@lru_cache(maxsize=1)
def scales() -> Mapping[str, Mapping[str, Any]]:
    """Every answer scale of the built-in questionnaire and the bank, by code."""
    found = [*_json(CONTENT / "wellbeing.json")["scales"], *_json(BANK / "scales.json")["scales"]]
    return {scale["code"]: scale for scale in found}


@lru_cache(maxsize=1)
def scores() -> Mapping[str, BankScore]:
    """Every score by its code."""
    found = {}
    for entry in _json(BANK / "scores.json")["scores"]:
        score = {key: value for key, value in entry.items() if key != "about"}
        found[score["code"]] = BankScore(entry["about"], score)
    return found


@lru_cache(maxsize=1)
def easy_swedish() -> Mapping[str, str]:
    """The ready questionnaire's texts in easy Swedish, by the Swedish ones; many are easy as they are."""
    easier: Mapping[str, str] = _json(BANK / "easy_swedish.json")["easier"]
    return {words: easier.get(words, words) for words in _swedish(_json(CONTENT / "wellbeing.json"))}


def _swedish(content: Any) -> Iterator[str]:
    parts = content.values() if isinstance(content, dict) else content if isinstance(content, list) else ()
    for part in parts:
        yield from _swedish(part)
    if isinstance(content, dict) and isinstance(content.get("sv"), str):
        yield content["sv"]


def find(*, words: str = "", measures: str = "", theme: str = "", factor: str = "") -> list[BankItem]:
    """The items that answer to all that is asked for; an empty wish lets everything through."""
    return [
        item
        for item in items().values()
        if item.says(words)
        and measures in ("", item.measures)
        and theme in ("", item.theme)
        and (not factor or factor in item.factors)
    ]


def themes(lang: str) -> dict[str, str]:
    """The themes by key, in the bank's order, with their names."""
    return {item.theme: pick(item.theme_title, lang) for item in items().values()}


def ready_definition() -> dict[str, Any]:
    """The built-in questionnaire's definition, a copy to change."""
    return _json(CONTENT / "wellbeing.json")


def _shipped() -> Iterator[BankItem]:
    elsewhere = _json(BANK / "shipped.json")["elsewhere"]
    for question in _json(CONTENT / "wellbeing.json")["questions"]:
        code = question["code"]
        known = {"elsewhere": elsewhere[code]} if code in elsewhere else {}
        bare = {key: value for key, value in question.items() if key not in ("section", "since")}
        yield BankItem("ready", SHIPPED_THEME, SHIPPED_SINCE, bare | known)


def _own() -> Iterator[BankItem]:
    for path in sorted(BANK.glob("[0-9]_*.json")):
        content = _json(path)
        for question in content["items"]:
            yield BankItem(content["theme"], content["title"], content["since"], question)


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
