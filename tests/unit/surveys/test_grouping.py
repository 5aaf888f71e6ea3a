"""Small groups are joined until none is too small."""

from hypothesis import given
from hypothesis import strategies as st

from surveys.results.grouping import joined


def test_with_an_order_a_small_group_joins_its_smaller_neighbour():
    assert joined([20, 4, 12, 30], 10, is_ordered=True) == [[0], [1, 2], [3]]


def test_without_an_order_it_joins_the_smallest_of_all():
    assert joined([20, 4, 30, 12], 10, is_ordered=False) == [[0], [1, 3], [2]]


def test_empty_groups_are_left_out():
    assert joined([0, 20, 0, 15], 10, is_ordered=True) == [[1], [3]]


def test_too_few_people_are_one_group():
    (everybody,) = joined([3, 2, 4], 10, is_ordered=True)
    assert sorted(everybody) == [0, 1, 2]
    assert joined([], 10, is_ordered=True) == []


@given(st.lists(st.integers(0, 40), max_size=8), st.integers(1, 20), st.booleans())
def test_everybody_is_in_one_group_and_none_is_too_small(sizes, smallest, is_ordered):
    groups = joined(sizes, smallest, is_ordered=is_ordered)
    assert sorted(place for group in groups for place in group) == [at for at, size in enumerate(sizes) if size]
    if len(groups) > 1:
        assert min(sum(sizes[place] for place in group) for group in groups) >= smallest


@given(st.lists(st.integers(1, 40), min_size=1, max_size=8), st.integers(1, 20))
def test_with_an_order_a_group_has_no_gap(sizes, smallest):
    for group in joined(sizes, smallest, is_ordered=True):
        assert sorted(group) == list(range(min(group), max(group) + 1))
