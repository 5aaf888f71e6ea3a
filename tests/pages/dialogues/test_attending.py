"""A standing meeting: present and absent, who wrote and approved, its points in the room and the record."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import docx
import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from dialogues.models import Attendance, Dialogue, Participant
from dialogues.services.preparing import participant_add
from tests.conftest import client_of
from tests.dialogues import at_work, fresh_key, make_dialogue
from tests.pdf_ua import opened
from tests.world import World

WANTED = (
    "Rektor",
    "Kurator",
    "Två elever ur rådet",
    "Närvarande",
    "Frånvarande",
    "Sekreterare Siv",
    "Ordförande Ove",
    "Frånvaron minskar",
    "Lär oss om sömn",
    "Ny sal",
    "Åtgärder",
)
POINTS = ("Närvarande och frånvarande", "Resultat och mätningar", "Åtgärder", "Övrigt")


@pytest.fixture
def dialogue(world: World) -> Dialogue:
    with at_work(world):
        made = make_dialogue(world, begun=True)
        Dialogue.in_scope().filter(pk=made.pk).update(format="standing")
        for name, role in (("Rut Rektor", "Rektor"), ("Kim Kurator", "Kurator"), ("Per", "")):
            participant_add(dialogue=made, name=name, role=role, by=world.alma)
        return made


def address(name: str, dialogue: Dialogue, **more: Any) -> str:
    return reverse(name, kwargs={"slug": "alvik", "dialogue_id": dialogue.pk, **more})


def noted(world: World, dialogue: Dialogue, *names: str, **more: str) -> dict[str, Any]:
    """The form of attendance as it is sent."""
    with at_work(world):
        here = Participant.in_scope().filter(dialogue=dialogue, name__in=names)
        return {"present": [str(one.pk) for one in here], "others": "", "notes_by": "", **more}


def test_presence_and_approval_stand_on_the_page_in_the_record_and_in_the_archive(
    world: World, dialogue: Dialogue, run_jobs: Callable[[], list[str]]
) -> None:
    alma = client_of(world, "alma")
    sent = noted(world, dialogue, "Rut Rektor", others="Två elever ur rådet\n\n", notes_by="Sekreterare Siv")
    assert alma.post(address("dialogue-attendance", dialogue), sent).status_code == 302
    page = alma.get(address("dialogue-closing", dialogue)).content.decode()
    assert "Rut Rektor (Rektor), Två elever ur rådet" in page and "Sekreterare Siv" in page
    for kind, text in (("result", "Frånvaron minskar"), ("action", "Lär oss om sömn"), ("other", "Ny sal")):
        fields = {"kind": kind, "text": text, "write_key": fresh_key()}
        assert alma.post(address("note-add", dialogue), fields).status_code == 302
    alma.post(address("dialogue-finish", dialogue))
    alma.post(address("record-draft", dialogue), {"summary": ""})
    assert alma.post(address("notes-approve", dialogue), {"approved_by": "Ordförande Ove"}).status_code == 302
    alma.post(address("record-finish", dialogue))
    run_jobs()
    final = BeautifulSoup(
        alma.get(address("record-version", dialogue, number=1)).content, "html.parser"
    ).get_text()
    word = docx.Document(io.BytesIO(alma.get(address("record-file", dialogue, number=1, form="docx")).content))
    in_word = "\n".join(
        [*(one.text for one in word.paragraphs), *(c.text for t in word.tables for r in t.rows for c in r.cells)]
    )
    for text in (final, in_word):
        for wanted in WANTED:
            assert wanted in text, wanted
        assert "Kim" not in text and "Rut" not in text, "names only where the municipality has decided so"
    assert opened(alma.get(address("record-file", dialogue, number=1, form="pdf")).content).pages
    told = json.loads(alma.get(address("record-metadata", dialogue, number=1, form="json")).content)
    assert told["contributor"] == "Sekreterare Siv" and "Ordförande Ove" in told["provenance"]
    assert told["dateAccepted"] == timezone.localdate().isoformat()
    assert told["description"].startswith("närvarande: Rektor, Två elever ur rådet; frånvarande: ")


def test_the_presenter_has_a_screen_for_every_point_and_ticks_who_is_here_without_leaving(
    world: World, dialogue: Dialogue
) -> None:
    fia = client_of(world, "fia")
    page = BeautifulSoup(fia.get(address("dialogue-present", dialogue)).content, "html.parser")
    titles = [one.get_text() for one in page.select("[data-screen] h1")]
    assert [one for one in titles if one in POINTS] == list(POINTS), "in the agenda's order"
    assert "Avvikelser" in page.select_one("[data-part=results]").get_text()
    assert "Kompetens" in page.select_one("[data-part=actions]").get_text()
    assert page.select_one("[data-panel=p] input[name=present]")
    kinds = {option["value"] for option in page.select("#quick-kind option")}
    assert {"result", "action", "other"} <= kinds
    sent = noted(world, dialogue, "Rut Rektor")
    script = {"HTTP_ACCEPT": "application/json"}
    assert fia.post(address("dialogue-attendance", dialogue), sent, **script).status_code == 204
    wall = fia.get(address("dialogue-wall", dialogue)).content.decode()
    assert "Rut Rektor" not in wall and 'name="present"' not in wall
    with at_work(world):
        assert [one.name for one in Participant.in_scope().filter(is_present=True)] == ["Rut Rektor"]


def test_nobody_is_stored_who_is_not_on_the_list_and_only_who_holds_it_may_note(
    world: World, dialogue: Dialogue
) -> None:
    with at_work(world):
        other = make_dialogue(world, title="En annan")
        stranger = participant_add(dialogue=other, name="Främling", by=world.alma)
    alma, olle = client_of(world, "alma"), client_of(world, "olle")
    sent = noted(world, dialogue) | {"present": [str(stranger.pk)]}
    assert alma.post(address("dialogue-attendance", dialogue), sent).status_code == 422
    assert olle.post(address("dialogue-attendance", dialogue), noted(world, dialogue)).status_code == 404
    assert olle.post(address("notes-approve", dialogue), {"approved_by": "Jag"}).status_code == 404
    with at_work(world):
        assert not Participant.in_scope().filter(is_present=True).exists()
        assert not Attendance.in_scope().exists()


def test_notes_are_approved_after_the_meeting_and_not_on_a_day_to_come(world: World, dialogue: Dialogue) -> None:
    alma, url = client_of(world, "alma"), address("notes-approve", dialogue)
    early = alma.post(url, {"approved_by": "Ove"})
    assert early.status_code == 422 and "Avsluta dialogen först" in early.content.decode()
    alma.post(address("dialogue-finish", dialogue))
    for day in (timezone.localdate() + timedelta(days=1), timezone.localdate() - timedelta(days=9)):
        answer = alma.post(url, {"approved_by": "Ordförande Ove", "approved_on": day.isoformat()})
        assert answer.status_code == 422 and "Ordförande Ove" in answer.content.decode(), "the text is kept"
    alma.post(url, {"approved_by": "Ordförande Ove"})
    alma.post(url, {"approved_by": ""})
    with at_work(world):
        assert Attendance.in_scope().get().approved_on is None
