"""The cube: figures in their dimensions, and the forms in which they are written down and read again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from numpy.typing import ArrayLike

from . import jsonstat_read, jsonstat_write, structure
from .reasons import Reason
from .table import Table


@dataclass(frozen=True, eq=False)
class Cube(Table):
    """A table of figures over ordered dimensions; see Table for its parts and what can be done with them."""

    def to_jsonstat(self, lang: str) -> dict[str, Any]:
        """The cube as a JSON-stat 2.0 dataset with its words in one language."""
        return jsonstat_write.write(self, lang)

    @classmethod
    def from_jsonstat(
        cls, document: Mapping[str, Any], lang: str = "sv", symbols: Mapping[str, Reason] | None = None
    ) -> Self:
        """The cube in a JSON-stat 2.0 dataset, whose words are taken to be in ``lang``.

        ``symbols`` says what this source means by its signs; a sign that it leaves out, beside no value, is
        read as "not available". Raises JsonStatError.
        """
        return jsonstat_read.read(cls, document, lang, symbols or {})

    def structure(self) -> dict[str, Any]:
        """Everything about the cube but its values and statuses, as plain JSON."""
        return structure.write(self)

    @classmethod
    def from_structure(cls, stored: Mapping[str, Any], values: ArrayLike, statuses: ArrayLike) -> Self:
        """The cube again from ``structure()`` and its values and statuses, flat or shaped; None is NaN."""
        return structure.read(cls, stored, values, statuses)
