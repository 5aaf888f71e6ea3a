"""Fetching from sources: what is published, what is held, what is told, and what stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from datasets.connectors import Asker
from datasets.models import Dataset, Release, SourcePiece, SourceSubscription
from datasets.selectors import latest_release, load_table
from datasets.services.source_watch import sources_keep_time
from datasets.services.sources import (
    source_accept,
    source_choose,
    source_fetch_now,
    source_look_up,
    source_start,
    source_stop,
)
from portal.jobs.models import Job
from portal.tenancy.scope import scope
from tests.conftest import working_as
from tests.sources.kolada import NEET, ROOT, KoladaSource
from tests.sources.pxweb import ROOT2, TABLE, PxWebSource
from tests.sources.server import Reply, SourceServer, serving
from tests.world import World

Run = Callable[[], list[str]]
CHOICE = {"municipality": ("9701", "97", "00"), "period": ("from(2015)",)}


@pytest.fixture
def kolada() -> KoladaSource:
    return KoladaSource()


@pytest.fixture
def server(kolada: KoladaSource, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[SourceServer]:
    monkeypatch.setattr("datasets.services.source_access.Asker", partial(Asker, sleep=lambda seconds: None))
    with serving(kolada) as running:
        settings.SOURCES = {**settings.SOURCES, "kolada": running.url + ROOT}
        yield running


def subscribed(world: World, run_jobs: Run) -> SourceSubscription:
    """Alma has looked a key figure up and chosen of it, and it has been fetched once."""
    with transaction.atomic(), scope(world.alvik.pk):
        found = source_look_up(kind="kolada", source_id=" n02906 ", by=world.alma)
    run_jobs()
    with transaction.atomic(), scope(world.alvik.pk):
        source_choose(subscription=again(found), choice=CHOICE, by=world.alma)
    run_jobs()
    return again_in(world, found)


def again(subscription: SourceSubscription) -> SourceSubscription:
    found: SourceSubscription = SourceSubscription.objects.get(pk=subscription.pk)
    return found


def again_in(world: World, subscription: SourceSubscription) -> SourceSubscription:
    with transaction.atomic(), scope(world.alvik.pk):
        return again(subscription)


def fetched_again(world: World, subscription: SourceSubscription, run_jobs: Run) -> SourceSubscription:
    with transaction.atomic(), scope(world.alvik.pk):
        source_fetch_now(subscription=again(subscription), by=world.alma)
    run_jobs()
    return again_in(world, subscription)


def releases(world: World) -> list[Release]:
    with transaction.atomic(), scope(world.alvik.pk):
        return list(Release.objects.order_by("number"))


def test_a_key_figure_becomes_an_open_data_set(world: World, server: SourceServer, run_jobs: Run) -> None:
    found = subscribed(world, run_jobs)
    assert found.state == "active" and found.fetched_at and found.due_at > timezone.now()
    with transaction.atomic(), scope(world.alvik.pk):
        dataset = Dataset.objects.get()
        assert dataset.title == NEET["title"] and dataset.source == "SCB via Kolada"
        assert (dataset.sensitivity, dataset.origin, dataset.unit) == ("open", "source", "%")
        cube = load_table(latest_release(dataset), "main")  # type: ignore[arg-type]
        assert cube.dimension("municipality").codes == ("00", "97", "9701")
    with working_as("worker"), transaction.atomic(), scope(world.alvik.pk):
        assert not SourcePiece.objects.exists()


def test_figures_that_have_not_changed_make_no_new_release(
    world: World, server: SourceServer, run_jobs: Run
) -> None:
    found = subscribed(world, run_jobs)
    fetched_again(world, found, run_jobs)
    assert [release.number for release in releases(world)] == [1]


def test_new_figures_make_a_release_that_says_what_is_new(
    world: World, kolada: KoladaSource, server: SourceServer, run_jobs: Run
) -> None:
    found = subscribed(world, run_jobs)
    kolada.years = range(2013, 2025)
    kolada.special["N02906", "9701", 2020] = [{"gender": gender, "value": 50.0, "status": ""} for gender in "TKM"]
    fetched_again(world, found, run_jobs)
    latest = releases(world)[-1]
    assert latest.number == 2
    assert "2024" in latest.changes and "3" in latest.changes


def test_a_fetch_that_fails_leaves_the_release_and_says_since_when(
    world: World, server: SourceServer, run_jobs: Run
) -> None:
    found = subscribed(world, run_jobs)
    server.answer = lambda asked: Reply({}, status=500)
    failed = fetched_again(world, found, run_jobs)
    assert failed.trouble == "broken" and failed.failing_since is not None
    first = failed.failing_since
    with working_as("worker"), transaction.atomic(), scope(world.alvik.pk):
        assert Job.objects.filter(task="datasets.refresh_source", state="failed").get().problem
    assert fetched_again(world, found, run_jobs).failing_since == first
    assert [release.number for release in releases(world)] == [1]


def test_what_is_well_again_says_so(world: World, server: SourceServer, run_jobs: Run) -> None:
    found, well = subscribed(world, run_jobs), server.answer
    server.answer = lambda asked: Reply(raw=b"<html>", kind="text/html")
    assert fetched_again(world, found, run_jobs).trouble == "web_page"
    server.answer = well
    mended = fetched_again(world, found, run_jobs)
    assert mended.trouble == "" and mended.failing_since is None


@pytest.mark.parametrize(
    "change", [{"title": "Något annat, andel (%)"}, {"description": "Räknas nu på ett nytt sätt. Källa: SCB."}]
)
def test_what_means_something_else_is_held_until_a_person_has_looked(
    world: World, kolada: KoladaSource, server: SourceServer, run_jobs: Run, change: dict[str, str]
) -> None:
    found = subscribed(world, run_jobs)
    kolada.kpis["N02906"] |= change
    kolada.years = range(2013, 2025)
    held = fetched_again(world, found, run_jobs)
    assert held.state == "held" and held.held_at is not None
    assert [release.number for release in releases(world)] == [1]
    with transaction.atomic(), scope(world.alvik.pk):
        source_accept(subscription=held, by=world.alma)
    run_jobs()
    assert again_in(world, found).state == "active"
    assert [release.number for release in releases(world)] == [1, 2]


def test_a_category_that_is_gone_is_held_and_no_longer_wanted_once_accepted(
    world: World, settings: Any, run_jobs: Run
) -> None:
    source = PxWebSource()
    with serving(source) as server:
        settings.SOURCES = {**settings.SOURCES, "pxwebapi2": server.url + ROOT2}
        with transaction.atomic(), scope(world.alvik.pk):
            found = source_look_up(kind="pxwebapi2", source_id=TABLE, by=world.alma)
        run_jobs()
        choice = {
            "Region": ("00", "0180"), "Alder": ("15", "16"), "ContentsCode": ("BE0101N1",), "Tid": ("top(5)",)
        }  # fmt: skip
        with transaction.atomic(), scope(world.alvik.pk):
            source_choose(subscription=again(found), choice=choice, by=world.alma)
        run_jobs()
        del source.known["Alder"][1]["16"]
        held = fetched_again(world, found, run_jobs)
        assert held.state == "held"
        with transaction.atomic(), scope(world.alvik.pk):
            source_accept(subscription=held, by=world.alma)
        run_jobs()
        mended = again_in(world, found)
        assert mended.state == "active" and mended.trouble == ""
        assert mended.wanted["choice"]["Alder"] == ["15"]


def test_a_new_year_in_the_title_is_no_change(world: World, settings: Any, run_jobs: Run) -> None:
    source = PxWebSource()
    with serving(source) as server:
        settings.SOURCES = {**settings.SOURCES, "pxwebapi2": server.url + ROOT2}
        with transaction.atomic(), scope(world.alvik.pk):
            found = source_look_up(kind="pxwebapi2", source_id=TABLE, by=world.alma)
        run_jobs()
        choice = {"Region": ("00",), "ContentsCode": ("BE0101N1",), "Tid": ("top(5)",)}
        with transaction.atomic(), scope(world.alvik.pk):
            source_choose(subscription=again(found), choice=choice, by=world.alma)
        run_jobs()
        source.title = source.title.replace("2010 - 2024", "2010 - 2025")
        source.known["Tid"][1]["2025"] = "2025"
        assert fetched_again(world, found, run_jobs).state == "active"
    assert releases(world)[-1].number == 2


def test_two_who_ask_at_once_get_one_fetch(world: World, server: SourceServer, run_jobs: Run) -> None:
    found = subscribed(world, run_jobs)
    with transaction.atomic(), scope(world.alvik.pk):
        first = source_fetch_now(subscription=found, by=world.alma)
        second = source_fetch_now(subscription=found, by=world.dag)
        assert first.pk == second.pk
    with working_as("worker"), transaction.atomic(), scope(world.alvik.pk):
        SourceSubscription.objects.update(due_at=timezone.now())
        sources_keep_time(tenant=world.alvik)
    server.asked.clear()
    assert run_jobs() == ["datasets.refresh_source"]
    assert len(server.paths("/kpi/N02906")) == 3  # described, described again with its data, and the data


def test_what_was_stopped_stays_stopped_until_it_is_started(
    world: World, server: SourceServer, run_jobs: Run
) -> None:
    found = subscribed(world, run_jobs)
    with transaction.atomic(), scope(world.alvik.pk):
        source_fetch_now(subscription=found, by=world.alma)
        source_stop(subscription=found, by=world.alma)
    server.asked.clear()
    assert run_jobs() == [] and server.asked == []
    with transaction.atomic(), scope(world.alvik.pk):
        source_start(subscription=found, by=world.alma)
    assert run_jobs() == ["datasets.refresh_source"]


def keep_time(world: World) -> None:
    with working_as("worker"), transaction.atomic(), scope(world.alvik.pk):
        sources_keep_time(tenant=world.alvik)


def test_the_stewards_hear_of_a_trouble_once_and_not_each_night(
    world: World, server: SourceServer, run_jobs: Run
) -> None:
    found = subscribed(world, run_jobs)
    server.answer = lambda asked: Reply({}, status=500)
    fetched_again(world, found, run_jobs)
    keep_time(world)
    run_jobs()
    assert mail.outbox == []  # it may be well again within the hour
    with transaction.atomic(), scope(world.alvik.pk):
        SourceSubscription.objects.update(failing_since=timezone.now() - timedelta(hours=2))
    for _night in range(3):
        keep_time(world)
        run_jobs()
    assert [letter.to for letter in mail.outbox] == [["adam@example.org"]]
    assert "/k/alvik/data/kallor/" in mail.outbox[0].body and NEET["title"] in mail.outbox[0].body


def test_a_new_trouble_is_told_anew(world: World, server: SourceServer, run_jobs: Run) -> None:
    found, well = subscribed(world, run_jobs), server.answer
    for _time in range(2):
        server.answer = lambda asked: Reply({}, status=500)
        fetched_again(world, found, run_jobs)
        with transaction.atomic(), scope(world.alvik.pk):
            SourceSubscription.objects.update(failing_since=timezone.now() - timedelta(hours=2))
        keep_time(world)
        run_jobs()
        server.answer = well
        cache.clear()  # the source has rested
        fetched_again(world, found, run_jobs)
    assert len(mail.outbox) == 2


def test_without_an_address_nothing_is_asked_and_it_is_said(world: World, run_jobs: Run) -> None:
    with transaction.atomic(), scope(world.alvik.pk):
        found = source_look_up(kind="kolada", source_id="N02906", by=world.alma)
    run_jobs()
    assert again_in(world, found).trouble == "off"


def test_another_municipality_knows_nothing_of_it(world: World, server: SourceServer, run_jobs: Run) -> None:
    subscribed(world, run_jobs)
    with transaction.atomic(), scope(world.bjorkvik.pk):
        assert not SourceSubscription.objects.exists() and not Dataset.objects.exists()
