"""Linear programs over whole people, solved by HiGHS: the only place that knows its interface.

One thread and no time limit, so that the same input gives the same answer on every run; searches for whole
solutions are limited by nodes instead.
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from ..model import Ints, Matrix, alike

Floats = NDArray[np.float64]
INFINITY = highspy.kHighsInf
MOST_NODES = 2_000


FAR = 10_000
"""How many people a movement may bring to a leaf cell at most; a smaller number only finds fewer movements."""
LITTLE = 0.001
"""What it costs to move one person, beside what it costs to change what is published."""


class SolverFailed(Exception):
    """HiGHS stopped without an answer: nothing may be concluded from it."""


@dataclass(frozen=True)
class Solution:
    """An optimum: its value, and the columns' values there."""

    value: float
    columns: Floats


class Program:
    """A linear program whose objective changes from question to question, each started from the last answer.

    ``matrix`` (rows × columns) times the columns lies between ``row_lower`` and ``row_upper``.
    """

    def __init__(self, matrix: Matrix, row_lower: Floats, row_upper: Floats, lower: Floats, upper: Floats) -> None:
        self._size = matrix.shape[1]
        self._highs = _quiet()
        self._highs.setOptionValue("presolve", "off")
        self._highs.passModel(_model(matrix, row_lower, row_upper, lower, upper))
        self._objective = np.zeros(0, dtype=np.int32)

    def optimum(self, columns: NDArray[np.int64], weights: Floats, *, maximise: bool) -> Solution | None:
        """The best value of a weighted sum of some columns; None when it has no bound."""
        if len(self._objective):
            self._highs.changeColsCost(len(self._objective), self._objective, np.zeros(len(self._objective)))
        self._objective = columns.astype(np.int32)
        sign = -1.0 if maximise else 1.0
        self._highs.changeColsCost(len(columns), self._objective, sign * weights.astype(np.float64))
        self._highs.run()
        status = self._highs.getModelStatus()
        if status in (
            highspy.HighsModelStatus.kUnbounded,
            highspy.HighsModelStatus.kUnboundedOrInfeasible,
        ):
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise SolverFailed(f"The linear program ended as {status}.")
        found = np.array(self._highs.getSolution().col_value, dtype=np.float64)
        return Solution(sign * self._highs.getInfo().objective_function_value, found)


@dataclass(frozen=True, eq=False)
class Terrain:
    """Where people may be moved: some leaf cells, and what a movement does to sums over them.

    ``still`` sums must not change. ``floors`` may change by ``room`` or more, which is not above nought.
    ``priced`` sums cost ``prices`` a person that they change by. ``leaves`` are the people there.
    """

    leaves: Ints
    still: Matrix
    floors: Matrix
    room: Floats
    priced: Matrix
    prices: Floats

    @classmethod
    def of_known(cls, leaves: Ints, still: Matrix, floors: Matrix, room: Floats) -> Terrain:
        """One where everything that is not hidden stays as it is."""
        return cls(leaves, still, floors, room, still[:0], np.zeros(0))

    def within(self, columns: Ints) -> Terrain:
        """The part of it where only some columns move."""
        still, floors, priced = (rows[:, columns].tocsr() for rows in (self.still, self.floors, self.priced))
        kept, low, paid = (np.flatnonzero(np.diff(rows.indptr)) for rows in (still, floors, priced))
        still = still[kept]
        return Terrain(
            self.leaves[columns],
            still[alike(still)[1]],
            floors[low],
            self.room[low],
            priced[paid],
            self.prices[paid],
        )


