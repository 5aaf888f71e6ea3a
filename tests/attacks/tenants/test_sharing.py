"""What a region shares is read by its municipalities and changed by none; what is public is read by anyone."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from accounts.models import Membership, Tenant
from datasets.models import Dataset, Release, ReleaseTable
from datasets.services.registration import dataset_close, dataset_open_to_public, dataset_share_with_members
from portal.tenancy.scope import TenantScopeError, public_scope, scope
from tests.conftest import client_of
from tests.tables import published_dataset
from tests.world import World, make_tenant

SHARED = (Dataset, Release, ReleaseTable)
WRITING = ("dataset-edit", "dataset-rule", "dataset-open", "dataset-close", "dataset-withdraw")


@pytest.fixture
def shared(world: World) -> Dataset:
    """The region's own figures, shared with its municipalities."""
    dataset = published_dataset(world.region, "Regionens frånvaro")
    with scope(world.region.pk):
        return dataset_share_with_members(dataset=dataset, by=world.rut)


@pytest.fixture
def elsewhere(world: World) -> Tenant:
    """A municipality of another region."""
    region = make_tenant("region", "96", "Region Söderö")
    return make_tenant("municipality", "9601", "Österby", region)


def titles() -> set[str]:
    return set(Dataset.objects.values_list("title", flat=True))


def test_both_municipalities_read_what_their_region_shares(
    world: World, shared: Dataset, elsewhere: Tenant
) -> None:
    for tenant in (world.alvik, world.bjorkvik, world.region):
        with scope(tenant.pk):
            for model in SHARED:
                assert model.objects.count() == 1, (tenant, model)
    with scope(elsewhere.pk):
        for model in SHARED:
            assert model.objects.count() == 0
            assert model._base_manager.count() == 0


def test_no_municipality_changes_it(world: World, shared: Dataset) -> None:
    with scope(world.alvik.pk):
        for model in SHARED:
            assert model.objects.own().count() == 0
            assert model._base_manager.update(audience_id=world.alvik.pk) == 0
        assert Dataset._base_manager.filter(pk=shared.pk).update(title="Kapad") == 0
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            Dataset._base_manager.filter(pk=shared.pk)._raw_delete("default")
    with scope(world.region.pk):
        assert titles() == {"Regionens frånvaro"}


def test_nor_by_the_pages(world: World, shared: Dataset) -> None:
    with scope(world.alvik.pk):
        Membership.objects.filter(user=world.alma).update(role="municipality_admin")
    client = client_of(world, "alma")
    detail = client.get(reverse("dataset-detail", args=["alvik", shared.pk]))
    assert detail.status_code == 200
    for name in WRITING:
        address = reverse(name, args=["alvik", shared.pk])
        assert address not in detail.content.decode()
        for response in (client.get(address), client.post(address, {"title": "Kapad", "audience": "public"})):
            assert response.status_code in (404, 405), name
    with scope(world.region.pk):
        dataset = Dataset.objects.get()
        assert (dataset.title, dataset.audience_id, dataset.withdrawn_at) == (
            "Regionens frånvaro", world.region.members_audience, None,
        )  # fmt: skip


def test_a_municipality_shares_with_no_other(world: World) -> None:
    from datasets.errors import DatasetsError

    dataset = published_dataset(world.alvik)
    with scope(world.alvik.pk), pytest.raises(DatasetsError):
        dataset_share_with_members(dataset=dataset, by=world.adam)
    for tenant in (world.bjorkvik, world.region):
        with scope(tenant.pk):
            assert titles() == set()


def test_the_public_reads_what_was_opened_until_it_is_closed(world: World) -> None:
    opened, kept = published_dataset(world.alvik, "Öppen"), published_dataset(world.alvik, "Intern")
    with scope(world.alvik.pk):
        dataset_open_to_public(dataset=opened, by=world.adam)
    with public_scope():
        assert titles() == {"Öppen"}
        assert {release.dataset_id for release in Release.objects.all()} == {opened.pk}
        assert ReleaseTable.objects.count() == 1
        with pytest.raises(TenantScopeError):
            Dataset.objects.own()
        assert Dataset._base_manager.update(title="Kapad") == 0
    with scope(world.alvik.pk):
        dataset_close(dataset=opened, by=world.adam)
        assert titles() == {"Öppen", "Intern"}
    with public_scope():
        for model in SHARED:
            assert model._base_manager.count() == 0
    assert kept.audience_id == world.alvik.pk


def test_nobody_without_an_account_reads_what_is_shared_within_a_region(world: World, shared: Dataset) -> None:
    visitor = client_of(world, None)
    for slug in ("region-nordvik", "alvik"):
        response = visitor.get(reverse("public-dataset-detail", args=[slug, shared.pk]))
        assert response.status_code == 404
    with public_scope():
        assert titles() == set()


def tell(**settings: Any) -> None:
    """Set what a careless line of code might set."""
    with connection.cursor() as cursor:
        for name, value in settings.items():
            cursor.execute("SELECT set_config(%s, %s, true)", [f"app.{name}", str(value)])


@pytest.mark.parametrize("audiences", ["", ",", "{}", "*", "null", "' OR true --"])
def test_nonsense_in_the_settings_shows_nothing(audiences: str, world: World, shared: Dataset) -> None:
    from django.db import DataError

    tell(tenant="", audiences=audiences)
    try:
        with transaction.atomic():
            assert Dataset._base_manager.count() == 0
    except DataError:
        pass
    tell(tenant="", audiences="")
