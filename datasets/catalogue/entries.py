"""What the catalogue says of each data set, read in one go and then known without the database."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import Tenant
from accounts.reference import places_by_code
from datasets.catalogue.covering import Cover, covers
from datasets.models import CatalogueListing, Release, ReleaseTable
from datasets.selectors import datasets_for, with_releases
from portal.tenancy.scope import PUBLIC_AUDIENCE

MOST_TABLES = 8
"""A data set with more tables, such as a survey's, is described by the address that lists them."""


Words = tuple[tuple[str, str], ...]
"""A text by language: hashable, so that what was written of it is known again."""


@dataclass(frozen=True)
class Publisher:
    """A region, municipality or district."""

    slug: str
    name: str
    kind: str


@dataclass(frozen=True)
class Entry:
    """One data set. `tables` are codes and titles, empty where there are too many or nothing is open."""

    id: UUID
    publisher: Publisher
    title: Words
    description: Words
    issued: datetime
    modified: datetime
    contact: str
    licence: str
    themes: tuple[str, ...]
    is_open: bool
    is_synthetic: bool = False
    tables: tuple[tuple[str, str], ...] = field(default=())
    cover: Cover = field(default=Cover())


def entries() -> list[Entry]:
    """Every data set that anyone may read, and those closed ones whose municipality has said they exist."""
    found = list(
        with_releases(datasets_for())
        .filter(audience_id=PUBLIC_AUDIENCE)
        .select_related("tenant")
        .order_by("tenant__sort_key", "tenant_id", "sort_key", "pk")
    )
    newest = _newest_tables([dataset.pk for dataset in found])
    tables, covered = _tables(newest), covers(newest)
    open_ones = [
        Entry(
            id=dataset.pk,
            publisher=_publisher(dataset.tenant),
            title=_words(dataset.title, dataset.title_en),
            description=_words(dataset.description or dataset.title, dataset.description_en),
            issued=dataset.created_at,
            modified=dataset.newest_at,  # type: ignore[attr-defined]
            contact=dataset.contact,
            licence=dataset.licence,
            themes=tuple(dataset.themes),
            is_open=True,
            is_synthetic=dataset.is_synthetic,
            tables=tables[dataset.pk] if len(tables[dataset.pk]) <= MOST_TABLES else (),
            cover=_cover(covered.get(dataset.pk, Cover()), dataset.tenant),
        )
        for dataset in found
    ]
    known = {entry.id for entry in open_ones}
    return open_ones + [entry for entry in _closed() if entry.id not in known]


def _closed() -> list[Entry]:
    """What municipalities have listed of data sets that are not open; nothing else of them can be read here."""
    listed: QuerySet[CatalogueListing] = CatalogueListing.objects.filter(audience_id=PUBLIC_AUDIENCE)
    return [
        Entry(
            id=one.dataset_id,
            publisher=_publisher(one.tenant),
            title=_words(one.title, one.title_en),
            description=_words(one.description, one.description_en),
            issued=one.listed_at,
            modified=one.listed_at,
            contact=one.contact,
            licence="",
            themes=tuple(one.themes),
            is_open=False,
            is_synthetic=one.is_synthetic,
        )
        for one in listed.select_related("tenant").order_by("tenant__sort_key", "title", "pk")
    ]


def _cover(found: Cover, owner: Tenant) -> Cover:
    """What a data set covers; one without places is about its owner's own, where that is a real one."""
    is_known = not found.places and owner.code in places_by_code()
    return replace(found, places=(owner.code,)) if is_known else found


def _newest_tables(datasets: list[UUID]) -> QuerySet[ReleaseTable]:
    """The tables of the newest release of each."""
    releases = Release.objects.filter(dataset_id__in=datasets)
    newest = releases.order_by("dataset_id", "-number").distinct("dataset_id")
    return ReleaseTable.objects.filter(release__in=newest.values("pk"))


def _tables(newest: QuerySet[ReleaseTable]) -> dict[UUID, tuple[tuple[str, str], ...]]:
    """The tables of the newest release of each data set, without their figures."""
    ordered = newest.order_by("release__dataset_id", "position")
    rows = ordered.values_list("release__dataset_id", "code", "title")
    found: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    for dataset_id, code, title in rows:
        found[dataset_id].append((code, next(iter(title.values()), code)))
    return defaultdict(tuple, {dataset_id: tuple(named) for dataset_id, named in found.items()})


def state_of(found: list[Entry]) -> str:
    """A name for all that is said: it changes when, and only when, the catalogue does."""
    digest = hashlib.sha256()
    for entry in found:
        digest.update(repr(entry).encode())
    return digest.hexdigest()


def by_publisher(found: list[Entry]) -> dict[Publisher, list[Entry]]:
    """The entries of each publisher, regions first."""
    grouped: dict[Publisher, list[Entry]] = defaultdict(list)
    for entry in found:
        grouped[entry.publisher].append(entry)
    return dict(sorted(grouped.items(), key=lambda item: (item[0].kind != "region", item[0].slug)))


def _publisher(tenant: Tenant) -> Publisher:
    return Publisher(tenant.slug, tenant.official_name, tenant.kind)


def _words(swedish: str, english: str) -> Words:
    return tuple((lang, text) for lang, text in (("sv", swedish), ("en", english)) if text)
