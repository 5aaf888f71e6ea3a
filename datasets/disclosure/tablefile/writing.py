"""A protected table as a file: whole, or not there at all."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

import numpy as np

from datasets.cubes import Reason

from ..model import Bools
from ..protected import ProtectedCube

_MARKS = ("FALSE", "TRUE")


def write_table(path: Path, protected: ProtectedCube, shown: Bools) -> None:
    """Every published cell on a line of its own: its codes, its count or nothing, and why.

    ``shown`` marks the published cells in the cube's order. The file takes its name when it is complete.
    """
    hidden = protected.statuses == Reason.SUPPRESSED
    secret = protected.report.protected_cells(protected.values.shape) & hidden
    codes = [np.array([_quoted(code) for code in dimension.codes], object) for dimension in protected.dimensions]
    places = np.nonzero(shown)
    columns: list[Sequence[object]] = [own[at].tolist() for own, at in zip(codes, places, strict=True)]
    counts = np.nan_to_num(protected.values[places]).astype(np.int64).tolist()
    columns += [
        ["" if gone else count for gone, count in zip(hidden[places].tolist(), counts, strict=True)],
        [_MARKS[mark] for mark in secret[places].tolist()],
        [_MARKS[mark] for mark in hidden[places].tolist()],
    ]
    heading = [*(_quoted(dimension.code) for dimension in protected.dimensions), '"freq"', '"primary"']
    lines = [
        ",".join([*heading, '"suppressed"']),
        *(",".join(map(str, row)) for row in zip(*columns, strict=True)),
    ]
    with NamedTemporaryFile(
        "w", encoding="utf-8", newline="", dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as file:
        try:
            file.write("\n".join(lines) + "\n")
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).chmod(0o666 & ~_umask())
            Path(file.name).replace(path)
        except BaseException:
            discard(Path(file.name))
            raise


def discard(path: Path) -> None:
    """Leave no file there."""
    with suppress(OSError):
        path.unlink()


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
