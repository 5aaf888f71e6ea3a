"""The demo's local data sets: read, protected and published as a department's own files would be."""

from __future__ import annotations

from django.db import transaction

from accounts.models import Department, Tenant, User
from datasets.cubes import pick
from datasets.demo.local_data import LocalDataSet, local_data_sets
from datasets.disclosure import AggregationRule, Sensitivity
from datasets.importers import ColumnRole, CsvColumn, CsvMapping, read_csv
from datasets.services.previews import Trial
from datasets.services.registration import dataset_open_to_public, dataset_register, dataset_share_with_members
from datasets.services.releases import release_publish
from portal.demo.people import Demo
from portal.tenancy.scope import scope

TABLE = "main"


def publish_local_data(demo: Demo) -> int:
    """Bring every local data set in; give how many. As the database role `worker`."""
    steward = demo.people["Dag"]
    for local in local_data_sets():
        tenant = demo.tenants[local.tenant_code]
        with transaction.atomic(), scope(tenant.pk):
            _publish(local, tenant, steward)
    return len(local_data_sets())


def _publish(local: LocalDataSet, tenant: Tenant, steward: User) -> None:
    found = read_csv(local.csv, _mapping(local))
    if found.cube is None:
        raise RuntimeError(f"The demo's file {local.filename} can't be read: {found.problems}")
    rule = AggregationRule.default(Sensitivity[local.sensitivity.upper()])
    table = Trial(found.cube, rule).protect(found.cube)
    dataset = dataset_register(
        by=steward,
        rule=rule,
        sensitivity=local.sensitivity,
        title=pick(local.title, "sv"),
        title_en=pick(local.title, "en"),
        description=pick(local.description, "sv"),
        description_en=pick(local.description, "en"),
        source=pick(local.source, "sv"),
        licence="CC0 1.0",
        measures=local.measures,
        fit_for=list(local.fit_for),
        department=Department.objects.filter(name=local.department).first(),
        themes=list(local.themes),
        factors=list(local.factors),
        unit=pick(local.unit, "sv"),
        unit_en=pick(local.unit, "en"),
        polarity=local.polarity,
        definition=pick(local.definition, "sv"),
        definition_en=pick(local.definition, "en"),
        how_to_read=pick(local.how_to_read, "sv"),
        how_to_read_en=pick(local.how_to_read, "en"),
        does_not_say=pick(local.does_not_say, "sv"),
        does_not_say_en=pick(local.does_not_say, "en"),
        is_synthetic=True,
    )
    release_publish(dataset=dataset, tables=[(TABLE, found.cube.title, table)], rule=rule, by=steward)
    if tenant.is_region:
        dataset_share_with_members(dataset=dataset, by=steward)
    elif rule.sensitivity is Sensitivity.OPEN:
        dataset_open_to_public(dataset=dataset, by=steward)


def _mapping(local: LocalDataSet) -> CsvMapping:
    # A column of names stands beside the codes of places that it names.
    places = next((column.heading for column in local.columns if column.role == ColumnRole.GEO), None)
    return CsvMapping(
        encoding="utf-8" if local.encoding.startswith("utf-8") else local.encoding,
        separator=local.separator,
        header_line=1,
        columns=tuple(
            CsvColumn(
                heading=column.heading,
                role=ColumnRole(column.role),
                name=pick(column.name, "sv"),
                labels=places if column.role == ColumnRole.LABEL else None,
                summable=column.summable,
                unit=pick(local.unit, "sv") if column.role == ColumnRole.MEASURE else "",
                keep_unknown=True,
            )
            for column in local.columns
        ),
        title=pick(local.title, "sv"),
        source=pick(local.source, "sv"),
    )
