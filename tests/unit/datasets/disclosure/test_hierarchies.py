"""Several hierarchies over one dimension, and different groupings of the same people in several tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest

from datasets.cubes import Category, Cube, Dimension, Role
from datasets.disclosure import CountTable, ProtectedCube, RefusedToPublish, Why, protect_linked
from datasets.disclosure.tables.axes import axis_of
from datasets.disclosure.tables.frames import choose_frames
from datasets.disclosure.tables.groupings import common_axes
from datasets.disclosure.tables.linking import link
from datasets.disclosure.tables.reconciling import reconciled
from datasets.disclosure.tables.spans import span_of
from datasets.disclosure.tables.table import prepare
from tests.unit.datasets.disclosure.making import RULE, TOTAL

YEARS = [str(year) for year in range(15, 25)]
BANDS = {"15-19": YEARS[:5], "20-24": YEARS[5:]}
OTHERS = {"15-17": YEARS[:3], "18-20": YEARS[3:6], "21-24": YEARS[6:]}
GENDERS = {"f": ["f"], "m": ["m"]}


def summed(code: str, groups: Mapping[str, Sequence[str]], **about: object) -> Dimension:
    """A dimension of some groups and their total."""
    codes = [*groups, TOTAL]
    made = Dimension(code, {"sv": code}, tuple(Category(c, {"sv": c}) for c in codes), summable=True, total=TOTAL)
    return replace(made, **about)  # type: ignore[arg-type]


def rows_of(groups: Mapping[str, Sequence[str]], lowest: Sequence[str]) -> np.ndarray:
    """Groups and their total × lowest parts."""
    return np.array([*[[part in parts for part in lowest] for parts in groups.values()], [True] * len(lowest)])


def table_of(people: np.ndarray, ages: Mapping[str, Sequence[str]], *, with_gender: bool = True) -> Cube:
    """People by year of age and gender, in groups of ages."""
    values = rows_of(ages, YEARS).astype(float) @ people
    if not with_gender:
        return Cube.of_values((summed("age", ages),), values.sum(axis=1))
    values = values @ rows_of(GENDERS, ["f", "m"]).astype(float).T
    return Cube.of_values((summed("age", ages), summed("gender", GENDERS)), values)


def given_away(tables: Sequence[ProtectedCube], ages: Sequence[Mapping[str, Sequence[str]]]) -> int:
    """How many protected cells one can pin down who has both tables and knows what each band counts."""
    known, values, asked = [], [], []
    for table, groups in zip(tables, ages, strict=True):
        rows = np.kron(rows_of(groups, YEARS), rows_of(GENDERS, ["f", "m"])).astype(float)
        shown = ~np.isnan(table.values.ravel())
        known.append(rows[shown])
        values.append(table.values.ravel()[shown])
        asked.append(rows[table.report.protected_cells(table.values.shape).ravel()])
    return sum(not people_can_differ(np.vstack(known), np.concatenate(values), row) for row in np.vstack(asked))


def people_can_differ(known: np.ndarray, values: np.ndarray, row: np.ndarray) -> bool:
    """Whether two tables of whole people fit that differ in one sum."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    found = []
    for sign in (1, -1):
        best = milp(
            sign * row,
            constraints=[LinearConstraint(known, values, values)],
            integrality=np.ones(len(row)),
            bounds=Bounds(0, np.inf),
        )
        if best.status == 3:
            return True
        assert best.success, best.message
        found.append(sign * best.fun)
    return bool(round(found[0]) != round(found[1]))


def some_ages(seed: int) -> np.ndarray:
    random = np.random.default_rng(seed)
    return random.multinomial(60, random.dirichlet(np.full(20, 0.7))).reshape(10, 2)


def protected_or_none(tables: Sequence[CountTable]) -> tuple[ProtectedCube, ...] | None:
    try:
        return protect_linked(tables, RULE)
    except RefusedToPublish as refused:
        assert refused.reasons[0].why is Why.NOTHING_LEFT, refused
        return None


