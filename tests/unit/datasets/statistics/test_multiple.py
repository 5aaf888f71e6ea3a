"""Many comparisons at once: adjusted p-values by hand, and their order."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from datasets.statistics import benjamini_hochberg, holm

P = [0.01, 0.04, 0.03, 0.005]


def test_holm_by_hand():
    # Sorted: .005·4, .01·3, .03·2, .04·1, then never falling.
    assert holm(P) == pytest.approx([0.03, 0.06, 0.06, 0.02])


def test_benjamini_hochberg_by_hand():
    # Sorted: .005·4/1, .01·4/2, .03·4/3, .04·4/4, then never rising backwards.
    assert benjamini_hochberg(P) == pytest.approx([0.02, 0.04, 0.04, 0.02])


@given(st.lists(st.floats(0, 1), max_size=30))
def test_adjusting_never_makes_anything_surer_and_holm_is_the_stricter(p_values):
    p, strict, mild = np.array(p_values), holm(p_values), benjamini_hochberg(p_values)
    assert (strict >= p - 1e-15).all()
    assert (mild >= p - 1e-15).all()
    assert (strict >= mild - 1e-15).all()
    assert (strict <= 1).all()


@pytest.mark.parametrize("adjust", [holm, benjamini_hochberg])
def test_comparisons_that_could_not_be_made_do_not_count(adjust):
    table = np.array([[0.01, np.nan], [0.04, 0.03]])
    adjusted = adjust(table)
    assert adjusted.shape == table.shape
    assert np.isnan(adjusted[0, 1])
    assert adjusted[~np.isnan(table)] == pytest.approx(adjust([0.01, 0.04, 0.03]))


@pytest.mark.parametrize("adjust", [holm, benjamini_hochberg])
def test_what_is_no_p_value_is_refused(adjust):
    with pytest.raises(ValueError, match="between 0 and 1"):
        adjust([0.5, 1.2])
