"""Preparing: from a theme to ready to hold, every step with a default."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from dialogues.models import Dialogue, Participant, Slide
from portal.audit.models import AuditEvent
from tests.conftest import client_of
from tests.dialogues import FINDING, add_slide, at_work, make_chart, make_dataset, make_dialogue
from tests.world import World


@pytest.fixture
def dialogue(world: World) -> Dialogue:
    with at_work(world):
        return make_dialogue(world)


def address(name: str, dialogue: Dialogue, **more: Any) -> str:
    return reverse(name, kwargs={"slug": "alvik", "dialogue_id": dialogue.pk, **more})


def test_one_short_form_is_enough_to_hold_a_dialogue(world: World) -> None:
    client = client_of(world, "fia")
    made = client.post(reverse("dialogue-create", args=["alvik"]), {"theme": "leisure", "goal": "ideas"})
    assert made.status_code == 302
    page = client.get(made.url).content.decode()
    assert "En fritid som ger något" in page, "the title is proposed from the theme"
    with at_work(world):
        dialogue = Dialogue.objects.get()
    assert dialogue.facilitator == world.fia
    assert client.get(address("dialogue-present", dialogue)).status_code == 200, "nothing else is needed to begin"


def test_a_theme_of_ones_own_needs_a_title(world: World) -> None:
    answer = client_of(world, "fia").post(
        reverse("dialogue-create", args=["alvik"]), {"theme": "", "goal": "learn"}
    )
    assert answer.status_code == 422
    assert 'href="#id_title"' in answer.content.decode()


def test_an_empty_list_says_how_to_begin(world: World) -> None:
    url = reverse("dialogue-list", args=["alvik"])
    assert reverse("dialogue-create", args=["alvik"]) in client_of(world, "fia").get(url).content.decode()
    viewer = client_of(world, "vera").get(url).content.decode()
    assert reverse("dialogue-create", args=["alvik"]) not in viewer


def test_a_suggested_role_is_one_click_and_no_longer_missing(world: World, dialogue: Dialogue) -> None:
    client = client_of(world, "fia")
    who = address("dialogue-prepare", dialogue, step="vilka")
    assert 'value="young_people"' in client.get(who).content.decode()
    client.post(address("participant-add", dialogue), {"perspective": "young_people", "role": "Två unga"})
    page = client.get(who).content.decode()
    assert "Två unga" in page
    assert '<input type="hidden" name="perspective" value="young_people">' not in page


def test_the_eleventh_is_let_in_with_a_word_of_why_not(world: World, dialogue: Dialogue) -> None:
    client = client_of(world, "fia")
    for number in range(10):
        client.post(address("participant-add", dialogue), {"name": f"Person {number}"})
    assert "alert--mind" not in client.get(address("dialogue-prepare", dialogue, step="vilka")).content.decode()
    client.post(address("participant-add", dialogue), {"name": "Person elva"})
    page = client.get(address("dialogue-prepare", dialogue, step="vilka")).content.decode()
    assert "Person elva" in page
    assert "alert--mind" in page


def test_somebody_without_name_and_role_is_asked_for_one(world: World, dialogue: Dialogue) -> None:
    answer = client_of(world, "fia").post(address("participant-add", dialogue), {"email": "nobody@example.org"})
    assert answer.status_code == 422
    assert "nobody@example.org" in answer.content.decode(), "what was written is still there"


def test_a_guest_is_invited_by_mail_and_finds_the_dialogue(
    world: World, dialogue: Dialogue, run_jobs: Any
) -> None:
    client = client_of(world, "fia")
    client.post(address("participant-add", dialogue), {"name": "Polisen Per", "email": "Per@example.org"})
    with at_work(world):
        participant = Participant.objects.get()
    client.post(address("participant-invite", dialogue, participant_id=participant.pk))
    run_jobs()
    assert [message.to for message in mail.outbox] == [["per@example.org"]]
    again = client.post(address("participant-invite", dialogue, participant_id=participant.pk), follow=True)
    assert "alert--mind" in again.content.decode(), "a second press says that one is waiting"


def test_suggested_data_becomes_a_chart_in_the_deck(world: World, dialogue: Dialogue) -> None:
    with at_work(world):
        dataset = make_dataset("Trivs på fritiden")
    client = client_of(world, "fia")
    data = address("dialogue-prepare", dialogue, step="data")
    assert "Trivs på fritiden" in client.get(data).content.decode()
    client.post(address("slide-add", dialogue), {"dataset": dataset.pk})
    page = client.get(data).content.decode()
    assert FINDING in page, "the finding is said in words"
    assert f'value="{dataset.pk}"' not in page, "what is in the deck is not suggested again"


def test_the_same_chart_is_never_there_twice(world: World, dialogue: Dialogue) -> None:
    with at_work(world):
        chart = make_chart(make_dataset())
    client = client_of(world, "fia")
    client.post(address("slide-add", dialogue), {"chart": chart.pk})
    again = client.post(address("slide-add", dialogue), {"chart": chart.pk}, follow=True)
    assert "alert--mind" in again.content.decode()
    with at_work(world):
        assert Slide.objects.count() == 1


def test_the_thirteenth_chart_is_let_in_with_a_warning(world: World, dialogue: Dialogue) -> None:
    with at_work(world):
        dataset = make_dataset()
        charts = [make_chart(dataset, f"Bild {number}") for number in range(13)]
    client = client_of(world, "fia")
    data = address("dialogue-prepare", dialogue, step="data")
    for chart in charts[:12]:
        client.post(address("slide-add", dialogue), {"chart": chart.pk})
    client.get(data)
    assert "alert--mind" not in client.get(data).content.decode()
    client.post(address("slide-add", dialogue), {"chart": charts[12].pk})
    page = client.get(data).content.decode()
    assert "Bild 12" in page
    assert "alert--mind" in page


def test_a_deck_of_nothing_but_risk_gets_a_nudge(world: World, dialogue: Dialogue) -> None:
    with at_work(world):
        add_slide(dialogue, world, title="Stress", measures="risk")
    client = client_of(world, "fia")
    data = address("dialogue-prepare", dialogue, step="data")
    assert "alert--mind" in client.get(data).content.decode()
    with at_work(world):
        add_slide(dialogue, world, title="Glädje", measures="wellbeing")
    assert "alert--mind" not in client.get(data).content.decode()


def test_charts_are_ordered_by_buttons_and_by_dragging(world: World, dialogue: Dialogue) -> None:
    with at_work(world):
        dataset = make_dataset()
        for title in ("Ett", "Två", "Tre"):
            chart = make_chart(dataset, title)
            client_of(world, "fia").post(address("slide-add", dialogue), {"chart": chart.pk})
        slides = list(dialogue.slides.select_related("chart"))

    def order() -> list[str]:
        with at_work(world):
            return [slide.chart.title for slide in dialogue.slides.select_related("chart")]

    client = client_of(world, "fia")
    client.post(address("slide-move", dialogue, slide_id=slides[2].pk), {"to": "up"})
    assert order() == ["Ett", "Tre", "Två"]
    client.post(address("deck-order", dialogue), {"slide": [slides[1].pk, slides[0].pk]})
    assert order() == ["Två", "Ett", "Tre"], "a chart that the sender did not know of keeps its place at the end"
    client.post(address("slide-remove", dialogue, slide_id=slides[0].pk))
    assert order() == ["Två", "Tre"]


def test_a_cancelled_dialogue_is_not_held_until_it_is_planned_again(world: World, dialogue: Dialogue) -> None:
    client = client_of(world, "fia")
    client.post(address("dialogue-cancel", dialogue))
    begun = client.post(address("dialogue-begin", dialogue), follow=True)
    assert "alert--mind" in begun.content.decode()
    client.post(address("dialogue-plan-again", dialogue))
    client.post(address("dialogue-begin", dialogue))
    with at_work(world):
        dialogue.refresh_from_db()
    assert dialogue.state == Dialogue.State.ONGOING


def test_time_is_booked_in_the_readers_own_zone(world: World, dialogue: Dialogue) -> None:
    client = client_of(world, "fia")
    when = address("dialogue-prepare", dialogue, step="tid")
    client.post(when, {"day": "2027-03-10", "clock": "09:00", "minutes": "75"})
    assert 'value="09:00"' in client.get(when).content.decode()
    assert client.post(when, {"day": "i morgon", "clock": "09:00", "minutes": "75"}).status_code == 422
    assert client.post(when, {"day": "2027-03-10", "clock": "09:00", "minutes": "300"}).status_code == 422


def test_another_municipality_finds_nothing(world: World, dialogue: Dialogue) -> None:
    client = client_of(world, "bo")
    for name in ("dialogue-detail", "dialogue-log", "dialogue-summary", "note-list", "dialogue-present"):
        own = reverse(name, kwargs={"slug": "bjorkvik", "dialogue_id": dialogue.pk})
        assert client.get(own).status_code == 404
        assert client.get(address(name, dialogue)).status_code == 404


def test_a_chart_whose_figures_were_withdrawn_says_so(world: World, dialogue: Dialogue) -> None:
    with at_work(world):
        slide = add_slide(dialogue, world)
        type(slide.chart.dataset).objects.filter(pk=slide.chart.dataset_id).update(
            withdrawn_at=dialogue.created_at
        )
    client = client_of(world, "vera")
    for name in ("dialogue-present", "dialogue-summary", "dialogue-detail"):
        answer = client.get(address(name, dialogue))
        assert answer.status_code == 200
        assert FINDING not in answer.content.decode()


def test_the_audit_tells_who_prepared_but_never_what_was_written(world: World, dialogue: Dialogue) -> None:
    client_of(world, "fia").post(address("participant-add", dialogue), {"name": "Hemliga Hanna"})
    with at_work(world):
        events = AuditEvent.objects.filter(verb="dialogue.participant_added")
        [event] = events
    assert event.actor_id == world.fia.pk
    assert "Hanna" not in str(event.details)
