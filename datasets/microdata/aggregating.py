"""From rows of people to a table of counts, in memory: the last place where anybody is a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from datasets.cubes import Cube, Dimension, LocalText, Reason
from datasets.disclosure import Contributions, Scale
from datasets.importers.numbers import NumberReader

from .axes import LEFT_OUT, Axis, axis_of, with_totals
from .errors import MicrodataError
from .plan import DIMENSIONS, ColumnUse, PeoplePlan, RowIs
from .profiling import identifier_in
from .table import Column, PeopleTable

MOST_CELLS = 200_000

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Aggregated:
    """A file's people as an unprotected table of counts, and what they contribute to means or sums, if any.

    ``left_out``: how many rows are in no figure, by why. ``decimals``: with how many a mean is worth showing.
    """

    cube: Cube
    contributions: Contributions | None
    rows: int
    left_out: Mapping[str, int] = field(default_factory=dict)
    decimals: int = 1

    def __repr__(self) -> str:
        return f"<Aggregated {self.cube.shape}>"


def aggregate(table: PeopleTable, plan: PeoplePlan, *, title: LocalText, source: str = "") -> Aggregated:
    """The table that a plan makes of a file. Raises PlanError and MicrodataError.

    With several cases of one person, the person is counted once in each cell and what the cases hold is added;
    such a table has no totals, since sums of its cells could count somebody twice.
    """
    plan.check()
    _check_columns(table, plan)
    axes = _axes(table, plan)
    keep, left_out = _kept(axes, table)
    values, decimals = _values(table, plan)
    if values is not None:
        _leave_out(keep, ~np.isnan(values), left_out, "no_value")
    people = _people(table, plan)
    if people is not None:
        _leave_out(keep, people >= 0, left_out, "no_person")
    dimensions = tuple(axis.dimension for axis in axes)
    if plan.row_is is RowIs.PERSON:
        dimensions = tuple(map(with_totals, dimensions))
    if int(np.prod([len(dimension) for dimension in dimensions])) > MOST_CELLS:
        raise MicrodataError("too_many_cells", most=MOST_CELLS)
    places = [axis.places if keep.all() else axis.places[keep] for axis in axes]
    axes.clear()
    values = None if values is None else values[keep]
    if plan.row_is is RowIs.CASE and people is not None:
        places, values = _once_each(dimensions, places, people[keep], values)
    cube = _counted(dimensions, places, title, source)
    found = None if values is None else _contributions(dimensions, places, values, plan)
    return Aggregated(cube, found, table.rows + table.ragged, left_out, decimals)


def _check_columns(table: PeopleTable, plan: PeoplePlan) -> None:
    """The file has the columns that were spoken of and no others, and none that must go is used."""
    headings = {column.heading for column in table.columns}
    for column in plan.columns:
        if column.use is not ColumnUse.DROP and column.heading not in headings:
            raise MicrodataError("column_missing", heading=column.heading)
    for found in table.columns:
        said = plan.column(found.heading)
        if said is None:
            raise MicrodataError("column_new", heading=found.heading)
        if said.use is ColumnUse.DROP:
            continue
        if kind := identifier_in(found):
            raise MicrodataError("identifier", heading=found.heading, kind=str(kind))


def _column(table: PeopleTable, heading: str) -> Column:
    column = table.column(heading)
    if column is None:
        raise MicrodataError("column_missing", heading=heading)
    return column


def _axes(table: PeopleTable, plan: PeoplePlan) -> list[Axis]:
    said = plan.of_use(ColumnUse.TIME)
    times = _column(table, said[0].heading) if said else None
    year = plan.year or 0
    found = [axis_of(_column(table, one.heading), one, year, times) for one in plan.of_use(*DIMENSIONS)]
    if times is None and plan.year is not None:
        found.append(Axis.of_year(plan.year, table.rows))
    return found


def _kept(axes: list[Axis], table: PeopleTable) -> tuple[Bools, dict[str, int]]:
    """Which rows are in every dimension, and how many are not, by the first reason."""
    keep = np.ones(table.rows, dtype=np.bool_)
    left_out = {"ragged": table.ragged} if table.ragged else {}
    for axis in axes:
        for place, reason in LEFT_OUT.items():
            _leave_out(keep, axis.places != place, left_out, reason)
    return keep, left_out


def _leave_out(keep: Bools, fits: Bools, left_out: dict[str, int], reason: str) -> None:
    lost = int((keep & ~fits).sum())
    if lost:
        left_out[reason] = left_out.get(reason, 0) + lost
    keep &= fits


def _values(table: PeopleTable, plan: PeoplePlan) -> tuple[Floats | None, int]:
    """The measure of every row, NaN where it is none or off the scale; and its decimals for a mean."""
    if not plan.figure.is_of_values:
        return None, 1
    column = _column(table, plan.of_use(ColumnUse.MEASURE)[0].heading)
    has_commas = any("," in word for words in column.lots() for word in words)
    reader = NumberReader("," if has_commas else ".", " ")
    high = np.inf if plan.high is None else plan.high

    def read(cell: pa.StringScalar) -> float:
        number = reader.read(cell.as_py())
        return np.nan if number is None or not plan.low <= number <= high else number

    numbers = np.fromiter(map(read, column.cells), np.float64, len(column.cells))
    return numbers[column.places], min(max(reader.decimals, 1), 2)


def _people(table: PeopleTable, plan: PeoplePlan) -> Ints | None:
    """For every row a number that is the same for the same person; -1 where the file does not say."""
    said = plan.of_use(ColumnUse.PERSON)
    if not said:
        return None
    column = _column(table, said[0].heading)
    if column.empty is None:
        return column.places
    return np.where(column.places == column.empty, np.int32(-1), column.places)


def _once_each(
    dimensions: tuple[Dimension, ...], places: list[Ints], people: Ints, values: Floats | None
) -> tuple[list[Ints], Floats | None]:
    """One row for each person in each cell; what their cases hold is added up."""
    shape = tuple(len(dimension) for dimension in dimensions)
    width = int(people.max(initial=0)) + 1
    pairs, inverse = np.unique(_flat(shape, places).astype(np.int64) * width + people, return_inverse=True)
    added: Floats | None = None
    if values is not None:
        added = np.bincount(inverse, weights=values, minlength=len(pairs)).astype(np.float64)
    return [np.asarray(place, dtype=np.int32) for place in np.unravel_index(pairs // width, shape)], added


def _flat(shape: tuple[int, ...], places: list[Ints]) -> Ints:
    """The cell of every row; there are few enough cells (MOST_CELLS) for small numbers."""
    flat = np.zeros(len(places[0]), dtype=np.int32)
    for size, place in zip(shape, places, strict=True):
        flat *= size
        flat += place
    return flat


def _counted(dimensions: tuple[Dimension, ...], places: list[Ints], title: LocalText, source: str) -> Cube:
    """The counts of all leaf cells, and of the totals after them."""
    shape = tuple(len(dimension) for dimension in dimensions)
    counts = np.bincount(_flat(shape, places), minlength=int(np.prod(shape))).reshape(shape).astype(np.float64)
    for axis, dimension in enumerate(dimensions):
        if dimension.total is not None:
            where = tuple(
                dimension.position(dimension.total) if at == axis else slice(None) for at in range(len(shape))
            )
            counts[where] = counts.sum(axis=axis)
    return Cube(
        dimensions=dimensions,
        values=counts,
        statuses=np.full(shape, Reason.NONE, dtype=np.uint8),
        title=title,
        source=source,
    )


def _contributions(
    dimensions: tuple[Dimension, ...], places: list[Ints], values: Floats, plan: PeoplePlan
) -> Contributions:
    """What people contribute to the means of all cells. Sums of cases have no upper end that was stated."""
    high = plan.high if plan.row_is is RowIs.PERSON else None
    if not len(values):
        raise MicrodataError("nobody_left")
    step = 1.0 if np.array_equal(values, np.rint(values)) else 0.1
    wide = [place.astype(np.int64) for place in places]
    return Contributions.of_people(dimensions, wide, values, Scale(plan.low, high, step))
