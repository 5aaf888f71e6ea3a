"""The only form in which figures may leave: a cube whose hidden cells are gone for good.

A ``ProtectedCube`` is made by this package and by nothing else; releases, charts, exports and pages take no
other type. It cannot be changed, and it cannot be pickled: it travels as a stored release.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NoReturn

import numpy as np
from numpy.typing import ArrayLike, NDArray

from datasets.cubes import Cube, Dimension, LocalText, Note, Reason, SourceSymbol, Unit

from .report import Report, digest

_MINT = object()


class AlteredRelease(Exception):
    """A stored release is not what was protected: its hash does not agree. It must not be shown."""


class ProtectedCube:
    """A cube that is safe to show: hidden cells are NaN with the reason SUPPRESSED, and stay so.

    It reads like a cube. ``report`` tells how it was protected; parts of it are for the steward only.
    Raises TypeError when constructed, changed or pickled by others.
    """

    __slots__ = ("_content_hash", "_cube", "_report")
    _content_hash: str
    _cube: Cube
    _report: Report

    def __init__(self, cube: Cube, report: Report, *, mint: object = None) -> None:
        if mint is not _MINT:
            raise TypeError("Only datasets.disclosure makes protected cubes; call protect().")
        locked = replace(cube, values=_locked(cube.values), statuses=_locked(cube.statuses))
        object.__setattr__(self, "_cube", locked)
        object.__setattr__(self, "_report", report)
        object.__setattr__(self, "_content_hash", _hash(locked, report))

    @classmethod
    def from_release(
        cls,
        structure: Mapping[str, Any],
        values: ArrayLike,
        statuses: ArrayLike,
        report: Mapping[str, Any],
        content_hash: str,
    ) -> ProtectedCube:
        """A stored release again, from ``structure()``, its arrays, its report and its hash.

        Raises AlteredRelease when anything differs from what was protected.
        """
        again = cls(Cube.from_structure(structure, values, statuses), Report.from_json(report), mint=_MINT)
        if again.content_hash != content_hash:
            raise AlteredRelease("This release has been changed since it was protected; do not show it.")
        return again

    def to_release(self) -> dict[str, Any]:
        """The cube as plain JSON, with its report and its hash: what ``from_release`` takes, by name."""
        return {
            "structure": self.structure(),
            "values": [None if np.isnan(value) else value for value in self.values.ravel().tolist()],
            "statuses": self.statuses.ravel().tolist(),
            "report": self.report.to_json(),
            "content_hash": self.content_hash,
        }

    @property
    def report(self) -> Report:
        """How the cube was protected."""
        return self._report

    @property
    def content_hash(self) -> str:
        """SHA-256 of structure, values, statuses and report."""
        return self._content_hash

    @property
    def cube(self) -> Cube:
        """The figures as an ordinary cube, for reading; it holds nothing hidden."""
        return self._cube

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """As a cube's."""
        return self._cube.dimensions

    @property
    def values(self) -> NDArray[np.float64]:
        """As a cube's; NaN where hidden or missing. Read-only."""
        return self._cube.values

    @property
    def statuses(self) -> NDArray[np.uint8]:
        """As a cube's. Read-only."""
        return self._cube.statuses

    @property
    def title(self) -> LocalText:
        """As a cube's."""
        return self._cube.title

    @property
    def unit(self) -> Unit | None:
        """As a cube's."""
        return self._cube.unit

    @property
    def notes(self) -> tuple[Note, ...]:
        """As a cube's."""
        return self._cube.notes

    @property
    def source(self) -> str:
        """As a cube's."""
        return self._cube.source

    @property
    def symbols(self) -> tuple[SourceSymbol, ...]:
        """As a cube's."""
        return self._cube.symbols

    def dimension(self, code: str) -> Dimension:
        """As a cube's."""
        return self._cube.dimension(code)

    def axis(self, code: str) -> int:
        """As a cube's."""
        return self._cube.axis(code)

    def structure(self) -> dict[str, Any]:
        """Everything but values and statuses as plain JSON, for storing."""
        return self._cube.structure()

    def to_jsonstat(self, lang: str) -> dict[str, Any]:
        """The cube as JSON-stat 2.0 with its words in one language."""
        return self._cube.to_jsonstat(lang)

    def select(self, choice: Mapping[str, Sequence[str]]) -> ProtectedCube:
        """A part of the cube, protected as it was; see Cube.select."""
        return self._part(self._cube.select(choice))

    def without(self, code: str) -> ProtectedCube:
        """The same figures without a dimension of one category; see Cube.without."""
        return self._part(self._cube.without(code))

    def _part(self, part: Cube) -> ProtectedCube:
        hidden = int((part.statuses == Reason.SUPPRESSED).sum())
        return seal(part, replace(self.without_secrets(), cells=part.size, hidden=hidden, derived="selection"))

    def without_secrets(self) -> Report:
        """The report less what is for the steward only."""
        return replace(self._report, table={}, input_hash="", primary=0, secondary=0, protected="", audit={})

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ProtectedCube) and other.content_hash == self.content_hash

    def __hash__(self) -> int:
        return hash(self._content_hash)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise TypeError("A protected cube cannot be changed.")

    def __delattr__(self, name: str) -> NoReturn:
        raise TypeError("A protected cube cannot be changed.")

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("A protected cube is not pickled or copied; store it as a release.")

    def __repr__(self) -> str:
        return f"<ProtectedCube {self._content_hash[:12]} {self._cube.shape}>"


def seal(cube: Cube, report: Report) -> ProtectedCube:
    """Make a protected cube. For this package only: a test reads every module to see that it is so."""
    return ProtectedCube(cube, report, mint=_MINT)


def _locked(array: NDArray[Any]) -> NDArray[Any]:
    """A copy over bytes, which numpy lets nobody make writeable again."""
    return np.frombuffer(array.tobytes(), dtype=array.dtype).reshape(array.shape)


def _hash(cube: Cube, report: Report) -> str:
    values = np.where(np.isnan(cube.values), np.nan, cube.values) + 0.0  # one NaN, and no negative zero
    return digest(cube.structure(), values.astype("<f8").tobytes(), cube.statuses.tobytes(), report.to_json())
