"""Raking, trimming and what weights cost, against published and hand-worked examples."""

from __future__ import annotations

import numpy as np
import pytest

from datasets.statistics import Margin, RakingError, design_effect, effective_size, rake, rake_trimmed

SEED_TABLE = np.array([[40, 30, 20, 10], [35, 50, 100, 75], [30, 80, 70, 120], [20, 30, 40, 50]])
ROWS, COLUMNS = np.array([150.0, 300, 400, 150]), np.array([200.0, 300, 400, 100])


def test_the_published_example_of_iterative_proportional_fitting() -> None:
    """Wikipedia's worked example of iterative proportional fitting, which stops a turn or two earlier."""
    found = rake(SEED_TABLE, [Margin((0,), ROWS), Margin((1,), COLUMNS)])
    fitted = found.of_cells * SEED_TABLE * 1000 / SEED_TABLE.sum()
    published = [
        [64.61, 46.28, 35.42, 3.83],
        [49.95, 68.15, 156.49, 25.37],
        [56.70, 144.40, 145.06, 53.76],
        [28.74, 41.18, 63.03, 17.03],
    ]
    assert np.allclose(fitted, published, atol=0.1)
    assert np.allclose(fitted.sum(axis=1), ROWS) and np.allclose(fitted.sum(axis=0), COLUMNS)
    assert found.gap < 1e-8 and found.trimmed == 0


def test_raking_keeps_how_the_groups_hang_together() -> None:
    """Deming and Stephan's fit changes no odds ratio."""
    fitted = rake(SEED_TABLE, [Margin((0,), ROWS), Margin((1,), COLUMNS)]).of_cells * SEED_TABLE
    before = SEED_TABLE[0, 0] * SEED_TABLE[1, 1] / (SEED_TABLE[0, 1] * SEED_TABLE[1, 0])
    assert fitted[0, 0] * fitted[1, 1] / (fitted[0, 1] * fitted[1, 0]) == pytest.approx(before)


def test_one_margin_is_plain_post_stratification() -> None:
    """By hand: 80 and 20 answered where halves live; one of the first counts 0.625, of the second 2.5."""
    found = rake([80, 20], [Margin((0,), np.array([500.0, 500.0]))])
    assert found.of_cells.tolist() == pytest.approx([0.625, 2.5])
    # (80 · 0.625 + 20 · 2.5)² / (80 · 0.390625 + 20 · 6.25) = 10000 / 156.25
    assert float(effective_size([80, 20], found.of_cells)) == pytest.approx(64)
    assert design_effect([80, 20], found.of_cells) == pytest.approx(1.5625)


def test_kish_by_hand() -> None:
    """Fifty weights of 1 and fifty of 3: 1 + the relative variance, 1 + 1/4."""
    assert design_effect([50, 50], [1, 3]) == pytest.approx(1.25)
    assert design_effect([7, 9], [2, 2]) == pytest.approx(1)
    assert np.isnan(effective_size([0, 0], [1, 1]))


def test_a_joint_margin_and_one_of_its_own() -> None:
    random = np.random.default_rng(3)
    counts = random.integers(5, 60, (4, 2, 6))
    joint, homes = random.integers(100, 900, (4, 2)).astype(float), random.integers(100, 900, 6).astype(float)
    found = rake(counts, [Margin((0, 1), joint), Margin((2,), homes)])
    fitted = found.of_cells * counts
    assert np.allclose(fitted.sum(axis=2) / fitted.sum(), joint / joint.sum())
    assert np.allclose(fitted.sum(axis=(0, 1)) / fitted.sum(), homes / homes.sum())


def test_a_weight_far_above_the_others_is_cut_and_said_to_be() -> None:
    counts, target = np.array([300, 295, 5]), np.array([1000.0, 1000.0, 400.0])
    free, cut = rake(counts, [Margin((0,), target)]), rake_trimmed(counts, [Margin((0,), target)])
    median = float(np.median(np.repeat(cut.of_cells, counts)))
    assert free.of_cells[2] > 15 * free.of_cells[0]
    assert cut.of_cells[2] == pytest.approx(5 * median, rel=0.02)
    assert cut.trimmed == pytest.approx(5 / 600) and 0.05 < cut.gap < 0.2
    assert (cut.of_cells * counts).sum() == pytest.approx(600)
    assert design_effect(counts, cut.of_cells) < design_effect(counts, free.of_cells)


def test_where_nothing_is_far_above_trimming_changes_nothing() -> None:
    margins = [Margin((0,), ROWS), Margin((1,), COLUMNS)]
    assert np.allclose(rake(SEED_TABLE, margins).of_cells, rake_trimmed(SEED_TABLE, margins).of_cells)


def test_a_cell_of_nobody_stays_empty_but_a_group_of_nobody_can_not_be_stood_for() -> None:
    found = rake([[10, 0], [10, 10]], [Margin((0,), np.array([1.0, 1])), Margin((1,), np.array([3.0, 1]))])
    assert found.of_cells[0, 1] == 0
    with pytest.raises(RakingError):
        rake([10, 0], [Margin((0,), np.array([1.0, 1.0]))])


@pytest.mark.parametrize(
    "counts, margin",
    [
        ([np.nan, 3], Margin((0,), np.array([1.0, 1]))),
        ([0, 0], Margin((0,), np.array([1.0, 1]))),
        ([1, 3], Margin((0,), np.array([1.0, -1]))),
        ([1, 3], Margin((0,), np.array([1.0, 1, 1]))),
        ([[1, 3]], Margin((1, 0), np.array([[1.0], [1]]))),
    ],
)
def test_what_can_not_be_raked_is_refused(counts: object, margin: Margin) -> None:
    with pytest.raises(ValueError):
        rake(counts, [margin])  # type: ignore[arg-type]
