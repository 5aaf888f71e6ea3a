"""What a new table says otherwise than the one before it: figures revised, categories gone or new, breaks.

Both are public tables. A figure that is hidden in either says nothing here about the other: it is neither counted
as revised nor as unchanged, and no sum, share or largest difference is made of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from .dimension import Category, Dimension, Role, Unit
from .notes import Note
from .reasons import Reason, missing_mask
from .text import LocalText

_SAME = 1e-9
"""Figures that differ by less than this part of themselves are the same figure."""


class Figures(Protocol):
    """What a cube and a protected cube have in common."""

    @property
    def dimensions(self) -> tuple[Dimension, ...]: ...
    @property
    def values(self) -> NDArray[np.float64]: ...
    @property
    def statuses(self) -> NDArray[np.uint8]: ...
    @property
    def title(self) -> LocalText: ...
    @property
    def unit(self) -> Unit | None: ...
    @property
    def notes(self) -> tuple[Note, ...]: ...


@dataclass(frozen=True)
class Change:
    """One figure that both tables show, and show differently: its categories' labels, before and after."""

    labels: tuple[LocalText, ...]
    before: float
    after: float


@dataclass(frozen=True)
class DimensionChange:
    """What became of one breakdown: the labels of its categories that are gone, new or called otherwise."""

    label: LocalText
    is_time: bool = False
    gone: tuple[LocalText, ...] = ()
    new: tuple[LocalText, ...] = ()
    renamed: tuple[tuple[LocalText, LocalText], ...] = ()


@dataclass(frozen=True)
class Revisions:
    """What changed from one table to the next.

    `compared` is how many figures both of them show, `revised` how many of these differ, `largest` the one that
    differs most. `appeared` and `disappeared` count figures that only one of them has, for a reason that the
    source itself gives. `breaks` says for which reasons the series cannot be read across the two.
    """

    compared: int = 0
    revised: int = 0
    largest: Change | None = None
    appeared: int = 0
    disappeared: int = 0
    dimensions: tuple[DimensionChange, ...] = ()
    dimensions_gone: tuple[LocalText, ...] = ()
    dimensions_new: tuple[LocalText, ...] = ()
    title: tuple[LocalText, LocalText] | None = None
    unit: tuple[LocalText, LocalText] | None = None
    notes_gone: tuple[LocalText, ...] = ()
    notes_new: tuple[LocalText, ...] = ()
    breaks: tuple[str, ...] = field(default=())

    @property
    def is_nothing(self) -> bool:
        """Whether the two say the same, as far as both of them say anything."""
        blank = Revisions(compared=self.compared)
        return all(getattr(self, f.name) == getattr(blank, f.name) for f in fields(self))

    def to_json(self) -> dict[str, Any]:
        """The same as plain JSON."""
        return asdict(self)


BREAKS = ("dimensions", "unit", "definition", "no_common_period")
"""Why a series may be broken, in the order in which `Revisions.breaks` names them."""


def revisions(old: Figures, new: Figures) -> Revisions:
    """What the new table says otherwise than the old one; both as the public sees them."""
    before, after = _by_code(old), _by_code(new)
    common = [code for code in before if code in after]
    gone = tuple(before[code].label for code in before if code not in after and len(before[code]) > 1)
    added = tuple(after[code].label for code in after if code not in before and len(after[code]) > 1)
    changed = tuple(_dimension(before[code], after[code]) for code in common)
    figures = {} if gone or added else _figures(old, new)
    title = None if _same_text(old.title, new.title) else (old.title, new.title)
    unit = _unit(old, new)
    notes_gone, notes_new = _notes(old, new), _notes(new, old)
    breaks = {
        "dimensions": bool(gone or added),
        "unit": unit is not None,
        "definition": any(not one.is_time and (one.gone or one.renamed) for one in changed),
        "no_common_period": any(_apart(before[code], after[code]) for code in common),
    }
    return Revisions(
        **figures,
        dimensions=tuple(one for one in changed if one.gone or one.new or one.renamed),
        dimensions_gone=gone,
        dimensions_new=added,
        title=title,
        unit=unit,
        notes_gone=notes_gone,
        notes_new=notes_new,
        breaks=tuple(name for name in BREAKS if breaks[name]),
    )


def _by_code(table: Figures) -> Mapping[str, Dimension]:
    return {dimension.code: dimension for dimension in table.dimensions}


