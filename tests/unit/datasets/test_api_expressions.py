"""Which categories an expression means."""

from __future__ import annotations

import pytest

from datasets.api.expressions import BadExpression, UnknownValue, expand, split

PLACES = ("00", "01", "0114", "0186", "03", "0305")
YEARS = ("2019", "2020", "2021", "2022")


@pytest.mark.parametrize(
    "expression, meant",
    [
        ("*", PLACES),
        ("01*", ("01", "0114", "0186")),
        ("01??", ("0114", "0186")),
        ("*1*", ("01", "0114", "0186")),
        ("TOP(2)", ("00", "01")),
        ("top(2,1)", ("01", "0114")),
        ("BOTTOM(2)", ("03", "0305")),
        ("bottom(1,1)", ("03",)),
        ("RANGE(01,0186)", ("01", "0114", "0186")),
        ("from(03)", ("03", "0305")),
        ("TO(01)", ("00", "01")),
        ("top(99)", PLACES),
    ],
)
def test_expressions_mean_what_pxwebapi_says(expression: str, meant: tuple[str, ...]) -> None:
    assert tuple(expand([expression], PLACES)) == meant


def test_of_time_the_top_is_the_newest_in_the_order_of_time() -> None:
    assert expand(["TOP(2)"], YEARS, newest_last=True) == ["2021", "2022"]
    assert expand(["BOTTOM(1)"], YEARS, newest_last=True) == ["2019"]
    assert expand(["TOP(1,1)"], YEARS, newest_last=True) == ["2021"]


def test_several_mean_each_category_once_in_the_order_asked_for() -> None:
    assert expand(["0305", "01*", "01"], PLACES) == ["0305", "01", "0114", "0186"]


@pytest.mark.parametrize(
    "bad", ["TOP()", "TOP(x)", "TOP(1,2,3)", "RANGE(00)", "FROM(00,01)", "***", "SUM(00)", "TOP(-1)"]
)
def test_what_is_no_expression_is_told_apart_from_what_is_no_code(bad: str) -> None:
    with pytest.raises(BadExpression):
        expand([bad], PLACES)


@pytest.mark.parametrize("unknown", ["0188", "RANGE(00,99)", "from(7)", "'; DROP TABLE", "(0)x", ""])
def test_unknown_codes_are_refused(unknown: str) -> None:
    with pytest.raises(UnknownValue):
        expand([unknown], PLACES)


def test_commas_part_a_list_but_not_an_expression_or_a_code() -> None:
    codes = {code: at for at, code in enumerate(("01.1", "01.4,02,03.1", "x"))}
    assert split("01.1,x", codes) == ["01.1", "x"]
    assert split("01.4,02,03.1", codes) == ["01.4,02,03.1"]
    assert split("x,01.4,02,03.1,01.1", codes) == ["x", "01.4,02,03.1", "01.1"]
    assert split("[RANGE(01.1,x)],TOP(1,1)", codes) == ["RANGE(01.1,x)", "TOP(1,1)"]
    assert split("RANGE(01.1,x)", codes) == ["RANGE(01.1,x)"]
    assert split(" , ,", codes) == []


def test_a_code_that_looks_like_an_expression_is_a_code() -> None:
    assert expand(["*", "top(1)"], ("*", "top(1)", "a")) == ["*", "top(1)"]
    assert expand(["a?"], ("a?", "ab")) == ["a?"]


def test_long_patterns_of_stars_take_no_time() -> None:
    assert expand(["a" * 200 + "*" + "b" * 200 + "*"], ["a" * 400]) == []
