"""Tables with what is shown of them: which cells must stay unknown, and which ones an answer or a group is in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from datasets.cubes import Dimension, Reason
from datasets.disclosure import ProtectedCube
from surveys.questionnaire import Questionnaire
from surveys.results.answer_dimensions import answers_by_code, leaves_of
from surveys.results.tabulation import Counted

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Told:
    """A table of a question or of a score: its counts, and what is shown of them."""

    counted: Counted
    cube: ProtectedCube

    @property
    def about(self) -> str:
        """The code of the question or the score."""
        return self.counted.question.code

    @cached_property
    def is_hidden(self) -> Bools:
        """The cells that are not shown, flat."""
        return np.asarray((self.cube.statuses == Reason.SUPPRESSED).ravel())

    @cached_property
    def is_secret(self) -> Bools:
        """The hidden cells that must stay unknown: those of anyone at all, and those that were to be protected."""
        somebody = self.counted.table.cube.values.ravel() > 0
        marked = self.cube.report.protected_cells(self.cube.values.shape).ravel()
        return self.is_hidden & (somebody | marked)


def cells_by_answer(questionnaire: Questionnaire, told: Told) -> Ints:
    """A row for each coded answer from 0: which categories of the table's answers count it."""
    dimension = told.cube.dimensions[0]
    leaves = leaves_of(dimension)
    held = holding(dimension)
    coded = answers_by_code(questionnaire, told.counted.question, leaves)
    found = np.zeros(
        (max(coded, default=0) + len(told.counted.question.choices) + 1, len(dimension)), dtype=np.int64
    )
    for value, leaf in coded.items():
        found[value] = held[leaves.index(leaf)]
    return found


def holding(dimension: Dimension) -> Ints:
    """A row for each leaf: the categories that it is counted in."""
    return np.array(
        [
            [code in (dimension.total, leaf) or code in dimension.ancestors(leaf) for code in dimension.codes]
            for leaf in leaves_of(dimension)
        ],
        dtype=np.int64,
    )
