"""Where the columns that a person confirmed stand in this very file."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from .csv_layout import HEADER_WITHIN, TableRows, first_full_row, headings, trimmed, units_row
from .csv_mapping import CsvColumn, CsvMapping
from .problems import Report
from .quarantine import Quarantine
from .rows import Row

LOOKED_AT = 400


class Columns:
    """The confirmed columns with their places, and the rows below the headings.

    ``headings_end`` is the last line above the table's rows, ``seen`` how many rows the table has, and ``text``
    what stands below it, once all rows have been taken.
    """

    def __init__(self, mapping: CsvMapping, rows: Iterator[Row], report: Report, quarantine: Quarantine) -> None:
        self.width = len(mapping.columns)
        self.seen = 0
        self.text: list[str] = []
        self._report, self._quarantine = report, quarantine
        self._head = list(islice(rows, LOOKED_AT))
        if mapping.header_line is None:
            self.place = {column.heading: place for place, column in enumerate(mapping.columns)}
            begin = first_full_row(self._head, self.width)
        else:
            begin = self._match(mapping) + 1
        if begin < len(self._head) and units_row(self._head[begin], self._head[begin + 1 :], self.width):
            begin += 1
        self.headings_end = self._head[begin - 1].line if begin else 0
        self._rows = TableRows(chain(self._head[begin:], rows))

    def rows(self) -> Iterator[Row]:
        """The rows of the table, each as wide as its headings; others are left out."""
        for row in self._rows:
            self.seen += 1
            row = trimmed(row, self.width)
            found = len(row.cells)
            if found != self.width:
                column = min(found, self.width) + 1
                self._quarantine.add("csv_ragged", row.line, column, found=found, expected=self.width)
                continue
            yield row
        self.text = self._rows.text

    def number(self, column: CsvColumn) -> int:
        """The number of a column in the file, from 1."""
        return self.place[column.heading] + 1

    def _match(self, mapping: CsvMapping) -> int:
        """The row of headings: the one that has all that were confirmed, wherever it stands this time."""
        wanted = [column.heading for column in mapping.columns]
        best: tuple[int, int, list[str]] = (-1, 0, [])
        for place, row in enumerate(self._head[:HEADER_WITHIN]):
            names = headings(trimmed(row, self.width).cells, Report(), row.line)
            shared = len(set(names) & set(wanted))
            if shared > best[0]:
                best = (shared, place, names)
        _, place, names = best
        line = self._head[place].line if self._head else 1
        for heading in wanted:
            if heading not in names:
                raise self._report.refuse("csv_header_changed", line, expected=heading)
        for number, name in enumerate(names, start=1):
            if name not in wanted:
                raise self._report.refuse("csv_column_new", line, number, name=name)
        self.place = {name: at for at, name in enumerate(names)}
        return place
