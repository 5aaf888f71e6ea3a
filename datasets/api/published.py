"""What a call may see: data sets, their releases and tables, in the scope of its key or the public one."""

from __future__ import annotations

import hashlib
import json
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from accounts.models import ApiToken
from datasets.models import Dataset, Release, ReleaseTable
from datasets.selectors import DatasetSearch, datasets_for, latest_release, with_releases
from datasets.services.registration import DESCRIBED
from portal.software import software_version
from portal.tenancy.scope import PUBLIC_AUDIENCE


def datasets_of(token: ApiToken | None, search: DatasetSearch | None = None) -> QuerySet[Dataset]:
    """The data sets with something to show that a key lets its holder read; without one those open to anyone.

    The scope at work is the first wall. A key without the scope for sensitive data sees none of it, be it open
    to its tenant.
    """
    found = with_releases(datasets_for(search)).select_related("tenant")
    if token is None:
        return found.filter(audience_id=PUBLIC_AUDIENCE)
    if ApiToken.Scope.SENSITIVE not in token.scopes:
        found = found.exclude(sensitivity=Dataset.Sensitivity.SENSITIVE)
    return found


def dataset_of(token: ApiToken | None, dataset_id: UUID) -> Dataset:
    """One of them; 404 for any other."""
    found = datasets_of(token).filter(pk=dataset_id).first()
    if found is None:
        raise Http404
    return found


def release_of(dataset: Dataset, number: int | None = None) -> Release:
    """A data set's release of a number, or its newest; 404 where there is none."""
    if number is None:
        found = latest_release(dataset)
    else:
        found = Release.objects.filter(dataset=dataset, number=number).first()
    if found is None:
        raise Http404
    return found


def outline_of(release: Release, code: str) -> ReleaseTable:
    """A table of a release without its figures: enough to answer who has them already."""
    found: ReleaseTable | None = (
        ReleaseTable.objects.filter(release=release, code=code).defer("values", "statuses", "report").first()
    )
    if found is None:
        raise Http404
    return found


def tag_of(dataset: Dataset, table: ReleaseTable, *asked: Any) -> str:
    """A name for an answer: the table's own hash, what is said of the data set, and what was asked for."""
    words = {name: str(getattr(dataset, name)) for name in sorted(DESCRIBED - {"department"})}
    said = json.dumps([table.sha256, software_version(), words, asked], default=str, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()
