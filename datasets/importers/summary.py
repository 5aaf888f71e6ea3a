"""A table that was read, in a few plain figures: enough to compare two readers of the same file."""

from __future__ import annotations

from typing import Any

import numpy as np

from datasets.cubes import Cube, Dimension, Reason, pick

from .any_file import Reading
from .problems import Problem

SHOWN = 3
"""So many figures are told from either end."""


def summary(reading: Reading) -> dict[str, Any]:
    """What a file holds, or ``error`` with the gravest reason why it was refused; plain JSON."""
    result = reading.result
    if result.cube is None:
        return {"error": said(result.fatal[0])}
    cube = result.cube
    values = cube.values.ravel()
    return {
        "format": str(reading.format),
        "encoding": result.encoding,
        "dimensions": [_dimension(dimension) for dimension in cube.dimensions],
        "cells": cube.size,
        "nulls": _nulls(cube),
        "sum": float(np.nansum(values)),
        "first": [_cell(cube, place) for place in range(min(SHOWN, cube.size))],
        "last": [_cell(cube, place) for place in range(max(0, cube.size - SHOWN), cube.size)],
        "warnings": [said(problem) for problem in result.problems],
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


def _nulls(cube: Cube) -> dict[str, int]:
    """How many cells have no value, by reason; a nil is no null but the zero that it stands for."""
    counts = np.bincount(cube.statuses.ravel(), minlength=len(Reason))
    return {reason.token: int(counts[reason]) for reason in Reason if reason.is_missing and counts[reason]}


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
