"""Whoever found a question heavy has somebody to turn to at any age and hour; old facts raise an alarm."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from surveys.support import Concern, Gap, alarms, gaps, lines_for, national, read_line, shown
from tests.lix import lix_of

TODAY = date(2026, 12, 1)


def keys(lines):
    return {line.key for line in lines}


def for_age(age):
    return keys(lines_for(national(), youngest=age, oldest=age, on=TODAY))


@pytest.mark.parametrize("age", range(15, 30))
def test_each_age_has_at_least_two_lines_and_two_round_the_clock(age):
    assert gaps(national(), TODAY, [age]) == ()


@pytest.mark.parametrize(
    ("line", "serves", "not_any_more"),
    [("bris", 17, 18), ("umo", 25, 26), ("jourhavande_kompis", 25, 26), ("hjalplinjen", 18, 17)],
)
def test_a_line_is_shown_to_those_it_serves(line, serves, not_any_more):
    assert line in for_age(serves)
    assert line not in for_age(not_any_more)


def test_a_band_of_ages_gets_every_line_that_serves_someone_in_it():
    band = keys(lines_for(national(), youngest=25, oldest=29, on=TODAY))
    assert "umo" in band
    assert "bris" not in band


def test_without_the_lines_round_the_clock_every_age_is_a_gap():
    by_day = [line for line in national() if not line.hours.is_always]
    assert [gap.age for gap in gaps(by_day, TODAY)] == list(range(15, 30))
    assert gaps([], TODAY, [20]) == (Gap(age=20, lines=0, always=0),)


def test_a_website_where_nobody_answers_does_not_count_as_someone_to_turn_to():
    umo = [line for line in national() if line.key == "umo"]
    assert gaps(umo, TODAY, [20])[0].lines == 0


def test_a_line_is_not_shown_before_its_day():
    later = replace(national()[0], valid_from=TODAY + timedelta(days=1))
    assert shown([later], TODAY) == ()
    assert shown([later], TODAY + timedelta(days=1)) == (later,)


def test_nobody_has_checked_the_lines_yet_and_the_alarm_says_so():
    assert {alarm.concern for alarm in alarms(national(), TODAY)} == {Concern.NEVER_CHECKED}
    assert len(alarms(national(), TODAY)) == len(national())


def test_a_check_grows_old_with_a_month_of_warning():
    line = replace(national()[0], checked_on=TODAY, expires_on=TODAY + timedelta(days=180))

    def concern(day):
        return [alarm.concern for alarm in alarms([line], TODAY + timedelta(days=day))]

    assert concern(0) == []
    assert concern(149) == []
    assert concern(150) == [Concern.EXPIRES_SOON]
    assert concern(180) == [Concern.EXPIRES_SOON]
    assert concern(181) == [Concern.EXPIRED]


def test_the_worst_alarm_comes_first():
    old = replace(national()[1], expires_on=TODAY - timedelta(days=1))
    assert alarms([national()[0], old], TODAY)[0].line == old


def test_an_old_entry_is_still_shown():
    old = replace(national()[0], expires_on=TODAY - timedelta(days=400))
    assert shown([old], TODAY) == (old,)


def test_numbers_can_be_dialled():
    tel = {line.key: line.tel for line in national()}
    assert tel["bris"] == "116111"
    assert tel["hjalplinjen"] == "90390"
    assert tel["jourhavande_medmanniska"] == "087021680"
    assert tel["umo"] is None


def test_every_line_says_whom_and_when_and_how_in_both_languages():
    for line in national():
        for text in (line.about, line.whom, line.hours.text):
            assert text["sv"] and text["en"]
        assert line.phone or line.url
        assert line.hours.is_always == ("Dygnet runt" in line.hours.text["sv"])


def test_the_words_are_plain():
    for line in national():
        assert lix_of([line.about["sv"], line.whom["sv"], line.hours.text["sv"]]) <= 35, line.key


@pytest.mark.parametrize(
    "spoil",
    [
        {"expires_on": "soon"},
        {"hours": {"spans": [{"days": ["someday"], "from": "09:00", "to": "17:00"}], "text": {"sv": "x"}}},
        {"hours": {"spans": [{"days": ["mon"], "from": "9", "to": "late"}], "text": {"sv": "x"}}},
    ],
)
def test_a_spoilt_entry_is_refused(spoil):
    sound = {
        "key": "local",
        "name": "Kuratorn",
        "organisation": "Kommunen",
        "about": {"sv": "Prata"},
        "phone": "010-000 00 00",
        "url": None,
        "chat": False,
        "ages": {"from": 15, "to": 29},
        "whom": {"sv": "Du"},
        "hours": {"text": {"sv": "Se webbplatsen"}},
        "languages": ["sv"],
        "source": None,
        "valid_from": "2026-01-01",
        "checked_on": "2026-11-01",
        "expires_on": "2027-05-01",
    }
    assert read_line(sound).serves(20)
    with pytest.raises(ValueError, match=r".+"):
        read_line({**sound, **spoil})
