"""Weights that make those who answered stand for a population, and what that costs in certainty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

MOST_TIMES = 5.0
"""A weight above so many times the median is cut: one person must not speak for a crowd."""
MOST_TURNS = 500
CLOSE = 1e-9


class RakingError(ValueError):
    """No weights can reach the targets: nobody answered who could stand for a group that has people."""


@dataclass(frozen=True, eq=False)
class Margin:
    """How large the groups of one axis of a table are in the population, or the combinations of several axes."""

    axes: tuple[int, ...]
    targets: Floats


@dataclass(frozen=True, eq=False)
class Weights:
    """A weight for each cell of a table of people, 1 on average over the people.

    ``gap`` is the largest part by which a group still differs from its target: nought but for trimming.
    ``trimmed`` is the share of people whose weight was cut.
    """

    of_cells: Floats
    gap: float
    trimmed: float


def rake(counts: ArrayLike, margins: Sequence[Margin]) -> Weights:
    """Weights by iterative proportional fitting: the table's cells scaled to one margin after the other.

    ``counts`` has how many answered in each cell; targets need not have the same sum, being taken as shares.
    A cell of nobody stays empty. Raises RakingError where a group has people and nobody who answered. Deming &
    Stephan (1940), Annals of Mathematical Statistics 11:427–444.
    """
    people = _people(counts)
    fitted = _fitted(people, people.copy(), _shares(margins, people))
    return _weights(people, fitted, margins, np.zeros(people.shape, dtype=np.bool_))


def rake_trimmed(counts: ArrayLike, margins: Sequence[Margin], *, most: float = MOST_TIMES) -> Weights:
    """As :func:`rake`, with weights above ``most`` times the median of the people's weights cut, and fitted again.

    What is cut keeps the largest weight allowed while the others are fitted to what is left, until no weight is
    above it. The groups may then differ from their targets a little: ``gap`` says how much.
    """
    if not most > 1:
        raise ValueError("Trimming starts above the median: more than 1 times.")
    people = _people(counts)
    shares = _shares(margins, people)
    cut = np.zeros(people.shape, dtype=np.bool_)
    fitted = _fitted(people, people.copy(), shares)
    for _turn in range(MOST_TURNS):
        weights = _ratio(fitted, people)
        limit = most * _median(weights, people)
        above = (people > 0) & (weights > limit * (1 + CLOSE))
        if not above.any():
            break
        cut |= above
        fitted = np.where(above, people * limit, fitted)
        fitted = _fitted(people, fitted, shares, held=cut)
    return _weights(people, fitted, margins, cut)


def effective_size(counts: ArrayLike, weights: ArrayLike) -> Floats:
    """How many answers drawn by plain chance the weighted ones are worth, summed over all axes.

    (Σ n·w)² / Σ n·w², Kish (1965), Survey Sampling, § 11.7. NaN where nobody answered.
    """
    people, weight = np.broadcast_arrays(
        np.asarray(counts, dtype=np.float64), np.asarray(weights, dtype=np.float64)
    )
    squares = (people * weight**2).sum()
    return np.asarray((people * weight).sum() ** 2 / squares if squares > 0 else np.nan)


def design_effect(counts: ArrayLike, weights: ArrayLike) -> float:
    """How many times more answers are needed for the same certainty: their number by its worth, at least 1."""
    return float(np.asarray(counts, dtype=np.float64).sum() / effective_size(counts, weights))


def _people(counts: ArrayLike) -> Floats:
    people = np.asarray(counts, dtype=np.float64)
    if not (np.isfinite(people) & (people >= 0)).all() or not people.sum() > 0:
        raise ValueError("Raking needs known counts of people, and somebody among them.")
    return people


def _shares(margins: Sequence[Margin], people: Floats) -> list[Margin]:
    """Targets as numbers of the people, with an axis for each of the table's. Checks that they can be reached."""
    found = []
    for margin in margins:
        targets = np.asarray(margin.targets, dtype=np.float64)
        if not (np.isfinite(targets) & (targets >= 0)).all() or not targets.sum() > 0:
            raise ValueError("Targets are numbers from nought, and not all nought.")
        if targets.shape != tuple(people.shape[axis] for axis in margin.axes) or list(margin.axes) != sorted(
            set(margin.axes)
        ):
            raise ValueError("A margin has one target for each group of its axes, in their order.")
        shape = [size if axis in margin.axes else 1 for axis, size in enumerate(people.shape)]
        wanted = (targets * people.sum() / targets.sum()).reshape(shape)
        if ((wanted > 0) & (_margin(people, margin.axes) == 0)).any():
            raise RakingError("Nobody answered in a group that has people.")
        found.append(Margin(margin.axes, wanted))
    return found


def _margin(table: Floats, axes: Sequence[int]) -> Floats:
    others = tuple(axis for axis in range(table.ndim) if axis not in axes)
    return np.asarray(table.sum(axis=others, keepdims=True))


def _fitted(
    people: Floats, table: Floats, margins: Sequence[Margin], held: NDArray[np.bool_] | None = None
) -> Floats:
    """The table scaled to each margin in turn until all agree; cells that are held keep what they have."""
    fixed = np.zeros(people.shape) if held is None else np.where(held, table, 0.0)
    free = table - fixed
    for _turn in range(MOST_TURNS):
        largest = 0.0
        for margin in margins:
            left = np.maximum(margin.targets - _margin(fixed, margin.axes), 0.0)
            now = _margin(free, margin.axes)
            factor = np.where(now > 0, left / np.where(now > 0, now, 1.0), 1.0)
            largest = max(largest, float(np.abs(factor - 1).max()))
            free = free * factor
        if largest < CLOSE:
            break
    return free + fixed


def _ratio(fitted: Floats, people: Floats) -> Floats:
    return np.where(people > 0, fitted / np.where(people > 0, people, 1.0), 0.0)


def _median(weights: Floats, people: Floats) -> float:
    """The weight in the middle when everyone stands in line by theirs."""
    order = np.argsort(weights, axis=None, kind="stable")
    passed = np.cumsum(people.ravel()[order])
    return float(weights.ravel()[order][int(np.searchsorted(passed, passed[-1] / 2))])


def _weights(people: Floats, fitted: Floats, margins: Sequence[Margin], cut: NDArray[np.bool_]) -> Weights:
    gap = 0.0
    for margin in _shares(margins, people):
        reached = _margin(fitted, margin.axes) / fitted.sum()
        wanted = margin.targets / people.sum()
        gap = max(gap, float(np.abs(reached - wanted).max()))
    weights = _ratio(fitted, people) * people.sum() / fitted.sum()
    return Weights(weights, gap, float(people[cut].sum() / people.sum()))
