"""Sums: nothing that is shown, added, subtracted or divided, comes close to what one person contributes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from datasets.disclosure import (
    AggregationRule,
    CountTable,
    ProtectedSums,
    RefusedToPublish,
    ReleasedTable,
    Sensitivity,
    protect_means,
    protect_sums,
)
from datasets.disclosure.measures.magnitudes import Scale, magnitudes
from datasets.disclosure.measures.means import in_cube_order
from datasets.disclosure.tables.table import prepare
from tests.unit.datasets.disclosure.eye import Eye, rows_of
from tests.unit.datasets.disclosure.test_means import TEN, answered, people

INTERNAL = AggregationRule.default(Sensitivity.INTERNAL)
ENDLESS = Scale(0, None)


def figures(result: ProtectedSums, name: str) -> np.ndarray:
    return result.sums.select({"measure": [name]}).values[..., 0]


def eye_on(result: ProtectedSums, scale: Scale) -> Eye:
    """The attacker on all that is public: counts, sums, and between which ends each person's number lies."""
    rows = rows_of(result.counts.cube)
    size = rows.shape[1]
    eye, none = Eye(2 * size), np.zeros_like(rows)
    base, sums = figures(result, "base").ravel(), figures(result, "sum").ravel()
    eye.knows(np.hstack([rows, none])[~np.isnan(base)], base[~np.isnan(base)])
    eye.knows(np.hstack([none, rows])[~np.isnan(sums)], (sums - scale.low * base)[~np.isnan(sums)])
    if scale.high is not None:
        each = np.identity(size)
        eye.knows_at_least(np.hstack([(scale.high - scale.low) * each, -each]), np.zeros(size))
    return eye


@pytest.mark.parametrize("scale", [TEN, Scale(1, 5), ENDLESS], ids=["0-10", "1-5", "without end"])
@pytest.mark.parametrize("seed", range(5))
def test_no_largest_contribution_can_be_worked_out_within_the_margin(seed: int, scale: Scale):
    """Totals minus parts, and people times means: every hidden sum stays wider than the rule's per cent."""
    _, cube, given = people(seed, [4, 4], 420, scale)
    try:
        result = protect_sums(CountTable(cube), given, INTERNAL)
    except RefusedToPublish:
        return
    eye, rows, prepared = eye_on(result, scale), rows_of(cube), prepare(CountTable(cube))
    largest = in_cube_order(prepared, magnitudes(prepared, given).top[..., 0]).ravel()
    secret = np.flatnonzero(result.counts.report.protected_cells(result.counts.values.shape))
    assert len(secret)
    for cell in secret.tolist():
        wanted = np.concatenate([np.zeros(rows.shape[1]), rows[cell]])
        assert not eye.is_a_sum_of_what_is_shown(wanted)
        low, high = eye.between(wanted)
        assert high - low >= max(INTERNAL.dominance / 100 * largest[cell], 1) - 1e-6


@pytest.mark.parametrize("seed", range(8))
def test_whoever_contributes_second_most_cannot_reckon_the_largest_from_a_shown_sum(seed: int):
    _, cube, given = people(seed, [4, 4], 420, ENDLESS)
    try:
        result = protect_sums(CountTable(cube), given, INTERNAL)
    except RefusedToPublish:
        return
    prepared = prepare(CountTable(cube))
    top = magnitudes(prepared, given).top
    first, second = (in_cube_order(prepared, top[..., at]) for at in (0, 1))
    sums = figures(result, "sum")
    shown = ~np.isnan(sums) & (figures(result, "base") > 0)
    assert shown.any()
    rest = (sums - first - second)[shown]
    assert (rest >= INTERNAL.dominance / 100 * first[shown] - 1e-6).all()


def test_what_one_person_has_nearly_all_of_is_hidden_with_what_would_give_it_back():
    table, given = answered([[1000.0] + [1.0] * 29, [5.0, 6] * 20, [7.0, 8] * 20], ENDLESS)
    sums = figures(protect_sums(table, given, INTERNAL), "sum")
    assert np.isnan(sums[0]) and np.isnan(sums).sum() >= 2


def test_a_shown_sum_is_the_true_one_and_a_group_of_nobody_has_nought():
    table, given = answered([[5.0, 6] * 20, [7.0, 8] * 20, []], ENDLESS)
    result = protect_sums(table, given, INTERNAL)
    assert figures(result, "sum").tolist() == [220, 300, 0, 520]
    assert figures(result, "base").tolist() == [40, 40, 0, 80]
    assert result.sums.report.derived == "sums"


@pytest.mark.parametrize("seed", range(4))
def test_sums_hide_what_means_hide(seed: int):
    """So count times mean, from whoever publishes the mean, gives no sum that is hidden here."""
    _, cube, given = people(seed, [4, 3], 260, ENDLESS)
    try:
        means = protect_means(CountTable(cube), given, INTERNAL).counts
    except RefusedToPublish:
        return
    result = protect_sums(CountTable(cube), given, INTERNAL)
    assert np.array_equal(np.isnan(means.values), np.isnan(result.counts.values))
    assert np.array_equal(np.isnan(result.counts.values), np.isnan(figures(result, "sum")))


def test_a_second_release_tells_no_difference_of_one_person():
    """One person's number is mended: the two releases subtracted do not say by how much."""
    groups = [[5.0, 6] * 20, [7.0, 8] * 20]
    table, given = answered(groups, ENDLESS)
    first = protect_sums(table, given, INTERNAL)
    again, mended = answered([[7.0, *groups[0][1:]], groups[1]], ENDLESS)
    earlier = [ReleasedTable(first.counts)]
    sums = figures(protect_sums(again, mended, INTERNAL, earlier=earlier), "sum")
    assert (sums[~np.isnan(sums)] % 10 == 0).all()
    before = figures(protect_sums(table, given, INTERNAL, earlier=earlier), "sum")
    assert np.array_equal(before, sums, equal_nan=True)


def test_a_rule_without_dominance_shows_no_sum():
    table, given = answered([[5.0, 6] * 20, [7.0, 8] * 20], ENDLESS)
    with pytest.raises(ValueError, match="one contribution"):
        protect_sums(table, given, replace(INTERNAL, dominance=0))
    with pytest.raises(ValueError, match="answers"):
        protect_sums(replace(table, over="g"), given, INTERNAL)
