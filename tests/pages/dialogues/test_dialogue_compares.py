"""A whole dialogue compares with the same municipalities: those of the day it was made."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pptx import Presentation

from datasets.models import Chart, Likeness
from dialogues.models import Dialogue
from dialogues.preparing.deck import deck_of
from dialogues.services.deck import slide_add
from tests.dialogues import at_work, make_dialogue
from tests.pages.datasets.conftest import text_of
from tests.pages.datasets.test_likeness import SHARES, over_places
from tests.tables import published_dataset
from tests.world import World

QUERY = "kind=line&x=år&series=plats:9701,9702,9703&like=1"


def listed(*codes: str) -> list[dict[str, Any]]:
    return [
        {"code": code, "name": f"Kommun {code}", "distance": 0.1, "word": "like", "nearest": [], "furthest": None,
         "missing": []}
        for code in codes
    ]  # fmt: skip


@pytest.fixture
def chart(world: World) -> Chart:
    cube = over_places("Unga som andel", SHARES, "procent")
    dataset = published_dataset(world.alvik, "Unga som andel", cube=cube, sensitivity="open")
    with at_work(world):
        found: Chart = Chart.objects.create(
            dataset=dataset, table_code="main", query=QUERY, title="Vi och de lika"
        )
        return found


def shown(dialogue: Dialogue) -> list[str]:
    (slide,) = deck_of(dialogue, "sv").shown
    assert slide.spec is not None, slide.problem
    return [series["key"] for series in slide.spec["series"]]


def test_the_list_of_the_day_it_was_made_holds_through_the_dialogue(
    world: World, visit: Any, chart: Chart
) -> None:
    with at_work(world):
        Likeness.objects.create(places=listed("9704", "9705"))
        dialogue = make_dialogue(world)
        slide_add(dialogue=dialogue, chart=chart, by=world.alma)
        assert shown(dialogue) == ["plats=9701", "plats=9704", "plats=9705"]
        Likeness.objects.update(places=listed("9708"))
        assert shown(dialogue) == ["plats=9701", "plats=9704", "plats=9705"]
        following = make_dialogue(world, previous=dialogue)
        assert following.compares_with == dialogue.compares_with, "a series of dialogues compares with the same"
    page = visit("dialogue-prepare", "alma", slug="alvik", dialogue_id=dialogue.pk, step="data")
    assert "Kommun 9704, Kommun 9705" in text_of(page)


def test_the_file_of_the_deck_and_the_summary_compare_with_the_same(
    world: World, visit: Any, chart: Chart
) -> None:
    with at_work(world):
        Likeness.objects.create(places=listed("9704", "9705"))
        dialogue = make_dialogue(world)
        slide_add(dialogue=dialogue, chart=chart, by=world.alma)
        Likeness.objects.update(places=listed("9708"))
    file = visit("deck-file", "fia", slug="alvik", dialogue_id=dialogue.pk)
    (slide,) = Presentation(io.BytesIO(file.content)).slides
    (drawn,) = (shape.chart for shape in slide.shapes if shape.has_chart)
    in_file = [series.name for series in drawn.plots[0].series]
    summary = text_of(visit("dialogue-summary", "alma", slug="alvik", dialogue_id=dialogue.pk))
    with at_work(world):
        (shown_slide,) = deck_of(dialogue, "sv").shown
    assert shown_slide.spec is not None
    names = [series["label"] for series in shown_slide.spec["series"]]
    assert in_file == names
    table = summary.partition("<thead>")[2].partition("</thead>")[0]
    assert all(name in table for name in names)
    assert len(names) == 3


def test_without_a_list_a_chart_shows_what_was_saved(world: World, chart: Chart) -> None:
    with at_work(world):
        dialogue = make_dialogue(world)
        slide_add(dialogue=dialogue, chart=chart, by=world.alma)
        assert shown(dialogue) == ["plats=9701", "plats=9702", "plats=9703"]
