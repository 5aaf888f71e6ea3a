"""How a CSV file is laid out: its separator, where its headings stand, its rows and what stands below them."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from .csv_mapping import SEPARATORS
from .encodings import codec_of
from .numbers import shape
from .periods import read_period
from .problems import Report
from .rows import Row

_SAMPLE = 2000
HEADER_WITHIN = 40
_REMARK = re.compile(r"\s*(källa|anm|not\b|fotnot|uppdaterad|kommentar|source|note|\*)", re.IGNORECASE)


def read_rows(data: bytes, encoding: str, separator: str, report: Report) -> Iterator[Row]:
    """Every row that holds anything; refused where a quotation mark opens a text that never ends."""
    # Decoded line by line: a text of the whole file takes up to four times its size.
    lines = io.TextIOWrapper(io.BytesIO(data), encoding=codec_of(data, encoding), newline="")
    reader = csv.reader(lines, delimiter=separator, strict=True)
    line, gap = 1, False
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise report.refuse("csv_quote", line) from error
        if "".join(cells).strip():
            yield Row(line, cells, gap)
            gap = False
        else:
            gap = True
        line = reader.line_num + 1


def find_separator(text: str) -> str | None:
    """The character that parts the most lines into the same number of columns; None when none does."""
    if text[:5].lower() == "sep=;" or text[:5].lower() == "sep=,":
        return text[4]
    best, best_score = None, 0.0
    sample = "".join(islice(io.StringIO(text, newline=""), _SAMPLE))
    for separator in SEPARATORS:
        counts = Counter(
            len(row) for row in _lenient(sample, separator) if len(row) > 1 and any(cell.strip() for cell in row)
        )
        rows = sum(1 for row in _lenient(sample, separator) if any(cell.strip() for cell in row))
        if counts and (score := max(counts.values()) / max(rows, 1)) > best_score + 0.02:
            best, best_score = separator, score
    return best


def _lenient(text: str, separator: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    except csv.Error:
        return


def trimmed(row: Row, width: int) -> Row:
    """A row without the empty cells beyond a width, such as separators at the end of a line give."""
    if len(row.cells) <= width or any(cell.strip() for cell in row.cells[width:]):
        return row
    return row._replace(cells=row.cells[:width])


def width_of(rows: Sequence[Row]) -> int:
    """The number of columns that most rows have, columns at the end that are empty in all rows aside."""
    width = Counter(len(row.cells) for row in rows).most_common(1)[0][0]
    return max((_filled_to(row.cells) for row in rows if len(row.cells) == width), default=width) or width


def find_header(rows: Sequence[Row], width: int) -> int | None:
    """The place of the row of headings, or None when the table begins without one."""
    used = _used_columns(rows, width)
    before: int | None = None
    for place, row in enumerate(rows[:HEADER_WITHIN]):
        cells = trimmed(row, width).cells
        filled = [column for column in used if column < len(cells) and cells[column].strip()]
        if len(cells) == width and len(filled) >= max(2, len(used) * 0.6):
            return place if _looks_like_headings(cells, rows[place + 1 :]) else before
        # A row with few headings, over its figures alone, stands right above the first row of the table.
        is_partial = len(cells) == width and len(filled) > 0 and not cells[used[0]].strip()
        before = place if is_partial and _looks_like_headings(cells, rows[place + 1 :]) else None
    return None


def units_row(row: Row, body: Sequence[Row], width: int) -> list[str] | None:
    """The units that stand in a row right below the headings, over figures alone; None where it is no such row."""
    cells = [cell.strip() for cell in trimmed(row, width).cells]
    if len(cells) != width or cells[0] or not any(cells) or any(shape(cell) is not None for cell in cells):
        return None
    for column in (column for column, cell in enumerate(cells) if cell):
        below = [other.cells[column] for other in body[:200] if len(other.cells) > column]
        if sum(shape(cell) is not None for cell in below) <= len(below) / 2:
            return None
    return cells


def _filled_to(cells: Sequence[str]) -> int:
    return next((place for place in range(len(cells), 0, -1) if cells[place - 1].strip()), 0)


def _used_columns(rows: Sequence[Row], width: int) -> list[int]:
    """The columns that more than a stray row fills."""
    counts: Counter[int] = Counter()
    for row in rows:
        counts.update(place for place, cell in enumerate(row.cells[:width]) if cell.strip())
    least = 2 if len(rows) > 2 else 1
    return [place for place in range(width) if counts[place] >= least]


def first_full_row(rows: Sequence[Row], width: int) -> int:
    """The place of the first row of the table where there are no headings."""
    return next((place for place, row in enumerate(rows) if len(trimmed(row, width).cells) == width), 0)


def _looks_like_headings(cells: Sequence[str], below: Sequence[Row]) -> bool:
    """A heading over figures is a word or a point in time; a row of figures is not a row of headings."""
    for column, cell in enumerate(cells):
        body = [row.cells[column] for row in below[:200] if len(row.cells) > column]
        figures = bool(body) and sum(shape(value) is not None for value in body) > len(body) / 2
        if figures and shape(cell) is not None and read_period(cell) is None:
            return False
    return True


class TableRows:
    """The rows of a table without the text below it, which ``text`` holds once all rows have been taken.

    Text is what fills only the first cell of the last rows, and stands apart: after an empty row, without any
    separator, or beginning as sources and remarks do. A row whose figures are merely empty stays a row.
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = rows
        self.text: list[str] = []

    def __iter__(self) -> Iterator[Row]:
        held: list[Row] = []
        for row in self._rows:
            if stands_alone(row) and (held or len(row.cells) == 1 or row.after_gap or _REMARK.match(row.cells[0])):
                held.append(row)
                continue
            if held:
                yield from held
                held.clear()
            yield row
        self.text = [row.cells[0].strip() for row in held]


def stands_alone(row: Row) -> bool:
    """Whether a row fills its first cell and no other."""
    return bool(row.cells[0].strip()) and not "".join(row.cells[1:]).strip()


def headings(cells: Sequence[str], report: Report, line: int | None) -> list[str]:
    """The headings, each different: empty and repeated ones get their column's number."""
    found: list[str] = []
    for number, cell in enumerate(cells, start=1):
        heading = " ".join(cell.split()) or f"({number})"
        if heading in found:
            report.add("csv_header_twice", line, number, name=heading)
            heading = f"{heading} ({number})"
        found.append(heading)
    return found
