"""Check every tenant's audit log from its first event to its last."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from portal.audit.models import AuditEvent
from portal.audit.recording import first_broken_event
from portal.tenancy.scope import scope


class Command(BaseCommand):
    help = (
        "Checks the hash chain of every tenant's audit log and prints each log's length and last hash. "
        "Note them down elsewhere: a log cut off at its end shows only against a noted length."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        broken = []
        for tenant in apps.get_model(settings.TENANT_MODEL)._base_manager.order_by("code"):
            with transaction.atomic(), scope(tenant.pk):
                number = first_broken_event()
                last = AuditEvent.objects.first()
            if number is not None:
                broken.append(f"{tenant}: event {number} was changed, or one before it is missing")
            elif last is not None:
                self.stdout.write(f"{tenant}: {last.number} events hold, last hash {bytes(last.hash).hex()}")
        if broken:
            raise CommandError("The audit log does not hold. " + "; ".join(broken))
        self.stdout.write(self.style.SUCCESS("Every audit log holds."))
