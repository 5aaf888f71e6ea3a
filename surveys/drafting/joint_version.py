"""The question that a joint round adds to its questionnaire: which municipality. No database."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from copy import deepcopy
from functools import cache
from typing import Any

from surveys.questionnaire import Questionnaire
from surveys.questionnaire.reading import CONTENT

MUNICIPALITY = "municipality"
"""The code of the background question that tells the municipalities of a joint round apart."""


def asks_of_places(questionnaire: Questionnaire) -> bool:
    """Whether a questionnaire has a question of its own with that code, so that none can be added."""
    return any(question.code == MUNICIPALITY for question in questionnaire)


def with_municipalities(
    definition: Mapping[str, Any], places: Sequence[tuple[str, str]], *, code: str
) -> dict[str, Any]:
    """A version's definition with the question first of all, as version 1 of the questionnaire `code`.

    `places` are (code, name), in the order in which they are offered. Nobody is forced to answer: it is asked
    once more, and then let go. It stands in the first section, so that it costs no page of its own; where that
    is not for everyone it has one.
    """
    composed = deepcopy(dict(definition))
    languages = composed["languages"]
    first = composed["sections"][0]
    if first.get("show_if"):
        section = {"code": "where", "title": _said("label", languages)}
        composed["sections"] = [section, *composed["sections"]]
        first = section
    question = {
        "code": MUNICIPALITY,
        "section": first["code"],
        "kind": "single",
        "appearance": "dropdown",
        "text": _said("text", languages),
        "label": _said("label", languages),
        "help": _said("help", languages),
        "choices": [{"code": place, "text": dict.fromkeys(languages, name)} for place, name in places],
        "background": True,
        "ask_again": True,
        "measures": "context",
        "since": 1,
    }
    composed["questions"] = [question, *composed["questions"]]
    return {**composed, "format": 2, "code": code}


def _said(name: str, languages: Sequence[str]) -> dict[str, str]:
    """A text in each language; where it has not been translated, in English."""
    known = _texts()[name]
    return {
        language: known.get(language) or known.get(language.partition("-")[0]) or known["en"]
        for language in languages
    }


@cache
def _texts() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(
        (CONTENT / "municipality_question.json").read_text(encoding="utf-8")
    )
    return found
