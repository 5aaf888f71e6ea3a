"""A saved chart that is opened to everyone: who may, when, and what anyone then sees."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from datasets.services.registration import dataset_close, dataset_open_to_public
from portal.tenancy.scope import scope
from tests.pages.datasets.conftest import text_of, told
from tests.tables import opened_chart, published_dataset, saved_chart
from tests.world import World


def test_an_admin_opens_a_chart_whose_figures_are_open_and_closes_it_again(world: World, visit: Any) -> None:
    dataset = published_dataset(world.alvik, "Frånvaro", sensitivity="open")
    chart = saved_chart(world, dataset)
    with transaction.atomic(), scope(world.alvik.pk):
        dataset_open_to_public(dataset=dataset, by=world.adam)
    where = {"slug": "alvik", "chart_id": chart.pk}
    assert visit("public-chart-detail", None, **where).status_code == 404
    assert told("Open it to everyone") in text_of(visit("chart-detail", "adam", **where))
    assert told("Open it to everyone") not in text_of(visit("chart-detail", "dag", **where))
    assert visit("chart-open", "dag", data={}, **where).status_code == 404
    assert visit("chart-open", "adam", data={}, **where).status_code == 302
    page = text_of(visit("public-chart-detail", None, **where))
    assert "Frånvaro per skola" in page
    assert f"/o/alvik/d/{chart.pk.hex[:10]}/" in page
    assert "/inbaddad/alvik/diagram/" in text_of(visit("chart-detail", "vera", **where))
    visit("chart-close", "adam", data={}, **where)
    assert visit("public-chart-detail", None, **where).status_code == 404


def test_a_chart_of_figures_that_are_not_open_stays_ours(world: World, visit: Any) -> None:
    chart = saved_chart(world, published_dataset(world.alvik, "Frånvaro"))
    where = {"slug": "alvik", "chart_id": chart.pk}
    answer = visit("chart-open", "adam", data={}, **where)
    said = text_of(visit(answer["Location"], "adam"))
    assert told("Open it to everyone") not in said
    assert visit("public-chart-detail", None, **where).status_code == 404


def test_when_the_figures_are_closed_the_chart_is_gone_everywhere(world: World, visit: Any) -> None:
    chart = opened_chart(world)
    with transaction.atomic(), scope(world.alvik.pk):
        dataset_close(dataset=chart.dataset, by=world.adam)
    for name in ("public-chart-detail", "embed-chart"):
        assert visit(name, None, slug="alvik", chart_id=chart.pk).status_code == 404
    assert visit("public-chart-short", None, slug="alvik", short_code=chart.pk.hex[:10]).status_code == 404


def test_a_chart_is_not_found_at_anothers_address(world: World, visit: Any) -> None:
    chart = opened_chart(world)
    assert visit("public-chart-detail", None, slug="bjorkvik", chart_id=chart.pk).status_code == 404
    assert visit("public-chart-short", None, slug="bjorkvik", short_code=chart.pk.hex[:10]).status_code == 404
    assert visit("chart-close", "bo", data={}, slug="bjorkvik", chart_id=chart.pk).status_code == 404


def test_a_public_chart_has_public_files(world: World, visit: Any) -> None:
    chart = opened_chart(world)
    page = visit("public-chart-detail", None, slug="alvik", chart_id=chart.pk).content.decode()
    at = page.index(f"/o/alvik/data/{chart.dataset_id}/ladda-ner/")
    link = page[at : page.index('"', at)].replace("&amp;", "&")
    assert visit(link, None).status_code == 200
    assert visit(link.replace("/ladda-ner/", "/ladda-ner/png/"), None).content.startswith(b"\x89PNG")
