"""How the room talks, and notes put into groups: by the facilitator, seen by all, and nothing is lost by it."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from dialogues.models import Cluster, Dialogue, Note
from dialogues.services.clusters import MOST, cluster_make
from dialogues.services.holding import dialogue_finish
from dialogues.services.joining import device_join
from dialogues.services.notes import note_add, note_agree, note_change
from tests.conftest import client_of
from tests.dialogues import at_work, fresh_key, make_dialogue
from tests.world import World

JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def dialogue(world: World) -> Dialogue:
    with at_work(world):
        return make_dialogue(world, begun=True, title="Meningsfull fritid")


def address(name: str, dialogue: Dialogue, **more: Any) -> str:
    return reverse(name, kwargs={"slug": "alvik", "dialogue_id": dialogue.pk, **more})


def written(world: World, dialogue: Dialogue, *texts: str) -> list[Note]:
    with at_work(world):
        return [note_add(dialogue=dialogue, kind="idea", text=text, write_key=fresh_key()).note for text in texts]


def log(world: World, dialogue: Dialogue, after: int | None = None) -> dict[str, Any]:
    more = {} if after is None else {"efter": after}
    found: dict[str, Any] = client_of(world, "olle").get(address("note-list", dialogue), more, **JSON).json()
    return found


def test_everyone_is_told_how_to_talk_and_for_how_long(world: World, dialogue: Dialogue) -> None:
    fia = client_of(world, "fia")
    answer = fia.post(address("dialogue-talk", dialogue), {"talk": "pairs", "bild": "4"})
    assert answer.status_code == 302 and answer.url.endswith("?bild=4")
    found = log(world, dialogue)
    assert found["talk"] == "pairs" and found["talk_ends_at"]
    assert "Prata två och två" in fia.get(address("dialogue-wall", dialogue)).content.decode()
    fia.post(address("dialogue-talk", dialogue), {"talk": "all"}, **JSON)
    assert log(world, dialogue)["talk_ends_at"] is None, "together lasts as long as it lasts"
    with at_work(world):
        dialogue_finish(dialogue=dialogue, by=world.alma)
    assert log(world, dialogue)["talk"] == ""


def test_a_way_of_talking_that_is_unknown_or_too_early_is_refused_in_words(
    world: World, dialogue: Dialogue
) -> None:
    fia = client_of(world, "fia")
    refused = fia.post(address("dialogue-talk", dialogue), {"talk": "sing"}, **JSON)
    assert refused.status_code == 422 and "var för sig" in refused.json()["error"]
    with at_work(world):
        planned = make_dialogue(world)
    refused = fia.post(address("dialogue-talk", planned), {"talk": "alone"}, **JSON)
    assert refused.json()["error"] == "Starta dialogen först."


def test_ticked_notes_come_into_a_group_that_everyone_sees(world: World, dialogue: Dialogue) -> None:
    first, second, third = written(world, dialogue, "Öppet på söndagar", "Öppet på lov", "Fler ledare")
    before, alma = log(world, dialogue)["change"], client_of(world, "alma")
    page = address("note-groups", dialogue)
    chosen = {"note": [str(first.pk), str(second.pk), "x"], "to": "new", "title": " Öppet  oftare "}
    answer = alma.post(page, chosen, follow=True)
    assert "2 anteckningar flyttade." in answer.content.decode()
    found = log(world, dialogue, before)
    assert {note["text"]: note["cluster"] for note in found["notes"]} == {
        "Öppet på söndagar": "Öppet oftare",
        "Öppet på lov": "Öppet oftare",
    }
    assert "Öppet oftare" in client_of(world, "olle").get(address("dialogue-log", dialogue)).content.decode()
    with at_work(world):
        group = Cluster.objects.get()
    alma.post(page, {"note": str(third.pk), "to": str(group.pk)})
    alma.post(page, {"note": str(first.pk), "to": "none"})
    with at_work(world):
        assert {note.text for note in group.notes.all()} == {"Öppet på lov", "Fler ledare"}


def test_a_group_without_a_name_is_asked_for_one_and_the_ticks_stay(world: World, dialogue: Dialogue) -> None:
    (note,) = written(world, dialogue, "Öppet på lov")
    answer = client_of(world, "alma").post(
        address("note-groups", dialogue), {"note": str(note.pk), "to": "new", "title": " "}
    )
    page = answer.content.decode()
    assert answer.status_code == 422 and "Ge gruppen ett namn först." in page
    assert f'value="{note.pk}" id="n-{note.pk}" form="grouping" checked' in page


def test_groups_are_renamed_raised_and_undone_and_no_note_is_lost(world: World, dialogue: Dialogue) -> None:
    (note,) = written(world, dialogue, "Öppet på lov")
    with at_work(world):
        cluster_make(dialogue=dialogue, title="Först", by=world.alma)
        group = cluster_make(dialogue=dialogue, title="Sedan", by=world.alma)
        assert cluster_make(dialogue=dialogue, title="SEDAN", by=world.alma) == group
    alma = client_of(world, "alma")
    alma.post(address("note-groups", dialogue), {"note": str(note.pk), "to": str(group.pk)})
    alma.post(address("cluster-raise", dialogue, cluster_id=group.pk))
    alma.post(address("cluster-change", dialogue, cluster_id=group.pk), {"title": "Öppettider"})
    with at_work(world):
        assert [one.title for one in Cluster.objects.all()] == ["Öppettider", "Först"]
    assert log(world, dialogue)["notes"][0]["cluster"] == "Öppettider"
    alma.post(address("cluster-remove", dialogue, cluster_id=group.pk))
    assert [(one["text"], one["cluster"]) for one in log(world, dialogue)["notes"]] == [("Öppet på lov", "")]


def test_there_is_an_end_to_groups(world: World, dialogue: Dialogue) -> None:
    with at_work(world):
        for number in range(MOST):
            cluster_make(dialogue=dialogue, title=f"Grupp {number}", by=world.alma)
    answer = client_of(world, "alma").post(address("note-groups", dialogue), {"to": "new", "title": "En till"})
    assert answer.status_code == 422 or not answer.content  # an empty log has no bar to say it beside
    with at_work(world):
        assert Cluster.objects.count() == MOST


def test_sorting_or_agreeing_while_somebody_writes_makes_no_second_note(world: World, dialogue: Dialogue) -> None:
    (note,) = written(world, dialogue, "Öppet på lov")
    seen = note.version
    with at_work(world):
        device_join(dialogue=dialogue)
        note_agree(note=note, device=dialogue.devices.get(), agrees=True)
    client_of(world, "alma").post(
        address("note-groups", dialogue), {"note": str(note.pk), "to": "new", "title": "Tid"}
    )
    with at_work(world):
        said = note_change(note=note, text="Öppet alla lov", version=seen, write_key=fresh_key())
        assert not said.is_beside
        assert [(one.text, one.agreed) for one in Note.objects.all()] == [("Öppet alla lov", 1)]


def test_a_note_that_reads_as_one_person_is_kept_and_questioned(world: World, dialogue: Dialogue) -> None:
    written(world, dialogue, "En elev i 9B på Alviksskolan", "Många i åk 9")
    assert [note["may_be_about_one"] for note in log(world, dialogue)["notes"]] == [True, False]
    page = client_of(world, "olle").get(address("dialogue-log", dialogue)).content.decode()
    assert page.count("data-note-one>") == 1, "shown at the one, hidden at the other"


def test_three_hundred_notes_cost_no_more_statements_than_three(
    world: World, dialogue: Dialogue, django_assert_max_num_queries: Any
) -> None:
    written(world, dialogue, *(f"Tanke {number}" for number in range(300)))
    fia = client_of(world, "fia")
    for name in ("dialogue-log", "note-groups", "dialogue-summary", "note-list"):
        with django_assert_max_num_queries(12 + 9):  # nine of transaction, scope and session
            assert fia.get(address(name, dialogue)).status_code == 200
