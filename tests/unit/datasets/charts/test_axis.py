"""A scale holds every figure, in round steps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datasets.charts.axis import scale


@given(st.lists(st.floats(-1e9, 1e9).map(lambda x: round(x, 3)), max_size=20), st.booleans(), st.booleans())
def test_every_figure_is_on_the_scale_and_the_marks_are_few_and_even(figures, from_zero, whole):
    made = scale(figures, from_zero=from_zero, whole=whole)
    slack = made.step * 1e-6
    assert all(made.minimum - slack <= figure <= made.maximum + slack for figure in figures)
    assert 2 <= len(made.ticks) <= 9
    assert made.ticks[-1] == pytest.approx(made.maximum)
    if from_zero:
        assert made.minimum <= 0 <= made.maximum
    if whole:
        assert made.step == int(made.step)


@pytest.mark.parametrize(
    ("figures", "ticks"),
    [
        ([48.1, 22.0], (0, 10, 20, 30, 40, 50)),
        ([100.0], (0, 20, 40, 60, 80, 100)),
        ([3], (0, 1, 2, 3)),
        ([9_000_000, 9_400_000], (9_000_000, 9_100_000, 9_200_000, 9_300_000, 9_400_000)),
        ([0.0, 0.0], (0, 2, 4, 6, 8, 10)),
    ],
)
def test_scales_people_expect(figures, ticks):
    assert scale(figures, from_zero=False, whole=True, when_empty=10).ticks == ticks


def test_a_chart_without_figures_still_has_a_scale():
    assert scale([], from_zero=True, whole=False, when_empty=100).ticks == (0, 20, 40, 60, 80, 100)
