"""A deck states its purpose, to explore: what the data in it is fit for shows beside each chart."""

from __future__ import annotations

from typing import Any

from datasets.models import Chart
from tests.conftest import client_of
from tests.dialogues import add_slide, at_work, make_dialogue
from tests.pages.datasets.conftest import text_of
from tests.world import World

ONE_ACTIVITY = "Siffrorna följer en viss aktivitet."
FRAMED = "vad fungerar för dem som mår bra"


def pages(world: World, **details: Any) -> list[str]:
    """The steps of a dialogue where its charts show, for its facilitator."""
    with at_work(world):
        dialogue = make_dialogue(world, begun=True)
        slide = add_slide(dialogue, world, **{k: v for k, v in details.items() if k == "measures"})
        if "fit_for" in details:
            dataset = Chart.objects.get(pk=slide.chart_id).dataset
            type(dataset).objects.filter(pk=dataset.pk).update(fit_for=details["fit_for"])
    alma = client_of(world, "alma")
    base = f"/k/alvik/dialoger/{dialogue.pk}/"
    return [text_of(alma.get(base + "visa/")), text_of(alma.get(base + "forbered/data/"))]


def test_data_that_follows_one_activity_says_so(world: World) -> None:
    for page in pages(world, fit_for=[3]):
        assert ONE_ACTIVITY in page


def test_data_fit_to_explore_needs_no_caution(world: World) -> None:
    for page in pages(world, fit_for=[2]):
        assert ONE_ACTIVITY not in page


def test_a_chart_of_risk_is_framed_in_the_deck_and_on_the_screen(world: World) -> None:
    for page in pages(world, measures="risk"):
        assert FRAMED in page
    for page in pages(world, measures="protective"):
        assert FRAMED not in page
