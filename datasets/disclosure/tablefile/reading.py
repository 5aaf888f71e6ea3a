"""A CSV file as columns of codes. Nothing is converted: a code is a text, with its leading zeros."""

from __future__ import annotations

import csv
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import numpy as np

from ..model import Ints
from .problems import BadFile, in_words

MOST_ROWS = 3_000_000
_DELIMITERS = (",", ";", "\t", "|")
_ENCODINGS = ("utf-8-sig", "cp1252")
_NOT_TEXT = {b"PK\x03\x04": "an Excel or zip file", b"\xd0\xcf\x11\xe0": "an old Excel file", b"%PDF": "a PDF"}


@dataclass(frozen=True, eq=False)
class Column:
    """A column: its distinct texts in the order they appear, and for each row the place among those."""

    texts: tuple[str, ...]
    rows: Ints


@dataclass(frozen=True, eq=False)
class Sheet:
    """A file's columns by name, and the line on which each row begins."""

    columns: dict[str, Column]
    lines: Ints

    def __len__(self) -> int:
        return len(self.lines)


def read_sheet(path: Path, needed: Sequence[str]) -> Sheet:
    """All columns of a CSV file with a heading: comma, semicolon, tab or bar between, UTF-8 or Windows letters.

    Raises BadFile when it is no such file, or when one of the ``needed`` columns is missing.
    """
    _check_text(path)
    for encoding in _encodings(path):
        try:
            with _opened(path, encoding) as file:
                delimiter = _delimiter(file, needed)
                return _rows(csv.reader(file, delimiter=delimiter, strict=True), needed)
        except UnicodeError:
            continue
        except csv.Error as error:
            raise BadFile("not_csv", f"{path.name} can't be read as CSV: {error}. Save it anew as CSV.") from None
    raise BadFile("not_csv", f"{path.name} is not a text file. Save it as CSV in UTF-8.")


def _check_text(path: Path) -> None:
    try:
        with path.open("rb") as file:
            start = file.read(4096)
    except OSError as error:
        raise BadFile("no_file", f"The file {path} can't be read ({error.strerror}). Check its name.") from None
    for magic, kind in _NOT_TEXT.items():
        if start.startswith(magic):
            raise BadFile("not_csv", f"{path.name} is {kind}, not CSV. Save the table as CSV.")
    if not start.strip():
        raise BadFile("not_csv", f"{path.name} is empty.")
    if b"\0" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadFile("not_csv", f"{path.name} is not a text file. Save the table as CSV.")


def _encodings(path: Path) -> tuple[str, ...]:
    with path.open("rb") as file:
        return ("utf-16",) if file.read(2) in (b"\xff\xfe", b"\xfe\xff") else _ENCODINGS


@contextmanager
def _opened(path: Path, encoding: str) -> Iterator[TextIO]:
    with path.open(encoding=encoding, newline="") as file:
        yield file


def _delimiter(file: TextIO, needed: Sequence[str]) -> str:
    """What stands between the columns: that under which the heading has the needed ones, else the most."""
    heading = file.readline()
    file.seek(0)
    found: list[tuple[int, int, str]] = []
    for place, delimiter in enumerate(_DELIMITERS):
        names = [name.strip() for name in next(csv.reader([heading], delimiter=delimiter), [])]
        found.append((len(set(needed) & set(names)) * 1000 + len(names), -place, delimiter))
    return max(found)[2]


def _rows(reader: Iterator[list[str]], needed: Sequence[str]) -> Sheet:
    names = [name.strip() for name in next(reader, [])]
    while names and not names[-1]:
        names.pop()
    missing = [name for name in needed if name not in names]
    if missing:
        raise BadFile(
            "missing_columns",
            f"The file has no column {in_words(missing)}. It has {in_words(names) or 'no heading'}. Correct the "
            "specification or the heading.",
            missing,
        )
    twice = sorted({name for name in needed if names.count(name) > 1})
    if twice:
        raise BadFile("missing_columns", f"The file has the column {in_words(twice)} twice. Leave one out.", twice)
    width, ragged = len(names), []
    known: list[dict[str, int]] = [{} for _ in names]
    rows = [array("q") for _ in names]
    lines = array("q")
    for row in reader:
        if not any(row):
            continue
        if len(row) < width or any(row[width:]):
            ragged.append(str(reader.line_num))  # type: ignore[attr-defined]
            continue
        for codes, places, text in zip(known, rows, row, strict=False):
            places.append(codes.setdefault(text, len(codes)))
        lines.append(reader.line_num)  # type: ignore[attr-defined]
        if len(lines) > MOST_ROWS:
            raise BadFile("too_large", f"The file has more than {MOST_ROWS} rows. Publish several smaller tables.")
    if ragged:
        text = f"Line {in_words(ragged)} has not {width} columns as the heading has. Correct the file."
        raise BadFile("not_csv", text, [f"line {line}" for line in ragged])
    if not lines:
        raise BadFile("no_rows", "The file has a heading but no rows.")
    columns = {
        name: Column(tuple(codes), np.frombuffer(places, dtype=np.int64))
        for name, codes, places in zip(names, known, rows, strict=True)
        if name
    }
    return Sheet(columns, np.frombuffer(lines, dtype=np.int64))
