"""What a form of the editor sent, read kindly: what can't be taken is refused with words for its field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.utils.translation import gettext as _

LONGEST = 1000
"""Characters of any one text."""
LARGEST = 1_000_000
"""No number of a questionnaire is further from 0."""


class Fields(Protocol):
    """A form's fields as Django has them."""

    def __contains__(self, key: object) -> bool: ...
    def getlist(self, key: str) -> list[Any]: ...


@dataclass(frozen=True)
class Posted:
    """What a form sent: the last of each name, or nothing. `refused` gathers what could not be taken, by field."""

    fields: Fields
    refused: dict[str, str] = field(default_factory=dict)

    def __contains__(self, key: str) -> bool:
        return key in self.fields

    def get(self, key: str) -> str:
        """The field's text; empty where it was not sent."""
        return ([""] + [str(value) for value in self.fields.getlist(key)])[-1]

    def getlist(self, key: str) -> list[str]:
        """All that was sent under a name."""
        return [str(value) for value in self.fields.getlist(key)]

    def is_set(self, key: str) -> bool:
        """Whether a box was ticked."""
        return self.get(key) == "yes"

    def op(self, name: str) -> str | None:
        """What a button of this name was pressed for ("choice-up:3" gives "3"); None where it was not."""
        deed, _colon, about = self.get("op").partition(":")
        return about if deed == name else None

    def words(self, key: str, old: Mapping[str, str] | None, languages: Sequence[str]) -> dict[str, str]:
        """A text in every language: as sent, or as it was in languages that the form does not show."""
        words = {}
        for language in languages:
            name = f"{key}.{language}"
            sent = self.get(name).strip()[:LONGEST] if name in self.fields else (old or {}).get(language, "")
            if sent:
                words[language] = sent
        return words

    def number(self, key: str, old: Any = None, *, is_whole: bool = False, lowest: int | None = None) -> Any:
        """The number in a field: None where it is empty; as it was, and refused, where it is no number."""
        if key not in self.fields:
            return old
        sent = self.get(key).strip()
        if not sent:
            return None
        number = number_of(sent)
        if number is None:
            self.refused[key] = _("Write a number, such as 10.")
        elif is_whole and not isinstance(number, int):
            self.refused[key] = _("Write a whole number, such as 10.")
        elif lowest is not None and number < lowest:
            self.refused[key] = _("Write a number of at least %(lowest)s.") % {"lowest": lowest}
        return old if key in self.refused else number


def number_of(words: str) -> int | float | None:
    """A number as people write it, with a comma or a point; None where it is none, or far too large."""
    plain = words.strip().replace(",", ".").replace("−", "-").replace("\u00a0", "").replace(" ", "")
    try:
        number = float(plain)
    except ValueError:
        return None
    if number != number or abs(number) > LARGEST:
        return None
    return int(number) if number == int(number) else number


def put(content: dict[str, Any], key: str, value: Any, *, is_needed: bool = False) -> None:
    """Write a field, or take it away where there is nothing to write."""
    if value or is_needed:
        content[key] = value
    else:
        content.pop(key, None)
