"""The sheets of a form as records: columns by what they mean and their language, rows by their number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from .telling import N_, Place, Report

MOST_ROWS = 2_000
LONGEST_CELL = 5_000

TWO_COLUMNS = N_("Two columns are headed %(header)s. Give each its own heading, or delete one of them.")
UNKNOWN_COLUMN = N_("We know no column headed %(header)s, so nothing in it is used. Check how it is spelt.")
TOO_MANY_ROWS = N_("The sheet has more than %(most)s rows. Divide the form in two.")
TOO_LONG_CELL = N_("The cell holds more than %(most)s characters. Shorten it.")

_ALIASES = {
    "caption": "label",
    "command": "type",
    "tag": "name",
    "value": "name",
    "list name": "list_name",
    "relevance": "relevant",
    "calculate": "calculation",
    "constraintmsg": "constraint_message",
    "constraining_message": "constraint_message",
    "constraint message": "constraint_message",
    "requiredmsg": "required_message",
    "required message": "required_message",
    "guidance hint": "guidance_hint",
    "readonly": "read_only",
    "read only": "read_only",
    "choice filter": "choice_filter",
    "default language": "default_language",
    "form title": "form_title",
    "form id": "form_id",
    "title": "form_title",
    "id_string": "form_id",
    "set_form_title": "form_title",
    "set_form_id": "form_id",
    "count": "repeat_count",
    "big-image": "image",
}
_PREFIXES = frozenset({"bind", "control", "media", "body", "jr"})
MEDIA = ("image", "audio", "video", "autoplay")
_KNOWN = {
    "survey": {
        "type", "name", "label", "hint", "guidance_hint", "required", "required_message", "relevant", "constraint",
        "constraint_message", "calculation", "default", "appearance", "choice_filter", "read_only", "parameters",
        "repeat_count", "trigger", "save_to", "note", "comment", "comments", "disabled", *MEDIA,
    },
    "choices": {"list_name", "name", "label", *MEDIA},
}  # fmt: skip
_QUIET = re.compile(
    r"(\$|_|kobo|hxl|tags?$|instance|rows|noapperrorstring|buttontext|sms_|compact_|orx|(bind::)?oc:|odk|"
    r"response_note|publishable|minimum_seconds|select_from_list_name|body::accuracythreshold|body::intent)"
)


@dataclass(frozen=True)
class Column:
    """A column: its letter, its heading, what it means, and the heading's language ("" where it names none)."""

    letter: str
    header: str
    meaning: str
    language: str


@dataclass(frozen=True)
class Row:
    """One row that holds anything: its number in the spreadsheet and its cells by column."""

    sheet: str
    number: int
    cells: Mapping[Column, str]
    columns: Sequence[Column]

    def get(self, meaning: str) -> str:
        """The cell of the first column that means this, in no language or in any."""
        return next((text for column, text in self.cells.items() if column.meaning == meaning), "")

    def texts(self, meaning: str) -> dict[str, str]:
        """The cells of all columns that mean this, by their headings' language."""
        return {column.language: text for column, text in self.cells.items() if column.meaning == meaning}

    def at(self, meaning: str, language: str | None = None) -> Place:
        """The place of the cell of the column that means this; the row's where there is no such column."""
        for column in (*self.cells, *self.columns):
            if column.meaning == meaning and language in (None, column.language):
                return Place(self.sheet, self.number, column.letter)
        return Place(self.sheet, self.number)


@dataclass(frozen=True)
class Table:
    """One sheet: its columns, and its rows in order."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Row]

    @cached_property
    def meanings(self) -> frozenset[str]:
        """What its columns mean."""
        return frozenset(column.meaning for column in self.columns)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)


def letter_of(number: int) -> str:
    """The letters that a spreadsheet shows above a column, counted from 0."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def headings_below(lines: Sequence[Sequence[str]]) -> int | None:
    """The line, from 1, where the headings of a survey sheet stand below a title; None where they don't."""
    wanted = {"type", "name"}
    for number, line in enumerate(lines[:20], start=1):
        if number > 1 and wanted <= {meaning_of(_trimmed(cell))[0] for cell in line if cell.strip()}:
            return number
    return None


def table(name: str, lines: Sequence[Sequence[str]], report: Report, cut: int = 0, above: int = 0) -> Table:
    """A sheet's lines as a table: the first line that holds anything is the headings.

    ``cut`` columns stand before the first and ``above`` rows above it in the file.
    """
    first = next((number for number, line in enumerate(lines) if any(cell.strip() for cell in line)), None)
    if first is None:
        return Table(name, (), ())
    columns = _columns(name, lines[first], report, cut, above + first + 1)
    rows = []
    for number, line in enumerate(lines[first + 1 :], start=above + first + 2):
        cells = {
            columns[place]: _trimmed(cell)
            for place, cell in enumerate(line)
            if place in columns and _trimmed(cell)
        }
        for column, text in cells.items():
            if len(text) > LONGEST_CELL and column.meaning != "json":
                report.refuse(Place(name, number, column.letter), TOO_LONG_CELL, most=LONGEST_CELL)
                cells[column] = text[:LONGEST_CELL]
        if cells:
            rows.append(Row(name, number, cells, tuple(columns.values())))
    if len(rows) > MOST_ROWS:
        report.refuse(Place(name), TOO_MANY_ROWS, most=MOST_ROWS)
    return Table(name, tuple(columns.values()), rows[:MOST_ROWS])


def _trimmed(cell: str) -> str:
    return cell.replace("\u00a0", " ").replace("\ufeff", "").replace("\r\n", "\n").strip()


def _columns(name: str, headers: Sequence[str], report: Report, cut: int, line: int) -> dict[int, Column]:
    columns: dict[int, Column] = {}
    for place, header in enumerate(headers):
        words = " ".join(_trimmed(header).split())
        if not words:
            continue
        meaning, language = meaning_of(words)
        column = Column(letter_of(place + cut), words, meaning, language)
        at = Place(name, line, column.letter)
        taken = {(known.meaning, known.language) for known in columns.values()}
        if (meaning, language) in taken and meaning in _KNOWN.get(name.lower(), ()) and meaning not in MEDIA:
            report.refuse(at, TWO_COLUMNS, header=words)
            continue
        known = _KNOWN.get(name.lower())
        if name.lower() == "survey" and known and meaning not in known and not _QUIET.match(words.lower()):
            report.warn(at, UNKNOWN_COLUMN, header=words)
        columns[place] = column
    return columns


def meaning_of(header: str) -> tuple[str, str]:
    """What a heading means and its language: ``media::image::English (en)`` is image in English (en)."""
    parts = [part.strip() for part in re.split(r"\s*::?\s*", header)]
    while len(parts) > 1 and parts[0].lower() in _PREFIXES:
        parts.pop(0)
    meaning = parts[0].lower()
    meaning = _ALIASES.get(meaning, meaning)
    meaning = _ALIASES.get(meaning.replace("_", " "), meaning.replace(" ", "_"))
    return meaning, ":".join(parts[1:])
