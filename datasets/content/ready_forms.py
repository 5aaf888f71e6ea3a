"""Ready forms for the local data that municipalities most often have: columns, sensitivity, words and rule.

A steward begins from one instead of from nothing: it says what the file should look like and fills in the
registration. Example values are made up. Items of surveys carry keys of our own where the survey's codes could not
be checked: `is_verified` is false for them. Plain Python, no Django.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from datasets.cubes import LocalText, pick

FOLDER = Path(__file__).resolve().parent / "forms"
ENOUGH = 0.75
"""So large a part of a form's columns must a file have to be taken for it."""
EVERYDAY = frozenset({
    "år", "läsår", "halvår", "kön", "ålder", "årskurs", "kommun", "skola", "skolform", "område", "plats", "tid",
    "vad", "antal", "elever", "unga", "fråga", "svar", "antal svar",
})  # fmt: skip
"""Columns that any file may have: they alone do not tell what it is about."""


@dataclass(frozen=True)
class FormColumn:
    """One column of the file: its heading, what it is (time, geo, dimension, measure) and what stands in it."""

    name: str
    role: str
    meaning: LocalText
    examples: tuple[str, ...]


@dataclass(frozen=True)
class FormItem:
    """A question of a survey, in our own words; `is_verified` where its code is the survey's own."""

    code: str
    text: LocalText
    is_verified: bool


@dataclass(frozen=True)
class SuggestedRule:
    """From how few people figures should be shown, and why. Zero stands for what the sensitivity says."""

    k: int
    share_base: int
    why: LocalText


@dataclass(frozen=True)
class ReadyForm:
    """Everything that is known of a kind of local data before anybody has seen the file."""

    key: str
    title: LocalText
    what: LocalText
    owner: LocalText
    source: LocalText
    columns: tuple[FormColumn, ...]
    sensitivity: str
    measures: str
    fit_for: tuple[int, ...]
    factors: tuple[str, ...]
    themes: tuple[str, ...]
    unit: LocalText
    definition: LocalText
    polarity: str
    how_to_read: LocalText
    does_not_say: LocalText
    framing: LocalText
    rule: SuggestedRule
    items: tuple[FormItem, ...]

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """The first rows of a file of this kind, made up."""
        return list(zip(*(column.examples for column in self.columns), strict=True))

    def registration(self) -> dict[str, Any]:
        """What a registration is filled in with."""
        texts = ("title", "unit", "definition")
        both = {name: pick(getattr(self, name), "sv") for name in texts}
        both |= {f"{name}_en": pick(getattr(self, name), "en") for name in texts}
        return both | {
            "ready_form": self.key,
            "description": pick(self.what, "sv"),
            "description_en": pick(self.what, "en"),
            "source": pick(self.source, "sv"),
            "sensitivity": self.sensitivity,
            "measures": self.measures,
            "fit_for": list(self.fit_for),
            "factors": list(self.factors),
            "themes": list(self.themes),
            "polarity": self.polarity,
            "how_to_read": pick(self.how_to_read, "sv"),
            "does_not_say": pick(self.does_not_say, "sv"),
        }


def ready_forms() -> tuple[ReadyForm, ...]:
    """All forms, by their Swedish titles."""
    return tuple(sorted(_forms().values(), key=lambda form: pick(form.title, "sv").casefold()))


def find_ready_form(key: str) -> ReadyForm | None:
    """The form with this key, or None."""
    return _forms().get(key)


def forms_for_columns(headings: Iterable[str]) -> tuple[ReadyForm, ...]:
    """The forms that a file with these headings may be, the likeliest first; none where no form fits.

    All columns of a form must be there, or most of them and one that is its own. Surveys share their columns, so
    that several may fit; a person chooses.
    """
    found = {_plain(heading) for heading in headings}
    fits = []
    for form in ready_forms():
        names = [_plain(column.name) for column in form.columns]
        measures = [_plain(column.name) for column in form.columns if column.role == "measure"]
        part = sum(name in found for name in names) / len(names)
        is_told = part == 1 or bool(found & set(names) - EVERYDAY)
        if part >= ENOUGH and is_told and found.issuperset(measures):
            fits.append((part, form))
    return tuple(form for _part, form in sorted(fits, key=lambda fit: -fit[0]))


def _plain(heading: str) -> str:
    return " ".join(heading.casefold().split())


@cache
def _forms() -> dict[str, ReadyForm]:
    read = (json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json")))
    return {data["key"]: _form(data) for data in read}


def _form(data: dict[str, Any]) -> ReadyForm:
    words: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in data.items()
    }
    words["columns"] = tuple(
        FormColumn(**{**column, "examples": tuple(column["examples"])}) for column in data["columns"]
    )
    words["items"] = tuple(FormItem(item["code"], item["text"], item["verified"]) for item in data["items"])
    words["rule"] = SuggestedRule(**data["rule"])
    return ReadyForm(**words)
