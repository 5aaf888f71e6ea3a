"""The built-in questionnaire in more languages than it is written in: easy Swedish of the bank, and Arabic.

Each gives the text for a Swedish one. A text that is left out is the Swedish itself: easy Swedish changes what is
hard and no more, and a figure is the same in all languages.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from surveys.drafting import bank
from surveys.questionnaire.reading import CONTENT

FOLDER = CONTENT / "wellbeing"


def texts(language: str) -> Mapping[str, str]:
    """Swedish text to the same in a language that has a file of its own."""
    found: dict[str, str] = json.loads((FOLDER / f"{language}.json").read_text(encoding="utf-8"))["texts"]
    return found


def in_all_languages(definition: Mapping[str, Any]) -> dict[str, Any]:
    """The definition of the built-in questionnaire with every text in every language that there is."""
    written = tuple(definition["languages"])
    more = {"sv-x-easy": bank.easy_swedish(), "ar": texts("ar")}

    def whole(value: Any) -> Any:
        if isinstance(value, list):
            return [whole(each) for each in value]
        if not isinstance(value, dict):
            return value
        if set(value) == set(written):
            return {**value, **{language: found.get(value["sv"], value["sv"]) for language, found in more.items()}}
        return {key: whole(each) for key, each in value.items()}

    languages = ["sv", "sv-x-easy", *(code for code in written if code != "sv"), "ar"]
    return {**whole(dict(definition)), "languages": languages}
