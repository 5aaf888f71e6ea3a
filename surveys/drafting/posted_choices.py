"""From what a form sent to answers that can be chosen, each with a code that is made once and then kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from surveys.drafting.codes import code_of
from surveys.drafting.posted import Posted, put

SPARE_ROWS = 2
"""Empty rows for more answers, which is what there is without script."""
MOST_ROWS = 60
FLAGS = ("exclusive", "missing", "specify")

WITHOUT_ANSWER: Mapping[str, Mapping[str, str]] = {
    "dont_know": {
        "sv": "Vet inte",
        "sv-x-easy": "Jag vet inte",
        "en": "Don't know",
        "ar": "لا أعرف",
        "fi": "En tiedä",
    },
    "prefer_not": {
        "sv": "Vill inte svara",
        "sv-x-easy": "Jag vill inte svara",
        "en": "Prefer not to answer",
        "ar": "أفضّل ألا أجيب",
        "fi": "En halua vastata",
    },
}
"""Answers that say that there is none: valid, and never counted in a share."""


def choices_from(
    posted: Posted, old: Sequence[Mapping[str, Any]], languages: Sequence[str]
) -> list[dict[str, Any]]:
    """The answers as the form has them, after what its buttons did; those without words are gone."""
    found: list[dict[str, Any]] = []
    before = {choice["code"]: choice for choice in old}
    count = posted.get("choices")
    for number in range(min(int(count) if count.isdecimal() else 0, MOST_ROWS)):
        name, known = f"choice-{number}", before.get(posted.get(f"choice-{number}.code"), {})
        words = posted.words(f"{name}.text", known.get("text"), languages)
        if not words or posted.op("choice-remove") == str(number):
            continue
        taken = {choice["code"] for choice in found}
        code = known.get("code") or code_of(next(iter(words.values())), taken, "answer")
        choice: dict[str, Any] = {
            "code": code if code not in taken else code_of(code, taken, "answer"),
            "text": words,
        }
        for flag in FLAGS:
            put(choice, flag, posted.is_set(f"{name}.{flag}"))
        found.append(choice)
    _moved(posted, found)
    if (code := posted.op("choice-without")) in WITHOUT_ANSWER:
        found += [one for one in without_answer([str(code)], languages) if one["code"] not in _codes(found)]
    return found


def without_answer(codes: Sequence[str], languages: Sequence[str]) -> list[dict[str, Any]]:
    """The ready answers "don't know" and "prefer not to answer", of these codes, in the languages there are."""
    return [
        {
            "code": code,
            "text": {lang: words for lang, words in texts.items() if lang in languages},
            "missing": True,
        }
        for code, texts in WITHOUT_ANSWER.items()
        if code in codes
    ]


def _codes(choices: Sequence[Mapping[str, Any]]) -> set[str]:
    return {str(choice["code"]) for choice in choices}


def _moved(posted: Posted, choices: list[dict[str, Any]]) -> None:
    """Do what the buttons beside an answer say."""
    for op, step in (("choice-up", -1), ("choice-down", 1)):
        place = posted.op(op) or ""
        there = int(place) + step if place.isdecimal() and len(place) < 4 else -1
        if 0 <= there < len(choices) and 0 <= there - step < len(choices):
            choices[there], choices[there - step] = choices[there - step], choices[there]
