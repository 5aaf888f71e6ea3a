"""The demo's base package: asked for by the region as in real life, answered by a source that makes figures up."""

from __future__ import annotations

from django.db import transaction

from datasets.services.base_package import base_package_begin
from portal.demo.people import Demo
from portal.demo.roles import working_as
from portal.tenancy.scope import scope


def ask_for_base_package(demo: Demo) -> int:
    """Ask for every indicator; the figures come with the waiting jobs. Gives how many."""
    with working_as("web"), transaction.atomic(), scope(demo.region.pk):
        return base_package_begin(region=demo.region, by=demo.first_in(demo.region.code))
