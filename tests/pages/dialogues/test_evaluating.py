"""Three questions and the self-evaluation: counted without a person, read from five answers, and not before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dialogues.models import ClosingEvaluation, Device, Dialogue, JoinCode, SelfEvaluation, SelfEvaluationLine
from dialogues.services.evaluating import grant_of
from dialogues.services.joining import forgotten_joining_end, joining_begin
from tests.conftest import client_of, working_as
from tests.dialogues import at_work, fresh_key, make_dialogue
from tests.world import World

ALL_FIVE = {"said": "5", "learnt": "4", "believes": "3"}
SIX = {"potential": "4", "learning": "3", "trust": "5", "dialogue": "4", "ambition": "2", "responsibility": "3"}


@pytest.fixture
def room(world: World) -> tuple[Dialogue, str]:
    """A dialogue that goes on, and the code to join it."""
    with at_work(world):
        dialogue = make_dialogue(world, begun=True)
        return dialogue, joining_begin(dialogue=dialogue, by=world.alma)


def joined(code: str) -> Client:
    device = Client()
    device.post(reverse("dialogue-join", args=[code]))
    return device


def questions(dialogue: Dialogue) -> str:
    return reverse("room-evaluate", args=["alvik", dialogue.pk])


def closing(world: World, dialogue: Dialogue) -> str:
    return client_of(world, "vera").get(reverse("dialogue-closing", args=["alvik", dialogue.pk])).content.decode()


def test_five_answers_are_shown_once_the_dialogue_is_closed(world: World, room: tuple[Dialogue, str]) -> None:
    dialogue, code = room
    for _number in range(5):
        device = joined(code)
        assert device.post(questions(dialogue), ALL_FIVE).status_code == 200
        again = device.post(questions(dialogue), ALL_FIVE | {"said": "1"})
        assert again.status_code == 422
    assert "4,0" not in closing(world, dialogue)
    client_of(world, "alma").post(reverse("dialogue-finish", args=["alvik", dialogue.pk]))
    shown = closing(world, dialogue)
    assert "5,0" in shown and "4,0" in shown and "3,0" in shown
    with at_work(world):
        (kept,) = ClosingEvaluation.in_scope()
        assert kept.answers == 5 and kept.counts[0] == [0, 0, 0, 0, 5]
        assert not Device.in_scope().exists()


def test_four_answers_stay_unread_and_a_reopened_dialogue_takes_no_fifth(
    world: World, room: tuple[Dialogue, str]
) -> None:
    dialogue, code = room
    for _number in range(4):
        joined(code).post(questions(dialogue), ALL_FIVE)
    alma = client_of(world, "alma")
    alma.post(reverse("dialogue-finish", args=["alvik", dialogue.pk]))
    assert "För få" in closing(world, dialogue) and "5,0" not in closing(world, dialogue)
    alma.post(reverse("dialogue-reopen", args=["alvik", dialogue.pk]))
    with at_work(world):
        code = joining_begin(dialogue=Dialogue.in_scope().get(pk=dialogue.pk), by=world.alma)
    late = joined(code)
    asked = late.get(questions(dialogue)).content.decode()
    assert "är stängda" in asked and 'type="radio"' not in asked, "nobody fills in what will be refused"
    assert late.post(questions(dialogue), ALL_FIVE).status_code == 422
    alma.post(reverse("dialogue-finish", args=["alvik", dialogue.pk]))
    assert "5,0" not in closing(world, dialogue)


def test_what_is_said_on_the_closing_page_leads_back_to_it(world: World, room: tuple[Dialogue, str]) -> None:
    dialogue, _code = room
    page = reverse("dialogue-closing", args=["alvik", dialogue.pk])
    note = {"kind": "takeaway", "text": "Fråga de unga", "write_key": fresh_key(), "till": "avslut"}
    olle = client_of(world, "olle")
    assert olle.post(reverse("note-add", args=["alvik", dialogue.pk]), note)["Location"] == f"{page}#takeaway"
    step = {"text": "Ring", "owner_name": "Bibblan", "write_key": fresh_key(), "till": "avslut"}
    assert olle.post(reverse("next-step-add", args=["alvik", dialogue.pk]), step)["Location"] == f"{page}#steps"
    assert "Fråga de unga" in closing(world, dialogue) and "Bibblan" in closing(world, dialogue)


def answered(world: World, evaluation: SelfEvaluation, people: int, **changed: str) -> list[int]:
    path = reverse("self-evaluation-answer", args=[grant_of(evaluation)])
    return [Client().post(path, SIX | changed).status_code for _person in range(people)]


def opened(world: World, title: str, members: int = 6) -> SelfEvaluation:
    alma = client_of(world, "alma")
    alma.post(reverse("self-evaluation-open", args=["alvik"]), {"title": title, "members": str(members)})
    with at_work(world):
        found: SelfEvaluation = SelfEvaluation.in_scope().get(title=title)
        return found


def listed(world: World) -> BeautifulSoup:
    page = client_of(world, "vera").get(reverse("self-evaluation-list", args=["alvik"]))
    return BeautifulSoup(page.content, "html.parser")


def close(world: World, evaluation: SelfEvaluation) -> Any:
    return client_of(world, "alma").post(reverse("self-evaluation-close", args=["alvik", evaluation.pk]))


def test_the_radar_follows_the_group_over_time_and_has_its_table(world: World) -> None:
    for title, trust in (("Våren", "1"), ("Hösten", "5")):
        evaluation = opened(world, title)
        assert answered(world, evaluation, 5, trust=trust, line=f"Rad {title}") == [200] * 5
        assert not [head for head in listed(world).select("thead th") if title in head.get_text()]
        close(world, evaluation)
        with at_work(world):
            SelfEvaluation.in_scope().filter(title="Våren").update(opened_on="2026-03-01")
    page = listed(world)
    assert len(page.select("figure.radar polygon.radar__line")) == 2
    (row,) = (row for row in page.select("tbody tr") if row.th.get_text().startswith("Tillit"))
    assert [cell.get_text() for cell in row.select("td")] == ["1,0", "5,0"]
    assert "Rad Hösten" in page.get_text() and "Rad Våren" not in page.get_text()
    with at_work(world):
        names = {field.name for field in SelfEvaluationLine._meta.get_fields()}
    assert names == {"id", "tenant", "evaluation", "text"}


def test_fewer_than_five_are_never_shown_and_more_than_the_group_never_counted(world: World) -> None:
    few = opened(world, "Fyra svar")
    answered(world, few, 4)
    close(world, few)
    assert not listed(world).select("figure.radar, table") and "för få" in listed(world).get_text()
    assert answered(world, few, 1) == [404]
    full = opened(world, "Fem i gruppen", members=5)
    assert answered(world, full, 6) == [200] * 5 + [422]
    browser, path = Client(), reverse("self-evaluation-answer", args=[grant_of(full)])
    assert browser.get(path).status_code == 200


def test_codes_and_devices_of_a_dialogue_that_nobody_closed_are_forgotten(
    world: World, room: tuple[Dialogue, str]
) -> None:
    dialogue, code = room
    device = joined(code)
    now = timezone.now()
    with working_as("worker"), at_work(world):
        assert forgotten_joining_end(now + timedelta(hours=20)) == 0
        assert forgotten_joining_end(now + timedelta(days=3)) == 1
        assert not Device.in_scope().exists() and not JoinCode.objects.own().exists()
        assert Dialogue.in_scope().get(pk=dialogue.pk).join_code == ""
    assert device.get(questions(dialogue)).status_code == 302


def test_what_is_refused_on_the_closing_page_is_said_at_its_field_with_the_text_kept(
    world: World, room: tuple[Dialogue, str]
) -> None:
    dialogue, _code = room
    olle, key = client_of(world, "olle"), fresh_key()
    note = {"kind": "takeaway", "text": "Lång " * 500, "write_key": key, "till": "avslut"}
    answer = olle.post(reverse("note-add", args=["alvik", dialogue.pk]), note)
    page = BeautifulSoup(answer.content, "html.parser")
    field = page.select_one("textarea#takeaway[aria-invalid=true]")
    assert answer.status_code == 422 and field is not None
    assert field.get_text() == note["text"] and page.select_one(f"input[name=write_key][value='{key}']")
    assert "2000" in page.select_one(f"#{field['aria-describedby']}").get_text()  # type: ignore[union-attr]
    step = {"text": "Ring biblioteket", "write_key": fresh_key(), "till": "avslut"}
    answer = olle.post(reverse("next-step-add", args=["alvik", dialogue.pk]), step)
    page = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 422 and page.select_one("details[open] [name=text][value='Ring biblioteket']")
    assert page.select_one("[name=owner][aria-describedby]") and page.select_one("ol.closing")
    about_one = note | {"text": "En elev i 9B på Alviksskolan mår bra", "write_key": fresh_key()}
    page = BeautifulSoup(
        olle.post(reverse("note-add", args=["alvik", dialogue.pk]), about_one, follow=True).content, "html.parser"
    )
    (said,) = (one for one in page.select("ol.closing li li") if "9B" in one.get_text())
    assert said.select_one("a[href$='#takeaway']") and "i stället" in said.get_text()
