"""Find out anew by which words, ideas and groups data sets are found."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from accounts.models import Tenant
from datasets.models import Dataset
from datasets.services.indexing import dataset_index
from portal.tenancy.scope import scope


class Command(BaseCommand):
    help = (
        "Writes again what searching and the page of gaps know of every data set: after an upgrade that knows "
        "more ideas, factors or themes. Run it with the worker's rights. It may be run at any time, and again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        indexed = sum(index_all(tenant) for tenant in Tenant.objects.order_by("code"))
        self.stdout.write(f"Indexed {indexed} data sets.")


def index_all(tenant: Tenant) -> int:
    """Index every data set of a tenant, one transaction each; how many they were."""
    with transaction.atomic(), scope(tenant.pk):
        keys = list(Dataset.objects.own().values_list("pk", flat=True))
    for key in keys:
        with transaction.atomic(), scope(tenant.pk):
            dataset_index(Dataset.objects.own().select_for_update().get(pk=key))
    return len(keys)
