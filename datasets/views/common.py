"""What every page about data sets needs."""

from __future__ import annotations

import re
from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from accounts.middleware import tenant_of
from accounts.models import Membership, User
from datasets.models import Dataset
from datasets.selectors import datasets_for, may_read, may_steward
from portal.views import PortalView


def signed_in(request: HttpRequest) -> User:
    """The person at work; views with a permission always have one."""
    return cast(User, request.user)


def membership_of(request: HttpRequest) -> Membership:
    """The membership by which this person is here."""
    return cast(Membership, cast(Any, request).membership)


def may(request: HttpRequest, permission: str) -> bool:
    """Whether the person may do something in the tenant at work."""
    return cast(User, request.user).has_perm(permission, tenant_of(request))


def way_back(address: str, slug: str) -> str:
    """The chart that somebody came from, where an address names one of this tenant's and nothing else."""
    chart = rf"/k/{re.escape(slug)}/data/[0-9a-f-]{{36}}/diagram/\?[^\s\\]{{0,6000}}"
    return address if re.fullmatch(chart, address) else ""


class DatasetView(PortalView):
    """A page about one data set that the tenant may see, its own or one shared with it.

    A guest without a role may have been granted the very data set.
    """

    is_abstract = True

    def dataset(self) -> Dataset:
        """The data set of the address, fetched once; 404 where the tenant may not see it."""
        found = getattr(self, "_dataset", None)
        if found is None:
            dataset_id: UUID = self.kwargs["dataset_id"]
            found = self._dataset = get_object_or_404(self.among(), pk=dataset_id)
        return found

    def among(self) -> QuerySet[Dataset]:
        """The data sets that the tenant may see, with what the page needs of each."""
        return datasets_for().select_related("department")

    def may_open(self, request: HttpRequest) -> bool:
        if super().may_open(request):
            return may_read(membership_of(request), self.dataset())
        return membership_of(request) is not None and request.user.has_perm(
            cast(str, self.permission), self.dataset()
        )


class OwnDatasetView(DatasetView):
    """A page where a data set's own steward changes it; others find no such page."""

    is_abstract = True

    def may_open(self, request: HttpRequest) -> bool:
        return PortalView.may_open(self, request) and may_steward(membership_of(request), self.dataset())
