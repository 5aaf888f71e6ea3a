"""A table that was read, in a few plain figures: enough to compare two readers of the same file."""

from __future__ import annotations

from math import fsum
from typing import Any

import numpy as np

from datasets.cubes import Cube, Dimension, Reason, pick

from .any_file import Reading
from .problems import Problem

SHOWN = 3
"""So many figures are told from either end."""
_PIECE = 1 << 16


def summary(reading: Reading) -> dict[str, Any]:
    """What a file holds, or ``error`` with the gravest reason why it was refused; plain JSON."""
    result = reading.result
    if result.cube is None:
        return {"error": said(result.fatal[0])}
    return {
        "format": str(reading.format),
        "encoding": result.encoding,
        **({} if reading.sheet is None else {"sheet": reading.sheet}),
        **figures(result.cube),
        "warnings": [said(problem) for problem in result.problems],
    }


def figures(cube: Cube) -> dict[str, Any]:
    """What a table holds, however it came; plain JSON."""
    total, nulls = _counted(cube)
    return {
        "dimensions": [_dimension(dimension) for dimension in cube.dimensions],
        "cells": cube.size,
        "nulls": nulls,
        "sum": total,
        "first": [_cell(cube, place) for place in range(min(SHOWN, cube.size))],
        "last": [_cell(cube, place) for place in range(max(0, cube.size - SHOWN), cube.size)],
    }


def said(problem: Problem) -> dict[str, Any]:
    """A problem with its place, counted from 1, and its remedy."""
    message = f"{problem.text()} {problem.advice()}".strip()
    return {"message": message, "line": problem.line, "column": problem.column}


def _dimension(dimension: Dimension) -> dict[str, Any]:
    return {
        "id": dimension.code,
        "label": pick(dimension.label, "") or dimension.code,
        "size": len(dimension),
        "role": dimension.role.value if dimension.role else None,
    }


def _counted(cube: Cube) -> tuple[float, dict[str, int]]:
    """The sum, and how many cells have no value, by reason; a nil is no null but the zero that it stands for."""
    values, statuses = cube.values.reshape(-1), cube.statuses.reshape(-1)
    counts = np.zeros(len(Reason), dtype=np.int64)
    sums: list[float] = []
    for begin in range(0, cube.size, _PIECE):
        counts += np.bincount(statuses[begin : begin + _PIECE], minlength=len(Reason))
        sums.append(float(np.nansum(values[begin : begin + _PIECE])))
    return fsum(sums), {r.token: int(counts[r]) for r in Reason if r.is_missing and counts[r]}


def _cell(cube: Cube, place: int) -> dict[str, Any]:
    """The figure, or why there is none, at a category of every dimension."""
    at = np.unravel_index(place, cube.shape)
    coordinates = {
        dimension.code: dimension.codes[int(step)] for dimension, step in zip(cube.dimensions, at, strict=True)
    }
    reason = Reason(int(cube.statuses[at]))
    if reason.is_missing:
        return {"coordinates": coordinates, "value": None, "status": reason.token}
    return {"coordinates": coordinates, "value": float(cube.values[at])}