class TestGroupingsOfTheSamePeople:
    @pytest.mark.parametrize("other", [OTHERS, {"15-17": YEARS[:3], "18-19": YEARS[3:5], "20-24": YEARS[5:]}])
    def test_together_they_give_nothing_away_that_apart_they_do(self, other: Mapping[str, Sequence[str]]):
        apart = together = seen = 0
        for seed in range(30):
            people = some_ages(seed)
            tables = [CountTable(table_of(people, ages)) for ages in (BANDS, other)]
            alone = [protected_or_none([table]) for table in tables]
            both = protected_or_none(tables)
            if None in alone or both is None:
                continue
            seen += 1
            apart += given_away([one[0] for one in alone if one], [BANDS, other])
            together += given_away(both, [BANDS, other])
        assert seen > 8
        assert apart > 0
        assert together == 0

    def test_the_order_of_tables_never_shows(self):
        people = some_ages(3)
        tables = [CountTable(table_of(people, ages)) for ages in (BANDS, OTHERS)]
        forth, back = protect_linked(tables, RULE), protect_linked(tables[::-1], RULE)
        assert [t.content_hash for t in forth] == [t.content_hash for t in back[::-1]]

    def test_a_band_and_its_years_are_one_figure(self):
        people = some_ages(5)
        years = {year: [year] for year in YEARS}
        bands, single = reconciled(
            [prepare(CountTable(table_of(people, ages, with_gender=False))) for ages in (BANDS, years)]
        )
        assert set(bands.keys) <= set(single.keys)
        universe = link([bands, single])
        row = universe.row_of["age\x1e15-19"]
        assert universe.counts[row] == people[:5].sum()
        assert not universe.relations.shape[0] or not (universe.relations @ universe.leaves).any()

    def test_the_coarser_table_is_summed_in_the_finer_ones_frame(self):
        people = some_ages(5)
        years = {year: [year] for year in YEARS}
        both = reconciled([prepare(CountTable(table_of(people, ages))) for ages in (BANDS, years)])
        assert {frame.size for frame in choose_frames(both)} == {20}

    def test_declared_groups_hold_though_only_one_table_tells_them(self):
        people = some_ages(7)
        named = {"young": YEARS[:5], "old": YEARS[5:]}
        told = {"age": {"young": YEARS[:5], "old": YEARS[5:]}}
        finer = CountTable(table_of(people, {year: [year] for year in YEARS}), groups=told)
        coarse, fine = reconciled([prepare(CountTable(table_of(people, named))), prepare(finer)])
        assert set(coarse.keys) <= set(fine.keys)

    def test_the_only_category_that_is_left_is_what_the_others_leave(self):
        one = {"young": YEARS[:5], "rest": YEARS[5:]}
        two = {"young": YEARS[:5], "middle": YEARS[5:8], "oldest": YEARS[8:]}
        people = some_ages(9)
        tables = reconciled([prepare(CountTable(table_of(people, ages))) for ages in (one, two)])
        assert set(tables[0].keys) <= set(tables[1].keys)

    def test_groupings_that_nobody_relates_are_refused_in_words(self):
        one = {"young": YEARS[:5], "old": YEARS[5:]}
        two = {"first": YEARS[:2], "second": YEARS[2:6], "third": YEARS[6:]}
        people = some_ages(1)
        with pytest.raises(RefusedToPublish) as refused:
            protect_linked([CountTable(table_of(people, ages)) for ages in (one, two)], RULE)
        assert refused.value.reasons[0].why is Why.UNRELATED_GROUPS
        assert "age=first" in str(refused.value)

    def test_what_codes_seem_to_tell_does_not_count_where_the_figures_differ(self):
        """A category called 1-2 that is not the sum of 1 and 2."""

        def made(codes: Sequence[str], values: Sequence[float]) -> CountTable:
            categories = tuple(Category(code, {"sv": code}) for code in codes)
            return CountTable(Cube.of_values((Dimension("d", {"sv": "d"}, categories),), np.array(values)))

        tables = [made(["1", "2"], [40.0, 50.0]), made(["1-2", "3"], [70.0, 30.0])]
        assert [t.values.tolist() for t in protect_linked(tables, RULE)] == [[40.0, 50.0], [70.0, 30.0]]

    def test_municipalities_and_their_county(self):
        def places(codes: Sequence[str], values: Sequence[float]) -> CountTable:
            categories = tuple(Category(code, {"sv": code}) for code in codes)
            made = Dimension("region", {"sv": "region"}, categories, role=Role.GEO)
            return CountTable(Cube.of_values((made,), np.array(values)))

        towns, _ = reconciled(
            [prepare(places(["0114", "0115", "0201"], [30, 3, 40])), prepare(places(["01", "02"], [33, 40]))]
        )
        assert "region\x1e01" in towns.keys
        protected = protect_linked(
            [places(["0114", "0115", "0201"], [30, 3, 40]), places(["01", "02"], [33, 40])], RULE
        )
        shown = [np.isnan(table.values).tolist() for table in protected]
        assert shown[0][1]
        assert shown[0][0] or shown[1][0]


