"""Releases of the same people, wave after wave, attacked together: no difference and no secret comes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from datasets.cubes import Category, Cube, Dimension, Role
from datasets.disclosure import (
    AggregationRule,
    ProtectedCube,
    RefusedToPublish,
    ReleasedTable,
    Sensitivity,
    Why,
    protect,
)
from datasets.disclosure.ledger.former import with_former_figures
from tests.attacks.disclosure.notebook import Notebook
from tests.unit.datasets.disclosure.making import (
    RULE,
    TOTAL,
    counted,
    dimension,
    plain_dimensions,
    some_people,
    whole_cube,
)

K = RULE.k
Leaves = Mapping[str, Sequence[str]]


def figures(cube: Cube) -> list[tuple[dict[str, str], float | None]]:
    """Every cell by its codes."""
    names = [own.code for own in cube.dimensions]
    return [(dict(zip(names, cell.codes, strict=True)), cell.value) for cell in cube.cells()]


class Reader:
    """Somebody with every wave in hand, who takes it that answers are only ever added.

    ``leaves``: by dimension, the groups of people that he tells apart; ``sums``: the categories that are others
    together. He thinks of how many there were in each group at first, and how many came with each wave.
    """

    def __init__(self, waves: int, leaves: Leaves, sums: Mapping[str, Mapping[str, Sequence[str]]]) -> None:
        self.leaves, self.sums = leaves, sums
        self.size = int(np.prod([len(own) for own in leaves.values()]))
        self.notebook = Notebook(waves * self.size)
        self.waves = waves

    def row(self, wave: int, cell: Mapping[str, str], since: int = 0) -> NDArray[np.float64]:
        """A cell at a wave, less what it was before another one."""
        inside = np.ones(1)
        for code, own in self.leaves.items():
            name = cell.get(code, TOTAL)
            parts = own if name == TOTAL else self.sums.get(code, {}).get(name, [name])
            inside = np.kron(inside, np.isin(own, list(parts)).astype(np.float64))
        return np.concatenate([inside if since <= at <= wave else np.zeros(self.size) for at in range(self.waves)])

    def read(self, wave: int, table: ProtectedCube) -> None:
        shown = [(cell, value) for cell, value in figures(table.cube) if value is not None]
        rows = np.array([self.row(wave, cell) for cell, _ in shown])
        self.notebook.exactly(sp.csr_matrix(rows), [value for _, value in shown])

    def knows(self, row: NDArray[np.float64]) -> bool:
        return self.notebook.range_of(row).is_exact


def attacked(tables: Sequence[ProtectedCube], truth: Sequence[Cube], reader: Reader) -> None:
    """Nothing that any wave protects comes out, and no small difference between two waves of a cell."""
    for wave, table in enumerate(tables):
        reader.read(wave, table)
    for wave, table in enumerate(tables):
        secret = table.report.protected_cells(table.values.shape).ravel()
        for (cell, _), is_secret in zip(figures(table.cube), secret, strict=True):
            assert not (is_secret and reader.knows(reader.row(wave, cell))), (wave, cell)
    for one, two in combinations(range(len(tables)), 2):
        before = {tuple(cell.items()): value for cell, value in figures(truth[one])}
        for cell, value in figures(truth[two]):
            change = (value or 0.0) - (before.get(tuple(cell.items())) or 0.0)
            if 0 < change < K:
                assert not reader.knows(reader.row(two, cell, since=one + 1)), (one, two, cell)


def in_turn(waves: Sequence[Cube], rule: AggregationRule = RULE) -> list[ProtectedCube]:
    """Each wave as it is published after those before it; one that is refused ends them."""
    out: list[ProtectedCube] = []
    for wave in waves:
        earlier = [ReleasedTable(table, str(number)) for number, table in enumerate(out)]
        try:
            out.append(protect(wave, rule, earlier=earlier))
        except RefusedToPublish:
            break
    return out


def grown(seed: int, sizes: Sequence[int], ends: Sequence[int]) -> tuple[list[Dimension], list[Cube]]:
    """A table published again each time when more answers have come."""
    made, people = plain_dimensions(sizes), some_people(seed, sizes, ends[-1], 0.8)
    return made, [counted(made, [column[:end] for column in people]) for end in ends]


def reader_of(made: Sequence[Dimension], waves: int) -> Reader:
    return Reader(waves, {one.code: one.leaves for one in made}, {})


def test_late_answers_leak_no_small_difference() -> None:
    """60 late answers among 6 000 would tell dozens of groups of one to four who came late."""
    made, waves = grown(4, [7, 4, 3], [5940, 6000])
    first, second = in_turn(waves)
    plain = np.abs(protect(waves[1], RULE).values - first.values)
    assert ((plain > 0) & (plain < K)).sum() > 30, "published apart the waves would tell"
    change = np.abs(second.values - first.values)
    assert not ((change > 0) & (change < K)).any()
    attacked([first, second], waves, reader_of(made, 2))
    assert (~np.isnan(second.values)).sum() > 5, "what nobody came to late, or many did, is shown"


@given(
    seed=st.integers(0, 10_000),
    sizes=st.sampled_from([(3, 2), (4, 3), (3, 3), (2, 2, 2)]),
    steps=st.lists(st.integers(1, 25), min_size=1, max_size=2),
    start=st.integers(30, 150),
)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
def test_waves_that_grow_give_nothing_away(
    seed: int, sizes: tuple[int, ...], steps: list[int], start: int
) -> None:
    ends = np.cumsum([start, *steps]).tolist()
    made, waves = grown(seed, sizes, ends)
    out = in_turn(waves)
    if len(out) > 1:
        attacked(out, waves[: len(out)], reader_of(made, len(out)))


@given(seed=st.integers(0, 10_000), moved=st.integers(1, 12))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
def test_a_correction_gives_nothing_away(seed: int, moved: int) -> None:
    """Some people are found to be of another group: nothing only grows, so each release stands by itself."""
    made, people = plain_dimensions([4, 3]), some_people(seed, [4, 3], 160, 0.8)
    again = [column.copy() for column in people]
    again[0][:moved] = (again[0][:moved] + 1) % 4
    waves = [counted(made, people), counted(made, again)]
    out = in_turn(waves)
    for one, two in pairwise(out):
        change = np.abs(two.values - one.values)
        assert not ((change > 0) & (change < K)).any()


def year_table(counts: Mapping[str, Sequence[int]]) -> Cube:
    """People by year and school; years are never added up."""
    schools = dimension("school", ["a", "b", "c", "d"])
    years = Dimension("year", {}, tuple(Category(year, {}) for year in counts), role=Role.TIME)
    values = np.array([[*row, sum(row)] for row in counts.values()], dtype=np.float64)
    return Cube.of_values((years, schools), values)


def test_a_corrected_year_leaves_the_others_as_firmly_tied() -> None:
    """2022 is corrected and 2023 is not: whoever reads both releases knows 2023 to be the same still."""
    first = protect(year_table({"2022": [20, 30, 40, 50], "2023": [3, 25, 31, 44]}), RULE)
    hidden = np.isnan(first.values[1])
    assert hidden.sum() == 2
    now = {"2022": [40, 30, 40, 50], "2023": [3, 25, 31, 44], "2024": [9, 8, 7, 6]}
    second = protect(year_table(now), RULE, earlier=[ReleasedTable(first, "1")])
    assert np.isnan(second.values[1]).tolist() == hidden.tolist(), "another pattern would give the 3 away"
    assert not np.isnan(second.values[2]).any()


def pooled(code: str, schools: Sequence[int]) -> Cube:
    years = Dimension("year", {}, (Category(code, {}),), role=Role.TIME)
    made = dimension("school", ["a", "b", "c", "d"])
    return Cube.of_values((years, made), np.array([[*schools, sum(schools)]], dtype=np.float64))


def test_pooled_years_do_not_undo_the_years() -> None:
    """The years were published with one cell hidden in each of two; their sum would give a difference away."""
    years = {"2021": [30, 25, 31, 44], "2022": [2, 25, 31, 44], "2023": [21, 25, 31, 44]}
    first = protect(year_table(years), RULE)
    together = np.array(list(years.values())).sum(axis=0)
    second = protect(pooled("2021-2023", together), RULE, earlier=[ReleasedTable(first, "1")])
    reader = Reader(
        1,
        {"year": list(years), "school": ["a", "b", "c", "d"]},
        {"year": {"2021-2023": list(years)}},
    )
    attacked([first], [year_table(years)], reader)
    reader.read(0, second)
    for (cell, _), is_secret in zip(
        figures(first.cube), first.report.protected_cells((3, 5)).ravel(), strict=True
    ):
        assert not (is_secret and reader.knows(reader.row(0, cell)))
    assert np.isnan(second.values[0, 0])


def test_years_do_not_undo_what_pooled_years_keep() -> None:
    first = protect(pooled("2022-2023", [3, 50, 62, 88]), RULE)
    years = {"2022": [0, 25, 31, 44], "2023": [3, 25, 31, 44]}
    second = protect(year_table(years), RULE, earlier=[ReleasedTable(first, "1")])
    reader = Reader(1, {"year": list(years), "school": ["a", "b", "c", "d"]}, {"year": {"2022-2023": list(years)}})
    reader.read(0, first)
    reader.read(0, second)
    assert not reader.knows(reader.row(0, {"year": "2022-2023", "school": "a"}))
    assert not reader.knows(reader.row(0, {"year": "2023", "school": "a"}))


def places(codes: Sequence[str], counts: Sequence[Sequence[int]], *, total: bool = False) -> Cube:
    """People by place and age."""
    made = [Category(code, {}) for code in codes]
    place = Dimension("region", {}, tuple(made), role=Role.GEO, summable=False)
    ages = dimension("age", ["15-19", "20-24"])
    values = np.array([[*row, sum(row)] for row in counts], dtype=np.float64)
    return Cube.of_values((place, ages), values)


def test_municipalities_and_their_county_are_one_system() -> None:
    """The county came first, with everything shown; then one municipality alone may not be hidden."""
    towns = ["9701", "9702", "9703"]
    counts = [[3, 60], [41, 52], [33, 47]]
    county = protect(places(["97", "98"], [[77, 159], [200, 300]]), RULE)
    assert not np.isnan(county.values).any()
    second = protect(places(towns, counts), RULE, earlier=[ReleasedTable(county, "1")])
    hidden = np.isnan(second.values[:, :2])
    assert hidden[0, 0]
    assert hidden[:, 0].sum() >= 2, "the county less the other two would be the one that is hidden"
    reader = Reader(1, {"region": [*towns, "98"], "age": ["15-19", "20-24"]}, {"region": {"97": towns}})
    reader.read(0, county)
    reader.read(0, second)
    assert not reader.knows(reader.row(0, {"region": "9701", "age": "15-19"}))


def by_age(groups: Mapping[str, int]) -> Cube:
    return whole_cube([dimension("age", list(groups))], np.array(list(groups.values())))


def test_groups_cut_anew_do_not_tell_the_years_between() -> None:
    """15-17 and 18-19 first, then 15-18 and 19: 15-18 less 15-17 would be the two who are 18."""
    first = protect(by_age({"15-17": 40, "18-19": 33}), RULE)
    assert not np.isnan(first.values).any()
    fine = protect(by_age({"15-17": 40, "18": 2, "19": 31}), RULE, earlier=[ReleasedTable(first, "1")])
    assert np.isnan(fine.values[1:3]).all()
    anew = protect(
        by_age({"15-18": 42, "19": 31}), RULE, earlier=[ReleasedTable(first, "1"), ReleasedTable(fine, "2")]
    )
    assert np.isnan(anew.values[:2]).all()


def test_three_states_are_held_against_one_another() -> None:
    """The second correction brings the first figures back: they are the same state, and known again."""
    made = plain_dimensions([3, 2])
    a = whole_cube(made, np.array([[2, 40], [50, 60], [70, 80]]))
    b = whole_cube(made, np.array([[22, 60], [70, 80], [90, 99]]))
    first, second, third = in_turn([a, b, a])
    reader = reader_of(made, 1)
    reader.read(0, first)
    reader.read(0, third)
    assert not reader.knows(reader.row(0, {"d0": "a", "d1": "a"}))
    assert np.isnan(second.values[0, 0])


def test_a_release_of_another_kind_of_people_of_the_same_total_is_no_contradiction() -> None:
    """Two files said to count the same people, whose figures differ: each is a state of its own."""
    one = whole_cube(plain_dimensions([3]), np.array([10, 20, 30]))
    two = whole_cube(plain_dimensions([3]), np.array([40, 26, 90]))
    first = protect(one, RULE)
    second = protect(two, RULE, earlier=[ReleasedTable(first, "1")])
    assert not np.isnan(second.values).any()


def test_what_another_tenant_hides_stays_hidden_where_it_can() -> None:
    """The region's report is not ours to read: what it hides is hidden here too, unless it is out already."""
    made = plain_dimensions([3, 2])
    cube = whole_cube(made, np.array([[3, 40], [50, 60], [70, 80]]))
    region = protect(cube, RULE)
    as_read = region.select({})
    ours = protect(cube, RULE, earlier=[ReleasedTable(as_read, "region 1")])
    assert (np.isnan(ours.values) >= np.isnan(region.values)).all()


