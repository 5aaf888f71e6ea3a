"""What people contribute to means and sums, and the means that would tell what one of them contributed.

A contributor is a person. Three things make a mean tell too much: few people behind it; one or two who
contribute nearly everything, so that the one can reckon the other; and a mean so near an end of its scale that
everyone must have answered nearly that. The rules of dominance are those of Hundepool et al., Handbook on
Statistical Disclosure Control (ESSnet SDC), on tables of magnitudes: the p % rule and the (n, k) rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from datasets.cubes import Dimension

from ..auditing.solver import Floats
from ..model import Bools, Ints
from ..refusal import RefusedToPublish, Why
from ..rule import AggregationRule
from ..tables.axes import Axis
from ..tables.table import Prepared, name_cells

TWO_HAVE_MOST = 0.9
"""Two people never contribute more than this part of what is shown."""
ALMOST = 1e-9


@dataclass(frozen=True)
class Scale:
    """What one person can contribute: from ``low`` to ``high`` (None: without end), in the figure's own unit.

    ``step`` is the smallest difference between two answers, or the smallest that is to be kept secret. Raises
    ValueError on an empty scale.
    """

    low: float = 0.0
    high: float | None = None
    step: float = 1.0

    def __post_init__(self) -> None:
        if self.step <= 0 or (self.high is not None and self.high - self.low < self.step):
            raise ValueError("A scale needs a step above nought, and ends at least one step apart.")

    @property
    def length(self) -> float:
        """From end to end; infinite without an upper end."""
        return np.inf if self.high is None else self.high - self.low


@dataclass(frozen=True, eq=False)
class Contributions:
    """What people contribute, by leaf cell, in the unit of the scale.

    All arrays have the shape of the table's cube, and of ``largest`` and ``smallest`` a last axis of two (the
    first is the more extreme); only leaf cells are read, and NaN stands for nobody. Without ``smallest`` the
    worst is assumed at the upper end of a scale. ``deviation``: the standard deviation (divisor n - 1) of all
    people together, from which intervals are made; no interval without it. ``medians``: of every cell that is
    to show one.
    """

    scale: Scale
    sums: Floats
    largest: Floats
    smallest: Floats | None = None
    deviation: float | None = None
    medians: Floats | None = None

    @classmethod
    def of_people(
        cls,
        dimensions: Sequence[Dimension],
        places: Sequence[NDArray[np.int64]],
        values: Floats,
        scale: Scale,
    ) -> Contributions:
        """The contributions of people, each in one leaf category (``places``, by dimension) with one value.

        Those without a value belong in no table of means. See ``medians_of_people`` for medians.
        """
        shape = tuple(len(dimension) for dimension in dimensions)
        flat = np.ravel_multi_index(tuple(places), shape)
        size = int(np.prod(shape))
        order = np.lexsort((values, flat))
        # One place more than there are people: so there is one to look at also where there is nobody.
        sorted_, starts = np.append(values[order], np.nan), np.searchsorted(flat[order], np.arange(size))
        ends = np.searchsorted(flat[order], np.arange(size), side="right")

        def at(place: Ints, is_there: Bools) -> Floats:
            return np.where(is_there, sorted_[np.clip(place, 0, len(values))], np.nan)

        number = ends - starts
        return cls(
            scale=scale,
            sums=np.asarray(np.bincount(flat, weights=values, minlength=size), dtype=np.float64).reshape(shape),
            largest=np.stack([at(ends - 1, number > 0), at(ends - 2, number > 1)], axis=-1).reshape(*shape, 2),
            smallest=np.stack([at(starts, number > 0), at(starts + 1, number > 1)], axis=-1).reshape(*shape, 2),
            deviation=float(values.std(ddof=1)) if len(values) > 1 else None,
        )


def medians_of_people(
    dimensions: Sequence[Dimension], places: Sequence[NDArray[np.int64]], values: Floats
) -> Floats:
    """The median of every cell of a table, of people as in ``Contributions.of_people``; NaN for nobody."""
    inside = [
        np.array(
            [
                [
                    code in (other, dimension.total) or code in dimension.ancestors(other)
                    for other in dimension.codes
                ]
                for code in dimension.codes
            ]
        )[:, where]
        for dimension, where in zip(dimensions, places, strict=True)
    ]
    found = np.full([len(dimension) for dimension in dimensions], np.nan)
    for cell in np.ndindex(found.shape):
        of_cell = np.logical_and.reduce([members[place] for members, place in zip(inside, cell, strict=True)])
        if of_cell.any():
            found[cell] = np.median(values[of_cell])
    return found


@dataclass(frozen=True, eq=False)
class Magnitudes:
    """Every cell of a table with what its people contribute, in canonical order; shape of the axes' sizes.

    ``above``: how much they contribute over the lower end of the scale, all together; ``top`` (last axis two)
    the two who contribute most of that. ``below`` and ``bottom``: the same from the upper end, if there is one.
    """

    scale: Scale
    counts: Ints
    above: Floats
    top: Floats
    below: Floats | None
    bottom: Floats | None


def magnitudes(prepared: Prepared, given: Contributions) -> Magnitudes:
    """What is contributed to every cell of a table, from its leaf cells.

    Raises RefusedToPublish where contributions do not fit the number of people or the scale, and ValueError
    on arrays of another shape.
    """
    shape, scale = prepared.table.cube.shape, given.scale
    pairs = [pair for pair in (given.largest, given.smallest) if pair is not None]
    if given.sums.shape != shape or any(pair.shape != (*shape, 2) for pair in pairs):
        raise ValueError("Contributions have the shape of the table's cube, the two extremes a last axis of two.")
    leaves = _leaves(prepared, prepared.counts)
    sums = np.where(leaves > 0, _leaves(prepared, _canonical(prepared, given.sums)), 0)
    highest = _leaves(prepared, _canonical(prepared, given.largest))
    above = sums - leaves * scale.low
    top = np.clip(np.nan_to_num(highest - scale.low), 0, scale.length)
    near = ALMOST * np.maximum(1, np.abs(sums)) + ALMOST
    odd = (above < -near) | (above > leaves * scale.length + near if scale.high is not None else False)
    odd |= (top[..., 0] + top[..., 1] > above + near) | np.isnan(sums)
    if odd.any():
        raise RefusedToPublish.because(Why.OFF_SCALE, _named(prepared, odd))
    below = bottom = None
    if scale.high is not None:
        below = leaves * scale.high - sums
        if given.smallest is not None:
            lowest = _leaves(prepared, _canonical(prepared, given.smallest))
            bottom = np.clip(np.nan_to_num(scale.high - lowest), 0, scale.length)
        else:
            first = np.minimum(below, scale.length)
            bottom = np.stack([first, np.minimum(below - first, scale.length)], axis=-1)
    return Magnitudes(
        scale=scale,
        counts=prepared.counts,
        above=_summed(prepared.axes, above),
        top=_extremes(prepared.axes, top),
        below=None if below is None else _summed(prepared.axes, below),
        bottom=None if bottom is None else _extremes(prepared.axes, bottom),
    )


def protects_means(rule: AggregationRule) -> bool:
    """Whether the rule hides any mean that rests on shown counts."""
    return rule.mean_base > 1 or rule.dominance > 0


def telling_means(found: Magnitudes, rule: AggregationRule) -> Bools:
    """The cells whose mean the rule hides, in canonical order; a cell of nobody has none."""
    if not protects_means(rule):
        return np.zeros(found.counts.shape, dtype=np.bool_)
    telling = found.counts < rule.mean_base
    ends = [(found.above, found.top)]
    if found.below is not None and found.bottom is not None:
        ends.append((found.below, found.bottom))
    for total, two in ends:
        telling |= near_end(total, found.scale, max(rule.k, rule.tau))
        if rule.dominance:
            telling |= dominated(total, two, rule.dominance)
    return np.asarray(telling & (found.counts > 0))


def dominated(total: Floats, two: Floats, p: int) -> Bools:
    """Whether the second largest contributor could reckon the largest to within p %, or two have over 90 %.

    ``total`` (cells) and ``two`` (cells × 2), in one unit: the p % rule says total - first - second <
    p/100 × first, and the (2, 90 %) rule first + second > 0.9 × total.
    """
    first, second = two[..., 0], two[..., 1]
    rest = total - first - second
    return np.asarray((rest < p / 100 * first - ALMOST) | (first + second > TWO_HAVE_MOST * total + ALMOST))


def near_end(total: Floats, scale: Scale, fewest: int) -> Bools:
    """Whether a mean is so near an end of its scale that it tells of each one behind it.

    ``total``: how far from the end all of them are together. Under ``fewest`` steps, fewer than so many can
    have answered anything but the end; under half the scale, everyone is known to be in the half nearest it.
    """
    half = scale.length / 2 if np.isfinite(scale.length) else 0.0
    return np.asarray(total < max(fewest * scale.step, half) - ALMOST)


def _canonical(prepared: Prepared, given: Floats) -> Floats:
    """An array in the cube's order as the table's axes order it, with nought where the cube has no category."""
    cube = prepared.table.cube
    own = [cube.axis(axis.code) for axis in prepared.axes]
    turned = given.transpose([*own, *range(len(own), given.ndim)])
    for at, axis in enumerate(prepared.axes):
        turned = np.take(turned, [max(place, 0) for place in axis.places], axis=at)
    return turned


def _leaves(prepared: Prepared, cells: NDArray[Any]) -> Floats:
    """The leaf cells of an array in canonical order. Raises RefusedToPublish where a leaf is not in the cube."""
    for at, axis in enumerate(prepared.axes):
        places = [axis.positions[leaf] for leaf in axis.leaves]
        if any(axis.places[place] < 0 for place in places):
            raise RefusedToPublish.because(Why.MISSING_COUNTS, [f"{axis.code}"])
        cells = np.take(cells, places, axis=at)
    return np.asarray(cells, dtype=np.float64)


def _summed(axes: Sequence[Axis], leaves: Floats) -> Floats:
    """Leaf cells (shape: the axes' leaves) summed to every cell."""
    for at, axis in enumerate(axes):
        leaves = np.moveaxis(np.tensordot(axis.matrix.toarray(), leaves, axes=(1, at)), 0, at)
    return leaves


def _extremes(axes: Sequence[Axis], two: Floats) -> Floats:
    """The two largest of every cell, from the two largest of each leaf cell (last axis two)."""
    for at, axis in enumerate(axes):
        position = {leaf: place for place, leaf in enumerate(axis.leaves)}
        found = []
        for members in axis.members:
            inside = np.moveaxis(np.take(two, [position[leaf] for leaf in sorted(members)], axis=at), at, -2)
            merged = np.sort(inside.reshape(*inside.shape[:-2], -1), axis=-1)
            found.append(merged[..., :-3:-1])
        two = np.stack(found, axis=at)
    return two


def _named(prepared: Prepared, odd: Bools) -> list[str]:
    """Marked leaf cells in words."""
    whole = np.zeros(prepared.counts.shape, dtype=np.bool_)
    whole[np.ix_(*([axis.positions[leaf] for leaf in axis.leaves] for axis in prepared.axes))] = odd
    return name_cells(prepared.table.cube, prepared.to_cube_order(whole))
