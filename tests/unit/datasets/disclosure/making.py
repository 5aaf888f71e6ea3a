"""Synthetic people and tables of them, for the tests of disclosure control."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from datasets.cubes import Category, Cube, Dimension, Role
from datasets.disclosure import AggregationRule, Sensitivity

TOTAL = "total"
RULE = AggregationRule(Sensitivity.INTERNAL, k=5, share_base=0)
"""The default threshold without a limit on bases."""


def dimension(
    code: str,
    leaves: Sequence[str],
    *,
    parents: Mapping[str, str] | None = None,
    total: str | None = TOTAL,
    role: Role | None = None,
) -> Dimension:
    """A dimension with these leaves, the parents named for them, and a total."""
    above = parents or {}
    codes = [*leaves, *sorted(set(above.values())), *([total] if total else [])]
    categories = tuple(Category(c, {"sv": c}, parent=above.get(c)) for c in codes)
    return Dimension(code, {"sv": code}, categories, role=role, summable=total is not None, total=total)


def sums(made: Dimension) -> NDArray[np.int64]:
    """Categories × leaves: 1 where the category counts the leaf."""
    return np.array(
        [
            [code in (made.total, leaf) or code in made.ancestors(leaf) for leaf in made.leaves]
            for code in made.codes
        ],
        dtype=np.int64,
    )


def whole_cube(dimensions: Sequence[Dimension], leaf_counts: NDArray[np.int64]) -> Cube:
    """The cube with every sum of its leaf counts (shape: leaves of each dimension)."""
    values = leaf_counts
    for axis, made in enumerate(dimensions):
        values = np.moveaxis(np.tensordot(sums(made), values, axes=(1, axis)), 0, axis)
    return Cube.of_values(tuple(dimensions), values.astype(np.float64))


def counted(dimensions: Sequence[Dimension], people: Sequence[NDArray[np.int64]]) -> Cube:
    """The cube of some people, given as a leaf number per person for each dimension."""
    leaves = np.zeros([len(made.leaves) for made in dimensions], dtype=np.int64)
    np.add.at(leaves, tuple(people), 1)
    return whole_cube(dimensions, leaves)


def some_people(seed: int, sizes: Sequence[int], number: int, evenness: float = 1.0) -> list[NDArray[np.int64]]:
    """Synthetic people: for each dimension a leaf number per person, unevenly spread."""
    random = np.random.default_rng(seed)
    return [random.choice(size, number, p=random.dirichlet(np.full(size, evenness))) for size in sizes]


def plain_dimensions(sizes: Sequence[int]) -> list[Dimension]:
    """Dimensions ``d0``, ``d1`` … with leaves ``a``, ``b`` … and a total."""
    return [dimension(f"d{at}", [chr(97 + leaf) for leaf in range(size)]) for at, size in enumerate(sizes)]


def survey_tables(number: int, questions: int, seed: int = 1) -> tuple[list[Dimension], list[list[Cube]]]:
    """A synthetic survey round in one municipality: five background questions, and for each question its
    table by each of them; "none" is no answer."""
    random = np.random.default_rng(seed)
    spread = (
        (0.35, 0.2, 0.3, 0.15),
        (0.5, 0.46, 0.04),
        (0.4, 0.25, 0.15, 0.1, 0.06, 0.04),
        (0.8, 0.2),
        (0.9, 0.1),
    )
    groups = [dimension(f"b{at}", [f"g{g}" for g in range(len(p))]) for at, p in enumerate(spread)]
    people = [random.choice(len(p), number, p=p) for p in spread]
    tables = []
    for question in range(questions):
        answers = int(random.integers(2, 8))
        chosen = random.choice(answers, number, p=random.dirichlet(np.full(answers, 2.0)))
        chosen[random.random(number) < 0.03] = answers
        made = dimension(f"q{question:02}", [*(f"a{a}" for a in range(answers)), "none"])
        tables.append([counted([made, group], [chosen, who]) for group, who in zip(groups, people, strict=True)])
    return groups, tables