def test_what_was_out_before_another_tenant_hid_it_does_not_stop_us() -> None:
    made = plain_dimensions([3, 2])
    cube = whole_cube(made, np.array([[3, 40], [50, 60], [70, 80]]))
    strict = AggregationRule(Sensitivity.INTERNAL, k=45, share_base=0)
    mine = protect(whole_cube(made[:1], np.array([43, 110, 150])), RULE)
    region = protect(whole_cube(made[:1], np.array([43, 110, 150])), strict).select({})
    assert not np.isnan(mine.values).any()
    assert np.isnan(region.values).any()
    ours = protect(cube, RULE, earlier=[ReleasedTable(mine, "1"), ReleasedTable(region, "2")])
    assert np.isnan(ours.values[0, 0])


@pytest.mark.parametrize("here", ["9701", "9702"])
def test_a_regions_table_meets_a_municipalitys_own(here: str) -> None:
    """The region shows municipality by age; a municipality, whose tables name no place, has age by gender."""
    region = protect(places(["9701", "9702"], [[44, 60], [41, 52]]), RULE).select({})
    own = {"9701": [[3, 41], [30, 30]], "9702": [[2, 39], [26, 26]]}[here]
    made = [dimension("age", ["15-19", "20-24"]), dimension("gender", ["f", "m"])]
    earlier = [ReleasedTable(region, "region 1", place="97", here=here)]
    table = protect(whole_cube(made, np.array(own)), RULE, earlier=earlier)
    assert np.isnan(table.values[0]).sum() >= 2, (
        "15-19 is known from the region, so one hidden cell would be given"
    )


