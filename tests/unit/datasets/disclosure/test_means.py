"""Means: which of them tell of one person, and that sums of people times means are as safe as the people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datasets.cubes import Cube, Dimension, Reason
from datasets.disclosure import AggregationRule, CountTable, RefusedToPublish, Sensitivity, Why, Zeros
from datasets.disclosure.measures.magnitudes import (
    Contributions,
    Scale,
    dominated,
    magnitudes,
    medians_of_people,
    near_end,
    telling_means,
)
from datasets.disclosure.measures.means import ProtectedMeans, protect_means
from datasets.disclosure.tables.table import prepare
from tests.unit.datasets.disclosure.eye import Eye, row, rows_of
from tests.unit.datasets.disclosure.making import TOTAL, counted, dimension, plain_dimensions, some_people

INTERNAL = AggregationRule.default(Sensitivity.INTERNAL)
OPEN = AggregationRule.default(Sensitivity.OPEN)
TEN = Scale(0, 10)
EXACT = 12
"""Decimals that give the attacker the sum behind a mean."""


def answered(groups: Sequence[Sequence[float]], scale: Scale = TEN) -> tuple[CountTable, Contributions]:
    """One dimension of groups, with what each person in them answered."""
    made = [dimension("g", [f"g{at}" for at in range(len(groups))])]
    places = [np.repeat(np.arange(len(groups)), [len(group) for group in groups])]
    values = np.array([value for group in groups for value in group], dtype=np.float64)
    return CountTable(counted(made, places)), Contributions.of_people(made, places, values, scale)


def test_of_nobody_there_are_contributions_of_nothing_and_no_mean() -> None:
    table, given = answered([[], []])
    assert not given.sums.any() and given.deviation is None
    assert np.isnan(given.largest).all() and given.smallest is not None and np.isnan(given.smallest).all()
    with pytest.raises(RefusedToPublish):
        protect_means(table, given, INTERNAL)


def people(
    seed: int, sizes: Sequence[int], number: int, scale: Scale = TEN
) -> tuple[list[Dimension], Cube, Contributions]:
    """Synthetic people in plain dimensions, with answers that differ between groups, many near an end."""
    random = np.random.default_rng(seed)
    made, places = plain_dimensions(sizes), some_people(seed, sizes, number, 0.7)
    high = 10 if scale.high is None else scale.high
    answers = random.binomial(int(high - scale.low), random.choice([0.02, 0.3, 0.6, 0.97], number)) + scale.low
    if scale.high is None:
        answers = np.floor(random.pareto(0.8, number) * 5)
    return made, counted(made, places), Contributions.of_people(made, places, answers.astype(np.float64), scale)


def eye_of(result: ProtectedMeans, scale: Scale, counts: Cube | None = None) -> Eye:
    """The attacker on a table of means: people are his first unknowns, what they contribute above the low end
    his second. ``counts``: he has every count too."""
    rows = rows_of(result.counts.cube)
    size = rows.shape[1]
    eye = Eye(2 * size)
    none = np.zeros_like(rows)
    base = (result.counts.cube if counts is None else counts).values.ravel()
    told = ~np.isnan(base)
    eye.knows(np.hstack([rows, none])[told], base[told])
    mean = result.means.cube.select({"measure": ["mean"]}).values.ravel()
    told = ~np.isnan(mean)
    eye.knows(np.hstack([none, rows])[told], ((mean - scale.low) * base)[told])
    nobody = base == 0
    eye.knows(np.hstack([none, rows])[nobody], base[nobody])
    if scale.high is not None:
        each = np.identity(size)
        eye.knows_at_least(np.hstack([(scale.high - scale.low) * each, -each]), np.zeros(size))
    return eye


def secret_cells(result: ProtectedMeans) -> list[int]:
    """The cells that must stay secret, row-major."""
    return np.flatnonzero(result.counts.report.protected_cells(result.counts.values.shape)).tolist()


class TestTelling:
    def telling(
        self, *groups: Sequence[float], rule: AggregationRule = INTERNAL, scale: Scale = TEN
    ) -> list[bool]:
        table, given_ = answered(groups, scale)
        prepared = prepare(table)
        marked = prepared.to_cube_order(telling_means(magnitudes(prepared, given_), rule))
        return marked.tolist()[: len(groups)]

    def test_few_people(self):
        assert self.telling([5] * 9, [5] * 10, []) == [True, False, False]

    @pytest.mark.parametrize("end", [0, 10])
    def test_near_an_end_of_the_scale(self, end: int):
        def far(steps: int) -> list[float]:
            return [abs(end - 1.0)] * steps + [float(end)] * (30 - steps)

        assert self.telling(far(0), far(4), far(5), far(30)) == [True, True, False, False]

    def test_in_the_half_nearest_the_end_everyone_is_known_to_be(self):
        """A scale of a hundred, in tens: forty above nought all together, so nobody is over forty."""
        scale = Scale(0, 100, 1)
        assert self.telling([4] * 10, [5] * 10, scale=scale) == [True, False]

    def test_one_or_two_who_contribute_nearly_everything(self):
        rest = [0.0] * 30
        assert self.telling([10, 10, *rest], [10, 10, *[1] * 2, *rest], [10, 10, *[1] * 3, *rest]) == [
            True,
            True,  # the two have 20 of 22, more than nine in ten
            False,
        ]

    def test_from_the_upper_end_too(self):
        rest = [10.0] * 30
        assert self.telling([0, 0, *rest], [0, 0, 9, 9, 9, *rest]) == [True, False]

    def test_the_p_per_cent_rule_is_about_the_largest(self):
        """1000 and 200 and 99: whoever has 200 knows the largest to within ten per cent; with 100 not."""
        two = np.array([[1000.0, 200.0]])
        assert dominated(np.array([1299.0]), two, 10).all()
        assert not dominated(np.array([1340.0]), two, 10).any()
        assert dominated(np.array([1340.0]), two, 15).all()

    def test_two_with_more_than_nine_in_ten(self):
        two = np.array([[50.0, 41.0]])
        assert dominated(np.array([100.0]), two, 1).all()
        assert not dominated(np.array([102.0]), two, 1).any()

    def test_margins_have_the_largest_of_their_parts(self):
        table, given_ = answered([[900.0, 2], [3, 1], [700, 4]], Scale(0, None))
        found = magnitudes(prepare(table), given_)
        place = prepare(table).axes[0].positions[TOTAL]
        assert found.top[place].tolist() == [900, 700]
        assert found.above[place] == 1610

    def test_without_the_smallest_the_worst_is_assumed(self):
        """Five short of the end may be one person."""
        table, given_ = answered([[10.0] * 25 + [9] * 5, [5] * 30])
        prepared = prepare(table)
        known = telling_means(magnitudes(prepared, given_), INTERNAL)
        assumed = telling_means(magnitudes(prepared, replace(given_, smallest=None)), INTERNAL)
        assert known.tolist() == [False, False, False]
        assert prepared.to_cube_order(assumed).tolist() == [True, False, False]

    def test_an_open_rule_hides_no_mean(self):
        assert self.telling([0] * 3, [10], rule=OPEN) == [False, False]

    @settings(max_examples=40, deadline=None)
    @given(st.lists(st.integers(0, 10), min_size=10, max_size=30))
    def test_what_the_rule_lets_through_tells_no_one(self, answers: list[int]):
        """Even the two who answered most cannot tell that all the others answered the end."""
        if self.telling([float(a) for a in answers])[0]:
            return
        for end in (0, 10):
            away = sorted(abs(a - end) for a in answers)
            assert sum(away[:-2]) > 0
            assert sum(away) >= 5

    def test_near_an_end_without_an_upper_one(self):
        assert near_end(np.array([4.0, 5.0]), Scale(0, None), 5).tolist() == [True, False]


class TestRefused:
    @pytest.mark.parametrize("sums", [[-1.0, 100, 0], [101, 100, 0], [np.nan, 100, 0]])
    def test_sums_that_do_not_fit_the_people_or_the_scale(self, sums: list[float]):
        table, given_ = answered([[5.0] * 10, [10] * 10])
        with pytest.raises(RefusedToPublish) as refused:
            protect_means(table, replace(given_, sums=np.array(sums)), INTERNAL)
        assert refused.value.reasons[0].why is Why.OFF_SCALE
        assert refused.value.reasons[0].cells == ("g=g0",)

    def test_groups_too_small_for_any_mean(self):
        table, given_ = answered([[5.0] * 2, [6] * 3])
        with pytest.raises(RefusedToPublish) as refused:
            protect_means(table, given_, INTERNAL)
        assert refused.value.reasons[0].why is Why.NOTHING_LEFT

    def test_a_table_of_answers(self):
        table, given_ = answered([[5.0] * 10])
        with pytest.raises(ValueError, match="answers"):
            protect_means(replace(table, over="g"), given_, INTERNAL)

    def test_a_scale_that_goes_nowhere(self):
        with pytest.raises(ValueError, match="step"):
            Scale(5, 5)


class TestShown:
    def result(self, rule: AggregationRule = INTERNAL, **about: object) -> ProtectedMeans:
        groups = [[3.0, 4] * 10, [7.0, 8, 6] * 8, [5.0] * 8, [2.0, 9] * 20, []]
        table, given_ = answered(groups)
        return protect_means(table, given_, rule, **about)  # type: ignore[arg-type]

    def test_a_mean_with_its_interval_and_its_base(self):
        table = self.result().means.cube
        cell = {"g": "g0"}
        assert table.cell(cell | {"measure": "mean"}).value == 3.5
        assert table.cell(cell | {"measure": "base"}).value == 20
        low, high = (table.cell(cell | {"measure": m}).value for m in ("low", "high"))
        assert low is not None
        assert high is not None
        assert 0 <= low < 3.5 < high <= 10

    def test_count_sum_and_mean_share_one_fate(self):
        result = self.result()
        base, *others = (
            np.isnan(result.means.cube.select({"measure": [m]}).values[:, 0])
            for m in ("base", "mean", "low", "high")
        )
        assert base[2], "eight people"
        for other in others:
            assert np.array_equal(other[:4], base[:4])
        assert np.array_equal(base, np.isnan(result.counts.values))

    def test_a_group_of_nobody_has_no_mean(self):
        table = self.result(replace(INTERNAL, zeros=Zeros.SHOWN)).means
        assert table.statuses[4, 0] == Reason.NOT_APPLICABLE
        assert table.values[4, table.dimension("measure").position("base")] == 0

    def test_there_are_no_extremes(self):
        assert set(self.result().means.dimension("measure").codes) == {"mean", "low", "high", "base"}

    @pytest.mark.parametrize(("k", "shows"), [(5, True), (10, True), (11, False)])
    def test_medians_from_twice_the_threshold(self, k: int, shows: bool):
        table, given_ = answered([[3.0, 4, 4] * 6 + [4, 4], [7.0, 8, 6] * 20])
        medians = medians_of_people(table.cube.dimensions, [np.repeat([0, 1], [20, 60])],
                                    np.array([*[3.0, 4, 4] * 6, 4, 4, *[7, 8, 6] * 20]), )  # fmt: skip
        result = protect_means(table, replace(given_, medians=medians), replace(INTERNAL, k=k))
        median = result.means.cube.cell({"g": "g0", "measure": "median"})
        assert (median.value == 4) == shows
        assert shows or median.reason is Reason.SUPPRESSED

    def test_a_rule_that_hides_nothing_shows_everything(self):
        assert self.result(OPEN).means.report.hidden == 0

    def test_means_are_never_added(self):
        assert not any(d.summable for d in self.result().means.dimensions)
        assert self.result().means.report.protected == ""

    def test_without_a_spread_there_is_no_interval(self):
        table, given_ = answered([[3.0, 4] * 10, [7.0, 8, 6] * 8])
        means = protect_means(table, replace(given_, deviation=None), INTERNAL).means
        low = means.dimension("measure").position("low")
        assert (means.statuses[:, low] == Reason.NOT_AVAILABLE).all()

    def test_the_interval_tells_no_groups_own_spread(self):
        """Two groups with one mean, one all alike: the intervals do not tell which."""
        table, given_ = answered([[5.0] * 20, [0.0, 10] * 10, [4, 6] * 20])
        measures = protect_means(table, given_, INTERNAL).means
        assert np.array_equal(measures.values[0], measures.values[1])

    def test_the_order_of_categories_never_shows(self):
        made, cube, given_ = people(4, [4, 3], 250)
        first = protect_means(CountTable(cube), given_, INTERNAL)
        turned = tuple(replace(d, categories=d.categories[::-1]) for d in made)
        flipped = Contributions(
            TEN, given_.sums[::-1, ::-1], given_.largest[::-1, ::-1],
            None if given_.smallest is None else given_.smallest[::-1, ::-1], given_.deviation,
        )  # fmt: skip
        again = protect_means(CountTable(Cube.of_values(turned, cube.values[::-1, ::-1])), flipped, INTERNAL)
        assert np.array_equal(again.means.values[::-1, ::-1], first.means.values, equal_nan=True)


@pytest.mark.parametrize("scale", [TEN, Scale(1, 5), Scale(0, None)], ids=["0-10", "1-5", "without end"])
@pytest.mark.parametrize("seed", range(5))
def test_no_secret_sum_follows_from_people_times_means(seed: int, scale: Scale):
    """He subtracts bases and sums, and knows between which ends each person answered."""
    _, cube, given_ = people(seed, [4, 3], 160, scale)
    try:
        result = protect_means(CountTable(cube), given_, INTERNAL, decimals=EXACT)
    except RefusedToPublish:
        return
    check_secrets(result, eye_of(result, scale))


@pytest.mark.parametrize("seed", range(5))
def test_nor_for_one_who_has_every_count(seed: int):
    _, cube, given_ = people(seed, [4, 3], 220)
    rule = replace(INTERNAL, zeros=Zeros.SECONDARY)
    try:
        result = protect_means(CountTable(cube), given_, rule, decimals=EXACT, counts_known=True)
    except RefusedToPublish:
        return
    check_secrets(result, eye_of(result, TEN, cube), counts_known=True)


@pytest.mark.parametrize("seed", range(3))
def test_nor_in_three_dimensions_with_zeros_always_shown(seed: int):
    _, cube, given_ = people(seed, [3, 3, 2], 300)
    try:
        result = protect_means(CountTable(cube), given_, replace(INTERNAL, zeros=Zeros.SHOWN), decimals=EXACT)
    except RefusedToPublish:
        return
    eye = eye_of(result, TEN)
    hidden = np.isnan(result.counts.values.ravel())
    rows = rows_of(cube)[hidden]
    eye.knows_at_least(np.hstack([rows, np.zeros_like(rows)]), np.ones(len(rows)))
    check_secrets(result, eye)


def check_secrets(result: ProtectedMeans, eye: Eye, *, counts_known: bool = False) -> None:
    rows = rows_of(result.counts.cube)
    none = np.zeros(rows.shape[1])
    assert secret_cells(result)
    for cell in secret_cells(result):
        people_, sum_ = np.concatenate([rows[cell], none]), np.concatenate([none, rows[cell]])
        for secret in [sum_] if counts_known else [people_, sum_]:
            assert not eye.is_a_sum_of_what_is_shown(secret)
            low, high = eye.between(secret)
            assert high - low >= 1 - 1e-6


def test_means_hidden_by_themselves_are_undone():
    """What the rest of the method is for: only the telling means hidden, an attacker has them back."""
    table, given_ = answered([[0.0] * 29 + [1], [5.0, 6] * 20, [7.0, 8] * 20])
    prepared = prepare(table)
    telling = prepared.to_cube_order(telling_means(magnitudes(prepared, given_), INTERNAL))
    assert telling.tolist() == [True, False, False, False]
    rows, counts = rows_of(table.cube), table.cube.values
    eye = Eye(rows.shape[1])
    sums = np.array([1.0, 220, 300, 521])
    eye.knows(rows[~telling], sums[~telling])
    assert eye.is_a_sum_of_what_is_shown(row(table.cube, [{"g": "g0"}]))
    result = protect_means(table, given_, INTERNAL)
    assert np.isnan(result.counts.values).sum() >= 2
    assert counts[0] == 30


@pytest.mark.parametrize("seed", range(6))
def test_nor_can_he_come_as_close_to_a_sum_as_the_p_per_cent_rule_forbids(seed: int):
    """Absence in hours, say: a few have nearly all of it."""
    scale = Scale(0, None)
    _, cube, given_ = people(seed, [4, 4], 420, scale)
    table = CountTable(cube)
    try:
        result = protect_means(table, given_, INTERNAL, decimals=EXACT)
    except RefusedToPublish:
        return
    eye = eye_of(result, scale)
    rows, prepared = rows_of(cube), prepare(table)
    largest = magnitudes(prepared, given_).top[..., 0]
    for cell in secret_cells(result):
        codes = [d.codes[at] for d, at in zip(cube.dimensions, np.unravel_index(cell, cube.shape), strict=True)]
        first = largest[tuple(axis.positions[code] for axis, code in zip(prepared.axes, codes, strict=True))]
        low, high = eye.between(np.concatenate([np.zeros(rows.shape[1]), rows[cell]]))
        assert high - low >= INTERNAL.dominance / 100 * first - 1e-6
