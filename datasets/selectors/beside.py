"""Reads for setting a chart beside another data set: official figures of the same measure about the same."""

from __future__ import annotations

from accounts.models import Membership, Tenant
from datasets.charts import Selection
from datasets.charts.language import unit_label
from datasets.charts.resolve import resolve, unit_of
from datasets.cubes import Cube, Role, pick
from datasets.cubes.structure import dimensions_of
from datasets.exploring.likening import Measured, lone_measure, measured
from datasets.models import Dataset, Release, ReleaseTable
from datasets.selectors import DatasetSearch, datasets_for, may_read, near, with_releases

MOST = 12
PER_CENT = "procent"


def measured_in(dataset: Dataset, cube: Cube, selection: Selection) -> Measured:
    """What a view of a data set shows."""
    view = resolve(selection, cube)
    metric = cube.with_role(Role.METRIC)
    shown = () if metric is None else view.fixed.get(metric.code, ())
    name = pick(metric.category(shown[0]).label, "sv") if metric is not None and len(shown) == 1 else ""
    unit = PER_CENT if view.share is not None else unit_label(unit_of(cube, view), "sv") or dataset.unit
    return measured([name, dataset.title], unit, _said(dataset))


def indicators_beside(
    dataset: Dataset, shown: Measured, tenant: Tenant, membership: Membership | None
) -> list[Dataset]:
    """The official data sets over places whose figures are like those shown, by title. At most two queries."""
    if not dataset.factors:
        return []
    search = DatasetSearch(measures=dataset.measures, near=near(tenant))
    found = with_releases(datasets_for(search)).filter(
        origin=Dataset.Origin.SOURCE, factors__overlap=dataset.factors
    )
    known = {one.pk: one for one in found.exclude(pk=dataset.pk).order_by("sort_key") if may_read(membership, one)}
    if not known:
        return []
    newest = Release.objects.filter(dataset__in=known).order_by("dataset_id", "-number").distinct("dataset_id")
    first = (
        ReleaseTable.objects.filter(release__in=newest.values("pk"))
        .select_related("release")
        .order_by("release_id", "position")
        .distinct("release_id")
        .defer("values", "statuses", "report")
    )
    like = {table.release.dataset_id for table in first if _is_like(table, known[table.release.dataset_id], shown)}
    return [one for key, one in known.items() if key in like][:MOST]


def _is_like(table: ReleaseTable, dataset: Dataset, shown: Measured) -> bool:
    dimensions = dimensions_of(table.structure)
    if not any(one.role is Role.GEO and len(one) > 1 for one in dimensions):
        return False
    unit = table.structure["unit"]
    found = lone_measure(dimensions, unit["label"].get("sv", "") if unit else dataset.unit)
    return found is not None and shown.is_like(measured([found[0], dataset.title], found[1], _said(dataset)))


def _said(dataset: Dataset) -> str:
    return " ".join((dataset.title, dataset.definition, dataset.description, dataset.unit))
