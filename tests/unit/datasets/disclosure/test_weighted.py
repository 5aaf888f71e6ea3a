"""Weighted figures: masked by who answered, in whole per cents, with no sum of weights anywhere."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datasets.cubes import Cube, Reason
from datasets.disclosure import AggregationRule, CountTable, ProtectedCube, RefusedToPublish, Sensitivity, protect
from datasets.disclosure import shares as plain_shares
from datasets.disclosure.measures.magnitudes import Contributions, Scale
from datasets.disclosure.measures.means import protect_means
from datasets.disclosure.measures.weighted import weighted, weighted_means
from tests.unit.datasets.disclosure.eye import Eye, row, rows_of
from tests.unit.datasets.disclosure.making import TOTAL, counted, dimension, some_people, whole_cube

INTERNAL = AggregationRule.default(Sensitivity.INTERNAL)
QUESTION = dimension("q", ["yes", "no", "none"])
GROUP = dimension("g", ["a", "b", "c", "d"])
COUNTS = np.array([[30, 3, 14, 0], [60, 40, 50, 0], [10, 20, 6, 0]])
WEIGHTS = np.array([2.0, 11.0, 7.5, 1.0])
"""One weight in each group, as when strata are weighted up to the register."""


def weighed(counts: np.ndarray, weights: np.ndarray = WEIGHTS) -> Cube:
    """The sums of weights in every cell."""
    made = whole_cube([QUESTION, GROUP], counts)
    return replace(made, values=whole_cube([QUESTION, GROUP], counts * weights).values)


@pytest.fixture(scope="module")
def counts() -> ProtectedCube:
    return protect(whole_cube([QUESTION, GROUP], COUNTS), INTERNAL, over="q")


def test_a_share_is_of_the_weights_and_its_base_of_the_people(counts: ProtectedCube):
    table = weighted(counts, weighed(COUNTS).values, "q", design_effect=1.4).cube
    cell = {"q": "yes", "g": "a", "measure": "share"}
    assert table.cell(cell).value == 30
    assert table.cell(cell | {"measure": "base"}).value == 100
    total = table.cell(cell | {"g": TOTAL})
    expected = 100 * (30 * 2 + 3 * 11 + 14 * 7.5) / (100 * 2 + 63 * 11 + 70 * 7.5)
    assert total.value is None or total.value == round(expected)
    low, high = (table.cell(cell | {"measure": m}).value for m in ("low", "high"))
    wide = plain_shares(counts, "q").cube
    assert low is not None
    assert high is not None
    assert low < wide.cell(cell | {"measure": "low"}).value  # type: ignore[operator]
    assert high > wide.cell(cell | {"measure": "high"}).value  # type: ignore[operator]


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_what_is_hidden_unweighted_is_hidden_weighted_and_nothing_is_told_finely(seed: int):
    cube = counted([QUESTION, GROUP], some_people(seed, [3, 4], 160, 0.7))
    try:
        safe = protect(cube, INTERNAL, over="q", leave_out=["none"])
    except RefusedToPublish:
        return
    random = np.random.default_rng(seed)
    sums = whole_cube([QUESTION, GROUP], np.zeros((3, 4)) + cube.values[:3, :4] * random.uniform(0.5, 9, 4))
    plain = plain_shares(safe, "q", leave_out=["none"])
    table = weighted(safe, sums.values, "q", leave_out=["none"], design_effect=1.3)
    assert isinstance(table, ProtectedCube)
    assert np.array_equal(np.isnan(table.values), np.isnan(plain.values))
    assert np.array_equal(table.statuses, plain.statuses)
    told = table.values[~np.isnan(table.values)]
    assert np.array_equal(told, np.rint(told)), "whole per cents, and whole people"
    base = table.dimension("measure").position("base")
    assert np.array_equal(table.values[..., base], plain.values[..., base], equal_nan=True), (
        "never a weighted base"
    )


def test_without_a_design_effect_there_is_no_interval(counts: ProtectedCube):
    table = weighted(counts, weighed(COUNTS).values, "q").cube
    cell = table.cell({"q": "yes", "g": "a", "measure": "low"})
    assert (cell.value, cell.reason) == (None, Reason.NOT_AVAILABLE)


@pytest.mark.parametrize(
    ("change", "words"),
    [({"shape": True}, "one sum"), ({"negative": True}, "from nought"), ({"nobody": True}, "no weight")],
)
def test_weights_that_do_not_fit(counts: ProtectedCube, change: dict[str, bool], words: str):
    values = weighed(COUNTS).values.copy()
    if "shape" in change:
        values = values[:-1]
    if "negative" in change:
        values[0, 0] = -1
    if "nobody" in change:
        values[counts.values == 0] = 1
        assert (counts.values == 0).any()
    with pytest.raises(ValueError, match=words):
        weighted(counts, values, "q")


def test_shares_are_not_weighted_once_more(counts: ProtectedCube):
    shown = plain_shares(counts, "q")
    with pytest.raises(ValueError, match="counts"):
        weighted(shown, shown.values, "q")


class TestAnAttackerWhoKnowsTheWeights:
    """Two groups hidden in an answer; he knows every group's weight from the register."""

    made = whole_cube([QUESTION, GROUP], np.array([[40, 3, 4, 30], [60, 40, 50, 40], [10, 20, 16, 20]]))
    weights = np.array([2.0, 40.0, 3.0, 5.0])

    def shown(self) -> tuple[ProtectedCube, ProtectedCube]:
        safe = protect(self.made, INTERNAL, over="q")
        sums = whole_cube([QUESTION, GROUP], self.made.values[:3, :4] * self.weights)
        return safe, weighted(safe, sums.values, "q")

    def eye(self, table: ProtectedCube) -> Eye:
        """All that weighted shares tell of the unweighted counts, with the sums of weights known to him."""
        rows = rows_of(self.made)
        heavy = rows * np.tile(self.weights, 3)
        eye = Eye(rows.shape[1])
        base = (heavy @ self.made.values[:3, :4].ravel()).reshape(self.made.shape)[3]
        eye.knows(np.zeros((1, rows.shape[1])), np.zeros(1))
        share = table.cube.select({"measure": ["share"]}).values[..., 0]
        for q, g in zip(*np.nonzero(~np.isnan(share)), strict=True):
            at = int(np.ravel_multi_index((q, g), self.made.shape))
            near = np.array([share[q, g] - 0.5, -share[q, g] - 0.5]) / 100 * base[g]
            eye.knows_at_least(np.vstack([heavy[at], -heavy[at]]), near)
        told = table.cube.select({"measure": ["base"]}).values[0, :, 0]
        for g in np.flatnonzero(~np.isnan(told)):
            eye.knows(rows[np.ravel_multi_index((3, g), self.made.shape)], told[g : g + 1])
        return eye

    def test_finds_no_hidden_count_in_weighted_shares(self):
        safe, table = self.shown()
        hidden = np.argwhere(safe.report.protected_cells(safe.values.shape))
        assert len(hidden)
        eye = self.eye(table)
        for q, g in hidden:
            low, high = eye.between(row(self.made, [{"q": QUESTION.codes[q], "g": GROUP.codes[g]}]))
            assert high - low >= 1

    def test_would_find_them_with_unweighted_counts_beside(self):
        """Why they are shown instead of each other."""
        safe, table = self.shown()
        eye = self.eye(table)
        rows, values = rows_of(self.made), safe.values.ravel()
        eye.knows(rows[~np.isnan(values)], values[~np.isnan(values)])
        widths = [
            np.subtract(*eye.between(row(self.made, [{"q": QUESTION.codes[q], "g": GROUP.codes[g]}]))[::-1])
            for q, g in np.argwhere(safe.report.protected_cells(safe.values.shape))
        ]
        assert min(widths) < 1


def test_weighted_means_are_masked_by_means():
    made = [dimension("g", ["a", "b", "c"])]
    random = np.random.default_rng(1)
    places = [np.repeat([0, 1, 2], [40, 6, 30])]
    values = random.integers(2, 9, 76).astype(np.float64)
    given_ = Contributions.of_people(made, places, values, Scale(0, 10))
    means = protect_means(CountTable(counted(made, places)), given_, INTERNAL).means
    truth = np.array([5.123, 6.2, 4.77, 5.3])
    table = weighted_means(means, truth)
    assert table.dimension("measure").codes == ("mean", "base")
    mean = means.cube.select({"measure": ["mean"]}).values[:, 0]
    assert np.array_equal(np.isnan(table.values[:, 0]), np.isnan(mean))
    assert np.isnan(table.values[1, 0]), "six people"
    told = ~np.isnan(table.values[:, 0])
    assert np.array_equal(table.values[told, 0], np.round(truth[told], 1))
    with pytest.raises(ValueError, match="means"):
        weighted_means(table, truth)
