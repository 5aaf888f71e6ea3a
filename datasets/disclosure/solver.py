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

from .model import Matrix

Floats = NDArray[np.float64]
INFINITY = highspy.kHighsInf
MOST_NODES = 2_000


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


def whole_solution(
    matrix: Matrix,
    row_lower: Floats,
    row_upper: Floats,
    lower: Floats,
    upper: Floats,
    cost: Floats | None = None,
    *,
    most_nodes: int = MOST_NODES,
) -> NDArray[np.int64] | None:
    """A solution in whole numbers, the cheapest found; None when none was found within ``most_nodes``."""
    highs = _quiet()
    highs.setOptionValue("mip_max_nodes", most_nodes)
    model = _model(matrix, row_lower, row_upper, lower, upper)
    if cost is not None:
        model.col_cost_ = cost
    model.integrality_ = [highspy.HighsVarType.kInteger] * matrix.shape[1]
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
