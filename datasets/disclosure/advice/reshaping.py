"""Making a table coarser before it is protected: categories merged, years pooled, a dimension left out.

A step says what was done in words of the table it was made for, so that it can be stored, told and undone, and
done again with next year's file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import reduce
from typing import Any

import numpy as np

from datasets.cubes import Category, Cube, CubeError, Dimension, LocalText, NotSummable, Role
from datasets.cubes.reasons import combine, missing_mask

from ..report import canonical_json, digest

_KEY = 12


class Kind(StrEnum):
    """What a step does. POOL is a merging of years; in it somebody may be counted once for each year."""

    MERGE = "merge"
    POOL = "pool"
    DROP = "drop"


@dataclass(frozen=True)
class Group:
    """Categories that become one: their codes and labels, and the code and label of what they become."""

    codes: tuple[str, ...]
    labels: tuple[LocalText, ...]
    code: str
    label: LocalText


@dataclass(frozen=True)
class Step:
    """One change of a table. ``name`` is the dimension's label; ``groups`` are empty for a dropped dimension."""

    kind: Kind
    dimension: str
    name: LocalText
    groups: tuple[Group, ...] = ()

    @property
    def key(self) -> str:
        """A short name of the step, the same wherever it is worked out again."""
        return digest(self.to_json())[:_KEY]

    def fits(self, cube: Cube) -> bool:
        """Whether the step has anything to do in a table."""
        try:
            self.apply(cube)
        except CubeError:
            return False
        return True

    def apply(self, cube: Cube) -> Cube:
        """The table after the step.

        Raises CubeError where the table has no such dimension or none of the categories, and NotSummable
        where its figures may not be added. A sum with a missing part is missing.
        """
        return _dropped(cube, self.dimension) if self.kind is Kind.DROP else _merged(cube, self)

    def to_json(self) -> dict[str, Any]:
        """The step as plain JSON."""
        return {
            "kind": str(self.kind),
            "dimension": self.dimension,
            "name": dict(self.name),
            "groups": [
                {
                    "codes": list(group.codes),
                    "labels": [dict(label) for label in group.labels],
                    "code": group.code,
                    "label": dict(group.label),
                }
                for group in self.groups
            ],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Step:
        """The step again; ValueError when the document is none."""
        try:
            return cls(
                kind=Kind(stored["kind"]),
                dimension=str(stored["dimension"]),
                name=dict(stored["name"]),
                groups=tuple(
                    Group(
                        codes=tuple(map(str, group["codes"])),
                        labels=tuple(dict(label) for label in group["labels"]),
                        code=str(group["code"]),
                        label=dict(group["label"]),
                    )
                    for group in stored["groups"]
                ),
            )
        except (KeyError, TypeError) as error:
            raise ValueError("This is no step that changes a table.") from error


def reshape(cube: Cube, steps: Sequence[Step]) -> Cube:
    """The table after all steps that fit it, in their order; those that do not are passed over."""
    return reduce(lambda table, step: step.apply(table), fitting(cube, steps), cube)


def fitting(cube: Cube, steps: Sequence[Step]) -> tuple[Step, ...]:
    """The steps that have something to do, each in the table that those before it left."""
    done = []
    for step in steps:
        if step.fits(cube):
            cube = step.apply(cube)
            done.append(step)
    return tuple(done)


def merged_groups(cube: Cube, steps: Sequence[Step]) -> dict[str, dict[str, tuple[str, ...]]]:
    """By dimension, each merged category and the categories of the table, as it was, that it is made of."""
    groups: dict[str, dict[str, tuple[str, ...]]] = {}
    for step in fitting(cube, steps):
        own = groups.get(step.dimension, {})
        if step.kind is Kind.DROP:
            groups.pop(step.dimension, None)
            continue
        for group in step.groups:
            parts = [part for code in group.codes for part in own.get(code, (code,))]
            own = {code: made for code, made in own.items() if code not in group.codes}
            own[group.code] = tuple(parts)
        groups[step.dimension] = own
    return groups


def key_of(steps: Sequence[Step]) -> str:
    """A short name of several steps in their order."""
    return digest(canonical_json([step.to_json() for step in steps]))[:_KEY]


def can_drop(dimension: Dimension) -> bool:
    """Whether a table keeps its meaning without a dimension: everybody is counted, or can be added up."""
    return dimension.role is not Role.METRIC and (dimension.total is not None or dimension.summable)


def can_merge(dimension: Dimension) -> bool:
    """Whether figures of different categories may be added; years may, as counts of what happened in them."""
    return dimension.role is Role.TIME or (dimension.summable and dimension.role is not Role.METRIC)


def _dropped(cube: Cube, code: str) -> Cube:
    dimension = cube.dimension(code)
    if len(cube.dimensions) < 2 or not can_drop(dimension):
        raise NotSummable(f"The table cannot do without {code!r}.")
    summable = tuple(replace(each, summable=True) if each is dimension else each for each in cube.dimensions)
    return replace(cube, dimensions=summable).sum_over(code)


def _merged(cube: Cube, step: Step) -> Cube:
    dimension, axis = cube.dimension(step.dimension), cube.axis(step.dimension)
    if not can_merge(dimension):
        raise NotSummable(f"The figures cannot be added over {step.dimension!r}.")
    categories, parts = _regrouped(dimension, step.groups)
    marks = cube.sign_places()
    values, statuses, signs = [], [], []
    for places in parts:
        reasons = combine(np.take(cube.statuses, places, axis=axis), axis)
        summed = np.take(cube.values, places, axis=axis).sum(axis=axis)
        values.append(np.where(missing_mask(reasons), np.nan, summed))
        statuses.append(reasons)
        # The sign of a part says nothing of a sum.
        alone = np.take(marks, places[0], axis=axis)
        signs.append(alone if len(places) == 1 else np.zeros_like(alone))
    changed = replace(dimension, categories=categories)
    dimensions = (*cube.dimensions[:axis], changed, *cube.dimensions[axis + 1 :])
    kept = {each.code: each.positions for each in dimensions}
    return replace(
        cube,
        dimensions=dimensions,
        values=np.stack(values, axis=axis),
        statuses=np.stack(statuses, axis=axis),
        marks=np.stack(signs, axis=axis) if cube.symbols else None,
        notes=tuple(note for note in cube.notes if note.concerns(kept)),
    )


def _regrouped(dimension: Dimension, groups: Sequence[Group]) -> tuple[tuple[Category, ...], list[list[int]]]:
    """The categories after merging, and for each the places of those that it is made of."""
    leaves = set(dimension.leaves)
    present = [
        (group, [code for code in dimension.codes if code in set(group.codes) & leaves]) for group in groups
    ]
    present = [(group, codes) for group, codes in present if codes]
    if not present:
        raise CubeError(f"Dimension {dimension.code!r} has none of the categories to merge.")
    merged: dict[str, tuple[Group, list[str]]] = {}
    for group, codes in present:
        if len({dimension.category(code).parent for code in codes}) > 1:
            raise CubeError(f"The categories to merge in {dimension.code!r} belong to different wholes.")
        merged.update(dict.fromkeys(codes, (group, codes)))
    categories: list[Category] = []
    parts: list[list[int]] = []
    for category in dimension.categories:
        if category.code not in merged:
            categories.append(category)
            parts.append([dimension.position(category.code)])
            continue
        group, codes = merged[category.code]
        if codes[0] == category.code:
            categories.append(Category(group.code, group.label, parent=category.parent))
            parts.append([dimension.position(code) for code in codes])
    return tuple(categories), parts
