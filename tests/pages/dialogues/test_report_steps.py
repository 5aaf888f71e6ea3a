"""Where a round's report meets the dialogues: steps are offered, taken over as words, and told when they move."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from dialogues.models import Activity, Dialogue, NextStep
from dialogues.services.activities import activity_add, activity_move
from dialogues.services.following_up import next_step_add, next_step_update
from dialogues.services.holding import dialogue_begin
from dialogues.services.preparing import dialogue_create
from surveys.models import SurveyRound
from surveys.reporting_back.content import Content
from surveys.reporting_back.reading import report_of
from tests.conftest import client_of
from tests.pages.surveys.conftest import at_work, words
from tests.rules.matrix.reporting_back import told
from tests.world import World

STEP = "Prova en öppen kväll på gården"


@pytest.fixture
def survey_round(world: World) -> SurveyRound:
    """A round with public results and a report."""
    return told(world)


@pytest.fixture
def step(world: World) -> NextStep:
    """What a dialogue has decided."""
    with at_work(world):
        dialogue = dialogue_create(title="Ungas fritid", theme="leisure", goal="shared_picture", by=world.alma)
        dialogue_begin(dialogue=dialogue, by=world.alma)
        return next_step_add(
            dialogue=Dialogue.objects.get(pk=dialogue.pk), text=STEP, owner=world.alma, owner_name="Alma",
            due_on=None, write_key=uuid4(), by=world.alma,
        )  # fmt: skip


def editor(world: World, survey_round: SurveyRound, data: Any = None) -> Any:
    client = client_of(world, "alma")
    client.cookies["language"] = "en"
    address = reverse("round-report-edit", args=["alvik", survey_round.pk])
    return client.get(address) if data is None else client.post(address, data)


def test_a_step_is_offered_taken_over_as_words_and_offered_no_more(
    world: World, survey_round: SurveyRound, step: NextStep
) -> None:
    page = editor(world, survey_round)
    assert STEP in words(page) and "Ungas fritid" in words(page)
    sent = {bound.html_name: bound.value() or "" for bound in page.context["form"]}
    taken = f"{step.pk}|planned||{STEP}"
    assert f'value="{taken}"' in page.content.decode()
    assert editor(world, survey_round, {**sent, "take": taken}).status_code == 302
    with at_work(world):
        kept = Content.from_json(report_of(survey_round).content).steps
    assert [(one.text["sv"], one.origin) for one in kept] == [(STEP, str(step.pk))]
    assert "Take it in" not in words(editor(world, survey_round))


def test_a_step_that_has_moved_since_is_pointed_out_and_changes_nothing_by_itself(
    world: World, survey_round: SurveyRound, step: NextStep
) -> None:
    sent = {bound.html_name: bound.value() or "" for bound in editor(world, survey_round).context["form"]}
    editor(world, survey_round, {**sent, "take": f"{step.pk}|planned||{STEP}"})
    assert "is now marked" not in words(editor(world, survey_round))
    with at_work(world):
        next_step_update(step=step, to=NextStep.State.DONE, by=world.alma)
    assert "is now marked “Done”" in words(editor(world, survey_round))
    with at_work(world):
        assert Content.from_json(report_of(survey_round).content).steps[0].standing == "planned"


def test_a_dropped_step_is_not_offered(world: World, survey_round: SurveyRound, step: NextStep) -> None:
    with at_work(world):
        next_step_update(step=step, to=NextStep.State.DROPPED, by=world.alma)
    assert STEP not in words(editor(world, survey_round))


def test_an_activity_is_told_only_where_it_is_taken_in_and_says_when_it_moves(
    world: World, survey_round: SurveyRound
) -> None:
    with at_work(world):
        activity = activity_add(title="Öppet på söndagar", by=world.alma)
        dropped = activity_add(title="Nedlagd sak", by=world.alma)
        activity_move(activity=dropped, to=Activity.State.DROPPED, by=world.alma)
    page = editor(world, survey_round)
    taken = f"{activity.pk}|planned||Öppet på söndagar"
    assert f'value="{taken}"' in page.content.decode() and "Nedlagd sak" not in page.content.decode()
    sent = {bound.html_name: bound.value() or "" for bound in page.context["form"]}
    assert editor(world, survey_round, {**sent, "take": taken}).status_code == 302
    assert f'value="{taken}"' not in editor(world, survey_round).content.decode(), "offered once more"
    with at_work(world):
        kept = Content.from_json(report_of(survey_round).content).steps
        assert kept[-1].text["sv"] == "Öppet på söndagar"
        activity_move(activity=activity, to=Activity.State.ONGOING, by=world.alma)
    assert "now marked" in words(editor(world, survey_round))
