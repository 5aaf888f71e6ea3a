"""What is new since a version: questions that came, went, were reworded, or take other answers.

A question can be compared between versions where its words and its answers are the same. `settle_since` writes
that down: such a question keeps the version that it was first asked in, and any other begins anew.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from surveys.drafting.texts import Definition, said


class Kind(StrEnum):
    """What became of a question."""

    NEW = "new"
    GONE = "gone"
    REWORDED = "reworded"
    OTHER_ANSWERS = "other_answers"
    SAME = "same"


BREAKS = frozenset({Kind.REWORDED, Kind.OTHER_ANSWERS})
"""Changes after which figures from before and after are not of the same thing."""


@dataclass(frozen=True)
class Change:
    """One question before and after; one of the two is None where it came or went.

    `answers_gone` and `answers_new` are the words of answers that only the older or only the newer one has.
    """

    code: str
    kind: Kind
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    answers_gone: tuple[Mapping[str, str], ...] = ()
    answers_new: tuple[Mapping[str, str], ...] = ()

    @property
    def label(self) -> Mapping[str, str]:
        """Its short name, the newer one."""
        return (self.after or self.before or {}).get("label") or {}


def changes(before: Definition, after: Definition) -> list[Change]:
    """Every question of either, in the order of the newer; those that are gone come last."""
    old = {one["code"]: one for one in before["questions"]}
    new = {one["code"]: one for one in after["questions"]}
    found = [
        _change(code, before, old[code], after, question)
        if code in old
        else Change(code, Kind.NEW, None, question)
        for code, question in new.items()
    ]
    return [*found, *(Change(code, Kind.GONE, one, None) for code, one in old.items() if code not in new)]


def is_behind(own: Definition, shared: Definition) -> bool:
    """Whether a shared questionnaire has come to ask something that one built on it does not ask, or not so."""
    return any(change.kind not in (Kind.SAME, Kind.GONE) for change in changes(own, shared))


def settle_since(before: Definition | None, after: Definition, version: int, same: Collection[str] = ()) -> None:
    """Write in every question which version it was first asked in, in place.

    `same` are reworded questions that somebody has said still ask the same thing.
    """
    after["version"] = version
    kinds = {change.code: change for change in changes(before, after)} if before else {}
    for question in after["questions"]:
        change = kinds.get(question["code"])
        keeps = change is not None and (
            change.kind is Kind.SAME or (change.kind is Kind.REWORDED and question["code"] in same)
        )
        question["since"] = change.before["since"] if keeps and change and change.before else version


def _change(
    code: str, old: Definition, before: Mapping[str, Any], new: Definition, after: Mapping[str, Any]
) -> Change:
    kind = _kind(old, before, new, after)
    if kind is Kind.SAME:
        return Change(code, kind, before, after)
    lang = old["languages"][0]
    had, has = (
        {(one.get("code"), (one.get("text") or {}).get(lang)): one.get("text") or {} for one in choices}
        for choices in (_choices(old, before), _choices(new, after))
    )
    gone, come = (
        [text for key, text in one.items() if key not in other] for one, other in ((had, has), (has, had))
    )
    return Change(code, kind, before, after, tuple(gone), tuple(come))


def _kind(old: Definition, before: Mapping[str, Any], new: Definition, after: Mapping[str, Any]) -> Kind:
    if _answers(old, before) != _answers(new, after):
        return Kind.OTHER_ANSWERS
    return Kind.SAME if _agree(_words(old, before), _words(new, after)) else Kind.REWORDED


def _answers(definition: Definition, question: Mapping[str, Any]) -> tuple[Any, ...]:
    """What can be answered, without its words: kind, codes and limits."""
    choices = _choices(definition, question)
    bands = [(band.get("code"), band.get("from"), band.get("to")) for band in question.get("bands", [])]
    limits = [question.get(key) for key in ("min_choices", "max_choices", "minimum", "maximum", "decimals")]
    rating = [question.get("from", 0), question.get("to", 10)] if question.get("kind") == "rating" else []
    return question.get("kind"), [choice.get("code") for choice in choices], bands, limits, rating


def _words(definition: Definition, question: Mapping[str, Any]) -> list[Mapping[str, str]]:
    """The texts that a person answers to: the question, its help, and its answers."""
    choices = _choices(definition, question)
    own = [question.get(key) or {} for key in ("text", "help", "low_label", "high_label", "unit")]
    return [*own, *(choice.get("text") or {} for choice in choices)]


def _agree(before: list[Mapping[str, str]], after: list[Mapping[str, str]]) -> bool:
    """Whether the words are the same in every language that both have: a new translation changes nothing."""
    had = {lang for words in before for lang, word in words.items() if said(word)}
    has = {lang for words in after for lang, word in words.items() if said(word)}
    both = had & has
    return all(
        (old.get(lang) or "") == (new.get(lang) or "")
        for old, new in zip(before, after, strict=True)
        for lang in both
    )


def _choices(definition: Definition, question: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The answers to choose from: those of the question's scale, and its own."""
    code = question.get("scale")
    scale: Mapping[str, Any] = next(
        (one for one in definition.get("scales", []) if code and one.get("code") == code), {}
    )
    return [*scale.get("choices", []), *question.get("choices", [])]