def _dimension(before: Dimension, after: Dimension) -> DimensionChange:
    renamed = (
        (one.label, after.category(one.code).label) for one in before.categories if one.code in after.positions
    )
    return DimensionChange(
        label=after.label,
        is_time=after.role is Role.TIME,
        gone=_only(before.categories, after),
        new=_only(after.categories, before),
        renamed=tuple((was, now) for was, now in renamed if not _same_text(was, now)),
    )


def _only(categories: tuple[Category, ...], other: Dimension) -> tuple[LocalText, ...]:
    return tuple(one.label for one in categories if one.code not in other.positions)


def _apart(before: Dimension, after: Dimension) -> bool:
    """Whether the two have no point in time in common, so that nothing tells how they meet."""
    return after.role is Role.TIME and not set(before.codes) & set(after.codes)


def _figures(old: Figures, new: Figures) -> dict[str, Any]:
    """The figures at the categories that both tables have, compared."""
    pairs = _paired(old, new)
    if pairs is None:
        return {}
    was, now, was_status, now_status, shared = pairs
    is_told = (was_status != Reason.SUPPRESSED) & (now_status != Reason.SUPPRESSED)
    had, has = ~missing_mask(was_status), ~missing_mask(now_status)
    both = is_told & had & has
    difference = np.where(both, np.abs(np.nan_to_num(now) - np.nan_to_num(was)), 0.0)
    scale = np.maximum(np.abs(np.nan_to_num(was)), np.abs(np.nan_to_num(now)))
    revised = difference > scale * _SAME
    return {
        "compared": int(both.sum()),
        "revised": int(revised.sum()),
        "largest": _largest(np.where(revised, difference, 0.0), was, now, shared) if revised.any() else None,
        "appeared": int((is_told & ~had & has).sum()),
        "disappeared": int((is_told & had & ~has).sum()),
    }


def _paired(old: Figures, new: Figures) -> tuple[Any, Any, Any, Any, list[Dimension]] | None:
    """Values and statuses of both at the categories that they share, in the new table's order; None without any.

    A breakdown of one category that the other table lacks altogether says nothing, and is passed over.
    """
    before = _by_code(old)
    common = [dimension for dimension in new.dimensions if dimension.code in before]
    codes = [
        [code for code in dimension.codes if code in before[dimension.code].positions] for dimension in common
    ]
    if not all(codes):
        return None
    shape = tuple(map(len, codes))

    def taken(table: Figures) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
        own = _by_code(table)
        order = [list(own).index(dimension.code) for dimension in common]
        rest = [axis for axis in range(len(own)) if axis not in order]
        places = np.ix_(
            *([own[d.code].position(code) for code in kept] for d, kept in zip(common, codes, strict=True)),
            *([0] for _axis in rest),
        )
        return tuple(  # type: ignore[return-value]
            array.transpose((*order, *rest))[places].reshape(shape) for array in (table.values, table.statuses)
        )

    (was, was_status), (now, now_status) = taken(old), taken(new)
    shared = [dimension.keep(kept) for dimension, kept in zip(common, codes, strict=True)]
    return was, now, was_status, now_status, shared


def _largest(difference: NDArray[np.float64], was: Any, now: Any, shared: list[Dimension]) -> Change:
    place = np.unravel_index(int(difference.argmax()), difference.shape)
    labels = tuple(
        dimension.categories[int(step)].label
        for dimension, step in zip(shared, place, strict=True)
        if len(dimension) > 1
    )
    return Change(labels, float(was[place]), float(now[place]))


def _unit(old: Figures, new: Figures) -> tuple[LocalText, LocalText] | None:
    """The units of the whole tables, where both name one and they differ."""
    before, after = (table.unit.label if table.unit else {} for table in (old, new))
    return (before, after) if before and after and not _same_text(before, after) else None


def _notes(table: Figures, other: Figures) -> tuple[LocalText, ...]:
    return tuple(
        note.text for note in table.notes if not any(_same_text(note.text, there.text) for there in other.notes)
    )


def _same_text(one: LocalText, other: LocalText) -> bool:
    """Whether two texts say the same in every language that both are in."""
    common = set(one) & set(other)
    if not common:
        return list(one.values()) == list(other.values())
    return all(" ".join(one[lang].split()) == " ".join(other[lang].split()) for lang in common)
