"""A factor's page: what is known, what is said, and what is done about it."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from datasets.content import find_research
from datasets.models import Chart
from dialogues.models import Dialogue
from dialogues.services.deck import slide_add
from dialogues.services.preparing import dialogue_create
from portal.tenancy.scope import scope
from tests.knowledge import make_offer, published_map, used_voice
from tests.pages.datasets.conftest import text_of, told
from tests.tables import make_dataset, published_dataset, saved_chart
from tests.world import World


def page_of(visit: Any, key: str = "leisure", who: str = "vera", slug: str = "alvik") -> str:
    return text_of(visit("factor-detail", who, slug=slug, key=key))


def test_it_says_what_research_says_and_on_what_that_rests(world: World, visit: Any) -> None:
    research = find_research("leisure")
    assert research is not None
    page = page_of(visit)
    assert research.text["sv"] in page
    for reference in research.references:
        assert reference.title in page


def test_it_shows_its_data_offers_and_voices_and_no_others(world: World, visit: Any) -> None:
    published_dataset(world.alvik, "Fritidsgårdens besök", factors=["leisure"])
    make_dataset(world.alvik, "Utan siffror än", factors=["leisure"])
    published_dataset(world.alvik, "Bussar", factors=["money"])
    make_offer(world.alvik, "Öppen hall")
    used_voice(world.alvik, world.olle, world.alma, "Det är kul på gården", factors=["leisure"])
    used_voice(world.alvik, world.olle, world.alma, "Bussen är dyr", factors=["money"])
    page = page_of(visit)
    for shown in ("Fritidsgårdens besök", "Öppen hall", "Det är kul på gården"):
        assert shown in page
    for other in ("Utan siffror än", "Bussar", "Bussen är dyr"):
        assert other not in page


def test_it_shows_the_dialogues_that_touched_it_by_theme_or_by_chart(world: World, visit: Any) -> None:
    dataset = published_dataset(world.alvik, "Sömn", factors=["rest"])
    chart = saved_chart(world, dataset)
    with transaction.atomic(), scope(world.alvik.pk):
        by_chart = dialogue_create(title="Om nätterna", theme="", goal="learn", by=world.alma)
        slide_add(dialogue=by_chart, chart=Chart.objects.get(pk=chart.pk), by=world.alma)
        dialogue_create(title="Om skolan", theme="school_attendance", goal="learn", by=world.alma)
        dialogue_create(title="Om fritiden", theme="leisure", goal="learn", by=world.alma)
        assert Dialogue.objects.count() == 3
    page = page_of(visit, "rest")
    assert "Om nätterna" in page
    assert "Om skolan" in page
    assert "Om fritiden" not in page


def test_without_anything_it_says_so_kindly(world: World, visit: Any) -> None:
    page = page_of(visit)
    assert told("No dialogue has touched it yet.") in page
    assert told("No offer on the map is about it.") in page


def test_a_factor_that_the_region_hides_is_still_explained_to_whoever_follows_a_link(
    world: World, visit: Any
) -> None:
    published_map(world)
    assert told("%(name)s has left it out of its map.", name="Region Nordvik") in page_of(visit, "joy")
    assert "Köer i vården" in page_of(visit, "own_koer")


def test_what_is_no_factor_is_no_page(world: World, visit: Any) -> None:
    assert visit("factor-detail", "vera", slug="alvik", key="nonsense").status_code == 404
