"""Intervals: what the literature has published, and what must hold for every sample."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from datasets.statistics import mean_from_counts, mean_interval, wilson


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_the_intervals_of_newcombe_1998_table_i(part, whole, low, high):
    share = wilson(part, whole)
    assert float(share.low) == pytest.approx(low, abs=5e-5)
    assert float(share.high) == pytest.approx(high, abs=5e-5)


@st.composite
def samples(draw):
    whole = draw(st.integers(1, 5000))
    return draw(st.integers(0, whole)), whole


@given(samples())
def test_a_share_lies_inside_its_interval_and_the_interval_inside_nought_to_one(sample):
    value, low, high = (float(x) for x in wilson(*sample))
    assert 0 <= low <= value <= high <= 1
    assert low < high


@given(samples())
def test_counting_the_others_instead_mirrors_the_interval(sample):
    part, whole = sample
    here, there = wilson(part, whole), wilson(whole - part, whole)
    assert float(here.low) == pytest.approx(1 - float(there.high), abs=1e-12)
    assert float(here.high) == pytest.approx(1 - float(there.low), abs=1e-12)


@given(samples(), st.integers(2, 20))
def test_more_answers_with_the_same_share_make_it_surer(sample, times):
    part, whole = sample
    few, many = wilson(part, whole), wilson(part * times, whole * times)
    assert float(many.high - many.low) < float(few.high - few.low)


def test_wilson_works_on_whole_tables_and_leaves_hidden_cells_hidden():
    share = wilson([[5, np.nan], [0, 3]], [[10, 10], [0, np.nan]])
    assert share.value.shape == (2, 2)
    assert float(share.value[0, 0]) == 0.5
    for array in share:
        assert np.isnan(array[[0, 1, 1], [1, 0, 1]]).all()


@pytest.mark.parametrize(("part", "whole"), [(-1, 10), (11, 10)])
def test_an_impossible_share_is_refused_without_naming_the_figures(part, whole):
    with pytest.raises(ValueError, match="between 0 and its whole") as refused:
        wilson(part, whole)
    assert str(part) not in str(refused.value)


@pytest.mark.parametrize("confidence", [0, 1, 95])
def test_a_confidence_given_in_per_cent_is_refused(confidence):
    with pytest.raises(ValueError, match="between 0 and 1"):
        wilson(1, 2, confidence)


def test_mean_interval_is_students():
    # Ten answers, mean 5, deviation 2: t(9; 0.975) = 2.2622, so 5 ± 2.2622 · 2/√10.
    mean = mean_interval(5, 2, 10)
    assert float(mean.low) == pytest.approx(5 - 1.43071, abs=1e-4)
    assert float(mean.high) == pytest.approx(5 + 1.43071, abs=1e-4)


def test_a_mean_from_counts_is_the_mean_of_the_answers():
    answers = [3, 3, 3, 4, 4, 4, 4, 5, 5, 5]
    mean = mean_from_counts([1, 2, 3, 4, 5], [0, 0, 3, 4, 3])
    again = mean_interval(np.mean(answers), np.std(answers, ddof=1), 10)
    assert [float(x) for x in mean] == pytest.approx([float(x) for x in again])


@given(st.lists(st.integers(0, 60), min_size=11, max_size=11))
def test_a_mean_stays_on_its_scale(counts):
    value, low, high = (float(x) for x in mean_from_counts(range(11), counts))
    if sum(counts) == 0:
        assert math.isnan(value)
    elif not math.isnan(low):
        assert 0 <= low <= value <= high <= 10


def test_too_few_answers_or_answers_all_alike_claim_no_certainty():
    for counts in ([1, 0, 0], [0, 7, 0]):
        mean = mean_from_counts([1, 2, 3], counts)
        assert not math.isnan(mean.value)
        assert math.isnan(mean.low)
        assert math.isnan(mean.high)


def test_one_hidden_step_hides_the_mean():
    mean = mean_from_counts([1, 2, 3], [[4, np.nan, 5], [4, 6, 5]])
    assert np.isnan(mean.value[0])
    assert not np.isnan(mean.value[1])


def test_bad_scales_and_counts_are_refused():
    with pytest.raises(ValueError, match="one score for each"):
        mean_from_counts([1, 2], [1, 2, 3])
    with pytest.raises(ValueError, match="not negative"):
        mean_from_counts([1, 2], [1, -2])
    with pytest.raises(ValueError, match="not negative"):
        mean_interval(1, -1, 3)
