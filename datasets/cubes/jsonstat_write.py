"""A cube as a JSON-stat 2.0 dataset: how it is written.

Beyond the standard, ``extension.vaxtkraft`` carries what JSON-stat has no place for: which dimensions may be
summed, what the signs in ``status`` mean, and notes on single cells. Readers that know none of it lose no
figure.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np

from .dimension import Dimension, Unit
from .reasons import Reason
from .table import Table
from .text import pick


def write(cube: Table, lang: str) -> dict[str, Any]:
    """The whole cube as a JSON-stat 2.0 dataset with its words in one language."""
    document: dict[str, Any] = {
        "version": "2.0",
        "class": "dataset",
        "label": pick(cube.title, lang),
        "source": cube.source,
        "id": [dimension.code for dimension in cube.dimensions],
        "size": list(cube.shape),
        "dimension": {d.code: _dimension(cube, d, lang) for d in cube.dimensions},
        "value": [None if np.isnan(value) else value for value in cube.values.ravel().tolist()],
        "extension": {"vaxtkraft": _extension(cube, lang)},
    }
    if cube.updated is not None:
        document["updated"] = cube.updated.isoformat()
    if roles := _roles(cube):
        document["role"] = roles
    if status := _status(cube):
        document["status"] = status
    whole = [note for note in cube.notes if not note.at]
    if whole:
        document["note"] = [pick(note.text, lang) for note in whole]
        _mark_mandatory(document, "noteMandatory", [note.mandatory for note in whole])
    return document


def _roles(cube: Table) -> dict[str, list[str]]:
    roles: dict[str, list[str]] = defaultdict(list)
    for dimension in cube.dimensions:
        if dimension.role is not None:
            roles[dimension.role.value].append(dimension.code)
    return dict(roles)


def _status(cube: Table) -> dict[str, str]:
    """The source's own sign where it gives the cell's reason, else our word for the reason."""
    signs, reasons = cube.sign_places().ravel(), cube.statuses.ravel()
    says = np.array([0, *(symbol.reason for symbol in cube.symbols)], dtype=np.uint8)[signs]
    signs = np.where((says == reasons) | (reasons == Reason.NOT_AVAILABLE), signs, 0)
    return {
        str(place): cube.symbols[signs[place] - 1].symbol if signs[place] else Reason(int(reasons[place])).token
        for place in np.flatnonzero((signs > 0) | (reasons > 0)).tolist()
    }


def _extension(cube: Table, lang: str) -> dict[str, Any]:
    extension: dict[str, Any] = {
        "status": {
            sign.symbol: {"reason": sign.reason.token, "label": pick(sign.text, lang)} for sign in cube.symbols
        },
    }
    if cube.unit is not None:
        extension["unit"] = _unit(cube.unit, lang)
    on_cells = [note for note in cube.notes if _is_on_cells(note.at)]
    if on_cells:
        extension["notes"] = [
            {"at": dict(note.at), "text": pick(note.text, lang), "mandatory": note.mandatory} for note in on_cells
        ]
    return extension


def _is_on_cells(at: Any) -> bool:
    return len(at) > 1


def _dimension(cube: Table, dimension: Dimension, lang: str) -> dict[str, Any]:
    category: dict[str, Any] = {
        "index": list(dimension.codes),
        "label": {item.code: pick(item.label, lang) for item in dimension.categories},
    }
    children: dict[str, list[str]] = defaultdict(list)
    for item in dimension.categories:
        if item.parent is not None:
            children[item.parent].append(item.code)
    if children:
        category["child"] = dict(children)
    units = {item.code: _unit(item.unit, lang) for item in dimension.categories if item.unit is not None}
    if units:
        category["unit"] = units
    own: dict[str, Any] = {"summable": dimension.summable}
    if dimension.total is not None:
        own["total"] = dimension.total
    written: dict[str, Any] = {"label": pick(dimension.label, lang), "category": category}
    written["extension"] = {"vaxtkraft": own}
    _write_notes(cube, dimension, written, lang)
    return written


def _write_notes(cube: Table, dimension: Dimension, written: dict[str, Any], lang: str) -> None:
    here = [note for note in cube.notes if list(note.at) == [dimension.code]]
    whole = [note for note in here if note.at[dimension.code] is None]
    if whole:
        written["note"] = [pick(note.text, lang) for note in whole]
        _mark_mandatory(written, "noteMandatory", [note.mandatory for note in whole])
    texts: dict[str, list[str]] = defaultdict(list)
    mandatory: dict[str, dict[str, bool]] = defaultdict(dict)
    for note in here:
        code = note.at[dimension.code]
        if code is not None:
            if note.mandatory:
                mandatory[code][str(len(texts[code]))] = True
            texts[code].append(pick(note.text, lang))
    if texts:
        written["category"]["note"] = dict(texts)
    if mandatory:
        written["extension"]["categoryNoteMandatory"] = dict(mandatory)


def _mark_mandatory(written: dict[str, Any], name: str, flags: list[bool]) -> None:
    marked = {str(place): True for place, flag in enumerate(flags) if flag}
    if marked:
        written["extension"][name] = marked


def _unit(unit: Unit, lang: str) -> dict[str, Any]:
    written: dict[str, Any] = {"label": pick(unit.label, lang)}
    if unit.decimals is not None:
        written["decimals"] = unit.decimals
    return written
