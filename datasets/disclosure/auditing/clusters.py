"""Leaf cells gathered into regions: those that share the smallest sums come together, up to a size.

In tables by municipality the regions turn out to be municipalities, counties, and parts of the country. Within
a region every sum that reaches beyond it is as good as known, which makes a small problem of a large one; what
is found to be uncertain there is so in the whole.
"""

from __future__ import annotations

import numpy as np

from ..model import Ints, Matrix


def regions(matrix: Matrix, most: int) -> list[Ints]:
    """The columns of a matrix in regions of at most ``most``, those with the smallest rows joined first."""
    rows = matrix.tocsr()
    columns = rows.shape[1]
    if columns <= most:
        return [np.arange(columns)]
    home, size = np.arange(columns), np.ones(columns, dtype=np.int64)
    members = {column: np.array([column]) for column in range(columns)}
    pointers, indices = rows.indptr, rows.indices
    for row in np.argsort(np.diff(pointers), kind="stable").tolist():
        homes = np.unique(home[indices[pointers[row] : pointers[row + 1]]])
        if len(homes) < 2:
            continue
        homes = homes[np.argsort(size[homes], kind="stable")]
        fits = int(np.searchsorted(np.cumsum(size[homes]), most, side="right"))
        if fits < 2:
            continue
        joined, into = homes[:fits], int(homes[fits - 1])
        members[into] = np.concatenate([members.pop(each) for each in joined.tolist()])
        home[members[into]] = into
        size[into] = len(members[into])
    return [np.sort(members[key]) for key in sorted(members)]
