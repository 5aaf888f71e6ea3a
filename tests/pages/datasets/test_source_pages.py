"""What a person meets on the pages of sources and of the base package."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from datasets.connectors import Asker
from datasets.models import Dataset, SourceSubscription
from datasets.services.registration import dataset_open_to_public
from portal.jobs.models import Job
from portal.tenancy.scope import scope
from tests.conftest import client_of
from tests.sources.kolada import NEET, ROOT, KoladaSource
from tests.sources.pxweb import PATH, ROOT1, ROOT2, PxWebSource
from tests.sources.server import Reply, SourceServer, serving
from tests.world import World

Run = Callable[[], list[str]]
LIST = "/k/alvik/data/kallor/"


@pytest.fixture
def kolada() -> KoladaSource:
    return KoladaSource()


@pytest.fixture
def server(kolada: KoladaSource, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[SourceServer]:
    monkeypatch.setattr("datasets.services.source_access.Asker", partial(Asker, sleep=lambda seconds: None))
    with serving(kolada) as running:
        settings.SOURCES = {**settings.SOURCES, "kolada": running.url + ROOT}
        yield running


@pytest.fixture
def alma(world: World) -> Client:
    return client_of(world, "alma")


def looked_up(alma: Client, run_jobs: Run, source_id: str = "N02906", kind: str = "kolada") -> str:
    """The page of what Alma looked up, once the source has answered."""
    response = alma.post(LIST, {"kind": kind, "source_id": source_id})
    assert response.status_code == 302, response.content.decode()
    run_jobs()
    return str(response["Location"])


def chosen(alma: Client, run_jobs: Run) -> str:
    page = looked_up(alma, run_jobs)
    assert alma.post(page, {"places": "near", "years": "5", "v-gender": ["T"]}).status_code == 302
    run_jobs()
    return page


def text(response: Any) -> str:
    return str(response.content.decode())


def test_the_first_time_it_says_what_can_be_done(alma: Client) -> None:
    page = text(alma.get(LIST))
    assert "Inget än" in page and "Slå upp något" in page and "Grundpaketet" in page


def test_from_an_id_to_a_data_set(world: World, alma: Client, server: SourceServer, run_jobs: Run) -> None:
    page = looked_up(alma, run_jobs)
    found = text(alma.get(page))
    assert NEET["title"] in found and "Vårt eget län" in found
    alma.post(page, {"places": "near", "years": "5", "v-gender": ["T", "K"]})
    assert "Hur långt det har kommit" in text(alma.get(page))
    run_jobs()
    done = text(alma.get(page))
    assert "Aktuell" in done and "Hämtas nästa gång" in done
    with transaction.atomic(), scope(world.alvik.pk):
        dataset = Dataset.objects.get()
    detail = text(alma.get(f"/k/alvik/data/{dataset.pk}/"))
    assert "Kommer av sig självt från Kolada" in detail and page in detail
    chart = alma.get(f"/k/alvik/data/{dataset.pk}/diagram/")
    assert chart.status_code == 200 and "SCB via Kolada" in text(chart)


def test_a_table_with_many_categories_folds_them_and_proposes_the_young(
    alma: Client, settings: Any, run_jobs: Run
) -> None:
    with serving(PxWebSource()) as server:
        settings.SOURCES = {**settings.SOURCES, "pxwebapi2": server.url + ROOT2}
        page = looked_up(alma, run_jobs, "TAB638", "pxwebapi2")
        found = text(alma.get(page))
        assert "Ålder: 15 valda" in found and "Förhållandena den 31 december" in found
        missing = alma.post(page, {"places": "all", "years": "5", "v-Alder": ["15"]})
        assert missing.status_code == 422 and "error-summary" in text(missing)
        too_many = alma.post(page, {"places": "all", "years": "99", "v-ContentsCode": ["BE0101N1"]})
        assert too_many.status_code == 422


@pytest.mark.parametrize("source_id", ["", "N 1", "<script>", "a" * 300, "../x"])
def test_an_id_that_can_be_none_is_told(alma: Client, source_id: str, run_jobs: Run, server: SourceServer) -> None:
    response = alma.post(LIST, {"kind": "kolada", "source_id": source_id})
    if response.status_code == 302:
        run_jobs()
        assert "Källan har inget som heter" in text(alma.get(response["Location"]))
    else:
        assert response.status_code == 422 and "error-summary" in text(response)
    assert "<script>alert" not in text(response)


def test_what_is_not_found_can_be_asked_for_again_or_forgotten(
    alma: Client, server: SourceServer, run_jobs: Run
) -> None:
    page = looked_up(alma, run_jobs, "N99999")
    found = text(alma.get(page))
    assert "Den hittades inte" in found and "N99999" in found and "Fråga igen" in found
    assert alma.post(f"{page}fraga-igen/").status_code == 302
    assert run_jobs() == ["datasets.look_up_source: failed"]
    alma.post(f"{page}stoppa/")
    assert "N99999" in text(alma.get(LIST)).partition("Stoppad")[2]


def test_a_fetch_that_fails_is_said_on_every_page_that_shows_the_figures(
    world: World, alma: Client, server: SourceServer, run_jobs: Run
) -> None:
    page = chosen(alma, run_jobs)
    server.answer = lambda asked: Reply(raw=b"<html>Underhall</html>", kind="text/html")
    alma.post(f"{page}hamta/")
    run_jobs()
    with transaction.atomic(), scope(world.alvik.pk):
        dataset = Dataset.objects.get()
        assert Job.objects.filter(state="failed").get().problem.startswith("Källan svarade med en webbsida")
    for address in (page, f"/k/alvik/data/{dataset.pk}/"):
        shown = text(alma.get(address))
        assert "webbsida i stället för siffror" in shown and "visas fortfarande" in shown, address
    assert "Har inte gått att hämta sedan" in text(alma.get(LIST))
    vera = client_of(world, "vera")
    assert "webbsida i stället för siffror" in text(vera.get(f"/k/alvik/data/{dataset.pk}/"))
    assert page not in text(vera.get(f"/k/alvik/data/{dataset.pk}/"))
    with transaction.atomic(), scope(world.alvik.pk):
        dataset_open_to_public(dataset=dataset, by=world.adam)
    public = text(Client().get(f"/o/alvik/data/{dataset.pk}/"))
    assert "webbsida i stället för siffror" in public and "Säg till den som driver" not in public


def test_what_changed_stands_side_by_side_and_can_be_accepted(
    alma: Client, kolada: KoladaSource, server: SourceServer, run_jobs: Run
) -> None:
    page = chosen(alma, run_jobs)
    kolada.kpis["N02906"] |= {"title": "Invånare 16-24 år som varken arbetar eller studerar, andel (%)"}
    alma.post(f"{page}hamta/")
    run_jobs()
    held = text(alma.get(page))
    assert "Källan har ändrat den" in held
    assert "Invånare 17-24 år" in held and "Invånare 16-24 år" in held
    assert alma.post(f"{page}hamta/", follow=True).context["subscription"].state == "held"
    alma.post(f"{page}godta/")
    run_jobs()
    assert "Aktuell" in text(alma.get(page))


def test_another_s_source_is_not_there(world: World, alma: Client, server: SourceServer, run_jobs: Run) -> None:
    page = chosen(alma, run_jobs)
    bo = client_of(world, "bo")
    for address in (page, page.replace("alvik", "bjorkvik")):
        assert bo.get(address).status_code == 404
        assert bo.post(f"{address}stoppa/").status_code == 404


def package_subscription(world: World, **given: Any) -> SourceSubscription:
    with transaction.atomic(), scope(world.region.pk):
        found: SourceSubscription = SourceSubscription.objects.create(
            kind="kolada",
            source_id="N02906",
            title=NEET["title"],
            wanted={"kind": "kolada", "ids": ["N02906"]},
            state="active",
            package_key="neither_work_nor_study",
            audience_id=world.region.members_audience,
            **given,
        )
        return found


def test_the_package_names_every_indicator_and_says_that_no_code_was_checked(world: World) -> None:
    vera = client_of(world, "vera")
    page = text(vera.get(reverse("base-package", args=["alvik"])))
    assert page.count("inte prövad hos källan") == 42
    assert "Hur mår unga som varken arbetar eller studerar" in page
    assert "Pröva nu" not in page and "Inte här än" in page


def test_the_regional_admin_fetches_and_checks_the_package(
    world: World, server: SourceServer, run_jobs: Run
) -> None:
    rut, region = client_of(world, "rut"), world.region.slug
    page = reverse("base-package", args=[region])
    assert "Hämta 42 som saknas" in text(rut.get(page))
    assert rut.post(reverse("base-package-begin", args=[region])).status_code == 302
    run_jobs()
    asked = rut.post(reverse("base-package-check", args=[region]))
    assert "/jobb/" in asked["Location"] and "vidare=" in asked["Location"]
    run_jobs()
    checked = text(rut.get(page))
    assert "Senast prövat" in checked and "41 indikatorer är inte som de beskrevs" in checked
    assert "Källan har inget som heter U01413" in checked


def test_a_municipality_sees_that_the_region_s_figures_are_old(world: World, alma: Client) -> None:
    package_subscription(
        world,
        trouble="broken",
        trouble_params={"status": 500},
        failing_since=timezone.now(),
        fetched_at=timezone.now(),
    )
    page = text(alma.get(LIST))
    assert "Något är fel med" in page and "ett eget fel (svar 500)" in page
    assert "/k/alvik/data/kallor/" not in page.partition("Något är fel med")[2].partition("</ul>")[0]


def test_asking_for_the_list_asks_the_database_the_same_whatever_there_is(
    world: World, alma: Client, django_assert_max_num_queries: Any
) -> None:
    alma.get(LIST)
    package_subscription(world)
    with django_assert_max_num_queries(16):
        alma.get(LIST)


def test_a_table_that_only_the_older_interface_has_comes_by_it_and_the_page_says_so(
    alma: Client, settings: Any, run_jobs: Run
) -> None:
    source = PxWebSource()
    with serving(source) as server:
        addresses = {"pxwebapi2": server.url + ROOT2, "pxwebapi1": server.url + ROOT1}
        settings.SOURCES = {**settings.SOURCES, **addresses}
        assert "PxWebApi 1" not in text(alma.get(looked_up(alma, run_jobs, "TAB638", "pxwebapi2")))
        source.has_version2 = False
        page = looked_up(alma, run_jobs, PATH, "pxwebapi2")
        assert "äldre gränssnitt (PxWebApi 1)" in text(alma.get(page))
        alma.post(
            page,
            {"places": "all", "years": "5", "v-ContentsCode": ["BE0101N1"], "v-Alder": ["15"], "v-Kon": ["1"]},
        )
        run_jobs()
        done = text(alma.get(page))
        assert "Aktuell" in done and "äldre gränssnitt (PxWebApi 1)" in done