class Mover:
    """The cheapest movement on a terrain that changes one sum by so much, as a linear program.

    Every question starts anew from no movement at all, which the dual simplex method is at once at home in:
    a movement near by takes few steps, however large the terrain. Each column goes up and down at a cost
    slightly its own, so that the answer is one and the same.
    """

    def __init__(self, terrain: Terrain) -> None:
        self._cells, self._paid = len(terrain.leaves), terrain.priced.shape[0]
        self._fixed = terrain.still.shape[0] + terrain.floors.shape[0]
        self._leaves = terrain.leaves.astype(np.float64)
        identity = sp.identity(self._paid, dtype=np.int64, format="csr")
        upwards = sp.vstack([terrain.still, terrain.floors, terrain.priced], format="csr")
        beside = sp.vstack([sp.csr_matrix((self._fixed, self._paid), dtype=np.int64), identity], format="csr")
        matrix = sp.hstack([upwards, -upwards, -beside, beside], format="csr")
        zeros, far = np.zeros(matrix.shape[0]), np.zeros(matrix.shape[0])
        far[terrain.still.shape[0] : self._fixed] = INFINITY
        low = zeros.copy()
        low[terrain.still.shape[0] : self._fixed] = terrain.room
        upper = np.concatenate([np.full(self._cells, float(FAR)), self._leaves, np.full(2 * self._paid, INFINITY)])
        self._highs = _quiet()
        self._highs.setOptionValue("presolve", "off")
        model = _model(matrix, low, far, np.zeros(len(upper)), upper)
        unlike = np.random.default_rng(0).uniform(1.0, 1.1, 2 * self._cells)
        model.col_cost_ = np.concatenate([LITTLE * unlike, terrain.prices, terrain.prices])
        self._highs.passModel(model)
        self._asked = False
        self.steps = 0

    def movement(
        self, columns: Ints, weights: Ints, by: int, *, up: bool, most_steps: int, kept: Ints | None = None
    ) -> Floats | None:
        """How each column changes when a weighted sum of some changes by ``by`` or more; None if it cannot.

        ``kept``: columns that must not be emptied. Raises SolverFailed after ``most_steps`` without an answer:
        nothing may be concluded from it.
        """
        highs, last = self._highs, self._fixed + self._paid
        if self._asked:
            highs.deleteRows(1, np.array([last], dtype=np.int32))
        both = np.concatenate([columns, columns + self._cells]).astype(np.int32)
        signed = weights.astype(np.float64) * (1.0 if up else -1.0)
        highs.addRow(float(by), INFINITY, len(both), both, np.concatenate([signed, -signed]))
        self._asked = True
        held = np.zeros(0, dtype=np.int64) if kept is None else kept
        self._bound(held, self._leaves[held] - 1)
        highs.setBasis()
        highs.setOptionValue("simplex_iteration_limit", most_steps)
        highs.run()
        self.steps += max(0, highs.getInfo().simplex_iteration_count)
        status = highs.getModelStatus()
        self._bound(held, self._leaves[held])
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise SolverFailed(f"The linear program ended as {status}.")
        found = np.array(highs.getSolution().col_value, dtype=np.float64)
        return found[: self._cells] - found[self._cells : 2 * self._cells]

    def reprice(self, rows: Ints, prices: Floats) -> None:
        """Change what it costs to change some priced sums."""
        places = (2 * self._cells + rows).astype(np.int32)
        for start in (places, places + np.int32(self._paid)):
            self._highs.changeColsCost(len(rows), start, prices)

    def _bound(self, columns: Ints, most: Floats) -> None:
        """How far some columns may fall."""
        if len(columns):
            places = (columns + self._cells).astype(np.int32)
            self._highs.changeColsBounds(len(places), places, np.zeros(len(places)), most)


def whole_solution(
    matrix: Matrix,
    row_lower: Floats,
    row_upper: Floats,
    lower: Floats,
    upper: Floats,
    cost: Floats | None = None,
    *,
    most_nodes: int = MOST_NODES,
    gap: float = 0.0,
    eagerness: float | None = None,
    whole: int | None = None,
) -> NDArray[np.int64] | None:
    """A solution in whole numbers, the cheapest found; None when none was found within ``most_nodes``.

    ``gap``: as a share of what it is worth, how much cheaper the cheapest may be. ``eagerness``: the share of
    the effort that goes into guessing. ``whole``: so many columns, the first ones, need be whole; all, if None.
    """
    highs = _quiet()
    highs.setOptionValue("mip_max_nodes", most_nodes)
    if gap:
        highs.setOptionValue("mip_rel_gap", gap)
    if eagerness is not None:
        highs.setOptionValue("mip_heuristic_effort", eagerness)
    model = _model(matrix, row_lower, row_upper, lower, upper)
    if cost is not None:
        model.col_cost_ = cost
    columns = matrix.shape[1]
    kinds = highspy.HighsVarType
    must = columns if whole is None else whole
    model.integrality_ = [kinds.kInteger] * must + [kinds.kContinuous] * (columns - must)
    highs.passModel(model)
    highs.run()
    solution = highs.getSolution()
    if not solution.value_valid:
        return None
    found = np.rint(np.array(solution.col_value, dtype=np.float64))
    sums = matrix @ found
    fits = (
        (sums >= row_lower).all()
        and (sums <= row_upper).all()
        and (found >= lower).all()
        and (found <= upper).all()
    )
    return found.astype(np.int64) if fits else None


def _quiet() -> highspy.Highs:
    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("random_seed", 0)
    return highs


def _model(matrix: Matrix, row_lower: Floats, row_upper: Floats, lower: Floats, upper: Floats) -> highspy.HighsLp:
    rows = sp.csr_matrix(matrix)
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = rows.shape
    model.col_cost_ = np.zeros(rows.shape[1])
    model.col_lower_, model.col_upper_ = lower.astype(np.float64), upper.astype(np.float64)
    model.row_lower_, model.row_upper_ = row_lower.astype(np.float64), row_upper.astype(np.float64)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = rows.indptr
    model.a_matrix_.index_ = rows.indices
    model.a_matrix_.value_ = rows.data.astype(np.float64)
    return model
