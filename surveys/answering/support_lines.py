"""Support lines in the words of one language, for the component that shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from surveys.answering.languages import in_words
from surveys.answering.place import place_name
from surveys.drafting.joint_version import MUNICIPALITY
from surveys.public_round import PublicRound
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


@dataclass(frozen=True)
class LocalLines:
    """The lines of one place under its name. `code` tells the municipalities of a joint round apart."""

    name: str
    lines: tuple[Mapping[str, str], ...]
    code: str = ""
    is_hidden: bool = False


def local_lines_of(
    survey_round: PublicRound, here: str, language: str, *, is_whole: bool
) -> tuple[LocalLines, ...]:
    """The round's own lines, and of a joint round those of the municipality that is chosen.

    The same for everyone who chose it, whatever they answer besides. A page that holds the whole survey has all of
    them, hidden but for that one: its script shows those of the one that is chosen.
    """
    of: dict[str, list[Mapping[str, str]]] = {}
    for line in survey_round.local_lines:
        of.setdefault(line.get("place") or "", []).append(line)
    found = []
    for code, lines in of.items():
        place = place_name(survey_round.questionnaire, {MUNICIPALITY: [code]}, language)
        name = place if code else survey_round.tenant_name
        if name and (is_whole or code in ("", here)):
            found.append(LocalLines(name, tuple(lines), code, is_hidden=bool(code) and code != here))
    return tuple(found)
