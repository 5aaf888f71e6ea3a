"""Where a day lies along time: by year, quarter, month, and several years in one step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from datasets.charts import Selection, build_chart, is_after, is_before, place_of_day, with_mark
from datasets.charts.spec import ChartSpec, Place
from datasets.disclosure import AggregationRule, Sensitivity, Zeros, protect
from tests.dialogues import QUERY, years_by_gender

YEARS = ("2019", "2020", "2021")


def along(*codes: str) -> ChartSpec:
    rule = AggregationRule(Sensitivity.OPEN, k=0, share_base=0, mean_base=0, zeros=Zeros.SHOWN)
    spec = build_chart(protect(years_by_gender(), rule), Selection.from_query(QUERY), lang="sv")
    return replace(spec, x=replace(spec.x, places=tuple(Place(code, code) for code in codes)))


@pytest.mark.parametrize(
    ("codes", "day", "place"),
    [
        (YEARS, date(2020, 6, 1), 1),
        (YEARS, date(2018, 12, 31), None),
        (YEARS, date(2022, 1, 1), None),
        (("2019", "2021", "2023"), date(2022, 5, 1), 1),
        (("2020K1", "2020K2", "2020K3"), date(2020, 6, 30), 1),
        (("2020M01", "2020M02"), date(2020, 2, 1), 1),
        (("2020-11", "2020-12"), date(2020, 11, 30), 0),
        (("2016/2018", "2019/2021"), date(2020, 1, 1), 1),
        (("före", "efter"), date(2020, 1, 1), None),
    ],
)
def test_the_step_of_a_day(codes: tuple[str, ...], day: date, place: int | None) -> None:
    assert place_of_day(along(*codes), day) == place


def test_the_step_of_the_start_itself_is_neither_before_nor_after() -> None:
    spec, day = along(*YEARS), date(2020, 9, 1)
    assert [is_before(spec, place, day) for place in range(3)] == [True, False, False]
    assert [is_after(spec, place, day) for place in range(3)] == [False, False, True]


def test_a_mark_beyond_the_figures_is_not_drawn() -> None:
    spec = along(*YEARS)
    assert with_mark(spec, date(2030, 1, 1), "Sedan").marks == ()
    (mark,) = with_mark(spec, date(2021, 1, 1), "Start").as_json()["marks"]
    assert mark == {"place": 2, "text": "Start"}
