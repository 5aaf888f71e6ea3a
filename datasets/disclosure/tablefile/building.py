"""From a file's columns to a table that can be protected, with its hierarchies and the margins it publishes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import prod
from pathlib import Path

import numpy as np
import scipy.sparse as sp

from datasets.cubes import Category, Cube, Dimension, Role

from ..model import Bools, Ints
from ..tables.table import MOST_CELLS, CountTable, arrange
from .counts import counts_of, leaf_counts, name_rows
from .formula import Term, terms_of
from .hierarchies import Level, read_level
from .problems import BadFile
from .reading import read_sheet
from .spec import TOTAL, Spec

Margins = tuple[Mapping[str, frozenset[str]], ...] | None


@dataclass(frozen=True, eq=False)
class TableFile:
    """A file as a table. ``shown``: the published cells, in the cube's order. ``notes``: what was done."""

    table: CountTable
    shown: Bools
    notes: tuple[str, ...]


def read_table(
    path: Path, spec: Spec, *, roles: Mapping[str, Role] | None = None, most_cells: int = MOST_CELLS
) -> TableFile:
    """The table in a file of leaf cells. Raises BadFile.

    ``roles``: which dimension is a place or a time. The size is reckoned before anything is counted.
    """
    sheet = read_sheet(path, spec.columns)
    levels = [read_level(sheet, name, columns) for name, columns in spec.dims.items()]
    _check_size(levels, most_cells)
    margins = _margins(spec, levels)
    counts = counts_of(sheet.columns[spec.freq], levels)
    inner, notes = leaf_counts(sheet, levels, counts, spec.columns)
    cube = _cube(levels, inner, roles or {})
    _check_sums(levels, counts, cube)
    if any(level.margins for level in levels):
        notes.append("Lines with sums were checked and left out; the sums are made anew.")
    table = CountTable(cube, groups={level.name: level.groups for level in levels}, margins=margins, look=False)
    prepared = arrange(table)
    shown = prepared.to_cube_order(prepared.shown)
    if not shown.any():
        raise BadFile(
            "bad_formula", "The formula publishes no cell. Name the columns whose margins are published."
        )
    return TableFile(table, shown, tuple(notes))


def with_answers(file: TableFile, **about: object) -> TableFile:
    """The file's table with what a rule says about it: see CountTable."""
    return replace(file, table=replace(file.table, **about))  # type: ignore[arg-type]


def _check_size(levels: Sequence[Level], most: int) -> None:
    for kind, sizes in (
        ("cells", [len(level.leaves) + len(level.groups) + 1 for level in levels]),
        ("combinations", [len(level.leaves) for level in levels]),
    ):
        if prod(sizes) > most:
            crossed = " × ".join(str(size) for size in sizes)
            raise BadFile(
                "too_large",
                f"The table has {prod(sizes)} {kind} ({crossed}); the most is {most}. Drop a dimension, merge "
                "categories, or publish several smaller tables.",
            )


def _margins(spec: Spec, levels: Sequence[Level]) -> Margins:
    """The margins that the formula names, each as codes by dimension."""
    if spec.formula is None:
        return None
    by_column: dict[str, Level] = {}
    for level in levels:
        by_column.update({column: by_column.get(column, level) for column in level.codes_in})
    for level in levels:
        by_column.setdefault(level.name, level)
    return tuple(_margin(term, levels, by_column) for term in terms_of(spec.formula, by_column))


def _margin(term: Term, levels: Sequence[Level], by_column: Mapping[str, Level]) -> Mapping[str, frozenset[str]]:
    """One margin. Of several columns of one dimension the finest says how it is crossed."""
    named = {level.name: sorted(column for column in term if by_column[column] is level) for level in levels}
    return {
        level.name: _finest(level, named[level.name]) if named[level.name] else frozenset([TOTAL])
        for level in levels
    }


def _finest(level: Level, columns: Sequence[str]) -> frozenset[str]:
    """The codes of the column that the others of its dimension only group further."""
    held = [level.codes_in.get(column, frozenset(level.leaves)) for column in columns]
    parts = {code: frozenset(counts) for code, counts in level.groups.items()}
    parts |= {leaf: frozenset([leaf]) for leaf in level.leaves} | {TOTAL: frozenset(level.leaves)}
    for codes in held:
        if all(any(parts[code] <= parts[up] for up in other) for other in held for code in codes):
            return codes
    raise BadFile(
        "bad_formula",
        f"The formula crosses {' and '.join(columns)}, which overlap within {level.name}. Name them in terms of "
        "their own.",
    )


def _cube(levels: Sequence[Level], inner: Ints, roles: Mapping[str, Role]) -> Cube:
    """Every cell of the file's table: the total first, then groups, then leaves."""
    dimensions = []
    values = inner
    for axis, level in enumerate(levels):
        codes = [TOTAL, *sorted(level.groups), *level.leaves]
        summed = _sums(level) @ np.moveaxis(values, axis, 0).reshape(len(level.leaves), -1)
        rest = [size for at, size in enumerate(values.shape) if at != axis]
        values = np.moveaxis(summed.reshape(len(codes), *rest), 0, axis)
        dimensions.append(
            Dimension(
                level.name,
                {"sv": level.name},
                tuple(Category(code, {"sv": code}) for code in codes),
                role=roles.get(level.name),
                summable=True,
                total=TOTAL,
            )
        )
    return Cube.of_values(tuple(dimensions), np.ascontiguousarray(values, dtype=np.float64))


def _sums(level: Level) -> sp.csr_matrix:
    """Codes × leaves, 1 where the code counts the leaf."""
    place = {leaf: at for at, leaf in enumerate(level.leaves)}
    parts = [range(len(place)), *([place[leaf] for leaf in level.groups[code]] for code in sorted(level.groups))]
    pointers = np.cumsum([0, *(len(part) for part in parts)])
    indices = np.concatenate([np.array(part, dtype=np.int64) for part in parts])
    sums = sp.csr_matrix(
        (np.ones(len(indices), dtype=np.int64), indices, pointers), shape=(len(parts), len(place))
    )
    return sp.vstack([sums, sp.identity(len(place), dtype=np.int64)], format="csr")


def _check_sums(levels: Sequence[Level], counts: Ints, cube: Cube) -> None:
    """Raise BadFile when a line that is a sum in itself differs from what its parts add up to."""
    is_sum = np.logical_or.reduce([level.rows < 0 for level in levels])
    rows = np.flatnonzero(is_sum)
    if not len(rows):
        return
    places = []
    for dimension, level in zip(cube.dimensions, levels, strict=True):
        codes = np.array(
            [dimension.position(code) for code in level.leaves]
            + [dimension.positions.get(code, -1) for code in reversed(level.margins)],
            dtype=np.int64,
        )
        places.append(codes[level.rows[rows]])
    wrong = cube.values[tuple(places)] != counts[rows]
    if wrong.any():
        raise BadFile(
            "margins_differ",
            "The parts do not add up to the sum at {cells}. Correct the file, or leave its lines of sums out.",
            name_rows(levels, rows[wrong]),
        )
