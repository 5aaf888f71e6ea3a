"""What so many answers will probably show."""

import json

import pytest

from surveys.questionnaire import read
from surveys.questionnaire.reading import CONTENT
from surveys.results.forecast import Group, forecast, reach_of
from surveys.results.joint_forecast import joint_forecast

WELLBEING = read(json.loads((CONTENT / "wellbeing.json").read_text(encoding="utf-8")))
BREAKDOWNS = [question.code for question in WELLBEING.background]


def foreseen(answers, base=10, breakdowns=BREAKDOWNS):
    return forecast(WELLBEING, answers=answers, is_guess=False, base=base, breakdowns=breakdowns, lang="sv")


def groups_of(found, label):
    return next(breakdown.groups for breakdown in found.breakdowns if breakdown.label == label)


def test_twelve_answers_can_not_be_broken_down():
    found = foreseen(12)
    assert found.shown == ()
    assert [breakdown.label for breakdown in found.hidden][:2] == ["Ålder", "Kön"]


def test_sixty_answers_show_the_young_and_the_older():
    assert groups_of(foreseen(60), "Ålder") == (
        Group(("15–17 år", "18–19 år")),
        Group(("20–24 år", "25–29 år")),
    )


def test_many_answers_show_every_band():
    assert [group.parts for group in groups_of(foreseen(780), "Ålder")] == [
        ("15–17 år",), ("18–19 år",), ("20–24 år",), ("25–29 år",),
    ]  # fmt: skip


def test_a_stricter_rule_shows_no_more_groups():
    for answers in (30, 60, 120, 300):
        loose, strict = foreseen(answers), foreseen(answers, base=30)
        for before, after in zip(loose.breakdowns, strict.breakdowns, strict=True):
            assert len(after.groups) <= len(before.groups)


def test_only_what_the_rule_lists_is_foreseen():
    assert [breakdown.label for breakdown in foreseen(60, breakdowns=["gender"]).breakdowns] == ["Kön"]


def test_a_follow_up_counts_those_alone_who_are_asked():
    # About half are in school: of 60 that is 30, too few to tell attendance apart.
    assert groups_of(foreseen(60), "Närvaro i skolan") == ()


@pytest.mark.parametrize(("answers", "reach"), [(60, 13), (100, 10), (780, 4)])
def test_how_sure_a_share_of_half_is(answers, reach):
    assert reach_of(answers) == reach


NAMES = {"alvik": "Alvik", "bjorkvik": "Björkvik", "cedervik": "Cedervik", "dalvik": "Dalvik"}
LIVING = {"alvik": 6000.0, "bjorkvik": 3000.0, "cedervik": 900.0, "dalvik": 300.0}


def municipalities_foreseen(areas, living=LIVING, answers=200):
    return joint_forecast(names=NAMES, areas=areas, living=living, answers=answers, is_guess=False, base=10)


def test_small_municipalities_are_foreseen_with_their_neighbours():
    found = municipalities_foreseen([["alvik"], ["bjorkvik"], ["cedervik"], ["dalvik"]])
    assert found.alone == ("Alvik", "Björkvik") and found.together == (("Cedervik", "Dalvik"),)
    named = municipalities_foreseen([["alvik", "dalvik"], ["bjorkvik"], ["cedervik"]])
    assert named.alone == ("Björkvik", "Cedervik") and named.together == (("Alvik", "Dalvik"),)


def test_where_nobody_knows_how_many_live_there_all_are_alike():
    found = municipalities_foreseen([["alvik"], ["bjorkvik"], ["cedervik"], ["dalvik"]], living={"alvik": 6000.0})
    assert found.is_even and found.alone == tuple(NAMES.values())
