"""The gate: what the rule hides, what is refused and in which words, and that order never shows through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datasets.cubes import Category, Cube, Dimension, Reason, Role
from datasets.disclosure import (
    AggregationRule,
    RefusedToPublish,
    Sensitivity,
    Why,
    Zeros,
    pass_through,
    protect,
)
from tests.unit.datasets.disclosure.making import (
    RULE,
    TOTAL,
    counted,
    dimension,
    plain_dimensions,
    some_people,
    whole_cube,
)

SHARES = AggregationRule.default(Sensitivity.INTERNAL)


def hidden_at(table: object, *codes: str) -> bool:
    """Whether a cell of a protected table is hidden."""
    cube = table.cube  # type: ignore[attr-defined]
    return bool(
        cube.cell(dict(zip((d.code for d in cube.dimensions), codes, strict=True))).reason is Reason.SUPPRESSED
    )


def some_table(seed: int = 2, number: int = 120, sizes: Sequence[int] = (4, 3)) -> Cube:
    return counted(plain_dimensions(sizes), some_people(seed, sizes, number))


def refusal(cube: Cube, rule: AggregationRule = RULE, **about: object) -> RefusedToPublish:
    with pytest.raises(RefusedToPublish) as refused:
        protect(cube, rule, **about)  # type: ignore[arg-type]
    assert len(refused.value.reasons) == 1
    return refused.value


class TestWhatTheRuleHides:
    @pytest.mark.parametrize(("count", "hides"), [(1, True), (4, True), (5, False), (0, False)])
    def test_counts_under_the_threshold(self, count: int, hides: bool):
        counts = np.array([[count, 90], [80, 70], [60, 50]])
        table = protect(whole_cube(plain_dimensions([3, 2]), counts), RULE)
        assert hidden_at(table, "a", "a") == hides

    def test_zeros_when_they_are_as_secret_as_ones(self):
        counts = np.array([[0, 90], [80, 70], [60, 50]])
        table = protect(whole_cube(plain_dimensions([3, 2]), counts), replace(RULE, zeros=Zeros.SENSITIVE))
        assert hidden_at(table, "a", "a")

    @pytest.mark.parametrize(("base", "hides"), [(9, True), (10, False)])
    def test_a_group_of_few_with_all_its_answers(self, base: int, hides: bool):
        """Eight of nine: no count is under five but the complement, and the share is hidden all the same."""
        counts = np.array([[base, 40, 50], [0, 30, 60]])
        made = [dimension("q", ["yes", "no"]), dimension("g", ["a", "b", "c"])]
        table = protect(whole_cube(made, counts), SHARES, over="q")
        for answer in ("yes", "no", TOTAL):
            assert hidden_at(table, answer, "a") == hides

    def test_what_is_left_out_of_the_base_counts_not_towards_it(self):
        counts = np.array([[6, 40, 50], [6, 30, 60], [8, 20, 20]])
        made = [dimension("q", ["yes", "no", "none"]), dimension("g", ["a", "b", "c"])]
        whole = whole_cube(made, counts)
        assert not hidden_at(protect(whole, replace(SHARES, share_base=12), over="q"), "yes", "a")
        table = protect(whole, replace(SHARES, share_base=13), over="q", leave_out=["none"])
        assert hidden_at(table, "yes", "a")

    @pytest.mark.parametrize(
        ("having", "lacking", "hides"), [(40, 0, True), (40, 4, True), (0, 40, True), (40, 5, False)]
    )
    def test_a_group_that_is_nearly_all_alike_in_what_is_sensitive(self, having: int, lacking: int, hides: bool):
        """0 % and 100 %: the often and the always together."""
        often = having // 2
        counts = np.array([[often, 40, 44], [having - often, 42, 50], [lacking, 61, 70]])
        made = [dimension("q", ["often", "always", "never"]), dimension("g", ["a", "b", "c"])]
        rule = replace(SHARES, tau=5, k=3, share_base=0)
        table = protect(whole_cube(made, counts), rule, over="q", sensitive=[{"often", "always"}])
        shown = {code: not hidden_at(table, code, "a") for code in ("often", "always", "never", TOTAL)}
        both = shown["often"] and shown["always"]
        told = both or (shown["never"] and shown[TOTAL])
        assert told == (not hides)

    def test_only_declared_tables_are_shown(self):
        cube = some_table(1, 3000, (3, 3, 2))
        table = protect(cube, RULE, published=[{"d0", "d1"}, {"d2"}])
        statuses = table.statuses
        assert (statuses[:3, :3, :2] == Reason.NOT_AVAILABLE).all()
        assert not np.isnan(table.values[:3, :3, 2]).any()
        assert table.report.cells == 4 * 4 + 2

    def test_figures_are_rounded_last(self):
        table = protect(some_table(2, 900), replace(RULE, rounding=5))
        shown = table.values[~np.isnan(table.values)]
        assert (shown % 5 == 0).all()
        assert (table.statuses == Reason.ROUNDED).any()

    def test_a_hidden_nought_never_stands_under_a_shown_one(self):
        for seed in range(12):
            cube = counted(plain_dimensions([4, 4]), some_people(seed, [4, 4], 40, 0.3))
            try:
                values = protect(cube, RULE).values
            except RefusedToPublish:
                continue
            for margin, cells in [(values[:4, 4], values[:4, :4]), (values[4, :4], values[:4, :4].T)]:
                assert not np.isnan(cells[margin == 0]).any()


class TestWhatShowsInTheFigures:
    def test_a_total_that_nobody_declared_is_a_total_all_the_same(self):
        counts = np.array([3.0, 40, 50, 93])
        plain = Dimension("d", {"sv": "d"}, tuple(Category(c, {"sv": c}) for c in ("a", "b", "c", "t")))
        table = protect(Cube.of_values((plain,), counts), RULE)
        assert np.isnan(table.values).sum() >= 2

    def test_so_are_a_county_and_its_municipalities(self):
        codes = ["01", "0114", "0115", "0117", "02", "0201", "0202"]
        counts = np.array([103.0, 3, 40, 60, 95, 45, 50])
        plain = Dimension("geo", {"sv": "geo"}, tuple(Category(c, {"sv": c}) for c in codes), role=Role.GEO)
        table = protect(Cube.of_values((plain,), counts), RULE)
        assert np.isnan(table.values[:4]).sum() >= 2
        assert not np.isnan(table.values[4:]).any()

    def test_years_are_not_added_up(self):
        years = dimension("year", ["2021", "2022", "2023"], total=None, role=Role.TIME)
        cube = counted([years, dimension("d", ["a", "b"], total=None)], some_people(1, [3, 2], 40, 0.4))
        table = protect(cube, RULE)
        assert (np.isnan(table.values) == ((cube.values > 0) & (cube.values < 5))).all()


class TestOrder:
    @settings(max_examples=15, deadline=None)
    @given(st.integers(0, 10_000), st.randoms(use_true_random=False))
    def test_the_order_of_dimensions_and_categories_never_shows(self, seed: int, random: object):
        cube = some_table(seed, 100, (3, 4, 2))
        expected = protect_or_none(cube)
        axes = list(range(3))
        random.shuffle(axes)  # type: ignore[attr-defined]
        dimensions, values = [], cube.values.transpose(axes)
        for place, axis in enumerate(axes):
            made = cube.dimensions[axis]
            order = list(range(len(made)))
            random.shuffle(order)  # type: ignore[attr-defined]
            dimensions.append(replace(made, categories=tuple(made.categories[at] for at in order)))
            values = np.take(values, order, axis=place)
        turned = protect_or_none(Cube.of_values(tuple(dimensions), values))
        assert (expected is None) == (turned is None)
        if expected is None or turned is None:
            return
        back = turned.cube.select({d.code: d.codes for d in cube.dimensions})
        own = [back.axis(d.code) for d in cube.dimensions]
        assert back.values.transpose(own).tobytes() == expected.values.tobytes()
        assert turned.report.input_hash == expected.report.input_hash
        assert turned.report.audit == expected.report.audit

    def test_the_same_input_gives_the_same_bytes(self):
        one, two = protect(some_table(), RULE), protect(some_table(), RULE)
        assert one.content_hash == two.content_hash

    def test_every_order_of_linked_tables_gives_the_same(self):
        from datasets.disclosure import CountTable, protect_linked

        sizes = [3, 3, 3]
        made, people = plain_dimensions(sizes), some_people(5, sizes, 100)
        tables = [
            CountTable(counted([made[a], made[b]], [people[a], people[b]])) for a, b in ((0, 1), (0, 2), (1, 2))
        ]
        expected = protect_linked(tables, RULE)
        for order in permutations(range(3)):
            got = protect_linked([tables[at] for at in order], RULE)
            assert [got[order.index(at)].content_hash for at in range(3)] == [t.content_hash for t in expected]


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.integers(3, 8))
def test_a_larger_threshold_never_opens_a_primary(seed: int, k: int):
    cube = some_table(seed, 150, (3, 3))
    less, more = (protect_or_none(cube, replace(RULE, k=limit)) for limit in (k, k + 2))
    if less is None or more is None:
        return
    primary = less.report.protected_cells(less.values.shape)
    assert np.isnan(more.values[primary]).all()


class TestRefused:
    def test_what_is_no_count(self):
        for odd in (2.5, -1.0):
            values = some_table(2, 900).values.copy()
            values[0, 0] = odd
            refused = refusal(Cube.of_values(plain_dimensions([4, 3]), values))
            assert refused.reasons[0].why is Why.NOT_COUNTS
            assert refused.reasons[0].cells == ("d0=a, d1=a",)

    def test_parts_that_do_not_add_up(self):
        values = some_table(2, 900).values.copy()
        values[0, 3] += 1
        refused = refusal(Cube.of_values(plain_dimensions([4, 3]), values))
        assert refused.reasons[0].why is Why.MARGINS_DIFFER
        assert "d0=a, d1=total" in str(refused)
        assert f"{values[0, 3]:.0f}" not in str(refused)

    def test_counts_that_are_missing(self):
        values = some_table(2, 900).values.copy()
        values[0, 0] = np.nan
        refused = refusal(Cube.of_values(plain_dimensions([4, 3]), values))
        assert refused.reasons[0].why is Why.MISSING_COUNTS
        assert refused.reasons[0].cells == ("d0=a, d1=a",)

    def test_a_missing_count_that_is_nobody_stays_missing(self):
        counts = np.array([[0, 40, 50], [30, 60, 70]])
        whole = whole_cube(plain_dimensions([2, 3]), counts)
        values = whole.values.copy()
        values[0, 0] = np.nan
        table = protect(Cube.of_values(whole.dimensions, values, missing=Reason.NOT_APPLICABLE), RULE)
        assert table.statuses[0, 0] == Reason.NOT_APPLICABLE

    def test_too_many_dimensions_at_once(self):
        refused = refusal(some_table(1, 500, (2, 2, 2)), replace(RULE, max_dimensions=2))
        assert refused.reasons[0].why is Why.TOO_MANY_DIMENSIONS
        declared = [{"d0", "d1"}, {"d0", "d2"}]
        protect(some_table(1, 500, (2, 2, 2)), replace(RULE, max_dimensions=2), published=declared)

    def test_groups_so_small_that_nothing_would_be_left(self):
        assert refusal(some_table(1, 4)).reasons[0].why is Why.NOTHING_LEFT

    def test_names_that_the_table_does_not_have(self):
        cube = some_table()
        for about in (
            {"over": "q"},
            {"over": "d0", "leave_out": ["z"]},
            {"repeats": ["q"]},
            {"published": [{"q"}]},
        ):
            assert refusal(cube, **about).reasons[0].why is Why.UNKNOWN_DIMENSION

    def test_shares_without_a_total(self):
        cube = counted(
            [dimension("q", ["a", "b"], total=None), *plain_dimensions([2])], some_people(1, [2, 2], 90)
        )
        assert refusal(cube, over="q").reasons[0].why is Why.NO_TOTAL

    def test_a_table_too_large_to_protect(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr("datasets.disclosure.tables.table.MOST_CELLS", 10)
        assert refusal(some_table()).reasons[0].why is Why.TOO_LARGE

    def test_every_reason_has_words_without_gaps(self):
        from datasets.disclosure import Refusal

        about = {"name": "x", "crossed": 3, "allowed": 2, "size": 1, "most": 2}
        for why in Why:
            text = Refusal(why, ("a=b",) * 8, about).text
            assert "{" not in text
            assert text.endswith(".")


class TestOpenStatistics:
    def test_pass_through_with_what_their_source_says(self):
        values = np.array([[1.5, np.nan], [0, 2]])
        cube = Cube.of_values(plain_dimensions([1, 1]), values, missing=Reason.CONFIDENTIAL)
        table = pass_through(cube)
        assert table.cube.equals(cube)
        assert table.report.hidden == 0

    def test_do_not_pass_under_a_rule_that_hides(self):
        with pytest.raises(ValueError, match="protect"):
            pass_through(some_table(), RULE)


def protect_or_none(cube: Cube, rule: AggregationRule = RULE) -> object:
    try:
        return protect(cube, rule, input_key=b"a key of the tests")
    except RefusedToPublish:
        return None
