"""Forms written as plain text: a CSV with the sheets' names in its first column, or tables of Markdown."""

from __future__ import annotations

import csv
import io
import re
from itertools import pairwise

Sheets = dict[str, list[list[str]]]

SHEETS = frozenset({"survey", "choices", "settings", "external_choices", "entities", "osm", "vaxtkraft"})
_MARKDOWN_ROW = re.compile(r"\s*\|(.*)\|?\s*")
_SEPARATOR = re.compile(r"[\s|:-]+")
_PIPE = re.compile(r"(?<!\\)\|")


def decoded(content: bytes) -> str | None:
    """The text in a file, by its mark or as UTF-8, else as Windows writes it; None where it is no text."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    if b"\0" in content:
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def markdown_sheets(text: str) -> Sheets | None:
    """The sheets in Markdown: a name alone in a first column, rows below it; None where there are none."""
    sheets: Sheets = {}
    rows: list[list[str]] | None = None
    for line in text.splitlines():
        found = _MARKDOWN_ROW.fullmatch(line)
        if found is None or _SEPARATOR.fullmatch(line):
            continue
        name, *cells = [cell.strip().replace("\\|", "|") for cell in _PIPE.split(found[1])]
        if name:
            rows = sheets.setdefault(name, [])
        if rows is not None and any(cells):
            rows.append(cells)
    return sheets if {name.lower() for name in sheets} & SHEETS else None


def csv_sheets(text: str) -> tuple[Sheets, dict[str, int]]:
    """The sheets of a CSV, and the line that each begins on; nothing where no sheet is named.

    A sheet's rows are placed on their lines: row ``n`` of it stands on line ``first line + n`` of the file.
    """
    sheets: Sheets = {}
    first_lines: dict[str, int] = {}
    rows: list[list[str]] | None = None
    for line, (name, *cells) in _lines(text):
        if name.strip().lower() in SHEETS and name.strip() not in sheets:
            rows = sheets.setdefault(name.strip(), [])
            first_lines[name.strip()] = line - 1
        if rows is None:
            continue
        start = first_lines[list(sheets)[-1]]
        rows.extend([] for _ in range(line - start - 1 - len(rows)))
        rows.append(cells)
    return sheets, first_lines


def _lines(text: str) -> list[tuple[int, list[str]]]:
    """The filled lines of a CSV with their numbers, divided by whatever divides the line of the first sheet."""
    head = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    found: list[tuple[int, list[str]]] = []
    try:
        found.extend((number, row) for number, row in enumerate(reader, 1) if any(cell.strip() for cell in row))
    except csv.Error:
        return []
    return found


def is_table(text: str) -> bool:
    """Whether the text looks like one table: several lines with equally many cells."""
    widths = [len(row) for _, row in _lines(text)[:20]]
    return len(widths) > 1 and widths[0] > 1 and all(a == b for a, b in pairwise(widths))
