"""Reads about places that are like one's own: the list as it was made, and what it can be made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from accounts.models import Tenant
from datasets.charts.snapshot import Snapshot, snapshot
from datasets.cubes import CubeError, Role
from datasets.cubes.structure import dimensions_of
from datasets.models import Dataset, Likeness, Release, ReleaseTable
from datasets.selectors import about_of, cube_of, datasets_for, with_releases

MOST_VARIABLES = 40
"""More data sets than this are not looked through: the list is made while somebody waits."""
FEWEST_PLACES = 8
MOST_WEIGHT = 3
ORIGIN = "base_package:"
LIKE_BY = frozenset(
    ORIGIN + key for key in ("young_population", "young_share", "education_level", "income_by_age", "rental_homes")
)
"""What says which municipalities are like, where the base package is there and nobody has said otherwise: how many
are young and how large a part of all they are, education, income and homes."""


@dataclass(frozen=True)
class Candidate:
    """An open data set that has figures for our place and enough others, with its newest of each."""

    dataset: Dataset
    found: Snapshot
    default_weight: int


def likeness_of(tenant_id: Any) -> Likeness | None:
    """The list that the tenant at work has made; None before the first time."""
    return Likeness.in_scope().filter(tenant_id=tenant_id).first()


def similar_now() -> list[dict[str, str]]:
    """The places like ours as the list stands, `{"code", "name"}`; none before it is made."""
    made = Likeness.in_scope().first()
    return [{"code": place["code"], "name": place["name"]} for place in made.places] if made is not None else []


def candidates(tenant: Tenant, lang: str) -> list[Candidate]:
    """What places can be compared by: open data sets over municipalities, ours among them. Three queries."""
    open_ones = with_releases(datasets_for()).filter(sensitivity=Dataset.Sensitivity.OPEN)
    known = {dataset.pk: dataset for dataset in open_ones}
    newest = Release.objects.filter(dataset__in=known).order_by("dataset_id", "-number").distinct("dataset_id")
    of = {release.pk: known[release.dataset_id] for release in newest}
    first = ReleaseTable.objects.filter(release__in=of).order_by("release_id", "position").distinct("release_id")
    able = [table.pk for table in first.defer("values", "statuses") if _covers(table, tenant.code)]
    stated = any(dataset.origin_ref in LIKE_BY for dataset in known.values())
    found = []
    for table in ReleaseTable.objects.filter(pk__in=able[:MOST_VARIABLES]):
        shown = snapshot(cube_of(table), tenant.code, lang, about_of(of[table.release_id]))
        if shown is not None and tenant.code in shown.values and len(shown.values) >= FEWEST_PLACES:
            dataset = of[table.release_id]
            found.append(Candidate(dataset, shown, _usual_weight(dataset, stated=stated)))
    return sorted(found, key=lambda one: (-one.default_weight, one.dataset.sort_key))


def _usual_weight(dataset: Dataset, *, stated: bool) -> int:
    """What surrounds young people says which places are like; how they feel is what is to be compared."""
    if stated:
        return int(dataset.origin_ref in LIKE_BY)
    return int(dataset.measures == Dataset.Measures.CONTEXT)


def _covers(table: ReleaseTable, place: str) -> bool:
    """Whether a table has our place and enough others, from its structure alone."""
    try:
        dimensions = dimensions_of(table.structure)
    except (CubeError, KeyError):
        return False
    geo = next((one for one in dimensions if one.role is Role.GEO), None)
    return geo is not None and place in geo.positions and len(geo) >= FEWEST_PLACES
