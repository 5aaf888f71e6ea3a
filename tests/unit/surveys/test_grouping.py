"""Small groups are joined until none is too small."""

from hypothesis import given
from hypothesis import strategies as st

from surveys.results.grouping import joined, joined_with_neighbours


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


def test_a_small_municipality_is_joined_within_its_area_before_any_nearer_one():
    # The second is too small; the third is next to it, but the fourth is of its area.
    assert joined_with_neighbours([40, 4, 12, 60], 10, [[0], [1, 3], [2]]) == [[0], [1, 3], [2]]


def test_alone_in_its_area_it_is_joined_with_the_nearest_in_the_official_order():
    assert joined_with_neighbours([40, 12, 4, 60], 10, [[0], [1], [2], [3]]) == [[0], [1, 2], [3]]
    # The order is that of the areas, not that of the answers.
    assert joined_with_neighbours([40, 12, 4, 60], 10, [[2], [0], [3], [1]]) == [[0, 2], [1], [3]]


def test_an_area_that_is_too_small_as_a_whole_is_joined_with_the_next():
    assert joined_with_neighbours([3, 4, 30, 50], 10, [[0, 1], [2], [3]]) == [[0, 1, 2], [3]]


def test_those_who_named_no_municipality_are_joined_with_the_largest():
    assert joined_with_neighbours([20, 50, 3], 10, [[0], [1]]) == [[0], [1, 2]]


@given(st.lists(st.integers(0, 40), min_size=2, max_size=8), st.integers(1, 20), st.integers(1, 4))
def test_everybody_is_in_one_group_of_neighbours_and_none_is_too_small(sizes, smallest, areas):
    placed = list(range(len(sizes) - 1))
    groups = joined_with_neighbours(sizes, smallest, [placed[at::areas] for at in range(areas)])
    assert sorted(place for group in groups for place in group) == [at for at, size in enumerate(sizes) if size]
    if len(groups) > 1:
        assert min(sum(sizes[place] for place in group) for group in groups) >= smallest