def test_a_municipalitys_own_table_meets_the_regions() -> None:
    made = [dimension("age", ["15-19", "20-24"]), dimension("gender", ["f", "m"])]
    own = protect(whole_cube(made, np.array([[3, 41], [30, 30]])), RULE)
    earlier = [ReleasedTable(own.select({}), "9701 1", place="9701", here="97")]
    place = Dimension("region", {}, (Category("9701", {}), Category("9702", {})), role=Role.GEO)
    leaves = np.array([[[3, 41], [30, 30]], [[40, 39], [26, 26]]])
    values = np.stack([whole_cube(made, one).values for one in leaves])
    table = protect(Cube.of_values((place, *made), values), RULE, earlier=earlier)
    hidden = np.isnan(own.values)
    assert (np.isnan(table.values[0]) >= hidden).all()


def test_a_stricter_rule_over_figures_that_are_out_is_refused_with_their_names() -> None:
    cube = whole_cube(plain_dimensions([3, 2]), np.array([[6, 40], [50, 60], [70, 80]]))
    first = protect(cube, RULE)
    with pytest.raises(RefusedToPublish) as refused:
        protect(
            cube,
            AggregationRule(Sensitivity.INTERNAL, k=10, share_base=0),
            earlier=[ReleasedTable(first, "1")],
        )
    assert refused.value.reasons[0].why is Why.EARLIER_REVEALS
    assert refused.value.reasons[0].cells == ("d0=a, d1=a",)


