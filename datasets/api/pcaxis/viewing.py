"""A table as PxWeb would hold it: what is measured is a dimension of its own, and time stands last.

Clients look for the dimension ``ContentsCode``; a cube that measures one thing only has none, and is given one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from datasets.cubes import Cube, CubeError, Dimension, LocalText, Reason, Role
from datasets.disclosure import ProtectedCube

CONTENTS = "ContentsCode"
VALUE = "value"
_LABEL: LocalText = {"sv": "tabellinnehåll", "en": "contents"}


def with_contents(structure: Mapping[str, Any], title: LocalText) -> dict[str, Any]:
    """A stored structure with ``ContentsCode``: its own measures by that name, or one measure called by title."""
    dimensions = [dict(dimension) for dimension in structure["dimensions"]]
    named = own_code(structure)
    if named is not None:
        for dimension in dimensions:
            if dimension["code"] == named:
                dimension["code"] = CONTENTS
        notes = [
            {**note, "at": {CONTENTS if code == named else code: at for code, at in note["at"].items()}}
            for note in structure["notes"]
        ]
        return {**structure, "dimensions": dimensions, "notes": notes}
    category: dict[str, Any] = {"code": VALUE, "label": dict(title or structure["title"])}
    if structure["unit"] is not None:
        category["unit"] = structure["unit"]
    contents = {
        "code": CONTENTS, "label": dict(_LABEL), "role": Role.METRIC, "summable": False, "total": None,
        "categories": [category],
    }  # fmt: skip
    return {**structure, "dimensions": [*dimensions, contents]}


def own_code(structure: Mapping[str, Any]) -> str | None:
    """The cube's own code of its measures, or None where it has no dimension of them."""
    return next((d["code"] for d in structure["dimensions"] if d["role"] == Role.METRIC), None)


def empty_view(structure: Mapping[str, Any]) -> Cube:
    """A view without its figures, for its description: nothing is read for it."""
    size = int(np.prod([len(dimension["categories"]) for dimension in structure["dimensions"]]))
    stored = {key: part for key, part in structure.items() if key != "marks"}
    statuses = np.full(size, np.uint8(Reason.NOT_AVAILABLE))
    return Cube.from_structure(stored, np.full(size, np.nan), statuses)


def view_of(cube: ProtectedCube, title: LocalText) -> Cube:
    """A protected cube as PxWeb would hold it. TypeError for a cube that is not protected."""
    if not isinstance(cube, ProtectedCube):
        raise TypeError("The interfaces show protected cubes; call datasets.disclosure.protect() first.")
    return Cube.from_structure(with_contents(cube.structure(), title), cube.values, cube.statuses)


def placing(dimensions: Sequence[Dimension]) -> tuple[list[str], list[str]]:
    """Where dimensions stand by themselves: places and groups in the stub, measures and time in the heading."""
    geo = [d.code for d in dimensions if d.role is Role.GEO]
    groups = [d.code for d in dimensions if d.role is None]
    metric = [d.code for d in dimensions if d.role is Role.METRIC]
    time = [d.code for d in dimensions if d.role is Role.TIME]
    return geo + groups, metric + time


def placed(cube: Cube, stub: Sequence[str], heading: Sequence[str]) -> Cube:
    """The cube with its dimensions in another order: those of the stub, then those of the heading."""
    wanted = [*stub, *heading]
    axes = [cube.axis(code) for code in wanted]
    if sorted(axes) != list(range(len(cube.dimensions))):
        raise CubeError("Every dimension has one place, in the stub or in the heading.")
    return replace(
        cube,
        dimensions=tuple(cube.dimensions[axis] for axis in axes),
        values=cube.values.transpose(axes),
        statuses=cube.statuses.transpose(axes),
        marks=None if cube.marks is None else cube.marks.transpose(axes),
    )
