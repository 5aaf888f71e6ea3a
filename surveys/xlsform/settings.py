"""The settings sheet: what the form is called, and what it wants that we don't do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .codes import code_for
from .languages import code_of
from .sheets import Row, Table, meaning_of
from .telling import N_, NOWHERE, Place, Report
from .texts import Texts, plain

SENT_ELSEWHERE = N_(
    "Answers are never sent to another server, and no other key can open them: %(header)s is left out."
)
NAMED_AFTER = N_("An answer has no name that is made of what somebody answered: %(header)s is left out.")
UNTITLED = N_("The form has no title, so we call it %(title)s. Write one in settings as form_title.")
ON_ITS_SIDE = N_(
    "The settings seem to lie on their side. Write the headings beside one another in the first row, such as "
    "form_title and default_language, and what they say in the row below."
)
_HEADINGS = frozenset({"form_title", "form_id", "version", "default_language", "style", "instance_name"})
_UNTITLED = {"sv": "Enkät", "sv-x-easy": "Enkät", "en": "Survey", "de": "Umfrage", "fi": "Kysely"}
HIGHEST_VERSION = 9_999

_LEFT_OUT = {
    "public_key": SENT_ELSEWHERE,
    "submission_url": SENT_ELSEWHERE,
    "auto_send": SENT_ELSEWHERE,
    "instance_name": NAMED_AFTER,
}


@dataclass(frozen=True)
class Settings:
    """A form's own words about itself, by what they mean."""

    row: Row | None
    words: Mapping[str, str]

    @property
    def version(self) -> int:
        """The form's version where it is a small whole number, else 1."""
        written = self.words.get("version", "")
        number = int(written) if written.isascii() and written.isdigit() and len(written) <= 4 else 1
        return number if 1 <= number <= HIGHEST_VERSION else 1

    def heading(self, texts: Texts) -> dict[str, Any]:
        """What stands at the head of the definition; a title in one language serves for all."""
        code = self.words.get("form_id") or self.words.get("form_title") or "form"
        title = plain(self.words.get("form_title", ""))
        by_language = texts.everywhere(title)
        if not title:
            named = self.words.get("form_id", "")
            by_language = {one: named or _UNTITLED.get(one, _UNTITLED["en"]) for one in texts.languages}
            place = self.row.at("form_title") if self.row is not None else NOWHERE
            texts.report.warn(place, UNTITLED, title=by_language[texts.default])
        if self.row is not None:
            for header, words in self.row.texts("form_title").items():
                if (language := code_of(header)) in by_language:
                    by_language[language] = plain(words)
        return {
            "code": code_for(code, prefix="form"),
            "version": self.version,
            "languages": list(texts.languages),
            "title": by_language,
        }


def _firsts(sheet: Table) -> list[str]:
    return [row.cells.get(sheet.columns[0], "") for row in sheet.rows]


def _is_heading(words: str) -> bool:
    return meaning_of(words)[0] in _HEADINGS


def settings_of(sheet: Table | None, report: Report) -> Settings:
    """What the settings sheet says, in its first row."""
    row = sheet.rows[0] if sheet is not None and sheet.rows else None
    if row is None or sheet is None:
        return Settings(None, {})
    if len(sheet.columns) == 2 and all(_is_heading(one) for one in (sheet.columns[0].header, *_firsts(sheet))):
        report.refuse(Place(sheet.name, 1), ON_ITS_SIDE)
    words = {column.meaning: text for column, text in row.cells.items() if not column.language}
    for column, text in row.cells.items():
        template = _LEFT_OUT.get(column.meaning)
        if template and text.lower() not in ("false", "no"):
            report.strip(row.at(column.meaning), template, header=column.header)
    return Settings(row, words)
