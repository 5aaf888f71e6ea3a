"""Support lines in the words of one language, for the component that shows them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from surveys.answering.languages import in_words
from surveys.support import AGES, lines_for, national


@lru_cache(maxsize=32)
def lines_to_show(language: str, on: date) -> tuple[dict[str, str], ...]:
    """Every line that serves anybody of 15 to 29, the same for all: never because of an answer."""
    return tuple(
        {
            "name": line.name,
            "phone": line.phone or "",
            "url": line.url or "",
            "whom": in_words(line.whom, language),
            "when": in_words(line.hours.text, language),
            "always": "yes" if line.hours.is_always and line.phone else "",
        }
        for line in lines_for(national(), youngest=AGES.start, oldest=AGES.stop - 1, on=on)
    )
