"""Footnotes: what a source wants read together with its figures."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from .text import LocalText


@dataclass(frozen=True)
class Note:
    """A footnote on a whole table, or on the dimension, category or cells that ``at`` names.

    ``at`` maps dimension codes to category codes; None instead of a category means the dimension itself.
    Several entries name the cells where all of them meet. A mandatory note must be shown with the figures.
    """

    text: LocalText
    at: Mapping[str, str | None] = field(default_factory=dict)
    mandatory: bool = False

    def concerns(self, kept: Mapping[str, Collection[str]]) -> bool:
        """Whether the note still has anything to say about a cube with these dimensions and categories."""
        return all(
            dimension in kept and (category is None or category in kept[dimension])
            for dimension, category in self.at.items()
        )
