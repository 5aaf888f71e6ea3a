"""How a dimension's categories sum: which leaf categories each of them counts.

An attacker sees the sums in the figures whether a source declared them or not, so totals and parts that show
in the figures are taken as known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from datasets.cubes import Cube, Dimension, Role

from .model import Matrix

IMPLIED = "\x00everyone"
"""The code of a total that no category shows but anyone can add up."""


@dataclass(frozen=True)
class Axis:
    """A dimension in canonical order: codes sorted, and for each the leaf categories that it counts.

    ``everyone`` are the codes declared to count all leaves. ``places`` are the codes' places in the cube's
    own order (-1 for the implied total).
    """

    code: str
    codes: tuple[str, ...]
    leaves: tuple[str, ...]
    members: tuple[frozenset[str], ...]
    everyone: frozenset[str]
    places: tuple[int, ...]

    @cached_property
    def matrix(self) -> Matrix:
        """Codes × leaves, 1 where the code counts the leaf."""
        position = {leaf: place for place, leaf in enumerate(self.leaves)}
        rows = [row for row, parts in enumerate(self.members) for _ in parts]
        columns = [position[leaf] for parts in self.members for leaf in sorted(parts)]
        ones = np.ones(len(rows), dtype=np.int64)
        return sp.csr_matrix((ones, (rows, columns)), shape=(len(self.codes), len(self.leaves)))

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """Code to its place in canonical order."""
        return {code: place for place, code in enumerate(self.codes)}

    @cached_property
    def crossed(self) -> bool:
        """Whether the dimension splits people at all."""
        return len(self.leaves) > 1

    @property
    def total(self) -> str | None:
        """A code that counts everyone: one that the cube shows rather than the implied one."""
        return min(self.everyone - {IMPLIED}, default=IMPLIED if self.everyone else None)


def axis_of(cube: Cube, dimension: Dimension, *, look: bool = True) -> Axis:
    """The axis of one dimension of a cube, with the sums that are declared and, if we ``look``, that show."""
    declared = _declared(dimension)
    counted = look and dimension.role is not Role.METRIC
    total = dimension.total or (_total_in_figures(cube, dimension) if counted else None)
    parts = declared | (_parts_in_figures(cube, dimension, declared, total) if counted else {})
    inner = set(parts) | ({total} if total else set())
    leaves = frozenset(code for code in dimension.codes if code not in inner)
    members: dict[str, frozenset[str]] = {leaf: frozenset([leaf]) for leaf in leaves}
    members.update((code, frozenset(_below(code, parts)) & leaves) for code in parts)
    if total:
        members[total] = leaves
    everyone = frozenset(code for code in declared if members[code] == leaves and len(leaves) > 1)
    if dimension.total:
        everyone |= {dimension.total}
    if not everyone and dimension.summable:
        members[IMPLIED] = leaves
        everyone = frozenset([IMPLIED])
    codes = tuple(sorted(members))
    return Axis(
        code=dimension.code,
        codes=codes,
        leaves=tuple(sorted(leaves)),
        members=tuple(members[code] for code in codes),
        everyone=everyone,
        places=tuple(dimension.positions.get(code, -1) for code in codes),
    )


def axis_like(axis: Axis | None, cube: Cube, dimension: Dimension) -> Axis:
    """A dimension's axis as it is in another table where the categories are the same, else as it is declared.

    For tables with hidden cells, in whose figures no sums show.
    """
    if axis is None or set(axis.codes) - {IMPLIED} != set(dimension.codes):
        return axis_of(cube, dimension, look=False)
    return replace(axis, places=tuple(dimension.positions.get(code, -1) for code in axis.codes))


def crossing(axes: Sequence[Axis]) -> Matrix:
    """Cells × leaf cells of the full cross of some axes, both row-major."""
    matrix: Matrix = sp.csr_matrix(np.ones((1, 1), dtype=np.int64))
    for axis in axes:
        matrix = sp.kron(matrix, axis.matrix, format="csr")
    return matrix.astype(np.int64)


def _declared(dimension: Dimension) -> dict[str, list[str]]:
    parts: dict[str, list[str]] = {}
    for category in dimension.categories:
        if category.parent is not None and category.parent != dimension.total:
            parts.setdefault(category.parent, []).append(category.code)
    return parts


def _below(code: str, parts: Mapping[str, Sequence[str]]) -> set[str]:
    """All codes under one, however deep."""
    found: set[str] = set()
    waiting = list(parts.get(code, ()))
    while waiting:
        step = waiting.pop()
        found.add(step)
        waiting.extend(parts.get(step, ()))
    return found


def _figures(cube: Cube, dimension: Dimension) -> NDArray[np.float64]:
    """Categories × everything else, missing as nought."""
    values = np.moveaxis(np.nan_to_num(cube.values), cube.axis(dimension.code), 0)
    return values.reshape(len(dimension), -1)


def _total_in_figures(cube: Cube, dimension: Dimension) -> str | None:
    """An undeclared category that equals the sum of all the others, wherever one looks."""
    roots = [category.code for category in dimension.categories if category.parent is None]
    if len(roots) < 3:
        return None
    figures = _figures(cube, dimension)[[dimension.position(code) for code in roots]]
    everything = figures.sum(axis=0)
    for place, code in sorted(enumerate(roots), key=lambda item: item[1]):
        if figures[place].any() and np.array_equal(everything - figures[place], figures[place]):
            return code
    return None


def _parts_in_figures(
    cube: Cube, dimension: Dimension, declared: Mapping[str, Sequence[str]], total: str | None
) -> dict[str, list[str]]:
    """Undeclared parents, by codes such as 01 over 0114 and 0115, where the figures agree."""
    figures = _figures(cube, dimension)
    inside = {code for codes in declared.values() for code in codes}
    free = sorted(code for code in dimension.codes if code not in inside and code != total)
    found: dict[str, list[str]] = {}
    for code in free:
        below = [other for other in free if other != code and other.startswith(code)]
        if code in declared or len(below) < 2:
            continue
        shortest = min(len(other) for other in below)
        children = [other for other in below if len(other) == shortest]
        whole = figures[dimension.position(code)]
        summed = figures[[dimension.position(child) for child in children]].sum(axis=0)
        if whole.any() and np.array_equal(whole, summed):
            found[code] = children
    return found
