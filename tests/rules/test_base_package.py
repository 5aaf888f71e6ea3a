"""The base package: declared whole, fetched once by the region, held where a code is another figure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from django.db import transaction

from accounts.models import Onboarding, Tenant
from datasets.connectors import Asker
from datasets.content import factors, themes
from datasets.content.base_package import AREAS, find_indicator, indicators
from datasets.models import Dataset, PackageCheck, SourceSubscription
from datasets.selectors import datasets_for, latest_release, load_table
from datasets.services.base_package import base_package_check, wanted_of
from datasets.services.source_access import connector_for
from portal.jobs.outbox import enqueue
from portal.tenancy.scope import scope
from tests.base_package import package, region_of_a_demo
from tests.conftest import working_as
from tests.sources.kolada import NEET, ROOT, KoladaSource
from tests.sources.server import SourceServer, serving
from tests.world import World, make_tenant

Run = Callable[[], list[str]]


@pytest.fixture
def demo_region(db: None) -> Tenant:
    return region_of_a_demo()


def test_about_forty_indicators_over_every_part_of_life() -> None:
    assert 38 <= len(indicators()) <= 48
    assert {one.area for one in indicators()} == set(AREAS)
    assert len({one.key for one in indicators()}) == len(indicators())
    assert len({(one.kind, one.id) for one in indicators()}) == len(indicators())


@pytest.mark.parametrize("indicator", indicators(), ids=lambda one: one.key)
def test_an_indicator_is_declared_whole(indicator: Any) -> None:
    words = ("title", "description", "definition", "unit", "question", "how_to_read", "does_not_say")
    for name in words:
        text = getattr(indicator, name)
        assert set(text) == {"sv", "en"} and all(text.values()), name
    assert indicator.question["sv"].endswith("?") and indicator.question["en"].endswith("?")
    assert set(indicator.factors) <= {factor.key for factor in factors()} and indicator.factors
    assert set(indicator.themes) <= {theme.key for theme in themes()} and indicator.themes
    assert indicator.measures in Dataset.Measures.values and set(indicator.fit_for) <= {1, 2, 3}
    assert indicator.polarity in Dataset.Polarity.values and indicator.polarity != "unsaid"
    # The guard against a code that is another figure must hold for the title that is expected.
    assert indicator.expect and all(word in indicator.source_title.casefold() for word in indicator.expect)
    assert indicator.verified is False
    assert max(map(len, indicator.title.values())) <= 60


@pytest.mark.parametrize("indicator", indicators(), ids=lambda one: one.key)
def test_a_declaration_has_the_shape_that_its_source_is_asked_in(indicator: Any) -> None:
    wanted = wanted_of(indicator)
    if indicator.kind == "kolada":
        assert indicator.id[0] in "NU" and len(indicator.id) == 6
        assert set(wanted.choice) == {"municipality", "period"}
    else:
        assert {"Region", "ContentsCode", "Tid"} <= set(wanted.choice)
        assert "/" in indicator.id if indicator.kind == "pxwebapi1" else indicator.id.startswith("TAB")
    for code, groups in wanted.groups.items():
        members = [member for group in groups.values() for member in group]
        assert len(members) == len(set(members)) and set(members) <= set(wanted.choice[code])


def test_the_same_figures_every_time(demo_region: Tenant) -> None:
    one = wanted_of(find_indicator("good_health"))  # type: ignore[arg-type]
    with transaction.atomic(), scope(demo_region.pk):
        connector = connector_for(demo_region, "kolada")
    first, second = (connector.fetch(one, None, lambda done, of: None) for _ in range(2))  # type: ignore[arg-type]
    assert first.cube.equals(second.cube)


def test_only_the_demo_has_made_up_figures(world: World) -> None:
    with transaction.atomic(), scope(world.region.pk):
        assert type(connector_for(world.region, "kolada")).__name__ == "Kolada"
        assert type(connector_for(world.alvik, "pxwebapi2")).__name__ == "PxWebApi"


@pytest.fixture
def kolada() -> KoladaSource:
    return KoladaSource()


@pytest.fixture
def server(kolada: KoladaSource, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[SourceServer]:
    monkeypatch.setattr("datasets.services.source_access.Asker", partial(Asker, sleep=lambda seconds: None))
    with serving(kolada) as running:
        settings.SOURCES = {**settings.SOURCES, "kolada": running.url + ROOT}
        yield running


def neet(world: World) -> SourceSubscription:
    with transaction.atomic(), scope(world.region.pk):
        found: SourceSubscription = SourceSubscription.objects.get(package_key="neither_work_nor_study")
        return found


def test_a_code_that_is_another_figure_is_held_and_nothing_is_published(
    world: World, kolada: KoladaSource, server: SourceServer, run_jobs: Run
) -> None:
    kolada.kpis["N02906"] = NEET | {"title": "Asfalterade cykelvägar, antal meter"}
    package(world.region)
    assert neet(world).state == "held"
    with transaction.atomic(), scope(world.region.pk):
        assert not Dataset.objects.exists()


def test_a_region_shares_what_came_with_its_municipalities_and_with_nobody_else(
    world: World, server: SourceServer, run_jobs: Run
) -> None:
    package(world.region)
    with transaction.atomic(), scope(world.alvik.pk):
        dataset = datasets_for().get()
        assert dataset.title == "Unga som varken arbetar eller studerar"
        assert dataset.tenant_id == world.region.pk and not dataset.is_synthetic
        cube = load_table(latest_release(dataset), "main")  # type: ignore[arg-type]
        assert cube.title["en"] == "Young people who neither work nor study"
        assert cube.source == "SCB via Kolada"
        assert Onboarding.objects.get().base_package_in_at is not None
    elsewhere = make_tenant("region", "95", "Region Annan")
    with transaction.atomic(), scope(elsewhere.pk):
        assert not datasets_for().exists() and not SourceSubscription.objects.exists()


def test_taking_a_municipality_on_board_gives_it_the_package(demo_region: Tenant, run_jobs: Run) -> None:
    municipality = Tenant.objects.get(code="9901")
    with transaction.atomic(), scope(municipality.pk):
        enqueue("datasets.give_base_package", subject=municipality)
    done = run_jobs()
    assert done.count("datasets.refresh_source") == len(indicators())
    with transaction.atomic(), scope(municipality.pk):
        assert Onboarding.objects.get().base_package_in_at is not None


def findings(world: World) -> dict[str, dict[str, Any]]:
    with transaction.atomic(), scope(world.region.pk):
        return {one["key"]: one for one in PackageCheck.objects.get().findings}


def test_the_check_names_what_is_missing_renamed_or_another(
    world: World, kolada: KoladaSource, server: SourceServer, run_jobs: Run
) -> None:
    kolada.kpis["U09800"] = NEET | {"id": "U09800", "title": "Deltagartillfällen i idrottsföreningar, 7-25 år"}
    kolada.kpis["N07403"] = NEET | {"id": "N07403", "title": "Antal bänkar"}
    with transaction.atomic(), scope(world.region.pk):
        base_package_check(region=world.region, by=world.rut)
    run_jobs()
    found = findings(world)
    assert len(found) == len(indicators())
    assert found["neither_work_nor_study"]["outcome"] == "as_declared"
    assert found["sport_sessions"]["outcome"] == "renamed"
    assert found["violent_crime"]["outcome"] == "another"
    assert found["good_health"]["outcome"] == "missing"
    assert found["young_population"]["outcome"] == "not_reached"  # no address of Statistics Sweden here
    with working_as("worker"), transaction.atomic(), scope(world.region.pk):
        assert not SourceSubscription.objects.exists()  # a check fetches nothing