class TestSpans:
    @pytest.mark.parametrize(
        ("code", "span"),
        [("15", (15, 15)), ("15-19", (15, 19)), ("15–19 år", (15, 19)), ("25+", (25, 10_000)), ("19-15", None)],
    )
    def test_what_a_code_tells(self, code: str, span: tuple[int, int] | None):
        assert span_of(code) == span
        assert span_of(f"x{code}") is None

    def test_groupings_that_cut_across_each_other_meet_in_common_parts(self):
        people = some_ages(2)
        axes = [prepare(CountTable(table_of(people, ages))).axes[0] for ages in (BANDS, OTHERS)]
        one, two = common_axes(axes)
        assert one.leaves == two.leaves == ("15-17", "18-19", "20", "21-24")
        assert dict(zip(one.codes, one.names, strict=True))["18-19"] == "18-19"
        assert one.counted("15-19") == {"15-17", "18-19"}


def place_dimension(**about: object) -> Dimension:
    categories = [Category("B", {}), Category("b1", {}, parent="B"), Category("b2", {}, parent="B")]
    categories += [Category("A", {}), Category("a1", {}, parent="A"), Category(TOTAL, {})]
    return replace(
        Dimension("region", {}, tuple(categories), summable=True, total=TOTAL),
        **about,  # type: ignore[arg-type]
    )


class TestSeveralHierarchies:
    VALUES = np.array([45.0, 15, 30, 20, 20, 65])

    def axis(self, groups: Mapping[str, Sequence[str]]) -> object:
        made = place_dimension()
        return axis_of(Cube.of_values((made,), self.VALUES), made, groups)

    def test_a_group_of_one_is_its_category(self):
        axis = self.axis({})
        names = dict(zip(axis.codes, axis.names, strict=True))  # type: ignore[attr-defined]
        assert names["A"] == names["a1"] == "a1"
        assert names[TOTAL] == ""

    def test_groups_may_overlap_and_be_groups_of_groups(self):
        categories = (*place_dimension().categories, Category("coast", {}), Category("all", {}))
        made = place_dimension(categories=categories)
        cube = Cube.of_values((made,), np.array([*self.VALUES, 35.0, 65.0]))
        axis = axis_of(cube, made, {"coast": ("b1", "A"), "all": ("A", "B")})
        assert axis.counted("coast") == {"a1", "b1"}
        assert axis.everyone == {TOTAL, "all"}
        hidden = protect_linked(
            [CountTable(cube, groups={"region": {"coast": ("b1", "A"), "all": ("A", "B")}})], RULE
        )
        assert not np.isnan(hidden[0].values).any()

    @pytest.mark.parametrize(
        "groups",
        [
            {"x": ("y",), "y": ("x",)},
            {"x": ("x", "b1")},
            {"B": ("b1", "a1")},
            {"A": ()},
            {"b1": ("B",)},
        ],
    )
    def test_loops_and_contradictions_are_refused(self, groups: Mapping[str, Sequence[str]]):
        with pytest.raises(RefusedToPublish) as refused:
            self.axis(groups)
        assert refused.value.reasons[0].why is Why.BROKEN_HIERARCHY
        assert refused.value.reasons[0].cells

    def test_a_hole_is_refused_by_its_code(self):
        with pytest.raises(RefusedToPublish) as refused:
            self.axis({"A": ("a1", "a2")})
        assert refused.value.reasons[0].why is Why.BROKEN_HIERARCHY

    def test_parts_that_another_table_shows_leave_the_category_whole(self):
        axis = self.axis({"a1": ("a11", "a12")})
        assert "a1" in axis.leaves  # type: ignore[attr-defined]
        assert axis.told == (("a1", frozenset({"a11", "a12"})),)  # type: ignore[attr-defined]

    def test_parts_that_do_not_add_up_are_named(self):
        made = place_dimension()
        values = self.VALUES.copy()
        values[0] += 1
        with pytest.raises(RefusedToPublish) as refused:
            protect_linked([CountTable(Cube.of_values((made,), values))], RULE)
        assert refused.value.reasons[0].why is Why.MARGINS_DIFFER
        assert refused.value.reasons[0].cells == ("region=B",)


class TestPriority:
    def hidden(self, **about: object) -> np.ndarray:
        groups = {code: [code] for code in "abcd"}
        counts = np.array([3.0, 30, 20, 40, 93])
        table = CountTable(Cube.of_values((summed("d", groups),), counts), **about)  # type: ignore[arg-type]
        return np.isnan(protect_linked([table], RULE)[0].values)

    def test_the_smallest_is_hidden_beside_a_small_one_unless_another_is_to_go_first(self):
        assert self.hidden().tolist() == [True, False, True, False, False]
        assert self.hidden(priority={"d": {"b": -1}}).tolist() == [True, True, False, False, False]

    def test_a_headline_is_kept(self):
        assert self.hidden(priority={"d": {"c": 1}}).tolist() == [True, True, False, False, False]

    def test_it_is_of_dimensions_that_the_table_has(self):
        with pytest.raises(RefusedToPublish) as refused:
            self.hidden(priority={"other": {"c": 1}})
        assert refused.value.reasons[0].why is Why.UNKNOWN_DIMENSION
