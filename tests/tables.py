"""Data sets for tests: small cubes, published as the worker would."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from accounts.models import Tenant
from datasets.cubes import Category, Cube, Dimension, Role
from datasets.disclosure import AggregationRule, Sensitivity, pass_through, protect
from datasets.models import Chart, Dataset, Release, Upload
from datasets.services.chart_sharing import chart_open_to_public
from datasets.services.ledgers import ledger_of
from datasets.services.registration import dataset_open_to_public, dataset_register
from datasets.services.releases import release_publish
from portal.tenancy.scope import scope
from tests.conftest import working_as
from tests.world import World

MEASURABLE = {
    "unit": "elever", "definition": "Elever som varit borta en dag eller mer under läsåret.", "polarity": "none",
}  # fmt: skip
"""What a data set needs to be fit to measure with."""
SCHOOLS = ("Ek", "Alm", "Bok", "Lind")
YEARS = ("2022", "2023")


def dimension(code: str, codes: Sequence[str], role: Role | None = None, *, summable: bool = True) -> Dimension:
    categories = tuple(Category(one, {"sv": one}) for one in codes)
    return Dimension(code, {"sv": code}, categories, role, summable=summable and role is None)


def absence(first: int = 2, last: int = 61) -> Cube:
    """Pupils by school and year; `first` is the count of the smallest group (Ek 2022), `last` of the newest."""
    counts = [[first, 31], [40, 42], [55, 57], [60, last]]
    dimensions = [dimension("Skola", SCHOOLS), dimension("År", YEARS, Role.TIME)]
    return Cube.of_values(dimensions, counts, title={"sv": "Frånvaro"}, source="Skolans system")


def make_dataset(tenant: Tenant, title: str = "Frånvaro", **given: Any) -> Dataset:
    """A registered data set of a tenant, without figures."""
    sensitivity = given.pop("sensitivity", "internal")
    with transaction.atomic(), scope(tenant.pk):
        return dataset_register(
            by=None,
            sensitivity=sensitivity,
            **{"title": title, "source": "Skolans system", "fit_for": [2], **MEASURABLE, **given},
        )


def publish(dataset: Dataset, cube: Cube | None = None, **given: Any) -> Release:
    """The data set's next release, made under its own rule."""
    cube = cube or absence()
    with working_as("worker"), transaction.atomic(), scope(dataset.tenant_id):
        rule = AggregationRule.from_json(dataset.rule)
        ledger = ledger_of(dataset)
        table = pass_through(cube, rule) if rule.hides_nothing else protect(cube, rule, earlier=ledger.tables)
        return release_publish(
            dataset=dataset,
            tables=[("main", cube.title, table)],
            rule=rule,
            by=None,
            **{"ledger": ledger, **given},
        )


def published_dataset(tenant: Tenant, title: str = "Frånvaro", cube: Cube | None = None, **given: Any) -> Dataset:
    """A data set with one release."""
    dataset = make_dataset(tenant, title, **given)
    publish(dataset, cube)
    return dataset


def saved_chart(world: World, dataset: Dataset) -> Chart:
    """A view that somebody in Alvik saved."""
    with transaction.atomic(), scope(world.alvik.pk):
        chart: Chart = Chart.objects.create(
            dataset=dataset, table_code="main", query="kind=bar&x=Skola&only=År:2023", title="Frånvaro per skola"
        )
        return chart


def opened_chart(world: World) -> Chart:
    """A saved view of an open data set that was opened to everyone itself."""
    dataset = published_dataset(world.alvik, "Öppet", sensitivity="open")
    chart = saved_chart(world, dataset)
    with transaction.atomic(), scope(world.alvik.pk):
        chart.dataset = dataset_open_to_public(dataset=dataset, by=world.adam)
        return chart_open_to_public(chart=chart, by=world.adam)


def waiting_upload(world: World, department: str = "Skola", **given: Any) -> Upload:
    """A file that has been received and not read."""
    with transaction.atomic(), scope(world.alvik.pk):
        upload: Upload = Upload.objects.create(
            name="tabell.csv",
            content=b"a;b\n1;2\n",
            size=8,
            department=world.departments[department],
            uploaded_by=world.dag,
            **given,
        )
        return upload


OPEN = AggregationRule.default(Sensitivity.OPEN)
