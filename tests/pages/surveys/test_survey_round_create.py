"""Planning a round: the form is filled in beforehand, and says what is wrong with what is changed."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from surveys.forms import next_monday
from surveys.models import SurveyRound
from tests.pages.surveys.conftest import at_work, closed, scheduled, words
from tests.rounds import plan_round
from tests.world import World


def filled(page: Any) -> dict[str, str]:
    """What the form holds when it comes: a person who changes nothing sends exactly this."""
    form = page.context["form"]
    return {field.html_name: str(field.value() or "") for field in form} | {
        name: re.search(rf'name="{name}" value="([^"]+)"', page.content.decode())[1]
        for name in ("opens_at", "closes_at")
    }


def only_round(world: World) -> SurveyRound:
    with at_work(world):
        return SurveyRound.objects.own().get()


def test_a_round_is_planned_without_changing_a_word(world: World, open_page: Any) -> None:
    data = filled(open_page("survey-round-create"))
    assert open_page("survey-round-create", data=data).status_code == 302

    made = only_round(world)
    opens = timezone.localtime(made.opens_at)
    assert (opens.weekday(), opens.hour, opens.minute) == (0, 9, 0)
    assert made.closes_at - made.opens_at == timedelta(weeks=4)
    assert made.state == "draft"
    assert made.asker == "Alviks kommun"
    assert set(made.what_happens) == {"sv", "en"}
    assert made.rule["threshold"] == 5
    assert made.rule["breakdowns"][0] == "age"


def test_the_next_round_takes_over_from_the_last(world: World, open_page: Any) -> None:
    before = closed(world, 25, contact="ungas.halsa@example.org")
    data = filled(open_page("survey-round-create"))
    assert data["contact"] == "ungas.halsa@example.org"
    assert data["expected_answers"] == "25"
    assert data["previous_round"] == str(before.pk)


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"closes_at": "2020-01-01T09:00"}, "The round must close after it opens."),
        ({"opens_at": "2020-01-01T09:00", "closes_at": "2020-02-01T09:00"}, "That time has passed."),
        ({"threshold": "4"}, "greater than or equal to 5"),
        ({"title": ""}, "This field is required."),
        ({"previous_round": "00000000-0000-0000-0000-000000000000"}, "Select a valid choice."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(
    world: World, open_page: Any, changed: dict[str, str], complaint: str
) -> None:
    data = filled(open_page("survey-round-create")) | changed
    answer = open_page("survey-round-create", data=data)
    assert answer.status_code == 422
    assert complaint in words(answer)
    with at_work(world):
        assert not SurveyRound.objects.own().exists()


def test_a_draft_is_changed(world: World, open_page: Any) -> None:
    draft = plan_round(world)
    changes = {"title": "Autumn", "threshold": "8", "expected_answers": ""}
    data = filled(open_page("survey-round-edit", draft)) | changes
    assert open_page("survey-round-edit", draft, data=data).status_code == 302
    changed = only_round(world)
    assert (changed.title, changed.rule["threshold"], changed.rule["base"]) == ("Autumn", 8, 16)
    assert changed.expected_answers is None


def test_the_smallest_group_is_never_lowered(world: World, open_page: Any) -> None:
    draft = plan_round(world, threshold=8)
    data = filled(open_page("survey-round-edit", draft)) | {"threshold": "7"}
    answer = open_page("survey-round-edit", draft, data=data)
    assert answer.status_code == 422
    assert "greater than or equal to 8" in words(answer)
    assert only_round(world).rule["threshold"] == 8


def test_an_announced_round_is_not_changed(world: World, open_page: Any) -> None:
    survey_round = scheduled(world)
    assert open_page("survey-round-edit", survey_round).status_code == 302
    data = {
        "title": "Sneaked in",
        "opens_at": "2030-01-01T09:00",
        "closes_at": "2030-02-01T09:00",
        "asker": "Somebody",
        "what_happens_sv": "Inget.",
        "threshold": "5",
    }
    open_page("survey-round-edit", survey_round, data=data)
    assert only_round(world).title == "Spring round"


def test_next_monday_is_by_the_clock_on_the_wall() -> None:
    sunday_before_summer_time = timezone.make_aware(datetime(2026, 3, 28, 12))
    monday = next_monday(sunday_before_summer_time)
    assert (monday.day, timezone.localtime(monday).hour) == (30, 9)
    assert next_monday(monday).day == 6
