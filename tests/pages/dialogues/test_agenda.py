"""The agenda of one dialogue: kinds of meeting, points of one's own, and a kind word when it gets long."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from dialogues.content import LENGTHS
from dialogues.content.formats import format_agenda, formats
from dialogues.models import Dialogue, Note
from dialogues.preparing.agendas import agenda_of
from tests.conftest import client_of
from tests.dialogues import at_work, make_dialogue
from tests.world import World


@pytest.fixture
def dialogue(world: World) -> Dialogue:
    with at_work(world):
        return make_dialogue(world)


def address(name: str, dialogue: Dialogue, **more: Any) -> str:
    return reverse(name, kwargs={"slug": "alvik", "dialogue_id": dialogue.pk, **more})


def rows(*points: tuple[str, str], form: str = "dialogue") -> dict[str, Any]:
    return {
        "format": form,
        "key": ["" for _ in points],
        "title": [title for title, _ in points],
        "minutes": [minutes for _, minutes in points],
        "hint": ["" for _ in points],
        "notes": ["" for _ in points],
    }


def now(world: World, dialogue: Dialogue) -> Dialogue:
    with at_work(world):
        return Dialogue.objects.get(pk=dialogue.pk)


@pytest.mark.parametrize("one", formats(), ids=lambda one: one.key)
@pytest.mark.parametrize("minutes", LENGTHS)
def test_every_format_fills_its_time_and_takes_notes(one: Any, minutes: int) -> None:
    points = format_agenda(one.key, minutes)
    assert sum(point.minutes for point in points) == minutes
    kinds = {kind for point in points for kind in point.notes}
    assert "next_step" in kinds
    assert kinds <= {*Note.Kind.values, "next_step"}


def test_points_of_ones_own_are_on_the_clock_of_the_presenter(world: World, dialogue: Dialogue) -> None:
    client = client_of(world, "fia")
    sent = rows(("Fika", "10"), ("<i>Vår</i> fråga", "40"), ("", ""), ("Runda", "20"))
    assert client.post(address("dialogue-agenda", dialogue), sent).status_code == 302
    kept = now(world, dialogue)
    assert agenda_of(kept)[0].title["sv"] == "Fika"
    assert kept.minutes == 70
    page = client.get(address("dialogue-present", dialogue)).content.decode()
    assert "Fika" in page
    assert "&lt;i&gt;Vår&lt;/i&gt; fråga" in page
    log = client.get(address("dialogue-log", dialogue)).content.decode()
    assert 'id="data_wish"' in log, "every kind of note has its heading, whatever the agenda"


def test_a_standing_meeting_is_chosen_with_one_press_more(world: World, dialogue: Dialogue) -> None:
    client = client_of(world, "fia")
    page = client.get(address("dialogue-agenda", dialogue) + "?form=standing").content.decode()
    assert "Närvarande och frånvarande" in page
    assert now(world, dialogue).format == "dialogue", "looking changes nothing"
    points = [(one.title["sv"], str(one.minutes)) for one in format_agenda("standing", 90)]
    client.post(address("dialogue-agenda", dialogue), rows(*points, form="standing"))
    assert now(world, dialogue).format == "standing"
    assert "Resultat och mätningar" in client.get(address("dialogue-present", dialogue)).content.decode()


@pytest.mark.parametrize(
    "points",
    [[], [("", "10")], [("Fika", "tio")], [("Fika", "0")], [("A", "200"), ("B", "200")], [("A", "1")] * 16],
)
def test_an_agenda_that_cannot_be_held_is_sent_back_with_words(
    world: World, dialogue: Dialogue, points: list[tuple[str, str]]
) -> None:
    answer = client_of(world, "fia").post(address("dialogue-agenda", dialogue), rows(*points))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert now(world, dialogue).agenda == []


def test_over_ninety_minutes_two_talks_are_suggested(world: World, dialogue: Dialogue) -> None:
    client = client_of(world, "fia")
    client.post(address("dialogue-agenda", dialogue), rows(("Samtal", "90"), ("Mer samtal", "45")))
    when = address("dialogue-prepare", dialogue, step="tid")
    page = client.get(when).content.decode()
    assert "Två samtal med några dagar emellan" in page
    assert 'value="135"' in page
    client.post(when, {"day": "2027-03-10", "clock": "09:00", "minutes": "75"})
    kept = now(world, dialogue)
    assert (kept.minutes, kept.agenda) == (75, [])
    assert "Två samtal med några dagar" not in client.get(when).content.decode()
