"""Places that are like one another: by what they are compared, and how missing figures count."""

import numpy as np
import pytest

from datasets.statistics import Variable, similar_places

SIZE, SHARE = Variable("size", 1, is_log=True), Variable("share", 1)
PLACES = np.array(
    [[15e3, 20], [16e3, 20.5], [14e3, 25], [150e3, 20], [1.5e3, 15], [15.5e3, 19], [30e3, 22], [9e3, 18],
     [950e3, 24], [4e3, 16]]
)  # fmt: skip


def order(values=PLACES, variables=(SIZE, SHARE), place=0, **more):
    return [one.place for one in similar_places(values, variables, place, **more).neighbours]


def test_the_nearest_come_first_and_oneself_never():
    assert order(most=2) == [1, 5]
    assert 0 not in order(most=99)
    assert len(order(most=99)) == 9


def test_weights_decide():
    assert order(variables=(Variable("size", 1, True), Variable("share", 0)), most=1) == [5]
    assert order(variables=(Variable("size", 0, True), Variable("share", 1)), most=1) == [3]


def test_units_do_not_weigh():
    assert order(PLACES * np.array([1000, 0.01])) == order()


def test_how_like_is_said_in_words_and_why():
    nearest, *_, furthest = similar_places(PLACES, (SIZE, SHARE), 0, most=99).neighbours
    assert nearest.word == "very_like"
    assert set(nearest.nearest) == {"size", "share"}
    assert furthest.word == "unlike"
    assert furthest.furthest[0] == "size"


def test_a_missing_figure_neither_hides_nor_adds_distance():
    values = PLACES.copy()
    values[1, 1] = np.nan
    found = similar_places(values, (SIZE, SHARE), 0, most=99)
    (one,) = [neighbour for neighbour in found.neighbours if neighbour.place == 1]
    assert one.missing == ("share",)
    assert one.distance == pytest.approx(abs(dict(one.gaps)["size"]))


def test_a_place_of_which_too_little_is_known_is_told_apart():
    values = np.column_stack([PLACES, PLACES[:, 1], PLACES[:, 1]])
    values[3, 1:] = np.nan
    found = similar_places(values, (SIZE, SHARE, Variable("b", 1), Variable("c", 1)), 0, most=99)
    assert found.unknown == (3,)


def test_what_we_lack_ourselves_is_left_out_and_said_so():
    values = PLACES.copy()
    values[0, 1] = np.nan
    found = similar_places(values, (SIZE, SHARE), 0)
    assert found.left_out == ("share",)
    assert found.neighbours[0].place == 5
    assert similar_places(values[:, 1:], (SHARE,), 0).neighbours == ()


def test_a_variable_that_is_the_same_everywhere_says_nothing():
    values = np.column_stack([PLACES, np.full(10, 3.0)])
    found = similar_places(values, (SIZE, SHARE, Variable("same", 5)), 0, most=99)
    assert found.left_out == ("same",)
    assert [one.place for one in found.neighbours] == order(most=99)
