"""A trend is told where there is one, and seldom where there is none."""

from itertools import permutations

import numpy as np
import pytest

from datasets.statistics import Trend, trend
from datasets.statistics.trends import FEWEST, _inversions

YEARS = np.arange(2015, 2024)


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ([10, 12, 13, 15, 18, 20, 21, 24, 25], Trend.RISES_CLEARLY),
        ([100, 100.5, 101, 101.4, 102, 102.3, 103, 103.5, 104], Trend.RISES_SOMEWHAT),
        ([12, 14, 11, 13, 12, 15, 11, 14, 13], Trend.UNCERTAIN),
        ([104, 103.5, 103, 102.3, 102, 101.4, 101, 100.5, 100], Trend.FALLS_SOMEWHAT),
        ([25, 24, 21, 20, 18, 15, 13, 12, 10], Trend.FALLS_CLEARLY),
        ([7, 7, 7, 7, 7, 7, 7, 7, 7], Trend.UNCERTAIN),
    ],
)
def test_five_states(values, state):
    assert trend(YEARS, values).state is state
    mirrored = trend(YEARS, [-value for value in values])
    assert mirrored.state == -state


def test_too_short_is_not_unchanged():
    assert trend(YEARS[: FEWEST - 1], range(FEWEST - 1)) is None
    assert trend(YEARS[:2], [1, 9], [0.1, 0.1]) is None


def test_missing_years_are_left_out_and_never_filled_in():
    values = [1, np.nan, 3, np.nan, np.nan, np.nan, np.nan, 8, 9]
    assert trend(YEARS, values) is None
    known = trend(YEARS[[0, 2, 4, 6, 8]], [1, 3, 5, 7, 9])
    assert known.change == pytest.approx(8), "the year that was left out counts as time"


def test_margins_decide_what_is_certain():
    values = [20, 24, 28]
    assert trend(YEARS[:3], values, [0.5, 0.5, 0.5]).state is Trend.RISES_CLEARLY
    assert trend(YEARS[:3], values, [6, 6, 6]).state is Trend.UNCERTAIN
    assert trend(YEARS[:3], values, [0.5, np.nan, 0.5]) is None, "one without its margin: none is used"


def test_scatter_beyond_the_margins_takes_the_certainty_away():
    jumping = [10, 40, 12, 44, 16, 46, 18, 48, 20]
    assert trend(YEARS, jumping, [0.5] * 9).state is Trend.UNCERTAIN


def test_the_order_of_few_figures_is_counted_exactly():
    wrong = [sum(a > b for n, a in enumerate(order) for b in order[n + 1 :]) for order in permutations(range(5))]
    assert _inversions(5) == [wrong.count(n) for n in range(11)]
    assert trend(range(5), [1, 2, 3, 4, 5]).p_value == pytest.approx(2 / 120)


@pytest.mark.parametrize("with_margins", [False, True])
def test_chance_alone_is_called_a_trend_at_most_one_time_in_twenty(with_margins):
    rng = np.random.default_rng(7)
    runs = 600
    found = 0
    for _ in range(runs):
        values = rng.normal(50, 2, 8)
        told = trend(YEARS[:8], values, np.full(8, 2.0) if with_margins else None)
        found += told.state is not Trend.UNCERTAIN
    assert found / runs < 0.075
