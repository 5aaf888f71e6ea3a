"""The base package for tests: a region whose sources are synthetic, and what it is given."""

from __future__ import annotations

from django.db import transaction

from accounts.models import Onboarding, Tenant
from datasets.services.base_package import base_package_begin
from portal.tenancy.scope import scope
from tests.conftest import do_waiting_jobs
from tests.world import make_tenant


def region_of_a_demo() -> Tenant:
    """A region and a municipality of a demo, whose sources are synthetic."""
    region = make_tenant("region", "99", "Region Solmark")
    Tenant.objects.filter(pk=region.pk).update(is_demo=True)
    municipality = make_tenant("municipality", "9901", "Ekstavik", region)
    with transaction.atomic(), scope(municipality.pk):
        Onboarding.objects.create(region=region)
    region.refresh_from_db()
    return region


def package(region: Tenant) -> None:
    """Give the region its base package, and do what that takes."""
    with transaction.atomic(), scope(region.pk):
        base_package_begin(region=region, by=None)
    do_waiting_jobs()
