"""The built-in questionnaire in more languages than it is written in: a small file of texts for each.

A file gives each Swedish text in its language. One that it leaves out is the Swedish itself: easy Swedish changes
only what is hard, and a figure is the same in all languages.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from surveys.questionnaire.reading import CONTENT

FOLDER = CONTENT / "wellbeing"
LANGUAGES = ("sv-x-easy", "ar")


def texts(language: str) -> Mapping[str, str]:
    """Swedish text to the same in a language."""
    found: dict[str, str] = json.loads((FOLDER / f"{language}.json").read_text(encoding="utf-8"))["texts"]
    return found


def in_all_languages(definition: Mapping[str, Any]) -> dict[str, Any]:
    """The definition of the built-in questionnaire with every text in every language that there is."""
    written = tuple(definition["languages"])
    more = {language: texts(language) for language in LANGUAGES}

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
