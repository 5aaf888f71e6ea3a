"""Breaks as people write them, and what measuring asks of a series."""

from __future__ import annotations

import pytest

from datasets.breaks import BreakError, Demand, demands_of, read_breaks, written_breaks
from datasets.breaks import break_json as as_json

WHOLE = {"unit": "elever", "definition": "Alla elever den 15 oktober.", "polarity": "none"}


def test_breaks_are_read_a_line_each_in_order_of_time() -> None:
    found = read_breaks("2019: ny fråga\n\n 2015K2 : nytt urval / new sample \n")
    assert [(one.period, dict(one.text)) for one in found] == [
        ("2015K2", {"sv": "nytt urval", "en": "new sample"}),
        ("2019", {"sv": "ny fråga"}),
    ]
    assert read_breaks("") == ()


def test_what_was_read_is_written_so_that_it_is_read_again() -> None:
    found = read_breaks("2015: nytt urval / new sample\n2019: ny fråga: andra ord")
    assert read_breaks(written_breaks([as_json(one) for one in found])) == found


@pytest.mark.parametrize(
    ("text", "line"),
    [("i fjol: nytt", 1), ("2015", 1), ("2015:", 1), ("2014: a\n2014: b", 2), ("2014: a\n2015 b", 2)],
)
def test_a_line_that_tells_of_no_break_is_named(text: str, line: int) -> None:
    with pytest.raises(BreakError) as raised:
        read_breaks(text)
    assert raised.value.line == line


def test_measuring_asks_for_what_is_missing_and_nothing_more() -> None:
    assert demands_of(WHOLE) == ()
    assert demands_of({}) == (Demand.UNIT, Demand.DEFINITION, Demand.POLARITY)
    assert demands_of({**WHOLE, "definition": "  "}) == (Demand.DEFINITION,)
    assert demands_of({**WHOLE, "polarity": "unsaid"}) == (Demand.POLARITY,)


def test_a_broken_series_is_whole_from_its_last_break() -> None:
    breaks = [{"period": "2015", "text": "ny fråga"}, {"period": "2019", "text": "nytt urval"}]
    broken = {**WHOLE, "breaks": breaks}
    assert demands_of(broken) == (Demand.WHOLE,)
    assert demands_of({**broken, "whole_from": "2015"}) == (Demand.WHOLE,)
    assert demands_of({**broken, "whole_from": "2019"}) == ()
