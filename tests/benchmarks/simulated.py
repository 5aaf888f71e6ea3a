"""Large synthetic tables for benchmarks: municipalities in counties, crossed with what else is known of people."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from datasets.disclosure.model import System, no_rows

SEED = 20
PEOPLE = 60_000
FOUR_WAY = ((3, None), (3, None), (5, None))
"""Ages, genders and occupations: 29 952 cells over 290 municipalities in 21 counties."""
FOUR_WAY_YEARS = ((15, 3), (3, None), (4, None))
"""Years of age in bands, genders and occupations: 118 560 cells."""


def simulated_system(
    splits: Sequence[tuple[int, int | None]],
    *,
    municipalities: int = 290,
    counties: int = 21,
    people: int = PEOPLE,
    k: int = 5,
    zeros: bool = False,
    seed: int = SEED,
) -> System:
    """Every crossing, with all totals, of municipalities in counties with further splits of people.

    ``splits``: how many categories each has, and in how many bands of neighbours, if any. Counts under ``k``
    are protected, and zeros if ``zeros``.
    """
    random = np.random.default_rng(seed)
    county = np.sort(
        np.concatenate([np.arange(counties), random.integers(0, counties, municipalities - counties)])
    )
    axes = [_sums(municipalities, county)]
    size = random.lognormal(0, 0.9, municipalities)
    places = [random.choice(municipalities, people, p=size / size.sum())]
    for categories, bands in splits:
        axes.append(_sums(categories, None if bands is None else np.arange(categories) * bands // categories))
        share = random.dirichlet(np.full(categories, 4.0))
        places.append(random.choice(categories, people, p=share))
    leaves = np.zeros([axis.shape[1] for axis in axes], dtype=np.int64)
    np.add.at(leaves, tuple(places), 1)
    matrix = sp.csr_matrix(np.ones((1, 1), dtype=np.int64))
    for axis in axes:
        matrix = sp.kron(matrix, sp.csr_matrix(axis), format="csr")
    matrix = matrix.astype(np.int64)
    counts = matrix @ leaves.ravel()
    cells = len(counts)
    return System(
        matrix=matrix,
        leaves=leaves.ravel(),
        relations=no_rows(matrix.shape[1]),
        at_least=no_rows(matrix.shape[1]),
        least=np.zeros(0, dtype=np.int64),
        shown=np.ones(cells, dtype=np.bool_),
        protected=(counts < k) & ((counts > 0) | zeros),
        forced=np.zeros(cells, dtype=np.bool_),
        names=tuple(
            ";".join(cell) for cell in product(*([f"{at:03}" for at in range(len(axis))] for axis in axes))
        ),
    )


def _sums(categories: int, group_of: NDArray[np.int64] | None) -> NDArray[np.int64]:
    """Codes × leaves: the total, the groups if any, and each category."""
    everyone = np.ones((1, categories), dtype=np.int64)
    groups = [] if group_of is None else [(np.arange(group_of.max() + 1)[:, None] == group_of).astype(np.int64)]
    return np.vstack([everyone, *groups, np.eye(categories, dtype=np.int64)])
