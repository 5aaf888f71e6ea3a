"""Counting people by what they answered and by any number of groups at once. Plain numpy; no answer is kept.

Everyone's place among all combinations of groups is worked out once (:class:`Strata`); each question is then one
pass over one column. What is summed over, margins and groups of answers, is summed in the small table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]

LOWEST = -1
"""The smallest coded answer: -1 stands for a question that was not asked."""


@dataclass(frozen=True, eq=False)
class Strata:
    """Where everyone stands among the combinations of some groupings: a number each, the last grouping fastest.

    `shape` has the number of groups of each grouping; without any grouping all stand in one place.
    """

    places: NDArray[np.int64]
    shape: tuple[int, ...]

    @property
    def cells(self) -> int:
        """How many combinations there are."""
        return int(np.prod(self.shape, dtype=np.int64))


def strata_of(groupings: Sequence[NDArray[np.integer]], shape: Sequence[int], people: int) -> Strata:
    """Everyone's place by their group (from 0) in each grouping. ValueError on a group that is not there."""
    places = np.zeros(people, dtype=np.int64)
    for groups, size in zip(groupings, shape, strict=True):
        if people and (int(groups.min()) < 0 or int(groups.max()) >= size):
            raise ValueError("Somebody stands in a group that the grouping does not have.")
        places *= size
        places += groups
    return Strata(places, tuple(shape))


def counted(strata: Strata, coded: NDArray[np.integer], largest: int) -> Counts:
    """How many gave each coded answer from -1 to `largest` (along the first axis), in each combination.

    Raises ValueError on a value outside.
    """
    width = largest - LOWEST + 1
    if not len(coded):
        return np.zeros((width, *strata.shape), dtype=np.int64)
    if int(coded.min()) < LOWEST or int(coded.max()) > largest:
        raise ValueError("There is an answer that the question does not have.")
    joint = (coded - np.int64(LOWEST)) * strata.cells
    joint += strata.places
    found = np.bincount(joint, minlength=width * strata.cells)
    return found.reshape(width, *strata.shape)


def gathered(counts: Counts, meaning: NDArray[np.intp], leaves: int) -> Counts:
    """Coded answers put together along the first axis: `meaning` has a place for each, -1 leaves it out."""
    kept = meaning >= 0
    found = np.zeros((leaves, *counts.shape[1:]), dtype=np.int64)
    np.add.at(found, meaning[kept], counts[kept])
    return found
