"""The deck as PowerPoint, and what a frozen chart in it says of what has been revised."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from pptx import Presentation

from datasets.models import Release
from dialogues.services.deck import slide_add
from portal.audit.models import AuditEvent
from portal.tenancy.scope import scope
from tests.conftest import client_of
from tests.dialogues import at_work, make_dialogue
from tests.tables import absence, publish, published_dataset, saved_chart
from tests.world import World


@pytest.fixture
def deck(world: World) -> Any:
    """A dialogue with one chart that stays at the first release, of which a value is put right afterwards."""
    dataset = published_dataset(
        world.alvik, "Frånvaro", cube=absence(3), department=world.departments["Skola"], is_synthetic=True
    )
    chart = saved_chart(world, dataset)
    with at_work(world):
        chart.release = Release.objects.get(dataset=dataset)
        chart.query = "kind=bar&x=Skola&series=År"
        chart.save()
        dialogue = make_dialogue(world)
        slide_add(dialogue=dialogue, chart=chart, by=world.alma, looking_at="Var är det högst?")
    publish(dataset, absence(3, last=900))
    return dialogue


def address(name: str, dialogue: Any, **more: Any) -> str:
    return reverse(name, kwargs={"slug": "alvik", "dialogue_id": dialogue.pk, **more})


def test_the_deck_is_a_file_of_charts_that_can_be_edited(world: World, deck: Any) -> None:
    answer = client_of(world, "fia").get(address("deck-file", deck))
    assert answer["Content-Disposition"].endswith('.pptx"')
    (slide,) = Presentation(io.BytesIO(answer.content)).slides
    words = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    for wanted in (
        "Var är det högst?",
        "visas inte: för få svar",
        "1 värde har ändrats sedan dess.",
        "Källa: Skolans system",
        "Exempeldata",
        "/k/alvik/d/",
    ):
        assert wanted in words
    (chart,) = (shape.chart for shape in slide.shapes if shape.has_chart)
    values = {series.name: series.values for series in chart.plots[0].series}
    assert values["2022"][0] is None
    assert 900 not in values["2023"]


def test_the_log_says_who_took_it(world: World, deck: Any) -> None:
    client_of(world, "fia").get(address("deck-file", deck))
    with transaction.atomic(), scope(world.alvik.pk):
        (event,) = AuditEvent.objects.filter(verb="dialogue.deck_downloaded")
    assert event.actor_id == world.fia.pk
    assert event.details == {"slides": 1}


def test_a_slide_that_stays_says_what_has_been_revised(world: World, deck: Any) -> None:
    prepared = client_of(world, "fia").get(address("dialogue-prepare", deck, step="data")).content.decode()
    assert "1 värde har ändrats sedan dess." in prepared
    assert "/andrat/" in prepared
    assert reverse("deck-file", kwargs={"slug": "alvik", "dialogue_id": deck.pk}) in prepared
    summary = client_of(world, "vera").get(address("dialogue-summary", deck)).content.decode()
    assert "1 värde har ändrats sedan dess." in summary


def test_an_empty_deck_is_no_file(world: World) -> None:
    with at_work(world):
        dialogue = make_dialogue(world)
    assert client_of(world, "fia").get(address("deck-file", dialogue)).status_code == 404
