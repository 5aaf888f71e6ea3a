"""The dimensions of a CSV table: the different cells of a column become categories, each cell its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from datasets.cubes import Category, Dimension, Role

from .csv_chunks import Chunk
from .csv_mapping import ColumnRole, CsvColumn
from .former_places import FORMER
from .messages import MESSAGES
from .periods import read_period
from .places import COUNTRY, Gazetteer
from .problems import Report, Severity
from .quarantine import Quarantine
from .sums import TOTALS

Kept = NDArray[np.bool_] | slice
"""Which rows are kept: some of them, or all."""


class Axis:
    """Collects one column: the different cells in order of appearance, and for each row which of them."""

    def __init__(self, column: CsvColumn, number: int, names: int | None) -> None:
        self.column = column
        self.number = number
        self.names = names
        self._places: dict[str, int] = {}
        self._rows: list[NDArray[np.int32]] = []
        self._named: dict[str, str] = {}
        self._renamed: set[str] = set()
        self._taken: NDArray[np.int32] = np.empty(0, dtype=np.int32)
        self._found: Mapping[str, str] = {}

    def take(self, chunk: Chunk) -> None:
        """More cells of the column, and of the column that names its codes."""
        column = chunk.columns[self.number - 1]
        own = [self._places.setdefault(cell, len(self._places)) for cell in column.cells]
        is_known = own == list(range(len(own)))
        self._rows.append(column.places if is_known else np.array(own, dtype=np.int32)[column.places])
        if self.names is not None:
            names = chunk.columns[self.names - 1]
            pairs = np.unique(column.places.astype(np.int64) * len(names.cells) + names.places)
            for code, name in zip(*np.divmod(pairs, len(names.cells)), strict=True):
                cell, called = column.cells[code], names.cells[name]
                if self._named.setdefault(cell, called) != called:
                    self._renamed.add(cell)

    def understand(
        self, lines: NDArray[np.int64], gazetteer: Gazetteer | None, report: Report, quarantine: Quarantine
    ) -> None:
        """Find out what each different cell stands for; the rows of those that stand for nothing are left out."""
        self._taken = self._rows[0] if len(self._rows) == 1 else np.concatenate(self._rows)
        self._rows.clear()
        name = self.column.heading

        def remark(code: str, cell: str) -> None:
            found = lines[self._taken == self._places[cell]].tolist()
            if MESSAGES[code].severity is Severity.FATAL:
                for line in found:
                    quarantine.add(code, line, self.number, name=name)
            elif found:
                report.add(code, found[0], self.number, name=name)

        self._found = self._understand(list(self._places), gazetteer, remark)
        if self._renamed:
            remark("csv_labels_differ", next(iter(self._renamed)))

    @property
    def cells(self) -> Collection[str]:
        """The different cells of the column."""
        return self._places.keys()

    def has(self, cells: Collection[str]) -> NDArray[np.bool_]:
        """Which rows hold one of these cells."""
        return np.isin(self._taken, [self._places[cell] for cell in cells if cell in self._places])

    def year(self, cell: str) -> int:
        """The year of a point in time; 0 where there is none."""
        period = read_period(cell)
        return int(period.order[0]) if period is not None else 0

    def finish(self, keep: Kept, gazetteer: Gazetteer | None, lang: str) -> tuple[Dimension, NDArray[np.int32]]:
        """The dimension of the rows that are kept, and the place of each of them on it."""
        rows = self._taken[keep]
        present = np.zeros(len(self._places), dtype=np.bool_)
        present[rows] = True
        found = {cell: self._found[cell] for cell, is_there in zip(self._places, present, strict=True) if is_there}
        labels = {code: self._label(cell, code, gazetteer) for cell, code in reversed(found.items())}
        dimension = Dimension(
            code=self.column.heading,
            label={lang: self.column.shown},
            categories=tuple(Category(code, {lang: labels[code]}) for code in self._ordered(found)),
            role=_ROLES.get(self.column.role),
            summable=self.column.summable and self.column.role is not ColumnRole.TIME,
        )
        to_place = np.array(
            [dimension.position(found[cell]) if cell in found else -1 for cell in self._places], dtype=np.int32
        )
        return dimension, to_place[rows]

    def _understand(
        self, written: Sequence[str], gazetteer: Gazetteer | None, remark: Callable[[str, str], None]
    ) -> dict[str, str]:
        """What each cell stands for: a code that is the same for every way of writing the same thing."""
        codes: dict[str, str] = {}
        for cell in written:
            codes[cell] = cell
            if not cell:
                remark("csv_blank_category", cell)
            elif self.column.role is ColumnRole.TIME:
                period = read_period(cell)
                if period is None:
                    remark("csv_time", cell)
                else:
                    codes[cell] = period.code
            elif self.column.role is ColumnRole.GEO and gazetteer is not None:
                codes[cell] = self._place(cell, gazetteer, remark)
        return codes

    def _place(self, cell: str, gazetteer: Gazetteer, remark: Callable[[str, str], None]) -> str:
        place = gazetteer.find(cell)
        named = gazetteer.find(self._named[cell]) if cell in self._named else None
        if place is None and cell.casefold() in TOTALS:
            return cell
        if place is None and cell in FORMER and FORMER[cell].present in gazetteer.places:
            remark("csv_place_former", cell)
            return FORMER[cell].present
        if place is None:
            remark("csv_place_kept" if self.column.keep_unknown else "csv_place", cell)
            return cell
        if place.contradiction or (named is not None and named.code != place.code):
            remark("csv_place_contradiction", cell)
        return place.code

    def _ordered(self, found: Mapping[str, str]) -> list[str]:
        """Points in time in their order, places by code, whole numbers by size, all else as in the file."""
        codes = list(dict.fromkeys(found.values()))
        if self.column.role is ColumnRole.TIME:
            order = {period.code: period.order for cell in found if (period := read_period(cell))}
            return sorted(codes, key=order.__getitem__)
        if self.column.role is ColumnRole.GEO:
            return sorted(codes, key=lambda code: (code != COUNTRY, len(code) if code.isdigit() else 9, code))
        if all(re.fullmatch("[0-9]{1,18}", code) for code in codes):
            return sorted(codes, key=int)
        return codes

    def _label(self, cell: str, code: str, gazetteer: Gazetteer | None) -> str:
        if self.column.role is ColumnRole.GEO and gazetteer is not None and code in gazetteer.places:
            return gazetteer.name(code)
        return self._named.get(cell) or cell


_ROLES = {ColumnRole.TIME: Role.TIME, ColumnRole.GEO: Role.GEO}
