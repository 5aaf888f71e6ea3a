"""What a region sees of its municipalities' dialogues: counts, and what was shared; never a note."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import transaction
from django.urls import reverse

from dialogues.errors import DialogueError
from dialogues.models import DialogueCounts, NextStep, Note, SharedWish
from dialogues.services.counting import dialogues_count, wish_share
from dialogues.services.following_up import next_step_add, next_step_update
from dialogues.services.holding import dialogue_finish
from portal.tenancy.scope import scope
from tests.conftest import client_of, working_as
from tests.dialogues import at_work
from tests.rules.matrix.data_wishes import make_wish
from tests.world import World


def held(world: World) -> Note:
    """A dialogue of Alvik with a wish and one step of two done, counted by the worker."""
    with at_work(world):
        wish = make_wish(world, text="Hemlig önskan om sömn", title="Hemlig rubrik")
        for text in ("Hemligt steg", "Ett till"):
            step = next_step_add(
                dialogue=wish.dialogue, text=text, owner=world.olle, owner_name="", due_on=None,
                write_key=uuid4(), by=world.alma,
            )  # fmt: skip
        next_step_update(step=step, to=NextStep.State.DONE, by=world.olle)
        dialogue_finish(dialogue=wish.dialogue, by=world.alma)
    count(world)
    return wish


def count(world: World) -> None:
    with working_as("worker"), transaction.atomic(), scope(world.alvik.pk):
        dialogues_count()


def county(world: World) -> str:
    answer = client_of(world, "rut").get(reverse("dialogue-county", args=[world.region.slug]))
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_region_sees_counts_and_no_word_of_a_dialogue(world: World) -> None:
    held(world)
    page = county(world)
    assert "Alvik" in page and "1\N{NO-BREAK SPACE}av\N{NO-BREAK SPACE}2" in page
    assert "Hemlig" not in page
    with at_work(world, "region"):
        assert not Note.objects.exists(), "a region reads notes"
    with at_work(world, "bjorkvik"):
        assert not DialogueCounts.objects.exists(), "another municipality reads the counts"


def test_counting_again_changes_the_one_row(world: World) -> None:
    held(world)
    count(world)
    with at_work(world):
        assert DialogueCounts.objects.own().count() == 1


def test_a_wish_is_read_by_others_only_in_the_words_that_were_shared(world: World) -> None:
    wish = held(world)
    address = reverse("data-wish-share", args=["alvik", wish.pk])
    client_of(world, "alma").post(address, {"text": "Siffror om sömn, per ålder"})
    page = county(world)
    assert "Siffror om sömn, per ålder" in page and "Hemlig" not in page
    with at_work(world), pytest.raises(DialogueError):
        wish_share(note=wish, text="En gång till", by=world.alma)
    with at_work(world, "bjorkvik"):
        assert SharedWish.objects.get().text == "Siffror om sömn, per ålder"


def test_a_person_is_not_shared(world: World) -> None:
    wish = held(world)
    address = reverse("data-wish-share", args=["alvik", wish.pk])
    answer = client_of(world, "alma").post(address, {"text": "Ring Karin Svensson på 070-123 45 67"})
    assert answer.status_code == 422
