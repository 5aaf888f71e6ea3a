"""What stands beside a chart on its pages: what goes with the figures, and voices about the same thing."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from datasets.reach import Reach
from datasets.services.registration import dataset_open_to_public
from portal.tenancy.scope import scope
from tests.knowledge import used_voice
from tests.pages.datasets.conftest import text_of, told
from tests.tables import absence, opened_chart, publish, published_dataset, saved_chart
from tests.world import World


def fold_of(page: Any) -> str:
    """The fold under the table that says what goes with the figures."""
    text = text_of(page)
    summary = f"<summary>{told('About these figures')}</summary>"
    assert text.count(summary) == 1
    return text.partition(summary)[2].partition("</details>")[0]


def test_a_charts_page_says_under_the_table_what_its_files_say(world: World, visit: Any) -> None:
    dataset = published_dataset(world.alvik, "Frånvaro", sensitivity="open", licence="CC BY 4.0")
    said = fold_of(visit("chart-view", "vera", slug="alvik", dataset_id=dataset.pk))
    for wanted in ("CC BY 4.0", "Utgåva 1, publicerad", "Källa: Skolans system", "Vad siffrorna duger till"):
        assert wanted in said
    publish(dataset, absence(400))
    assert "Utgåva 2, publicerad" in fold_of(visit("chart-view", "vera", slug="alvik", dataset_id=dataset.pk))
    older = visit("chart-view", "vera", slug="alvik", dataset_id=dataset.pk, query="?utgava=1")
    assert told("They stay as they were in this release, also when newer ones come.") in fold_of(older)


def test_a_shared_chart_says_it_to_anyone(world: World, visit: Any) -> None:
    chart = opened_chart(world)
    for page in (
        visit("chart-detail", "vera", slug="alvik", chart_id=chart.pk),
        visit("public-chart-detail", None, slug="alvik", chart_id=chart.pk),
        visit("public-dataset-detail", None, slug="alvik", dataset_id=chart.dataset_id),
    ):
        assert "Utgåva 1, publicerad" in fold_of(page)


def test_there_is_one_way_to_a_picture(world: World, visit: Any) -> None:
    chart = saved_chart(world, published_dataset(world.alvik))
    page = visit("chart-detail", "vera", slug="alvik", chart_id=chart.pk).content.decode()
    assert "/ladda-ner/" in page
    assert "data-chart-download" not in page


@pytest.fixture
def about_leisure(world: World) -> Any:
    used_voice(world.alvik, world.olle, world.alma, "Vi vill ha en plats", factors=["leisure"], reach=Reach.PUBLIC)
    used_voice(world.alvik, world.olle, world.alma, "Bara för oss", factors=["leisure"])
    return published_dataset(world.alvik, "Fritid", sensitivity="open", factors=["leisure"])


@pytest.mark.parametrize("name", ["dataset-detail", "chart-view"])
def test_voices_stand_beside_figures_about_the_same_thing(
    world: World, visit: Any, about_leisure: Any, name: str
) -> None:
    page = text_of(visit(name, "vera", slug="alvik", dataset_id=about_leisure.pk))
    assert "Vi vill ha en plats" in page
    assert "Bara för oss" in page
    other = published_dataset(world.alvik, "Pengar", sensitivity="open", factors=["money"])
    assert "Vi vill ha en plats" not in text_of(visit(name, "vera", slug="alvik", dataset_id=other.pk))


def test_anyone_meets_only_the_voices_that_were_opened(world: World, visit: Any, about_leisure: Any) -> None:
    with transaction.atomic(), scope(world.alvik.pk):
        dataset_open_to_public(dataset=about_leisure, by=world.adam)
    page = text_of(visit("public-dataset-detail", None, slug="alvik", dataset_id=about_leisure.pk))
    assert "Vi vill ha en plats" in page
    assert "Bara för oss" not in page
    assert "/k/alvik/" not in page.partition('id="voices"')[2].partition("</section>")[0]
