"""Ways to make a table coarser, with names for what comes of it: which of them help is found out elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from datasets.cubes import Category, Cube, Dimension, LocalText, Role, pick

from .reshaping import Group, Kind, Step, can_drop, can_merge

OTHERS: LocalText = {"sv": "Övriga", "en": "Other"}
_MOST_SMALLEST = 6
_SPAN = re.compile(r"^(\D*)(\d+)\s*[-–]\s*(\d+)(\D*)$")
_ONE = re.compile(r"^(\D*)(\d+)(\D*)$")


def small_cells(cube: Cube, k: int) -> NDArray[np.bool_]:
    """Where a cube counts somebody, but fewer than ``k``."""
    counts = np.nan_to_num(cube.values)
    return np.asarray((counts > 0) & (counts < k))


def drops(cube: Cube) -> list[Step]:
    """A step for each dimension that the table can do without."""
    if len(cube.dimensions) < 2:
        return []
    return [
        Step(Kind.DROP, dimension.code, dimension.label)
        for dimension in cube.dimensions
        if can_drop(dimension) and len(dimension) > 1
    ]


def merges(cube: Cube, k: int) -> Iterator[Step]:
    """Neighbours of what has an order, the smallest of what has none, and years taken together."""
    for dimension in cube.dimensions:
        is_time = dimension.role is Role.TIME
        if not can_merge(dimension) or (len(dimension.leaves) < 3 and not is_time):
            continue
        for siblings in _siblings(dimension):
            kind = Kind.POOL if is_time else Kind.MERGE
            ordered = is_time or _has_order(siblings)
            widest = len(siblings) if is_time else len(siblings) - 1
            chosen = _neighbours(siblings, widest) if ordered else _smallest(cube, dimension, siblings, k)
            for groups in chosen:
                yield Step(kind, dimension.code, dimension.label, _groups(dimension, groups, ordered))


def _siblings(dimension: Dimension) -> list[list[Category]]:
    """The leaf categories, by what they are parts of."""
    by_parent: dict[str | None, list[Category]] = {}
    for code in dimension.leaves:
        category = dimension.category(code)
        by_parent.setdefault(category.parent, []).append(category)
    return [siblings for siblings in by_parent.values() if len(siblings) > 1]


def _has_order(siblings: Sequence[Category]) -> bool:
    """Whether the categories begin with numbers that grow: ages, years, school years."""
    numbers = [re.search(r"\d+", _word(category)) for category in siblings]
    if not all(numbers):
        return False
    values = [int(found.group()) for found in numbers if found]
    return all(one < two for one, two in pairwise(values))


def _neighbours(siblings: Sequence[Category], widest: int) -> Iterator[list[list[Category]]]:
    """Two and two, three and three, as many as may be, and any one pair of neighbours."""
    size = len(siblings)
    for width in sorted({2, 3, size} & set(range(2, widest + 1))):
        runs = [list(siblings[start : start + width]) for start in range(0, size, width)]
        if len(runs) > 1 and len(runs[-1]) < width:
            runs[-2:] = [runs[-2] + runs[-1]]
        if len(runs) > 1 or width == widest:
            yield runs
    if size > 2:
        yield from ([[one, two]] for one, two in pairwise(siblings))


def _smallest(
    cube: Cube, dimension: Dimension, siblings: Sequence[Category], k: int
) -> Iterator[list[list[Category]]]:
    """The categories with the most small cells taken together: two of them, three, and so on."""
    axis = cube.axis(dimension.code)
    rest = tuple(place for place in range(len(cube.dimensions)) if place != axis)
    small = small_cells(cube, k).sum(axis=rest)
    people = np.nan_to_num(cube.values).sum(axis=rest)
    place = dimension.position
    by_need = sorted(siblings, key=lambda c: (-small[place(c.code)], people[place(c.code)], c.code))
    for number in range(2, min(len(siblings) - 1, _MOST_SMALLEST) + 1):
        yield [sorted(by_need[:number], key=lambda category: place(category.code))]


def _groups(dimension: Dimension, groups: Sequence[Sequence[Category]], ordered: bool) -> tuple[Group, ...]:
    return tuple(
        Group(
            codes=tuple(category.code for category in group),
            labels=tuple(category.label or {"sv": category.code} for category in group),
            code=_fresh("+".join(category.code for category in group), dimension),
            label=_label(dimension, group, ordered),
        )
        for group in groups
    )


def _fresh(code: str, dimension: Dimension) -> str:
    while code in dimension.positions:
        code += "+"
    return code


def _label(dimension: Dimension, group: Sequence[Category], ordered: bool) -> LocalText:
    """15–19 of 15–17 and 18–19; else both names, or “others” for more of them."""
    languages = sorted({language for category in group for language in category.label} or {"sv"})
    named = {language: [pick(c.label, language) or c.code for c in group] for language in languages}
    if ordered:
        return {language: span(words) for language, words in named.items()}
    taken = {pick(category.label, "sv") for category in dimension.categories}
    if len(group) > 2 and OTHERS["sv"] not in taken:
        return OTHERS
    return {language: " · ".join(words) for language, words in named.items()}


def span(words: Sequence[str]) -> str:
    """Neighbouring categories in one word: ``15–17 år`` and ``18–19 år`` make ``15–19 år``."""
    ends = [_ends(word) for word in words]
    if all(ends) and len({(end[0], end[3]) for end in ends if end}) == 1:
        first, last = ends[0], ends[-1]
        if first and last:
            return f"{first[0]}{first[1]}–{last[2]}{first[3]}"
    return " · ".join(words) if len(words) <= 2 else f"{words[0]} – {words[-1]}"


def _ends(word: str) -> tuple[str, str, str, str] | None:
    """What stands before, the first number, the last one, and what stands after."""
    if found := _SPAN.match(word.strip()):
        return found.group(1), found.group(2), found.group(3), found.group(4)
    if found := _ONE.match(word.strip()):
        return found.group(1), found.group(2), found.group(2), found.group(3)
    return None


def _word(category: Category) -> str:
    return pick(category.label, "sv") or category.code