def test_figures_that_are_no_counts_are_left_aside() -> None:
    """A share that somebody released of the same people is no number of people, and stops nothing."""
    from datasets.disclosure import pass_through

    made: list[Any] = plain_dimensions([3])
    percents = pass_through(Cube.of_values(made, np.array([12.5, 30.1, 57.4, 100.0])))
    table = protect(whole_cube(made, np.array([3, 20, 30])), RULE, earlier=[ReleasedTable(percents, "1")])
    assert np.isnan(table.values[0])


def test_a_figure_that_cannot_be_shown_again_stands_as_it_was_with_a_note() -> None:
    made = plain_dimensions([3])
    first = protect(whole_cube(made, np.array([20, 30, 40])), RULE)
    earlier = [ReleasedTable(first, "1")]
    second = with_former_figures(protect(whole_cube(made, np.array([22, 60, 70])), RULE, earlier=earlier), earlier)
    hidden = np.isnan(second.values)
    assert hidden[0] and not hidden.all(), "the cell itself stays hidden"
    (note,) = second.notes
    assert note.mandatory and "a: 20" in note.text["sv"] and "a: 20" in note.text["en"]
    assert "22" not in str(second.structure())
    third = with_former_figures(protect(whole_cube(made, np.array([2, 60, 70])), RULE), [])
    assert third.notes == ()
    # What this one hides was not shown by the second: the first one's figure stands still.
    again = [*earlier, ReleasedTable(second, "2")]
    last = with_former_figures(protect(whole_cube(made, np.array([23, 60, 70])), RULE, earlier=again), again)
    assert np.isnan(last.values[0]) and "a: 20" in last.notes[0].text["sv"]
