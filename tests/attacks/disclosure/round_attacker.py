"""An attacker with everything that a survey round publishes: all questions by all backgrounds at once.

Everyone in a round belongs to one group of the backgrounds crossed, and gave each question one answer or none.
Given how many are in each such group, the questions have nothing in common: any answers to one go with any
answers to another. So the unknowns are the people by group, and by group and answer for each question, and
no table of whole people is left out or let in that the questions together would not allow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from datasets.cubes import Cube, Dimension, Reason
from tests.attacks.disclosure.notebook import Notebook, Range

OPTION = "option"


@dataclass(frozen=True)
class Asked:
    """One question, or one option of a multiple choice: its name, its answers, its first unknown."""

    name: str
    answers: Dimension
    leaves: tuple[str, ...]
    start: int


@dataclass(frozen=True)
class Hidden:
    """A hidden figure: in which table, at which place, over which unknowns."""

    name: str
    row: Any


class RoundAttacker:
    """Someone who has the tables of a round: `base` by one background each, `tables` by answer or by both."""

    def __init__(self, base: Sequence[Cube], tables: Sequence[Cube]) -> None:
        cubes = [one for cube in tables for one in _apart(cube)]
        found = [d for cube in (*base, *(cube for _, cube in cubes)) for d in cube.dimensions]
        asked = {name: cube.dimensions[0] for name, cube in reversed(cubes)}
        backgrounds = {d.code: d for d in found if d.code not in {one.code for one in asked.values()}}
        # A table of coarser groups tells of the same people: the groups are those of the finest.
        self._backgrounds = {
            code: max((d for d in found if d.code == code), key=lambda d: len(d.leaves)) for code in backgrounds
        }
        self._groups = list(product(*(sorted(d.leaves) for d in self._backgrounds.values())))
        self._asked: dict[str, Asked] = {}
        size = len(self._groups)
        for name in sorted(asked):
            leaves = _finest([cube.dimensions[0] for other, cube in cubes if other == name])
            self._asked[name] = Asked(name, asked[name], leaves, size)
            size += len(leaves) * len(self._groups)
        self.notebook = Notebook(size)
        self.hidden: list[Hidden] = []
        for cube in base:
            self._read(None, cube)
        for name, cube in cubes:
            self._read(self._asked[name], cube)
        for one in self._asked.values():
            self._note_that_some_were_silent(one)

    def exact(self, *, random_rounds: int = 30) -> list[str]:
        """The hidden figures that linear programs pin to one whole number, nought apart."""
        rows = sp.vstack([hidden.row for hidden in self.hidden], format="csr")
        return [self.hidden[place].name for place in self.notebook.narrow(rows, random_rounds=random_rounds)]

    def range_of(self, at: Mapping[str, str]) -> Range:
        """Between what the number of people in some groups lies."""
        return self.notebook.range_of(self._sum_of(self._people(at)))

    def _read(self, asked: Asked | None, cube: Cube) -> None:
        rows, values = [], []
        for cell in cube.cells():
            at = dict(zip((d.code for d in cube.dimensions), cell.codes, strict=True))
            row = self._row(asked, cube, at)
            if cell.value is not None:
                rows.append(row)
                values.append(cell.value)
            elif cell.reason is Reason.SUPPRESSED:
                self.hidden.append(Hidden(f"{asked.name if asked else ''} {at}", row))
        self.notebook.exactly(sp.vstack(rows), values)

    def _people(self, at: Mapping[str, str]) -> NDArray[np.intp]:
        """The unknowns that count the people at a place of a table."""
        inside = np.ones(len(self._groups), dtype=np.bool_)
        for place, (code, dimension) in enumerate(self._backgrounds.items()):
            if code in at and at[code] != dimension.total:
                wanted = set(at[code].split("+"))
                inside &= np.array([set(group[place].split("+")) <= wanted for group in self._groups])
        return np.flatnonzero(inside)

    def _row(self, asked: Asked | None, cube: Cube, at: Mapping[str, str]) -> Any:
        columns = self._people(at)
        if asked is not None:
            answers = cube.dimensions[0]
            chosen = [
                place for place, leaf in enumerate(asked.leaves) if _counts(asked, answers, at[answers.code], leaf)
            ]
            columns = np.concatenate([asked.start + place * len(self._groups) + columns for place in chosen])
        return self._sum_of(columns)

    def _sum_of(self, columns: NDArray[np.intp]) -> Any:
        ones = np.ones(len(columns))
        return sp.csr_matrix((ones, columns, [0, len(columns)]), shape=(1, self.notebook.unknowns))

    def _note_that_some_were_silent(self, asked: Asked) -> None:
        """In no group did more people answer than are in it."""
        number = len(self._groups)
        everyone = sp.identity(number, format="csr")
        answers = sp.hstack([everyone] * len(asked.leaves), format="csr")
        before = sp.csr_matrix((number, asked.start - number))
        after = sp.csr_matrix((number, self.notebook.unknowns - asked.start - answers.shape[1]))
        self.notebook.at_least(sp.hstack([everyone, before, -answers, after], format="csr"), 0)


def _apart(cube: Cube) -> list[tuple[str, Cube]]:
    """A question's table with its name; a multiple choice as a question for each option."""
    codes = [d.code for d in cube.dimensions]
    if OPTION not in codes:
        return [(codes[0], cube)]
    axis = codes.index(OPTION)
    rest = tuple(d for d in cube.dimensions if d.code != OPTION)
    return [
        (
            f"{rest[0].code} {code}",
            Cube(rest, np.take(cube.values, at, axis=axis), np.take(cube.statuses, at, axis=axis), cube.title),
        )
        for at, code in enumerate(cube.dimensions[axis].codes)
    ]


def _finest(answers: Sequence[Dimension]) -> tuple[str, ...]:
    """The answers that no table of a question splits further."""
    return max((tuple(sorted(d.leaves)) for d in answers), key=len)


def _counts(asked: Asked, answers: Dimension, code: str, leaf: str) -> bool:
    """Whether a category of answers counts those who gave the answer `leaf`."""
    if code in (answers.total, leaf):
        return True
    whole = asked.answers if leaf in asked.answers.positions else answers
    return leaf in whole.positions and code in whole.ancestors(leaf)
