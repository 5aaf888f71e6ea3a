"""Purpose belongs to the use: which use of which data is allowed, cautioned or refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from datasets.uses import Answer, Purpose, Use, framing_for, use_verdict
from tests.lix import lix

ALLOWED, CAUTIONED, REFUSED = Answer.ALLOWED, Answer.CAUTIONED, Answer.REFUSED


@dataclass(frozen=True)
class Data:
    fit_for: tuple[int, ...] = (2,)
    measures: str = "context"
    framing: Mapping[str, str] = field(default_factory=dict)


# use, purpose                     fit for 1   2          3          1 and 3
TABLE = [
    (Use.CHART, 1, (ALLOWED, CAUTIONED, CAUTIONED, ALLOWED)),
    (Use.CHART, 2, (ALLOWED, ALLOWED, CAUTIONED, ALLOWED)),
    (Use.DECK, 1, (ALLOWED, CAUTIONED, CAUTIONED, ALLOWED)),
    (Use.DECK, 2, (ALLOWED, ALLOWED, CAUTIONED, ALLOWED)),
    (Use.DECK, 3, (CAUTIONED, CAUTIONED, ALLOWED, ALLOWED)),
    (Use.COMPARISON, 2, (ALLOWED, CAUTIONED, CAUTIONED, ALLOWED)),
    (Use.RANKING, 2, (ALLOWED, REFUSED, REFUSED, ALLOWED)),
    (Use.TARGET, 1, (ALLOWED, REFUSED, REFUSED, ALLOWED)),
    (Use.TARGET, 2, (REFUSED, REFUSED, REFUSED, REFUSED)),
    (Use.PUBLIC, 2, (ALLOWED, CAUTIONED, REFUSED, ALLOWED)),
    (Use.ACTIVITY, 3, (CAUTIONED, REFUSED, ALLOWED, ALLOWED)),
    (Use.ACTIVITY, 1, (REFUSED, REFUSED, REFUSED, REFUSED)),
]


@pytest.mark.parametrize(("use", "purpose", "answers"), TABLE)
def test_each_use_of_each_kind_of_data(use: Use, purpose: int, answers: tuple[Answer, ...]) -> None:
    for fit_for, answer in zip(((1,), (2,), (3,), (1, 3)), answers, strict=True):
        verdict = use_verdict(Data(fit_for), purpose, use, activity="Öppet längre på fritidsgården")
        assert verdict.answer is answer, fit_for
        assert bool(verdict.text("sv")) == bool(verdict.text("en")) == (answer is not ALLOWED)


def test_every_use_is_in_the_table() -> None:
    assert {use for use, _purpose, _answers in TABLE} == set(Use)


def test_following_up_names_its_activity() -> None:
    verdict = use_verdict(Data((3,)), Purpose.FOLLOW_UP, Use.ACTIVITY)
    assert verdict.is_refused
    assert "vilken aktivitet" in verdict.text("sv")


def test_a_goal_never_reaches_over_a_break() -> None:
    data = Data((1,))
    assert use_verdict(data, 1, Use.TARGET, since="2014", whole_from="2016").is_refused
    assert use_verdict(data, 1, Use.TARGET, since="2016", whole_from="2016").is_allowed
    compared = use_verdict(data, 1, Use.COMPARISON, since="2014", whole_from="2016")
    assert compared.answer is CAUTIONED
    assert "2016" in compared.text("en")


def test_what_is_refused_stays_refused_whatever_the_series() -> None:
    assert use_verdict(Data((2,)), 2, Use.RANKING, since="2014", whole_from="2016").is_refused


def test_only_risk_is_framed() -> None:
    assert "vad fungerar" in framing_for(Data(measures="risk"), "sv")
    assert "what works" in framing_for(Data(measures="risk"), "en")
    assert "what works" in framing_for(Data(measures="risk"), "so")
    own = {"sv": "Fråga vem som kom tillbaka.", "en": "Ask who came back."}
    assert framing_for(Data(measures="risk", framing=own), "sv") == own["sv"]
    for measures in ("wellbeing", "protective", "context"):
        assert framing_for(Data(measures=measures), "sv") == ""


def test_the_words_are_easy() -> None:
    said = {
        use_verdict(Data(fit), purpose, use).text("sv")
        for use, purpose, _answers in TABLE
        for fit in ((1,), (2,), (3,))
    }
    assert all(lix(text) <= 50 for text in said if text)
