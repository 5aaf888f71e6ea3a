"""The figures in their dimensions, with slicing and careful sums: all of a cube but its written forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from functools import cached_property
from itertools import product
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .dimension import Dimension, Role, Unit
from .errors import CubeError, UnknownCode
from .notes import Note
from .reasons import Reason, SourceSymbol, combine, missing_mask
from .text import LocalText

_PIECE = 1 << 16


class Cell(NamedTuple):
    """One figure: where it stands, its value (None when missing), and what its source says beside it."""

    codes: tuple[str, ...]
    value: float | None
    reason: Reason
    symbol: SourceSymbol | None


@dataclass(frozen=True, eq=False)
class Table:
    """A table of figures over ordered dimensions.

    ``values`` is float64 with the dimensions' sizes as shape, NaN exactly where ``statuses`` (a Reason per
    cell) says missing. ``marks`` gives, per cell, 1 + the place in ``symbols`` of the sign that the source
    printed there, 0 for none; left out, each missing cell gets the first symbol of its reason. The arrays are
    read-only. Raises CubeError when the parts do not fit together.
    """

    dimensions: tuple[Dimension, ...]
    values: NDArray[np.float64]
    statuses: NDArray[np.uint8]
    title: LocalText = field(default_factory=dict)
    unit: Unit | None = None
    notes: tuple[Note, ...] = ()
    source: str = ""
    updated: datetime | None = None
    symbols: tuple[SourceSymbol, ...] = ()
    marks: NDArray[np.uint8] | None = None

    def __post_init__(self) -> None:
        if len({dimension.code for dimension in self.dimensions}) != len(self.dimensions):
            raise CubeError("Two dimensions of the cube have the same code.")
        if len({symbol.symbol for symbol in self.symbols}) != len(self.symbols):
            raise CubeError("The same sign is explained twice.")
        object.__setattr__(self, "values", _frozen(self.values, np.float64))
        object.__setattr__(self, "statuses", _frozen(self.statuses, np.uint8))
        for name, array in (("values", self.values), ("statuses", self.statuses)):
            if array.shape != self.shape:
                raise CubeError(f"The {name} have the shape {array.shape}, the dimensions {self.shape}.")
        self._check_reasons()
        if self.marks is not None:
            object.__setattr__(self, "marks", _frozen(self.marks, np.uint8))
            if self.marks.shape != self.shape or self.marks.max(initial=0) > len(self.symbols):
                raise CubeError("The marks do not fit the cells or the symbols.")
            object.__setattr__(self, "marks", self._honest_marks(self.marks))

    @classmethod
    def of_values(
        cls,
        dimensions: Sequence[Dimension],
        values: ArrayLike,
        *,
        missing: Reason = Reason.NOT_AVAILABLE,
        **about: Any,
    ) -> Self:
        """A cube of plain figures, any shape of the right size; NaN cells get the reason ``missing``."""
        shape = tuple(len(dimension) for dimension in dimensions)
        array = np.asarray(values, dtype=np.float64)
        if array.size != int(np.prod(shape)):
            raise CubeError(f"There are {array.size} values for {int(np.prod(shape))} cells.")
        array = array.reshape(shape)
        statuses = np.where(np.isnan(array), np.uint8(missing), np.uint8(Reason.NONE))
        return cls(tuple(dimensions), array, statuses, **about)

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """The number of categories of each dimension."""
        return tuple(len(dimension) for dimension in self.dimensions)

    @property
    def size(self) -> int:
        """The number of cells."""
        return int(self.values.size)

    def axis(self, code: str) -> int:
        """The place of a dimension; UnknownCode when the cube has none of that code."""
        for place, dimension in enumerate(self.dimensions):
            if dimension.code == code:
                return place
        raise UnknownCode(f"The cube has no dimension {code!r}.")

    def dimension(self, code: str) -> Dimension:
        """The dimension of a code; UnknownCode when the cube has none."""
        return self.dimensions[self.axis(code)]

    def with_role(self, role: Role) -> Dimension | None:
        """The first dimension with a role, or None."""
        return next((dimension for dimension in self.dimensions if dimension.role is role), None)

    def cell(self, at: Mapping[str, str]) -> Cell:
        """The one cell at a category of every dimension."""
        if len(at) != len(self.dimensions):
            raise CubeError("Name one category of every dimension.")
        codes = tuple(at.get(dimension.code, "") for dimension in self.dimensions)
        place = tuple(dimension.position(code) for dimension, code in zip(self.dimensions, codes, strict=True))
        return self._cell(codes, place)

    def cells(self) -> Iterator[Cell]:
        """Every cell, row-major: the last dimension varies fastest."""
        codes = product(*(dimension.codes for dimension in self.dimensions))
        return (self._cell(at, place) for at, place in zip(codes, np.ndindex(self.shape), strict=True))

    def select(self, choice: Mapping[str, Sequence[str]]) -> Self:
        """The part of the cube at the chosen categories, in the order chosen; every dimension stays.

        Raises UnknownCode for a dimension or category that the cube lacks.
        """
        axes = {self.axis(code): codes for code, codes in choice.items()}
        dimensions = tuple(
            dimension.keep(axes[axis]) if axis in axes else dimension
            for axis, dimension in enumerate(self.dimensions)
        )
        places = np.ix_(
            *(
                [before.position(code) for code in after.codes]
                for before, after in zip(self.dimensions, dimensions, strict=True)
            )
        )
        return self._changed(
            dimensions,
            self.values[places],
            self.statuses[places],
            None if self.marks is None else self.marks[places],
        )

    def without(self, code: str) -> Self:
        """The cube less a dimension that has one category alone. Raises CubeError where it has more."""
        axis = self.axis(code)
        if len(self.dimensions[axis]) != 1:
            raise CubeError(f"The dimension {code} has more than one category.")
        return self._changed(
            self.dimensions[:axis] + self.dimensions[axis + 1 :],
            self.values.squeeze(axis),
            self.statuses.squeeze(axis),
            None if self.marks is None else self.marks.squeeze(axis),
        )

    def sum_over(self, code: str, codes: Sequence[str] | None = None) -> Self:
        """The cube without a dimension: its figures added over some categories, or over everybody.

        A sum with a missing part is itself missing, for the part's reason: never a silent lower bound. Raises
        NotSummable unless the dimension may be summed and nobody would be counted twice.
        """
        axis, dimension = self.axis(code), self.dimension(code)
        places = [dimension.position(part) for part in dimension.parts_to_sum(codes)]
        statuses = np.take(self.statuses, places, axis=axis)
        reasons = combine(statuses, axis)
        values = np.take(self.values, places, axis=axis).sum(axis=axis)
        values = np.where(missing_mask(reasons), np.nan, values)
        marks = None
        if self.marks is not None:
            # The sign of the first part that has the sum's reason: signs add up to nothing of their own.
            taken = np.take(self.marks, places, axis=axis)
            alike = statuses == np.expand_dims(reasons, axis)
            first = np.expand_dims(alike.argmax(axis=axis), axis)
            marks = np.where(reasons == Reason.NONE, 0, np.take_along_axis(taken, first, axis=axis).squeeze(axis))
        rest = self.dimensions[:axis] + self.dimensions[axis + 1 :]
        return self._changed(rest, values, reasons, marks)

    def equals(self, other: Table) -> bool:
        """Whether two cubes say the same in every figure, reason, sign and word."""
        plain = {f.name for f in fields(self)} - {"values", "statuses", "marks"}
        return (
            all(getattr(self, name) == getattr(other, name) for name in plain)
            and np.array_equal(self.values, other.values, equal_nan=True)
            and np.array_equal(self.statuses, other.statuses)
            and np.array_equal(self.sign_places(), other.sign_places())
        )

    def sign_places(self) -> NDArray[np.uint8]:
        """Per cell 1 + the place in ``symbols`` of the source's sign there, 0 for none."""
        if self.marks is not None:
            return self.marks
        by_reason = np.zeros(256, dtype=np.uint8)
        for place, symbol in reversed(list(enumerate(self.symbols, start=1))):
            if symbol.reason is not Reason.NONE:
                by_reason[symbol.reason] = place
        return by_reason[self.statuses]

    def _cell(self, codes: tuple[str, ...], place: tuple[int, ...]) -> Cell:
        reason = Reason(int(self.statuses[place]))
        sign = int(self._signs[place])
        value = None if reason.is_missing else float(self.values[place])
        return Cell(codes, value, reason, self.symbols[sign - 1] if sign else None)

    @cached_property
    def _signs(self) -> NDArray[np.uint8]:
        return self.sign_places()

    def _changed(
        self,
        dimensions: tuple[Dimension, ...],
        values: NDArray[np.float64],
        statuses: NDArray[np.uint8],
        marks: NDArray[np.uint8] | None,
    ) -> Self:
        kept = {dimension.code: dimension.positions for dimension in dimensions}
        notes = tuple(note for note in self.notes if note.concerns(kept))
        return replace(self, dimensions=dimensions, values=values, statuses=statuses, marks=marks, notes=notes)

    def _honest_marks(self, marks: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """The marks less those that contradict the cell's reason, or would show what a hidden cell was."""
        says = np.array([Reason.NONE, *(symbol.reason for symbol in self.symbols)], dtype=np.uint8)
        honest, given, statuses = np.zeros_like(marks).reshape(-1), marks.reshape(-1), self.statuses.reshape(-1)
        for begin in range(0, len(given), _PIECE):
            piece = slice(begin, begin + _PIECE)
            said = says[given[piece]]
            agrees = (said == statuses[piece]) | (said == Reason.NONE)
            honest[piece] = np.where(agrees & (statuses[piece] != Reason.SUPPRESSED), given[piece], 0)
        honest.flags.writeable = False
        return honest.reshape(marks.shape)

    def _check_reasons(self) -> None:
        if self.statuses.max(initial=0) > max(Reason):
            raise CubeError("A status is no known reason code.")
        values, statuses = self.values.reshape(-1), self.statuses.reshape(-1)
        # In pieces: the answers about a large table would take as much memory as the table.
        for begin in range(0, len(values), _PIECE):
            part, missing = values[begin : begin + _PIECE], missing_mask(statuses[begin : begin + _PIECE])
            if np.isinf(part).any():
                raise CubeError("A value is infinite.")
            absent = np.isnan(part)
            if (absent & ~missing).any():
                raise CubeError("A cell without a value must say why it is missing.")
            if (~absent & missing).any():
                raise CubeError("A cell with the reason of a missing value still has a value.")


def _frozen(array: ArrayLike, dtype: type[np.generic]) -> NDArray[Any]:
    made = np.ascontiguousarray(array, dtype=dtype).reshape(np.shape(array))
    if made.flags.writeable:
        made = made.copy()
        made.flags.writeable = False
    return made
