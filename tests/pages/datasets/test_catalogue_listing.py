"""The page by which a closed data set is told of, or no longer."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from datasets.models import CatalogueListing, Dataset
from datasets.services.registration import dataset_open_to_public, dataset_withdraw
from portal.audit.models import AuditEvent
from portal.tenancy.scope import public_scope, scope
from tests.tables import published_dataset
from tests.world import World

WORDS = {"description": "Antal per år. Fråga oss.", "description_en": "", "contact": "statistik@example.org"}


def told() -> list[str]:
    with transaction.atomic(), public_scope():
        return list(CatalogueListing.objects.values_list("title", flat=True))


def where(dataset: Dataset) -> dict[str, Any]:
    return {"slug": "alvik", "dataset_id": dataset.pk}


def test_nothing_is_told_until_somebody_says_so(world: World, visit: Any) -> None:
    dataset = published_dataset(world.alvik, "Orosanmälningar")
    assert told() == []
    page = visit("catalogue-listing", "adam", **where(dataset)).content.decode()
    assert "Katalogen säger inget om den" in page
    response = visit("catalogue-listing", "adam", data=WORDS, **where(dataset))
    assert response.status_code == 302
    assert told() == ["Orosanmälningar"]
    with transaction.atomic(), scope(world.alvik.pk):
        verbs = AuditEvent.objects.values_list("verb", flat=True)
        assert "dataset.listed_in_catalogue" in verbs


def test_it_can_be_taken_back_and_goes_with_the_data_set(world: World, visit: Any) -> None:
    dataset = published_dataset(world.alvik, "Orosanmälningar")
    visit("catalogue-listing", "adam", data=WORDS, **where(dataset))
    visit("catalogue-listing", "adam", data={"deed": "hide"}, **where(dataset))
    assert told() == []
    visit("catalogue-listing", "adam", data=WORDS, **where(dataset))
    with transaction.atomic(), scope(world.alvik.pk):
        dataset_withdraw(dataset=dataset, by=world.adam)
    assert told() == []


def test_words_are_needed_and_a_contact_is_an_address(world: World, visit: Any) -> None:
    dataset = published_dataset(world.alvik)
    response = visit("catalogue-listing", "adam", data={"description": "", "contact": "Anna"}, **where(dataset))
    assert response.status_code == 422
    assert told() == []


def test_an_open_one_needs_no_telling(world: World, visit: Any) -> None:
    dataset = published_dataset(world.alvik, sensitivity="open")
    with transaction.atomic(), scope(world.alvik.pk):
        dataset_open_to_public(dataset=dataset, by=world.adam)
    assert "Den här datamängden är öppen" in visit("catalogue-listing", "adam", **where(dataset)).content.decode()
    assert visit("catalogue-listing", "adam", data=WORDS, **where(dataset)).status_code == 422


def test_the_neighbour_can_tell_nothing_of_ours(world: World, visit: Any) -> None:
    dataset = published_dataset(world.alvik)
    for who in ("bo", "dag", "rut"):
        assert visit("catalogue-listing", who, data=WORDS, **where(dataset)).status_code == 404
    assert told() == []
