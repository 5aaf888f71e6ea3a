"""A CSV file and what a person confirmed about it become a cube, or a report of why not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain, islice
from math import prod

import numpy as np
from numpy.typing import NDArray

from datasets.cubes import MAX_CELLS, Category, Cube, CubeError, Dimension, Note, Reason, Role, SourceSymbol, Unit

from . import sums
from .csv_axes import Axis, Kept
from .csv_chunks import Chunk, chunks_of
from .csv_columns import Columns
from .csv_mapping import DIMENSION_ROLES, Across, ColumnRole, CsvMapping
from .csv_measures import Measures
from .csv_source import Source, open_as_confirmed
from .csv_two_headers import LOOKED_AT, two_headers
from .former_places import FORMER, FOUNDED
from .identity import is_identity_number
from .periods import read_period
from .places import Gazetteer
from .problems import ImportResult, Refused, Report
from .quarantine import REPEATED, Quarantine
from .rows import Row

_SHARE_OF_PERSONS = 0.2


def read_csv(data: bytes, mapping: CsvMapping, places: Mapping[str, str] | None = None) -> ImportResult:
    """The table of a CSV file, or of a sheet of a workbook, with the rows that do not fit it kept apart.

    Columns are found by their headings, wherever they stand. ``places`` is the list of places, code to name, by
    which a column of places is recognised; without it such cells are taken as written.
    """
    report = Report()
    quarantine = Quarantine()
    try:
        source = open_as_confirmed(data, mapping, report)
        rows = _rows(source, mapping, report)
        reading = _Reading(mapping, rows, Gazetteer(places) if places else None, report)
        if mapping.header_rows == 1:
            reading.whole = source.whole
        quarantine = reading.quarantine
        cube = reading.cube()
    except Refused:
        return ImportResult(None, report.problems, mapping.encoding)
    left_out = quarantine.collect(source.rows(mapping.decimal))
    return ImportResult(cube, report.problems, mapping.encoding, left_out=left_out)


def _rows(source: Source, mapping: CsvMapping, report: Report) -> Iterator[Row]:
    """The rows of a file, with one row of headings."""
    rows = source.rows(mapping.decimal)
    if mapping.header_rows == 1:
        return rows
    head = list(islice(rows, LOOKED_AT))
    two = two_headers(head)
    if two is None:
        raise report.refuse("csv_header_changed", mapping.header_line, expected=mapping.columns[0].heading)
    return two.laid_out(chain(head, rows))


class _Reading:
    """One file on its way through: its columns, then its rows, then its cells."""

    def __init__(
        self, mapping: CsvMapping, rows: Iterator[Row], gazetteer: Gazetteer | None, report: Report
    ) -> None:
        self.mapping = mapping
        self.gazetteer = gazetteer
        self.report = report
        self.quarantine = Quarantine()
        self.whole: Callable[[int, int], Chunk | None] = lambda _headings_end, _width: None
        self.columns = Columns(mapping, rows, report, self.quarantine)
        number = self.columns.number
        labels = {c.labels: number(c) for c in mapping.of_role(ColumnRole.LABEL)}
        self.axes = [
            Axis(column, number(column), labels.get(column.heading))
            for column in mapping.of_role(*DIMENSION_ROLES)
        ]
        measured = [(column, number(column)) for column in mapping.of_role(ColumnRole.MEASURE)]
        if not measured:
            report.add("csv_no_measure")
        if not self.axes:
            report.add("csv_no_dimension")
        if len(measured) > 1 and mapping.across is None:
            report.add("csv_mapping")
        report.stop_if_fatal()
        self.measures = Measures(mapping, measured, self.quarantine)

    def cube(self) -> Cube:
        """The cube of all rows that fit."""
        lines = self._take_rows()
        for axis in self.axes:
            axis.understand(lines, self.gazetteer, self.report, self.quarantine)
        all_values, all_marks = self.measures.finish()
        self.quarantine.excuse(lines[self.measures.is_blank(all_marks)].tolist())
        self._check_years(lines)
        while True:
            keep: Kept = slice(None)
            if len(self.quarantine):
                keep = ~np.isin(lines, np.fromiter(self.quarantine.lines, dtype=np.int64))
            if not len(lines[keep]):
                self.quarantine.settle(self.columns.seen, self.report)
                raise self.report.refuse("csv_header_only", self.mapping.header_line or 1)
            dimensions, at = self._placed(keep)
            values, marks = all_values[keep], all_marks[keep]
            if not self._leave_out_duplicates(at, values, marks, lines[keep]):
                break
        self.quarantine.settle(self.columns.seen, self.report)
        if self.columns.text:
            self.report.add("csv_text_after")
        # What the rows were is in the cube soon: with it all would not fit in three times the file.
        self.axes.clear()
        del lines, keep
        return self._assemble(dimensions, at, values, marks)

    def _check_years(self, lines: NDArray[np.int64]) -> None:
        """Leave out rows with a code of a place in a year when that code was no longer in use."""
        times = [axis for axis in self.axes if axis.column.role is ColumnRole.TIME]
        for axis in (axis for axis in self.axes if axis.column.role is ColumnRole.GEO):
            for code, former in FORMER.items():
                late = [cell for time in times for cell in time.cells if time.year(cell) > former.until]
                for row in np.flatnonzero(axis.has((code,)) & np.any([t.has(late) for t in times], axis=0)):
                    self.quarantine.add(
                        "csv_place_not_then", int(lines[row]), axis.number, name=axis.column.heading
                    )
            for code, since in FOUNDED.items():
                early = [cell for time in times for cell in time.cells if 0 < time.year(cell) < since]
                rows = np.flatnonzero(axis.has((code,)) & np.any([t.has(early) for t in times], axis=0))
                if len(rows):
                    self.report.add(
                        "csv_place_not_yet",
                        int(lines[rows[0]]),
                        axis.number,
                        name=axis.column.heading,
                        since=since,
                    )

    def _placed(self, keep: Kept) -> tuple[tuple[Dimension, ...], NDArray[np.intp]]:
        """The dimensions of the rows that are kept, and the cell that each of them is about."""
        finished = [axis.finish(keep, self.gazetteer, self.mapping.lang) for axis in self.axes]
        dimensions = tuple(dimension for dimension, _ in finished)
        cells = prod(map(len, dimensions)) * len(self.measures.columns)
        if cells > MAX_CELLS:
            raise self.report.refuse("too_many_cells", cells=cells, limit=MAX_CELLS)
        return dimensions, np.ravel_multi_index(
            tuple(places for _, places in finished), tuple(map(len, dimensions))
        )

    def _take_rows(self) -> NDArray[np.int64]:
        """Read every row; gives the line that each began at."""
        taken: list[NDArray[np.int64]] = []
        persons = np.zeros((2, self.columns.width), dtype=np.int64)
        for chunk in self._chunks():
            taken.append(chunk.lines)
            persons += _persons(chunk)
            for axis in self.axes:
                axis.take(chunk)
            self.measures.take(chunk)
            del chunk
        for place in np.flatnonzero((persons[0] > 0) & (persons[0] >= _SHARE_OF_PERSONS * persons[1])):
            heading = next(name for name, at in self.columns.place.items() if at == place)
            self.report.add("csv_person", None, int(place) + 1, name=heading)
        self.report.stop_if_fatal()
        if not taken:
            self.quarantine.settle(self.columns.seen, self.report)
            raise self.report.refuse("csv_header_only", self.mapping.header_line or 1)
        return taken[0] if len(taken) == 1 else np.concatenate(taken)

    def _chunks(self) -> Iterable[Chunk]:
        """The rows of the table: at once where the file is plain, else with a look at each."""
        plain = self.whole(self.columns.headings_end, self.columns.width)
        if plain is None:
            return chunks_of(self.columns.rows(), self.columns.width)
        self.columns.seen, self.columns.text = len(plain.lines), list(plain.text)
        return iter((plain,))

    def _leave_out_duplicates(
        self,
        at: NDArray[np.intp],
        values: NDArray[np.float64],
        marks: NDArray[np.uint8],
        lines: NDArray[np.int64],
    ) -> bool:
        """Leave out all rows about the same that differ, and rows that repeat; gives whether there were any."""
        if np.bincount(at).max() == 1:
            return False
        order = np.argsort(at, kind="stable")
        again = np.flatnonzero(at[order][1:] == at[order][:-1])
        first_of: dict[int, int] = {}
        for place in again.tolist():
            row, before = int(order[place + 1]), int(order[place])
            first = first_of.setdefault(int(at[row]), before)
            same = np.array_equal(values[row], values[first], equal_nan=True)
            if same and np.array_equal(marks[row], marks[first]):
                self.quarantine.add(REPEATED, int(lines[row]), first=int(lines[first]))
            else:
                self.quarantine.add("csv_duplicate", int(lines[row]), first=int(lines[first]))
                self.quarantine.add("csv_duplicate", int(lines[first]), first=int(lines[row]))
        return True

    def _assemble(
        self,
        dimensions: tuple[Dimension, ...],
        at: NDArray[np.intp],
        values: NDArray[np.float64],
        marks: NDArray[np.uint8],
    ) -> Cube:
        mapping, measures = self.mapping, self.measures
        cells = prod(map(len, dimensions))
        absent_is_nil = mapping.absent is Reason.NIL
        figures = np.full((cells, values.shape[1]), 0.0 if absent_is_nil else np.nan)
        statuses = np.full(figures.shape, mapping.absent, dtype=np.uint8)
        signs = np.zeros(figures.shape, dtype=np.uint8)
        figures[at], statuses[at], signs[at] = values, measures.reasons[marks], marks
        absent = cells - len(at)
        if absent and not absent_is_nil:
            self.report.add("csv_unmeasured", count=absent, cells=cells)
        if mapping.across is not None and values.shape[1] > 1:
            across, order = self._across(mapping.across)
            dimensions = (*dimensions, across)
            figures, statuses, signs = figures[:, order], statuses[:, order], signs[:, order]
        shape = tuple(map(len, dimensions))
        if self._is_rate():
            dimensions = tuple(replace(dimension, summable=False) for dimension in dimensions)
        table = figures.reshape(shape)
        symbols, signs = _used(measures, signs)
        try:
            return Cube(
                dimensions=sums.settle(dimensions, table, self.report),
                values=table,
                statuses=statuses.reshape(shape),
                title={mapping.lang: mapping.title or measures.columns[0][0].shown},
                unit=self._unit(0),
                notes=tuple(Note({mapping.lang: text}) for text in self.columns.text),
                source=mapping.source,
                symbols=symbols,
                marks=signs.reshape(shape) if symbols else None,
            )
        except CubeError as error:
            raise self.report.refuse("csv_mapping") from error

    def _across(self, across: Across) -> tuple[Dimension, list[int]]:
        """The dimension that the columns of figures are the categories of, and the columns in its order."""
        columns = [column for column, _ in self.measures.columns]
        lang = self.mapping.lang
        codes = [column.heading for column in columns]
        order = list(range(len(columns)))
        if across.role is Role.TIME:
            periods = [read_period(heading) for heading in codes]
            if any(period is None for period in periods):
                raise self.report.refuse("csv_mapping")
            known = [period for period in periods if period is not None]
            codes = [period.code for period in known]
            order.sort(key=lambda place: known[place].order)
        metric = across.role is Role.METRIC
        categories = tuple(
            Category(codes[at], {lang: columns[at].shown}, unit=self._unit(at) if metric else None) for at in order
        )
        summable = across.summable and across.role is None
        return Dimension(across.code, {lang: across.name}, categories, across.role, summable), order

    def _unit(self, place: int) -> Unit:
        """A measure's unit, with as many decimals as it is written with."""
        column = self.measures.columns[place][0]
        label = {self.mapping.lang: column.unit} if column.unit else {}
        return Unit(label, self.measures.decimals(place))

    def _is_rate(self) -> bool:
        columns = [column for column, _ in self.measures.columns]
        words = [text for column in columns for text in (column.unit, column.heading, column.name)]
        return sums.is_rate([*words, self.mapping.title])


def _persons(chunk: Chunk) -> NDArray[np.int64]:
    """For each column, how many different cells are identity numbers, and how many different there are."""
    found = [
        (sum(map(is_identity_number, column.cells)), sum(map(bool, column.cells))) for column in chunk.columns
    ]
    return np.array(found, dtype=np.int64).T


def _used(measures: Measures, marks: NDArray[np.uint8]) -> tuple[tuple[SourceSymbol, ...], NDArray[np.uint8]]:
    """The signs that do occur, and the marks counted over them; an empty cell is no sign."""
    present = np.unique(marks)
    kept = [n for n in present.tolist() if n and measures.symbols[n - 1].symbol]
    renumber = np.zeros(256, dtype=np.uint8)
    for new, old in enumerate(kept, start=1):
        renumber[old] = new
    return tuple(measures.symbols[n - 1] for n in kept), renumber[marks]
