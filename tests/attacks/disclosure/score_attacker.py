"""An attacker who knows how a score is worked out, and has its tables, those of its items and those of the base.

The unknowns are how many people of each group gave each set of answers to the items, no answer being one. What a
set of answers scores is public: it stands in the questionnaire.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np
import scipy.sparse as sp

from datasets.cubes import Cube, Dimension, Reason
from surveys.questionnaire import Questionnaire, Score, score_of
from tests.attacks.disclosure.notebook import Notebook

NOBODY = "nobody"


class ScoreAttacker:
    """Tables are by code, as they are published: `item`, `item.background`, `score`, `background`."""

    def __init__(
        self, asked: Questionnaire, score: Score, base: Sequence[Cube], tables: Mapping[str, Cube]
    ) -> None:
        self._asked, self._score = asked, score
        found: dict[str, Dimension] = {}
        for cube in (*base, *tables.values()):
            for dimension in cube.dimensions:
                if dimension.code not in (*score.items, score.code):
                    found[dimension.code] = dimension
        self._groups = list(
            product(*([(one.code, leaf) for leaf in sorted(one.leaves)] for one in found.values()))
        )
        choices = [
            [None, *(c.code for c in asked.question(item).choices if not c.is_missing)] for item in score.items
        ]
        self._answers = list(product(*choices))
        self._bands = [self._band(given) for given in self._answers]
        self.notebook = Notebook(len(self._groups) * len(self._answers))
        self.hidden: list[tuple[str, Any]] = []
        for cube in (*base, *tables.values()):
            self._read(cube)

    def exact(self, *, of_whole_people: bool = False) -> list[str]:
        """The hidden figures, nought apart, that follow: by linear programs, or by whole-number ones as well."""
        if not self.hidden:
            return []
        rows = sp.vstack([row for _name, row in self.hidden], format="csr")
        found = self.notebook.pinned(rows) if of_whole_people else self.notebook.narrow(rows)
        ranges = [(self.hidden[place][0], self.notebook.range_of(rows[place])) for place in found]
        return [name for name, span in ranges if span.high > 0]

    def reads_mean(self, mean: float, decimals: int = 1) -> None:
        """Someone who is told the mean too: the sum of all scores lies within what rounding leaves."""
        values = [0.0 if value is None else float(value) for value in map(self._value, self._answers)]
        has_one = [float(band is not None) for band in self._bands]
        points, people = (np.tile(one, len(self._groups)).reshape(1, -1) for one in (values, has_one))
        slack = 0.5 * 10.0**-decimals
        self.notebook.at_least(sp.csr_matrix(points - (mean - slack) * people), -1e-6)
        self.notebook.at_least(sp.csr_matrix((mean + slack) * people - points), -1e-6)

    def reads_sum(self, at: Mapping[str, str], points: Sequence[float], total: float) -> None:
        """Someone who is told exactly what a group's answers are worth: `points` of each set of them."""
        inside = [all(at.get(code, leaf) == leaf for code, leaf in group) for group in self._groups]
        self.notebook.exactly(sp.csr_matrix(np.outer(inside, points).reshape(1, -1)), [total])

    @property
    def sets_of_answers(self) -> list[tuple[str | None, ...]]:
        """Every way to answer the items."""
        return list(self._answers)

    def _value(self, given: Sequence[str | None]) -> float | None:
        answers = {item: one for item, one in zip(self._score.items, given, strict=True) if one is not None}
        value = score_of(self._asked, self._score, answers)
        return None if value is None else float(value)

    def _band(self, given: Sequence[str | None]) -> str | None:
        answers = {item: one for item, one in zip(self._score.items, given, strict=True) if one is not None}
        value = score_of(self._asked, self._score, answers)
        band = None if value is None else self._score.band_of(value)
        return None if band is None else band.code

    def _read(self, cube: Cube) -> None:
        rows, values = [], []
        for cell in cube.cells():
            at = dict(zip((d.code for d in cube.dimensions), cell.codes, strict=True))
            row = self._row(cube, at)
            if cell.value is not None:
                rows.append(row)
                values.append(cell.value)
            elif cell.reason is Reason.SUPPRESSED:
                self.hidden.append((str(at), row))
        if rows:
            self.notebook.exactly(sp.vstack(rows), values)

    def _row(self, cube: Cube, at: Mapping[str, str]) -> Any:
        groups = [
            all(at.get(code, leaf) in (leaf, _total(cube, code, at)) for code, leaf in group)
            for group in self._groups
        ]
        answers = [
            self._counts(cube, at, given, band) for given, band in zip(self._answers, self._bands, strict=True)
        ]
        return sp.csr_matrix(np.outer(groups, answers).astype(np.float64).reshape(1, -1))

    def _counts(self, cube: Cube, at: Mapping[str, str], given: Sequence[str | None], band: str | None) -> bool:
        """Whether people with these answers are counted in a cell."""
        for code, said in zip((*self._score.items, self._score.code), (*given, band), strict=True):
            if code in at:
                return said is not None and _holds(cube.dimension(code), at[code], said, self._asked, code)
        return True


def _total(cube: Cube, code: str, at: Mapping[str, str]) -> str | None:
    return cube.dimension(code).total if code in at else NOBODY


def _holds(answers: Dimension, category: str, said: str, asked: Questionnaire, code: str) -> bool:
    """Whether a category counts an answer: it is the answer, all of them, or the end of the scale it lies at."""
    if category in (answers.total, said):
        return True
    scale = next((asked.scale_of(one) for one in asked if one.code == code), None)
    if scale is None or category not in ("high", "low", "middle"):
        return False
    ends = {"high": scale.high.codes, "low": scale.low.codes}
    middle = {choice.code for choice in scale.choices} - {*scale.high.codes, *scale.low.codes}
    return said in ends.get(category, tuple(middle))
