"""In which leaf cells the people of several tables are counted together.

Each table could have leaf cells of its own, tied to the others by equal margins. That forgets what follows
when three tables share their dimensions in a ring (question by age, question by gender, age by gender), so
such rings are closed into one common frame while it stays small. Over longer rings, through several
questions, an attacker who builds the joint table of all of them is not modelled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import scipy.sparse as sp

from ..model import Matrix
from .axes import Axis
from .table import Prepared

LARGEST_COMMON_FRAME = 2_000


@dataclass(frozen=True)
class Frame:
    """The cross of some axes' leaves, in which one or several tables can be summed."""

    axes: tuple[Axis, ...]

    @property
    def size(self) -> int:
        """The number of leaf cells."""
        return int(np.prod([len(axis.leaves) for axis in self.axes], dtype=np.int64))

    @property
    def codes(self) -> frozenset[str]:
        """The codes of its dimensions."""
        return frozenset(axis.code for axis in self.axes)

    def contains(self, other: Frame) -> bool:
        """Whether the other's cells are sums of this one's."""
        own = {axis.code: axis for axis in self.axes}
        return (
            other.codes <= self.codes
            and all(axis.within(own[axis.code]) is not None for axis in other.axes)
            and all(axis.everyone for axis in self.axes if axis.code not in other.codes)
        )

    def is_of(self, axes: Sequence[Axis]) -> bool:
        """Whether its leaf cells are those of a table over these axes."""
        return [axis.leaves for axis in self.axes] == [axis.leaves for axis in axes] and self.codes == {
            axis.code for axis in axes
        }

    def joined(self, other: Frame) -> Frame | None:
        """The frame of both, if each can be summed in it; of two groupings, the finer one."""
        axes = {axis.code: axis for axis in other.axes}
        for axis in self.axes:
            if axis.code not in axes or axes[axis.code].within(axis) is not None:
                axes[axis.code] = axis
        both = Frame(tuple(axes[code] for code in sorted(axes)))
        return both if both.contains(self) and both.contains(other) else None

    def rows(self, axes: Sequence[Axis]) -> Matrix:
        """Cells × leaf cells of a table over some of the frame's axes, both row-major."""
        by_code = {axis.code: axis for axis in axes}
        matrix: Matrix = sp.csr_matrix(np.ones((1, 1), dtype=np.int64))
        for axis in self.axes:
            everyone = np.ones((1, len(axis.leaves)), dtype=np.int64)
            step = by_code[axis.code].within(axis) if axis.code in by_code else sp.csr_matrix(everyone)
            matrix = sp.kron(matrix, step, format="csr")
        return matrix.astype(np.int64)


def choose_frames(tables: Sequence[Prepared]) -> tuple[Frame, ...]:
    """For each table the frame in which its cells are summed; several tables may share one."""
    own = [Frame(table.axes) for table in tables]
    frames: list[Frame] = []
    for frame in sorted(own, key=lambda frame: (-frame.size, sorted(frame.codes))):
        if not any(other.contains(frame) for other in frames):
            frames.append(frame)
    frames = _close_rings(frames, own)
    return tuple(next(frame for frame in frames if frame.contains(wanted)) for wanted in own)


def _close_rings(frames: list[Frame], own: Sequence[Frame]) -> list[Frame]:
    """Join two frames that share a dimension, where dimensions of either meet in a third table."""
    meet = {pair for frame in own for pair in combinations(sorted(frame.codes), 2)}
    done: list[Frame] = []
    waiting = list(frames)
    while waiting:
        one = waiting.pop(0)
        both = next(filter(None, (_ring(one, two, meet) for two in (*waiting, *done))), None)
        if both is None:
            done.append(one)
            continue
        done = [frame for frame in done if not both.contains(frame)]
        waiting = [both, *(frame for frame in waiting if not both.contains(frame))]
    return sorted(done, key=lambda frame: (-frame.size, sorted(frame.codes)))


def _ring(one: Frame, two: Frame, meet: set[tuple[str, str]]) -> Frame | None:
    """The common frame of two that lie on a ring, unless it would be too large."""
    if not one.codes & two.codes:
        return None
    left, right = one.codes - two.codes, two.codes - one.codes
    if not any((min(a, b), max(a, b)) in meet for a in left for b in right):
        return None
    both = one.joined(two)
    return both if both is not None and both.size <= LARGEST_COMMON_FRAME else None
