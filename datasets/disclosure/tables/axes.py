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

from ..model import Matrix
from .hierarchy import Groups, Resolver, declared_groups

IMPLIED = "\x00everyone"
"""The code of a total that no category shows but anyone can add up."""


@dataclass(frozen=True)
class Axis:
    """A dimension in canonical order: codes sorted, and for each the leaf categories that it counts.

    ``everyone`` are the codes known to count all leaves. ``places`` are the codes' places in the cube's own
    order, -1 for codes that it does not show but anyone can add up. ``names`` name the groups of people: codes
    with the same name, in whatever table, count the same ones; everyone's name is empty. ``told`` are groups
    that are declared but cannot be split or summed here: code and parts.
    """

    code: str
    codes: tuple[str, ...]
    leaves: tuple[str, ...]
    members: tuple[frozenset[str], ...]
    everyone: frozenset[str]
    places: tuple[int, ...]
    names: tuple[str, ...]
    told: tuple[tuple[str, frozenset[str]], ...] = ()

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

    @cached_property
    def real(self) -> NDArray[np.bool_]:
        """Which codes the cube shows."""
        return np.array(self.places) >= 0

    def counted(self, code: str) -> frozenset[str]:
        """The leaf categories that a code counts."""
        return self.members[self.positions[code]]

    def within(self, finer: Axis) -> Matrix | None:
        """Codes × the leaves of another table's axis, where this one's leaves are sums of those; else None."""
        if finer.leaves == self.leaves:
            return self.matrix
        if not finer.positions.keys() >= set(self.leaves):
            return None
        rows = [finer.positions[leaf] for leaf in self.leaves]
        parts = finer.matrix[rows]
        return (self.matrix @ parts).tocsr() if parts.sum(axis=0).max() <= 1 else None


def axis_of(cube: Cube, dimension: Dimension, groups: Groups | None = None, *, look: bool = True) -> Axis:
    """The axis of one dimension of a cube, with the sums that are declared and, if we ``look``, that show.

    ``groups`` are sums beside the cube's own parents. Raises RefusedToPublish when a group is inside itself,
    or when only some of its parts are there.
    """
    declared = declared_groups(dimension, groups or {})
    counted = look and dimension.role is not Role.METRIC
    total = dimension.total or (_total_in_figures(cube, dimension, declared) if counted else None)
    tree = declared | (_parts_in_figures(cube, dimension, declared, total) if counted else {})
    known = Resolver(frozenset(dimension.codes) - {total}, tree)
    members = {code: known.leaves_of(code) or frozenset([code]) for code in known.shown}
    leaves = frozenset().union(*members.values())
    everyone = frozenset(code for code in declared if members.get(code) == leaves and len(leaves) > 1)
    if total:
        members[total] = leaves
        everyone |= {total} if dimension.total else frozenset()
    if not everyone and dimension.summable:
        members[IMPLIED] = leaves
        everyone = frozenset([IMPLIED])
    if everyone:
        everyone = frozenset(code for code, parts in members.items() if parts == leaves)
    codes = tuple(sorted(members))
    told = {code: frozenset(parts) for code, parts in declared.items() if members.get(code, {code}) == {code}}
    return Axis(
        code=dimension.code,
        codes=codes,
        leaves=tuple(sorted(leaves)),
        members=tuple(members[code] for code in codes),
        everyone=everyone,
        places=tuple(dimension.positions.get(code, -1) for code in codes),
        names=names_of(members, everyone),
        told=tuple(sorted(told.items(), key=lambda item: item[0])),
    )


def axis_like(axis: Axis | None, cube: Cube, dimension: Dimension, groups: Groups | None = None) -> Axis:
    """A dimension's axis as it is in another table where the categories are the same, else as it is declared.

    For tables with hidden cells, in whose figures no sums show.
    """
    if axis is None or {axis.codes[at] for at in np.flatnonzero(axis.real)} != set(dimension.codes):
        return axis_of(cube, dimension, groups, look=False)
    return replace(axis, places=tuple(dimension.positions.get(code, -1) for code in axis.codes))


def names_of(members: Mapping[str, frozenset[str]], everyone: frozenset[str]) -> tuple[str, ...]:
    """For each code, in sorted order, the name of its group: the same for codes that count the same leaves."""
    names: dict[frozenset[str], str] = {}
    for code in sorted(members):
        parts = members[code]
        names.setdefault(parts, next(iter(parts)) if len(parts) == 1 else code)
    return tuple("" if code in everyone else names[members[code]] for code in sorted(members))


def crossing(axes: Sequence[Axis]) -> Matrix:
    """Cells × leaf cells of the full cross of some axes, both row-major."""
    matrix: Matrix = sp.csr_matrix(np.ones((1, 1), dtype=np.int64))
    for axis in axes:
        matrix = sp.kron(matrix, axis.matrix, format="csr")
    return matrix.astype(np.int64)


def _figures(cube: Cube, dimension: Dimension) -> NDArray[np.float64]:
    """Categories × everything else, missing as nought."""
    values = np.moveaxis(np.nan_to_num(cube.values), cube.axis(dimension.code), 0)
    return values.reshape(len(dimension), -1)


def _total_in_figures(cube: Cube, dimension: Dimension, tree: Groups) -> str | None:
    """An undeclared category that equals the sum of all the others, wherever one looks."""
    inside = {part for parts in tree.values() for part in parts}
    overlapping = sum(len(parts) for parts in tree.values()) > len(inside)
    # Where groups overlap, the parts are added rather than the groups.
    roots = [code for code in dimension.codes if code not in (tree if overlapping else inside)]
    if len(roots) < 3:
        return None
    figures = _figures(cube, dimension)[[dimension.position(code) for code in roots]]
    everything = figures.sum(axis=0)
    for place, code in sorted(enumerate(roots), key=lambda item: item[1]):
        if figures[place].any() and np.array_equal(everything - figures[place], figures[place]):
            return code
    return None


def _parts_in_figures(
    cube: Cube, dimension: Dimension, declared: Groups, total: str | None
) -> dict[str, tuple[str, ...]]:
    """Undeclared parents, by codes such as 01 over 0114 and 0115, where the figures agree."""
    figures = _figures(cube, dimension)
    inside = {code for codes in declared.values() for code in codes}
    free = sorted(code for code in dimension.codes if code not in inside and code != total)
    found: dict[str, tuple[str, ...]] = {}
    for code in free:
        below = [other for other in free if other != code and other.startswith(code)]
        if code in declared or len(below) < 2:
            continue
        shortest = min(len(other) for other in below)
        children = [other for other in below if len(other) == shortest]
        whole = figures[dimension.position(code)]
        summed = figures[[dimension.position(child) for child in children]].sum(axis=0)
        if whole.any() and np.array_equal(whole, summed):
            found[code] = tuple(children)
    return found
