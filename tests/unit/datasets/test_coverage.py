"""Which groups of young people a table tells of."""

from __future__ import annotations

import pytest

from datasets.cubes import Category, Dimension
from datasets.exploring.coverage import Group, coverage_of


def dimension(label: str, *categories: str, code: str = "d") -> Dimension:
    return Dimension(
        code, {"sv": label}, tuple(Category(f"c{n}", {"sv": one}) for n, one in enumerate(categories))
    )


@pytest.mark.parametrize(
    ("category", "groups"),
    [
        ("15–17 år", {Group.IN_SCHOOL}),
        ("16-19", {Group.IN_SCHOOL, Group.LEAVING_SCHOOL}),
        ("15–19 år", {Group.IN_SCHOOL, Group.LEAVING_SCHOOL}),
        ("16–24 år", {Group.FIRST_YEARS}),
        ("20–29 år", {Group.FIRST_YEARS, Group.SETTLING}),
        ("27 år", {Group.SETTLING}),
        ("18", {Group.LEAVING_SCHOOL}),
        ("15–29 år", set()),
        ("25+", set()),
        ("65 år och äldre", set()),
        ("totalt", set()),
    ],
)
def test_a_range_tells_of_the_bands_that_it_mostly_lies_in(category: str, groups: set[Group]) -> None:
    assert set(coverage_of([dimension("Åldersgrupp", category)])) == groups


def test_years_of_the_calendar_and_other_numbers_are_no_ages() -> None:
    assert not coverage_of([dimension("Tid", "2019", "2020"), dimension("Antal rum", "1–2", "15–17")])


def test_the_categories_are_kept_by_which_a_chart_can_show_the_group() -> None:
    told = coverage_of([dimension("ålder", "16 år", "17 år", "18 år")])[Group.IN_SCHOOL]
    assert told == {"d": ("c0", "c1")}


def test_those_outside_school_are_known_where_one_table_crosses_young_ages_with_neither_work_nor_study() -> None:
    work = dimension("Sysselsättning", "studerar", "varken arbetar eller studerar", code="work")
    young = coverage_of([work, dimension("Ålder", "15–17", "18–19", "20–24", code="age")])
    assert young[Group.OUTSIDE_SCHOOL] == {"age": ("c0", "c1"), "work": ("c1",)}
    assert Group.OUTSIDE_SCHOOL not in coverage_of([work, dimension("Ålder", "20–24", code="age")])
    assert Group.NEITHER in coverage_of([work])


def test_a_title_may_name_the_ages() -> None:
    assert set(coverage_of([], ["Invånare 20–24 år"])) == {Group.FIRST_YEARS}
    assert set(coverage_of([], ["Unga i aktivitetsansvaret"])) == {Group.OUTSIDE_SCHOOL}
    assert not coverage_of([], ["Utfall 2015-17 enligt plan"])
