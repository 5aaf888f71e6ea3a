"""Differences: Newcombe's published intervals, and honest verdicts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from datasets.statistics import (
    Verdict,
    difference_of_intervals,
    difference_of_shares,
    holm,
    mean_interval,
    verdict_words,
    verdicts,
    wilson,
)

NEWCOMBE_1998_TABLE_II = [
    (56, 70, 48, 80, 0.0524, 0.3339),
    (9, 10, 3, 10, 0.1705, 0.8090),
    (6, 7, 2, 7, 0.0582, 0.8062),
    (5, 56, 0, 29, -0.0381, 0.1926),
    (0, 10, 0, 20, -0.1611, 0.2775),
    (0, 10, 0, 10, -0.2775, 0.2775),
    (10, 10, 0, 20, 0.6791, 1.0),
    (10, 10, 0, 10, 0.6075, 1.0),
]


@pytest.mark.parametrize(("a", "m", "b", "n", "low", "high"), NEWCOMBE_1998_TABLE_II)
def test_difference_gives_the_intervals_of_newcombe_method_10(a, m, b, n, low, high):
    difference = difference_of_shares(a, m, b, n)
    assert float(difference.low) == pytest.approx(low, abs=5e-5)
    assert float(difference.high) == pytest.approx(high, abs=5e-5)


def test_all_of_the_table_at_once():
    a, m, b, n, low, _ = np.array(NEWCOMBE_1998_TABLE_II).T
    assert difference_of_shares(a, m, b, n).low == pytest.approx(low, abs=5e-5)


shares = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(shares, shares)
def test_turning_the_comparison_round_turns_the_answer_round(first, second):
    there, back = difference_of_shares(*first, *second), difference_of_shares(*second, *first)
    assert float(there.value) == pytest.approx(-float(back.value))
    assert float(there.low) == pytest.approx(-float(back.high))
    assert int(verdicts(there)) == -int(verdicts(back))


@given(shares, shares)
def test_a_difference_is_certain_exactly_when_its_interval_leaves_nought_out(first, second):
    difference = difference_of_shares(*first, *second)
    low, high, p = float(difference.low), float(difference.high), float(difference.p_value)
    if min(abs(low), abs(high)) > 1e-9:
        assert (p < 0.05) == (low > 0 or high < 0)
        assert int(verdicts(difference)) == (1 if low > 0 else -1 if high < 0 else 0)


@given(shares)
def test_a_group_never_differs_from_itself(share):
    assert int(verdicts(difference_of_shares(*share, *share))) == Verdict.UNCERTAIN


def test_means_are_compared_by_the_same_rule():
    difference = difference_of_intervals(mean_interval(7.0, 1.5, 200), mean_interval(6.0, 1.5, 200))
    assert float(difference.value) == pytest.approx(1.0)
    assert int(verdicts(difference)) == Verdict.MORE


def test_a_hidden_figure_is_never_certainly_different():
    difference = difference_of_intervals(wilson([90, np.nan], [100, 100]), wilson([10, 10], [100, 100]))
    assert list(verdicts(difference)) == [Verdict.MORE, Verdict.UNCERTAIN]


def test_among_many_comparisons_one_weak_difference_is_no_longer_certain():
    parts = [60] + [50] * 19
    alone = difference_of_shares(60, 100, 45, 100)
    assert int(verdicts(alone)) == Verdict.MORE
    together = difference_of_shares(parts, 100, 45, 100)
    assert int(verdicts(together)[0]) == Verdict.MORE
    assert not verdicts(together, adjust=holm).any()


def test_figures_known_without_error_differ_when_they_differ():
    exact = [np.array([0.4, 0.4])] * 3
    other = [np.array([0.3, 0.4])] * 3
    difference = difference_of_intervals(type(wilson(1, 2))(*exact), type(wilson(1, 2))(*other))
    assert list(verdicts(difference)) == [Verdict.MORE, Verdict.UNCERTAIN]


@pytest.mark.parametrize(
    ("verdict", "is_level", "sv", "en"),
    [
        (1, False, "fler", "more"),
        (-1, False, "färre", "fewer"),
        (1, True, "högre", "higher"),
        (-1, True, "lägre", "lower"),
        (0, False, "ingen säker skillnad", "no certain difference"),
        (0, True, "ingen säker skillnad", "no certain difference"),
    ],
)
def test_the_words_for_a_verdict(verdict, is_level, sv, en):
    assert verdict_words(verdict, "sv", is_level=is_level) == sv
    assert verdict_words(verdict, "en", is_level=is_level) == en
    assert verdict_words(verdict, "fi", is_level=is_level) == en
