"""Which leaf cells lie near a figure: those that share the smallest sums with it."""

from __future__ import annotations

import numpy as np

from ..model import Ints, Matrix


class Neighbourhoods:
    """The leaf cells of a system, by the sums (rows of ``matrix``) that they share."""

    def __init__(self, matrix: Matrix) -> None:
        self.rows = matrix
        self.columns = matrix.tocsc()

    def touching(self, columns: Ints) -> Ints:
        """The rows that sum any of some columns."""
        return np.unique(self.columns[:, columns].indices).astype(np.int64)

    def around(self, start: Ints, size: int) -> Ints:
        """At most about ``size`` columns round some, step by step over the smallest sums."""
        pointers, indices = self.rows.indptr, self.rows.indices
        chosen = set(start.tolist())
        edge = chosen
        while edge and len(chosen) < size:
            touching = self.touching(np.array(sorted(edge), dtype=np.int64))
            lengths = pointers[touching + 1] - pointers[touching]
            before = set(chosen)
            for row in touching[np.argsort(lengths, kind="stable")].tolist():
                begin, end = pointers[row], pointers[row + 1]
                if len(chosen) >= size:
                    break
                if end - begin <= size:
                    chosen.update(indices[begin:end].tolist())
            edge = chosen - before
        return np.array(sorted(chosen), dtype=np.int64)
