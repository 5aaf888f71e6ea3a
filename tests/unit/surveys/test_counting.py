"""Counting by many groups at once: every figure is the one that going through people one by one gives."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from datasets.cubes import Category, Dimension
from surveys.results.answer_dimensions import with_sums
from surveys.results.counting import counted, gathered, strata_of

SHAPE = (3, 2, 4)
LARGEST = 3


def people(number: int) -> tuple[list[np.ndarray], np.ndarray]:
    random = np.random.default_rng(11)
    groups = [random.integers(0, size, number, dtype=np.int16) for size in SHAPE]
    return groups, random.integers(-1, LARGEST + 1, number, dtype=np.int16)


def test_each_combination_counts_the_people_in_it() -> None:
    groups, coded = people(500)
    found = counted(strata_of(groups, SHAPE, 500), coded, LARGEST)
    assert found.shape == (LARGEST + 2, *SHAPE)
    for place in product(*(range(size) for size in found.shape)):
        fits = [answer + 1 == place[0] for answer in coded]
        for at, group in enumerate(groups):
            fits = [fit and int(one) == place[at + 1] for fit, one in zip(fits, group, strict=True)]
        assert found[place] == sum(fits)


def with_total(size: int) -> Dimension:
    """So many groups, and all of them last."""
    codes = [*(str(at) for at in range(size)), "all"]
    return Dimension("groups", {"sv": ""}, tuple(Category(code, {"sv": code}) for code in codes), total="all")


def test_a_group_above_others_is_their_sum() -> None:
    leaves = [Category(str(at), {"sv": ""}, "low" if at < 2 else None) for at in range(3)]
    above = Dimension(
        "a", {"sv": ""}, (*leaves, Category("low", {"sv": ""}), Category("all", {"sv": ""})), total="all"
    )
    counts = np.array([[1, 2], [10, 20], [100, 200]])
    assert with_sums(counts, 0, above).tolist() == [[1, 2], [10, 20], [100, 200], [11, 22], [111, 222]]


def test_margins_are_the_sums_over_every_set_of_axes() -> None:
    groups, coded = people(300)
    plain = counted(strata_of(groups, SHAPE, 300), coded, LARGEST)
    found = plain
    for axis, size in enumerate(plain.shape):
        found = with_sums(found, axis, with_total(size))
    assert found[-1, -1, -1, -1] == 300
    for kept in product((True, False), repeat=plain.ndim):
        axes = tuple(at for at, keep in enumerate(kept) if not keep)
        inner = tuple(slice(size) if keep else -1 for keep, size in zip(kept, plain.shape, strict=True))
        assert np.array_equal(found[inner], plain.sum(axis=axes))


def test_answers_put_together_count_together_and_others_are_left_out() -> None:
    counts = np.array([[1, 2], [3, 4], [5, 6], [7, 8]])
    assert gathered(counts, np.array([-1, 0, 1, 0]), 2).tolist() == [[10, 12], [5, 6]]


def test_without_groups_or_people_there_are_counts_all_the_same() -> None:
    _groups, coded = people(50)
    assert counted(strata_of([], (), 50), coded, LARGEST).sum() == 50
    nobody = counted(strata_of([coded[:0]], (4,), 0), coded[:0], LARGEST)
    assert nobody.shape == (LARGEST + 2, 4) and nobody.sum() == 0


@pytest.mark.parametrize("wrong", [-2, LARGEST + 1])
def test_an_answer_that_is_not_there_is_refused_and_not_counted_as_another(wrong: int) -> None:
    with pytest.raises(ValueError, match="does not have"):
        counted(strata_of([], (), 1), np.array([wrong], dtype=np.int16), LARGEST)


def test_a_group_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="does not have"):
        strata_of([np.array([0, 2])], (2,), 2)
