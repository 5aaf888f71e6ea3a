"""Factors of wellbeing in the forms and on the pages of data sets: as the region's own map calls them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db import transaction

from datasets.models import Dataset
from datasets.services import system_map
from datasets.system_map import shipped_map
from portal.tenancy.scope import scope
from tests.knowledge import map_draft_of, published_map
from tests.pages.datasets.conftest import text_of
from tests.tables import MEASURABLE, published_dataset
from tests.world import World


def own_map(world: World) -> None:
    """The region's map: a factor of its own, joy left out, and trust called something else."""
    published_map(world)
    draft, trust = map_draft_of(world), shipped_map().find("trust")
    assert trust
    with transaction.atomic(), scope(world.region.pk):
        renamed = replace(trust, label={"sv": "Tillit till oss"})
        system_map.factor_put(draft=draft, factor=renamed, by=world.rut)
        system_map.system_map_publish(draft=draft, why="Vårt ord.", by=world.rut)


def test_a_data_set_is_filed_under_the_regions_own_factor_and_shown_by_its_name(world: World, visit: Any) -> None:
    own_map(world)
    dataset = published_dataset(world.alvik, department=world.departments["Skola"])
    page = text_of(visit("dataset-edit", "dag", slug="alvik", dataset_id=dataset.pk))
    assert "Köer i vården" in page and "Tillit till oss" in page
    assert 'value="joy"' not in page
    given = {"title": "T", "source": "S", "measures": "risk", "fit_for": ["1"], **MEASURABLE}
    given |= {"factors": ["own_koer", "trust"]}
    assert visit("dataset-edit", "dag", data=given, slug="alvik", dataset_id=dataset.pk).status_code == 302
    page = text_of(visit("dataset-detail", "dag", slug="alvik", dataset_id=dataset.pk))
    assert "Köer i vården, Tillit till oss" in page
    assert "Köer i vården" in text_of(visit("dataset-register", "dag", slug="alvik"))


def test_what_the_map_no_longer_has_is_kept_and_shown_as_shipped(world: World, visit: Any) -> None:
    own_map(world)
    dataset = published_dataset(world.alvik, department=world.departments["Skola"])
    with transaction.atomic(), scope(world.alvik.pk):
        Dataset.objects.filter(pk=dataset.pk).update(factors=["joy", "own_gone"])
    joy = shipped_map().find("joy")
    assert joy and joy.label["sv"] in text_of(visit("dataset-edit", "dag", slug="alvik", dataset_id=dataset.pk))
    given = {"title": "T", "source": "S", "measures": "risk", "fit_for": ["1"], **MEASURABLE}
    kept = {**given, "factors": ["joy", "own_gone"]}
    assert visit("dataset-edit", "dag", data=kept, slug="alvik", dataset_id=dataset.pk).status_code == 302
    with transaction.atomic(), scope(world.alvik.pk):
        assert Dataset.objects.get(pk=dataset.pk).factors == ["joy", "own_gone"]
    unknown = {**given, "factors": ["own_never_was"]}
    assert visit("dataset-edit", "dag", data=unknown, slug="alvik", dataset_id=dataset.pk).status_code == 422
