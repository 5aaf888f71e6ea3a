"""Open data sets for tests of the interfaces."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.models import Tenant
from datasets.cubes import Category, Cube, Dimension, Role, Unit
from datasets.models import Dataset
from datasets.services.registration import dataset_open_to_public
from portal.tenancy.scope import scope
from tests.tables import published_dataset
from tests.world import World

REGIONS = (
    ("00", "Riket", None), ("01", "Ett län", "00"), ("0186", "Alvik", "01"), ("0188", "Björkvik", "01"),
)  # fmt: skip
GENDERS = (("T", "Alla"), ("K", "Kvinnor"), ("M", "Män"))
YEARS = ("2021", "2022", "2023")


def visitors() -> Cube:
    """Visits by place, gender and year: places within places, and a total of the genders."""
    place = Dimension(
        "Region",
        {"sv": "region", "en": "region"},
        tuple(Category(code, {"sv": label}, parent) for code, label, parent in REGIONS),
        Role.GEO,
    )
    gender = Dimension(
        "Kon", {"sv": "kön", "en": "sex"}, tuple(Category(code, {"sv": name}) for code, name in GENDERS),
        summable=True, total="T",
    )  # fmt: skip
    year = Dimension("Tid", {"sv": "år", "en": "year"}, tuple(Category(y, {"sv": y}) for y in YEARS), Role.TIME)
    alvik = [[30.0 + step, 50.0 + step] for step in range(3)]
    bjorkvik = [[70.0 + step, 90.0 + step] for step in range(3)]
    county = [[a + b for a, b in zip(x, y, strict=True)] for x, y in zip(alvik, bjorkvik, strict=True)]
    country = [[1000.0 + x for x in pair] for pair in county]
    values = [
        [[sum(pair) for pair in rows], [pair[0] for pair in rows], [pair[1] for pair in rows]]
        for rows in (country, county, alvik, bjorkvik)
    ]
    return Cube.of_values(
        [place, gender, year], values, title={"sv": "Besök på fritidsgården", "en": "Youth centre visits"},
        unit=Unit({"sv": "besök", "en": "visits"}, 0), source="Fritidsförvaltningen",
    )  # fmt: skip


def opened_dataset(world: World, title: str = "Besök", cube: Cube | None = None, **given: Any) -> Dataset:
    """A data set of Alvik that anyone may read."""
    return opened_of(world.alvik, world, title, cube or visitors(), **given)


def opened_of(tenant: Tenant, world: World, title: str, cube: Cube, **given: Any) -> Dataset:
    """A data set of a tenant that anyone may read."""
    given = {"sensitivity": "open", "licence": "CC0 1.0", "contact": "statistik@example.org", **given}
    dataset = published_dataset(tenant, title, cube, **given)
    with transaction.atomic(), scope(tenant.pk):
        dataset_open_to_public(dataset=dataset, by=world.adam)
    return dataset
