"""Voices beside an activity: chosen among those in use, and gone when they are."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from datasets.models import Voice
from datasets.reach import Reach
from datasets.services.voices import voice_withdraw
from dialogues.models import Activity, ActivityVoice
from tests.activities import make_activity
from tests.conftest import client_of
from tests.dialogues import at_work
from tests.knowledge import used_voice, waiting_voice
from tests.world import World

SAID, ALSO = "Kvällarna är längst när allt är stängt", "Bussen går hem för tidigt"


@pytest.fixture
def activity(world: World) -> Activity:
    with at_work(world):
        return make_activity(world, factors=["belonging"])


def spoken(world: World, text: str = SAID, **given: Any) -> Voice:
    return used_voice(world.alvik, world.olle, world.alma, text, **given)


def choose(world: World, activity: Activity, *voices: Voice, who: str = "olle", **query: str) -> Any:
    address = reverse("activity-voices", args=["alvik", activity.pk], query=query)
    return client_of(world, who).post(address, {"voices": [str(one.pk) for one in voices]}, follow=True)


def seen(world: World, activity: Activity, name: str = "activity-detail", **query: str) -> str:
    page = client_of(world, "olle").get(reverse(name, args=["alvik", activity.pk]), query)
    assert page.status_code == 200
    return str(page.content.decode())


def test_what_is_chosen_stands_on_the_page_and_goes_when_it_is_withdrawn(world: World, activity: Activity) -> None:
    said, also = spoken(world, year=2025, factors=["leisure"]), spoken(world, ALSO)
    offered = seen(world, activity, "activity-voices")
    assert offered.index(ALSO) < offered.index(SAID), "what is about the same thing comes first"
    shown = choose(world, activity, said).content.decode()
    assert SAID in shown and ALSO not in shown
    assert "checked" in seen(world, activity, "activity-voices").split(SAID)[0].rpartition("<input")[2]
    with at_work(world):
        voice_withdraw(voice=said, by=world.alma)
    assert SAID not in seen(world, activity)
    assert SAID not in seen(world, activity, "activity-voices")
    choose(world, activity, also)
    with at_work(world):
        assert [one.voice_id for one in ActivityVoice.objects.all()] == [also.pk]
    assert ALSO in seen(world, activity, "activity-voices", q="finns inte")


def test_only_what_a_second_person_has_read_can_be_chosen(world: World, activity: Activity) -> None:
    waiting = waiting_voice(world.alvik, world.olle, SAID)
    theirs = used_voice(world.bjorkvik, world.bo, world.rut, ALSO)
    shown = seen(world, activity, "activity-voices")
    assert SAID not in shown and ALSO not in shown
    for one in (waiting, theirs):
        refused = choose(world, activity, one)
        assert refused.status_code == 422 and ALSO not in refused.content.decode()
    with at_work(world):
        assert not ActivityVoice.objects.exists()


def test_a_shared_voice_is_chosen_until_it_is_shared_no_more(world: World, activity: Activity) -> None:
    theirs = used_voice(world.bjorkvik, world.bo, world.rut, ALSO, reach=Reach.MEMBERS)
    assert ALSO in choose(world, activity, theirs).content.decode()
    with at_work(world, "bjorkvik"):
        Voice.objects.filter(pk=theirs.pk).update(audience_id=world.bjorkvik.pk)
    assert ALSO not in seen(world, activity)


def test_five_are_enough(world: World, activity: Activity) -> None:
    many = [spoken(world, f"Röst nummer {number} om kvällarna") for number in range(6)]
    refused = choose(world, activity, *many)
    assert refused.status_code == 422 and "Fem röster räcker" in refused.content.decode()
    assert choose(world, activity, *many[:5]).content.decode().count("Röst nummer") == 5
