"""What a chart may be made of."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from datasets.cubes import Cube, Dimension, LocalText, Note, SourceSymbol, Unit


class ReadableCube(Protocol):
    """The face of a protected cube: what a cube says, after disclosure control."""

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
    @property
    def source(self) -> str: ...
    @property
    def updated(self) -> datetime | None: ...
    @property
    def symbols(self) -> tuple[SourceSymbol, ...]: ...


def plain_cube(cube: ReadableCube) -> Cube:
    """The figures of a protected cube for reading. CubeError when a hidden cell still has a value."""
    return Cube(
        dimensions=cube.dimensions,
        values=cube.values,
        statuses=cube.statuses,
        title=cube.title,
        unit=cube.unit,
        notes=cube.notes,
        source=cube.source,
        updated=cube.updated,
        symbols=cube.symbols,
    )
