"""Wishes for data: all in one list, closed by a data set, opened by the next dialogue."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from dialogues.errors import DialogueError
from dialogues.services.data_wishes import wish_answer
from dialogues.services.following_up import next_step_add
from dialogues.services.holding import dialogue_finish
from portal.tenancy.scope import identify
from tests.conftest import client_of
from tests.dialogues import at_work, make_dataset
from tests.pages.datasets.conftest import PX
from tests.rules.matrix.data_wishes import make_wish
from tests.tables import MEASURABLE
from tests.world import World


def page(world: World, name: str, *args: Any, who: str = "alma", **query: Any) -> str:
    return str(client_of(world, who).get(reverse(name, args=["alvik", *args]), query).content.decode())


def test_a_data_set_closes_a_wish_and_who_led_the_dialogue_is_told(
    world: World, run_jobs: Callable[[], list[str]]
) -> None:
    with at_work(world):
        wish = make_wish(world)
        dataset = make_dataset("Sömn och vila")
    assert "Siffror om sömn" in page(world, "data-wish-list", tema="leisure")
    address = reverse("data-wish-answer", args=["alvik", wish.pk])
    client_of(world, "dag").post(address, {"dataset": str(dataset.pk), "line": "Från i år"})
    shown = page(world, "data-wish-list")
    assert "Sömn och vila" in shown.split('id="answered"')[1]
    mail.outbox.clear()
    run_jobs()
    (sent,) = mail.outbox
    assert sent.to == [world.alma.email]
    assert "Siffror om sömn" in sent.body and reverse("dataset-detail", args=["alvik", dataset.pk]) in sent.body


def test_an_answer_is_a_data_set_or_a_reason(world: World) -> None:
    with at_work(world):
        wish = make_wish(world)
    address = reverse("data-wish-answer", args=["alvik", wish.pk])
    assert client_of(world, "dag").post(address, {}).status_code == 422
    with at_work(world):
        wish_answer(note=wish, dataset=None, line="Ingen mäter det", by=world.dag)
        with pytest.raises(DialogueError):
            wish_answer(note=wish, dataset=None, line="En gång till", by=world.dag)


def test_anothers_data_set_is_no_answer(world: World) -> None:
    with at_work(world, "bjorkvik"):
        identify(world.bo.pk)
        theirs = make_dataset("Björkviks egen")
    with at_work(world):
        wish = make_wish(world)
    address = reverse("data-wish-answer", args=["alvik", wish.pk])
    answer = client_of(world, "dag").post(address, {"dataset": str(theirs.pk)})
    assert answer.status_code == 422
    assert "Björkviks egen" not in answer.content.decode()


def test_the_next_dialogue_opens_with_steps_and_wishes_of_the_last(world: World) -> None:
    with at_work(world):
        wish = make_wish(world, title="Den första")
        next_step_add(
            dialogue=wish.dialogue, text="Ring biblioteket", owner=world.olle, owner_name="", due_on=None,
            write_key=uuid4(), by=world.alma,
        )  # fmt: skip
        dialogue_finish(dialogue=wish.dialogue, by=world.alma)
    first = str(wish.dialogue_id)
    address = reverse("dialogue-create", args=["alvik"])
    assert f"{address}?efter={first}" in page(world, "dialogue-summary", wish.dialogue_id)
    sent = {"theme": "leisure", "goal": "ideas", "title": "Den andra", "efter": first}
    opened = client_of(world, "alma").post(address, sent, follow=True).content.decode()
    assert "Den första" in opened and "Ring biblioteket" in opened and "Siffror om sömn" in opened
    with at_work(world):
        wish_answer(note=wish, dataset=None, line="Finns inte", by=world.dag)
    again = client_of(world, "alma").get(reverse("dialogue-list", args=["alvik"])).content.decode()
    assert "Den andra" in again


def test_a_wish_goes_along_from_the_press_to_the_release_and_is_closed_there(
    world: World, run_jobs: Callable[[], list[str]]
) -> None:
    with at_work(world):
        wish = make_wish(world, "Siffror om invånare")
        other = make_wish(world, "Siffror om bussar", title="En annan dialog")
        department = str(world.departments["Skola"].pk)
    dag = client_of(world, "dag")
    for one in (other, wish):
        begun = dag.post(reverse("data-wish-register", args=["alvik", one.pk]), {"way": "file"}, follow=True)
    shown = begun.content.decode()
    assert "Siffror om invånare" in shown and "Siffror om bussar" not in shown
    sent: dict[str, Any] = {"file": SimpleUploadedFile("invanare.px", PX.encode()), "department": department}
    address = dag.post(reverse("upload-create", args=["alvik"]), sent)["Location"]
    described = {
        "title": "Invånare", "source": "Exempelkällan", "sensitivity": "open", "fit_for": ["1", "2"],
        "measures": "context", **MEASURABLE, "department": department,
    }  # fmt: skip
    for deed in ("look", "confirm"):
        run_jobs()
        dag.post(address, described | {"deed": deed})
    run_jobs()
    page_of_file = dag.get(address).content.decode()
    close = reverse("data-wish-answer", args=["alvik", wish.pk])
    (dataset,) = re.findall(rf'action="{close}".*?name="dataset" value="([^"]+)"', page_of_file)
    mail.outbox.clear()
    closed = dag.post(close, {"dataset": dataset}, follow=True).content.decode()
    assert "Önskemålet är stängt. Den som ledde dialogen får veta det." in closed
    assert "Invånare" in closed.split('id="answered"')[1] and "Siffror om bussar" in closed
    run_jobs()
    (told,) = mail.outbox
    found = reverse("dataset-detail", args=["alvik", dataset])
    assert told.to == [world.alma.email] and "Siffror om invånare" in told.body and found in told.body
    assert "wish-in-hand" not in dag.get(found).content.decode()


def test_a_wish_in_hand_is_put_back_and_is_nobody_elses(world: World) -> None:
    with at_work(world):
        wish = make_wish(world)
        dataset = make_dataset("Sömn och vila")
    dag, seen = client_of(world, "dag"), reverse("dataset-detail", args=["alvik", dataset.pk])
    dag.post(reverse("data-wish-register", args=["alvik", wish.pk]), {"way": "register"})
    assert "Siffror om sömn" in dag.get(reverse("dataset-register", args=["alvik"])).content.decode()
    assert "Siffror om sömn" in dag.get(seen).content.decode()
    assert "Siffror om sömn" not in client_of(world, "alma").get(seen).content.decode()
    dag.post(reverse("data-wish-put-back", args=["alvik", wish.pk]))
    assert "Siffror om sömn" not in dag.get(seen).content.decode()
    dag.post(reverse("data-wish-register", args=["alvik", wish.pk]))
    with at_work(world):
        wish_answer(note=wish, dataset=None, line="Finns inte", by=world.alma)
    assert "Siffror om sömn" not in dag.get(seen).content.decode()
