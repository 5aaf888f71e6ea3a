"""A saved chart is opened, changed and saved again; and the way from a chart to another data set and back."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from datasets.models import Chart
from portal.audit.models import AuditEvent
from portal.tenancy.scope import scope
from tests.conftest import client_of
from tests.pages.datasets.conftest import text_of, told
from tests.tables import absence, published_dataset, saved_chart
from tests.world import World

VIEW = "kind=bar&x=Skola&only=År:2022"


@pytest.fixture
def chart(world: World) -> Chart:
    return saved_chart(world, published_dataset(world.alvik, cube=absence(30), factors=["leisure"]))


def of(world: World) -> list[Chart]:
    with transaction.atomic(), scope(world.alvik.pk):
        return list(Chart.objects.order_by("created_at"))


def save(visit: Any, chart: Chart, who: str = "olle", slug: str = "alvik", **given: str) -> Any:
    sent = {"title": "Annat år", "note": "", "query": VIEW, "table": "main", "sparad": str(chart.pk), **given}
    return visit("chart-save", who, data=sent, slug=slug, dataset_id=chart.dataset_id)


def test_from_a_saved_chart_one_comes_to_a_page_that_saves_in_it(world: World, visit: Any, chart: Chart) -> None:
    page = visit("chart-detail", "olle", slug="alvik", chart_id=chart.pk).content.decode()
    at = page.index(f"/k/alvik/data/{chart.dataset_id}/diagram/?")
    opened = visit(page[at : page.index('"', at)].replace("&amp;", "&"), "olle")
    assert 'name="deed" value="over"' in opened.content.decode()
    assert f'value="{chart.title}"' in opened.content.decode()
    # What is kept while somebody builds, with script and without.
    sent = visit(
        "chart-view", "olle", slug="alvik", dataset_id=chart.dataset_id,
        query=f"?f-kind=bar&f-x=Skola&f-series=&f-1=2022&table=main&sparad={chart.pk}",
    )  # fmt: skip
    assert sent.status_code == 302 and sent["Location"].endswith(f"&sparad={chart.pk}")
    assert 'name="deed" value="over"' in text_of(visit(sent["Location"], "olle"))


def test_the_same_chart_gets_the_new_view(world: World, visit: Any, chart: Chart) -> None:
    answer = save(visit, chart, deed="over")
    assert answer["Location"].endswith(f"/{chart.pk}/")
    (now,) = of(world)
    assert (now.pk, now.title, "2022" in now.query) == (chart.pk, "Annat år", True)
    with transaction.atomic(), scope(world.alvik.pk):
        assert AuditEvent.objects.filter(verb="chart.saved_over", target_id=str(chart.pk)).count() == 1


def test_saved_as_a_new_one_the_first_stays(world: World, visit: Any, chart: Chart) -> None:
    save(visit, chart, deed="new")
    first, new = of(world)
    assert (first.title, first.query) == (chart.title, chart.query)
    assert new.title == "Annat år"


def test_it_can_be_kept_at_its_figures_at_once(world: World, visit: Any, chart: Chart) -> None:
    save(visit, chart, deed="over", is_frozen="on")
    (now,) = of(world)
    assert now.is_frozen


def test_a_frozen_chart_stays_and_a_new_one_is_asked_for(world: World, visit: Any, chart: Chart) -> None:
    visit("chart-freeze", "olle", data={}, slug="alvik", chart_id=chart.pk)
    page = visit(
        "chart-view", "olle", slug="alvik", dataset_id=chart.dataset_id, query=f"?{VIEW}&sparad={chart.pk}"
    )
    assert 'value="over"' not in page.content.decode()
    assert told("“%(title)s” stays at its figures and is not changed. Save this as a new chart.",
                title=chart.title) in text_of(page)  # fmt: skip
    answer = save(visit, chart, deed="over")
    assert answer.status_code == 422
    assert told("This chart stays at its figures. Save what you see as a new chart.") in text_of(answer)
    (now,) = of(world)
    assert now.query == chart.query


def test_what_makes_no_sense_changes_nothing(world: World, visit: Any, chart: Chart) -> None:
    for given in ({"title": ""}, {"query": "kind=bar&x=Okänd"}):
        answer = save(visit, chart, deed="over", **given)
        assert answer.status_code == 422
        (now,) = of(world)
        assert (now.title, now.query) == (chart.title, chart.query)


def test_nobody_elses_chart_and_no_other_data_sets(world: World, visit: Any, chart: Chart) -> None:
    assert save(visit, chart, "bo", "bjorkvik", deed="over").status_code == 404
    other = saved_chart(world, published_dataset(world.alvik, "Annan"))
    assert save(visit, chart, sparad=str(other.pk), deed="over").status_code == 404
    assert save(visit, chart, sparad="x", deed="over").status_code == 404
    page = visit(
        "chart-view", "vera", slug="alvik", dataset_id=chart.dataset_id, query=f"?{VIEW}&sparad={chart.pk}"
    )
    assert 'name="sparad"' not in page.content.decode(), "who may not save is not offered it"


def test_a_chart_that_was_opened_asks_no_more(world: World, chart: Chart) -> None:
    client = client_of(world, "dag")
    page = f"/k/alvik/data/{chart.dataset_id}/diagram/?{VIEW}&sparad={chart.pk}"
    client.get(page)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page).status_code == 200
    asked = [query["sql"] for query in captured if " FROM " in query["sql"]]
    assert len(asked) <= 10, "\n".join(asked)


def test_to_another_data_set_and_back(visit: Any, chart: Chart) -> None:
    here = f"/k/alvik/data/{chart.dataset_id}/diagram/?{VIEW}"
    assert "/k/alvik/data/?tillbaka=%2Fk%2Falvik" in visit(here, "vera").content.decode()
    listed = text_of(visit("dataset-list", "vera", slug="alvik", query=f"?q=Frånvaro&tillbaka={quote(here)}"))
    assert told("Back to the chart") in listed
    assert listed.count(here.replace("&", "&amp;")) == 2, "the link, and what the search carries along"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://ont.example/",
        "//ont.example/",
        "javascript:alert(1)",
        "/k/bjorkvik/data/",
        "/logga-ut/",
        "x" * 9000,
    ],
)
def test_the_way_back_leads_nowhere_else(visit: Any, chart: Chart, elsewhere: str) -> None:
    page = text_of(visit("dataset-list", "vera", slug="alvik", query=f"?tillbaka={quote(elsewhere)}"))
    assert told("Back to the chart") not in page
