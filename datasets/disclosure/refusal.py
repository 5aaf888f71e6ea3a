"""Why a table is not published: reasons that a steward understands, and that tell no figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Why(StrEnum):
    """What stands in the way. The text is a template over the reason's ``about``."""

    NOT_COUNTS = "not_counts"
    MISSING_COUNTS = "missing_counts"
    MARGINS_DIFFER = "margins_differ"
    TABLES_DIFFER = "tables_differ"
    UNKNOWN_DIMENSION = "unknown_dimension"
    NO_TOTAL = "no_total"
    TOO_MANY_DIMENSIONS = "too_many_dimensions"
    TOO_LARGE = "too_large"
    TOO_TANGLED = "too_tangled"
    EARLIER_REVEALS = "earlier_reveals"
    NOTHING_LEFT = "nothing_left"
    NOT_CLEAN = "not_clean"
    NO_WHOLE_TABLE = "no_whole_table"
    OFF_SCALE = "off_scale"
    BROKEN_HIERARCHY = "broken_hierarchy"
    UNRELATED_GROUPS = "unrelated_groups"


_TEXT = {
    Why.NOT_COUNTS: "Counts of people must be whole and not negative. Look at {cells}.",
    Why.MISSING_COUNTS: "Counts are missing, so the sums cannot be checked. Fill in {cells}, or leave the "
    "whole category out.",
    Why.MARGINS_DIFFER: "The parts do not add up to the total at {cells}. Correct the file, or leave the "
    "total out.",
    Why.TABLES_DIFFER: "Two tables of the same people differ at {cells}. Make them from the same answers.",
    Why.UNKNOWN_DIMENSION: "The table has no dimension or category {name!r}. Choose one that it has.",
    Why.NO_TOTAL: "Shares over {name!r} need its total. Add a total, or mark the dimension as summable.",
    Why.TOO_MANY_DIMENSIONS: "The table crosses {crossed} dimensions; the rule allows {allowed}. Drop a "
    "dimension, or publish several smaller tables.",
    Why.TOO_LARGE: "The table has {size} cells; the most is {most}. Publish several smaller tables.",
    Why.TOO_TANGLED: "The tables hang together in so many ways that protecting them at once takes more memory "
    "than there is for it. Publish several smaller tables, or drop a dimension.",
    Why.EARLIER_REVEALS: "What was published earlier already tells what the rule hides at {cells}. Keep the "
    "earlier release, and look at its rule.",
    Why.NOTHING_LEFT: "The groups are so small that nothing could be shown. Merge categories, pool years or "
    "drop a dimension.",
    Why.NOT_CLEAN: "Some hidden figures could still be worked out, so nothing is published: {cells}. Merge "
    "categories or drop a dimension.",
    Why.NO_WHOLE_TABLE: "No table of whole people fits the figures of the earlier release and these. Check "
    "that both count the same people.",
    Why.BROKEN_HIERARCHY: "The groups do not hold together at {cells}: a part is missing, a group is inside "
    "itself, or its parts are told in two ways. Correct which categories each group counts.",
    Why.UNRELATED_GROUPS: "Two tables of the same people group them in different ways, and how {cells} belong "
    "together is not told. Say which smaller categories each of them counts.",
    Why.OFF_SCALE: "What people contribute does not fit how many they are, or the ends of the scale, at {cells}. "
    "Check the sums and the scale.",
}
_MOST_NAMED = 5


@dataclass(frozen=True)
class Refusal:
    """One reason, with the codes of the cells it concerns; never their figures."""

    why: Why
    cells: tuple[str, ...] = ()
    about: Mapping[str, object] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The reason in English; other languages translate by ``why`` and fill in ``about`` and ``cells``."""
        named = ", ".join(self.cells[:_MOST_NAMED])
        more = len(self.cells) - _MOST_NAMED
        return _TEXT[self.why].format(cells=f"{named} and {more} more" if more > 0 else named, **self.about)


class RefusedToPublish(Exception):
    """Nothing is published: ``reasons`` say why and what to do."""

    def __init__(self, reasons: Iterable[Refusal]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(" ".join(reason.text for reason in self.reasons))

    @classmethod
    def because(cls, why: Why, cells: Iterable[str] = (), **about: object) -> RefusedToPublish:
        """A refusal for one reason."""
        return cls([Refusal(why, tuple(cells), about)])
