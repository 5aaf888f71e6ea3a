"""Saved charts: another name, a copy, frozen and following again."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from datasets.models import Chart
from portal.tenancy.scope import scope
from tests.pages.datasets.conftest import text_of
from tests.tables import absence, publish, published_dataset, saved_chart
from tests.texts import without_keys
from tests.world import World


@pytest.fixture
def chart(world: World) -> Chart:
    return saved_chart(world, published_dataset(world.alvik, cube=absence(30)))


def test_a_chart_gets_another_name_and_note_and_shows_the_same(world: World, visit: Any, chart: Chart) -> None:
    sent = {"title": "Så ser det ut", "note": "Titta på Ek."}
    assert visit("chart-edit", "olle", data=sent, slug="alvik", chart_id=chart.pk).status_code == 302
    page = text_of(visit("chart-detail", "vera", slug="alvik", chart_id=chart.pk))
    assert "Så ser det ut" in page and "Titta på Ek." in page
    with transaction.atomic(), scope(world.alvik.pk):
        assert Chart.objects.get().query == chart.query


def test_a_name_that_is_missing_is_told_and_what_was_written_is_kept(visit: Any, chart: Chart) -> None:
    sent = {"title": "", "note": "Titta på Ek."}
    answer = visit("chart-edit", "olle", data=sent, slug="alvik", chart_id=chart.pk)
    assert answer.status_code == 422
    assert "Titta på Ek." in text_of(answer)


def test_a_copy_is_changed_without_touching_the_first(world: World, visit: Any, chart: Chart) -> None:
    answer = visit("chart-copy", "olle", data={}, slug="alvik", chart_id=chart.pk)
    assert answer.status_code == 302
    visit(answer["Location"], "olle", data={"title": "Min egen", "note": ""})
    with transaction.atomic(), scope(world.alvik.pk):
        assert sorted(one.title for one in Chart.objects.all()) == ["Frånvaro per skola", "Min egen"]


def test_a_frozen_chart_follows_again(world: World, visit: Any, chart: Chart) -> None:
    visit("chart-freeze", "olle", data={}, slug="alvik", chart_id=chart.pk)
    publish(chart.dataset, absence(30, last=900))
    assert "900" not in without_keys(text_of(visit("chart-detail", "vera", slug="alvik", chart_id=chart.pk)))
    visit("chart-follow", "olle", data={}, slug="alvik", chart_id=chart.pk)
    assert "900" in text_of(visit("chart-detail", "vera", slug="alvik", chart_id=chart.pk))
    assert visit("chart-follow", "olle", data={}, slug="alvik", chart_id=chart.pk).status_code == 302


@pytest.mark.parametrize("name", ["chart-edit", "chart-copy", "chart-follow"])
def test_another_municipality_finds_no_such_chart(visit: Any, chart: Chart, name: str) -> None:
    data = {"title": "Vår", "note": ""}
    assert visit(name, "bo", data=data, slug="bjorkvik", chart_id=chart.pk).status_code == 404
