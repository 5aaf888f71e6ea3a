"""A form's file, read: the questionnaire that it describes, or why it can't be one."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..questionnaire import QuestionnaireError, read
from . import extras
from .ages import AGE_IS_BAND, AGE_MOVED
from .batteries import READ_AS_SCALE
from .opening import NO_FORM, TOO_SLOW, open_form
from .reading import AGE_ADDED, NO_HEADING, Built, build
from .telling import N_, NOWHERE, OutOfTime, Place, Report, Told

logger = logging.getLogger(__name__)

PYXFORM = N_("pyxform, the program that most tools read such forms with, refuses the form. It says: %(words)s")
SPELT = N_("Most tools know no type spelt %(type)s. Write it in small letters, such as select_one.")
NOT_USABLE = N_("The questionnaire that the form describes can't be used: %(words)s")

_ROW = re.compile(r"\[row : (\d+)\]\s*")
_TYPE = re.compile(r"Unknown question type '([^']+)'")
_SHEET = re.compile(r"On the '(\w+)' sheet")
_OUR_GUESSES = frozenset({READ_AS_SCALE, AGE_ADDED, AGE_IS_BAND, AGE_MOVED, NO_HEADING})
"""What we tell of forms that others wrote; one with our own sheet says it for certain."""


@dataclass(frozen=True)
class Reading:
    """What a form's file holds: a definition (FORMAT 2) unless it is refused, and all that is to be told of it.

    ``questions`` is how many questions the form itself asks, ``languages`` which it can be answered in. ``draft``
    is the definition with languages in which texts still lack, for whoever goes on writing.
    """

    definition: dict[str, Any] | None
    stripped: tuple[Told, ...]
    warnings: tuple[Told, ...]
    errors: tuple[Told, ...]
    title: str | None = None
    languages: tuple[str, ...] = ()
    questions: int = 0
    draft: dict[str, Any] | None = None

    @property
    def is_accepted(self) -> bool:
        """Whether the form can be used."""
        return not self.errors

    def as_json(self) -> dict[str, Any]:
        """What the command prints."""
        return {
            "verdict": "accept" if self.is_accepted else "refuse",
            "title": self.title,
            "languages": list(self.languages),
            "questions": self.questions,
            "stripped": [told.as_json() for told in self.stripped],
            "warnings": [told.as_json() for told in self.warnings],
            "errors": [told.as_json() for told in self.errors],
        }


def read_xlsform(content: bytes, name: str = "") -> Reading:
    """What a form's file holds (.xlsx, .xls, .csv or .md, told by the content). Raises nothing for any content.

    ``name`` is the file's name, for the log alone.
    """
    report = Report()
    opened = open_form(content, report)
    built: Built | None = None
    if opened is not None:
        try:
            built = build(opened.sheets, report, opened.cut, opened.first_rows)
        except (OutOfTime, RecursionError):
            report.refuse(NOWHERE, TOO_SLOW)
        if any(sheet.strip().lower() == extras.SHEET for sheet in opened.sheets):
            report.warnings = [told for told in report.warnings if told.template not in _OUR_GUESSES]
        if opened.refused:
            logger.info("%s: pyxform refuses it: %s", name or "form", opened.refused)
            if not report.errors:
                _pyxform_refuses(opened.refused, opened.sheets, report)
    if built is not None and not report.errors:
        _check_usable(built, report)
    return _told(built, report)


def _told(built: Built | None, report: Report) -> Reading:
    told = (tuple(report.stripped), tuple(report.warnings), tuple(report.errors))
    if built is None:
        return Reading(None, *told)
    definition = built.definition
    named, titles = definition.get("languages"), definition.get("title")
    languages = tuple(str(one) for one in named) if isinstance(named, list) else ()
    title = str(titles.get(languages[0], "")) if isinstance(titles, Mapping) and languages else None
    asked = [one for one in definition.get("questions", ()) if _is_asked(one) and one.get("code") in built.rows]
    if report.errors:
        return Reading(None, *told, title, languages, len(asked))
    return Reading(dict(definition), *told, title, languages, len(asked), dict(built.draft))


def _is_asked(question: object) -> bool:
    return isinstance(question, Mapping) and question.get("kind") not in ("info", "calculated")


def _pyxform_refuses(words: str, sheets: Mapping[str, list[list[str]]], report: Report) -> None:
    if unknown := _TYPE.search(words):
        place = _place_of(unknown[1], sheets)
        if place is not None:
            report.refuse(place, SPELT, type=unknown[1][:100])
            return
    row, sheet = _ROW.search(words), _SHEET.search(words)
    place = Place(sheet[1] if sheet else "survey" if row else None, int(row[1]) if row else None)
    report.refuse(place, PYXFORM, words=_ROW.sub("", words)[:500])


def _place_of(text: str, sheets: Mapping[str, list[list[str]]]) -> Place | None:
    """The first row of the survey sheet that has a cell with this text."""
    lines = next((lines for name, lines in sheets.items() if name.strip().lower() == "survey"), [])
    rows = (at for at, cells in enumerate(lines, start=1) if text in (cell.strip() for cell in cells))
    found = next(rows, None)
    return Place("survey", found) if found is not None else None


def _check_usable(built: Built, report: Report) -> None:
    """Hold the definition against the reader of questionnaires; what it finds is told at the question's row."""
    try:
        read(built.definition)
    except (RecursionError, TypeError, AttributeError):  # of what strangers wrote in the sheet of our own
        logger.warning("A form's own sheet holds what no questionnaire can be read from.")
        report.refuse(NOWHERE, NO_FORM)
    except QuestionnaireError as error:
        for problem in error.problems:
            row = next(
                (row for code, row in built.rows.items() if re.search(rf"\b{re.escape(code)}\b", problem)), None
            )
            report.refuse(Place("survey", row) if row else NOWHERE, NOT_USABLE, words=problem)
