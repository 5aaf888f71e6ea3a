"""Suggestions that fill themselves: roles by theme and goal, data that is here, a sentence for each chart."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from datasets.models import Dataset
from dialogues.content import find_theme, goals
from dialogues.models import Dialogue
from dialogues.selectors.preparing import missing_perspectives
from dialogues.services.preparing import participant_add
from tests.conftest import client_of
from tests.dialogues import add_slide, at_work, make_dataset, make_dialogue
from tests.world import World


@pytest.fixture
def dialogue(world: World) -> Dialogue:
    with at_work(world):
        return make_dialogue(world)


def address(name: str, dialogue: Dialogue, **more: Any) -> str:
    return reverse(name, kwargs={"slug": "alvik", "dialogue_id": dialogue.pk, **more})


def test_a_goal_asks_for_people_beside_the_theme_and_nobody_twice() -> None:
    theme = find_theme("school_attendance") or find_theme("leisure")
    for goal in goals():
        asked = [one.perspective for one in missing_perspectives(theme, goal, ())]
        assert len(asked) == len(set(asked))
        assert {one.perspective for one in goal.participants} <= set(asked)
    assert [one.perspective for one in missing_perspectives(None, goals()[2], ())] == [
        "management",
        "young_people",
    ]


def test_from_a_theme_to_a_list_and_a_deck_in_one_press(world: World, dialogue: Dialogue) -> None:
    with at_work(world):
        for number in range(4):
            make_dataset(f"Fritid {number}")
    client = client_of(world, "fia")
    assert address("dialogue-fill", dialogue) in client.get(address("dialogue-detail", dialogue)).content.decode()
    page = client.post(address("dialogue-fill", dialogue), follow=True).content.decode()
    assert 'name="day"' in page, "a day is what is left"
    with at_work(world):
        assert 0 < dialogue.participants.count() <= Dialogue.MOST_PARTICIPANTS
        assert not dialogue.participants.exclude(name="", email="").exists()
        slides = list(dialogue.slides.all())
        assert 0 < len(slides) <= Dialogue.MOST_CHARTS
        assert all(slide.looking_at for slide in slides), "each says what one is looking at"
    before = len(slides)
    client.post(address("deck-fill", dialogue))
    client.post(address("participants-fill", dialogue))
    again = client.get(address("dialogue-prepare", dialogue, step="vilka")).content.decode()
    assert "Lägg till alla föreslagna roller" not in again, "nobody is suggested twice"
    with at_work(world):
        assert dialogue.slides.count() <= Dialogue.MOST_CHARTS
        assert dialogue.slides.count() >= before


def test_what_a_neighbour_lets_the_region_read_is_not_put_in_our_deck(world: World, dialogue: Dialogue) -> None:
    with at_work(world, "bjorkvik"):
        theirs = make_dataset("Fritid i grannkommunen")
        Dataset.objects.filter(pk=theirs.pk).update(audience_id=world.region.members_audience)
        theirs.releases.update(audience_id=world.region.members_audience)
    with at_work(world):
        assert Dataset.objects.filter(pk=theirs.pk).exists(), "it can be read, and chosen by hand"
        make_dataset("Fritid hos oss")
    client = client_of(world, "fia")
    assert (
        "Fritid i grannkommunen"
        not in client.get(address("dialogue-prepare", dialogue, step="data")).content.decode()
    )
    client.post(address("dialogue-fill", dialogue))
    with at_work(world):
        assert [slide.chart.dataset.title for slide in dialogue.slides.all()] == ["Fritid hos oss"]


def test_every_place_is_named_in_one_go_and_the_invitation_is_asked_for(world: World, dialogue: Dialogue) -> None:
    with at_work(world):
        roles = ("Fältsekreterare", "Fritidschef", "Två unga")
        places = [participant_add(dialogue=dialogue, name="", role=role, by=world.alma) for role in roles]
    client, who = client_of(world, "fia"), address("dialogue-prepare", dialogue, step="vilka")
    page = client.get(who).content.decode()
    assert "0 hittade, 3 att hitta" in page, "a place that nobody fills is no person"
    named = {f"name_{one.pk.hex}": f"Person {number}" for number, one in enumerate(places[:2])}
    refused = client.post(who, named | {f"email_{places[2].pk.hex}": "nagon@example.org"})
    assert refused.status_code == 422 and "Skriv vems adressen är" in refused.content.decode()
    assert "Person 1" in refused.content.decode(), "what was written is kept"
    sent = named | {f"email_{places[0].pk.hex}": "leif@example.org", "onward": "1"}
    assert client.post(who, sent).url == address("dialogue-prepare", dialogue, step="data")
    with at_work(world):
        found = {one.role: (one.name, one.email) for one in dialogue.participants.all()}
        dialogue.starts_at, dialogue.place = timezone.now() + timedelta(days=3), "Biblioteket"
        dialogue.save()
        add_slide(dialogue, world)
    assert found == {
        "Fältsekreterare": ("Person 0", "leif@example.org"),
        "Fritidschef": ("Person 1", ""),
        "Två unga": ("", ""),
    }
    home = client.get(address("dialogue-detail", dialogue)).content.decode()
    assert "1 plats på listan saknar namn" in home, "ready to hold, and somebody is still to be found"
    assert "1 person på listan har inte fått någon inbjudan än" in home
    assert address("dialogue-invite", dialogue) in home


def test_those_of_the_last_time_come_along_in_one_press(world: World, dialogue: Dialogue) -> None:
    with at_work(world):
        participant_add(dialogue=dialogue, name="Leif", role="Fält", email="leif@example.org", by=world.alma)
        participant_add(dialogue=dialogue, name="", role="Två unga", by=world.alma)
        later = make_dialogue(world, title="Andra gången", previous=dialogue)
    client = client_of(world, "fia")
    assert (
        "Ta med dem den här gången också"
        in client.get(address("dialogue-prepare", later, step="vilka")).content.decode()
    )
    for _twice in range(2):
        client.post(address("participants-fill", later), {"who": "again"})
    with at_work(world):
        assert [(one.name, one.email) for one in later.participants.all()] == [("Leif", "leif@example.org")]
    page = client.get(address("dialogue-prepare", later, step="vilka")).content.decode()
    assert "Ta med dem den här gången också" not in page


def test_a_list_without_the_young_or_another_organisation_is_asked_about(world: World, dialogue: Dialogue) -> None:
    client = client_of(world, "fia")
    who = address("dialogue-prepare", dialogue, step="vilka")
    assert "Ingen här är ung" not in client.get(who).content.decode(), "an empty list is no mistake"
    with at_work(world):
        participant_add(dialogue=dialogue, name="Rektorn", perspective="education", by=world.alma)
    page = client.get(who).content.decode()
    assert "Ingen här är ung" in page
    assert "Alla kommer från kommunen" in page
    with at_work(world):
        participant_add(dialogue=dialogue, name="", role="Två unga", perspective="young_people", by=world.alma)
        participant_add(dialogue=dialogue, name="Per", organisation="Polisen", by=world.alma)
    page = client.get(who).content.decode()
    assert "Ingen här är ung" not in page
    assert "Alla kommer från kommunen" not in page


def test_a_sentence_is_proposed_for_a_chart_until_one_is_written(world: World, dialogue: Dialogue) -> None:
    with at_work(world):
        dataset = make_dataset("Trivs på fritiden")
    client = client_of(world, "fia")
    client.post(address("slide-add", dialogue), {"dataset": dataset.pk})
    data = address("dialogue-prepare", dialogue, step="data")
    page = client.get(data).content.decode()
    assert "Till exempel:" in page
    with at_work(world):
        slide = dialogue.slides.get()
    client.post(address("slide-describe", dialogue, slide_id=slide.pk), {"looking_at": "Unga över tid"})
    assert "Till exempel:" not in client.get(data).content.decode()
