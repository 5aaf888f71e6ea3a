"""What the rule hides of itself, seen by an attacker: deep crossings, groups all alike, small bases, zeros."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datasets.cubes import Category, Cube, Dimension, Role
from datasets.disclosure import AggregationRule, CountTable, RefusedToPublish, Sensitivity, Zeros, protect, shares
from datasets.disclosure.primary import crosses_deeply, primary_cells
from datasets.disclosure.tables.table import prepare
from tests.unit.datasets.disclosure.eye import on_counts, row
from tests.unit.datasets.disclosure.making import TOTAL, counted, dimension, some_people, whole_cube

INTERNAL = AggregationRule.default(Sensitivity.INTERNAL)
DEEP = replace(INTERNAL, k=3, share_base=0, deep_base=30)
PLACE = dimension("geo", ["0114", "0115"], role=Role.GEO)
ANSWER = dimension("q", ["yes", "no", "none"])
GENDER = dimension("gender", ["girls", "boys"])


def protected_by_rule(table: CountTable, rule: AggregationRule) -> np.ndarray:
    """The cells that the rule protects, in the cube's order."""
    prepared = prepare(table)
    return prepared.to_cube_order(primary_cells(prepared, rule).cells)


class TestDeepCrossings:
    """Answers (3) × gender × place: girls in 0114 are 24, all other groups 60 and more."""

    counts = np.array([[[10, 40], [30, 40]], [[8, 50], [30, 50]], [[6, 9], [5, 7]]])
    cube = whole_cube([ANSWER, GENDER, PLACE], counts)

    def test_a_group_under_the_limit_falls_with_all_its_answers(self):
        marked = protected_by_rule(CountTable(self.cube, over="q"), DEEP)
        expected = np.zeros_like(marked)
        expected[:3, 0, 0] = True  # every answer of girls in 0114
        assert np.array_equal(marked, expected), "their number itself crosses the place with gender only"

    @pytest.mark.parametrize(("limit", "falls"), [(24, False), (25, True)])
    def test_the_limit_is_the_smallest_group_that_is_shown(self, limit: int, falls: bool):
        marked = protected_by_rule(CountTable(self.cube, over="q"), replace(DEEP, deep_base=limit))
        assert marked.any() == falls

    def test_answers_left_out_are_not_in_the_group(self):
        rule = replace(DEEP, deep_base=19)
        assert not protected_by_rule(CountTable(self.cube, over="q"), rule).any()
        assert protected_by_rule(CountTable(self.cube, over="q", leave_out=("none",)), rule)[:3, 0, 0].all()

    def test_without_answers_any_dimension_may_be_read_as_them(self):
        """Age × gender × place: the group is what is left when one of them is summed over."""
        counts = np.array([[[20, 90], [70, 80]], [[25, 90], [9, 80]]])
        # 0114: aged 17 are 34, whichever gender; girls are 45, boys 79, aged 16 are 90.
        expected = np.zeros((3, 3, 3), dtype=np.bool_)
        expected[1, :2, 0] = True
        dimensions = (dimension("age", ["16", "17"]), GENDER)
        for made in (dimensions, [replace(d, code=name) for d, name in zip(dimensions, "zy", strict=True)]):
            marked = protected_by_rule(CountTable(whole_cube([*made, PLACE], counts)), replace(DEEP, deep_base=40))
            assert np.array_equal(marked, expected), "in whatever order they come"

    def test_the_number_of_a_group_that_crosses_deeply_falls_with_it(self):
        """Answers × age × gender × place: who answered, less those who gave none, can be worked out too."""
        counts = np.array([[[[9, 40], [30, 40]]] * 2, [[[8, 50], [30, 50]]] * 2, [[[60, 9], [5, 7]]] * 2])
        cube = whole_cube([ANSWER, dimension("age", ["16", "17"]), GENDER, PLACE], counts)
        table = CountTable(cube, over="q", leave_out=("none",))
        primary = primary_cells(prepare(table), DEEP)
        assert protected_by_rule(table, DEEP)[3, :2, 0, 0].all()
        bases = [virtual for virtual in primary.virtual if virtual.name == "base"]
        assert [len(virtual.cells) for virtual in bases] == [2], "girls in 0114, of either age"

    def test_a_table_of_one_single_place_crosses_it_too(self):
        alone = dimension("geo", ["0114"], total=None, role=Role.GEO)
        cube = whole_cube([ANSWER, GENDER, alone], self.counts[..., :1])
        assert protected_by_rule(CountTable(cube, over="q"), DEEP)[:3, 0, 0].all()

    def test_time_and_measures_are_no_crossing(self):
        year = dimension("year", ["2025", "2026"], total=None, role=Role.TIME)
        counts = np.stack([self.counts.sum(axis=1) // 15 + 3] * 2, axis=-1)
        cube = whole_cube([ANSWER, PLACE, year], counts)
        assert not protected_by_rule(CountTable(cube, over="q"), DEEP).any()

    def test_whole_countries_cross_no_place(self):
        counts = np.array([[[3, 4], [3, 4]], [[3, 5], [4, 5]], [[6, 9], [5, 7]]])
        marked = protected_by_rule(CountTable(whole_cube([ANSWER, GENDER, PLACE], counts), over="q"), DEEP)
        assert marked[:3, :2, :2].all()
        assert not marked[:, :, 2].any()
        assert not marked[:, 2].any()

    def test_options_of_a_multiple_choice_ask_the_same_people(self):
        """Option × chosen × place is one question by place: the answer alone crosses it."""
        option = dimension("option", ["a", "b"], total=None)
        chosen = dimension("q", ["chosen", "not"])
        counts = np.array([[[9, 30], [12, 30]], [[10, 20], [11, 40]]])
        cube = whole_cube([option, chosen, PLACE], counts)
        assert not protected_by_rule(CountTable(cube, over="q", repeats=("option",)), DEEP).any()

    def test_the_attacker_finds_no_figure_of_the_group(self):
        table = protect(self.cube, DEEP, over="q")
        eye = on_counts(table.cube)
        for answer in ("yes", "no", "none"):
            low, high = eye.between(row(table.cube, [{"q": answer, "gender": "girls", "geo": "0114"}]))
            assert high - low >= 1

    def test_whether_a_cell_crosses_deeply_follows_its_codes(self):
        prepared = prepare(CountTable(self.cube, over="q"))
        deep = prepared.to_cube_order(crosses_deeply(prepared))
        for place in np.ndindex(deep.shape):
            codes = [d.codes[at] for d, at in zip(self.cube.dimensions, place, strict=True)]
            assert deep[place] == (TOTAL not in codes)


def groups(counts: Sequence[Sequence[int]]) -> Cube:
    """Answers often, always, never, none by group."""
    answers = dimension("q", ["often", "always", "never", "none"])
    return whole_cube([answers, dimension("g", [f"g{at}" for at in range(len(counts[0]))])], np.array(counts))


class TestGroupsAllAlike:
    rule = replace(INTERNAL, k=3, share_base=0, tau=5)

    @pytest.mark.parametrize(
        ("often", "always", "never", "is_secret"),
        [
            (20, 20, 0, True),  # 100 %
            (0, 0, 40, True),  # 0 %
            (20, 20, 4, True),
            (20, 20, 5, False),
            (4, 0, 40, True),
            (3, 3, 40, False),
        ],
    )
    def test_neither_side_is_told_of_a_group_all_alike(self, often: int, always: int, never: int, is_secret: bool):
        cube = groups([[often, 40, 44], [always, 42, 50], [never, 61, 70], [12, 15, 11]])
        table = protect(cube, self.rule, over="q", leave_out=["none"], sensitive=[{"often", "always"}])
        eye = on_counts(table.cube)
        having = [{"q": "often", "g": "g0"}, {"q": "always", "g": "g0"}]
        sides = {
            "having": row(table.cube, having),
            "lacking": row(table.cube, [{"g": "g0"}], [*having, {"q": "none", "g": "g0"}]),
        }
        for name, side in sides.items():
            low, high = eye.between(side)
            told = eye.is_a_sum_of_what_is_shown(side) or high - low < 1
            assert told == (not is_secret), name

    def test_the_complement_of_one_answer_of_two_is_the_other(self):
        cube = whole_cube([dimension("q", ["yes", "no"]), dimension("g", ["a", "b", "c"])],
                          np.array([[0, 40, 50], [40, 30, 60]]))  # fmt: skip
        table = protect(cube, self.rule, over="q", sensitive=[{"yes"}])
        assert np.isnan(table.cube.select({"g": ["a"]}).values[:2]).all(), "all forty answered no"

    def test_an_answer_left_out_counts_on_neither_side(self):
        """Forty often, none never, and twelve who gave no answer: those who answered are all alike."""
        cube = groups([[20, 40, 44], [20, 42, 50], [0, 61, 70], [12, 15, 11]])
        shown = protect(cube, self.rule, over="q", sensitive=[{"often", "always"}])
        told = protect(cube, self.rule, over="q", leave_out=["none"], sensitive=[{"often", "always"}])
        assert not np.isnan(shown.cube.select({"g": ["g0"]}).values).any(), "twelve of 52 are something else"
        assert np.isnan(told.cube.select({"g": ["g0"]}).values).any()

    @pytest.mark.parametrize("named", [["often", "always", "none"], ["always", "often"]])
    def test_a_combination_counts_its_answers_once_and_only_those_in_the_base(self, named: Collection[str]):
        cube = groups([[20, 40, 44], [20, 42, 50], [0, 61, 70], [12, 15, 11]])
        usual = protect(cube, self.rule, over="q", leave_out=["none"], sensitive=[{"often", "always"}])
        table = protect(cube, self.rule, over="q", leave_out=["none"], sensitive=[named])
        assert np.array_equal(np.isnan(table.values), np.isnan(usual.values))

    def test_a_category_named_with_one_of_its_parts_counts_it_once(self):
        made = dimension("q", ["often", "always", "never"], parents={"often": "much", "always": "much"})
        cube = whole_cube([made, dimension("g", ["a", "b"])], np.array([[10, 40], [10, 42], [15, 61]]))
        table = protect(cube, self.rule, over="q", sensitive=[{"much", "often"}])
        assert not np.isnan(table.values).any(), "twenty of 35, not thirty"

    def test_that_everyone_answered_something_is_no_secret(self):
        cube = groups([[20, 40, 44], [20, 42, 50], [9, 61, 70], [12, 15, 11]])
        table = protect(cube, self.rule, over="q", sensitive=[{"often", "always", "never", "none"}])
        assert not np.isnan(table.values).any()


class TestShares:
    def test_a_whole_per_cent_gives_away_no_numerator_that_is_hidden(self):
        """Of at most a hundred, a whole per cent is the count: it is shown where the count is, or nowhere."""
        for seed in range(6):
            cube = counted([ANSWER, dimension("g", ["a", "b", "c", "d"])], some_people(seed, [3, 4], 160, 0.7))
            table = protect(cube, INTERNAL, over="q")
            per_cent = np.rint(shares(table, "q").cube.select({"measure": ["share"]}).values[..., 0])
            count = table.cube.select({"q": ["yes", "no", "none"]}).values
            base = np.broadcast_to(table.cube.select({"q": [TOTAL]}).values, count.shape)
            told = ~np.isnan(per_cent)
            assert not np.isnan(count[told]).any()
            assert not np.isnan(base[told]).any()
            few = told & (base <= 100)
            assert np.array_equal(np.rint(per_cent[few] * base[few] / 100), count[few]), "so it must be so"

    def test_with_answers_left_out_the_base_is_as_hidden_as_its_parts(self):
        counts = np.array([[6, 40, 50], [6, 30, 60], [8, 20, 20]])
        cube = whole_cube([ANSWER, dimension("g", ["a", "b", "c"])], counts)
        rule = replace(INTERNAL, share_base=13)
        table = protect(cube, rule, over="q", leave_out=["none"])
        eye = on_counts(table.cube)
        for secret in (
            row(table.cube, [{"q": "yes", "g": "a"}]),
            row(table.cube, [{"q": "no", "g": "a"}]),
            row(table.cube, [{"g": "a"}], [{"q": "none", "g": "a"}]),
        ):
            low, high = eye.between(secret)
            assert high - low >= 1


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(list(Zeros)), st.sampled_from([0, 5]), st.booleans())
def test_a_hidden_nought_never_stands_under_a_shown_one(seed: int, zeros: Zeros, tau: int, deep: bool):
    """However zeros are treated, and whatever else hides them."""
    if zeros is Zeros.SHOWN:
        tau = 0
    sizes = [3, 2, 2]
    made = [dimension("q", ["often", "never", "none"]), GENDER, PLACE]
    cube = counted(made, some_people(seed, sizes, 90, 0.35))
    rule = replace(INTERNAL, zeros=zeros, tau=tau, deep_base=20 if deep else 0)
    try:
        values = protect(cube, rule, over="q", sensitive=[{"often"}] if tau else []).values
    except RefusedToPublish:
        return
    for axis in range(3):
        parts = np.take(values, range(sizes[axis]), axis=axis)
        margin = np.broadcast_to(np.take(values, [sizes[axis]], axis=axis), parts.shape)
        assert not np.isnan(parts[margin == 0]).any()
    if zeros is Zeros.SHOWN:
        assert not np.isnan(values[cube.values == 0]).any()
    if zeros is Zeros.SENSITIVE:
        assert np.isnan(values[cube.values == 0]).all()


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 60))
def test_a_larger_limit_never_opens_what_a_smaller_one_protects(seed: int, limit: int):
    cube = counted([ANSWER, GENDER, PLACE], some_people(seed, [3, 2, 2], 200))
    table = CountTable(cube, over="q", leave_out=("none",))
    less, more = (protected_by_rule(table, replace(DEEP, deep_base=base)) for base in (limit, limit + 10))
    assert (more | ~less).all()


def test_a_total_that_only_shows_in_the_figures_is_no_place():
    codes = ("00", "0114", "0115", "0117")
    country = Dimension("geo", {"sv": "geo"}, tuple(Category(c, {"sv": c}) for c in codes), role=Role.GEO)
    leaves = np.array([[[9, 40, 40], [9, 40, 40]], [[8, 40, 40], [8, 40, 40]]])
    values = np.concatenate([leaves.sum(axis=2, keepdims=True), leaves], axis=2)
    plain = whole_cube([dimension("q", ["yes", "no"]), GENDER], leaves.sum(axis=2))
    full = np.stack([whole_cube(plain.dimensions, values[..., at]).values for at in range(len(codes))], axis=-1)
    cube = Cube.of_values((*plain.dimensions, country), full)
    marked = protected_by_rule(CountTable(cube, over="q"), DEEP)
    assert marked[:2, :2, 1].all()
    assert not marked[..., 0].any()
