"""What a table is broken down by: dimensions, their categories, and how those belong together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from .errors import CubeError, NotSummable, UnknownCode
from .text import LocalText


class Role(StrEnum):
    """What a dimension stands for, where that matters to reading it."""

    TIME = "time"
    GEO = "geo"
    METRIC = "metric"


@dataclass(frozen=True)
class Unit:
    """What is counted or measured, and with how many decimals it is shown."""

    label: LocalText
    decimals: int | None = None


@dataclass(frozen=True)
class Category:
    """One value of a dimension. ``parent`` is the code of the category that it is a part of."""

    code: str
    label: LocalText
    parent: str | None = None
    unit: Unit | None = None


@dataclass(frozen=True)
class Dimension:
    """An axis of a table, with its categories in order.

    ``summable`` says that the figures of distinct, non-overlapping categories may be added. ``total`` is the
    code of the category that already is the sum of the others. Raises CubeError when codes repeat, when the
    total is none of them, or when parents point nowhere or in a circle.
    """

    code: str
    label: LocalText
    categories: tuple[Category, ...]
    role: Role | None = None
    summable: bool = False
    total: str | None = None

    def __post_init__(self) -> None:
        if not self.categories:
            raise CubeError(f"Dimension {self.code!r} has no categories.")
        if len(self.positions) != len(self.categories):
            twice = next(code for code, n in Counter(self.codes).items() if n > 1)
            raise CubeError(f"Dimension {self.code!r} has the category {twice!r} twice.")
        if self.total is not None and self.total not in self.positions:
            raise CubeError(f"The total {self.total!r} is no category of dimension {self.code!r}.")
        self._check_parents()

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes of the categories, in order."""
        return tuple(category.code for category in self.categories)

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """Category code to its place on the axis."""
        return {code: place for place, code in enumerate(self.codes)}

    @cached_property
    def leaves(self) -> tuple[str, ...]:
        """The categories that are neither the total nor a parent: together they count everybody once."""
        inner = {category.parent for category in self.categories} | {self.total}
        return tuple(code for code in self.codes if code not in inner)

    def __len__(self) -> int:
        return len(self.categories)

    def position(self, code: str) -> int:
        """The place of a category on the axis; UnknownCode when there is none of that code."""
        try:
            return self.positions[code]
        except KeyError:
            raise UnknownCode(f"Dimension {self.code!r} has no category {code!r}.") from None

    def category(self, code: str) -> Category:
        """The category of a code; UnknownCode when there is none."""
        return self.categories[self.position(code)]

    def ancestors(self, code: str) -> tuple[str, ...]:
        """The codes above a category, the nearest first."""
        above: list[str] = []
        parent = self.category(code).parent
        while parent is not None:
            above.append(parent)
            parent = self.category(parent).parent
        return tuple(above)

    def keep(self, codes: Sequence[str]) -> Dimension:
        """The dimension with these categories in this order; parents left out give way to those above."""
        kept = set(codes)
        categories = tuple(
            replace(self.category(code), parent=next((up for up in self.ancestors(code) if up in kept), None))
            for code in codes
        )
        return replace(self, categories=categories, total=self.total if self.total in kept else None)

    def parts_to_sum(self, codes: Sequence[str] | None = None) -> tuple[str, ...]:
        """The categories to add for a sum over ``codes``, or over everybody when None.

        Over everybody it is the source's own total where there is one, else the leaves. Raises NotSummable
        when the dimension may not be summed, or when the same people would be counted twice.
        """
        if not self.summable:
            raise NotSummable(f"The figures cannot be added over {self.code!r}: choose one of its categories.")
        if codes is None:
            return self.leaves if self.total is None else (self.total,)
        if not codes:
            raise NotSummable(f"Choose at least one category of {self.code!r} to add.")
        chosen = set(codes)
        if len(chosen) != len(codes):
            raise NotSummable(f"A category of {self.code!r} was chosen twice.")
        for code in codes:
            inside = next((up for up in self.ancestors(code) if up in chosen), None)
            if inside is None and len(codes) > 1 and self.total in chosen and code != self.total:
                inside = self.total
            if inside is not None:
                raise NotSummable(f"{code!r} is already counted in {inside!r}: choose one of them.")
        return tuple(codes)

    def _check_parents(self) -> None:
        cleared: set[str] = set()
        for category in self.categories:
            path: set[str] = set()
            step: str | None = category.code
            while step is not None and step not in cleared:
                if step in path:
                    raise CubeError(f"Category {step!r} of {self.code!r} is inside itself.")
                path.add(step)
                above = self.categories[self.positions[step]].parent
                if above is not None and above not in self.positions:
                    raise CubeError(
                        f"Category {step!r} of {self.code!r} is a part of {above!r}, which is missing."
                    )
                step = above
            cleared |= path
