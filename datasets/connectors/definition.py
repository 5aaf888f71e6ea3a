"""What a source says that its table is: the words that give its figures their meaning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Axis:
    """A variable of a source's table: its categories as pairs of code and label, in order.

    ``role`` is time, geo, metric or empty; ``must_choose`` says that the source does not add it up itself.
    ``total`` is the category that the source itself gives for everybody.
    """

    code: str
    label: str
    role: str = ""
    categories: tuple[tuple[str, str], ...] = ()
    must_choose: bool = False
    total: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the categories, in order."""
        return tuple(code for code, _label in self.categories)


@dataclass(frozen=True)
class Definition:
    """Title, defining text, units by measure, and variables. ``updated`` is when the source last changed it.

    ``interface`` is the older one that told it, where the one that was asked does not have it.
    """

    title: str
    text: str = ""
    units: tuple[tuple[str, str], ...] = ()
    axes: tuple[Axis, ...] = ()
    source: str = ""
    licence: str = ""
    updated: str = ""
    interface: str = ""

    def without_what_older_lacks(self, before: Definition) -> Definition:
        """The definition with the text that the older interface does not tell, as it was told before."""
        is_of_older = bool(self.interface) and not before.interface
        return replace(self, text=self.text or before.text) if is_of_older else self

    def axis(self, code: str) -> Axis | None:
        """The variable of a code, or None."""
        return next((axis for axis in self.axes if axis.code == code), None)

    def only(self, chosen: Mapping[str, tuple[str, ...]]) -> Definition:
        """The definition of a part: the chosen categories of the chosen variables."""
        axes = tuple(
            replace(axis, categories=tuple(pair for pair in axis.categories if pair[0] in set(chosen[axis.code])))
            for axis in self.axes
            if axis.code in chosen
        )
        metrics = {code for axis in axes if axis.role == "metric" for code in axis.codes}
        units = tuple((code, unit) for code, unit in self.units if not metrics or code in metrics)
        return replace(self, axes=axes, units=units)

    def to_json(self) -> dict[str, Any]:
        """As plain JSON, for storing."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Definition:
        """A stored definition again."""
        axes = tuple(
            Axis(**{**axis, "categories": tuple((code, label) for code, label in axis["categories"])})
            for axis in stored["axes"]
        )
        units = tuple((code, unit) for code, unit in stored["units"])
        return cls(**{**stored, "axes": axes, "units": units})
