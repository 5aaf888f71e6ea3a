"""The base package of a demo, whose sources are synthetic: given once for these tests, which only look at it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from accounts.models import Onboarding, Tenant
from datasets.content.base_package import find_indicator, indicators
from datasets.models import Dataset, Release, SourceSubscription
from datasets.selectors import datasets_for, latest_release, load_table
from datasets.services.base_package import base_package_begin
from portal.tenancy.scope import scope
from tests.base_package import package, region_of_a_demo
from tests.conftest import committed_world, do_waiting_jobs


@pytest.fixture(scope="module")
def given(django_db_blocker: Any) -> Iterator[Tenant]:
    with committed_world(django_db_blocker):
        region = region_of_a_demo()
        package(region)
        yield region


@pytest.fixture
def demo_region(given: Tenant, db: None) -> Tenant:
    return given


def test_each_figure_of_the_demo_is_made_up_and_marked(demo_region: Tenant) -> None:
    with transaction.atomic(), scope(demo_region.pk):
        found = list(Dataset.objects.own())
        assert len(found) == len(indicators())
        assert all(one.is_synthetic and one.source == "Påhittade siffror" for one in found)
        assert not SourceSubscription.objects.exclude(trouble="").exists()
        for dataset in found:
            cube = load_table(latest_release(dataset), "main")  # type: ignore[arg-type]
            geo = next(one for one in cube.dimensions if one.role == "geo")
            assert {"00", "99", "9901", "9902", "9903"} <= set(geo.codes) and len(geo) == 19
            time = next(one for one in cube.dimensions if one.role == "time")
            assert int(time.codes[-1]) - int(time.codes[0]) >= 9, dataset.title
            unit = find_indicator(dataset.origin_ref.partition(":")[2]).unit["sv"]  # type: ignore[union-attr]
            if unit == "procent":
                assert cube.values.min() >= 0 and cube.values.max() <= 100, dataset.title


def test_a_municipality_has_it_from_its_first_day(demo_region: Tenant) -> None:
    municipality = Tenant.objects.get(code="9901")
    with transaction.atomic(), scope(municipality.pk):
        assert datasets_for().count() == len(indicators())
        assert Onboarding.objects.get().base_package_in_at is not None


def test_asking_twice_asks_once(demo_region: Tenant) -> None:
    with transaction.atomic(), scope(demo_region.pk):
        assert base_package_begin(region=demo_region, by=None) == 0
    assert do_waiting_jobs() == []
    with transaction.atomic(), scope(demo_region.pk):
        assert Release.objects.count() == len(indicators())
