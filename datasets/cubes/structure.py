"""A cube's structure as plain JSON, so that a release is stored as one document and two arrays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .dimension import Category, Dimension, Role, Unit
from .errors import CubeError
from .notes import Note
from .reasons import Reason, SourceSymbol
from .table import Table

AnyTable = TypeVar("AnyTable", bound=Table)
VERSION = 1


def write(cube: Table) -> dict[str, Any]:
    """Everything but values and statuses. Signs are kept cell by cell only where the reason leaves doubt."""
    stored: dict[str, Any] = {
        "version": VERSION,
        "title": dict(cube.title),
        "source": cube.source,
        "updated": cube.updated.isoformat() if cube.updated else None,
        "unit": _write_unit(cube.unit),
        "dimensions": [_write_dimension(dimension) for dimension in cube.dimensions],
        "notes": [
            {"text": dict(note.text), "at": dict(note.at), "mandatory": note.mandatory} for note in cube.notes
        ],
        "symbols": [
            {"symbol": sign.symbol, "text": dict(sign.text), "reason": sign.reason.token} for sign in cube.symbols
        ],
    }
    if cube.marks is not None:
        signs = cube.marks.ravel()
        stored["marks"] = {str(place): int(signs[place]) for place in np.flatnonzero(signs)}
    return stored


def read(cls: type[AnyTable], stored: Mapping[str, Any], values: ArrayLike, statuses: ArrayLike) -> AnyTable:
    """The cube again; CubeError when the document is of another version or the arrays do not fit it."""
    if stored.get("version") != VERSION:
        raise CubeError(f"This cube was stored in form {stored.get('version')!r}; this program reads {VERSION}.")
    dimensions = dimensions_of(stored)
    shape = tuple(len(dimension) for dimension in dimensions)
    size = int(np.prod(shape))
    figures = np.asarray(values, dtype=np.float64)
    reasons = np.asarray(statuses, dtype=np.uint8)
    if figures.size != size or reasons.size != size:
        raise CubeError(f"There are {figures.size} values and {reasons.size} statuses for {size} cells.")
    return cls(
        dimensions=dimensions,
        values=figures.reshape(shape),
        statuses=reasons.reshape(shape),
        title=stored["title"],
        unit=_read_unit(stored["unit"]),
        notes=tuple(Note(item["text"], item["at"], item["mandatory"]) for item in stored["notes"]),
        source=stored["source"],
        updated=datetime.fromisoformat(stored["updated"]) if stored["updated"] else None,
        symbols=tuple(
            SourceSymbol(item["symbol"], item["text"], Reason[item["reason"].upper()])
            for item in stored["symbols"]
        ),
        marks=_read_marks(stored.get("marks"), shape),
    )


def dimensions_of(stored: Mapping[str, Any]) -> tuple[Dimension, ...]:
    """The dimensions of a stored cube, for whoever needs its labels and none of its figures."""
    return tuple(_read_dimension(item) for item in stored["dimensions"])


def _write_unit(unit: Unit | None) -> dict[str, Any] | None:
    return None if unit is None else {"label": dict(unit.label), "decimals": unit.decimals}


def _read_unit(stored: Mapping[str, Any] | None) -> Unit | None:
    return None if stored is None else Unit(stored["label"], stored["decimals"])


def _write_dimension(dimension: Dimension) -> dict[str, Any]:
    return {
        "code": dimension.code,
        "label": dict(dimension.label),
        "role": dimension.role,
        "summable": dimension.summable,
        "total": dimension.total,
        "categories": [_write_category(category) for category in dimension.categories],
    }


def _write_category(category: Category) -> dict[str, Any]:
    stored: dict[str, Any] = {"code": category.code, "label": dict(category.label)}
    if category.parent is not None:
        stored["parent"] = category.parent
    if category.unit is not None:
        stored["unit"] = _write_unit(category.unit)
    return stored


def _read_dimension(stored: Mapping[str, Any]) -> Dimension:
    return Dimension(
        code=stored["code"],
        label=stored["label"],
        role=Role(stored["role"]) if stored["role"] else None,
        summable=stored["summable"],
        total=stored["total"],
        categories=tuple(
            Category(item["code"], item["label"], item.get("parent"), _read_unit(item.get("unit")))
            for item in stored["categories"]
        ),
    )


def _read_marks(stored: Mapping[str, int] | None, shape: tuple[int, ...]) -> NDArray[np.uint8] | None:
    if stored is None:
        return None
    marks = np.zeros(int(np.prod(shape)), dtype=np.uint8)
    for place, sign in stored.items():
        marks[int(place)] = sign
    return marks.reshape(shape)
